//! Remarks: the sentences and bullets in which a document explains its figures. A remark is taken whole or not at all; which of
//! them a brief quotes is the narrative's business.

mod capital;
mod cue;
mod sentence;
mod topic;

use self::sentence::{Sentence, sentences};
use super::Page;
use super::prose;
use crate::model::{Fact, Period, Remark};

/// The remarks of a document, in the order of their places.
pub(super) fn read(page: &Page<'_>, facts: &[Fact]) -> Vec<Remark> {
    let mut remarks = capital::read(page);
    let words = page.vocabulary.statements();
    for lines in prose::passages(page) {
        for sentence in sentences(page, &lines) {
            if cue::opens_boilerplate(words, &sentence.text) {
                break;
            }
            remarks.extend(remark(page, facts, sentence));
        }
    }
    remarks.sort_by_key(|remark| (remark.line, remark.column));
    remarks
}

fn remark(page: &Page<'_>, facts: &[Fact], sentence: Sentence) -> Option<Remark> {
    // Words in the cells of a table are lists and labels; they explain nothing by themselves.
    if page.text.lines[sentence.line].contains(&'\t') {
        return None;
    }
    let kind = cue::kind_of(page.vocabulary.statements(), &sentence.text)?;
    let own = facts.iter().find(|fact| fact.metric.is_some() && stands_in(fact, &sentence));
    let near = topic::before(page, facts, &sentence);
    let topic = match own {
        Some(fact) => fact.metric.clone(),
        None => topic::of(page, &sentence, near),
    };
    // `Increased due to investments`: without what increased, it says nothing.
    if topic.is_none() && cue::lacks_its_subject(page.vocabulary.statements(), &sentence.text) {
        return None;
    }
    let is_span = |period: &Period| period.fiscal_year().is_some();
    let inside = facts.iter().find(|fact| stands_in(fact, &sentence)).map(|fact| fact.period);
    let scope = &page.outline.scopes[sentence.line];
    let period = inside.filter(is_span).or(topic::span_around(page, facts, &sentence)).or(near.map(|fact| fact.period));
    let period = period.filter(is_span).or(scope.period).or(page.outline.period);
    let states = own.is_some();
    let Sentence { line, column, text, .. } = sentence;
    let document = page.document.name.clone();
    Some(Remark { document, line: line + 1, column: column + 1, text, kind, topic, period, states })
}

/// A fact that the sentence itself states.
fn stands_in(fact: &Fact, sentence: &Sentence) -> bool {
    let place = (fact.source.line - 1, fact.source.column - 1);
    ((sentence.line, sentence.column)..=sentence.end).contains(&place)
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
                (196, "gross_profit.systems_integration", "SI gross margin decreases along with"),
                (194, "cost_of_revenue.systems_integration", "Outsourcing costs and personnel related costs increased"),
            ],
        );
        check(
            "2012-05-15-fy11-investor-deck",
            &[(442, "revenue", "Broadband IP services, Cloud computing services, security related services")],
        );
        check(
            "2016-11-08-1h16-results-deck",
            &[
                (60, "operating_income", "Operating income decreased because SI gross margin deteriorated"),
                (74, "-", "Share Buyback: Up to JPY1.5 billion, 950 thousand shares; Nov. 7, 2016 to Jan. 31, 2017"),
            ],
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
    fn a_statement_of_a_paragraph_keeps_to_the_span_of_its_figures() {
        let company = iij();
        let document = document("seeds/iij", "2019-02-06-3q18-press-release");
        let reading = extract(&document, &company, &Vocabulary::of(&company)).value;
        for start in
            ["Operating income growth was achieved", "Following the accounting method revision", "Revenues for WAN"]
        {
            let remark = reading.remarks.iter().find(|remark| remark.text.starts_with(start)).expect("a remark");
            assert_eq!(remark.period.map(|period| period.to_string()).as_deref(), Some("9M18"), "{start}");
        }
    }

    #[test]
    fn a_statement_without_its_subject_is_none() {
        let company = iij();
        let document = document("seeds/iij", "2012-05-15-fy11-investor-deck");
        let reading = extract(&document, &company, &Vocabulary::of(&company)).value;
        assert!(!reading.remarks.iter().any(|remark| remark.text == "Increased due to investments for IIJ GIO"));
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
