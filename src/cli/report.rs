//! `tanshin report merge`, and the report that a build writes.

use std::io::Write;
use std::path::{Path, PathBuf};

use super::Stop;
use super::failure::{Exit, Failure};
use crate::batch::{Report, Status};
use crate::cause::cause;
use crate::model::Warning;
use crate::output;

/// Merges reports to a file or, without one, to stdout.
pub(super) fn merge(
    files: &[PathBuf],
    to: Option<&Path>,
    out: &mut dyn Write,
    warnings: &mut Vec<Warning>,
) -> Result<Exit, Stop> {
    let reports = files.iter().map(|file| read(file)).collect::<Result<Vec<Report>, Failure>>()?;
    let merged = Report::merge(reports).map_err(|error| {
        let hint = "merge the reports of one run: one for each shard, all made by the same program";
        Failure { exit: Exit::Input, message: error.to_string(), place: None, hint: hint.to_owned() }
    })?;
    warnings.extend(gaps(&merged));
    match to {
        Some(file) => write(&merged, file)?,
        None => out.write_all(&bytes(&merged))?,
    }
    let failed = merged.totals.contains_key(Status::FAILED);
    let whole = warnings.is_empty() && !failed && merged.unreadable.is_empty();
    Ok(if whole { Exit::Ok } else { Exit::Problems })
}

/// Writes a report, and takes away what a killed run left beside it.
pub(super) fn write(report: &Report, file: &Path) -> Result<(), Failure> {
    let folder = file.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    output::Swept::default().sweep(folder);
    output::write(file, &bytes(report)).map(drop).map_err(Failure::from)
}

fn bytes(report: &Report) -> Vec<u8> {
    let mut bytes = serde_json::to_vec_pretty(report).expect("a report is strings, numbers and lists");
    bytes.push(b'\n');
    bytes
}

fn read(file: &Path) -> Result<Report, Failure> {
    let refuse = |why: String, exit, hint: &str| {
        Err(Failure::at(exit, format!("cannot read a report: {why}"), file.display(), hint))
    };
    let form = "name files that `tanshin build --report FILE.json` wrote";
    match output::read(file) {
        Ok(Some(bytes)) => match serde_json::from_slice(&bytes) {
            Ok(report) => Ok(report),
            Err(error) => refuse(error.to_string(), Exit::Input, form),
        },
        Ok(None) => refuse("it does not exist".to_owned(), Exit::Input, form),
        Err(error) => refuse(cause(&error), Exit::Io, "name files that can be read"),
    }
}

/// What a merged report lacks.
fn gaps(report: &Report) -> Vec<Warning> {
    let warning =
        |message: String, hint: &str| Warning { message, place: "report merge".to_owned(), hint: hint.to_owned() };
    let missing = report.missing().into_iter().map(|shard| {
        warning(format!("found no report of shard {shard}"), "run that shard again, and merge with its report")
    });
    let stopped = report.interrupted.then(|| {
        let message = "a shard was interrupted before its end".to_owned();
        warning(message, "run it again: what was built is not built twice")
    });
    missing.chain(stopped).collect()
}
