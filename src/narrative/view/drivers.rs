//! What moved operating income: gross profit by segment against SG&A, in order of size, small ones left out.

use std::cmp::Ordering;

use rust_decimal::Decimal;
use serde::Serialize;

use super::Book;
use super::lines::Line;
use crate::model::{Basis, Figure, Measure, Period};
use crate::narrative::shown::Shown;

/// At most this many are named in a title.
const NAMED: usize = 2;

/// What moved operating income over a span.
#[derive(Clone, Debug, Default, Serialize, schemars::JsonSchema)]
pub struct Drivers {
    /// What moved it the way it went, the largest first.
    pub with: Vec<Driver>,
    /// What worked against, the largest first.
    pub against: Vec<Driver>,
    /// Whether gross profit is known by segment; otherwise it counts as one.
    pub by_segment: bool,
    /// Whether the change can be told as a bridge of those.
    pub bridged: bool,
    /// The segment whose margin moved most of what moved operating income against revenue.
    pub margin: Option<Margin>,
    /// The one or two that the title names.
    pub main: Vec<Driver>,
    /// Whether those two are segments that moved the same way.
    pub alike: bool,
    /// Whether gross profit clearly grew faster than SG&A, and operating income rose.
    pub ahead: bool,
    /// Whether SG&A clearly grew faster than gross profit, and operating income fell.
    pub behind: bool,
}

/// A segment's margin that moved the way operating income went.
#[derive(Clone, Debug, Serialize, schemars::JsonSchema)]
pub struct Margin {
    /// The segment's name, `network services`.
    pub segment: String,
    /// The change of its margin, points.
    pub change: Option<Shown>,
}

/// What a business that was bought brought to the change of revenue and operating income.
#[derive(Clone, Debug, Serialize, schemars::JsonSchema)]
pub struct Acquired {
    /// Its name.
    pub name: String,
    /// Its revenue.
    pub revenue: Line,
    /// Its operating income.
    pub operating_income: Line,
}

/// One contribution.
#[derive(Clone, Debug, Serialize, schemars::JsonSchema)]
pub struct Driver {
    /// What it is, inside a sentence: `network services gross profit`.
    pub name: String,
    /// The segment's own name, `network services`; empty for SG&A and for gross profit as a whole.
    pub segment: String,
    /// Whether it is an expense: its rise hurts.
    pub expense: bool,
    /// The change of the line itself.
    pub change: Option<Shown>,
    /// Whether the line itself rose.
    pub up: bool,
    #[serde(skip)]
    contribution: Decimal,
    #[serde(skip)]
    metric: String,
}

impl Drivers {
    /// The contributions over a span; empty where operating income's change is not known.
    pub fn of(book: &mut Book, period: Period) -> Self {
        let change = |book: &Book, metric: &str| book.figure(metric, period, Basis::Actual, Measure::YoyAbs);
        let Some(total) = change(book, "operating_income") else { return Self::default() };
        let metrics: Vec<String> = super::segments::roots(book).map(|id| format!("gross_profit.{id}")).collect();
        let mut lines: Vec<(String, Figure)> =
            metrics.into_iter().filter_map(|metric| change(book, &metric).map(|figure| (metric, figure))).collect();
        let by_segment = covers(&lines, change(book, "gross_profit").as_ref(), book.material.driver);
        if !by_segment {
            lines =
                change(book, "gross_profit").map(|figure| ("gross_profit".to_owned(), figure)).into_iter().collect();
        }
        lines.extend(change(book, "sga").map(|figure| ("sga".to_owned(), figure)));
        let movement: Decimal = lines.iter().map(|(_, figure)| figure.value.abs()).sum();
        let mut drivers: Vec<Driver> = lines
            .into_iter()
            .filter(|(_, figure)| {
                figure.value.abs() >= movement * book.material.driver && figure.half_width < figure.value.abs()
            })
            .map(|(metric, figure)| Driver::of(book, &metric, figure))
            .collect();
        drivers.sort_by(|a, b| b.contribution.abs().cmp(&a.contribution.abs()).then_with(|| a.name.cmp(&b.name)));
        let (with, against): (Vec<Driver>, Vec<Driver>) =
            drivers.into_iter().partition(|d| d.contribution.is_sign_negative() == total.value.is_sign_negative());
        let fell = total.value.is_sign_negative();
        let leverage = leverage(book, period);
        let main: Vec<Driver> = with.iter().take(NAMED).cloned().collect();
        let margin = if diverges(book, period) { margin(book, &with, period, fell) } else { None };
        Self {
            bridged: by_segment && !with.is_empty(),
            margin,
            alike: main.len() == NAMED && main.iter().all(|d| !d.segment.is_empty() && d.up == main[0].up),
            main,
            with,
            against,
            by_segment,
            ahead: leverage == Some(true) && !fell,
            behind: leverage == Some(false) && fell,
        }
    }
}

