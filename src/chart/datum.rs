//! What all kinds of charts are made of: a value with its printed form, a variance with its verdict, a scenario.

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use super::mark::Fill;
use super::words::{Font, Words};
use super::{Rgb, Style};
use crate::language::{Alt, fill};
use crate::model::Polarity;

/// In which sense a bar is meant; each has its own notation.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Scenario {
    /// What happened: solid.
    #[default]
    Actual,
    /// The year before: solid, lighter.
    Previous,
    /// A company's target: outlined.
    Target,
    /// A forecast or an implied remainder: hatched.
    Forecast,
}

/// A value and the way it is printed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Datum {
    /// The value, which decides lengths.
    pub value: Decimal,
    /// The value in words, without the mark of a derived figure.
    pub label: String,
    /// Whether a rule derived it.
    pub derived: bool,
    /// The source entry that the label links to.
    pub source: Option<String>,
}

/// A variance: a change in money, percent or points.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// The change, which decides direction and length.
    pub value: Decimal,
    /// The change in words; a sign is put before it if it has none.
    pub label: String,
    /// Which direction is good news.
    pub polarity: Polarity,
    /// Whether a rule derived it.
    pub derived: bool,
    /// The source entry that the label links to.
    pub source: Option<String>,
}

/// Whether a change is good news.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Good news.
    Good,
    /// Bad news.
    Bad,
    /// Neither.
    Neutral,
}

impl Datum {
    /// A stated value.
    pub fn stated(value: Decimal, label: impl Into<String>) -> Self {
        Self { value, label: label.into(), derived: false, source: None }
    }

    /// A derived value.
    pub fn derived(value: Decimal, label: impl Into<String>) -> Self {
        Self { derived: true, ..Self::stated(value, label) }
    }

    pub(super) fn length(&self) -> f64 {
        length(self.value)
    }

    pub(super) fn words(&self, font: Font, color: Rgb, style: &Style) -> Words {
        Words::new(self.told(style), font, color).linked(self.source.as_ref())
    }

    /// The label with the mark of a derived figure.
    pub(super) fn told(&self, style: &Style) -> String {
        marked(&self.label, self.derived, style)
    }
}

impl Change {
    /// A change and which direction is good news.
    pub fn new(value: Decimal, label: impl Into<String>, polarity: Polarity) -> Self {
        Self { value, label: label.into(), polarity, derived: false, source: None }
    }

    /// Whether it is good news.
    pub fn verdict(&self) -> Verdict {
        let rises = self.value > Decimal::ZERO;
        match self.polarity {
            _ if self.value.is_zero() => Verdict::Neutral,
            Polarity::Neutral => Verdict::Neutral,
            Polarity::Up if rises => Verdict::Good,
            Polarity::Down if !rises => Verdict::Good,
            Polarity::Up | Polarity::Down => Verdict::Bad,
        }
    }

    pub(super) fn length(&self) -> f64 {
        length(self.value)
    }

    /// The label with its sign: color alone must not tell the direction.
    pub fn signed(&self) -> String {
        // Words may stand before the sign: `約▲756`.
        let before = self.label.split(|c: char| c.is_ascii_digit()).next().unwrap_or_default();
        let has_sign = before.contains(['~', '+', '-', '−', '±', '▲', '△', '▼', '(', '–']) || !self.has_digit();
        match self.value {
            _ if has_sign => self.label.clone(),
            value if value > Decimal::ZERO => format!("+{}", self.label),
            value if value < Decimal::ZERO => format!("−{}", self.label),
            _ => self.label.clone(),
        }
    }

    /// Words such as `n/m` take no sign.
    fn has_digit(&self) -> bool {
        self.label.contains(|c: char| c.is_ascii_digit())
    }

    pub(super) fn words(&self, font: Font, neutral: Rgb, style: &Style) -> Words {
        let text = marked(&self.signed(), self.derived, style);
        Words::new(text, font, self.color(style, neutral)).linked(self.source.as_ref())
    }

    pub(super) fn color(&self, style: &Style, neutral: Rgb) -> Rgb {
        match self.verdict() {
            Verdict::Good => style.palette.good,
            Verdict::Bad => style.palette.bad,
            Verdict::Neutral => neutral,
        }
    }
}

impl Scenario {
    pub(super) fn fill(self, style: &Style) -> Fill {
        match self {
            Self::Actual => Fill::Solid(style.palette.actual),
            Self::Previous => Fill::Solid(style.palette.previous),
            Self::Target => Fill::Outline(style.palette.actual),
            Self::Forecast => Fill::Hatch(style.palette.actual),
        }
    }

    /// The notation over a given color, for the parts of a stack.
    pub(super) fn tint(self, color: Rgb) -> Fill {
        match self {
            Self::Actual => Fill::Solid(color),
            Self::Previous => Fill::Solid(color.lighter(0.4)),
            Self::Target => Fill::Outline(color),
            Self::Forecast => Fill::Hatch(color),
        }
    }

    /// A name as an alt text tells it: `4Q18 (forecast)`; nothing is added for actual figures.
    pub(super) fn told(self, name: &str, words: &Alt) -> String {
        let word = match self {
            Self::Actual => return name.to_owned(),
            Self::Previous => &words.previous,
            Self::Target => &words.target,
            Self::Forecast => &words.forecast,
        };
        if name.contains(word) { name.to_owned() } else { fill(&words.scenario, &[("name", name), ("word", word)]) }
    }
}

/// A value as a length. Lengths may lose digits beyond the fifteenth; words never come from them.
pub(super) fn length(value: Decimal) -> f64 {
    value.to_f64().unwrap_or(0.0)
}

fn marked(label: &str, derived: bool, style: &Style) -> String {
    if derived && !label.is_empty() { format!("{label}{}", style.derived_mark) } else { label.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(value: i64, label: &str, polarity: Polarity, expected: &str, verdict: Verdict) {
        let change = Change::new(Decimal::from(value), label, polarity);
        assert_eq!((change.signed().as_str(), change.verdict()), (expected, verdict), "{label}");
    }

    #[test]
    fn a_variance_carries_its_sign_and_its_verdict() {
        check(13, "13.2%", Polarity::Up, "+13.2%", Verdict::Good);
        check(13, "+13.2%", Polarity::Up, "+13.2%", Verdict::Good);
        check(-5, "5.0%", Polarity::Up, "−5.0%", Verdict::Bad);
        check(-5, "▲5.0%", Polarity::Up, "▲5.0%", Verdict::Bad);
        check(7, "7.0%", Polarity::Down, "+7.0%", Verdict::Bad);
        check(-7, "(7.0%)", Polarity::Down, "(7.0%)", Verdict::Good);
        check(-7, "約▲756", Polarity::Up, "約▲756", Verdict::Bad);
        check(0, "0.0%", Polarity::Up, "0.0%", Verdict::Neutral);
        check(3, "n/m", Polarity::Neutral, "n/m", Verdict::Neutral);
    }
}
