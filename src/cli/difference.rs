//! `tanshin diff`: which quarters, figures and sentences differ between two editions of the briefs.

use std::io::Write;

use super::Stop;
use super::counted;
use super::failure::{Exit, Failure};
use super::printable::printable;
use crate::config::Look;
use crate::difference::{self, Change, Difference, Side, SideError};
use crate::model::Warning;
use crate::options::{Compare, Sources, TraceFormat};

/// Compares the two sides and prints what differs.
pub(super) fn diff(
    sources: &Sources,
    wanted: &Compare,
    look: &Look,
    out: &mut dyn Write,
    warnings: &mut Vec<Warning>,
) -> Result<Exit, Stop> {
    let mut one = false;
    let mut edition = |name: &str| -> Result<_, Failure> {
        let failed = |error| failure(name, error);
        let side = Side::of(name).map_err(failed)?;
        one |= side.is_one_brief();
        let read = difference::edition(&side, sources, &wanted.templates, look).map_err(failed)?;
        warnings.extend(read.warnings);
        Ok(read.value)
    };
    let (mut old, mut new) = (edition(&wanted.old)?, edition(&wanted.new)?);
    if one {
        // Beside one brief the others have nothing to be compared with.
        old.briefs.retain(|key, _| new.briefs.contains_key(key));
        new.briefs.retain(|key, _| old.briefs.contains_key(key));
    }
    let difference = difference::compare(&old, &new);
    match wanted.format {
        TraceFormat::Json => {
            serde_json::to_writer_pretty(&mut *out, &difference).map_err(std::io::Error::from)?;
            writeln!(out)?;
        }
        TraceFormat::Text => write(&difference, out)?,
    }
    Ok(if difference.briefs.is_empty() { Exit::Ok } else { Exit::Problems })
}

fn failure(name: &str, error: SideError) -> Failure {
    match error {
        SideError::Seeds(error) => error.into(),
        SideError::Templates(error) => error.into(),
        SideError::Press(error) => (*error).into(),
        SideError::Unknown { .. } => {
            Failure::usage(error.to_string(), format_args!("diff {name}"), "name two of them, the old one first")
        }
        SideError::Unreadable { ref path, .. } => Failure::at(
            Exit::Io,
            error.to_string(),
            path.display(),
            "make it readable for the user who runs the program",
        ),
        SideError::Compose { .. } => Failure::at(
            Exit::Input,
            error.to_string(),
            name,
            "`tanshin templates check` names every fault of the templates",
        ),
    }
}

fn write(difference: &Difference, out: &mut dyn Write) -> std::io::Result<()> {
    for brief in &difference.briefs {
        writeln!(out, "{} {}  {}", printable(&brief.company), brief.quarter, brief.brief)?;
        for change in &brief.figures {
            let value = |side: &Option<String>| side.clone().unwrap_or_else(|| "none".to_owned());
            let line = format!("{}: {} -> {}", change.of, value(&change.old), value(&change.new));
            writeln!(out, "  {} {}", change.mark(), printable(&line))?;
        }
        brief.sentences.iter().try_for_each(|change| sentence(change, out))?;
        writeln!(out)?;
    }
    let Difference { briefs, alike } = difference;
    let verb = if briefs.len() == 1 { "differs" } else { "differ" };
    writeln!(out, "{} {verb}, {alike} alike", counted(briefs.len(), "brief"))
}

/// A changed sentence, old above new.
fn sentence(change: &Change, out: &mut dyn Write) -> std::io::Result<()> {
    for (mark, side) in [('-', &change.old), ('+', &change.new)] {
        if let Some(text) = side {
            writeln!(out, "  {mark} {}: {}", change.of, printable(text))?;
        }
    }
    Ok(())
}
