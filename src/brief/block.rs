//! The blocks of a section: paragraphs, lists, tables, charts, callouts and quotes.

use serde::{Deserialize, Serialize};

use super::{Picture, Tone};

/// One block of a section.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Block {
    /// A paragraph.
    Paragraph {
        /// Its text.
        runs: Vec<Run>,
    },
    /// A list with bullets.
    Bullets {
        /// The items.
        items: Vec<Vec<Run>>,
    },
    /// A table.
    Table(Table),
    /// A chart.
    Chart(Chart),
    /// A paragraph that must not be overlooked.
    Callout {
        /// A few bold words before the text.
        label: String,
        /// The text.
        runs: Vec<Run>,
        /// Good news, bad news, or neither.
        tone: Tone,
    },
    /// What a document says, in its own words.
    Quote {
        /// What it explains, before the words.
        lead: Vec<Run>,
        /// The words.
        text: String,
        /// ISO 639 code of their language.
        language: String,
        /// Where they stand: `1Q17 results deck, line 29`.
        source: String,
        /// The source entry.
        reference: Option<String>,
    },
}

/// A stretch of text, or one figure.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Run {
    /// The characters to print.
    pub text: String,
    /// The source entry; a run that has one is a figure.
    pub reference: Option<String>,
    /// The figure was calculated, not printed.
    pub derived: bool,
    /// Set in bold.
    pub strong: bool,
}

impl Run {
    /// Plain text.
    pub fn text(text: impl Into<String>) -> Self {
        Self { text: text.into(), ..Self::default() }
    }

    /// Bold text.
    pub fn strong(text: impl Into<String>) -> Self {
        Self { text: text.into(), strong: true, ..Self::default() }
    }

    /// A figure as a document prints it.
    pub fn figure(text: impl Into<String>, reference: impl Into<String>) -> Self {
        Self { text: text.into(), reference: Some(reference.into()), ..Self::default() }
    }

    /// A figure that a rule calculated.
    pub fn derived(text: impl Into<String>, reference: impl Into<String>) -> Self {
        Self { derived: true, ..Self::figure(text, reference) }
    }
}

/// A table with hairlines: its unit stands once, under the caption.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Table {
    /// The caption, best a message.
    pub caption: String,
    /// Unit and notation: `JPY billion; YoY in %`.
    pub unit: String,
    /// Heads over several columns; empty, or spans that add up to the number of columns.
    pub groups: Vec<HeaderGroup>,
    /// The columns; the first one names the rows.
    pub columns: Vec<Column>,
    /// The rows, each with as many cells as there are columns.
    pub rows: Vec<Row>,
    /// Small print under the table, may be empty.
    pub note: String,
    /// How much of the page it takes.
    pub width: Width,
    /// Of a half: it stands under the exhibit before it, in the same column.
    #[serde(default)]
    pub below: bool,
}

/// A head over several columns; an empty text leaves them bare.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct HeaderGroup {
    /// The words.
    pub text: String,
    /// Over how many columns.
    pub span: usize,
}

/// One column of a table.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Column {
    /// Its head.
    pub head: String,
    /// Where its cells stand.
    pub align: Align,
    /// The column the reader came for: it gets a tint.
    pub current: bool,
}

/// Where the cells of a column stand.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Align {
    /// Words.
    #[default]
    Left,
    /// Figures.
    Right,
    /// Marks.
    Center,
}

/// One row of a table.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Row {
    /// What sort of row.
    pub kind: RowKind,
    /// Steps of indentation of the first cell.
    pub indent: u8,
    /// The cells.
    pub cells: Vec<Cell>,
}

/// What sort of row.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RowKind {
    /// A plain row.
    #[default]
    Plain,
    /// Bold, under a rule.
    Total,
    /// Words over the rows that follow; only the first cell is printed.
    Heading,
}

/// One cell of a table.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Cell {
    /// The characters to print; `n/a` and `n/m` are the caller's to choose.
    pub text: String,
    /// The source entry of a figure.
    pub reference: Option<String>,
    /// The figure was calculated, not printed.
    pub derived: bool,
    /// Set in bold.
    pub strong: bool,
    /// Colour of a variance; plain cells are neutral.
    pub tone: Tone,
}

/// A chart under its message.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Chart {
    /// The message.
    pub title: String,
    /// Measure, unit, periods.
    pub subtitle: String,
    /// The drawing.
    #[serde(flatten)]
    pub picture: Picture,
    /// The drawing's width in points.
    #[serde(default)]
    pub breadth: f64,
    /// The figures in it.
    #[serde(default)]
    pub marks: Vec<Mark>,
    /// How much of the page it takes.
    pub width: Width,
    /// Of a half: it stands under the exhibit before it, in the same column.
    #[serde(default)]
    pub below: bool,
}

/// A figure in a drawing.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Mark {
    /// Its source entry.
    pub reference: Option<String>,
    /// Where it stands: left, top, width and height in points of the drawing.
    pub area: [f64; 4],
}

/// How much of the page a chart or table takes. Two halves in a row stand side by side, with those
/// that are said to stand below them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Width {
    /// All of it.
    #[default]
    Full,
    /// The text column.
    Text,
    /// Half of it.
    Half,
}
