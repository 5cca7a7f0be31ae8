//! Figures, narrative and charts become the content of one brief: tiles, tables, sources, in reading order. How a page looks is
//! the brief's business; which words a sentence takes is the narrative's.

mod arrange;
mod attachment;
mod bridge;
mod charts;
mod indicator_table;
mod lead;
mod length;
mod matrix;
mod own_chart;
mod proofs;
mod tables;
#[cfg(test)]
mod tests;
mod text;
mod tiles;

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Bound;

use chrono::NaiveDate;

use crate::brief::{Block, Content, DocumentEntry, Run, Section};
use crate::chart::Faces;
use crate::config::Look;
use crate::history::History;
use crate::language::{Language, Phrases, fill};
use crate::model::{Document, Figure, Period, Quarter};
use crate::narrative::{self, Narrative, Paragraph, Sentence};
use crate::options::Length;

pub use charts::CHARTS;
pub use own_chart::{OwnChart, OwnForm};
pub use proofs::AS_STATED;

use charts::Chosen;
use lead::Lead;
use proofs::Proofs;
use text::Print;

/// What a brief is made of.
pub struct Parts<'a> {
    /// The company's figures.
    pub history: &'a History,
    /// Its documents, for the lines that figures stand in.
    pub documents: &'a [Document],
    /// The quarter.
    pub quarter: Quarter,
    /// Its text.
    pub narrative: &'a Narrative,
    /// The faces that chart labels are measured with.
    pub faces: &'a Faces<'a>,
    /// How the brief looks, and how much it holds.
    pub look: &'a Look,
    /// Its language.
    pub phrases: &'a Phrases,
}

impl<'a> Parts<'a> {
    /// How figures are printed.
    fn print(&self) -> Print<'a> {
        Print::new(self.phrases, self.history)
    }

    /// The quarter's last day: that of its balance sheet.
    fn day(&self) -> Period {
        self.last_day(Period::Quarter(self.quarter))
    }

    /// The last day of the fiscal year before: what the balance sheet is compared with.
    fn year_start(&self) -> Period {
        self.last_day(Period::Year(self.quarter.year - 1))
    }

    /// The last day of a span.
    fn last_day(&self, span: Period) -> Period {
        Period::Instant(self.history.company().fiscal_year.end(span))
    }
}

/// The content of one brief.
pub fn compose(parts: &Parts<'_>) -> Content {
    composed(parts).0
}

/// The content of one brief, and every figure that it shows or that one of these was derived from.
pub fn composed(parts: &Parts<'_>) -> (Content, Vec<Figure>) {
    let company = parts.history.company();
    let (print, phrases) = (parts.print(), parts.phrases);
    let (page, language) = (&phrases.page, phrases.language);
    let disclaimer = parts.look.brand.disclaimer.clone();
    let lead = Lead::of(parts.history, parts.quarter);
    let mut proofs = Proofs::new(parts.history, parts.documents, print);
    let used: BTreeMap<String, &Figure> =
        parts.narrative.figures.iter().map(|figure| (narrative::key(figure), figure)).collect();
    let headline = runs(&parts.narrative.title, &used, &mut proofs);
    let standfirst = parts.narrative.standfirst.as_ref().map(|s| runs(s, &used, &mut proofs)).unwrap_or_default();
    let tiles = tiles::tiles(parts, &lead, &mut proofs);
    let sections = sections(parts, &lead, &used, &mut proofs);
    let mut notes: Vec<Vec<Run>> = parts.narrative.notes.iter().map(|note| runs(note, &used, &mut proofs)).collect();
    notes.extend(parts.narrative.dropped.iter().map(|dropped| vec![Run::text(dropped.plain(phrases))]));
    notes.extend(later(parts, &proofs));
    let date = date_of(parts.history, parts.quarter, &proofs);
    let plain = plain(&headline);
    let short_name = company.short_name_in(language);
    let period_short = print.head(Period::Quarter(parts.quarter));
    let attachment = attachment::of(parts, &proofs);
    let figures = proofs.figures().to_vec();
    let content = Content {
        language: language.to_string(),
        paper: parts.look.paper,
        most_pages: length::most_pages(parts.look.length),
        brand: parts.look.brand.clone(),
        title: fill(&page.title, &[("company", short_name), ("period", &period_short), ("headline", &plain)]),
        company: company.name_in(language).to_owned(),
        company_short: short_name.to_owned(),
        tickers: company.tickers_in(language).to_vec(),
        kind: page.kind.clone(),
        period: print.period_in_full(parts.quarter),
        period_short,
        date,
        date_text: print.day(date),
        headline,
        standfirst,
        tiles,
        sections,
        documents: documents(parts.history, &proofs, print),
        sources: proofs.into_entries(),
        sources_form: length::sources_form(parts.look.length),
        notes,
        disclaimer: disclaimer.unwrap_or_else(|| fill(&page.disclaimer, &[("company", short_name)])),
        labels: phrases.labels.clone(),
        attachment: Some(attachment),
    };
    let content = if parts.look.length == Length::Short { length::without_sources(content, phrases) } else { content };
    (content, figures)
}

