//! Business indicators: what the profile counts beside the statements, and orders, backlog and people of any company.

use chrono::Days;
use rust_decimal::Decimal;
use serde::Serialize;

use super::Book;
use super::lines::Line;
use crate::model::{Basis, FigureId, Measure, Metric, MetricKind, Period, Quarter, whole_among};

/// Indicators that any company may give, after those of its profile.
const GENERAL: [&str; 3] = ["orders_received", "order_backlog", "employees"];
/// Lines that have sentences of their own.
const ELSEWHERE: [&str; 4] = ["recurring_revenue", "one_time_revenue", "acquired_revenue", "acquired_operating_income"];
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
    /// What a change over last year is called, `year on year`.
    pub against: String,
    /// The indicators.
    pub items: Vec<Indicator>,
    /// Those that are told by what they count: orders received for one business and another.
    pub families: Vec<Family>,
}

/// One indicator that is given in parts.
#[derive(Clone, Debug, Serialize, schemars::JsonSchema)]
pub struct Family {
    /// Name inside a sentence, `orders received`.
    pub name: String,
    /// The day or the period.
    pub when: String,
    /// The indicator that the parts add up to, where it is given by a name of its own.
    pub whole: Option<Indicator>,
    /// The parts, the largest first, by their own names.
    pub parts: Vec<Indicator>,
    /// Whether the parts have levels; otherwise their growth alone is told.
    pub levels: bool,
    /// Whether other indicators of the same day or period are told before.
    pub follows: bool,
    #[serde(skip)]
    metric: String,
}

/// One indicator.
#[derive(Clone, Debug, Serialize, schemars::JsonSchema)]
pub struct Indicator {
    /// Name inside a sentence.
    pub name: String,
    /// Its line.
    pub line: Line,
    /// Whether it is a number of things that its name says: `the number of employees`.
    pub counted: bool,
    #[serde(skip)]
    metric: Metric,
    #[serde(skip)]
    size: Decimal,
    #[serde(skip)]
    width: Decimal,
}

/// The words of an indicator's id that say what it is of: `mobile` of `mobile_revenue` and of `subscriptions.mobile`.
fn words(metric: &Metric) -> Vec<String> {
    let general = |word: &&str| !["revenue", "total", "subscriptions", "contracts"].contains(word);
    metric.as_str().split(['_', '.']).filter(general).map(str::to_owned).collect()
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
    let told = book.history.told_metrics();
    let mut all: Vec<(Metric, MetricKind)> = Vec::new();
    for metric in wanted {
        let kind = vocabulary.entry(&metric).map_or(MetricKind::Flow, |entry| entry.kind);
        let children = told.iter().copied().filter(|known| known.is_below(&metric));
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
        let Some((period, item)) = indicator(book, &metric, stock, quarter, lead) else { continue };
        let family = family(book, &metric);
        let groups = if stock { &mut indicators.stocks } else { &mut indicators.flows };
        let (when, against) = (book.when(period), book.periods().change(period));
        let at = groups.iter().position(|group| group.when == when).unwrap_or_else(|| {
            groups.push(Group { when, against, items: Vec::new(), families: Vec::new() });
            groups.len() - 1
        });
        groups[at].take(item, family);
    }
    let items = indicators.flows.iter().chain(&indicators.stocks).flat_map(|group| &group.items);
    let moved: Vec<String> =
        items.filter(|item| item.line.growth.is_some()).flat_map(|item| words(&item.metric)).collect();
    let families = indicators.flows.iter().chain(&indicators.stocks).any(|group| !group.families.is_empty());
    // Beside what moved, a bare count tells little, unless it counts what moved: subscriptions beside the revenue that they bring.
    let bare =
        |item: &Indicator| item.line.growth.is_none() && !words(&item.metric).iter().any(|word| moved.contains(word));
    if families || !moved.is_empty() {
        indicators.stocks.iter_mut().for_each(|group| group.items.retain(|item| !bare(item)));
    }
    for groups in [&mut indicators.flows, &mut indicators.stocks] {
        groups.iter_mut().for_each(Group::settle);
        groups.retain(|group| !group.items.is_empty() || !group.families.is_empty());
    }
    indicators
}

