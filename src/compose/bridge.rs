//! What moved operating income: gross profit by segment, or as a whole, less SG&A.

use rust_decimal::Decimal;

use super::lead::{actual, metric};
use super::text::Print;
use crate::history::History;
use crate::model::{Figure, Measure, Metric, Period};

/// One contribution to the change of operating income.
#[derive(Clone)]
pub struct Contribution {
    /// Its name; none for what the document's segments leave of gross profit, of which nothing is printed.
    pub name: Option<String>,
    /// The change of the line itself.
    pub figure: Option<Figure>,
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

/// The bridge of a span, where its contributions explain the change within what rounding leaves: by segment, with what these
/// leave of gross profit where not all are known, or by gross profit as a whole.
pub fn bridge(history: &History, print: Print<'_>, span: Period) -> Option<Bridge> {
    let operating = metric("operating_income");
    let to = actual(history, &operating, span, Measure::Level)?;
    let from = actual(history, &operating, span.year_before(), Measure::Level)?;
    let sga = Contribution::of(print, changed(history, &metric("sga"), span)?, Decimal::NEGATIVE_ONE);
    let gross_profit = changed(history, &metric("gross_profit"), span);
    let mut by_segment: Vec<Contribution> = segments_of(history, span)
        .iter()
        .filter_map(|segment| Some(Contribution::of(print, changed(history, segment, span)?, Decimal::ONE)))
        .collect();
    let rest = gross_profit.as_ref().and_then(|whole| rest(whole, &by_segment));
    by_segment.extend(rest);
    let whole: Vec<Contribution> =
        gross_profit.into_iter().map(|figure| Contribution::of(print, figure, Decimal::ONE)).collect();
    [by_segment, whole].into_iter().filter(|contributions| !contributions.is_empty()).find_map(|mut contributions| {
        contributions.push(sga.clone());
        explains(&from, &to, &contributions).then(|| Bridge { from: from.clone(), to: to.clone(), contributions })
    })
}

impl Contribution {
    fn of(print: Print<'_>, figure: Figure, sign: Decimal) -> Self {
        let metric = &figure.id.metric;
        let name = if metric.path().is_some() { print.part_name(metric) } else { print.name(metric) };
        Self { name: Some(name), effect: sign * figure.value, figure: Some(figure) }
    }
}

/// What the segments that are known leave of the change of gross profit, where that is certain and less than what one of them
/// brought.
fn rest(whole: &Figure, segments: &[Contribution]) -> Option<Contribution> {
    let effect = whole.value - segments.iter().map(|segment| segment.effect).sum::<Decimal>();
    let hidden = whole.half_width + half_widths(segments);
    let largest = segments.iter().map(|segment| segment.effect.abs()).max()?;
    let is_told = segments.len() > 1 && effect.abs() > hidden && effect.abs() < largest;
    is_told.then_some(Contribution { name: None, figure: None, effect })
}

fn segments_of(history: &History, span: Period) -> Vec<Metric> {
    history.parts(&metric("gross_profit"), span).into_iter().map(|figure| figure.id.metric.clone()).collect()
}

fn changed(history: &History, metric: &Metric, span: Period) -> Option<Figure> {
    actual(history, metric, span, Measure::YoyAbs)
}

fn half_widths(contributions: &[Contribution]) -> Decimal {
    contributions.iter().filter_map(|c| c.figure.as_ref()).map(|figure| figure.half_width).sum()
}

/// What is left unexplained is no more than the rounding of all figures together.
fn explains(from: &Figure, to: &Figure, contributions: &[Contribution]) -> bool {
    let effects: Decimal = contributions.iter().map(|c| c.effect).sum();
    let width = half_widths(contributions) + from.half_width + to.half_width;
    (to.value - from.value - effects).abs() <= width
}
