//! Dates and months: `December 31, 2018`, `31 Dec 2018`, `2019-02-06`, `March 2012`, `January–June 2019`.

use chrono::{Days, Months, NaiveDate};

use super::{Time, digits_at, skip_space, word_at};
use crate::model::{Calendar, Period};

const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

/// `December 31, 2018`, `Dec. 31, 2011`, `31 December 2018`, `March 2012`, `Mar. 2012`, `Dec. 2011`.
pub(super) fn read_date(text: &[char], at: usize) -> Option<(Period, usize)> {
    let Some((month, after)) = month_at(text, at) else { return read_day_first(text, at) };
    let day_at = skip_space(text, after);
    let (first, after_first) = digits_at(text, day_at);
    if first.len() == 4 {
        return Some((Period::Month { year: year_of(&first)?, month }, after_first));
    }
    let day: u32 = first.parse().ok()?;
    let comma = skip_space(text, after_first);
    let year_at = if text.get(comma) == Some(&',') { skip_space(text, comma + 1) } else { comma };
    let (year, end) = digits_at(text, year_at);
    let date = NaiveDate::from_ymd_opt(year_of(&year)?, u32::from(month), day)?;
    Some((Period::Instant(date), end))
}

/// Four digits that are a year in which companies report; others are numbers.
fn year_of(digits: &str) -> Option<i32> {
    digits.parse().ok().filter(|year| digits.len() == 4 && (1900..2200).contains(year))
}

/// The last day of a month.
pub(super) fn last_day(year: i32, month: u32) -> Option<NaiveDate> {
    Some(NaiveDate::from_ymd_opt(year, month, 1)? + Months::new(1) - Days::new(1))
}

/// `April 1`, `1 January`: a day whose year stands behind the last day of its span.
pub(super) fn day_without_year(text: &[char], at: usize) -> Option<(u8, u32, usize)> {
    if let Some((month, after)) = month_at(text, at) {
        let (digits, end) = digits_at(text, skip_space(text, after));
        return Some((month, digits.parse().ok().filter(|_| digits.len() <= 2)?, end));
    }
    let (digits, end) = digits_at(text, at);
    let day: u32 = digits.parse().ok().filter(|_| digits.len() <= 2)?;
    let (month, after) = month_at(text, skip_space(text, end)).filter(|_| skip_space(text, end) > end)?;
    Some((month, day, after))
}

/// The last day of that month and number before another day.
pub(super) fn last_such_day(month: u8, day: u32, before: NaiveDate) -> Option<NaiveDate> {
    use chrono::Datelike;
    let of_year = |year: i32| NaiveDate::from_ymd_opt(year, u32::from(month), day);
    of_year(before.year()).filter(|found| *found < before).or_else(|| of_year(before.year() - 1))
}

/// `2019-02-06`.
pub(super) fn read_iso(text: &[char], at: usize) -> Option<(Time, usize)> {
    let end = at + 10;
    if !text[at].is_ascii_digit() {
        return None;
    }
    let shape = text.get(at + 4) == Some(&'-') && !text.get(end).is_some_and(char::is_ascii_alphanumeric);
    let date: String = text.get(at..end)?.iter().collect();
    let day = NaiveDate::parse_from_str(&date, "%Y-%m-%d").ok().filter(|_| shape)?;
    Some((Time::At(Period::Instant(day)), end))
}

/// A month's name or its abbreviation of three or four letters, with or without its point.
fn month_at(text: &[char], at: usize) -> Option<(u8, usize)> {
    if !text.get(at)?.is_uppercase() {
        return None;
    }
    let end = (at..text.len()).find(|i| !text[*i].is_ascii_alphabetic()).unwrap_or(text.len());
    let word = &text[at..end];
    let starts = |month: &str| {
        word.len() <= month.len() && word.iter().zip(month.chars()).all(|(c, letter)| c.eq_ignore_ascii_case(&letter))
    };
    let whole = |month: &str| word.len() == month.len() || matches!(word.len(), 3 | 4);
    let index = MONTHS.iter().position(|month| whole(month) && starts(month))?;
    let end = if text.get(end) == Some(&'.') { end + 1 } else { end };
    Some((index as u8 + 1, end))
}

