//! The board that the rules of derivation read: the actual levels known so far, stated or derived, and printed changes.

use std::collections::{BTreeMap, BTreeSet};

use rust_decimal::Decimal;

use crate::model::{Basis, Calendar, Figure, FigureId, Measure, Metric, Origin, Period, Rule, Unit};
use crate::vocabulary::Vocabulary;

use super::interval::Interval;
use super::kind;
use super::prior_level::base_period;

/// What a derivation costs; the cheapest wins: fewest estimates from growth rates, most certain digits, fewest steps,
/// narrowest interval. Among derivations that print alike, the one that a reader can follow is better.
///
/// A figure costs more than each of its inputs, so that no two figures are ever derived from each other.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Cost {
    /// How many growth rates were turned back into levels on the way.
    pub estimates: u32,
    /// How many rules were applied on the way.
    pub steps: u32,
}

/// One actual level on the board.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Level {
    /// The value.
    pub interval: Interval,
    /// The unit.
    pub unit: Unit,
    /// What it cost.
    pub cost: Cost,
    /// How it was derived; `None` where it stands as stated.
    pub derivation: Option<(Rule, Vec<FigureId>)>,
    /// Whether a document states it, in these digits or in coarser ones: no rule replaces it.
    pub fixed: bool,
    /// Whether rules may build on it: not where statements contradict each other or are approximate.
    pub usable: bool,
}

/// A level that a printed change leads to.
pub(super) struct Reached<'a> {
    /// The value.
    pub interval: Interval,
    /// The unit.
    pub unit: &'a Unit,
    /// What it cost.
    pub cost: Cost,
    /// Which level it is.
    pub id: FigureId,
}

/// The levels of one metric.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Track {
    /// Whether its amounts add up over time.
    pub is_flow: bool,
    /// The levels.
    pub periods: BTreeMap<Period, Level>,
}

impl Track {
    /// A level that rules may build on.
    pub fn usable(&self, period: Period) -> Option<&Level> {
        self.periods.get(&period).filter(|level| level.usable)
    }

    /// Whether a document states the level.
    fn is_stated(&self, period: Period) -> bool {
        self.periods.get(&period).is_some_and(|level| level.fixed)
    }
}

/// The levels of all metrics.
type Levels = BTreeMap<Metric, Track>;

/// Everything the rules may look at.
pub(super) struct Board<'a> {
    vocabulary: &'a Vocabulary,
    /// The company's calendar.
    pub calendar: Calendar,
    /// The stated figures of all measures.
    stated: &'a BTreeMap<FigureId, Figure>,
    contested: &'a BTreeSet<FigureId>,
    levels: Levels,
    /// Whether rules look for finer digits of what is stated, instead of what is not.
    pub refining: bool,
}

/// What the rules propose, the cheapest for each metric and period.
#[derive(Default)]
pub(super) struct Proposals<'a> {
    found: BTreeMap<Metric, BTreeMap<Period, Level>>,
    gate: Option<Gate<'a>>,
}

/// What a proposal must satisfy.
pub(super) type Gate<'a> = Box<dyn Fn(&Metric, Period, &Level) -> bool + 'a>;

impl Level {
    /// Whether it tells more digits than another.
    pub fn is_finer_than(&self, half_width: Decimal) -> bool {
        magnitude(self.interval.half_width * Decimal::TWO) < magnitude(half_width * Decimal::TWO)
    }

    fn rank(&self) -> impl Ord + '_ {
        let (Cost { estimates, steps }, half_width) = (self.cost, self.interval.half_width);
        (estimates, magnitude(half_width * Decimal::TWO), steps, half_width, &self.derivation)
    }
}

/// The power of ten that a width reaches: figures with the same one print the same number of certain digits.
fn magnitude(width: Decimal) -> i32 {
    let width = width.normalize();
    if width.is_zero() {
        return i32::MIN;
    }
    let digits = width.mantissa().unsigned_abs().ilog10();
    let is_power = width.mantissa().unsigned_abs() == 10_u128.pow(digits);
    let power = i32::try_from(digits).unwrap_or(i32::MAX) - i32::try_from(width.scale()).unwrap_or(i32::MAX);
    if is_power { power } else { power + 1 }
}

impl<'a> Board<'a> {
    /// The board with what is stated.
    pub fn new(
        vocabulary: &'a Vocabulary,
        calendar: Calendar,
        stated: &'a BTreeMap<FigureId, Figure>,
        contested: &'a BTreeSet<FigureId>,
    ) -> Self {
        let mut board = Self { calendar, stated, contested, vocabulary, levels: Levels::new(), refining: false };
        for (id, figure) in stated {
            if id.basis == Basis::Actual && id.measure == Measure::Level {
                let derivation = match &figure.origin {
                    Origin::Stated(_) => None,
                    Origin::Derived { rule, inputs } => Some((*rule, inputs.clone())),
                };
                let level = Level {
                    interval: interval_of(figure),
                    unit: figure.unit.clone(),
                    cost: Cost { steps: u32::from(derivation.is_some()), ..Cost::default() },
                    derivation,
                    fixed: true,
                    usable: board.is_firm(id, figure),
                };
                board.track(&id.metric).insert(id.period, level);
            }
        }
        board
    }

    fn track(&mut self, metric: &Metric) -> &mut BTreeMap<Period, Level> {
        if !self.levels.contains_key(metric) {
            let track = Track { is_flow: kind::is_flow(metric, self.vocabulary), periods: BTreeMap::new() };
            self.levels.insert(metric.clone(), track);
        }
        &mut self.levels.entry(metric.clone()).or_default().periods
    }

