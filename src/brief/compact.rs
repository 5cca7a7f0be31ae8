//! The sources in little room: the figures of one line of a document share the line's words, the formulas of one metric its name. A
//! figure and the number of its entry are one stretch of text, and so are an operator and its input: typst shapes each by itself.

use serde_json::{Value, json};

use super::Fonts;

/// How the number of an entry stands behind its figure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Marks {
    /// In superior figures, as that of a note.
    Superior,
    /// In brackets, where the font has no superior figures.
    Brackets,
}

/// Superior figures by the digit.
const SUPERIOR: [char; 10] = ['⁰', '¹', '²', '³', '⁴', '⁵', '⁶', '⁷', '⁸', '⁹'];

impl Marks {
    /// Those that a family can print.
    pub fn of(fonts: &Fonts, family: &str) -> Self {
        let all: String = SUPERIOR.iter().collect();
        if fonts.lacks(family, &all).is_empty() { Self::Superior } else { Self::Brackets }
    }

    /// The text of a figure with the number of its entry.
    fn behind(self, text: &str, number: &Value) -> String {
        let digits = number.to_string();
        match self {
            Self::Superior => {
                let superior = |digit: char| digit.to_digit(10).map_or(digit, |digit| SUPERIOR[digit as usize]);
                text.chars().chain(digits.chars().map(superior)).collect()
            }
            Self::Brackets => format!("{text}[{digits}]"),
        }
    }
}

/// Whether it is a superior figure, which is narrower than the others.
pub(super) fn is_superior(character: char) -> bool {
    SUPERIOR.contains(&character)
}

/// The entries as lines of documents and as formulas: `documents` with their `lines`, then `derived` by metric.
pub(super) fn of(tree: &Value, marks: Marks) -> Value {
    let entries: Vec<&Value> = tree["sources"].as_array().into_iter().flatten().collect();
    let documents: Vec<Value> = tree["documents"]
        .as_array()
        .into_iter()
        .flatten()
        .map(|document| {
            let own: Vec<&Value> =
                entries.iter().filter(|entry| entry["proof"]["document"] == document["id"]).copied().collect();
            let lines: Vec<Value> = own
                .chunk_by(|a, b| a["proof"]["line"] == b["proof"]["line"])
                .map(|entries| json!({ "line": entries[0]["proof"]["line"].to_string(), "runs": runs(entries, marks) }))
                .collect();
            json!({ "name": document["name"], "detail": document["detail"], "lines": lines })
        })
        .collect();
    let derived: Vec<&Value> = entries.iter().filter(|entry| entry["proof"]["kind"] == "derived").copied().collect();
    let derived: Vec<Value> = derived
        .chunk_by(|a, b| a["name"] == b["name"])
        // typst looks for the origin of each letter through all pieces of a paragraph: it must not be too long.
        .flat_map(|of_metric| of_metric.chunks(MOST_FORMULAS))
        .map(|entries| metric(entries, marks))
        .collect();
    json!({ "documents": documents, "derived": derived })
}

/// So many formulas stand in a paragraph at most.
const MOST_FORMULAS: usize = 12;

/// The formulas of one metric behind its name.
fn metric(entries: &[&Value], marks: Marks) -> Value {
    let name = entries[0]["name"].as_str().unwrap_or_default();
    let mut runs = vec![json!({ "text": name, "is_name": true })];
    for (index, entry) in entries.iter().enumerate() {
        let label = entry["label"].as_str().unwrap_or_default();
        let rest = label.strip_prefix(name).unwrap_or(label);
        let label = if index == 0 { rest } else { rest.trim_start_matches([',', ' ']) };
        runs.push(json!({ "text": format!("{}{label} ", if index == 0 { "" } else { " · " }) }));
        // A value and how far it may be off stay on one line.
        let value = text_of(entry).replace(" ± ", "\u{a0}±\u{a0}");
        runs.push(figure(&Value::String(value), entry, marks));
        runs.extend(formula(entry));
    }
    json!({ "runs": runs })
}

/// Each input with the operator before it.
fn formula(entry: &Value) -> Vec<Value> {
    let mut runs = Vec::new();
    let mut before = " =\u{A0}".to_owned();
    for run in entry["proof"]["formula"].as_array().into_iter().flatten() {
        if run["reference"].is_null() {
            // What stands between two inputs begins a line with its operator rather than ending one.
            before.push_str(run["text"].as_str().unwrap_or_default());
        } else {
            let operator = before.trim_end();
            let blank = if operator.len() < before.len() { "\u{A0}" } else { "" };
            let text = format!("{operator}{blank}[{}]", run["number"]);
            runs.push(json!({ "text": text, "input": run["number"], "first": run["first"] }));
            before.clear();
        }
    }
    if !before.is_empty() {
        runs.push(json!({ "text": before }));
    }
    runs
}

