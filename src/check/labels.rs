//! Labels against arithmetic: quarters printed one after another under one label make a span. Where they make the total that
//! another line of the document states under another name, the label cannot be right.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use crate::history::canonical::canonical;
use crate::history::gather::Stated;
use crate::model::{Basis, Fact, FiscalYear, Measure, Metric, Period, Quarter, Reading, Unit};
use crate::vocabulary::{Term, Vocabulary, normalize};

use super::finding::{Finding, Rule, Severity, number};
use super::range::{Policy, Range};
use super::ties::Ties;

/// A total of fewer last digits may be hit by chance.
const FINE: Decimal = Decimal::ONE_THOUSAND;
/// How far from a total the line of the same name may stand that belongs to it, in lines.
const TABLE: usize = 8;
/// A run of quarters stands on lines that follow each other.
const NEXT: usize = 1;

/// The quarters under one label.
struct Run {
    metric: Option<Metric>,
    cells: Vec<Stated>,
}

/// The amounts of a document by their time.
type Totals<'a> = BTreeMap<Period, Vec<&'a Stated>>;

/// Every run of quarters against the totals of its document.
pub(super) fn check(reading: &Reading, vocabulary: &Vocabulary, ties: &mut Ties) {
    let amounts = amounts(reading, vocabulary);
    let mut totals = Totals::new();
    amounts.iter().for_each(|stated| totals.entry(stated.fact.period).or_default().push(stated));
    for run in runs(&amounts) {
        let mut years: Vec<FiscalYear> = run.cells.iter().filter_map(|cell| cell.fact.period.fiscal_year()).collect();
        years.dedup();
        for year in years {
            let found = (2..=4).rev().find_map(|quarters| run.judge(year, quarters, &totals, vocabulary));
            ties.found.extend(found);
        }
    }
}

/// The actual amounts of money of a document, in their order.
fn amounts(reading: &Reading, vocabulary: &Vocabulary) -> Vec<Stated> {
    let ours = |fact: &&Fact| {
        let money = matches!(fact.unit, Unit::Money { .. });
        money && fact.measure == Measure::Level && fact.basis == Basis::Actual && !fact.approx
    };
    let stated = |fact: &Fact| {
        let (unit, interval) = canonical(fact, vocabulary)?;
        Some(Stated { fact: fact.clone(), date: reading.date, unit, interval })
    };
    reading.facts.iter().filter(ours).filter_map(stated).collect()
}

fn runs(amounts: &[Stated]) -> Vec<Run> {
    let mut runs: Vec<Run> = Vec::new();
    for stated in amounts.iter().filter(|stated| stated.fact.period.quarter().is_some()) {
        let fact = &stated.fact;
        let follows = |run: &Run| {
            let last = &run.cells[run.cells.len() - 1].fact;
            run.metric == fact.metric
                && last.unit == fact.unit
                && last.source.line.abs_diff(fact.source.line) <= NEXT
                && run.cells.iter().all(|cell| cell.fact.period != fact.period)
        };
        match runs.last_mut().filter(|run| follows(run)) {
            Some(run) => run.cells.push(stated.clone()),
            None => runs.push(Run { metric: fact.metric.clone(), cells: vec![stated.clone()] }),
        }
    }
    runs
}

impl Run {
    /// What its label names, in the words that the vocabulary knows.
    fn name(&self, vocabulary: &Vocabulary) -> Option<(&Stated, Metric)> {
        self.cells.iter().find_map(|cell| Some((cell, named(&cell.fact, vocabulary)?)))
    }