    fn is_firm(&self, id: &FigureId, figure: &Figure) -> bool {
        !figure.is_approximate() && !self.contested.contains(id)
    }

    /// These proposals instead of earlier ones; what is stated stays.
    pub fn replace(&mut self, proposals: &Proposals<'_>) {
        for track in self.levels.values_mut() {
            track.periods.retain(|_, level| level.fixed);
        }
        for (metric, periods) in &proposals.found {
            let known = self.track(metric);
            for (period, level) in periods {
                known.entry(*period).or_insert_with(|| level.clone());
            }
        }
    }

    /// The metrics with their levels.
    pub fn tracks(&self) -> impl Iterator<Item = (&Metric, &Track)> {
        self.levels.iter()
    }

    /// The periods in which a metric has a level.
    pub fn periods(&self, metric: &Metric) -> impl Iterator<Item = Period> {
        self.levels.get(metric).into_iter().flat_map(|track| track.periods.keys().copied())
    }

    /// A level that rules may build on.
    pub fn usable(&self, metric: &Metric, period: Period) -> Option<&Level> {
        self.levels.get(metric)?.usable(period)
    }

    /// Whether a rule may propose a level: what documents do not state or, where finer digits are looked for, what they do.
    pub fn is_open(&self, metric: &Metric, period: Period) -> bool {
        self.levels.get(metric).is_some_and(|track| track.is_stated(period)) == self.refining
    }

    /// Whether a printed change is the one from a level to a later level of the same metric.
    pub fn leads_on(&self, metric: &Metric, period: Period, measure: Measure, printed: Interval) -> bool {
        let Some((track, before)) = self.levels.get(metric).zip(self.usable(metric, period)) else { return false };
        let compares = |later: &Period| base_period(self.calendar, *later, measure) == Some(period);
        let mut later = track.periods.iter().filter(|(later, level)| level.fixed && compares(later));
        later.any(|(_, level)| {
            let change = match measure.is_percent() {
                true => level.interval.growth_over(before.interval),
                false => Some(level.interval.minus(before.interval)),
            };
            change.is_some_and(|change| (change.value - printed.value).abs() <= change.half_width + printed.half_width)
        })
    }

    /// Whether a declared regrouping stands between two periods.
    pub fn is_regrouped(&self, metric: &Metric, from: Period, to: Period) -> bool {
        self.vocabulary.broken_between(metric, self.calendar, from, to).is_some()
    }

    /// The printed changes of a measure that rules may build on, those of targets too.
    pub fn changes(&self, measure: Measure) -> impl Iterator<Item = &Figure> {
        self.stated
            .values()
            .filter(move |figure| figure.id.measure == measure)
            .filter(|figure| figure.id.basis == Basis::Actual || figure.id.basis.is_target())
            .filter(|figure| self.is_firm(&figure.id, figure))
    }

    /// The level that a printed change leads to: an actual one that is known, or a target as it is stated.
    pub fn reached_by(&self, change: &Figure) -> Option<Reached<'_>> {
        let id = FigureId { measure: Measure::Level, ..change.id.clone() };
        if id.basis == Basis::Actual {
            let level = self.usable(&id.metric, id.period)?;
            return Some(Reached { interval: level.interval, unit: &level.unit, cost: level.cost, id });
        }
        let target = self.stated.get(&id).filter(|figure| self.is_firm(&id, figure))?;
        Some(Reached { interval: interval_of(target), unit: &target.unit, cost: Cost::default(), id })
    }
}

impl<'a> Proposals<'a> {
    /// Proposals that keep only what passes a gate.
    pub fn through(gate: Gate<'a>) -> Self {
        Self { gate: Some(gate), ..Self::default() }
    }

    /// Whether nothing changed since another round.
    pub fn are(&self, other: &Proposals<'_>) -> bool {
        self.found == other.found
    }

    /// Offers a level; it is kept where it is cheaper than what is there. Equal costs keep the first by rule and inputs.
    pub fn offer(
        &mut self,
        metric: &Metric,
        period: Period,
        unit: &Unit,
        interval: Interval,
        cost: Cost,
        derivation: (Rule, Vec<FigureId>),
    ) {
        let cost = Cost { steps: cost.steps + 1, ..cost };
        let level =
            Level { interval, unit: unit.clone(), cost, derivation: Some(derivation), fixed: false, usable: true };
        if self.gate.as_ref().is_some_and(|gate| !gate(metric, period, &level)) {
            return;
        }
        let periods = self.found.entry(metric.clone()).or_default();
        match periods.get_mut(&period) {
            Some(known) if known.rank() <= level.rank() => {}
            Some(known) => *known = level,
            None => {
                periods.insert(period, level);
            }
        }
    }

    /// The figures proposed.
    pub fn into_figures(self) -> impl Iterator<Item = Figure> {
        self.found.into_iter().flat_map(|(metric, periods)| {
            periods.into_iter().filter_map(move |(period, level)| {
                let (rule, inputs) = level.derivation?;
                Some(Figure {
                    id: FigureId::level(&metric, period, Basis::Actual),
                    value: level.interval.value,
                    unit: level.unit,
                    half_width: level.interval.half_width,
                    origin: Origin::Derived { rule, inputs },
                })
            })
        })
    }
}

impl Cost {
    /// What inputs cost together.
    pub fn with(self, other: Self) -> Self {
        Self { estimates: self.estimates + other.estimates, steps: self.steps + other.steps }
    }
}

/// A figure's value with its half width.
pub(super) fn interval_of(figure: &Figure) -> Interval {
    Interval { value: figure.value, half_width: figure.half_width }
}
