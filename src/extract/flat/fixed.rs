//! Tables set in fixed width: columns aligned by blanks under a header of several lines, sections in rows of their own.

use super::super::Page;
use super::column::Column;
use super::fixed_header::{Header, headers};
use super::grid::{Content, Segment, declared, segments};
use super::place::Place;
use super::row::{Row, facts, unit_in_label};
use super::stream::Cell;
use crate::model::{Fact, Measure, Metric, Unit};
use crate::vocabulary::normalize;

/// How many lines above a header its title and unit may stand.
const TITLE_LINES: usize = 8;
/// Longer lines are sentences.
const LONGEST_LABEL: usize = 110;

/// The facts of such tables.
pub fn read(page: &Page<'_>) -> Vec<Fact> {
    let headers = headers(page);
    let mut found = Vec::new();
    for (index, header) in headers.iter().enumerate() {
        let end = headers.get(index + 1).map_or(page.text.lines.len(), |next| next.from);
        found.extend(without_rivals(table(page, header, end)));
    }
    found
}

/// The rows below a header, up to `end` or to a line that is of no table.
fn table(page: &Page<'_>, header: &Header, end: usize) -> Vec<Fact> {
    let mut place = Place::default();
    place.open(&title(page, header.from), header.from, page);
    let unit = declared(page, header.to - 1, TITLE_LINES);
    let mut found = Vec::new();
    let mut above: Option<String> = None;
    for line in (header.to..end).filter(|line| !page.text.tokens[*line].is_empty()) {
        let segments = segments(page.text, line);
        match row_cells(&segments, &header.columns, page) {
            Reading::Row(label, cells) => {
                let label = joined(above.take(), label);
                found.extend(row(page, &mut place, &label, cells, unit.as_ref()));
            }
            Reading::Label(text) if text.chars().count() <= LONGEST_LABEL => {
                if let Some(before) = above.replace(text) {
                    place.enter(before.trim_end_matches(':'), page);
                }
            }
            Reading::Skip => {}
            Reading::Label(_) | Reading::Other => break,
        }
        if let Some(section) = above.take_if(|_| !goes_on(line, page)) {
            place.enter(section.trim_end_matches(':'), page);
        }
    }
    found
}

/// Whether the next line that says something goes on with this label: it starts in lower case, or is set in where no other is.
fn goes_on(line: usize, page: &Page<'_>) -> bool {
    let mut below = page.text.tokens[line + 1..].iter().filter_map(|tokens| tokens.first());
    let Some(next) = below.next() else { return false };
    let lower = next.word().is_some_and(|word| word.starts_with(char::is_lowercase));
    let start = page.text.tokens[line][0].from;
    let alone = start > 0 && next.from > start && below.next().is_some_and(|after| after.from <= start);
    lower || alone
}

fn joined(above: Option<String>, label: String) -> String {
    match above {
        Some(above) => format!("{above} {label}"),
        None => label,
    }
}

/// What a line below a header is.
enum Reading<'a> {
    /// A label and its cells.
    Row(String, Vec<(&'a Column, Cell, Option<Unit>)>),
    /// Words alone.
    Label(String),
    /// A page's number, or a row whose cells cannot be told apart.
    Skip,
    /// Nothing of a table.
    Other,
}

fn row_cells<'a>(segments: &[Segment<'_>], columns: &'a [(usize, Column)], page: &Page<'_>) -> Reading<'a> {
    let Some((first, rest)) = segments.split_first() else { return Reading::Skip };
    if !matches!(first.content(page), Content::Text) {
        return Reading::Skip;
    }
    let label = first.text(page.text);
    let mut cells = Vec::new();
    for segment in rest {
        match segment.content(page) {
            Content::Cell(cell, unit) => cells.push((segment.middle(), Some((cell, unit)))),
            Content::Unread => cells.push((segment.middle(), None)),
            Content::Currency => {}
            Content::Text => return Reading::Other,
        }
    }
    if cells.is_empty() {
        return Reading::Label(label);
    }
    let Some(places) = places(&cells.iter().map(|(middle, _)| *middle).collect::<Vec<_>>(), columns) else {
        return Reading::Skip;
    };
    let read = places.into_iter().zip(cells).filter_map(|(at, (_, cell))| {
        let (cell, unit) = cell?;
        Some((&columns[at].1, cell, unit))
    });
    Reading::Row(label, read.collect())
}

