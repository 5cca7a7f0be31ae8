//! Figures inside a row's label: `net of allowance for doubtful accounts of JPY 123,453 thousand and JPY 128,270 thousand at March
//! 31, 2018 and December 31, 2018, respectively`.

use super::super::scan::Kind;
use super::super::{Number, Page, Statement, Time};
use super::stream::Stream;
use crate::model::{Basis, Fact, Measure, Metric, Period, Scale, Unit};
use crate::vocabulary::Term;

/// What a label says besides its name.
pub struct Label {
    /// One past the last token of the name.
    pub name_end: usize,
    /// The figures in it.
    pub facts: Vec<Fact>,
}

/// Longer runs of words are sentences.
const LONGEST_LABEL: usize = 70;

/// Reads the tokens `from..to` as a row's label; none where they are a sentence, or hold figures that no label holds.
pub fn label(stream: &Stream<'_>, from: usize, to: usize, page: &Page<'_>) -> Option<Label> {
    let has_letters = |i: usize| stream.tokens[i].word().is_some_and(|w| w.chars().any(char::is_alphabetic));
    let sentence = (from..to).any(|i| (i > from && stream.sentence_ends(i)) || stream.is_prose_mark(i));
    if to - from > LONGEST_LABEL || sentence || !(from..to).any(has_letters) {
        return None;
    }
    let is_figure = |i: &usize| stream.tokens[*i].number().is_some() && !stream.is_footnote(*i);
    let figures: Vec<usize> = (from..to).filter(is_figure).collect();
    let times: Vec<usize> = (from..to).filter(|i| stream.time(*i).is_some()).collect();
    if figures.is_empty() && times.is_empty() {
        return Some(Label { name_end: to, facts: Vec::new() });
    }
    let first = *figures.first()?;
    let dates = respective_dates(stream, &times, to)?;
    let facts = pairs(stream, from, &figures, dates, page);
    Some(Label { name_end: name_end(stream, from, first), facts })
}

/// `at March 31, 2018 and December 31, 2018, respectively`, and no other time.
fn respective_dates(stream: &Stream<'_>, times: &[usize], to: usize) -> Option<[Period; 2]> {
    let &[first, second] = times else { return None };
    let joined = second == first + 2 && stream.word(first + 1) == "and";
    let respectively = (second..to.min(second + 3)).any(|i| stream.word(i) == "respectively");
    match (stream.time(first)?, stream.time(second)?) {
        (Time::At(a), Time::At(b)) if joined && respectively => Some([a, b]),
        _ => None,
    }
}

/// Two figures joined by `and` belong to the two dates; a figure alone is of both, which we leave unread.
fn pairs(stream: &Stream<'_>, from: usize, figures: &[usize], dates: [Period; 2], page: &Page<'_>) -> Vec<Fact> {
    let mut facts = Vec::new();
    for pair in figures.windows(2) {
        let (first, second) = (pair[0], pair[1]);
        let numbers = (stream.tokens[first].number(), stream.tokens[second].number());
        let (Some(a), Some(b)) = numbers else { continue };
        let joined = second == first + 2 && stream.word(first + 1) == "and";
        let Some(unit) = unit(stream, second, b).filter(|_| joined) else { continue };
        let label = phrase_before(stream, from, first);
        let named = within(stream, from, first, &label);
        for (at, number, period) in [(first, a, dates[0]), (second, b, dates[1])] {
            let says = Statement {
                metric: counted(&label, &unit, page),
                label: named.clone(),
                period,
                basis: Basis::Actual,
                measure: Measure::Level,
                value: number.signed(),
                unit: unit.clone(),
                approx: false,
            };
            facts.push(page.fact(stream.tokens[at].line, number.from, number.to, says));
        }
    }
    facts
}

/// The metric of a count: `issued and outstanding`, `Treasury stock` as the number of it.
fn counted(label: &str, unit: &Unit, page: &Page<'_>) -> Option<Metric> {
    let Unit::Count { .. } = unit else { return None };
    let is_count =
        |metric: &Metric| page.vocabulary.entry(metric).is_some_and(|entry| Unit::count(&entry.unit) == *unit);
    [label.to_owned(), format!("number of {label}")].iter().find_map(|name| match page.vocabulary.term(name)? {
        Term::Metric(metric, Measure::Level) => Some(metric.clone()).filter(is_count),
        _ => None,
    })
}

/// The unit by the figure's own words, or the noun behind it.
fn unit(stream: &Stream<'_>, at: usize, number: &Number) -> Option<Unit> {
    if let Some(currency) = number.currency {
        return Some(Unit::money(currency, number.scale.unwrap_or(Scale::One)));
    }
    (stream.word(at + 1) == "shares").then(|| Unit::count("shares"))
}

/// The phrase that names a figure: from the sign before it (`,`, `;`, a dash) or `net of`, without the closing `of`.
fn phrase_before(stream: &Stream<'_>, from: usize, figure: usize) -> String {
    let mut end = figure;
    while end > from && (stream.word(end - 1) == "of" || stream.word(end - 1).is_empty()) {
        end -= 1;
    }
    let starts = |i: &usize| {
        matches!(stream.tokens[i - 1].kind, Kind::Mark(',' | ';' | '—'))
            || (stream.word(i - 1) == "of" && i > &(from + 1) && stream.word(i - 2) == "net")
    };
    let start = (from + 1..end).rev().find(starts).unwrap_or(from);
    stream.slice(start, end)
}

/// `Accounts receivable, net of allowance for doubtful accounts of …`: what is taken off belongs to the row.
fn within(stream: &Stream<'_>, from: usize, figure: usize, phrase: &str) -> String {
    let net = (from + 1..figure).find(|i| stream.word(*i) == "net" && stream.word(*i + 1) == "of");
    let Some(net) = net else { return phrase.to_owned() };
    let row = stream.slice(from, net);
    let row = row.trim_end_matches([' ', ',']);
    let row = row.rsplit_once(": ").map_or(row, |(_, row)| row);
    if phrase.starts_with(row) { phrase.to_owned() } else { format!("{row}: {phrase}") }
}

/// The name ends before the figure's clause: at a dash in it, or before its `of`.
fn name_end(stream: &Stream<'_>, from: usize, figure: usize) -> usize {
    if let Some(dash) = (from + 1..figure).find(|i| stream.is_mark(*i, '—')) {
        return dash;
    }
    let mut end = figure;
    while end > from + 1 && (stream.word(end - 1) == "of" || stream.tokens[end - 1].is_mark(',')) {
        end -= 1;
    }
    end
}
