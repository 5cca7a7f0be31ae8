//! What moved operating income: gross profit by segment, or as a whole, less SG&A.

use rust_decimal::Decimal;

use super::lead::{actual, metric};
use super::text::Print;
use crate::history::History;
use crate::model::{Figure, Measure, Metric, Period};

/// One contribution to the change of operating income.
pub struct Contribution {
    /// Its name.
    pub name: String,
    /// The change of the line itself.
    pub figure: Figure,
    /// Its effect on operating income.
    pub effect: Decimal,
}

/// The step from last year's operating income to this year's.
pub struct Bridge {
    /// Last year's level.
    pub from: Figure,
    /// This year's level.
    pub to: Figure,
    /// The contributions, in the statement's order.
    pub contributions: Vec<Contribution>,
}

/// The bridge of a span, where its contributions explain the change within what rounding leaves.
pub fn bridge(history: &History, print: Print<'_>, span: Period) -> Option<Bridge> {
    let operating = metric("operating_income");
    let to = actual(history, &operating, span, Measure::Level)?;
    let from = actual(history, &operating, span.year_before(), Measure::Level)?;
    let by_segment = contributions(history, print, &segments_of(history, span), span);
    let whole = contributions(history, print, &[metric("gross_profit")], span);
    [by_segment, whole].into_iter().flatten().find_map(|mut contributions| {
        let sga = changed(history, &metric("sga"), span)?;
        contributions.push(Contribution { name: print.name(&sga.id.metric), effect: -sga.value, figure: sga });
        explains(&from, &to, &contributions).then(|| Bridge { from: from.clone(), to: to.clone(), contributions })
    })
}

fn segments_of(history: &History, span: Period) -> Vec<Metric> {
    history.parts(&metric("gross_profit"), span).into_iter().map(|figure| figure.id.metric.clone()).collect()
}

fn changed(history: &History, metric: &Metric, span: Period) -> Option<Figure> {
    actual(history, metric, span, Measure::YoyAbs)
}

fn contributions(history: &History, print: Print<'_>, metrics: &[Metric], span: Period) -> Option<Vec<Contribution>> {
    let each = metrics.iter().map(|metric| {
        let figure = changed(history, metric, span)?;
        let name = if metric.path().is_some() { print.part_name(metric) } else { print.name(metric) };
        Some(Contribution { name, effect: figure.value, figure })
    });
    each.collect::<Option<Vec<_>>>().filter(|all| !all.is_empty())
}

/// What is left unexplained is no more than the rounding of all figures together.
fn explains(from: &Figure, to: &Figure, contributions: &[Contribution]) -> bool {
    let effects: Decimal = contributions.iter().map(|c| c.effect).sum();
    let width: Decimal =
        contributions.iter().map(|c| c.figure.half_width).sum::<Decimal>() + from.half_width + to.half_width;
    (to.value - from.value - effects).abs() <= width
}
