//! Tables without a head: a label, its amount, and the change behind it, each in a cell of its own or its parts in several. The
//! period is that of the words above them.

use rust_decimal::Decimal;

use super::super::label;
use super::super::number::{Number, Sign};
use super::super::scan::Token;
use super::super::{Page, Statement};
use super::grid::Row;
use super::title;
use crate::model::{Basis, Fact, Measure, Period, Scale, Unit};
use crate::vocabulary::{has_any, normalize};

/// The facts of rows like `• Revenues ⇥ JPY26,441 million ⇥ (up 6.4% YoY)`, `Revenues ⇥ JPY226.3 billion ⇥ up ⇥ 6.3 ⇥ %`.
pub fn read_all(page: &Page<'_>, rows: &[Row<'_>]) -> Vec<Fact> {
    let Some(first) = rows.first() else { return Vec::new() };
    if title::apart(page, first.line).is_some() {
        return Vec::new();
    }
    let Some((period, basis)) = title::time_of(page, first.line) else { return Vec::new() };
    rows.iter().flat_map(|row| read_row(page, row, period, basis)).collect()
}

fn read_row(page: &Page<'_>, row: &Row<'_>, period: Period, basis: Basis) -> Vec<Fact> {
    let [label_cell, amount_cell, rest @ ..] = row.cells.as_slice() else { return Vec::new() };
    if !label_cell.has_word() || label_cell.has_number() {
        return Vec::new();
    }
    let only = |tokens: &[Token]| match tokens {
        [one] => one.number().cloned(),
        _ => None,
    };
    let Some(amount) = only(amount_cell.tokens).filter(|number| number.currency.is_some()) else { return Vec::new() };
    let label = label_cell.text(page.text, row.line);
    let context = title::context_of(page, row.line);
    let named = label::resolve(&label, &context, page.vocabulary);
    let Some(metric) = named.metric else { return Vec::new() };
    let Some(unit) = amount.currency.map(|currency| Unit::money(currency, amount.scale.unwrap_or(Scale::One))) else {
        return Vec::new();
    };
    let per_share = page.vocabulary.entry(&metric).is_some_and(|entry| entry.unit == "per_share");
    if per_share != (amount.scale.is_none()) {
        return Vec::new();
    }
    let says = |measure, value, unit| Statement {
        metric: Some(metric.clone()),
        label: label.clone(),
        period,
        basis,
        measure,
        value,
        unit,
        approx: false,
    };
    let level = if named.loss && amount.sign == Sign::None { -amount.magnitude } else { amount.signed() };
    let mut facts = vec![page.fact(row.line, amount.from, amount.to, says(named.measure, level, unit))];
    let behind: Vec<&Token> = rest.iter().flat_map(|cell| cell.tokens).collect();
    if let Some((change, value, measure)) = change_of(page, &behind) {
        facts.push(page.fact(row.line, change.from, change.to, says(measure, value, Unit::Percent)));
    }
    facts
}

/// `(up 6.4% YoY)`, `up`, `6.4`, `%`, `YoY2`.
fn change_of<'a>(page: &Page<'_>, tokens: &[&'a Token]) -> Option<(&'a Number, Decimal, Measure)> {
    let words = page.vocabulary.words();
    let said: Vec<&str> = tokens.iter().filter_map(|token| token.word()).collect();
    let key = normalize(&said.join(" "));
    let at = tokens.iter().position(|token| token.number().is_some())?;
    let number = tokens[at].number()?;
    let sign = tokens[at + 1..].iter().find(|token| !token.is_tab()).is_some_and(|token| token.is_mark('%'));
    let others = tokens[at + 1..].iter().any(|token| token.number().is_some());
    let measure = match (has_any(&key, &words.yoy), has_any(&key, &words.qoq)) {
        (true, false) => Measure::YoyPct,
        (false, true) => Measure::QoqPct,
        _ => return None,
    };
    let (up, down) = (has_any(&key, &words.up), has_any(&key, &words.down));
    let signed = if down { -number.magnitude } else { number.magnitude };
    ((number.percent || sign) && !others && up != down).then_some((number, signed, measure))
}
