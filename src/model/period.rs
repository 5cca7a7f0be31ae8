//! Periods and the fiscal calendar. Only this file knows that `1Q13` is a quarter and which days it covers.

use std::fmt;
use std::str::FromStr;

use chrono::{Datelike, Days, Months, NaiveDate};
use serde::{Deserialize, Serialize};

/// A fiscal year by the company's own name for it: `2017` for FY2017.
pub type FiscalYear = i32;

/// One fiscal quarter, `1Q17`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Quarter {
    /// The fiscal year it belongs to.
    pub year: FiscalYear,
    /// 1 to 4.
    pub number: u8,
}

/// The time a figure speaks of: a span of months, or an instant (a balance sheet date).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Period {
    /// Three months, `1Q17`.
    Quarter(Quarter),
    /// Six months, `1H16` or `2H16`.
    Half {
        /// Fiscal year.
        year: FiscalYear,
        /// 1 or 2.
        number: u8,
    },
    /// The first nine months of a fiscal year, `9M18`; documents also print `1Q-3Q18`.
    NineMonths(FiscalYear),
    /// A fiscal year, `FY16`.
    Year(FiscalYear),
    /// One calendar month, `2012-03`.
    Month {
        /// Calendar year.
        year: i32,
        /// 1 to 12.
        month: u8,
    },
    /// A day: balance sheets, headcount, contracts, backlog.
    Instant(NaiveDate),
}

/// Why a text is not a period.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PeriodError {
    /// The number before `Q` is not 1 to 4.
    #[error("quarter {0} is not between 1 and 4")]
    QuarterNumber(u32),
    /// The number before `H` is not 1 or 2.
    #[error("half {0} is not 1 or 2")]
    HalfNumber(u32),
    /// No known form.
    #[error("`{0}` is not a period, expected a form like `1Q17`, `1H16`, `9M18`, `FY16`, `2012-03` or `2017-06-30`")]
    Form(String),
    /// A period, but not a quarter.
    #[error("`{0}` is not a quarter, expected a form like `1Q13`")]
    NotAQuarter(String),
}

/// Two-digit years belong to 1970 to 2069.
pub(crate) fn full_year(two_digits: i32) -> FiscalYear {
    if two_digits >= 70 { 1900 + two_digits } else { 2000 + two_digits }
}

/// A year as periods print it: two digits where they say it, all of them otherwise.
struct Short(FiscalYear);

impl fmt::Display for Short {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let two_digits = self.0.rem_euclid(100);
        if full_year(two_digits) == self.0 { write!(f, "{two_digits:02}") } else { write!(f, "{:04}", self.0) }
    }
}

/// A fiscal year as periods print it in short, `17`.
pub fn short_year(year: FiscalYear) -> String {
    Short(year).to_string()
}

impl Quarter {
    /// The quarter of that number in that fiscal year; `None` outside 1 to 4.
    pub fn new(year: FiscalYear, number: u8) -> Option<Self> {
        (1..=4).contains(&number).then_some(Self { year, number })
    }

    /// The quarter before this one.
    pub fn previous(self) -> Self {
        match self.number {
            1 => Self { year: self.year - 1, number: 4 },
            n => Self { year: self.year, number: n - 1 },
        }
    }

    /// The span from the start of the fiscal year to the end of this quarter.
    pub fn cumulative(self) -> Period {
        match self.number {
            1 => Period::Quarter(self),
            2 => Period::Half { year: self.year, number: 1 },
            3 => Period::NineMonths(self.year),
            _ => Period::Year(self.year),
        }
    }
}

impl Period {
    /// The quarter, where the period is one.
    pub fn quarter(self) -> Option<Quarter> {
        match self {
            Self::Quarter(quarter) => Some(quarter),
            _ => None,
        }
    }

