//! Which statements of the quarter's own documents stand beside which section: those that explain what moved, the special effects
//! behind a loss, and what the company says about its targets and its outlook. At most two a section, none twice.

use std::cmp::Reverse;

use chrono::NaiveDate;
use rust_decimal::Decimal;
use serde::Serialize;

use super::lines::Span;
use super::sense::{self, Direction};
use super::{Book, Time};
use crate::history::History;
use crate::language::Phrases;
use crate::model::{Basis, Figure, FigureId, Measure, Metric, Period, Quarter, Remark, RemarkKind};
use crate::narrative::shown::Shown;
use crate::vocabulary::Statements;
use crate::vocabulary::statements::{Effects, any, weight};

/// At most this many stand in a section, one more where a special effect needs its consequence beside it. A long one counts as two.
const MOST: usize = 2;
/// A longer statement is quoted only where it explains a loss or operating income, or says whether targets stand.
const LONG: usize = 320;
/// One longer than this takes the place of two, except beside targets.
const TWICE: usize = 290;

/// What an amount of money adds to the weight of a development.
const MONEY: i64 = 20;

/// A statement of a document, word for word, with its place and the figure that it explains.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, schemars::JsonSchema)]
pub struct Quote {
    /// The words; of a statement whose figures are told, the reason behind them.
    pub text: String,
    /// File name of the document.
    pub document: String,
    /// The day it was published, `August 8, 2017`.
    pub published: String,
    /// The day it was published, for `{{date_of}}`.
    pub time: Time,
    /// The line, from 1.
    pub line: usize,
    /// The column where it begins in that line, from 1.
    pub column: usize,
    /// The span it speaks of, where that is not the lead's own: `9M18`.
    pub period: Option<String>,
    /// What it explains or speaks of, inside a sentence: `network services gross profit`. Not given where its own words say it.
    pub about: Option<String>,
    /// The move that it explains.
    pub change: Option<Shown>,
    /// Whether that is a move of the margin.
    pub margin: bool,
    /// Whether it is a target that it speaks of.
    pub target: bool,
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
    /// All of them, in the order of the sections.
    pub all: Vec<Quote>,
    /// How many of them stand beside each section.
    #[serde(skip)]
    pub sections: Vec<(&'static str, usize)>,
    /// The special effect behind a loss.
    pub special: Option<Special>,
}

/// The sections in the order in which they choose.
const SECTIONS: [&str; 5] = ["result", "targets", "segments", "position", "indicators"];

impl Quotes {
    /// The statements for a quarter whose results were published between two days.
    pub fn of(
        book: &mut Book,
        quarter: Quarter,
        lead: &Span,
        lead_period: Period,
        known: (NaiveDate, NaiveDate),
    ) -> Self {
        let history = book.history;
        let (after, by) = known;
        let own = |name: &str| {
            let document = history.documents().iter().find(|document| *document.name == *name)?;
            document.date.filter(|date| *date > after && *date <= by)
        };
        let remarks: Vec<(&Remark, NaiveDate)> =
            history.remarks().iter().filter_map(|remark| Some((remark, own(&remark.document)?))).collect();
        let needs_special = lead.net_income.turn.loss || lead.adjusted;
        let mut used: Vec<&Remark> = Vec::new();
        let (mut all, mut sections) = (Vec::new(), Vec::new());
        for section in SECTIONS {
            let asks = Asks { section, needs_special, history, quarter, lead: lead_period };
            let chosen = asks.choose(&remarks, &mut used);
            sections.push((section, chosen.len()));
            all.extend(chosen.into_iter().map(|(remark, date)| asks.quote(book, remark, date)));
        }
        let specials: Vec<&Remark> = remarks.iter().map(|(remark, _)| *remark).filter(|_| needs_special).collect();
        let special = used
            .into_iter()
            .filter(|_| needs_special)
            .chain(specials)
            .find_map(|remark| Special::of(remark, &history.vocabulary().statements().effects, book.phrases));
        Self { all, sections, special }
    }

