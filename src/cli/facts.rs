//! `tanshin facts`: the fact records in the form that `docs/formats.md` promises to other programs.

use std::io::{self, Write};

use super::table::{Lean, Table};
use crate::model::Fact;
use crate::options::FactsFormat;

/// The columns of the CSV form: the record's fields, those of `repaired` and `source` with their names in front.
const COLUMNS: [&str; 16] = [
    "company",
    "metric",
    "label",
    "period",
    "basis",
    "measure",
    "value",
    "unit",
    "approx",
    "repaired_printed",
    "repaired_reason",
    "source_document",
    "source_line",
    "source_column",
    "source_printed",
    "source_heads",
];

/// The longest part of a label that the table shows, in characters.
const LABEL: usize = 40;

/// Writes facts in the order they come, some at a time. Only the table keeps its rows until the end, to align them.
pub(super) struct Sheet<'a> {
    format: FactsFormat,
    out: &'a mut dyn Write,
    table: Table<8>,
    begun: bool,
}

impl<'a> Sheet<'a> {
    /// A sheet that nothing is written on.
    pub fn new(format: FactsFormat, out: &'a mut dyn Write) -> Self {
        let left = |name| (name, Lean::Left);
        let table = Table::new([
            left("company"),
            left("metric"),
            left("period"),
            left("basis"),
            left("measure"),
            ("value", Lean::Right),
            left("unit"),
            left("source"),
        ]);
        Self { format, out, table, begun: false }
    }

    /// Writes some facts more.
    pub fn add(&mut self, facts: &[&Fact]) -> io::Result<()> {
        match self.format {
            FactsFormat::Table => facts.iter().for_each(|fact| self.table.row(row(fact))),
            FactsFormat::Jsonl => super::json_lines(facts, self.out)?,
            FactsFormat::Csv => csv(facts, !self.begun, self.out)?,
        }
        self.begun = true;
        Ok(())
    }

    /// Writes what was kept.
    pub fn end(mut self) -> io::Result<()> {
        if !self.begun {
            self.add(&[])?;
        }
        if self.format == FactsFormat::Table { write!(self.out, "{}", self.table) } else { Ok(()) }
    }
}

fn row(fact: &Fact) -> [String; 8] {
    // The mark before the value and the one behind it are explained in `docs/formats.md`.
    let value = format!("{}{}", if fact.approx { "~" } else { "" }, fact.value);
    let mended = if fact.repaired.is_some() { " (mended)" } else { "" };
    [
        fact.company.to_string(),
        fact.metric.as_ref().map_or_else(|| format!("`{}`", short(&fact.label)), ToString::to_string),
        fact.period.to_string(),
        fact.basis.name().to_owned(),
        fact.measure.name().to_owned(),
        value,
        fact.unit.to_string(),
        format!("{}:{}:{}{mended}", fact.source.document, fact.source.line, fact.source.column),
    ]
}

/// A label that fits the table.
fn short(label: &str) -> String {
    match label.char_indices().nth(LABEL) {
        Some((end, _)) => format!("{}…", label[..end].trim_end()),
        None => label.to_owned(),
    }
}

fn csv(facts: &[&Fact], with_head: bool, out: &mut dyn Write) -> io::Result<()> {
    let mut writer = csv::Writer::from_writer(out);
    if with_head {
        writer.write_record(COLUMNS).map_err(io_error)?;
    }
    for fact in facts {
        let (line, column) = (fact.source.line.to_string(), fact.source.column.to_string());
        let repair = fact.repaired.as_ref();
        let heads: Vec<String> = fact.source.heads.iter().map(ToString::to_string).collect();
        let heads = heads.join(" ");
        let record: [&str; 16] = [
            &fact.company,
            fact.metric.as_ref().map_or("", |metric| metric.as_str()),
            &fact.label,
            &fact.period.to_string(),
            fact.basis.name(),
            fact.measure.name(),
            &fact.value.to_string(),
            &fact.unit.to_string(),
            if fact.approx { "true" } else { "false" },
            repair.map_or("", |repair| &repair.printed),
            repair.map_or("", |repair| &repair.reason),
            &fact.source.document,
            &line,
            &column,
            &fact.source.printed,
            &heads,
        ];
        writer.write_record(record).map_err(io_error)?;
    }
    writer.flush()
}

