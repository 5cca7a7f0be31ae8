//! The target record: the outside form of one target's ledger. It is a contract with other programs.

use std::sync::Arc;

use chrono::NaiveDate;
use rust_decimal::Decimal;
use serde::Serialize;

use crate::model::{Figure, Metric, Period, Source, Unit};

use super::{History, Target, TargetEntry, TargetStatus};

/// One target with its history, a record of `tanshin targets --format jsonl`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct TargetRecord {
    /// Id of the company.
    pub company: Arc<str>,
    /// What is aimed at.
    pub metric: Metric,
    /// The period it is set for.
    pub period: Period,
    /// The unit of all values.
    pub unit: Unit,
    /// The value in force.
    #[serde(with = "rust_decimal::serde::str")]
    pub in_force: Decimal,
    /// Every value it had, in the order of issue.
    pub steps: Vec<TargetStep>,
    /// What came of it, where documents have it.
    #[serde(with = "rust_decimal::serde::str_option")]
    pub outcome: Option<Decimal>,
    /// The outcome less the target in force.
    #[serde(with = "rust_decimal::serde::str_option")]
    pub difference: Option<Decimal>,
}

/// One value of a target.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct TargetStep {
    /// `initial` or `revised`.
    pub status: &'static str,
    /// The value.
    #[serde(with = "rust_decimal::serde::str")]
    pub value: Decimal,
    /// The day it was announced on, where a document says so, or the date of the document that first states it.
    pub date: Option<NaiveDate>,
    /// Where it stands there.
    pub source: Option<Source>,
    /// Later documents that state it unchanged.
    pub unchanged_in: Vec<Arc<str>>,
}

impl History {
    /// The ledger of all targets: by metric, then by period end.
    pub fn target_records(&self) -> Vec<TargetRecord> {
        let mut metrics: Vec<&Metric> = self.ledger.keys().map(|(metric, _)| metric).collect();
        metrics.dedup();
        let targets = metrics.into_iter().flat_map(|metric| self.targets(metric, None));
        targets.map(|target| TargetRecord::of(&target, self.company.id.clone())).collect()
    }
}

impl TargetRecord {
    fn of(target: &Target, company: Arc<str>) -> Self {
        let value = |figure: &Option<Figure>| figure.as_ref().map(|figure| figure.value.normalize());
        Self {
            company,
            metric: target.metric.clone(),
            period: target.period,
            unit: target.in_force.unit.clone(),
            in_force: target.in_force.value.normalize(),
            steps: target.entries.iter().map(TargetStep::of).collect(),
            outcome: value(&target.outcome),
            difference: value(&target.difference),
        }
    }
}

impl TargetStep {
    fn of(entry: &TargetEntry) -> Self {
        let status = match entry.status {
            TargetStatus::Initial => "initial",
            TargetStatus::Revised => "revised",
        };
        let facts = entry.figure.facts();
        Self {
            status,
            value: entry.figure.value.normalize(),
            date: entry.date,
            source: facts.iter().map(|fact| &fact.source).find(|s| s.document == entry.document).cloned(),
            unchanged_in: entry.unchanged_in.clone(),
        }
    }
}
