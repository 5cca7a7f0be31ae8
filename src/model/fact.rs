//! The fact: one figure that a document states, with its place. Its outside form is a contract with other programs.

use std::sync::Arc;

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::{Metric, Period, Unit};

/// In which sense a figure is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Basis {
    /// What happened.
    Actual,
    /// A target in force.
    Target,
    /// A target that a revision superseded.
    TargetInitial,
    /// The target that replaced it.
    TargetRevised,
    /// A softer statement about the future.
    Outlook,
}

/// What a figure says about its metric.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Measure {
    /// The amount itself.
    Level,
    /// Change over the same period of the year before, percent.
    YoyPct,
    /// Change over the same period of the year before, amount.
    YoyAbs,
    /// Change over the period just before, percent.
    QoqPct,
    /// Change over the period just before, amount.
    QoqAbs,
    /// Percent of total revenue.
    ShareOfRevenuePct,
    /// A profit as percent of the revenue it comes from.
    MarginPct,
    /// Change between two balance sheet dates.
    ChangeAbs,
    /// Change of a percentage, in points.
    PpChange,
}

/// The characters of a document that state a figure.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct Source {
    /// File name of the document.
    pub document: Arc<str>,
    /// Line, from 1.
    pub line: usize,
    /// Column in characters, from 1.
    pub column: usize,
    /// The characters as they stand.
    pub printed: String,
    /// Further lines, from 1, that gave the figure its time, unit, basis or section: heads, titles, lines of units. Rows of one
    /// table share them.
    #[serde(skip_serializing_if = "<[u32]>::is_empty")]
    pub heads: Arc<[u32]>,
}

/// What the extractor mended, and the evidence that earned it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct Repair {
    /// The damaged characters.
    pub printed: String,
    /// The evidence: a sum, a growth rate, a neighbouring statement.
    pub reason: String,
}

/// One figure that a document states. Serialized, it is a record of `tanshin facts --format jsonl`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Fact {
    /// Id of the company: its folder.
    pub company: Arc<str>,
    /// Canonical id, or none where the label is clear but has no id yet.
    pub metric: Option<Metric>,
    /// The row, column or phrase that names the figure, as printed.
    pub label: String,
    /// The time the figure speaks of.
    pub period: Period,
    /// The sense it is meant in.
    pub basis: Basis,
    /// What it says about the metric.
    pub measure: Measure,
    /// The value in `unit`, sign applied.
    #[serde(with = "rust_decimal::serde::str")]
    pub value: Decimal,
    /// The unit as printed.
    pub unit: Unit,
    /// Whether the document says approximately, over, almost.
    pub approx: bool,
    /// What was mended.
    pub repaired: Option<Repair>,
    /// Where it stands.
    pub source: Source,
}

impl Source {
    /// A place that owes nothing to other lines.
    pub fn new(document: Arc<str>, line: usize, column: usize, printed: String) -> Self {
        Self { document, line, column, printed, heads: Arc::default() }
    }
}

impl Basis {
    /// All of them.
    pub const ALL: [Self; 5] = [Self::Actual, Self::Target, Self::TargetInitial, Self::TargetRevised, Self::Outlook];

    /// Whether the figure is a target, superseded or not.
    pub fn is_target(self) -> bool {
        matches!(self, Self::Target | Self::TargetInitial | Self::TargetRevised)
    }

    /// The word of the outside form.
    pub fn name(self) -> &'static str {
        match self {
            Self::Actual => "actual",
            Self::Target => "target",
            Self::TargetInitial => "target_initial",
            Self::TargetRevised => "target_revised",
            Self::Outlook => "outlook",
        }
    }
}

impl Measure {
    /// All of them.
    pub const ALL: [Self; 9] = [
        Self::Level,
        Self::YoyPct,
        Self::YoyAbs,
        Self::QoqPct,
        Self::QoqAbs,
        Self::ShareOfRevenuePct,
        Self::MarginPct,
        Self::ChangeAbs,
        Self::PpChange,
    ];

    /// The word of the outside form.
    pub fn name(self) -> &'static str {
        match self {
            Self::Level => "level",
            Self::YoyPct => "yoy_pct",
            Self::YoyAbs => "yoy_abs",
            Self::QoqPct => "qoq_pct",
            Self::QoqAbs => "qoq_abs",
            Self::ShareOfRevenuePct => "share_of_revenue_pct",
            Self::MarginPct => "margin_pct",
            Self::ChangeAbs => "change_abs",
            Self::PpChange => "pp_change",
        }
    }

    /// Whether the value is a percentage by nature, whatever its metric counts.
    pub fn is_percent(self) -> bool {
        matches!(self, Self::YoyPct | Self::QoqPct | Self::ShareOfRevenuePct | Self::MarginPct)
    }
}

impl Fact {
    /// Half of the last printed digit, in the fact's own unit: what rounding leaves open. An approximate figure has the same
    /// half width; that it is approximate is said beside it.
    pub fn half_width(&self) -> Decimal {
        if matches!(self.unit, Unit::Count { scale: super::Scale::One, .. }) && self.value.scale() == 0 {
            return Decimal::ZERO;
        }
        Decimal::new(5, self.value.scale() + 1)
    }
}
