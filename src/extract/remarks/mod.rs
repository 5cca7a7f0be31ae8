//! Remarks: the sentences and bullets in which a document explains its figures. A remark is taken whole or not at all; which of
//! them a brief quotes is the narrative's business.

mod cue;
mod sentence;

use self::sentence::{Sentence, sentences};
use super::Page;
use super::label::{part_of, resolve};
use super::prose;
use crate::model::{Basis, Fact, Metric, Period, Remark};
use crate::vocabulary::normalize;

/// Facts that stand farther above a bullet than this many lines are not what it explains.
const REACH: usize = 12;
/// A sentence names its subject in its first words.
const SUBJECT: usize = 6;

/// The remarks of a document, in the order of their places.
pub(super) fn read(page: &Page<'_>, facts: &[Fact]) -> Vec<Remark> {
    let mut remarks = Vec::new();
    for lines in prose::passages(page) {
        for sentence in sentences(page, &lines) {
            if cue::opens_boilerplate(&sentence.text) {
                break;
            }
            remarks.extend(remark(page, facts, sentence));
        }
    }
    remarks
}

fn remark(page: &Page<'_>, facts: &[Fact], sentence: Sentence) -> Option<Remark> {
    let kind = cue::kind_of(&sentence.text)?;
    let fact = facts.iter().find(|fact| stands_in(fact, &sentence));
    let above = above(page, facts, sentence.line);
    let topic = fact.and_then(|fact| fact.metric.clone()).or_else(|| named(page, &sentence, above));
    let scope = &page.outline.scopes[sentence.line];
    let is_span = |period: &Period| period.fiscal_year().is_some();
    let period = fact.or(above).map(|fact| fact.period).filter(is_span).or(scope.period).or(page.outline.period);
    let Sentence { line, column, text, .. } = sentence;
    Some(Remark { document: page.document.name.clone(), line: line + 1, column: column + 1, text, kind, topic, period })
}

/// A fact that the sentence itself states.
fn stands_in(fact: &Fact, sentence: &Sentence) -> bool {
    let place = (fact.source.line - 1, fact.source.column - 1);
    fact.metric.is_some() && ((sentence.line, sentence.column)..=sentence.end).contains(&place)
}

/// The last fact above a line, near it and in its section.
fn above<'a>(page: &Page<'_>, facts: &'a [Fact], line: usize) -> Option<&'a Fact> {
    let section = |line: usize| page.outline.scopes[line].section;
    let near = |fact: &&Fact| {
        let at = fact.source.line - 1;
        at < line && line - at <= REACH && section(at) == section(line)
    };
    let first_of_its_line = |fact: &Fact| fact.source.line;
    let last = facts.iter().filter(near).filter(|fact| fact.metric.is_some()).map(first_of_its_line).max()?;
    facts.iter().find(|fact| fact.source.line == last && fact.metric.is_some() && fact.basis == Basis::Actual)
}

/// The metric that the first words name: the segment's where the bullet stands below a figure of that segment.
fn named(page: &Page<'_>, sentence: &Sentence, above: Option<&Fact>) -> Option<Metric> {
    let scope = &page.outline.scopes[sentence.line];
    let key = normalize(&page.vocabulary.respell(&sentence.text));
    let words: Vec<&str> = key.split(' ').collect();
    let longest = page.vocabulary.longest_label();
    let label = (0..SUBJECT.min(words.len())).find_map(|from| {
        let lengths = (1..=longest.min(words.len() - from)).rev();
        lengths.map(|length| &words[from..from + length]).find(|run| page.vocabulary.term_of_words(run).is_some())
    });
    let found = label.and_then(|label| resolve(&label.join(" "), &scope.context, page.vocabulary).metric);
    let parent = above.and_then(|fact| fact.metric.clone());
    match (found, parent) {
        (Some(found), Some(parent)) if found.path().is_none() && parent.root() == found.root() => Some(parent),
        (Some(found), _) => Some(found),
        (None, Some(parent)) => Some(parent),
        (None, None) => {
            let line = scope.context.line.clone()?;
            match &scope.context.segment {
                Some(segment) => part_of(&line, segment),
                None => Some(line),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::cases::{document, iij};
    use super::super::extract;
    use crate::vocabulary::Vocabulary;

    fn check(name: &str, expected: &[(usize, &str, &str)]) {
        let company = iij();
        let reading = extract(&document("seeds/iij", name), &company, &Vocabulary::of(&company)).value;
        for (line, topic, start) in expected {
            let found = reading.remarks.iter().find(|remark| remark.line == *line && remark.text.starts_with(start));
            let found = found.unwrap_or_else(|| panic!("{name}:{line} `{start}` is no remark"));
            assert!(
                *topic == "-" || found.topic.as_ref().is_some_and(|found| found.as_str() == *topic),
                "{name}:{line} {:?}",
                found.topic
            );
        }
    }

    #[test]
    fn statements_are_read_whole_with_what_they_explain() {
        check(
            "2013-08-06-1q13-results-deck",
            &[
                (
                    178,
                    "revenue.systems_integration.systems_operation_and_maintenance",
                    "Systems operation and maintenance",
                ),
                (425, "-", "FY2013 financial target remain unchanged"),
            ],
        );
        check(
            "2016-11-08-1h16-results-deck",
            &[(60, "operating_income", "Operating income decreased because SI gross margin deteriorated")],
        );
        check("2017-08-08-1q17-results-deck", &[(29, "operating_income", "Operating income increased 34.4% YoY with")]);
        check(
            "2019-02-06-3q18-press-release",
            &[
                (13, "revenue.network_services.internet_connectivity_enterprise", "Revenues for Internet connectivity"),
                (33, "-", "Due to seasonal factors, our financial results tend to be large in fourth quarter"),
            ],
        );
    }

    #[test]
    fn remarks_stand_in_their_document_word_for_word() {
        let company = iij();
        for name in ["2016-11-08-1h16-results-deck", "2017-08-08-1q17-results-deck", "2019-02-06-3q18-press-release"] {
            let document = document("seeds/iij", name);
            let reading = extract(&document, &company, &Vocabulary::of(&company)).value;
            assert!(reading.remarks.len() > 5, "{name}");
            let plain = |text: &str| text.chars().filter(|c| c.is_alphanumeric()).collect::<String>();
            for remark in &reading.remarks {
                let lines = &document.lines[remark.line - 1..(remark.line + 3).min(document.lines.len())];
                assert!(
                    plain(&lines.concat()).contains(&plain(&remark.text)),
                    "{name}:{} {}",
                    remark.line,
                    remark.text
                );
            }
        }
    }
}
