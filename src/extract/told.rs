//! Sentences that do not say of which time they speak: `Net sales grew 9% to EUR 742 million` below the title of nine months, where the
//! table says that 742 were the quarter's. Where two or more figures of a line contradict the table at the time that was taken for
//! theirs and agree with it at one other time, they are of that time.

use std::collections::{BTreeMap, BTreeSet};

use rust_decimal::Decimal;

use crate::model::{Fact, Measure, Metric, Period, Unit};

/// So many figures show it.
const FEWEST: usize = 2;

/// What tables state of each metric in each unit: the amounts by time, and the times by amount.
#[derive(Default)]
struct Stated {
    amounts: BTreeMap<Period, BTreeSet<Decimal>>,
    times: BTreeMap<Decimal, BTreeSet<Period>>,
}

/// All that they state.
type Tables<'a> = BTreeMap<(&'a Metric, &'a Unit), Stated>;

/// Gives new facts of such lines the time at which those read before state the same.
pub fn settle(before: &[Fact], new: &mut [Fact]) {
    let mut tables: Tables<'_> = BTreeMap::new();
    for fact in before.iter().filter(|fact| fact.measure == Measure::Level) {
        let Some(metric) = &fact.metric else { continue };
        let stated = tables.entry((metric, &fact.unit)).or_default();
        stated.amounts.entry(fact.period).or_default().insert(fact.value);
        stated.times.entry(fact.value).or_default().insert(fact.period);
    }
    let mut lines: BTreeMap<(usize, Period), Vec<usize>> = BTreeMap::new();
    for (index, fact) in new.iter().enumerate() {
        lines.entry((fact.source.line, fact.period)).or_default().push(index);
    }
    for of_line in lines.into_values().filter(|of_line| of_line.len() >= FEWEST) {
        let facts: Vec<&Fact> = of_line.iter().map(|index| &new[*index]).collect();
        if let Some(period) = told(&tables, &facts) {
            of_line.into_iter().for_each(|index| new[index].period = period);
        }
    }
}

/// The one other time of the facts of a line that have the same.
fn told(tables: &Tables<'_>, of_line: &[&Fact]) -> Option<Period> {
    let levels = of_line.iter().filter(|fact| fact.measure == Measure::Level);
    let mut common: Option<BTreeSet<Period>> = None;
    let mut wrong = 0;
    for fact in levels {
        let stated = fact.metric.as_ref().and_then(|metric| tables.get(&(metric, &fact.unit)));
        let Some((stated, own)) = stated.and_then(|stated| Some((stated, stated.amounts.get(&fact.period)?))) else {
            continue;
        };
        if own.contains(&fact.value) {
            return None;
        }
        wrong += 1;
        let times = stated.times.get(&fact.value).cloned().unwrap_or_default();
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
