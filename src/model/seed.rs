//! Seeds and readings: a company with its documents, and what was read from one document.

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::NaiveDate;

use super::{Company, Fact, Remark};

/// A company and its documents, as loaded.
#[derive(Clone, Debug)]
pub struct Seed {
    /// The profile.
    pub company: Arc<Company>,
    /// The documents, by file name.
    pub documents: Vec<Document>,
}

/// One document: its text is never edited.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Document {
    /// File name.
    pub name: Arc<str>,
    /// Path as the user would write it, for messages.
    pub path: String,
    /// The lines, without line ends.
    pub lines: Vec<String>,
}

/// What one document states.
#[derive(Clone, Debug)]
pub struct Reading {
    /// File name of the document.
    pub document: Arc<str>,
    /// The document's own title line.
    pub title: String,
    /// The day it was published, read from it.
    pub date: Option<NaiveDate>,
    /// By fiscal year, the day on which it says that the targets it gives were announced.
    pub issued: BTreeMap<i32, NaiveDate>,
    /// Its facts, in the order of their places.
    pub facts: Vec<Fact>,
    /// What it says about its figures in words, in the order of their places.
    pub remarks: Vec<Remark>,
    /// Numbers that look like business figures and did not become facts.
    pub unread: Vec<Unread>,
}

/// A number that looks like a business figure and was left out.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Unread {
    /// Line, from 1.
    pub line: usize,
    /// Column in characters, from 1.
    pub column: usize,
    /// The characters as they stand.
    pub printed: String,
    /// Why it was left.
    pub reason: String,
}
