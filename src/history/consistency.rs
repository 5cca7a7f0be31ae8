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
        hint: "the printed figure is shown; check which of the three is right".to_owned(),
    })
}

/// Companies truncate as often as they round, so each figure may lie a whole last digit off.
fn may_be_equal(a: Interval, b: Interval) -> bool {
    (a.value - b.value).abs() <= (a.half_width + b.half_width) * Decimal::TWO
}
