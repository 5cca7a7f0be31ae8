//! The proof of a figure: the line it was read from, or the formula that made it.

use serde::{Deserialize, Serialize};

use super::Run;

/// One entry of the sources section.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct SourceEntry {
    /// What runs, cells and tiles refer to; unique in the brief, never printed.
    pub id: String,
    /// The metric's name, with which the label begins: `Operating income`.
    #[serde(default)]
    pub name: String,
    /// The figure's name: `Operating income, 1Q17`.
    pub label: String,
    /// The figure with its unit: `JPY 1.1 bn`.
    pub value: String,
    /// Why it is right.
    pub proof: Proof,
}

/// Why a figure is right.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Proof {
    /// A document prints it.
    Stated {
        /// The id of the [`DocumentEntry`].
        document: String,
        /// The line, from 1.
        line: u32,
        /// The column, from 1.
        column: u32,
        /// The line's text before the figure, cut to a readable length.
        before: String,
        /// The characters of the figure.
        printed: String,
        /// The line's text behind it, cut likewise.
        after: String,
    },
    /// A rule calculated it.
    Derived {
        /// The formula; a run with a reference is an input and links to its entry.
        formula: Vec<Run>,
    },
}

/// A document that figures were read from.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct DocumentEntry {
    /// What proofs refer to; unique in the brief, never printed.
    pub id: String,
    /// Its name: `1Q17 results deck`.
    pub name: String,
    /// Date, file name and what else identifies it, ready to print.
    pub detail: String,
}
