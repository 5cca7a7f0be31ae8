//! Printed changes against the levels they compare: a growth rate that its own levels contradict earns a warning.

use std::collections::{BTreeMap, BTreeSet};

use rust_decimal::Decimal;

use crate::model::{Basis, Calendar, Figure, FigureId, Measure, Warning};

use super::board::interval_of;
use super::gather::place;
use super::interval::Interval;
use super::prior_level::base_period;
use crate::model::Origin;

/// A warning for each printed actual change that lies outside what two stated levels allow.
pub(super) fn check(
    stated: &BTreeMap<FigureId, Figure>,
    contested: &BTreeSet<FigureId>,
    calendar: Calendar,
) -> Vec<Warning> {
    let changes = stated.values().filter(|figure| figure.id.basis == Basis::Actual && !figure.is_approximate());
    changes.filter_map(|change| contradiction(change, stated, contested, calendar)).collect()
}

fn contradiction(
    change: &Figure,
    stated: &BTreeMap<FigureId, Figure>,
    contested: &BTreeSet<FigureId>,
    calendar: Calendar,
) -> Option<Warning> {
    let FigureId { metric, period, measure, .. } = &change.id;
    let known = |period| {
        let id = FigureId::level(metric, period, Basis::Actual);
        stated.get(&id).filter(|figure| !contested.contains(&id) && !figure.is_approximate())
    };
    let (now, before) = (known(*period)?, known(base_period(calendar, *period, *measure)?)?);
    let (value, base) = (interval_of(now), interval_of(before));
    if now.unit != before.unit || *measure == Measure::PpChange {
        return None;
    }
    let computed = match measure.is_percent() {
        true => value.growth_over(base)?,
        false if change.unit == now.unit => value.minus(base),
        false => return None,
    };
    let Origin::Stated(facts) = &change.origin else { return None };
    (!may_be_equal(computed, interval_of(change))).then(|| Warning {
        message: format!(
            "{} is printed as `{} {}`, but {} and {} give {}",
            change.id,
            change.value.normalize(),
            change.unit,
            now.id,
            before.id,
            computed.value.round_dp(2).normalize()
        ),
        place: facts.first().map(place).unwrap_or_default(),
        hint: "`tanshin check` sets the three side by side; what it finds in error stays out of the briefs".to_owned(),
    })
}

/// Companies truncate as often as they round, so each figure may lie a whole last digit off.
fn may_be_equal(a: Interval, b: Interval) -> bool {
    (a.value - b.value).abs() <= (a.half_width + b.half_width) * Decimal::TWO
}

#[cfg(test)]
mod tests {
    use super::super::cases::{history, reading};

    fn check(facts: &str, expected: &[&str]) {
        let warnings = history(&[reading("2020-01-01", facts)]).warnings;
        let seen: Vec<&str> = warnings.iter().map(|warning| warning.message.as_str()).collect();
        assert_eq!(seen, expected, "{facts}");
    }

    #[test]
    fn a_printed_change_is_held_against_its_levels() {
        let two = "revenue 1Q17 120 JPY million; revenue 1Q16 100 JPY million; revenue 1Q17";
        for right in ["yoy_pct 20.0 %", "yoy_pct 19.0 %", "yoy_abs 20 JPY million", "yoy_abs 22 JPY million"] {
            check(&format!("{two} {right}"), &[]);
        }
        check(
            &format!("{two} yoy_pct 12.0 %"),
            &["revenue 1Q17 yoy_pct is printed as `12 %`, but revenue 1Q17 and revenue 1Q16 give 20"],
        );
        check(
            &format!("{two} yoy_abs -20 JPY million"),
            &["revenue 1Q17 yoy_abs is printed as `-20 JPY million`, but revenue 1Q17 and revenue 1Q16 give 20"],
        );
        check(&format!("{two} about yoy_pct 12 %"), &[]);
    }
}
