//! Segments and services of a span: revenue and gross profit by segment, and the services that moved most.

use rust_decimal::Decimal;
use serde::Serialize;

use super::Book;
use super::drivers::covers;
use super::lines::Line;
use crate::model::{Basis, Figure, Measure, Period};
use crate::narrative::shown::Shown;

/// What SG&A is made of.
const EXPENSES: [&str; 3] = ["sales_and_marketing", "general_and_administrative", "research_and_development"];
/// At most this many services are named.
const SERVICES: usize = 3;

/// The segments of a span.
#[derive(Clone, Debug, Serialize, schemars::JsonSchema)]
pub struct Segments {
    /// Segments with a revenue, in the profile's order.
    pub revenue: Vec<Part>,
    /// Whether there are several of them.
    pub several: bool,
    /// Segments with a gross profit, in the profile's order.
    pub gross_profit: Vec<Part>,
    /// What moved revenue the way it went, the largest first; empty where the segments do not make up the whole.
    pub with: Vec<Part>,
    /// What moved the other way, the largest first.
    pub against: Vec<Part>,
    /// Segments whose margin narrowed by a point or more because their cost outgrew their revenue.
    pub squeezed: Vec<Squeezed>,
    /// Cost of revenue by segment, where gross profit is not known by segment.
    pub costs: Vec<Part>,
    /// Whether neither revenue nor gross profit is known by segment.
    pub unknown: bool,
    /// Services within segments whose revenue rose, the largest first.
    pub services_up: Vec<Part>,
    /// Services whose revenue fell, the largest first.
    pub services_down: Vec<Part>,
    /// The span of recurring and one-time revenue where it is not the lead: `9M18`.
    pub recurring_when: Option<String>,
    /// Revenue that repeats every month.
    pub recurring: Line,
    /// Its percent of revenue.
    pub recurring_share: Option<Shown>,
    /// Revenue recognized once.
    pub one_time: Line,
}

/// A segment whose cost outgrew its revenue.
#[derive(Clone, Debug, Serialize, schemars::JsonSchema)]
pub struct Squeezed {
    /// Name inside a sentence, `network services`.
    pub name: String,
    /// Its cost.
    pub cost: Line,
    /// Its revenue.
    pub revenue: Line,
    /// The change of its gross margin, points.
    pub margin_change: Option<Shown>,
}

/// A segment or a service.
#[derive(Clone, Debug, Serialize, schemars::JsonSchema)]
pub struct Part {
    /// Name inside a sentence, `network services`.
    pub name: String,
    /// Its line.
    pub line: Line,
    #[serde(skip)]
    metric: String,
    #[serde(skip)]
    weight: Decimal,
    #[serde(skip)]
    level: Decimal,
    #[serde(skip)]
    change: Decimal,
}

/// The segments of the profile that are not part of another one.
pub(super) fn roots(book: &Book) -> impl Iterator<Item = String> {
    let ids: Vec<String> = book.history.vocabulary().segments().iter().map(|segment| segment.id.clone()).collect();
    ids.into_iter().filter(|id| !id.contains('.'))
}

impl Segments {
    /// The segments of a period; recurring revenue of the span from the start of the year where the period's own is not known.
    pub fn of(book: &mut Book, period: Period, cumulative: Period) -> Self {
        let told = |book: &Book, period: Period| {
            let measures = [Measure::Level, Measure::YoyPct, Measure::ShareOfRevenuePct];
            measures.into_iter().any(|m| book.figure("recurring_revenue", period, Basis::Actual, m).is_some())
        };
        let repeats = if told(book, period) { period } else { cumulative };
        let ids: Vec<String> = roots(book).collect();
        let revenue = parts(book, "revenue", &ids, period);
        let (with, against) = contributions(book, &revenue, period);
        let revenue = material(book, "revenue", revenue, period);
        let gross_profit = parts(book, "gross_profit", &ids, period);
        let gross_profit = material(book, "gross_profit", gross_profit, period);
        let squeezed = gross_profit.iter().filter_map(|part| squeezed(book, part, period)).collect();
        let grown = |part: &Part| part.line.yoy.as_ref().is_some_and(|growth| growth.doubt.is_none());
        let mut costs = if gross_profit.is_empty() { parts(book, "cost_of_revenue", &ids, period) } else { Vec::new() };
        costs.retain(grown);
        // The cost of one part without its revenue says nothing of the company.
        if costs.len() < 2 {
            costs.clear();
        }
        let services: Vec<String> = book
            .history
            .vocabulary()
            .segments()
            .iter()
            .map(|segment| segment.id.clone())
            .filter(|id| id.matches('.').count() == 1)
            .collect();
        let mut services = parts(book, "revenue", &services, period);
        services.sort_by(by_weight);
        let movement: Decimal = services.iter().map(|part| part.weight).sum();
        services.retain(|part| part.weight >= movement * book.material.moved);
        let (mut services_up, mut services_down): (Vec<Part>, Vec<Part>) = services
            .into_iter()
            .filter(|part| part.line.yoy.as_ref().or(part.line.yoy_abs.as_ref()).is_some_and(|change| !change.zero))
            .partition(|part| {
                part.line.yoy.as_ref().or(part.line.yoy_abs.as_ref()).is_some_and(|change| !change.negative)
            });
        services_up.truncate(SERVICES);
        services_down.truncate(SERVICES);
        Self {
            with,
            against,
            squeezed,
            costs,
            unknown: revenue.is_empty()
                && gross_profit.is_empty()
                && services_up.is_empty()
                && services_down.is_empty(),
            gross_profit,
            several: revenue.len() > 1,
            revenue,
            services_up,
            services_down,
            recurring_when: (repeats != period).then(|| book.when(repeats)),
            recurring: Line::of(book, "recurring_revenue", repeats),
            recurring_share: book.actual("recurring_revenue", repeats, Measure::ShareOfRevenuePct),
            one_time: Line::of(book, "one_time_revenue", repeats),
        }
    }
}

