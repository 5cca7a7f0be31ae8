//! Direction: a change in amount and one in percent go the same way, and two statements of one change do not say up and down.

use rust_decimal::Decimal;

use crate::history::gather::Stated;
use crate::model::{FigureId, Measure};

use super::finding::{Finding, Rule, Severity};
use super::sheet::Sheet;
use super::ties::Ties;

const PAIRS: [(Measure, Measure); 2] = [(Measure::YoyAbs, Measure::YoyPct), (Measure::QoqAbs, Measure::QoqPct)];

/// Every change in amount against the same change in percent.
pub(super) fn check(sheet: &Sheet<'_>, ties: &mut Ties) {
    for (amount, percent) in PAIRS {
        for (id, statements) in sheet.statements.iter().filter(|(id, _)| id.measure == amount) {
            for stated in statements {
                let rate = sheet.near(&FigureId { measure: percent, ..id.clone() }, &stated.fact.source);
                let Some(rate) = rate else { continue };
                ties.note(Rule::Direction, [&stated.fact, &rate.fact].into_iter(), false);
                ties.found.extend(opposed(stated, rate).then(|| finding(id, stated, rate)));
            }
        }
    }
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
        passages: Vec::new(),
        difference: Some(amount.interval.value.normalize()),
        tolerance: Some(Decimal::ZERO),
        unit: Some(amount.unit.clone()),
        sentence,
    }
}
