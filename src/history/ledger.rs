//! The ledger of targets: first issued, revised, in force on a day, and what came of them.
//!
//! The order of issue comes from the documents' dates, and within a document from its words: an initial target stands
//! before the revised one. A target that a later document repeats is one entry.

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::NaiveDate;

use crate::model::{Basis, Calendar, Figure, FigureId, Measure, Metric, Period};

use super::gather::{Stated, Statements};
use super::settle::{is_rounding, settle, stated_figure};

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
    /// The document that first states it. A first target may be older than the document that tells of it.
    pub document: Arc<str>,
    /// The day that it says the target stands since, or its own date.
    pub date: Option<NaiveDate>,
    /// Later documents that state it unchanged, by date.
    pub unchanged_in: Vec<Arc<str>>,
}

/// Where an entry stands in the ledger.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum TargetStatus {
    /// The first value that documents give.
    Initial,
    /// It replaced another, whether documents give that one or not.
    Revised,
}

impl Target {
    /// The first value, where documents give it.
    pub fn initial(&self) -> Option<&TargetEntry> {
        self.entries.first().filter(|entry| entry.status == TargetStatus::Initial)
    }

    /// The value in force, where it replaced another.
    pub fn revised(&self) -> Option<&TargetEntry> {
        self.entries.last().filter(|entry| entry.status == TargetStatus::Revised)
    }
}

/// The statements of one target, of all documents.
#[derive(Clone, Debug, Default)]
pub(super) struct Account {
    statements: Vec<Stated>,
}

/// The accounts of all targets.
pub(super) type Ledger = BTreeMap<(Metric, Period), Account>;

/// Takes the levels of targets out of the statements: they are settled here, by date, not by precision.
pub(super) fn take(statements: &mut Statements) -> Ledger {
    let mut ledger = Ledger::new();
    statements.retain(|id, stated| {
        let ours = id.basis.is_target() && id.measure == Measure::Level;
        if ours {
            let account = ledger.entry((id.metric.clone(), id.period)).or_default();
            account.statements.append(stated);
        }
        !ours
    });
    ledger
}

/// An entry in the making.
struct Draft<'a> {
    /// The best statement first.
    same: Vec<&'a Stated>,
    status: TargetStatus,
    first: &'a Stated,
}

impl Account {
    /// The values by the order of issue, and whether the last one still stands.
    pub fn entries(
        &self,
        metric: &Metric,
        period: Period,
        calendar: Calendar,
        as_of: Option<NaiveDate>,
    ) -> (Vec<TargetEntry>, bool) {
        let mut drafts: Vec<Draft<'_>> = Vec::new();
        let mut stands = false;
        for document in self.documents(as_of) {
            let of_basis = |basis: Basis| document.iter().copied().filter(move |s| s.fact.basis == basis);
            let initial: Vec<&Stated> = of_basis(Basis::TargetInitial).collect();
            let revised: Vec<&Stated> = of_basis(Basis::TargetRevised).collect();
            let current: Vec<&Stated> = of_basis(Basis::Target).collect();
            let superseded_only = revised.is_empty() && current.is_empty();
            enter_initial(&mut drafts, initial);
            enter(&mut drafts, current, TargetStatus::Initial);
            enter(&mut drafts, revised, TargetStatus::Revised);
            // An initial target alone is out of force, unless its period is over: then it is the one to be measured by.
            let over = document.iter().any(|s| s.date.is_some_and(|date| date > calendar.end(period)));
            stands = !superseded_only || over;
        }
        let last = drafts.len().saturating_sub(1);
        let entries = drafts.iter().enumerate().filter_map(|(at, draft)| {
            let basis = match draft.status {
                TargetStatus::Initial if at < last || draft.is_called_initial() => Basis::TargetInitial,
                TargetStatus::Initial => Basis::Target,
                TargetStatus::Revised => Basis::TargetRevised,
            };
            draft.entry(&FigureId::level(metric, period, basis))
        });
        (entries.collect(), stands)
    }

