//! The batch: all briefs of all companies on several threads, and only those that changed. A company is read when its turn comes and
//! forgotten when its briefs are made; what was made from what is recorded beside the briefs.
//!
//! ```text
//! company's folder ─▶ stamp ─ as recorded ─▶ files as recorded? ─ yes ─▶ unchanged
//!                       │ other                 │ no
//!                       └─▶ read ─▶ aggregate ◀─┘ ─▶ each brief: compose ─▶ key ─ as recorded ─▶ unchanged
//!                                                                            └ other ─▶ typeset ─▶ write
//! ```

mod company;
mod key;
mod queue;
mod record;
mod report;
mod shard;

use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicBool;
use std::sync::{Arc, OnceLock};

use chrono::NaiveDate;

use crate::config::Look;
use crate::language::Language;
use crate::model::{Quarter, Warning};
use crate::options::Build;
use crate::output::{Swept, Written};
use crate::run::{BriefError, Press, PressError};
use crate::templates::Templates;

pub use company::CompanyRead;
pub use key::{Hash, Key, Own, PROGRAM};
pub use queue::{Event, Left};
pub use record::{Entry, Record, RecordError};
pub use report::{Line, MergeError, Report};
pub use shard::Shard;

/// What became of one brief.
#[derive(Debug)]
pub struct Made {
    /// Id of the company.
    pub company: Arc<str>,
    /// The quarter.
    pub quarter: Quarter,
    /// Its language.
    pub language: Language,
    /// Where it lies, or should.
    pub path: PathBuf,
    /// What was done, or why it could not be.
    pub outcome: Result<Status, BriefError>,
    /// Why.
    pub reason: Reason,
    /// What the page could not show as the documents have it.
    pub warnings: Vec<Warning>,
    /// What it was made from; none where it was not made.
    pub entry: Option<Entry>,
    /// How long it took, in milliseconds.
    pub ms: u64,
}

/// What was done with a brief.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    /// Written, and no file was there.
    New,
    /// Written in place of another file.
    Changed,
    /// Left alone.
    Unchanged,
    /// A dry run would make it.
    Planned,
}

impl Status {
    /// The word for a brief that was not made.
    pub const FAILED: &'static str = "failed";

    /// The word for it.
    pub fn word(self) -> &'static str {
        match self {
            Self::New => "new",
            Self::Changed => "changed",
            Self::Unchanged => "unchanged",
            Self::Planned => "planned",
        }
    }
}

impl From<Written> for Status {
    fn from(written: Written) -> Self {
        match written {
            Written::New => Self::New,
            Written::Changed => Self::Changed,
            Written::Unchanged => Self::Unchanged,
        }
    }
}

/// Why a brief was made, or not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reason {
    /// Nothing it depends on changed, and its file is as it was written.
    Same,
    /// No brief was made before.
    First,
    /// What was made before is not recorded.
    Unrecorded,
    /// Its file is gone.
    Gone,
    /// Its file is not as it was written.
    Altered,
    /// These parts changed.
    Changed(Vec<&'static str>),
    /// The user wants it.
    Forced,
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Same => f.write_str("nothing it depends on changed"),
            Self::First => f.write_str("not built before"),
            Self::Unrecorded => f.write_str("no record of an earlier build"),
            Self::Gone => f.write_str("its file is gone"),
            Self::Altered => f.write_str("its file was changed by another program"),
            Self::Changed(parts) => write!(f, "changed: {}", parts.join(", ")),
            Self::Forced => f.write_str("forced"),
        }
    }
}

/// What all companies share: the user's wishes, templates and fonts. The press is made ready by the first brief that needs it.
pub struct Batch<'a> {
    wanted: &'a Build,
    look: &'a Look,
    as_of: Option<NaiveDate>,
    templates: &'a Templates,
    fonts: &'a [(String, Vec<u8>)],
    own: Own,
    press: OnceLock<Result<Press, PressError>>,
    swept: Swept,
}

impl<'a> Batch<'a> {
    /// A batch with the user's templates and font files.
    pub fn new(
        wanted: &'a Build,
        look: &'a Look,
        as_of: Option<NaiveDate>,
        templates: &'a Templates,
        fonts: &'a [(String, Vec<u8>)],
    ) -> Self {
        let own = Own::of(&templates.own_words(), &templates.own_of(""), fonts);
        Self { wanted, look, as_of, templates, fonts, own, press: OnceLock::new(), swept: Swept::default() }
    }

    /// Builds the briefs of the companies in these folders, and tells what became of each company and brief in order. Once `stop` is
    /// set, the briefs in hand are finished and no others begun.
    pub fn run(&self, folders: &[PathBuf], stop: &AtomicBool, told: &mut dyn FnMut(Event<CompanyRead, Made>)) -> Left {
        // Where companies are fewer than workers, the idle ones' threads read documents.
        let threads = self.wanted.jobs / folders.len().max(1);
        let work = queue::Work {
            companies: folders.len(),
            read: |index: usize| self.company(&folders[index], threads),
            make: |task: company::Task| self.make(task),
        };
        self.sweep(&record::folder(&self.wanted.output));
        let mut open = company::Open::default();
        let left = queue::run(&work, self.wanted.jobs, stop, &mut |event| {
            open.note(self, &event, told);
            told(event);
        });
        open.close(self, told);
        left
    }

    /// Removes what a killed run left in a folder that this run writes.
    fn sweep(&self, folder: &Path) {
        if !self.wanted.dry_run {
            self.swept.sweep(folder);
        }
    }

    /// Why no brief can be made at all, once a run has shown it.
    pub fn fault(self) -> Option<PressError> {
        self.press.into_inner().and_then(Result::err)
    }

    fn press(&self) -> Result<&Press, BriefError> {
        let make = || Press::new(self.templates, self.fonts, self.look);
        self.press.get_or_init(make).as_ref().map_err(|_| BriefError::NoPress)
    }
}
