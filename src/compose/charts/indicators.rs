//! The chart of business indicators: a small panel for each, in its own unit, with its quarters or with this year and last.

use rust_decimal::Decimal;

use super::super::Parts;
use super::super::indicator_table;
use super::super::lead::{Lead, actual};
use super::super::text::Fineness;
use super::{Message, point, rate, tick, unit, well_known};
use crate::chart::{Chart, Column, Multiples, Panel, Scenario};
use crate::language::fill;
use crate::model::{Figure, Measure, Metric, Period, Quarter};
use crate::options::Length;

/// Panels of the chart.
const MOST: usize = 6;

/// The indicators that can be compared with last year, by the order of their weight.
pub fn panels(parts: &Parts<'_>, lead: &Lead) -> Option<Message> {
    let (history, print, words) = (parts.history, parts.print(), &parts.phrases.charts);
    let mut panels = Vec::new();
    let mut figures = Vec::new();
    let mut moves: Vec<(Decimal, String)> = Vec::new();
    // What the table beside it says of this year and last needs no chart, except where everything is asked for.
    let chosen = parts.look.charts.is_none() && parts.look.length != Length::Full;
    let (least, fewest) = if chosen { (2, 3) } else { (1, 2) };
    for metric in indicator_table::metrics(parts) {
        let Some(panel) = panel(parts, lead, &metric).filter(|panel| panel.points.len() > least) else { continue };
        if panels.len() == MOST {
            break;
        }
        let last = panel.growth.as_ref().map(|growth| growth.value);
        moves.extend(last.map(|value| (value, panel.name.clone())));
        let fineness = Fineness::of(panel.points.iter().filter_map(|(_, figure)| figure.as_ref()));
        let columns: Vec<Column> = panel
            .points
            .iter()
            .enumerate()
            .map(|(index, (period, figure))| {
                let is_last = index + 1 == panel.points.len();
                Column {
                    tick: tick(print, quarter_at(parts, *period)),
                    scenario: if is_last || panel.points.len() > 2 { Scenario::Actual } else { Scenario::Previous },
                    total: figure.as_ref().map(|figure| point(print, figure, fineness)),
                    parts: Vec::new(),
                    change: panel.growth.as_ref().filter(|_| is_last).map(|growth| rate(print, history, growth)),
                }
            })
            .collect();
        let unit = panel.points.iter().rev().find_map(|(_, figure)| Some(unit(print, figure.as_ref()?, fineness)))?;
        panels.push(Panel { name: panel.name, unit, columns });
        figures.extend(panel.points.into_iter().filter_map(|(_, figure)| figure).chain(panel.growth));
    }
    if panels.len() < fewest {
        return None;
    }
    let best = moves.iter().max_by_key(|(value, _)| *value);
    let worst = moves.iter().min_by_key(|(value, _)| *value);
    let title = match (best, worst) {
        (Some((value, name)), _) if *value > Decimal::ZERO => {
            fill(&words.indicators_up, &[("name", &parts.phrases.inside(name))])
        }
        (_, Some((value, name))) if *value < Decimal::ZERO => {
            fill(&words.indicators_down, &[("name", &parts.phrases.inside(name))])
        }
        _ => words.indicators.clone(),
    };
    let change_name = print.change_head(lead.span);
    let chart = Chart::Multiples(Multiples { subject: words.indicators.clone(), change_name, panels });
    let subtitle = fill(&words.indicators_unit, &[("to", &print.head(lead.span))]);
    Some(Message { title, subtitle, chart, unit: None, figures, per_unit: None })
}

/// An indicator with its points.
struct Found {
    name: String,
    points: Vec<(Period, Option<Figure>)>,
    growth: Option<Figure>,
}

fn panel(parts: &Parts<'_>, lead: &Lead, metric: &Metric) -> Option<Found> {
    let history = parts.history;
    let day = parts.day();
    let level = |period: Period| actual(history, metric, period, Measure::Level);
    let last = [lead.span, day].into_iter().find(|period| level(*period).is_some())?;
    let quarters = super::quarters(parts).into_iter().map(|quarter| match last {
        Period::Instant(_) => parts.last_day(Period::Quarter(quarter)),
        _ => Period::Quarter(quarter),
    });
    let quarters = well_known(quarters.collect(), |period| level(*period).is_some());
    let quarters = quarters.filter(|periods| periods.last() == Some(&last));
    let periods = quarters.unwrap_or_else(|| vec![last.year_before(), last]);
    let points: Vec<(Period, Option<Figure>)> = periods.into_iter().map(|period| (period, level(period))).collect();
    if points.iter().filter(|(_, figure)| figure.is_some()).count() < 2 {
        return None;
    }
    let growth = actual(history, metric, last, Measure::YoyPct);
    Some(Found { name: parts.print().name(metric), points, growth })
}

/// The quarter that ends on a day, for the axis.
fn quarter_at(parts: &Parts<'_>, period: Period) -> Period {
    let Period::Instant(_) = period else { return period };
    let quarters = std::iter::successors(Some(parts.quarter), |quarter: &Quarter| Some(quarter.previous()));
    let found = quarters.take(2 * super::QUARTERS).find(|quarter| parts.last_day(Period::Quarter(*quarter)) == period);
    found.map_or(period, Period::Quarter)
}
