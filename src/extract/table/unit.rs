//! The unit of one figure of a table.

use super::super::Page;
use super::super::number::Number;
use super::doubt;
use crate::model::{Measure, Metric, Scale, Unit};

/// A figure as printed.
pub struct Printed<'a> {
    /// The number.
    pub number: &'a Number,
    /// Its line, from 0.
    pub line: usize,
    /// The unit in its label's brackets.
    pub of_label: Option<&'a Unit>,
}

/// The unit of a figure: its own, that of what its metric counts, its label's, its column's or table's, its section's.
pub fn of(
    page: &Page<'_>,
    head: Option<&Unit>,
    metric: Option<&Metric>,
    measure: Measure,
    printed: &Printed<'_>,
) -> Option<Unit> {
    let Printed { number, line, of_label } = *printed;
    if number.percent || measure.is_percent() {
        return Some(Unit::Percent);
    }
    let entry = metric.and_then(|metric| page.vocabulary.entry(metric));
    let kind = entry.map(|entry| entry.unit.as_str());
    let scope = &page.outline.scopes[line];
    if let Some(currency) = number.currency {
        let amount = kind == Some("money") || kind.is_none() && number.magnitude.scale() == 0;
        let of_table = scope.unit.clone().filter(|unit| unit.currency() == Some(currency) && amount);
        let signed = number.scale.is_none() && is_symbol(page, line, number);
        return of_table.filter(|_| signed).or(Some(Unit::money(currency, number.scale.unwrap_or(Scale::One))));
    }
    match kind {
        Some("per_share") => return Some(Unit::money(page.company.currency, Scale::One)),
        Some("%") => return Some(Unit::Percent),
        Some(noun) if !noun.is_empty() && noun != "money" => {
            let scale = if noun == "shares" { scope.shares.unwrap_or(Scale::One) } else { Scale::One };
            let named = of_label.cloned().filter(|unit| matches!(unit, Unit::Count { .. }));
            return Some(named.unwrap_or_else(|| Unit::count(noun).at(scale)));
        }
        _ => {}
    }
    let declared = of_label.or(head).or(scope.unit.as_ref()).cloned();
    declared.or_else(|| Some(doubt::placeholder()))
}

/// Whether a currency's sign, not its code, stands before a figure: in tables only the first and last rows carry it.
fn is_symbol(page: &Page<'_>, line: usize, number: &Number) -> bool {
    let before = page.text.lines[line][..number.from].iter().rev().find(|c| !c.is_whitespace());
    before.is_some_and(|c| matches!(c, '$' | '¥' | '￥' | '€' | '£'))
}
