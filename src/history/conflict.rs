//! Figures that two facts state differently, beyond what rounding allows.

use std::collections::{BTreeMap, BTreeSet};

use rust_decimal::Decimal;
use serde::Serialize;

use crate::model::{Fact, Figure, FigureId, Metric, Warning};

use super::gather::place;

/// One figure with two values: a restatement, a reclassification or an error.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Conflict {
    /// The figure.
    pub id: FigureId,
    /// The fact that the history goes by: of the latest document, unless it is approximate or mended.
    pub chosen: Fact,
    /// The facts that say otherwise, the latest first.
    pub others: Vec<Fact>,
}

/// Two roundings of one size lie closer than this factor.
const ROUNDED: Decimal = Decimal::from_parts(105, 0, 0, false, 2);

/// The levels of metrics that are printed now as a deduction, now as an amount: they have no sign to build on.
pub(super) fn of_unclear_sign(conflicts: &[Conflict], figures: &BTreeMap<FigureId, Figure>) -> Vec<FigureId> {
    let unclear: BTreeSet<&Metric> = conflicts.iter().filter(|c| c.turns_the_sign()).map(|c| &c.id.metric).collect();
    figures.keys().filter(|id| unclear.contains(&id.metric)).cloned().collect()
}

impl Conflict {
    /// Whether it is only the sign that differs.
    fn turns_the_sign(&self) -> bool {
        let scaled = |fact: &Fact| fact.value.checked_mul(fact.unit.scale().factor());
        let (Some(ours), printed) = (scaled(&self.chosen), &self.others) else { return false };
        printed.iter().filter_map(scaled).any(|theirs| {
            let (size, other) = (ours.abs(), theirs.abs());
            ours.is_sign_negative() != theirs.is_sign_negative() && size.max(other) <= size.min(other) * ROUNDED
        })
    }

    /// Whether a later document changed the figure; otherwise one document contradicts itself.
    pub fn is_restatement(&self) -> bool {
        self.others.iter().all(|other| other.source.document != self.chosen.source.document)
    }

    /// The warning, which names the sources of both values.
    pub(super) fn warning(&self) -> Warning {
        let value = |fact: &Fact| format!("`{} {}`", fact.value, fact.unit);
        let other = self.others.first().unwrap_or(&self.chosen);
        let reason = if self.is_restatement() { "the later document" } else { "the finer statement" };
        Warning {
            message: format!("{} is {} here and {} at {}", self.id, value(&self.chosen), value(other), place(other)),
            place: place(&self.chosen),
            hint: format!("{reason} is used and nothing is derived from it; a restatement needs no correction"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::cases::check_series;

    #[test]
    fn a_metric_of_unclear_sign_is_not_derived() {
        let halves = "1H17 70 JPY million; 1Q17 30 JPY million";
        check_series("net_income", halves, "2Q17 40 ± 1 span_difference");
        check_series("net_income", &format!("{halves}; FY16 12.8 JPY million; FY16 -13 JPY million"), "-2Q17");
    }
}
