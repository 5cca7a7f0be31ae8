//! Tables that run on as text, whose columns are metrics: `Total revenues Operating income JPY millions % JPY millions % Nine months
//! ended December 31, 2018 139,382 9.2 5,136 36.0`.

use super::super::{Page, Time};
use super::stream::{Stream, streams};
use super::summary::{Head, Named, Part, Row, facts, heads, is_target, named, part};
use crate::model::{Fact, Measure, Period, Unit};

/// The longest label of a column, in tokens.
const LONGEST_LABEL: usize = 16;
/// How far before a header its heading says what the rows are.
const HEADING: usize = 45;

/// The facts of such tables.
pub fn read(page: &Page<'_>) -> Vec<Fact> {
    streams(page.text).iter().flat_map(|stream| tables(stream, page)).collect()
}

fn tables(stream: &Stream<'_>, page: &Page<'_>) -> Vec<Fact> {
    let (mut found, mut at) = (Vec::new(), 0);
    while at < stream.tokens.len() {
        let (units, end) = stream.units(at);
        let rows = if units.len() >= 2 { rows(stream, end, units.len(), page) } else { Vec::new() };
        if !rows.is_empty()
            && let Some((columns, from)) = columns(stream, at, &units, page)
        {
            let heading = stream.slice(from.saturating_sub(HEADING), from);
            let target = is_target(heading.rsplit(". ").next().unwrap_or(&heading), page);
            found.extend(facts(&columns, &rows, target, page));
        }
        at = end.max(at + 1);
    }
    found
}

/// The columns whose labels end where their units begin, and the place where the labels begin.
fn columns(stream: &Stream<'_>, end: usize, units: &[Unit], page: &Page<'_>) -> Option<(Vec<Head>, usize)> {
    if let Some(found) = dividends(stream, end, units, page) {
        return Some(found);
    }
    let amounts = units.iter().filter(|unit| **unit != Unit::Percent).count();
    let found = [units.len(), amounts].into_iter().find_map(|count| labels(stream, end, count, page));
    let (labels, from) = found?;
    Some((heads(&labels, units)?, from))
}

type Labels = (Vec<Named>, usize);

/// `count` known labels that follow one another up to a place.
fn labels(stream: &Stream<'_>, end: usize, count: usize, page: &Page<'_>) -> Option<Labels> {
    if count == 0 {
        return Some((Vec::new(), end));
    }
    (1..=LONGEST_LABEL.min(end)).rev().find_map(|length| {
        let printed = stream.slice(end - length, end);
        let known = named(&printed, page)?;
        let (mut before, from) = labels(stream, end - length, count - 1, page)?;
        before.push(known);
        Some((before, from))
    })
}

/// `Dividend per Shares 1Q-end 2Q-end 3Q-end Year-end Total`.
fn dividends(stream: &Stream<'_>, end: usize, units: &[Unit], page: &Page<'_>) -> Option<(Vec<Head>, usize)> {
    let first = end.checked_sub(units.len())?;
    let parts: Option<Vec<Part>> = (first..end).map(|i| part(&stream.slice(i, i + 1))).collect();
    let (title, from) = labels(stream, first, 1, page)?;
    let metric = title.first()?.1.clone();
    let head = |(part, (i, unit)): (Part, (usize, &Unit))| Head {
        label: stream.slice(i, i + 1),
        metric: metric.clone(),
        measure: Measure::Level,
        unit: unit.clone(),
        part,
    };
    Some((parts?.into_iter().zip((first..end).zip(units)).map(head).collect(), from))
}

/// The rows from a place: a period, then at most as many cells as columns.
fn rows(stream: &Stream<'_>, from: usize, columns: usize, page: &Page<'_>) -> Vec<Row> {
    let (mut rows, mut at) = (Vec::new(), from);
    while let Some((period, after)) = period(stream, at, page) {
        let forecast = stream.is_mark(after, '(') && is_target(&stream.word(after + 1), page);
        let cells_at = if forecast { after + 3 } else { after };
        let cells = stream.cells(cells_at);
        if cells.is_empty() || cells.len() > columns {
            break;
        }
        at = cells_at + cells.len();
        rows.push(Row { period, forecast, cells });
    }
    rows
}

/// `Nine months ended December 31, 2018`, `As of December 31, 2018`, also with a line break inside.
fn period(stream: &Stream<'_>, at: usize, page: &Page<'_>) -> Option<(Period, usize)> {
    let at = at + if stream.word(at) == "as" && stream.word(at + 1) == "of" { 2 } else { 0 };
    match (stream.time(at)?, stream.time(at + 1)) {
        (Time::Span(months), Some(Time::At(Period::Instant(day)))) => {
            page.company.fiscal_year.span_ending(months, day).map(|period| (period, at + 2))
        }
        (Time::At(period), _) => Some((period, at + 1)),
        _ => None,
    }
}
