//! Sentences that do not say of which time they speak: `Net sales grew 9% to EUR 742 million` below the title of nine months, where the
//! table says that 742 were the quarter's. Where two or more figures of a line contradict the table at the time that was taken for
//! theirs and agree with it at one other time, they are of that time.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::{Fact, Measure, Metric, Period};

/// So many figures show it.
const FEWEST: usize = 2;

/// What tables state of each metric: the amounts.
type Stated<'a> = BTreeMap<&'a Metric, Vec<&'a Fact>>;

/// Gives new facts of such lines the time at which those read before state the same.
pub fn settle(before: &[Fact], new: &mut [Fact]) {
    let mut stated: Stated<'_> = BTreeMap::new();
    for fact in before.iter().filter(|fact| fact.measure == Measure::Level) {
        fact.metric.iter().for_each(|metric| stated.entry(metric).or_default().push(fact));
    }
    let mut lines: BTreeMap<(usize, Period), Vec<usize>> = BTreeMap::new();
    for (index, fact) in new.iter().enumerate() {
        lines.entry((fact.source.line, fact.period)).or_default().push(index);
    }
    for of_line in lines.into_values().filter(|of_line| of_line.len() >= FEWEST) {
        let facts: Vec<&Fact> = of_line.iter().map(|index| &new[*index]).collect();
        if let Some(period) = told(&stated, &facts) {
            of_line.into_iter().for_each(|index| new[index].period = period);
        }
    }
}

/// The one other time of the facts of a line that have the same.
fn told(stated: &Stated<'_>, of_line: &[&Fact]) -> Option<Period> {
    let levels = of_line.iter().filter(|fact| fact.measure == Measure::Level);
    let mut common: Option<BTreeSet<Period>> = None;
    let mut wrong = 0;
    for fact in levels {
        let of_metric = fact.metric.as_ref().and_then(|metric| stated.get(metric));
        let alike: Vec<&Fact> = of_metric.into_iter().flatten().filter(|o| o.unit == fact.unit).copied().collect();
        let mut own = alike.iter().filter(|other| other.period == fact.period).peekable();
        if own.peek().is_none() {
            continue;
        }
        if own.any(|other| other.value == fact.value) {
            return None;
        }
        wrong += 1;
        let times: BTreeSet<Period> = alike.iter().filter(|o| o.value == fact.value).map(|o| o.period).collect();
        common = Some(common.map_or_else(|| times.clone(), |before| before.intersection(&times).copied().collect()));
    }
    let mut common = common.filter(|_| wrong >= FEWEST)?.into_iter();
    common.next().filter(|_| common.next().is_none())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::cases::{company, document};
    use crate::vocabulary::Vocabulary;

    #[test]
    fn sentences_are_of_the_time_at_which_the_table_states_their_figures() {
        let company = company("tests/documents/valta");
        let document = document("tests/documents/valta", "valta-3Q17");
        let facts = crate::extract::extract(&document, &company, &Vocabulary::of(&company)).value.facts;
        let (table, said): (Vec<Fact>, Vec<Fact>) = facts.into_iter().partition(|fact| fact.source.line > 7);
        let of_title =
            company.fiscal_year.span_ending(9, chrono::NaiveDate::from_ymd_opt(2017, 9, 30).unwrap()).unwrap();
        let check = |count: usize, expected: &str| {
            let levels = said.iter().filter(|fact| fact.measure == Measure::Level).take(count);
            let mut said: Vec<Fact> = levels.cloned().map(|fact| Fact { period: of_title, ..fact }).collect();
            settle(&table, &mut said);
            assert!(said.iter().all(|fact| fact.period.to_string() == expected), "{said:?}");
        };
        check(2, "3Q17");
        check(1, "9M17");
    }
}
