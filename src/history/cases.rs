//! Test support: facts in one line, and the hand-read facts of the seeds as readings.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::model::{Basis, Company, Fact, Measure, Metric, Reading, Repair, Source, Warned};
use crate::vocabulary::Vocabulary;

use super::{History, aggregate};

/// The documents of the seeds: name, date and hand-read facts.
const DOCUMENTS: [(&str, &str, &str); 5] = [
    (
        "2012-05-15-fy11-investor-deck.txt",
        "2012-05-15",
        include_str!("../../tests/cases/2012-05-15-fy11-investor-deck.tsv"),
    ),
    (
        "2013-08-06-1q13-results-deck.txt",
        "2013-08-06",
        include_str!("../../tests/cases/2013-08-06-1q13-results-deck.tsv"),
    ),
    (
        "2016-11-08-1h16-results-deck.txt",
        "2016-11-08",
        include_str!("../../tests/cases/2016-11-08-1h16-results-deck.tsv"),
    ),
    (
        "2017-08-08-1q17-results-deck.txt",
        "2017-08-08",
        include_str!("../../tests/cases/2017-08-08-1q17-results-deck.tsv"),
    ),
    (
        "2019-02-06-3q18-press-release.txt",
        "2019-02-06",
        include_str!("../../tests/cases/2019-02-06-3q18-press-release.tsv"),
    ),
];

/// The profile of the seeds' company.
pub(crate) fn company() -> Arc<Company> {
    Arc::new(toml::from_str(include_str!("../../seeds/iij/company.toml")).expect("the profile is valid"))
}

/// The vocabulary of the seeds' company.
pub(crate) fn vocabulary() -> Vocabulary {
    Vocabulary::of(&company())
}

/// The hand-read facts of the seeds as readings.
pub(crate) fn seeds() -> Vec<Reading> {
    let read = |(name, date, table): &(&str, &str, &str)| {
        let facts = table.lines().skip(1).filter(|line| !line.is_empty()).map(|line| hand_read(name, line)).collect();
        reading_of(name, date, facts)
    };
    DOCUMENTS.iter().map(read).collect()
}

/// One line of a table of hand-read facts.
fn hand_read(document: &str, line: &str) -> Fact {
    let cells: Vec<&str> = line.split('\t').collect();
    let cell = |at: usize| cells.get(at).copied().unwrap_or_default();
    let named = |text: &str| serde_json::Value::String(text.to_owned());
    let repair = cell(11).strip_prefix("repair: ");
    Fact {
        company: "iij".into(),
        metric: (cell(3) != "-").then(|| Metric::new(cell(3)).expect("a metric")),
        label: cell(4).to_owned(),
        period: cell(5).parse().expect("a period"),
        basis: serde_json::from_value::<Basis>(named(cell(6))).expect("a basis"),
        measure: serde_json::from_value::<Measure>(named(cell(7))).expect("a measure"),
        value: cell(8).parse().expect("a decimal"),
        unit: cell(9).parse().expect("a unit"),
        approx: cell(10) == "true",
        repaired: repair.map(|reason| Repair { printed: cell(2).to_owned(), reason: reason.to_owned() }),
        source: Source::new(
            document.into(),
            cell(0).parse().expect("a line"),
            cell(1).parse().expect("a column"),
            cell(2).to_owned(),
        ),
    }
}

/// A level stated somewhere.
pub(crate) fn fact(metric: &str, period: &str, value: &str, unit: &str) -> Fact {
    Fact {
        company: "iij".into(),
        metric: Some(Metric::new(metric).expect("a metric")),
        label: metric.to_owned(),
        period: period.parse().expect("a period"),
        basis: Basis::Actual,
        measure: Measure::Level,
        value: value.parse().expect("a decimal"),
        unit: unit.parse().expect("a unit"),
        approx: false,
        repaired: None,
        source: Source::new("a.txt".into(), 1, 1, value.to_owned()),
    }
}

