//! What the TOML reader says, in words: the fault, its place in bytes, a near match. Whose file it is, the caller knows.

use crate::near::near;

/// A fault of a TOML file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TomlFault {
    /// What was found and what was expected.
    pub message: String,
    /// Where, in bytes; none where something is missing from the whole.
    pub at: Option<usize>,
    /// What to do, where the fault tells it.
    pub hint: Option<String>,
}

impl TomlFault {
    /// The fault behind an error.
    pub fn of(error: &toml::de::Error) -> Self {
        let said = error.message().lines().collect::<Vec<_>>().join(", ");
        let said =
            said.replace("expected u8", "expected a whole number").replace("expected usize", "expected a whole number");
        let mut names = said.split('`').skip(1).step_by(2);
        let at = error.span().map(|span| span.start);
        if !said.starts_with("unknown ") {
            return Self { message: said.clone(), at, hint: None };
        }
        let unknown = names.next().unwrap_or_default();
        let known: Vec<&str> = names.collect();
        let kind = if said.starts_with("unknown variant") { "value" } else { "key" };
        let hint = near(unknown, known.iter().copied()).map_or_else(
            || {
                format!(
                    "{kind}s known here are {}",
                    known.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ")
                )
            },
            |meant| format!("did you mean `{meant}`?"),
        );
        Self { message: format!("unknown {kind} `{unknown}`"), at, hint: Some(hint) }
    }
}