    /// Whether a statement says that a margin grew, and the documents call the amount of gross profit so.
    pub fn says_margin_of_an_amount(&self, book: &Book, period: Period) -> bool {
        let words = &book.history.vocabulary().statements().amount_margin;
        let said = self.all.iter().any(|quote| any(words, &quote.text.to_lowercase()));
        let profit = book.figure("gross_profit", period, Basis::Actual, Measure::Level).filter(|_| said);
        profit.is_some_and(|profit| {
            book.history.trace_of(&profit).facts().iter().any(|fact| fact.label.to_lowercase().contains("margin"))
        })
    }

    /// Which of all statements stand beside a section.
    pub fn beside(&self, section: &str) -> std::ops::Range<usize> {
        let at = self.sections.iter().position(|(name, _)| *name == section).unwrap_or(self.sections.len());
        let count = |sections: &[(&str, usize)]| sections.iter().map(|(_, count)| count).sum::<usize>();
        count(&self.sections[..at])..count(&self.sections[..(at + 1).min(self.sections.len())])
    }
}

/// What a section asks of a statement.
struct Asks<'h> {
    section: &'static str,
    needs_special: bool,
    history: &'h History,
    quarter: Quarter,
    lead: Period,
}

impl<'h> Asks<'h> {
    fn words(&self) -> &'h Statements {
        self.history.vocabulary().statements()
    }

    fn choose<'r>(
        &self,
        remarks: &[(&'r Remark, NaiveDate)],
        used: &mut Vec<&'r Remark>,
    ) -> Vec<(&'r Remark, NaiveDate)> {
        let mut fitting: Vec<(Decimal, &Remark, NaiveDate)> = remarks
            .iter()
            .filter(|(remark, _)| self.period_fits(remark) && self.explains(remark))
            .filter_map(|(remark, date)| self.weight(remark).map(|weight| (weight, *remark, *date)))
            .collect();
        // Of reasons that weigh the same, the longer one says more.
        let reasons = |remark: &Remark| if self.section == "result" { remark.text.len() } else { 0 };
        fitting.sort_by_key(|(weight, remark, _)| {
            (Reverse(*weight), Reverse(reasons(remark)), remark.line, remark.column)
        });
        let apart = self.section == "targets" || self.section == "indicators";
        let tells_special = self.needs_special && self.section == "result";
        let most = MOST + usize::from(tells_special);
        let shares = tells_special || matches!(self.section, "segments" | "indicators");
        let room = |remark: &Remark| if remark.text.chars().count() > TWICE && shares { 2 } else { 1 };
        let mut chosen: Vec<(&Remark, NaiveDate)> = Vec::new();
        for (_, remark, date) in fitting {
            // One special effect is the news; others of a long document would bury it.
            let special = remark.kind == RemarkKind::Special && chosen.iter().any(|(c, _)| c.kind == remark.kind);
            let topic = !apart && chosen.iter().any(|(c, _)| c.topic == remark.topic && c.kind == remark.kind);
            let taken: usize = chosen.iter().map(|(remark, _)| room(remark)).sum();
            if taken + room(remark) <= most
                && !special
                && !topic
                && !used.iter().any(|u| sense::says_the_same(u, remark))
            {
                chosen.push((remark, date));
                used.push(remark);
            }
        }
        chosen.sort_by_key(|(remark, _)| (remark.kind, remark.line, remark.column));
        chosen
    }

    /// A statement about another span than this quarter or its year's beginning explains something else.
    fn period_fits(&self, remark: &Remark) -> bool {
        let ours = [self.lead, Period::Quarter(self.quarter), self.quarter.cumulative()];
        let ahead = remark.kind == RemarkKind::Outlook;
        ahead || remark.period.is_none_or(|period| ours.contains(&period))
    }

    /// A reason stands only beside a move that it can be the reason of: one that is known, and that went its way.
    fn explains(&self, remark: &Remark) -> bool {
        if remark.kind != RemarkKind::Cause {
            return true;
        }
        let words = self.words();
        if remark.topic.is_none() || sense::is_sequential(words, &remark.text) {
            return !sense::is_sequential(words, &remark.text);
        }
        let way = sense::direction(words, &remark.text);
        self.change(remark).is_some_and(|change| {
            let falls = change.value.is_sign_negative();
            way.is_none_or(|way| falls == (way == Direction::Down))
        })
    }

    /// The move of what a statement speaks of: in percent, in points where it speaks of the margin, else in money.
    fn change(&self, remark: &Remark) -> Option<Figure> {
        let metric = remark.topic.clone()?;
        let period = remark.period.unwrap_or(self.lead);
        let points = sense::is_of_margin(self.words(), &remark.text) && metric.root() == "gross_profit";
        let measures = [Measure::PpChange, Measure::YoyPct, Measure::YoyAbs, Measure::ChangeAbs];
        let id = |measure| FigureId { metric: metric.clone(), period, basis: Basis::Actual, measure };
        let known = |measure: &Measure| {
            self.history.figure(&id(*measure)).filter(|figure| figure.half_width < figure.value.abs())
        };
        measures.iter().skip(usize::from(!points)).find_map(known)
    }

    /// How much a statement matters here; none where it does not belong.
    fn weight(&self, remark: &Remark) -> Option<Decimal> {
        let length = remark.text.chars().count();
        let text = remark.text.to_lowercase();
        let root = remark.topic.as_ref().map_or("", Metric::root);
        let part = remark.topic.as_ref().and_then(Metric::path).is_some();
        let weighty = (remark.kind == RemarkKind::Special || root == "operating_income") && self.section == "result";
        let words = self.words();
        let firm = any(&words.firm, &text) && remark.kind == RemarkKind::Outlook;
        let follows = self.needs_special && any(&words.consequence, &text);
        let may_be_long = weighty || firm || (follows && self.section == "indicators");
        if length > LONG && !may_be_long {
            return None;
        }
        let points = match (self.section, remark.kind) {
            ("result", RemarkKind::Special) if self.needs_special => 50 + weight(&words.weight_special, &text),
            ("result", RemarkKind::Outlook) if follows => 45,
            ("indicators", RemarkKind::Special | RemarkKind::Outlook) if follows => 90,
            ("result", RemarkKind::Cause) if remark.topic.is_none() => 15,
            ("result", RemarkKind::Cause) if !part => match root {
                "operating_income" => 40,
                "revenue" => 30,
                "gross_profit" => 25,
                "net_income" | "income_before_tax" => 20,
                "sga" => 10,
                _ => return None,
            },
            ("targets", RemarkKind::Outlook) if words.about_targets.iter().any(|about| about.is_said(&text)) => {
                30 + weight(&words.weight_targets, &text)
            }
            ("segments", RemarkKind::Cause) if part => return Some(self.size(remark)),
            ("position", RemarkKind::Capital) => 40,
            ("position", RemarkKind::Cause | RemarkKind::Special) => match root {
                "operating_cash_flow" => 30,
                "cash" | "investing_cash_flow" | "financing_cash_flow" => 20,
                "total_assets" | "shareholders_equity" | "property_and_equipment" | "capex" => 15,
                _ => return None,
            },
            ("indicators", RemarkKind::Outlook) if !any(&words.not_developments, &text) => {
                let line = remark.topic.as_ref().is_some_and(|topic| !HEADLINES.contains(&topic.as_str()));
                // A statement with an amount of its own needs no figure above it.
                let sized = if self.states_money(&remark.text) { MONEY } else { 0 };
                let whole = if (part || line) && sized == 0 { 0 } else { 15 };
                20 + whole + sized + weight(&words.weight_developments, &text)
            }
            _ => return None,
        };
        Some(Decimal::from(points))
    }

    /// Whether a statement tells an amount in the company's currency.
    fn states_money(&self, text: &str) -> bool {
        let currency = self.history.company().currency;
        let code = currency.code();
        text.match_indices(code).any(|(at, _)| text[at + code.len()..].starts_with(|c: char| c.is_ascii_digit()))
    }

    /// How much the move matters that a statement about a part explains: this span before a longer one, profit before revenue
    /// before cost, then by size.
    fn size(&self, remark: &Remark) -> Decimal {
        let Some(metric) = &remark.topic else { return Decimal::ZERO };
        let period = remark.period.unwrap_or(self.lead);
        let id = FigureId { metric: metric.clone(), period, basis: Basis::Actual, measure: Measure::YoyAbs };
        let size = self.history.figure(&id).map_or(Decimal::ZERO, |figure| figure.value.abs());
        let rank = match metric.root() {
            "gross_profit" => 2,
            "cost_of_revenue" if self.narrowed(metric) => 2,
            "revenue" => 1,
            _ => 0,
        };
        let rank = rank + if period == self.lead { 3 } else { 0 };
        // Amounts are in millions; none is near a trillion of them.
        size + Decimal::from(rank) * Decimal::from(1_000_000_000_000_i64)
    }

    /// Whether a segment's gross margin narrowed over the lead.
    fn narrowed(&self, metric: &Metric) -> bool {
        let Some(profit) = metric.path().and_then(|path| Metric::new(&format!("gross_profit.{path}")).ok()) else {
            return false;
        };
        let id = FigureId { metric: profit, period: self.lead, basis: Basis::Actual, measure: Measure::PpChange };
        self.history.figure(&id).is_some_and(|change| change.is_at_most(super::segments::NARROWED))
    }

    fn quote(&self, book: &mut Book, remark: &Remark, date: NaiveDate) -> Quote {
        let ahead = remark.kind == RemarkKind::Outlook;
        // A target of a later year that was revised stands in a sentence of its own.
        let far = ahead && remark.states && remark.period.and_then(Period::fiscal_year) > Some(self.quarter.year);
        let told = far || (remark.kind == RemarkKind::Cause && remark.states);
        let reason = sense::reason(self.words(), &remark.text).filter(|_| told);
        let other = remark.period.filter(|period| *period != self.lead && (!ahead || far || self.section == "result"));
        let topic = remark.topic.as_ref().filter(|topic| match remark.kind {
            _ if reason.is_some() => true,
            RemarkKind::Cause => !remark.states,
            RemarkKind::Outlook => remark.states && !HEADLINES.contains(&topic.root()),
            RemarkKind::Special | RemarkKind::Capital => false,
        });
        let change = topic.filter(|_| !ahead).and_then(|_| self.change(remark));
        Quote {
            text: reason.unwrap_or(&remark.text).to_owned(),
            document: remark.document.to_string(),
            published: book.phrases.day_in_sentence(date),
            time: book.time(Period::Instant(date)),
            line: remark.line,
            column: remark.column,
            period: other.map(|period| book.when(period)),
            about: topic.map(|topic| book.subject(topic)),
            margin: change.as_ref().is_some_and(|change| change.id.measure == Measure::PpChange),
            change: book.show(change),
            target: far,
        }
    }
}

