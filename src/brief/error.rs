//! Why a brief could not be set, with the place and the way out.

use std::fmt;

use thiserror::Error;

/// Why a brief could not be set.
#[derive(Debug, Error)]
pub enum BriefError {
    /// A figure on the page has no proof.
    #[error("figure `{text}` refers to source `{id}`, which is not listed\n  --> {place}")]
    NoProof {
        /// The figure's characters.
        text: String,
        /// The missing entry.
        id: String,
        /// Where in the content.
        place: String,
    },
    /// Two entries share an id.
    #[error("{what} `{id}` is listed twice")]
    Twice {
        /// `source` or `document`.
        what: &'static str,
        /// The id.
        id: String,
    },
    /// A source names a document that is not listed.
    #[error("source `{id}` names document `{document}`, which is not listed")]
    NoDocument {
        /// The source entry.
        id: String,
        /// The missing document.
        document: String,
    },
    /// A table's rows or header groups do not fit its columns.
    #[error("table `{caption}` has {columns} columns, but {what} has {found}")]
    Ragged {
        /// The table.
        caption: String,
        /// How many columns it has.
        columns: usize,
        /// `row 3`, or `the header`.
        what: String,
        /// How many cells were found.
        found: usize,
    },
    /// A template file has a name that leads nowhere.
    #[error("`{0}` is not a path below the template's folder")]
    FileName(String),
    /// The content could not be encoded.
    #[error("content cannot be encoded: {0}")]
    Encode(#[from] serde_json::Error),
    /// A template links to a place that is not on any page.
    #[error("template links to `tanshin:{0}`, but no label `{0}` is on the pages")]
    NoPlace(String),
    /// typst's file is not of the form that `pack.rs` knows, as it may be after an update of typst.
    #[error("typst wrote a file of an unknown form")]
    UnknownForm,
    /// typst refused the template with this content.
    #[error("{}", list(.0))]
    Typst(Vec<Problem>),
}

/// One message of typst, with its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// What is wrong.
    pub message: String,
    /// `brief.typ:12:5`, or nothing if typst names no place.
    pub place: Option<String>,
    /// What to do, as far as typst knows.
    pub hints: Vec<String>,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)?;
        if let Some(place) = &self.place {
            write!(f, "\n  --> {place}")?;
        }
        self.hints.iter().try_for_each(|hint| write!(f, "\nhint: {hint}"))
    }
}

fn list(problems: &[Problem]) -> String {
    problems.iter().map(Problem::to_string).collect::<Vec<_>>().join("\n")
}
