//! The rows of a table: each figure with its label and its column becomes a fact.

use super::super::flat::place::{self, Edge, Place as StatementPlace};
use super::super::label::{self, Named};
use super::super::number::{Number, Sign};
use super::super::{Page, Statement, Time};
use super::doubt::{Table, UnitOf};
use super::grid::{self, Cell, Row, is_figure_cell};
use super::head::{Against, Column, Head, Holds, basis_of};
use super::unit::{self, Printed};
use super::{order, title};
use crate::model::{Basis, Calendar, Fact, Measure, Metric, MetricKind, Period, Quarter, Scale, Unit};
use crate::vocabulary::{has_any, normalize};

/// A row's label and what it names.
struct RowName {
    label: String,
    named: Named,
    /// A time in the label, where the year stands in the column: `1Q (June revenue)`.
    bare: Option<u8>,
    /// The words in the label's parentheses: what a parenthesised second figure is (`of GIO P2-related`, `June revenue`).
    inner: Option<String>,
    /// For cash at the beginning or the end of a span: which.
    edge: Option<Edge>,
    /// The unit in the label's brackets.
    unit: Option<Unit>,
}

/// A head and what its rows have in common.
struct Layout<'a> {
    head: &'a Head,
    /// Whether a percentage beside an amount is its change over last year (some carry a sign), not its share of revenue.
    beside_is_change: bool,
    /// The column of the labels.
    labels: usize,
}

/// The table of all rows under one head.
pub fn read_all(page: &Page<'_>, head: &Head, head_rows: &[Row<'_>], rows: &[Row<'_>]) -> Table {
    let rows: Vec<Row<'_>> = rows.iter().map(|row| order::align(head, row)).collect();
    let data: Vec<&Row<'_>> = rows.iter().filter(|row| has_figures(head, row)).collect();
    let all: Vec<&Row<'_>> = head_rows.iter().chain(&rows).collect();
    let (Some(first), Some(last)) = (data.first(), data.last()) else {
        return Table { facts: Vec::new(), apart: None, unit_of: UnitOf::Section };
    };
    let context = title::context_of(page, first.line);
    let apart = title::apart(page, first.line);
    let layout = Layout { head, beside_is_change: beside_is_change(&data), labels: grid::label_column(&data) };
    let label_of = |row: &Row<'_>| row.label(page.text, layout.labels);
    let unlabelled = data.iter().filter(|row| label_of(row).is_none()).count();
    let title = title::name_of(page, first.line, last.line);
    let mut facts = Vec::new();
    let mut pending: Vec<(&Row<'_>, String)> = Vec::new();
    let mut above: Option<Named> = None;
    let mut statement = StatementPlace::default();
    statement.open(&title::titles_of(page, all.first().map_or(first.line, |row| row.line)), first.line, page);
    for row in all {
        if !data.iter().any(|other| other.line == row.line) {
            if let Some(section) = section_of(page, row) {
                statement.enter(&section, page);
            }
            continue;
        }
        let label = label_of(row);
        if let Some(label) = label.as_ref().filter(|label| is_share_label(page, label)) {
            let name = above.as_ref().map(|above| of_share(label, above));
            facts.extend(name.iter().flat_map(|name| read_row(page, &layout, row, name)));
            continue;
        }
        if head.has_shares && is_share_row(head, row) {
            pending.push((row, label.unwrap_or_default()));
            continue;
        }
        let label = match label {
            Some(label) => label,
            None if unlabelled == 1 || !pending.is_empty() => title.clone(),
            None => continue,
        };
        let parts: Vec<&str> = pending.iter().map(|(_, part)| part.as_str()).chain([label.as_str()]).collect();
        let mut name = name(page, parts.join(" ").trim(), &title, &context);
        if context.segment.is_none() {
            complete(page, &mut name, &mut statement);
        }
        for (share_row, _) in pending.drain(..) {
            facts.extend(read_row(page, &layout, share_row, &name));
        }
        facts.extend(read_row(page, &layout, row, &name));
        above = name.named.metric.is_some().then_some(name.named);
    }
    Table { facts, apart, unit_of: unit_origin(page, head, first.line) }
}

/// `% of net sales` alone: the shares of the amounts in the row above.
fn is_share_label(page: &Page<'_>, label: &str) -> bool {
    let key = normalize(label);
    key.starts_with('%') && page.vocabulary.words().share.iter().any(|phrase| normalize(phrase) == key)
}

fn of_share(label: &str, above: &Named) -> RowName {
    let named = Named { measure: share_measure(above.metric.as_ref()), loss: false, ..above.clone() };
    RowName { label: label.to_owned(), named, bare: None, inner: None, edge: None, unit: None }
}

/// The words of a row without figures: a section of the statement.
fn section_of(page: &Page<'_>, row: &Row<'_>) -> Option<String> {
    let mut cells = row.cells.iter().filter(|cell| !cell.tokens.is_empty());
    let (first, rest) = (cells.next()?, cells.next());
    let words = first.has_word() && first.periods().is_empty() && !first.opens_time();
    let text = first.text(page.text, row.line);
    let unit = super::super::units::unit_in(&text.to_lowercase(), page.company.currency).is_some();
    (words && rest.is_none() && !unit).then_some(text)
}

/// What the label names by its place in the statement, where it names nothing alone: a part below its total, `Total` and `Basic`
/// under their section, cash at the beginning.
fn complete(page: &Page<'_>, name: &mut RowName, statement: &mut StatementPlace) {
    let (bare, unit) = place::unit_in_label(&name.label, page);
    let here = statement.row(&bare, page);
    name.unit = unit;
    if name.bare.is_some() {
        return;
    }
    if here.of_owners {
        name.named = here.named;
        return;
    }
    if name.named.metric.is_none() || here.edge == Some(Edge::Beginning) {
        name.named = Named { loss: name.named.loss || here.named.loss, ..here.named };
        name.edge = here.edge;
    }
}

/// Whether figures stand under the head's columns, and none that names its period itself (`FY10 : 12,449` is no row).
fn has_figures(head: &Head, row: &Row<'_>) -> bool {
    let names_itself =
        |cell: &Cell<'_>| is_figure_cell(cell) && cell.tokens.first().is_some_and(|token| token.time().is_some());
    figures(head, row).next().is_some() && !row.cells.iter().any(names_itself)
}

/// The figure cells under columns that mean something.
fn figures<'a>(head: &'a Head, row: &'a Row<'_>) -> impl Iterator<Item = (&'a Cell<'a>, Column)> {
    let cells = row.cells.iter().enumerate().filter(|(_, cell)| is_figure_cell(cell));
    cells.filter_map(|(index, cell)| Some((cell, column_of(head, row, index)?)))
}

