//! `tanshin build`: a line for each brief as soon as it is done, a summary at the end.

use std::collections::BTreeSet;
use std::io::{self, Write};

use super::failure::{Exit, Failure};
use super::printable::printable;
use super::{Stop, counted};
use crate::config::Look;
use crate::model::{Quarter, Warning};
use crate::options::Build;
use crate::output::Written;
use crate::run::{self, Brief, BriefError, Library, Press};

/// How many briefs ended in which way.
#[derive(Default)]
struct Tally {
    new: usize,
    changed: usize,
    unchanged: usize,
    failed: usize,
    known: BTreeSet<Quarter>,
    /// The worst of the failures, by exit code.
    worst: Option<Exit>,
}

/// Builds the briefs of all companies. What failed is among the warnings.
pub(super) fn build(
    libraries: &[Library],
    wanted: &Build,
    look: &Look,
    out: &mut dyn Write,
    warnings: &mut Vec<Warning>,
) -> Result<Exit, Stop> {
    let templates = run::templates(&wanted.templates).map_err(Failure::from)?;
    warnings.extend(templates.warnings);
    let press = Press::new(&templates.value, &wanted.fonts, look).map_err(Failure::from)?;
    let mut tally = Tally::default();
    let mut written = Ok(());
    for library in libraries {
        let history = run::aggregate(library);
        warnings.extend(history.warnings);
        run::build(library, &history.value, &press, wanted, &mut |brief| {
            if written.is_ok() {
                written = line(&brief, out);
            }
            tally.count(&brief);
            warnings.extend(warning(&brief));
            warnings.extend(brief.warnings);
        });
    }
    written?;
    let missing: Vec<&Quarter> = wanted.quarters.iter().filter(|quarter| !tally.known.contains(quarter)).collect();
    warnings.extend(missing.iter().map(|quarter| no_data(quarter)));
    tally.summary(out)?;
    tally.exit(!missing.is_empty())
}

fn line(brief: &Brief, out: &mut dyn Write) -> io::Result<()> {
    let word = match brief.outcome {
        Ok(Written::New) => "new",
        Ok(Written::Changed) => "changed",
        Ok(Written::Unchanged) => "unchanged",
        Err(_) => "failed",
    };
    writeln!(out, "{word:<9}  {}", printable(&brief.path.display().to_string()))
}

/// A failed brief as a warning: the others go on.
fn warning(brief: &Brief) -> Option<Warning> {
    let error = brief.outcome.as_ref().err()?;
    let (place, hint) = match error {
        BriefError::Narrate(_) | BriefError::Draw(_) | BriefError::Typeset(_) => {
            (&*brief.path, "the other briefs are not affected")
        }
        BriefError::Write(error) => (error.path(), error.hint()),
    };
    let message = format!("no brief of {} for `{}`: {error}", brief.quarter, brief.company);
    Some(Warning { message, place: place.display().to_string(), hint: hint.to_owned() })
}

fn no_data(quarter: &Quarter) -> Warning {
    Warning {
        message: format!("found no revenue and operating income for {quarter}"),
        place: format!("build {quarter}"),
        hint: "`tanshin quarters` lists the quarters that have data".to_owned(),
    }
}

impl Tally {
    fn count(&mut self, brief: &Brief) {
        self.known.insert(brief.quarter);
        match &brief.outcome {
            Ok(Written::New) => self.new += 1,
            Ok(Written::Changed) => self.changed += 1,
            Ok(Written::Unchanged) => self.unchanged += 1,
            Err(error) => {
                self.failed += 1;
                let exit = if matches!(error, BriefError::Write(_)) { Exit::Io } else { Exit::Problems };
                self.worst = self.worst.max(Some(exit));
            }
        }
    }

    fn summary(&self, out: &mut dyn Write) -> io::Result<()> {
        let Self { new, changed, unchanged, failed, .. } = self;
        let all = counted(new + changed + unchanged + failed, "brief");
        writeln!(out, "{all}: {new} new, {changed} changed, {unchanged} unchanged, {failed} failed")
    }

    /// Nothing built is a failure of its own; what was built besides is kept.
    fn exit(&self, missing: bool) -> Result<Exit, Stop> {
        let built = self.new + self.changed + self.unchanged;
        match (built, self.failed) {
            (0, 0) if missing => Err(nothing(Exit::Usage, "none of the quarters has data").into()),
            (0, 0) => Err(nothing(Exit::Input, "found no quarter that has data").into()),
            (0, _) => Err(nothing(self.worst.unwrap_or(Exit::Problems), "every brief failed").into()),
            (_, 0) if !missing => Ok(Exit::Ok),
            _ => Ok(Exit::Problems),
        }
    }
}

fn nothing(exit: Exit, message: &str) -> Failure {
    let hint = "the warnings above say why; `tanshin quarters` lists the quarters that have data".to_owned();
    Failure { exit, message: message.to_owned(), place: None, hint }
}
