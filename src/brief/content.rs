//! The finished brief as plain data: what stands on the page, in order. Every text is ready to print.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{Block, Brand, DocumentEntry, Run, SourceEntry};
use crate::language::Labels;

/// Everything a template needs to set one brief.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Content {
    /// ISO 639 code of the brief's language, for hyphenation, line breaking and screen readers: `en`, `ja`.
    pub language: String,
    /// The sheet.
    pub paper: Paper,
    /// How many pages it should have at most.
    #[serde(default)]
    pub most_pages: Option<usize>,
    /// The house's brand.
    #[serde(default)]
    pub brand: Brand,
    /// Document title in the file's metadata: `IIJ 1Q17: operating income up 34.4%`.
    pub title: String,
    /// The company's full name.
    pub company: String,
    /// The company's short name, for page headers.
    pub company_short: String,
    /// Where the company is listed: `TSE 3774`.
    pub tickers: Vec<String>,
    /// What kind of paper this is: `Quarterly brief`.
    pub kind: String,
    /// The period in full: `First quarter of fiscal 2017`.
    pub period: String,
    /// The period in short, for page headers: `1Q17`.
    pub period_short: String,
    /// The date the figures are as of: it goes into the metadata; nobody reads the clock.
    pub date: NaiveDate,
    /// The same date as printed: `8 August 2017`.
    pub date_text: String,
    /// The message, set as the title of the paper.
    pub headline: Vec<Run>,
    /// One or two sentences under the headline.
    pub standfirst: Vec<Run>,
    /// Four to six key figures.
    pub tiles: Vec<Tile>,
    /// The body, in reading order.
    pub sections: Vec<Section>,
    /// The proof of every figure. Numbers and order on the page follow the documents.
    pub sources: Vec<SourceEntry>,
    /// How the sources are set.
    #[serde(default)]
    pub sources_form: SourcesForm,
    /// The documents read, in the order they are to be listed.
    pub documents: Vec<DocumentEntry>,
    /// Remarks on data and method, a paragraph each.
    pub notes: Vec<Vec<Run>>,
    /// The legal text at the end.
    pub disclaimer: String,
    /// The words that the template itself prints.
    pub labels: Labels,
    /// The brief's data, attached to the file.
    #[serde(skip)]
    pub attachment: Option<Attachment>,
}

/// The sheet that the brief is set on.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, clap::ValueEnum)]
#[serde(rename_all = "kebab-case")]
pub enum Paper {
    /// 210 by 297 mm.
    #[default]
    A4,
    /// 8.5 by 11 inches.
    UsLetter,
}

/// How the sources are set.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SourcesForm {
    /// A row for each figure, with its name and value.
    #[default]
    Table,
    /// The lines of the documents in columns, with the figures in them.
    Lines,
}

/// One key figure at the top of the first page.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Tile {
    /// What is measured: `Operating income`.
    pub label: String,
    /// The figure: `1.1`.
    pub value: String,
    /// Its unit: `JPY bn`.
    pub unit: String,
    /// The source entry of the figure.
    pub reference: Option<String>,
    /// The figure was calculated, not printed.
    pub derived: bool,
    /// How it moved.
    pub change: Option<Change>,
    /// A small word picture of the recent quarters.
    pub sparkline: Option<Picture>,
}

/// How a key figure moved.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Change {
    /// The move, with its sign: `+34.4%`.
    pub text: String,
    /// What it is compared with: `YoY`, `of FY17 target`.
    pub against: String,
    /// Which way; it prints as a triangle, so that grey print still tells.
    pub direction: Direction,
    /// Whether that is good news.
    pub tone: Tone,
    /// The source entry of the move.
    pub reference: Option<String>,
    /// The move was calculated, not printed.
    pub derived: bool,
}

/// Which way a figure moved.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Direction {
    /// More.
    Up,
    /// Less.
    Down,
    /// No arrow: unchanged, or not a move at all.
    #[default]
    None,
}

/// Whether a move is good news for the company's owners.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Tone {
    /// It is.
    Good,
    /// It is not.
    Bad,
    /// Neither.
    #[default]
    Neutral,
}

/// A drawing and the words that stand for it.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Picture {
    /// The drawing as SVG text.
    pub svg: String,
    /// What it shows, for readers who cannot see it.
    pub alt: String,
}

/// One part of the body under its own heading.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Section {
    /// The heading, best a short message.
    pub heading: String,
    /// What stands under it.
    pub blocks: Vec<Block>,
}

impl Content {
    /// The same brief with nothing on its pages that a quarter may lack: what a page template must bear.
    pub fn without_options(self) -> Self {
        let bare = |tile: Tile| Tile { change: None, sparkline: None, ..tile };
        Self {
            tickers: Vec::new(),
            standfirst: Vec::new(),
            tiles: self.tiles.into_iter().take(1).map(bare).collect(),
            sections: Vec::new(),
            notes: Vec::new(),
            disclaimer: String::new(),
            attachment: None,
            ..self
        }
    }
}

/// A file that travels inside the PDF; it is named `brief.json`.
#[derive(Clone, Debug)]
pub struct Attachment {
    /// The bytes, JSON.
    pub bytes: Vec<u8>,
    /// What is in it, for readers of the PDF.
    pub description: String,
}

impl Attachment {
    /// Adds a field at the end of the JSON object; the others keep their order.
    pub fn add(&mut self, field: &str, value: &impl Serialize) {
        let value = serde_json::to_string(value).expect("what is attached are strings, numbers and lists");
        let open = self.bytes.trim_ascii_end().strip_suffix(b"}").map(<[u8]>::trim_ascii_end);
        if let Some(open) = open.map(<[u8]>::len) {
            self.bytes.truncate(open);
            self.bytes.extend(format!(",\"{field}\":{value}}}").bytes());
        }
    }
}
