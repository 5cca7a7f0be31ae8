//! Headers of two lines: `FY2021 Targets FY2020 Results YoY` over `Full-year 1H21 Full-year 1H20 Full-year`. Each year stands over its
//! whole and its parts, the change over the whole of the first.

use super::super::{Page, Time};
use super::column::{Column, Says, basis_of};
use super::stream::Stream;
use crate::model::{Basis, Period};

/// A year and whether what stands below it is to come.
struct Group {
    year: i32,
    target: bool,
}

/// The columns of such a header, and the place behind it.
pub fn columns(stream: &Stream<'_>, at: usize, page: &Page<'_>) -> Option<(Vec<Column>, usize)> {
    let (groups, behind) = groups(stream, at, page)?;
    let words = page.vocabulary.words();
    let changed = stream.is_one_of(behind, &words.yoy);
    let mut end = behind + usize::from(changed);
    let (mut columns, mut whole) = (Vec::new(), 0);
    loop {
        let part = if stream.word(end) == "full-year" { Some(Time::Bare(0)) } else { stream.time(end) };
        match part {
            Some(Time::Bare(0)) if whole < groups.len() => {
                columns.push(level(Period::Year(groups[whole].year), &groups[whole], page));
                whole += 1;
            }
            Some(Time::Bare(0)) if changed && whole == groups.len() => {
                let first = level(Period::Year(groups[0].year), &groups[0], page);
                columns.push(Column { says: Says::OverYear, ..first });
                whole += 1;
            }
            Some(Time::At(part)) => {
                let group = groups.get(whole.checked_sub(1)?)?;
                let inside = part.fiscal_year() == Some(group.year) && part != Period::Year(group.year);
                columns.push(inside.then(|| level(part, group, page))?);
            }
            _ => break,
        }
        end += 1;
    }
    (whole == groups.len() + usize::from(changed) && columns.len() > whole).then_some((columns, end))
}

/// Years with `Targets` or `Results` behind each, at least two.
fn groups(stream: &Stream<'_>, at: usize, page: &Page<'_>) -> Option<(Vec<Group>, usize)> {
    let words = page.vocabulary.words();
    let (mut groups, mut end) = (Vec::new(), at);
    while let Some(Time::At(Period::Year(year))) = stream.time(end) {
        let target = stream.is_one_of(end + 1, &words.target);
        if !target && !stream.is_one_of(end + 1, &words.reported) {
            return None;
        }
        groups.push(Group { year, target });
        end += 2;
    }
    (groups.len() >= 2 && groups.windows(2).all(|pair| pair[0].year != pair[1].year)).then_some((groups, end))
}

fn level(period: Period, group: &Group, page: &Page<'_>) -> Column {
    let known = basis_of(period, page.outline.date, &page.company.fiscal_year);
    Column { says: Says::Level, period, basis: if group.target { Basis::Target } else { known }, unit: None }
}
