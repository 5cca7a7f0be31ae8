//! European reports print the figure of the year before in brackets: `Net sales amounted to SEK 877m (828)`, `an operating margin of
//! 12.4% (8.4%)`. A document that does so a few times means it everywhere.

use chrono::Datelike;
use rust_decimal::Decimal;

use super::super::Page;
use super::element::{Element, Role};
use crate::extract::number::{Number, Sign};
use crate::extract::scan::Token;
use crate::model::{Basis, Fact, Measure};

/// How often a document must print such brackets.
const FEWEST: usize = 3;

/// Whether the document prints figures of the year before in brackets behind amounts with their currency.
pub(super) fn is_custom(page: &Page<'_>) -> bool {
    let all = page.text.tokens.iter().flat_map(|line| (1..line.len()).map(move |at| (line, at)));
    let money = |(line, at): &(&Vec<Token>, usize)| {
        let Some(before) = line[at - 1].number().filter(|n| n.currency.is_some() && !n.percent) else { return false };
        alone(&line[*at..]).is_some_and(|number| !number.percent && is_like(number, before))
    };
    all.filter(money).take(FEWEST).count() == FEWEST
}

/// The number that stands alone in brackets at the start of these tokens.
fn alone(tokens: &[Token]) -> Option<&Number> {
    if let Some(number) = tokens.first()?.number() {
        return (number.sign == Sign::Paren).then_some(number);
    }
    let number = tokens.get(1)?.number()?;
    (tokens[0].is_mark('(') && tokens.get(2)?.is_mark(')')).then_some(number)
}

/// Whether a figure in brackets prints no currency of its own, or the same with the same scale.
fn is_like(number: &Number, before: &Number) -> bool {
    number.currency.is_none() && number.scale.is_none()
        || number.currency == before.currency && number.scale == before.scale
}

/// `Revenue was £841.7m (2019: £884.3m)`: the fact that a figure behind its year states, right behind the figure that made `last`.
pub(super) fn of_named_year(page: &Page<'_>, elements: &[Element], at: usize, last: Option<&Fact>) -> Option<Fact> {
    let [of, open, year, colon] = elements.get(at.checked_sub(4)?..at)? else { return None };
    let (Role::Figure(of_number), Role::Figure(year), Role::Figure(number)) =
        (&of.role, &year.role, &elements[at].role)
    else {
        return None;
    };
    let last = last.filter(|fact| fact.source.line == of.line + 1 && fact.source.column == of_number.from + 1)?;
    let before = last.period.year_before();
    let calendar = &page.company.fiscal_year;
    // Where fiscal years are not those of the calendar, a bare year may be either.
    let plain = calendar.first_month == 1 && year.currency.is_none();
    let named = plain && Decimal::from(calendar.end(before).year()) == year.magnitude;
    let like = number.currency == of_number.currency && number.scale == of_number.scale;
    let placed = matches!(open.role, Role::Open(_)) && colon.role == Role::Colon;
    if !(named && like && placed && last.measure == Measure::Level && last.basis == Basis::Actual) {
        return None;
    }
    let mut fact = last.clone();
    fact.period = before;
    fact.value = number.signed();
    fact.source.line = elements[at].line + 1;
    fact.source.column = number.from + 1;
    fact.source.printed = page.text.slice(elements[at].line, number.from, number.to);
    Some(fact)
}

/// The fact of the year before that a figure in brackets states: it stands right behind the figure that made `last`.
pub(super) fn year_before(page: &Page<'_>, elements: &[Element], at: usize, last: Option<&Fact>) -> Option<Fact> {
    let Role::Figure(number) = &elements[at].role else { return None };
    let wrapped = at > 0 && elements[at - 1].is("(") && elements.get(at + 1).is_some_and(|next| next.is(")"));
    if !(wrapped || number.sign == Sign::Paren) {
        return None;
    }
    let head = at - usize::from(wrapped);
    let behind_word = head > 1 && elements[head - 1].role == Role::Percent;
    let before = &elements[head.checked_sub(if behind_word { 2 } else { 1 })?];
    let Role::Figure(of) = &before.role else { return None };
    let last = last.filter(|fact| fact.source.line == before.line + 1 && fact.source.column == of.from + 1)?;
    let fits = match of.percent || behind_word {
        true => number.percent || behind_word,
        false => of.currency.is_some() && !number.percent && is_like(number, of),
    };
    if !fits || !matches!(last.measure, Measure::Level | Measure::MarginPct) || last.basis != Basis::Actual {
        return None;
    }
    let value = if number.sign == Sign::Minus { -number.magnitude } else { number.magnitude };
    let mut fact = last.clone();
    fact.period = last.period.year_before();
    fact.value = value;
    fact.source.line = elements[at].line + 1;
    let from = number.from + usize::from(number.sign == Sign::Paren);
    let to = if number.sign == Sign::Paren { number.to - 1 } else { number.to };
    fact.source.column = from + 1;
    fact.source.printed = page.text.slice(elements[at].line, from, to);
    Some(fact)
}
