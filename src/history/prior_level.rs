//! Last year's level is this year's less the printed change; where only a growth rate is printed it is an estimate.

use chrono::Days;
use rust_decimal::Decimal;

use crate::model::{Basis, Calendar, FigureId, Measure, Period, Rule};

use super::board::{Board, Cost, Proposals};
use super::interval::Interval;

/// An estimate from a growth rate is kept where it is known to a tenth of itself.
const USEFUL: Decimal = Decimal::TEN;

/// The levels that printed changes imply for the periods they compare with.
pub(super) fn propose(board: &Board<'_>, found: &mut Proposals) {
    for measure in [Measure::YoyAbs, Measure::QoqAbs, Measure::ChangeAbs, Measure::YoyPct, Measure::QoqPct] {
        for change in board.changes(measure) {
            let (metric, period) = (&change.id.metric, change.id.period);
            let Some(before) = base_period(board.calendar, period, measure) else { continue };
            let Some(level) = board.usable(metric, period) else { continue };
            if board.is_stated(metric, before) {
                continue;
            }
            let printed = Interval { value: change.value, half_width: change.half_width };
            let (value, estimates) = if measure.is_percent() {
                // A chain of estimates would be a guess.
                let rate = (level.cost.estimates == 0).then(|| level.interval.before_growth(printed)).flatten();
                (rate.filter(|v| v.half_width * USEFUL < v.value.abs()), 1)
            } else {
                ((level.unit == change.unit).then(|| level.interval.minus(printed)), 0)
            };
            let Some(value) = value else { continue };
            let inputs = vec![FigureId::level(metric, period, Basis::Actual), change.id.clone()];
            let cost = level.cost.with(Cost { estimates, steps: 0 });
            found.offer(metric, before, &level.unit, value, cost, (Rule::LevelLessChange, inputs));
        }
    }
}

/// The period that a change compares with. Balance sheets compare with the end of the fiscal year before.
pub(super) fn base_period(calendar: Calendar, period: Period, measure: Measure) -> Option<Period> {
    match (measure, period) {
        (Measure::YoyAbs | Measure::YoyPct | Measure::PpChange, _) => Some(period.year_before()),
        (Measure::QoqAbs | Measure::QoqPct, _) => period.period_before(),
        (Measure::ChangeAbs, Period::Instant(day)) => {
            Some(Period::Instant(calendar.year_start(calendar.year_of(day)) - Days::new(1)))
        }
        _ => None,
    }
}
