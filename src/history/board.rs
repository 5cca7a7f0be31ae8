//! The board that the rules of derivation read: the actual levels known so far, stated or derived, and printed changes.

use std::collections::{BTreeMap, BTreeSet};

use rust_decimal::Decimal;

use crate::model::{Basis, Calendar, Figure, FigureId, Measure, Metric, MetricKind, Origin, Period, Rule, Unit};
use crate::vocabulary::Vocabulary;

use super::interval::Interval;
use super::kind;

/// What a derivation costs; the cheapest wins: fewest estimates from growth rates, narrowest interval, fewest steps.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Cost {
    /// How many growth rates were turned back into levels on the way.
    pub estimates: u32,
    /// The half width.
    pub half_width: Decimal,
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
    /// How it was derived; `None` where it is stated.
    pub derivation: Option<(Rule, Vec<FigureId>)>,
    /// Whether rules may build on it: not where statements contradict each other or are approximate.
    pub usable: bool,
}

/// The levels of all metrics.
pub(super) type Levels = BTreeMap<Metric, BTreeMap<Period, Level>>;

/// Everything the rules may look at.
pub(super) struct Board<'a> {
    /// The vocabulary, for kinds of metrics.
    pub vocabulary: &'a Vocabulary,
    /// The company's calendar.
    pub calendar: Calendar,
    /// The stated figures of all measures.
    stated: &'a BTreeMap<FigureId, Figure>,
    contested: &'a BTreeSet<FigureId>,
    levels: Levels,
}

/// What the rules propose, the cheapest for each metric and period.
#[derive(Default, PartialEq)]
pub(super) struct Proposals {
    found: Levels,
}

impl<'a> Board<'a> {
    /// The board with what is stated.
    pub fn new(
        vocabulary: &'a Vocabulary,
        calendar: Calendar,
        stated: &'a BTreeMap<FigureId, Figure>,
        contested: &'a BTreeSet<FigureId>,
    ) -> Self {
        let mut board = Self { vocabulary, calendar, stated, contested, levels: Levels::new() };
        board.levels = board.stated_levels();
        board
    }

    fn stated_levels(&self) -> Levels {
        let mut levels = Levels::new();
        for (id, figure) in self.stated {
            if id.basis != Basis::Actual || id.measure != Measure::Level {
                continue;
            }
            let level = Level {
                interval: interval_of(figure),
                unit: figure.unit.clone(),
                cost: Cost { half_width: figure.half_width, ..Cost::default() },
                derivation: None,
                usable: self.is_firm(id, figure),
            };
            levels.entry(id.metric.clone()).or_default().insert(id.period, level);
        }
        levels
    }

    fn is_firm(&self, id: &FigureId, figure: &Figure) -> bool {
        !figure.is_approximate() && !self.contested.contains(id)
    }

    /// Stated levels and these proposals instead of earlier ones.
    pub fn replace(&mut self, proposals: &Proposals) {
        self.levels = self.stated_levels();
        for (metric, periods) in &proposals.found {
            let known = self.levels.entry(metric.clone()).or_default();
            for (period, level) in periods {
                known.entry(*period).or_insert_with(|| level.clone());
            }
        }
    }

    /// The metrics with their levels.
    pub fn metrics(&self) -> impl Iterator<Item = (&Metric, &BTreeMap<Period, Level>)> {
        self.levels.iter()
    }

    /// The metrics whose amounts add up over time.
    pub fn flows(&self) -> impl Iterator<Item = (&Metric, &BTreeMap<Period, Level>)> {
        self.metrics()
            .filter(|(metric, _)| kind::entry(metric, self.vocabulary).is_some_and(|e| e.kind == MetricKind::Flow))
    }

    /// A level that rules may build on.
    pub fn usable(&self, metric: &Metric, period: Period) -> Option<&Level> {
        self.levels.get(metric)?.get(&period).filter(|level| level.usable)
    }

    /// Whether a document states the level, so that no rule needs to.
    pub fn is_stated(&self, metric: &Metric, period: Period) -> bool {
        self.levels.get(metric).and_then(|periods| periods.get(&period)).is_some_and(|level| level.derivation.is_none())
    }

    /// The printed actual changes of a measure that rules may build on.
    pub fn changes(&self, measure: Measure) -> impl Iterator<Item = &Figure> {
        self.stated
            .values()
            .filter(move |figure| figure.id.basis == Basis::Actual && figure.id.measure == measure)
            .filter(|figure| self.is_firm(&figure.id, figure))
    }
}

impl Proposals {
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
        let cost = Cost { half_width: interval.half_width, steps: cost.steps + 1, ..cost };
        let level = Level { interval, unit: unit.clone(), cost, derivation: Some(derivation), usable: true };
        let periods = self.found.entry(metric.clone()).or_default();
        match periods.get_mut(&period) {
            Some(known) if (known.cost, &known.derivation) <= (level.cost, &level.derivation) => {}
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
        Self {
            estimates: self.estimates + other.estimates,
            half_width: self.half_width + other.half_width,
            steps: self.steps + other.steps,
        }
    }
}

/// A figure's value with its half width.
pub(super) fn interval_of(figure: &Figure) -> Interval {
    Interval { value: figure.value, half_width: figure.half_width }
}
