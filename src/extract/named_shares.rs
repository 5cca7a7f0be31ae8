//! Shares of persons and companies: lists in a cell (`NTT(24.4%), Itochu Corp.(5.1%)`) and tables of names with a column of
//! percentages (`Ownership`). They are never negative, and they stand at the day that the words above name.

use std::collections::BTreeSet;

use super::number::{Number, Sign};
use super::scan::{Kind, Token};
use super::{Page, Statement, Time};
use crate::model::{Basis, Fact, Measure, Period, Unit};
use crate::vocabulary::normalize;

/// How many lines above may name the day.
const REACH: usize = 6;

/// The facts of this form of text.
pub(super) fn read(page: &Page<'_>, _taken: &BTreeSet<(usize, usize)>) -> Vec<Fact> {
    (0..page.text.lines.len())
        .filter(|line| page.text.lines[*line].contains(&'\t'))
        .flat_map(|line| [list(page, line), table(page, line)].concat())
        .collect()
}

fn words(page: &Page<'_>, cell: &[Token]) -> Option<String> {
    let named = cell.iter().any(|token| token.word().is_some_and(|word| word.chars().any(char::is_alphabetic)));
    let bare = cell.iter().all(|token| token.number().is_none() && token.time().is_none());
    let (first, last) = (cell.first()?, cell.last()?);
    (named && bare).then(|| page.text.slice(first.line, first.from, last.to).trim().to_owned())
}

/// A label, then one cell with names, each with a percentage in brackets.
fn list(page: &Page<'_>, line: usize) -> Vec<Fact> {
    let cells = page.text.cells(line);
    let mut filled = cells.iter().filter(|cell| !cell.is_empty());
    let (Some(label), Some(said), None) = (filled.next(), filled.next(), filled.next()) else { return Vec::new() };
    let (Some(label), Some(period)) = (words(page, label), day_above(page, line)) else { return Vec::new() };
    let mut found = Vec::new();
    let mut name: &[Token] = &[];
    let mut start = 0;
    for (at, token) in said.iter().enumerate() {
        match &token.kind {
            Kind::Number(number) if number.percent && number.sign == Sign::Paren => {
                name = &said[start..at];
                let Some(text) = words(page, name) else { return Vec::new() };
                found.push(fact(page, line, number, &format!("{label}: {text}"), period));
                start = at + 1;
            }
            Kind::Mark(',') if start == at => start = at + 1,
            Kind::Number(_) | Kind::Time(_) => return Vec::new(),
            _ => {}
        }
    }
    if found.len() < 2 || name.is_empty() || start < said.len() { Vec::new() } else { found }
}

/// The rows below a head that calls one column a share: the name stands in the cell before it.
fn table(page: &Page<'_>, head: usize) -> Vec<Fact> {
    let shares = |cell: &&[Token]| {
        words(page, cell).is_some_and(|text| page.vocabulary.words().standing.contains(&normalize(&text)))
    };
    let all = page.text.cells(head);
    let Some(column) = all.iter().position(shares) else { return Vec::new() };
    if page.text.tokens[head].iter().any(|token| token.number().is_some() || token.time().is_some()) {
        return Vec::new();
    }
    let (Some(label), Some(period)) = (words(page, all[column]), day_above(page, head)) else { return Vec::new() };
    let rows = (head + 1..page.text.lines.len()).take_while(|line| page.text.lines[*line].contains(&'\t'));
    rows.filter_map(|line| {
        let cells = page.text.cells(line);
        let [token] = cells.get(column)? else { return None };
        let number = token.number().filter(|number| number.percent)?;
        let name = cells[..column].iter().rev().find_map(|cell| words(page, cell))?;
        Some(fact(page, line, number, &format!("{label}: {name}"), period))
    })
    .collect()
}

/// The day that a line right above names: `(As of May 15, 2012)`, `as of March 2012`.
fn day_above(page: &Page<'_>, line: usize) -> Option<Period> {
    let near = (line.saturating_sub(REACH)..line).rev();
    let time = |line: usize| {
        page.text.tokens[line].windows(2).find_map(|pair| match pair[1].time()? {
            Time::At(period @ (Period::Instant(_) | Period::Month { .. })) if pair[0].word() == Some("of") => {
                Some(period)
            }
            _ => None,
        })
    };
    near.filter_map(time).next().map(|period| Period::Instant(page.company.fiscal_year.end(period)))
}

fn fact(page: &Page<'_>, line: usize, number: &Number, label: &str, period: Period) -> Fact {
    let inner = usize::from(number.sign == Sign::Paren);
    let says = Statement {
        metric: None,
        label: label.to_owned(),
        period,
        basis: Basis::Actual,
        measure: Measure::Level,
        value: number.magnitude,
        unit: Unit::Percent,
        approx: false,
    };
    page.fact(line, number.from + inner, number.to - inner, says)
}
