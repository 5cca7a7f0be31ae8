//! Figures without labels: a column of amounts whose labels stand elsewhere on the slide. An amount is read only where the
//! tables of the same document state the very same figures for one metric and one period: an amount with its growth rate, or
//! the initial and the revised target of one row.

use std::collections::{BTreeMap, BTreeSet};

use super::number::{Number, Sign};
use super::scan::Token;
use super::{Page, Statement};
use crate::model::{Basis, Fact, Measure, Metric, Period, Scale, Unit};
use crate::vocabulary::{has_any, normalize};

/// What tables state of one metric, period and basis.
#[derive(Default)]
struct Stated<'a> {
    levels: Vec<&'a Fact>,
    growths: Vec<&'a Fact>,
}

impl<'a> Stated<'a> {
    /// The level that states the very same amount; a document prints one figure in millions and in billions.
    fn level(&self, number: &Number) -> Option<&'a Fact> {
        self.levels.iter().copied().find(|fact| is_same(number, fact))
    }
}

type Tables<'a> = BTreeMap<(Metric, Period, Basis), Stated<'a>>;

/// An amount of a line and the change in parentheses behind it.
struct Amount<'a> {
    number: &'a Number,
    change: Option<(&'a Number, bool)>,
}

/// The facts of lines that hold nothing but amounts and changes.
pub(super) fn read(page: &Page<'_>, taken: &BTreeSet<(usize, usize)>, tables: &[Fact]) -> Vec<Fact> {
    let stated = index(tables);
    (0..page.text.lines.len())
        .filter_map(|line| Some((line, amounts(page, line, taken)?)))
        .flat_map(|(line, amounts)| read_line(page, line, &amounts, &stated))
        .collect()
}

fn index(tables: &[Fact]) -> Tables<'_> {
    let mut stated = Tables::new();
    for fact in tables {
        let Some(metric) = &fact.metric else { continue };
        let entry = stated.entry((metric.clone(), fact.period, fact.basis)).or_default();
        match fact.measure {
            Measure::Level => entry.levels.push(fact),
            Measure::YoyPct => entry.growths.push(fact),
            _ => {}
        }
    }
    stated
}

/// The amounts of a line whose only words are those of changes: `JPY97.3 billion (up 18.1% YoY)`.
fn amounts<'a>(page: &'a Page<'_>, line: usize, taken: &BTreeSet<(usize, usize)>) -> Option<Vec<Amount<'a>>> {
    let tokens = before_title(&page.text.tokens[line]);
    let words = page.vocabulary.words();
    let of_changes = |word: &str| {
        let key = normalize(word);
        has_any(&key, &words.up) || has_any(&key, &words.down) || has_any(&key, &words.yoy)
    };
    if !tokens.iter().filter_map(Token::word).all(of_changes) || tokens.iter().any(|token| token.time().is_some()) {
        return None;
    }
    let mut found: Vec<Amount<'a>> = Vec::new();
    for (at, token) in tokens.iter().enumerate() {
        let Some(number) = token.number() else { continue };
        if taken.contains(&(line + 1, number.from + 1)) {
            return None;
        }
        if number.currency.is_some() && number.scale.is_some() && !number.percent {
            found.push(Amount { number, change: None });
            continue;
        }
        let before = at.checked_sub(1).and_then(|before| tokens[before].word()).map(normalize);
        let down = before.is_some_and(|word| has_any(&word, &words.down));
        match found.last_mut() {
            Some(last) if number.percent && last.change.is_none() => last.change = Some((number, down)),
            _ => return None,
        }
    }
    (!found.is_empty()).then_some(found)
}

/// The tokens up to a title in angle brackets, which is of what follows: `JPY3.6 billion (up 13.7% YoY) ≪FY2012 Target≫`.
fn before_title(tokens: &[Token]) -> &[Token] {
    let title = tokens.iter().position(|token| ['≪', '《', '<', '＜'].iter().any(|mark| token.is_mark(*mark)));
    title.map_or(tokens, |at| &tokens[..at])
}

fn read_line(page: &Page<'_>, line: usize, amounts: &[Amount<'_>], stated: &Tables<'_>) -> Vec<Fact> {
    if amounts.len() >= 2 && amounts[..amounts.len() - 1].iter().all(|amount| amount.change.is_none()) {
        return row_of_targets(page, line, amounts, stated);
    }
    amounts.iter().flat_map(|amount| alone(page, line, amount, stated)).collect()
}

/// An amount and its growth rate that one row of a table states both.
fn alone(page: &Page<'_>, line: usize, amount: &Amount<'_>, stated: &Tables<'_>) -> Vec<Fact> {
    let Some((change, _)) = amount.change else { return Vec::new() };
    let fits = |(_, row): &(&(Metric, Period, Basis), &Stated<'_>)| {
        let growth = row.growths.iter().any(|fact| fact.value.abs() == change.magnitude);
        growth && row.level(amount.number).is_some()
    };
    match stated.iter().filter(fits).collect::<Vec<_>>().as_slice() {
        [(key, row)] => facts(page, line, amount, key, row),
        _ => Vec::new(),
    }
}

/// Amounts side by side: the targets of one metric and period, each on a basis of its own.
fn row_of_targets(page: &Page<'_>, line: usize, amounts: &[Amount<'_>], stated: &Tables<'_>) -> Vec<Fact> {
    let rows: BTreeSet<(&Metric, Period)> = stated.keys().map(|(metric, period, _)| (metric, *period)).collect();
    let matched: Vec<Vec<_>> = rows
        .into_iter()
        .filter_map(|(metric, period)| {
            let bases = [Basis::TargetInitial, Basis::TargetRevised];
            let row: Vec<_> = amounts
                .iter()
                .zip(bases)
                .filter_map(|(amount, basis)| {
                    let key = (metric.clone(), period, basis);
                    let row = stated.get(&key)?;
                    row.level(amount.number).map(|_| (amount, key, row))
                })
                .collect();
            (row.len() == amounts.len()).then_some(row)
        })
        .collect();
    match matched.as_slice() {
        [row] => row.iter().flat_map(|(amount, key, row)| facts(page, line, amount, key, row)).collect(),
        _ => Vec::new(),
    }
}

/// The same amount in the same unit, whatever zeros are printed behind it.
fn is_same(number: &Number, fact: &Fact) -> bool {
    let unit = number.currency.map(|currency| Unit::money(currency, number.scale.unwrap_or(Scale::One)));
    unit.as_ref() == Some(&fact.unit) && number.magnitude == fact.value.abs() && number.sign == Sign::None
}

fn facts(
    page: &Page<'_>,
    line: usize,
    amount: &Amount<'_>,
    (metric, period, basis): &(Metric, Period, Basis),
    row: &Stated<'_>,
) -> Vec<Fact> {
    let Some(level) = row.level(amount.number) else { return Vec::new() };
    let says = |measure, value, unit| Statement {
        metric: Some(metric.clone()),
        label: level.label.clone(),
        period: *period,
        basis: *basis,
        measure,
        value,
        unit,
        approx: false,
    };
    let number = amount.number;
    let mut facts =
        vec![page.fact(line, number.from, number.to, says(Measure::Level, level.value, level.unit.clone()))];
    if let Some((change, down)) = amount.change {
        let value = if down { -change.magnitude } else { change.magnitude };
        facts.push(page.fact(line, change.from, change.to, says(Measure::YoyPct, value, Unit::Percent)));
    }
    facts
}
