//! The columns of a table whose columns are periods: which time, which sense, which unit, or which change.

use chrono::{Datelike, NaiveDate};

use super::super::scan::Kind;
use super::super::{Page, Time};
use super::stream::Stream;
use super::{grouped, yearless};
use crate::model::{Basis, Calendar, Measure, Period, Unit};

/// What the figures of a column say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Says {
    /// The amounts themselves.
    Level,
    /// Changes against the same period of the year before.
    OverYear,
    /// Changes against the period just before.
    OverPrevious,
    /// Changes between two balance sheet dates.
    BetweenDates,
    /// Percentages of total revenue.
    Share,
    /// Something that we do not read.
    Unread,
}

/// One column.
#[derive(Clone, Debug)]
pub struct Column {
    /// What its figures say.
    pub says: Says,
    /// Of which time.
    pub period: Period,
    /// In which sense.
    pub basis: Basis,
    /// In which unit, where the header says it.
    pub unit: Option<Unit>,
}

impl Says {
    /// The measure of a change, by its unit.
    pub fn measure(self, unit: &Unit) -> Option<Measure> {
        match (self, unit) {
            (Self::Unread, _) => None,
            (Self::Level, _) => Some(Measure::Level),
            (Self::Share, Unit::Percent) => Some(Measure::ShareOfRevenuePct),
            (Self::Share, _) => None,
            (_, Unit::Points) => (self != Self::OverPrevious).then_some(Measure::PpChange),
            (Self::OverYear, Unit::Percent) => Some(Measure::YoyPct),
            (Self::OverYear, _) => Some(Measure::YoyAbs),
            (Self::OverPrevious, Unit::Percent) => Some(Measure::QoqPct),
            (Self::OverPrevious, _) => Some(Measure::QoqAbs),
            (Self::BetweenDates, Unit::Percent) => None,
            (Self::BetweenDates, _) => Some(Measure::ChangeAbs),
        }
    }
}

/// The sense of a figure whose header calls it nothing: what has not ended yet is a target.
pub fn basis_of(period: Period, date: Option<NaiveDate>, calendar: &Calendar) -> Basis {
    if date.is_some_and(|date| calendar.end(period) > date) { Basis::Target } else { Basis::Actual }
}

/// A header of period columns that starts at a place, and the place behind it: `1Q-3Q17 1Q-3Q18 YoY Change JPY millions JPY
/// millions %`, `Nine Months Ended Nine Months Ended December 31, 2017 December 31, 2018 Thousands of JPY Thousands of JPY`.
pub fn header(stream: &Stream<'_>, at: usize, page: &Page<'_>) -> Option<(Vec<Column>, usize)> {
    // Nearly all tokens are ruled out by their form.
    let opens = match &stream.tokens.get(at)?.kind {
        Kind::Time(_) | Kind::Mark('(' | '（') => true,
        Kind::Word(word) => word.starts_with(|c: char| "asjfmondASJFMOND".contains(c)),
        _ => false,
    };
    if !opens {
        return None;
    }
    let calendar = &page.company.fiscal_year;
    if let Some(found) = translated_years(stream, at, page).or_else(|| grouped::columns(stream, at, page)) {
        return Some(found);
    }
    let is_change = |at: usize| stream.is_one_of(at, &page.vocabulary.words().changes);
    let among = (at + 1..at + 4).find(|at| is_change(*at) && stream.time(at - 1).is_some_and(is_span));
    let (periods, after) = periods(stream, at, among, calendar)
        .or_else(|| japanese_periods(stream, at, calendar))
        .or_else(|| broken_periods(stream, at, calendar))
        .or_else(|| yearless::periods(stream, at, calendar))?;
    let mut columns: Vec<Column> = periods.iter().map(|period| level(*period, page)).collect();
    let later = periods.iter().copied().max_by_key(|period| page.company.fiscal_year.end(*period))?;
    let mut end = after;
    columns.extend(among.map(|_| Column { says: Says::OverYear, unit: Some(Unit::Percent), ..level(later, page) }));
    while let Some((says, behind)) = change(stream, end, page, later) {
        let unit = (end..behind).any(|i| stream.is_mark(i, '%')).then_some(Unit::Percent);
        columns.push(Column { says, unit, ..level(later, page) });
        end = behind;
    }
    let units_at = end;
    let (units, end) = stream.units(end);
    if units.len() > columns.len() {
        let shares = is_of_revenue(&stream.slice(units_at, end));
        return Some((spread(&columns, &units, shares, page)?, end));
    }
    let foreign = |unit: &Unit| unit.currency().is_some_and(|currency| currency != page.company.currency);
    let last_translated = units.len() == columns.len() && units.iter().position(foreign) == Some(units.len() - 1);
    if !last_translated {
        translate_last(stream, at, &mut columns, page);
    }
    let one = units.len() == 1;
    for (index, column) in columns.iter_mut().enumerate() {
        let first = if one && column.says == Says::Level { units.first() } else { None };
        column.unit = first.or(units.get(index)).cloned().or(column.unit.take());
    }
    Some((columns, end))
}

