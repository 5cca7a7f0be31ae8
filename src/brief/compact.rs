//! The sources in little room: the figures of one line of a document share the line's words, each with its number behind it.

use serde_json::{Value, json};

/// The entries as lines of documents and as formulas: `documents` with their `lines`, then `derived`.
pub(super) fn of(tree: &Value) -> Value {
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
                .map(|entries| json!({ "line": entries[0]["proof"]["line"], "runs": runs(entries) }))
                .collect();
            json!({ "name": document["name"], "detail": document["detail"], "lines": lines })
        })
        .collect();
    let derived: Vec<&Value> = entries.iter().filter(|entry| entry["proof"]["kind"] == "derived").copied().collect();
    json!({ "documents": documents, "derived": derived })
}

/// The words of a line around its figures, which stand in the order of their columns.
fn runs(entries: &[&Value]) -> Vec<Value> {
    let mut runs = Vec::new();
    for (index, entry) in entries.iter().enumerate() {
        let before = index.checked_sub(1).map(|at| entries[at]);
        match before.map_or_else(|| Between::Words(text(entry, "before")), |before| between(before, entry)) {
            Between::Words(words) => {
                runs.push(json!({ "text": words }));
                runs.push(json!({ "text": text(entry, "printed"), "number": entry["number"], "used": entry["used"] }));
            }
            // Two figures that are read from the same characters.
            Between::Same => runs.push(json!({ "text": "", "number": entry["number"], "used": entry["used"] })),
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

    #[test]
    fn figures_of_one_line_share_its_words() {
        let entries = [
            entry(1, 9, "Revenue ", "41.0", " 36.2 up 13.2…"),
            entry(2, 14, "Revenue 41.0 ", "36.2", " up 13.2% on…"),
            entry(3, 14, "Revenue 41.0 ", "36.2", " up 13.2% on…"),
            entry(4, 61, "…of the year ", "30.1", ""),
        ];
        let told: String = runs(&entries.iter().collect::<Vec<_>>())
            .iter()
            .map(|run| match &run["number"] {
                Value::Null => run["text"].as_str().unwrap_or_default().to_owned(),
                number => format!("{}[{number}]", run["text"].as_str().unwrap_or_default()),
            })
            .collect();
        assert_eq!(told, "Revenue 41.0[1] 36.2[2][3] …of the year 30.1[4]");
    }
}
