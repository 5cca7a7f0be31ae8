//! Figures that two facts state differently, beyond what rounding allows.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use chrono::NaiveDate;
use rust_decimal::Decimal;
use serde::Serialize;

use crate::model::{Basis, Fact, Figure, FigureId, FiscalYear, Measure, Metric, Origin, Warning};

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

/// The levels that stand on an old footing: a later document restated another span of the same metric and year, and not them.
/// A half of the old footing is never subtracted from a year of the new one.
pub(super) fn of_old_footing(
    conflicts: &[Conflict],
    figures: &BTreeMap<FigureId, Figure>,
    dates: &BTreeMap<Arc<str>, NaiveDate>,
) -> Vec<FigureId> {
    let date = |fact: &Fact| dates.get(&fact.source.document).copied();
    let mut since: BTreeMap<(&Metric, FiscalYear), NaiveDate> = BTreeMap::new();
    for conflict in conflicts.iter().filter(|c| c.id.measure == Measure::Level && c.is_restatement()) {
        let (Some(year), Some(day)) = (conflict.id.period.fiscal_year(), date(&conflict.chosen)) else { continue };
        let known = since.entry((&conflict.id.metric, year)).or_insert(day);
        *known = day.max(*known);
    }
    let is_old = |id: &FigureId, figure: &Figure| {
        let Some(day) = id.period.fiscal_year().and_then(|year| since.get(&(&id.metric, year))) else { return false };
        let Origin::Stated(facts) = &figure.origin else { return false };
        id.basis == Basis::Actual && facts.iter().filter_map(date).all(|date| date < *day)
    };
    figures.iter().filter(|(id, figure)| is_old(id, figure)).map(|(id, _)| id.clone()).collect()
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
    use super::super::cases::{check, check_series};

    #[test]
    fn a_half_of_the_old_footing_is_never_subtracted_from_a_restated_year() {
        let first = ("2019-08-08", "revenue 1Q19 11000 JPY million");
        let half = ("2019-11-08", "revenue 1H19 23500 JPY million");
        let year = |quarter: &str| format!("{quarter}revenue FY19 47000 JPY million");
        let restated = year("revenue 1Q19 10500 JPY million; ");
        check(&[first, half, ("2020-05-08", &restated)], "revenue", "1H19 23500 ± 0.5 stated; -2H19; -2Q19");
        let same = year("");
        let documents = [first, half, ("2020-05-08", same.as_str())];
        check(&documents, "revenue", "2Q19 12500 ± 1 span_difference; 2H19 23500 ± 1 span_difference");
        // Where the year's document restates the half as well, both stand on the new footing.
        let both = year("revenue 1Q19 10500 JPY million; revenue 1H19 23000 JPY million; ");
        check(&[first, half, ("2020-05-08", &both)], "revenue", "-2H19");
    }

    #[test]
    fn a_metric_of_unclear_sign_is_not_derived() {
        let halves = "1H17 70 JPY million; 1Q17 30 JPY million";
        check_series("net_income", halves, "2Q17 40 ± 1 span_difference");
        check_series("net_income", &format!("{halves}; FY16 12.8 JPY million; FY16 -13 JPY million"), "-2Q17");
    }
}
