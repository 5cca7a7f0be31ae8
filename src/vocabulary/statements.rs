//! Words of statements: by which of them a statement shows that it explains, that it names a special effect or that it looks ahead,
//! which way it says that something went, and how much it matters.

use serde::Deserialize;

/// Words that tell what a statement of a document is, one list for each meaning, all in small letters unless said otherwise.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Statements {
    /// Effects of accounting rules and single events.
    pub special: Vec<String>,
    /// Shares issued or bought back.
    pub capital: Vec<String>,
    /// What is certain to look ahead, whatever reason follows.
    pub ahead: Vec<String>,
    /// First words of statements that look ahead.
    pub ahead_opening: Vec<String>,
    /// What gives a reason.
    pub cause: Vec<String>,
    /// What looks ahead where no reason is given.
    pub outlook: Vec<String>,
    /// What opens a reason behind figures: `mainly due to`.
    pub reasons: Vec<String>,
    /// What speaks of a special effect named before: what it means for cash, dividends, other accounting rules.
    pub consequence: Vec<String>,
    /// Where the legal text begins.
    pub boilerplate: Vec<String>,
    /// Verbs that open a statement whose subject stands elsewhere.
    pub verbs: Vec<String>,
    /// Beginnings of words that say that something rose.
    pub up: Vec<String>,
    /// Beginnings of words that say that something fell.
    pub down: Vec<String>,
    /// Comparisons with the quarter before, as they are printed.
    pub sequential: Vec<String>,
    /// Comparisons with last year, as they are printed.
    pub yearly: Vec<String>,
    /// What speaks of a margin, not of an amount.
    pub margin: Vec<String>,
    /// What speaks of the growth of gross profit as of a margin that expands.
    pub amount_margin: Vec<String>,
    /// What says whether targets stand: statements with it may be long.
    pub firm: Vec<String>,
    /// What belongs beside the targets.
    pub about_targets: Vec<Gain>,
    /// What matters more among special effects.
    pub weight_special: Vec<Gain>,
    /// What matters more beside the targets.
    pub weight_targets: Vec<Gain>,
    /// What matters more among business developments.
    pub weight_developments: Vec<Gain>,
    /// What is no business development.
    pub not_developments: Vec<String>,
    /// How a special effect is named.
    pub effects: Effects,
}

/// Words that make a statement matter, and by how much.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Gain {
    /// One of these is said.
    pub words: Vec<String>,
    /// And one of these, where there are any.
    pub with: Vec<String>,
    /// By how much it matters more.
    pub gain: i64,
}

/// How documents name a special effect: a noun, `on`, and what it is on.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Effects {
    /// The nouns, two words each: `unrealized loss`.
    pub nouns: Vec<String>,
    /// The word between the noun and its object.
    pub on: String,
    /// Words at which the object ends.
    pub ends: Vec<String>,
    /// Words of the object that are left out.
    pub left_out: Vec<String>,
    /// Beginnings of words that say that rules were revised.
    pub revised: Vec<String>,
    /// Accounting rules as they are printed.
    pub rules: Vec<String>,
}

impl Gain {
    /// Whether a text in small letters says it.
    pub fn is_said(&self, text: &str) -> bool {
        any(&self.words, text) && (self.with.is_empty() || any(&self.with, text))
    }
}

/// Whether a text holds one of the words.
pub fn any(words: &[String], text: &str) -> bool {
    words.iter().any(|word| text.contains(word.as_str()))
}

/// How much more a text matters for all that it says.
pub fn weight(gains: &[Gain], text: &str) -> i64 {
    gains.iter().filter(|gain| gain.is_said(text)).map(|gain| gain.gain).sum()
}
