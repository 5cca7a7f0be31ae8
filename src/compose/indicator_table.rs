//! The table of business indicators: amounts of the span and counts at its end, each row in its own unit, parts below their total.

use super::Parts;
use super::lead::{Lead, actual, is_vague};
use super::matrix::{self, figure_cell};
use super::proofs::Proofs;
use super::text::Fineness;
use crate::brief::{Align, Cell, Column, Row, Table, Width};
use crate::model::{Figure, Measure, Metric, Period, whole_among};
use crate::options::Length;

/// Indicators beyond these, in the order of their weight, are for the brief that holds everything.
const MOST_INDICATORS: usize = 8;

/// Indicators by the order of their weight.
const INDICATORS: [&str; 12] = [
    "recurring_revenue",
    "one_time_revenue",
    "cloud_revenue",
    "mobile_revenue",
    "orders_received",
    "order_backlog",
    "contracts",
    "subscriptions",
    "employees",
    "personnel_costs",
    "atms",
    "total_contracted_bandwidth",
];

/// The metrics of business indicators, the weightiest first.
pub fn metrics(parts: &Parts<'_>) -> Vec<Metric> {
    let metrics = parts.history.metrics();
    let of_root =
        |root: &'static str| metrics.iter().filter(move |metric| metric.root() == root).map(|metric| (*metric).clone());
    INDICATORS.into_iter().flat_map(of_root).collect()
}

/// A row of the table.
struct Indicator {
    metric: Metric,
    span: Period,
    now: Figure,
    before: Option<Figure>,
    rate: Option<Figure>,
    indent: u8,
}

impl Indicator {
    fn of(parts: &Parts<'_>, lead: &Lead, metric: Metric) -> Option<Self> {
        let level = |span: Period| actual(parts.history, &metric, span, Measure::Level);
        let (span, now) = [lead.span, parts.day()].into_iter().find_map(|span| Some((span, level(span)?)))?;
        let before = level(span.year_before());
        let rate = actual(parts.history, &metric, span, Measure::YoyPct);
        Some(Self { metric, span, now, before, rate, indent: 0 })
    }

    /// Whether another row counts the same kind of thing at the same time.
    fn is_like(&self, other: &Self) -> bool {
        self.metric != other.metric
            && self.metric.root() == other.metric.root()
            && self.span == other.span
            && self.now.unit == other.now.unit
    }
}

/// The table, or none where it would have a single row. Last year's figures and the rates stand in it where most rows have them.
pub fn table(parts: &Parts<'_>, lead: &Lead, proofs: &mut Proofs<'_>) -> Option<Table> {
    let (print, words) = (parts.print(), &parts.phrases.tables);
    let rows = metrics(parts).into_iter().filter_map(|metric| Indicator::of(parts, lead, metric));
    let mut rows = below_totals(rows.collect());
    if rows.len() < 2 {
        return None;
    }
    if parts.look.length != Length::Full {
        rows.truncate(MOST_INDICATORS);
    }
    let filled = |column: fn(&Indicator) -> bool| rows.iter().filter(|row| column(row)).count();
    let with_base = matrix::is_worth_a_column(filled(|row| row.before.is_some()), rows.len());
    let with_rate = matrix::is_worth_a_column(filled(|row| row.rate.is_some()), rows.len());
    let used: Vec<usize> = [true, true, true, true, with_base, with_rate]
        .iter()
        .enumerate()
        .filter_map(|(at, used)| used.then_some(at))
        .collect();
    let table_rows = rows
        .iter()
        .map(|row| {
            let text_cell = |text: String| Cell { text, ..Cell::default() };
            let fineness = Fineness::of(row.before.iter().chain([&row.now]));
            let vague = is_vague(parts.history, &row.metric, row.span, Measure::YoyPct);
            let mut figure = |figure: Option<&Figure>, change: bool| match figure {
                Some(figure) => figure_cell(parts.history, figure, change, fineness, proofs),
                None if change && vague => text_cell(words.not_meaningful.clone()),
                None => text_cell(words.not_available.clone()),
            };
            let cells = used.iter().map(|index| match index {
                0 => text_cell(print.name(&row.metric)),
                1 => text_cell(print.unit_of(&row.now.unit, fineness)),
                2 => text_cell(print.head(row.span)),
                3 => figure(Some(&row.now), false),
                4 => figure(row.before.as_ref(), false),
                _ => figure(row.rate.as_ref(), true),
            });
            Row { indent: row.indent, cells: cells.collect(), ..Row::default() }
        })
        .collect();
    let align = |index: usize| if index >= 3 { Align::Right } else { Align::Left };
    let column = |index: &usize| Column {
        head: words.indicator_columns[*index].clone(),
        align: align(*index),
        current: *index == 3,
    };
    Some(Table {
        caption: words.indicators.clone(),
        columns: used.iter().map(column).collect(),
        rows: table_rows,
        width: Width::Full,
        ..Table::default()
    })
}

