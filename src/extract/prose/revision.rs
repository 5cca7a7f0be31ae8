//! Targets that a sentence replaces: `the target was revised from JPY65.0 billion to JPY60.5 billion`, `regarding our target of JPY250
//! billion …, we now estimate it would be around JPY220 billion`.

use super::super::Page;
use super::element::{Element, Role};
use crate::extract::number::Number;
use crate::model::{Basis, Fact, Measure, Scale, Unit};
use crate::vocabulary::has_any;

/// How many words may stand between an estimate and its figure.
const REACH: usize = 8;

/// The target that the revised one in `last` replaces: `from … to …` right before it.
pub(super) fn superseded(page: &Page<'_>, elements: &[Element], at: usize, last: Option<&Fact>) -> Option<Fact> {
    let last = last.filter(|fact| fact.basis == Basis::TargetRevised && stands_at(fact, &elements[at]))?;
    let [from, before, to] = elements.get(at.checked_sub(3)?..at)? else { return None };
    let number = figure(before).filter(|_| from.is("from") && to.is("to"))?;
    let unit = unit_of(number).filter(|unit| *unit == last.unit)?;
    Some(restated(page, last, before, number, unit, Basis::TargetInitial))
}

/// The figure that replaces the target in `last`, where a later clause of the sentence now estimates `it`.
pub(super) fn replacing(page: &Page<'_>, elements: &[Element], at: usize, last: Option<&Fact>) -> Option<Fact> {
    let last = last.filter(|fact| fact.basis.is_target() && fact.measure == Measure::Level)?;
    let number = figure(&elements[at])?;
    let start = elements[..at].iter().rposition(|e| matches!(e.role, Role::Stop | Role::Figure(_)))?;
    let near = &elements[start.max(at.saturating_sub(REACH))..at];
    let words = page.vocabulary.words();
    let estimated = near.iter().position(|e| has_any(&e.text, &words.outlook))?;
    let now = near[..estimated].iter().any(|e| e.is("now"));
    let it = near[estimated..].iter().any(|e| e.is("it"));
    let of_sentence = elements[..at].iter().rev().take_while(|e| e.role != Role::Stop).any(|e| stands_at(last, e));
    let unit = unit_of(number).filter(|unit| *unit == last.unit && now && it && of_sentence)?;
    let mut fact = restated(page, last, &elements[at], number, unit, Basis::TargetRevised);
    fact.approx = near.iter().any(|e| e.role == Role::Approx);
    Some(fact)
}

fn figure(element: &Element) -> Option<&Number> {
    match &element.role {
        Role::Figure(number) => Some(number),
        _ => None,
    }
}

fn unit_of(number: &Number) -> Option<Unit> {
    number.currency.map(|currency| Unit::money(currency, number.scale.unwrap_or(Scale::One)))
}

/// Whether a fact was made of the figure of an element.
fn stands_at(fact: &Fact, element: &Element) -> bool {
    figure(element).is_some_and(|n| fact.source.line == element.line + 1 && fact.source.column == n.from + 1)
}

fn restated(page: &Page<'_>, of: &Fact, element: &Element, number: &Number, unit: Unit, basis: Basis) -> Fact {
    let mut fact = of.clone();
    fact.basis = basis;
    fact.value = number.signed();
    fact.unit = unit;
    fact.source.line = element.line + 1;
    fact.source.column = number.from + 1;
    fact.source.printed = page.text.slice(element.line, number.from, number.to);
    fact
}
