//! Snippets of documents and the facts that they state, one a line.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::super::cases::iij;
use super::super::{Outline, Page, Text};
use crate::model::Document;
use crate::vocabulary::Vocabulary;

/// The facts of a snippet: metric or `-`, period, basis where it is not actual, measure, value, unit, `~` where approximate.
fn facts(snippet: &str) -> Vec<String> {
    let company = iij();
    let vocabulary = Vocabulary::of(&company);
    let document = Document {
        name: Arc::from("snippet.txt"),
        path: String::new(),
        lines: format!("Results for 1Q FY2017\n\nAugust 8, 2017\n\n{snippet}").split('\n').map(str::to_owned).collect(),
    };
    let text = Text::of(&document, &company.fiscal_year);
    let outline = Outline::of(&text, &company, &vocabulary);
    let page = Page { company: &company, vocabulary: &vocabulary, document: &document, text: &text, outline: &outline };
    super::read(&page, &BTreeSet::new())
        .into_iter()
        .map(|fact| {
            let metric = fact.metric.map_or_else(|| format!("- [{}]", fact.label), |metric| metric.to_string());
            let basis = if fact.basis.name() == "actual" { String::new() } else { format!(" {}", fact.basis.name()) };
            let approx = if fact.approx { " ~" } else { "" };
            let (period, measure) = (fact.period, fact.measure.name());
            format!("{metric} {period}{basis} {measure} {} {}{approx}", fact.value, fact.unit)
        })
        .collect()
}

fn check(snippet: &str, expected: &[&str]) {
    assert_eq!(facts(snippet), expected, "{snippet}");
}

#[test]
fn debug() {
    let text = std::env::var("SNIPPET").unwrap_or_default();
    for fact in facts(&text) {
        println!("{fact}");
    }
}
