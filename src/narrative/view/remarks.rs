//! Which statements of the quarter's own documents stand beside which section: those that explain what moved, the special effects
//! behind a loss, and what the company says about its targets and its outlook. At most two a section, none twice.

use std::cmp::Reverse;
use std::collections::BTreeSet;

use chrono::NaiveDate;
use rust_decimal::Decimal;
use serde::Serialize;

use super::Book;
use super::lines::Span;
use crate::model::{Basis, FigureId, Measure, Metric, Period, Quarter, Remark, RemarkKind};

/// At most this many stand in a section.
const MOST: usize = 2;
/// A longer statement is quoted only where it explains a loss or operating income, or says whether targets stand.
const LONG: usize = 300;

/// A statement of a document, word for word, with its place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, schemars::JsonSchema)]
pub struct Quote {
    /// The words.
    pub text: String,
    /// File name of the document.
    pub document: String,
    /// The day it was published, `August 8, 2017`.
    pub published: String,
    /// The line, from 1.
    pub line: usize,
    /// The span it speaks of, where that is not the quarter's own: `9M18`.
    pub period: Option<String>,
}

/// What a special effect is, in the document's words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, schemars::JsonSchema)]
pub struct Special {
    /// The effect: `unrealized loss on holding marketable equity securities`.
    pub what: String,
    /// The accounting rules that the document says were revised, `U.S. GAAP`.
    pub rules: Option<String>,
}

/// The statements beside each section, and the special effect that the result needs.
#[derive(Clone, Debug, Default, Serialize, schemars::JsonSchema)]
pub struct Quotes {
    /// By section.
    pub sections: Vec<(String, Vec<Quote>)>,
    /// The special effect behind a loss.
    pub special: Option<Special>,
}

/// The sections in the order in which they choose.
const SECTIONS: [&str; 5] = ["result", "targets", "segments", "position", "indicators"];

impl Quotes {
    /// The statements for a quarter whose results were published between two days.
    pub fn of(book: &Book, quarter: Quarter, lead: &Span, lead_period: Period, known: (NaiveDate, NaiveDate)) -> Self {
        let (after, by) = known;
        let own = |name: &str| {
            let document = book.history.documents().iter().find(|document| *document.name == *name)?;
            document.date.filter(|date| *date > after && *date <= by)
        };
        let remarks: Vec<(&Remark, NaiveDate)> =
            book.history.remarks().iter().filter_map(|remark| Some((remark, own(&remark.document)?))).collect();
        let needs_special = lead.net_income.turn.loss || lead.adjusted;
        let mut used: BTreeSet<&str> = BTreeSet::new();
        let mut sections = Vec::new();
        for section in SECTIONS {
            let asks = Asks { section, needs_special, book, quarter, lead: lead_period };
            let chosen = asks.choose(&remarks, &mut used);
            sections.push((section.to_owned(), chosen));
        }
        let quoted = |remark: &&Remark| used.contains(remark.text.as_str());
        let all: Vec<&Remark> = remarks.iter().map(|(remark, _)| *remark).filter(|_| needs_special).collect();
        let special = all.iter().copied().filter(quoted).chain(all.iter().copied()).find_map(Special::of);
        Self { sections, special }
    }

    /// The statements beside a section.
    pub fn beside(&self, section: &str) -> Vec<Quote> {
        self.sections.iter().find(|(name, _)| name == section).map(|(_, quotes)| quotes.clone()).unwrap_or_default()
    }
}

/// What a section asks of a statement.
struct Asks<'a> {
    section: &'a str,
    needs_special: bool,
    book: &'a Book<'a>,
    quarter: Quarter,
    lead: Period,
}

