//! Periods and dates as documents print them, in English and Japanese ([`japanese`]). A company's calendar turns dates into fiscal
//! spans; a document may define what its own codes mean ([`defined`]).

mod code;
mod date;
pub mod defined;
mod japanese;
#[cfg(test)]
mod tests;

use chrono::NaiveDate;

use crate::model::{Calendar, Period, Quarter};
use code::{fiscal_year, read_code};
pub use date::{is_month, month_number};
use date::{read_date, read_iso, read_month_numbers, read_months};
use japanese::read_japanese;

/// A printed time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Time {
    /// A period or an instant.
    At(Period),
    /// `Nine Months Ended` whose date stands elsewhere (a header over several columns): months, and whether it ends with the year.
    Span(u32),
    /// A quarter or year without its year: `1Q`, `Full Year` (number 0).
    Bare(u8),
}

const ORDINALS: [(&str, u8); 8] =
    [("first", 1), ("second", 2), ("third", 3), ("fourth", 4), ("1st", 1), ("2nd", 2), ("3rd", 3), ("4th", 4)];

/// Spans of months by name, the longer name first where one starts another.
const SPANS: [(&str, u32); 47] = [
    ("three months", 3),
    ("three-month period", 3),
    ("3 months", 3),
    ("first three months", 3),
    ("first 3 months", 3),
    ("quarter", 3),
    ("first quarter", 3),
    ("second quarter", 3),
    ("third quarter", 3),
    ("fourth quarter", 3),
    ("six months", 6),
    ("six-month period", 6),
    ("6 months", 6),
    ("first six months", 6),
    ("first 6 months", 6),
    ("half year", 6),
    ("half-year", 6),
    ("first half", 6),
    ("second half", 6),
    ("interim period", 6),
    ("nine months", 9),
    ("nine-month period", 9),
    ("9 months", 9),
    ("first nine months", 9),
    ("first 9 months", 9),
    ("12 weeks", 3),
    ("13 weeks", 3),
    ("14 weeks", 3),
    ("24 weeks", 6),
    ("26 weeks", 6),
    ("36 weeks", 9),
    ("39 weeks", 9),
    ("52 weeks", 12),
    ("53 weeks", 12),
    ("twelve weeks", 3),
    ("thirteen weeks", 3),
    ("twenty-six weeks", 6),
    ("thirty-nine weeks", 9),
    ("forty weeks", 9),
    ("fifty-two weeks", 12),
    ("fifty-three weeks", 12),
    ("twelve months", 12),
    ("12 months", 12),
    ("fiscal years", 12),
    ("fiscal year", 12),
    ("years", 12),
    ("year", 12),
];

/// Reads one time that starts at `at`; gives it and the place behind it.
pub fn read(text: &[char], at: usize, calendar: &Calendar) -> Option<(Time, usize)> {
    let first = text.get(at)?.to_ascii_lowercase();
    if at > 0 && text[at - 1].is_ascii_alphanumeric() || !may_start(first) {
        return None;
    }
    // Most words are ruled out by their first letter.
    let names_part = || first.is_ascii_digit() || "fhinqsty".contains(first);
    let names_day = || !first.is_ascii_lowercase() || "adfjmnos".contains(first);
    read_code(text, at, calendar)
        .or_else(|| if names_part() { read_part(text, at, calendar) } else { None })
        .or_else(|| if names_day() { read_days(text, at, calendar) } else { None })
        .or_else(|| read_bare(text, at))
}

/// A part of a year by its name: `first quarter of 2025`, `nine months ended December 31, 2018`.
fn read_part(text: &[char], at: usize, calendar: &Calendar) -> Option<(Time, usize)> {
    read_ordinal(text, at, calendar).or_else(|| read_numbered(text, at)).or_else(|| read_span_ended(text, at, calendar))
}

/// A day, or the first and the last day of a span.
fn read_days(text: &[char], at: usize, calendar: &Calendar) -> Option<(Time, usize)> {
    read_range(text, at, calendar)
        .or_else(|| read_months(text, at, calendar))
        .or_else(|| read_month_numbers(text, at, calendar))
        .or_else(|| read_date(text, at).map(|(date, end)| (Time::At(date), end)))
        .or_else(|| read_iso(text, at))
        .or_else(|| read_japanese(text, at, calendar))
}

/// Whether a time can start with this character: a digit, a letter of a month, ordinal or code, or an era.
fn may_start(c: char) -> bool {
    const NEVER: &str = "bcegkpuvwxz";
    c.is_ascii_alphanumeric() && !NEVER.contains(c.to_ascii_lowercase()) || matches!(c, '平' | '令' | '昭')
}

