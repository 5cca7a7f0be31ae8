//! `tanshin build --untrusted-templates`: each brief is made by a process of its own, with limits on memory, processor and time and with
//! no file but the project's. What a template does there ends there: a process that is ended is one failed brief.

use std::collections::BTreeSet;
use std::io::{self, Read, Write};
use std::process::{Command, ExitStatus, Stdio};
use std::sync::atomic::Ordering;
use std::thread;
use std::time::Duration;

use super::build::choose;
use super::failure::{Exit, Failure};
use super::limits::{self, Fence};
use super::printable::printable;
use super::{Stop, counted, interrupt, report};
use crate::batch::{Line, Report, Status};
use crate::clock::Watch;
use crate::model::{Quarter, Warned, Warning};
use crate::options::{Build, Sources};
use crate::run;
use crate::seed;

/// Address space of one worker, in bytes. A brief takes about a tenth of it.
pub(super) const MEMORY: u64 = 1024 * 1024 * 1024;
/// Processor time of one worker, in seconds.
pub(super) const CPU: u64 = 20;
/// The largest file that a worker may write, in bytes.
pub(super) const FILE: u64 = 256 * 1024 * 1024;
/// Time of one worker by the wall clock, in milliseconds.
const WALL: u64 = 60_000;
/// The most that is taken from a worker's streams, in bytes.
const MESSAGES: u64 = 1024 * 1024;
/// How often a worker is asked whether it is done.
const PAUSE: Duration = Duration::from_millis(5);

/// How one worker ended.
struct Ended {
    printed: String,
    messages: String,
    /// None where it was ended from outside.
    exit: Option<i32>,
    /// Why it was, in words.
    cause: String,
}

/// Builds the briefs of the wanted companies, a process for each.
pub(super) fn build(
    sources: &Sources,
    wanted: &Build,
    out: &mut dyn Write,
    warnings: &mut Vec<Warning>,
) -> Result<Exit, Stop> {
    let Warned { value: folders, warnings: stray } = seed::folders(&sources.seeds).map_err(Failure::from)?;
    let mut worst = if stray.is_empty() { Exit::Ok } else { Exit::Problems };
    warnings.extend(stray);
    warnings.extend(open(limits::fences()));
    let mut summary = Report::new(wanted.shard, wanted.dry_run);
    let mut told = BTreeSet::new();
    interrupt::listen();
    for folder in choose(folders, sources, wanted)? {
        let read = seed::company(&folder);
        warnings.extend(read.warnings);
        let Some(seed) = read.value else {
            worst = worst.max(Exit::Problems);
            summary.unreadable.insert(folder.file_name().unwrap_or_default().to_string_lossy().into_owned());
            continue;
        };
        let company = &*seed.company.id;
        // What there is to say of the documents and figures, the workers say.
        let quarters = run::aggregate(&run::read(&seed, sources.as_of).value).value.quarters();
        for quarter in quarters.into_iter().filter(|one| wanted.quarters.is_empty() || wanted.quarters.contains(one)) {
            if interrupt::STOP.load(Ordering::Relaxed) {
                summary.interrupted = true;
                summary.briefs_left += 1;
                continue;
            }
            let ended = worker(company, quarter)?;
            let line = line_of(&ended, company, quarter, wanted);
            writeln!(out, "{:<9}  {}", line.status, printable(&line.path))?;
            out.flush()?;
            if ended.exit.is_some() && told.insert(ended.messages.clone()) {
                eprint!("{}", ended.messages);
            }
            if ended.exit.is_none() {
                let message = format!("no brief of {quarter} for `{company}`: {}", line.reason);
                let hint = "the other briefs are not affected; look for a loop in the templates".to_owned();
                warnings.push(Warning { message, place: line.path.clone(), hint });
            }
            worst = worst.max(ended.exit.map_or(Exit::Io, exit_of));
            *summary.totals.entry(line.status.clone()).or_default() += 1;
            summary.briefs.push(line);
        }
    }
    summary.warnings = warnings.len();
    if let Some(file) = &wanted.report {
        report::write(&summary, file)?;
    }
    let of = |status: &str| summary.totals.get(status).copied().unwrap_or_default();
    let all = counted(summary.briefs.len(), "brief");
    let (new, changed, same, failed) = (of("new"), of("changed"), of("unchanged"), of(Status::FAILED));
    writeln!(out, "{all}: {new} new, {changed} changed, {same} unchanged, {failed} failed")?;
    Ok(if summary.interrupted { Exit::Interrupted } else { worst })
}

