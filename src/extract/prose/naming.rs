//! What phrases and headings name, and what they lend to the blocks below.

use super::before::Base;
use crate::model::{Basis, Measure, Metric, Period};

/// What a figure is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Subject {
    /// As printed.
    pub label: String,
    /// The metric, where the label is known.
    pub metric: Option<Metric>,
    /// `MarginPct` for ratios of profit.
    pub measure: Measure,
    /// Whether the label calls its amount negative.
    pub negative: bool,
    /// Whether its amount stands at a date.
    pub stock: bool,
}

impl Subject {
    /// Something that has a label and no metric.
    pub fn unknown(label: &str) -> Self {
        Self { label: label.to_owned(), metric: None, measure: Measure::Level, negative: false, stock: false }
    }
}

/// What a heading or a parent bullet lends to the blocks below it.
#[derive(Clone, Debug)]
pub(super) struct Frame {
    /// How deep it stands.
    pub rank: u8,
    /// Its words that name something, without times and general words.
    pub words: String,
    /// What the words name.
    pub naming: Naming,
    /// The time it states.
    pub period: Option<Period>,
    /// The sense it states.
    pub basis: Option<Basis>,
    /// Against which time its changes are stated.
    pub base: Option<Base>,
    /// Whether it ends in a colon: what follows is about it.
    pub leads: bool,
    /// Whether it has figures of its own.
    pub states: bool,
}

/// What the words of a frame name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Naming {
    /// Nothing in particular: `Financial Results`.
    General,
    /// A metric.
    Metric(Subject),
    /// A segment.
    Segment(String),
    /// Something of its own that the vocabulary does not know: bare lines of the statement below it are not the company's.
    Other,
    /// Several headings in a row: nobody can tell which one counts.
    Unclear,
}

/// What the clauses before spoke of.
#[derive(Clone, Debug, Default)]
pub(super) struct Around {
    /// The part of the company.
    pub segment: Option<String>,
    /// Whether the block is a bullet, whose clauses belong together.
    pub short: bool,
    /// Whether the clause before was about something unknown.
    pub unknown: bool,
}

impl Frame {
    /// One that gives nothing but a sense and a time.
    pub fn of_column(basis: Basis, period: Option<Period>) -> Self {
        let (naming, words) = (Naming::General, String::new());
        Self { rank: u8::MAX, words, naming, period, basis: Some(basis), base: None, leads: false, states: false }
    }

    /// Whether it names one part of the company.
    pub fn is_of_part(&self) -> bool {
        match &self.naming {
            Naming::Segment(_) => true,
            Naming::Metric(subject) => subject.metric.as_ref().is_some_and(|metric| metric.path().is_some()),
            _ => false,
        }
    }
}
