//! One company of a batch: what has to be done for it, each brief made or left alone, and its record.

use std::collections::{BTreeMap, BTreeSet};
use std::panic::{self, AssertUnwindSafe};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::key::{Hash, Key, stamp};
use super::queue::Event;
use super::record::{Entry, Record};
use super::{Batch, Made, Reason, Status};
use crate::clock::Watch;
use crate::history::History;
use crate::language::Language;
use crate::model::{Quarter, Seed, Warned, Warning};
use crate::output::{self, OutputError};
use crate::run::{self, BriefError, Library};
use crate::seed;

/// What reading a company gave.
#[derive(Debug)]
pub struct CompanyRead {
    /// Its id.
    pub company: Arc<str>,
    /// What was said of its profile, documents and figures.
    pub warnings: Vec<Warning>,
    /// Whether it could be read.
    pub readable: bool,
    /// Whether something was left out: a document, or all figures of one.
    pub incomplete: bool,
    /// The wanted quarters that have data.
    pub quarters: Vec<Quarter>,
    /// How many briefs are wanted of them.
    briefs: usize,
    /// What to record; none for a company that could not be read.
    record: Option<Record>,
}

/// One brief to be made or left alone.
pub(super) struct Task {
    company: Arc<str>,
    quarter: Quarter,
    language: Language,
    path: PathBuf,
    /// What the brief was made from before, and whether its file is as recorded.
    before: Option<Entry>,
    file: File,
    stamp: Hash,
    /// None where nothing has to be made anew.
    source: Option<Arc<Source>>,
}

struct Source {
    library: Library,
    history: History,
}

/// The file of a brief beside its record.
#[derive(Clone, Copy, PartialEq, Eq)]
enum File {
    Missing,
    /// It is there, but nothing is recorded of it or it has other content.
    Other,
    AsRecorded,
}

