//! Headers of tables set in fixed width: segments over one another, of several lines, make the columns.

use super::super::{Page, Time, time, units};
use super::column::{Column, Says, basis_of, ended, is_of_revenue};
use super::grid::{Content, Segment, segments};
use super::summary::is_target;
use crate::model::{Basis, Period, Scale, Unit};
use crate::vocabulary::{has_any, normalize};

/// A header: where it ends, and its columns with the middle of each (doubled).
pub struct Header {
    /// Its first line, from 0.
    pub from: usize,
    /// One past its last line.
    pub to: usize,
    /// What the columns say, by their middles.
    pub columns: Vec<(usize, Column)>,
}

/// The headers of a document, from above.
pub fn headers(page: &Page<'_>) -> Vec<Header> {
    let (mut headers, mut line) = (Vec::new(), 0);
    while line < page.text.lines.len() {
        let end = header_end(page, line);
        if let Some(columns) = columns(page, line, end) {
            headers.push(Header { from: line, to: end, columns });
        }
        line = end.max(line + 1);
    }
    headers
}

/// One past the last line of the header that starts here; the line itself where none does. One blank line may stand inside.
fn header_end(page: &Page<'_>, from: usize) -> usize {
    let is_header = |line: usize| !heads(page, line).is_empty() && !has_cells(page, line);
    let lines = page.text.lines.len();
    if from >= lines || !is_header(from) {
        return from;
    }
    let mut end = from + 1;
    while end < lines {
        let next = if page.text.tokens[end].is_empty() { end + 1 } else { end };
        if next >= lines || !(is_header(next) || end_of_unit(page, next)) {
            break;
        }
        end = next + 1;
    }
    end
}

/// `(Note)  total`, `revenues`: the last words of the units above, in a line of their own.
fn end_of_unit(page: &Page<'_>, line: usize) -> bool {
    const WORDS: [&str; 6] = ["(note)", "total", "revenue", "revenues", "(unaudited)", "(audited)"];
    let segments = segments(page.text, line);
    let known = |segment: &Segment<'_>| WORDS.contains(&segment.text(page.text).to_lowercase().as_str());
    !segments.is_empty() && segments.iter().all(known)
}

fn heads<'a>(page: &'a Page<'_>, line: usize) -> Vec<Segment<'a>> {
    let found: Vec<Segment<'a>> = segments(page.text, line);
    let years = found.iter().filter(|segment| segment.is_year()).count();
    let years_alone = years >= 2 && found.iter().skip(1).all(|s| s.is_year() || s.is_head(page));
    found.into_iter().filter(|segment| segment.is_head(page) || (years_alone && segment.is_year())).collect()
}

fn has_cells(page: &Page<'_>, line: usize) -> bool {
    let heads: Vec<usize> = heads(page, line).iter().map(|segment| segment.from).collect();
    let cell = |segment: &Segment<'_>| matches!(segment.content(page), Content::Cell(..) | Content::Unread);
    segments(page.text, line).iter().any(|segment| cell(segment) && !heads.contains(&segment.from))
}

/// The columns of a header: segments over one another, or under a time the amounts and shares that it spans.
fn columns(page: &Page<'_>, from: usize, to: usize) -> Option<Vec<(usize, Column)>> {
    let lines: Vec<Vec<Segment<'_>>> =
        (from..to).map(|line| heads(page, line)).filter(|heads| !heads.is_empty()).collect();
    let shares = || {
        let words: Vec<&str> = (from..to).map(|line| page.text.line(line)).collect();
        is_of_revenue(&words.join(" "))
    };
    if let Some(columns) = years(&lines, page).or_else(|| translated(&lines, shares, page)) {
        return Some(columns);
    }
    let all: Vec<&Segment<'_>> = lines.iter().flatten().collect();
    let spans: Vec<u32> = all.iter().flat_map(|s| s.times()).filter_map(span_months).collect();
    let grouped = amounts(&lines, page).or_else(|| stacked(&all, page));
    let mut columns = grouped?;
    if !spans.is_empty() {
        let dates: Vec<Period> = columns.iter().map(|(_, column)| column.period).collect();
        let periods = ended(&spans, &dates, &page.company.fiscal_year)?;
        for ((_, column), period) in columns.iter_mut().zip(periods) {
            *column = level(period, page);
        }
    }
    (columns.iter().filter(|(_, column)| column.says == Says::Level).count() >= 2).then_some(columns)
}

fn span_months(time: Time) -> Option<u32> {
    match time {
        Time::Span(months) => Some(months),
        _ => None,
    }
}

fn level(period: Period, page: &Page<'_>) -> Column {
    let basis = basis_of(period, page.outline.date, &page.company.fiscal_year);
    Column { says: Says::Level, period, basis, unit: None }
}

