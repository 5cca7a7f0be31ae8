//! Tie and tick: what documents say, against itself, within what rounding allows (half up, and cut off). Documents are never
//! corrected here, and which of two statements is right is the reader's judgement.
//!
//! ```text
//! readings ─▶ sheet ─▶ rules: same, lines, parts, footing, changes, ratios, spans, direction ─▶ Finding
//! ```
//!
//! A rule names a statement and those it should follow from; [`relation`] judges. Every statement is checked, not only the one
//! that the history chose, and against the statements that stand nearest to it: figures of one table stand together.

mod changes;
mod direction;
mod finding;
mod footing;
mod lines;
mod parts;
mod range;
mod ratios;
mod relation;
mod same;
mod sheet;
mod spans;

#[cfg(test)]
mod corruption;
#[cfg(test)]
mod tests;

use std::collections::BTreeSet;

use crate::history::gather::gather;
use crate::model::{Company, Reading};
use crate::vocabulary::Vocabulary;

pub use finding::{Finding, Rule, Severity};

use sheet::Sheet;

/// The findings of a company's documents: what weighs most first, then by place.
pub fn check(company: &Company, vocabulary: &Vocabulary, readings: &[Reading]) -> Vec<Finding> {
    let (statements, _) = gather(readings, company, vocabulary);
    let sheet = Sheet { statements: &statements, calendar: company.fiscal_year, vocabulary };
    let mut found = Vec::new();
    for rule in RULES {
        found.extend(rule(&sheet));
    }
    found.extend(readings.iter().flat_map(|reading| footing::check(reading, vocabulary)));
    once_each(found)
}

/// The rules that look at figures; footing looks at rows.
const RULES: [fn(&Sheet<'_>) -> Vec<Finding>; 7] =
    [same::check, lines::check, parts::check, changes::check, ratios::check, spans::check, direction::check];

/// One finding for one contradiction, however often the same values are printed; the first by place.
fn once_each(mut found: Vec<Finding>) -> Vec<Finding> {
    found.sort_by(|a, b| a.rank().cmp(&b.rank()));
    let mut seen = BTreeSet::new();
    found.retain(|finding| {
        let mut values: Vec<_> = finding
            .figures
            .iter()
            .map(|fact| (fact.metric.clone(), fact.period, fact.value, fact.source.document.clone()))
            .collect();
        values.sort();
        seen.insert((finding.rule, finding.figure.clone(), values))
    });
    found
}
