//! The fields that every outside form of a figure has: what it is, how large, how certain, and how it is known. They are a
//! contract with other programs.

use rust_decimal::Decimal;
use serde::Serialize;

use crate::model::{Basis, Figure, FigureId, Metric, Origin, Period, Rule, Unit};

use super::Known;

/// One figure, as `tanshin series` and `tanshin trace` print it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct FigureRecord {
    /// Canonical id.
    pub metric: Metric,
    /// The period.
    pub period: Period,
    /// The basis; targets are their own records.
    pub basis: Basis,
    /// The value in `unit`.
    #[serde(with = "rust_decimal::serde::str")]
    pub value: Decimal,
    /// Money in the currency's millions, whatever the documents print.
    pub unit: Unit,
    /// Half the width of the interval that rounding leaves, in `unit`.
    #[serde(with = "rust_decimal::serde::str")]
    pub uncertainty: Decimal,
    /// Stated or derived.
    pub origin: Known,
    /// The name of the rule that derived it.
    pub rule: Option<&'static str>,
    /// Whether a printed growth rate was turned back into a level on the way.
    pub estimate: bool,
}

impl FigureRecord {
    /// The record of a figure.
    pub fn of(figure: &Figure, estimate: bool) -> Self {
        let FigureId { metric, period, basis, .. } = figure.id.clone();
        let rule = match &figure.origin {
            Origin::Stated(_) => None,
            Origin::Derived { rule, .. } => Some(Rule::name(*rule)),
        };
        Self {
            metric,
            period,
            basis,
            value: figure.value.normalize(),
            unit: figure.unit.clone(),
            uncertainty: figure.half_width.normalize(),
            origin: Known::of(figure),
            rule,
            estimate,
        }
    }
}