/// `2023  2022  2023  2022` under `September 30,` under `Three Months Ended`: read together from above.
fn years(lines: &[Vec<Segment<'_>>], page: &Page<'_>) -> Option<Vec<(usize, Column)>> {
    let (last, above) = lines.split_last()?;
    let named = last.iter().take_while(|segment| segment.is_year()).count();
    if above.is_empty() || named < 2 || last[named..].iter().any(|segment| segment.times().next().is_some()) {
        return None;
    }
    let column = |year: &Segment<'_>| {
        let nearest = |line: &Vec<Segment<'_>>| {
            line.iter().min_by_key(|segment| segment.middle().abs_diff(year.middle())).map(|s| s.text(page.text))
        };
        let mut words: Vec<String> = above.iter().filter_map(nearest).collect();
        words.push(year.text(page.text));
        let printed: Vec<char> = words.join(" ").chars().collect();
        match time::read(
            &printed,
            usize::from(printed.starts_with(&['A', 's', ' ', 'o', 'f', ' '])) * 6,
            &page.company.fiscal_year,
        )? {
            (Time::At(period), end) if end == printed.len() => Some((year.middle(), level(period, page))),
            _ => None,
        }
    };
    let levels: Vec<(usize, Column)> = last[..named].iter().map(column).collect::<Option<_>>()?;
    let mut columns = levels.clone();
    for segment in &last[named..] {
        let over = above.iter().flatten().filter(|other| other.overlaps(segment));
        let stack: Vec<&Segment<'_>> = over.chain([segment]).collect();
        let unread = Column { says: Says::Unread, ..levels[0].1.clone() };
        columns.push((segment.middle(), change(&stack, segment.middle(), &levels, page).unwrap_or(unread)));
    }
    Some(columns)
}

