//! The pages for a screen: the same pages that the PDF has, as SVG, with the place of every word, figure and picture on them.
//! Words in charts become outlines, because a picture in a browser has none of our fonts.

use std::collections::BTreeMap;

use typst::comemo;
use typst::foundations::Bytes;
use typst::layout::{Abs, Frame, FrameItem, GroupItem, Point, Size, Transform};
use typst::model::Destination;
use typst::text::TextItem;
use typst::visualize::{Image, ImageKind, SvgImage};
use typst_layout::Page;
use typst_svg::{SvgOptions, svg};

use super::jump::{ADDRESS, Places};
use super::mark::mark;
use super::typeset::laid_out;
use super::{BriefError, Content, Fonts, Template, reference};
use crate::model::Warned;
use crate::several;

/// One page.
#[derive(Clone, Debug)]
pub struct Sheet {
    /// The drawing.
    pub svg: String,
    /// What stands for its looks: pages of equal marks are drawn alike.
    pub mark: String,
    /// Its width in points.
    pub width: f64,
    /// Its height in points.
    pub height: f64,
    /// Its words, in the order they were set.
    pub words: Vec<Words>,
    /// The figures that lead to a source: the id of the source entry.
    pub figures: Vec<Spot>,
    /// The pictures: the words that stand for each.
    pub pictures: Vec<Spot>,
}

/// A stretch of text on one line.
#[derive(Clone, Debug)]
pub struct Words {
    /// The characters.
    pub text: String,
    /// Where each character starts and the last one ends, in points from the left.
    pub stops: Vec<f64>,
    /// The line it stands on, in points from the top.
    pub baseline: f64,
    /// The size of its font in points.
    pub size: f64,
}

/// A place on a page.
#[derive(Clone, Debug)]
pub struct Spot {
    /// What is there.
    pub what: String,
    /// Left, top, width and height in points.
    pub area: [f64; 4],
}

/// Sets the pages of a brief for a screen, drawn by several threads, and what they could not show. What typst remembers is kept: [`forget`] it.
///
/// # Errors
/// When the content or the template is at fault.
pub fn sheets(
    content: &Content,
    template: &Template,
    fonts: &Fonts,
    threads: usize,
) -> Result<Warned<Vec<Sheet>>, BriefError> {
    let pages = laid_out(content, template, fonts)?;
    let ids = reference::ids(pages.content)?;
    let sheet = |page: &Page| sheet(page, &ids, &pages.places);
    let sheets = several::map(pages.document.pages(), threads, sheet).into_iter().collect::<Result<_, _>>()?;
    Ok(Warned { value: sheets, warnings: pages.warnings })
}

/// The marks of a brief's pages, without their drawings. What typst remembers is kept.
///
/// # Errors
/// When the content or the template is at fault.
pub fn marks(content: &Content, template: &Template, fonts: &Fonts) -> Result<Vec<String>, BriefError> {
    let pages = laid_out(content, template, fonts)?;
    Ok(pages.document.pages().iter().map(mark).collect())
}

/// Lets typst forget what it has not used in the last few sets.
pub fn forget(sets: usize) {
    comemo::evict(sets);
}

fn sheet(page: &Page, ids: &[&str], places: &Places) -> Result<Sheet, BriefError> {
    let mut found = Found { ids, places, words: Vec::new(), figures: Vec::new(), pictures: Vec::new() };
    found.frame(&page.frame, Transform::identity())?;
    let Found { words, figures, pictures, .. } = found;
    let mark = mark(page);
    let frame = outlined(&page.frame, &mut BTreeMap::new());
    let page = Page { frame, ..page.clone() };
    let size = page.frame.size();
    let svg = svg(&page, &SvgOptions::default());
    Ok(Sheet { svg, mark, width: size.x.to_pt(), height: size.y.to_pt(), words, figures, pictures })
}

/// What stands on a page, with its place.
struct Found<'a> {
    ids: &'a [&'a str],
    places: &'a Places,
    words: Vec<Words>,
    figures: Vec<Spot>,
    pictures: Vec<Spot>,
}

