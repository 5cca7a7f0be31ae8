//! `tanshin build`: a line for each brief as soon as it is done, a summary at the end.

use std::collections::BTreeSet;
use std::fmt;
use std::io::{self, Write};
use std::path::PathBuf;
use std::sync::atomic::Ordering;

use super::failure::{Exit, Failure};
use super::printable::printable;
use super::{Stop, contained, counted, interrupt, limits, report};
use crate::batch::{Batch, CompanyRead, Event, Left, Made, Report, Status};
use crate::brief;
use crate::config::Look;
use crate::model::{Quarter, Warned, Warning};
use crate::near::near;
use crate::options::{Build, Lines, Process, Sources};
use crate::rehearse::{Told, When};
use crate::run::{self, BriefError, PressError};
use crate::seed;

/// How many briefs ended in which way.
#[derive(Default)]
struct Tally {
    new: usize,
    changed: usize,
    unchanged: usize,
    planned: usize,
    failed: usize,
    known: BTreeSet<Quarter>,
    readable: usize,
    incomplete: bool,
    /// The worst of the failures, by exit code.
    worst: Option<Exit>,
}

/// Builds the briefs of all companies. What failed is among the warnings.
pub(super) fn build(
    sources: &Sources,
    wanted: &Build,
    look: &Look,
    out: &mut dyn Write,
    warnings: &mut Vec<Warning>,
) -> Result<Exit, Stop> {
    match wanted.process {
        Process::Own => {}
        Process::Contained => return contained::build(sources, wanted, out, warnings),
        Process::Worker => limits::set(sources, wanted)?,
    }
    let Warned { value: folders, warnings: stray } = seed::folders(&sources.seeds).map_err(Failure::from)?;
    let mut tally = Tally { incomplete: !stray.is_empty(), ..Tally::default() };
    warnings.extend(stray);
    let folders = choose(folders, sources, wanted)?;
    let templates = run::templates(&wanted.templates, look).map_err(Failure::from)?;
    warnings.extend(templates.warnings);
    let fonts = run::font_files(&wanted.fonts, look).map_err(|error| Failure::from(PressError::Fonts(error)))?;
    warnings.extend(fonts.warnings);
    if look.brand.font.is_some() {
        let fonts = run::fonts(&fonts.value).map_err(|error| Failure::from(PressError::Fonts(error)))?;
        warnings.extend(run::font_warnings(&fonts, look));
    }
    let batch = Batch::new(wanted, look, sources.as_of, &templates.value, &fonts.value);
    let mut summary = Report::new(wanted.shard, wanted.dry_run);
    let mut told = Told::new(&templates.value);
    let mut written = Ok(());
    interrupt::listen();
    let left = batch.run(&folders, &interrupt::STOP, &mut |event| match event {
        Event::Read(read) => {
            tally.read(&read);
            if !read.readable {
                summary.unreadable.insert(read.company.to_string());
            }
            warnings.extend(read.warnings);
        }
        // The fault is told once, below.
        Event::Done(Made { outcome: Err(BriefError::NoPress), .. }) => interrupt::STOP.store(true, Ordering::Relaxed),
        Event::Done(made) => {
            if written.is_ok() && wanted.process == Process::Own {
                written = line(&made, wanted.lines, out).and_then(|()| out.flush());
            }
            tally.count(&made);
            summary.add(&made);
            warnings.extend(warning(&made));
            tell(&made, &mut told);
            warnings.extend(made.warnings);
        }
    });
    match batch.fault() {
        Some(PressError::Templates(faults)) => return Err(Stop::Faults(faults)),
        Some(fault) => return Err(Failure::from(fault).into()),
        None => warnings.append(&mut told.list),
    }
    let interrupted = interrupt::was_interrupted() && left != Left::default();
    warnings.extend(interrupted.then(|| not_begun(left)));
    let missing: Vec<&Quarter> = if interrupted {
        Vec::new()
    } else {
        wanted.quarters.iter().filter(|quarter| !tally.known.contains(quarter)).collect()
    };
    warnings.extend(missing.iter().map(|quarter| no_data(quarter)));
    if let Some(file) = &wanted.report {
        summary.interrupted = interrupted;
        (summary.companies_left, summary.briefs_left) = (left.companies, left.briefs);
        summary.warnings = warnings.len();
        report::write(&summary, file)?;
    }
    written?;
    if wanted.process == Process::Worker {
        serde_json::to_writer(&mut *out, &summary).map_err(io::Error::from)?;
    } else {
        tally.summary(out)?;
    }
    if interrupted {
        return Ok(Exit::Interrupted);
    }
    if folders.is_empty() {
        return Ok(Exit::Ok);
    }
    tally.exit(!missing.is_empty(), sources)
}

/// The folders of the companies that the user wants, or all, and of these the shard's. A company counts by its folder's name before
/// it is read.
pub(super) fn choose(folders: Vec<PathBuf>, sources: &Sources, wanted: &Build) -> Result<Vec<PathBuf>, Failure> {
    let name = |folder: &PathBuf| folder.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let names: Vec<String> = folders.iter().map(name).collect();
    if let Some(unknown) = sources.companies.iter().find(|id| !names.contains(id)) {
        let hint = match near(unknown, names.iter().map(String::as_str)) {
            Some(meant) => format!("did you mean `{meant}`?"),
            None => "the companies are the folders in it".to_owned(),
        };
        return Err(Failure::usage(format!("found no company `{unknown}`"), sources.seeds.display(), hint));
    }
    let ours = |name: &String| {
        (sources.companies.is_empty() || sources.companies.contains(name))
            && wanted.shard.is_none_or(|shard| shard.takes(name))
    };
    Ok(folders.into_iter().zip(names).filter(|(_, name)| ours(name)).map(|(folder, _)| folder).collect())
}

