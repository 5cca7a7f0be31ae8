//! Tables that run on as text, whose columns are metrics: `Total revenues Operating income JPY millions % JPY millions % Nine months
//! ended December 31, 2018 139,382 9.2 5,136 36.0`.

use std::collections::BTreeSet;

use super::super::scan::Kind;
use super::super::{Page, Time};
use super::stream::{Stream, streams};
use super::summary::{self, HEADING, Head, Named, Part, Row, facts, heads, is_target, named, part, span_of_month};
use super::{declared, woven};
use crate::model::{Fact, Period, Quarter, Unit};

/// The longest label of a column, in tokens.
const LONGEST_LABEL: usize = 16;
/// How far before its units the heading of a table names its year, in tokens.
const HEADING_OF_YEAR: usize = 90;

/// The facts of such tables.
pub fn read(page: &Page<'_>) -> Vec<Fact> {
    let mut found: Vec<Fact> = streams(page.text).iter().flat_map(|stream| tables(stream, page)).collect();
    let seen: BTreeSet<usize> = found.iter().map(|fact| fact.source.line).collect();
    let around = parted(page).into_iter().map(|(from, to)| Stream::of_joined_lines(page.text, from, to));
    let others = around.flat_map(|stream| tables(&stream, page));
    found.extend(others.filter(|fact| !seen.contains(&fact.source.line)).collect::<Vec<_>>());
    found
}

/// The lines of tables whose labels and rows are parted by tabs and wide gaps, each a piece of it: some above a line of nothing but
/// units, and the rows below.
fn parted(page: &Page<'_>) -> Vec<(usize, usize)> {
    const ABOVE: usize = 24;
    const BELOW: usize = 8;
    let last = page.text.lines.len();
    let units = |line: &usize| {
        let stream = Stream::of_joined_lines(page.text, *line, line + 1);
        let (units, end) = stream.units(0);
        units.len() > 1 && end == stream.tokens.len()
    };
    let around = |line: usize| (line.saturating_sub(ABOVE), last.min(line + BELOW));
    (0..last).filter(|line| !page.text.tokens[*line].is_empty()).filter(units).map(around).collect()
}

fn tables(stream: &Stream<'_>, page: &Page<'_>) -> Vec<Fact> {
    let (mut found, mut at) = (Vec::new(), 0);
    while at < stream.tokens.len() {
        if let Some((columns, end)) = interleaved(stream, at, page) {
            let heading = stream.slice(at.saturating_sub(HEADING), at);
            let rows = rows(stream, at, end, columns.len(), page);
            found.extend(facts(&columns, &rows, is_target(&heading, page), page));
            at = end;
            continue;
        }
        if !stream.has_unit(at) {
            at += 1;
            continue;
        }
        let (units, end) = stream.units(at);
        let table = if units.len() >= 2 { table(stream, at, (&units, end), page) } else { None };
        if let Some((columns, from, rows)) = table {
            let heading = stream.slice(from.saturating_sub(HEADING), from);
            let target = is_target(heading.rsplit(". ").next().unwrap_or(&heading), page);
            found.extend(facts(&columns, &rows, target, page));
        }
        at = end.max(at + 1);
    }
    found
}

/// The columns of a table whose units stand at a place, the place where its labels begin, and its rows.
fn table(
    stream: &Stream<'_>,
    at: usize,
    (units, end): (&[Unit], usize),
    page: &Page<'_>,
) -> Option<(Vec<Head>, usize, Vec<Row>)> {
    let plain = rows(stream, at, end, units.len(), page);
    if !plain.is_empty()
        && let Some((columns, from)) = columns(stream, at, units, page)
    {
        return Some((columns, from, plain));
    }
    declared::columns(stream, at, units, page).into_iter().find_map(|(columns, from)| {
        let rows = rows(stream, at, end, columns.len(), page);
        (!rows.is_empty() && rows.iter().all(|row| declared::agrees(&columns, row))).then_some((columns, from, rows))
    })
}

