//! A label, then times with their figures: `1) The number of treasury stock: As of December 31, 2018: 1,650,911 shares As of March
//! 31, 2018: 1,650,909 shares`, `（参考）自己資本 26年8月期第1四半期11,243百万円 25年8月期12,132百万円`.

use super::super::scan::{Kind, Token};
use super::super::{Number, Page, Sign, Statement, Time, units};
use super::stream::Stream;
use super::summary::{named, span_of_month};
use crate::model::{Basis, Fact, Measure, Metric, MetricKind, Period, Scale, Unit};

/// Words between a label and its times.
const BETWEEN: [&str; 6] = ["as", "of", "for", "the", "at", "on"];

/// How many lines a note beside a table may be broken over.
const NOTE_LINES: usize = 6;

/// The facts of such lines, and of notes that are broken over several.
pub fn read(page: &Page<'_>) -> Vec<Fact> {
    let lines = 0..page.text.lines.len();
    lines.flat_map(|line| pairs(page, &Stream::of_lines(page.text, line, note_end(page, line)))).collect()
}

/// One past the last line of a note that starts on a line: `(Note) Comprehensive income`, `（参考）自己資本`, `Reference: Equity`; lines
/// below go on with it while they start with a time or a figure.
fn note_end(page: &Page<'_>, line: usize) -> usize {
    const LONGEST: usize = 9;
    let text = page.text.line(line).trim_start_matches(['(', '（', '*', ' ']);
    let text: String = text.chars().take(LONGEST).flat_map(char::to_lowercase).collect();
    let next = line + 1;
    if !NOTES.iter().any(|note| text.starts_with(note)) {
        return next;
    }
    let last = (next..page.text.lines.len().min(line + NOTE_LINES)).take_while(|at| goes_on(page, *at));
    last.last().map_or(next, |at| at + 1)
}

/// What opens a note beside a table.
const NOTES: [&str; 4] = ["note", "reference", "注", "参考"];

/// Whether a line goes on with a note: it starts with a time, a figure or a word in lower case.
fn goes_on(page: &Page<'_>, line: usize) -> bool {
    let first = page.text.tokens[line].first();
    let lower = |token: &Token| token.word().is_some_and(|word| word.starts_with(char::is_lowercase));
    first.is_some_and(|token| matches!(token.kind, Kind::Time(_) | Kind::Number(_)) || lower(token))
}

struct Pair<'a> {
    /// The token of the time.
    time: usize,
    period: Period,
    number: &'a Number,
    unit: Unit,
    /// The growth in brackets behind.
    growth: Option<Number>,
    /// One past the last token.
    end: usize,
}

fn pairs(page: &Page<'_>, stream: &Stream<'_>) -> Vec<Fact> {
    let tokens = &stream.tokens;
    let mut facts = Vec::new();
    let mut behind = 0;
    let mut current: Option<(String, Metric)> = None;
    for at in 0..tokens.len() {
        let Some(pair) = pair(page, stream, at).filter(|pair| pair.time >= behind) else { continue };
        let label_end = without_between(tokens, pair.time);
        if label_end > behind || current.is_none() {
            current = label(page, stream, behind, label_end);
        }
        behind = pair.end;
        if let Some((label, metric)) = &current {
            facts.extend(facts_of(page, tokens, &pair, label, metric));
        }
    }
    facts
}

/// A time, a colon or a tab, a figure with its unit.
fn pair<'a>(page: &Page<'_>, stream: &Stream<'a>, at: usize) -> Option<Pair<'a>> {
    let tokens = &stream.tokens;
    let Some(Time::At(period)) = tokens[at].time() else { return None };
    let parts = |token: &Token| token.is_tab() || token.is_mark(':') || token.is_mark('：');
    let next = at + 1 + usize::from(parts(tokens.get(at + 1)?));
    let broken = tokens.get(next)?.line > tokens[at].line;
    let glued = broken || stream.touches(at, next);
    let japanese = stream.slice(at, at + 1).contains('期');
    let number = tokens[next].number().filter(|_| next > at + 1 || glued || japanese)?;
    let (unit, end) = unit(page, tokens, next, number)?;
    let (growth, end) = bracket(tokens, end, japanese);
    let end = end + usize::from(tokens.get(end).is_some_and(|token| token.is_mark(',') || token.is_mark('、')));
    Some(Pair { time: at, period, number, unit, growth, end })
}