    /// The fiscal year of a span; `None` for months and instants.
    pub fn fiscal_year(self) -> Option<FiscalYear> {
        match self {
            Self::Quarter(quarter) => Some(quarter.year),
            Self::Half { year, .. } | Self::NineMonths(year) | Self::Year(year) => Some(year),
            Self::Month { .. } | Self::Instant(_) => None,
        }
    }

    /// The last quarter of a span; `None` for months and instants.
    pub fn last_quarter(self) -> Option<Quarter> {
        let (year, number) = match self {
            Self::Quarter(quarter) => return Some(quarter),
            Self::Half { year, number } => (year, number * 2),
            Self::NineMonths(year) => (year, 3),
            Self::Year(year) => (year, 4),
            Self::Month { .. } | Self::Instant(_) => return None,
        };
        Some(Quarter { year, number })
    }

    /// The same period one year earlier: the base of a year-over-year change.
    pub fn year_before(self) -> Self {
        match self {
            Self::Quarter(q) => Self::Quarter(Quarter { year: q.year - 1, number: q.number }),
            Self::Half { year, number } => Self::Half { year: year - 1, number },
            Self::NineMonths(year) => Self::NineMonths(year - 1),
            Self::Year(year) => Self::Year(year - 1),
            Self::Month { year, month } => Self::Month { year: year - 1, month },
            Self::Instant(day) => Self::Instant(month_end_back(day, 12)),
        }
    }

    /// The period of the same length just before: the base of a quarter-over-quarter change.
    pub fn period_before(self) -> Option<Self> {
        match self {
            Self::Quarter(quarter) => Some(Self::Quarter(quarter.previous())),
            Self::Half { year, number: 1 } => Some(Self::Half { year: year - 1, number: 2 }),
            Self::Half { year, .. } => Some(Self::Half { year, number: 1 }),
            Self::NineMonths(_) => None,
            Self::Year(year) => Some(Self::Year(year - 1)),
            Self::Month { year, month: 1 } => Some(Self::Month { year: year - 1, month: 12 }),
            Self::Month { year, month } => Some(Self::Month { year, month: month - 1 }),
            Self::Instant(day) => Some(Self::Instant(month_end_back(day, 3))),
        }
    }
}

/// The day `months` earlier; the end of a month stays the end of a month.
fn month_end_back(day: NaiveDate, months: u32) -> NaiveDate {
    let next = day + Days::new(1);
    if next.day() == 1 { (next - Months::new(months)) - Days::new(1) } else { day - Months::new(months) }
}

/// Whether a fiscal year is called after the calendar year it starts or ends in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, Serialize, schemars::JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum NamedAfter {
    /// FY2017 starts in 2017 (usual in Japanese companies' English decks).
    #[default]
    Start,
    /// FY2017 ends in 2017 (usual in the United States; Japanese `2018年3月期` also names the end).
    End,
}

/// A company's fiscal calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Calendar {
    /// First month of the fiscal year, 1 to 12.
    pub first_month: u8,
    /// How fiscal years are called.
    #[serde(default)]
    pub named_after: NamedAfter,
}

impl Calendar {
    /// First day of a fiscal year.
    pub fn year_start(&self, year: FiscalYear) -> NaiveDate {
        let starts_before = self.named_after == NamedAfter::End && self.first_month > 1;
        let calendar_year = if starts_before { year - 1 } else { year };
        NaiveDate::from_ymd_opt(calendar_year, u32::from(self.first_month.clamp(1, 12)), 1)
            .expect("the first of a month between January and December exists")
    }

    /// First and last day of a period.
    pub fn days(&self, period: Period) -> (NaiveDate, NaiveDate) {
        let (year, from, months) = match period {
            Period::Quarter(q) => (q.year, u32::from(q.number - 1) * 3, 3),
            Period::Half { year, number } => (year, u32::from(number - 1) * 6, 6),
            Period::NineMonths(year) => (year, 0, 9),
            Period::Year(year) => (year, 0, 12),
            Period::Month { year, month } => {
                let first = NaiveDate::from_ymd_opt(year, u32::from(month), 1).expect("a month has a first day");
                return (first, first + Months::new(1) - Days::new(1));
            }
            Period::Instant(day) => return (day, day),
        };
        let first = self.year_start(year) + Months::new(from);
        (first, first + Months::new(months) - Days::new(1))
    }

