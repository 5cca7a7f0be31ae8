//! Summaries that name the unit of their amounts once, above the table, and at their columns only what differs from it:
//! `(Millions of yen) Net sales Operating income % % Year ended Mar. 31, 2021 ¥98,083 (3.6) ¥5,404 (3.9)`.

use super::super::Page;
use super::horizontal::labels;
use super::stream::Stream;
use super::summary::{Head, Named, Row, heads};
use crate::model::{Scale, Unit};

/// The most labels of such a table.
const MOST: usize = 7;

/// The columns that may end where the printed units begin, those of fewer labels first, and the place where the labels begin.
pub fn columns(stream: &Stream<'_>, end: usize, units: &[Unit], page: &Page<'_>) -> Vec<(Vec<Head>, usize)> {
    let scope = stream.tokens.get(end).map(|token| &page.outline.scopes[token.line]);
    let unit = scope.and_then(|scope| scope.unit.as_ref());
    let Some(declared) = unit.filter(|unit| unit.currency().is_some() && unit.scale() != Scale::One) else {
        return Vec::new();
    };
    let found = (2..=MOST).filter_map(|count| {
        let (labels, from) = labels(stream, end, count, page)?;
        let units = spread(&labels, units, declared, page)?;
        Some((heads(&labels, &units, page)?, from))
    });
    found.collect()
}

/// The units of all columns: a percentage behind each amount, or those of the labels that count no money.
fn spread(labels: &[Named], units: &[Unit], declared: &Unit, page: &Page<'_>) -> Option<Vec<Unit>> {
    let is_money = |(_, metric, _): &Named| page.vocabulary.entry(metric).is_some_and(|entry| entry.unit == "money");
    if labels.iter().all(is_money) {
        let rates = units.len() == labels.len() && units.iter().all(|unit| *unit == Unit::Percent);
        return rates.then(|| labels.iter().flat_map(|_| [declared.clone(), Unit::Percent]).collect());
    }
    let mut rest = units.iter();
    let all = labels.iter().map(|label| if is_money(label) { Some(declared) } else { rest.next() }.cloned());
    let all: Option<Vec<Unit>> = all.collect();
    all.filter(|_| rest.next().is_none())
}

/// Whether a row fills all columns, with signs of currency at amounts only and at one of them at least.
pub fn agrees(columns: &[Head], row: &Row) -> bool {
    let signed = |at: usize| row.cells[at].number.as_ref().is_some_and(|number| number.currency.is_some());
    let is_money = |at: usize| columns[at].unit.currency().is_some();
    let all = || 0..columns.len();
    row.cells.len() == columns.len() && all().any(signed) && all().all(|at| is_money(at) || !signed(at))
}
