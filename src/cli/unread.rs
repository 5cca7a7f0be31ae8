//! `tanshin facts --unread` and `--coverage`: what became facts and what was left, with the reason.

use std::collections::BTreeMap;
use std::io::{self, Write};

use serde::Serialize;

use super::table::{Lean, Table};
use crate::model::{Reading, Unread};
use crate::options::FactsFormat;
use crate::run::Library;

/// One number that was left, with its document.
#[derive(Serialize)]
struct Left<'a> {
    company: &'a str,
    document: &'a str,
    #[serde(flatten)]
    number: &'a Unread,
}

/// One document's reach.
#[derive(Serialize)]
struct Reach<'a> {
    company: &'a str,
    document: &'a str,
    facts: usize,
    unread: usize,
    /// Facts as percent of all numbers that look like business figures.
    coverage: String,
    /// The reasons with their counts.
    reasons: BTreeMap<&'a str, usize>,
}

fn readings(libraries: &[Library]) -> impl Iterator<Item = (&str, &Reading)> {
    libraries.iter().flat_map(|library| library.readings.iter().map(move |reading| (&*library.company.id, reading)))
}

/// Writes the numbers that were left, by place.
pub(super) fn write_unread(libraries: &[Library], format: FactsFormat, out: &mut dyn Write) -> io::Result<()> {
    let left: Vec<Left<'_>> = readings(libraries)
        .flat_map(|(company, reading)| {
            let numbers = reading.unread.iter();
            numbers.map(move |number| Left { company, document: &reading.document, number })
        })
        .collect();
    match format {
        FactsFormat::Jsonl => super::json_lines(&left, out),
        FactsFormat::Csv => {
            let rows = left.iter().map(|l| {
                let Unread { line, column, printed, reason } = l.number;
                vec![
                    l.company.into(),
                    l.document.into(),
                    line.to_string(),
                    column.to_string(),
                    printed.clone(),
                    reason.clone(),
                ]
            });
            csv(["company", "document", "line", "column", "printed", "reason"].as_slice(), rows, out)
        }
        FactsFormat::Table => {
            let mut table = Table::new([("source", Lean::Left), ("printed", Lean::Right), ("reason", Lean::Left)]);
            for Left { document, number, .. } in &left {
                let place = format!("{document}:{}:{}", number.line, number.column);
                table.row([place, number.printed.clone(), number.reason.clone()]);
            }
            write!(out, "{table}")
        }
    }
}

/// Writes each document's reach.
pub(super) fn write_coverage(libraries: &[Library], format: FactsFormat, out: &mut dyn Write) -> io::Result<()> {
    let reach: Vec<Reach<'_>> = readings(libraries).map(|(company, reading)| Reach::of(company, reading)).collect();
    match format {
        FactsFormat::Jsonl => super::json_lines(&reach, out),
        FactsFormat::Csv => {
            let rows = reach.iter().map(|r| {
                vec![r.company.into(), r.document.into(), r.facts.to_string(), r.unread.to_string(), r.coverage.clone()]
            });
            csv(["company", "document", "facts", "unread", "coverage"].as_slice(), rows, out)
        }
        FactsFormat::Table => {
            let (left, right) = (|name| (name, Lean::Left), |name| (name, Lean::Right));
            let mut table =
                Table::new([left("document"), right("facts"), right("unread"), right("coverage"), left("reasons")]);
            for r in &reach {
                let reasons: Vec<String> =
                    r.reasons.iter().map(|(reason, count)| format!("{count} {reason}")).collect();
                let coverage = format!("{} %", r.coverage);
                table.row([r.document.into(), r.facts.to_string(), r.unread.to_string(), coverage, reasons.join("; ")]);
            }
            write!(out, "{table}")
        }
    }
}

impl<'a> Reach<'a> {
    fn of(company: &'a str, reading: &'a Reading) -> Self {
        let (facts, unread) = (reading.facts.len(), reading.unread.len());
        let mut reasons = BTreeMap::new();
        for left in &reading.unread {
            *reasons.entry(left.reason.as_str()).or_insert(0) += 1;
        }
        let tenths = (facts * 1000).checked_div(facts + unread).unwrap_or(0);
        let coverage = format!("{}.{}", tenths / 10, tenths % 10);
        Self { company, document: &reading.document, facts, unread, coverage, reasons }
    }
}

fn csv(header: &[&str], rows: impl Iterator<Item = Vec<String>>, out: &mut dyn Write) -> io::Result<()> {
    let mut writer = csv::Writer::from_writer(out);
    writer.write_record(header).map_err(super::facts::io_error)?;
    for row in rows {
        writer.write_record(row).map_err(super::facts::io_error)?;
    }
    writer.flush()
}
