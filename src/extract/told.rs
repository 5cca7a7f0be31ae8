//! Sentences that do not say of which time they speak: `Net sales grew 9% to EUR 742 million` below the title of nine months, where the
//! table says that 742 were the quarter's. Where two or more figures of a line contradict the table at the time that was taken for
//! theirs and agree with it at one other time, they are of that time.

use std::collections::BTreeSet;

use crate::model::{Fact, Measure, Period};

/// So many figures show it.
const FEWEST: usize = 2;

/// Gives new facts of such lines the time at which those read before state the same.
pub fn settle(before: &[Fact], new: &mut [Fact]) {
    let lines: BTreeSet<usize> = new.iter().map(|fact| fact.source.line).collect();
    for line in lines {
        let taken: BTreeSet<Period> =
            new.iter().filter(|fact| fact.source.line == line).map(|fact| fact.period).collect();
        for period in taken {
            let of_line = |fact: &&mut Fact| fact.source.line == line && fact.period == period;
            let Some(told) = told(before, new.iter().filter(|fact| fact.source.line == line && fact.period == period))
            else {
                continue;
            };
            new.iter_mut().filter(of_line).for_each(|fact| fact.period = told);
        }
    }
}

/// The one other time of the facts of a line that have the same.
fn told<'a>(before: &[Fact], of_line: impl Iterator<Item = &'a Fact>) -> Option<Period> {
    let levels: Vec<&Fact> = of_line.filter(|fact| fact.measure == Measure::Level && fact.metric.is_some()).collect();
    let same = |fact: &Fact, other: &&Fact| {
        other.metric == fact.metric && other.measure == fact.measure && other.unit == fact.unit
    };
    let contradicted = |fact: &&Fact| {
        let mut own = before.iter().filter(|other| same(fact, other) && other.period == fact.period).peekable();
        own.peek().is_some() && own.all(|other| other.value != fact.value)
    };
    let agrees = levels.iter().any(|fact| {
        before.iter().any(|other| same(fact, &other) && other.period == fact.period && other.value == fact.value)
    });
    let wrong: Vec<&&Fact> = levels.iter().filter(|fact| contradicted(fact)).collect();
    if agrees || wrong.len() < FEWEST {
        return None;
    }
    let at = |fact: &Fact| -> BTreeSet<Period> {
        before.iter().filter(|other| same(fact, other) && other.value == fact.value).map(|other| other.period).collect()
    };
    let common = wrong.iter().map(|fact| at(fact)).reduce(|a, b| a.intersection(&b).copied().collect())?;
    let mut common = common.into_iter();
    common.next().filter(|_| common.next().is_none())
}
