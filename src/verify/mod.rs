//! Whether a finished brief can be made again byte for byte, and what differs if not.

mod manifest;

use std::path::Path;

pub use manifest::{Additions, FIELD, Manifest};

use crate::brief;
use crate::config::Look;
use crate::model::{Quarter, Warned};
use crate::run::{self, BriefError, Press, PressError};
use crate::seed::{self, SeedError};
use crate::templates::Templates;

/// What became of a brief that was to be made again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// It is the same, byte for byte.
    Same(Box<Manifest>),
    /// What it was made of is not what there is now.
    Differs(Vec<String>),
    /// What it was made of is still there, but another file comes of it: the file was changed.
    Altered,
    /// It holds no manifest, so nothing can be said.
    Unknown,
}

/// Why a brief cannot be made again.
#[derive(Debug, thiserror::Error)]
pub enum VerifyError {
    /// The companies cannot be found.
    #[error(transparent)]
    Seeds(#[from] SeedError),
    /// Templates or fonts are at fault.
    #[error(transparent)]
    Press(#[from] PressError),
    /// The brief itself is at fault.
    #[error("cannot make the brief again: {0}")]
    Brief(#[from] BriefError),
}

/// What counts now: where the companies are, and how briefs look.
pub struct Workshop<'a> {
    /// The folder of company folders.
    pub seeds: &'a Path,
    /// The templates.
    pub templates: &'a Templates,
    /// The user's fonts with their file names.
    pub fonts: &'a [(String, Vec<u8>)],
    /// The settings.
    pub look: &'a Look,
}

/// Makes a brief again from what there is now, as its manifest says it was made.
///
/// # Errors
/// When it cannot be made at all.
pub fn verify(pdf: &[u8], workshop: &Workshop<'_>) -> Result<Verdict, VerifyError> {
    let Some(before) = brief::attached(pdf).iter().find_map(|data| Manifest::of_data(data)) else {
        return Ok(Verdict::Unknown);
    };
    let missing = |what: String| Ok(Verdict::Differs(vec![what]));
    // The name comes from a file that may be anybody's: it is only compared, never made a path.
    let folders = seed::folders(workshop.seeds)?.value;
    let named = folders.into_iter().find(|folder| folder.file_name().is_some_and(|name| *name == *before.company));
    let Some(seed) = named.and_then(|folder| seed::company(&folder).value) else {
        return missing(format!("company {} is missing", before.company));
    };
    let Ok(quarter) = before.quarter.parse::<Quarter>() else { return Ok(Verdict::Unknown) };
    let look =
        Look { length: before.length, paper: before.paper, languages: vec![before.language], ..workshop.look.clone() };
    let press = Press::new(workshop.templates, workshop.fonts, &look)?;
    let now = Manifest::new(
        &seed.company,
        (quarter, before.language),
        before.as_of,
        seed.documents.iter(),
        &look,
        press.additions(),
    );
    let mut differences = before.differences(&now);
    let library = run::read(&seed, before.as_of).value;
    let history = run::aggregate(&library).value;
    if !history.quarters().contains(&quarter) {
        differences.push(format!("the documents no longer give figures for {quarter}"));
        return Ok(Verdict::Differs(differences));
    }
    let content = press.compose(&library, &history, quarter, before.language)?;
    let Warned { value: again, .. } = press.typeset(&content)?;
    if again.bytes == pdf {
        return Ok(Verdict::Same(Box::new(before)));
    }
    if differences.is_empty() {
        differences.extend(before.others(&now).map(|name| format!("document {name} is new")));
    }
    Ok(if differences.is_empty() { Verdict::Altered } else { Verdict::Differs(differences) })
}
