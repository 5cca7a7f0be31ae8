//! Times of a head that stand in several rows: `Three Months Ended June 30,` over `2023` and `2022`, `Nine Months Ended` over
//! `December 31, 2018`. A cell that spans several columns is printed once; its columns share it in order.

use super::super::scan::Text;
use super::super::{Time, time};
use super::grid::{Cell, Row};
use crate::model::{Calendar, NamedAfter, Period};

/// A column's place and its time.
pub type Timed = (usize, Period);

/// The times that the rows of a head make together; none where a single row says them, or where they do not fit together.
pub fn read(text: &Text, rows: &[Row<'_>], above: &[String], calendar: &Calendar) -> Option<Vec<Timed>> {
    let last = rows.iter().rposition(|row| ends(row).len() >= 2)?;
    let ends = ends(&rows[last]);
    let mut partial: Vec<Vec<String>> = above.iter().map(|line| vec![line.clone()]).collect();
    partial.extend(rows[..last].iter().map(|row| openings(text, row)));
    partial.retain(|cells| !cells.is_empty() && ends.len().is_multiple_of(cells.len()));
    if partial.is_empty() {
        return None;
    }
    let of_column = |(order, (index, cell)): (usize, &(usize, &Cell<'_>))| {
        let shared = partial.iter().map(|cells| cells[order * cells.len() / ends.len()].clone());
        let words: Vec<String> = shared.chain([cell.text(text, rows[last].line)]).collect();
        Some((*index, whole_time(&words.join(" "), calendar)?))
    };
    ends.iter().enumerate().map(of_column).collect()
}

/// The cells that close a time: a year, or a day with its year.
fn ends<'a>(row: &'a Row<'_>) -> Vec<(usize, &'a Cell<'a>)> {
    let days = |cell: &Cell<'_>| matches!(cell.periods().as_slice(), [Period::Instant(_)]);
    let closes = |cell: &Cell<'_>| cell.is_year() || days(cell);
    row.cells.iter().enumerate().filter(|(_, cell)| closes(cell)).collect()
}

/// The cells that open a time: a span without its end, a day without its year.
fn openings(text: &Text, row: &Row<'_>) -> Vec<String> {
    let cells = row.cells.iter().map(|cell| cell.text(text, row.line));
    cells.filter(|cell| opens(cell)).collect()
}

/// Whether a text opens a time that a year or a day ends.
pub fn opens(text: &str) -> bool {
    let calendar = Calendar { first_month: 1, named_after: NamedAfter::Start };
    let bare = text.trim_end_matches([',', ' ', ':']);
    let span = time_in(bare, &calendar).is_some_and(|time| matches!(time, Time::Span(_)));
    let day = || matches!(time_in(&format!("{bare}, 2000"), &calendar), Some(Time::At(_)));
    !bare.is_empty() && text.chars().count() <= LONGEST && (span || time_in(bare, &calendar).is_none() && day())
}

/// Longer texts are sentences.
const LONGEST: usize = 60;

/// The first time in a text.
fn time_in(text: &str, calendar: &Calendar) -> Option<Time> {
    let chars: Vec<char> = text.chars().collect();
    (0..chars.len()).find_map(|at| time::read(&chars, at, calendar)).map(|(time, _)| time)
}

/// The span or day that a text ends with.
fn whole_time(text: &str, calendar: &Calendar) -> Option<Period> {
    let text = text.split('(').next().unwrap_or(text);
    let chars: Vec<char> = text.trim().chars().collect();
    (0..chars.len()).find_map(|at| match time::read(&chars, at, calendar)? {
        (Time::At(period), end) if end == chars.len() && !matches!(period, Period::Month { .. }) => Some(period),
        _ => None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_that_open_a_time_are_known() {
        let check = |text: &str, expected: bool| assert_eq!(opens(text), expected, "{text}");
        check("Three Months Ended June 30,", true);
        check("Six months ended", true);
        check("December 31,", true);
        check("As of December 31,", true);
        check("Net sales", false);
        check("June 30, 2023", false);
    }
}
