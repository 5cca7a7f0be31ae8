//! The text of a PDF as another program reads it: every glyph that is drawn, by the characters that the file says it stands for.

use hayro_interpret::font::Glyph;
use hayro_interpret::hayro_syntax::Pdf;
use hayro_interpret::{
    BlendMode, ClipPath, Context, Device, GlyphDrawMode, Image, InterpreterCache, InterpreterSettings, Paint,
    PathDrawMode, SoftMask, interpret_page,
};
use kurbo::{Affine, BezPath, Point, Rect};

/// The text of all pages, with a blank where the pen moves on.
#[allow(dead_code)]
pub fn text(file: &[u8]) -> String {
    pages(file).join(" ")
}

/// The text of each page.
pub fn pages(file: &[u8]) -> Vec<String> {
    let pdf = Pdf::new(file.to_vec()).expect("a readable PDF");
    let cache = InterpreterCache::new();
    let mut pages = Vec::new();
    for page in pdf.pages().iter() {
        let (width, height) = page.render_dimensions();
        let area = Rect::new(0.0, 0.0, f64::from(width), f64::from(height));
        let transform = page.initial_transform(true);
        let mut context =
            Context::new(Affine::new(transform.as_coeffs()), area, &cache, page.xref(), InterpreterSettings::default());
        let mut pen = Pen::default();
        interpret_page(page, &mut context, &mut pen);
        pages.push(pen.text.split_whitespace().collect::<Vec<_>>().join(" "));
    }
    pages
}

/// Takes down what is drawn.
#[derive(Default)]
struct Pen {
    text: String,
    last: Option<(Point, f64)>,
}

impl Device<'_> for Pen {
    fn draw_glyph(&mut self, glyph: &Glyph<'_>, at: Affine, within: Affine, _: &Paint<'_>, _: &GlyphDrawMode) {
        let place = (at * within).translation().to_point();
        let size = (at * within).as_coeffs()[3].abs() * 1000.0;
        // Glyphs of a word are drawn one after another, less than their height apart.
        // A digit is half as wide as it is high.
        let reach = if self.text.ends_with(|c: char| c.is_ascii_digit()) { 0.75 } else { 1.05 };
        if self.last.is_some_and(|(last, _)| {
            (place.y - last.y).abs() > size * 0.2 || place.x < last.x - 0.01 || place.x - last.x > size * reach
        }) {
            self.text.push(' ');
        }
        self.last = Some((place, size));
        match glyph.as_unicode() {
            Some(hayro_interpret::hayro_cmap::BfString::Char(one)) => self.text.push(one),
            Some(hayro_interpret::hayro_cmap::BfString::String(several)) => self.text.push_str(&several),
            None => self.text.push('\u{FFFD}'),
        }
    }

    fn set_soft_mask(&mut self, _: Option<SoftMask<'_>>) {}
    fn set_blend_mode(&mut self, _: BlendMode) {}
    fn draw_path(&mut self, _: &BezPath, _: Affine, _: &Paint<'_>, _: &PathDrawMode) {}
    fn push_clip_path(&mut self, _: &ClipPath) {}
    fn push_transparency_group(&mut self, _: f32, _: Option<SoftMask<'_>>, _: BlendMode) {}
    fn draw_image(&mut self, _: Image<'_, '_>, _: Affine) {}
    fn pop_clip_path(&mut self) {}
    fn pop_transparency_group(&mut self) {}
}
