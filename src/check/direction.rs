//! Direction: a change in amount and one in percent go the same way, and two statements of one change do not say up and down.

use rust_decimal::Decimal;

use crate::history::gather::Stated;
use crate::model::{FigureId, Measure};

use super::finding::{Finding, Rule, Severity};
use super::sheet::Sheet;

const PAIRS: [(Measure, Measure); 2] = [(Measure::YoyAbs, Measure::YoyPct), (Measure::QoqAbs, Measure::QoqPct)];

/// Every change in amount against the same change in percent.
pub(super) fn check(sheet: &Sheet<'_>) -> Vec<Finding> {
    let mut found = Vec::new();
    for (amount, percent) in PAIRS {
        for (id, statements) in sheet.statements.iter().filter(|(id, _)| id.measure == amount) {
            for stated in statements {
                let rate = sheet.near(&FigureId { measure: percent, ..id.clone() }, &stated.fact.source);
                found.extend(rate.filter(|rate| opposed(stated, rate)).map(|rate| finding(id, stated, rate)));
            }
        }
    }
    found
}

/// Whether one rises and the other falls, beyond rounding.
fn opposed(a: &Stated, b: &Stated) -> bool {
    let clear = |stated: &Stated| stated.interval.value.abs() > stated.last_digit();
    clear(a) && clear(b) && a.interval.value.is_sign_negative() != b.interval.value.is_sign_negative()
}

fn finding(id: &FigureId, amount: &Stated, rate: &Stated) -> Finding {
    let way = |stated: &Stated| if stated.interval.value.is_sign_negative() { "down" } else { "up" };
    let sentence = format!(
        "{} {} is {} by {} {} and {} by {} %",
        id.metric,
        id.period,
        way(amount),
        amount.interval.value.abs().normalize(),
        amount.unit,
        way(rate),
        rate.interval.value.abs().normalize()
    );
    Finding {
        company: amount.fact.company.clone(),
        severity: Severity::Error,
        rule: Rule::Direction,
        figure: Some(id.clone()),
        figures: vec![amount.fact.clone(), rate.fact.clone()],
        difference: amount.interval.value.normalize(),
        tolerance: Decimal::ZERO,
        unit: amount.unit.clone(),
        sentence,
    }
}
