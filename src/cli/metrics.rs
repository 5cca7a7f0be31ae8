//! `tanshin metrics`: the metric ids with their standard terms. `docs/metrics.md` is this command's output.

use std::io::{self, Write};

use crate::model::{MetricEntry, MetricKind};
use crate::vocabulary::Vocabulary;

const HEAD: &str = "\
# Metrics

Ids of the base vocabulary, with the element of the XBRL taxonomies (FASB US GAAP, IFRS Foundation) that means the same, where
there is one (`dei:` stands before an element of the SEC's document and entity taxonomy). A part of a metric is a dotted child
(`revenue.network_services`); a company's profile adds its own. This file is the output of `tanshin metrics`; a test keeps it
current.

| id | name | US GAAP | IFRS | unit | kind |
|---|---|---|---|---|---|
";

/// Writes the base vocabulary as a table.
pub(super) fn write(out: &mut dyn Write) -> io::Result<()> {
    out.write_all(HEAD.as_bytes())?;
    let mut entries: Vec<MetricEntry> = Vocabulary::base();
    entries.sort_by(|a, b| a.id.cmp(&b.id));
    for entry in entries {
        let code = |name: &Option<String>| name.as_ref().map_or_else(String::new, |name| format!("`{name}`"));
        let kind = match entry.kind {
            MetricKind::Flow => "flow",
            MetricKind::Stock => "stock",
            MetricKind::Ratio => "ratio",
        };
        let (us_gaap, ifrs) = (code(&entry.us_gaap), code(&entry.ifrs));
        writeln!(out, "| `{}` | {} | {us_gaap} | {ifrs} | {} | {kind} |", entry.id, entry.name, entry.unit)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_headline_has_its_standard_terms() {
        // Companies define these as they like; no taxonomy has an element for them.
        let own = ["equity_ratio", "capex", "adjusted_ebitda"];
        let entries = Vocabulary::base();
        for name in crate::history::coverage::HEADLINES {
            let entry = entries.iter().find(|entry| entry.id.as_str() == name).expect("an entry");
            let mapped = (entry.us_gaap.is_some(), entry.ifrs.is_some());
            assert_eq!(mapped, if own.contains(&name) { (false, false) } else { (true, true) }, "{name}");
        }
    }

    #[test]
    fn the_document_of_metrics_is_current() {
        let mut out = Vec::new();
        write(&mut out).expect("memory takes it");
        let current = String::from_utf8(out).expect("text");
        assert!(
            current == include_str!("../../docs/metrics.md"),
            "run `tanshin metrics > docs/metrics.md` and read the difference"
        );
    }
}