    /// The first target where only a later document tells of it: one that replaces it, or one of after its period's end, to measure
    /// by. It stood since its period began.
    pub fn told_later(
        &self,
        metric: &Metric,
        period: Period,
        calendar: Calendar,
        day: NaiveDate,
    ) -> Option<TargetEntry> {
        let (entries, _) = self.entries(metric, period, calendar, None);
        let first = entries.first().filter(|first| first.status == TargetStatus::Initial)?;
        let replaced = entries.get(1).is_some_and(|next| next.document == first.document);
        let over = first.date.is_some_and(|date| date > calendar.end(period));
        (day >= calendar.days(period).0 && (replaced || over)).then(|| first.clone())
    }

    /// The statements by document, in the order of publication.
    fn documents(&self, as_of: Option<NaiveDate>) -> Vec<Vec<&Stated>> {
        let mut documents: BTreeMap<(Option<NaiveDate>, &Arc<str>), Vec<&Stated>> = BTreeMap::new();
        for stated in &self.statements {
            if as_of.is_none_or(|day| stated.date.is_some_and(|date| date <= day)) {
                documents.entry((stated.date, &stated.fact.source.document)).or_default().push(stated);
            }
        }
        documents.into_values().collect()
    }
}

/// An initial target is the oldest entry; beside a known one it only confirms.
fn enter_initial<'a>(drafts: &mut Vec<Draft<'a>>, statements: Vec<&'a Stated>) {
    let Some((first, same)) = settled(statements) else { return };
    match drafts.iter_mut().find(|draft| is_rounding(draft.same[0], first)) {
        Some(known) => known.add(same),
        None => drafts.insert(0, Draft { same, status: TargetStatus::Initial, first }),
    }
}

/// A target in force either repeats the last entry or replaces it.
fn enter<'a>(drafts: &mut Vec<Draft<'a>>, statements: Vec<&'a Stated>, if_first: TargetStatus) {
    let Some((first, same)) = settled(statements) else { return };
    match drafts.last_mut() {
        Some(known) if is_rounding(known.same[0], first) => known.add(same),
        Some(_) => drafts.push(Draft { same, status: TargetStatus::Revised, first }),
        None => drafts.push(Draft { same, status: if_first, first }),
    }
}

/// The best statement of one document and those that agree with it.
fn settled(mut statements: Vec<&Stated>) -> Option<(&Stated, Vec<&Stated>)> {
    statements.sort_by(|a, b| a.rank().cmp(&b.rank()));
    let first = *statements.first()?;
    statements.retain(|other| is_rounding(first, other));
    Some((first, statements))
}

impl<'a> Draft<'a> {
    fn add(&mut self, same: Vec<&'a Stated>) {
        self.same.extend(same);
        self.same.sort_by(|a, b| a.rank().cmp(&b.rank()));
    }

    /// Whether documents know it under no other name.
    fn is_called_initial(&self) -> bool {
        self.same.iter().all(|stated| stated.fact.basis == Basis::TargetInitial)
    }

    fn entry(&self, id: &FigureId) -> Option<TargetEntry> {
        let document = &self.first.fact.source.document;
        let mut later: Vec<_> = self.same.iter().map(|s| (s.date, &s.fact.source.document)).collect();
        later.sort();
        later.dedup();
        Some(TargetEntry {
            figure: stated_figure(id, &self.same)?,
            status: self.status,
            document: document.clone(),
            date: self.first.date,
            unchanged_in: later.into_iter().map(|(_, name)| name.clone()).filter(|name| name != document).collect(),
        })
    }
}

/// The contradictions within single documents, for the warnings.
pub(super) fn contradictions(ledger: &Ledger) -> Vec<super::Conflict> {
    let mut found = Vec::new();
    for ((metric, period), account) in ledger {
        for document in account.documents(None) {
            for basis in [Basis::Target, Basis::TargetInitial, Basis::TargetRevised] {
                let mut ranked: Vec<Stated> =
                    document.iter().filter(|s| s.fact.basis == basis).map(|s| (*s).clone()).collect();
                ranked.sort_by(|a, b| a.rank().cmp(&b.rank()));
                let id = FigureId::level(metric, *period, basis);
                found.extend(settle(&id, &ranked).and_then(|settled| settled.conflict));
            }
        }
    }
    found
}
