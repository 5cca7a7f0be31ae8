//! One figure in two places of a document, or in two documents. Documents revise targets and outlooks over time: those are
//! compared within a document only.

use std::collections::BTreeMap;
use std::sync::Arc;

use rust_decimal::Decimal;

use crate::history::gather::Stated;
use crate::model::{Basis, FigureId};

use super::finding::{Finding, Rule, Severity, number};
use super::range::{Policy, Range};
use super::sheet::Sheet;
use super::ties::{Ties, place};

/// Every figure against itself.
pub(super) fn check(sheet: &Sheet<'_>, ties: &mut Ties) {
    for (id, statements) in sheet.statements {
        if statements.len() > 1 {
            ties.note(Rule::SameFigure, statements.iter().map(|stated| &stated.fact), false);
        }
        ties.found.extend(of_figure(id, statements));
    }
}

/// A figure that is off by one of its last digits, so that the table it stands in adds up as printed.
pub(super) fn explain(ties: &mut Ties) {
    let Ties { found, exact, .. } = ties;
    for finding in found.iter_mut().filter(|f| f.rule == Rule::SameFigure && f.severity == Severity::Warning) {
        let [odd, anchor] = finding.figures.as_slice() else { continue };
        let coarse =
            if odd.half_width() * odd.unit.scale().factor() < anchor.half_width() * anchor.unit.scale().factor() {
                anchor
            } else {
                odd
            };
        if odd.source.document == anchor.source.document && exact.contains(&place(&coarse.source)) {
            finding.severity = Severity::Note;
            finding.sentence.push_str(&format!(": {} is printed so that its own table adds up", coarse.source.printed));
        }
    }
}

fn of_figure(id: &FigureId, statements: &[Stated]) -> Vec<Finding> {
    let mut documents: BTreeMap<&Arc<str>, Vec<&Stated>> = BTreeMap::new();
    for stated in statements {
        documents.entry(&stated.fact.source.document).or_default().push(stated);
    }
    let mut found = Vec::new();
    let mut anchors = Vec::new();
    for here in documents.values() {
        let Some(anchor) = anchor(here) else { continue };
        for other in here.iter().filter(|other| !agree(anchor, other)) {
            found.push(finding(id, other, anchor, severity(other, anchor)));
        }
        anchors.push(anchor);
    }
    anchors.sort_by_key(|anchor| (anchor.date, &anchor.fact.source));
    if id.basis == Basis::Actual {
        // A restatement comes from the later document; what it says is the figure now.
        for pair in anchors.windows(2).filter(|pair| !agree(pair[0], pair[1])) {
            found.push(finding(id, pair[1], pair[0], severity(pair[1], pair[0]).max(Severity::Warning)));
        }
    }
    found
}

/// The statement that most others of the document agree with; of equals the finest.
fn anchor<'a>(here: &[&'a Stated]) -> Option<&'a Stated> {
    // Two statements agree where their hulls meet; counted by sorted ends, as a damaged document may state one figure thousands of times.
    let hulls: Vec<Range> = here.iter().map(|stated| hull(stated)).collect();
    let sorted = |end: fn(&Range) -> Decimal| {
        let mut ends: Vec<Decimal> = hulls.iter().map(end).collect();
        ends.sort_unstable();
        ends
    };
    let (lows, highs) = (sorted(|hull| hull.low), sorted(|hull| hull.high));
    let support = |at: &usize| {
        let (above, below) =
            (lows.partition_point(|low| *low <= hulls[*at].high), highs.partition_point(|high| *high < hulls[*at].low));
        (here[*at].is_firm(), above - below)
    };
    (0..here.len()).rev().max_by_key(support).map(|at| here[at])
}

/// All that a statement may have been, under either habit. Both ranges of a statement share its printed value.
fn hull(stated: &Stated) -> Range {
    let [one, other] = Policy::ALL.map(|policy| Range::of(stated, policy));
    Range { low: one.low.min(other.low), high: one.high.max(other.high) }
}

/// Whether both may be one amount, each shortened by one of the two habits.
fn agree(a: &Stated, b: &Stated) -> bool {
    gap(a, b).is_zero()
}

fn gap(a: &Stated, b: &Stated) -> Decimal {
    let mut least = Decimal::MAX;
    for ours in Policy::ALL {
        for theirs in Policy::ALL {
            least = least.min(Range::of(a, ours).gap(Range::of(b, theirs)));
        }
    }
    least
}

fn severity(a: &Stated, b: &Stated) -> Severity {
    let unit = a.last_digit().max(b.last_digit());
    match gap(a, b) {
        _ if turned(a, b) || a.fact.approx || b.fact.approx => Severity::Note,
        gap if gap <= unit => Severity::Warning,
        _ if a.fact.repaired.is_some() || b.fact.repaired.is_some() => Severity::Warning,
        _ => Severity::Error,
    }
}

/// Whether only the sign differs: a deduction is printed with and without parentheses.
fn turned(a: &Stated, b: &Stated) -> bool {
    let unit = a.last_digit().max(b.last_digit());
    (a.interval.value + b.interval.value).abs() <= unit && a.interval.value.abs() > unit
}

fn finding(id: &FigureId, odd: &Stated, anchor: &Stated, severity: Severity) -> Finding {
    let difference = odd.interval.value - anchor.interval.value;
    let unit = &odd.unit;
    let (ours, theirs) = (number(odd.interval.value), number(anchor.interval.value));
    let within = odd.fact.source.document == anchor.fact.source.document;
    let why = match (within, severity) {
        (_, Severity::Note) if turned(odd, anchor) => ": the sign differs",
        (_, Severity::Note) => "",
        (false, _) => ": the later document restates it",
        _ => "",
    };
    let place =
        if within { format!("line {}", anchor.fact.source.line) } else { anchor.fact.source.document.to_string() };
    Finding {
        company: odd.fact.company.clone(),
        severity,
        rule: Rule::SameFigure,
        figure: Some(id.clone()),
        figures: vec![odd.fact.clone(), anchor.fact.clone()],
        passages: Vec::new(),
        difference: Some(difference.round_dp(4).normalize()),
        tolerance: Some((difference.abs() - gap(odd, anchor)).max(Decimal::ZERO).round_dp(4).normalize()),
        unit: Some(unit.clone()),
        sentence: format!("{id} is {ours} {unit} here and {theirs} {unit} at {place}{why}"),
    }
}
