//! Tables that run on as text, whose columns are periods: a header of at least two periods, then rows of a label and exactly as
//! many cells.

use super::super::{Page, Statement};
use super::column::{Column, Says, header};
use super::counts::tell_apart;
use super::embedded;
use super::place::Place;
use super::row::{Row, facts, unit_in_label};
use super::stream::{Cell, Stream, streams};
use super::summary::{self, Part};
use crate::model::{Fact, Measure, Metric, Period, Scale};

/// Longer titles are sentences.
const LONGEST_TITLE: usize = 40;
/// One row alone may be an accident.
const FEWEST_ROWS: usize = 2;

struct Header {
    from: usize,
    to: usize,
    columns: Vec<Column>,
}

/// The facts of such tables.
pub fn read(page: &Page<'_>) -> Vec<Fact> {
    streams(page.text).iter().flat_map(|stream| tables(stream, page)).collect()
}

fn tables(stream: &Stream<'_>, page: &Page<'_>) -> Vec<Fact> {
    let headers = headers(stream, page);
    let mut place = Place::default();
    let mut facts = Vec::new();
    let mut behind = 0;
    for (index, header) in headers.iter().enumerate() {
        let end = headers.get(index + 1).map_or(stream.tokens.len(), |next| next.from);
        let title = title(stream, behind, header.from);
        place.open(&title, stream.tokens[header.from].line, page);
        let (rows, found) = rows(stream, header, end, &mut place, page);
        behind = found.max(header.to);
        if rows.len() >= FEWEST_ROWS {
            let of_table = rows.into_iter().flatten().collect();
            facts.extend(tell_apart(&title, of_table, stream, behind, page));
        }
    }
    facts
}

fn headers(stream: &Stream<'_>, page: &Page<'_>) -> Vec<Header> {
    let (mut headers, mut at) = (Vec::new(), 0);
    while at < stream.tokens.len() {
        let found = header(stream, at, page).filter(|(_, end)| stream.cell(*end).is_none());
        if let Some((mut columns, to)) = found {
            columns.extend(second_change(stream, to, &columns));
            headers.push(Header { from: at, to, columns });
            at = to;
        } else {
            at += 1;
        }
    }
    headers
}

/// `YoY` over two cells, the change in percent and the change itself: the column of the second.
fn second_change(stream: &Stream<'_>, from: usize, columns: &[Column]) -> Option<Column> {
    const LONGEST_LABEL: usize = 12;
    let last = columns.last().filter(|column| column.says == Says::OverYear && column.unit.is_none())?;
    let cells = (from..from + LONGEST_LABEL).map(|at| stream.cells(at)).find(|cells| !cells.is_empty())?;
    let percent = |at: usize| cells[at].number.as_ref().is_some_and(|number| number.percent);
    let count = cells.len();
    (count == columns.len() + 1 && percent(count - 2) != percent(count - 1)).then(|| last.clone())
}

/// The words before a header, back to the table or the sentence before.
fn title(stream: &Stream<'_>, behind: usize, header: usize) -> String {
    let mut from = header;
    while from > behind && header - from < LONGEST_TITLE {
        if (from < header && stream.sentence_ends(from)) || stream.cell(from - 1).is_some() {
            break;
        }
        from -= 1;
    }
    stream.slice(from, header)
}

/// The facts of each row, and the place behind the last.
fn rows(
    stream: &Stream<'_>,
    header: &Header,
    end: usize,
    place: &mut Place,
    page: &Page<'_>,
) -> (Vec<Vec<Fact>>, usize) {
    let scope = &page.outline.scopes[stream.tokens[header.from].line];
    let counted = place.counted(page).or_else(|| scope.unit.clone().filter(|_| scope.unit_is_own));
    let mut rows = Vec::new();
    let mut from = header.to;
    while let Some(cells_at) = cells_at(stream, from, end, header.columns.len()) {
        from = own_line(stream, from, cells_at);
        let Some(label) = embedded::label(stream, from, cells_at, page) else { break };
        let mut parts = colon_parts(stream, from, label.name_end);
        let printed = parts.pop().unwrap_or_default();
        for section in parts {
            place.enter(&section, page);
        }
        let dividends = place.titled().filter(|metric| metric.as_str() == "dividend_per_share").cloned();
        if let Some((metric, part)) = dividends.zip(summary::part(&printed)) {
            let cells = header.columns.iter().zip(stream.cells(cells_at));
            rows.push(cells.filter_map(|cell| dividend(&printed, &metric, part, cell, page)).collect());
            from = cells_at + header.columns.len();
            continue;
        }
        let (bare, unit) = unit_in_label(&printed, page);
        let mut name = place.row(&bare, page);
        if name.label == bare {
            name.label = printed;
        }
        let cells = header.columns.iter().zip(stream.cells(cells_at)).collect();
        let row = Row { name, unit, table_unit: counted.as_ref(), cells };
        let mut of_row = label.facts;
        of_row.extend(facts(&row, place, page));
        rows.push(of_row);
        from = cells_at + header.columns.len();
    }
    (rows, from)
}

/// `Interim 30.00` under dividends per share and the last days of years: a part of that year.
fn dividend(
    label: &str,
    metric: &Metric,
    part: Part,
    (column, cell): (&Column, Cell),
    page: &Page<'_>,
) -> Option<Fact> {
    let unit = column.unit.clone().filter(|unit| column.says == Says::Level && unit.scale() == Scale::One)?;
    let calendar = &page.company.fiscal_year;
    let last = calendar.end(column.period);
    let year = Period::Year(calendar.year_of(last));
    if calendar.end(year) != last {
        return None;
    }
    let period = match part {
        Part::Whole => year,
        Part::YearEnd => Period::Instant(last),
        Part::QuarterEnd(number) => summary::quarter_end(year, number, page)?,
    };
    let number = cell.number?;
    let says = Statement {
        metric: Some(metric.clone()),
        label: label.to_owned(),
        period,
        basis: column.basis,
        measure: Measure::Level,
        value: number.signed(),
        unit,
        approx: false,
    };
    Some(page.fact(cell.line, number.from, number.to, says))
}

/// Japanese labels stand on the line of their cells; what stands on lines before titles the rows below.
fn own_line(stream: &Stream<'_>, from: usize, cells_at: usize) -> usize {
    let line = stream.tokens[cells_at].line;
    let first = (from..cells_at).find(|at| stream.tokens[*at].line == line);
    first.filter(|at| !stream.slice(*at, cells_at).is_ascii()).unwrap_or(from)
}

/// The next place where exactly `count` cells follow one another; shorter runs are part of a label.
fn cells_at(stream: &Stream<'_>, from: usize, end: usize, count: usize) -> Option<usize> {
    let mut at = from;
    while at < end {
        let run = stream.cells(at).len();
        if run == count && at > from {
            return Some(at);
        }
        if run > count {
            return None;
        }
        at += run.max(1);
    }
    None
}

/// A label's parts: sections before colons, then the label. `Less:` is no section, a colon at the end opens none.
fn colon_parts(stream: &Stream<'_>, from: usize, to: usize) -> Vec<String> {
    let (mut parts, mut start) = (Vec::new(), from);
    for at in from..to {
        let closes = stream.is_mark(at, ':') && at > start && at + 1 < to;
        if closes && !stream.word(at - 1).eq_ignore_ascii_case("less") {
            parts.push(stream.slice(start, at));
            start = at + 1;
        }
    }
    let end = if to > start && stream.is_mark(to - 1, ':') { to - 1 } else { to };
    parts.push(stream.slice(start, end));
    parts
}
