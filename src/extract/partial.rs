//! A line that sounds like a total and is a part of it: a table that prints `Net sales` and `Total revenue`, two amounts of one
//! time, says that net sales are not the revenue. Then nowhere in the document they are. And a line of a sentence whose amount a
//! table states, finer, as the current part of the line is that part: `prepaid expenses` beside `Prepaid expenses—current`.

use std::collections::{BTreeMap, BTreeSet};

use rust_decimal::Decimal;

use super::label::{Context, resolve};
use crate::model::{Fact, Measure, Metric, Period};
use crate::vocabulary::{Vocabulary, normalize};

/// How many lines the two may stand apart in one table.
const REACH: usize = 12;

/// Takes the metric from figures whose label a table of the document prints beside the metric's total.
pub fn settle(facts: &mut [Fact], vocabulary: &Vocabulary) {
    let parts = parts(facts, vocabulary);
    if !parts.is_empty() {
        facts.iter_mut().for_each(|fact| take_from_part(fact, &parts));
    }
    take_from_current_parts(facts);
}

fn take_from_part(fact: &mut Fact, parts: &BTreeSet<(Metric, String)>) {
    let key = normalize(&fact.label);
    let is_part = |(metric, label): &(Metric, String)| {
        let rest = key.strip_prefix(label.as_str());
        fact.metric.as_ref() == Some(metric) && rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(' '))
    };
    if parts.iter().any(is_part) {
        fact.metric = None;
    }
}

/// Ends of labels of the part of a balance that falls due within a year, and of the rest.
const PARTS_OF_BALANCE: [&str; 3] = [" current", " noncurrent", " current portion"];

/// Takes the metric from figures of a line and a label whose level a table states as a part of the line.
fn take_from_current_parts(facts: &mut [Fact]) {
    let mut parts: BTreeMap<(Period, String), Vec<Decimal>> = BTreeMap::new();
    for part in facts.iter().filter(|fact| fact.metric.is_none() && fact.measure == Measure::Level) {
        let label = normalize(&part.label);
        if let Some(name) = PARTS_OF_BALANCE.iter().find_map(|end| label.strip_suffix(end)) {
            parts.entry((part.period, name.to_owned())).or_default().push(unscaled(part, part.value));
        }
    }
    if parts.is_empty() {
        return;
    }
    let key = |fact: &Fact| (fact.source.line, normalize(&fact.label));
    let is_of_part = |whole: &&Fact| {
        let (value, within) = (unscaled(whole, whole.value), unscaled(whole, whole.half_width()));
        let beside = parts.get(&(whole.period, normalize(&whole.label)));
        beside.is_some_and(|parts| parts.iter().any(|part| (part - value).abs() <= within))
    };
    let levels = facts.iter().filter(|fact| fact.metric.is_some() && fact.measure == Measure::Level);
    let of_parts: BTreeSet<_> = levels.filter(is_of_part).map(key).collect();
    for fact in facts.iter_mut().filter(|fact| of_parts.contains(&key(fact))) {
        fact.metric = None;
    }
}

/// A value in single units, whatever scale the fact is printed in.
fn unscaled(fact: &Fact, value: Decimal) -> Decimal {
    value * fact.unit.scale().factor()
}

/// Labels that alone would name a metric, beside a total of that metric with another amount.
fn parts(facts: &[Fact], vocabulary: &Vocabulary) -> BTreeSet<(Metric, String)> {
    let says = |fact: &Fact| fact.label.as_bytes().windows(5).any(|word| word.eq_ignore_ascii_case(b"total"));
    let total =
        |fact: &&Fact| fact.measure == Measure::Level && says(fact) && normalize(&fact.label).starts_with("total ");
    let mut found = BTreeSet::new();
    for total in facts.iter().filter(total) {
        let Some(metric) = total.metric.as_ref().filter(|metric| metric.path().is_none()) else { continue };
        for part in facts.iter().filter(|part| is_beside(part, total)) {
            let key = normalize(&part.label);
            if is_same_line(&key, &normalize(&total.label)) {
                continue;
            }
            let named = resolve(&part.label, &Context::default(), vocabulary).metric;
            if named.as_ref() == Some(metric) {
                found.insert((metric.clone(), key));
            }
        }
    }
    found
}

/// In one table, of one time, and another amount in the same unit.
fn is_beside(part: &Fact, total: &Fact) -> bool {
    part.metric.as_ref().is_none_or(|metric| Some(metric) == total.metric.as_ref())
        && part.source.line != total.source.line
        && part.source.line.abs_diff(total.source.line) <= REACH
        && (part.period, part.basis, part.measure) == (total.period, total.basis, total.measure)
        && part.unit == total.unit
        && part.value != total.value
}

/// `Revenues` and `Total revenues` are one line by their words: which amount is the total is for the checks.
fn is_same_line(part: &str, total: &str) -> bool {
    let bare = |key: &str| key.trim_start_matches("total ").trim_end_matches('s').to_owned();
    bare(part) == bare(total)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::cases::{company, document};

    #[test]
    fn net_sales_beside_total_revenue_are_not_the_revenue_anywhere_in_the_document() {
        let folder = "tests/documents/costco";
        let company = company(folder);
        let reading =
            crate::extract::extract(&document(folder, "costco-1Q23"), &company, &Vocabulary::of(&company)).value;
        let metrics = |word: &str| -> BTreeSet<Option<String>> {
            let named = reading.facts.iter().filter(|fact| normalize(&fact.label).starts_with(word));
            named.map(|fact| fact.metric.as_ref().map(ToString::to_string)).collect()
        };
        assert_eq!(metrics("net sales"), BTreeSet::from([None]));
        assert_eq!(metrics("total revenue"), BTreeSet::from([Some("revenue".to_owned())]));
    }

    #[test]
    fn a_line_that_a_table_states_as_a_current_part_is_that_part() {
        let company = crate::extract::cases::iij();
        let document = crate::extract::cases::seed("2019-02-06-3q18-press-release");
        let reading = crate::extract::extract(&document, &company, &Vocabulary::of(&company)).value;
        let wide = |fact: &&Fact| fact.metric.as_ref().is_some_and(|metric| metric.as_str() == "prepaid_expenses");
        assert_eq!(reading.facts.iter().filter(wide).count(), 0, "the release states only the parts");
        assert!(reading.facts.iter().any(|fact| fact.label == "prepaid expenses" && fact.metric.is_none()));
    }
}
