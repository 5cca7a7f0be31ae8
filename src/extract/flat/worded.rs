//! Rows of a label and several amounts of money under columns that words alone name: `Previous Target Revised Target (Feb. 7) Revenues
//! JPY117,000 million JPY114,000 million`, `Financial Targets 1H19 FY2019 Total revenues JPY97.7 billion JPY204.0 billion`.

use super::super::{Number, Page, Statement, Time};
use super::stream::{Stream, streams};
use super::summary::{Named, named};
use crate::model::{Basis, Fact, Measure, Period, Scale, Unit};

/// The longest label of a row, in tokens.
const LONGEST_LABEL: usize = 14;
/// The longest remark in brackets behind a column's name, in tokens.
const LONGEST_REMARK: usize = 6;
/// How far before its columns a table may say that it holds targets, in tokens.
const TITLE: usize = 6;
/// How far before its columns a heading may name the year, in tokens.
const HEADING: usize = 120;
/// One row alone may be an accident.
const FEWEST_ROWS: usize = 2;

/// A column: its time and its sense.
type Column = (Period, Basis);

/// A row's name, and its amounts with their lines.
type Row<'a> = (Named, Vec<(usize, &'a Number)>);

/// The facts of such tables.
pub fn read(page: &Page<'_>) -> Vec<Fact> {
    streams(page.text).iter().flat_map(|stream| tables(stream, page)).collect()
}

fn tables(stream: &Stream<'_>, page: &Page<'_>) -> Vec<Fact> {
    let (mut found, mut at) = (Vec::new(), 0);
    while at < stream.tokens.len() {
        let head = senses(stream, at, page).or_else(|| times(stream, at, page));
        let rows = head.as_ref().map(|(columns, end)| rows(stream, *end, columns.len(), page));
        let (Some((columns, end)), Some(rows)) = (head, rows.filter(|rows| rows.len() >= FEWEST_ROWS)) else {
            at += 1;
            continue;
        };
        found.extend(rows.iter().flat_map(|row| facts(row, &columns, page)));
        at = end;
    }
    found
}

/// `Previous Target Revised Target (Feb. 7)`: columns of one time that differ in their sense.
fn senses(stream: &Stream<'_>, at: usize, page: &Page<'_>) -> Option<(Vec<Column>, usize)> {
    let (mut found, mut end) = (Vec::new(), at);
    while let Some((basis, behind)) = sense(stream, end, page) {
        found.push(basis);
        end = behind;
    }
    let replaced = found == [Basis::TargetInitial, Basis::TargetRevised];
    let turned = found == [Basis::TargetRevised, Basis::TargetInitial];
    let period = if replaced || turned { promised_before(stream, at, page)? } else { return None };
    Some((found.into_iter().map(|basis| (period, basis)).collect(), end))
}

/// `Previous Target`, `Revised Target (Feb. 7)`, `New Forecast`: the sense of a column, and the place behind its name.
fn sense(stream: &Stream<'_>, at: usize, page: &Page<'_>) -> Option<(Basis, usize)> {
    // Nearly all tokens are ruled out by their form.
    if !stream.tokens.get(at)?.word()?.starts_with(|c: char| c.is_uppercase()) {
        return None;
    }
    let words = page.vocabulary.words();
    let basis = if words.is_former(&stream.word(at)) {
        Basis::TargetInitial
    } else if stream.is_one_of(at, &words.revised) || stream.word(at) == "new" {
        Basis::TargetRevised
    } else {
        return None;
    };
    if !stream.is_one_of(at + 1, &words.target) {
        return None;
    }
    let end = at + 2;
    let remark = (end..end + LONGEST_REMARK).find(|at| stream.is_mark(*at, ')')).filter(|_| stream.is_mark(end, '('));
    Some((basis, remark.map_or(end, |close| close + 1)))
}

/// The time to come that is named last before a place.
fn promised_before(stream: &Stream<'_>, at: usize, page: &Page<'_>) -> Option<Period> {
    let times = (at.saturating_sub(HEADING)..at).rev().filter_map(|at| fiscal(stream, at));
    times.into_iter().find(|period| is_to_come(*period, page))
}

/// `Financial Targets 1H19 FY2019`: two or more times to come behind a word that calls them targets.
fn times(stream: &Stream<'_>, at: usize, page: &Page<'_>) -> Option<(Vec<Column>, usize)> {
    fiscal(stream, at).and(fiscal(stream, at + 1))?;
    let words = page.vocabulary.words();
    let said = |at: usize| stream.is_one_of(at, &words.target);
    let end = at + (at..stream.tokens.len()).take_while(|at| fiscal(stream, *at).is_some()).count();
    let periods: Vec<Period> = (at..end).filter_map(|at| fiscal(stream, at)).collect();
    let apart = (1..periods.len()).all(|index| !periods[..index].contains(&periods[index]));
    let ahead = periods.iter().all(|period| is_to_come(*period, page));
    let titled = (at.saturating_sub(TITLE)..at).any(said) && fiscal(stream, at.checked_sub(1)?).is_none();
    let columns = || periods.iter().map(|period| (*period, Basis::Target)).collect();
    (periods.len() >= 2 && apart && ahead && titled).then(|| (columns(), end))
}

fn fiscal(stream: &Stream<'_>, at: usize) -> Option<Period> {
    match stream.time(at)? {
        Time::At(period) => Some(period).filter(|period| period.fiscal_year().is_some()),
        _ => None,
    }
}

fn is_to_come(period: Period, page: &Page<'_>) -> bool {
    page.outline.date.is_some_and(|date| page.company.fiscal_year.end(period) > date)
}

/// The rows from a place: a known label, then exactly as many amounts of money as columns.
fn rows<'a>(stream: &Stream<'a>, from: usize, columns: usize, page: &Page<'_>) -> Vec<Row<'a>> {
    let (mut rows, mut at) = (Vec::new(), from);
    while let Some(first) = (at + 1..at + LONGEST_LABEL).find(|at| money(stream, *at).is_some()) {
        let amounts: Vec<_> = (first..).map_while(|at| money(stream, at)).collect();
        let Some(name) = named(&stream.slice(at, first), page).filter(|_| amounts.len() == columns) else { break };
        rows.push((name, amounts));
        at = first + columns;
    }
    rows
}

fn money<'a>(stream: &Stream<'a>, at: usize) -> Option<(usize, &'a Number)> {
    let token = *stream.tokens.get(at)?;
    Some((token.line, token.number().filter(|number| number.currency.is_some())?))
}

fn facts(((label, metric, measure), amounts): &Row<'_>, columns: &[Column], page: &Page<'_>) -> Vec<Fact> {
    let per_share = page.vocabulary.entry(metric).is_some_and(|entry| entry.unit == "per_share");
    let fits = |number: &Number| per_share == number.scale.is_none();
    if *measure != Measure::Level || !amounts.iter().all(|(_, number)| fits(number)) {
        return Vec::new();
    }
    let fact = |((line, number), (period, basis)): (&(usize, &Number), &Column)| {
        let says = Statement {
            metric: Some(metric.clone()),
            label: label.clone(),
            period: *period,
            basis: *basis,
            measure: Measure::Level,
            value: number.signed(),
            unit: Unit::money(number.currency?, number.scale.unwrap_or(Scale::One)),
            approx: false,
        };
        Some(page.fact(*line, number.from, number.to, says))
    };
    amounts.iter().zip(columns).filter_map(fact).collect()
}
