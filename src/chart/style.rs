//! How charts look: palette, type sizes, widths. Every color here is checked for contrast by the test below.

use std::fmt;

/// An opaque color.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rgb(pub u8, pub u8, pub u8);

impl Rgb {
    /// The color of a number like `0x0C2340`.
    pub const fn hex(code: u32) -> Self {
        Self((code >> 16) as u8, (code >> 8) as u8, code as u8)
    }

    /// The color of a text like `#16324f`.
    pub fn parse(text: &str) -> Option<Self> {
        let digits = text
            .strip_prefix('#')
            .filter(|digits| digits.len() == 6 && digits.bytes().all(|d| d.is_ascii_hexdigit()))?;
        u32::from_str_radix(digits, 16).ok().map(Self::hex)
    }

    /// The color mixed with paper, `part` of it paper.
    pub(super) fn lighter(self, part: f64) -> Self {
        let mix = |own: u8| (f64::from(own) + (255.0 - f64::from(own)) * part).round() as u8;
        Self(mix(self.0), mix(self.1), mix(self.2))
    }

    /// Relative luminance as WCAG 2 defines it.
    fn luminance(self) -> f64 {
        let linear = |part: u8| {
            let part = f64::from(part) / 255.0;
            if part <= 0.040_45 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) }
        };
        0.2126 * linear(self.0) + 0.7152 * linear(self.1) + 0.0722 * linear(self.2)
    }

    /// Contrast ratio as WCAG 2 defines it, 1 to 21.
    pub fn contrast(self, other: Self) -> f64 {
        let (a, b) = (self.luminance(), other.luminance());
        (a.max(b) + 0.05) / (a.min(b) + 0.05)
    }
}

impl fmt::Display for Rgb {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "#{:02x}{:02x}{:02x}", self.0, self.1, self.2)
    }
}

/// The colors, by what they mean.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Palette {
    /// Words.
    pub ink: Rgb,
    /// Secondary words: period labels, details, `n/a`.
    pub muted: Rgb,
    /// Leaders, connectors and group rules.
    pub hairline: Rgb,
    /// The zero line.
    pub axis: Rgb,
    /// Actual figures.
    pub actual: Rgb,
    /// The year before.
    pub previous: Rgb,
    /// A good variance.
    pub good: Rgb,
    /// A bad variance.
    pub bad: Rgb,
    /// Parts of a stack from the bottom; neighbours differ in lightness, so a grey print survives.
    pub parts: Vec<Rgb>,
    /// What of a stack is not split into parts.
    pub unsplit: Rgb,
    /// Lines, the most important first.
    pub lines: Vec<Rgb>,
}

impl Default for Palette {
    fn default() -> Self {
        Self {
            ink: Rgb::hex(0x1A2433),
            muted: Rgb::hex(0x56616F),
            hairline: Rgb::hex(0xBCC4CD),
            axis: Rgb::hex(0x3A4654),
            actual: Rgb::hex(0x0C2340),
            previous: Rgb::hex(0x8295A8),
            good: Rgb::hex(0x14703D),
            bad: Rgb::hex(0xB3261E),
            parts: [0x0C2340, 0x5D83A3, 0x3B5F7F, 0x8FAABF, 0x33506E, 0x7C9CB8, 0x56616F, 0x9CA8B4]
                .map(Rgb::hex)
                .to_vec(),
            unsplit: Rgb::hex(0x8B95A0),
            lines: [0x0C2340, 0x2272B4, 0x8A6414, 0x7A4B7A, 0x56616F].map(Rgb::hex).to_vec(),
        }
    }
}

/// Everything that charts of one brief share.
#[derive(Clone, Debug, PartialEq)]
pub struct Style {
    /// The colors.
    pub palette: Palette,
    /// Width of the drawing in points.
    pub width: f64,
    /// Size of secondary words in points.
    pub small: f64,
    /// Size of words in points.
    pub body: f64,
    /// Font families, first choice first, as the page names them.
    pub families: Vec<String>,
    /// What marks a derived figure; the page explains it.
    pub derived_mark: String,
    /// What stands in a gap.
    pub not_available: String,
    /// How much of a target is reached: `{reached} of {target}`.
    pub outcome: String,
    /// The points that one unit takes at most, so that charts of one unit share a scale.
    pub per_unit: Option<f64>,
}

impl Style {
    /// Width of a chart across the page, in points.
    pub const FULL: f64 = 480.0;
    /// Width of one of two charts side by side, in points.
    pub const HALF: f64 = 232.0;
    /// Width of a sparkline in a tile, in points.
    pub const TILE: f64 = 96.0;

    /// The style at a width in points; no chart is narrower than a tile.
    pub fn of_width(width: f64) -> Self {
        Self {
            palette: Palette::default(),
            width: width.clamp(40.0, 2000.0),
            small: 7.5,
            body: 8.0,
            families: vec!["Source Sans 3".to_owned(), "Noto Sans JP".to_owned()],
            derived_mark: "†".to_owned(),
            not_available: "n/a".to_owned(),
            outcome: "{reached} of {target}".to_owned(),
            per_unit: None,
        }
    }

    /// Across the page.
    pub fn full() -> Self {
        Self::of_width(Self::FULL)
    }

    /// One of two side by side.
    pub fn half() -> Self {
        Self::of_width(Self::HALF)
    }

    /// In a tile.
    pub fn tile() -> Self {
        Self::of_width(Self::TILE)
    }

    /// The length in points that values take of the room there is, at the scale that charts share.
    pub(super) fn held(&self, (low, high): (f64, f64), room: f64) -> f64 {
        self.per_unit.map_or(room, |per_unit| room.min((high - low) * per_unit))
    }

    /// The shade of the part at `index` of a stack.
    pub(super) fn part(&self, index: usize) -> Rgb {
        cycled(&self.palette.parts, index, self.palette.actual)
    }

    /// The color of the line at `index`.
    pub(super) fn line(&self, index: usize) -> Rgb {
        cycled(&self.palette.lines, index, self.palette.actual)
    }
}

fn cycled(colors: &[Rgb], index: usize, otherwise: Rgb) -> Rgb {
    colors.get(index % colors.len().max(1)).copied().unwrap_or(otherwise)
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAPER: Rgb = Rgb(255, 255, 255);

    #[test]
    fn words_have_the_contrast_that_wcag_aa_asks_for() {
        let Palette { ink, muted, good, bad, actual, lines, .. } = Palette::default();
        for color in [ink, muted, good, bad, actual].into_iter().chain(lines) {
            assert!(color.contrast(PAPER) >= 4.5, "{color} has {:.2}", color.contrast(PAPER));
        }
    }

    #[test]
    fn bars_and_the_zero_line_stand_out_from_the_paper() {
        let Palette { axis, previous, unsplit, .. } = Palette::default();
        for color in [axis, previous, unsplit] {
            assert!(color.contrast(PAPER) >= 3.0, "{color} has {:.2}", color.contrast(PAPER));
        }
    }

    #[test]
    fn neighbours_in_a_stack_and_scenarios_differ_in_grey_print() {
        let Palette { actual, previous, parts, .. } = Palette::default();
        assert!(actual.contrast(previous) >= 3.0, "{:.2}", actual.contrast(previous));
        for (index, color) in parts.iter().enumerate() {
            let next = parts[(index + 1) % parts.len()];
            assert!(color.contrast(next) >= 1.4, "{color} beside {next} has {:.2}", color.contrast(next));
        }
    }
}
