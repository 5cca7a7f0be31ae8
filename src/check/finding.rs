//! The finding: statements that do not agree, with their places, by how much, and what rounding would allow. Its outside form
//! is a contract with other programs.

use std::cmp::Ordering;
use std::fmt;
use std::sync::Arc;

use rust_decimal::Decimal;
use serde::Serialize;

use crate::model::{Fact, FigureId, Source, Unit};

/// How much a finding weighs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// No rounding explains it.
    Error,
    /// Off by at most one unit more than rounding, or between documents, where a restatement explains it.
    Warning,
    /// Worth knowing: another sign, an approximate statement.
    Note,
}

/// The named rule that two or more statements break.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Rule {
    /// One figure in two places.
    SameFigure,
    /// A line of a statement is the sum of others: gross profit = revenue − cost.
    StatementLine,
    /// A total is the sum of its parts by the profile's segments.
    PartsOfTotal,
    /// A total is the sum of the rows above it.
    Footing,
    /// A printed change or growth rate follows from two levels.
    Change,
    /// A share or a margin follows from a part and a whole.
    Ratio,
    /// Quarters make halves and years.
    Spans,
    /// Earnings per share follow from income and shares.
    PerShare,
    /// A change in amount and one in percent have one direction.
    Direction,
    /// A label names what its figures add up to.
    Label,
    /// What has happened belongs to a span that is over.
    Year,
    /// A heading stands once, in its own section.
    Heading,
}

/// Statements that do not agree.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// Id of the company.
    pub company: Arc<str>,
    /// How much it weighs.
    pub severity: Severity,
    /// The rule.
    pub rule: Rule,
    /// The figure that the rule computes; none for a row without canonical id.
    pub figure: Option<FigureId>,
    /// The statement of that figure first, then those it was computed from.
    pub figures: Vec<Fact>,
    /// Words that contradict it or each other: sentences, headings, numbers that became no figure.
    pub passages: Vec<Source>,
    /// The statement less what the others give, in `unit`; none where words are at odds, not amounts.
    #[serde(with = "rust_decimal::serde::str_option")]
    pub difference: Option<Decimal>,
    /// The largest difference that rounding explains, in `unit`.
    #[serde(with = "rust_decimal::serde::str_option")]
    pub tolerance: Option<Decimal>,
    /// The unit of both.
    pub unit: Option<Unit>,
    /// All of it in words.
    pub sentence: String,
}

impl Severity {
    /// The word of the outside form.
    pub fn name(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Note => "note",
        }
    }
}

impl Rule {
    /// The word of the outside form.
    pub fn name(self) -> &'static str {
        match self {
            Self::SameFigure => "same_figure",
            Self::StatementLine => "statement_line",
            Self::PartsOfTotal => "parts_of_total",
            Self::Footing => "footing",
            Self::Change => "change",
            Self::Ratio => "ratio",
            Self::Spans => "spans",
            Self::PerShare => "per_share",
            Self::Direction => "direction",
            Self::Label => "label",
            Self::Year => "year",
            Self::Heading => "heading",
        }
    }
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl Finding {
    /// The order of a report: what weighs most first, then by place.
    pub(super) fn by_rank(&self, other: &Self) -> Ordering {
        let by_place = || self.places().cmp(other.places());
        self.severity.cmp(&other.severity).then_with(by_place).then_with(|| self.rule.cmp(&other.rule))
    }

    fn places(&self) -> impl Iterator<Item = &Source> {
        self.figures.iter().map(|fact| &fact.source).chain(&self.passages)
    }
}

/// A number for a sentence: thousands apart, at most four decimals.
pub(super) fn number(value: Decimal) -> String {
    let text = value.round_dp(4).normalize().to_string();
    let (sign, digits) = text.strip_prefix('-').map_or(("", text.as_str()), |rest| ("-", rest));
    let (whole, fraction) = digits.split_once('.').map_or((digits, ""), |(whole, fraction)| (whole, fraction));
    let mut grouped = String::new();
    for (at, digit) in whole.chars().enumerate() {
        if at > 0 && (whole.len() - at) % 3 == 0 {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    let point = if fraction.is_empty() { "" } else { "." };
    format!("{sign}{grouped}{point}{fraction}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_grouped() {
        for (value, expected) in [("139382", "139,382"), ("-1451.50", "-1,451.5"), ("0.12345", "0.1234"), ("12", "12")]
        {
            assert_eq!(number(value.parse().expect("a decimal")), expected);
        }
    }
}
