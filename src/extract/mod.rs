//! One document's text becomes facts with their place. Other documents and computed figures are others' business.
//!
//! A document is scanned into tokens ([`scan`]) and outlined (its date, sections, units). Then readers take what they know, each
//! its own form of text: tables with tabs, flattened tables, prose, chart residue. A token is read once: the first reader in that
//! order keeps it.

mod added_back;
mod agree;
mod alien;
#[cfg(test)]
pub(crate) mod cases;
mod definitions;
mod dividend_plan;
mod flat;
mod footnote;
mod headed;
mod heads;
mod issued;
mod label;
mod named_shares;
pub mod number;
mod other_year;
mod outline;
mod partial;
#[cfg(test)]
mod properties;
mod prose;
mod remarks;
mod repair;
mod residue;
mod scan;
mod spaced;
mod table;
#[cfg(test)]
mod tests;
pub mod time;
mod title;
mod told;
pub mod units;
mod unread;
mod witness;

use std::collections::BTreeSet;

use rust_decimal::Decimal;

use crate::model::{Basis, Company, Document, Fact, Measure, Metric, Period, Reading, Source, Unit, Warned};
use crate::vocabulary::Vocabulary;

pub use number::{Number, Sign};
pub use outline::Outline;
pub use scan::Text;
pub use time::Time;

/// What every reader is given.
pub(crate) struct Page<'a> {
    /// The company whose document it is.
    pub company: &'a Company,
    /// Its words.
    pub vocabulary: &'a Vocabulary,
    /// The document.
    pub document: &'a Document,
    /// Its tokens.
    pub text: &'a Text,
    /// Its outline.
    pub outline: &'a Outline,
}

/// What a reader says of one printed figure.
pub(crate) struct Statement {
    /// The metric, where the label is known.
    pub metric: Option<Metric>,
    /// The label as printed.
    pub label: String,
    /// The time.
    pub period: Period,
    /// The sense.
    pub basis: Basis,
    /// What it says.
    pub measure: Measure,
    /// The value, sign applied.
    pub value: Decimal,
    /// The unit.
    pub unit: Unit,
    /// Whether the document is not exact.
    pub approx: bool,
}

impl Page<'_> {
    /// The fact that a statement makes of the characters `from..to` of a line.
    pub fn fact(&self, line: usize, from: usize, to: usize, says: Statement) -> Fact {
        Fact {
            company: self.company.id.clone(),
            metric: says.metric,
            label: says.label,
            period: says.period,
            basis: says.basis,
            measure: says.measure,
            value: says.value,
            unit: says.unit,
            approx: says.approx,
            repaired: None,
            source: Source::new(self.document.name.clone(), line + 1, from + 1, self.text.slice(line, from, to)),
        }
    }
}

/// Reads one document.
pub fn extract(document: &Document, company: &Company, vocabulary: &Vocabulary) -> Warned<Reading> {
    let text = Text::of(document, &company.fiscal_year);
    let outline = Outline::of(&text, &document.name, company, vocabulary);
    let page = Page { company, vocabulary, document, text: &text, outline: &outline };
    let mut facts: Vec<Fact> = Vec::new();
    let mut taken: BTreeSet<(usize, usize)> = BTreeSet::new();
    for read in READERS {
        let mut new = read(&page, &taken);
        new.retain(|fact| taken.insert((fact.source.line, fact.source.column)));
        new.retain(|fact| !is_of_another_kind(fact, vocabulary));
        new.retain(|fact| fact.metric.is_some() || !units::are_all(&fact.label));
        new.retain(|fact| {
            fact.period.fiscal_year().is_none() || !other_year::is_of_another(&page, fact.source.line - 1)
        });
        told::settle(&facts, &mut new);
        alien::settle(&facts, &mut new);
        facts.extend(new);
    }
    let unlabelled = witness::read(&page, &taken, &facts);
    facts.extend(unlabelled);
    let charted = residue::chart::read(&page, &facts);
    facts.extend(charted);
    let replaced = footnote::read(&page, &facts);
    facts.extend(replaced.into_iter().filter(|fact| !taken.contains(&(fact.source.line, fact.source.column))));
    agree::settle(&mut facts);
    partial::settle(&mut facts, vocabulary);
    headed::settle(&page, &mut facts);
    added_back::settle(&mut facts);
    let (mut facts, unproven) = repair::settle(facts);
    facts.sort_by_key(|fact| (fact.source.line, fact.source.column));
    heads::attach(&page, &mut facts);
    let unread = unread::find(&page, &facts, &unproven);
    let reading = Reading {
        document: document.name.clone(),
        title: outline.title.clone(),
        date: outline.date,
        issued: issued::read(&page),
        remarks: remarks::read(&page, &facts),
        facts,
        unread,
    };
    Warned::clean(reading)
}

/// An amount of money in percent or points is a margin or a share whose words are lost; a ratio in money, or one that grows by percent, is a
/// figure of another column. Which one is not certain, and what it is called it is not.
fn is_of_another_kind(fact: &Fact, vocabulary: &Vocabulary) -> bool {
    let root = fact.metric.as_ref().and_then(|metric| Metric::new(metric.root()).ok());
    let Some(entry) = root.and_then(|root| vocabulary.entry(&root)) else { return false };
    let is_percent = fact.unit == Unit::Percent;
    match (entry.unit.as_str(), fact.measure) {
        ("money", Measure::Level) => is_percent || fact.unit == Unit::Points,
        ("%", Measure::Level) => !is_percent,
        ("%", Measure::YoyPct | Measure::QoqPct) => true,
        _ => false,
    }
}

/// A reader: the facts of one form of text; places (line and column, from 1) in the set belong to readers before it.
type Reader = fn(&Page<'_>, &BTreeSet<(usize, usize)>) -> Vec<Fact>;

/// All readers, in the order in which they may claim a token.
const READERS: [Reader; 7] = [
    table::read,
    flat::read,
    named_shares::read,
    dividend_plan::read,
    prose::japanese::read,
    prose::read,
    residue::read,
];