/// `31 December 2018`, `30th June 2019`.
fn read_day_first(text: &[char], at: usize) -> Option<(Period, usize)> {
    let (digits, end) = digits_at(text, at);
    let day: u32 = digits.parse().ok().filter(|_| digits.len() <= 2)?;
    let end = ["st", "nd", "rd", "th"].iter().find_map(|suffix| word_at(text, end, suffix)).unwrap_or(end);
    let (month, after) = month_at(text, skip_space(text, end)).filter(|_| skip_space(text, end) > end)?;
    let (year, end) = digits_at(text, skip_space(text, after));
    Some((Period::Instant(NaiveDate::from_ymd_opt(year_of(&year)?, u32::from(month), day)?), end))
}

/// `January–June 2019`, `April - December 2018`: spans of whole months.
pub(super) fn read_months(text: &[char], at: usize, calendar: &Calendar) -> Option<(Time, usize)> {
    let (first, after) = month_at(text, at)?;
    let dash = skip_space(text, after);
    let between = match text.get(dash)? {
        '-' | '–' | '—' | '~' | '～' => dash + 1,
        _ => word_at(text, dash, "to ")?,
    };
    let (last, after) = month_at(text, skip_space(text, between))?;
    let (year, end) = digits_at(text, skip_space(text, after));
    whole_months(u32::from(first), u32::from(last), year_of(&year)?, calendar).map(|period| (Time::At(period), end))
}

/// `7-9/2017`, `1–9/2017`: the same by the numbers of the months.
pub(super) fn read_month_numbers(text: &[char], at: usize, calendar: &Calendar) -> Option<(Time, usize)> {
    let month = |at: usize| {
        let (digits, end) = digits_at(text, at);
        Some((digits.parse().ok().filter(|month| digits.len() <= 2 && (1..=12).contains(month))?, end))
    };
    let (first, dash): (u32, usize) = month(at)?;
    let (last, slash) = month(dash + 1).filter(|_| matches!(text.get(dash), Some('-' | '–')))?;
    let (year, end) = digits_at(text, slash + 1);
    let whole = text.get(slash) == Some(&'/') && !text.get(end).is_some_and(|c| c.is_alphanumeric() || *c == '/');
    let period = whole_months(first, last, year_of(&year)?, calendar).filter(|_| first < last && whole)?;
    Some((Time::At(period), end))
}

/// The span from the first day of one month to the last day of another, where the calendar has such a span.
fn whole_months(first: u32, last: u32, year: i32, calendar: &Calendar) -> Option<Period> {
    let months = (last + 12 - first) % 12 + 1;
    let first_day = NaiveDate::from_ymd_opt(year, last, 1)? - Months::new(months - 1);
    let day = last_day(year, last)?;
    calendar.span_ending(months, day).filter(|period| calendar.days(*period).0 == first_day)
}

/// The number of the month that a word names.
pub fn month_number(word: &str) -> Option<u32> {
    // Nearly all words are ruled out by their first letter.
    if !word.starts_with(['j', 'f', 'm', 'a', 's', 'o', 'n', 'd']) {
        return None;
    }
    let mut word: Vec<char> = word.chars().collect();
    word.first_mut()?.make_ascii_uppercase();
    month_at(&word, 0).filter(|(_, end)| *end == word.len()).map(|(month, _)| u32::from(month))
}

/// Whether a word is the name of a month.
pub fn is_month(word: &str) -> bool {
    let word: Vec<char> = word.chars().collect();
    !word.is_empty() && month_at(&word, 0).is_some_and(|(_, end)| end == word.len())
}