    /// The finding where the first quarters of a year make a span of another name.
    fn judge(&self, year: FiscalYear, quarters: u8, totals: &Totals<'_>, vocabulary: &Vocabulary) -> Option<Finding> {
        let cells: Vec<&Stated> = (1..=quarters).map(|number| self.cell(year, number)).collect::<Option<_>>()?;
        let (labelled, ours) = self.name(vocabulary)?;
        let span = span_of(year, quarters);
        let amounts = totals.get(&span).map(Vec::as_slice).unwrap_or_default();
        let is_own = |total: &&Stated| self.metric.is_some() && total.fact.metric == self.metric;
        if amounts.iter().any(is_own) {
            // The rule of spans holds the quarters against their own total.
            return None;
        }
        let sum: Decimal = cells.iter().map(|cell| cell.interval.value).sum();
        let totals = || amounts.iter().copied().filter(|total| total.unit == cells[0].unit);
        let fits: Vec<(&Stated, Metric)> = totals()
            .filter(|total| is_sum(&cells, total))
            .filter_map(|total| Some((total, named(&total.fact, vocabulary)?)))
            .collect();
        let (total, _) = fits.first()?;
        if fits.iter().any(|(_, name)| name.root() == ours.root()) || is_beside(total, &cells) {
            return None;
        }
        let near = |own: &&Stated| own.fact.source.line.abs_diff(total.fact.source.line) <= TABLE;
        let own =
            totals().filter(near).find(|own| named(&own.fact, vocabulary).is_some_and(|m| m.root() == ours.root()));
        let mut sentence = format!(
            "`{}` is no {}: its quarters of {span} add up to {} {}, which is `{}` at line {}",
            labelled.fact.label,
            ours,
            number(sum),
            total.unit,
            total.fact.label,
            total.fact.source.line
        );
        if let Some(own) = own {
            let (label, line) = (&own.fact.label, own.fact.source.line);
            sentence.push_str(&format!(", while `{label}` is {} at line {line}", number(own.interval.value)));
        }
        let mut figures: Vec<Fact> = cells.iter().map(|cell| cell.fact.clone()).collect();
        figures.insert(0, total.fact.clone());
        figures.extend(own.map(|own| own.fact.clone()));
        Some(Finding {
            company: total.fact.company.clone(),
            severity: if own.is_some() { Severity::Error } else { Severity::Warning },
            rule: Rule::Label,
            figure: None,
            figures,
            passages: Vec::new(),
            difference: own.map(|own| (sum - own.interval.value).normalize()),
            tolerance: own.map(|own| own.last_digit().normalize()),
            unit: Some(total.unit.clone()),
            sentence,
        })
    }

    fn cell(&self, year: FiscalYear, number: u8) -> Option<&Stated> {
        let is_it = |period: Period| period.quarter().is_some_and(|q| q.year == year && q.number == number);
        self.cells.iter().find(|cell| is_it(cell.fact.period))
    }
}

/// The first quarters of a year as one span.
fn span_of(year: FiscalYear, quarters: u8) -> Period {
    Quarter { year, number: quarters }.cumulative()
}

/// Whether the total stands in the run's own rows: then it is the run's own, under a label that broke off.
fn is_beside(total: &Stated, cells: &[&Stated]) -> bool {
    cells.iter().any(|cell| cell.fact.source.line.abs_diff(total.fact.source.line) <= NEXT)
}

/// Whether quarters make a total to its last digit, finely enough to be no accident.
fn is_sum(cells: &[&Stated], total: &Stated) -> bool {
    let fine = total.interval.value.abs() >= total.last_digit() * FINE && !total.last_digit().is_zero();
    let sum = |policy| cells.iter().map(|cell| Range::of(cell, policy)).reduce(Range::plus);
    let close = |exact: Decimal| (exact - total.interval.value).abs() <= total.last_digit();
    fine && close(cells.iter().map(|cell| cell.interval.value).sum())
        && Policy::ALL.into_iter().any(|policy| sum(policy).is_some_and(|s| s.gap(Range::of(total, policy)).is_zero()))
}

/// What the label names below its head, else the metric of a fact, else what the end of its label names: `IIJ-Global operating
/// income` is an operating income, and so is `Effects of the purchase: operating income`, whatever a profile calls it.
fn named(fact: &Fact, vocabulary: &Vocabulary) -> Option<Metric> {
    let below = fact.label.rsplit_once(": ").and_then(|(_, label)| ending(label, vocabulary));
    below.or_else(|| fact.metric.clone()).or_else(|| ending(&fact.label, vocabulary))
}

/// What the end of a label names.
fn ending(label: &str, vocabulary: &Vocabulary) -> Option<Metric> {
    let key = normalize(&vocabulary.respell(label));
    let words: Vec<&str> = key.split(' ').collect();
    (0..words.len()).find_map(|from| match vocabulary.term_of_words(&words[from..]) {
        Some(Term::Metric(metric, Measure::Level)) => Some(metric.clone()),
        _ => None,
    })
}
