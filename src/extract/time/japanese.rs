//! Japanese periods and dates: `2018年3月期第1四半期`, `平成25年9月1日`, `2018年度`. Spans are cumulative from the start of the year.

use chrono::NaiveDate;

use super::date::last_day;
use super::{Time, digits_at, skip_blanks, word_at};
use crate::model::{Calendar, NamedAfter, Period, Quarter};

/// `2018年3月期第1四半期`, `26年8月期`, `2017年6月30日`, `平成25年9月1日`, `26年8月期1Q`, `2018年度`.
pub(super) fn read_japanese(text: &[char], at: usize, calendar: &Calendar) -> Option<(Time, usize)> {
    if let Some((day, end)) = read_day(text, at) {
        return Some((Time::At(day), end));
    }
    let (year, after) = year_at(text, at)?;
    if let Some(end) = word_at(text, after, "度") {
        let first = calendar.first_month > 1 && calendar.named_after == NamedAfter::End;
        return Some(parted(year + i32::from(first), text, end));
    }
    let (month, after) = month_at(text, after)?;
    if let Some(end) = word_at(text, after, "期") {
        let day = last_day(year, month)?;
        let label = calendar.span_ending(12, day)?.fiscal_year()?;
        return Some(parted(label, text, end));
    }
    if let Some(end) = word_at(text, after, "末") {
        let day = last_day(year, month)?;
        return Some((Time::At(Period::Instant(day)), end));
    }
    Some((Time::At(Period::Month { year, month: u8::try_from(month).ok()? }), after))
}

/// `平成25年9月1日`.
pub(super) fn read_day(text: &[char], at: usize) -> Option<(Period, usize)> {
    let (year, after) = year_at(text, at)?;
    let (month, after) = month_at(text, after)?;
    let (day, end) = digits_at(text, skip_blanks(text, after));
    let end = word_at(text, skip_blanks(text, end), "日")?;
    Some((Period::Instant(NaiveDate::from_ymd_opt(year, month, day.parse().ok()?)?), end))
}

/// The calendar year, and the place behind `年`. Without an era two digits are of Heisei, and of Reiwa where they are few.
fn year_at(text: &[char], at: usize) -> Option<(i32, usize)> {
    let (era, start) = era_at(text, at);
    let (digits, after) = match word_at(text, start, "元").filter(|_| era.is_some()) {
        Some(after) => ("1".to_owned(), after),
        None => digits_at(text, start),
    };
    let after = word_at(text, skip_blanks(text, after), "年").filter(|_| digits.len() <= 4)?;
    let year: i32 = digits.parse().ok()?;
    let year = match (era, year) {
        (Some(base), year) => base + year,
        (None, year) if year >= 1900 => year,
        (None, year) if year >= 16 => 1988 + year,
        (None, year) => 2018 + year,
    };
    Some((year, after))
}

/// The month, and the place behind `月`.
fn month_at(text: &[char], at: usize) -> Option<(u32, usize)> {
    let (digits, after) = digits_at(text, skip_blanks(text, at));
    let after = word_at(text, skip_blanks(text, after), "月")?;
    Some((digits.parse().ok().filter(|month| (1..=12).contains(month))?, after))
}

/// What follows `年3月期`: a half or a quarter (cumulative in tanshin wording), or the whole year.
fn parted(year: i32, text: &[char], at: usize) -> (Time, usize) {
    quarter_behind(year, text, at).map_or((Time::At(Period::Year(year)), at), |(period, end)| (Time::At(period), end))
}

fn quarter_behind(year: i32, text: &[char], at: usize) -> Option<(Period, usize)> {
    let near = skip_blanks(text, at);
    let half = || word_at(text, near, "(").or(Some(near)).and_then(|at| word_at(text, at, "中間期"));
    if let Some(end) = half() {
        return Some((Period::Half { year, number: 1 }, end));
    }
    let named = word_at(text, near, "第");
    let (number, after) = digits_at(text, named.unwrap_or(at));
    let end = match named {
        Some(_) => word_at(text, after, "四半期")?,
        None => word_at(text, after, "q")?,
    };
    let quarter = Quarter::new(year, number.parse().ok()?)?;
    Some((quarter.cumulative(), end))
}

/// Japanese eras: the year before the era's first.
fn era_at(text: &[char], at: usize) -> (Option<i32>, usize) {
    [("平成", 1988), ("令和", 2018), ("昭和", 1925)]
        .iter()
        .find_map(|(name, base)| Some((Some(*base), skip_blanks(text, word_at(text, at, name)?))))
        .unwrap_or((None, at))
}
