//! Lines of the income statement: revenue less cost is gross profit, gross profit less SG&A is operating income, and
//! adjusted EBITDA less depreciation and amortization is operating income; each line follows from the other two.

use std::collections::BTreeSet;

use crate::model::{Basis, FigureId, Metric, Period, Rule};

use super::board::{Board, Level, Proposals};
use super::kind::on_line;

/// `above − cost = below`, and whether it holds for segments too.
struct Identity {
    above: &'static str,
    cost: &'static str,
    below: &'static str,
    by_segment: bool,
}

const IDENTITIES: [Identity; 3] = [
    Identity { above: "revenue", cost: "cost_of_revenue", below: "gross_profit", by_segment: true },
    Identity { above: "gross_profit", cost: "sga", below: "operating_income", by_segment: false },
    Identity {
        above: "adjusted_ebitda",
        cost: "depreciation_and_amortization",
        below: "operating_income",
        by_segment: false,
    },
];

/// Every line that two others imply.
pub(super) fn propose(board: &Board<'_>, found: &mut Proposals) {
    for identity in &IDENTITIES {
        for lines in identity.lines(board) {
            let periods: BTreeSet<Period> = lines.iter().flat_map(|metric| board.periods(metric)).collect();
            for period in periods {
                combine(board, &lines, period, found);
            }
        }
    }
}

impl Identity {
    /// The three metrics, for the total and for each segment that has one of them.
    fn lines(&self, board: &Board<'_>) -> BTreeSet<[Metric; 3]> {
        let names = [self.above, self.cost, self.below];
        let metrics = board.tracks().map(|(metric, _)| metric);
        let ours = metrics.filter(|m| names.contains(&m.root()) && (self.by_segment || m.path().is_none()));
        ours.filter_map(|m| Some([on_line(m, self.above)?, on_line(m, self.cost)?, on_line(m, self.below)?])).collect()
    }
}

fn combine(board: &Board<'_>, [above, cost, below]: &[Metric; 3], period: Period, found: &mut Proposals) {
    let usable = |metric: &Metric| board.usable(metric, period);
    let mut offer = |wanted: &Metric, left: &Metric, right: &Metric, add: bool| {
        if board.is_stated(wanted, period) {
            return;
        }
        let (Some(a), Some(b)) = (usable(left), usable(right)) else { return };
        // A cost printed as a negative amount would turn the rule around.
        if a.unit != b.unit || is_negative(usable(cost)) {
            return;
        }
        let value = if add { a.interval.plus(b.interval) } else { a.interval.minus(b.interval) };
        let inputs = [left, right].map(|metric| FigureId::level(metric, period, Basis::Actual)).to_vec();
        found.offer(wanted, period, &a.unit, value, a.cost.with(b.cost), (Rule::StatementLine, inputs));
    };
    offer(below, above, cost, false);
    offer(cost, above, below, false);
    offer(above, below, cost, true);
}

fn is_negative(cost: Option<&Level>) -> bool {
    cost.is_some_and(|cost| cost.interval.value.is_sign_negative() && !cost.interval.value.is_zero())
}
