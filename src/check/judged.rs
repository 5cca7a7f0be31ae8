//! `docs/findings.md` judges every finding of the seeds: it must name all of them, and no others.

use std::collections::BTreeMap;

use crate::extract::{cases, extract};
use crate::model::Source;
use crate::vocabulary::Vocabulary;

use super::check;

/// Findings by place, severity and rule, as the document's table has them: `file:line | severity | rule`.
fn found() -> BTreeMap<String, usize> {
    let (company, documents) = (cases::iij(), cases::seeds());
    let vocabulary = Vocabulary::of(&company);
    let readings: Vec<_> = documents.iter().map(|document| extract(document, &company, &vocabulary).value).collect();
    let mut rows = BTreeMap::new();
    for finding in check(&company, &vocabulary, &readings, &documents) {
        let facts: Vec<&Source> = finding.figures.iter().map(|fact| &fact.source).collect();
        // What is wrong: the passage or label, else the coarser or later statement of one document.
        let places: Vec<String> = finding
            .passages
            .iter()
            .chain(facts)
            .map(|source| {
                format!("{}:{} | {} | {}", source.document, source.line, finding.severity, finding.rule.name())
            })
            .collect();
        *rows.entry(places.join("\n")).or_default() += 1;
    }
    rows
}

/// The rows of the document's table and whether their finding may be gone.
fn judged() -> Vec<(String, bool)> {
    let rows = include_str!("../../docs/findings.md").lines().filter(|line| line.starts_with("| 20"));
    rows.map(|row| {
        let cells: Vec<&str> = row.trim_matches('|').split(" | ").map(str::trim).collect();
        (cells[..3].join(" | "), row.contains("**reading**"))
    })
    .collect()
}

#[test]
fn every_finding_of_the_seeds_is_judged_and_no_other() {
    let mut rows = judged();
    for (places, count) in found() {
        for _ in 0..count {
            let is_it = |(row, _): &(String, bool)| places.lines().any(|place| place == row);
            let at = rows.iter().position(is_it);
            assert!(at.is_some(), "no verdict in docs/findings.md on a finding at one of\n{places}");
            at.map(|at| rows.remove(at));
        }
    }
    rows.retain(|(_, may_be_gone)| !may_be_gone);
    assert!(rows.is_empty(), "docs/findings.md judges what is not found: {rows:#?}");
}
