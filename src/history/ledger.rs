//! The ledger of targets: first issued, revised, in force on a day, and what came of them.

use std::sync::Arc;

use chrono::NaiveDate;

use crate::model::{Figure, Metric, Period};

/// A target with its history.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Target {
    /// What is aimed at.
    pub metric: Metric,
    /// The period it is set for.
    pub period: Period,
    /// The target in force.
    pub in_force: Figure,
    /// Every value it had, in the order of issue; the last one is in force.
    pub entries: Vec<TargetEntry>,
    /// What came of it, where it is known.
    pub outcome: Option<Figure>,
    /// The outcome less the target in force.
    pub difference: Option<Figure>,
}

/// One value of a target.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TargetEntry {
    /// The value with its facts.
    pub figure: Figure,
    /// Whether it is the first or a revision.
    pub status: TargetStatus,
    /// The document that first states it.
    pub document: Arc<str>,
    /// That document's date.
    pub date: Option<NaiveDate>,
    /// Later documents that state it unchanged, by date.
    pub unchanged_in: Vec<Arc<str>>,
}

/// Where an entry stands in the ledger.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum TargetStatus {
    /// The first value that documents give.
    Initial,
    /// It replaced the entry before.
    Revised,
}

impl Target {
    /// The first value.
    pub fn initial(&self) -> Option<&TargetEntry> {
        self.entries.first()
    }

    /// The value in force, where it replaced another.
    pub fn revised(&self) -> Option<&TargetEntry> {
        self.entries.last().filter(|entry| entry.status == TargetStatus::Revised)
    }
}