/// The rows with each part below its total, one step further in.
fn below_totals(rows: Vec<Indicator>) -> Vec<Indicator> {
    let totals: Vec<Option<usize>> = (0..rows.len()).map(|index| total_of(&rows, index)).collect();
    let mut order = Vec::new();
    for index in (0..rows.len()).filter(|index| totals[*index].is_none()) {
        place(index, 0, &totals, &mut order);
    }
    let mut rows: Vec<Option<Indicator>> = rows.into_iter().map(Some).collect();
    order.into_iter().filter_map(|(index, indent)| Some(Indicator { indent, ..rows[index].take()? })).collect()
}

fn place(index: usize, indent: u8, totals: &[Option<usize>], order: &mut Vec<(usize, u8)>) {
    order.push((index, indent));
    for part in (0..totals.len()).filter(|part| totals[*part] == Some(index)) {
        place(part, indent + 1, totals, order);
    }
}

/// The row that a row is a part of: the nearest one above it by id, or the one that all like it add up to.
fn total_of(rows: &[Indicator], index: usize) -> Option<usize> {
    let row = &rows[index];
    let like: Vec<usize> = (0..rows.len()).filter(|other| *other == index || row.is_like(&rows[*other])).collect();
    let is_above = |other: &usize| row.metric.is_below(&rows[*other].metric) && rows[*other].now.value >= row.now.value;
    let above = like.iter().copied().filter(is_above);
    above.max_by_key(|other| rows[*other].metric.as_str().len()).or_else(|| {
        let amounts: Vec<_> = like.iter().map(|at| (rows[*at].now.value, rows[*at].now.half_width)).collect();
        whole_among(&amounts).map(|whole| like[whole]).filter(|whole| *whole != index)
    })
}

#[cfg(test)]
mod tests {
    use super::super::lead::metric;
    use super::*;
    use crate::model::{Basis, FigureId, Origin, Unit};

    fn row(id: &str, value: i64) -> Indicator {
        let span = Period::Year(2017);
        let id = FigureId::level(&metric(id), span, Basis::Actual);
        let unit: Unit = "contracts".parse().expect("a unit");
        let half_width = rust_decimal::Decimal::ZERO;
        let now = Figure { id, value: value.into(), unit, half_width, origin: Origin::Stated(Vec::new()) };
        Indicator { metric: now.id.metric.clone(), span, now, before: None, rate: None, indent: 0 }
    }

    #[test]
    fn parts_stand_below_their_total_by_name_or_by_sum() {
        let rows =
            [("backlog.works", 10), ("backlog.all", 50), ("backlog.care", 40), ("lines", 7), ("lines.mobile", 3)];
        let placed = below_totals(rows.map(|(id, value)| row(id, value)).into());
        let seen: Vec<(u8, &str)> = placed.iter().map(|row| (row.indent, row.metric.as_str())).collect();
        let wanted = [(0, "backlog.all"), (1, "backlog.works"), (1, "backlog.care"), (0, "lines"), (1, "lines.mobile")];
        assert_eq!(seen, wanted);
    }

    #[test]
    fn rows_that_add_up_to_nothing_keep_their_order() {
        let placed =
            below_totals([("backlog.a", 10), ("backlog.b", 50), ("orders.c", 60)].map(|(id, v)| row(id, v)).into());
        assert_eq!(placed.iter().map(|row| row.indent).collect::<Vec<_>>(), [0, 0, 0]);
    }
}
