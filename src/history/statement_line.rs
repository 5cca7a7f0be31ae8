//! Lines of the income statement: revenue less cost is gross profit, gross profit less SG&A is operating income, and
//! adjusted EBITDA less depreciation and amortization is operating income; each line follows from the other two.
//!
//! Only the first holds by definition. Other operating income may stand between gross profit and operating income (IFRS), so
//! that identity counts where stated figures of the same year or a year beside it show it. What a company adjusts EBITDA for
//! differs from year to year: that identity counts within spans whose stated figures show it. Neither counts where any
//! stated figures of these years contradict it.

use std::collections::BTreeSet;

use rust_decimal::Decimal;

use crate::model::{Basis, FigureId, Metric, Period, Rule};

use super::board::{Board, Level, Proposals};
use super::kind::on_line;

/// `above − cost = below`.
struct Identity {
    above: &'static str,
    cost: &'static str,
    below: &'static str,
    /// Whether it holds for segments too.
    by_segment: bool,
    /// Why it holds.
    holds: Holds,
}

/// Why an identity holds.
#[derive(Clone, Copy, PartialEq)]
enum Holds {
    /// By definition.
    Always,
    /// As stated figures of the year or a year beside it show.
    Nearby,
    /// As stated figures of a span around the period show.
    Around,
}

const IDENTITIES: [Identity; 3] = [
    Identity {
        above: "revenue",
        cost: "cost_of_revenue",
        below: "gross_profit",
        by_segment: true,
        holds: Holds::Always,
    },
    Identity { above: "gross_profit", cost: "sga", below: "operating_income", by_segment: false, holds: Holds::Nearby },
    Identity {
        above: "adjusted_ebitda",
        cost: "depreciation_and_amortization",
        below: "operating_income",
        by_segment: false,
        holds: Holds::Around,
    },
];