/// What the workers are not kept from on this system.
fn open(fence: Fence) -> Option<Warning> {
    let open = match (fence.files, fence.network) {
        (true, true) => return None,
        (false, true) => "files beyond the project",
        (true, false) => "the network",
        (false, false) => "files beyond the project and the network",
    };
    Some(Warning {
        message: format!("this system has no fence that keeps a worker from {open}"),
        place: "build --untrusted-templates".to_owned(),
        hint: "typst itself reads nothing but the templates; Linux 5.13 or later with Landlock has the fence as well"
            .to_owned(),
    })
}

/// This program again, with the same command line, for one brief.
fn worker(company: &str, quarter: Quarter) -> Result<Ended, Failure> {
    let failed = |error: &io::Error| {
        let message = format!("cannot start a worker: {}", crate::cause::cause(error));
        Failure::at(
            Exit::Io,
            message,
            "build --untrusted-templates",
            "make room for another process, then run it again",
        )
    };
    let program = std::env::current_exe().map_err(|error| failed(&error))?;
    let mut child = Command::new(program)
        .args(std::env::args_os().skip(1))
        // The allocator asks for room in steps of this many KiB; its own step would be the whole of the limit.
        .env("MIMALLOC_ARENA_RESERVE", "65536")
        .args(["--worker", company, &quarter.to_string()])
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .map_err(|error| failed(&error))?;
    let (printed, messages) = (drain(child.stdout.take()), drain(child.stderr.take()));
    let watch = Watch::start();
    let status = loop {
        match child.try_wait().map_err(|error| failed(&error))? {
            Some(status) => break Some(status),
            None if watch.ms() > WALL => {
                // It may have ended by itself in between.
                let _ended = child.kill();
                let _reaped = child.wait();
                break None;
            }
            None => thread::sleep(PAUSE),
        }
    };
    let text = |thread: thread::JoinHandle<String>| thread.join().unwrap_or_default();
    let cause = match status {
        Some(status) => cause_of(status),
        None => format!("its worker was ended after {} s", WALL / 1000),
    };
    Ok(Ended { printed: text(printed), messages: text(messages), exit: status.and_then(|status| status.code()), cause })
}

/// Reads a stream to its end, so that the worker never waits for us; what is beyond the limit is dropped.
fn drain(stream: Option<impl Read + Send + 'static>) -> thread::JoinHandle<String> {
    thread::spawn(move || {
        let mut text = Vec::new();
        if let Some(mut stream) = stream {
            let _broken = stream.by_ref().take(MESSAGES).read_to_end(&mut text);
            let _broken = io::copy(&mut stream, &mut io::sink());
        }
        String::from_utf8_lossy(&text).into_owned()
    })
}

#[cfg(unix)]
fn cause_of(status: ExitStatus) -> String {
    use std::os::unix::process::ExitStatusExt;
    let (cpu, memory) = (CPU, MEMORY / (1024 * 1024));
    match status.signal() {
        Some(24 | 9) => format!("its worker was ended: it took more than {cpu} s of processor time"),
        Some(6 | 11) => format!("its worker was ended: it asked for more than {memory} MB of memory"),
        Some(25) => format!("its worker was ended: it wrote a file of more than {} MB", FILE / (1024 * 1024)),
        Some(signal) => format!("its worker was ended by signal {signal}"),
        None => "its worker failed".to_owned(),
    }
}

#[cfg(not(unix))]
fn cause_of(_: ExitStatus) -> String {
    "its worker failed".to_owned()
}

/// The worker's own line, or that of a brief that was not made.
fn line_of(ended: &Ended, company: &str, quarter: Quarter, wanted: &Build) -> Line {
    let own = serde_json::from_str::<Report>(&ended.printed).ok().and_then(|report| report.briefs.into_iter().next());
    own.filter(|line| line.company == company && line.quarter == quarter.to_string()).unwrap_or_else(|| Line {
        company: company.to_owned(),
        quarter: quarter.to_string(),
        path: wanted.output.join(company).join(format!("{quarter}.pdf")).display().to_string(),
        status: Status::FAILED.to_owned(),
        reason: ended.cause.clone(),
        pages: None,
        bytes: None,
        ms: 0,
        key: None,
        pdf: None,
    })
}

fn exit_of(code: i32) -> Exit {
    [Exit::Ok, Exit::Problems, Exit::Usage, Exit::Input]
        .into_iter()
        .find(|exit| *exit as i32 == code)
        .unwrap_or(Exit::Io)
}
