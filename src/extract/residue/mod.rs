//! Chart residue: a row of loose numbers without head. It is read as the last quarters, in order, only where the totals that the
//! document prints beside it (`FY12: 15,480`, `1H16: 62,275`) are the sums of those quarters.

pub(super) mod chart;
mod stack;

use std::collections::BTreeSet;

use rust_decimal::Decimal;

use super::label::{self, Context};
use super::number::{Number, Sign};
use super::outline::is_heading;
use super::table::clean;
use super::{Page, Statement, Time};
use crate::model::{Basis, Fact, Measure, Metric, Period, Quarter, Unit};

/// Fewer quarters prove nothing.
const SHORTEST: usize = 4;
/// How many lines around a row may hold its totals and its name.
const REACH: usize = 12;

/// One amount of a row and the percentage printed beside it.
struct Value<'a> {
    amount: &'a Number,
    beside: Option<&'a Number>,
}

/// A total printed near the row: `FY12: 15,480 (14.6%)`.
struct Total<'a> {
    line: usize,
    period: Period,
    value: Value<'a>,
}

/// The facts of rows of loose numbers that totals prove.
pub(super) fn read(page: &Page<'_>, taken: &BTreeSet<(usize, usize)>) -> Vec<Fact> {
    (0..page.text.lines.len()).flat_map(|line| read_line(page, taken, line)).collect()
}

fn read_line(page: &Page<'_>, taken: &BTreeSet<(usize, usize)>, line: usize) -> Vec<Fact> {
    let free = |number: &Number| !taken.contains(&(line + 1, number.from + 1));
    let Some(row) = loose_values(page, line).filter(|row| row.len() >= SHORTEST && free(row[0].amount)) else {
        return Vec::new();
    };
    let Some(unit) = page.outline.scopes[line].unit.clone() else { return Vec::new() };
    let Some(last) = last_quarter(page, line, row.len()) else { return Vec::new() };
    let quarters = quarters_to(last, row.len());
    let totals = totals_near(page, line);
    let proven: Vec<&Total<'_>> = totals.iter().filter(|total| is_sum(total, &quarters, &row)).collect();
    let contradicted =
        totals.iter().any(|total| parts_of(total.period, &quarters).is_some() && !is_sum(total, &quarters, &row));
    if proven.is_empty() || contradicted {
        return Vec::new();
    }
    let Some((label, metric)) = name_near(page, line) else { return Vec::new() };
    let mut facts = Vec::new();
    for (quarter, value) in quarters.iter().zip(&row) {
        facts.extend(facts_of(page, line, Period::Quarter(*quarter), value, &label, &metric, &unit));
    }
    for total in proven.iter().copied().chain(&unnamed_total(page, &proven, &quarters, &row)) {
        facts.extend(facts_of(page, total.line, total.period, &total.value, &label, &metric, &unit));
    }
    facts
}

/// The amounts of a line that holds nothing but amounts, each with at most one percentage in brackets.
fn loose_values<'a>(page: &'a Page<'_>, line: usize) -> Option<Vec<Value<'a>>> {
    let tokens = &page.text.tokens[line];
    let mut values: Vec<Value<'a>> = Vec::new();
    for token in tokens {
        if let Some(number) = token.number() {
            match values.last_mut() {
                _ if !number.percent && number.sign == Sign::None && !number.broken => {
                    values.push(Value { amount: number, beside: None });
                }
                Some(last) if number.percent && last.beside.is_none() => last.beside = Some(number),
                _ => return None,
            }
        } else if token.word().is_some() || token.time().is_some() {
            return None;
        }
    }
    Some(values)
}

/// The quarter of the last value: a head that an earlier reader used below the row, else the quarter the document reports.
fn last_quarter(page: &Page<'_>, line: usize, count: usize) -> Option<Quarter> {
    let below = (line + 1..page.text.lines.len()).take(REACH).take_while(|l| !is_heading(&page.text.lines[*l]));
    let head = below.filter_map(|l| quarter_head(page, l)).next();
    match head {
        Some(quarters) if quarters.len() == count => quarters.last().copied(),
        Some(_) => None,
        None => page.outline.period?.last_quarter(),
    }
}

/// A line of nothing but quarters in order.
fn quarter_head(page: &Page<'_>, line: usize) -> Option<Vec<Quarter>> {
    let tokens = &page.text.tokens[line];
    if tokens.iter().any(|token| token.number().is_some() || token.word().is_some()) {
        return None;
    }
    let quarters: Vec<Quarter> = tokens
        .iter()
        .filter_map(|token| match token.time()? {
            Time::At(period) => period.quarter(),
            _ => None,
        })
        .collect();
    (quarters.len() >= SHORTEST).then_some(quarters)
}

/// The quarters that end with `last`, oldest first.
fn quarters_to(last: Quarter, count: usize) -> Vec<Quarter> {
    let mut quarters: Vec<Quarter> =
        std::iter::successors(Some(last), |quarter| Some(quarter.previous())).take(count).collect();
    quarters.reverse();
    quarters
}

/// The totals around a row: a span, then its amount, in a cell or a line of its own.
fn totals_near<'a>(page: &'a Page<'_>, line: usize) -> Vec<Total<'a>> {
    nearby(page, line).flat_map(|l| totals_of(page, l)).collect()
}

/// The lines around a row within its section.
fn nearby(page: &Page<'_>, line: usize) -> impl Iterator<Item = usize> {
    let above = (0..line).rev().take(REACH).take_while(|l| !is_heading(&page.text.lines[*l]));
    let below = (line + 1..page.text.lines.len()).take(REACH).take_while(|l| !is_heading(&page.text.lines[*l]));
    above.chain(below)
}

