//! Warnings: what a stage that reads human text could not take, with its place and one hint. Such a stage never fails.

use std::fmt;

use serde::{Deserialize, Serialize};

/// Something a person should know, and what to do about it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Warning {
    /// What was found and what was expected, lower case, without full stop.
    pub message: String,
    /// The path, with line and snippet where there is one: `seeds/iij/1q17.txt:52  Revenues 34.4`.
    pub place: String,
    /// One thing to do.
    pub hint: String,
}

/// A value and everything to be said about how it came to be.
#[derive(Clone, Debug)]
pub struct Warned<T> {
    /// The value.
    pub value: T,
    /// All warnings, in the order of their places.
    pub warnings: Vec<Warning>,
}

impl<T> Warned<T> {
    /// A value without warnings.
    pub fn clean(value: T) -> Self {
        Self { value, warnings: Vec::new() }
    }
}

impl fmt::Display for Warning {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}\n  --> {}\nhint: {}", self.message, self.place, self.hint)
    }
}
