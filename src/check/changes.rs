//! Printed changes and growth rates against the two levels they compare. A target's growth compares with what was reached in
//! the year before. Where a rate fails on its own year and fits another, the finding says which.

use crate::history::gather::Stated;
use crate::history::prior_level::base_period;
use crate::model::{Basis, FigureId, Measure, Period, Unit};

use super::finding::{Finding, Rule, Severity, number};
use super::range::{Policy, Range};
use super::relation::Relation;
use super::sheet::Sheet;
use super::ties::Ties;

/// Every printed change against its levels.
pub(super) fn check(sheet: &Sheet<'_>, ties: &mut Ties) {
    for (id, statements) in sheet.statements {
        for printed in statements {
            let found = contradiction(sheet, ties, id, printed).or_else(|| misplaced(sheet, id, printed));
            ties.found.extend(found);
        }
    }
}

fn contradiction(sheet: &Sheet<'_>, ties: &mut Ties, id: &FigureId, printed: &Stated) -> Option<Finding> {
    let base = base_period(sheet.calendar, id.period, id.measure)?;
    let levels = level_measures(id.measure);
    let (now, before) = levels.iter().find_map(|measure| pair(sheet, id, base, *measure, printed))?;
    let change = FigureId::clone(id);
    let relation = Relation {
        rule: Rule::Change,
        figure: Some(change),
        printed,
        inputs: vec![now, before],
        mixed: true,
        formula: format!("{} {} against {}", id.metric, id.period, base),
    };
    let percent = id.measure.is_percent();
    if !percent && !comparable(&printed.unit, &now.unit) {
        return None;
    }
    let compute = move |ranges: &[Range]| match percent {
        true => ranges[0].growth_over(ranges[1]),
        false => Some(ranges[0].minus(ranges[1])),
    };
    let mut finding = relation.judge(ties, &compute)?;
    if let Some(note) = fits_elsewhere(sheet, id, printed, &compute) {
        finding.sentence.push_str(&note);
    }
    Some(finding)
}

/// A change whose base nobody states, and which leads from its own level to that of a later period.
fn misplaced(sheet: &Sheet<'_>, id: &FigureId, printed: &Stated) -> Option<Finding> {
    let level = |period: Period| {
        let level = FigureId { period, measure: Measure::Level, ..id.clone() };
        sheet.near(&level, &printed.fact.source)
    };
    let base = base_period(sheet.calendar, id.period, id.measure)?;
    let own = level(id.period).filter(|_| level(base).is_none() && !printed.fact.approx)?;
    let periods = sheet.statements.keys().filter(|other| other.metric == id.metric && other.measure == Measure::Level);
    let compares = |later: &Period| base_period(sheet.calendar, *later, id.measure) == Some(id.period);
    let (later, now) = periods.map(|id| id.period).filter(compares).find_map(|later| Some((later, level(later)?)))?;
    let change = |a: Range, b: Range| if id.measure.is_percent() { a.growth_over(b) } else { Some(a.minus(b)) };
    let fits = Policy::ALL.into_iter().any(|policy| {
        let change = change(Range::of(now, policy), Range::of(own, policy));
        change.is_some_and(|change| change.gap(Range::of(printed, policy)).is_zero())
    });
    let fine = printed.interval.value.abs() >= printed.last_digit() * rust_decimal::Decimal::TEN;
    (fits && fine && now.unit == own.unit).then(|| Finding {
        company: printed.fact.company.clone(),
        severity: Severity::Warning,
        rule: Rule::Change,
        figure: Some(id.clone()),
        figures: vec![printed.fact.clone(), now.fact.clone(), own.fact.clone()],
        passages: Vec::new(),
        difference: None,
        tolerance: None,
        unit: None,
        sentence: format!("{id} of {} {} is the change of {later}", number(printed.interval.value), printed.unit),
    })
}

/// What the two sides of a change may be: amounts, or percentages whose difference is in points.
fn level_measures(measure: Measure) -> &'static [Measure] {
    match measure {
        Measure::PpChange => &[Measure::Level, Measure::MarginPct, Measure::ShareOfRevenuePct],
        _ => &[Measure::Level],
    }
}

fn pair<'a>(
    sheet: &Sheet<'a>,
    id: &FigureId,
    base: Period,
    measure: Measure,
    printed: &Stated,
) -> Option<(&'a Stated, &'a Stated)> {
    let now = sheet.near_or_elsewhere(&FigureId { measure, ..id.clone() }, &printed.fact.source)?;
    let before = FigureId { measure, period: base, basis: Basis::Actual, ..id.clone() };
    let before = sheet.near_or_elsewhere(&before, &printed.fact.source)?;
    let in_points = id.measure != Measure::PpChange || now.unit == Unit::Percent;
    (now.unit == before.unit && in_points).then_some((now, before))
}

fn comparable(change: &Unit, level: &Unit) -> bool {
    change == level || (*level == Unit::Percent && *change == Unit::Points)
}

/// The other period of the same length whose levels give the printed change.
fn fits_elsewhere(
    sheet: &Sheet<'_>,
    id: &FigureId,
    printed: &Stated,
    compute: &dyn Fn(&[Range]) -> Option<Range>,
) -> Option<String> {
    let mut period = id.period;
    for _ in 0..2 {
        period = period.year_before();
        let other = FigureId { period, ..id.clone() };
        let base = base_period(sheet.calendar, period, id.measure)?;
        let Some((now, before)) = pair(sheet, &other, base, Measure::Level, printed) else { continue };
        let exact = compute(&[Range::exactly(now.interval.value), Range::exactly(before.interval.value)])?.middle();
        if (exact - printed.interval.value).abs() <= printed.interval.half_width {
            return Some(format!("; it is the change of {period}, {}", number(exact)));
        }
    }
    None
}
