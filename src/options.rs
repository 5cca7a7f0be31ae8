//! Options: what the user asked for, checked once, in the types of the domain. How it is written on a command line is
//! `cli`'s business.

use std::ffi::OsString;
use std::path::PathBuf;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::batch::Shard;
use crate::config::Look;
use crate::language::Language;
use crate::model::{FigureId, Metric, Quarter};

/// A whole command: where the seeds are, and what to do with them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Options {
    /// Which documents to read.
    pub sources: Sources,
    /// What to do.
    pub task: Task,
    /// How briefs look.
    pub look: Look,
}

/// Which documents to read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sources {
    /// The folder of company folders.
    pub seeds: PathBuf,
    /// Ids of the companies to take; empty for all.
    pub companies: Vec<String>,
    /// Take only documents published on or before this day.
    pub as_of: Option<NaiveDate>,
}

/// What to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Task {
    /// Write briefs.
    Build(Build),
    /// Write briefs again whenever a file of the project is saved.
    Watch(Watch),
    /// Print the facts, or what did not become one.
    Facts(FactsView, FactsFormat),
    /// Print the history of one metric.
    Series(Metric, SeriesFormat),
    /// Print the coverage.
    Quarters(QuartersFormat),
    /// Print the text of one quarter's brief.
    Show(Show),
    /// Tie and tick what the documents say.
    Check(Check),
    /// Print how a figure came to be.
    Trace(FigureId, TraceFormat),
    /// Print the ledger of targets.
    Targets(SeriesFormat),
    /// Compare two editions of the briefs.
    Compare(Compare),
    /// Make briefs again and compare.
    Verify(Verify),
    /// Print the metric ids with their standard terms.
    Metrics,
    /// Show, copy out, compare or try the templates.
    Templates(Folder, TemplatesTask),
    /// Print the settings that count.
    Config {
        /// Key, value and origin of each.
        rows: Vec<[String; 3]>,
        /// Whether the origins are printed.
        origin: bool,
    },
    /// Print the JSON Schema of the view.
    Schema,
    /// Show briefs on a page that follows every edit.
    Preview(Preview),
    /// Print the reference page of settings.
    ConfigReference,
    /// Make a project in a folder.
    Init(PathBuf),
    /// Make the reports of several builds one.
    MergeReports {
        /// The reports.
        files: Vec<PathBuf>,
        /// Where the merged report goes; none for stdout.
        output: Option<PathBuf>,
    },
}

/// What to preview, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Preview {
    /// The quarter to show first; the last one where none is named.
    pub quarter: Option<Quarter>,
    /// The user's templates.
    pub templates: Folder,
    /// The user's fonts.
    pub fonts: Folder,
    /// The port; 0 for any that is free.
    pub port: u16,
    /// What the settings were read from.
    pub files: Vec<PathBuf>,
    /// The command line, to be read again when the settings change.
    pub line: Vec<OsString>,
}

/// What to do with the templates.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TemplatesTask {
    /// Name them all.
    List,
    /// Print one.
    Show(String),
    /// Copy built-in ones out.
    Export {
        /// Which; empty for all.
        names: Vec<String>,
        /// Where to.
        to: PathBuf,
        /// Whether edited files are lost.
        force: bool,
    },
    /// Compare the user's with the built-in ones.
    Diff,
    /// Print the reference page.
    Reference,
    /// Compare the texts of all quarters with the accepted ones.
    Test {
        /// Where these are.
        accepted: PathBuf,
        /// Whether the texts are taken as they are.
        accept: bool,
    },
    /// Try them all against all quarters, with these fonts.
    Check(Folder),
}

/// Which briefs to make again, and with what.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verify {
    /// The briefs.
    pub files: Vec<PathBuf>,
    /// The user's templates.
    pub templates: Folder,
    /// The user's fonts.
    pub fonts: Folder,
}

impl TemplatesTask {
    /// Whether it is about the quarters of documents.
    pub fn needs_documents(&self) -> bool {
        matches!(self, Self::Check(_) | Self::Test { .. } | Self::Reference)
    }
}