/// Every line that two others imply.
pub(super) fn propose(board: &Board<'_>, found: &mut Proposals<'_>) {
    for identity in IDENTITIES.iter().filter(|identity| identity.holds != Holds::Around || !board.refining) {
        for lines in identity.lines(board) {
            let periods: BTreeSet<Period> = lines.iter().flat_map(|metric| board.periods(metric)).collect();
            let verdicts: Vec<(Period, Verdict)> =
                periods.iter().filter_map(|period| Some((*period, verdict(board, &lines, *period)?))).collect();
            for period in periods.iter().filter(|p| identity.is_shown(board, &verdicts, **p)) {
                combine(board, &lines, *period, found);
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

/// What three stated lines say of their identity.
#[derive(Clone, Copy, PartialEq, PartialOrd)]
enum Verdict {
    /// It does not hold.
    Contradicted,
    /// It may hold, but the lines are printed too coarsely to tell.
    Open,
    /// It holds to a hundredth of the first line.
    Shown,
    /// It holds to a thousandth: nothing that a finer figure would tell is hidden.
    Proven,
}

/// `None` where the three lines are not all stated.
fn verdict(board: &Board<'_>, lines: &[Metric; 3], period: Period) -> Option<Verdict> {
    let stated = |metric: &Metric| board.usable(metric, period).filter(|level| level.fixed);
    let [above, cost, below] = [stated(&lines[0])?, stated(&lines[1])?, stated(&lines[2])?];
    let rest = above.interval.minus(cost.interval).minus(below.interval);
    // Truncated figures may lie a whole digit apart each.
    let tolerance = rest.half_width * Decimal::TWO;
    let size = above.interval.value.abs();
    Some(match rest.value.abs() <= tolerance {
        false => Verdict::Contradicted,
        true if tolerance * Decimal::ONE_THOUSAND <= size => Verdict::Proven,
        true if tolerance * Decimal::ONE_HUNDRED <= size => Verdict::Shown,
        true => Verdict::Open,
    })
}

impl Identity {
    /// Whether stated figures show the identity where it is needed, and none of these years contradicts it. A quarter shows
    /// nothing of what its year adjusts: that often falls into the last one.
    fn is_shown(&self, board: &Board<'_>, verdicts: &[(Period, Verdict)], period: Period) -> bool {
        let (from, to) = board.calendar.days(period);
        let around = |span: Period| {
            let (first, last) = board.calendar.days(span);
            first <= from && to <= last
        };
        let near = |span: Period| match (span.fiscal_year(), period.fiscal_year()) {
            (Some(a), Some(b)) => a.abs_diff(b) <= u32::from(self.holds == Holds::Nearby),
            _ => false,
        };
        let least = if board.refining { Verdict::Proven } else { Verdict::Shown };
        let mut near = verdicts.iter().filter(|(span, _)| near(*span)).peekable();
        self.holds == Holds::Always
            || near.peek().is_some()
                && near.clone().all(|(_, verdict)| *verdict != Verdict::Contradicted)
                && near.any(|(span, verdict)| *verdict >= least && (self.holds == Holds::Nearby || around(*span)))
    }
}

fn combine(board: &Board<'_>, [above, cost, below]: &[Metric; 3], period: Period, found: &mut Proposals<'_>) {
    let usable = |metric: &Metric| board.usable(metric, period);
    let mut offer = |wanted: &Metric, left: &Metric, right: &Metric, add: bool| {
        if !board.is_open(wanted, period) {
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
            ("revenue.atm_operation 10", "cost_of_revenue.atm_operation 12", "gross_profit.atm_operation", "-2"),
        ];
        for (first, second, wanted, value) in cases {
            let fact = |line: &str| line.replacen(' ', " FY16 ", 1);
            let stated = format!("{} {million}; {} {million}", fact(first), fact(second));
            check_line(&stated, wanted, &format!("FY16 {value} ± 1 statement_line"));
        }
    }

    #[test]
    fn gross_profit_less_sga_counts_where_the_years_around_show_it() {
        let shown =
            "gross_profit FY15 2000 JPY million; sga FY15 1500 JPY million; operating_income FY15 500 JPY million";
        let other = shown.replace("income FY15 500", "income FY15 530");
        let two = "gross_profit FY16 2100 JPY million; sga FY16 1600 JPY million";
        check_line(&format!("{shown}; {two}"), "operating_income", "FY16 500 ± 1 statement_line");
        let two = "gross_profit FY16 2100 JPY million; operating_income FY16 500 JPY million";
        check_line(&format!("{shown}; {two}"), "sga", "FY16 1600 ± 1 statement_line");
        let two = "sga FY16 1600 JPY million; operating_income FY16 500 JPY million";
        check_line(&format!("{shown}; {two}"), "gross_profit", "FY16 2100 ± 1 statement_line");
        // Other operating income stands between them, or nobody knows whether it does.
        check_line(&format!("{other}; {two}"), "gross_profit", "-FY16");
        check_line(two, "gross_profit", "-FY16");
        check_line(&format!("{}; {two}", shown.replace("FY15", "FY13")), "gross_profit", "-FY16");
    }

    #[test]
    fn adjusted_ebitda_counts_within_spans_that_show_what_it_is() {
        let quarter = "adjusted_ebitda 1Q16 90 JPY million; depreciation_and_amortization 1Q16 40 JPY million";
        let year = "adjusted_ebitda FY16 400 JPY million; depreciation_and_amortization FY16 160 JPY million";
        let with = |profit: &str| format!("{quarter}; {year}; operating_income {profit}");
        check_line(&with("FY16 240 JPY million"), "operating_income", "1Q16 50 ± 1 statement_line");
        check_line(&with("FY16 200 JPY million"), "operating_income", "-1Q16");
        check_line(&with("FY16 0.2 JPY billion"), "operating_income", "-1Q16");
        check_line(&with("1Q16 50.0 JPY million"), "operating_income", "-FY16");
        check_line(quarter, "operating_income", "-1Q16");
    }

    #[test]
    fn lines_of_different_periods_units_and_segments_do_not_meet() {
        check_line("revenue FY16 100 JPY million; cost_of_revenue FY15 80 JPY million", "gross_profit", "-FY16; -FY15");
        check_line("revenue FY16 100 JPY million; cost_of_revenue FY16 80 USD million", "gross_profit", "-FY16");
        check_line("revenue FY16 100 JPY million; cost_of_revenue.a FY16 80 JPY million", "gross_profit", "-FY16");
        check_line("gross_profit.a FY16 9 JPY million; sga.a FY16 8 JPY million", "operating_income.a", "-FY16");
    }
}