/// Lines that speak of the company as a whole.
const HEADLINES: [&str; 5] = ["revenue", "gross_profit", "sga", "operating_income", "net_income"];

impl Special {
    /// The effect that a statement names: its noun, an amount left out, up to the next comma.
    fn of(remark: &Remark, words: &Effects, phrases: &Phrases) -> Option<Self> {
        if remark.kind != RemarkKind::Special {
            return None;
        }
        let at = words.nouns.iter().find_map(|noun| remark.text.find(noun.as_str()))?;
        let clause = [", ", "; ", ". ", "("].iter().filter_map(|end| remark.text[at..].find(end)).min();
        let rest: Vec<&str> = remark.text[at..][..clause.unwrap_or(remark.text.len() - at)].split(' ').collect();
        let on = rest.iter().position(|word| *word == words.on)?;
        let is_one = |list: &[String], word: &str| list.iter().any(|one| one == word);
        let ends = |word: &&str| !is_one(&words.ends, word);
        let held = |word: &&str| !is_one(&words.left_out, word);
        let object: Vec<&str> = rest[on + 1..].iter().copied().take_while(ends).filter(held).collect();
        let named = !object.is_empty()
            && object.iter().all(|word| word.trim_end_matches('.').chars().all(|c| c.is_alphabetic() || c == '-'));
        let kind = rest[..2].join(" ");
        let revised = any(&words.revised, &remark.text.to_lowercase());
        let rules = words.rules.iter().find(|rules| remark.text.contains(rules.as_str()));
        named.then(|| Self {
            what: phrases.term(&format!("{kind} {} {}", words.on, object.join(" "))),
            rules: rules.filter(|_| revised).cloned(),
        })
    }
}