/// `Third Quarter FY2018`, `3rd Quarter FY2018`, `first quarter fiscal 2023`, `first half of FY2019`, `full year 2023`. In `third
/// quarter of the fiscal year ending March 31, 2016` nobody can tell three months from nine: the year alone is no time of it.
fn read_ordinal(text: &[char], at: usize, calendar: &Calendar) -> Option<(Time, usize)> {
    if let Some(after) = word_at(text, at, "full year").or_else(|| word_at(text, at, "full-year")) {
        let (year, end) = year_of_span(text, after)?;
        return Some((Time::At(Period::Year(year)), end));
    }
    let at = word_at(text, at, "fiscal ").unwrap_or(at);
    let (number, after) = ORDINALS.iter().find_map(|(word, n)| Some((*n, word_at(text, at, word)?)))?;
    let after = skip_blanks(text, after);
    let after = word_at(text, after, "fiscal ").unwrap_or(after);
    let parts = [("quarter", 3), ("half", 6), ("nine months", 9), ("six months", 6), ("three months", 3)];
    let (months, after) = parts.iter().find_map(|(word, months)| Some((*months, word_at(text, after, word)?)))?;
    let period = |year| match (months, number) {
        (3, _) => Quarter::new(year, number).map(Period::Quarter),
        (6, 1 | 2) => Some(Period::Half { year, number }),
        (9, 1) => Some(Period::NineMonths(year)),
        _ => None,
    };
    if let Some((year, end)) = year_of_span(text, after) {
        return Some((Time::At(period(year)?), end));
    }
    let of = word_at(text, skip_blanks(text, after), "of the ")?;
    match read_span_ended(text, of, calendar)? {
        (Time::At(Period::Year(year)), end) if months != 3 || number == 1 => Some((Time::At(period(year)?), end)),
        (Time::At(Period::Year(_)), end) => Some((Time::Bare(number), end)),
        _ => None,
    }
}

/// `Quarter 2, 2021`.
fn read_numbered(text: &[char], at: usize) -> Option<(Time, usize)> {
    let (digits, after) = digits_at(text, word_at(text, at, "quarter ")?);
    let (year, end) = year_of_span(text, after)?;
    Some((Time::At(Period::Quarter(Quarter::new(year, digits.parse().ok()?)?)), end))
}

/// The year behind a part of it: `FY2018`, `of fiscal 2023`, `of 2025`, `, 2025`.
fn year_of_span(text: &[char], at: usize) -> Option<(i32, usize)> {
    let after = skip_blanks(text, at);
    let after = if text.get(after) == Some(&',') { skip_blanks(text, after + 1) } else { after };
    let after = ["of ", "in ", "for "].iter().find_map(|word| word_at(text, after, word)).unwrap_or(after);
    let after = word_at(text, after, "the ").unwrap_or(after);
    fiscal_year(text, after).or_else(|| named_year(text, after))
}

/// `fiscal 2023`, `fiscal year 2023`, `2025`.
fn named_year(text: &[char], at: usize) -> Option<(i32, usize)> {
    let after = word_at(text, at, "fiscal year ").or_else(|| word_at(text, at, "fiscal ")).unwrap_or(at);
    let (digits, end) = digits_at(text, after);
    let year: i32 = digits.parse().ok().filter(|_| digits.len() == 4)?;
    (1985..2100).contains(&year).then_some((year, end))
}

/// `nine months ended December 31, 2018`, `9 months for FY2013`, `fiscal year ending March 31, 2019`; the span alone where no date
/// follows.
fn read_span_ended(text: &[char], at: usize, calendar: &Calendar) -> Option<(Time, usize)> {
    let (months, after) = SPANS.iter().find_map(|(word, months)| Some((*months, word_at(text, at, word)?)))?;
    let after = skip_space(text, after);
    let of_months = || if matches!(months, 6 | 9) { year_of_span(text, after) } else { None };
    if let Some((year, end)) = fiscal_year(text, after).or_else(|| named_year(text, after)).or_else(of_months) {
        let period = match months {
            6 => Period::Half { year, number: 1 },
            9 => Period::NineMonths(year),
            _ => return None,
        };
        return Some((Time::At(period), end));
    }
    let ended = ["ended", "ending"].iter().find_map(|word| word_at(text, after, word))?;
    let behind = skip_space(text, ended);
    let behind = word_at(text, behind, "on ").unwrap_or(behind);
    match read_date(text, behind) {
        Some((Period::Instant(day), end)) => calendar.span_ending(months, day).map(|period| (Time::At(period), end)),
        Some((Period::Month { year, month }, end)) => {
            let last = date::last_day(year, u32::from(month))?;
            calendar.span_ending(months, last).map(|period| (Time::At(period), end))
        }
        _ => Some((Time::Span(months), ended)),
    }
}

