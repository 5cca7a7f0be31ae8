//! Settings taken one by one, the flag before the file and the file before the default; where each came from and what is wrong
//! is kept.

use std::ffi::OsString;
use std::path::{Path, PathBuf};

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::found::{Entry, Found, Value};
use super::keys::{Kind, quoted, setting};
use crate::model::Warning;
use crate::narrative::lint::{excerpt, place};
use crate::near::near;

/// A flag of the command line that stands for a setting.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Flag {
    /// The setting, `brief.length`.
    pub key: &'static str,
    /// The flag, `--length`.
    pub name: &'static str,
    /// What was given; several only where the setting is a list.
    pub values: Vec<OsString>,
}

/// Where a value comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Origin {
    Default,
    /// A place in the file, in bytes.
    File(usize),
    Flag(&'static str),
}

/// The settings while they are read.
pub(super) struct Taking<'a> {
    text: &'a str,
    /// The file as the user would name it.
    shown: &'a str,
    /// Where the project lies.
    pub root: &'a Path,
    pub found: Found,
    flags: &'a [Flag],
    /// Key, value and origin of each, for reading.
    pub rows: Vec<[String; 3]>,
    /// What is wrong, with its place in bytes.
    pub faults: Vec<(usize, Warning)>,
    pub warnings: Vec<Warning>,
    /// The files that the settings name and that were read with them.
    pub files: Vec<PathBuf>,
}

impl<'a> Taking<'a> {
    pub fn new(text: &'a str, root: &'a Path, shown: &'a str, flags: &'a [Flag]) -> Self {
        let mut found = Found::of(text);
        let faults = std::mem::take(&mut found.faults);
        let mut taking = Self {
            text,
            shown,
            root,
            found,
            flags,
            rows: Vec::new(),
            faults: Vec::new(),
            warnings: Vec::new(),
            files: Vec::new(),
        };
        faults.into_iter().for_each(|(at, message, hint)| taking.fault(Origin::File(at), message, &hint));
        taking
    }

    /// A place as a message shows it.
    pub fn spot(&self, origin: Origin) -> String {
        match origin {
            Origin::File(at) => {
                let (line, column) = place(self.text, at);
                format!("{}:{line}:{column}  {}", self.shown, excerpt(self.text, line, column))
            }
            Origin::Flag(name) => name.to_owned(),
            Origin::Default => "the default".to_owned(),
        }
    }

    pub fn fault(&mut self, origin: Origin, message: String, hint: &str) {
        let place = self.spot(origin);
        let at = if let Origin::File(at) = origin { at } else { 0 };
        self.faults.push((at, Warning { message, place, hint: hint.to_owned() }));
    }

    pub fn warn(&mut self, origin: Origin, message: String, hint: &str) {
        let place = self.spot(origin);
        self.warnings.push(Warning { message, place, hint: hint.to_owned() });
    }

    /// The value that counts, and where it comes from; none where nobody gives one.
    pub fn value(&mut self, key: &str) -> Option<(Value, Origin)> {
        let setting = setting(key).expect("settings are taken by the keys of the table");
        let found = if let Some(flag) = self.flags.iter().find(|flag| flag.key == key && !flag.values.is_empty()) {
            let text = |text: &OsString| Value::Text(text.to_string_lossy().into_owned());
            let value = match setting.kind {
                Kind::Names | Kind::Languages => {
                    Value::List(flag.values.iter().map(|value| (text(value), 0)).collect())
                }
                _ => text(&flag.values[0]),
            };
            Some((value, Origin::Flag(flag.name)))
        } else if let Some(Entry { value, at }) = self.found.settings.get(key) {
            Some((value.clone(), Origin::File(*at)))
        } else if setting.default.is_empty() {
            None
        } else {
            let line = format!("{} = {}", setting.key, setting.default);
            Found::of(&line).settings.remove(key).map(|entry| (entry.value, Origin::Default))
        };
        let value = found.as_ref().map_or(setting.instead.to_owned(), |(value, _)| written(value));
        let origin = found.as_ref().map_or(Origin::Default, |(_, origin)| *origin);
        let origin = self.origin(origin);
        self.rows.push([key.to_owned(), value, origin]);
        found
    }

