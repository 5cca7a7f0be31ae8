//! Summaries that a text layer gives column by column: the names of the rows first, then for each column its label, its unit and its
//! cells (`売上高 百万円 12,345 13,210 ％ △6.5 2.1 営業利益 …`), or all labels, all units and all cells. Where nothing but arithmetic
//! says which cell is whose, the growth rates must agree with the amounts.

use rust_decimal::Decimal;

use super::super::{Page, Time};
use super::stream::{Cell, Stream, streams};
use super::summary::{HEADING, Head, Named, Row, facts, heads, is_target, named};
use crate::model::{Fact, Measure, Metric, Period, Unit};

/// The longest label of a column, in tokens.
const LONGEST_LABEL: usize = 16;
/// How many tokens labels and units may take between the names of the rows and the cells.
const LONGEST_HEADER: usize = 60;
/// Rows of a summary: this period and that of the year before.
const ROWS: usize = 2;

/// The facts of such tables.
pub fn read(page: &Page<'_>) -> Vec<Fact> {
    streams(page.text).iter().flat_map(|stream| tables(stream, page)).collect()
}

fn tables(stream: &Stream<'_>, page: &Page<'_>) -> Vec<Fact> {
    let (mut found, mut at) = (Vec::new(), 0);
    while at < stream.tokens.len() {
        let Some((periods, after)) = row_names(stream, at) else {
            at += 1;
            continue;
        };
        let table = by_column(stream, after, page).or_else(|| at_once(stream, at, after, page));
        if let Some((columns, cells, end)) = table {
            let heading = stream.slice(at.saturating_sub(HEADING), at);
            let rows: Vec<Row> = (0..ROWS)
                .map(|row| Row {
                    period: periods[row],
                    forecast: false,
                    cells: cells.iter().map(|column| column[row].clone()).collect(),
                })
                .collect();
            found.extend(facts(&columns, &rows, is_target(&heading, page), page));
            at = end;
        } else {
            at += 1;
        }
    }
    found
}

/// Two times that follow one another, the second before the first.
fn row_names(stream: &Stream<'_>, at: usize) -> Option<([Period; ROWS], usize)> {
    match (stream.time(at)?, stream.time(at + 1)?) {
        (Time::At(first), Time::At(second)) if first.fiscal_year()? > second.fiscal_year()? => {
            (stream.time(at + 2).is_none()).then_some(([first, second], at + 2))
        }
        _ => None,
    }
}

/// Columns, the cells of each from above, and the place behind the table.
type Table = (Vec<Head>, Vec<Vec<Cell>>, usize);

/// For each column its label, its units, its cells.
fn by_column(stream: &Stream<'_>, from: usize, page: &Page<'_>) -> Option<Table> {
    let (mut columns, mut cells, mut at, mut labels) = (Vec::new(), Vec::new(), from, 0);
    let mut set = None;
    while let Some((label, after)) = label(stream, at, page) {
        let Some((units, of_label, end)) = column(stream, after, &mut set) else { break };
        let Some(found) = heads(&[label], &units, page) else { break };
        columns.extend(found);
        cells.extend(of_label);
        at = end;
        labels += 1;
    }
    (labels > 1).then_some((columns, cells, at))
}

/// A known label that units follow.
pub fn label(stream: &Stream<'_>, at: usize, page: &Page<'_>) -> Option<(Named, usize)> {
    stream.tokens.get(at).filter(|token| token.word().is_some() || token.number().is_some())?;
    let end = (at..stream.tokens.len().min(at + LONGEST_LABEL)).find(|end| stream.has_unit(*end))?;
    (end > at).then(|| named(&stream.slice(at, end), page).map(|label| (label, end))).flatten()
}

/// `百万円 12,345 13,210 ％ △6.5 2.1`, or `百万円 ％` and the cells of both.
fn column(stream: &Stream<'_>, at: usize, set: &mut Option<Set>) -> Option<(Vec<Unit>, Vec<Vec<Cell>>, usize)> {
    let (units, after) = stream.units(at);
    let cells = stream.cells(after);
    let end = after + cells.len();
    match (units.len(), cells.len()) {
        (1, ROWS) => match stream.units(end) {
            (further, behind) if further == [Unit::Percent] && units != [Unit::Percent] => {
                let rates = stream.cells(behind);
                let end = behind + rates.len();
                (rates.len() == ROWS).then_some((vec![units[0].clone(), Unit::Percent], vec![cells, rates], end))
            }
            _ => Some((units, vec![cells], end)),
        },
        (2, 4) if units[1] == Unit::Percent => {
            *set = pairs(&cells).or(*set);
            let (amounts, rates) = (*set)?.parts(&cells)?;
            Some((units, vec![amounts, rates], end))
        }
        _ => None,
    }
}

