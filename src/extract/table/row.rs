//! The rows of a table: each figure with its label and its column becomes a fact.

use super::super::label::{self, Named};
use super::super::number::{Number, Sign};
use super::super::{Page, Statement, Time};
use super::grid::{Cell, Row, is_figure_cell};
use super::head::{Against, Column, Head, Holds, basis_of};
use super::title;
use crate::model::{Basis, Calendar, Fact, Measure, Metric, MetricKind, Period, Quarter, Scale, Unit};
use crate::vocabulary::{has_any, normalize};

/// A row's label and what it names.
struct Named_ {
    label: String,
    named: Named,
    /// A time in the label, where the year stands in the column: `1Q (June revenue)`.
    bare: Option<u8>,
    /// The words in the label's parentheses: what a parenthesised second figure is (`of GIO P2-related`, `June revenue`).
    inner: Option<String>,
}

/// The facts of all rows under one head.
pub fn read_all(page: &Page<'_>, head: &Head, rows: &[Row<'_>]) -> Vec<Fact> {
    let data: Vec<&Row<'_>> = rows.iter().filter(|row| row.is_data()).collect();
    let (Some(first), Some(last)) = (data.first(), data.last()) else { return Vec::new() };
    let context = title::context_of(page, first.line);
    let apart = title::is_apart(page, first.line);
    let unlabelled = data.iter().filter(|row| row.label(page.text).is_none()).count();
    let title = title::name_of(page, first.line, last.line);
    let mut facts = Vec::new();
    let mut pending: Vec<(&Row<'_>, String)> = Vec::new();
    for row in &data {
        let label = row.label(page.text).map(|(_, label)| label);
        if head.has_shares && is_share_row(row) {
            pending.push((row, label.unwrap_or_default()));
            continue;
        }
        let label = match label {
            Some(label) => label,
            None if unlabelled == 1 || !pending.is_empty() => title.clone(),
            None => continue,
        };
        let broken =
            pending.iter().map(|(_, part)| part.as_str()).chain([label.as_str()]).collect::<Vec<_>>().join(" ");
        let whole = broken.trim().to_owned();
        let name = name(page, &whole, &title, &context, apart);
        for (share_row, _) in pending.drain(..) {
            facts.extend(read_row(page, head, share_row, &name));
        }
        facts.extend(read_row(page, head, row, &name));
    }
    facts
}

/// Only unsigned percentages: the shares of the amounts in the row below.
fn is_share_row(row: &Row<'_>) -> bool {
    let mut numbers = row.cells.iter().filter(|cell| is_figure_cell(cell)).flat_map(|cell| numbers_of(cell)).peekable();
    numbers.peek().is_some() && numbers.all(|number| number.percent && number.sign == Sign::None)
}

fn numbers_of<'a>(cell: &'a Cell<'_>) -> impl Iterator<Item = &'a Number> {
    cell.tokens.iter().filter_map(|token| token.number())
}

fn name(page: &Page<'_>, label: &str, title: &str, context: &label::Context, apart: bool) -> Named_ {
    let bare = bare_time(page, label);
    let names = if bare.is_some() { title } else { label };
    let mut named = label::resolve(names, context, page.vocabulary);
    let inner =
        label.split_once('(').and_then(|(_, rest)| rest.split_once(')')).map(|(inner, _)| inner.trim().to_owned());
    if named.metric.is_none()
        && let Some((outer, _)) = names.split_once('(')
    {
        named = label::resolve(outer.trim(), context, page.vocabulary);
    }
    if apart {
        named.metric = None;
    }
    let label = if bare.is_some() { format!("{title}: {label}") } else { label.to_owned() };
    Named_ { label, named, bare, inner }
}

/// `1Q (June revenue)` or `Full Year` as a row's label.
fn bare_time(page: &Page<'_>, label: &str) -> Option<u8> {
    let chars: Vec<char> = label.chars().collect();
    match super::super::time::read(&chars, 0, &page.company.fiscal_year)? {
        (Time::Bare(number), _) => Some(number),
        _ => None,
    }
}

fn read_row(page: &Page<'_>, head: &Head, row: &Row<'_>, name: &Named_) -> Vec<Fact> {
    let mut facts = Vec::new();
    for (index, cell) in row.cells.iter().enumerate() {
        if !cell.has_number() || !is_figure_cell(cell) {
            continue;
        }
        let Some(column) = column_of(head, row, index).or_else(|| own_period(page, cell)) else { continue };
        facts.extend(read_cell(page, head, row, cell, &column, name));
    }
    facts
}

/// The column's meaning; a column without one, right of a change, goes on with it (amount, then percent).
fn column_of(head: &Head, row: &Row<'_>, index: usize) -> Option<Column> {
    let here = head.columns.get(index).copied().flatten();
    let left = || {
        let left = head.columns.get(index.checked_sub(1)?).copied().flatten()?;
        let plain = row.cells[index].tokens.iter().filter(|token| token.word().is_some()).count() == 0;
        (matches!(left.holds, Holds::Change(_)) && plain).then_some(left)
    };
    here.or_else(left)
}

/// `FY10 : 12,449`: the cell names its period itself.
fn own_period(page: &Page<'_>, cell: &Cell<'_>) -> Option<Column> {
    let first = cell.tokens.first()?;
    let period = cell.periods().first().copied().filter(|_| first.time().is_some())?;
    let words: Vec<&str> = cell.tokens.iter().filter_map(|token| token.word()).collect();
    let basis = basis_of(&normalize(&words.join(" ")), page.vocabulary.words());
    words.is_empty().then_some(Column { period, basis, holds: Holds::Amount })
}

fn read_cell(
    page: &Page<'_>,
    head: &Head,
    row: &Row<'_>,
    cell: &Cell<'_>,
    column: &Column,
    name: &Named_,
) -> Vec<Fact> {
    let words = page.vocabulary.words();
    let says: Vec<&str> = cell.tokens.iter().filter_map(|token| token.word()).collect();
    let key = normalize(&says.join(" "));
    let approx = has_any(&key, &words.approx);
    let basis = if column.basis == Basis::Actual { basis_of(&key, words) } else { column.basis };
    let numbers: Vec<&Number> = numbers_of(cell).filter(|number| !is_footnote(page, row, number)).collect();
    let mut facts = Vec::new();
    for (position, number) in numbers.iter().enumerate() {
        let place =
            Place { first: position == 0, alone: numbers.len() == 1, bracketed: is_bracketed(page, row, number) };
        let Some((mut says, label)) = statement(page, head, column, name, number, place, row.line) else { continue };
        says.approx = approx;
        says.basis = basis;
        says.label = label;
        facts.push(page.fact(row.line, number.from, number.to, says));
    }
    facts
}

/// Where in its cell a figure stands.
#[derive(Clone, Copy)]
struct Place {
    first: bool,
    alone: bool,
    bracketed: bool,
}

/// `^{*1}` and `*2` beside a figure.
fn is_footnote(page: &Page<'_>, row: &Row<'_>, number: &Number) -> bool {
    number.from > 0 && page.text.lines[row.line][number.from - 1] == '*'
}

/// `[+14.4%]`.
fn is_bracketed(page: &Page<'_>, row: &Row<'_>, number: &Number) -> bool {
    number.from > 0 && page.text.lines[row.line][number.from - 1] == '['
}

fn statement(
    page: &Page<'_>,
    head: &Head,
    column: &Column,
    name: &Named_,
    number: &Number,
    place: Place,
    line: usize,
) -> Option<(Statement, String)> {
    let (measure, from_name) = measure_of(head, column, name, number, place);
    let mut label = name.label.clone();
    let mut metric = name.named.metric.clone();
    let mut period = period_of(page, column, name)?;
    let second_in_parens = number.sign == Sign::Paren && !place.first && !number.percent;
    if second_in_parens {
        match month_of(name, period, &page.company.fiscal_year) {
            Some(month) => period = month,
            None => {
                label = name.inner.clone()?;
                metric = None;
            }
        }
    }
    let stock = metric.as_ref().is_some_and(|metric| kind_of(page, metric) == MetricKind::Stock);
    if stock && matches!(column.holds, Holds::Amount) && period.fiscal_year().is_some() {
        period = Period::Instant(page.company.fiscal_year.end(period));
    }
    let unit = unit_of(page, head, metric.as_ref(), measure, number, line)?;
    let positive =
        second_in_parens || (number.percent && matches!(measure, Measure::ShareOfRevenuePct | Measure::MarginPct));
    let mut value = if positive { number.magnitude } else { number.signed() };
    if name.named.loss && from_name && number.sign == Sign::None && !value.is_zero() {
        value = -value;
    }
    let says =
        Statement { metric, label: String::new(), period, basis: column.basis, measure, value, unit, approx: false };
    Some((says, label))
}

/// The measure of a figure, and whether it is the amount that the label names.
fn measure_of(head: &Head, column: &Column, name: &Named_, number: &Number, place: Place) -> (Measure, bool) {
    if let Holds::Change(against) = column.holds {
        return (against.measure(number.percent), false);
    }
    if !number.percent {
        return (name.named.measure, true);
    }
    let signed_change = matches!(number.sign, Sign::Plus | Sign::Minus) || place.bracketed;
    if !place.first && signed_change || place.bracketed {
        return (Against::Year.measure(true), false);
    }
    let is_ratio = name.named.metric.as_ref().is_some_and(|metric| metric.as_str() == "equity_ratio");
    if is_ratio {
        return (Measure::Level, true);
    }
    if name.named.measure == Measure::MarginPct {
        return (Measure::MarginPct, true);
    }
    if head.has_shares || !place.first || number.sign == Sign::Paren && !place.alone {
        return (share_measure(name.named.metric.as_ref()), false);
    }
    (Measure::Level, true)
}

/// A profit as a percentage of revenue is a margin, anything else a share.
pub fn share_measure(metric: Option<&Metric>) -> Measure {
    const PROFITS: [&str; 8] = [
        "gross_profit",
        "operating_income",
        "ordinary_income",
        "income_before_tax",
        "net_income",
        "net_income_including_nci",
        "adjusted_ebitda",
        "segment_operating_income",
    ];
    match metric {
        Some(metric) if PROFITS.contains(&metric.root()) => Measure::MarginPct,
        _ => Measure::ShareOfRevenuePct,
    }
}

fn period_of(page: &Page<'_>, column: &Column, name: &Named_) -> Option<Period> {
    match (name.bare, column.period) {
        (None, period) => Some(period),
        (Some(0), Period::Year(year)) => Some(Period::Year(year)),
        (Some(number), Period::Year(year)) => Quarter::new(year, number).map(Period::Quarter),
        _ => {
            let _ = page;
            None
        }
    }
}

/// `(June revenue)` in the label of a quarter: the second figure is that month's.
fn month_of(name: &Named_, period: Period, calendar: &Calendar) -> Option<Period> {
    let inner = name.inner.as_ref()?;
    let (first, last) = calendar.days(period);
    let mut year = chrono::Datelike::year(&first);
    loop {
        let chars: Vec<char> = inner.split(' ').next()?.chars().chain(format!(" {year}").chars()).collect();
        match super::super::time::read(&chars, 0, calendar)? {
            (Time::At(month @ Period::Month { .. }), _) if (first..=last).contains(&calendar.end(month)) => {
                return Some(month);
            }
            (Time::At(Period::Month { .. }), _) if year < chrono::Datelike::year(&last) => year += 1,
            _ => return None,
        }
    }
}

/// The kind of a metric; parts follow their root.
pub fn kind_of(page: &Page<'_>, metric: &Metric) -> MetricKind {
    let root = Metric::new(metric.root()).ok();
    let entry = page.vocabulary.entry(metric).or_else(|| root.as_ref().and_then(|root| page.vocabulary.entry(root)));
    entry.map_or(MetricKind::Flow, |entry| entry.kind)
}

fn unit_of(
    page: &Page<'_>,
    head: &Head,
    metric: Option<&Metric>,
    measure: Measure,
    number: &Number,
    line: usize,
) -> Option<Unit> {
    if number.percent || measure.is_percent() {
        return Some(Unit::Percent);
    }
    if let Some(currency) = number.currency {
        return Some(Unit::money(currency, number.scale.unwrap_or(Scale::One)));
    }
    let entry = metric.and_then(|metric| page.vocabulary.entry(metric));
    match entry.map(|entry| entry.unit.as_str()) {
        Some("per_share") => return Some(Unit::money(page.company.currency, Scale::One)),
        Some("%") => return Some(Unit::Percent),
        Some(noun) if !noun.is_empty() && noun != "money" => return Some(Unit::count(noun)),
        _ => {}
    }
    head.unit.clone().or_else(|| page.outline.scopes[line].unit.clone())
}
