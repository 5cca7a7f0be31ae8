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
mod words;

#[cfg(test)]
mod corruption;
#[cfg(test)]
mod tests;

use std::collections::BTreeSet;

use crate::history::canonical::canonical;
use crate::history::gather::{Stated, gather};
use crate::model::{Calendar, Company, Document, FigureId, Measure, Reading};
use crate::vocabulary::Vocabulary;

pub use finding::{Finding, Rule, Severity};

use sheet::Sheet;

/// The findings of a company's documents: what weighs most first, then by place. The documents are those of the readings, for
/// the sentences beside a figure.
pub fn check(company: &Company, vocabulary: &Vocabulary, readings: &[Reading], documents: &[Document]) -> Vec<Finding> {
    let (statements, _) = gather(readings, company, vocabulary);
    let sheet = Sheet { statements: &statements, calendar: company.fiscal_year, vocabulary };
    let mut found = Vec::new();
    for rule in RULES {
        found.extend(rule(&sheet));
    }
    found.extend(readings.iter().flat_map(|reading| footing::check(reading, vocabulary)));
    for reading in readings {
        let document = documents.iter().find(|document| document.name == reading.document);
        found.extend(
            document.map_or_else(Vec::new, |document| beside(reading, document, vocabulary, company.fiscal_year)),
        );
    }
    once_each(found)
}

/// The printed changes of a document against the sentences beside them.
fn beside(reading: &Reading, document: &Document, vocabulary: &Vocabulary, calendar: Calendar) -> Vec<Finding> {
    let changes = [Measure::YoyAbs, Measure::YoyPct, Measure::QoqAbs, Measure::QoqPct];
    let mut found = Vec::new();
    for fact in reading.facts.iter().filter(|fact| changes.contains(&fact.measure)) {
        let Some((unit, interval)) = canonical(fact, vocabulary) else { continue };
        let figure = fact.metric.clone().map(|metric| FigureId {
            metric,
            period: fact.period,
            basis: fact.basis,
            measure: fact.measure,
        });
        let stated = Stated { fact: fact.clone(), date: reading.date, unit, interval };
        found.extend(words::Change { stated: &stated, figure }.check(document, vocabulary, calendar));
    }
    found
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
