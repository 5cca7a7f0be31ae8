//! Failures: an error with its place, its hint and the exit code that tells a caller whether to try again.

use std::fmt;

use crate::output::OutputError;
use crate::run::PressError;
use crate::seed::SeedError;
use crate::templates::TemplatesError;

/// How the program ends; `--help` documents the numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Exit {
    /// All went well.
    Ok = 0,
    /// Done, but something was left out.
    Problems = 1,
    /// The command line asks for what does not exist.
    Usage = 2,
    /// The input cannot be used: trying again will not help.
    Input = 3,
    /// A file operation or a limit stood in the way: trying again may help.
    Io = 4,
    /// Stopped from outside; what was done is kept.
    Interrupted = 130,
}

/// Why a command ends early.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    /// The exit code.
    pub exit: Exit,
    /// What was found and what was expected, lower case, without full stop.
    pub message: String,
    /// The path or the argument; none where the message says it all.
    pub place: Option<String>,
    /// One thing to do.
    pub hint: String,
}

impl Failure {
    /// A failure at a place.
    pub fn at(exit: Exit, message: String, place: impl fmt::Display, hint: impl Into<String>) -> Self {
        Self { exit, message, place: Some(place.to_string()), hint: hint.into() }
    }

    /// An argument that cannot be used; the place is the argument as it was written.
    pub fn usage(message: String, argument: impl fmt::Display, hint: impl Into<String>) -> Self {
        Self::at(Exit::Usage, message, argument, hint)
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)?;
        if let Some(place) = &self.place {
            write!(f, "\n  --> {place}")?;
        }
        write!(f, "\nhint: {}", self.hint)
    }
}

impl From<SeedError> for Failure {
    fn from(error: SeedError) -> Self {
        let (exit, root, hint) = match &error {
            SeedError::Missing { root } => (Exit::Input, root, "name the folder with `--seeds DIR`"),
            SeedError::NotAFolder { root } => {
                (Exit::Input, root, "name the folder above the company's with `--seeds DIR`")
            }
            SeedError::OneCompany { root } => {
                (Exit::Input, root, "name the folder above with `--seeds DIR`, and choose with `--company ID`")
            }
            SeedError::Unreadable { root, .. } => {
                (Exit::Io, root, "make it readable for the user who runs the program")
            }
            SeedError::Empty { root } => (Exit::Input, root, "`docs/profile.md` tells how to add a company"),
        };
        Self::at(exit, error.to_string(), root.display(), hint)
    }
}

impl From<TemplatesError> for Failure {
    fn from(error: TemplatesError) -> Self {
        let (exit, path, hint) = match &error {
            TemplatesError::Missing { path } => (
                Exit::Input,
                path,
                "leave out `--templates` to use the built-in templates, or name a folder that exists",
            ),
            TemplatesError::Unreadable { path, .. } => {
                (Exit::Io, path, "name a folder that can be read with `--templates DIR`")
            }
        };
        Self::at(exit, error.to_string(), path.display(), hint)
    }
}

impl From<PressError> for Failure {
    fn from(error: PressError) -> Self {
        let place = error.place().map(str::to_owned);
        Self { exit: Exit::Input, message: error.to_string(), place, hint: error.hint() }
    }
}

impl From<OutputError> for Failure {
    fn from(error: OutputError) -> Self {
        Self::at(Exit::Io, error.to_string(), error.path().display(), error.hint())
    }
}
