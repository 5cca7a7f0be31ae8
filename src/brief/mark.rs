//! What stands for the looks of a page: equal marks, equal drawings. It costs a fraction of the drawing itself.

use std::hash::{DefaultHasher, Hash, Hasher};

use typst::layout::{Frame, FrameItem, GroupItem};
use typst::text::TextItem;
use typst_layout::Page;

/// The mark of a page: everything that is drawn, and nothing that is not, as links, tags and the places in the templates that it came
/// from.
pub fn mark(page: &Page) -> String {
    let mut hasher = DefaultHasher::new();
    page.fill.hash(&mut hasher);
    frame(&page.frame, &mut hasher);
    format!("{:016x}", hasher.finish())
}

fn frame(of: &Frame, hasher: &mut DefaultHasher) {
    of.size().hash(hasher);
    for (position, item) in of.items() {
        match item {
            FrameItem::Link(..) | FrameItem::Tag(_) => continue,
            drawn => std::mem::discriminant(drawn).hash(hasher),
        }
        position.hash(hasher);
        match item {
            FrameItem::Group(GroupItem { frame: inner, transform, clip, .. }) => {
                (transform, clip).hash(hasher);
                frame(inner, hasher);
            }
            FrameItem::Text(item) => text(item, hasher),
            FrameItem::Shape(shape, _) => shape.hash(hasher),
            FrameItem::Image(image, size, _) => (image, size).hash(hasher),
            FrameItem::Link(..) | FrameItem::Tag(_) => {}
        }
    }
}

fn text(item: &TextItem, hasher: &mut DefaultHasher) {
    (&item.font, item.size, &item.fill, &item.stroke, &item.text).hash(hasher);
    for glyph in &item.glyphs {
        (glyph.id, glyph.x_advance, glyph.x_offset, glyph.y_advance, glyph.y_offset).hash(hasher);
    }
}
