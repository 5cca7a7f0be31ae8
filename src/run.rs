//! The pipeline: calls the stages' verbs in order and holds no rule about figures.

use std::path::PathBuf;
use std::sync::Arc;

use chrono::NaiveDate;

use crate::history::{self, History};
use crate::model::{Company, Document, Quarter, Reading, Seed, Warned, Warning};
use crate::options::{Build, Folder};
use crate::output::{self, OutputError, Written};
use crate::templates::{Templates, TemplatesError};
use crate::vocabulary::Vocabulary;

/// A company with what its documents state.
#[derive(Clone, Debug)]
pub struct Library {
    /// The profile.
    pub company: Arc<Company>,
    /// Its words.
    pub vocabulary: Arc<Vocabulary>,
    /// One reading a document, in the order of their names.
    pub readings: Vec<Reading>,
}

/// What became of one brief.
#[derive(Debug)]
pub struct Brief {
    /// Id of the company.
    pub company: Arc<str>,
    /// The quarter.
    pub quarter: Quarter,
    /// Where it lies, or should.
    pub path: PathBuf,
    /// Written, or why not.
    pub outcome: Result<Written, BriefError>,
}

/// Why there is no brief; the others are built.
#[derive(Debug, thiserror::Error)]
pub enum BriefError {
    /// It could not be made.
    #[error("cannot make the brief: {0}")]
    Make(String),
    /// It could not be written.
    #[error(transparent)]
    Write(#[from] OutputError),
}

/// Reads a company's documents. With `as_of`, only what was published by the end of that day.
pub fn read(seed: &Seed, as_of: Option<NaiveDate>) -> Warned<Library> {
    let company = Arc::clone(&seed.company);
    let vocabulary = Arc::new(Vocabulary::of(&company));
    let mut warnings = Vec::new();
    let mut readings = Vec::new();
    for document in &seed.documents {
        let reading = extract(document, &company, &vocabulary);
        warnings.extend(reading.warnings);
        if reading.value.facts.is_empty() {
            warnings.push(no_figure(document));
        }
        readings.push(reading.value);
    }
    if let Some(day) = as_of {
        warnings.extend(undated(seed, &readings));
        readings = history::as_of(&readings, day);
    }
    Warned { value: Library { company, vocabulary, readings }, warnings }
}

fn no_figure(document: &Document) -> Warning {
    Warning {
        message: "found no figure in the document".to_owned(),
        place: document.path.clone(),
        hint: "check that it is an earnings document, and that the profile knows its labels".to_owned(),
    }
}

/// Whether an undated document was known on a day cannot be told: it is taken, and named.
fn undated(seed: &Seed, readings: &[Reading]) -> Vec<Warning> {
    let documents = seed.documents.iter().zip(readings).filter(|(_, reading)| reading.date.is_none());
    let warning = |document: &Document| Warning {
        message: "found no date of publication, the document counts as known on every day".to_owned(),
        place: document.path.clone(),
        hint: "leave it out of the seeds if it was published later".to_owned(),
    };
    documents.map(|(document, _)| warning(document)).collect()
}

/// The history of a company's figures.
pub fn aggregate(library: &Library) -> Warned<History> {
    history::aggregate(Arc::clone(&library.company), Arc::clone(&library.vocabulary), &library.readings)
}

/// The templates that count: the user's over the built-in ones. A default folder need not exist.
///
/// # Errors
/// When a folder that the user named does not exist, or one cannot be listed.
pub fn templates(folder: &Folder) -> Result<Warned<Templates>, TemplatesError> {
    match Templates::load(&folder.path) {
        Err(TemplatesError::Missing { .. }) if !folder.named => Ok(Warned::clean(Templates::built_in())),
        loaded => loaded,
    }
}

/// Makes and writes the briefs of one company: all, or those of the quarters that are wanted and known. Each is told as
/// soon as it is done; one that fails does not stop the others.
pub fn build(history: &History, templates: &Templates, build: &Build, told: &mut dyn FnMut(Brief)) {
    let company = &history.company().id;
    let wanted = |quarter: &Quarter| build.quarters.is_empty() || build.quarters.contains(quarter);
    for quarter in history.quarters().into_iter().filter(wanted) {
        let path = build.output.join(&**company).join(format!("{quarter}.pdf"));
        let made = brief(history, quarter, templates, &build.fonts);
        let outcome = made.and_then(|bytes| Ok(output::write(&path, &bytes)?));
        told(Brief { company: Arc::clone(company), quarter, path, outcome });
    }
}

/// One document's facts.
// TODO(integration): call `extract::extract(document, company, vocabulary)` here; until then a document states nothing.
fn extract(document: &Document, _company: &Company, _vocabulary: &Vocabulary) -> Warned<Reading> {
    Warned::clean(Reading {
        document: Arc::clone(&document.name),
        title: String::new(),
        date: None,
        facts: Vec::new(),
        unread: Vec::new(),
    })
}

/// One brief's bytes.
// TODO(integration): narrate, draw and typeset here; until then every brief fails and says so.
fn brief(_: &History, _: Quarter, _: &Templates, _: &Folder) -> Result<Vec<u8>, BriefError> {
    Err(BriefError::Make("narrative and brief are not connected yet".to_owned()))
}
