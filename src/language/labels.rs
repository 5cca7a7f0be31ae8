//! The words that a page template itself prints.

use serde::{Deserialize, Serialize};

/// The words that the page template itself prints, so that a brief speaks one language.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Labels {
    /// `as of {date}`; the braces are filled in.
    pub as_of: String,
    /// `page {page} of {pages}`; the braces are filled in.
    pub page: String,
    /// Heading of the sources section.
    pub sources: String,
    /// What the sources section is good for, one sentence.
    pub sources_lead: String,
    /// The same where the sources are set as lines.
    pub sources_lines_lead: String,
    /// Heads of the sources table: number, figure, value, place, as printed.
    pub source_columns: [String; 5],
    /// What screen readers say for a link to an entry: `source {number}`.
    pub link_to_source: String,
    /// What they say for a link back: `first use of source {number}`.
    pub link_to_figure: String,
    /// Group of the calculated figures.
    pub derived_group: String,
    /// The mark behind a calculated figure: `†`.
    pub derived_mark: String,
    /// What stands before a rise in a tile: `▲`.
    pub up: String,
    /// What stands before a fall: `▼`.
    pub down: String,
    /// What the mark means.
    pub derived_legend: String,
    /// Heading of the notes.
    pub notes: String,
    /// Heading of the disclaimer.
    pub disclaimer: String,
}