fn line(made: &Made, lines: Lines, out: &mut dyn Write) -> io::Result<()> {
    if lines == Lines::Made && matches!(made.outcome, Ok(Status::Unchanged)) {
        return Ok(());
    }
    let word = made.outcome.as_ref().map_or(Status::FAILED, |status| status.word());
    write!(out, "{word:<9}  {}", printable(&made.path.display().to_string()))?;
    if lines != Lines::All && made.outcome.is_ok() {
        write!(out, "  ({})", made.reason)?;
    }
    writeln!(out)
}

/// What of the templates made a brief fail, each fault once.
fn tell(made: &Made, told: &mut Told<'_>) {
    let when = When { quarter: Some(made.quarter), without: None };
    match &made.outcome {
        Err(BriefError::Narrate(faults)) => faults.0.iter().for_each(|fault| told.narrative(fault.clone(), when)),
        Err(BriefError::Typeset(brief::BriefError::Typst(problems))) => {
            problems.iter().for_each(|problem| told.page(problem.clone(), when));
        }
        _ => {}
    }
}

/// A failed brief as a warning: the others go on. What is wrong with the templates is told once for all briefs.
fn warning(made: &Made) -> Option<Warning> {
    let error = made.outcome.as_ref().err()?;
    let error = match error {
        BriefError::Narrate(_) => &"a template of its text is at fault" as &dyn fmt::Display,
        BriefError::Typeset(brief::BriefError::Typst(_)) => &"a template of its pages is at fault",
        error => error,
    };
    let (place, hint) = match made.outcome.as_ref().err()? {
        BriefError::Write(error) => (error.path(), error.hint()),
        _ => (&*made.path, "the other briefs are not affected"),
    };
    let message = format!("no brief of {} for `{}`: {error}", made.quarter, made.company);
    Some(Warning { message, place: place.display().to_string(), hint: hint.to_owned() })
}

fn no_data(quarter: &Quarter) -> Warning {
    Warning {
        message: format!("found no revenue and operating income for {quarter}"),
        place: format!("build {quarter}"),
        hint: "`tanshin quarters` lists the quarters that have data".to_owned(),
    }
}

fn not_begun(left: Left) -> Warning {
    let briefs = counted(left.briefs, "brief");
    let companies = if left.companies == 1 { "1 company".to_owned() } else { format!("{} companies", left.companies) };
    Warning {
        message: format!("interrupted: {briefs} and {companies} are left"),
        place: "build".to_owned(),
        hint: "run the same command again: what is built is not built twice".to_owned(),
    }
}

impl Tally {
    fn read(&mut self, read: &CompanyRead) {
        self.known.extend(read.quarters.iter().copied());
        self.readable += usize::from(read.readable);
        self.incomplete |= read.incomplete;
    }

    fn count(&mut self, made: &Made) {
        match &made.outcome {
            Ok(Status::New) => self.new += 1,
            Ok(Status::Changed) => self.changed += 1,
            Ok(Status::Unchanged) => self.unchanged += 1,
            Ok(Status::Planned) => self.planned += 1,
            Err(error) => {
                self.failed += 1;
                let exit = if matches!(error, BriefError::Write(_)) { Exit::Io } else { Exit::Problems };
                self.worst = self.worst.max(Some(exit));
            }
        }
    }

    fn summary(&self, out: &mut dyn Write) -> io::Result<()> {
        let Self { new, changed, unchanged, planned, failed, .. } = self;
        let all = counted(new + changed + unchanged + planned + failed, "brief");
        if *planned > 0 {
            return writeln!(
                out,
                "{all}: {planned} to build, {unchanged} unchanged, {failed} failed; nothing was written"
            );
        }
        writeln!(out, "{all}: {new} new, {changed} changed, {unchanged} unchanged, {failed} failed")
    }

    /// Nothing built is a failure of its own; what was built besides is kept.
    fn exit(&self, missing: bool, sources: &Sources) -> Result<Exit, Stop> {
        if self.readable == 0 {
            let message = "could not read any company".to_owned();
            let hint = "mend what the warnings above name";
            return Err(Failure::at(Exit::Input, message, sources.seeds.display(), hint).into());
        }
        let built = self.new + self.changed + self.unchanged + self.planned;
        let whole = !missing && !self.incomplete;
        match (built, self.failed) {
            (0, 0) if missing => Err(nothing(Exit::Usage, "none of the quarters has data").into()),
            (0, 0) => Err(nothing(Exit::Input, "found no quarter that has data").into()),
            (0, _) => Err(nothing(self.worst.unwrap_or(Exit::Problems), "every brief failed").into()),
            (_, 0) if whole => Ok(Exit::Ok),
            // A full disk is worth another try, whatever was built before it.
            _ => Ok(self.worst.unwrap_or(Exit::Problems)),
        }
    }
}

fn nothing(exit: Exit, message: &str) -> Failure {
    let hint = "the warnings above say why; `tanshin quarters` lists the quarters that have data".to_owned();
    Failure { exit, message: message.to_owned(), place: None, hint }
}
