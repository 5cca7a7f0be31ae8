//! Errors of templates: the file, the place, what is wrong, and the nearest name where one is misspelled.

use std::fmt;

use handlebars::{RenderError, RenderErrorReason, TemplateError};
use serde_json::Value;

use super::helpers;
use crate::language::Language;

/// What is wrong with a template.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub struct TemplateFault {
    /// The file's name among the templates.
    pub file: String,
    /// Line and column, from 1.
    pub place: Option<(usize, usize)>,
    /// The line itself, or the part of it around the column; empty where it is not known.
    pub line: String,
    /// What was found and what was expected.
    pub message: String,
    /// One thing to do.
    pub hint: Option<String>,
}

impl fmt::Display for TemplateFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}\n  --> {}", self.message, self.file)?;
        if let Some((line, column)) = self.place {
            write!(f, ":{line}:{column}")?;
        }
        if !self.line.is_empty() {
            write!(f, "  {}", self.line)?;
        }
        if let Some(hint) = &self.hint {
            write!(f, "\nhint: {hint}")?;
        }
        Ok(())
    }
}

impl TemplateFault {
    /// A fault of a whole file.
    pub fn in_file(file: &str, message: String) -> Self {
        Self { file: file.to_owned(), place: None, line: String::new(), message, hint: None }
    }

    /// The same fault, its file named with its language's folder.
    pub fn of_language(self, language: Language) -> Self {
        Self { file: language.folder() + &self.file, ..self }
    }

    /// A fault at a line and a column.
    pub fn at(file: &str, place: (usize, usize), message: String, hint: Option<String>) -> Self {
        Self { place: Some(place), hint, ..Self::in_file(file, message) }
    }

    /// Adds the line itself from the template's text, where the place is known.
    pub fn quote(&mut self, text: &str) {
        if let Some((line, column)) = self.place {
            self.line = super::lint::excerpt(text, line, column);
        }
    }

    /// A fault found while compiling.
    pub fn compile(file: &str, text: &str, error: &TemplateError) -> Self {
        let unclosed = unclosed_block(text);
        let message = match &unclosed {
            Some((name, _)) => format!("`{{{{#{name}}}}}` is never closed"),
            None => error.reason().to_string().lines().next().unwrap_or_default().trim().to_lowercase(),
        };
        let hint = unclosed.as_ref().map(|(name, _)| format!("write `{{{{/{name}}}}}` where the block ends"));
        Self { place: unclosed.map(|(_, place)| place).or(error.pos()), hint, ..Self::in_file(file, message) }
    }

    /// A fault found while rendering.
    pub fn render(file: &str, data: &Value, error: &RenderError) -> Self {
        let file = error.template_name.as_ref().map_or_else(|| file.to_owned(), |name| format!("{name}.hbs"));
        let place = error.line_no.zip(error.column_no);
        let (message, hint) = match error.reason() {
            RenderErrorReason::MissingVariable(Some(path)) => {
                if let Some(group) = not_given(data, path) {
                    let hint = format!(
                        "write it inside `{{{{#with {group}}}}}…{{{{/with}}}}`, or ask `{{{{#if {group}}}}}` first"
                    );
                    return Self {
                        hint: Some(hint),
                        place,
                        ..Self::in_file(&file, format!("`{path}` is not given here: there is no `{group}`"))
                    };
                }
                let names = field_names(data);
                let wrong = path.split(['.', '/']).find(|part| !names.iter().any(|name| name == part));
                (format!("the view has no `{path}`"), near(wrong.unwrap_or(path), &names))
            }
            RenderErrorReason::HelperNotFound(name) => {
                let names: Vec<String> = helpers::KNOWN.iter().map(|known| known.name.to_owned()).collect();
                (format!("there is no helper `{name}`"), near(name, &names))
            }
            other => (other.to_string(), None),
        };
        Self { file, place, line: String::new(), message, hint }
    }
}

/// The group of a path that may be missing, and is.
fn not_given<'p>(data: &Value, path: &'p str) -> Option<&'p str> {
    let groups = path.match_indices('.').map(|(at, _)| &path[..at]);
    let found = |group: &str| group.split('.').try_fold(data, |value, name| value.get(name));
    groups.into_iter().find(|group| found(group).is_some_and(Value::is_null))
}

/// The known name nearest to a misspelled one.
fn near(wrong: &str, known: &[String]) -> Option<String> {
    let score = |name: &String| strsim::jaro_winkler(wrong, name);
    let best = known.iter().max_by(|a, b| score(a).total_cmp(&score(b)).then_with(|| b.cmp(a)))?;
    (score(best) > 0.8).then(|| format!("did you mean `{best}`?"))
}

/// Every name of a field, at any depth, each once.
fn field_names(value: &Value) -> Vec<String> {
    fn collect(value: &Value, names: &mut Vec<String>) {
        match value {
            Value::Object(fields) => fields.iter().for_each(|(name, inner)| {
                names.push(name.clone());
                collect(inner, names);
            }),
            Value::Array(items) => items.iter().for_each(|item| collect(item, names)),
            _ => {}
        }
    }
    let mut names = Vec::new();
    collect(value, &mut names);
    names.sort();
    names.dedup();
    names
}

/// The block that was opened last and never closed, with its place: handlebars only lists its grammar for it.
fn unclosed_block(text: &str) -> Option<(String, (usize, usize))> {
    let mut open: Vec<(String, (usize, usize))> = Vec::new();
    for (line, content) in text.lines().enumerate() {
        for (column, _) in content.match_indices("{{") {
            let tag = content[column + 2..].trim_start_matches('~');
            let name =
                |tag: &str| tag.split(|c: char| c.is_whitespace() || "}~".contains(c)).next().unwrap_or("").to_owned();
            if let Some(rest) = tag.strip_prefix('#') {
                open.push((name(rest.trim_start_matches(['>', '*', ' '])), (line + 1, column + 1)));
            } else if let Some(rest) = tag.strip_prefix('/')
                && open.last().is_some_and(|(last, _)| *last == name(rest))
            {
                open.pop();
            }
        }
    }
    open.pop()
}
