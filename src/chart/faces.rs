//! Measuring words with the fonts that the page will use. Font bytes are handed in; no system font is ever looked up.

use skrifa::instance::{Location, LocationRef, Size};
use skrifa::metrics::GlyphMetrics;
use skrifa::{FontRef, MetadataProvider};

/// The weights that charts use.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Weight {
    /// 400.
    Regular,
    /// 600.
    Semibold,
}

impl Weight {
    /// The number that SVG and the font's weight axis know it by.
    pub fn number(self) -> u16 {
        match self {
            Self::Regular => 400,
            Self::Semibold => 600,
        }
    }
}

/// Bytes that are no font.
#[derive(Debug, thiserror::Error)]
#[error("cannot read the {face} font: {cause}")]
pub struct FaceError {
    face: &'static str,
    cause: String,
}

/// The two faces of a page: Latin first, Japanese for what Latin lacks.
pub struct Faces<'a> {
    latin: FontRef<'a>,
    regular: Location,
    semibold: Location,
    japanese: FontRef<'a>,
}

impl<'a> Faces<'a> {
    /// The faces of two font files, `fonts/SourceSans3.ttf` (variable weight) and `fonts/NotoSansJP-Regular.ttf`.
    ///
    /// # Errors
    /// When the bytes are no font.
    pub fn new(latin: &'a [u8], japanese: &'a [u8]) -> Result<Self, FaceError> {
        let read =
            |bytes: &'a [u8], face| FontRef::new(bytes).map_err(|error| FaceError { face, cause: error.to_string() });
        let latin = read(latin, "Latin")?;
        let at = |weight: Weight| latin.axes().location([("wght", f32::from(weight.number()))]);
        Ok(Self {
            regular: at(Weight::Regular),
            semibold: at(Weight::Semibold),
            japanese: read(japanese, "Japanese")?,
            latin,
        })
    }

    /// The width of one line of text in points. Kerning is left out: it narrows nearly always, so boxes are on the safe side.
    pub fn width(&self, text: &str, size: f64, weight: Weight) -> f64 {
        let at = match weight {
            Weight::Regular => &self.regular,
            Weight::Semibold => &self.semibold,
        };
        let (latin, japanese) = (self.latin.charmap(), self.japanese.charmap());
        let points = Size::new(size as f32);
        let latin_widths = GlyphMetrics::new(&self.latin, points, at);
        let japanese_widths = GlyphMetrics::new(&self.japanese, points, LocationRef::default());
        text.chars()
            .map(|c| {
                let latin = latin.map(c).and_then(|glyph| latin_widths.advance_width(glyph));
                let width = latin.or_else(|| japanese_widths.advance_width(japanese.map(c)?));
                width.map_or(size, f64::from)
            })
            .sum()
    }

    /// The text cut into runs of one face each; `true` is the Japanese one, whose glyphs stand higher.
    pub(super) fn runs<'t>(&self, text: &'t str) -> Vec<(bool, &'t str)> {
        let latin = self.latin.charmap();
        let mut runs = Vec::new();
        let mut rest = text;
        while let Some(first) = rest.chars().next() {
            let japanese = latin.map(first).is_none();
            let end = rest.find(|c| latin.map(c).is_none() != japanese).unwrap_or(rest.len());
            let (run, behind) = rest.split_at(end);
            runs.push((japanese, run));
            rest = behind;
        }
        runs
    }

    /// The text without control characters and direction overrides, spaces folded, and `?` for what neither face has:
    /// a glyph that no font has stops the typesetting of the whole page.
    pub fn clean(&self, text: &str) -> String {
        let (latin, japanese) = (self.latin.charmap(), self.japanese.charmap());
        let visible = text.chars().filter(|c| !is_hidden(*c));
        let known = visible.map(|c| if c.is_whitespace() { ' ' } else { c }).map(|c| {
            let has = latin.map(c).is_some() || japanese.map(c).is_some();
            if has { c } else { '?' }
        });
        let mut clean = String::new();
        for c in known {
            if c != ' ' || !(clean.is_empty() || clean.ends_with(' ')) {
                clean.push(c);
            }
        }
        clean.truncate(clean.trim_end().len());
        clean
    }
}

/// Characters that draw nothing but change how others are drawn, or that XML forbids.
fn is_hidden(c: char) -> bool {
    (c.is_control() && !c.is_whitespace())
        || matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}')
        || matches!(c, '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{fffe}' | '\u{ffff}')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chart::tests::faces;

    #[test]
    fn digits_are_equally_wide_and_heavier_words_are_wider() {
        let faces = faces();
        let width = |text| faces.width(text, 8.0, Weight::Regular);
        assert!((width("1111") - width("8888")).abs() < 1e-6);
        assert!(width("Revenue") < faces.width("Revenue", 8.0, Weight::Semibold));
        assert!((20.0..40.0).contains(&width("Revenue")), "{}", width("Revenue"));
    }

    #[test]
    fn japanese_is_measured_with_its_own_face() {
        assert!((faces().width("売上高", 8.0, Weight::Regular) - 24.0).abs() < 0.01);
    }

    #[test]
    fn a_text_is_cut_where_its_face_changes() {
        assert_eq!(
            faces().runs("2016年3月期 x"),
            [(false, "2016"), (true, "年"), (false, "3"), (true, "月期"), (false, " x")]
        );
        assert_eq!(faces().runs(""), []);
    }

    #[test]
    fn hidden_and_unknown_characters_never_reach_the_page() {
        let clean = |text: &str| faces().clean(text);
        assert_eq!(clean("a\u{0}b\u{202e}c\t\n d "), "abc d");
        assert_eq!(clean("売上高 ▲1.2 𓀀"), "売上高 ▲1.2 ?");
    }

    #[test]
    fn bytes_that_are_no_font_are_refused_by_name() {
        let error = Faces::new(b"nothing", b"").err().map(|e| e.to_string()).unwrap_or_default();
        assert!(error.starts_with("cannot read the Latin font: "), "{error}");
    }
}
