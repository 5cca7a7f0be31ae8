//! What a project's settings say about its text: which sections in which order, where words for moves change, what is material.

use rust_decimal::Decimal;

use crate::language::Phrases;

/// The settings of the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Voice {
    /// The sections, in order.
    pub sections: Vec<Section>,
    /// Sizes in percent at which the word for a move changes; empty for those of `moves.toml`.
    pub percent: Vec<Decimal>,
    /// The same for percentage points.
    pub points: Vec<Decimal>,
    /// What is large enough to be named.
    pub material: Material,
}

/// A section: its template and its heading.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Section {
    /// The template's name, `result`.
    pub id: String,
    /// The heading, where settings give one.
    pub heading: Option<String>,
}

/// Shares below which something is not named.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Material {
    /// A driver of operating income, of all movement together.
    pub driver: Decimal,
    /// A segment, of the whole.
    pub segment: Decimal,
    /// A smaller segment or a service, of all movement.
    pub moved: Decimal,
    /// The distance from a target that is still in line with it, of the target.
    pub target: Decimal,
}

impl Default for Material {
    fn default() -> Self {
        let percent = |number: u32| Decimal::from(number) / Decimal::ONE_HUNDRED;
        Self { driver: percent(15), segment: percent(5), moved: percent(10), target: percent(1) }
    }
}

impl Default for Voice {
    fn default() -> Self {
        let section = |id: &&str| Section { id: (*id).to_owned(), heading: None };
        Self {
            sections: super::PARAGRAPHS.iter().map(section).collect(),
            percent: Vec::new(),
            points: Vec::new(),
            material: Material::default(),
        }
    }
}

impl Section {
    /// The heading: that of the settings, that of the language, or the name in words.
    pub fn heading(&self, phrases: &Phrases) -> String {
        let of_language = phrases.section(&self.id);
        let own = || if of_language == self.id { in_words(&self.id) } else { of_language.to_owned() };
        self.heading.clone().unwrap_or_else(own)
    }
}

/// `cash_flows` is `Cash flows`.
fn in_words(id: &str) -> String {
    let words = id.replace(['_', '-'], " ");
    let mut letters = words.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}
