//! Spans: companies report cumulatively, so the third quarter is nine months less the first half, and so on around.

use std::collections::BTreeSet;

use crate::model::{Basis, FigureId, FiscalYear, Metric, Period, Quarter, Rule, Unit};

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
    for (metric, track) in board.tracks().filter(|(_, track)| track.is_flow) {
        let years: BTreeSet<FiscalYear> = track.periods.keys().filter_map(|period| period.fiscal_year()).collect();
        for year in years {
            for (whole, first, second) in SUMS {
                let (whole, first, second) = (whole.of(year), first.of(year), second.of(year));
                combine(board, found, metric, whole, [first, second], Rule::SpanSum);
                combine(board, found, metric, first, [whole, second], Rule::SpanDifference);
                combine(board, found, metric, second, [whole, first], Rule::SpanDifference);
            }
        }
    }
}

fn combine(board: &Board<'_>, found: &mut Proposals, metric: &Metric, wanted: Period, inputs: [Period; 2], rule: Rule) {
    if board.is_stated(metric, wanted) {
        return;
    }
    let [Some(a), Some(b)] = inputs.map(|period| board.usable(metric, period)) else { return };
    if a.unit != b.unit || !is_amount(&a.unit) {
        return;
    }
    let value = if rule == Rule::SpanSum { a.interval.plus(b.interval) } else { a.interval.minus(b.interval) };
    let inputs = inputs.map(|period| FigureId::level(metric, period, Basis::Actual)).to_vec();
    found.offer(metric, wanted, &a.unit, value, a.cost.with(b.cost), (rule, inputs));
}

/// A rate under a flow's name does not add up.
fn is_amount(unit: &Unit) -> bool {
    matches!(unit, Unit::Money { .. } | Unit::Count { .. })
}
