//! The documents behind a history, and what was known on a day.

use std::sync::Arc;

use chrono::NaiveDate;
use serde::Serialize;

use crate::model::{Reading, Remark};

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

/// The readings published by the end of a day. A document without a date cannot be shown to have been, and is left out.
pub fn as_of(readings: &[Reading], day: NaiveDate) -> Vec<Reading> {
    readings.iter().filter(|reading| reading.date.is_some_and(|date| date <= day)).cloned().collect()
}

/// The documents by date, then by name; those without a date first.
pub(super) fn documents(readings: &[Reading]) -> Vec<DocumentInfo> {
    let mut documents: Vec<DocumentInfo> = readings.iter().map(DocumentInfo::of).collect();
    documents.sort_by(|a, b| (a.date, &a.name).cmp(&(b.date, &b.name)));
    documents
}

/// The remarks of all documents, in their order.
pub(super) fn remarks(documents: &[DocumentInfo], readings: &[Reading]) -> Vec<Remark> {
    let of = |document: &DocumentInfo| readings.iter().find(|reading| reading.document == document.name);
    documents.iter().filter_map(of).flat_map(|reading| reading.remarks.clone()).collect()
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

#[cfg(test)]
mod tests {
    use super::super::cases::reading;
    use super::*;

    fn check(day: &str, expected: &[&str]) {
        let mut undated = reading("2010-01-01", "");
        undated.date = None;
        let readings = [reading("2017-08-08", ""), undated, reading("2012-05-15", "")];
        let known = as_of(&readings, day.parse().expect("a day"));
        let names: Vec<String> = documents(&known).iter().map(|document| document.name.to_string()).collect();
        assert_eq!(names, expected, "{day}");
    }

    #[test]
    fn a_day_knows_what_was_published_by_its_end() {
        check("2012-05-14", &[]);
        check("2012-05-15", &["2012-05-15"]);
        check("2020-01-01", &["2012-05-15", "2017-08-08"]);
    }
}
