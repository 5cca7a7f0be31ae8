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

#[cfg(test)]
mod tests {
    use super::super::cases::check;

    fn check_line(stated: &str, metric: &str, expected: &str) {
        check(&[("2020-01-01", stated)], metric, expected);
    }

    #[test]
    fn each_line_follows_from_the_other_two() {
        let million = "JPY million";
        let cases = [
            ("revenue 100", "cost_of_revenue 80", "gross_profit", "20"),
            ("revenue 100", "gross_profit 20", "cost_of_revenue", "80"),
            ("cost_of_revenue 80", "gross_profit 20", "revenue", "100"),
            ("gross_profit 20", "sga 15", "operating_income", "5"),
            ("gross_profit 20", "operating_income -3", "sga", "23"),
            ("sga 15", "operating_income 5", "gross_profit", "20"),
            ("adjusted_ebitda 9", "depreciation_and_amortization 4", "operating_income", "5"),
            ("revenue.atm_operation 10", "cost_of_revenue.atm_operation 12", "gross_profit.atm_operation", "-2"),
        ];
        for (first, second, wanted, value) in cases {
            let fact = |line: &str| line.replacen(' ', " FY16 ", 1);
            let stated = format!("{} {million}; {} {million}", fact(first), fact(second));
            check_line(&stated, wanted, &format!("FY16 {value} ± 1 statement_line"));
        }
    }

    #[test]
    fn lines_of_different_periods_units_and_segments_do_not_meet() {
        check_line("revenue FY16 100 JPY million; cost_of_revenue FY15 80 JPY million", "gross_profit", "-FY16; -FY15");
        check_line("revenue FY16 100 JPY million; cost_of_revenue FY16 80 USD million", "gross_profit", "-FY16");
        check_line("revenue FY16 100 JPY million; cost_of_revenue.a FY16 80 JPY million", "gross_profit", "-FY16");
        check_line("gross_profit.a FY16 9 JPY million; sga.a FY16 8 JPY million", "operating_income.a", "-FY16");
    }
}
