//! Another entity's figures: a sentence about a subsidiary or a service may name `revenue` without saying whose. Where a table of
//! the same document states the company's own figure, and the sentence's is of another size altogether, the sentence speaks of
//! something else, and its figure names no metric. A slip of the pen is of the same size: it stays, and the checks find it.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use crate::model::{Basis, Fact, Measure, Metric, Period, Scale, Unit};

type Key = (Metric, Period, Basis, Measure);

/// Takes the metric from new facts that cannot speak of the company as a whole; those read before are tables, or surer.
pub fn settle(before: &[Fact], new: &mut [Fact]) {
    let mut stated: BTreeMap<Key, Vec<&Fact>> = BTreeMap::new();
    for fact in before {
        if let Some(key) = key(fact) {
            stated.entry(key).or_default().push(fact);
        }
    }
    for fact in new {
        let own = key(fact).and_then(|key| stated.get(&key));
        let same_money = |own: &&&Fact| own.unit.currency() == fact.unit.currency();
        let own: Vec<&Fact> = own.into_iter().flatten().filter(same_money).copied().collect();
        if !own.is_empty() && own.iter().all(|own| is_of_another_size(fact, own)) {
            fact.metric = None;
        }
    }
}

/// Amounts of money only: two rates may differ widely and still be rates of one thing.
fn key(fact: &Fact) -> Option<Key> {
    let money = matches!(fact.unit, Unit::Money { .. }) && fact.measure == Measure::Level;
    let basis = if fact.basis.is_target() { Basis::Target } else { fact.basis };
    money.then(|| Some((fact.metric.clone()?, fact.period, basis, fact.measure))).flatten()
}

/// Beyond any slip: more than two thirds more.
fn is_of_another_size(fact: &Fact, own: &Fact) -> bool {
    let amount = |fact: &Fact| match fact.unit {
        Unit::Money { scale, .. } if scale != Scale::One => fact.value * scale.factor(),
        _ => fact.value,
    };
    let (a, b) = (amount(fact), amount(own));
    let (small, large) = (a.abs().min(b.abs()), a.abs().max(b.abs()));
    large * Decimal::from(3) > small * Decimal::from(5)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::cases::{iij, seed};
    use crate::vocabulary::Vocabulary;

    #[test]
    fn a_sentence_about_another_entity_names_no_metric_and_a_slip_keeps_it() {
        let company = iij();
        let reading =
            crate::extract::extract(&seed("2017-08-08-1q17-results-deck"), &company, &Vocabulary::of(&company)).value;
        let table: Vec<Fact> = reading.facts.iter().filter(|fact| fact.source.line == 58).cloned().collect();
        let check = |value: &str, expected: bool| {
            let mut said = [Fact { value: value.parse().expect("a decimal"), ..table[0].clone() }];
            settle(&table, &mut said);
            assert_eq!(said[0].metric.is_some(), expected, "{value}");
        };
        check("41.0", true);
        check("47.0", true);
        check("1.3", false);
        check("-41.0", true);
    }
}