fn totals_of<'a>(page: &'a Page<'_>, line: usize) -> Vec<Total<'a>> {
    let tokens = &page.text.tokens[line];
    if tokens.iter().filter(|token| token.word().is_some()).count() > 9 {
        return Vec::new();
    }
    let mut totals = Vec::new();
    for (at, token) in tokens.iter().enumerate() {
        let Some(Time::At(period)) = token.time() else { continue };
        let after = tokens.iter().skip(at + 1).find(|t| !(t.is_mark(':') || t.is_mark(' ')));
        if let Some(amount) = after
            .and_then(|t| t.number())
            .filter(|n| !n.percent && n.sign == Sign::None && period.fiscal_year().is_some())
        {
            let behind = tokens.iter().filter_map(|t| t.number()).find(|n| n.from > amount.from);
            let beside = behind.filter(|n| n.percent);
            totals.push(Total { line, period, value: Value { amount, beside } });
        }
    }
    totals
}

/// A total beside a proven one whose year is lost (`: 13,635`): that of the only other year whose quarters it is the sum of.
fn unnamed_total<'a>(
    page: &'a Page<'_>,
    proven: &[&Total<'_>],
    quarters: &[Quarter],
    row: &[Value<'_>],
) -> Option<Total<'a>> {
    let line = proven.first()?.line;
    let tokens = &page.text.tokens[line];
    let unnamed = |at: &usize| *at > 0 && tokens[*at].is_mark(':') && tokens[*at - 1].time().is_none();
    let mut places = (0..tokens.len().saturating_sub(1)).filter(unnamed);
    let (at, None) = (places.next()?, places.next()) else { return None };
    let amount = tokens[at + 1].number().filter(|number| !number.percent && number.sign == Sign::None)?;
    let years: BTreeSet<_> = quarters.iter().map(|quarter| quarter.year).collect();
    let named = |period: &Period| proven.iter().any(|total| total.period == *period);
    let total = |period| Total { line, period, value: Value { amount, beside: None } };
    let mut fitting = years.into_iter().map(Period::Year).filter(|year| !named(year)).map(total);
    let found = fitting.by_ref().find(|total| is_sum(total, quarters, row))?;
    (!fitting.any(|total| is_sum(&total, quarters, row))).then_some(found)
}

/// Which of the quarters a span is made of; none where one is missing.
fn parts_of(span: Period, quarters: &[Quarter]) -> Option<Vec<usize>> {
    let last = span.last_quarter()?;
    let count = match span {
        Period::Half { .. } => 2,
        Period::NineMonths(_) => 3,
        Period::Year(_) => 4,
        _ => return None,
    };
    let first = quarters.iter().position(|quarter| *quarter == last)?.checked_sub(count - 1)?;
    Some((first..first + count).collect())
}

/// Whether a total is the sum of its quarters, within half a unit of each.
fn is_sum(total: &Total<'_>, quarters: &[Quarter], row: &[Value<'_>]) -> bool {
    let Some(parts) = parts_of(total.period, quarters) else { return false };
    let sum: Decimal = parts.iter().map(|part| row[*part].amount.magnitude).sum();
    let slack = Decimal::from(parts.len() + 1) / Decimal::TWO;
    (sum - total.value.amount.magnitude).abs() <= slack
}

/// What the row is called: a caption below it that names a metric, else the section's heading.
fn name_near(page: &Page<'_>, line: usize) -> Option<(String, Metric)> {
    let below = (line + 1..page.text.lines.len()).take(REACH).take_while(|l| !is_heading(&page.text.lines[*l]));
    let captions = below.map(|l| clean(page.text.line(l))).filter(|caption| !caption.is_empty());
    let heading = clean(&page.outline.scopes[line].heading);
    let context = Context::default();
    let named = |text: String| {
        let bare = text.split_once('(').map_or(text.as_str(), |(bare, _)| bare.trim()).to_owned();
        let metric = label::resolve(&bare, &context, page.vocabulary).metric?;
        Some((text, metric))
    };
    captions.filter_map(named).next().or_else(|| {
        let scope = label::heading(&heading, page.vocabulary);
        let line = scope.line?;
        let metric = scope.segment.as_ref().and_then(|segment| label::part_of(&line, segment)).unwrap_or(line);
        Some((heading, metric))
    })
}

fn facts_of(
    page: &Page<'_>,
    line: usize,
    period: Period,
    value: &Value<'_>,
    label: &str,
    metric: &Metric,
    unit: &Unit,
) -> Vec<Fact> {
    let says = |measure, value, unit| Statement {
        metric: Some(metric.clone()),
        label: label.to_owned(),
        period,
        basis: Basis::Actual,
        measure,
        value,
        unit,
        approx: false,
    };
    let amount = value.amount;
    let mut facts = vec![page.fact(line, amount.from, amount.to, says(Measure::Level, amount.magnitude, unit.clone()))];
    if let Some(beside) = value.beside {
        let share = beside.sign == Sign::Paren;
        let (measure, number) = match share {
            true => (super::table::share_measure(Some(metric)), beside.magnitude),
            false => (Measure::YoyPct, beside.signed()),
        };
        let (from, to) = if share { (beside.from + 1, beside.to - 1) } else { (beside.from, beside.to) };
        facts.push(page.fact(line, from, to, says(measure, number, Unit::Percent)));
    }
    facts
}
