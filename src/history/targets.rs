//! Targets against what was reached: the one in force, its outcome, progress and what remains.

use chrono::NaiveDate;

use crate::model::{Basis, Figure, Metric, Origin, Period, Rule, Unit};

use super::board::interval_of;
use super::interval::Interval;
use super::{History, Target, kind};

impl History {
    /// The target for a period: in force on a day, or with everything known. The outcome is what is known by now, or what
    /// documents of that day state.
    pub fn target(&self, metric: &Metric, period: Period, as_of: Option<NaiveDate>) -> Option<Target> {
        let account = self.ledger.get(&(metric.clone(), period))?;
        let (entries, stands) = account.entries(metric, period, self.company.fiscal_year, as_of);
        let in_force = entries.last().filter(|_| stands)?.figure.clone();
        let outcome = self.level(metric, period).filter(|figure| as_of.is_none_or(|day| self.known_on(figure, day)));
        let difference = outcome.and_then(|outcome| difference(outcome, &in_force));
        let outcome = outcome.cloned();
        Some(Target { metric: metric.clone(), period, in_force, entries, outcome, difference })
    }

    /// The targets of a metric, one a period, by period end, then the shorter period first.
    pub fn targets(&self, metric: &Metric, as_of: Option<NaiveDate>) -> Vec<Target> {
        let ours = self.ledger.keys().filter(|(of, _)| of == metric);
        let mut targets: Vec<Target> = ours.filter_map(|(_, period)| self.target(metric, *period, as_of)).collect();
        targets.sort_by_key(|target| self.order(target.period));
        targets
    }

    /// How much of a target is reached, in percent: the level from the start of the target's period to the end of `reached`.
    /// `None` where the target is not positive, or `reached` ends outside its period.
    pub fn progress(&self, metric: &Metric, reached: Period, target: &Target) -> Option<Figure> {
        let level = self.reached(metric, reached, target)?;
        let aim = &target.in_force;
        if aim.value.is_sign_negative() {
            return None;
        }
        let share = interval_of(level).percent_of(interval_of(aim))?;
        Some(compared(level, aim, Unit::Percent, share, Rule::Progress))
    }

    /// What a target leaves for the rest of its period.
    pub fn remainder(&self, metric: &Metric, reached: Period, target: &Target) -> Option<Figure> {
        let level = self.reached(metric, reached, target)?;
        let aim = &target.in_force;
        let rest = interval_of(aim).minus(interval_of(level));
        let mut figure = compared(level, aim, aim.unit.clone(), rest, Rule::Remainder);
        if let Origin::Derived { inputs, .. } = &mut figure.origin {
            inputs.reverse();
        }
        Some(figure)
    }

    /// The level of the span that starts with the target's period and ends with `reached`.
    fn reached(&self, metric: &Metric, reached: Period, target: &Target) -> Option<&Figure> {
        if *metric != target.metric || !kind::is_flow(metric, &self.vocabulary) {
            return None;
        }
        let calendar = self.company.fiscal_year;
        let ((aim_from, aim_to), end) = (calendar.days(target.period), calendar.end(reached));
        let quarter = reached.last_quarter()?;
        let spans = [reached, Period::Quarter(quarter), quarter.cumulative()];
        let span = spans.into_iter().find(|span| calendar.days(*span) == (aim_from, end))?;
        self.level(metric, span).filter(|level| end <= aim_to && level.unit == target.in_force.unit)
    }

    /// Whether every fact a figure rests on was published by a day.
    fn known_on(&self, figure: &Figure, day: NaiveDate) -> bool {
        self.trace_of(figure).facts().iter().all(|fact| {
            let document = self.documents.iter().find(|document| document.name == fact.source.document);
            document.and_then(|document| document.date).is_none_or(|date| date <= day)
        })
    }
}

/// The outcome less the target.
fn difference(outcome: &Figure, aim: &Figure) -> Option<Figure> {
    let value = interval_of(outcome).minus(interval_of(aim));
    (outcome.unit == aim.unit).then(|| compared(outcome, aim, aim.unit.clone(), value, Rule::Change))
}

/// A figure made from what was reached and the target. It speaks of the target, so its id is the target's.
fn compared(level: &Figure, aim: &Figure, unit: Unit, value: Interval, rule: Rule) -> Figure {
    debug_assert!(level.id.basis == Basis::Actual && aim.id.basis != Basis::Actual);
    Figure {
        id: aim.id.clone(),
        value: value.value,
        unit,
        half_width: value.half_width,
        origin: Origin::Derived { rule, inputs: vec![level.id.clone(), aim.id.clone()] },
    }
}
