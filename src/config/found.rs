//! What a file says: its values by key, each with its place, and every key that is none or holds what it cannot.

use std::collections::BTreeMap;

use rust_decimal::Decimal;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::keys::{CHART, CHART_KEYS, HEADINGS, Kind, SETTINGS, Setting, keys_of, quoted, setting, tables};
use crate::near::near;

/// A value of a setting.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Value {
    /// A text, also a date.
    Text(String),
    /// True or false.
    Flag(bool),
    /// A number as it was written.
    Number(Decimal),
    /// A list of texts or numbers with their places.
    List(Vec<(Value, usize)>),
}

/// A value with its place in bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Entry {
    pub value: Value,
    pub at: usize,
}

/// Values by key.
pub(super) type Entries = BTreeMap<String, Entry>;

/// What is wrong: place in bytes, what was found, what to do.
pub(super) type Fault = (usize, String, String);

/// Everything that a file says.
#[derive(Debug, Default)]
pub(super) struct Found {
    /// Settings by their full key.
    pub settings: Entries,
    /// Headings by section, in the order of their places.
    pub headings: Entries,
    /// The tables of charts with their places.
    pub charts: Vec<(Entries, usize)>,
    /// Every fault of form.
    pub faults: Vec<Fault>,
}

impl Found {
    /// Reads a file; what is at fault is left out and told.
    pub fn of(text: &str) -> Self {
        let (table, errors) = DeTable::parse_recoverable(text);
        let mut found = Self::default();
        for error in errors {
            let message = error.message().lines().collect::<Vec<_>>().join(", ");
            found.faults.push((error.span().map_or(0, |span| span.start), message, "correct the line".to_owned()));
        }
        if found.faults.is_empty() {
            for (name, value) in table.get_ref() {
                found.top(name.get_ref(), name.span().start, value);
            }
        }
        found.faults.sort();
        found
    }

    fn fault(&mut self, at: usize, message: String, hint: String) {
        self.faults.push((at, message, hint));
    }

    fn top(&mut self, name: &str, at: usize, value: &Spanned<DeValue<'_>>) {
        if !tables().contains(&name) {
            return self.unknown(at, name, &tables());
        }
        match (name, value.get_ref()) {
            (CHART, DeValue::Array(charts)) => charts.iter().for_each(|chart| self.chart(chart)),
            (CHART, _) => {
                self.fault(at, "`chart` is no list of tables".to_owned(), "write it as `[[chart]]`".to_owned())
            }
            (HEADINGS, DeValue::Table(table)) => self.headings(table),
            (_, DeValue::Table(table)) => self.table(name, table),
            _ => {
                self.fault(at, format!("`{name}` is no table"), format!("write it as `[{name}]`, with its keys below"))
            }
        }
    }

    fn table(&mut self, name: &str, table: &DeTable<'_>) {
        for (key, value) in table {
            let full = format!("{name}.{}", key.get_ref());
            match setting(&full) {
                Some(setting) => {
                    if let Some(entry) = self.value(setting, &full, value) {
                        self.settings.insert(full, entry);
                    }
                }
                None => self.unknown(key.span().start, key.get_ref(), &keys_of(name).collect::<Vec<_>>()),
            }
        }
    }

    fn headings(&mut self, table: &DeTable<'_>) {
        const HEADING: Setting = Setting { key: HEADINGS, kind: Kind::Text, default: "", instead: "", does: "" };
        for (key, value) in table {
            let name = format!("{HEADINGS}.{}", key.get_ref());
            if let Some(entry) = self.value(&HEADING, &name, value) {
                self.headings.insert(key.get_ref().to_string(), Entry { at: key.span().start, ..entry });
            }
        }
    }

    fn chart(&mut self, chart: &Spanned<DeValue<'_>>) {
        let DeValue::Table(table) = chart.get_ref() else {
            let message = "a chart is no table".to_owned();
            return self.fault(chart.span().start, message, "write it as `[[chart]]`, with its keys below".to_owned());
        };
        let mut entries = Entries::new();
        for (key, value) in table {
            match CHART_KEYS.iter().find(|setting| setting.key == *key.get_ref()) {
                Some(setting) => {
                    let entry = self.value(setting, &format!("{CHART}.{}", setting.key), value);
                    entries.extend(entry.map(|entry| (setting.key.to_owned(), entry)));
                }
                None => {
                    let known: Vec<&str> = CHART_KEYS.iter().map(|setting| setting.key).collect();
                    self.unknown(key.span().start, key.get_ref(), &known);
                }
            }
        }
        self.charts.push((entries, chart.span().start));
    }