/// The day by which a quarter's results had been published: targets are told as they stood then.
fn known_by(history: &History, quarter: Quarter) -> NaiveDate {
    let end = history.company().fiscal_year.end(Period::Quarter(quarter));
    end + chrono::Days::new(narrative::PUBLISHED_WITHIN_DAYS)
}

/// The day the figures are as of: the quarter's own document if there is one, else the latest that a figure comes from.
fn date_of(history: &History, quarter: Quarter, proofs: &Proofs<'_>) -> NaiveDate {
    let end = history.company().fiscal_year.end(Period::Quarter(quarter));
    let known = known_by(history, quarter);
    let dates = || history.documents().iter().filter(|document| proofs.cites(&document.name)).filter_map(|d| d.date);
    let own = dates().filter(|date| (end..=known).contains(date)).min();
    own.or_else(|| dates().max()).unwrap_or(end)
}

/// The line of a statement, and where in it, since documents hold whole chapters on one line.
fn place(quote: &narrative::Quote) -> String {
    const LONG: usize = 200;
    if quote.column > LONG { format!("{}:{}", quote.line, quote.column) } else { quote.line.to_string() }
}

/// Says which documents came after the quarter's own, where figures rest on them.
fn later(parts: &Parts<'_>, proofs: &Proofs<'_>) -> Option<Vec<Run>> {
    let (known, phrases) = (known_by(parts.history, parts.quarter), parts.phrases);
    let cited = parts.history.documents().iter().filter(|document| proofs.cites(&document.name));
    let dates: BTreeSet<NaiveDate> = cited.filter_map(|document| document.date).collect();
    // A brief without a document of its own names those that the quarter's figures come from.
    let end = parts.history.company().fiscal_year.end(Period::Quarter(parts.quarter));
    let own = parts.history.documents().iter().any(|d| d.date.is_some_and(|date| date > end && date <= known));
    let coverage = parts.history.coverage().into_iter().find(|coverage| coverage.quarter == parts.quarter);
    let named = coverage.filter(|_| !own).map(|coverage| coverage.documents).unwrap_or_default();
    let is_named =
        |day: &NaiveDate| parts.history.documents().iter().any(|d| d.date == Some(*day) && named.contains(&d.name));
    let later = dates.range((Bound::Excluded(known), Bound::Unbounded)).filter(|day| !is_named(day));
    let days: Vec<String> = later.map(|day| phrases.day_in_sentence(*day)).collect();
    (!days.is_empty()).then(|| vec![Run::text(fill(&phrases.page.later, &[("days", &days.join(&phrases.text.comma))]))])
}

/// The words of a text on the page, without its marks.
pub fn plain(runs: &[Run]) -> String {
    breakable(&runs.iter().map(|run| run.text.as_str()).collect::<String>())
}

/// A text in which lines may break at every blank.
pub fn breakable(text: &str) -> String {
    text.replace('\u{a0}', " ")
}

/// The runs of a sentence, each figure with its proof.
fn runs(sentence: &Sentence, used: &BTreeMap<String, &Figure>, proofs: &mut Proofs<'_>) -> Vec<Run> {
    let run = |run: &narrative::Run| match run {
        narrative::Run::Text { text } | narrative::Run::Given { text } => Run::text(text.clone()),
        narrative::Run::Figure { text, key, derived, .. } => match used.get(key) {
            Some(figure) => {
                Run { derived: *derived, ..Run::figure(unbroken(text), proofs.cite_marked(figure, *derived)) }
            }
            None => Run::text(unbroken(text)),
        },
    };
    sentence.runs.iter().map(run).collect()
}

/// A figure stays on one line with its unit.
fn unbroken(figure: &str) -> String {
    figure.replace(' ', "\u{a0}")
}

/// Statements with more letters than these stand below the tables and charts of the result.
const LONG_WORDS: usize = 300;

