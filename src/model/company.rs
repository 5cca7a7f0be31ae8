//! The company: what its profile says about names, calendar, currency and vocabulary.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::language::Language;

use super::{Calendar, Currency, Metric, Period};

/// A company's profile, `seeds/<company>/company.toml`. Knowledge about one company lives there, never in code.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Company {
    /// The id: the folder's name. Not written in the profile.
    #[serde(skip)]
    pub id: Arc<str>,
    /// Full name, as a cover shows it.
    pub name: String,
    /// Short name, as sentences use it.
    pub short_name: String,
    /// Exchange and code, `TSE 3774`.
    #[serde(default)]
    pub tickers: Vec<String>,
    /// What it is called in other languages.
    #[serde(default)]
    pub local: BTreeMap<Language, Local>,
    /// The currency of its figures where a document names none.
    pub currency: Currency,
    /// The fiscal calendar.
    pub fiscal_year: Calendar,
    /// Damaged spellings and what they mean, applied to labels before they are looked up; the text itself stays as it is.
    #[serde(default, rename = "spelling")]
    pub spellings: Vec<Spelling>,
    /// Segments and services: parts of revenue, cost and gross profit alike.
    #[serde(default, rename = "segment")]
    pub segments: Vec<Segment>,
    /// Metrics of this company alone, or more labels for those of the base vocabulary.
    #[serde(default, rename = "metric")]
    pub metrics: Vec<MetricEntry>,
    /// Regroupings between years: figures before and after are not silently joined.
    #[serde(default, rename = "reclassification")]
    pub reclassifications: Vec<Reclassification>,
}

/// A company in another language; what is left out is as in the main profile.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Local {
    /// Full name.
    pub name: Option<String>,
    /// Short name.
    pub short_name: Option<String>,
    /// Exchange and code.
    pub tickers: Option<Vec<String>>,
}

impl Company {
    /// The full name in a language.
    pub fn name_in(&self, language: Language) -> &str {
        self.local.get(&language).and_then(|local| local.name.as_deref()).unwrap_or(&self.name)
    }

    /// The short name in a language.
    pub fn short_name_in(&self, language: Language) -> &str {
        self.local.get(&language).and_then(|local| local.short_name.as_deref()).unwrap_or(&self.short_name)
    }

    /// What the reading of documents depends on: the company without what only the readers of its briefs see. Its name is not among
    /// that, as documents call the company by it. Companies that are alike so read every document alike.
    pub fn as_read(&self) -> Self {
        let segment = |segment: &Segment| Segment { name: String::new(), names: BTreeMap::new(), ..segment.clone() };
        let metric = |entry: &MetricEntry| MetricEntry {
            name: String::new(),
            names: BTreeMap::new(),
            good: Polarity::Neutral,
            us_gaap: None,
            ifrs: None,
            ..entry.clone()
        };
        Self {
            tickers: Vec::new(),
            local: BTreeMap::new(),
            reclassifications: Vec::new(),
            segments: self.segments.iter().map(segment).collect(),
            metrics: self.metrics.iter().map(metric).collect(),
            ..self.clone()
        }
    }

    /// Exchanges and codes in a language.
    pub fn tickers_in(&self, language: Language) -> &[String] {
        self.local.get(&language).and_then(|local| local.tickers.as_deref()).unwrap_or(&self.tickers)
    }
}

/// A metric that changed what it holds.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Reclassification {
    /// The metric.
    pub metric: Metric,
    /// The first period on the new footing.
    pub from: Period,
    /// What moved where, for readers.
    pub note: String,
    /// Whether the two sides may be compared.
    pub bridge: Bridge,
}

/// Whether figures on both sides of a reclassification may be compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Bridge {
    /// Only the name changed.
    Joined,
    /// They hold different things: growth across the break is withheld, unless one document states both sides.
    Broken,
    /// The same, and documents that state both sides did not put them on one footing.
    Apart,
}

/// One damaged spelling.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Spelling {
    /// As documents print it.
    pub printed: String,
    /// What is meant.
    pub means: String,
}

/// A segment or service. Under a line of the statement it is that line's part: `revenue.<id>`, `cost_of_revenue.<id>`.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Segment {
    /// Dotted path below the statement's line: `network_services.wan`.
    pub id: String,
    /// Name for readers.
    pub name: String,
    /// The same in other languages.
    #[serde(default)]
    pub names: BTreeMap<Language, String>,
    /// How documents call it, with all synonyms of all years.
    pub labels: Vec<String>,
}

/// One metric: its id, its name for readers, and the labels that documents give it.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct MetricEntry {
    /// Canonical id.
    pub id: Metric,
    /// Name for readers, `Operating income`. May be left out where only labels are added.
    #[serde(default)]
    pub name: String,
    /// The same in other languages.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub names: BTreeMap<Language, String>,
    /// How documents call it.
    #[serde(default)]
    pub labels: Vec<String>,
    /// How documents call its share of the revenue it comes from: `Gross margin ratio`.
    #[serde(default)]
    pub margin_labels: Vec<String>,
    /// Whether the metric is an amount over a span (`flow`), at a date (`stock`) or a rate (`ratio`).
    #[serde(default)]
    pub kind: MetricKind,
    /// What it counts where the document names no unit: `money`, `per_share`, `%`, or a noun like `persons`.
    #[serde(default)]
    pub unit: String,
    /// Whether more is better (`up`), worse (`down`) or neither (`neutral`).
    #[serde(default)]
    pub good: Polarity,
    /// Element name in the US GAAP taxonomy.
    #[serde(default)]
    pub us_gaap: Option<String>,
    /// Element name in the IFRS taxonomy.
    #[serde(default)]
    pub ifrs: Option<String>,
}

/// How a metric relates to time.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum MetricKind {
    /// Adds up over time: revenue, cash flows.
    #[default]
    Flow,
    /// Stands at a date: assets, employees.
    Stock,
    /// A rate or a per-share figure: never added.
    Ratio,
}

/// Which direction is good news.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Polarity {
    /// More is better.
    Up,
    /// Less is better.
    Down,
    /// Neither.
    #[default]
    Neutral,
}
