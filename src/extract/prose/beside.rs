//! A column of running text at the right of a table, cut by its rows: the last cells of rows with figures, read on from line to line.
//! Marks of bullets stand where the cut left them, so a sentence starts at a capital behind a word in lower case, and says little
//! that is not in it.

use super::super::Page;
use super::super::scan::Token;
use super::element::{Element, Role, of_cells};

/// Fewer rows with figures beside words are a table with a column of remarks, one for each row.
const FEWEST_ROWS: usize = 5;

/// The sentences of each such column, with the line on which each starts.
pub(super) fn sentences(page: &Page<'_>) -> Vec<(usize, Vec<Element>)> {
    let mut found = Vec::new();
    let mut line = 0;
    while line < page.text.lines.len() {
        let end = (line..page.text.lines.len()).find(|at| !is_parted(page, *at)).unwrap_or(page.text.lines.len());
        if is_of_time_to_come(page, line) && is_beside(page, line..end) {
            let cells: Vec<&[Token]> = (line..end).filter_map(|at| text_of(page, at)).collect();
            found.extend(parted(page, of_cells(page, &cells)));
        }
        line = end + 1;
    }
    found
}

/// Whether the section is about a time to come; beside results nobody can tell which of two times the words are about.
fn is_of_time_to_come(page: &Page<'_>, line: usize) -> bool {
    let period = page.outline.scopes[line].period;
    period.is_some_and(|period| page.outline.date.is_some_and(|date| page.company.fiscal_year.end(period) > date))
}

fn is_parted(page: &Page<'_>, line: usize) -> bool {
    page.text.tokens[line].iter().any(|token| token.is_tab())
}

/// The words in the last cell of a row, three cells or more from the left.
fn text_of<'a>(page: &'a Page<'_>, line: usize) -> Option<&'a [Token]> {
    let cells = page.text.cells(line);
    let last = cells.last().filter(|_| cells.len() > 3)?;
    let worded = last.iter().any(|token| token.word().is_some_and(|word| word.starts_with(char::is_alphabetic)));
    worded.then_some(*last)
}

/// Whether several rows with figures end in text, and the text of one goes on in the next: it starts in lower case.
fn is_beside(page: &Page<'_>, rows: std::ops::Range<usize>) -> bool {
    let worded = |row: &usize| {
        text_of(page, *row).is_some_and(|cell| cell.iter().filter(|token| is_lower(page, token)).count() >= 3)
    };
    let figures = |row: &usize| {
        let cells = page.text.cells(*row);
        cells[..cells.len() - 1].iter().any(|cell| matches!(cell, [one] if one.number().is_some()))
    };
    let beside: Vec<usize> = rows.filter(|row| worded(row) && figures(row)).collect();
    let first = |row: &usize| text_of(page, *row).and_then(|cell| cell.iter().find(|token| token.word().is_some()));
    let goes_on = beside.iter().filter(|row| first(row).is_some_and(|token| is_lower(page, token))).count();
    beside.len() >= FEWEST_ROWS && goes_on >= 2
}

fn is_lower(page: &Page<'_>, token: &Token) -> bool {
    let first = page.text.lines[token.line].get(token.from);
    token.word().is_some() && first.is_some_and(|c| c.is_lowercase())
}

/// Cut before capitals behind words in lower case, brackets or scales.
fn parted(page: &Page<'_>, elements: Vec<Element>) -> Vec<(usize, Vec<Element>)> {
    let letter = |e: &Element| page.text.lines[e.line].get(e.from).copied().unwrap_or(' ');
    let capital = |e: &Element| e.role == Role::Word && letter(e).is_uppercase();
    let ends = |e: &Element| {
        matches!(e.role, Role::Close(_) | Role::Figure(_)) || e.role == Role::Word && letter(e).is_lowercase()
    };
    let mut found: Vec<(usize, Vec<Element>)> = Vec::new();
    let mut depth = 0;
    for element in elements {
        depth += i32::from(matches!(element.role, Role::Open(_)));
        depth -= i32::from(matches!(element.role, Role::Close(_)));
        let starts = capital(&element) && depth <= 0;
        match found.last_mut() {
            Some((_, sentence)) if !(starts && sentence.last().is_none_or(ends)) => sentence.push(element),
            _ => found.push((element.line, vec![element])),
        }
    }
    found
}
