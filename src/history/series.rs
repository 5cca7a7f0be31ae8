//! The series record: the outside form of one figure of the history. It is a contract with other programs.

use rust_decimal::Decimal;
use serde::Serialize;

use crate::model::{Basis, Fact, Figure, FigureId, Metric, Origin, Period, Source, Unit};

use super::History;
use super::record::FigureRecord;

/// One figure of a series, a record of `tanshin series METRIC --format jsonl`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct SeriesRecord {
    /// What it is and how large.
    #[serde(flatten)]
    pub figure: FigureRecord,
    /// The sources of a stated figure, the inputs of a derived one.
    pub inputs: Vec<SeriesInput>,
    /// Of a derived figure the places that state it more coarsely, and agree.
    pub agreeing: Vec<Source>,
    /// What documents say otherwise: restated figures and slips of the pen, the latest first.
    pub otherwise: Vec<OtherValue>,
}

/// Another value of the same figure.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct OtherValue {
    /// The value as printed.
    #[serde(with = "rust_decimal::serde::str")]
    pub value: Decimal,
    /// Its unit.
    pub unit: Unit,
    /// Where it stands.
    #[serde(flatten)]
    pub source: Source,
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
        self.series(metric).into_iter().map(|figure| self.series_record(figure)).collect()
    }

    /// The record of a figure.
    pub fn series_record(&self, figure: &Figure) -> SeriesRecord {
        let source = |fact: &Fact| fact.source.clone();
        let inputs = match &figure.origin {
            Origin::Stated(facts) => facts.iter().map(|fact| SeriesInput::Source(source(fact))).collect(),
            Origin::Derived { inputs, .. } => {
                let input = |id: &FigureId| SeriesInput::Figure {
                    metric: id.metric.clone(),
                    period: id.period,
                    basis: id.basis,
                };
                inputs.iter().map(input).collect()
            }
        };
        let agreeing = self.agreeing(&figure.id).iter().map(source).collect();
        let other =
            |fact: &Fact| OtherValue { value: fact.value, unit: fact.unit.clone(), source: fact.source.clone() };
        let otherwise = self.otherwise(&figure.id).iter().map(other).collect();
        SeriesRecord { figure: FigureRecord::of(figure, self.is_estimate(figure)), inputs, agreeing, otherwise }
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
                r#"{"metric":"revenue","period":"1Q16","basis":"actual","value":"30","unit":"JPY million","uncertainty":"5","origin":"stated","rule":null,"estimate":false,"inputs":[{"document":"2020-01-01","line":3,"column":1,"printed":"0.03"}],"agreeing":[],"otherwise":[]}"#,
                r#"{"metric":"revenue","period":"2Q16","basis":"actual","value":"40","unit":"JPY million","uncertainty":"5.5","origin":"derived","rule":"span_difference","estimate":false,"inputs":[{"metric":"revenue","period":"1H16","basis":"actual"},{"metric":"revenue","period":"1Q16","basis":"actual"}],"agreeing":[],"otherwise":[]}"#,
                r#"{"metric":"revenue","period":"1H16","basis":"actual","value":"70","unit":"JPY million","uncertainty":"0.5","origin":"stated","rule":null,"estimate":false,"inputs":[{"document":"2020-01-01","line":2,"column":1,"printed":"70"}],"agreeing":[],"otherwise":[]}"#,
                r#"{"metric":"revenue","period":"FY16","basis":"target","value":"99","unit":"JPY million","uncertainty":"0.5","origin":"stated","rule":null,"estimate":false,"inputs":[{"document":"2020-01-01","line":1,"column":1,"printed":"99"}],"agreeing":[],"otherwise":[]}"#,
            ]
            .join("\n")
        );
    }
}
