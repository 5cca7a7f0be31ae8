//! Periods and dates as documents print them, in English and Japanese. A company's calendar turns dates into fiscal spans.

use chrono::NaiveDate;

use crate::model::{Calendar, NamedAfter, Period, Quarter, full_year};

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

/// The days that a period ends: `2Q16-end` is an instant.
fn at_end(calendar: &Calendar, period: Period) -> Period {
    Period::Instant(calendar.end(period))
}

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

const ORDINALS: [(&str, u8); 8] =
    [("first", 1), ("second", 2), ("third", 3), ("fourth", 4), ("1st", 1), ("2nd", 2), ("3rd", 3), ("4th", 4)];

const SPANS: [(&str, u32); 11] = [
    ("three months", 3),
    ("3 months", 3),
    ("first 3 months", 3),
    ("six months", 6),
    ("6 months", 6),
    ("first 6 months", 6),
    ("nine months", 9),
    ("9 months", 9),
    ("first 9 months", 9),
    ("12 weeks", 3),
    ("fiscal year", 12),
];

/// Reads one time that starts at `at`; gives it and the place behind it.
pub fn read(text: &[char], at: usize, calendar: &Calendar) -> Option<(Time, usize)> {
    if at > 0 && text[at - 1].is_ascii_alphanumeric() || !may_start(*text.get(at)?) {
        return None;
    }
    read_code(text, at, calendar)
        .or_else(|| read_ordinal(text, at))
        .or_else(|| read_span_ended(text, at, calendar))
        .or_else(|| read_date(text, at).map(|(date, end)| (Time::At(date), end)))
        .or_else(|| read_iso(text, at))
        .or_else(|| read_japanese(text, at, calendar))
        .or_else(|| read_bare(text, at))
}

/// Whether a time can start with this character: a digit, a letter of a month, ordinal or code, or an era.
fn may_start(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '平' | '令' | '昭')
}

