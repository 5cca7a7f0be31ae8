//! A clean check is evidence only if a corrupted document fails it: one digit of each figure in a table that foots is changed
//! in turn, the document is read again, and a finding must name the line and the characters.
#![expect(clippy::disallowed_methods, reason = "the daily run takes a sample")]

use crate::extract::{self, cases::seed};
use crate::history::cases::{company, vocabulary};
use crate::model::{Company, Document, Fact, Measure, Unit};
use crate::vocabulary::Vocabulary;

use super::{Severity, check};

/// Tables of the seeds that foot, by document and lines, and the least share of changed digits that must be found, in percent.
const TABLES: [(&str, &str, &[usize], usize); 7] = [
    ("results of operations", "2019-02-06-3q18-press-release", &[11], 90),
    // Line 65 also holds what a cash flow statement adds in notes: stated once, so nothing can contradict it.
    ("segment results", "2019-02-06-3q18-press-release", &[13, 65], 80),
    ("balance sheet", "2019-02-06-3q18-press-release", &[43, 47], 90),
    ("income statement", "2019-02-06-3q18-press-release", &[53], 85),
    ("cash flow statement", "2019-02-06-3q18-press-release", &[57, 61], 90),
    ("quarterly income statement", "2019-02-06-3q18-press-release", &[83], 85),
    ("deck summary", "2016-11-08-1h16-results-deck", &[177, 178, 179, 180, 181], 50),
];

/// The daily run changes every so many figures.
const SAMPLE: usize = 5;

/// The document with another digit in place of the first one of a figure; `None` where it has no digit to change.
fn corrupted(document: &Document, fact: &Fact) -> Option<Document> {
    let mut lines = document.lines.clone();
    let line = lines.get_mut(fact.source.line - 1)?;
    let mut chars: Vec<char> = line.chars().collect();
    let from = fact.source.column - 1;
    let printed = from..from + fact.source.printed.chars().count();
    let at = printed.clone().find(|at| chars[*at].is_ascii_digit())?;
    let digit = chars[at].to_digit(10)?;
    chars[at] = char::from_digit(if digit == 9 { 8 } else { digit + 1 }, 10)?;
    *line = chars.into_iter().collect();
    Some(Document { lines, ..document.clone() })
}

/// Whether the findings of a document name a place, beyond those it has anyway.
fn names(document: &Document, place: (usize, usize), company: &Company, vocabulary: &Vocabulary) -> bool {
    let reading = extract::extract(document, company, vocabulary).value;
    check(company, vocabulary, &[reading], &[]).iter().any(|finding| {
        finding.severity != Severity::Note
            && finding.figures.iter().any(|fact| (fact.source.line, fact.source.column) == place)
    })
}

#[test]
fn a_changed_digit_in_a_table_that_foots_is_found() {
    let (company, vocabulary) = (company(), vocabulary());
    let mut report = Vec::new();
    for (table, name, lines, least) in TABLES {
        let document = seed(name);
        let reading = extract::extract(&document, &company, &vocabulary).value;
        let amounts = reading.facts.iter().filter(|fact| {
            lines.contains(&fact.source.line)
                && fact.measure == Measure::Level
                && matches!(fact.unit, Unit::Money { .. })
                && fact.repaired.is_none()
                && !fact.value.is_zero()
        });
        let (mut tried, mut missed) = (0, Vec::new());
        // Every figure with `TANSHIN_ALL=1`; a sample of them in the daily run.
        let step = if std::env::var_os("TANSHIN_ALL").is_some() { 1 } else { SAMPLE };
        for fact in amounts.step_by(step) {
            let place = (fact.source.line, fact.source.column);
            let Some(changed) = corrupted(&document, fact) else { continue };
            tried += 1;
            if !names(&changed, place, &company, &vocabulary) {
                let metric = fact.metric.as_ref().map_or("-", |metric| metric.as_str());
                missed.push(format!(
                    "{}:{} {} [{}] {metric} {}",
                    place.0, place.1, fact.source.printed, fact.label, fact.period
                ));
            }
        }
        let found = tried - missed.len();
        println!("{table}: {found} of {tried} found");
        missed.iter().for_each(|line| println!("    missed {line}"));
        if found * 100 < tried * least || tried == 0 {
            report.push(format!("{table}: {found} of {tried}, expected {least} %"));
        }
    }
    assert!(report.is_empty(), "{report:?}");
}
