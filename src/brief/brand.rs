//! The brand: what a house changes about the look without a template. Nothing set means the built-in look.

use serde::{Deserialize, Serialize};

use crate::chart::{Rgb, Style};

/// Colors, font, logo and words of a house.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Brand {
    /// Headings, rules and actual figures in charts, as `#0c2340`.
    pub primary: Option<String>,
    /// Marks and links.
    pub accent: Option<String>,
    /// Changes for the better.
    pub good: Option<String>,
    /// Changes for the worse.
    pub bad: Option<String>,
    /// The font family; it must be among the fonts.
    pub font: Option<String>,
    /// The name of the logo's file for typst, `logo.svg` or `logo.png`.
    pub logo: Option<String>,
    /// Words at the top of each page behind the first.
    pub header: Option<String>,
    /// Words at the foot of each page.
    pub footer: Option<String>,
    /// The legal text in place of the built-in one.
    pub disclaimer: Option<String>,
    /// The logo's bytes.
    #[serde(skip)]
    pub logo_bytes: Vec<u8>,
}

impl Brand {
    /// The family that words are set in.
    pub fn family(&self) -> &str {
        self.font.as_deref().unwrap_or("Source Sans 3")
    }

    /// A chart's style in the brand's colors and font.
    pub fn dress(&self, mut style: Style) -> Style {
        let color = |text: &Option<String>| text.as_deref().and_then(Rgb::parse);
        let palette = &mut style.palette;
        if let Some(primary) = color(&self.primary) {
            palette.actual = primary;
            for own in [palette.parts.first_mut(), palette.lines.first_mut()].into_iter().flatten() {
                *own = primary;
            }
        }
        palette.good = color(&self.good).unwrap_or(palette.good);
        palette.bad = color(&self.bad).unwrap_or(palette.bad);
        if let (Some(accent), Some(second)) = (color(&self.accent), palette.lines.get_mut(1)) {
            *second = accent;
        }
        if let (Some(font), Some(first)) = (&self.font, style.families.first_mut()) {
            first.clone_from(font);
        }
        style
    }
}