/// `1Q17`, `1Q-3Q18`, `1H16`, `2Q16-end`, `1Q FY2013`, `FY16`, `FY2016`, `IQ17`.
fn read_code(text: &[char], at: usize, calendar: &Calendar) -> Option<(Time, usize)> {
    if word_at(text, at, "fy").is_some() {
        let (year, end) = fiscal_year(text, at)?;
        return Some((Time::At(Period::Year(year)), end));
    }
    let number = match text.get(at)? {
        'I' | 'l' => 1,
        c => u8::try_from(c.to_digit(10)?).ok()?,
    };
    let letter = text.get(at + 1)?.to_ascii_uppercase();
    if letter == 'Q'
        && number == 1
        && let Some(found) = read_nine_months(text, at)
    {
        return Some(found);
    }
    let (year, end) = match fiscal_year(text, skip_blanks(text, at + 2)) {
        Some(found) => found,
        None => short_year(text, at + 2)?,
    };
    let period = match letter {
        'Q' => Period::Quarter(Quarter::new(year, number)?),
        'H' if number == 1 || number == 2 => Period::Half { year, number },
        _ => return None,
    };
    match word_at(text, end, "-end").or_else(|| word_at(text, end, " end")) {
        Some(end) => Some((Time::At(at_end(calendar, period)), end)),
        None => Some((Time::At(period), end)),
    }
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
fn fiscal_year(text: &[char], at: usize) -> Option<(i32, usize)> {
    let start = word_at(text, at, "fy")?;
    let start = if text.get(start) == Some(&' ') { start + 1 } else { start };
    let (digits, end) = digits_at(text, start);
    let year = match digits.len() {
        4 => digits.parse().ok().filter(|year| YEARS.contains(year))?,
        2 => full_year(digits.parse().ok()?),
        _ => return None,
    };
    Some((year, end))
}

/// The two digits of `1Q17`.
fn short_year(text: &[char], at: usize) -> Option<(i32, usize)> {
    let (digits, end) = digits_at(text, at);
    let year: i32 = digits.parse().ok()?;
    let followed_by_figure = text.get(end) == Some(&',') && text.get(end + 1).is_some_and(char::is_ascii_digit);
    match digits.len() {
        2 if !followed_by_figure => Some((full_year(year), end)),
        4 if YEARS.contains(&year) => Some((year, end)),
        _ => None,
    }
}

/// `Third Quarter FY2018`, `3rd Quarter FY2018`, `first quarter fiscal 2023`.
fn read_ordinal(text: &[char], at: usize) -> Option<(Time, usize)> {
    let (number, after) = ORDINALS.iter().find_map(|(word, n)| Some((*n, word_at(text, at, word)?)))?;
    let after = word_at(text, skip_blanks(text, after), "quarter")?;
    let after = skip_blanks(text, after);
    let after = word_at(text, after, "of ").unwrap_or(after);
    let after = word_at(text, after, "the ").unwrap_or(after);
    let (year, end) = fiscal_year(text, after).or_else(|| named_year(text, after))?;
    Some((Time::At(Period::Quarter(Quarter::new(year, number)?)), end))
}

/// `fiscal 2023`, `fiscal year 2023`, `2025`.
fn named_year(text: &[char], at: usize) -> Option<(i32, usize)> {
    let after = word_at(text, at, "fiscal year ").or_else(|| word_at(text, at, "fiscal ")).unwrap_or(at);
    let (digits, end) = digits_at(text, after);
    (digits.len() == 4).then(|| digits.parse().ok()).flatten().map(|year| (year, end))
}

/// `nine months ended December 31, 2018`, `fiscal year ending March 31, 2019`; the span alone where no date follows.
fn read_span_ended(text: &[char], at: usize, calendar: &Calendar) -> Option<(Time, usize)> {
    let (months, after) = SPANS.iter().find_map(|(word, months)| Some((*months, word_at(text, at, word)?)))?;
    let after = skip_space(text, after);
    let ended = ["ended", "ending"].iter().find_map(|word| word_at(text, after, word))?;
    let behind = skip_space(text, ended);
    let behind = word_at(text, behind, "on ").unwrap_or(behind);
    match read_date(text, behind) {
        Some((Period::Instant(day), end)) => calendar.span_ending(months, day).map(|period| (Time::At(period), end)),
        _ => Some((Time::Span(months), ended)),
    }
}

/// `December 31, 2018`, `Dec. 31, 2011`, `31 December 2018`, `March 2012`, `Mar. 2012`, `Dec. 2011`.
fn read_date(text: &[char], at: usize) -> Option<(Period, usize)> {
    let (month, after) = month_at(text, at)?;
    let day_at = skip_space(text, after);
    let (first, after_first) = digits_at(text, day_at);
    if first.len() == 4 {
        return Some((Period::Month { year: first.parse().ok()?, month }, after_first));
    }
    let day: u32 = first.parse().ok()?;
    let comma = skip_space(text, after_first);
    let year_at = if text.get(comma) == Some(&',') { skip_space(text, comma + 1) } else { comma };
    let (year, end) = digits_at(text, year_at);
    if year.len() != 4 {
        return None;
    }
    let date = NaiveDate::from_ymd_opt(year.parse().ok()?, u32::from(month), day)?;
    Some((Period::Instant(date), end))
}

/// `2019-02-06`.
fn read_iso(text: &[char], at: usize) -> Option<(Time, usize)> {
    let end = at + 10;
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
    let word: String = text[at..end].iter().collect::<String>().to_lowercase();
    let index = MONTHS
        .iter()
        .position(|month| *month == word || (word.len() >= 3 && word.len() <= 4 && month.starts_with(&word)))?;
    let end = if text.get(end) == Some(&'.') { end + 1 } else { end };
    Some((index as u8 + 1, end))
}

/// `2018年3月期第1四半期`, `26年8月期`, `2017年6月30日`, `平成25年9月1日`, `26年8月期1Q`.
fn read_japanese(text: &[char], at: usize, calendar: &Calendar) -> Option<(Time, usize)> {
    let (era, start) = era_at(text, at);
    let (year, after) = digits_at(text, start);
    let after = skip_blanks(text, after);
    if text.get(after) != Some(&'年') || year.is_empty() || year.len() > 4 {
        return None;
    }
    let year: i32 = year.parse().ok()?;
    let year = match (era, year) {
        (Some(base), year) => base + year,
        (None, year) if year >= 1900 => year,
        (None, year) => 1988 + year,
    };
    let month_start = skip_blanks(text, after + 1);
    let (month, after) = digits_at(text, month_start);
    if text.get(after) != Some(&'月') {
        return None;
    }
    let month: u8 = month.parse().ok().filter(|m| (1..=12).contains(m))?;
    if text.get(after + 1) == Some(&'期') {
        return japanese_period(text, after + 2, year, month, calendar);
    }
    let day_start = skip_blanks(text, after + 1);
    let (day, end) = digits_at(text, day_start);
    if text.get(end) == Some(&'日') {
        let date = NaiveDate::from_ymd_opt(year, u32::from(month), day.parse().ok()?)?;
        return Some((Time::At(Period::Instant(date)), end + 1));
    }
    Some((Time::At(Period::Month { year, month }), after + 1))
}

/// What follows `年3月期`: a quarter (cumulative in tanshin wording), or the whole year.
fn japanese_period(text: &[char], at: usize, year: i32, month: u8, calendar: &Calendar) -> Option<(Time, usize)> {
    let starts_before = month < 12;
    let label = match calendar.named_after {
        NamedAfter::End => year,
        NamedAfter::Start => year - i32::from(starts_before),
    };
    if let Some(end) = word_at(text, at, "中間期") {
        return Some((Time::At(Period::Half { year: label, number: 1 }), end));
    }
    let quarter = word_at(text, at, "第").map_or(at, |after| after);
    let (number, after) = digits_at(text, quarter);
    let suffix = word_at(text, after, "四半期").or_else(|| word_at(text, after, "q"));
    match (number.parse::<u8>().ok(), suffix) {
        (Some(number), Some(end)) => {
            let cumulative = Quarter::new(label, number)?.cumulative();
            Some((Time::At(cumulative), end))
        }
        _ => Some((Time::At(Period::Year(label)), at)),
    }
}

/// Japanese eras: the year before the era's first.
fn era_at(text: &[char], at: usize) -> (Option<i32>, usize) {
    [("平成", 1988), ("令和", 2018), ("昭和", 1925)]
        .iter()
        .find_map(|(name, base)| Some((Some(*base), word_at(text, at, name)?)))
        .unwrap_or((None, at))
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

/// The place behind `word` (given in lower case), blanks and line breaks equal.
fn word_at(text: &[char], at: usize, word: &str) -> Option<usize> {
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

#[cfg(test)]
mod tests {
    use super::*;

    fn check_with(calendar: Calendar, text: &str, expected: &str) {
        let chars: Vec<char> = text.chars().collect();
        let seen = read(&chars, 0, &calendar).map_or_else(
            || "none".to_owned(),
            |(time, end)| {
                let rest: String = chars[end..].iter().collect();
                match time {
                    Time::At(period) => format!("{period} <{rest}>"),
                    Time::Span(months) => format!("{months} months <{rest}>"),
                    Time::Bare(number) => format!("bare {number} <{rest}>"),
                }
            },
        );
        assert_eq!(seen, expected, "{text}");
    }

    fn check(text: &str, expected: &str) {
        check_with(Calendar { first_month: 4, named_after: NamedAfter::Start }, text, expected);
    }

    #[test]
    fn english_periods_are_read_in_all_their_forms() {
        check("1Q17 Results", "1Q17 < Results>");
        check("IQ17 revenue", "1Q17 < revenue>");
        check("1Q-3Q18 x", "9M18 < x>");
        check("1H16:", "1H16 <:>");
        check("2Q16-end GIO", "2016-09-30 < GIO>");
        check("1Q FY2013 (", "1Q13 < (>");
        check("FY2016", "FY16 <>");
        check("FY12:", "FY12 <:>");
        check("4Q11Internet", "4Q11 <Internet>");
        check("Third Quarter FY2018 x", "3Q18 < x>");
        check("3rd Quarter FY2018", "3Q18 <>");
        check("Nine months ended December 31, 2018 139", "9M18 < 139>");
        check("Nine Months Ended Nine", "9 months < Nine>");
        check("Fiscal Year Ending March 31, 2019", "FY18 <>");
        check("2019-02-06 IIJ", "2019-02-06 < IIJ>");
        check("June 30, 2017,", "2017-06-30 <,>");
        check("Mar. 31, 2016", "2016-03-31 <>");
        check("March 2012 rev", "2012-03 < rev>");
        check("1Q (June revenue)", "bare 1 < (June revenue)>");
        check("Full Year\t3", "bare 0 <\t3>");
        check("March 5", "none");
        check("1,946", "none");
    }

    #[test]
    fn japanese_periods_are_cumulative_from_the_start_of_the_fiscal_year() {
        let jin = Calendar { first_month: 9, named_after: NamedAfter::End };
        check_with(jin, "26年8月期第1四半期\t8", "1Q14 <\t8>");
        check_with(jin, "25年8月期（予想）", "FY13 <（予想）>");
        check_with(jin, "平成26年 8月期の", "FY14 <の>");
        check_with(jin, "平成25年 9月 1日～", "2013-09-01 <～>");
        check("2018年3月期第2四半期", "1H17 <>");
        check("2025年3月期中間期", "1H24 <>");
        check("2019年3月期 第3四半期", "FY18 < 第3四半期>");
    }
}
