//! Codes of fiscal periods: `1Q17`, `Q3 2023`, `H1 2019`, `9M19`, `1Q-3Q18`, `2Q16-end`, `FY16`, `FY3/2018`.

use super::date::last_day;
use super::{Time, digits_at, skip_blanks, word_at};
use crate::model::{Calendar, Period, Quarter, full_year};

/// The days that a period ends: `2Q16-end` is an instant.
fn at_end(calendar: &Calendar, period: Period) -> Period {
    Period::Instant(calendar.end(period))
}

/// One code that starts at `at`.
pub(super) fn read_code(text: &[char], at: usize, calendar: &Calendar) -> Option<(Time, usize)> {
    if let Some(found) = read_year_by_its_end(text, at, calendar) {
        return Some(found);
    }
    if word_at(text, at, "fy").is_some() || word_at(text, at, "fiscal ").is_some() {
        let (year, end) = fiscal_year(text, at).or_else(|| super::named_year(text, at))?;
        let quarter = super::quarter_behind(text, end);
        let of_year = |(number, end)| Some((Time::At(Period::Quarter(Quarter::new(year, number)?)), end));
        return quarter.and_then(of_year).or(Some((Time::At(Period::Year(year)), end)));
    }
    let (number, letter) = number_and_letter(text, at)?;
    if letter == 'Q'
        && number == 1
        && let Some(found) = read_nine_months(text, at)
    {
        return Some(found);
    }
    let (year, end) = year_behind(text, at + 2)?;
    let period = match (letter, number) {
        ('Q', _) => Period::Quarter(Quarter::new(year, number)?),
        ('H', 1 | 2) => Period::Half { year, number },
        ('M', 6) => Period::Half { year, number: 1 },
        ('M', 9) => Period::NineMonths(year),
        _ => return None,
    };
    match word_at(text, end, "-end").or_else(|| word_at(text, end, " end")) {
        Some(end) => Some((Time::At(at_end(calendar, period)), end)),
        None => Some((Time::At(period), end)),
    }
}

/// `3Q` or `Q3`, `1H` or `H1`; a text layer may print `IQ` for `1Q`.
fn number_and_letter(text: &[char], at: usize) -> Option<(u8, char)> {
    let (first, second) = (*text.get(at)?, *text.get(at + 1)?);
    let digit = |c: char| c.to_digit(10).and_then(|n| u8::try_from(n).ok());
    if matches!(first, 'Q' | 'H') {
        return Some((digit(second)?, first));
    }
    let number = if matches!(first, 'I' | 'l') { 1 } else { digit(first)? };
    Some((number, second.to_ascii_uppercase()))
}

/// `17`, ` FY2017`, `/2017`, ` 2017`, `'17`.
fn year_behind(text: &[char], at: usize) -> Option<(i32, usize)> {
    let parted = skip_blanks(text, at);
    let parted =
        if matches!(text.get(parted), Some('/' | ',' | '\'' | '’')) { skip_blanks(text, parted + 1) } else { parted };
    let far = || {
        short_year(text, parted)
            .filter(|(_, end)| end - parted == 4 || matches!(text.get(parted - 1), Some('\'' | '’')))
    };
    let named = || word_at(text, parted, "fiscal ").and_then(|_| super::named_year(text, parted));
    fiscal_year(text, parted).or_else(named).or_else(|| short_year(text, at)).or_else(far)
}

/// `FY3/2018`, `FY2018/3`, `FYE3/18`: the year that ends in that month.
fn read_year_by_its_end(text: &[char], at: usize, calendar: &Calendar) -> Option<(Time, usize)> {
    let start = word_at(text, at, "fye").or_else(|| word_at(text, at, "fy"))?;
    let (first, slash) = digits_at(text, skip_blanks(text, start));
    let (second, end) = digits_at(text, slash + 1);
    if text.get(slash) != Some(&'/') || first.is_empty() || second.is_empty() {
        return None;
    }
    let (month, year) = if first.len() == 4 { (second, first) } else { (first, second) };
    let month: u32 = month.parse().ok()?;
    let year: i32 = year.parse().ok()?;
    let day = last_day(if year < 100 { full_year(year) } else { year }, month)?;
    calendar.span_ending(12, day).map(|period| (Time::At(period), end))
}

/// `1Q-3Q18`, also with a dash or tilde.
fn read_nine_months(text: &[char], at: usize) -> Option<(Time, usize)> {
    let dash = at + 2;
    let is_range = matches!(text.get(dash)?, '-' | '–' | '~' | '～');
    let third = text.get(dash + 1) == Some(&'3') && matches!(text.get(dash + 2), Some('Q' | 'q'));
    if !(is_range && third) {
        return None;
    }
    let (year, end) = fiscal_year(text, skip_blanks(text, dash + 3)).or_else(|| short_year(text, dash + 3))?;
    Some((Time::At(Period::NineMonths(year)), end))
}

/// Years that four digits may be.
const YEARS: std::ops::Range<i32> = 1950..2100;

/// `FY2016`, `FY16`.
pub(super) fn fiscal_year(text: &[char], at: usize) -> Option<(i32, usize)> {
    let start = word_at(text, at, "fy")?;
    let start = if matches!(text.get(start), Some(' ' | '\'' | '’')) { start + 1 } else { start };
    let (digits, end) = digits_at(text, start);
    let year = match digits.len() {
        4 => digits.parse().ok().filter(|year| YEARS.contains(year))?,
        2 => full_year(digits.parse().ok()?),
        // The fifth digit is a footnote's.
        5 => digits[..4].parse().ok().filter(|year| YEARS.contains(year))?,
        _ => return None,
    };
    Some((year, end))
}

/// The digits of `1Q17` or `1Q2017`.
fn short_year(text: &[char], at: usize) -> Option<(i32, usize)> {
    let (digits, end) = digits_at(text, at);
    let year: i32 = digits.parse().ok()?;
    let followed_by_figure = text.get(end) == Some(&',') && text.get(end + 1).is_some_and(char::is_ascii_digit);
    match digits.len() {
        2 if !followed_by_figure => Some((full_year(year), end)),
        4 if YEARS.contains(&year) && !followed_by_figure => Some((year, end)),
        _ => None,
    }
}
