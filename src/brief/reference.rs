//! Figures and their proofs find each other: entries get numbers in the order of the documents, every reference is
//! checked, and the first place that uses an entry is marked, so that the entry can link back to it.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value, json};

use super::place::Place;
use super::{Block, BriefError, Content, Proof, SourceEntry, Table};

/// The content as the template gets it. The template sees two fields more than the types have: `number` on entries and
/// formula inputs, and `first` where an entry is used for the first time.
pub(super) fn resolve(content: &Content) -> Result<Value, BriefError> {
    content.sections.iter().flat_map(|section| &section.blocks).try_for_each(check_block)?;
    let documents = unique("document", content.documents.iter().map(|document| document.id.as_str()))?;
    let order = sorted(&content.sources, &documents)?;
    let numbers = unique("source", order.iter().map(|entry| entry.id.as_str()))?;

    let mut tree = serde_json::to_value(content)?;
    tree["sources"] = serde_json::to_value(&order)?;
    let mut marker = Marker { numbers: &numbers, used: BTreeSet::new() };
    marker.tree(&mut tree, Place::Content)?;
    if let Some(Value::Array(entries)) = tree.get_mut("sources") {
        for (index, entry) in entries.iter_mut().enumerate() {
            entry["number"] = json!(index + 1);
            entry["used"] = json!(entry["id"].as_str().is_some_and(|id| marker.used.contains(id)));
        }
    }
    Ok(tree)
}

/// The ids of the entries in the order of their numbers.
pub(super) fn ids(content: &Content) -> Result<Vec<&str>, BriefError> {
    let documents = unique("document", content.documents.iter().map(|document| document.id.as_str()))?;
    Ok(sorted(&content.sources, &documents)?.into_iter().map(|entry| entry.id.as_str()).collect())
}

/// Position by id, from 1.
fn unique<'a>(what: &'static str, ids: impl Iterator<Item = &'a str>) -> Result<BTreeMap<&'a str, usize>, BriefError> {
    let mut positions = BTreeMap::new();
    for (index, id) in ids.enumerate() {
        if positions.insert(id, index + 1).is_some() {
            return Err(BriefError::Twice { what, id: id.to_owned() });
        }
    }
    Ok(positions)
}

/// By document, line and column, so that a reader can go through a document once; calculated figures last, those of a metric together,
/// else as given.
fn sorted<'a>(
    entries: &'a [SourceEntry],
    documents: &BTreeMap<&str, usize>,
) -> Result<Vec<&'a SourceEntry>, BriefError> {
    let mut keyed = Vec::with_capacity(entries.len());
    let mut metrics = BTreeMap::new();
    for (index, entry) in entries.iter().enumerate() {
        let key = match &entry.proof {
            Proof::Stated { document, line, column, .. } => {
                let position = documents.get(document.as_str());
                let missing = || BriefError::NoDocument { id: entry.id.clone(), document: document.clone() };
                (*position.ok_or_else(missing)?, *line, *column, index)
            }
            Proof::Derived { .. } => {
                (usize::MAX, *metrics.entry(entry.name.as_str()).or_insert(index as u32), 0, index)
            }
        };
        keyed.push((key, entry));
    }
    keyed.sort_by_key(|&(key, _)| key);
    Ok(keyed.into_iter().map(|(_, entry)| entry).collect())
}

fn check_block(block: &Block) -> Result<(), BriefError> {
    let Block::Table(table) = block else { return Ok(()) };
    let columns = table.columns.len();
    let header: usize = table.groups.iter().map(|group| group.span).sum();
    if !table.groups.is_empty() && header != columns {
        return Err(ragged(table, "the header".to_owned(), header));
    }
    let odd = table.rows.iter().position(|row| row.cells.len() != columns);
    odd.map_or(Ok(()), |index| Err(ragged(table, format!("row {}", index + 1), table.rows[index].cells.len())))
}

fn ragged(table: &Table, what: String, found: usize) -> BriefError {
    BriefError::Ragged { caption: table.caption.clone(), columns: table.columns.len(), what, found }
}

struct Marker<'a> {
    numbers: &'a BTreeMap<&'a str, usize>,
    used: BTreeSet<String>,
}

impl Marker<'_> {
    /// Goes through the tree in reading order, which is the order of the fields.
    fn tree(&mut self, value: &mut Value, place: Place<'_>) -> Result<(), BriefError> {
        match value {
            Value::Array(items) => {
                let mut items = items.iter_mut().enumerate();
                items.try_for_each(|(index, item)| self.tree(item, Place::Item(&place, index)))
            }
            Value::Object(fields) => {
                self.mark(fields, place)?;
                fields.iter_mut().try_for_each(|(name, field)| self.tree(field, Place::Field(&place, name)))
            }
            _ => Ok(()),
        }
    }

    fn mark(&mut self, fields: &mut Map<String, Value>, place: Place<'_>) -> Result<(), BriefError> {
        let Some(id) = fields.get("reference").and_then(Value::as_str).map(str::to_owned) else { return Ok(()) };
        let Some(&number) = self.numbers.get(id.as_str()) else {
            let text = ["text", "value"].iter().find_map(|&name| fields.get(name)?.as_str());
            return Err(BriefError::NoProof { text: text.unwrap_or_default().into(), id, place: place.to_string() });
        };
        fields.insert("number".into(), json!(number));
        fields.insert("first".into(), json!(self.used.insert(id)));
        Ok(())
    }
}
