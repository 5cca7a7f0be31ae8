//! The time of a figure, the time a change is stated against, and whether that time was still to come.

use super::before::Base;
use super::clause::{Figure, State};
use super::decide::is_placed;
use super::subject::{Frame, Place, Subject, contains, without_met};
use crate::model::{Basis, Measure, Period, Unit};
use crate::vocabulary::normalize;

/// The time that the words give: behind the figure, directly before it, of the sentence, of what stands above.
pub(super) fn stated_period(
    place: &Place<'_>,
    figure: &Figure<'_>,
    state: &State,
    subject: &Subject,
    change: bool,
) -> Option<Period> {
    let scope = &place.page.outline.scopes[place.line];
    let flow = subject.metric.as_ref().is_some_and(|metric| !place.is_stock(metric));
    let fits = |period: &Period| !(flow && matches!(period, Period::Instant(_)));
    let date = place.page.outline.date;
    let ended = |period: Period| date.is_none_or(|date| place.page.company.fiscal_year.end(period) <= date);
    let lent =
        |frame: &Frame| frame.period.filter(|period| ended(*period) || frame.basis.is_some() || state.basis.is_some());
    let above = || place.frames.iter().rev().filter_map(lent).find(fits);
    let last = state.last.filter(|_| change);
    let before = state.previous.filter(|period| matches!(period, Period::Instant(_)) && !flow && !state.short);
    let found = figure.after.time.or(figure.before.time).or(figure.before.topic).or(last).or(state.period);
    let found = found.filter(fits).or(before).or_else(above);
    let found = found.or(scope.period).or(place.page.outline.period)?;
    let found = state.last.and_then(|last| part_before(figure, last, found)).unwrap_or(found);
    Some(if figure.after.last_year { found.year_before() } else { found })
}

/// `compared to $21.1 million for the corresponding period of fiscal 2009`: a part of a year is compared with the same part.
fn part_before(figure: &Figure<'_>, last: Period, found: Period) -> Option<Period> {
    let before = last.year_before();
    let part = !matches!(last, Period::Year(_)) && matches!(found, Period::Year(_));
    (part && figure.before.from && before.fiscal_year() == found.fiscal_year()).then_some(before)
}

/// Figures at a date stand at the end of a span; sums over time do not stand at a date.
pub(super) fn at_the_right_time(
    place: &Place<'_>,
    figure: &Figure<'_>,
    state: &State,
    subject: &Subject,
    unit: &Unit,
    stated: Period,
    measure: Measure,
) -> Period {
    let calendar = &place.page.company.fiscal_year;
    let happened = state.happened || figure.before.happened && !is_placed(figure);
    let counted = matches!(unit, Unit::Count { .. }) || measure == Measure::ChangeAbs || subject.stock;
    let stock = subject.metric.as_ref().map_or(counted, |metric| place.is_stock(metric));
    let today = place.page.outline.date;
    let done = |date: &chrono::NaiveDate| figure.before.done && stock && calendar.end(stated) > *date;
    let today = today.filter(|date| is_of_today(place, figure, state, subject) || done(date));
    match stated {
        _ if let Some(today) = today => Period::Instant(today),
        _ if stock && !happened => Period::Instant(calendar.end(stated)),
        _ if subject.metric.is_none() && place.is_position() => Period::Instant(calendar.end(stated)),
        Period::Instant(_) if subject.metric.as_ref().is_some_and(|m| !place.is_stock(m)) => {
            let scope = &place.page.outline.scopes[place.line];
            scope.period.or(place.page.outline.period).unwrap_or(stated)
        }
        Period::Quarter(_) | Period::Half { .. } | Period::NineMonths(_) if is_annual(subject) => {
            stated.fiscal_year().map_or(stated, Period::Year)
        }
        _ => stated,
    }
}

/// `IIJ ownership: 79.5%`, `Employees: 11 personnel` of another company, without any time: it is so on the day of the document.
fn is_of_today(place: &Place<'_>, figure: &Figure<'_>, state: &State, subject: &Subject) -> bool {
    let timed = figure.after.time.or(figure.before.time).or(figure.before.topic).or(state.last).or(state.period);
    let timed = timed.is_some() || figure.after.last_year;
    let timed = timed || place.frames.iter().any(|frame| frame.period.is_some());
    let standing = subject.stock || place.is_standing(&subject.label);
    !timed && figure.before.joined && subject.metric.is_none() && standing
}

