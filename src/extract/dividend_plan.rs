//! Dividends whose plan a line revises: `Revised the year-end dividend plan from the previous JPY8.75 to JPY10.00 per share`, `Revised
//! FY11 year-end dividend plan to JPY1,750 from JPY1,500 per share: year total of JPY3,250`.

use std::collections::BTreeSet;

use super::scan::Token;
use super::{Number, Page, Statement, Time};
use crate::model::{Basis, Fact, Measure, Metric, Period, Quarter, Scale, Unit};

/// How many words may stand between the verb and the dividend.
const REACH: usize = 6;
/// How many words may stand between the two amounts, and behind them before `per share`.
const NEAR: usize = 3;

/// The facts of such lines.
pub(super) fn read(page: &Page<'_>, _taken: &BTreeSet<(usize, usize)>) -> Vec<Fact> {
    page.text.tokens.iter().filter_map(|tokens| plan(page, tokens)).flatten().collect()
}

fn plan(page: &Page<'_>, tokens: &[Token]) -> Option<Vec<Fact>> {
    let words = page.vocabulary.words();
    let is = |at: usize, list: &[&str]| tokens[at].word().is_some_and(|word| list.contains(&&*word.to_lowercase()));
    let any = |at: usize, list: &[String]| tokens[at].word().is_some_and(|w| list.contains(&w.to_lowercase()));
    let verb = (0..tokens.len()).find(|at| any(*at, &words.revised))?;
    let dividend = (verb..tokens.len().min(verb + REACH)).find(|at| is(*at, &["dividend", "dividends"]))?;
    let money = |at: &usize| amount(&tokens[*at]).is_some();
    let first = (dividend..tokens.len()).find(money)?;
    let second = (first + 1..tokens.len().min(first + 2 + NEAR)).find(money)?;
    let per_share = (second + 1..tokens.len().min(second + 1 + NEAR)).any(|at| is(at, &["share"]));
    let says = |from: usize, to: usize, word: &str| (from..to).any(|at| is(at, &[word]));
    let falls = says(dividend, first, "from") && says(first, second, "to");
    let turned = says(dividend, first, "to") && says(first, second, "from");
    if !per_share || falls == turned {
        return None;
    }
    let named = tokens[verb..first].iter().find_map(|token| match token.time() {
        Some(Time::At(Period::Year(year))) => Some(year),
        _ => None,
    });
    let year = named.or_else(|| page.outline.period?.fiscal_year())?;
    let calendar = &page.company.fiscal_year;
    let part = |list: &[String]| (verb..dividend).any(|at| any(at, list));
    let period = match (part(&words.year_end), part(&words.interim)) {
        (true, false) => Period::Instant(calendar.end(Period::Year(year))),
        (false, true) => Period::Instant(calendar.end(Period::Quarter(Quarter::new(year, 2)?))),
        _ => return None,
    };
    let label = page.text.slice(tokens[verb].line, tokens[verb + 1].from, tokens[dividend].to);
    let fact = |at: usize, period, basis| {
        let number = amount(&tokens[at])?;
        let says = Statement {
            metric: Metric::new("dividend_per_share").ok(),
            label: label.clone(),
            period,
            basis,
            measure: Measure::Level,
            value: number.signed(),
            unit: Unit::money(number.currency?, Scale::One),
            approx: false,
        };
        Some(page.fact(tokens[at].line, number.from, number.to, says))
    };
    let (before, after) = if falls { (first, second) } else { (second, first) };
    let mut facts = vec![fact(before, period, Basis::TargetInitial)?, fact(after, period, Basis::TargetRevised)?];
    let whole = (second + 1..tokens.len().min(second + 2 + 3 * NEAR)).find(money);
    let whole = whole.filter(|at| says(second, *at, "total"));
    facts.extend(whole.and_then(|at| fact(at, Period::Year(year), Basis::TargetRevised)));
    Some(facts)
}

fn amount(token: &Token) -> Option<&Number> {
    token.number().filter(|number| number.currency.is_some() && number.scale.is_none())
}
