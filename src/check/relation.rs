//! A relation: one statement, and the statements that it should follow from. It is judged by what rounding leaves open.

use rust_decimal::Decimal;

use crate::history::gather::Stated;
use crate::model::FigureId;

use super::finding::{Finding, Rule, Severity, number};
use super::range::{Policy, Range};
use super::ties::Ties;

/// One statement and those it should follow from.
pub(super) struct Relation<'a> {
    /// The rule.
    pub rule: Rule,
    /// The figure; none for a row without canonical id.
    pub figure: Option<FigureId>,
    /// The statement.
    pub printed: &'a Stated,
    /// Those it follows from, in the order of the formula.
    pub inputs: Vec<&'a Stated>,
    /// Whether printed figure and inputs may be shortened by different habits: amounts cut off, percentages rounded.
    pub mixed: bool,
    /// The formula in words: `revenue less cost of revenue`.
    pub formula: String,
}

impl Relation<'_> {
    /// A finding where no habit of rounding lets the statement follow; `None` where it follows, where the formula has no value,
    /// and where a statement is approximate. What could be judged is noted as tied.
    pub fn judge(&self, ties: &mut Ties, f: &dyn Fn(&[Range]) -> Option<Range>) -> Option<Finding> {
        let all = std::iter::once(self.printed).chain(self.inputs.iter().copied());
        if all.clone().any(|stated| stated.fact.approx) {
            return None;
        }
        let mut least: Option<Decimal> = None;
        for inputs in Policy::ALL {
            for own in Policy::ALL.into_iter().filter(|own| self.mixed || *own == inputs) {
                let ranges: Vec<Range> = self.inputs.iter().map(|stated| Range::of(stated, inputs)).collect();
                let gap = f(&ranges)?.gap(Range::of(self.printed, own));
                least = Some(least.map_or(gap, |known| known.min(gap)));
            }
        }
        let gap = least?;
        let values: Vec<Range> = self.inputs.iter().map(|stated| Range::exactly(stated.interval.value)).collect();
        let expected = f(&values)?.middle();
        let difference = self.printed.interval.value - expected;
        ties.note(self.rule, all.clone().map(|stated| &stated.fact), difference.is_zero());
        let sum = matches!(self.rule, Rule::Footing | Rule::StatementLine | Rule::PartsOfTotal);
        let one_unit = self.inputs.iter().all(|input| {
            input.fact.unit == self.printed.fact.unit && input.fact.source.document == self.printed.fact.source.document
        });
        if gap.is_zero() && sum && one_unit {
            let loose = (!difference.is_zero()).then(|| self.finding(Severity::Warning, expected, difference, gap));
            ties.sum(&self.printed.fact, loose);
        }
        if gap.is_zero() {
            return None;
        }
        let turned = self.is_turned(expected);
        let severity = if turned { Severity::Note } else { self.severity(gap) };
        let mut finding = self.finding(severity, expected, difference, gap);
        if turned {
            finding.sentence.push_str(": the sign differs");
        }
        Some(finding)
    }

    fn finding(&self, severity: Severity, expected: Decimal, difference: Decimal, gap: Decimal) -> Finding {
        let all = std::iter::once(self.printed).chain(self.inputs.iter().copied());
        Finding {
            company: self.printed.fact.company.clone(),
            severity,
            rule: self.rule,
            figure: self.figure.clone(),
            figures: all.map(|stated| stated.fact.clone()).collect(),
            passages: Vec::new(),
            difference: Some(difference.round_dp(4).normalize()),
            tolerance: Some((difference.abs() - gap).max(Decimal::ZERO).round_dp(4).normalize()),
            unit: Some(self.printed.unit.clone()),
            sentence: self.sentence(expected),
        }
    }

    /// Whether only the sign differs, and that by the way of printing: a loss that goes down, a deduction in parentheses.
    /// Between amounts that are not negative a rise that is a fall is no matter of printing.
    fn is_turned(&self, expected: Decimal) -> bool {
        let printed = self.printed.interval.value;
        let apart = (printed + expected).abs() <= self.printed.last_digit() * Decimal::TWO;
        let negative = self.inputs.iter().any(|input| input.interval.value.is_sign_negative());
        apart && negative && printed.is_sign_negative() != expected.is_sign_negative()
    }

    /// One unit is the coarsest last digit at hand; between documents a restatement may explain anything.
    fn severity(&self, gap: Decimal) -> Severity {
        let linear = self.inputs.iter().filter(|stated| stated.unit == self.printed.unit);
        let digits = linear.map(|stated| stated.last_digit());
        let unit = digits.fold(self.printed.last_digit(), Decimal::max);
        let home = &self.printed.fact.source.document;
        let across = self.inputs.iter().any(|stated| stated.fact.source.document != *home);
        let mended = self.inputs.iter().any(|stated| stated.fact.repaired.is_some());
        if gap <= unit || across || mended { Severity::Warning } else { Severity::Error }
    }

    fn sentence(&self, expected: Decimal) -> String {
        let name = named(self.figure.as_ref(), self.printed);
        let unit = &self.printed.unit;
        let across = self.inputs.iter().any(|s| s.fact.source.document != self.printed.fact.source.document);
        let hint = if across { " (figures of two documents: one may be restated)" } else { "" };
        format!(
            "{name} is printed as {} {unit}, but {} gives {}{hint}",
            number(self.printed.interval.value),
            self.formula,
            number(expected)
        )
    }
}

/// What a statement is called in a sentence.
pub(super) fn named(figure: Option<&FigureId>, stated: &Stated) -> String {
    match figure {
        Some(id) => id.to_string(),
        None => format!("`{}` {}", stated.fact.label, stated.fact.period),
    }
}