/// The I/O error inside; records of one length and valid UTF-8 leave no other.
pub(super) fn io_error(error: csv::Error) -> io::Error {
    match error.into_kind() {
        csv::ErrorKind::Io(error) => error,
        other => io::Error::other(format!("{other:?}")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Basis, Measure, Metric, Repair, Source};

    fn facts() -> [Fact; 2] {
        let revenue = Fact {
            company: "iij".into(),
            metric: Some(Metric::new("revenue").expect("an id")),
            label: "Revenues".to_owned(),
            period: "1Q17".parse().expect("a period"),
            basis: Basis::Actual,
            measure: Measure::Level,
            value: "41.0".parse().expect("a decimal"),
            unit: "JPY billion".parse().expect("a unit"),
            approx: false,
            repaired: None,
            source: Source { heads: [3, 17].into(), ..Source::new("1q17.txt".into(), 20, 13, "41.0".to_owned()) },
        };
        let mended = Fact {
            metric: None,
            label: "Cables, \"submarine\"".to_owned(),
            period: "2017-06-30".parse().expect("a period"),
            value: "-21.066".parse().expect("a decimal"),
            approx: true,
            repaired: Some(Repair { printed: "21 .066".to_owned(), reason: "sum of its parts".to_owned() }),
            ..revenue.clone()
        };
        [revenue, mended]
    }

    fn printed(format: FactsFormat) -> String {
        let facts = facts();
        let mut out = Vec::new();
        let mut sheet = Sheet::new(format, &mut out);
        facts.iter().try_for_each(|fact| sheet.add(&[fact])).expect("memory takes it");
        sheet.end().expect("memory takes it");
        String::from_utf8(out).expect("text")
    }

    #[test]
    fn facts_are_printed_as_the_contract_says() {
        let first = r#"{"company":"iij","metric":"revenue","label":"Revenues","period":"1Q17","basis":"actual","measure":"level","value":"41.0","unit":"JPY billion","approx":false,"repaired":null,"source":{"document":"1q17.txt","line":20,"column":13,"printed":"41.0","heads":[3,17]}}"#;
        assert_eq!(printed(FactsFormat::Jsonl).lines().next(), Some(first));
        assert_eq!(printed(FactsFormat::Jsonl).lines().count(), 2);
    }

    #[test]
    fn csv_has_every_field_of_the_record() {
        let csv = printed(FactsFormat::Csv);
        let lines: Vec<&str> = csv.lines().collect();
        assert_eq!(lines[0], COLUMNS.join(","));
        assert_eq!(
            lines[1],
            "iij,revenue,Revenues,1Q17,actual,level,41.0,JPY billion,false,,,1q17.txt,20,13,41.0,3 17"
        );
        let mended = "iij,,\"Cables, \"\"submarine\"\"\",2017-06-30,actual,level,-21.066,JPY billion,true,21 .066,\
                      sum of its parts,1q17.txt,20,13,41.0,3 17";
        assert_eq!(lines[2], mended);
    }

    #[test]
    fn the_table_is_aligned_and_marks_what_is_approximate_or_mended() {
        let expected = "\
company  metric                 period      basis   measure     value  unit         source
iij      revenue                1Q17        actual  level        41.0  JPY billion  1q17.txt:20:13
iij      `Cables, \"submarine\"`  2017-06-30  actual  level    ~-21.066  JPY billion  1q17.txt:20:13 (mended)
";
        assert_eq!(printed(FactsFormat::Table), expected);
    }
}
