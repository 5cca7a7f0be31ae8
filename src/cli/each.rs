//! Companies read one at a time: what a command says of one is written before the next is read, so that many need no more memory
//! than one.

use std::path::PathBuf;

use super::{Failure, Stop, choose};
use crate::cli::Exit;
use crate::history::History;
use crate::model::{Seed, Warning};
use crate::options::Sources;
use crate::run::{self, Library};
use crate::seed;
use crate::several;

/// Reads the companies that the user wants, in order, and hands on each. What is wrong with the folders is told before what is wrong
/// with the documents.
pub(super) fn library(
    sources: &Sources,
    warnings: &mut Vec<Warning>,
    mut take: impl FnMut(Library) -> Result<(), Stop>,
) -> Result<Exit, Stop> {
    let mut said = Vec::new();
    let mut exit = Exit::Ok;
    let read = |seed: &Seed| {
        let read = run::read_on(several::cores(), seed, sources.as_of);
        said.extend(read.warnings);
        if read.value.readings.iter().any(|reading| reading.facts.is_empty()) {
            exit = Exit::Problems;
        }
        take(read.value)
    };
    let before = warnings.len();
    let ended = if sources.companies.is_empty() { all(sources, warnings, read) } else { some(sources, warnings, read) };
    if warnings.len() > before {
        exit = Exit::Problems;
    }
    warnings.append(&mut said);
    ended.map(|()| exit)
}

/// The same with what is known of each company. What is doubtful in that is told last.
pub(super) fn history(
    sources: &Sources,
    warnings: &mut Vec<Warning>,
    mut take: impl FnMut(&History),
) -> Result<Exit, Stop> {
    let mut doubts = Vec::new();
    let exit = library(sources, warnings, |library| {
        let history = run::aggregate(&library);
        doubts.extend(history.warnings);
        take(&history.value);
        Ok(())
    })?;
    warnings.append(&mut doubts);
    Ok(exit)
}

/// All companies, none of which is in memory before its turn.
fn all(
    sources: &Sources,
    warnings: &mut Vec<Warning>,
    mut read: impl FnMut(&Seed) -> Result<(), Stop>,
) -> Result<(), Stop> {
    let folders = seed::folders(&sources.seeds).map_err(Failure::from)?;
    warnings.extend(folders.warnings);
    let mut next = |folder: &PathBuf| {
        let loaded = seed::company(folder);
        warnings.extend(loaded.warnings);
        loaded.value.map(|seed| read(&seed))
    };
    let mut found = false;
    for ended in folders.value.iter().filter_map(&mut next) {
        ended?;
        found = true;
    }
    // Says why none could be read.
    if found { Ok(()) } else { Ok(choose(Vec::new(), sources).map(drop)?) }
}

/// Those that are named, once it is sure that there are such.
fn some(
    sources: &Sources,
    warnings: &mut Vec<Warning>,
    read: impl FnMut(&Seed) -> Result<(), Stop>,
) -> Result<(), Stop> {
    let loaded = seed::load(&sources.seeds).map_err(Failure::from)?;
    warnings.extend(loaded.warnings);
    choose(loaded.value, sources)?.iter().try_for_each(read)
}
