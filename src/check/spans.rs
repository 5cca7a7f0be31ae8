//! Quarters against halves and years. Where quarters miss their own total and make that of another line, the label is
//! doubted by name.

use crate::history::gather::Stated;
use crate::history::kind::is_flow;
use crate::model::{FigureId, FiscalYear, Measure, Period, Quarter, Unit};

use super::finding::{Finding, Rule};
use super::range::Range;
use super::relation::Relation;
use super::sheet::Sheet;
use super::ties::Ties;

const fn quarter(year: FiscalYear, number: u8) -> Period {
    Period::Quarter(Quarter { year, number })
}

const fn half(year: FiscalYear, number: u8) -> Period {
    Period::Half { year, number }
}

/// The ways a span is cut up.
fn cuts(whole: Period) -> Vec<Vec<Period>> {
    match whole {
        Period::Half { year, number: 1 } => vec![vec![quarter(year, 1), quarter(year, 2)]],
        Period::Half { year, .. } => vec![vec![quarter(year, 3), quarter(year, 4)]],
        Period::NineMonths(year) => {
            vec![vec![half(year, 1), quarter(year, 3)], vec![quarter(year, 1), quarter(year, 2), quarter(year, 3)]]
        }
        Period::Year(year) => vec![
            vec![half(year, 1), half(year, 2)],
            vec![Period::NineMonths(year), quarter(year, 4)],
            (1..=4).map(|number| quarter(year, number)).collect(),
        ],
        Period::Quarter(_) | Period::Month { .. } | Period::Instant(_) => Vec::new(),
    }
}

/// Every span that adds up over time against its cuts.
pub(super) fn check(sheet: &Sheet<'_>, ties: &mut Ties) {
    for (id, statements) in sheet.statements {
        if id.measure != Measure::Level || !is_flow(&id.metric, sheet.vocabulary) {
            continue;
        }
        for cut in cuts(id.period) {
            for printed in statements.iter().filter(|stated| is_amount(&stated.unit)) {
                let found = contradiction(sheet, ties, id, printed, &cut);
                ties.found.extend(found);
            }
        }
    }
}

fn is_amount(unit: &Unit) -> bool {
    matches!(unit, Unit::Money { .. } | Unit::Count { .. })
}

fn contradiction(
    sheet: &Sheet<'_>,
    ties: &mut Ties,
    id: &FigureId,
    printed: &Stated,
    cut: &[Period],
) -> Option<Finding> {
    let part = |period: &Period| {
        let part = FigureId { period: *period, ..id.clone() };
        let stated = sheet.near_or_elsewhere(&part, &printed.fact.source)?;
        (stated.unit == printed.unit).then_some(stated)
    };
    let inputs = cut.iter().map(part).collect::<Option<Vec<_>>>()?;
    let names: Vec<String> = cut.iter().map(Period::to_string).collect();
    let formula = names.join(" + ");
    let relation = Relation { rule: Rule::Spans, figure: Some(id.clone()), printed, inputs, mixed: false, formula };
    let mut finding = relation.judge(ties, &sum)?;
    let total = sum(&relation.inputs.iter().map(|input| Range::exactly(input.interval.value)).collect::<Vec<_>>())?;
    if let Some(other) = sheet.totals().other(id, printed, total.middle()) {
        finding.sentence.push_str(&format!("; that is the total of {other}, so one of the labels is wrong"));
    }
    Some(finding)
}

fn sum(ranges: &[Range]) -> Option<Range> {
    ranges.iter().copied().reduce(Range::plus)
}
