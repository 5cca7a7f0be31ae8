//! The trace record: the outside form of how a figure came to be, nested to the printed characters. It is a contract with other
//! programs.

use rust_decimal::Decimal;
use serde::Serialize;

use crate::model::{Document, Fact, Figure, Measure, Origin, Rule, Source, Unit};

use super::Trace;
use super::record::FigureRecord;

/// A figure and how it came to be.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct TraceRecord {
    /// What it is and how large.
    #[serde(flatten)]
    pub figure: FigureRecord,
    /// The measure.
    pub measure: Measure,
    /// The formula over the inputs.
    pub formula: Option<String>,
    /// Every place that states the figure, the chosen one first; of a derived figure those that state it more coarsely.
    pub sources: Vec<TraceSource>,
    /// Where documents state something else: restated figures and slips of the pen, the latest first.
    pub otherwise: Vec<TraceSource>,
    /// Of a derived figure its inputs, in the order of the formula.
    pub inputs: Vec<TraceRecord>,
}

/// A place that states a figure.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct TraceSource {
    /// Document, line, column and the printed characters.
    #[serde(flatten)]
    pub source: Source,
    /// The value as printed, with its unit.
    pub label: String,
    /// The unit as printed.
    pub unit: Unit,
    /// What was mended, in words.
    pub repaired: Option<String>,
    /// The whole line.
    pub text: String,
    /// The lines that gave it its time, unit, basis or section, whole, in the order of `heads`.
    pub head_texts: Vec<String>,
}

impl TraceRecord {
    /// The record of a trace, with the lines of the documents.
    pub fn of(trace: &Trace, documents: &[Document]) -> Self {
        let figure = &trace.figure;
        let rule = match &figure.origin {
            Origin::Stated(_) => None,
            Origin::Derived { rule, .. } => Some(*rule),
        };
        let places = |facts: &[Fact]| facts.iter().map(|fact| TraceSource::of(fact, documents)).collect();
        Self {
            figure: FigureRecord::of(figure, trace.is_estimate()),
            measure: figure.id.measure,
            formula: rule.map(|rule| formula(rule, figure, &trace.inputs)),
            sources: places(trace.stated()),
            otherwise: places(&trace.otherwise),
            inputs: trace.inputs.iter().map(|input| Self::of(input, documents)).collect(),
        }
    }
}

impl TraceSource {
    fn of(fact: &Fact, documents: &[Document]) -> Self {
        let document = documents.iter().find(|document| document.name == fact.source.document);
        let line = |number: usize| {
            let line = document.and_then(|document| document.lines.get(number.saturating_sub(1)));
            line.cloned().unwrap_or_default()
        };
        Self {
            source: fact.source.clone(),
            label: fact.label.clone(),
            unit: fact.unit.clone(),
            repaired: fact.repaired.as_ref().map(|repair| repair.reason.clone()),
            text: line(fact.source.line),
            head_texts: fact.source.heads.iter().map(|number| line(*number as usize)).collect(),
        }
    }
}

/// The formula of a rule over its inputs. Sums and differences are told apart by the values themselves.
fn formula(rule: Rule, figure: &Figure, inputs: &[Trace]) -> String {
    let names: Vec<String> = inputs.iter().map(|input| input.figure.id.to_string()).collect();
    let [first, rest @ ..] = names.as_slice() else { return String::new() };
    let percent = inputs.get(1).is_some_and(|input| input.figure.id.measure.is_percent());
    match rule {
        Rule::LevelLessChange if percent => format!("{first} ÷ (1 + {})", rest.join(" ")),
        Rule::GrowthRate | Rule::RevisionRate => format!("({first} − {0}) ÷ |{0}|", rest.join(" ")),
        Rule::Margin | Rule::Share | Rule::Progress | Rule::Pace => format!("{first} ÷ {}", rest.join(" ")),
        Rule::SpanDifference | Rule::LevelLessChange | Rule::Change | Rule::Remainder | Rule::Revision => {
            format!("{first} − {}", rest.join(" − "))
        }
        Rule::ImpliedGrowth => match rest {
            [reached, last_year, last_reached] => {
                format!("({first} − {reached}) ÷ ({last_year} − {last_reached}) − 1")
            }
            _ => String::new(),
        },
        Rule::SpanSum => names.join(" + "),
        Rule::StatementLine | Rule::PartsOfTotal => {
            let sum: Decimal = inputs.iter().map(|input| input.figure.value).sum();
            names.join(if sum == figure.value { " + " } else { " − " })
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::cases::{history, reading};
    use crate::model::{Basis, FigureId, Metric};

    use super::*;

    fn check(facts: &str, wanted: (&str, &str, Measure), expected: &str) {
        let history = history(&[reading("2020-01-01", facts)]).value;
        let (metric, period, measure) = wanted;
        let metric = Metric::new(metric).expect("a metric");
        let id = FigureId { measure, ..FigureId::level(&metric, period.parse().expect("a period"), Basis::Actual) };
        let trace = history.trace(&id).expect("a figure");
        assert_eq!(TraceRecord::of(&trace, &[]).formula.as_deref(), Some(expected), "{facts}");
    }

    #[test]
    fn formulas_read_as_they_are_computed() {
        let halves = "revenue 1H16 70 JPY million; revenue 1Q16 30 JPY million; revenue 1H15 60 JPY million";
        check(halves, ("revenue", "2Q16", Measure::Level), "revenue 1H16 − revenue 1Q16");
        let growth = "(revenue 1H16 − revenue 1H15) ÷ |revenue 1H15|";
        check(halves, ("revenue", "1H16", Measure::YoyPct), growth);
        let rate = "revenue 1H16 70 JPY million; revenue 1H16 yoy_pct 20.0 %";
        check(rate, ("revenue", "1H15", Measure::Level), "revenue 1H16 ÷ (1 + revenue 1H16 yoy_pct)");
        let lines = "revenue FY16 50 JPY million; gross_profit FY16 20 JPY million";
        check(lines, ("cost_of_revenue", "FY16", Measure::Level), "revenue FY16 − gross_profit FY16");
        let up = "cost_of_revenue FY16 30 JPY million; gross_profit FY16 20 JPY million";
        check(up, ("revenue", "FY16", Measure::Level), "gross_profit FY16 + cost_of_revenue FY16");
    }
}