/// The last two columns of one time: the second one is a translation, read where units before the times say so.
fn translate_last(stream: &Stream<'_>, at: usize, columns: &mut [Column], page: &Page<'_>) {
    let [.., before, last] = columns else { return };
    if before.says != Says::Level || last.says != Says::Level || before.period != last.period {
        return;
    }
    match own_and_foreign(stream, at, page) {
        Some((own, foreign, _)) => {
            last.unit = Some(foreign);
            let others = columns.len() - 1;
            columns[..others].iter_mut().for_each(|column| column.unit = Some(own.clone()));
        }
        None => last.says = Says::Unread,
    }
}

/// `Millions of yen`, `Change`, `Thousands of U.S. dollars` right before a place: the company's unit, the other one, and whether
/// changes stand between.
fn own_and_foreign(stream: &Stream<'_>, at: usize, page: &Page<'_>) -> Option<(Unit, Unit, bool)> {
    const LONGEST: usize = 12;
    let starts = at.saturating_sub(LONGEST)..at;
    starts.into_iter().find_map(|start| {
        let (own, end) = stream.unit(start)?;
        let changes = stream.is_one_of(end, &page.vocabulary.words().changes);
        let (foreign, end) = stream.unit(end + usize::from(changes))?;
        let company = Some(page.company.currency);
        let apart = own.currency() == company && foreign.currency().is_some() && foreign.currency() != company;
        (end == at && apart).then_some((own, foreign, changes))
    })
}

/// `Millions of yen Change Thousands of U.S. dollars Year ended March 31 Year ended March 31, 2018 2017 2018`: two years, their
/// change, and the later one translated.
fn translated_years(stream: &Stream<'_>, at: usize, page: &Page<'_>) -> Option<(Vec<Column>, usize)> {
    let Some(Time::Span(_)) = stream.time(at) else { return None };
    let (_, end) = yearless::day(stream, at + 1)?;
    let Some(Time::At(of)) = stream.time(end) else { return None };
    let years = (yearless::year(stream, end + 1)?, yearless::year(stream, end + 2)?);
    let last = page.company.fiscal_year.end(of).year();
    let (own, foreign, changes) = own_and_foreign(stream, at, page).filter(|_| years == (last - 1, last))?;
    let mut columns: Vec<Column> =
        [of.year_before(), of].map(|of| Column { unit: Some(own.clone()), ..level(of, page) }).into();
    columns.extend(changes.then(|| Column { says: Says::OverYear, unit: Some(Unit::Percent), ..level(of, page) }));
    columns.push(Column { unit: Some(foreign), ..level(of, page) });
    Some((columns, end + 3))
}

/// Whether the words of a header say of what its percentages are: `% of total revenues`.
pub fn is_of_revenue(header: &str) -> bool {
    let key = header.to_lowercase();
    key.contains('%') && ["revenue", "net sales", "sales"].iter().any(|word| key.contains(word))
}

