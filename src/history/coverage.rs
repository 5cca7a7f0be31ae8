//! Which quarters have which headline figures, and from where.

use std::sync::Arc;

use serde::Serialize;

use crate::model::{Metric, Period, Quarter};

/// What is known of one quarter.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Coverage {
    /// The quarter.
    pub quarter: Quarter,
    /// The span from the start of its fiscal year to its end.
    pub span: Period,
    /// The headline metrics that are known for the quarter or for the span.
    pub metrics: Vec<MetricCoverage>,
    /// The documents that these figures come from, by date.
    pub documents: Vec<Arc<str>>,
}

/// How one headline metric is known.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct MetricCoverage {
    /// The metric.
    pub metric: Metric,
    /// For the three months, or at the quarter's end.
    pub quarter: Option<Known>,
    /// For the span.
    pub span: Option<Known>,
}

/// Whether documents state a figure or a rule derived it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Known {
    /// Documents state it.
    Stated,
    /// A rule derived it.
    Derived,
}
