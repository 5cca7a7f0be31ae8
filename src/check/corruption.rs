//! A clean check is evidence only if a corrupted document fails it: one digit of a figure in a table that foots is changed, the
//! document is read again, and a finding must name the place.
//!
//! The daily run takes a sample. `TANSHIN_ALL=1` changes every digit of every figure and prints the table of `docs/findings.md`;
//! `TANSHIN_MISSED=1` also prints what was not found.
#![expect(clippy::disallowed_methods, reason = "the daily run takes a sample")]

use std::collections::{BTreeMap, BTreeSet};

use crate::extract::{self, cases};
use crate::model::{Company, Document, Fact, Reading};
use crate::vocabulary::Vocabulary;

use super::ties::{Place, place};
use super::{Examined, Rule, Severity, examine};

/// Documents with tables that foot: folder, name, and the least share of changed digits that must be found, in percent.
const DOCUMENTS: [(&str, &str, usize); 8] = [
    ("seeds/iij", "2012-05-15-fy11-investor-deck", 50),
    ("seeds/iij", "2013-08-06-1q13-results-deck", 50),
    ("seeds/iij", "2016-11-08-1h16-results-deck", 50),
    ("seeds/iij", "2017-08-08-1q17-results-deck", 50),
    ("seeds/iij", "2019-02-06-3q18-press-release", 50),
    ("tests/documents/costco", "costco-1Q23", 50),
    ("tests/documents/tsmc", "tsmc-3Q25", 0),
    ("tests/documents/jin", "jp-jin-3046-1Q", 0),
];

/// The ties of tables.
const FOOTS: [Rule; 3] = [Rule::Footing, Rule::StatementLine, Rule::PartsOfTotal];
/// The daily run changes so many digits of a document.
const SAMPLE: usize = 6;
const WORKERS: usize = 2;

/// What became of a changed digit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Outcome {
    /// A finding names the place.
    Found,
    /// The tables still add up within what rounding allows.
    WithinRounding,
    /// The reader no longer takes the number for this figure, or reads it as it was.
    Refused,
    /// The tables no longer show that they foot.
    Lost,
}

/// One digit to change.
struct Change<'a> {
    fact: &'a Fact,
    /// Which of the printed characters.
    at: usize,
}

/// A document with what it says before any change.
struct Subject {
    company: Company,
    vocabulary: Vocabulary,
    document: Document,
    reading: Reading,
    /// What the company's other documents state.
    others: Vec<Reading>,
    /// The places that findings name anyway.
    named: BTreeSet<Place>,
    /// The figures in tables that foot.
    footing: BTreeSet<Place>,
}

impl Subject {
    fn load(folder: &str, name: &str) -> Self {
        let company = cases::company(folder);
        let (vocabulary, document) = (Vocabulary::of(&company), cases::document(folder, name));
        let siblings = DOCUMENTS.iter().filter(|(other, sibling, _)| *other == folder && *sibling != name);
        let read = |name| extract::extract(&cases::document(folder, name), &company, &vocabulary).value;
        let others = siblings.map(|(_, name, _)| read(name)).collect();
        let mut subject = Self {
            document,
            others,
            named: BTreeSet::new(),
            footing: BTreeSet::new(),
            reading: read(name),
            company,
            vocabulary,
        };
        let examined = subject.examine(subject.reading.clone());
        subject.named = named(&examined);
        subject.footing = foots(&examined).filter(|(file, ..)| *file == subject.document.name).cloned().collect();
        subject
    }

    /// The company's documents, this one as read now.
    fn examine(&self, reading: Reading) -> Examined {
        let readings: Vec<Reading> = self.others.iter().cloned().chain([reading]).collect();
        examine(&self.company, &self.vocabulary, &readings, &[])
    }