/// More units than periods: each period's amount in the company's currency, beside it its share of revenue and its translation. A
/// translation alone is of the latest.
fn spread(periods: &[Column], units: &[Unit], shares: bool, page: &Page<'_>) -> Option<Vec<Column>> {
    let own = |unit: &Unit| unit.currency() == Some(page.company.currency);
    if units.iter().filter(|unit| own(unit)).count() != periods.len() || periods.iter().any(|c| c.says != Says::Level) {
        return None;
    }
    let foreign = |unit: &&Unit| unit.currency().is_some() && !own(unit);
    let alone = units.iter().filter(foreign).count() == 1;
    let latest = periods.iter().max_by_key(|column| page.company.fiscal_year.end(column.period))?;
    let mut next = periods.iter();
    let mut last = periods.first()?.clone();
    let mut columns = Vec::new();
    for unit in units {
        if own(unit) {
            last = next.next()?.clone();
            columns.push(Column { unit: Some(unit.clone()), ..last.clone() });
        } else {
            let (says, of) = match unit {
                Unit::Percent if shares => (Says::Share, &last),
                Unit::Money { .. } if alone => (Says::Level, latest),
                _ => (Says::Unread, &last),
            };
            columns.push(Column { says, unit: Some(unit.clone()), ..of.clone() });
        }
    }
    Some(columns)
}

fn is_span(time: Time) -> bool {
    matches!(time, Time::Span(_))
}

fn level(period: Period, page: &Page<'_>) -> Column {
    let basis = basis_of(period, page.outline.date, &page.company.fiscal_year);
    Column { says: Says::Level, period, basis, unit: None }
}

/// At least two times that follow one another; spans come before the dates on which they end.
/// In `among` a column of changes may be named between spans and dates.
fn periods(stream: &Stream<'_>, at: usize, among: Option<usize>, calendar: &Calendar) -> Option<(Vec<Period>, usize)> {
    let (mut spans, mut periods, mut end) = (Vec::new(), Vec::new(), at);
    loop {
        end += usize::from(among == Some(end));
        let behind_as_of = end + if stream.word(end) == "as" && stream.word(end + 1) == "of" { 2 } else { 0 };
        match stream.time(behind_as_of) {
            Some(Time::Span(months)) if periods.is_empty() || spans.len() == periods.len() => spans.push(months),
            Some(Time::At(period)) if spans.is_empty() && differ(&periods, period) => break,
            Some(Time::At(period)) => periods.push(period),
            _ => break,
        }
        end = behind_unit(stream, behind_as_of + 1);
        if let (true, [of]) = (spans.is_empty(), periods.as_slice()) {
            let further = yearless::further(stream, end, *of, calendar);
            end += further.len();
            periods.extend(further);
        }
    }
    if !spans.is_empty() {
        periods = ended(&spans, &periods, calendar)?;
    }
    (periods.len() >= 2).then_some((periods, end))
}

/// Whether a time is of another kind than the columns before: a day among spans is the date of the document.
fn differ(periods: &[Period], period: Period) -> bool {
    let day = |period: &Period| matches!(period, Period::Instant(_));
    periods.first().is_some_and(|first| day(first) != day(&period))
}

/// `H1 2020 £m H1 2019 £m % change`: the place behind a unit that stands below its time.
fn behind_unit(stream: &Stream<'_>, at: usize) -> usize {
    let signed = ['£', '€', '$', '¥'].into_iter().any(|sign| stream.is_mark(at, sign));
    let next = stream.unit(at).filter(|_| signed).map(|(_, end)| end);
    next.filter(|end| stream.time(*end).is_some() || stream.is_mark(*end, '%')).unwrap_or(at)
}

/// How many tokens may stand between two times of a Japanese header: `当第3四半期連結累計期間`.
const BETWEEN: usize = 6;

/// `前連結会計年度 (令和4年2月28日) 当第3四半期連結会計期間 (令和4年11月30日)`, `(自 令和3年3月1日 至 令和3年11月30日)`: times in brackets.
fn japanese_periods(stream: &Stream<'_>, at: usize, calendar: &Calendar) -> Option<(Vec<Period>, usize)> {
    let (mut periods, mut end) = (Vec::new(), at);
    while let Some((period, after)) =
        (end..=end + if end == at { 0 } else { BETWEEN }).find_map(|i| bracketed(stream, i, calendar))
    {
        periods.push(period);
        end = after;
    }
    (periods.len() >= 2).then_some((periods, end))
}

