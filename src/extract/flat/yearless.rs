//! Headers whose years stand apart from their days: `Three Months Ended Nine Months Ended September 30, September 30, 2019 2018 2019
//! 2018`, `September 30, December 31, 2019 2018`, `Years ended December 31, 2020 2019`.

use chrono::{Datelike, NaiveDate};

use super::super::Time;
use super::super::time::month_number;
use super::stream::Stream;
use crate::model::{Calendar, Period};

/// Years that columns may be of.
const YEARS: std::ops::Range<i32> = 1990..2100;

/// The periods of such a header, and the place behind it.
pub fn periods(stream: &Stream<'_>, at: usize, calendar: &Calendar) -> Option<(Vec<Period>, usize)> {
    let (mut spans, mut days, mut end) = (Vec::new(), Vec::new(), at);
    loop {
        if let Some(Time::Span(months)) = stream.time(end) {
            spans.push(months);
            end += 1;
        } else if let Some((day, behind)) = day(stream, end) {
            days.push(day);
            end = behind;
        } else if let Some(behind) = aside(stream, end).filter(|_| end > at) {
            end = behind;
        } else {
            break;
        }
    }
    let mut years = Vec::new();
    while let Some(year) = year(stream, end) {
        years.push(year);
        end += 1;
    }
    let found = years.iter().enumerate().map(|(index, year)| {
        let (month, day) = *part(&days, index, years.len())?;
        let last = NaiveDate::from_ymd_opt(*year, month, day)?;
        match part(&spans, index, years.len()) {
            Some(months) => calendar.span_ending(*months, last),
            None => spans.is_empty().then_some(Period::Instant(last)),
        }
    });
    let found: Vec<Period> = found.collect::<Option<_>>()?;
    let end = aside(stream, end).unwrap_or(end);
    (found.len() >= 2).then_some((found, end))
}

/// What counts for one of the columns: the only one, its own, or that of its group.
fn part<T>(parts: &[T], index: usize, columns: usize) -> Option<&T> {
    let groups = !parts.is_empty() && columns.is_multiple_of(parts.len());
    groups.then(|| &parts[index / (columns / parts.len())])
}

/// `September 30,`, also behind `As of` or `At`: a day without its year.
pub fn day(stream: &Stream<'_>, at: usize) -> Option<((u32, u32), usize)> {
    let at = match (&*stream.word(at), &*stream.word(at + 1)) {
        ("as", "of") => at + 2,
        ("at", _) => at + 1,
        _ => at,
    };
    let month = month_number(&stream.word(at))?;
    let point = at + 1 + usize::from(stream.is_mark(at + 1, '.'));
    let number = stream.cell(point)?.number.filter(|number| number.magnitude.scale() == 0)?;
    let day = rust_decimal::prelude::ToPrimitive::to_u32(&number.magnitude).filter(|day| (1..=31).contains(day))?;
    Some(((month, day), point + 1 + usize::from(stream.is_mark(point + 1, ','))))
}

/// `(unaudited)` between days and years.
fn aside(stream: &Stream<'_>, at: usize) -> Option<usize> {
    let one = |at: usize| {
        (stream.is_mark(at, '(') && stream.word(at + 1) == "unaudited" && stream.is_mark(at + 2, ')')).then_some(at + 3)
    };
    let mut end = one(at)?;
    while let Some(next) = one(end) {
        end = next;
    }
    Some(end)
}

/// A bare number that is a year by its form.
pub fn year(stream: &Stream<'_>, at: usize) -> Option<i32> {
    let number = stream.cell(at)?.number.filter(|number| number.to - number.from == 4 && !number.percent)?;
    rust_decimal::prelude::ToPrimitive::to_i32(&number.magnitude).filter(|year| YEARS.contains(year))
}

/// `September 30, 2019 2018`: behind a time with its year, the years of more columns that end on the same day.
pub fn further(stream: &Stream<'_>, at: usize, of: Period, calendar: &Calendar) -> Vec<Period> {
    const MOST_BACK: usize = 5;
    let last = calendar.end(of).year();
    let before = std::iter::successors(Some(of), |period| Some(period.year_before())).take(MOST_BACK);
    let earlier: Vec<Period> = before.collect();
    let years = (at..).map_while(|at| year(stream, at));
    years.map_while(|year| earlier.get(usize::try_from(last - year).ok().filter(|n| *n > 0)?).copied()).collect()
}
