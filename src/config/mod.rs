//! Settings: `tanshin.toml`, the nearest upward from the working folder, checked once. What a setting does is others'
//! business. Flags go before the file, the file before the defaults.
#![expect(
    clippy::disallowed_methods,
    clippy::disallowed_types,
    reason = "the room that reads the settings, and the logo and the font that they name"
)]

mod brand;
mod chart;
mod found;
mod keys;
mod logo;
mod look;
mod reference;
mod sections;
mod small_file;
mod take;

use std::fs;
use std::path::{Path, PathBuf};

use chrono::NaiveDate;

use crate::model::Warning;
use crate::options::Folder;

pub use keys::{Kind, SETTINGS, Setting};
pub use look::Look;
pub use reference::reference;
pub use take::Flag;

use take::{Origin, Taking};

/// The file's name.
pub const NAME: &str = "tanshin.toml";

/// The largest settings that are read, in bytes.
const LIMIT: u64 = 1024 * 1024;

/// The settings that count, with where each comes from.
#[derive(Clone, Debug)]
pub struct Config {
    /// Company folders.
    pub seeds: PathBuf,
    /// Ids of the companies to take; empty for all.
    pub companies: Vec<String>,
    /// Take only documents published on or before this day.
    pub as_of: Option<NaiveDate>,
    /// The user's templates.
    pub templates: Folder,
    /// The user's fonts.
    pub fonts: Folder,
    /// Where briefs go.
    pub output: PathBuf,
    /// Where accepted texts are.
    pub accepted: PathBuf,
    /// How a brief looks.
    pub look: Look,
    /// Every setting for reading: key, value (words in parentheses where there is none), origin.
    pub rows: Vec<[String; 3]>,
    /// What the settings were read from, and where they will be once written: the file, and the logo that it names.
    pub files: Vec<PathBuf>,
}

/// What was read: settings and what is doubtful about them, or all that is wrong.
pub type Loaded = Result<(Config, Vec<Warning>), Vec<Warning>>;

/// The settings of a file, or of the nearest upward from the working folder, or the defaults; flags go before all of them.
///
/// # Errors
/// When the file cannot be read or is at fault; all faults are told.
pub fn load(named: Option<&Path>, flags: &[Flag]) -> Loaded {
    let Some(path) = named.map(Path::to_owned).or_else(nearest) else {
        return parse("", Path::new(""), "", flags).map(|loaded| from(loaded, Path::new(NAME)));
    };
    let shown = path.display().to_string();
    let text = small_file::text(&path, LIMIT).map_err(|cause| {
        let hint = "name another file with `--config FILE`, or remove this one".to_owned();
        vec![Warning { message: format!("cannot read the settings: {cause}"), place: shown.clone(), hint }]
    })?;
    parse(&text, path.parent().unwrap_or(Path::new("")), &shown, flags).map(|loaded| from(loaded, &path))
}

fn from((mut config, warnings): (Config, Vec<Warning>), path: &Path) -> (Config, Vec<Warning>) {
    config.files.push(path.to_owned());
    (config, warnings)
}

/// The settings of a text, as those of a file in the working folder.
///
/// # Errors
/// When it is at fault; all faults are told.
pub fn of_text(text: &str) -> Loaded {
    parse(text, Path::new(""), NAME, &[])
}

/// The settings of a project without a file.
pub fn defaults() -> Config {
    let (config, _) = parse("", Path::new(""), "", &[]).expect("no line is at fault where there is none");
    config
}

/// The nearest file upward, as a path from the working folder.
fn nearest() -> Option<PathBuf> {
    let levels = fs::canonicalize(".").ok()?.ancestors().count();
    let mut folder = PathBuf::new();
    for _ in 0..levels {
        let path = folder.join(NAME);
        if fs::symlink_metadata(&path).is_ok() {
            return Some(path);
        }
        folder.push("..");
    }
    None
}

fn parse(text: &str, root: &Path, shown: &str, flags: &[Flag]) -> Loaded {
    let mut taking = Taking::new(text, root, shown, flags);
    let (seeds, _) = taking.path("sources.seeds");
    let companies = taking.names("sources.companies").into_iter().map(|(name, _)| name).collect();
    let as_of = taking.day("sources.as_of");
    let mut folder = |key: &str| {
        let (path, origin) = taking.path(key);
        Folder { path, named: origin != Origin::Default }
    };
    let (templates, fonts) = (folder("folders.templates"), folder("folders.fonts"));
    let (output, _) = taking.path("folders.output");
    let (accepted, _) = taking.path("folders.accepted");
    let look = look::look(&mut taking, &templates.path);
    let Taking { rows, mut faults, warnings, files, .. } = taking;
    if !faults.is_empty() {
        faults.sort_by_key(|(at, _)| *at);
        faults.dedup();
        return Err(faults.into_iter().map(|(_, fault)| fault).collect());
    }
    Ok((Config { seeds, companies, as_of, templates, fonts, output, accepted, look, rows, files }, warnings))
}

#[cfg(test)]
mod tests;