/// `(自 2017年4月1日 (自 2018年4月1日` over `至 2018年3月31日) 至 2019年3月31日)`: the first days on one line, the last ones below.
fn broken_periods(stream: &Stream<'_>, at: usize, calendar: &Calendar) -> Option<(Vec<Period>, usize)> {
    let day = |at: usize| match stream.time(at) {
        Some(Time::At(Period::Instant(day))) => Some(day),
        _ => None,
    };
    let opens = |at: usize| stream.is_mark(at, '(') && stream.word(at + 1) == "自";
    let closes = |at: usize| stream.word(at) == "至" && stream.is_mark(at + 2, ')');
    let first: Vec<NaiveDate> = (0..).map_while(|n| day(at + 3 * n + 2).filter(|_| opens(at + 3 * n))).collect();
    let below = at + 3 * first.len();
    let last: Vec<NaiveDate> = (0..).map_while(|n| day(below + 3 * n + 1).filter(|_| closes(below + 3 * n))).collect();
    let span = |(first, last): (&NaiveDate, &NaiveDate)| super::super::time::span_of_days(*first, *last, calendar);
    let periods: Vec<Period> = first.iter().zip(&last).map(span).collect::<Option<_>>()?;
    (periods.len() >= 2 && last.len() == first.len()).then_some((periods, below + 3 * last.len()))
}

/// One time in brackets, and the place behind them.
fn bracketed(stream: &Stream<'_>, at: usize, calendar: &Calendar) -> Option<(Period, usize)> {
    if !(stream.is_mark(at, '(') || stream.is_mark(at, '（')) {
        return None;
    }
    let first = at + 1 + usize::from(stream.word(at + 1) == "自");
    let Some(Time::At(period)) = stream.time(first) else { return None };
    let until = stream.word(first + 1) == "至";
    let (period, end) = match (period, stream.time(first + 2)) {
        (Period::Instant(from), Some(Time::At(Period::Instant(to)))) if until => {
            (super::super::time::span_of_days(from, to, calendar)?, first + 3)
        }
        _ => (period, first + 1),
    };
    (stream.is_mark(end, ')') || stream.is_mark(end, '）')).then_some((period, end + 1))
}

/// Spans and the dates on which they end; one span counts for all dates. The last span may have been read together with the
/// first date.
pub fn ended(spans: &[u32], dates: &[Period], calendar: &Calendar) -> Option<Vec<Period>> {
    let joined = usize::from(dates.first().is_some_and(|date| date.fiscal_year().is_some()));
    if spans.len() != 1 && spans.len() + joined != dates.len() {
        return None;
    }
    let end = |(index, date): (usize, &Period)| match date {
        Period::Instant(day) => calendar.span_ending(*spans.get(index).or(spans.first())?, *day),
        span => Some(*span).filter(|_| index < joined),
    };
    dates.iter().enumerate().map(end).collect()
}

/// A column of changes: `YoY Change`, `YoY`, `Change`.
fn change(stream: &Stream<'_>, at: usize, page: &Page<'_>, later: Period) -> Option<(Says, usize)> {
    let words = page.vocabulary.words();
    let word = stream.word(at);
    let is = |list: &[String], word: &str| list.iter().any(|known| known == word);
    let percent = |at: usize| at + usize::from(stream.is_mark(at, '%') && is(&words.changes, &stream.word(at + 1)));
    let behind = |at: usize| percent(at) + usize::from(is(&words.changes, &stream.word(percent(at))));
    if is(&words.yoy, &word) {
        return Some((Says::OverYear, behind(at + 1)));
    }
    if is(&words.qoq, &word) {
        return Some((Says::OverPrevious, behind(at + 1)));
    }
    let left_out = format!("{word} {}", stream.word(at + 1));
    if words.exclusions.contains(&left_out) && behind(at + 2) > at + 2 {
        return Some((Says::Unread, behind(at + 2)));
    }
    let dates = matches!(later, Period::Instant(_));
    is(&words.changes, &word).then_some((if dates { Says::BetweenDates } else { Says::OverYear }, at + 1))
}