/// How two amounts and their growth are set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Set {
    /// An amount and its growth, then those of the year before.
    ByRow,
    /// Both amounts, then the growth of both.
    ByColumn,
}

impl Set {
    /// The amounts and their growth.
    fn parts(self, cells: &[Cell]) -> Option<(Vec<Cell>, Vec<Cell>)> {
        let [a, b, c, d] = cells else { return None };
        let (second, third) = if self == Self::ByRow { (c, b) } else { (b, c) };
        Some((vec![a.clone(), second.clone()], vec![third.clone(), d.clone()]))
    }
}

/// How four cells are set: the growth tells.
fn pairs(cells: &[Cell]) -> Option<Set> {
    let [a, b, c, _] = cells else { return None };
    match (grows(a, b, c), grows(a, c, b)) {
        (Some(true), Some(true)) => None,
        (Some(true), _) => Some(Set::ByColumn),
        (_, Some(true)) => Some(Set::ByRow),
        _ => None,
    }
}

/// Whether a rate is the growth from the second amount to the first; none where nobody can tell.
fn grows(now: &Cell, before: &Cell, rate: &Cell) -> Option<bool> {
    let signed = |cell: &Cell| cell.number.as_ref().map(super::super::Number::signed);
    let (now, before, rate) = (signed(now)?, signed(before)?, signed(rate)?);
    if before <= Decimal::ZERO || now.scale() > 0 || before.scale() > 0 {
        return None;
    }
    let growth = (now - before) * Decimal::ONE_HUNDRED / before;
    let rounding =
        Decimal::new(6, 2) + Decimal::ONE_HUNDRED * (Decimal::ONE + growth.abs() / Decimal::ONE_HUNDRED) / before;
    Some((growth - rate).abs() <= rounding)
}

/// The order in which summaries print the lines of the statement.
const ORDER: [&str; 9] = [
    "revenue",
    "business_profit",
    "operating_income",
    "ordinary_income",
    "income_before_tax",
    "net_income_including_nci",
    "net_income",
    "comprehensive_income",
    "eps_basic",
];

/// All labels, all units, all cells. The labels may be woven into one another and into notes; summaries print them in one order.
fn at_once(stream: &Stream<'_>, names: usize, from: usize, page: &Page<'_>) -> Option<Table> {
    let units_at = (from..from + LONGEST_HEADER).find(|at| stream.units(*at).0.len() >= 4)?;
    let (units, after) = stream.units(units_at);
    let cells = stream.cells(after);
    let columns = units.len() / 2;
    let paired = units.chunks(2).all(|pair| pair.len() == 2 && pair[0] != Unit::Percent && pair[1] == Unit::Percent);
    if !paired || cells.len() != columns * 2 * ROWS {
        return None;
    }
    let told: Vec<Set> = cells.chunks(2 * ROWS).filter_map(pairs).collect();
    let set = *told.first().filter(|first| told.len() * 2 > columns && told.iter().all(|set| set == *first))?;
    let blocks: Vec<(Vec<Cell>, Vec<Cell>)> =
        cells.chunks(2 * ROWS).map(|block| set.parts(block)).collect::<Option<_>>()?;
    let first = names.saturating_sub(LONGEST_LABEL);
    let mut labels = labels_in(&joined(stream, first, units_at), page);
    let place = |metric: &Metric| ORDER.iter().position(|id| *id == metric.as_str());
    labels.retain(|(_, metric, measure)| *measure == Measure::Level && place(metric).is_some());
    labels.sort_by_key(|(_, metric, _)| place(metric));
    labels.dedup_by(|a, b| a.1 == b.1);
    if labels.len() == columns + 1 {
        labels.retain(|(_, metric, _)| metric.as_str() != "comprehensive_income");
    }
    if labels.len() != columns {
        return None;
    }
    let heads = heads(&labels, &units, page)?;
    let cells = blocks.into_iter().flat_map(|(amounts, rates)| [amounts, rates]).collect();
    Some((heads, cells, after + columns * 2 * ROWS))
}

/// The words between two places, without blanks, times and figures.
fn joined(stream: &Stream<'_>, from: usize, to: usize) -> Vec<char> {
    let words = (from..to).filter_map(|at| stream.tokens[at].word());
    words.flat_map(str::chars).collect()
}

/// The known labels in a text without blanks, the longest at each place.
fn labels_in(text: &[char], page: &Page<'_>) -> Vec<Named> {
    const LONGEST: usize = 30;
    let (mut found, mut at) = (Vec::new(), 0);
    while at < text.len() {
        let longest = (2..=LONGEST.min(text.len() - at)).rev().find_map(|length| {
            let printed: String = text[at..at + length].iter().collect();
            named(&printed, page).map(|named| (named, length))
        });
        match longest {
            Some((named, length)) => {
                found.push(named);
                at += length;
            }
            None => at += 1,
        }
    }
    found
}
