//! Words before they have a place: text, font, color.

use super::{Rgb, Style, Weight};

/// Size in points and weight.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Font {
    pub(super) size: f64,
    pub(super) weight: Weight,
}

/// One line of text.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Words {
    pub(super) text: String,
    pub(super) font: Font,
    pub(super) color: Rgb,
    /// The source entry of the figure that they tell.
    pub(super) source: Option<String>,
}

impl Font {
    /// A regular font of a size in points.
    pub(super) fn regular(size: f64) -> Self {
        Self { size, weight: Weight::Regular }
    }

    /// A semibold font of a size in points.
    pub(super) fn semibold(size: f64) -> Self {
        Self { size, weight: Weight::Semibold }
    }

    /// The distance from one line's baseline to the next one's.
    pub(super) fn pitch(self) -> f64 {
        self.size * 1.2
    }

    /// The distance from the middle of a row down to the baseline that centers figures and capitals on it.
    pub(super) fn drop(self) -> f64 {
        self.size * 0.33
    }
}

impl Words {
    /// Text in a font and a color.
    pub(super) fn new(text: impl Into<String>, font: Font, color: Rgb) -> Self {
        Self { text: text.into(), font, color, source: None }
    }

    /// The words as a link to a source entry.
    pub(super) fn linked(self, source: Option<&String>) -> Self {
        Self { source: source.cloned(), ..self }
    }

    /// Ordinary words.
    pub(super) fn body(text: impl Into<String>, style: &Style) -> Self {
        Self::new(text, Font::regular(style.body), style.palette.ink)
    }

    /// Words that matter most.
    pub(super) fn strong(text: impl Into<String>, style: &Style) -> Self {
        Self::new(text, Font::semibold(style.body), style.palette.ink)
    }

    /// Secondary words.
    pub(super) fn quiet(text: impl Into<String>, style: &Style) -> Self {
        Self::new(text, Font::regular(style.small), style.palette.muted)
    }

    /// The mark of a gap.
    pub(super) fn missing(style: &Style) -> Self {
        Self::quiet(style.not_available.clone(), style)
    }
}