/// `売上高 百万円 ％ 営業利益 百万円 ％`: each label with its units, and the place behind them.
fn interleaved(stream: &Stream<'_>, from: usize, page: &Page<'_>) -> Option<(Vec<Head>, usize)> {
    const FEWEST: usize = 2;
    let (mut columns, mut at, mut count) = (Vec::new(), from, 0);
    while let Some((label, after)) = super::transposed::label(stream, at, page) {
        let (units, end) = stream.units(after);
        columns.extend(heads(&[label], &units, page)?);
        (at, count) = (end, count + 1);
    }
    (count >= FEWEST).then_some((columns, at))
}

/// The columns whose labels end where their units begin, and the place where the labels begin. Between them `Nine months ended` may
/// stand, for all rows.
fn columns(stream: &Stream<'_>, end: usize, units: &[Unit], page: &Page<'_>) -> Option<(Vec<Head>, usize)> {
    if let Some(found) = dividends(stream, end, units, page) {
        return Some(found);
    }
    let end = end - usize::from(span_before(stream, end).is_some());
    let end = if stream.word(end.saturating_sub(2)) == "as" && stream.word(end - 1) == "of" { end - 2 } else { end };
    let amounts = units.iter().filter(|unit| **unit != Unit::Percent).count();
    let found = [units.len(), amounts].into_iter().find_map(|count| {
        let (labels, from) = labels(stream, end, count, page)?;
        Some((heads(&labels, units, page)?, from))
    });
    found.or_else(|| Some((woven::columns(&pieces(stream, end), units, page)?, end)))
}

/// How many lines before its units a woven header may take.
const WOVEN_LINES: usize = 10;

/// The lines before a place, Japanese ones parted at their blanks.
fn pieces(stream: &Stream<'_>, end: usize) -> Vec<String> {
    let (mut pieces, mut end) = (Vec::new(), end);
    while end > 0 && pieces.len() < WOVEN_LINES {
        let line = stream.tokens[end - 1].line;
        let start = (0..end).rev().take_while(|at| stream.tokens[*at].line == line).last().unwrap_or(end - 1);
        let text = stream.slice(start, end);
        if text.is_ascii() {
            pieces.push(text);
        } else {
            pieces.extend(text.split_whitespace().rev().map(str::to_owned));
        }
        end = start;
    }
    pieces.reverse();
    pieces
}

/// The span that stands right before the units: the rows print only its last day.
fn span_before(stream: &Stream<'_>, units: usize) -> Option<u32> {
    match stream.time(units.checked_sub(1)?)? {
        Time::Span(months) => Some(months),
        Time::At(_) | Time::Bare(_) => None,
    }
}

type Labels = (Vec<Named>, usize);

/// `count` known labels that follow one another up to a place.
pub(super) fn labels(stream: &Stream<'_>, end: usize, count: usize, page: &Page<'_>) -> Option<Labels> {
    if count == 0 {
        return Some((Vec::new(), end));
    }
    let opens = |length: &usize| !matches!(stream.tokens[end - length].kind, Kind::Mark(')' | '）' | '.' | ',' | ':'));
    (1..=LONGEST_LABEL.min(end)).rev().filter(opens).find_map(|length| {
        let printed = stream.slice(end - length, end);
        let known = named(&printed, page).or_else(|| of_cash_flows(&printed, page))?;
        let (mut before, from) = labels(stream, end - length, count - 1, page)?;
        before.push(known);
        Some((before, from))
    })
}

/// `Operating activities` above a column: the cash flows from them.
fn of_cash_flows(printed: &str, page: &Page<'_>) -> Option<Named> {
    let short = printed.strip_suffix(" activities")?;
    let (_, metric, measure) = named(&format!("Cash flows from {short} activities"), page)?;
    Some((printed.to_owned(), metric, measure))
}

/// The longest name of a part of the year, in tokens.
const LONGEST_PART: usize = 4;
/// The most titles beside that of the dividends.
const TITLES: usize = 4;

