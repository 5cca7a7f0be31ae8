//! Footing: in a statement the rows above a total make it up, known to the vocabulary or not. Which rows those are is learned
//! from the columns: what foots in one column must foot in the column beside it.

use std::collections::BTreeSet;

use rust_decimal::Decimal;

use crate::history::canonical::canonical;
use crate::history::gather::Stated;
use crate::history::interval::Interval;
use crate::model::{Measure, Metric, Period, Reading, Unit};
use crate::vocabulary::{Vocabulary, normalize};

use super::finding::{Finding, Rule};
use super::range::{Policy, Range};
use super::relation::Relation;
use super::ties::Ties;

/// The rows above that a total may have.
const REACH: usize = 40;
/// How far the rows of one statement stand apart at most, in lines.
const APART: usize = 12;
/// A total of so many last digits is hit by chance once in many thousand tries.
const LARGE: Decimal = Decimal::from_parts(100_000, 0, 0, false, 0);

/// A row of a statement: one label, one amount a column.
struct Row {
    label: String,
    metric: Option<Metric>,
    cells: Vec<Stated>,
}

/// How rows make up a total.
#[derive(Clone, Copy)]
enum Form {
    /// The last so many rows added.
    Sum(usize),
    /// The last row but one less the last.
    Difference,
}

/// Every total of a document's statements against the rows above it.
pub(super) fn check(reading: &Reading, vocabulary: &Vocabulary, ties: &mut Ties) {
    statements(reading, vocabulary).iter().for_each(|rows| foot(rows, ties));
}

/// The rows of each statement, in the order of the document.
fn statements(reading: &Reading, vocabulary: &Vocabulary) -> Vec<Vec<Row>> {
    let mut statements: Vec<Vec<Row>> = Vec::new();
    for fact in &reading.facts {
        // Rows begin with a capital; `allowance for doubtful accounts of 55,496` stands within the label of a row.
        let aside = fact.label.starts_with(char::is_lowercase);
        let level = fact.measure == Measure::Level && !fact.approx && !aside && matches!(fact.unit, Unit::Money { .. });
        let Some((unit, interval)) = canonical(fact, vocabulary).filter(|_| level) else { continue };
        // What is deducted is deducted here: the sign is needed as printed.
        let turned = fact.value.is_sign_negative() != interval.value.is_sign_negative();
        let interval = Interval { value: if turned { -interval.value } else { interval.value }, ..interval };
        let stated = Stated { fact: fact.clone(), date: reading.date, unit, interval };
        place(&mut statements, stated);
    }
    statements
}

/// Puts an amount into the last row, a new row or a new statement.
fn place(statements: &mut Vec<Vec<Row>>, stated: Stated) {
    let row = |stated: Stated| Row {
        label: normalize(&stated.fact.label),
        metric: stated.fact.metric.clone(),
        cells: vec![stated],
    };
    if let Some(last) = statements.last_mut().and_then(|rows| rows.last_mut()) {
        let before = &last.cells[last.cells.len() - 1].fact;
        let together = before.source.line.abs_diff(stated.fact.source.line) <= APART
            && before.unit == stated.fact.unit
            && before.basis == stated.fact.basis;
        let same_row = before.label == stated.fact.label && last.cell(stated.fact.period).is_none();
        if together && same_row {
            last.cells.push(stated);
            return;
        }
        if together && let Some(rows) = statements.last_mut() {
            rows.push(row(stated));
            return;
        }
    }
    statements.push(vec![row(stated)]);
}

impl Row {
    fn cell(&self, period: Period) -> Option<&Stated> {
        self.cells.iter().find(|stated| stated.fact.period == period)
    }

    /// Whether its label says that it sums up.
    fn sums_up(&self) -> bool {
        let word = |word: &str| self.label.split(' ').any(|part| part == word);
        let cash = self.metric.as_ref().is_some_and(|metric| metric.as_str().ends_with("_cash_flow"));
        word("total") || cash || self.label.starts_with("net increase") || self.label.starts_with("net decrease")
    }
}

/// Walks down the rows; a total that foots stands for its rows from then on.
fn foot(rows: &[Row], ties: &mut Ties) {
    let mut open: Vec<&Row> = Vec::new();
    for row in rows {
        if let Some(form) = forms(open.len()).find(|form| is_shown(*form, &open, row)) {
            let used = open.split_off(open.len() - form.rows());
            for total in &row.cells {
                let found = judge(form, &used, total, ties);
                ties.found.extend(found);
            }
        }
        open.push(row);
    }
}

fn forms(open: usize) -> impl Iterator<Item = Form> {
    let sums = (2..=open.min(REACH)).map(Form::Sum);
    sums.chain((open >= 2).then_some(Form::Difference))
}

impl Form {
    fn rows(self) -> usize {
        match self {
            Self::Sum(rows) => rows,
            Self::Difference => 2,
        }
    }

    fn compute(self, ranges: &[Range]) -> Option<Range> {
        match self {
            Self::Sum(_) => ranges.iter().copied().reduce(Range::plus),
            Self::Difference => Some(ranges.first()?.minus(*ranges.get(1)?)),
        }
    }
}

/// The amounts of a column; a row without one counts as nil. `None` where fewer than two rows have one.
fn column<'a>(rows: &[&'a Row], period: Period) -> Option<Vec<&'a Stated>> {
    let cells: Vec<&Stated> = rows.iter().filter_map(|row| row.cell(period)).collect();
    (cells.len() >= 2).then_some(cells)
}

/// Whether a form holds in enough columns to be no accident.
fn is_shown(form: Form, open: &[&Row], total: &Row) -> bool {
    let rows = &open[open.len() - form.rows()..];
    let mut columns = BTreeSet::new();
    let mut large = false;
    for cell in &total.cells {
        if cell.last_digit().is_zero() || cell.interval.value.is_zero() {
            continue;
        }
        let Some(cells) = column(rows, cell.fact.period) else { continue };
        if matches!(form, Form::Difference) && cells.len() != rows.len() {
            continue;
        }
        let foots = Policy::ALL.into_iter().any(|policy| {
            let ranges: Vec<Range> = cells.iter().map(|stated| Range::of(stated, policy)).collect();
            form.compute(&ranges).is_some_and(|sum| sum.gap(Range::of(cell, policy)).is_zero())
        });
        if foots {
            columns.insert(cell.fact.period);
            large |= cell.interval.value.abs() >= cell.last_digit() * LARGE;
        }
    }
    columns.len() > 1 || (columns.len() == 1 && (large || total.sums_up()))
}

fn judge(form: Form, rows: &[&Row], total: &Stated, ties: &mut Ties) -> Option<Finding> {
    let inputs = column(rows, total.fact.period)?;
    let whole = rows.len() == inputs.len() || matches!(form, Form::Sum(_));
    let (first, last) = (inputs.first()?, inputs.last()?);
    let word = if matches!(form, Form::Sum(_)) { "the sum of the rows" } else { "the difference of the rows" };
    let formula = format!(
        "{word} from `{}` to `{}` (lines {} to {})",
        first.fact.label, last.fact.label, first.fact.source.line, last.fact.source.line
    );
    let relation = Relation { rule: Rule::Footing, figure: None, printed: total, inputs, mixed: false, formula };
    whole.then(|| relation.judge(ties, &|ranges| form.compute(ranges))).flatten()
}