impl Batch<'_> {
    /// Reads a company on so many threads and finds out what has to be done. A fault of the program in one company does not end the run.
    pub(super) fn company(&self, folder: &Path, threads: usize) -> (CompanyRead, Vec<Task>) {
        let read = panic::catch_unwind(AssertUnwindSafe(|| self.read(folder, threads)));
        read.unwrap_or_else(|_| {
            let message = "cannot read the company: the program has a fault".to_owned();
            let hint = "report it with the company's documents; the other companies are not affected".to_owned();
            let warning = Warning { message, place: folder.display().to_string(), hint };
            (unreadable(folder, vec![warning]), Vec::new())
        })
    }

    fn read(&self, folder: &Path, threads: usize) -> (CompanyRead, Vec<Task>) {
        let Warned { value, mut warnings } = seed::company(folder);
        let Some(seed) = value else { return (unreadable(folder, warnings), Vec::new()) };
        let left_out = !warnings.is_empty();
        let company = Arc::clone(&seed.company.id);
        let stamp = stamp(&seed, self.as_of, self.look, &self.own);
        let before = Record::load(&self.wanted.output, &company).unwrap_or_else(|error| {
            warnings.push(error.warning());
            None
        });
        let before = before.unwrap_or_default();
        let is_known = before.stamp == stamp && !self.wanted.force;
        if is_known {
            let quarters: Vec<Quarter> = before.quarters.iter().filter_map(|text| text.parse().ok()).collect();
            let tasks: Vec<Task> =
                self.wanted(&quarters).map(|brief| self.task(&company, brief, &before, &stamp, None)).collect();
            if tasks.iter().all(Task::is_done) {
                return (told(company, before, warnings, left_out, &tasks), tasks);
            }
        }
        let (source, said, mute) = self.source(&seed, threads);
        let record = Record {
            stamp: stamp.clone(),
            quarters: source.history.quarters().iter().map(Quarter::to_string).collect(),
            warnings: said,
            mute,
            briefs: before.briefs,
        };
        let source = Arc::new(source);
        let quarters = source.history.quarters();
        let tasks: Vec<Task> = self
            .wanted(&quarters)
            .map(|brief| self.task(&company, brief, &record, &stamp, Some(Arc::clone(&source))))
            .collect();
        (told(company, record, warnings, left_out, &tasks), tasks)
    }

    /// The company's history, what is to be said of it, and whether a document gave no figure.
    fn source(&self, seed: &Seed, threads: usize) -> (Source, Vec<Warning>, bool) {
        let read = run::read_on(threads, seed, self.as_of);
        let history = run::aggregate(&read.value);
        let mute = read.value.readings.iter().any(|reading| reading.facts.is_empty());
        let warnings = read.warnings.into_iter().chain(history.warnings).collect();
        (Source { library: read.value, history: history.value }, warnings, mute)
    }

    /// The briefs that are wanted of the quarters that have data: each in every language.
    fn wanted<'q>(&'q self, quarters: &'q [Quarter]) -> impl Iterator<Item = (Quarter, Language)> + 'q {
        let all = self.wanted.quarters.is_empty();
        let wanted = quarters.iter().copied().filter(move |quarter| all || self.wanted.quarters.contains(quarter));
        wanted.flat_map(|quarter| self.look.languages.iter().map(move |language| (quarter, *language)))
    }

    fn task(
        &self,
        company: &Arc<str>,
        (quarter, language): (Quarter, Language),
        record: &Record,
        stamp: &Hash,
        source: Option<Arc<Source>>,
    ) -> Task {
        let path = self.wanted.output.join(self.look.file(company, quarter, language));
        path.parent().into_iter().for_each(|folder| self.sweep(folder));
        let before = record.briefs.get(&name(quarter, language)).cloned();
        let file = match (output::read(&path), &before) {
            (Ok(Some(bytes)), Some(entry)) if Hash::of(&bytes) == entry.pdf => File::AsRecorded,
            (Ok(None), _) => File::Missing,
            _ => File::Other,
        };
        Task { company: Arc::clone(company), quarter, language, path, before, file, stamp: stamp.clone(), source }
    }

    /// Makes a brief, or finds that it need not be made. A fault of the program in one brief does not end the run.
    pub(super) fn make(&self, task: Task) -> Made {
        let watch = Watch::start();
        let tried = panic::catch_unwind(AssertUnwindSafe(|| self.try_to_make(&task)));
        let (outcome, reason, warnings, entry) = match tried {
            Ok(Ok(tried)) => (Ok(tried.status), tried.reason, tried.warnings, Some(tried.entry)),
            Ok(Err(error)) => (Err(error), Reason::First, Vec::new(), None),
            Err(_) => (Err(BriefError::Panicked), Reason::First, Vec::new(), None),
        };
        let Task { company, quarter, language, path, .. } = task;
        Made { company, quarter, language, path, outcome, reason, warnings, entry, ms: watch.ms() }
    }

    fn try_to_make(&self, task: &Task) -> Result<Tried, BriefError> {
        let Some(source) = &task.source else {
            let entry = task.before.clone().expect("a task without a source is done");
            return Ok(Tried::left_alone(entry));
        };
        let press = self.press()?;
        let content = press.compose(&source.library, &source.history, task.quarter, task.language)?;
        let key = Key::of(&content, &self.own);
        let reason = self.reason(task, &key);
        if let (Reason::Same, Some(before)) = (&reason, &task.before) {
            return Ok(Tried::left_alone(Entry { stamp: task.stamp.clone(), ..before.clone() }));
        }
        let entry =
            Entry { key, stamp: task.stamp.clone(), pdf: Hash::default(), bytes: 0, pages: 0, warnings: Vec::new() };
        if self.wanted.dry_run {
            return Ok(Tried { status: Status::Planned, reason, warnings: Vec::new(), entry });
        }
        let Warned { value: pdf, mut warnings } = press.typeset(&content)?;
        warnings.extend(press.parity(&source.history, task.quarter, task.language));
        let status = output::write(&task.path, &pdf.bytes)?.into();
        let entry = Entry {
            pdf: Hash::of(&pdf.bytes),
            bytes: pdf.bytes.len() as u64,
            pages: pdf.pages.len(),
            warnings: warnings.clone(),
            ..entry
        };
        Ok(Tried { status, reason, warnings, entry })
    }

    fn reason(&self, task: &Task, key: &Key) -> Reason {
        match (&task.before, task.file) {
            _ if self.wanted.force => Reason::Forced,
            (None, File::Missing) => Reason::First,
            (None, _) => Reason::Unrecorded,
            (Some(before), _) if before.key != *key => Reason::Changed(key.changes(&before.key)),
            (Some(_), File::Missing) => Reason::Gone,
            (Some(_), File::Other) => Reason::Altered,
            (Some(_), File::AsRecorded) => Reason::Same,
        }
    }
}