/// `Dividend per Shares 1Q-end 2Q-end 3Q-end Year-end Total`, with other titles between.
fn dividends(stream: &Stream<'_>, end: usize, units: &[Unit], page: &Page<'_>) -> Option<(Vec<Head>, usize)> {
    let mut parts: Vec<(String, Part)> = Vec::new();
    let mut first = end;
    while parts.len() < units.len() {
        let found = (1..=LONGEST_PART.min(first)).rev().find_map(|length| {
            let printed = stream.slice(first - length, first);
            part(&printed).map(|part| (length, printed, part))
        });
        let Some((length, printed, part)) = found else { break };
        parts.insert(0, (printed, part));
        first -= length;
    }
    let others = units.len().checked_sub(parts.len()).filter(|others| *others <= TITLES && parts.len() >= 3)?;
    let (titles, from) = labels(stream, first, others + 1, page)?;
    Some((summary::dividends(&parts, &titles, units)?, from))
}

/// The rows from a place: a period, then at most as many cells as columns.
fn rows(stream: &Stream<'_>, units: usize, from: usize, columns: usize, page: &Page<'_>) -> Vec<Row> {
    let (mut rows, mut at) = (Vec::new(), from);
    let span = span_before(stream, units);
    while let Some((period, after)) = period(stream, at, span, units, page) {
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

/// `Nine months ended December 31, 2018`, `As of December 31, 2018`, also with a line break inside; the last day alone of a span
/// named before; `通期`, `Full year` of the year in the heading.
fn period(stream: &Stream<'_>, at: usize, span: Option<u32>, units: usize, page: &Page<'_>) -> Option<(Period, usize)> {
    let at = at + if stream.word(at) == "as" && stream.word(at + 1) == "of" { 2 } else { 0 };
    let calendar = &page.company.fiscal_year;
    if let Some((part, end)) = part_of_year(stream, at) {
        let year = year_before(stream, units)?;
        return Some((if part == 4 { Period::Year(year) } else { Quarter::new(year, part)?.cumulative() }, end));
    }
    match (stream.time(at)?, stream.time(at + 1)) {
        (Time::Span(months), Some(Time::At(Period::Instant(day)))) => {
            calendar.span_ending(months, day).map(|period| (period, at + 2))
        }
        (Time::At(Period::Instant(day)), _) if span.is_some() => {
            calendar.span_ending(span?, day).map(|period| (period, at + 1))
        }
        (Time::At(Period::Month { year, month }), _) => Some((of_month(stream, year, month, units, page)?, at + 1)),
        (Time::At(period), _) => Some((period, at + 1)),
        _ => None,
    }
}

/// A month in a table whose heading names a span.
fn of_month(stream: &Stream<'_>, year: i32, month: u8, units: usize, page: &Page<'_>) -> Option<Period> {
    let spans = (units.saturating_sub(HEADING_OF_YEAR)..units).rev().filter_map(|at| match stream.time(at)? {
        Time::At(period) if period.fiscal_year().is_some() => Some(period),
        _ => None,
    });
    span_of_month(year, month, spans.into_iter().next().or(page.outline.period)?, page)
}

/// `通期` and `Full year` are four quarters, `第2四半期(累計)` and `First half` two.
fn part_of_year(stream: &Stream<'_>, at: usize) -> Option<(u8, usize)> {
    if stream.time(at) == Some(Time::Bare(0)) || stream.word(at) == "通期" {
        return Some((4, at + 1));
    }
    if stream.word(at) == "first" && stream.word(at + 1) == "half" {
        return Some((2, at + 2));
    }
    let number = stream.tokens.get(at + 1).and_then(|token| token.number()).filter(|_| stream.word(at) == "第")?;
    if !stream.word(at + 2).starts_with("四半期") {
        return None;
    }
    let number = rust_decimal::prelude::ToPrimitive::to_u8(&number.magnitude)?;
    Some((number, at + if stream.is_mark(at + 3, '(') { 6 } else { 3 }))
}

/// The year that the heading before a place names last.
fn year_before(stream: &Stream<'_>, place: usize) -> Option<i32> {
    let tokens = (place.saturating_sub(HEADING_OF_YEAR)..place).rev();
    tokens.filter_map(|at| stream.time(at)).find_map(|time| match time {
        Time::At(period) => period.fiscal_year(),
        _ => None,
    })
}
