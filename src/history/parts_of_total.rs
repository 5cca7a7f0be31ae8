//! Parts of a total: where documents show that certain parts make up a total, the one that is missing follows.
//!
//! Which parts make up a total is never assumed: a profile also names sums of segments and eliminations. A set of parts
//! counts where all its members are stated beside the total, add up to it, and none is so small that rounding hides it.

use std::collections::{BTreeMap, BTreeSet};

use rust_decimal::Decimal;

use crate::model::{Basis, FigureId, FiscalYear, Metric, Period, Rule};

use super::board::{Board, Cost, Level, Proposals};
use super::interval::Interval;

/// A set of parts, and the fiscal years that show it to be complete.
type Partition = (BTreeSet<Metric>, FiscalYear);

/// The part that a complete set lacks, or the total of a complete set.
pub(super) fn propose(board: &Board<'_>, found: &mut Proposals<'_>) {
    let mut children: BTreeMap<Metric, Vec<&Metric>> = BTreeMap::new();
    for (metric, track) in board.tracks() {
        if track.is_flow
            && let Some(parent) = metric.parent()
        {
            children.entry(parent).or_default().push(metric);
        }
    }
    for (total, parts) in &children {
        let metrics = parts.iter().copied().chain([total]);
        let periods: BTreeSet<Period> = metrics.flat_map(|metric| board.periods(metric)).collect();
        let partitions: BTreeSet<Partition> =
            periods.iter().filter_map(|period| partition(board, total, parts, *period)).collect();
        for period in periods {
            let Some(year) = period.fiscal_year() else { continue };
            for (set, _) in partitions.iter().filter(|(_, evidence)| *evidence == year) {
                complete(board, total, parts, set, period, found);
            }
        }
    }
}

/// The stated parts of a period, where they add up to the stated total.
fn partition(board: &Board<'_>, total: &Metric, parts: &[&Metric], period: Period) -> Option<Partition> {
    let stated = |metric: &Metric| board.usable(metric, period).filter(|level| level.fixed);
    let whole = stated(total)?;
    let present: Vec<(&Metric, &Level)> = parts.iter().filter_map(|part| Some((*part, stated(part)?))).collect();
    if present.len() < 2 || present.iter().any(|(_, level)| level.unit != whole.unit) {
        return None;
    }
    let sum = present.iter().fold(ZERO, |sum, (_, level)| sum.plus(level.interval));
    // Truncated figures may lie a whole digit apart each.
    let tolerance = (sum.half_width + whole.interval.half_width) * Decimal::TWO;
    let visible = present.iter().all(|(_, level)| level.interval.value.abs() > tolerance);
    let adds_up = (sum.value - whole.interval.value).abs() <= tolerance;
    (visible && adds_up).then_some(())?;
    Some((present.iter().map(|(part, _)| (*part).clone()).collect(), period.fiscal_year()?))
}

const ZERO: Interval = Interval { value: Decimal::ZERO, half_width: Decimal::ZERO };

fn complete(
    board: &Board<'_>,
    total: &Metric,
    parts: &[&Metric],
    set: &BTreeSet<Metric>,
    period: Period,
    found: &mut Proposals<'_>,
) {
    let present: Vec<(&Metric, &Level)> =
        parts.iter().filter_map(|part| Some((*part, board.usable(part, period)?))).collect();
    // A part outside the set says that the period is cut up another way.
    if present.iter().any(|(part, _)| !set.contains(*part)) {
        return;
    }
    let missing: Vec<&Metric> = set.iter().filter(|part| board.is_open(part, period)).collect();
    let sum_without = |left_out: Option<&Metric>| {
        let used: Vec<_> = present.iter().filter(|(part, _)| Some(*part) != left_out).collect();
        let sum = used.iter().fold(ZERO, |sum, (_, level)| sum.plus(level.interval));
        let cost = used.iter().fold(Cost::default(), |cost, (_, level)| cost.with(level.cost));
        let inputs: Vec<FigureId> = used.iter().map(|(part, _)| FigureId::level(part, period, Basis::Actual)).collect();
        (sum, cost, inputs)
    };
    if board.is_open(total, period) && present.len() == set.len() {
        let (sum, cost, inputs) = sum_without(None);
        let unit = &present[0].1.unit;
        if present.iter().all(|(_, level)| level.unit == *unit) {
            found.offer(total, period, unit, sum, cost, (Rule::PartsOfTotal, inputs));
        }
    }
    if let (&[part], Some(whole)) = (missing.as_slice(), board.usable(total, period)) {
        let (sum, cost, rest) = sum_without(Some(part));
        if rest.len() + 1 == set.len() && present.iter().all(|(_, level)| level.unit == whole.unit) {
            let inputs = [vec![FigureId::level(total, period, Basis::Actual)], rest].concat();
            let value = whole.interval.minus(sum);
            found.offer(part, period, &whole.unit, value, whole.cost.with(cost), (Rule::PartsOfTotal, inputs));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::cases::check;

    const EVIDENCE: &str = "revenue FY16 100 JPY million; revenue.a FY16 60 JPY million; revenue.b FY16 40 JPY million";

    fn check_parts(stated: &str, metric: &str, expected: &str) {
        check(&[("2020-01-01", &format!("{EVIDENCE}; {stated}"))], metric, expected);
    }

    #[test]
    fn the_part_that_a_proven_set_lacks_follows() {
        let total = "revenue 1Q16 25 JPY million";
        check_parts(&format!("{total}; revenue.a 1Q16 15 JPY million"), "revenue.b", "1Q16 10 ± 1 parts_of_total");
        let parts = "revenue.a 1Q16 15 JPY million; revenue.b 1Q16 9 JPY million";
        check_parts(parts, "revenue", "1Q16 24 ± 1 parts_of_total");
    }

    #[test]
    fn a_set_that_no_document_proves_gives_nothing() {
        // Another year may be cut up another way; so is a quarter that has a part which the proof does not have.
        check_parts("revenue 1Q17 25 JPY million; revenue.a 1Q17 15 JPY million", "revenue.b", "-1Q17");
        check_parts(
            "revenue 1Q16 25 JPY million; revenue.a 1Q16 15 JPY million; revenue.c 1Q16 2 JPY million",
            "revenue.b",
            "-1Q16",
        );
        check_parts("revenue.a 1Q16 15 JPY million; revenue.c 1Q16 2 JPY million", "revenue", "-1Q16");
        let coarse = "revenue 1H15 1.0 JPY billion; revenue.a 1H15 0.9 JPY billion; revenue.b 1H15 0.1 JPY billion";
        let quarter = "revenue 1Q15 9 JPY million; revenue.a 1Q15 5 JPY million";
        check_parts(&format!("{coarse}; {quarter}"), "revenue.b", "-1Q15");
    }
}