/// A document of facts written as `metric period [basis] [measure] [about] value unit`, parted by line ends or `;`. Its name
/// is its date.
pub(crate) fn reading(date: &str, lines: &str) -> Reading {
    let facts =
        lines.split(['\n', ';']).map(str::trim).filter(|line| !line.is_empty()).enumerate().map(|(at, line)| {
            let mut words: Vec<&str> = line.split(' ').collect();
            let mut take = |wanted: &dyn Fn(&str) -> bool| {
                words.iter().position(|word| wanted(word)).map(|at| words.remove(at).to_owned())
            };
            let value = |text: &str| serde_json::Value::String(text.to_owned());
            let basis = take(&|word| word != "actual" && serde_json::from_value::<Basis>(value(word)).is_ok());
            let measure = take(&|word| serde_json::from_value::<Measure>(value(word)).is_ok());
            let about = take(&|word| word == "about");
            let mended = take(&|word| word == "mended");
            let mut fact = fact(words[0], words[1], words[2], &words[3..].join(" "));
            fact.basis = basis.map_or(Basis::Actual, |word| serde_json::from_value(value(&word)).expect("a basis"));
            fact.measure =
                measure.map_or(Measure::Level, |word| serde_json::from_value(value(&word)).expect("a measure"));
            fact.approx = about.is_some();
            fact.repaired = mended.map(|_| Repair { printed: "x".to_owned(), reason: "a sum".to_owned() });
            fact.source.document = date.into();
            fact.source.line = at + 1;
            fact
        });
    reading_of(date, date, facts.collect())
}

fn reading_of(name: &str, date: &str, facts: Vec<Fact>) -> Reading {
    let date = Some(date.parse().expect("a date"));
    let (title, issued) = (name.to_owned(), BTreeMap::new());
    Reading { document: name.into(), title, date, issued, facts, remarks: Vec::new(), unread: Vec::new() }
}

/// The history of some documents.
pub(crate) fn history(readings: &[Reading]) -> Warned<History> {
    aggregate(company(), Arc::new(vocabulary()), readings)
}

/// A level of every basis as text, one a line: `FY16 157800 ± 50 stated`, `2Q17 41988 ± 51 span_difference`.
pub(crate) fn series(history: &History, metric: &str) -> String {
    let records = history.series_records(&Metric::new(metric).expect("a metric"));
    let line = |record: super::SeriesRecord| {
        let record = record.figure;
        let basis = if record.basis == Basis::Actual { String::new() } else { format!(" {}", record.basis.name()) };
        let how = record.rule.unwrap_or("stated");
        format!("{}{basis} {} ± {} {how}\n", record.period, record.value, record.uncertainty)
    };
    records.into_iter().map(line).collect()
}

/// Facts of one metric in one document, `FY16 target 99 JPY million; …`, must give these records, parted by `; `. Records
/// of a series that are not expected may be there too; those that are must stand in that order.
pub(crate) fn check_series(metric: &str, stated: &str, expected: &str) {
    let lines: Vec<String> = stated.split(';').map(|fact| format!("{metric} {}", fact.trim())).collect();
    check(&[("2020-01-01", &lines.join("\n"))], metric, expected);
}

/// Documents by date must give these records of a metric, as [`check_series`] says; `-FY16` is a period without a record.
pub(crate) fn check(documents: &[(&str, &str)], metric: &str, expected: &str) {
    let readings: Vec<Reading> = documents.iter().map(|(date, lines)| reading(date, lines)).collect();
    let seen = series(&history(&readings).value, metric);
    let mut lines = seen.lines();
    for record in expected.split("; ").filter(|record| !record.is_empty()) {
        match record.strip_prefix('-') {
            Some(period) => assert!(!seen.lines().any(|line| is_actual(line, period)), "{period} in\n{seen}"),
            None => assert!(lines.any(|line| line == record), "expected `{record}` in\n{seen}from {documents:?}"),
        }
    }
}

/// Whether a line of [`series`] is the actual level of a period.
fn is_actual(line: &str, period: &str) -> bool {
    let rest = line.strip_prefix(period).and_then(|rest| rest.strip_prefix(' '));
    rest.is_some_and(|rest| rest.starts_with(|c: char| c == '-' || c.is_ascii_digit()))
}
