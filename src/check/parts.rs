//! Totals against their parts by the profile's segments. Which parts make up a total is shown by the documents: a set counts
//! where its members, stated side by side, add up to the total in some period; then it must do so in every other.

use std::collections::{BTreeMap, BTreeSet};

use rust_decimal::Decimal;

use crate::history::gather::Stated;
use crate::model::{FigureId, Measure, Metric, Source};

use super::finding::{Finding, Rule};
use super::range::{Policy, Range};
use super::relation::Relation;
use super::sheet::Sheet;
use super::ties::Ties;

/// A total of fewer last digits proves nothing: a small part that was not read would hide in its rounding.
const FINE: Decimal = Decimal::from_parts(2000, 0, 0, false, 0);

/// A total as stated, and the stated parts beside it.
struct Cut<'a> {
    id: &'a FigureId,
    total: &'a Stated,
    parts: BTreeMap<Metric, &'a Stated>,
}

/// Every total that some document shows to be made of certain parts.
pub(super) fn check(sheet: &Sheet<'_>, ties: &mut Ties) {
    let cuts: Vec<Cut<'_>> = cuts(sheet);
    let mut proven: BTreeMap<&Metric, BTreeSet<BTreeSet<&Metric>>> = BTreeMap::new();
    for cut in cuts.iter().filter(|cut| cut.adds_up()) {
        proven.entry(&cut.id.metric).or_default().insert(cut.parts.keys().collect());
    }
    for cut in &cuts {
        for set in proven.get(&cut.id.metric).into_iter().flatten() {
            let found = cut.judge(set, ties);
            ties.found.extend(found);
        }
    }
}

fn cuts<'a>(sheet: &Sheet<'a>) -> Vec<Cut<'a>> {
    // Parts of one family add up to a total: services to the revenue, and apart from them what segments report.
    let mut families: BTreeMap<Metric, BTreeMap<Metric, BTreeSet<&Metric>>> = BTreeMap::new();
    for id in sheet.statements.keys().filter(|id| id.measure == Measure::Level) {
        if let Some(parent) = id.metric.parent() {
            let whole = parent.as_str().strip_prefix("segment_").and_then(|line| Metric::new(line).ok());
            for total in [Some(parent.clone()), whole].into_iter().flatten() {
                families.entry(total).or_default().entry(parent.clone()).or_default().insert(&id.metric);
            }
        }
    }
    let mut cuts = Vec::new();
    for (id, statements) in sheet.statements.iter().filter(|(id, _)| id.measure == Measure::Level) {
        for parts in families.get(&id.metric).into_iter().flat_map(BTreeMap::values) {
            for total in statements {
                let near = |metric: &Metric, place: &Source| {
                    let stated = sheet.near(&FigureId { metric: metric.clone(), ..id.clone() }, place)?;
                    (stated.unit == total.unit).then(|| (metric.clone(), stated))
                };
                let parts = parts.iter().filter_map(|metric| near(metric, &total.fact.source)).collect();
                cuts.push(Cut { id, total, parts });
            }
        }
    }
    cuts
}

impl<'a> Cut<'a> {
    /// Whether all parts stated beside the total make it up, finely enough that none is missing.
    fn adds_up(&self) -> bool {
        let digit = self.parts.values().fold(self.total.last_digit(), |digit, part| digit.max(part.last_digit()));
        let fine = self.total.interval.value.abs() >= digit * FINE;
        fine && self.parts.len() > 1
            && !self.total.fact.approx
            && Policy::ALL.into_iter().any(|policy| {
                let ranges: Vec<Range> = self.parts.values().map(|part| Range::of(part, policy)).collect();
                sum(&ranges).is_some_and(|sum| sum.gap(Range::of(self.total, policy)).is_zero())
            })
    }

    fn judge(&self, set: &BTreeSet<&Metric>, ties: &mut Ties) -> Option<Finding> {
        let inputs: Vec<&'a Stated> = set.iter().map(|m| self.parts.get(*m).copied()).collect::<Option<_>>()?;
        let below = format!("{}.", self.id.metric);
        let names: Vec<&str> = set.iter().map(|m| m.as_str().strip_prefix(&below).unwrap_or(m.as_str())).collect();
        let relation = Relation {
            rule: Rule::PartsOfTotal,
            figure: Some(self.id.clone()),
            printed: self.total,
            inputs,
            mixed: false,
            formula: format!("the sum of {}", names.join(", ")),
        };
        relation.judge(ties, &sum)
    }
}

fn sum(ranges: &[Range]) -> Option<Range> {
    ranges.iter().copied().reduce(Range::plus)
}
