//! The series record: the outside form of one figure of the history. It is a contract with other programs.

use rust_decimal::Decimal;
use serde::Serialize;

use crate::model::{Basis, Figure, FigureId, Metric, Origin, Period, Source, Unit};

use super::{History, Known};

/// One figure of a series, a record of `tanshin series METRIC --format jsonl`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct SeriesRecord {
    /// Canonical id.
    pub metric: Metric,
    /// The period.
    pub period: Period,
    /// The basis; targets are their own records.
    pub basis: Basis,
    /// The value in `unit`.
    #[serde(with = "rust_decimal::serde::str")]
    pub value: Decimal,
    /// Money in the currency's millions, whatever the documents print.
    pub unit: Unit,
    /// Half the width of the interval that rounding leaves, in `unit`.
    #[serde(with = "rust_decimal::serde::str")]
    pub uncertainty: Decimal,
    /// Stated or derived.
    pub origin: Known,
    /// The name of the rule that derived it.
    pub rule: Option<&'static str>,
    /// The sources of a stated figure, the inputs of a derived one.
    pub inputs: Vec<SeriesInput>,
}

/// What a figure of a series rests on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub enum SeriesInput {
    /// A place in a document.
    Source(Source),
    /// Another figure.
    Figure {
        /// Its metric.
        metric: Metric,
        /// Its period.
        period: Period,
        /// Its basis.
        basis: Basis,
    },
}

impl History {
    /// The records of a metric's series.
    pub fn series_records(&self, metric: &Metric) -> Vec<SeriesRecord> {
        self.series(metric).into_iter().map(SeriesRecord::of).collect()
    }
}

impl SeriesRecord {
    /// The record of a figure.
    pub fn of(figure: &Figure) -> Self {
        let (origin, rule, inputs) = match &figure.origin {
            Origin::Stated(facts) => {
                (Known::Stated, None, facts.iter().map(|fact| SeriesInput::Source(fact.source.clone())).collect())
            }
            Origin::Derived { rule, inputs } => {
                let inputs = inputs.iter().map(|id| SeriesInput::Figure {
                    metric: id.metric.clone(),
                    period: id.period,
                    basis: id.basis,
                });
                (Known::Derived, Some(rule.name()), inputs.collect())
            }
        };
        let FigureId { metric, period, basis, .. } = figure.id.clone();
        Self {
            metric,
            period,
            basis,
            value: figure.value.normalize(),
            unit: figure.unit.clone(),
            uncertainty: figure.half_width.normalize(),
            origin,
            rule,
            inputs,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::cases::{history, reading};
    use super::*;

    #[test]
    fn records_have_the_form_of_the_contract() {
        let facts = "revenue FY16 target 99 JPY million; revenue 1H16 70 JPY million; revenue 1Q16 0.03 JPY billion";
        let history = history(&[reading("2020-01-01", facts)]).value;
        let records = history.series_records(&Metric::new("revenue").expect("a metric"));
        let lines: Vec<String> = records.iter().map(|r| serde_json::to_string(r).expect("a record")).collect();
        assert_eq!(
            lines.join("\n"),
            [
                r#"{"metric":"revenue","period":"1Q16","basis":"actual","value":"30","unit":"JPY million","uncertainty":"5","origin":"stated","rule":null,"inputs":[{"document":"2020-01-01","line":3,"column":1,"printed":"0.03"}]}"#,
                r#"{"metric":"revenue","period":"2Q16","basis":"actual","value":"40","unit":"JPY million","uncertainty":"5.5","origin":"derived","rule":"span_difference","inputs":[{"metric":"revenue","period":"1H16","basis":"actual"},{"metric":"revenue","period":"1Q16","basis":"actual"}]}"#,
                r#"{"metric":"revenue","period":"1H16","basis":"actual","value":"70","unit":"JPY million","uncertainty":"0.5","origin":"stated","rule":null,"inputs":[{"document":"2020-01-01","line":2,"column":1,"printed":"70"}]}"#,
                r#"{"metric":"revenue","period":"FY16","basis":"target","value":"99","unit":"JPY million","uncertainty":"0.5","origin":"stated","rule":null,"inputs":[{"document":"2020-01-01","line":1,"column":1,"printed":"99"}]}"#,
            ]
            .join("\n")
        );
    }
}