impl Found<'_> {
    fn frame(&mut self, frame: &Frame, from: Transform) -> Result<(), BriefError> {
        for (position, item) in frame.items() {
            let at = from.pre_concat(Transform::translate(position.x, position.y));
            match item {
                FrameItem::Group(group) => self.frame(&group.frame, at.pre_concat(group.transform))?,
                FrameItem::Text(text) => self.words.push(words(text, at)),
                FrameItem::Link(Destination::Url(address), size) => self.link(address.as_str(), *size, at)?,
                FrameItem::Image(image, size, _) => {
                    let what = image.alt().unwrap_or_default().to_owned();
                    self.pictures.push(Spot { what, area: area(*size, at) });
                }
                _ => {}
            }
        }
        Ok(())
    }

    /// A figure's link carries the number of its source; a link back is none of ours.
    fn link(&mut self, address: &str, size: Size, at: Transform) -> Result<(), BriefError> {
        let Some(label) = address.strip_prefix(ADDRESS) else { return Ok(()) };
        if !self.places.contains(label) {
            return Err(BriefError::NoPlace(label.to_owned()));
        }
        let number: Option<usize> = label.strip_prefix('s').and_then(|number| number.parse().ok());
        if let Some(id) = number.and_then(|number| self.ids.get(number.checked_sub(1)?)) {
            self.figures.push(Spot { what: (*id).to_owned(), area: area(size, at) });
        }
        Ok(())
    }
}

fn area(size: Size, at: Transform) -> [f64; 4] {
    let (from, to) = (Point::zero().transform(at), size.to_point().transform(at));
    [from.x.to_pt(), from.y.to_pt(), (to.x - from.x).to_pt(), (to.y - from.y).to_pt()]
}

/// The text of an item with the place of each character: a glyph of several characters is shared out among them.
fn words(item: &TextItem, at: Transform) -> Words {
    let place = |x: Abs| Point::with_x(x).transform(at).x.to_pt();
    let mut advances: BTreeMap<usize, (usize, Abs)> = BTreeMap::new();
    for glyph in &item.glyphs {
        let entry = advances.entry(glyph.range().start).or_insert((glyph.range().end, Abs::zero()));
        entry.1 += glyph.x_advance.at(item.size);
    }
    let mut stops = Vec::with_capacity(item.text.len() + 1);
    let mut x = Abs::zero();
    for (start, (end, advance)) in advances {
        let count = item.text.get(start..end).map_or(1, |text| text.chars().count()).max(1);
        for _ in 0..count {
            stops.push(place(x));
            x += advance / count as f64;
        }
    }
    stops.resize(item.text.chars().count(), place(x));
    stops.push(place(x));
    let baseline = Point::zero().transform(at).y.to_pt();
    Words { text: item.text.to_string(), stops, baseline, size: item.size.to_pt() }
}

/// The frame with the words of its drawings as outlines.
fn outlined(frame: &Frame, known: &mut BTreeMap<Vec<u8>, Image>) -> Frame {
    let mut same = Frame::new(frame.size(), frame.kind());
    for (position, item) in frame.items() {
        let item = match item {
            FrameItem::Group(group) => {
                FrameItem::Group(GroupItem { frame: outlined(&group.frame, known), ..group.clone() })
            }
            FrameItem::Image(image, size, span) => FrameItem::Image(outlined_image(image, known), *size, *span),
            other => other.clone(),
        };
        same.push(*position, item);
    }
    same
}

fn outlined_image(image: &Image, known: &mut BTreeMap<Vec<u8>, Image>) -> Image {
    let ImageKind::Svg(drawing) = image.kind() else { return image.clone() };
    if let Some(found) = known.get(drawing.data().as_slice()) {
        return found.clone();
    }
    let text = drawing.tree().to_string(&Default::default());
    let drawn = SvgImage::new(Bytes::from_string(text));
    let outlined = drawn.map_or_else(|_| image.clone(), |drawn| Image::plain(ImageKind::Svg(drawn)));
    known.insert(drawing.data().to_vec(), outlined.clone());
    outlined
}