/// Each paragraph under its heading with the tables and charts that belong to it.
fn sections(parts: &Parts<'_>, lead: &Lead, used: &BTreeMap<String, &Figure>, proofs: &mut Proofs<'_>) -> Vec<Section> {
    let mut sections = Vec::new();
    let mut charts = Chosen::of(parts, lead);
    for section in &parts.look.voice.sections {
        let id = &section.id;
        let paragraph: Option<&Paragraph> = parts.narrative.paragraphs.iter().find(|paragraph| paragraph.id == *id);
        let mut blocks = paragraph.map(|p| paragraphs(parts, p, used, proofs)).unwrap_or_default();
        let quotes = paragraph.into_iter().flat_map(|paragraph| &paragraph.quotes);
        let quotes: Vec<Block> = quotes.map(|quoted| quote(parts, quoted, used, proofs)).collect();
        let tables = tables::of_section(parts, lead, id, proofs);
        let exhibits = arrange::arrange(parts, tables, charts.take(id));
        // Tables and charts of the result stand beside its text; long statements flow on below, over the page's end.
        let said: usize =
            paragraph.map_or(0, |p| p.quotes.iter().map(|quoted| text::letters(&quoted.quote.text)).sum());
        let (above, below) = if id == "result" && said > LONG_WORDS { (exhibits, quotes) } else { (quotes, exhibits) };
        blocks.extend(above.into_iter().chain(below));
        let marks =
            blocks.iter().flat_map(|block| if let Block::Chart(chart) = block { &chart.marks[..] } else { &[] });
        for reference in marks.filter_map(|mark| mark.reference.as_deref()) {
            if let Some(figure) = charts.figure(reference) {
                proofs.cite_marked(figure, !reference.ends_with(AS_STATED));
            }
        }
        if !blocks.is_empty() {
            let heading = section.heading(parts.phrases);
            sections.push((id.as_str(), Section { heading, blocks }));
        }
    }
    if parts.look.length == Length::Short {
        sections = length::keep_the_news(sections, parts.look.paper);
    }
    let mut sections: Vec<Section> = sections.into_iter().map(|(_, section)| section).collect();
    if parts.look.length == Length::Full {
        sections.extend(length::other_figures(parts, lead, proofs));
    }
    sections
}

/// A statement with the document's day and line, behind the figure that it explains.
fn quote(
    parts: &Parts<'_>,
    quoted: &narrative::Quoted,
    used: &BTreeMap<String, &Figure>,
    proofs: &mut Proofs<'_>,
) -> Block {
    let (quote, page) = (&quoted.quote, &parts.phrases.page);
    let mut source = fill(&page.quote, &[("date", &quote.published), ("line", &place(quote))]);
    if let Some(period) = &quote.period {
        source.push_str(&fill(&page.quote_on, &[("period", period)]));
    }
    let language = Language::of_text(&quote.text);
    if language != parts.phrases.language {
        source.push_str(&page.quote_foreign);
    }
    let lead = quoted.lead.as_ref().map(|lead| runs(lead, used, proofs)).unwrap_or_default();
    Block::Quote { lead, text: quote.text.clone(), language: language.to_string(), source, reference: None }
}

/// A paragraph has about so many letters at most, eight lines; what is longer becomes several of like length.
const LONGEST: usize = 750;

/// The sentences of a section as paragraphs.
fn paragraphs(
    parts: &Parts<'_>,
    paragraph: &Paragraph,
    used: &BTreeMap<String, &Figure>,
    proofs: &mut Proofs<'_>,
) -> Vec<Block> {
    let between = &parts.phrases.text.between_sentences;
    let sentences: Vec<Vec<Run>> = paragraph.sentences.iter().map(|sentence| runs(sentence, used, proofs)).collect();
    let lengths: Vec<usize> = sentences.iter().map(|sentence| text::letters(&plain(sentence))).collect();
    let whole: usize = lengths.iter().sum();
    let count = whole.div_ceil(LONGEST);
    let mut blocks: Vec<Vec<Run>> = vec![Vec::new(); count];
    let mut before = 0;
    for (sentence, length) in sentences.into_iter().zip(lengths) {
        // A sentence belongs to the part of the whole that its middle lies in.
        let block = &mut blocks[(before + length / 2) * count / whole.max(1)];
        if !block.is_empty() && !between.is_empty() {
            block.push(Run::text(between));
        }
        block.extend(sentence);
        before += length;
    }
    let filled = blocks.into_iter().filter(|runs| !runs.is_empty());
    filled.map(|runs| Block::Paragraph { runs }).collect()
}

/// The documents that figures of the brief were read from.
fn documents(history: &History, proofs: &Proofs<'_>, print: Print<'_>) -> Vec<DocumentEntry> {
    let cited = history.documents().iter().filter(|document| proofs.cites(&document.name));
    cited
        .map(|document| DocumentEntry {
            id: document.name.to_string(),
            name: document.title.clone(),
            detail: match document.date {
                Some(date) => {
                    fill(&print.phrases.page.document, &[("date", &print.day(date)), ("name", &document.name)])
                }
                None => document.name.to_string(),
            },
        })
        .collect()
}
