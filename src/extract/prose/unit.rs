//! The unit of a figure, and whether unit and metric go together.

use super::clause::{Figure, State};
use super::subject::{Place, Subject, contains};
use crate::model::{Measure, Metric, Scale, Unit};
use crate::vocabulary::normalize;

/// The unit printed at the figure, of the things counted, of the level before, or of the section.
pub(super) fn unit(
    place: &Place<'_>,
    figure: &Figure<'_>,
    state: &State,
    subject: &Subject,
    change: bool,
) -> Option<Unit> {
    let number = figure.number;
    let scale = number.scale.unwrap_or(Scale::One);
    if figure.after.points {
        return Some(Unit::Points);
    }
    if number.percent || figure.after.percent {
        return Some(Unit::Percent);
    }
    if let Some(currency) = number.currency {
        return Some(Unit::money(currency, scale));
    }
    if let Some((unit, _)) = &figure.after.count {
        return Some(Unit::count(unit).at(scale));
    }
    if change && let Some(unit @ Unit::Count { .. }) = &state.unit {
        return Some(number.scale.map_or_else(|| unit.clone(), |scale| unit.at(scale)));
    }
    if counts_something_else(place, figure) {
        return None;
    }
    counted_by_label(place, subject, scale).or_else(|| of_section(place, figure, subject, change))
}

/// `25,930mn units`: the noun behind the figure tells what it counts, and it is none we know.
fn counts_something_else(place: &Place<'_>, figure: &Figure<'_>) -> bool {
    let line = &place.page.text.lines[figure.element.line];
    let rest: String = line.get(figure.element.to..).unwrap_or_default().iter().collect();
    let next = rest.split_whitespace().next().unwrap_or_default().to_lowercase();
    let words = place.page.vocabulary.words();
    let leads = [&words.at_time, &words.borders, &words.copula].iter().any(|list| list.contains(&next));
    figure.after.used == 0 && next.starts_with(char::is_alphabetic) && !leads && next != "and"
}

/// `number of outsourcing personnel: 1,225` counts persons; `Subscription (unit: thousand)` counts thousands.
fn counted_by_label(place: &Place<'_>, subject: &Subject, scale: Scale) -> Option<Unit> {
    let key = normalize(&subject.label);
    let words = place.page.vocabulary.words();
    let declared = [("unit thousand", Scale::Thousand), ("unit million", Scale::Million)];
    let scale = declared.iter().find(|(text, _)| contains(&key, text)).map_or(scale, |(_, scale)| *scale);
    let entry = subject.metric.as_ref().and_then(|metric| {
        let root = Metric::new(metric.root()).ok()?;
        place.page.vocabulary.entry(metric).or_else(|| place.page.vocabulary.entry(&root))
    });
    match entry.map(|entry| entry.unit.as_str()) {
        Some("money" | "per_share" | "%" | "") => None,
        Some(noun) => Some(Unit::count(noun).at(scale)),
        None => {
            let last = words.counts.iter().find(|[noun, _]| contains(&key, noun))?;
            Some(Unit::count(&last[1]).at(scale))
        }
    }
}

/// A bare number in the section's unit: a known line of money behind a colon, or a change printed with decimals.
fn of_section(place: &Place<'_>, figure: &Figure<'_>, subject: &Subject, change: bool) -> Option<Unit> {
    let unit = place.page.outline.scopes[figure.element.line].unit.clone()?;
    let damaged = figure.number.magnitude.scale() >= 3 || figure.number.broken;
    let money = matches!(unit, Unit::Money { .. }) && figure.number.scale.is_none() && !damaged;
    let short = place.page.text.lines[figure.element.line].len() < 120;
    let known = subject.metric.is_some() && figure.before.joined;
    let decimal = figure.number.magnitude.scale() > 0 && (change || figure.before.labels.len() == 1);
    (money && short && (known || decimal)).then_some(unit)
}

/// Whether unit and metric go together: a count of persons is no sum of money.
pub(super) fn fits(place: &Place<'_>, subject: &Subject, unit: &Unit, measure: Measure) -> bool {
    if measure.is_percent() || measure == Measure::PpChange {
        return true;
    }
    let entry = subject.metric.as_ref().and_then(|metric| {
        let root = Metric::new(metric.root()).ok()?;
        place.page.vocabulary.entry(metric).or_else(|| place.page.vocabulary.entry(&root))
    });
    match entry.map(|entry| entry.unit.as_str()) {
        None | Some("") => true,
        Some("money") => matches!(unit, Unit::Money { scale, .. } if *scale != Scale::One),
        Some("per_share") => matches!(unit, Unit::Money { scale: Scale::One, .. }),
        Some("%") => *unit == Unit::Percent,
        Some(_) => matches!(unit, Unit::Count { .. }),
    }
}