struct Tried {
    status: Status,
    reason: Reason,
    warnings: Vec<Warning>,
    entry: Entry,
}

impl Tried {
    fn left_alone(entry: Entry) -> Self {
        Self { status: Status::Unchanged, reason: Reason::Same, warnings: entry.warnings.clone(), entry }
    }
}

impl Task {
    /// Whether the brief lies there as it would be made now.
    fn is_done(&self) -> bool {
        self.file == File::AsRecorded && self.before.as_ref().is_some_and(|entry| entry.stamp == self.stamp)
    }
}

/// What a brief is called beside the company's others: `1Q17`, `1Q17.ja`.
fn name(quarter: Quarter, language: Language) -> String {
    format!("{quarter}{}", language.suffix())
}

fn unreadable(folder: &Path, warnings: Vec<Warning>) -> CompanyRead {
    let name = folder.file_name().unwrap_or_default().to_string_lossy();
    CompanyRead {
        company: Arc::from(&*name),
        warnings,
        readable: false,
        incomplete: true,
        quarters: Vec::new(),
        briefs: 0,
        record: None,
    }
}

fn told(company: Arc<str>, record: Record, mut warnings: Vec<Warning>, left_out: bool, tasks: &[Task]) -> CompanyRead {
    warnings.extend(record.warnings.iter().cloned());
    CompanyRead {
        company,
        warnings,
        readable: true,
        incomplete: left_out || record.mute,
        quarters: tasks.iter().map(|task| task.quarter).collect::<BTreeSet<Quarter>>().into_iter().collect(),
        briefs: tasks.len(),
        record: Some(record),
    }
}

/// The company whose briefs are being made: its record is written when the last of them is done.
#[derive(Default)]
pub(super) struct Open {
    current: BTreeMap<Arc<str>, (Record, usize)>,
}

impl Open {
    /// Takes note of what is about to be told.
    pub fn note(&mut self, batch: &Batch<'_>, event: &Event<CompanyRead, Made>, told: &mut Tell<'_>) {
        match event {
            Event::Read(read) => {
                if let Some(record) = &read.record {
                    self.current.insert(Arc::clone(&read.company), (record.clone(), read.briefs));
                }
                self.finish(batch, told);
            }
            Event::Done(made) => {
                if let Some((record, left)) = self.current.get_mut(&made.company) {
                    *left -= 1;
                    let entry = made.entry.clone().filter(|_| !matches!(made.outcome, Ok(Status::Planned)));
                    let name = name(made.quarter, made.language);
                    // Of a brief that failed the last good one lies there still, with its own stamp: it is tried again, and once the
                    // fault is mended it need not be made again.
                    if let Some(entry) = entry {
                        record.briefs.insert(name, entry);
                    }
                }
                self.finish(batch, told);
            }
        }
    }

    /// Writes the records of companies whose briefs are all done.
    fn finish(&mut self, batch: &Batch<'_>, told: &mut Tell<'_>) {
        let done: Vec<Arc<str>> =
            self.current.iter().filter(|(_, (_, left))| *left == 0).map(|(company, _)| Arc::clone(company)).collect();
        for company in done {
            if let Some((record, _)) = self.current.remove(&company) {
                save(batch, &company, &record, told);
            }
        }
    }

    /// Writes what is known when a run was stopped.
    pub fn close(self, batch: &Batch<'_>, told: &mut Tell<'_>) {
        for (company, (record, _)) in self.current {
            save(batch, &company, &record, told);
        }
    }
}

type Tell<'t> = dyn FnMut(Event<CompanyRead, Made>) + 't;

fn save(batch: &Batch<'_>, company: &Arc<str>, record: &Record, told: &mut Tell<'_>) {
    if batch.wanted.dry_run {
        return;
    }
    if let Err(error) = record.save(&batch.wanted.output, company) {
        told(Event::Read(not_recorded(company, &error)));
    }
}

/// Briefs without a record are good briefs; the next run makes them again.
fn not_recorded(company: &Arc<str>, error: &OutputError) -> CompanyRead {
    let warning = Warning {
        message: format!("cannot record what was built for `{company}`: {error}"),
        place: error.path().display().to_string(),
        hint: error.hint().to_owned(),
    };
    CompanyRead {
        company: Arc::clone(company),
        warnings: vec![warning],
        readable: true,
        incomplete: true,
        quarters: Vec::new(),
        briefs: 0,
        record: None,
    }
}
