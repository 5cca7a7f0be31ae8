//! The command line: arguments in, data to stdout, messages to stderr, an exit code. Figures are others' business.

mod accepted;
mod args;
mod build;
mod check;
mod config;
mod contained;
mod difference;
mod each;
mod facts;
mod failure;
mod flags;
mod init;
mod interrupt;
mod limits;
mod metrics;
mod preview;
mod printable;
mod quarters;
mod report;
mod series;
mod show;
mod table;
mod targets;
mod templates;
mod trace;
mod unread;
mod verify;
mod watch;

use std::ffi::OsString;
use std::io::{self, BufWriter, Write};
use std::mem;
use std::process::ExitCode;

use serde::Serialize;

use crate::check::Examined;
use crate::config::Look;
use crate::history::{History, TraceRecord};
use crate::model::{Fact, FigureId, Metric, Period, Seed, Warning};
use crate::near::near;
use crate::options::{
    Check, FactsFormat, FactsView, Folder, Options, QuartersFormat, SeriesFormat, Sources, Task, TemplatesTask,
    TraceFormat,
};
use crate::run::{self, Library};

use args::Refused;
use printable::printable;

pub use failure::{Exit, Failure};

/// Runs the program with this process's arguments and streams.
pub fn main() -> ExitCode {
    let mut out = BufWriter::new(io::stdout().lock());
    let exit = run(std::env::args_os(), &mut out, &mut io::stderr());
    ExitCode::from(exit as u8)
}

/// Runs one command line, program name first.
pub fn run(line: impl IntoIterator<Item = OsString>, out: &mut dyn Write, err: &mut dyn Write) -> Exit {
    let (options, mut warnings) = match args::parse(line) {
        Ok(parsed) => parsed,
        Err(refused) => return refuse(&refused, err),
    };
    if let Task::Watch(wanted) = &options.task {
        return watch::watch(&options, wanted, warnings, out, err);
    }
    let ended = execute(&options, out, &mut warnings).and_then(|exit| Ok(out.flush().map(|()| exit)?));
    end(ended, &warnings, err)
}

/// Says why there are no options.
fn refuse(refused: &Refused, err: &mut dyn Write) -> Exit {
    match refused {
        Refused::Settings(faults) => {
            faults.iter().for_each(|fault| say("error", fault, err));
            Exit::Input
        }
        Refused::Argument(failure) => fail(failure, err),
        Refused::Clap(error) => clap_says(error),
    }
}

/// Says what there is to say at the end of a command.
fn end(ended: Result<Exit, Stop>, warnings: &[Warning], err: &mut dyn Write) -> Exit {
    for warning in warnings {
        say("warning", warning, err);
    }
    match ended {
        Ok(exit) => exit,
        Err(Stop::Failure(failure)) => fail(&failure, err),
        Err(Stop::Faults(faults)) => {
            faults.iter().for_each(|fault| say("error", fault, err));
            Exit::Input
        }
        // The reader has what it wanted, as in `| head`.
        Err(Stop::Write(error)) if error.kind() == io::ErrorKind::BrokenPipe => Exit::Ok,
        Err(Stop::Write(error)) => {
            let message = format!("cannot write to standard output: {}", crate::cause::cause(&error));
            fail(
                &Failure { exit: Exit::Io, message, place: None, hint: "make room, then run it again".to_owned() },
                err,
            )
        }
    }
}

/// Help and version go to stdout, clap's own errors to stderr; a closed stream is no error.
fn clap_says(error: &clap::Error) -> Exit {
    let _closed = error.print();
    if error.use_stderr() { Exit::Usage } else { Exit::Ok }
}

fn fail(failure: &Failure, err: &mut dyn Write) -> Exit {
    say("error", failure, err);
    failure.exit
}

/// One message in the house form. A closed stderr leaves nobody to tell.
fn say(kind: &str, message: &dyn std::fmt::Display, err: &mut dyn Write) {
    let _closed = writeln!(err, "{kind}: {}", printable(&message.to_string()));
}

/// Why a command ends early.
enum Stop {
    Failure(Failure),
    /// Everything that is wrong with the templates.
    Faults(Vec<Warning>),
    Write(io::Error),
}