/// Dividends are stated for a year.
fn is_annual(subject: &Subject) -> bool {
    let annual = ["dividend_per_share", "payout_ratio", "total_dividends"];
    subject.metric.as_ref().is_some_and(|metric| annual.contains(&metric.as_str()))
}

/// The base of a change: printed at it, in its list, given by the time it is compared with, or by the span.
pub(super) fn base_of(
    place: &Place<'_>,
    figure: &Figure<'_>,
    state: &State,
    ahead: Option<Base>,
    stated: Period,
    subject: &Subject,
) -> Option<Base> {
    if let Some(against) = figure.after.against {
        return against_time(place, against, stated, figure.number.currency.is_some());
    }
    let above = place.frames.iter().rev().find_map(|frame| frame.base);
    let printed =
        figure.after.base.or(figure.before.base).or(if figure.after.last_year { Some(Base::Year) } else { None });
    let money_stock = subject.metric.as_ref().is_none_or(|m| place.is_stock(m)) && figure.number.currency.is_some();
    let known_stock = subject.metric.as_ref().is_some_and(|m| place.is_stock(m)) && money_stock;
    printed.or(ahead).or(state.base).or(above).or(match stated {
        _ if known_stock => Some(Base::Balance),
        Period::Instant(_) if money_stock => Some(Base::Balance),
        Period::Half { .. } | Period::NineMonths(_) | Period::Year(_) => Some(Base::Year),
        Period::Quarter(_) if place.brackets && state.last == Some(stated) => Some(Base::Year),
        _ => None,
    })
}

/// A change against a named time is over a year, over the period before, or between two dates.
fn against_time(place: &Place<'_>, against: Period, stated: Period, money: bool) -> Option<Base> {
    let calendar = &place.page.company.fiscal_year;
    match (against, stated) {
        (Period::Instant(_), Period::Instant(_)) if money || against != stated.year_before() => Some(Base::Balance),
        _ if against == stated.year_before() => Some(Base::Year),
        _ if Some(against) == stated.period_before() => Some(Base::Previous),
        (Period::Instant(_), _) | (_, Period::Instant(_)) if calendar.end(against) != calendar.end(stated) => {
            Some(Base::Balance)
        }
        _ => None,
    }
}

/// The sense: what the sentence or the headings say of a time that was still to come; the past is what happened.
pub(super) fn sense(place: &Place<'_>, figure: &Figure<'_>, state: &State, period: Period) -> Option<Basis> {
    let calendar = &place.page.company.fiscal_year;
    let outline = place.page.outline;
    let known = outline.date.or_else(|| outline.period.map(|p| calendar.end(p)));
    let future = known.is_some_and(|date| calendar.end(period) > date);
    let promised = figure.before.basis.or(state.basis.filter(|_| state.promised)).is_some_and(Basis::is_target);
    if !future && (figure.before.would || promised) {
        return None;
    }
    let begun = known.is_some_and(|date| calendar.days(period).0 <= date);
    let above = || place.frames.iter().rev().find_map(|frame| frame.basis);
    let looks_ahead = || behind(place, figure).is_some() || above() == Some(Basis::Outlook);
    if !future || begun && state.happened && !looks_ahead() {
        return Some(Basis::Actual);
    }
    let stated = figure.before.basis.or(state.basis).or_else(above).or_else(|| behind(place, figure));
    stated.or_else(|| of_section(place))
}

/// What the section's heading calls its figures: `FY2010 Targets`.
fn of_section(place: &Place<'_>) -> Option<Basis> {
    let key = normalize(&place.page.outline.scopes[place.line].heading);
    let words = place.page.vocabulary.words();
    words.target.iter().any(|word| contains(&key, word)).then_some(Basis::Target)
}

/// `is planned for FY13` behind the figure.
fn behind(place: &Place<'_>, figure: &Figure<'_>) -> Option<Basis> {
    let line = normalize(place.page.text.line(figure.element.line));
    let words = place.page.vocabulary.words();
    let line = without_met(line, words);
    let short = line.len() < 200;
    let outlook = words.outlook.iter().any(|word| contains(&line, word));
    (short && outlook).then_some(Basis::Outlook)
}
