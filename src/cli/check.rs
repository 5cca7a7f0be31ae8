//! `tanshin check`: the findings as blocks for reading or as one JSON document.

use std::io::{self, Write};

use super::counted;
use super::printable::printable;
use crate::check::{Finding, Severity};
use crate::model::Fact;
use crate::options::CheckFormat;

/// Writes findings in the order they come.
pub(super) fn write(findings: &[Finding], format: CheckFormat, out: &mut dyn Write) -> io::Result<()> {
    if format == CheckFormat::Json {
        serde_json::to_writer_pretty(&mut *out, findings)?;
        return writeln!(out);
    }
    for finding in findings {
        block(finding, out)?;
    }
    let of = |severity| findings.iter().filter(|finding| finding.severity == severity).count();
    let counts = [(Severity::Error, "error"), (Severity::Warning, "warning"), (Severity::Note, "note")];
    let counts: Vec<String> = counts.into_iter().map(|(severity, noun)| counted(of(severity), noun)).collect();
    writeln!(out, "{}: {}", counted(findings.len(), "finding"), counts.join(", "))
}

/// The sentence, then a line for each statement.
fn block(finding: &Finding, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "{:<7}  {:<14}  {}", finding.severity.name(), finding.rule.name(), printable(&finding.sentence))?;
    let amounts: Vec<String> = finding.figures.iter().map(|fact| format!("{} {}", fact.value, fact.unit)).collect();
    let width = amounts.iter().map(|amount| amount.chars().count()).max().unwrap_or(0);
    for (fact, amount) in finding.figures.iter().zip(amounts) {
        writeln!(out, "{:25}{amount:>width$}  {}", "", printable(&cited(fact)))?;
    }
    writeln!(out, "{:25}off by {}, rounding explains {} {}\n", "", finding.difference, finding.tolerance, finding.unit)
}

/// What the statement is about, and where it stands.
fn cited(fact: &Fact) -> String {
    let source = &fact.source;
    let name = fact.metric.as_ref().map_or_else(|| format!("`{}`", fact.label), ToString::to_string);
    let measure = if fact.measure == crate::model::Measure::Level { "" } else { fact.measure.name() };
    let about = [name.as_str(), &fact.period.to_string(), measure].join(" ");
    format!("{}  {}:{}:{}  {}", about.trim(), source.document, source.line, source.column, source.printed)
}