impl From<io::Error> for Stop {
    fn from(error: io::Error) -> Self {
        Self::Write(error)
    }
}

impl<F: Into<Failure>> From<F> for Stop {
    fn from(failure: F) -> Self {
        Self::Failure(failure.into())
    }
}

fn execute(options: &Options, out: &mut dyn Write, warnings: &mut Vec<Warning>) -> Result<Exit, Stop> {
    if options.task == Task::Metrics {
        // The base vocabulary is compiled in: no document is needed.
        metrics::write(out)?;
        return Ok(Exit::Ok);
    }
    if options.task == Task::Schema {
        serde_json::to_writer_pretty(&mut *out, &crate::narrative::lint::schema()).map_err(io::Error::from)?;
        writeln!(out)?;
        return Ok(Exit::Ok);
    }
    if let Task::Config { rows, origin } = &options.task {
        config::write(rows, *origin, out)?;
        return Ok(Exit::Ok);
    }
    if options.task == Task::ConfigReference {
        write!(out, "{}", crate::config::reference())?;
        return Ok(Exit::Ok);
    }
    if let Task::Init(folder) = &options.task {
        init::init(folder, out)?;
        return Ok(Exit::Ok);
    }
    if let Task::Templates(folder, task) = &options.task
        && !task.needs_documents()
    {
        return show_templates(folder, task, &options.look, out, warnings);
    }
    match &options.task {
        // Builds read companies one at a time.
        Task::Build(build) => return build::build(&options.sources, build, &options.look, out, warnings),
        Task::Compare(wanted) => return difference::diff(&options.sources, wanted, &options.look, out, warnings),
        Task::Preview(wanted) => return preview::preview(options, wanted, out),
        Task::Verify(wanted) => return verify::run(&options.sources, wanted, &options.look, out, warnings),
        Task::MergeReports { files, output } => return report::merge(files, output.as_deref(), out, warnings),
        _ => {}
    }
    match &options.task {
        Task::Facts(FactsView::Facts, format) => return print_facts(&options.sources, *format, out, warnings),
        Task::Check(wanted) => return print_check(&options.sources, *wanted, out, warnings),
        Task::Quarters(format) => return print_quarters(&options.sources, *format, out, warnings),
        Task::Targets(format) => return print_targets(&options.sources, *format, out, warnings),
        _ => {}
    }
    let mut libraries = Vec::new();
    let mut exit = each::library(&options.sources, warnings, |library| {
        libraries.push(library);
        Ok(())
    })?;
    match &options.task {
        Task::Facts(FactsView::Unread, format) => unread::write_unread(&libraries, *format, out)?,
        Task::Facts(FactsView::Coverage, format) => unread::write_coverage(&libraries, *format, out)?,
        Task::Series(metric, format) => print_series(&libraries, metric, *format, out, warnings)?,
        Task::Show(wanted) => show::show(&libraries, wanted, &options.look, out, warnings)?,
        Task::Trace(id, format) => print_trace(&libraries, id, *format, out)?,
        Task::Templates(folder, TemplatesTask::Check(fonts)) => {
            let loaded = run::templates(folder, &options.look).map_err(Failure::from)?;
            exit = exit.max(templates::check(
                &libraries,
                &loaded.value,
                loaded.warnings,
                fonts,
                &options.look,
                out,
                warnings,
            )?);
        }
        Task::Templates(folder, TemplatesTask::Test { accepted, accept }) => {
            let loaded = run::templates(folder, &options.look).map_err(Failure::from)?;
            warnings.extend(loaded.warnings);
            exit = exit.max(accepted::test(&libraries, &loaded.value, &options.look, accepted, *accept, out)?);
        }
        Task::Templates(_, TemplatesTask::Reference) => {
            write!(out, "{}", crate::narrative::reference(&examples(&libraries, &options.look)))?;
        }
        Task::Facts(FactsView::Facts, _)
        | Task::Check(_)
        | Task::Quarters(_)
        | Task::Targets(_)
        | Task::Build(_)
        | Task::Watch(_)
        | Task::Compare(_)
        | Task::Preview(_)
        | Task::Verify(_)
        | Task::MergeReports { .. }
        | Task::Metrics
        | Task::Schema
        | Task::Templates(..)
        | Task::Init(_)
        | Task::Config { .. }
        | Task::ConfigReference => {}
    }
    Ok(exit)
}

