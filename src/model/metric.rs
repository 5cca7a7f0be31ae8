//! Metric ids: dotted snake case, a dotted child is a part of its parent.

use std::fmt;

use serde::{Deserialize, Serialize};

/// The canonical id of what a figure measures, `revenue.network_services.wan`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(transparent)]
pub struct Metric(String);

/// A text that is no metric id.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not a metric, expected dotted snake case like `revenue.network_services`")]
pub struct MetricError(String);

impl Metric {
    /// A checked id.
    ///
    /// # Errors
    /// When the text is not dotted snake case.
    pub fn new(id: &str) -> Result<Self, MetricError> {
        let word = |part: &str| {
            part.starts_with(|c: char| c.is_ascii_lowercase())
                && part.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_')
        };
        id.split('.').all(word).then(|| Self(id.to_owned())).ok_or_else(|| MetricError(id.to_owned()))
    }

    /// The id as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The metric this one is a part of.
    pub fn parent(&self) -> Option<Self> {
        self.0.rsplit_once('.').map(|(parent, _)| Self(parent.to_owned()))
    }

    /// The part of this metric with that last name.
    ///
    /// # Errors
    /// When the name is not snake case.
    pub fn child(&self, name: &str) -> Result<Self, MetricError> {
        Self::new(&format!("{}.{name}", self.0))
    }

    /// The first word: the headline figure that the metric is a part of.
    pub fn root(&self) -> &str {
        self.0.split('.').next().unwrap_or(&self.0)
    }

    /// Whether this metric is a part of another, or of one of its parts.
    pub fn is_below(&self, other: &Self) -> bool {
        self.0.strip_prefix(&other.0).is_some_and(|rest| rest.starts_with('.'))
    }

    /// The words behind the root, `network_services.wan`.
    pub fn path(&self) -> Option<&str> {
        self.0.split_once('.').map(|(_, path)| path)
    }
}

impl fmt::Display for Metric {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::str::FromStr for Metric {
    type Err = MetricError;

    fn from_str(id: &str) -> Result<Self, MetricError> {
        Self::new(id)
    }
}

impl<'de> Deserialize<'de> for Metric {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Self::new(&String::deserialize(deserializer)?).map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_metric_is_dotted_snake_case() {
        for id in ["revenue", "revenue.network_services.wan", "eps_basic", "revenue.p2"] {
            assert_eq!(Metric::new(id).map(|m| m.to_string()), Ok(id.to_owned()));
        }
        for id in ["", "Revenue", "revenue.", ".x", "net income", "売上高", "1q"] {
            assert!(Metric::new(id).is_err(), "{id}");
        }
    }

    #[test]
    fn a_part_knows_its_parent_and_its_root() {
        let metric = Metric::new("revenue.network_services.wan").expect("an id");
        assert_eq!(metric.parent().map(|m| m.to_string()), Some("revenue.network_services".to_owned()));
        assert_eq!(metric.root(), "revenue");
        assert_eq!(metric.path(), Some("network_services.wan"));
    }
}