/// Between the first and the last day of a span.
const UNTIL: [&str; 11] = ["to ", "through ", "until ", "-", "–", "—", "～", "~", "〜", "至", "から"];

/// `April 1, 2015 to December 31, 2015`, `2014年4月1日～2014年9月30日`: the span whose first and last days are printed.
fn read_range(text: &[char], at: usize, calendar: &Calendar) -> Option<(Time, usize)> {
    let day = |at: usize| match read_date(text, at).or_else(|| japanese::read_day(text, at))? {
        (Period::Instant(day), end) => Some((day, end)),
        _ => None,
    };
    let until = |end: usize| {
        let between = skip_space(text, end);
        let behind = UNTIL.iter().find_map(|word| word_at(text, between, word))?;
        day(skip_space(text, behind))
    };
    let (first, (last, end)) = match day(at) {
        Some((first, end)) => (first, until(end)?),
        None => {
            let (month, day, end) = date::day_without_year(text, at)?;
            let found = until(end)?;
            (date::last_such_day(month, day, found.0)?, found)
        }
    };
    span_of_days(first, last, calendar).map(|period| (Time::At(period), end))
}

/// The span with that first and last day, weeks-based calendars allowed for.
pub fn span_of_days(first: NaiveDate, last: NaiveDate, calendar: &Calendar) -> Option<Period> {
    let mut spans = [3, 6, 9, 12].into_iter().filter_map(|months| calendar.span_ending(months, last));
    spans.find(|period| (calendar.days(*period).0 - first).num_days().abs() <= 7)
}

/// `second quarter` of `fiscal 2024 second quarter`, `Q2` of `FY2024 Q2`.
fn quarter_behind(text: &[char], at: usize) -> Option<(u8, usize)> {
    let at = skip_blanks(text, at);
    if text.get(at) == Some(&'Q') {
        let number = text.get(at + 1)?.to_digit(10).filter(|n| (1..=4).contains(n))?;
        let ends = !text.get(at + 2).is_some_and(|c| c.is_alphanumeric());
        return ends.then_some((number as u8, at + 2));
    }
    let (number, after) = ORDINALS.iter().find_map(|(word, n)| Some((*n, word_at(text, at, word)?)))?;
    Some((number, word_at(text, skip_blanks(text, after), "quarter")?))
}

/// `1Q` or `Full Year` where the year stands in a column's head.
fn read_bare(text: &[char], at: usize) -> Option<(Time, usize)> {
    if let Some(end) = word_at(text, at, "full year") {
        return Some((Time::Bare(0), end));
    }
    let number = text.get(at)?.to_digit(10).filter(|n| (1..=4).contains(n))?;
    let is_quarter = matches!(text.get(at + 1), Some('Q'));
    let ends = !text.get(at + 2).is_some_and(|c| c.is_alphanumeric() || matches!(c, '-' | '–' | '~'));
    (is_quarter && ends).then_some((Time::Bare(number as u8), at + 2))
}

fn digits_at(text: &[char], at: usize) -> (String, usize) {
    let end = (at..text.len()).find(|i| !text[*i].is_ascii_digit()).unwrap_or(text.len()).max(at);
    (text.get(at..end).unwrap_or_default().iter().collect(), end)
}

/// The place behind `word` (given in lower case), blanks and line breaks equal. Nearly all words are ruled out by their first letter.
#[inline]
fn word_at(text: &[char], at: usize, word: &str) -> Option<usize> {
    let (seen, expected) = (*text.get(at)?, *word.as_bytes().first()?);
    let differs = seen.is_ascii() && expected != b' ' && seen.to_ascii_lowercase() as u32 != u32::from(expected);
    if differs { None } else { whole_word_at(text, at, word) }
}

fn whole_word_at(text: &[char], at: usize, word: &str) -> Option<usize> {
    let mut end = at;
    for expected in word.chars() {
        let seen = *text.get(end)?;
        let seen = if seen.is_ascii() { seen.to_ascii_lowercase() } else { seen.to_lowercase().next()? };
        if seen != expected && !(expected == ' ' && seen.is_whitespace()) {
            return None;
        }
        end += 1;
    }
    let last = word.chars().next_back()?;
    let glued = last.is_ascii_alphabetic() && word.len() > 2 && text.get(end).is_some_and(|c| c.is_ascii_alphabetic());
    (!glued).then_some(end)
}

fn skip_blanks(text: &[char], mut at: usize) -> usize {
    while matches!(text.get(at), Some(' ' | '\u{a0}')) {
        at += 1;
    }
    at
}

fn skip_space(text: &[char], mut at: usize) -> usize {
    while text.get(at).is_some_and(|c| c.is_whitespace() && *c != '\t') {
        at += 1;
    }
    at
}