/// Which quarter's text to print, and how.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Show {
    /// The quarter.
    pub quarter: Quarter,
    /// The language.
    pub language: Language,
    /// The user's templates.
    pub templates: Folder,
    /// How it is printed.
    pub format: ShowFormat,
}

/// How the text of a brief is printed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, clap::ValueEnum)]
pub enum ShowFormat {
    /// Sentences, `*` behind each derived figure.
    #[default]
    Text,
    /// What templates see of the quarter, one JSON document.
    Json,
}

/// Which editions to compare, and how to print what differs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Compare {
    /// The old side as the user named it.
    pub old: String,
    /// The new side.
    pub new: String,
    /// The user's templates, for sides that name none.
    pub templates: Folder,
    /// How it is printed.
    pub format: TraceFormat,
}

/// How much a brief holds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, clap::ValueEnum, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Length {
    /// One page: key figures, result and targets.
    Short,
    /// Text, charts and tables, with the sources of every figure.
    #[default]
    Standard,
    /// As standard, with a table of every other figure known for the quarter.
    Full,
}

/// What of the facts to print.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum FactsView {
    /// The facts.
    #[default]
    Facts,
    /// Numbers that look like business figures and are none.
    Unread,
    /// How many of them each document has.
    Coverage,
}

/// How to check.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Check {
    /// How findings are printed.
    pub format: CheckFormat,
    /// Whether warnings count as errors do.
    pub strict: bool,
}

/// How findings are printed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, clap::ValueEnum)]
pub enum CheckFormat {
    /// Sentences with their sources, for reading.
    #[default]
    Table,
    /// One JSON document.
    Json,
}

/// How a trace is printed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, clap::ValueEnum)]
pub enum TraceFormat {
    /// For reading.
    #[default]
    Text,
    /// One JSON document.
    Json,
}

/// Which briefs to write, with what, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Build {
    /// The quarters; empty for all that have data.
    pub quarters: Vec<Quarter>,
    /// The user's templates.
    pub templates: Folder,
    /// The user's fonts.
    pub fonts: Folder,
    /// Where briefs go, in a folder for each company.
    pub output: PathBuf,
    /// How many threads make them.
    pub jobs: usize,
    /// Whether to make those too that did not change.
    pub force: bool,
    /// Whether to say only what would be made.
    pub dry_run: bool,
    /// Of which briefs to print a line.
    pub lines: Lines,
    /// Where a report goes.
    pub report: Option<PathBuf>,
    /// Which part of the companies to take.
    pub shard: Option<Shard>,
    /// In which process the briefs are made.
    pub process: Process,
}

/// Of which briefs to print a line, and what is on it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Lines {
    /// Of each.
    #[default]
    All,
    /// Of each, with the reason why it is made or not.
    Explained,
    /// Of those that were made, with the reason.
    Made,
}

/// A build that is done again whenever a file that it depends on is saved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Watch {
    /// What to build.
    pub build: Build,
    /// The settings file, there or not, and what it names: the logo.
    pub files: Vec<PathBuf>,
    /// The command line, to be read again with the settings.
    pub line: Vec<OsString>,
}

/// In which process briefs are made.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Process {
    /// In this one.
    #[default]
    Own,
    /// Each in one of its own, with limits.
    Contained,
    /// This is such a process, for the one brief that the options name.
    Worker,
}

/// A folder that the built-in files stand in for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Folder {
    /// The folder.
    pub path: PathBuf,
    /// Whether the user named it: then it must exist.
    pub named: bool,
}

/// How facts are printed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, clap::ValueEnum)]
pub enum FactsFormat {
    /// Aligned columns for reading.
    #[default]
    Table,
    /// One JSON object a line.
    Jsonl,
    /// Comma-separated values with a header.
    Csv,
}

/// How a series is printed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, clap::ValueEnum)]
pub enum SeriesFormat {
    /// Aligned columns for reading.
    #[default]
    Table,
    /// One JSON object a line.
    Jsonl,
}

/// How the coverage is printed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, clap::ValueEnum)]
pub enum QuartersFormat {
    /// Aligned columns for reading.
    #[default]
    Table,
    /// One JSON document.
    Json,
}