impl Asks<'_> {
    fn choose<'r>(&self, remarks: &[(&'r Remark, NaiveDate)], used: &mut BTreeSet<&'r str>) -> Vec<Quote> {
        let mut fitting: Vec<(Decimal, &Remark, NaiveDate)> = remarks
            .iter()
            .filter(|(remark, _)| !used.contains(remark.text.as_str()) && self.period_fits(remark))
            .filter_map(|(remark, date)| self.weight(remark).map(|weight| (weight, *remark, *date)))
            .collect();
        fitting.sort_by_key(|(weight, remark, _)| (Reverse(*weight), remark.line, remark.column));
        let mut topics: BTreeSet<Option<&Metric>> = BTreeSet::new();
        let mut chosen: Vec<&(Decimal, &Remark, NaiveDate)> = Vec::new();
        for found in &fitting {
            let apart = self.section == "targets" || self.section == "indicators";
            // One special effect is the news; others of a long document would bury it.
            let again = found.1.kind == RemarkKind::Special && chosen.iter().any(|(_, c, _)| c.kind == found.1.kind);
            if chosen.len() < MOST && !again && (apart || topics.insert(found.1.topic.as_ref())) {
                chosen.push(found);
            }
        }
        chosen.sort_by_key(|(_, remark, _)| (remark.kind, remark.line, remark.column));
        used.extend(chosen.iter().map(|(_, remark, _)| remark.text.as_str()));
        chosen.into_iter().map(|(_, remark, date)| self.quote(remark, *date)).collect()
    }

    /// A statement about another span than this quarter or its year's beginning explains something else.
    fn period_fits(&self, remark: &Remark) -> bool {
        let ours = [self.lead, Period::Quarter(self.quarter), self.quarter.cumulative()];
        let ahead = remark.kind == RemarkKind::Outlook;
        ahead || remark.period.is_none_or(|period| ours.contains(&period))
    }

    /// How much a statement matters here; none where it does not belong.
    fn weight(&self, remark: &Remark) -> Option<Decimal> {
        let length = remark.text.chars().count();
        let text = remark.text.to_lowercase();
        let root = remark.topic.as_ref().map_or("", Metric::root);
        let part = remark.topic.as_ref().and_then(Metric::path).is_some();
        let weighty = (remark.kind == RemarkKind::Special || root == "operating_income") && self.section == "result";
        let firm = ["unchanged", "target"].iter().any(|word| text.contains(word)) && remark.kind == RemarkKind::Outlook;
        if length > LONG && !weighty && !firm {
            return None;
        }
        let weight = match (self.section, remark.kind) {
            ("result", RemarkKind::Special) if self.needs_special => {
                let explains = text.contains("unrealized") && (text.contains(" as ") || text.contains("due to"));
                50 + if explains { 50 } else { 0 } + if text.contains("we recorded") { 10 } else { 0 }
            }
            ("result", RemarkKind::Cause) if !part => match root {
                "operating_income" => 40,
                "revenue" => 30,
                "gross_profit" => 25,
                "net_income" | "income_before_tax" => 20,
                "sga" => 10,
                _ => return None,
            },
            ("targets", _) if is_about_targets(&text) => {
                let stands = text.contains("unchanged") || text.contains("initial plan");
                30 + if stands { 20 } else { 0 } + if text.contains("fourth quarter") { 30 } else { 0 }
            }
            ("segments", RemarkKind::Cause) if part => return Some(self.size(remark)),
            ("position", RemarkKind::Cause | RemarkKind::Special) => match root {
                "operating_cash_flow" => 30,
                "cash" | "investing_cash_flow" | "financing_cash_flow" => 20,
                "total_assets" | "shareholders_equity" | "property_and_equipment" | "capex" => 15,
                _ => return None,
            },
            ("indicators", RemarkKind::Outlook) => {
                let large = ["revenue target", "delist", "ifrs", "launched", "turning positive"];
                let ahead = ["accelerat", "improve", "expand", "growth", "contribute"];
                let any = |words: &[&str]| words.iter().any(|word| text.contains(word));
                20 + if any(&large) { 20 } else { 0 } + if any(&ahead) { 10 } else { 0 }
            }
            _ => return None,
        };
        Some(Decimal::from(weight))
    }

    /// The size of the move that a statement about a part explains.
    fn size(&self, remark: &Remark) -> Decimal {
        let Some(metric) = &remark.topic else { return Decimal::ZERO };
        let period = remark.period.unwrap_or(self.lead);
        let id = FigureId { metric: metric.clone(), period, basis: Basis::Actual, measure: Measure::YoyAbs };
        self.book.history.figure(&id).map_or(Decimal::ZERO, |figure| figure.value.abs())
    }

    fn quote(&self, remark: &Remark, date: NaiveDate) -> Quote {
        let other = remark.period.filter(|period| *period != self.lead && remark.kind != RemarkKind::Outlook);
        Quote {
            text: remark.text.clone(),
            document: remark.document.to_string(),
            published: super::date_words(date),
            line: remark.line,
            period: other.map(|period| period.to_string()),
        }
    }
}

fn is_about_targets(text: &str) -> bool {
    let seasonal = text.contains("seasonal") && (text.contains("quarter") || text.contains("results"));
    seasonal || text.contains("financial target") || text.contains("initial plan") || text.contains("dividend target")
}

impl Special {
    /// The effect that a statement names: its noun, an amount left out, up to the next comma.
    fn of(remark: &Remark) -> Option<Self> {
        if remark.kind != RemarkKind::Special {
            return None;
        }
        let at = remark.text.find("unrealized loss").or_else(|| remark.text.find("impairment loss"))?;
        let clause = [", ", "; ", ". ", "("].iter().filter_map(|end| remark.text[at..].find(end)).min();
        let rest: Vec<&str> = remark.text[at..][..clause.unwrap_or(remark.text.len() - at)].split(' ').collect();
        let on = rest.iter().position(|word| *word == "on")?;
        let ends = ["and", "which", "to", "as", "for", "was", "were", "of"];
        let held = |word: &&str| *word != "holding" && *word != "our";
        let object: Vec<&str> =
            rest[on + 1..].iter().copied().take_while(|word| !ends.contains(word)).filter(held).collect();
        let named = !object.is_empty()
            && object.iter().all(|word| word.trim_end_matches('.').chars().all(|c| c.is_alphabetic() || c == '-'));
        let kind = rest[..2].join(" ");
        let text = remark.text.to_lowercase();
        let revised = text.contains("revis") || text.contains("chang");
        let rules = ["U.S. GAAP", "US GAAP", "IFRS"].into_iter().find(|rules| remark.text.contains(rules));
        named.then(|| Self {
            what: format!("{kind} on {}", object.join(" ")),
            rules: rules.filter(|_| revised).map(str::to_owned),
        })
    }
}
