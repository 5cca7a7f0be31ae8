//! Business indicators: what the profile counts beside the statements, and orders, backlog and people of any company.

use chrono::Days;
use serde::Serialize;

use super::Book;
use super::lines::Line;
use super::names;
use crate::model::{Basis, FigureId, Metric, MetricKind, Period, Quarter};

/// Indicators that any company may give, after those of its profile.
const GENERAL: [&str; 3] = ["orders_received", "order_backlog", "employees"];
/// Lines that have sentences of their own.
const ELSEWHERE: [&str; 2] = ["recurring_revenue", "one_time_revenue"];
/// Documents count shops and machines as of their own day: an instant up to this many days later belongs to the quarter.
const DAYS_AFTER: u64 = 60;

/// The business indicators of a quarter, grouped by what they stand for.
#[derive(Clone, Debug, Serialize, schemars::JsonSchema)]
pub struct Indicators {
    /// Amounts over a span, one group a period.
    pub flows: Vec<Group>,
    /// Counts and amounts at a date, one group a day.
    pub stocks: Vec<Group>,
}

/// Indicators of one period or day.
#[derive(Clone, Debug, Serialize, schemars::JsonSchema)]
pub struct Group {
    /// The day, `June 30, 2017`, or the period.
    pub when: String,
    /// The indicators.
    pub items: Vec<Indicator>,
}

/// One indicator.
#[derive(Clone, Debug, Serialize, schemars::JsonSchema)]
pub struct Indicator {
    /// Name inside a sentence.
    pub name: String,
    /// Its line.
    pub line: Line,
}

/// The indicators that a quarter has.
pub fn indicators(book: &mut Book, quarter: Quarter, lead: Period) -> Indicators {
    let vocabulary = book.history.vocabulary();
    let own = book.history.company().metrics.iter().map(|entry| entry.id.clone());
    let general = GENERAL.iter().filter_map(|id| Metric::new(id).ok());
    let statements = ["revenue", "gross_profit", "operating_income", "net_income"];
    let wanted: Vec<Metric> = own
        .chain(general)
        .filter(|metric| !ELSEWHERE.contains(&metric.as_str()) && !statements.contains(&metric.root()))
        .collect();
    let mut all: Vec<(Metric, MetricKind)> = Vec::new();
    for metric in wanted {
        let kind = vocabulary.entry(&metric).map_or(MetricKind::Flow, |entry| entry.kind);
        let prefix = format!("{metric}.");
        let children = book.history.metrics().into_iter().filter(|known| known.as_str().starts_with(&prefix));
        let family: Vec<Metric> = std::iter::once(metric.clone()).chain(children.cloned()).collect();
        for member in family {
            if !all.iter().any(|(known, _)| *known == member) {
                all.push((member, kind));
            }
        }
    }
    let mut indicators = Indicators { flows: Vec::new(), stocks: Vec::new() };
    for (metric, kind) in all {
        let stock = kind == MetricKind::Stock;
        let Some((when, item)) = indicator(book, &metric, stock, quarter, lead) else { continue };
        let groups = if stock { &mut indicators.stocks } else { &mut indicators.flows };
        match groups.iter_mut().find(|group| group.when == when) {
            Some(group) => group.items.push(item),
            None => groups.push(Group { when, items: vec![item] }),
        }
    }
    indicators
}

fn indicator(
    book: &mut Book,
    metric: &Metric,
    stock: bool,
    quarter: Quarter,
    lead: Period,
) -> Option<(String, Indicator)> {
    let period = if stock { instant(book, metric, quarter)? } else { span(book, metric, quarter, lead)? };
    let mut line = Line::of(book, metric.as_str(), period);
    let when = match period {
        Period::Instant(day) => super::date_words(day),
        other => other.to_string(),
    };
    let name = names::inside(&book.history.vocabulary().name(metric));
    for shown in [&mut line.level, &mut line.last_year, &mut line.yoy_abs].into_iter().flatten() {
        shown.leave_out_noun(&name);
    }
    Some((when, Indicator { name, line }))
}

/// The span that the indicator is given for: the quarter, else the lead, else none.
fn span(book: &Book, metric: &Metric, quarter: Quarter, lead: Period) -> Option<Period> {
    [lead, Period::Quarter(quarter), quarter.cumulative()]
        .into_iter()
        .find(|period| book.history.figure(&FigureId::level(metric, *period, Basis::Actual)).is_some())
}

/// The last instant of the indicator from the quarter's end on.
fn instant(book: &Book, metric: &Metric, quarter: Quarter) -> Option<Period> {
    let end = book.history.company().fiscal_year.end(Period::Quarter(quarter));
    let belongs =
        |period: Period| matches!(period, Period::Instant(day) if day >= end && day <= end + Days::new(DAYS_AFTER));
    let found = book.history.series(metric).into_iter().find(|f| f.id.basis == Basis::Actual && belongs(f.id.period));
    found.map(|figure| figure.id.period)
}
