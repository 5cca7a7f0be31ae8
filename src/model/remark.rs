//! The remark: a sentence or bullet in which a document explains a figure, names a special effect or looks ahead. Its words are
//! the document's own; only marks of lists and doubled blanks are gone.

use std::sync::Arc;

use serde::Serialize;

use super::{Metric, Period};

/// What a remark is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum RemarkKind {
    /// An effect of accounting rules or a single event on the result.
    Special,
    /// Why a figure moved.
    Cause,
    /// Shares issued or bought back.
    Capital,
    /// What the company expects or aims at.
    Outlook,
}

/// One statement of a document, with its place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Remark {
    /// File name of the document.
    pub document: Arc<str>,
    /// Line, from 1.
    pub line: usize,
    /// Column of its first word in characters, from 1.
    pub column: usize,
    /// The words.
    pub text: String,
    /// What sort of statement.
    pub kind: RemarkKind,
    /// The metric that it speaks of, where a figure in it or above it tells.
    pub topic: Option<Metric>,
    /// The span it speaks of: that of its figure, else that of the document.
    pub period: Option<Period>,
    /// Whether the statement itself prints a figure of its topic.
    pub states: bool,
}
