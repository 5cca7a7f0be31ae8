//! Gains that the statement of cash flows takes out of income again: the same amount with the other sign is no second statement of
//! the gain.

use crate::model::{Fact, Measure};

/// Metrics of income without cash that the statement of cash flows adds back under the same label.
const ADDED_BACK: [&str; 2] = ["investment_gains", "foreign_exchange_gains"];

/// Takes the metric from amounts that an earlier line states with the other sign.
pub(super) fn settle(facts: &mut [Fact]) {
    let is_gain = |fact: &Fact| {
        fact.measure == Measure::Level
            && fact.metric.as_ref().is_some_and(|metric| ADDED_BACK.contains(&metric.as_str()))
    };
    let gains: Vec<Fact> = facts.iter().filter(|fact| is_gain(fact)).cloned().collect();
    for fact in facts.iter_mut().filter(|fact| is_gain(fact)) {
        let reversed = gains.iter().any(|gain| {
            gain.metric == fact.metric
                && gain.period == fact.period
                && gain.unit == fact.unit
                && gain.value == -fact.value
                && gain.source.line < fact.source.line
        });
        if reversed {
            fact.metric = None;
        }
    }
}
