//! Spans: companies report cumulatively, so the third quarter is nine months less the first half, and so on around.

use std::collections::BTreeSet;

use crate::model::{Basis, FigureId, FiscalYear, Period, Quarter, Rule};

use super::board::{Board, Proposals};

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
pub(super) fn propose(board: &Board<'_>, found: &mut Proposals) {
    for (metric, periods) in board.flows() {
        let years: BTreeSet<FiscalYear> = periods.keys().filter_map(|period| period.fiscal_year()).collect();
        for year in years {
            for (whole, first, second) in SUMS {
                let (whole, first, second) = (whole.of(year), first.of(year), second.of(year));
                let mut combine = |wanted: Period, left: Period, right: Period, rule: Rule| {
                    if board.is_stated(metric, wanted) {
                        return;
                    }
                    let (Some(a), Some(b)) = (board.usable(metric, left), board.usable(metric, right)) else { return };
                    // A rate under a flow's name does not add up.
                    if a.unit != b.unit || !is_amount(&a.unit) {
                        return;
                    }
                    let value = match rule {
                        Rule::SpanSum => a.interval.plus(b.interval),
                        _ => a.interval.minus(b.interval),
                    };
                    let inputs = [left, right].map(|period| FigureId::level(metric, period, Basis::Actual)).to_vec();
                    found.offer(metric, wanted, &a.unit, value, a.cost.with(b.cost), (rule, inputs));
                };
                combine(whole, first, second, Rule::SpanSum);
                combine(first, whole, second, Rule::SpanDifference);
                combine(second, whole, first, Rule::SpanDifference);
            }
        }
    }
}

fn is_amount(unit: &crate::model::Unit) -> bool {
    use crate::model::Unit;
    matches!(unit, Unit::Money { .. } | Unit::Count { .. })
}
