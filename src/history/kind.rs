//! What the vocabulary knows of a metric: whether it adds up over time, and which margin it has.

use crate::model::{Metric, MetricEntry, MetricKind};
use crate::vocabulary::Vocabulary;

/// The entry of a metric, or that of the root it is a part of.
pub(crate) fn entry<'a>(metric: &Metric, vocabulary: &'a Vocabulary) -> Option<&'a MetricEntry> {
    vocabulary.entry(metric).or_else(|| vocabulary.entry(&Metric::new(metric.root()).ok()?))
}

/// Whether amounts of the metric add up over time. What nobody declared does not.
pub(crate) fn is_flow(metric: &Metric, vocabulary: &Vocabulary) -> bool {
    entry(metric, vocabulary).is_some_and(|entry| entry.kind == MetricKind::Flow)
}

/// Whether the metric stands at a date.
pub(crate) fn is_stock(metric: &Metric, vocabulary: &Vocabulary) -> bool {
    entry(metric, vocabulary).is_some_and(|entry| entry.kind == MetricKind::Stock)
}

/// The same part of another line of the statement: `gross_profit.wan` on `revenue` is `revenue.wan`.
pub(crate) fn on_line(metric: &Metric, line: &str) -> Option<Metric> {
    match metric.path() {
        Some(path) => Metric::new(&format!("{line}.{path}")).ok(),
        None => Metric::new(line).ok(),
    }
}

/// The revenue that a profit comes from: its own part's for gross profit and segments, else the total.
pub(crate) fn revenue_of(metric: &Metric) -> Option<Metric> {
    match metric.root() {
        "gross_profit" | "cost_of_revenue" => on_line(metric, "revenue"),
        "segment_operating_income" => on_line(metric, "segment_revenue"),
        _ => Metric::new("revenue").ok(),
    }
}