    fn changes(&self) -> Vec<Change<'_>> {
        let ours = |fact: &&Fact| self.footing.contains(&place(&fact.source)) && fact.repaired.is_none();
        self.reading.facts.iter().filter(ours).flat_map(digits).collect()
    }

    /// The document with another digit: the next one, and 8 for 9.
    fn corrupted(&self, change: &Change<'_>) -> Document {
        let mut lines = self.document.lines.clone();
        let line = &mut lines[change.fact.source.line - 1];
        let mut chars: Vec<char> = line.chars().collect();
        let at = change.fact.source.column - 1 + change.at;
        let digit = chars[at].to_digit(10).unwrap();
        chars[at] = char::from_digit(if digit == 9 { 8 } else { digit + 1 }, 10).unwrap();
        *line = chars.into_iter().collect();
        Document { lines, ..self.document.clone() }
    }

    fn outcome(&self, change: &Change<'_>) -> Outcome {
        let reading = extract::extract(&self.corrupted(change), &self.company, &self.vocabulary).value;
        let here = place(&change.fact.source);
        let fact = reading.facts.iter().find(|fact| place(&fact.source) == here);
        let same = |fact: &Fact| {
            let was = change.fact;
            fact.value != was.value && (&fact.metric, fact.period, &fact.unit) == (&was.metric, was.period, &was.unit)
        };
        let refused = !fact.is_some_and(same);
        let examined = self.examine(reading);
        match () {
            () if named(&examined).contains(&here) && !self.named.contains(&here) => Outcome::Found,
            () if refused => Outcome::Refused,
            () if foots(&examined).any(|place| *place == here) => Outcome::WithinRounding,
            () => Outcome::Lost,
        }
    }
}

/// The digits of a figure.
fn digits(fact: &Fact) -> impl Iterator<Item = Change<'_>> {
    let digit = move |(at, c): (usize, char)| c.is_ascii_digit().then_some(Change { fact, at });
    fact.source.printed.chars().enumerate().filter_map(digit)
}

/// The places that findings name, beyond notes.
fn named(examined: &Examined) -> BTreeSet<Place> {
    let firm = examined.findings.iter().filter(|finding| finding.severity != Severity::Note);
    firm.flat_map(|finding| &finding.figures).map(|fact| place(&fact.source)).collect()
}

fn foots(examined: &Examined) -> impl Iterator<Item = &Place> {
    examined.places.iter().filter(|(_, rules)| FOOTS.iter().any(|rule| rules.contains(rule))).map(|(place, _)| place)
}

/// The outcomes of all changes, on a few threads.
fn outcomes(subject: &Subject, changes: &[Change<'_>]) -> Vec<Outcome> {
    let share = changes.len().div_ceil(WORKERS).max(1);
    std::thread::scope(|scope| {
        let work = |part| scope.spawn(move || part_outcomes(subject, part));
        let workers: Vec<_> = changes.chunks(share).map(work).collect();
        workers.into_iter().flat_map(|worker| worker.join().unwrap()).collect()
    })
}

fn part_outcomes(subject: &Subject, changes: &[Change<'_>]) -> Vec<Outcome> {
    changes.iter().map(|change| subject.outcome(change)).collect()
}

#[test]
fn a_changed_digit_in_a_table_that_foots_is_found() {
    let all = std::env::var_os("TANSHIN_ALL").is_some();
    let print = std::env::var_os("TANSHIN_MISSED").is_some();
    let only = std::env::var("TANSHIN_ONLY").unwrap_or_default();
    let mut short = Vec::new();
    for (folder, name, least) in DOCUMENTS.iter().filter(|(_, name, _)| name.contains(&only)) {
        let subject = Subject::load(folder, name);
        let mut changes = subject.changes();
        if !all {
            let step = (changes.len() / SAMPLE).max(1);
            changes = changes.into_iter().step_by(step).collect();
        }
        let mut counts: BTreeMap<Outcome, usize> = BTreeMap::new();
        for (change, outcome) in changes.iter().zip(outcomes(&subject, &changes)) {
            *counts.entry(outcome).or_default() += 1;
            if print && outcome != Outcome::Found {
                let Fact { source, label, period, .. } = change.fact;
                let (line, column, printed) = (source.line, source.column, &source.printed);
                println!("    {outcome:?} {line}:{column} digit {} of {printed} [{label}] {period}", change.at + 1);
            }
        }
        let found = counts.get(&Outcome::Found).copied().unwrap_or(0);
        println!("{name}: {} figures, {} digits, {counts:?}", subject.footing.len(), changes.len());
        // Of a small sample one more may be missed than of all.
        if (found + usize::from(!all)) * 100 < changes.len() * least {
            short.push(format!("{name}: {found} of {}, expected {least} %", changes.len()));
        }
    }
    assert!(short.is_empty(), "{short:?}");
}
