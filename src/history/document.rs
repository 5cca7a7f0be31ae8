//! The documents behind a history, and what was known on a day.

use std::sync::Arc;

use chrono::NaiveDate;
use serde::Serialize;

use crate::model::Reading;

/// One document of the history.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct DocumentInfo {
    /// File name.
    pub name: Arc<str>,
    /// Its own title line.
    pub title: String,
    /// The day it was published.
    pub date: Option<NaiveDate>,
    /// The number of its facts.
    pub facts: usize,
}

/// The readings published by the end of a day; a document without a date counts as always known.
pub fn as_of(readings: &[Reading], day: NaiveDate) -> Vec<Reading> {
    readings.iter().filter(|reading| reading.date.is_none_or(|date| date <= day)).cloned().collect()
}

/// The documents by date, then by name; those without a date first.
pub(super) fn documents(readings: &[Reading]) -> Vec<DocumentInfo> {
    let mut documents: Vec<DocumentInfo> = readings.iter().map(DocumentInfo::of).collect();
    documents.sort_by(|a, b| (a.date, &a.name).cmp(&(b.date, &b.name)));
    documents
}

impl DocumentInfo {
    fn of(reading: &Reading) -> Self {
        Self {
            name: reading.document.clone(),
            title: reading.title.clone(),
            date: reading.date,
            facts: reading.facts.len(),
        }
    }
}