    /// Last day of a period; series are ordered by it.
    pub fn end(&self, period: Period) -> NaiveDate {
        self.days(period).1
    }

    /// The fiscal year that a day falls into.
    pub fn year_of(&self, day: NaiveDate) -> FiscalYear {
        let label = day.year() + i32::from(self.named_after == NamedAfter::End && self.first_month > 1);
        if day < self.year_start(label) { label - 1 } else { label }
    }

    /// The span of `months` (3, 6, 9 or 12) that ends on or within three weeks of `end`; for 3 months any quarter, for 6 either
    /// half, for 9 and 12 only spans that start with the fiscal year. Weeks-based calendars end near a month's end.
    pub fn span_ending(&self, months: u32, end: NaiveDate) -> Option<Period> {
        (self.year_of(end) - 1..=self.year_of(end) + 1)
            .flat_map(|year| spans_of(year, months))
            .find(|period| (self.end(*period) - end).num_days().abs() <= 21)
    }
}

fn spans_of(year: FiscalYear, months: u32) -> Vec<Period> {
    match months {
        3 => (1..=4).map(|number| Period::Quarter(Quarter { year, number })).collect(),
        6 => (1..=2).map(|number| Period::Half { year, number }).collect(),
        9 => vec![Period::NineMonths(year)],
        12 => vec![Period::Year(year)],
        _ => Vec::new(),
    }
}

impl fmt::Display for Quarter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}Q{}", self.number, Short(self.year))
    }
}

impl fmt::Display for Period {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Quarter(quarter) => quarter.fmt(f),
            Self::Half { year, number } => write!(f, "{number}H{}", Short(*year)),
            Self::NineMonths(year) => write!(f, "9M{}", Short(*year)),
            Self::Year(year) => write!(f, "FY{}", Short(*year)),
            Self::Month { year, month } => write!(f, "{year:04}-{month:02}"),
            Self::Instant(day) => write!(f, "{}", day.format("%Y-%m-%d")),
        }
    }
}

impl FromStr for Period {
    type Err = PeriodError;

    fn from_str(text: &str) -> Result<Self, PeriodError> {
        let form = || PeriodError::Form(text.to_owned());
        // Years of more digits are those of no calendar: days are counted from them.
        let is_year = |year: i32| (1..=9999).contains(&year);
        if let Ok(day) = NaiveDate::parse_from_str(text, "%Y-%m-%d") {
            return is_year(day.year()).then_some(Self::Instant(day)).ok_or_else(form);
        }
        if let Some((year, month)) = text.split_once('-') {
            let month: u8 = month.parse().map_err(|_| form())?;
            let year = year.parse().map_err(|_| form())?;
            let is_month = is_year(year) && (1..=12).contains(&month);
            return is_month.then_some(Self::Month { year, month }).ok_or_else(form);
        }
        let upper = text.to_ascii_uppercase();
        if let Some(year) = upper.strip_prefix("FY") {
            return Ok(Self::Year(parse_year(year).ok_or_else(form)?));
        }
        let (number, letter, year) = split_span(&upper).ok_or_else(form)?;
        match letter {
            'Q' => u8::try_from(number)
                .ok()
                .and_then(|n| Quarter::new(year, n))
                .map(Self::Quarter)
                .ok_or(PeriodError::QuarterNumber(number)),
            'H' if number == 1 || number == 2 => Ok(Self::Half { year, number: number as u8 }),
            'H' => Err(PeriodError::HalfNumber(number)),
            'M' if number == 9 => Ok(Self::NineMonths(year)),
            _ => Err(form()),
        }
    }
}

