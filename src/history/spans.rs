//! Spans: companies report cumulatively, so the third quarter is nine months less the first half, and so on around.

use std::collections::BTreeSet;

use crate::model::{Basis, FigureId, FiscalYear, Metric, Period, Quarter, Rule, Unit};

use super::board::{Board, Proposals, Track};

/// A span within one fiscal year.
#[derive(Clone, Copy)]
enum Span {
    Q(u8),
    H(u8),
    NineMonths,
    Year,
}

use Span::{H, NineMonths, Q, Year};

/// `whole = first + second`; each of the three follows from the other two.
const SUMS: [(Span, Span, Span); 5] =
    [(H(1), Q(1), Q(2)), (H(2), Q(3), Q(4)), (NineMonths, H(1), Q(3)), (Year, NineMonths, Q(4)), (Year, H(1), H(2))];

/// Spans of more than two quarters: where finer digits are looked for, nothing stands between them and their quarters.
const QUARTERS: [(Span, u8); 2] = [(NineMonths, 3), (Year, 4)];

impl Span {
    fn of(self, year: FiscalYear) -> Period {
        match self {
            Q(number) => Period::Quarter(Quarter { year, number }),
            H(number) => Period::Half { year, number },
            NineMonths => Period::NineMonths(year),
            Year => Period::Year(year),
        }
    }
}

/// Every span of a flow that two others imply.
pub(super) fn propose(board: &Board<'_>, found: &mut Proposals<'_>) {
    for (metric, track) in board.tracks().filter(|(_, track)| track.is_flow) {
        let years: BTreeSet<FiscalYear> = track.periods.keys().filter_map(|period| period.fiscal_year()).collect();
        for year in years {
            for (whole, first, second) in SUMS {
                let (whole, first, second) = (whole.of(year), first.of(year), second.of(year));
                let mut combine = |wanted, inputs: [Period; 2], rule| {
                    if board.is_open(metric, wanted) {
                        offer(track, found, metric, wanted, &inputs, rule);
                    }
                };
                combine(whole, [first, second], Rule::SpanSum);
                combine(first, [whole, second], Rule::SpanDifference);
                combine(second, [whole, first], Rule::SpanDifference);
            }
            for (whole, count) in QUARTERS.iter().filter(|_| board.refining) {
                let quarters: Vec<Period> = (1..=*count).map(|number| Q(number).of(year)).collect();
                offer(track, found, metric, whole.of(year), &quarters, Rule::SpanSum);
            }
        }
    }
}

fn offer(track: &Track, found: &mut Proposals<'_>, metric: &Metric, wanted: Period, inputs: &[Period], rule: Rule) {
    let Some(levels) = inputs.iter().map(|period| track.usable(*period)).collect::<Option<Vec<_>>>() else { return };
    let Some((first, rest)) = levels.split_first() else { return };
    if !is_amount(&first.unit) || rest.iter().any(|level| level.unit != first.unit) {
        return;
    }
    let value = rest.iter().fold(first.interval, |value, level| match rule {
        Rule::SpanSum => value.plus(level.interval),
        _ => value.minus(level.interval),
    });
    let cost = rest.iter().fold(first.cost, |cost, level| cost.with(level.cost));
    let inputs = inputs.iter().map(|period| FigureId::level(metric, *period, Basis::Actual)).collect();
    found.offer(metric, wanted, &first.unit, value, cost, (rule, inputs));
}

/// A rate under a flow's name does not add up.
fn is_amount(unit: &Unit) -> bool {
    matches!(unit, Unit::Money { .. } | Unit::Count { .. })
}

#[cfg(test)]
mod tests {
    use super::super::cases::check_series;

    #[test]
    fn a_span_follows_from_two_others() {
        let cases = [
            ("1H16 70 JPY million; 1Q16 30 JPY million", "1Q16 30 ± 0.5 stated; 2Q16 40 ± 1 span_difference"),
            ("1H16 70 JPY million; 2Q16 40 JPY million", "1Q16 30 ± 1 span_difference; 2Q16 40 ± 0.5 stated"),
            ("1Q16 30 JPY million; 2Q16 40 JPY million", "2Q16 40 ± 0.5 stated; 1H16 70 ± 1 span_sum"),
            ("9M16 90 JPY million; 1H16 70 JPY million", "3Q16 20 ± 1 span_difference; 9M16 90 ± 0.5 stated"),
            ("9M16 90 JPY million; 3Q16 20 JPY million", "1H16 70 ± 1 span_difference"),
            ("FY16 99 JPY million; 9M16 90 JPY million", "4Q16 9 ± 1 span_difference; FY16 99 ± 0.5 stated"),
            ("FY16 99 JPY million; 1H16 70 JPY million", "2H16 29 ± 1 span_difference"),
            ("3Q16 20 JPY million; 4Q16 9 JPY million", "2H16 29 ± 1 span_sum"),
            ("1H16 70 JPY million; 2H16 29 JPY million", "FY16 99 ± 1 span_sum"),
            (
                "1Q16 30 JPY million; 2Q16 40 JPY million; 3Q16 20 JPY million; 4Q16 9 JPY million",
                "FY16 99 ± 2 span_sum",
            ),
        ];
        for (stated, expected) in cases {
            check_series("revenue", stated, expected);
        }
    }

    #[test]
    fn half_widths_add_across_precisions() {
        check_series(
            "revenue",
            "9M17 127612 JPY million; 3Q17 44624 JPY million; 1Q17 41.0 JPY billion",
            "1Q17 41000 ± 50 stated; 2Q17 41988 ± 51 span_difference",
        );
    }

    #[test]
    fn years_stocks_and_rates_are_never_subtracted() {
        let two = "1H16 70 JPY million; 1Q16 30 JPY million";
        check_series("revenue", "1H16 70 JPY million; 1Q15 30 JPY million", "-2Q16; -2Q15; -2H15");
        check_series("revenue", two, "2Q16 40 ± 1 span_difference");
        check_series("cash", two, "-2Q16");
        check_series("eps_basic", "1H16 7.5 JPY; 1Q16 3.5 JPY", "-2Q16");
        check_series("unheard_of", two, "-2Q16");
        check_series("revenue", "1H16 7 %; 1Q16 3 %", "-2Q16");
    }

    #[test]
    fn targets_and_doubtful_figures_are_never_subtracted() {
        check_series(
            "revenue",
            "FY16 target 99 JPY million; 1H16 70 JPY million",
            "-2H16; FY16 target 99 ± 0.5 stated",
        );
        check_series("revenue", "FY16 about 99 JPY million; 1H16 70 JPY million", "-2H16");
        check_series("revenue", "FY16 99 JPY million; FY16 95 JPY million; 1H16 70 JPY million", "-2H16");
    }

    #[test]
    fn the_most_certain_derivation_wins() {
        // The halves are printed coarsely, the quarters finely.
        check_series(
            "revenue",
            "1H16 70.0 JPY billion; 1Q16 30000 JPY million; 9M16 90000 JPY million; 3Q16 19000 JPY million; \
             2H16 29.0 JPY billion; FY16 99000 JPY million",
            "4Q16 9000 ± 1 span_difference",
        );
    }
}
