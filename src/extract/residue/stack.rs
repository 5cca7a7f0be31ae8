//! Stacked charts: the parts of each quarter's total, one group of amounts for each name of the legend. The parts are told apart only
//! where a single choice of one amount from each group makes every total.

use rust_decimal::Decimal;

use super::chart::{Amount, Chart};
use crate::model::{Fact, Period, Quarter};
use crate::vocabulary::normalize;

/// Names of a legend: fewer make no stack, more make too many choices.
const NAMES: std::ops::RangeInclusive<usize> = 2..=6;

/// A choice: for each group the place of the amount in it.
type Choice = Vec<usize>;

/// The parts of the totals, from the only run that has one group for each name above the line.
pub(super) fn parts(chart: &Chart<'_>, totals: &[(Quarter, Decimal)], runs: &[Vec<Amount<'_>>]) -> Vec<Fact> {
    let names = legend(chart);
    let count = totals.len();
    if !NAMES.contains(&names.len()) {
        return Vec::new();
    }
    let Some(run) = runs.iter().find(|run| run.len() == names.len() * count) else { return Vec::new() };
    let groups: Vec<&[Amount<'_>]> = run.chunks(count).collect();
    let Some(choices) = only_solution(&groups, totals) else { return Vec::new() };
    let mut facts = Vec::new();
    for ((quarter, total), choice) in totals.iter().zip(&choices) {
        for ((name, group), at) in names.iter().zip(&groups).zip(choice) {
            let amount = &group[*at];
            let reason = format!("the parts of {quarter} make {}", total.normalize());
            let mended = Some(reason).filter(|_| amount.value != amount.number.magnitude);
            let part =
                Chart { label: format!("{}: {name}", chart.label), metric: None, unit: chart.unit.clone(), ..*chart };
            facts.push(part.fact(chart.line, Period::Quarter(*quarter), amount.number, amount.value, mended));
        }
    }
    facts
}

/// Whether each of these totals is the sum of two other amounts of the run, none used twice: the parts it is stacked of.
pub(super) fn has_pairs(totals: &[Amount<'_>], run: &[Amount<'_>]) -> bool {
    let of_totals = |amount: &Amount<'_>| totals.iter().any(|total| total.number.from == amount.number.from);
    let rest: Vec<Decimal> = run.iter().filter(|amount| !of_totals(amount)).map(|amount| amount.value).collect();
    pair_off(&totals.iter().map(|total| total.value).collect::<Vec<_>>(), &rest)
}

fn pair_off(totals: &[Decimal], rest: &[Decimal]) -> bool {
    let Some((first, others)) = totals.split_first() else { return true };
    (0..rest.len()).any(|a| {
        (a + 1..rest.len()).filter(|b| rest[a] + rest[*b] == *first).any(|b| {
            let left: Vec<Decimal> = (0..rest.len()).filter(|at| *at != a && *at != b).map(|at| rest[at]).collect();
            pair_off(others, &left)
        })
    })
}

/// The names above the line, one a line without a gap.
fn legend(chart: &Chart<'_>) -> Vec<String> {
    let text = chart.page.text;
    let lines = (0..chart.line).rev().skip_while(|line| text.tokens[*line].is_empty());
    let is_name = |line: &usize| {
        let tokens = &text.tokens[*line];
        let words = tokens.iter().filter(|token| token.word().is_some()).count();
        (1..=6).contains(&words) && tokens.iter().all(|token| token.number().is_none() && token.time().is_none())
    };
    let mut names: Vec<String> = lines.take_while(is_name).map(|line| text.line(line).trim().to_owned()).collect();
    names.retain(|name| !normalize(name).is_empty());
    names.reverse();
    names
}

/// The only way to make every total of one amount from each group, none used twice.
fn only_solution(groups: &[&[Amount<'_>]], totals: &[(Quarter, Decimal)]) -> Option<Vec<Choice>> {
    let slack = Decimal::ONE;
    let choices: Vec<Vec<Choice>> = totals
        .iter()
        .map(|(_, total)| {
            let mut found = Vec::new();
            choose(groups, *total, slack, &mut Vec::new(), &mut found);
            found
        })
        .collect();
    let mut solutions = Vec::new();
    combine(&choices, &mut Vec::new(), &mut solutions);
    match solutions.as_slice() {
        [one] => Some(one.clone()),
        _ => None,
    }
}

/// All choices of one amount from each group that make `rest`.
fn choose(groups: &[&[Amount<'_>]], rest: Decimal, slack: Decimal, so_far: &mut Choice, found: &mut Vec<Choice>) {
    let Some((first, others)) = groups.split_first() else {
        if rest.abs() <= slack {
            found.push(so_far.clone());
        }
        return;
    };
    for (at, amount) in first.iter().enumerate().filter(|(_, amount)| amount.value <= rest + slack) {
        so_far.push(at);
        choose(others, rest - amount.value, slack, so_far, found);
        so_far.pop();
    }
}

/// One choice for each total, so that no amount is used twice; two solutions are enough to know that there is not one.
fn combine(choices: &[Vec<Choice>], so_far: &mut Vec<Choice>, found: &mut Vec<Vec<Choice>>) {
    if found.len() > 1 {
        return;
    }
    let Some((first, others)) = choices.split_first() else {
        found.push(so_far.clone());
        return;
    };
    let clashes = |choice: &Choice| so_far.iter().any(|other| other.iter().zip(choice).any(|(a, b)| a == b));
    for choice in first.iter().filter(|choice| !clashes(choice)).cloned().collect::<Vec<_>>() {
        so_far.push(choice);
        combine(others, so_far, found);
        so_far.pop();
    }
}