    /// A key that is none: the nearest here, or the table that has it.
    fn unknown(&mut self, at: usize, name: &str, known: &[&str]) {
        let elsewhere = || {
            let found = SETTINGS.iter().filter_map(|setting| setting.key.split_once('.')).find(|(_, key)| *key == name);
            found.map(|(table, _)| format!("it stands in `[{table}]`"))
        };
        let hint = match near(name, known.iter().copied()) {
            Some(meant) => format!("did you mean `{meant}`?"),
            None => elsewhere().unwrap_or_else(|| format!("keys known here are {}", quoted(known.iter().copied()))),
        };
        self.fault(at, format!("unknown key `{name}`"), hint);
    }

    fn value(&mut self, setting: &Setting, name: &str, value: &Spanned<DeValue<'_>>) -> Option<Entry> {
        let at = value.span().start;
        let entry = plain(value).filter(|value| fits(setting.kind, value)).map(|value| Entry { value, at });
        if entry.is_none() {
            let expected = setting.kind.expected();
            self.fault(at, format!("`{name}` is {}, expected {expected}", said(value.get_ref())), correct(setting));
        }
        entry
    }
}

fn correct(setting: &Setting) -> String {
    match setting.default {
        "" => "correct the value, or remove the line".to_owned(),
        default => format!("correct the value, or remove the line for the default, {default}"),
    }
}

/// Whether a value is of a kind at all; what it says is looked at later.
fn fits(kind: Kind, value: &Value) -> bool {
    let texts = |list: &[(Value, usize)]| list.iter().all(|(value, _)| matches!(value, Value::Text(_)));
    match (kind, value) {
        (Kind::Text | Kind::Path | Kind::Date | Kind::Choice(_) | Kind::Color, Value::Text(_)) => true,
        (Kind::Languages, Value::Text(_)) => true,
        (Kind::Names | Kind::Some | Kind::Languages, Value::List(list)) => texts(list),
        (Kind::Some, Value::Flag(_)) => true,
        (Kind::Percent, Value::Number(number)) => (Decimal::ZERO..=Decimal::ONE_HUNDRED).contains(number),
        (Kind::Sizes, Value::List(list)) => {
            let numbers = list.iter().map(|(value, _)| match value {
                Value::Number(number) => Some(*number),
                _ => None,
            });
            let numbers: Option<Vec<Decimal>> = numbers.collect();
            numbers.is_some_and(|numbers| {
                !numbers.is_empty() && numbers[0] > Decimal::ZERO && numbers.windows(2).all(|pair| pair[0] < pair[1])
            })
        }
        _ => false,
    }
}

fn plain(value: &Spanned<DeValue<'_>>) -> Option<Value> {
    Some(match value.get_ref() {
        DeValue::String(text) => Value::Text(text.to_string()),
        DeValue::Boolean(flag) => Value::Flag(*flag),
        DeValue::Integer(number) => Value::Number(number.to_string().parse().ok()?),
        DeValue::Float(number) => Value::Number(number.to_string().parse().ok()?),
        DeValue::Datetime(day) => Value::Text(day.to_string()),
        DeValue::Array(items) => {
            let item = |item: &Spanned<DeValue<'_>>| Some((plain(item)?, item.span().start));
            Value::List(items.iter().map(item).collect::<Option<_>>()?)
        }
        DeValue::Table(_) => return None,
    })
}

/// A value as a message names it.
fn said(value: &DeValue<'_>) -> String {
    match value {
        DeValue::String(text) => format!("the text {text:?}"),
        DeValue::Boolean(flag) => format!("`{flag}`"),
        DeValue::Integer(number) => format!("the number {number}"),
        DeValue::Float(number) => format!("the number {number}"),
        DeValue::Datetime(day) => format!("the date {day}"),
        DeValue::Array(items) if items.is_empty() => "an empty list".to_owned(),
        DeValue::Array(_) => "a list of something else".to_owned(),
        DeValue::Table(_) => "a table".to_owned(),
    }
}