fn unit_origin(page: &Page<'_>, head: &Head, line: usize) -> UnitOf {
    let scope = &page.outline.scopes[line];
    match (&head.unit, &scope.unit, scope.unit_is_own) {
        (Some(_), _, _) | (_, Some(_), true) => UnitOf::Section,
        (None, Some(_), false) => UnitOf::Carried,
        (None, None, _) => UnitOf::Nowhere,
    }
}

/// Whether the percentages beside amounts carry signs.
fn beside_is_change(rows: &[&Row<'_>]) -> bool {
    let cells = rows.iter().flat_map(|row| &row.cells);
    cells.filter(|cell| is_figure_cell(cell)).any(|cell| {
        numbers_of(cell).skip(1).any(|number| number.percent && matches!(number.sign, Sign::Plus | Sign::Minus))
    })
}

/// Only unsigned percentages: the shares of the amounts in the row below.
fn is_share_row(head: &Head, row: &Row<'_>) -> bool {
    let mut numbers = figures(head, row).flat_map(|(cell, _)| numbers_of(cell)).peekable();
    numbers.peek().is_some() && numbers.all(|number| number.percent && number.sign == Sign::None)
}

fn numbers_of<'a>(cell: &'a Cell<'_>) -> impl Iterator<Item = &'a Number> {
    cell.tokens.iter().filter_map(|token| token.number())
}

fn name(page: &Page<'_>, label: &str, title: &str, context: &label::Context) -> RowName {
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
    if named.metric.is_none() && named.measure == Measure::Level && label::mentions_margin(names, page.vocabulary) {
        named.measure = Measure::MarginPct;
    }
    let label = if bare.is_some() { format!("{title}: {label}") } else { label.to_owned() };
    RowName { label, named, bare, inner, edge: None, unit: None }
}

/// `1Q (June revenue)` or `Full Year` as a row's label.
fn bare_time(page: &Page<'_>, label: &str) -> Option<u8> {
    let chars: Vec<char> = label.chars().collect();
    match super::super::time::read(&chars, 0, &page.company.fiscal_year)? {
        (Time::Bare(number), _) => Some(number),
        _ => None,
    }
}

fn read_row(page: &Page<'_>, layout: &Layout<'_>, row: &Row<'_>, name: &RowName) -> Vec<Fact> {
    let facts = figures(layout.head, row).flat_map(|(cell, column)| read_cell(page, layout, row, cell, &column, name));
    let mut kept: Vec<Fact> = Vec::new();
    for fact in facts {
        if !kept.iter().any(|other| contradicts(other, &fact)) {
            kept.push(fact);
        }
    }
    kept
}

/// Two amounts of one row at one day: the second column is that of another day, whose name is lost.
fn contradicts(one: &Fact, other: &Fact) -> bool {
    let same = one.metric == other.metric && one.period == other.period && one.basis == other.basis;
    let level = one.measure == Measure::Level && other.measure == Measure::Level && one.unit == other.unit;
    matches!(one.period, Period::Instant(_)) && same && level && one.metric.is_some() && one.value != other.value
}

/// The column's meaning; a column without one, right of a change, goes on with it (amount, then percent).
fn column_of(head: &Head, row: &Row<'_>, index: usize) -> Option<Column> {
    let here = head.columns.get(index).cloned().flatten();
    let left = || {
        let left = head.columns.get(index.checked_sub(1)?).cloned().flatten()?;
        let plain = row.cells[index].tokens.iter().filter(|token| token.word().is_some()).count() == 0;
        (matches!(left.holds, Holds::Change(_)) && plain).then_some(left)
    };
    here.or_else(left)
}

fn read_cell(
    page: &Page<'_>,
    layout: &Layout<'_>,
    row: &Row<'_>,
    cell: &Cell<'_>,
    column: &Column,
    name: &RowName,
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
        let Some((mut says, label)) = statement(page, layout, column, name, number, place, row.line) else { continue };
        says.approx = approx;
        says.basis = basis;
        says.label = label;
        let (from, to) = if number.sign == Sign::Paren && !says.value.is_sign_negative() {
            inside_parens(&page.text.lines[row.line], number)
        } else {
            (number.from, number.to)
        };
        facts.push(page.fact(row.line, from, to, says));
    }
    facts
}