/// The column of each cell: in order where there are as many, else the nearest, each once and in order.
fn places(middles: &[usize], columns: &[(usize, Column)]) -> Option<Vec<usize>> {
    if middles.len() == columns.len() {
        return Some((0..columns.len()).collect());
    }
    let nearest = |middle: &usize| (0..columns.len()).min_by_key(|at| columns[*at].0.abs_diff(*middle));
    let places: Vec<usize> = middles.iter().map(nearest).collect::<Option<_>>()?;
    places.windows(2).all(|pair| pair[0] < pair[1]).then_some(places)
}

fn row(
    page: &Page<'_>,
    place: &mut Place,
    printed: &str,
    cells: Vec<(&Column, Cell, Option<Unit>)>,
    table_unit: Option<&Unit>,
) -> Vec<Fact> {
    let (bare, unit) = unit_in_label(printed, page);
    let section_unit = place.section().and_then(|section| unit_in_label(section, page).1);
    let mut name = place.row(name_of(&bare), page);
    name.label = printed.to_owned();
    let cells: Vec<(Column, Cell)> = cells
        .into_iter()
        .map(|(column, cell, unit)| (Column { unit: unit.or(column.unit.clone()), ..column.clone() }, cell))
        .collect();
    let row = Row {
        name,
        unit: unit.or(section_unit),
        table_unit,
        cells: cells.iter().map(|(c, cell)| (c, cell.clone())).collect(),
    };
    facts(&row, place, page)
}

/// The name before what a label counts besides: `Common stock $0.005 par value; 900,000,000 shares …`.
fn name_of(label: &str) -> &str {
    let figure = label.find(|c: char| c == '$' || c.is_ascii_digit()).filter(|_| label.contains("par value"));
    figure.and_then(|at| label.get(..at)).map_or(label, str::trim)
}

/// The lines of words above a header.
fn title(page: &Page<'_>, header: usize) -> String {
    let lines = (header.saturating_sub(TITLE_LINES)..header).rev();
    let alone = lines.map_while(|line| match segments(page.text, line).as_slice() {
        [] => Some(String::new()),
        [one] if one.tokens.iter().all(|token| token.number().is_none()) => Some(one.text(page.text)),
        _ => None,
    });
    let mut words: Vec<String> = alone.collect();
    words.reverse();
    words.join(" ").trim().to_owned()
}

/// Where one table gives two values for one metric and time, the total is the metric and the other row a part of it without a
/// name; without a total, none of them is.
fn without_rivals(mut found: Vec<Fact>) -> Vec<Fact> {
    let key = |fact: &Fact| (fact.metric.clone(), fact.period, fact.basis, fact.measure, fact.unit.clone());
    let total = |fact: &Fact| normalize(&fact.label).starts_with("total");
    let rivals = |fact: &Fact, other: &Fact| key(fact) == key(other) && fact.value != other.value;
    let lost: Vec<bool> = found
        .iter()
        .map(|fact| fact.metric.is_some() && !total(fact) && found.iter().any(|other| rivals(fact, other)))
        .collect();
    let parts: Vec<(Metric, String)> = found
        .iter()
        .zip(&lost)
        .filter_map(|(fact, lost)| {
            Some((fact.metric.clone().filter(|_| *lost && fact.measure == Measure::Level)?, fact.label.clone()))
        })
        .collect();
    for (fact, lost) in found.iter_mut().zip(lost) {
        let named = fact
            .metric
            .as_ref()
            .is_some_and(|m| parts.iter().any(|(metric, label)| metric == m && *label == fact.label));
        if lost || named {
            fact.metric = None;
        }
    }
    found
}
