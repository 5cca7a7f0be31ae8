//! The head of a table: what each column means.

use super::super::scan::Text;
use super::grid::Row;
use crate::model::{Basis, Measure, Period, Unit};
use crate::vocabulary::{Vocabulary, Words, has_any, normalize};

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Holds {
    /// Amounts of the period.
    Amount,
    /// Changes over last year, the quarter before, or between two dates; percent or amount, as each figure shows.
    Change(Against),
}

/// What a change is measured against.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Against {
    /// The year before.
    Year,
    /// The period just before.
    Before,
    /// The other balance sheet date.
    Date,
}

/// One column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Column {
    /// The period of its figures; for a change the later one.
    pub period: Period,
    /// The sense.
    pub basis: Basis,
    /// What it holds.
    pub holds: Holds,
}

/// A table's head.
#[derive(Clone, Debug, Default)]
pub struct Head {
    /// The meaning of each column, by index; none where it has none.
    pub columns: Vec<Option<Column>>,
    /// Whether percentages of revenue stand between the amounts.
    pub has_shares: bool,
    /// A unit of the table alone, as `Unit:%` in a cell.
    pub unit: Option<Unit>,
}

impl Against {
    /// The measure of a change, by whether it is printed in percent.
    pub fn measure(self, percent: bool) -> Measure {
        match (self, percent) {
            (Self::Year, true) => Measure::YoyPct,
            (Self::Year, false) => Measure::YoyAbs,
            (Self::Before, true) => Measure::QoqPct,
            (Self::Before, false) => Measure::QoqAbs,
            (Self::Date, true) => Measure::YoyPct,
            (Self::Date, false) => Measure::ChangeAbs,
        }
    }
}

/// Reads the head rows of a table. `reported` is the period of the place, for columns that name none.
pub fn read(text: &Text, rows: &[Row<'_>], vocabulary: &Vocabulary, reported: Option<Period>) -> Head {
    let words = vocabulary.words();
    let width = rows.iter().map(|row| row.cells.len()).max().unwrap_or(0);
    let mut columns: Vec<Option<Column>> = (0..width).map(|index| amount_column(text, rows, index, words)).collect();
    for index in 0..width {
        if let Some(column) = change_column(text, rows, index, words, &columns, reported) {
            columns[index] = Some(column);
        } else if columns[index].is_none() && says_amount(text, rows, index) {
            columns[index] = reported.map(|period| Column { period, basis: Basis::Actual, holds: Holds::Amount });
        }
    }
    let percent = rows.iter().any(|row| normalize(&text.line(row.line)).ends_with("unit %"));
    Head {
        columns,
        has_shares: super::grid::has_share_head(text, rows, &words.share),
        unit: percent.then_some(Unit::Percent),
    }
}

/// All that the head says above a column.
fn column_text(text: &Text, rows: &[Row<'_>], index: usize) -> String {
    let cells: Vec<String> =
        rows.iter().filter_map(|row| row.cells.get(index).map(|cell| cell.text(text, row.line))).collect();
    normalize(&cells.join(" "))
}

fn periods(rows: &[Row<'_>], index: usize) -> Vec<Period> {
    rows.iter().filter_map(|row| row.cells.get(index)).flat_map(|cell| cell.periods()).collect()
}

/// `Major breakdown`: amounts of the period that the place reports.
fn says_amount(text: &Text, rows: &[Row<'_>], index: usize) -> bool {
    index > 0 && column_text(text, rows, index).contains("breakdown")
}

fn amount_column(text: &Text, rows: &[Row<'_>], index: usize, words: &Words) -> Option<Column> {
    let period = *periods(rows, index).iter().find(|p| !matches!(p, Period::Month { .. }))?;
    Some(Column { period, basis: basis_of(&column_text(text, rows, index), words), holds: Holds::Amount })
}

/// A target by its words; `initial` and `revised` say which.
pub fn basis_of(key: &str, words: &Words) -> Basis {
    match (has_any(key, &words.target), has_any(key, &words.initial), has_any(key, &words.revised)) {
        (false, _, _) => Basis::Actual,
        (true, true, _) => Basis::TargetInitial,
        (true, false, true) => Basis::TargetRevised,
        (true, false, false) => Basis::Target,
    }
}

fn change_column(
    text: &Text,
    rows: &[Row<'_>],
    index: usize,
    words: &Words,
    columns: &[Option<Column>],
    reported: Option<Period>,
) -> Option<Column> {
    let key = column_text(text, rows, index);
    let named = periods(rows, index);
    let compares = named.len() >= 2 && has_any(&key, &words.against);
    let (year, before) = (has_any(&key, &words.yoy), has_any(&key, &words.qoq));
    if !(compares || year || before || has_any(&key, &words.changes)) {
        return None;
    }
    let amounts: Vec<Column> = columns.iter().flatten().filter(|c| c.holds == Holds::Amount).copied().collect();
    let instants = amounts.iter().filter(|c| matches!(c.period, Period::Instant(_))).map(|c| c.period).max();
    let period = named.first().copied().or(instants).or_else(|| amounts.first().map(|c| c.period)).or(reported)?;
    let same = |column: &&Column| column.period == period;
    let others: Vec<Column> = columns
        .iter()
        .enumerate()
        .filter(|(i, _)| *i != index)
        .filter_map(|(_, c)| *c)
        .filter(|c| c.holds == Holds::Amount)
        .collect();
    let basis = others.iter().find(same).map_or_else(|| basis_of(&key, words), |column| column.basis);
    let against = match (before, year, matches!(period, Period::Instant(_))) {
        (true, false, _) => Against::Before,
        (_, false, true) => Against::Date,
        _ => Against::Year,
    };
    Some(Column { period, basis, holds: Holds::Change(against) })
}
