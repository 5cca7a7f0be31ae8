//! Seeds: each folder under the root with a `company.toml` is a company, every `*.txt` beside it one of its documents.
//! What a number in them means is others' business. A company or a document that cannot be read is left out with a
//! warning, and all others are read.
#![expect(clippy::disallowed_methods, clippy::disallowed_types, reason = "the room that reads the seeds folder")]

pub mod limit;
mod profile;
mod text;

use std::fs;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::cause::cause;
use crate::model::{Company, Document, Seed, Warned, Warning};

/// The profile's file name.
pub const PROFILE: &str = "company.toml";

/// Why no seeds can be read at all.
#[derive(Debug, thiserror::Error)]
pub enum SeedError {
    /// There is no such folder.
    #[error("cannot find the seeds folder")]
    Missing {
        /// The root that was asked for.
        root: PathBuf,
    },
    /// The root is a file.
    #[error("cannot read seeds from a file, expected a folder of company folders")]
    NotAFolder {
        /// The root that was asked for.
        root: PathBuf,
    },
    /// The root is one company's folder.
    #[error("this is the folder of one company, expected the folder above it")]
    OneCompany {
        /// The root that was asked for.
        root: PathBuf,
    },
    /// The root cannot be listed.
    #[error("cannot list the seeds folder: {}", cause(source))]
    Unreadable {
        /// The root that was asked for.
        root: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// The root holds no company folder.
    #[error("found no company in the seeds folder, expected a folder with a `{PROFILE}` for each company")]
    Empty {
        /// The root that was asked for.
        root: PathBuf,
    },
}

/// Reads all companies under a root, in the order of their names. Every warning says what was left out; without
/// warnings everything was read.
///
/// # Errors
/// When the root cannot be listed or has no folder in it.
pub fn load(root: &Path) -> Result<Warned<Vec<Seed>>, SeedError> {
    let Warned { value: folders, warnings } = folders(root)?;
    let mut seeds = Warned { value: Vec::new(), warnings };
    for folder in folders {
        let loaded = company(&folder);
        seeds.value.extend(loaded.value);
        seeds.warnings.extend(loaded.warnings);
    }
    Ok(seeds)
}

/// The folders of the companies under a root, in the order of their names, to be read one by one with [`company`].
///
/// # Errors
/// When the root cannot be listed or has no folder in it.
pub fn folders(root: &Path) -> Result<Warned<Vec<PathBuf>>, SeedError> {
    let entries = list(root).map_err(|source| root_error(root, source))?;
    let (folders, files): (Vec<PathBuf>, Vec<PathBuf>) = entries.into_iter().partition(|path| path.is_dir());
    if folders.is_empty() && files.iter().any(|path| is_profile(path)) {
        return Err(SeedError::OneCompany { root: root.to_owned() });
    }
    let warnings: Vec<Warning> = files.iter().filter_map(|path| stray(path)).collect();
    if folders.is_empty() && warnings.is_empty() {
        return Err(SeedError::Empty { root: root.to_owned() });
    }
    Ok(Warned { value: folders, warnings })
}

fn root_error(root: &Path, source: io::Error) -> SeedError {
    let root = root.to_owned();
    match source.kind() {
        io::ErrorKind::NotFound => SeedError::Missing { root },
        io::ErrorKind::NotADirectory => SeedError::NotAFolder { root },
        _ => SeedError::Unreadable { root, source },
    }
}

/// The entries of a folder in the order of their names, hidden ones left out.
fn list(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let mut paths = Vec::new();
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        if !entry.file_name().as_encoded_bytes().starts_with(b".") {
            paths.push(entry.path());
        }
    }
    paths.sort();
    Ok(paths)
}

/// A file beside the company folders that was meant to lie in one.
fn stray(path: &Path) -> Option<Warning> {
    (is_profile(path) || is_document(path)).then(|| Warning {
        message: "left out a file that lies in no company's folder".to_owned(),
        place: shown(path),
        hint: format!("move it into a folder named after the company, beside its `{PROFILE}`"),
    })
}

/// Reads one company from its folder; none where its profile cannot be used. Every warning says what was left out.
pub fn company(folder: &Path) -> Warned<Option<Seed>> {
    let entries = match list(folder) {
        Ok(entries) => entries,
        Err(error) => return refused(format!("cannot list a company's folder: {}", cause(&error)), folder, READABLE),
    };
    let Some(id) = folder.file_name().and_then(|name| name.to_str()) else {
        return refused("cannot use a folder's name, expected UTF-8".to_owned(), folder, "rename the folder");
    };
    let company = match read_profile(&folder.join(PROFILE), id, entries.is_empty()) {
        Ok(company) => Arc::new(company),
        Err(warnings) => return Warned { value: None, warnings },
    };
    let files: Vec<&PathBuf> = entries.iter().filter(|path| is_document(path)).collect();
    // What cannot be asked for its size is told when it is read.
    let bytes = files
        .iter()
        .filter_map(|path| fs::metadata(path).ok())
        .map(|kind| kind.len())
        .filter(|b| *b <= limit::DOCUMENT);
    if let Some(beyond) = limit::of_company(files.len(), bytes.sum()) {
        return refused(format!("left out `{id}`: {beyond}"), folder, "move older documents out of the folder");
    }
    let documents = documents(&files);
    let mut warnings = documents.warnings;
    if documents.value.is_empty() {
        let hint = "put the company's documents beside its profile, as UTF-8 text files named `*.txt`".to_owned();
        warnings.push(Warning { message: format!("found no readable document of `{id}`"), place: shown(folder), hint });
    }
    Warned { value: Some(Seed { company, documents: documents.value }), warnings }
}

const READABLE: &str = "make it readable for the user who runs the program";

