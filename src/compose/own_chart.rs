//! A chart that a project describes in its settings: one metric as columns, or several as lines, over the brief's quarters.

use super::Parts;
use super::charts::{self, Message, known_periods, point, rate, tick};
use super::lead::actual;
use super::text::Fineness;
use crate::chart::{Chart, Column, Columns, Datum, Line, Lines, Scenario};
use crate::model::{Figure, Measure, Metric, Period};

/// A chart of the project.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OwnChart {
    /// Its name.
    pub id: String,
    /// The section that it stands in.
    pub section: String,
    /// The words above it.
    pub title: String,
    /// How it is drawn.
    pub form: OwnForm,
    /// What it shows: one metric as columns, or several as lines.
    pub metrics: Vec<Metric>,
    /// What is shown of them.
    pub measure: Measure,
}

/// How a chart of the project is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OwnForm {
    /// Columns with growth over last year above them.
    Columns,
    /// Lines with their names at the end.
    Lines,
}

/// The chart, where the data carry it.
pub fn message(parts: &Parts<'_>, own: &OwnChart) -> Option<Message> {
    let figures = figures(parts, own);
    let fineness = Fineness::of(figures.iter());
    let (chart, subject) = match own.form {
        OwnForm::Columns => columns(parts, own, fineness)?,
        OwnForm::Lines => lines(parts, own, fineness)?,
    };
    Some(Message { title: own.title.clone(), subtitle: subject, chart, unit: None, figures, per_unit: None })
}

/// Every figure that the chart may show.
fn figures(parts: &Parts<'_>, own: &OwnChart) -> Vec<Figure> {
    let mut figures = Vec::new();
    let periods = own.metrics.iter().find_map(|metric| known_periods(parts, metric, own.measure)).unwrap_or_default();
    for metric in &own.metrics {
        for period in periods.iter().copied() {
            let of = |measure| actual(parts.history, metric, period, measure);
            figures.extend([of(own.measure), of(Measure::YoyPct)].into_iter().flatten());
        }
    }
    figures
}

fn columns(parts: &Parts<'_>, own: &OwnChart, fineness: Fineness) -> Option<(Chart, String)> {
    let (history, print) = (parts.history, parts.print());
    let metric = own.metrics.first()?;
    let periods = known_periods(parts, metric, own.measure)?;
    let figure = |period: &Period| actual(history, metric, *period, own.measure);
    let column = |period: &Period| {
        let growth = actual(history, metric, *period, Measure::YoyPct).filter(|_| own.measure == Measure::Level);
        Column {
            tick: tick(print, *period),
            scenario: Scenario::Actual,
            total: figure(period).as_ref().map(|figure| point(print, figure, fineness)),
            parts: Vec::new(),
            change: growth.as_ref().map(|figure| rate(print, history, figure)),
        }
    };
    let columns: Vec<Column> = periods.iter().map(column).collect();
    let (name, change_name) = (print.name(metric), print.change_head(*periods.last()?));
    let grows = columns.iter().any(|column| column.change.is_some());
    let shown = periods.iter().rev().find_map(figure)?;
    let unit = unit(parts, own.measure, &shown, fineness);
    let subtitle = if grows { format!("{name}, {unit}; {change_name}, %") } else { format!("{name}, {unit}") };
    let chart = Columns { subject: name, columns, segments: Vec::new(), change_name };
    Some((Chart::Columns(chart), subtitle))
}

fn lines(parts: &Parts<'_>, own: &OwnChart, fineness: Fineness) -> Option<(Chart, String)> {
    let print = parts.print();
    let periods = own.metrics.iter().find_map(|metric| known_periods(parts, metric, own.measure))?;
    let line = |metric: &Metric| {
        let figure = |period: &Period| actual(parts.history, metric, *period, own.measure);
        let points: Vec<Option<Datum>> =
            periods.iter().map(|period| figure(period).as_ref().map(|figure| point(print, figure, fineness))).collect();
        let tells = points.iter().flatten().count() >= 2 && points.last().is_some_and(Option::is_some);
        tells.then(|| Line { name: print.name(metric), points })
    };
    let lines: Vec<Line> = own.metrics.iter().filter_map(line).collect();
    let last = *periods.last()?;
    let shown = own.metrics.iter().find_map(|metric| actual(parts.history, metric, last, own.measure))?;
    let ticks = periods.iter().map(|period| tick(print, *period)).collect();
    let chart = Lines { subject: own.title.clone(), ticks, lines };
    (!chart.lines.is_empty()).then(|| (Chart::Lines(chart), unit(parts, own.measure, &shown, fineness)))
}

/// What the labels count.
fn unit(parts: &Parts<'_>, measure: Measure, figure: &Figure, fineness: Fineness) -> String {
    let print = parts.print();
    match measure {
        Measure::YoyPct => format!("{}, %", print.change_head(figure.id.period)),
        Measure::MarginPct => parts.phrases.charts.margins_unit.clone(),
        _ => charts::unit(print, figure, fineness),
    }
}
