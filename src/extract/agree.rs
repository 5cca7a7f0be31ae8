//! Figures without a name that the document names elsewhere: where two or more of one line (`total revenues of over JPY7.0 billion in
//! FY2012 (FY11: JPY3.1 billion)`) state what it states of one metric for the same times, they are of that metric.

use std::collections::BTreeMap;

use crate::model::{Fact, Measure, Metric};

/// Names such figures.
pub(super) fn settle(facts: &mut [Fact]) {
    let mut lines: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (index, fact) in facts.iter().enumerate().filter(|(_, fact)| fact.metric.is_none()) {
        lines.entry(fact.source.line).or_default().push(index);
    }
    for of_line in lines.into_values().filter(|of_line| of_line.len() >= 2) {
        if let Some(metric) = agreed(facts, &of_line) {
            for index in of_line {
                facts[index].metric = Some(metric.clone());
            }
        }
    }
}

/// The one metric of which other lines state all these figures, for different times.
fn agreed(facts: &[Fact], of_line: &[usize]) -> Option<Metric> {
    let mine: Vec<&Fact> = of_line.iter().map(|index| &facts[*index]).collect();
    let money = mine.iter().all(|fact| fact.measure == Measure::Level && fact.unit.currency().is_some());
    let apart = mine.windows(2).all(|pair| pair[0].period != pair[1].period);
    if !money || !apart {
        return None;
    }
    let states = |other: &&Fact, fact: &Fact| {
        let same = other.period == fact.period && other.basis == fact.basis && other.measure == fact.measure;
        same && other.value == fact.value && other.unit == fact.unit && other.source.line != fact.source.line
    };
    let named = |fact: &Fact| -> Vec<&Metric> {
        facts.iter().filter(|other| states(other, fact)).filter_map(|other| other.metric.as_ref()).collect()
    };
    let mut candidates = named(mine[0]);
    candidates.retain(|metric| mine[1..].iter().all(|fact| named(fact).contains(metric)));
    candidates.dedup();
    match candidates.as_slice() {
        [one] => Some((*one).clone()),
        _ => None,
    }
}