fn text_of(entry: &Value) -> &str {
    entry["value"].as_str().unwrap_or_default()
}

fn figure(text: &Value, entry: &Value, marks: Marks) -> Value {
    let text = marks.behind(text.as_str().unwrap_or_default(), &entry["number"]);
    json!({ "text": text, "number": entry["number"], "used": entry["used"] })
}

/// The words of a line around its figures, which stand in the order of their columns.
fn runs(entries: &[&Value], marks: Marks) -> Vec<Value> {
    let mut runs = Vec::new();
    for (index, entry) in entries.iter().enumerate() {
        let before = index.checked_sub(1).map(|at| entries[at]);
        match before.map_or_else(|| Between::Words(text(entry, "before")), |before| between(before, entry)) {
            Between::Words(words) => {
                runs.push(json!({ "text": words }));
                runs.push(figure(&entry["proof"]["printed"], entry, marks));
            }
            // Two figures that are read from the same characters.
            Between::Same => runs.push(figure(&json!("\u{A0}"), entry, marks)),
        }
    }
    runs.extend(entries.last().map(|entry| json!({ "text": text(entry, "after") })));
    runs
}

enum Between {
    Words(String),
    Same,
}

/// What stands between two figures of a line; what neither keeps is left out.
fn between(first: &Value, second: &Value) -> Between {
    let end = column(first) + text(first, "printed").chars().count();
    let Some(gap) = column(second).checked_sub(end) else { return Between::Same };
    let before = text(second, "before");
    let words: Vec<char> = before.strip_prefix('…').unwrap_or(&before).chars().collect();
    match words.len().checked_sub(gap) {
        Some(from) => Between::Words(words[from..].iter().collect()),
        None => Between::Words(format!(" {before}")),
    }
}

fn column(entry: &Value) -> usize {
    entry["proof"]["column"].as_u64().and_then(|column| usize::try_from(column).ok()).unwrap_or_default()
}

fn text(entry: &Value, field: &str) -> String {
    entry["proof"][field].as_str().unwrap_or_default().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The line `Revenue 41.0 36.2 up 13.2% on recurring revenue of the year 30.1`, cut as proofs cut it.
    fn entry(number: usize, column: usize, before: &str, printed: &str, after: &str) -> Value {
        let proof = json!({ "kind": "stated", "document": "deck", "line": 7, "column": column, "before": before, "printed": printed, "after": after });
        json!({ "number": number, "used": true, "proof": proof })
    }

    fn told(runs: &[Value]) -> String {
        runs.iter().filter_map(|run| run["text"].as_str()).collect()
    }

    #[test]
    fn formulas_of_one_metric_share_its_name() {
        let entry = |number: usize, label: &str, value: &str, formula: Value| {
            let proof = json!({ "kind": "derived", "formula": formula });
            json!({ "number": number, "used": true, "name": "Margin", "label": label, "value": value, "proof": proof })
        };
        let input = |number: usize| json!({ "text": "JPY5.8 bn", "reference": "a", "number": number, "first": false });
        let text = |text: &str| json!({ "text": text, "reference": null });
        let entries = [
            entry(31, "Margin, 1Q17", "2.3%", json!([input(7), text(" ÷ "), input(28)])),
            entry(32, "Margin, 2Q17", "2.4%", json!([text("("), input(8), text(" − "), input(7), text(") ÷ 2")])),
        ];
        let of_metric = metric(&entries.iter().collect::<Vec<_>>(), Marks::Superior);
        let said = told(of_metric["runs"].as_array().expect("runs")).replace('\u{A0}', "~");
        assert_eq!(said, "Margin, 1Q17 2.3%³¹ =~[7] ÷~[28] · 2Q17 2.4%³² =~([8] −~[7]) ÷ 2");
    }

    #[test]
    fn figures_of_one_line_share_its_words() {
        let entries = [
            entry(1, 9, "Revenue ", "41.0", " 36.2 up 13.2…"),
            entry(2, 14, "Revenue 41.0 ", "36.2", " up 13.2% on…"),
            entry(3, 14, "Revenue 41.0 ", "36.2", " up 13.2% on…"),
            entry(4, 61, "…of the year ", "30.1", ""),
        ];
        let entries: Vec<&Value> = entries.iter().collect();
        assert_eq!(told(&runs(&entries, Marks::Brackets)), "Revenue 41.0[1] 36.2[2]\u{A0}[3] …of the year 30.1[4]");
        assert_eq!(told(&runs(&entries, Marks::Superior)), "Revenue 41.0¹ 36.2²\u{A0}³ …of the year 30.1⁴");
    }
}
