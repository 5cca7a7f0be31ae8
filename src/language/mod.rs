//! Languages of briefs. Every word that no narrative template writes comes from a language's table, `templates/<code>/words.toml`:
//! names of periods, forms of numbers and dates, heads, labels, chart titles. Which words a sentence takes is the narrative's
//! business, and what a figure is, the history's.

mod fill;
mod labels;
mod names;
mod overlay;
mod periods;
mod table;

use std::fmt;

use serde::{Deserialize, Serialize};

pub use fill::fill;
pub use labels::Labels;
pub use overlay::WordsFault;
pub use periods::Calendared;
pub use table::{Alt, Beside, Charts, Grain, Habits, Inside, Numbers, Phrases, Tables, Text, Tier};

/// The name of a language's table among its templates.
pub const WORDS: &str = "words.toml";

/// A language that briefs are written in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "briefs", derive(clap::ValueEnum))]
#[serde(rename_all = "lowercase")]
pub enum Language {
    /// English.
    #[default]
    En,
    /// Japanese.
    Ja,
}

impl Language {
    /// All of them, the default first.
    pub const ALL: [Self; 2] = [Self::En, Self::Ja];

    /// The ISO 639 code, which also names its folder of templates.
    pub fn code(self) -> &'static str {
        match self {
            Self::En => "en",
            Self::Ja => "ja",
        }
    }

    /// The folder of its templates, `ja/`.
    pub fn folder(self) -> String {
        format!("{self}/")
    }

    /// Its built-in table, `words.toml`.
    pub fn table(self) -> &'static str {
        match self {
            Self::En => include_str!("../../templates/en/words.toml"),
            Self::Ja => include_str!("../../templates/ja/words.toml"),
        }
    }

    /// What the name of a brief's file ends in, so that briefs in several languages stand side by side.
    pub fn suffix(self) -> String {
        if self == Self::default() { String::new() } else { format!(".{self}") }
    }

    /// The language that a text of a document is in, by its script.
    pub fn of_text(text: &str) -> Self {
        if text.chars().any(is_wide) { Self::Ja } else { Self::En }
    }
}

impl fmt::Display for Language {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

/// Whether a character is a kana, a kanji or their punctuation: it is as wide as high, and no spaces stand around it.
pub fn is_wide(c: char) -> bool {
    matches!(c, '\u{2E80}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' | '\u{FF00}'..='\u{FF60}' | '\u{FFE0}'..='\u{FFE6}')
}
