//! `tanshin watch`: builds, and builds again whenever a file that briefs depend on is saved, until Ctrl-C.

use std::io::{self, Write};
use std::path::PathBuf;
use std::thread;
use std::time::Duration;

use super::{Exit, Stop, args, build, end, interrupt, refuse};
use crate::model::Warning;
use crate::options::{Build, Options, Task, Watch};
use crate::watch::Stamps;

/// How often saved files are looked for.
const LOOK: Duration = Duration::from_millis(50);

/// Builds again and again. What is wrong is said, and the next save may mend it.
pub(super) fn watch(
    options: &Options,
    wanted: &Watch,
    warnings: Vec<Warning>,
    out: &mut dyn Write,
    err: &mut dyn Write,
) -> Exit {
    interrupt::listen();
    let (mut options, mut wanted) = (options.clone(), wanted.clone());
    let mut watched = paths(&options, &wanted);
    let mut stamps = Stamps::of(&watched);
    if let Some(exit) = round(&options, &wanted.build, warnings, out, err) {
        return exit;
    }
    let _closed = writeln!(err, "watching for saved files; Ctrl-C ends it");
    while !interrupt::was_interrupted() {
        thread::sleep(LOOK);
        let Some(now) = Stamps::changed(&stamps, &watched) else { continue };
        let before = std::mem::replace(&mut stamps, now);
        if say_changed(&stamps, &before, out).is_err() {
            return Exit::Ok;
        }
        let warnings = match args::parse(wanted.line.iter().cloned()) {
            Ok((again, warnings)) => {
                let Task::Watch(anew) = again.task.clone() else {
                    unreachable!("the same line asks for the same command")
                };
                // What was asked to be made again is made again once.
                wanted = Watch { build: Build { force: false, ..anew.build }, ..anew };
                options = again;
                warnings
            }
            // The briefs stay as they are until the settings can be read.
            Err(refused) => {
                refuse(&refused, err);
                continue;
            }
        };
        let moved = paths(&options, &wanted);
        if moved != watched {
            (watched, stamps) = (moved.clone(), Stamps::of(&moved));
        }
        if let Some(exit) = round(&options, &wanted.build, warnings, out, err) {
            return exit;
        }
    }
    Exit::Interrupted
}

/// One build. The exit code where there is to be no other.
fn round(
    options: &Options,
    wanted: &Build,
    mut warnings: Vec<Warning>,
    out: &mut dyn Write,
    err: &mut dyn Write,
) -> Option<Exit> {
    let built = build::build(&options.sources, wanted, &options.look, out, &mut warnings);
    let ended = built.and_then(|exit| Ok(out.flush().map(|()| exit)?));
    let nobody_reads = matches!(&ended, Err(Stop::Write(error)) if error.kind() == io::ErrorKind::BrokenPipe);
    let exit = end(ended, &warnings, err);
    interrupt::go_on();
    (nobody_reads || exit == Exit::Interrupted).then_some(exit)
}

/// All that a brief may depend on.
fn paths(options: &Options, wanted: &Watch) -> Vec<PathBuf> {
    let folders = [&wanted.build.templates.path, &wanted.build.fonts.path, &options.sources.seeds];
    folders.into_iter().chain(&wanted.files).cloned().collect()
}

fn say_changed(now: &Stamps, before: &Stamps, out: &mut dyn Write) -> io::Result<()> {
    let changed: Vec<String> = now.other_than(before).into_iter().map(|path| path.display().to_string()).collect();
    let more = changed.len().saturating_sub(3);
    let rest = if more > 0 { format!(" and {more} more") } else { String::new() };
    writeln!(out, "saved: {}{rest}", super::printable::printable(&changed[..changed.len() - more].join(", ")))?;
    out.flush()
}