/// What can be said of templates without any document.
fn show_templates(
    folder: &Folder,
    task: &TemplatesTask,
    look: &Look,
    out: &mut dyn Write,
    warnings: &mut Vec<Warning>,
) -> Result<Exit, Stop> {
    if let TemplatesTask::Export { names, to, force } = task {
        return templates::export(names, to, *force, out);
    }
    let loaded = run::templates(folder, look).map_err(Failure::from)?;
    let exit = if loaded.warnings.is_empty() { Exit::Ok } else { Exit::Problems };
    warnings.extend(loaded.warnings);
    match task {
        TemplatesTask::Show(name) => templates::show(&loaded.value, name, out)?,
        TemplatesTask::Diff => templates::diff(&loaded.value, out)?,
        _ => templates::list(&loaded.value, out)?,
    }
    Ok(exit)
}

/// The views of all quarters, the latest first: examples for the reference page.
fn examples(libraries: &[Library], look: &Look) -> Vec<serde_json::Value> {
    let phrases = crate::language::Phrases::built_in(crate::language::Language::default());
    let mut views = Vec::new();
    for library in libraries {
        let history = run::aggregate(library).value;
        let view = |quarter| crate::narrative::view::view(&history, quarter, &phrases, &look.voice.material).0;
        let quarters = history.quarters().into_iter().rev();
        views.extend(quarters.filter_map(|quarter| serde_json::to_value(view(quarter)).ok()));
    }
    views
}

/// The companies that the user wants, or all.
fn choose(seeds: Vec<Seed>, sources: &Sources) -> Result<Vec<Seed>, Failure> {
    let place = sources.seeds.display();
    if seeds.is_empty() {
        let message = "could not read any company".to_owned();
        return Err(Failure::at(Exit::Input, message, place, "mend what the warnings above name"));
    }
    let ids: Vec<&str> = seeds.iter().map(|seed| &*seed.company.id).collect();
    if let Some(unknown) = sources.companies.iter().find(|id| !ids.contains(&id.as_str())) {
        let hint = match near(unknown, ids.iter().copied()) {
            Some(meant) => format!("did you mean `{meant}`?"),
            None => {
                format!("the companies are {}", ids.iter().map(|id| format!("`{id}`")).collect::<Vec<_>>().join(", "))
            }
        };
        return Err(Failure::usage(format!("found no readable company `{unknown}`"), place, hint));
    }
    let wanted =
        |seed: &Seed| sources.companies.is_empty() || sources.companies.iter().any(|id| **id == *seed.company.id);
    Ok(seeds.into_iter().filter(wanted).collect())
}

fn print_facts(
    sources: &Sources,
    format: FactsFormat,
    out: &mut dyn Write,
    warnings: &mut Vec<Warning>,
) -> Result<Exit, Stop> {
    let mut sheet = facts::Sheet::new(format, out);
    let exit = each::library(sources, warnings, |library| {
        let facts: Vec<&Fact> = library.readings.iter().flat_map(|reading| &reading.facts).collect();
        Ok(sheet.add(&facts)?)
    })?;
    sheet.end()?;
    Ok(exit)
}

fn print_series(
    libraries: &[Library],
    metric: &Metric,
    format: SeriesFormat,
    out: &mut dyn Write,
    warnings: &mut Vec<Warning>,
) -> Result<(), Stop> {
    let library = only(libraries, "a series", format!("series {metric}"))?;
    let history = run::aggregate(library);
    warnings.extend(history.warnings);
    let records = history.value.series_records(metric);
    if records.is_empty() {
        return Err(no_figure(library, &history.value, metric, format!("series {metric}")).into());
    }
    Ok(series::write(&records, format, out)?)
}

/// The one company that a command is about.
fn only<'a>(libraries: &'a [Library], what: &str, place: String) -> Result<&'a Library, Failure> {
    let [library] = libraries else {
        let message = format!("{what} is of one company, found {}", libraries.len());
        return Err(Failure::usage(message, place, "choose one with `--company ID`"));
    };
    Ok(library)
}

