//! `tanshin targets`: the ledger of targets with their outcomes.

use std::io::{self, Write};

use super::table::{Lean, Table};
use crate::history::{TargetRecord, TargetStep};
use crate::options::SeriesFormat;

/// Writes records in the order they come.
pub(super) fn write(records: &[TargetRecord], format: SeriesFormat, out: &mut dyn Write) -> io::Result<()> {
    match format {
        SeriesFormat::Table => write!(out, "{}", table(records)),
        SeriesFormat::Jsonl => super::json_lines(records, out),
    }
}

/// A row for each value that a target had; what came of it stands beside the one in force.
fn table(records: &[TargetRecord]) -> Table<9> {
    let (left, right) = (|name| (name, Lean::Left), |name| (name, Lean::Right));
    let mut table = Table::new([
        left("metric"),
        left("period"),
        left("status"),
        right("target"),
        left("unit"),
        left("date"),
        right("outcome"),
        right("difference"),
        left("source"),
    ]);
    for record in records {
        let last = record.steps.len().saturating_sub(1);
        for (at, step) in record.steps.iter().enumerate() {
            let text = |value: Option<rust_decimal::Decimal>| {
                value.filter(|_| at == last).map_or_else(String::new, |value| value.to_string())
            };
            table.row([
                record.metric.to_string(),
                record.period.to_string(),
                if at == last { format!("{}, in force", step.status) } else { step.status.to_owned() },
                step.value.to_string(),
                record.unit.to_string(),
                step.date.map_or_else(String::new, |date| date.to_string()),
                text(record.outcome),
                text(record.difference),
                place(step),
            ]);
        }
    }
    table
}

fn place(step: &TargetStep) -> String {
    let unchanged = match step.unchanged_in.len() {
        0 => String::new(),
        _ => format!(", unchanged in {}", step.unchanged_in.join(", ")),
    };
    let source = step.source.as_ref();
    source.map_or_else(String::new, |s| format!("{}:{}:{}{unchanged}", s.document, s.line, s.column))
}
