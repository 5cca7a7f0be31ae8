//! One side of a comparison: what a user names, and the edition that it stands for.
#![expect(clippy::disallowed_methods, reason = "reads the briefs that a build wrote")]

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use chrono::NaiveDate;

use super::edition::Edition;
use crate::brief;
use crate::cause::cause;
use crate::config::Look;
use crate::language::Language;
use crate::model::{Warned, Warning};
use crate::options::{Folder, Sources};
use crate::run::{self, BriefError, Press, PressError};
use crate::seed::{self, SeedError};
use crate::templates::TemplatesError;

/// The largest PDF that is read, in bytes.
const LIMIT: u64 = 64 * 1024 * 1024;

/// What a side is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Side {
    /// What was known on a day.
    Day(NaiveDate),
    /// Other templates over the same documents.
    Templates(PathBuf),
    /// Other documents with the same templates.
    Seeds(PathBuf),
    /// Briefs that a build wrote.
    Build(PathBuf),
}

/// Why a side has no edition.
#[derive(Debug, thiserror::Error)]
pub enum SideError {
    /// It is none of what can be compared.
    #[error("cannot tell what to compare, expected a day, a folder of briefs, of seeds or of templates, or a PDF")]
    Unknown {
        /// What was named.
        name: String,
    },
    /// It cannot be read.
    #[error("cannot read it: {}", cause(source))]
    Unreadable {
        /// The file or folder.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// Its seeds cannot be read.
    #[error(transparent)]
    Seeds(#[from] SeedError),
    /// Its templates cannot be read.
    #[error(transparent)]
    Templates(#[from] TemplatesError),
    /// Its templates or the fonts cannot be used.
    #[error(transparent)]
    Press(Box<PressError>),
    /// A brief of it cannot be composed.
    #[error("cannot compose {quarter} of `{company}`: {source}")]
    Compose {
        /// Company id.
        company: String,
        /// The quarter.
        quarter: String,
        /// Why.
        source: Box<BriefError>,
    },
}

impl Side {
    /// What a name on the command line means: a day by its form, a path by what lies there.
    ///
    /// # Errors
    /// When it is none of these, or cannot be read.
    pub fn of(name: &str) -> Result<Self, SideError> {
        if let Ok(day) = NaiveDate::parse_from_str(name, "%Y-%m-%d") {
            return Ok(Self::Day(day));
        }
        let path = PathBuf::from(name);
        let unknown = || SideError::Unknown { name: name.to_owned() };
        if !path.is_dir() {
            return if is_pdf(&path) && path.is_file() { Ok(Self::Build(path)) } else { Err(unknown()) };
        }
        let below = entries(&path)?;
        let deeper: Vec<PathBuf> =
            below.iter().filter(|entry| entry.is_dir()).flat_map(|entry| entries(entry).unwrap_or_default()).collect();
        let has = |test: &dyn Fn(&Path) -> bool| below.iter().chain(&deeper).any(|path| test(path));
        if has(&|path| path.file_name().is_some_and(|name| name == seed::PROFILE)) {
            Ok(Self::Seeds(path))
        } else if has(&is_pdf) {
            Ok(Self::Build(path))
        } else if has(&|path| path.extension().is_some_and(|end| end == "hbs" || end == "typ")) {
            Ok(Self::Templates(path))
        } else {
            Err(unknown())
        }
    }

    /// Whether it is a single brief, not a folder of them.
    pub fn is_one_brief(&self) -> bool {
        matches!(self, Self::Build(path) if is_pdf(path) && path.is_file())
    }
}

fn is_pdf(path: &Path) -> bool {
    path.extension().is_some_and(|end| end.eq_ignore_ascii_case("pdf"))
}

/// The entries of a folder in the order of their names, hidden ones left out.
fn entries(folder: &Path) -> Result<Vec<PathBuf>, SideError> {
    let unreadable = |source| SideError::Unreadable { path: folder.to_owned(), source };
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).map_err(unreadable)? {
        let entry = entry.map_err(unreadable)?;
        if !entry.file_name().as_encoded_bytes().starts_with(b".") {
            found.push(entry.path());
        }
    }
    found.sort();
    Ok(found)
}

/// The edition that a side stands for, with the sources, templates and look of the command for what it does not replace.
///
/// # Errors
/// When something that it needs cannot be read or used.
pub fn edition(side: &Side, sources: &Sources, templates: &Folder, look: &Look) -> Result<Warned<Edition>, SideError> {
    match side {
        Side::Build(path) => written(path, &sources.companies),
        Side::Day(day) => composed(&Sources { as_of: Some(*day), ..sources.clone() }, templates, look),
        Side::Seeds(path) => composed(&Sources { seeds: path.clone(), ..sources.clone() }, templates, look),
        Side::Templates(path) => composed(sources, &Folder { path: path.clone(), named: true }, look),
    }
}

/// What the briefs of a folder say, by the data attached to them.
fn written(path: &Path, companies: &[String]) -> Result<Warned<Edition>, SideError> {
    let files = if path.is_dir() {
        let mut files = Vec::new();
        for entry in entries(path)? {
            if entry.is_dir() { files.extend(entries(&entry)?) } else { files.push(entry) }
        }
        files
    } else {
        vec![path.to_owned()]
    };
    let mut edition = Edition::default();
    let mut warnings = Vec::new();
    for file in files.iter().filter(|file| is_pdf(file)) {
        let unreadable = |source| SideError::Unreadable { path: file.clone(), source };
        let about = fs::metadata(file).map_err(unreadable)?;
        let small = about.is_file() && about.len() <= LIMIT;
        let pdf = if small { fs::read(file).map_err(unreadable)? } else { Vec::new() };
        if !brief::attached(&pdf).iter().any(|attached| edition.add(attached)) {
            warnings.push(Warning {
                message: "left out a PDF that carries no data of a brief".to_owned(),
                place: file.display().to_string(),
                hint: "compare briefs that `tanshin build` wrote".to_owned(),
            });
        }
    }
    edition.briefs.retain(|(company, _), _| companies.is_empty() || companies.contains(company));
    Ok(Warned { value: edition, warnings })
}

/// What the briefs of all quarters would say; no page is set.
fn composed(sources: &Sources, templates: &Folder, look: &Look) -> Result<Warned<Edition>, SideError> {
    let Warned { value: templates, mut warnings } = run::templates(templates, look)?;
    // No page is set: the brand's font is not asked for.
    let mut look = Look { font: None, ..look.clone() };
    look.brand.font = None;
    let press = Press::new(&templates, &[], &look).map_err(|error| SideError::Press(Box::new(error)))?;
    let folders = seed::folders(&sources.seeds)?;
    warnings.extend(folders.warnings);
    let mut edition = Edition::default();
    for folder in folders.value {
        let name = folder.file_name().unwrap_or_default().to_string_lossy().into_owned();
        if !sources.companies.is_empty() && !sources.companies.contains(&name) {
            continue;
        }
        let read = seed::company(&folder);
        warnings.extend(read.warnings);
        let Some(seed) = read.value else { continue };
        // What a day or a document lacks is what the comparison shows.
        let library = run::read(&seed, sources.as_of).value;
        let history = run::aggregate(&library).value;
        for quarter in history.quarters() {
            let content = press.compose(&library, &history, quarter, Language::default()).map_err(|source| {
                SideError::Compose { company: name.clone(), quarter: quarter.to_string(), source: Box::new(source) }
            })?;
            let told = content.attachment.is_some_and(|attached| edition.add(&attached.bytes));
            debug_assert!(told, "a composed brief carries its data");
        }
    }
    Ok(Warned { value: edition, warnings })
}