    /// A row of `config show` for what is no single setting.
    pub fn row(&mut self, key: &str, value: &str, origin: Origin) {
        let origin = self.origin(origin);
        self.rows.push([key.to_owned(), written(&Value::Text(value.to_owned())), origin]);
    }

    /// Where a value comes from, in a word.
    fn origin(&self, origin: Origin) -> String {
        match origin {
            Origin::File(at) => {
                let (line, column) = place(self.text, at);
                format!("{}:{line}:{column}", self.shown)
            }
            Origin::Flag(name) => name.to_owned(),
            Origin::Default => "default".to_owned(),
        }
    }

    /// A text that is not empty.
    pub fn text(&mut self, key: &str) -> Option<(String, Origin)> {
        let (value, origin) = self.value(key)?;
        let Value::Text(text) = value else { return None };
        if text.trim().is_empty() {
            self.fault(origin, format!("`{key}` is empty"), "write a value, or remove the line for the default");
        }
        Some((text, origin))
    }

    /// A path: one of the command line as it is, another from the settings' folder.
    pub fn path(&mut self, key: &str) -> (PathBuf, Origin) {
        let (text, origin) = self.text(key).unwrap_or((String::new(), Origin::Default));
        let flag = self.flags.iter().find(|flag| flag.key == key).and_then(|flag| flag.values.first());
        (flag.map_or_else(|| self.root.join(text), PathBuf::from), origin)
    }

    /// One of the words of a choice.
    pub fn choice(&mut self, key: &str) -> String {
        let (text, origin) = self.text(key).unwrap_or((String::new(), Origin::Default));
        if let Some(Kind::Choice(words)) = setting(key).map(|setting| setting.kind)
            && !text.trim().is_empty()
            && !words.contains(&text.as_str())
        {
            self.no_such(origin, key, &text, words);
        }
        text
    }

    /// A word that is none of those known.
    pub fn no_such(&mut self, origin: Origin, what: &str, found: &str, known: &[&str]) {
        let hint = match near(found, known.iter().copied()) {
            Some(meant) => format!("did you mean `{meant}`?"),
            None => format!("known are {}", quoted(known.iter().copied())),
        };
        self.fault(origin, format!("`{what}` cannot be `{found}`"), &hint);
    }

    /// A day.
    pub fn day(&mut self, key: &str) -> Option<NaiveDate> {
        let (text, origin) = self.text(key)?;
        let day = text.parse().ok();
        if day.is_none() {
            let message = format!("cannot read the date `{text}`, expected year, month and day");
            self.fault(origin, message, "write it like `2017-08-08`");
        }
        day
    }

    /// A list of names with their places, also one alone.
    pub fn names(&mut self, key: &str) -> Vec<(String, Origin)> {
        match self.value(key) {
            Some((Value::List(list), origin)) => names(list, origin),
            Some((Value::Text(name), origin)) => vec![(name, origin)],
            _ => Vec::new(),
        }
    }

    pub fn percent(&mut self, key: &str) -> Decimal {
        match self.value(key) {
            Some((Value::Number(number), _)) => number / Decimal::ONE_HUNDRED,
            _ => Decimal::ZERO,
        }
    }

    /// Sizes that ascend; none where the words' own count.
    pub fn sizes(&mut self, key: &str) -> Vec<Decimal> {
        let Some((Value::List(list), _)) = self.value(key) else { return Vec::new() };
        let number = |(value, _)| match value {
            Value::Number(number) => Some(number),
            _ => None,
        };
        list.into_iter().filter_map(number).collect()
    }
}

/// The texts of a list, with their places.
pub(super) fn names(list: Vec<(Value, usize)>, origin: Origin) -> Vec<(String, Origin)> {
    let name = |(value, at)| match (value, origin) {
        (Value::Text(text), Origin::File(_)) => Some((text, Origin::File(at))),
        (Value::Text(text), origin) => Some((text, origin)),
        _ => None,
    };
    list.into_iter().filter_map(name).collect()
}

/// A value as the file would have it.
fn written(value: &Value) -> String {
    match value {
        Value::Text(text) => toml::Value::String(text.clone()).to_string(),
        Value::Flag(flag) => flag.to_string(),
        Value::Number(number) => number.to_string(),
        Value::List(items) => {
            format!("[{}]", items.iter().map(|(item, _)| written(item)).collect::<Vec<_>>().join(", "))
        }
    }
}
