//! The facts of all documents by the figure they state, in canonical units and in an order that no input order changes.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use rust_decimal::Decimal;

use crate::model::{Basis, Company, Fact, FigureId, Measure, Metric, Period, Reading, Scale, Unit, Warning};
use crate::vocabulary::{Vocabulary, has_any, normalize};

use super::canonical::canonical;
use super::interval::Interval;

/// One statement of a figure.
#[derive(Clone, Debug)]
pub(crate) struct Stated {
    /// The fact.
    pub fact: Fact,
    /// The date of its document, or the day since which a target stands.
    pub date: Option<NaiveDate>,
    /// The canonical unit.
    pub unit: Unit,
    /// The value in that unit.
    pub interval: Interval,
}

/// All statements of each figure, the best first.
pub(crate) type Statements = BTreeMap<FigureId, Vec<Stated>>;

/// Collects the facts that have a metric. A figure keeps one unit; statements in another are left out.
pub(crate) fn gather(readings: &[Reading], company: &Company, vocabulary: &Vocabulary) -> (Statements, Vec<Warning>) {
    let mut all = Statements::new();
    let mut warnings = Vec::new();
    for reading in readings {
        let given_twice = given_twice(reading);
        for fact in &reading.facts {
            let Some(metric) = &fact.metric else { continue };
            let (metric, period, basis, measure) = (metric.clone(), fact.period, fact.basis, fact.measure);
            match canonical(fact, vocabulary) {
                Some((unit, interval)) => {
                    all.entry(FigureId { metric, period, basis, measure }).or_default().push(Stated {
                        fact: fact.clone(),
                        date: announced(reading, fact, &given_twice).or(reading.date),
                        unit,
                        interval,
                    })
                }
                None => warnings.push(too_large(fact)),
            }
        }
    }
    turn_changes_of_losses(&mut all, vocabulary);
    for (id, statements) in &mut all {
        statements.sort_by(|a, b| a.rank().cmp(&b.rank()));
        keep_one_unit(id, statements, company, &mut warnings);
    }
    (all, warnings)
}

/// A target without its basis: metric, period and measure.
type Aim<'a> = (Option<&'a Metric>, Period, Measure);

fn aim(fact: &Fact) -> Aim<'_> {
    (fact.metric.as_ref(), fact.period, fact.measure)
}

/// The targets that a document gives twice: one of them is a new one.
fn given_twice(reading: &Reading) -> BTreeSet<Aim<'_>> {
    let replaced = |fact: &&Fact| fact.basis.is_target() && fact.basis != Basis::Target;
    reading.facts.iter().filter(replaced).map(aim).collect()
}

/// The day since which a target stands, where the document tells it. What shares are given per share, new shares change without a word
/// in that sentence, and a target that the document gives twice is a new one.
fn announced(reading: &Reading, fact: &Fact, given_twice: &BTreeSet<Aim<'_>>) -> Option<NaiveDate> {
    let per_share = matches!(fact.unit, Unit::Money { scale: Scale::One, .. });
    let day = *reading.issued.get(&fact.period.fiscal_year()?)?;
    (fact.basis == Basis::Target && !per_share && !given_twice.contains(&aim(fact))).then_some(day)
}

/// A loss that goes down is a result that goes up: `operating loss of 201, down 442 from the year before`.
fn turn_changes_of_losses(all: &mut Statements, vocabulary: &Vocabulary) {
    // Where the sign is printed, as tables do, it is the sign of the result.
    let names_loss = |stated: &Stated| {
        let outside = stated.fact.label.split('(').next().unwrap_or_default();
        let in_words = stated.fact.source.printed.starts_with(|c: char| c.is_ascii_digit());
        in_words && has_any(&normalize(outside), &vocabulary.words().loss)
    };
    let turned: Vec<(FigureId, Vec<usize>)> = all
        .iter()
        .filter(|(id, _)| CHANGES.contains(&id.measure))
        .filter_map(|(id, changes)| {
            let levels = all.get(&FigureId { measure: Measure::Level, ..id.clone() })?;
            let is_loss = |change: &Stated| {
                let here = |level: &&Stated| level.fact.source.document == change.fact.source.document;
                let mut levels = levels.iter().filter(here).peekable();
                levels.peek().is_some() && levels.all(|level| level.interval.high() < Decimal::ZERO)
            };
            let of_loss = |(_, change): &(usize, &Stated)| is_loss(change) && names_loss(change);
            Some((id.clone(), changes.iter().enumerate().filter(of_loss).map(|(at, _)| at).collect()))
        })
        .collect();
    for (id, places) in turned {
        for at in places {
            if let Some(change) = all.get_mut(&id).and_then(|changes| changes.get_mut(at)) {
                change.interval.value = -change.interval.value;
            }
        }
    }
}

/// Growth rates; amounts are turned where they are read.
const CHANGES: [Measure; 2] = [Measure::YoyPct, Measure::QoqPct];

impl Stated {
    /// Exact before approximate, as printed before mended, finer before coarser, later before earlier, then by place.
    pub fn rank(&self) -> impl Ord + '_ {
        let soft = (self.fact.approx, self.fact.repaired.is_some());
        (soft, self.interval.half_width, std::cmp::Reverse(self.date), &self.fact.source, self.interval.value)
    }

    /// Whether it is neither approximate nor mended.
    pub fn is_firm(&self) -> bool {
        !self.fact.approx && self.fact.repaired.is_none()
    }

    /// The last printed digit in the canonical unit: two half widths.
    pub fn last_digit(&self) -> Decimal {
        self.interval.half_width * Decimal::TWO
    }
}

/// Dollars printed for convenience beside yen are another unit, not another value.
fn keep_one_unit(id: &FigureId, statements: &mut Vec<Stated>, company: &Company, warnings: &mut Vec<Warning>) {
    let own = |unit: &Unit| unit.currency() == Some(company.currency);
    let first = statements.iter().find(|stated| own(&stated.unit)).or(statements.first());
    let Some(unit) = first.map(|stated| stated.unit.clone()) else { return };
    statements.retain(|stated| {
        if stated.unit != unit && stated.unit.currency().is_none() {
            warnings.push(other_unit(id, stated, &unit));
        }
        stated.unit == unit
    });
}

fn other_unit(id: &FigureId, stated: &Stated, unit: &Unit) -> Warning {
    Warning {
        message: format!("{id} is counted in `{}`, expected `{unit}` as in other statements", stated.unit),
        place: place(&stated.fact),
        hint: "the statement is left out; the profile may give the two things different metrics".to_owned(),
    }
}

fn too_large(fact: &Fact) -> Warning {
    Warning {
        message: format!("`{} {}` is larger than any earnings figure", fact.value, fact.unit),
        place: place(fact),
        hint: "the fact is left out; check the unit that was read for it".to_owned(),
    }
}

/// Where a fact stands, as warnings name it: `1q17.txt:52  Revenues 34.4`.
pub(crate) fn place(fact: &Fact) -> String {
    format!("{}:{}  {} {}", fact.source.document, fact.source.line, fact.label, fact.source.printed)
}
