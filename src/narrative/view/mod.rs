//! What templates see of a quarter: small typed views built from the history, every figure in its printed forms.

mod book;
mod drivers;
mod indicators;
mod lines;
mod position;
mod remarks;
mod segments;
pub(in crate::narrative) mod sense;
mod targets;
mod time;

use chrono::Days;
use serde::Serialize;

use crate::history::History;
use crate::language::Phrases;
use crate::model::{Basis, Measure, Period, Quarter};
use crate::narrative::voice::Material;

pub use book::{Book, key};
pub use drivers::{Acquired, Driver, Drivers, Margin};
pub use indicators::{Family, Group, Indicator, Indicators};
pub use lines::{Line, Span, Turn};
pub use position::{Balance, Flow, Position};
pub use remarks::{Quote, Quotes, Special};
pub use segments::{Part, Segments, Squeezed};
pub use targets::{Season, TargetLine, TargetSpan};
pub use time::Time;

/// Results are published within this many days after the quarter's end; what came later was not known to its reader.
pub const PUBLISHED_WITHIN_DAYS: u64 = 75;

/// A quarter as its templates see it.
#[derive(Clone, Debug, Serialize, schemars::JsonSchema)]
pub struct QuarterView {
    /// The company's full name.
    pub company: String,
    /// Its short name.
    pub short_name: String,
    /// The quarter, `1Q17`.
    pub quarter: String,
    /// The quarter for `{{period_of}}` and `{{date_of}}`.
    pub time: Time,
    /// How far its year has come, `one quarter`.
    pub elapsed: String,
    /// The span that the brief leads with.
    pub lead: Span,
    /// The quarter alone, where the lead is longer.
    pub alone: Option<Span>,
    /// The span from the start of the year, where the lead is the quarter.
    pub cumulative: Option<Span>,
    /// What moved operating income over the lead span.
    pub drivers: Drivers,
    /// A business bought in these two years, where it made a material part of the change in revenue.
    pub acquired: Option<Acquired>,
    /// The dividend of a finished year.
    pub dividend: Option<Line>,
    /// What SG&A is made of, over the lead span.
    pub expenses: Vec<Part>,
    /// Segments over the lead span.
    pub segments: Segments,
    /// The target for the half that the quarter belongs to.
    pub half: Option<TargetSpan>,
    /// The target for the year.
    pub year: Option<TargetSpan>,
    /// The target for the next year, where it was announced with the results.
    pub next_year: Option<TargetSpan>,
    /// Targets for later years that were revised with the results.
    pub later: Vec<TargetSpan>,
    /// Whether a target for the year was known to the quarter's reader.
    pub targets_known: bool,
    /// The fiscal year, `FY17`.
    pub year_name: String,
    /// Balance sheet and cash flows.
    pub position: Position,
    /// Business indicators, in the profile's order.
    pub indicators: Indicators,
    /// What the documents themselves say, by section.
    pub quotes: Quotes,
    /// The special effect behind a loss, in the document's words.
    pub special: Option<Special>,
    /// Whether a quote says `gross margin` where the company means the amount of gross profit.
    pub margin_is_amount: bool,
    /// Whether a document of the quarter itself is among the seeds.
    pub own_document: bool,
    /// Titles and dates of the documents behind the quarter when it has none of its own.
    pub documents: Vec<String>,
    /// Headline figures that the documents do not give for the lead span, by name.
    pub not_given: Vec<String>,
    /// Whether any printed figure is derived; known once the sentences before the notes are written.
    pub has_derived: bool,
}