/// Parentheses that mean no minus (a share, "of which") are not part of the figure.
fn inside_parens(line: &[char], number: &Number) -> (usize, usize) {
    let blank = |at: &usize| line[*at].is_whitespace();
    let from = (number.from + 1..number.to).find(|at| !blank(at)).unwrap_or(number.from);
    let to = (from..number.to - 1).rev().find(|at| !blank(at)).map_or(number.to, |at| at + 1);
    (from, to)
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
    layout: &Layout<'_>,
    column: &Column,
    name: &RowName,
    number: &Number,
    place: Place,
    line: usize,
) -> Option<(Statement, String)> {
    if column.holds == Holds::Unread {
        return None;
    }
    let (measure, from_name) = measure_of(layout, column, name, number, place);
    let mut label = name.label.clone();
    let mut metric = name.named.metric.clone();
    if metric.as_ref().is_some_and(|metric| metric.as_str() == "subscriptions") && is_money(page, name, line) {
        metric = None;
    }
    let mut period = period_of(column, name)?;
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
    let at_end = matches!(column.holds, Holds::Amount | Holds::Change(Against::Year));
    if stock && at_end && period.fiscal_year().is_some() {
        period = Period::Instant(page.company.fiscal_year.end(column.period));
        if name.edge == Some(Edge::Beginning) {
            period = page.company.fiscal_year.days(column.period).0.pred_opt().map(Period::Instant)?;
        }
    }
    let printed = Printed { number, line, of_label: name.unit.as_ref() };
    let of_head = column.unit.as_ref().filter(|unit| unit.currency().is_some()).or(layout.head.unit.as_ref());
    let unit = unit::of(page, of_head, metric.as_ref(), measure, &printed)?;
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
fn measure_of(layout: &Layout<'_>, column: &Column, name: &RowName, number: &Number, place: Place) -> (Measure, bool) {
    if let Holds::Change(against) = column.holds {
        return (against.measure(number.percent || column.unit == Some(Unit::Percent)), false);
    }
    if !number.percent {
        return (name.named.measure, true);
    }
    if !place.first && layout.beside_is_change || place.bracketed {
        return (Against::Year.measure(true), false);
    }
    let is_ratio = name.named.metric.as_ref().is_some_and(|metric| metric.as_str() == "equity_ratio");
    if is_ratio {
        return (Measure::Level, true);
    }
    if name.named.measure == Measure::MarginPct {
        return (Measure::MarginPct, true);
    }
    if layout.head.has_shares || !place.first || number.sign == Sign::Paren && !place.alone {
        return (share_measure(name.named.metric.as_ref()), false);
    }
    (Measure::Level, true)
}

/// Whether a table declares money for its figures, and a row counts nothing by its own words: `Subscription` among revenues.
fn is_money(page: &Page<'_>, name: &RowName, line: usize) -> bool {
    let scope = &page.outline.scopes[line];
    let declared = matches!(scope.unit, Some(Unit::Money { scale, .. }) if scale != Scale::One);
    declared && scope.unit_is_own && !matches!(name.unit, Some(Unit::Count { .. }))
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

fn period_of(column: &Column, name: &RowName) -> Option<Period> {
    match (name.bare, column.period) {
        (None, period) => Some(period),
        (Some(0), Period::Year(year)) => Some(Period::Year(year)),
        (Some(number), Period::Year(year)) => Quarter::new(year, number).map(Period::Quarter),
        _ => None,
    }
}

/// `(June revenue)` in the label of a quarter: the second figure is that month's.
fn month_of(name: &RowName, period: Period, calendar: &Calendar) -> Option<Period> {
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
