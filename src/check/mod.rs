//! Tie and tick: what documents say, against itself, within what rounding allows (half up, and cut off). Documents are never
//! corrected here, and which of two statements is right is the reader's judgement.
//!
//! ```text
//! readings ─▶ sheet ─▶ figures: same, lines, parts, changes, ratios, spans, direction ─▶ Ties ─▶ Finding
//!         └──────────▶ rows: footing, labels; words: words, years, headings ──────────┘
//! ```
//!
//! A rule names a statement and those it should follow from; [`relation`] judges. Every statement is checked, not only the one
//! that the history chose, and against the statements that stand nearest to it: figures of one table stand together.

mod changes;
mod direction;
mod finding;
mod footing;
mod headings;
mod labels;
mod lines;
mod parts;
mod range;
mod ratios;
mod relation;
mod same;
mod sheet;
mod spans;
mod ties;
mod totals;
mod words;
mod years;

#[cfg(test)]
mod corruption;
#[cfg(test)]
mod judged;
#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};

use crate::history::canonical::canonical;
use crate::history::gather::{Stated, gather};
use crate::model::{Calendar, Company, Document, FigureId, Measure, Reading};
use crate::vocabulary::Vocabulary;

pub use finding::{Finding, Rule, Severity};
pub use ties::Place;

use sheet::Sheet;
use ties::{Ties, place};

/// What the checks looked at, and what they found.
#[derive(Clone, Debug, Default)]
pub struct Examined {
    /// The findings: what weighs most first, then by place.
    pub findings: Vec<Finding>,
    /// How many ties were judged: one statement against those it should follow from, or against itself in another place.
    pub ties: usize,
    /// How many statements took part in a tie.
    pub tied: usize,
    /// Where they stand, and the rules that tied them.
    pub places: BTreeMap<Place, BTreeSet<Rule>>,
}

impl FromIterator<Examined> for Examined {
    /// Several companies, one after another.
    fn from_iter<I: IntoIterator<Item = Examined>>(all: I) -> Self {
        all.into_iter().fold(Self::default(), |mut sum, one| {
            sum.findings.extend(one.findings);
            sum.ties += one.ties;
            sum.tied += one.tied;
            sum.places.extend(one.places);
            sum
        })
    }
}

/// The findings of a company's documents: what weighs most first, then by place.
pub fn check(company: &Company, vocabulary: &Vocabulary, readings: &[Reading], documents: &[Document]) -> Vec<Finding> {
    examine(company, vocabulary, readings, documents).findings
}

/// Checks a company's documents. The documents are those of the readings, for the sentences and headings around a figure.
pub fn examine(company: &Company, vocabulary: &Vocabulary, readings: &[Reading], documents: &[Document]) -> Examined {
    let (statements, _) = gather(readings, company, vocabulary);
    let calendar = company.fiscal_year;
    let sheet = Sheet::of(&statements, calendar, vocabulary);
    let mut ties = Ties::default();
    for rule in RULES {
        rule(&sheet, &mut ties);
    }
    for reading in readings {
        footing::check(reading, vocabulary, &mut ties);
        labels::check(reading, vocabulary, &mut ties);
        if let Some(document) = documents.iter().find(|document| document.name == reading.document) {
            beside(reading, document, vocabulary, calendar, &mut ties);
            years::check(reading, document, vocabulary, calendar, &mut ties);
            headings::check(&company.id, reading, document, &mut ties);
        }
    }
    ties.slips();
    same::explain(&mut ties);
    Examined { findings: once_each(ties.found), ties: ties.count, tied: ties.tied.len(), places: ties.tied }
}

/// The printed changes of a document against the sentences beside them.
fn beside(reading: &Reading, document: &Document, vocabulary: &Vocabulary, calendar: Calendar, ties: &mut Ties) {
    let changes = [Measure::YoyAbs, Measure::YoyPct, Measure::QoqAbs, Measure::QoqPct];
    for fact in reading.facts.iter().filter(|fact| changes.contains(&fact.measure)) {
        let Some((unit, interval)) = canonical(fact, vocabulary) else { continue };
        let figure = fact.metric.clone().map(|metric| FigureId {
            metric,
            period: fact.period,
            basis: fact.basis,
            measure: fact.measure,
        });
        let stated = Stated { fact: fact.clone(), date: reading.date, unit, interval };
        ties.found.extend(words::Change { stated: &stated, figure }.check(document, vocabulary, calendar));
    }
}

/// The rules that look at figures; the others look at rows and words.
const RULES: [fn(&Sheet<'_>, &mut Ties); 7] =
    [same::check, lines::check, parts::check, changes::check, ratios::check, spans::check, direction::check];

/// One finding for one contradiction, however often the same values are printed; the first by place.
fn once_each(mut found: Vec<Finding>) -> Vec<Finding> {
    found.sort_by(Finding::by_rank);
    let mut seen = BTreeSet::new();
    found.retain(|finding| {
        let mut values: Vec<_> = finding
            .figures
            .iter()
            .map(|fact| (fact.metric.clone(), fact.period, fact.value, fact.source.document.clone()))
            .collect();
        values.sort();
        let passages: Vec<_> = finding.passages.iter().map(place).collect();
        seen.insert((finding.rule, finding.figure.clone(), values, passages))
    });
    found
}
