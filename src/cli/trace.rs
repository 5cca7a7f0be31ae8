//! `tanshin trace`: a figure down to the printed characters, each in its line with a caret below.

use std::io::{self, Write};

use unicode_width::UnicodeWidthStr;

use super::printable::printable;
use crate::history::{FigureRecord, Known, TraceRecord, TraceSource};
use crate::options::TraceFormat;

/// Characters of a line shown on each side of a figure.
const AROUND: usize = 56;

/// Writes how a figure came to be.
pub(super) fn write(record: &TraceRecord, format: TraceFormat, out: &mut dyn Write) -> io::Result<()> {
    if format == TraceFormat::Json {
        serde_json::to_writer_pretty(&mut *out, record)?;
        return writeln!(out);
    }
    figure(record, 0, out)
}

fn figure(record: &TraceRecord, depth: usize, out: &mut dyn Write) -> io::Result<()> {
    let indent = "  ".repeat(depth);
    let FigureRecord { value, uncertainty, unit, .. } = &record.figure;
    let origin = match (record.figure.origin, record.figure.estimate) {
        (Known::Stated, _) => "stated",
        (Known::Derived, false) => "derived",
        (Known::Derived, true) => "estimated from a growth rate",
    };
    writeln!(out, "{indent}{}: {value} ± {uncertainty} {unit}, {origin}", id(record))?;
    if let (Some(rule), Some(formula)) = (record.figure.rule, &record.formula) {
        writeln!(out, "{indent}  {rule}: {formula}")?;
    }
    if record.figure.origin == Known::Derived && !record.sources.is_empty() {
        writeln!(out, "{indent}  documents state it more coarsely, and agree:")?;
    }
    for place in &record.sources {
        source(place, &indent, out)?;
    }
    if !record.otherwise.is_empty() {
        writeln!(out, "{indent}  stated otherwise:")?;
    }
    for place in &record.otherwise {
        source(place, &indent, out)?;
    }
    for input in &record.inputs {
        figure(input, depth + 1, out)?;
    }
    Ok(())
}

fn id(record: &TraceRecord) -> crate::model::FigureId {
    let FigureRecord { metric, period, basis, .. } = &record.figure;
    crate::model::FigureId { metric: metric.clone(), period: *period, basis: *basis, measure: record.measure }
}

fn source(place: &TraceSource, indent: &str, out: &mut dyn Write) -> io::Result<()> {
    let at = &place.source;
    let mended = place.repaired.as_ref().map_or_else(String::new, |reason| format!(", mended: {reason}"));
    writeln!(out, "{indent}  {}:{}:{}  `{}` {}{mended}", at.document, at.line, at.column, at.printed, place.unit)?;
    let (before, printed, after) = context(place);
    writeln!(out, "{indent}  | {before}{printed}{after}")?;
    writeln!(out, "{indent}  | {}{}", " ".repeat(before.width()), "^".repeat(printed.width().max(1)))?;
    for (line, text) in at.heads.iter().zip(&place.head_texts) {
        writeln!(out, "{indent}  | under {line}: {}", head(text))?;
    }
    Ok(())
}

/// The start of a line above a figure, on one line of a terminal.
fn head(text: &str) -> String {
    let start: String = text.trim().chars().take(2 * AROUND).collect();
    let cut = if start.len() < text.trim().len() { "…" } else { "" };
    format!("{}{cut}", printable(&start.replace('\t', "  ")))
}

/// The line around the printed characters, on one line of a terminal.
fn context(place: &TraceSource) -> (String, String, String) {
    let line: Vec<char> = place.text.chars().collect();
    let from = (place.source.column - 1).min(line.len());
    let to = (from + place.source.printed.chars().count()).min(line.len());
    let shown = |part: &[char]| printable(&part.iter().collect::<String>().replace('\t', "  ")).into_owned();
    let start = from.saturating_sub(AROUND);
    let end = (to + AROUND).min(line.len());
    let before = format!("{}{}", if start > 0 { "…" } else { "" }, shown(&line[start..from]));
    let after = format!("{}{}", shown(&line[to..end]), if end < line.len() { "…" } else { "" });
    (before, shown(&line[from..to]), after)
}