/// The family of an indicator that is given in parts: the metric that it is a part of, and its name.
fn family(book: &Book, metric: &Metric) -> Option<(String, String)> {
    metric.path().filter(|_| GENERAL.contains(&metric.root()))?;
    let root = Metric::new(metric.root()).ok()?;
    Some((metric.root().to_owned(), book.name(&root)))
}

impl Group {
    fn take(&mut self, item: Indicator, family: Option<(String, String)>) {
        let Some((metric, name)) = family else { return self.items.push(item) };
        let at = self.families.iter().position(|family| family.metric == metric).unwrap_or_else(|| {
            let when = self.when.clone();
            self.families.push(Family {
                name,
                when,
                whole: None,
                parts: Vec::new(),
                levels: false,
                follows: false,
                metric,
            });
            self.families.len() - 1
        });
        let parts = &mut self.families[at].parts;
        parts.push(item);
        parts.sort_by(|a, b| b.size.cmp(&a.size).then_with(|| a.name.cmp(&b.name)));
    }

    /// What is known to have grown comes first, what has no level last; a part that the others add up to is their whole.
    fn settle(&mut self) {
        self.items.sort_by_key(|item| (item.line.level.is_none(), item.line.growth.is_none()));
        for family in &mut self.families {
            family.levels = family.parts.iter().any(|part| part.line.level.is_some());
            family.follows = !self.items.is_empty();
            let amounts: Vec<(Decimal, Decimal)> = family.parts.iter().map(|part| (part.size, part.width)).collect();
            family.whole = whole_among(&amounts).map(|whole| family.parts.remove(whole));
        }
    }
}

fn indicator(
    book: &mut Book,
    metric: &Metric,
    stock: bool,
    quarter: Quarter,
    lead: Period,
) -> Option<(Period, Indicator)> {
    let period = if stock { instant(book, metric, quarter)? } else { span(book, metric, quarter, lead)? };
    let mut line = Line::of(book, metric.as_str(), period);
    let name = if family(book, metric).is_some() { book.part_name(metric) } else { book.name(metric) };
    let size = book.figure(metric.as_str(), period, Basis::Actual, Measure::Level);
    let (size, width) = size.map_or_else(Default::default, |figure| (figure.value, figure.half_width));
    let full = line.level.as_ref().map(|level| level.size().to_owned());
    for shown in [&mut line.level, &mut line.last_year, &mut line.yoy_abs, &mut line.growth].into_iter().flatten() {
        shown.leave_out_noun(&name, book.phrases);
    }
    let counted = line.level.as_ref().map(|level| level.size().to_owned()) != full;
    Some((period, Indicator { name, line, counted, metric: metric.clone(), size, width }))
}

/// The span that the indicator is given for: the quarter, else the lead, else none.
fn span(book: &Book, metric: &Metric, quarter: Quarter, lead: Period) -> Option<Period> {
    [lead, Period::Quarter(quarter), quarter.cumulative()].into_iter().find(|period| is_told(book, metric, *period))
}

/// Whether a level or a growth is known.
fn is_told(book: &Book, metric: &Metric, period: Period) -> bool {
    let id = |measure| FigureId { metric: metric.clone(), period, basis: Basis::Actual, measure };
    [Measure::Level, Measure::YoyPct].into_iter().any(|measure| book.history.figure(&id(measure)).is_some())
}

/// The last instant of the indicator from the quarter's end on.
fn instant(book: &Book, metric: &Metric, quarter: Quarter) -> Option<Period> {
    let end = book.history.company().fiscal_year.end(Period::Quarter(quarter));
    let belongs =
        |period: Period| matches!(period, Period::Instant(day) if day >= end && day <= end + Days::new(DAYS_AFTER));
    let found = book.history.series(metric).into_iter().find(|f| f.id.basis == Basis::Actual && belongs(f.id.period));
    found.map(|figure| figure.id.period).or(Some(Period::Instant(end)).filter(|end| is_told(book, metric, *end)))
}
