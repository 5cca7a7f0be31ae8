//! Widths of texts in tables, worked out before typst sees them: typst lays out a row of fixed height once, and a row that
//! it has to size itself twice. The template fixes the height of a row only where all texts surely fit on one line.

use serde_json::{Value, json};

use super::Fonts;
use super::compact::is_superior;

/// Adds `reach`, a width in em that the text will not exceed, to the cells and heads of tables, to tiles and to sources; and `tall`
/// where letters stand higher than Latin capitals, as kanji do.
pub(super) fn measure(content: &mut Value, fonts: &Fonts) {
    for entry in items(content, "sources") {
        let proof = &entry["proof"];
        let printed = ["before", "printed", "after"].map(|part| reach(&proof[part], fonts)).iter().sum();
        let formula = proof["formula"].as_array().into_iter().flatten();
        // An input prints the number of its entry behind it, ` [123]`.
        let formula: f64 = formula.map(|run| reach(&run["text"], fonts) + 3.5).sum();
        let parts = ["before", "printed", "after"].map(|part| tall(&proof[part]));
        let high = parts.contains(&true) || tall(&entry["label"]) || tall(&entry["value"]);
        entry["reach"] =
            json!([reach(&entry["label"], fonts), reach(&entry["value"], fonts), f64::max(printed, formula)]);
        entry["tall"] = json!(high);
    }
    if let Some(lines) = content.get_mut("source_lines") {
        measure_lines(lines, fonts);
    }
    content["headline_words"] = words(&content["headline"], fonts);
    for tile in items(content, "tiles") {
        tile["reach"] = json!(reach(&tile["value"], fonts));
    }
    for section in items(content, "sections") {
        section["reach"] = json!(widest_word(&section["heading"], fonts));
        for block in items(section, "blocks") {
            for column in items(block, "columns") {
                column["reach"] = json!(widest_word(&column["head"], fonts));
            }
            for row in items(block, "rows") {
                for cell in items(row, "cells") {
                    cell["tall"] = json!(tall(&cell["text"]));
                    cell["reach"] = json!(reach(&cell["text"], fonts));
                }
            }
        }
    }
}

/// The lines of documents and the formulas of a metric, each with the numbers that stand in it.
fn measure_lines(lines: &mut Value, fonts: &Fonts) {
    for document in items(lines, "documents") {
        document["reach"] = json!([reach(&document["name"], fonts), reach(&document["detail"], fonts)]);
        for line in items(document, "lines") {
            line["reach"] = json!(fonts.reach(&format!("{} ", plain(&line["line"]))) + runs(line, fonts));
        }
    }
    for metric in items(lines, "derived") {
        metric["reach"] = json!(runs(metric, fonts));
    }
}

/// The widths of runs, in which numbers of entries stand in superior figures and blanks keep words together.
fn runs(of: &Value, fonts: &Fonts) -> f64 {
    let texts = of["runs"].as_array().into_iter().flatten().map(|run| plain(&run["text"]));
    texts
        .map(|text| {
            let superior = text.chars().filter(|character| is_superior(*character)).count();
            let others: String =
                text.chars().filter(|c| !is_superior(*c)).map(|c| if c == '\u{A0}' { ' ' } else { c }).collect();
            fonts.reach(&others) + apart(&others) + SUPERIOR * superior as f64
        })
        .sum()
}

/// A superior figure, in em.
const SUPERIOR: f64 = 0.4;

/// The mark behind a calculated figure.
const MARK: f64 = 0.4;

/// The pieces of a text that stay whole when it is broken into lines: width, and the width of the blank before it. Kanji may be parted
/// anywhere.
fn words(runs: &Value, fonts: &Fonts) -> Value {
    let mut words: Vec<(f64, f64)> = Vec::new();
    let mut open = false;
    let mut blank = 0.0;
    for run in runs.as_array().into_iter().flatten() {
        for character in plain(&run["text"]).chars() {
            let width = fonts.reach(character.encode_utf8(&mut [0; 4]));
            match words.last_mut() {
                _ if character == ' ' => (open, blank) = (false, width),
                Some((word, _)) if open && !is_tall(character) => *word += width,
                _ => {
                    words.push((width, std::mem::take(&mut blank)));
                    open = !is_tall(character);
                }
            }
        }
        if run["derived"] == true
            && let Some((word, _)) = words.last_mut()
        {
            *word += MARK;
        }
    }
    json!(words)
}

fn plain(text: &Value) -> &str {
    text.as_str().unwrap_or_default()
}

fn items<'a>(value: &'a mut Value, name: &str) -> impl Iterator<Item = &'a mut Value> {
    value.get_mut(name).and_then(Value::as_array_mut).into_iter().flatten()
}

/// typst sets kanji and letters a quarter of an em apart.
const APART: f64 = 0.25;

fn reach(text: &Value, fonts: &Fonts) -> f64 {
    fonts.reach(plain(text)) + apart(plain(text))
}

fn apart(text: &str) -> f64 {
    let kinds = text.chars().zip(text.chars().skip(1));
    let parted = kinds.filter(|(a, b)| is_tall(*a) != is_tall(*b) && !a.is_whitespace() && !b.is_whitespace());
    APART * parted.count() as f64
}

fn widest_word(text: &Value, fonts: &Fonts) -> f64 {
    text.as_str().unwrap_or_default().split(' ').map(|word| fonts.reach(word)).fold(0.0, f64::max)
}

fn tall(text: &Value) -> bool {
    text.as_str().is_some_and(|text| text.chars().any(is_tall))
}

fn is_tall(character: char) -> bool {
    character >= '\u{2E80}'
}