fn refused(message: String, path: &Path, hint: &str) -> Warned<Option<Seed>> {
    Warned { value: None, warnings: vec![Warning { message, place: shown(path), hint: hint.to_owned() }] }
}

fn read_profile(path: &Path, id: &str, folder_is_empty: bool) -> Result<Company, Vec<Warning>> {
    let refuse = |message: String, hint: &str| {
        vec![Warning { message: format!("left out `{id}`: {message}"), place: shown(path), hint: hint.to_owned() }]
    };
    let bytes = read(path, limit::PROFILE).map_err(|refusal| match refusal {
        Refusal::Io(error) if error.kind() == io::ErrorKind::NotFound && folder_is_empty => {
            refuse("its folder is empty".to_owned(), "add a profile and documents, or remove the folder")
        }
        Refusal::Io(error) if error.kind() == io::ErrorKind::NotFound => refuse(
            format!("its folder has no `{PROFILE}`"),
            "write a profile (`docs/profile.md` shows one), or move the folder out of the seeds",
        ),
        other => refuse(format!("cannot read its profile: {}", other.cause()), other.hint()),
    })?;
    profile_of(&bytes, id, &shown(path))
}

/// A company's profile from the bytes of its file; `place` names the file in warnings.
///
/// # Errors
/// A warning for every fault of the profile.
pub fn profile_of(bytes: &[u8], id: &str, place: &str) -> Result<Company, Vec<Warning>> {
    let text = text::decode(bytes).map_err(|fault| {
        let message = format!("left out `{id}`: cannot read its profile: {}", fault.message());
        vec![Warning { message, place: place.to_owned(), hint: "save the profile as UTF-8 text".to_owned() }]
    })?;
    profile::parse(text, id, place)
}

/// All documents of a company that can be read.
fn documents(files: &[&PathBuf]) -> Warned<Vec<Document>> {
    let mut documents = Warned::clean(Vec::new());
    for path in files {
        match document(path) {
            Ok(document) => documents.value.push(document),
            Err(warning) => documents.warnings.push(warning),
        }
    }
    documents
}

fn is_profile(path: &Path) -> bool {
    path.file_name().is_some_and(|name| name == PROFILE)
}

fn is_document(path: &Path) -> bool {
    path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("txt"))
}

fn document(path: &Path) -> Result<Document, Warning> {
    let refuse = |message: String, hint: &str| Warning { message, place: shown(path), hint: hint.to_owned() };
    let name = path.file_name().and_then(|name| name.to_str());
    let name = name.ok_or_else(|| {
        refuse("left out a document: its name is not UTF-8".to_owned(), "rename it, sources are cited by file name")
    })?;
    let bytes = read(path, limit::DOCUMENT)
        .map_err(|refusal| refuse(format!("left out a document: {}", refusal.cause()), refusal.hint()))?;
    document_of(&bytes, name, &shown(path))
}

/// A document from the bytes of its file; `place` names the file in warnings.
///
/// # Errors
/// When the bytes are no text, no text is in them, or they are beyond a limit.
pub fn document_of(bytes: &[u8], name: &str, place: &str) -> Result<Document, Warning> {
    let refuse = |message: String, hint: &str| Warning { message, place: place.to_owned(), hint: hint.to_owned() };
    let text = text::decode(bytes)
        .map_err(|fault| refuse(format!("left out a document: {}", fault.message()), fault.hint()))?;
    if text.trim().is_empty() {
        return Err(refuse("left out a document: it is empty".to_owned(), "put the document's text in, or remove it"));
    }
    if let Some((beyond, hint)) = limit::of_text(text) {
        return Err(refuse(format!("left out a document: {beyond}"), hint));
    }
    Ok(Document { name: Arc::from(name), path: place.to_owned(), lines: text::lines(text) })
}

/// Why a file was not read.
enum Refusal {
    Io(io::Error),
    Special,
    /// Its bytes, and how many it may have.
    TooLarge(u64, u64),
}

impl Refusal {
    fn cause(&self) -> String {
        match self {
            Self::Io(error) => cause(error),
            Self::Special => "it is neither a file nor a folder, expected a text file".to_owned(),
            Self::TooLarge(bytes, limit) => limit::too_large(*bytes, *limit),
        }
    }

    fn hint(&self) -> &'static str {
        match self {
            Self::Io(error) if error.kind() == io::ErrorKind::PermissionDenied => READABLE,
            Self::Io(error) if error.kind() == io::ErrorKind::IsADirectory => "rename the folder or move it away",
            Self::Io(_) => "mend the file or the link, or remove it",
            Self::Special => "remove it, or put a text file in its place",
            Self::TooLarge(_, limit::PROFILE) => "keep to what `docs/profile.md` names",
            Self::TooLarge(..) => "split it into one file for each document",
        }
    }
}

/// A regular file's bytes. The kind is asked first: reading a pipe would wait for ever.
fn read(path: &Path, limit: u64) -> Result<Vec<u8>, Refusal> {
    let kind = fs::metadata(path).map_err(Refusal::Io)?;
    if kind.is_dir() {
        return Err(Refusal::Io(io::ErrorKind::IsADirectory.into()));
    }
    if !kind.is_file() {
        return Err(Refusal::Special);
    }
    if kind.len() > limit {
        return Err(Refusal::TooLarge(kind.len(), limit));
    }
    let mut bytes = Vec::new();
    // The file may grow between the question and the answer.
    fs::File::open(path).and_then(|file| file.take(limit + 1).read_to_end(&mut bytes)).map_err(Refusal::Io)?;
    let size = bytes.len() as u64;
    if size > limit { Err(Refusal::TooLarge(size, limit)) } else { Ok(bytes) }
}

/// A path as the user would write it.
fn shown(path: &Path) -> String {
    path.display().to_string()
}