impl Acquired {
    /// The business that was bought, where its change is a material part of revenue's.
    pub fn of(book: &mut Book, period: Period) -> Option<Self> {
        let change = |book: &Book, metric: &str| book.figure(metric, period, Basis::Actual, Measure::YoyAbs);
        let (own, whole) = (change(book, "acquired_revenue")?, change(book, "revenue")?);
        let same_way = own.value.is_sign_negative() == whole.value.is_sign_negative();
        let material = same_way && own.value.abs() - own.half_width >= whole.value.abs() * book.material.driver;
        material.then(|| Self {
            name: book.name(&own.id.metric),
            revenue: Line::of(book, "acquired_revenue", period),
            operating_income: Line::of(book, "acquired_operating_income", period),
        })
    }
}

/// Whether revenue rose while operating income fell, or the other way round.
fn diverges(book: &Book, period: Period) -> bool {
    let falls = |metric: &str| {
        let figure = book.figure(metric, period, Basis::Actual, Measure::YoyPct)?;
        (figure.half_width < figure.value.abs()).then_some(figure.value.is_sign_negative())
    };
    falls("revenue").zip(falls("operating_income")).is_some_and(|(revenue, income)| revenue != income)
}

/// The largest segment among the drivers whose margin moved a point or more the same way.
fn margin(book: &mut Book, with: &[Driver], period: Period, fell: bool) -> Option<Margin> {
    let segment = with.iter().find(|driver| !driver.segment.is_empty())?;
    let change = book.figure(&segment.metric, period, Basis::Actual, Measure::PpChange)?;
    let moved = change.value.abs() - change.half_width >= Decimal::ONE && change.value.is_sign_negative() == fell;
    moved.then(|| Margin { segment: segment.segment.clone(), change: book.show(Some(change)) })
}

/// Whether the segments' changes add up to the whole within their rounding, one percent aside.
pub(super) fn covers(lines: &[(String, Figure)], whole: Option<&Figure>, material: Decimal) -> bool {
    let Some(whole) = whole else { return lines.len() > 1 };
    let sum: Decimal = lines.iter().map(|(_, figure)| figure.value).sum();
    let movement: Decimal = lines.iter().map(|(_, figure)| figure.value.abs()).sum();
    let width: Decimal = lines.iter().map(|(_, figure)| figure.half_width).sum::<Decimal>() + whole.half_width;
    lines.len() > 1 && (sum - whole.value).abs() <= width + movement * material
}

/// Whether gross profit outgrew SG&A; `None` where rounding leaves it open.
fn leverage(book: &Book, period: Period) -> Option<bool> {
    let growth = |metric: &str| book.figure(metric, period, Basis::Actual, Measure::YoyPct);
    let (gross, sga) = (growth("gross_profit")?, growth("sga")?);
    gross.beside(&sga).map(Ordering::is_gt)
}

impl Driver {
    fn of(book: &mut Book, metric: &str, figure: Figure) -> Self {
        let expense = metric == "sga";
        let id = figure.id.metric.clone();
        let segment = if id.path().is_some() { book.part_name(&id) } else { String::new() };
        let name = book.name(&id);
        let contribution = if expense { -figure.value } else { figure.value };
        let up = figure.value.is_sign_positive();
        let metric = metric.to_owned();
        Self { name, segment, expense, up, contribution, metric, change: book.show(Some(figure)) }
    }
}
