//! Last year's level is this year's less the printed change; where only a growth rate is printed it is an estimate. A target and the
//! growth printed beside it tell last year's level too.

use chrono::Days;
use rust_decimal::Decimal;

use crate::model::{Basis, Calendar, Measure, Period, Rule};

use super::board::{Board, Cost, Proposals};
use super::interval::Interval;

/// An estimate from a growth rate is kept where it is known to a tenth of itself.
const USEFUL: Decimal = Decimal::TEN;

/// The levels that printed changes imply for the periods they compare with.
pub(super) fn propose(board: &Board<'_>, found: &mut Proposals<'_>) {
    for measure in [Measure::YoyAbs, Measure::QoqAbs, Measure::ChangeAbs, Measure::YoyPct, Measure::QoqPct] {
        // A growth rate gives estimates: no finer digits of what is printed.
        if board.refining && measure.is_percent() {
            continue;
        }
        for change in board.changes(measure) {
            let (metric, period) = (&change.id.metric, change.id.period);
            let Some(before) = base_period(board.calendar, period, measure) else { continue };
            // "Loss of 5, down 2" says nothing certain about the sign of the change.
            let Some(level) = board.reached_by(change).filter(|level| level.interval.low() > Decimal::ZERO) else {
                continue;
            };
            // Beyond a regrouping the level would stand on the new footing, under the old name.
            if !board.is_open(metric, before) || board.is_regrouped(metric, before, period) {
                continue;
            }
            let printed = Interval { value: change.value, half_width: change.half_width };
            // A change that leads from this level to a later one was printed beside the wrong column.
            if change.id.basis == Basis::Actual && board.leads_on(metric, period, measure, printed) {
                continue;
            }
            let (value, estimates) = if measure.is_percent() {
                // A chain of estimates would be a guess.
                let rate = (level.cost.estimates == 0).then(|| level.interval.before_growth(printed)).flatten();
                (rate.filter(|v| v.half_width * USEFUL < v.value.abs()), 1)
            } else {
                ((*level.unit == change.unit).then(|| level.interval.minus(printed)), 0)
            };
            let Some(value) = value else { continue };
            let cost = level.cost.with(Cost { estimates, steps: 0 });
            let derivation = (Rule::LevelLessChange, vec![level.id, change.id.clone()]);
            found.offer(metric, before, level.unit, value, cost, derivation);
        }
    }
}

/// The period that a change compares with. Balance sheets compare with the end of the fiscal year before.
pub(crate) fn base_period(calendar: Calendar, period: Period, measure: Measure) -> Option<Period> {
    match (measure, period) {
        (Measure::YoyAbs | Measure::YoyPct | Measure::PpChange, _) => Some(period.year_before()),
        (Measure::QoqAbs | Measure::QoqPct, _) => period.period_before(),
        (Measure::ChangeAbs, Period::Instant(day)) => {
            Some(Period::Instant(calendar.year_start(calendar.year_of(day)) - Days::new(1)))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::super::cases::check_series;

    #[test]
    fn a_printed_change_gives_the_level_before() {
        let cases = [
            ("1Q17 41 JPY million; 1Q17 yoy_abs 5 JPY million", "1Q16 36 ± 1 level_less_change"),
            ("1Q17 41 JPY million; 1Q17 yoy_abs -5 JPY million", "1Q16 46 ± 1 level_less_change"),
            ("1Q17 41 JPY million; 1Q17 qoq_abs 5 JPY million", "4Q16 36 ± 1 level_less_change"),
            ("1Q17 120 JPY million; 1Q17 yoy_pct 20.0 %", "1Q16 100 ± 0.458525 level_less_change"),
            ("FY18 target 120 JPY million; FY18 target yoy_pct 20.0 %", "FY17 100 ± 0.458525 level_less_change"),
            ("FY18 target 120 JPY million; FY18 target yoy_abs 5 JPY million", "FY17 115 ± 1 level_less_change"),
            ("FY18 target 120 JPY million; FY18 target yoy_pct 20.0 %; FY17 101 JPY million", "FY17 101 ± 0.5 stated"),
            // What is printed stands, and a difference is better than a rate.
            ("1Q17 41 JPY million; 1Q17 yoy_abs 5 JPY million; 1Q16 35 JPY million", "1Q16 35 ± 0.5 stated"),
            (
                "1Q17 120 JPY million; 1Q17 yoy_pct 20.0 %; 1Q17 yoy_abs 19 JPY million",
                "1Q16 101 ± 1 level_less_change",
            ),
        ];
        for (stated, expected) in cases {
            check_series("revenue", stated, expected);
        }
    }

    #[test]
    fn a_change_printed_beside_the_wrong_column_gives_no_level() {
        // 11,000 less 10,000 is 1,000: the change is that of 1Q19.
        let columns = "1Q18 10000 JPY million; 1Q19 11000 JPY million; 1Q18";
        check_series("revenue", &format!("{columns} yoy_abs 1000 JPY million"), "-1Q17");
        check_series("revenue", &format!("{columns} yoy_pct 10.0 %"), "-1Q17");
        check_series("revenue", &format!("{columns} yoy_abs 900 JPY million"), "1Q17 9100 ± 1 level_less_change");
    }

    #[test]
    fn balance_sheets_compare_with_the_end_of_the_fiscal_year_before() {
        let expected = "2016-03-31 36 ± 1 level_less_change";
        check_series("cash", "2016-09-30 41 JPY million; 2016-09-30 change_abs 5 JPY million", expected);
        check_series("cash", "2017-03-31 41 JPY million; 2017-03-31 change_abs 5 JPY million", expected);
    }

    #[test]
    fn vague_targets_vague_rates_and_chains_of_rates_give_no_level() {
        check_series("revenue", "FY17 target about 120 JPY million; FY17 target yoy_pct 20.0 %", "-FY16");
        check_series("revenue", "FY17 outlook 120 JPY million; FY17 outlook yoy_pct 20.0 %", "-FY16");
        check_series("revenue", "1Q17 1 JPY billion; 1Q17 yoy_pct 20 %", "-1Q16");
        check_series("revenue", "1Q17 120 JPY million; 1Q17 yoy_pct 20.0 %; 1Q16 yoy_pct 20.0 %", "-1Q15");
        check_series("equity_ratio", "1Q17 50 %; 1Q17 yoy_abs 2 pp", "-1Q16");
        check_series("net_income", "1Q17 -5 JPY million; 1Q17 yoy_abs -2 JPY million", "-1Q16");
    }
}
