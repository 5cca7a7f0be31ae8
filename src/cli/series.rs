//! `tanshin series`: the records of one metric in the form that `docs/formats.md` promises to other programs.

use std::io::{self, Write};

use super::table::{Lean, Table};
use crate::history::{Known, OtherValue, SeriesInput, SeriesRecord};
use crate::model::Basis;
use crate::options::SeriesFormat;

/// Writes records in the order they come.
pub(super) fn write(records: &[SeriesRecord], format: SeriesFormat, out: &mut dyn Write) -> io::Result<()> {
    match format {
        SeriesFormat::Table => write!(out, "{}", table(records)),
        SeriesFormat::Jsonl => super::json_lines(records, out),
    }
}

fn table(records: &[SeriesRecord]) -> Table<7> {
    let (left, right) = (|name| (name, Lean::Left), |name| (name, Lean::Right));
    let mut table = Table::new([
        left("period"),
        left("basis"),
        right("value"),
        right("±"),
        left("unit"),
        left("origin"),
        left("from"),
    ]);
    let values = aligned(records.iter().map(|record| record.figure.value.to_string()).collect());
    let widths = aligned(records.iter().map(|record| record.figure.uncertainty.to_string()).collect());
    for ((record, value), width) in records.iter().zip(values).zip(widths) {
        let figure = &record.figure;
        let origin = match (figure.origin, figure.rule.unwrap_or_default()) {
            (Known::Stated, _) => "stated".to_owned(),
            (Known::Derived, rule) if figure.estimate => format!("estimated: {rule}"),
            (Known::Derived, rule) => format!("derived: {rule}"),
        };
        table.row([
            figure.period.to_string(),
            figure.basis.name().to_owned(),
            value,
            width,
            figure.unit.to_string(),
            origin,
            rests_on(record),
        ]);
    }
    table
}

/// Numbers with their decimal points below each other, once they lean right.
fn aligned(numbers: Vec<String>) -> Vec<String> {
    let fraction = |number: &str| number.find('.').map_or(0, |point| number.len() - point);
    let longest = numbers.iter().map(|number| fraction(number)).max().unwrap_or(0);
    numbers.into_iter().map(|number| format!("{number}{}", " ".repeat(longest - fraction(&number)))).collect()
}

/// The place that states the figure, with the number of others that agree; all inputs of a derived figure.
fn rests_on(record: &SeriesRecord) -> String {
    let mut inputs: Vec<String> = record.inputs.iter().map(|input| from(record, input)).collect();
    if record.figure.origin == Known::Stated && inputs.len() > 1 {
        let others = inputs.split_off(1).len();
        inputs.push(format!("{others} more"));
    }
    let other = |other: &OtherValue| {
        let OtherValue { value, unit, source } = other;
        format!("but {value} {unit} at {}:{}", source.document, source.line)
    };
    inputs.extend(record.otherwise.iter().map(other));
    inputs.join(", ")
}

/// An input as short as it is clear: the metric and the basis only where they differ from the record's own.
fn from(record: &SeriesRecord, input: &SeriesInput) -> String {
    match input {
        SeriesInput::Source(source) => format!("{}:{}:{}", source.document, source.line, source.column),
        SeriesInput::Figure { metric, period, basis } => {
            let record = &record.figure;
            let mut text = if *metric == record.metric { String::new() } else { format!("{metric} ") };
            text.push_str(&period.to_string());
            if *basis != record.basis || *basis != Basis::Actual {
                text.push_str(&format!(" {}", basis.name()));
            }
            text
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::history::FigureRecord;
    use crate::model::{Metric, Source};

    fn records() -> [SeriesRecord; 2] {
        let revenue = Metric::new("revenue").expect("an id");
        let input = |period: &str| SeriesInput::Figure {
            metric: revenue.clone(),
            period: period.parse().expect("a period"),
            basis: Basis::Actual,
        };
        let source = Source::new("1q17.txt".into(), 20, 13, "41.0".to_owned());
        let stated = FigureRecord {
            metric: revenue.clone(),
            period: "1Q17".parse().expect("a period"),
            basis: Basis::Actual,
            value: 41000.into(),
            unit: "JPY million".parse().expect("a unit"),
            uncertainty: 50.into(),
            origin: Known::Stated,
            rule: None,
            estimate: false,
        };
        let derived = FigureRecord {
            period: "2Q17".parse().expect("a period"),
            value: "43000.25".parse().expect("a decimal"),
            uncertainty: 100.into(),
            origin: Known::Derived,
            rule: Some("span_difference"),
            ..stated.clone()
        };
        let record = |figure, inputs| SeriesRecord { figure, inputs, agreeing: Vec::new(), otherwise: Vec::new() };
        [record(stated, vec![SeriesInput::Source(source)]), record(derived, vec![input("1H17"), input("1Q17")])]
    }

    fn printed(format: SeriesFormat) -> String {
        let mut out = Vec::new();
        write(&records(), format, &mut out).expect("memory takes it");
        String::from_utf8(out).expect("text")
    }

    #[test]
    fn a_series_is_printed_with_what_each_figure_rests_on() {
        let expected = "\
period  basis      value    ±  unit         origin                    from
1Q17    actual  41000      50  JPY million  stated                    1q17.txt:20:13
2Q17    actual  43000.25  100  JPY million  derived: span_difference  1H17, 1Q17
";
        assert_eq!(printed(SeriesFormat::Table), expected);
    }

    #[test]
    fn a_record_is_printed_as_the_contract_says() {
        let derived = r#"{"metric":"revenue","period":"2Q17","basis":"actual","value":"43000.25","unit":"JPY million","uncertainty":"100","origin":"derived","rule":"span_difference","estimate":false,"inputs":[{"metric":"revenue","period":"1H17","basis":"actual"},{"metric":"revenue","period":"1Q17","basis":"actual"}],"agreeing":[],"otherwise":[]}"#;
        assert_eq!(printed(SeriesFormat::Jsonl).lines().last(), Some(derived));
    }
}