/// Under two or more times, for each an amount in the company's currency, beside it a translation into another or a share:
/// `Thousands of U.S. Dollars  Thousands of Yen  %  Thousands of Yen  %`.
fn translated(lines: &[Vec<Segment<'_>>], shares: impl Fn() -> bool, page: &Page<'_>) -> Option<Vec<(usize, Column)>> {
    let is_units = |line: &&Vec<Segment<'_>>| line.iter().all(|segment| segment.is_unit(page));
    let first = lines.iter().position(|line| is_units(&line))?;
    let (above, below) = lines.split_at(first);
    let times: Vec<Time> = above.iter().flatten().flat_map(|segment| segment.times()).collect();
    let spans: Vec<u32> = times.iter().copied().filter_map(span_months).collect();
    let dates: Vec<Period> = times.iter().filter_map(|t| if let Time::At(at) = t { Some(*at) } else { None }).collect();
    let periods = if spans.is_empty() { dates } else { ended(&spans, &dates, &page.company.fiscal_year)? };
    let stacks = stacks(&below.iter().flatten().collect::<Vec<_>>());
    let units: Vec<(usize, Unit)> =
        stacks.iter().map(|stack| Some((middle(stack), unit_of(stack, page)?))).collect::<Option<_>>()?;
    let own = |unit: &Unit| unit.currency() == Some(page.company.currency);
    let amounts: Vec<usize> = units.iter().filter(|(_, unit)| own(unit)).map(|(at, _)| *at).collect();
    if !below.iter().all(|line| is_units(&line)) || amounts.len() != periods.len() || periods.len() < 2 {
        return None;
    }
    let nearest = |at: usize| (0..amounts.len()).min_by_key(|index| amounts[*index].abs_diff(at));
    let latest = (0..periods.len()).max_by_key(|index| page.company.fiscal_year.end(periods[*index]));
    let alone = units.iter().filter(|(_, unit)| unit.currency().is_some() && !own(unit)).count() == 1;
    let column = |(at, unit): &(usize, Unit)| {
        let shared = *unit == Unit::Percent;
        let says = if !shared {
            Says::Level
        } else if shares() {
            Says::Share
        } else {
            Says::Unread
        };
        // A share stands behind its amount; a translation alone is of the latest.
        let behind = || amounts.iter().rposition(|amount| shared && amount < at);
        let of = latest.filter(|_| alone && !shared && !own(unit)).or_else(behind).or_else(|| nearest(*at))?;
        Some((*at, Column { says, unit: Some(unit.clone()), ..level(periods[of], page) }))
    };
    units.iter().map(column).collect()
}

/// The unit that a stack of header segments prints.
fn unit_of(stack: &[&Segment<'_>], page: &Page<'_>) -> Option<Unit> {
    let words: Vec<String> = stack.iter().map(|segment| segment.text(page.text).to_lowercase()).collect();
    let printed = words.join(" ");
    let alone = || units::currency(&printed).map(|currency| Unit::money(currency, Scale::One));
    let scaled = printed.contains(' ').then(|| units::unit_in(&printed, page.company.currency)).flatten();
    if printed.starts_with('%') { Some(Unit::Percent) } else { scaled.or_else(alone) }
}

/// `Amount  %  Amount  %` under one period for each pair.
fn amounts(lines: &[Vec<Segment<'_>>], page: &Page<'_>) -> Option<Vec<(usize, Column)>> {
    let (last, above) = lines.split_last()?;
    let word = |segment: &Segment<'_>| normalize(&segment.text(page.text));
    let times: Vec<(usize, Period)> =
        above.iter().flatten().filter_map(|s| Some((s.middle(), only_period(s)?))).collect();
    if times.len() < 2 || last.iter().any(|segment| !matches!(word(segment).as_str(), "amount" | "%")) {
        return None;
    }
    let nearest = |segment: &Segment<'_>| times.iter().min_by_key(|(middle, _)| middle.abs_diff(segment.middle()));
    let column = |segment: &Segment<'_>| {
        let period = nearest(segment)?.1;
        let says = if word(segment) == "%" { Says::Unread } else { Says::Level };
        Some((segment.middle(), Column { says, ..level(period, page) }))
    };
    last.iter().map(column).collect()
}

fn only_period(segment: &Segment<'_>) -> Option<Period> {
    match segment.times().collect::<Vec<_>>().as_slice() {
        [Time::At(period)] => Some(*period),
        _ => None,
    }
}

/// Segments that overlap from line to line make a column: `3Q25` over `Over` over `2Q25`.
fn stacked(all: &[&Segment<'_>], page: &Page<'_>) -> Option<Vec<(usize, Column)>> {
    let of_days = |s: &&&Segment<'_>| !s.times().any(|time| span_months(time).is_some());
    let stacks = stacks(&all.iter().filter(of_days).copied().collect::<Vec<_>>());
    let columns = stacks.iter().map(|stack| (middle(stack), column(stack, page)));
    let mut columns: Vec<(usize, Option<Column>)> = columns.collect();
    let known = columns.iter().find_map(|(_, column)| column.clone())?;
    let levels: Vec<(usize, Column)> =
        columns.iter().filter_map(|(at, c)| Some((*at, c.clone().filter(|c| c.says == Says::Level)?))).collect();
    for ((at, column), stack) in columns.iter_mut().zip(&stacks).filter(|((_, column), _)| column.is_none()) {
        *column = change(stack, *at, &levels, page);
    }
    let unread = Column { says: Says::Unread, ..known };
    Some(columns.into_iter().map(|(middle, column)| (middle, column.unwrap_or_else(|| unread.clone()))).collect())
}

/// Segments that stand over one another, from left to right.
fn stacks<'a, 's>(all: &[&'a Segment<'s>]) -> Vec<Vec<&'a Segment<'s>>> {
    let mut stacks: Vec<Vec<&Segment<'_>>> = Vec::new();
    for segment in all {
        match stacks.iter_mut().find(|stack| stack.iter().any(|other| other.overlaps(segment))) {
            Some(stack) => stack.push(segment),
            None => stacks.push(vec![segment]),
        }
    }
    stacks.sort_by_key(|stack| stack.iter().map(|s| s.from).min());
    stacks
}

/// Twice the middle of a stack.
fn middle(stack: &[&Segment<'_>]) -> usize {
    stack.iter().map(|segment| segment.middle()).sum::<usize>() / stack.len()
}

/// `YoY % change` beside the periods: changes of the latest of them left of it whose base stands there too, else of the first.
fn change(stack: &[&Segment<'_>], middle: usize, levels: &[(usize, Column)], page: &Page<'_>) -> Option<Column> {
    let words = page.vocabulary.words();
    let printed: Vec<String> = stack.iter().map(|segment| segment.text(page.text)).collect();
    let key = normalize(&printed.join(" "));
    let says = match (has_any(&key, &words.yoy), has_any(&key, &words.qoq)) {
        (true, false) => Says::OverYear,
        (false, true) => Says::OverPrevious,
        _ => return None,
    };
    let percent = key.split(' ').any(|word| word == "%");
    let base = |period: Period| match says {
        Says::OverYear => Some(period.year_before()),
        _ => period.period_before(),
    };
    let is_based = |(at, column): &&(usize, Column)| {
        *at < middle && levels.iter().any(|(_, other)| Some(other.period) == base(column.period))
    };
    let later = levels.iter().filter(is_based).max_by_key(|(_, column)| page.company.fiscal_year.end(column.period));
    let (_, of) = later.or(levels.first())?;
    Some(Column { says, unit: percent.then_some(Unit::Percent), ..of.clone() })
}

/// What a stack of header segments says; none where it names no time.
fn column(stack: &[&Segment<'_>], page: &Page<'_>) -> Option<Column> {
    let calendar = &page.company.fiscal_year;
    let periods: Vec<Period> = stack
        .iter()
        .flat_map(|segment| segment.times())
        .filter_map(|time| if let Time::At(period) = time { Some(period) } else { None })
        .collect();
    let words: Vec<String> = stack.iter().map(|segment| segment.text(page.text)).collect();
    let words = words.join(" ");
    match periods.as_slice() {
        [period] => {
            let basis =
                if is_target(&words, page) { Basis::Target } else { basis_of(*period, page.outline.date, calendar) };
            Some(Column { basis, ..level(*period, page) })
        }
        [period, base] => {
            let says = match () {
                () if *base == period.year_before() => Says::OverYear,
                () if Some(*base) == period.period_before() => Says::OverPrevious,
                () => Says::Unread,
            };
            Some(Column { says, ..level(*period, page) })
        }
        _ => None,
    }
}
