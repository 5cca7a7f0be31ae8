//! Tables without a head: a label, its amount, and the change in parentheses, each in a cell of its own. The period is that of
//! the words above them.

use super::super::label;
use super::super::number::{Number, Sign};
use super::super::{Page, Statement};
use super::grid::Row;
use super::title;
use crate::model::{Basis, Fact, Measure, Period, Scale, Unit};
use crate::vocabulary::{has_any, normalize};

/// The facts of rows like `• Revenues ⇥ JPY26,441 million ⇥ (up 6.4% YoY)`.
pub fn read_all(page: &Page<'_>, rows: &[Row<'_>]) -> Vec<Fact> {
    let Some(first) = rows.first() else { return Vec::new() };
    if title::is_apart(page, first.line) {
        return Vec::new();
    }
    let Some(period) = title::period_of(page, first.line) else { return Vec::new() };
    rows.iter().flat_map(|row| read_row(page, row, period)).collect()
}

fn read_row(page: &Page<'_>, row: &Row<'_>, period: Period) -> Vec<Fact> {
    let [label_cell, amount_cell, change_cell] = row.cells.as_slice() else { return Vec::new() };
    if !label_cell.has_word() || label_cell.has_number() {
        return Vec::new();
    }
    let only = |tokens: &[super::super::scan::Token]| match tokens {
        [one] => one.number().cloned(),
        _ => None,
    };
    let Some(amount) = only(amount_cell.tokens).filter(|number| number.currency.is_some()) else { return Vec::new() };
    let label = label_cell.text(page.text, row.line);
    let context = title::context_of(page, row.line);
    let named = label::resolve(&label, &context, page.vocabulary);
    let Some(metric) = named.metric else { return Vec::new() };
    let unit = amount.currency.map(|currency| Unit::money(currency, amount.scale.unwrap_or(Scale::One)));
    let Some(unit) = unit else { return Vec::new() };
    let says = |measure, value, unit| Statement {
        metric: Some(metric.clone()),
        label: label.clone(),
        period,
        basis: Basis::Actual,
        measure,
        value,
        unit,
        approx: false,
    };
    let level = if named.loss && amount.sign == Sign::None { -amount.magnitude } else { amount.signed() };
    let mut facts = vec![page.fact(row.line, amount.from, amount.to, says(named.measure, level, unit))];
    if let Some((change, value, measure)) = change_of(page, change_cell.tokens) {
        facts.push(page.fact(row.line, change.from, change.to, says(measure, value, Unit::Percent)));
    }
    facts
}

/// `(up 6.4% YoY)`.
fn change_of<'a>(
    page: &Page<'_>,
    tokens: &'a [super::super::scan::Token],
) -> Option<(&'a Number, rust_decimal::Decimal, Measure)> {
    let words = page.vocabulary.words();
    let said: Vec<&str> = tokens.iter().filter_map(|token| token.word()).collect();
    let key = normalize(&said.join(" "));
    let numbers: Vec<&Number> = tokens.iter().filter_map(|token| token.number()).collect();
    let [number] = numbers.as_slice() else { return None };
    let measure = match (has_any(&key, &words.yoy), has_any(&key, &words.qoq)) {
        (true, false) => Measure::YoyPct,
        (false, true) => Measure::QoqPct,
        _ => return None,
    };
    let (up, down) = (has_any(&key, &words.up), has_any(&key, &words.down));
    let signed = if down { -number.magnitude } else { number.magnitude };
    (number.percent && up != down).then_some((*number, signed, measure))
}