/// The view of a quarter, and the figures it shows.
pub fn view<'h>(
    history: &'h History,
    quarter: Quarter,
    phrases: &'h Phrases,
    material: &'h Material,
) -> (QuarterView, Book<'h>) {
    let mut book = Book::new(history, phrases, material);
    let company = history.company();
    let end = history.company().fiscal_year.end(Period::Quarter(quarter));
    let known = end + Days::new(PUBLISHED_WITHIN_DAYS);
    let lead_period = lead(history, quarter);
    let alone = Period::Quarter(quarter);
    let cumulative = quarter.cumulative();
    let lead = Span::of(&mut book, lead_period);
    let own_document = history.documents().iter().any(|d| d.date.is_some_and(|date| date > end && date <= known));
    let quotes = Quotes::of(&mut book, quarter, &lead, lead_period, (end, known));
    let year = TargetSpan::of(&mut book, Period::Year(quarter.year), quarter, known);
    let view = QuarterView {
        company: company.name_in(phrases.language).to_owned(),
        short_name: company.short_name_in(phrases.language).to_owned(),
        quarter: book.when(alone),
        time: book.time(alone),
        elapsed: phrases.elapsed(quarter),
        not_given: lead.not_given(),
        has_derived: false,
        alone: (lead_period != alone).then(|| Span::of(&mut book, alone)).filter(Span::says_something),
        cumulative: (lead_period != cumulative).then(|| Span::of(&mut book, cumulative)).filter(Span::says_something),
        drivers: Drivers::of(&mut book, lead_period),
        acquired: Acquired::of(&mut book, lead_period),
        dividend: (quarter.number == 4).then(|| Line::of(&mut book, "dividend_per_share", cumulative)),
        expenses: segments::expenses(&mut book, lead_period),
        segments: Segments::of(&mut book, lead_period, cumulative),
        half: half(quarter).and_then(|half| TargetSpan::of(&mut book, half, quarter, known)),
        later: targets::later(&mut book, quarter, known),
        targets_known: year.is_some(),
        year_name: book.when(Period::Year(quarter.year)),
        year,
        next_year: (quarter.number == 4)
            .then(|| TargetSpan::of(&mut book, Period::Year(quarter.year + 1), quarter, known))
            .flatten(),
        position: Position::of(&mut book, quarter, lead_period),
        indicators: indicators::indicators(&mut book, quarter, lead_period),
        special: quotes.special.clone(),
        margin_is_amount: quotes.says_margin_of_an_amount(&book, lead_period),
        quotes,
        own_document,
        documents: documents(&book, quarter),
        lead,
    };
    (view, book)
}

/// The half year that a target may be set for: the first. A second-half target is the year's remainder.
fn half(quarter: Quarter) -> Option<Period> {
    (quarter.number <= 2).then_some(Period::Half { year: quarter.year, number: 1 })
}

/// The span that the brief leads with: the year for a fourth quarter, else the quarter where rounding leaves enough of its growth,
/// else the span from the start of the year; where revenue has no growth, the one in which operating income has.
pub fn lead(history: &History, quarter: Quarter) -> Period {
    let alone = Period::Quarter(quarter);
    let cumulative = quarter.cumulative();
    let has = |metric: &str, period: Period, measure: Measure| {
        let figure = history.figure(&book::id(metric, period, Basis::Actual, measure));
        figure.is_some_and(|figure| !figure.is_vague())
    };
    let known =
        |period: Period, measure: Measure| ["revenue", "operating_income"].iter().all(|id| has(id, period, measure));
    let grown = |span: &Period| known(*span, Measure::Level) && has("operating_income", *span, Measure::YoyPct);
    let spans = if quarter.number == 4 { [cumulative, alone] } else { [alone, cumulative] };
    let with_growth = spans.into_iter().find(|span| known(*span, Measure::YoyPct));
    with_growth
        .or_else(|| spans.into_iter().find(grown))
        .or_else(|| spans.into_iter().find(|span| known(*span, Measure::Level)))
        .unwrap_or(alone)
}

/// The documents behind a quarter's figures, as a reader would cite them.
fn documents(book: &Book, quarter: Quarter) -> Vec<String> {
    let history = book.history;
    let coverage = history.coverage().into_iter().find(|coverage| coverage.quarter == quarter);
    let names = coverage.map(|coverage| coverage.documents).unwrap_or_default();
    let cited = history.documents().iter().filter(|document| names.contains(&document.name));
    cited.filter_map(|document| document.date.map(|day| book.phrases.day_in_sentence(day))).collect()
}
