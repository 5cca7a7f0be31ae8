//! Where things stand on a page that was set: for checks that nothing leaves it and that no heading is left alone.

use typst::foundations::NativeElement;
use typst::introspection::Introspector;
use typst::layout::{Frame, FrameItem, Point};
use typst::model::HeadingElem;
use typst_layout::PagedDocument;

/// One page in points, from its upper left.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Geometry {
    /// Its width.
    pub width: f64,
    /// Its height.
    pub height: f64,
    /// The stretches of text.
    pub texts: Vec<Stretch>,
    /// The tops of the headings.
    pub headings: Vec<f64>,
}

/// A stretch of text.
#[derive(Clone, Debug, PartialEq)]
pub struct Stretch {
    /// The words.
    pub text: String,
    /// Where it begins.
    pub left: f64,
    /// Where it ends.
    pub right: f64,
    /// Its baseline.
    pub baseline: f64,
    /// Its type size.
    pub size: f64,
}

impl Geometry {
    /// The pages of a document.
    pub(super) fn all(document: &PagedDocument) -> Vec<Self> {
        let mut all: Vec<Self> = document.pages().iter().map(|page| Self::of(&page.frame)).collect();
        let introspector = document.introspector();
        for heading in introspector.query(&HeadingElem::ELEM.select()) {
            let position = heading.location().and_then(|location| introspector.position(location));
            if let Some(position) = position
                && let Some(here) = all.get_mut(position.page.get() - 1)
            {
                here.headings.push(position.point.y.to_pt());
            }
        }
        all
    }

    fn of(frame: &Frame) -> Self {
        let mut here = Self { width: frame.width().to_pt(), height: frame.height().to_pt(), ..Self::default() };
        here.add(frame, Point::zero());
        here
    }

    fn add(&mut self, frame: &Frame, at: Point) {
        for (offset, item) in frame.items() {
            let at = at + *offset;
            match item {
                FrameItem::Group(group) => {
                    self.add(&group.frame, at + Point::new(group.transform.tx, group.transform.ty));
                }
                FrameItem::Text(text) => self.texts.push(Stretch {
                    text: text.text.to_string(),
                    left: at.x.to_pt(),
                    right: (at.x + text.width()).to_pt(),
                    baseline: at.y.to_pt(),
                    size: text.size.to_pt(),
                }),
                _ => {}
            }
        }
    }
}
