//! A document before and after damage: what it says, what the checks say of it, and what must hold between the two.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use rust_decimal::Decimal;
use tanshin::check::{Finding, check};
use tanshin::extract;
use tanshin::history::{self, History};
use tanshin::model::{Company, Document, Fact, FigureId, Origin, Reading, Warned, Warning};
use tanshin::seed;
use tanshin::vocabulary::Vocabulary;

/// A company with its words.
#[derive(Clone)]
pub struct Firm {
    company: Arc<Company>,
    vocabulary: Arc<Vocabulary>,
}

/// What became of the text of a document.
pub struct Outcome {
    document: Document,
    reading: Reading,
    findings: Vec<Finding>,
    history: Warned<History>,
}

/// How a changed figure is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Told {
    /// A check or a warning of the history names it, and did not before.
    Reported,
    /// Its trace ends at the changed line.
    Traced,
    /// All that it rests on stood in the whole document too, word for word: what is gone said otherwise, or more exactly.
    Stood,
    /// None of these.
    Silent,
}

impl Firm {
    /// A company from its profile.
    pub fn of(profile: &[u8]) -> Self {
        let company = seed::profile_of(profile, "subject", "company.toml").expect("a profile");
        let company = Arc::new(company);
        let vocabulary = Arc::new(Vocabulary::of(&company));
        Self { company, vocabulary }
    }

    /// The whole path from bytes to figures and findings; the words of the refusal where the bytes are no document.
    pub fn read(&self, bytes: &[u8]) -> Result<Outcome, String> {
        let document = seed::document_of(bytes, "a.txt", "a.txt").map_err(|refusal| {
            assert!(refusal.place == "a.txt" && !refusal.hint.is_empty(), "{refusal:?}");
            refusal.message
        })?;
        let reading = extract::extract(&document, &self.company, &self.vocabulary).value;
        assert_places(&document, &reading);
        let readings = [reading];
        let findings = check(&self.company, &self.vocabulary, &readings, std::slice::from_ref(&document));
        let history = history::aggregate(Arc::clone(&self.company), Arc::clone(&self.vocabulary), &readings);
        let [reading] = readings;
        Ok(Outcome { document, reading, findings, history })
    }
}

/// Every fact shows the characters of its place.
fn assert_places(document: &Document, reading: &Reading) {
    for Fact { source, .. } in &reading.facts {
        let line = document.lines.get(source.line - 1).map_or("", String::as_str);
        let printed: String = line.chars().skip(source.column - 1).take(source.printed.chars().count()).collect();
        assert_eq!(printed, source.printed, "line {} column {}", source.line, source.column);
    }
}

/// Value and half the width of its interval.
type Values = BTreeMap<FigureId, (Decimal, Decimal)>;

/// Whether two values say different things: their intervals have nothing in common.
fn differ((one, width): (Decimal, Decimal), (other, its): (Decimal, Decimal)) -> bool {
    (one - other).abs() > width + its
}

impl Outcome {
    /// The facts.
    pub fn facts(&self) -> &[Fact] {
        &self.reading.facts
    }

    fn values(&self) -> Values {
        let history = &self.history.value;
        let all = history.metrics().into_iter().flat_map(|metric| history.series(metric));
        all.map(|figure| (figure.id.clone(), (figure.value, figure.half_width))).collect()
    }

    /// The lines that a figure rests on.
    fn lines(&self, id: &FigureId) -> BTreeSet<usize> {
        let facts = self.facts_of(id, &mut BTreeSet::new());
        let heads = facts.iter().flat_map(|fact| fact.source.heads.iter().map(|line| *line as usize));
        facts.iter().map(|fact| fact.source.line).chain(heads).collect()
    }

    /// The facts that a figure rests on, through all that it was derived from.
    fn facts_of(&self, id: &FigureId, seen: &mut BTreeSet<FigureId>) -> Vec<&Fact> {
        if !seen.insert(id.clone()) {
            return Vec::new();
        }
        match self.history.value.get(id).map(|figure| &figure.origin) {
            Some(Origin::Stated(facts)) => facts.iter().collect(),
            Some(Origin::Derived { inputs, .. }) => {
                inputs.iter().flat_map(|input| self.facts_of(input, seen)).collect()
            }
            None => Vec::new(),
        }
    }

    /// Whether the document states the same amount in the same place; which of two targets is in force goes by both.
    fn states(&self, fact: &Fact) -> bool {
        self.reading.facts.iter().any(|own| Fact { basis: fact.basis, ..own.clone() } == *fact)
    }

    /// What is said of the document, without the places, which move with the lines.
    fn said(&self) -> BTreeSet<String> {
        let findings = self.findings.iter().map(|finding| finding.sentence.clone());
        findings.chain(self.history.warnings.iter().map(|Warning { message, .. }| message.clone())).collect()
    }

    /// The figures that are not what they were before a change of some lines, and how each is told. Figures that are gone are no
    /// wrong figures.
    pub fn changed(&self, before: &Self, lines: &BTreeSet<usize>) -> Vec<(FigureId, Told)> {
        let (was, is) = (before.values(), self.values());
        let is_reported = self.said().difference(&before.said()).next().is_some();
        let told = |id: &FigureId| {
            if !self.lines(id).is_disjoint(lines) {
                Told::Traced
            } else if is_reported {
                Told::Reported
            } else if self.facts_of(id, &mut BTreeSet::new()).iter().all(|fact| before.states(fact)) {
                Told::Stood
            } else {
                Told::Silent
            }
        };
        let is_other = |id: &FigureId, value| was.get(id).is_none_or(|before| differ(*before, value));
        is.iter().filter(|(id, value)| is_other(id, **value)).map(|(id, _)| (id.clone(), told(id))).collect()
    }

    /// The text with one character of a line, both from 0, replaced.
    pub fn with(&self, line: usize, at: usize, character: char) -> String {
        let mut lines = self.document.lines.clone();
        lines[line] = lines[line].chars().enumerate().map(|(i, c)| if i == at { character } else { c }).collect();
        lines.join("\n")
    }

    /// Lines of the document.
    pub fn text(&self) -> &[String] {
        &self.document.lines
    }
}
