//! The head of a table: what each column means.

use super::super::scan::Text;
use super::super::{Page, units};
use super::grid::Row;
use super::times;
use crate::model::{Basis, Calendar, Measure, Period, Unit};
use crate::vocabulary::{Words, has_any, normalize};

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Holds {
    /// Amounts of the period.
    Amount,
    /// Changes over last year, the quarter before, or between two dates; percent or amount, as each figure shows.
    Change(Against),
    /// Something that we do not read: a share of an unknown whole, a translation.
    Unread,
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
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    /// The period of its figures; for a change the later one.
    pub period: Period,
    /// The sense.
    pub basis: Basis,
    /// What it holds.
    pub holds: Holds,
    /// The unit that the head prints for this column.
    pub unit: Option<Unit>,
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
pub fn read(page: &Page<'_>, rows: &[Row<'_>], reported: Option<Period>) -> Head {
    let text = page.text;
    let words = page.vocabulary.words();
    let width = rows.iter().map(|row| row.cells.len()).max().unwrap_or(0);
    let first = rows.first().map_or(0, |row| row.line);
    let times = times::read(text, rows, &openings_above(page, first), &page.company.fiscal_year);
    let mut columns: Vec<Option<Column>> = match &times {
        Some(times) => timed(times, width, text, rows, words),
        None => (0..width).map(|index| amount_column(text, rows, index, words)).collect(),
    };
    whole_years(rows, &mut columns, &page.company.fiscal_year);
    for index in 0..width {
        if let Some(column) = change_column(page, rows, index, &columns, reported) {
            columns[index] = Some(column);
        } else if columns[index].is_none() && says_amount(text, rows, index) {
            columns[index] = reported.map(|period| amount(period, Basis::Actual));
        }
    }
    fill_units(page, rows, &mut columns);
    let percent = rows.iter().any(|row| normalize(text.line(row.line)).ends_with("unit %"));
    Head {
        columns,
        has_shares: super::grid::has_share_head(text, rows, &words.share),
        unit: percent.then_some(Unit::Percent),
    }
}

/// An amount of a period.
pub fn amount(period: Period, basis: Basis) -> Column {
    Column { period, basis, holds: Holds::Amount, unit: None }
}

/// How many lines above a table may open the times of its head.
const OPENINGS: usize = 2;

/// Lines of text right above a table that open its times: `Three Months Ended June 30,`.
fn openings_above(page: &Page<'_>, first: usize) -> Vec<String> {
    let lines = (first.saturating_sub(OPENINGS)..first).rev();
    let mut found: Vec<String> =
        lines.map(|line| page.text.line(line).trim().to_owned()).take_while(|text| times::opens(text)).collect();
    found.reverse();
    found
}

fn timed(times: &[times::Timed], width: usize, text: &Text, rows: &[Row<'_>], words: &Words) -> Vec<Option<Column>> {
    let of_index = |index| {
        let (_, period) = times.iter().find(|(at, _)| *at == index)?;
        Some(amount(*period, basis_of(&column_text(text, rows, index), words)))
    };
    (0..width).map(of_index).collect()
}

/// The units that the cells of a head name. A column of percent right of a change goes on with it; right of an amount it is of a
/// whole that nobody names. Money in another currency than the company's is a translation.
fn fill_units(page: &Page<'_>, rows: &[Row<'_>], columns: &mut [Option<Column>]) {
    let own = page.company.currency;
    for index in 1..columns.len() {
        let cells = rows.iter().filter_map(|row| Some((row, row.cells.get(index)?)));
        let unit = cells.rev().find_map(|(row, cell)| unit_of_cell(&cell.text(page.text, row.line), page));
        let Some(unit) = unit else { continue };
        let left = columns[index - 1].clone();
        let column = match (&columns[index], left) {
            (Some(column), _) => Some(column.clone()),
            (None, Some(left)) => match (left.holds, &unit) {
                (Holds::Change(_), _) => Some(left),
                (_, Unit::Money { currency, .. }) if *currency == own => None,
                _ => Some(Column { holds: Holds::Unread, ..left }),
            },
            (None, None) => None,
        };
        columns[index] = column.map(|column| match unit.currency() {
            Some(currency) if currency != own => Column { holds: Holds::Unread, unit: Some(unit), ..column },
            _ => Column { unit: Some(unit), ..column },
        });
    }
}

