//! The lineage of one figure: rule, inputs, and each place in the documents with the lines around it.

use std::collections::BTreeMap;

use serde::Serialize;

use super::made::Made;
use crate::compose::AS_STATED;
use crate::history::TraceRecord;
use crate::narrative;

/// Lines shown on each side of a printed figure.
const AROUND: usize = 2;

/// A figure and how it came to be.
#[derive(Serialize)]
pub struct Lineage {
    label: String,
    value: String,
    trace: TraceRecord,
    /// Of each document the path, and the lines around the figures read from it, by number.
    documents: BTreeMap<String, Cited>,
}

#[derive(Default, Serialize)]
struct Cited {
    path: String,
    lines: BTreeMap<usize, String>,
}

/// The lineage of the figure of that key.
pub fn of(made: &Made, key: &str) -> Option<Lineage> {
    let entry = made.draft.content.sources.iter().find(|entry| entry.id == key);
    let of_figure = key.strip_suffix(AS_STATED).unwrap_or(key);
    let figure = made.draft.figures.iter().find(|figure| narrative::key(figure) == of_figure)?;
    let documents = &made.read.library.documents;
    let trace = TraceRecord::of(&made.read.history.trace_of(figure), documents);
    let mut cited = BTreeMap::new();
    cite(&trace, made, &mut cited);
    let (label, value) = match entry {
        Some(entry) => (entry.label.clone(), entry.value.clone()),
        None => (figure.id.to_string(), format!("{} {}", trace.figure.value, trace.figure.unit)),
    };
    Some(Lineage { label, value, trace, documents: cited })
}

fn cite(trace: &TraceRecord, made: &Made, cited: &mut BTreeMap<String, Cited>) {
    for source in trace.sources.iter().chain(&trace.otherwise) {
        let name = source.source.document.to_string();
        let Some(document) = made.read.library.documents.iter().find(|document| *document.name == *name) else {
            continue;
        };
        let entry = cited.entry(name).or_default();
        entry.path.clone_from(&document.path);
        let first = source.source.line.saturating_sub(AROUND).max(1);
        for number in first..=source.source.line + AROUND {
            if let Some(text) = document.lines.get(number - 1) {
                entry.lines.insert(number, text.clone());
            }
        }
    }
    trace.inputs.iter().for_each(|input| cite(input, made, cited));
}
