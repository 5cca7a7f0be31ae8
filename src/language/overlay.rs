//! A language's table with the user's lines over the built-in ones. A line that the built-in table does not have, of another kind,
//! or that asks for what is never filled in, is a fault with its place.

use chrono::format::{Item, StrftimeItems};
use toml::{Spanned, de::DeTable, de::DeValue};

use super::fill::names;
use super::{Habits, Language, Phrases};
use crate::near::near;
use crate::toml_fault::TomlFault;

/// What is wrong with the user's table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WordsFault {
    /// What was found and what was expected.
    pub message: String,
    /// Where, in bytes.
    pub at: Option<usize>,
    /// What to do.
    pub hint: Option<String>,
}

/// Tables whose names are the user's: styles of units, currencies, nouns, terms.
const OPEN: [&str; 6] = ["units", "negatives", "currencies", "nouns", "terms", "names"];

/// Lists that may be of any length.
const LISTS: [&str; 1] = ["ways"];

impl Phrases {
    /// The built-in table of a language.
    pub fn built_in(language: Language) -> Self {
        Self::new(language, None).expect("a test reads the built-in tables")
    }

    /// The built-in table of a language with the user's lines in place of its own.
    ///
    /// # Errors
    /// When the user's table is at fault; the first fault is told.
    pub fn new(language: Language, own: Option<&str>) -> Result<Self, WordsFault> {
        let mut table: toml::Table = language.table().parse().expect("a test reads the built-in tables");
        if let Some(text) = own {
            let read = DeTable::parse(text).map_err(|error| of_toml(&error))?;
            check(read.get_ref(), &table, "")?;
            over(&mut table, text.parse().map_err(|error| of_toml(&error))?);
        }
        let phrases: Self = table.try_into().map_err(|error: toml::de::Error| of_toml(&error))?;
        phrases.sound()?;
        Ok(Self { language, ..phrases })
    }

    /// The table with the user's habits. One that the language does not know leaves it as it is.
    pub fn with(mut self, habits: &Habits) -> Self {
        if let Some(units) = habits.units.as_ref().filter(|units| self.units.contains_key(*units)) {
            self.number.units.clone_from(units);
        }
        if let Some(form) = habits.negatives.as_ref().and_then(|name| self.negatives.get(name)) {
            self.number.minus.clone_from(form);
            self.number.minus_in_cells.clone_from(form);
        }
        self
    }

    /// What the types cannot say.
    fn sound(&self) -> Result<(), WordsFault> {
        let plain = |message: String, hint: String| WordsFault { message, at: None, hint: Some(hint) };
        if !self.units.contains_key(&self.number.units) {
            let known: Vec<&str> = self.units.keys().map(String::as_str).collect();
            let message = format!("there is no style of units `{}`", self.number.units);
            return Err(plain(message, format!("styles are `{}`", known.join("`, `"))));
        }
        if let Some((name, _)) = self.units.iter().find(|(_, units)| units.sentences.is_empty()) {
            let message = format!("the style of units `{name}` has no row for sentences");
            return Err(plain(message, format!("add a `[[units.{name}.sentences]]`")));
        }
        Ok(())
    }
}

fn of_toml(error: &toml::de::Error) -> WordsFault {
    let TomlFault { message, at, hint } = TomlFault::of(error);
    WordsFault { message, at, hint }
}

/// Compares the user's lines with the built-in ones.
fn check(own: &DeTable<'_>, built_in: &toml::Table, path: &str) -> Result<(), WordsFault> {
    for (key, value) in own {
        let name = key.get_ref().as_ref();
        let Some(known) = built_in.get(name) else {
            if OPEN.contains(&path) {
                continue;
            }
            let hint = near(name, built_in.keys().map(String::as_str)).map(|meant| format!("did you mean `{meant}`?"));
            return Err(WordsFault { message: format!("unknown key `{name}`"), at: Some(key.span().start), hint });
        };
        if path != "units" {
            line(value, known, name, path)?;
        }
    }
    Ok(())
}

