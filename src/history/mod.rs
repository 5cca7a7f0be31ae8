//! Facts become one figure per metric and period, by named rules. What a figure is called and how it is worded is
//! others' business.
//!
//! ```text
//! readings ─▶ gather ─▶ settle ─▶ refine ─▶ derive ─▶ History ─▶ changes, targets, coverage, series, lineage (when asked for)
//!            (by figure)  │ conflict    ▲         ▲ spans, prior_level, statement_line, parts_of_total
//!                         │             └ spans, statement_line, within one document
//!                         └ ledger (targets, by date)
//! ```

mod board;
pub(crate) mod canonical;
mod changes;
mod conflict;
mod consistency;
pub(crate) mod coverage;
mod derive;
mod document;
mod gap;
pub(crate) mod gather;
mod implied;
pub(crate) mod interval;
pub(crate) mod kind;
mod ledger;
mod lineage;
mod parts_of_total;
pub(crate) mod prior_level;
mod record;
mod refine;
mod series;
pub(crate) mod settle;
mod spans;
mod statement_line;
mod target_record;
mod targets;
mod trace_record;

#[cfg(test)]
pub(crate) mod cases;
#[cfg(test)]
mod properties;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use chrono::NaiveDate;

use crate::model::{Basis, Company, Figure, FigureId, Measure, Metric, Period, Reading, Remark, Warned};
use crate::vocabulary::Vocabulary;

pub use conflict::Conflict;
pub use coverage::{Coverage, Known, MetricCoverage};
pub use document::{DocumentInfo, as_of};
pub use gap::Gap;
pub use ledger::{Target, TargetEntry, TargetStatus};
pub use lineage::Trace;
pub use record::FigureRecord;
pub use series::{OtherValue, SeriesInput, SeriesRecord};
pub use target_record::{TargetRecord, TargetStep};
pub use trace_record::{TraceRecord, TraceSource};

/// Everything known about one company's figures: each once, stated or derived, with the way it came to be.
#[derive(Clone, Debug)]
pub struct History {
    company: Arc<Company>,
    vocabulary: Arc<Vocabulary>,
    documents: Vec<DocumentInfo>,
    remarks: Vec<Remark>,
    /// Stated figures of all measures, derived actual levels, and the entries of the ledger.
    figures: BTreeMap<FigureId, Figure>,
    /// The figures as documents state them more coarsely than they are derived.
    coarse: BTreeMap<FigureId, Figure>,
    ledger: ledger::Ledger,
    conflicts: Vec<Conflict>,
    /// Figures that no claim may rest on, with the check that fails on them.
    held: BTreeMap<FigureId, &'static str>,
}

/// The facts of all documents as one history. The order of the readings makes no difference.
pub fn aggregate(company: Arc<Company>, vocabulary: Arc<Vocabulary>, readings: &[Reading]) -> Warned<History> {
    let (mut statements, mut warnings) = gather::gather(readings, &company, &vocabulary);
    let ledger = ledger::take(&mut statements);
    let mut conflicts = ledger::contradictions(&ledger);
    let mut contested = BTreeSet::new();
    let mut figures = BTreeMap::new();
    for (id, ranked) in &statements {
        // What a company says about its future changes over time; that is no contradiction.
        let told = if id.basis == Basis::Actual { ranked.as_slice() } else { &settle::of_latest_document(ranked) };
        let Some(settled) = settle::settle(id, told) else { continue };
        conflicts.extend(settled.conflict);
        if settled.contested {
            contested.insert(id.clone());
        }
        figures.insert(id.clone(), settled.figure);
    }
    conflicts.sort_by(|a, b| a.id.cmp(&b.id));
    let calendar = company.fiscal_year;
    warnings.extend(conflicts.iter().map(Conflict::warning));
    warnings.extend(consistency::check(&figures, &contested, calendar));
    contested.extend(conflict::of_unclear_sign(&conflicts, &figures));
    let dates = readings.iter().filter_map(|reading| Some((reading.document.clone(), reading.date?))).collect();
    contested.extend(conflict::of_old_footing(&conflicts, &figures, &dates));
    for ((metric, period), account) in &ledger {
        let (entries, _) = account.entries(metric, *period, calendar, None);
        figures.extend(entries.into_iter().map(|entry| (entry.figure.id.clone(), entry.figure)));
    }
    let coarse = refine::refine(&vocabulary, calendar, &mut figures, &contested);
    let derived = derive::derive(&vocabulary, calendar, &figures, &contested);
    figures.extend(derived.into_iter().map(|figure| (figure.id.clone(), figure)));
    warnings.sort_by(|a, b| (&a.place, &a.message).cmp(&(&b.place, &b.message)));
    let documents = document::documents(readings);
    let remarks = document::remarks(&documents, readings);
    Warned {
        value: History {
            company,
            vocabulary,
            documents,
            remarks,
            figures,
            coarse,
            ledger,
            conflicts,
            held: BTreeMap::new(),
        },
        warnings,
    }
}