/// A gross margin that fell by this many points narrowed so far that its cost is what to explain.
pub(super) const NARROWED: Decimal = Decimal::NEGATIVE_ONE;

/// A segment as one that was squeezed, if it clearly was.
fn squeezed(book: &mut Book, part: &Part, period: Period) -> Option<Squeezed> {
    let (_, segment) = part.metric.split_once('.')?;
    let change = book.figure(&part.metric, period, Basis::Actual, Measure::PpChange)?;
    let growth = |root: &str| book.figure(&format!("{root}.{segment}"), period, Basis::Actual, Measure::YoyPct);
    let outgrew = growth("cost_of_revenue")?.beside(&growth("revenue")?) == Some(std::cmp::Ordering::Greater);
    (outgrew && change.is_at_most(NARROWED)).then(|| Squeezed {
        name: part.name.clone(),
        cost: Line::of(book, &format!("cost_of_revenue.{segment}"), period),
        revenue: Line::of(book, &format!("revenue.{segment}"), period),
        margin_change: part.line.margin_change.clone(),
    })
}

fn by_weight(a: &Part, b: &Part) -> std::cmp::Ordering {
    b.weight.cmp(&a.weight).then_with(|| a.name.cmp(&b.name))
}

/// The expenses below gross profit that have a growth and are no small part: what sells, what administers, what develops.
pub(super) fn expenses(book: &mut Book, period: Period) -> Vec<Part> {
    let ids = EXPENSES.map(str::to_owned);
    let parts = parts(book, "sga", &ids, period);
    let whole = book.figure("sga", period, Basis::Actual, Measure::Level).map_or(Decimal::ZERO, |figure| figure.value);
    let grown = |part: &Part| part.line.yoy.as_ref().is_some_and(|growth| growth.doubt.is_none());
    let large = |part: &Part| part.level.is_zero() || part.level >= whole * book.material.segment;
    parts.into_iter().filter(|part| grown(part) && large(part)).collect()
}

/// The material parts of revenue's change, with it and against it; none where the parts do not make up the whole.
fn contributions(book: &Book, parts: &[Part], period: Period) -> (Vec<Part>, Vec<Part>) {
    let change = |metric: &str| book.figure(metric, period, Basis::Actual, Measure::YoyAbs);
    let lines: Vec<(String, Figure)> =
        parts.iter().filter_map(|part| change(&part.metric).map(|figure| (part.metric.clone(), figure))).collect();
    let Some(total) = change("revenue").filter(|total| covers(&lines, Some(total), book.material.driver)) else {
        return Default::default();
    };
    let movement: Decimal = parts.iter().map(|part| part.change).sum();
    let known = |part: &&Part| part.line.yoy_abs.as_ref().is_some_and(|change| change.doubt.is_none() && !change.zero);
    let mut moved: Vec<Part> =
        parts.iter().filter(known).filter(|part| part.change >= movement * book.material.moved).cloned().collect();
    moved.sort_by(by_weight);
    let falls = |part: &Part| part.line.yoy_abs.as_ref().is_some_and(|change| change.negative);
    moved.into_iter().partition(|part| falls(part) == total.value.is_sign_negative())
}

/// The parts that matter: by their share of the whole, or by their share of all movement where several are known.
fn material(book: &Book, root: &str, parts: Vec<Part>, period: Period) -> Vec<Part> {
    let whole = book.figure(root, period, Basis::Actual, Measure::Level).map(|figure| figure.value.abs());
    let movement: Decimal = parts.iter().map(|part| part.change).sum();
    let several = parts.len() > 1;
    let large = |part: &Part| whole.is_none_or(|whole| part.level >= whole * book.material.segment);
    let moved = |part: &Part| several && !movement.is_zero() && part.change >= movement * book.material.moved;
    parts.into_iter().filter(|part| large(part) || moved(part)).collect()
}

/// The parts that have a level or a change.
fn parts(book: &mut Book, root: &str, ids: &[String], period: Period) -> Vec<Part> {
    let mut parts = Vec::new();
    for id in ids {
        let metric = format!("{root}.{id}");
        let line = Line::of(book, &metric, period);
        if line.level.is_none() && line.yoy.is_none() && line.yoy_abs.is_none() {
            continue;
        }
        let change = book.figure(&metric, period, Basis::Actual, Measure::YoyAbs);
        let level = book.figure(&metric, period, Basis::Actual, Measure::Level);
        let size = |figure: &Option<Figure>| figure.as_ref().map_or(Decimal::ZERO, |figure| figure.value.abs());
        let weight = if change.is_some() { size(&change) } else { size(&level) };
        let (level, change) = (size(&level), size(&change));
        let id_of = metric;
        let metric = super::book::id(&id_of, period, Basis::Actual, Measure::Level).metric;
        let name = book.part_name(&metric);
        parts.push(Part { name, line, metric: id_of, weight, level, change });
    }
    parts
}