/// `1Q17` as 1, `Q`, 2017.
fn split_span(text: &str) -> Option<(u32, char, FiscalYear)> {
    let at = text.find(|c: char| !c.is_ascii_digit())?;
    let letter = text[at..].chars().next()?;
    Some((text[..at].parse().ok()?, letter, parse_year(text.get(at + 1..)?)?))
}

fn parse_year(text: &str) -> Option<FiscalYear> {
    if !text.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let year: i32 = text.parse().ok()?;
    match text.len() {
        2 => Some(full_year(year)),
        4 => Some(year),
        _ => None,
    }
}

impl FromStr for Quarter {
    type Err = PeriodError;

    fn from_str(text: &str) -> Result<Self, PeriodError> {
        let not_a_quarter = || PeriodError::NotAQuarter(text.to_owned());
        match text.parse::<Period>() {
            Ok(Period::Quarter(quarter)) => Ok(quarter),
            Err(error @ PeriodError::QuarterNumber(_)) => Err(error),
            _ => Err(not_a_quarter()),
        }
    }
}

impl Serialize for Period {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Period {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}

impl Serialize for Quarter {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &str) {
        let seen = text.parse::<Quarter>().map_or_else(|e| e.to_string(), |q| q.to_string());
        assert_eq!(seen, expected, "{text}");
    }

    #[test]
    fn quarters_are_read_and_printed_alike() {
        check("1Q13", "1Q13");
        check("4q2009", "4Q09");
        check("5Q13", "quarter 5 is not between 1 and 4");
        check("FY13", "`FY13` is not a quarter, expected a form like `1Q13`");
    }

    #[test]
    fn every_period_form_is_printed_as_it_was_read() {
        for text in ["1Q17", "2H16", "9M18", "FY16", "2012-03", "2017-06-30"] {
            assert_eq!(text.parse::<Period>().map(|p| p.to_string()), Ok(text.to_owned()));
        }
        for text in ["", "Q", "3H16", "6M18", "FY1", "2012-13", "1Q1七", "999999999-01", "0-01", "+99999-01-01"] {
            assert!(text.parse::<Period>().is_err(), "{text}");
        }
    }

    fn end(first_month: u8, named_after: NamedAfter, period: &str) -> String {
        let period = period.parse().expect("a test writes a period");
        Calendar { first_month, named_after }.end(period).to_string()
    }

    #[test]
    fn periods_end_on_the_last_day_of_their_fiscal_months() {
        assert_eq!(end(4, NamedAfter::Start, "1Q17"), "2017-06-30");
        assert_eq!(end(4, NamedAfter::Start, "FY16"), "2017-03-31");
        assert_eq!(end(4, NamedAfter::End, "FY16"), "2016-03-31");
        assert_eq!(end(9, NamedAfter::End, "1Q14"), "2013-11-30");
        assert_eq!(end(1, NamedAfter::End, "2H20"), "2020-12-31");
    }

    #[test]
    fn a_span_is_found_by_its_length_and_its_last_day() {
        let japan = Calendar { first_month: 4, named_after: NamedAfter::Start };
        let costco = Calendar { first_month: 9, named_after: NamedAfter::End };
        let day = |text: &str| text.parse::<NaiveDate>().expect("a test writes a date");
        let name = |period: Option<Period>| period.map_or_else(String::new, |p| p.to_string());
        assert_eq!(name(japan.span_ending(9, day("2018-12-31"))), "9M18");
        assert_eq!(name(japan.span_ending(3, day("2018-12-31"))), "3Q18");
        assert_eq!(name(costco.span_ending(3, day("2022-11-20"))), "1Q23");
        assert_eq!(name(japan.span_ending(9, day("2018-11-15"))), "");
    }

    #[test]
    fn the_year_before_a_month_end_is_a_month_end() {
        let day: Period = "2017-02-28".parse().expect("a test writes a date");
        assert_eq!(day.year_before().to_string(), "2016-02-29");
        assert_eq!(day.period_before().map(|p| p.to_string()), Some("2016-11-30".to_owned()));
    }
}