/// A cell that is nothing but a unit: `JPY millions`, `百万円`, `%`.
fn unit_of_cell(text: &str, page: &Page<'_>) -> Option<Unit> {
    let bare = text.trim_matches(['(', ')', '（', '）', ' ']).to_lowercase();
    let words: Vec<&str> = bare.split_whitespace().collect();
    let known = |word: &&str| units::currency(word).is_some() || units::scale(word).is_some() || *word == "of";
    let japanese = ["百万円", "千円", "億円", "円"].contains(&bare.as_str());
    let whole = bare == "%" || bare == "％" || japanese || (2..=3).contains(&words.len()) && words.iter().all(known);
    whole.then(|| units::unit_in(&bare, page.company.currency)).flatten()
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
    Some(amount(period, basis_of(&column_text(text, rows, index), words)))
}

/// `7-9/2017 ⇥ 7-9/2016 ⇥ 2016`: a bare year beside spans is the whole of it, where fiscal years are those of the calendar.
fn whole_years(rows: &[Row<'_>], columns: &mut [Option<Column>], calendar: &Calendar) {
    let span = |column: &&Column| !matches!(column.period, Period::Instant(_));
    if calendar.first_month != 1 || columns.iter().flatten().filter(span).count() < 2 {
        return;
    }
    for (index, column) in columns.iter_mut().enumerate().filter(|(_, column)| column.is_none()) {
        let mut years = rows.iter().rev().filter_map(|row| row.cells.get(index)?.year());
        *column = years.next().map(|year| amount(Period::Year(year), Basis::Actual));
    }
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
    page: &Page<'_>,
    rows: &[Row<'_>],
    index: usize,
    columns: &[Option<Column>],
    reported: Option<Period>,
) -> Option<Column> {
    let (text, words, calendar) = (page.text, page.vocabulary.words(), &page.company.fiscal_year);
    let key = column_text(text, rows, index);
    let named = periods(rows, index);
    let compares = named.len() >= 2 && has_any(&key, &words.against);
    let (year, before) = (has_any(&key, &words.yoy), has_any(&key, &words.qoq));
    if !(compares || year || before || has_any(&key, &words.changes)) {
        return None;
    }
    let amounts: Vec<Column> = columns.iter().flatten().filter(|c| c.holds == Holds::Amount).cloned().collect();
    let instants = amounts.iter().filter(|c| matches!(c.period, Period::Instant(_))).map(|c| c.period).max();
    let period =
        named.first().copied().or(instants).or_else(|| compared(&columns[..index], &amounts, calendar)).or(reported)?;
    let same = |column: &&Column| column.period == period;
    let others: Vec<Column> = columns
        .iter()
        .enumerate()
        .filter(|(i, _)| *i != index)
        .filter_map(|(_, c)| c.clone())
        .filter(|c| c.holds == Holds::Amount)
        .collect();
    let basis = others.iter().find(same).map_or_else(|| basis_of(&key, words), |column| column.basis);
    let stands = |period: Option<Period>| amounts.iter().any(|other| Some(other.period) == period);
    let dated = matches!(period, Period::Instant(_));
    let in_turn =
        !(year || dated) && named.is_empty() && !stands(Some(period.year_before())) && stands(period.period_before());
    let against = match (before || in_turn, year, dated) {
        (true, false, _) => Against::Before,
        (_, false, true) => Against::Date,
        _ => Against::Year,
    };
    let percent = key.split(' ').any(|word| word == "%") && !has_any(&key, &words.share);
    Some(Column { period, basis, holds: Holds::Change(against), unit: percent.then_some(Unit::Percent) })
}

/// What a change speaks of where its head names no time: of the amounts left of it, those since the last change first, the latest
/// whose base stands in the table too; else the amount beside it.
fn compared(before: &[Option<Column>], amounts: &[Column], calendar: &Calendar) -> Option<Period> {
    let is_amount = |column: &&Column| column.holds == Holds::Amount;
    let has_base =
        |column: &&Column| is_amount(column) && amounts.iter().any(|other| other.period == column.period.year_before());
    let group =
        before.iter().rposition(|c| c.as_ref().is_some_and(|c| c.holds != Holds::Amount)).map_or(0, |at| at + 1);
    let latest = |columns: &[Option<Column>]| {
        columns.iter().flatten().filter(has_base).map(|column| column.period).max_by_key(|p| calendar.end(*p))
    };
    let beside = || before.iter().rev().flatten().find(is_amount);
    let any = || amounts.iter().find(has_base).or_else(beside).or(amounts.first()).map(|column| column.period);
    latest(before.get(group..)?).or_else(|| latest(before)).or_else(any)
}