fn line(own: &Spanned<DeValue<'_>>, known: &toml::Value, name: &str, path: &str) -> Result<(), WordsFault> {
    let fault = |message: String, hint: String| WordsFault { message, at: Some(own.span().start), hint: Some(hint) };
    match (own.get_ref(), known) {
        (DeValue::Table(own), toml::Value::Table(known)) => check(own, known, name),
        (DeValue::String(own), toml::Value::String(_)) if path == "date" => {
            let broken = StrftimeItems::new(own).any(|item| item == Item::Error);
            let message = format!("cannot read the form of a date `{own}`");
            if broken { Err(fault(message, "write it like `%-d %B %Y`".to_owned())) } else { Ok(()) }
        }
        (DeValue::String(own), toml::Value::String(known)) => {
            let all: Vec<&str> =
                if path == "short" || path == "words" { PERIOD.to_vec() } else { names(known).collect() };
            match names(own).find(|name| !all.contains(name)) {
                None => Ok(()),
                Some(name) => {
                    let filled: Vec<String> = all.iter().map(|name| format!("`{{{name}}}`")).collect();
                    let hint = if filled.is_empty() { "nothing".to_owned() } else { filled.join(", ") };
                    Err(fault(format!("`{{{name}}}` is never filled in here"), format!("{hint} is")))
                }
            }
        }
        (DeValue::Array(own), toml::Value::Array(known)) if own.len() != known.len() && !LISTS.contains(&path) => {
            let message = format!("found {} words for `{name}`, expected {}", own.len(), known.len());
            Err(fault(message, "write one for each of the built-in ones, in their order".to_owned()))
        }
        (own, known) if own.type_str() == known.type_str() => Ok(()),
        (own, known) => {
            Err(fault(format!("found {} for `{name}`", own.type_str()), format!("write a {}", known.type_str())))
        }
    }
}

/// What is filled in where periods are named.
const PERIOD: [&str; 7] = ["year", "yy", "end_year", "end_yy", "end_month", "number", "month"];

fn over(table: &mut toml::Table, own: toml::Table) {
    for (key, value) in own {
        match (table.get_mut(&key), value) {
            (Some(toml::Value::Table(known)), toml::Value::Table(own)) => over(known, own),
            (_, value) => drop(table.insert(key, value)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What the user's table says of quarters in short, or its fault.
    fn check(own: &str, expected: &str) {
        let seen = match Phrases::new(Language::En, Some(own)) {
            Ok(phrases) => format!("{} {}", phrases.number.minus, phrases.period.short.quarter),
            Err(WordsFault { message, at, hint }) => {
                let line = at.map_or(0, |at| own[..at].matches('\n').count() + 1);
                format!("{line}: {message} | {}", hint.unwrap_or_default())
            }
        };
        assert_eq!(seen, expected, "{own}");
    }

    #[test]
    fn a_table_holds_only_what_it_changes() {
        check("", "−{n} {number}Q{yy}");
        check("[number]\nminus = \"▲{n}\"", "▲{n} {number}Q{yy}");
        check("[period.short]\nquarter = \"{end_yy}/{end_month} {number}Q\"", "−{n} {end_yy}/{end_month} {number}Q");
    }

    #[test]
    fn what_cannot_be_is_told_with_its_place() {
        check("[number]\nminsu = \"▲{n}\"", "2: unknown key `minsu` | did you mean `minus`?");
        check("[numbers]", "1: unknown key `numbers` | did you mean `number`?");
        check("[number]\nminus = \"▲{m}\"", "2: `{m}` is never filled in here | `{n}` is");
        check("[number]\nminus = 5", "2: found integer for `minus` | write a string");
        check("[date]\n\nday = \"%Q\"", "3: cannot read the form of a date `%Q` | write it like `%-d %B %Y`");
        check("[number]\nunits = \"yen\"", "0: there is no style of units `yen` | styles are `billion`, `million`");
        check(
            "[labels]\nsource_columns = [\"a\"]",
            "2: found 1 words for `source_columns`, expected 5 | write one for each of the built-in ones, in their order",
        );
    }

    #[test]
    fn every_language_has_a_whole_table() {
        for language in Language::ALL {
            assert_eq!(Phrases::built_in(language).language, language);
        }
    }
}