impl History {
    /// The company.
    pub fn company(&self) -> &Arc<Company> {
        &self.company
    }

    /// Its vocabulary.
    pub fn vocabulary(&self) -> &Vocabulary {
        &self.vocabulary
    }

    /// The documents, by date, then by name.
    pub fn documents(&self) -> &[DocumentInfo] {
        &self.documents
    }

    /// What the documents say about their figures, in the order of documents and places.
    pub fn remarks(&self) -> &[Remark] {
        &self.remarks
    }

    /// The figures that two facts state differently.
    pub fn conflicts(&self) -> &[Conflict] {
        &self.conflicts
    }

    /// Withholds a figure from every claim: a check of the documents fails on it.
    pub fn hold_back(&mut self, id: FigureId, check: &'static str) {
        self.held.entry(id).or_insert(check);
    }

    /// The check that keeps every claim from resting on a figure.
    pub fn held_back(&self, id: &FigureId) -> Option<&'static str> {
        self.held.get(id).copied()
    }

    /// A stated figure of any measure, a derived level, or a target of the ledger.
    pub fn get(&self, id: &FigureId) -> Option<&Figure> {
        self.figures.get(id)
    }

    /// What a metric actually was in a period.
    pub fn level(&self, metric: &Metric, period: Period) -> Option<&Figure> {
        self.get(&FigureId::level(metric, period, Basis::Actual))
    }

    /// The levels of a metric, of every period and basis, by period end, then the shorter period first, then basis.
    pub fn series(&self, metric: &Metric) -> Vec<&Figure> {
        let mut series: Vec<&Figure> = self.levels().filter(|figure| figure.id.metric == *metric).collect();
        series.sort_by_key(|figure| (self.order(figure.id.period), figure.id.basis));
        series
    }

    /// The metrics that any figure tells of, a level or a change.
    pub fn told_metrics(&self) -> BTreeSet<&Metric> {
        self.figures.keys().map(|id| &id.metric).collect()
    }

    /// The metrics that have a level.
    pub fn metrics(&self) -> Vec<&Metric> {
        let mut metrics: Vec<&Metric> = self.levels().map(|figure| &figure.id.metric).collect();
        metrics.dedup();
        metrics
    }

    /// The direct parts of a metric that have a level in a period: in the profile's order of segments, others by id.
    pub fn parts(&self, metric: &Metric, period: Period) -> Vec<&Figure> {
        let ours = |figure: &&Figure| figure.id.period == period && figure.id.metric.parent().as_ref() == Some(metric);
        let actual = self.levels().filter(|figure| figure.id.basis == Basis::Actual);
        let mut parts: Vec<&Figure> = actual.filter(ours).collect();
        let place = |metric: &Metric| {
            let at = |path| self.vocabulary.segments().iter().position(|segment| segment.id == path);
            metric.path().and_then(at).unwrap_or(usize::MAX)
        };
        parts.sort_by_key(|figure| place(&figure.id.metric));
        parts
    }

    fn levels(&self) -> impl Iterator<Item = &Figure> {
        self.figures.values().filter(|figure| figure.id.measure == Measure::Level)
    }

    /// Where a period stands in a series: by its end, the shorter one first.
    fn order(&self, period: Period) -> (NaiveDate, std::cmp::Reverse<NaiveDate>, Period) {
        let (first, last) = self.company.fiscal_year.days(period);
        (last, std::cmp::Reverse(first), period)
    }
}