/// The growth in brackets behind a figure, and the place behind the brackets, also where a dash stands in them. In Japanese text
/// brackets are no minus; in English nobody can tell.
fn bracket(tokens: &[&Token], end: usize, japanese: bool) -> (Option<Number>, usize) {
    let open = end + usize::from(tokens.get(end).is_some_and(|token| token.is_tab()));
    let is = |token: &Token, marks: [char; 4]| marks.iter().any(|mark| token.is_mark(*mark));
    let alone = tokens.get(open).and_then(|token| token.number()).filter(|n| n.percent && n.sign == Sign::Paren);
    if let Some(number) = alone {
        let bare = Number { sign: Sign::None, from: number.from + 1, to: number.to - 1, ..number.clone() };
        return (Some(bare).filter(|_| japanese), open + 1);
    }
    if !tokens.get(open).is_some_and(|token| is(token, ['(', '（', '[', '［'])) {
        return (None, end);
    }
    let reach = tokens.len().min(open + 6);
    let Some(close) = (open..reach).find(|at| is(tokens[*at], [')', '）', ']', '］'])) else { return (None, end) };
    let inside = &tokens[open + 1..close];
    let sign = inside.iter().any(|token| token.is_mark('%'));
    let growth = inside.iter().find_map(|token| token.number()).filter(|number| number.percent || sign);
    (growth.cloned(), close + 1)
}

/// The unit by the figure's own words, or the noun behind it; and the place behind.
fn unit(page: &Page<'_>, tokens: &[&Token], at: usize, number: &Number) -> Option<(Unit, usize)> {
    if let Some(currency) = number.currency {
        return Some((Unit::money(currency, number.scale.unwrap_or(Scale::One)), at + 1));
    }
    if let Some(scale) = number.scale {
        let printed = page.text.slice(tokens[at].line, number.to, tokens[at].to);
        let yen = units::currency("円").filter(|_| printed.ends_with('円')).map(|yen| (yen, at + 1));
        let behind = || tokens.get(at + 1)?.word().and_then(units::currency).map(|currency| (currency, at + 2));
        let (currency, end) = yen.or_else(behind)?;
        return Some((Unit::money(currency, scale), end));
    }
    let word = tokens.get(at + 1)?.word()?;
    matches!(word, "shares" | "株").then(|| (Unit::count("shares"), at + 2))
}

/// The place before `As of` or `For the` and the signs around.
fn without_between(tokens: &[&Token], time: usize) -> usize {
    let is_between = |token: &Token| match &token.kind {
        Kind::Word(word) => BETWEEN.contains(&word.to_lowercase().as_str()),
        Kind::Mark(c) => matches!(c, ':' | '：' | ',' | '、'),
        Kind::Tab => true,
        _ => false,
    };
    (0..time).rev().find(|i| !is_between(tokens[*i])).map_or(0, |i| i + 1)
}

/// The known label that ends at a place: the longest that starts behind a sign, a list number or a figure.
fn label(page: &Page<'_>, stream: &Stream<'_>, from: usize, to: usize) -> Option<(String, Metric)> {
    const LONGEST: usize = 48;
    let tokens = &stream.tokens;
    let nearest = from.max(to.saturating_sub(LONGEST));
    let starts = |i: &usize| *i == from || matches!(tokens[i - 1].kind, Kind::Mark(_) | Kind::Number(_) | Kind::Tab);
    (nearest..to).filter(starts).find_map(|start| {
        let printed = stream.slice(start, to);
        let printed = printed.trim_start_matches(|c: char| ('①'..='⑳').contains(&c)).to_owned();
        named(&printed, page).filter(|n| n.2 == Measure::Level).map(|(label, metric, _)| (label, metric))
    })
}

fn facts_of(page: &Page<'_>, tokens: &[&Token], pair: &Pair<'_>, label: &str, metric: &Metric) -> Vec<Fact> {
    let stock = page.vocabulary.entry(metric).is_some_and(|entry| entry.kind == MetricKind::Stock);
    let period = match pair.period {
        period if stock => Some(Period::Instant(page.company.fiscal_year.end(period))),
        Period::Month { year, month } => page.outline.period.and_then(|of| span_of_month(year, month, of, page)),
        period => Some(period),
    };
    let Some(period) = period else { return Vec::new() };
    let says = |measure, number: &Number, unit| Statement {
        metric: Some(metric.clone()),
        label: label.to_owned(),
        period,
        basis: Basis::Actual,
        measure,
        value: number.signed(),
        unit,
        approx: false,
    };
    let line = tokens.get(pair.time + 1..pair.end).unwrap_or_default().iter().find(|t| t.number().is_some());
    let line = line.map_or(0, |token| token.line);
    let fact = |number: &Number, says| page.fact(line, number.from, number.to, says);
    let mut facts = vec![fact(pair.number, says(Measure::Level, pair.number, pair.unit.clone()))];
    if let Some(growth) = pair.growth.as_ref().filter(|_| !stock) {
        facts.push(fact(growth, says(Measure::YoyPct, growth, Unit::Percent)));
    }
    facts
}