/// A metric that nothing is known of.
fn no_figure(library: &Library, history: &History, metric: &Metric, place: String) -> Failure {
    let known = history.metrics();
    let hint = match near(metric.as_str(), known.into_iter().map(Metric::as_str)) {
        Some(meant) => format!("did you mean `{meant}`?"),
        None => "the metrics are those that `tanshin facts` prints".to_owned(),
    };
    Failure::usage(format!("found no figure of `{metric}` for `{}`", library.company.id), place, hint)
}

/// Findings, and whether they fail.
fn print_check(
    sources: &Sources,
    wanted: Check,
    out: &mut dyn Write,
    warnings: &mut Vec<Warning>,
) -> Result<Exit, Stop> {
    let mut each_examined = Vec::new();
    let mut facts = 0;
    let exit = each::library(sources, warnings, |library| {
        each_examined.push(run::examine(&library));
        facts += library.readings.iter().map(|reading| reading.facts.len()).sum::<usize>();
        Ok(())
    })?;
    let examined: Examined = each_examined.into_iter().collect();
    check::write(&examined, facts, wanted.format, out)?;
    let fails = examined.findings.iter().any(|finding| check::fails(finding, wanted));
    Ok(if fails { exit.max(Exit::Problems) } else { exit })
}

fn print_trace(libraries: &[Library], id: &FigureId, format: TraceFormat, out: &mut dyn Write) -> Result<(), Stop> {
    let place = format!("trace {} {}", id.metric, id.period);
    let library = only(libraries, "a trace", place.clone())?;
    let history = run::aggregate(library).value;
    let gap = match history.figure_or_gap(id) {
        Ok(figure) => {
            let record = TraceRecord::of(&history.trace_of(&figure), &library.documents);
            return Ok(trace::write(&record, format, out)?);
        }
        Err(gap) => gap,
    };
    let series = history.series(&id.metric);
    if series.is_empty() {
        return Err(no_figure(library, &history, &id.metric, place).into());
    }
    let like = |period: Period| mem::discriminant(&period) == mem::discriminant(&id.period);
    let years = |period: Period| period.fiscal_year().zip(id.period.fiscal_year()).map(|(a, b)| a.abs_diff(b));
    let others =
        series.iter().map(|figure| figure.id.period).filter(|period| like(*period) && years(*period) > Some(0));
    let hint = match others.min_by_key(|period| years(*period)) {
        Some(nearest) => format!("it has {nearest}; `tanshin series {}` lists all", id.metric),
        None => format!("`tanshin series {}` lists the levels it has", id.metric),
    };
    Err(Failure::usage(format!("found no {id}: {gap}"), place, hint).into())
}

fn print_targets(
    sources: &Sources,
    format: SeriesFormat,
    out: &mut dyn Write,
    warnings: &mut Vec<Warning>,
) -> Result<Exit, Stop> {
    let mut records = Vec::new();
    let exit = each::history(sources, warnings, |history| records.extend(history.target_records()))?;
    targets::write(&records, format, out)?;
    Ok(exit)
}

fn print_quarters(
    sources: &Sources,
    format: QuartersFormat,
    out: &mut dyn Write,
    warnings: &mut Vec<Warning>,
) -> Result<Exit, Stop> {
    let mut companies = Vec::new();
    let exit = each::history(sources, warnings, |history| {
        let company = history.company().id.clone();
        companies.push(quarters::CompanyCoverage { company, quarters: history.coverage() });
    })?;
    quarters::write(&companies, format, out)?;
    Ok(exit)
}

/// `1 quarter`, `2 quarters`.
fn counted(number: usize, noun: &str) -> String {
    format!("{number} {noun}{}", if number == 1 { "" } else { "s" })
}

/// One JSON object a line.
fn json_lines<T: Serialize>(records: &[T], out: &mut dyn Write) -> io::Result<()> {
    for record in records {
        serde_json::to_writer(&mut *out, record)?;
        writeln!(out)?;
    }
    Ok(())
}
