//! `tanshin check`: the findings as blocks for reading or as one JSON document.

use std::io::{self, Write};

use super::counted;
use super::printable::printable;
use crate::check::{Examined, Finding, Severity};
use crate::model::{Fact, Measure, Source};
use crate::options::{Check, CheckFormat};

/// Writes findings in the order they come, and how much was looked at.
pub(super) fn write(examined: &Examined, facts: usize, format: CheckFormat, out: &mut dyn Write) -> io::Result<()> {
    let findings = &examined.findings;
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
    let Examined { ties, tied, .. } = examined;
    writeln!(out, "{}: {}", counted(findings.len(), "finding"), counts.join(", "))?;
    writeln!(out, "{tied} of {} were held against others, in {}", counted(facts, "figure"), counted(*ties, "tie"))
}

/// Whether a finding makes the command fail.
pub(super) fn fails(finding: &Finding, wanted: Check) -> bool {
    match finding.severity {
        Severity::Error => true,
        Severity::Warning => wanted.strict,
        Severity::Note => false,
    }
}

/// The sentence, then a line for each statement.
fn block(finding: &Finding, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "{:<7}  {:<14}  {}", finding.severity.name(), finding.rule.name(), printable(&finding.sentence))?;
    let amounts: Vec<String> = finding.figures.iter().map(|fact| format!("{} {}", fact.value, fact.unit)).collect();
    let width = amounts.iter().map(|amount| amount.chars().count()).max().unwrap_or(0);
    for (fact, amount) in finding.figures.iter().zip(amounts) {
        writeln!(out, "{:25}{amount:>width$}  {}", "", printable(&cited(fact)))?;
    }
    for passage in &finding.passages {
        let Source { document, line, column, printed, .. } = passage;
        writeln!(out, "{:25}{document}:{line}:{column}  {}", "", printable(&shortened(printed)))?;
    }
    if let (Some(difference), Some(tolerance), Some(unit)) = (finding.difference, finding.tolerance, &finding.unit) {
        writeln!(out, "{:25}off by {difference}, rounding explains {tolerance} {unit}", "")?;
    }
    writeln!(out)
}

/// A passage on one line of a terminal.
fn shortened(text: &str) -> String {
    const LONGEST: usize = 100;
    match text.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", text[..end].trim_end()),
        None => text.to_owned(),
    }
}

/// What the statement is about, and where it stands.
fn cited(fact: &Fact) -> String {
    let source = &fact.source;
    let name = fact.metric.as_ref().map_or_else(|| format!("`{}`", fact.label), ToString::to_string);
    let measure = if fact.measure == Measure::Level { "" } else { fact.measure.name() };
    let about = [name.as_str(), &fact.period.to_string(), measure].join(" ");
    format!("{}  {}:{}:{}  {}", about.trim(), source.document, source.line, source.column, source.printed)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::examine;
    use crate::history::cases::{company, reading, vocabulary};

    fn examined(profit: &str) -> Examined {
        let facts = format!(
            "revenue FY16 1000 JPY million; cost_of_revenue FY16 800 JPY million; gross_profit FY16 {profit} JPY million"
        );
        examine(&company(), &vocabulary(), &[reading("2017-01-01", &facts)], &[])
    }

    fn printed(format: CheckFormat) -> String {
        let mut out = Vec::new();
        write(&examined("210"), 3, format, &mut out).expect("memory takes it");
        String::from_utf8(out).expect("text")
    }

    #[test]
    fn errors_fail_and_warnings_fail_where_they_are_asked_to() {
        let fail = |profit: &str, strict: bool| {
            examined(profit).findings.iter().any(|finding| fails(finding, Check { format: CheckFormat::Table, strict }))
        };
        assert_eq!([fail("200", false), fail("200", true)], [false, false]);
        assert_eq!([fail("202", false), fail("202", true)], [false, true]);
        assert_eq!([fail("210", false), fail("210", true)], [true, true]);
    }

    #[test]
    fn a_finding_is_a_sentence_and_its_sources() {
        let expected = "\
error    statement_line  gross_profit FY16 is printed as 210 JPY million, but revenue − cost_of_revenue gives 200
                          210 JPY million  gross_profit FY16  2017-01-01:3:1  210
                         1000 JPY million  revenue FY16  2017-01-01:1:1  1000
                          800 JPY million  cost_of_revenue FY16  2017-01-01:2:1  800
                         off by 10, rounding explains 1.5 JPY million

1 finding: 1 error, 0 warnings, 0 notes
3 of 3 figures were held against others, in 1 tie
";
        assert_eq!(printed(CheckFormat::Table), expected);
    }

    #[test]
    fn the_json_form_is_the_one_that_is_documented() {
        let json: serde_json::Value = serde_json::from_str(&printed(CheckFormat::Json)).expect("JSON");
        let fields: Vec<&str> = json[0].as_object().expect("an object").keys().map(String::as_str).collect();
        let expected = [
            "company",
            "severity",
            "rule",
            "figure",
            "figures",
            "passages",
            "difference",
            "tolerance",
            "unit",
            "sentence",
        ];
        assert_eq!(fields, expected);
        assert_eq!((&json[0]["severity"], &json[0]["difference"]), (&"error".into(), &"10".into()));
        assert_eq!(json[0]["figures"][0]["source"]["line"], 3);
    }
}
