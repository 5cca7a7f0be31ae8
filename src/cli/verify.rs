//! `tanshin verify`: a line for each file, and below it what differs.

use std::io::Write;
use std::path::Path;

use super::Stop;
use super::failure::{Exit, Failure};
use super::printable::printable;
use crate::cause::cause;
use crate::config::Look;
use crate::model::Warning;
use crate::options::{Sources, Verify};
use crate::output;
use crate::run::{self, PressError};
use crate::verify::{Verdict, VerifyError, Workshop, verify};

/// Verifies the files one by one; the worst decides how the program ends.
pub(super) fn run(
    sources: &Sources,
    wanted: &Verify,
    look: &Look,
    out: &mut dyn Write,
    warnings: &mut Vec<Warning>,
) -> Result<Exit, Stop> {
    let templates = run::templates(&wanted.templates, look).map_err(Failure::from)?;
    warnings.extend(templates.warnings);
    let fonts = run::font_files(&wanted.fonts, look).map_err(|error| Failure::from(PressError::Fonts(error)))?;
    warnings.extend(fonts.warnings);
    let workshop = Workshop { seeds: &sources.seeds, templates: &templates.value, fonts: &fonts.value, look };
    let mut exit = Exit::Ok;
    for file in &wanted.files {
        let verdict = verify(&read(file)?, &workshop).map_err(failed)?;
        exit = exit.max(tell(file, &verdict, out)?);
    }
    Ok(exit)
}

fn read(file: &Path) -> Result<Vec<u8>, Failure> {
    match output::read(file) {
        Ok(Some(bytes)) => Ok(bytes),
        Ok(None) => Err(Failure::usage(
            "there is no such file".to_owned(),
            file.display(),
            "name a brief that `tanshin build` wrote",
        )),
        Err(error) => {
            let message = format!("cannot read the file: {}", cause(&error));
            Err(Failure::at(Exit::Io, message, file.display(), "name a file that you may read"))
        }
    }
}

fn failed(error: VerifyError) -> Failure {
    match error {
        VerifyError::Seeds(error) => error.into(),
        VerifyError::Press(error) => error.into(),
        VerifyError::Brief(_) => {
            let hint = "`tanshin templates check` names every fault of the templates".to_owned();
            Failure { exit: Exit::Input, message: error.to_string(), place: None, hint }
        }
    }
}

fn tell(file: &Path, verdict: &Verdict, out: &mut dyn Write) -> Result<Exit, Stop> {
    let file = printable(&file.display().to_string()).into_owned();
    let (word, lines, exit) = match verdict {
        Verdict::Same(manifest) => {
            let count = manifest.documents.len();
            let documents = if count == 1 { "1 document".to_owned() } else { format!("{count} documents") };
            ("same", vec![format!("made again from {documents}, byte for byte")], Exit::Ok)
        }
        Verdict::Differs(differences) => ("differs", differences.clone(), Exit::Problems),
        Verdict::Altered => {
            let told = "all it was made of is the same: the file was changed after it was made";
            ("altered", vec![told.to_owned()], Exit::Problems)
        }
        Verdict::Unknown => ("unknown", vec!["it holds no manifest of tanshin".to_owned()], Exit::Input),
    };
    writeln!(out, "{word:<9}  {file}")?;
    for line in lines {
        writeln!(out, "{:<9}  {}", "", printable(&line))?;
    }
    Ok(exit)
}
