//! `tanshin quarters`: which headline figures each quarter has, stated or derived, and from which documents.

use std::io::{self, Write};
use std::sync::Arc;

use serde::Serialize;

use super::counted;
use super::printable::printable;
use crate::history::{Coverage, Known};
use crate::model::Metric;
use crate::options::QuartersFormat;

/// Quarters side by side before a new block begins; with the metrics' names a block is about 100 columns wide.
const BLOCK: usize = 14;

/// One company's coverage.
#[derive(Debug, Serialize)]
pub(super) struct CompanyCoverage {
    /// Id of the company.
    pub(super) company: Arc<str>,
    /// Its quarters in order.
    pub(super) quarters: Vec<Coverage>,
}

/// Writes the coverage of all companies.
pub(super) fn write(companies: &[CompanyCoverage], format: QuartersFormat, out: &mut dyn Write) -> io::Result<()> {
    if format == QuartersFormat::Json {
        serde_json::to_writer_pretty(&mut *out, companies)?;
        return writeln!(out);
    }
    for (at, company) in companies.iter().enumerate() {
        if at > 0 {
            writeln!(out)?;
        }
        table(company, out)?;
    }
    Ok(())
}

fn table(company: &CompanyCoverage, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "{}: {}", printable(&company.company), counted(company.quarters.len(), "quarter"))?;
    if company.quarters.is_empty() {
        return Ok(());
    }
    let metrics = metrics(&company.quarters);
    let width = metrics.iter().map(|metric| metric.as_str().len()).max().unwrap_or(0);
    for block in company.quarters.chunks(BLOCK) {
        let names: String = block.iter().map(|known| format!("  {:<4}", known.quarter.to_string())).collect();
        writeln!(out, "\n{}", format!("{:width$}{names}", "").trim_end())?;
        for metric in &metrics {
            let cells: String = block.iter().map(|known| format!("  {:<4}", cell(known, metric))).collect();
            writeln!(out, "{}", format!("{:width$}{cells}", metric.as_str()).trim_end())?;
        }
    }
    writeln!(out, "\nFirst letter: the quarter; second: from the start of its fiscal year to its end.")?;
    writeln!(out, "S stated, D derived, . not known\n")?;
    for known in &company.quarters {
        let documents: Vec<_> = known.documents.iter().map(|name| printable(name)).collect();
        writeln!(out, "{:<4}  {}", known.quarter.to_string(), documents.join(", "))?;
    }
    Ok(())
}

/// The metrics of all quarters. Each quarter lists its own in the order of a brief; one that an earlier quarter lacks goes
/// behind the one it follows.
fn metrics(quarters: &[Coverage]) -> Vec<&Metric> {
    let mut merged: Vec<&Metric> = Vec::new();
    for coverage in quarters {
        let mut next = 0;
        for known in &coverage.metrics {
            if let Some(at) = merged.iter().position(|metric| **metric == known.metric) {
                next = at + 1;
            } else {
                merged.insert(next, &known.metric);
                next += 1;
            }
        }
    }
    merged
}

/// Two letters for one metric of one quarter.
fn cell(coverage: &Coverage, metric: &Metric) -> String {
    let known = coverage.metrics.iter().find(|known| known.metric == *metric);
    let letter = |known: Option<Known>| match known {
        Some(Known::Stated) => 'S',
        Some(Known::Derived) => 'D',
        None => '.',
    };
    known.map_or_else(|| "..".to_owned(), |known| [letter(known.quarter), letter(known.span)].into_iter().collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::history::MetricCoverage;

    fn covered(quarter: &str, metrics: &[(&str, Option<Known>, Option<Known>)]) -> Coverage {
        let quarter: crate::model::Quarter = quarter.parse().expect("a quarter");
        let metric = |(id, quarter, span): &(&str, Option<Known>, Option<Known>)| MetricCoverage {
            metric: Metric::new(id).expect("an id"),
            quarter: *quarter,
            span: *span,
        };
        let documents = vec!["a.txt".into(), "b.txt".into()];
        Coverage { quarter, span: quarter.cumulative(), metrics: metrics.iter().map(metric).collect(), documents }
    }

    #[test]
    fn the_coverage_is_a_grid_of_metrics_and_quarters() {
        let (stated, derived) = (Some(Known::Stated), Some(Known::Derived));
        let quarters = vec![
            covered("1Q17", &[("revenue", stated, stated), ("cash", stated, None)]),
            covered("2Q17", &[("revenue", derived, stated), ("sga", stated, None)]),
        ];
        let mut out = Vec::new();
        let companies = [CompanyCoverage { company: "iij".into(), quarters }];
        write(&companies, QuartersFormat::Table, &mut out).expect("memory takes it");
        let expected = "\
iij: 2 quarters

         1Q17  2Q17
revenue  SS    DS
sga      ..    S.
cash     S.    ..

First letter: the quarter; second: from the start of its fiscal year to its end.
S stated, D derived, . not known

1Q17  a.txt, b.txt
2Q17  a.txt, b.txt
";
        assert_eq!(String::from_utf8(out).expect("text"), expected);
    }
}
