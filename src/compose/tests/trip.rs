//! From the data that travel in the file back to its pages: what they say is printed is there.

use serde_json::Value;

use super::*;

/// A text without blanks: where lines and pages break is no matter.
fn dense(text: &str) -> String {
    text.split_whitespace().collect()
}

/// What `brief.json` says is printed and the pages do not show: figures of sentences and, in a brief with sources, the characters of each
/// stated figure in their document and the value of each calculated one.
pub fn lost(content: &Content, pages: &[String]) -> Vec<String> {
    let attached = content.attachment.as_ref().map(|file| file.bytes.as_slice()).unwrap_or_default();
    let data: Value = serde_json::from_slice(attached).expect("the attachment is JSON");
    let shown: String = pages.iter().map(|page| body(content, page)).collect();
    let mut printed = Vec::new();
    let narrative = &data["narrative"];
    let heads = [&narrative["title"], &narrative["standfirst"]];
    for sentence in heads.into_iter().chain(items(&narrative["notes"])) {
        figures_of(sentence, &mut printed);
    }
    let sections: Vec<&str> = content.sections.iter().map(|section| section.heading.as_str()).collect();
    for paragraph in items(&narrative["paragraphs"]) {
        // A short brief leaves sections out.
        if paragraph["heading"].as_str().is_some_and(|heading| sections.contains(&heading)) {
            items(&paragraph["sentences"]).for_each(|sentence| figures_of(sentence, &mut printed));
        }
    }
    printed.extend(content.sources.iter().map(|entry| match &entry.proof {
        Proof::Stated { printed, .. } => printed.clone(),
        Proof::Derived { .. } => entry.value.clone(),
    }));
    printed.retain(|text| !shown.contains(&dense(text)));
    printed
}

/// What a page says of its own, without the running head and foot: a figure may begin on one page and end on the next.
fn body(content: &Content, page: &str) -> String {
    let head = [&content.company_short, "·", &content.period_short, &content.kind, "·", &content.period].concat();
    let dated = content.labels.as_of.replace("{date}", &content.date_text);
    let foot = [&content.company, "·", &content.kind, "·", &dated].concat();
    let (page, foot) = (dense(page), dense(&foot));
    let (above, _) = page.rsplit_once(&foot).expect("every page has its foot");
    above.strip_prefix(&dense(&head)).unwrap_or(above).to_owned()
}

fn items(list: &Value) -> impl Iterator<Item = &Value> {
    list.as_array().into_iter().flatten()
}

/// The figures of a sentence with the mark that stands behind them.
fn figures_of(sentence: &Value, printed: &mut Vec<String>) {
    for run in items(&sentence["runs"]).filter(|run| run["kind"] == "figure") {
        let mark = if run["derived"] == true { "†" } else { "" };
        printed.push(format!("{}{mark}", run["text"].as_str().unwrap_or_default()));
    }
}

#[test]
fn a_figure_that_is_not_printed_is_found() {
    let mut printed = Vec::new();
    let run = |text: &str, derived: bool| serde_json::json!({ "kind": "figure", "text": text, "derived": derived });
    figures_of(&serde_json::json!({ "runs": [run("JPY1.4 billion", true), run("5.5%", false)] }), &mut printed);
    assert_eq!(printed, ["JPY1.4 billion†", "5.5%"]);
    assert_eq!(dense("JPY1.4\u{a0}billion †"), "JPY1.4billion†");
}
