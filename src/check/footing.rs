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
        if let Some(form) = shown(&open, row) {
            let used = open.split_off(open.len() - form.rows());
            for total in &row.cells {
                let found = judge(form, &used, total, ties);
                ties.found.extend(found);
            }
        }
        open.push(row);
    }
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

/// The form that holds in enough columns to be no accident: the shortest sum, else the difference.
fn shown(open: &[&Row], total: &Row) -> Option<Form> {
    let fine = |cell: &&Stated| !cell.last_digit().is_zero() && !cell.interval.value.is_zero();
    let mut columns: Vec<Column> = total.cells.iter().filter(fine).map(Column::of).collect();
    for (rows, row) in (1..=REACH).zip(open.iter().rev()) {
        for column in &mut columns {
            column.add(row);
        }
        if rows >= 2 && is_shown(columns.iter().filter(|column| column.foots()), total) {
            return Some(Form::Sum(rows));
        }
    }
    let rows = open.last_chunk::<2>()?;
    let differs = |column: &&Column| column.differs(rows);
    is_shown(columns.iter().filter(differs), total).then_some(Form::Difference)
}

/// Whether so many columns are no accident.
fn is_shown<'a, 'b: 'a>(columns: impl Iterator<Item = &'a Column<'b>>, total: &Row) -> bool {
    let (mut periods, mut large) = (BTreeSet::new(), false);
    for column in columns {
        periods.insert(column.total.fact.period);
        large |= column.total.interval.value.abs() >= column.total.last_digit() * LARGE;
    }
    periods.len() > 1 || (periods.len() == 1 && (large || total.sums_up()))
}

/// A total and the sum of the rows above it so far, under each habit of rounding: each longer sum is one row more.
struct Column<'a> {
    total: &'a Stated,
    sums: [Option<Range>; 2],
    cells: usize,
}

impl<'a> Column<'a> {
    fn of(total: &'a Stated) -> Self {
        Self { total, sums: [None, None], cells: 0 }
    }

    fn add(&mut self, row: &Row) {
        let Some(cell) = row.cell(self.total.fact.period) else { return };
        self.cells += 1;
        for (sum, policy) in self.sums.iter_mut().zip(Policy::ALL) {
            let range = Range::of(cell, policy);
            *sum = Some(sum.map_or(range, |sum| sum.plus(range)));
        }
    }

    fn foots(&self) -> bool {
        let meets = |(sum, policy): (&Option<Range>, Policy)| sum.is_some_and(|sum| meets(sum, self.total, policy));
        self.cells >= 2 && self.sums.iter().zip(Policy::ALL).any(meets)
    }

    fn differs(&self, [first, last]: &[&Row; 2]) -> bool {
        let period = self.total.fact.period;
        let Some((first, last)) = first.cell(period).zip(last.cell(period)) else { return false };
        let difference = |policy| Range::of(first, policy).minus(Range::of(last, policy));
        Policy::ALL.into_iter().any(|policy| meets(difference(policy), self.total, policy))
    }
}

/// Whether a computed range holds what is printed.
fn meets(computed: Range, printed: &Stated, policy: Policy) -> bool {
    computed.gap(Range::of(printed, policy)).is_zero()
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
