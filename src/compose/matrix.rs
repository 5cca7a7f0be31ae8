//! Tables as matrices: rows of metrics, columns of spans with last year's figure and the change. Rows and columns without a
//! figure are left out; a gap between figures says `n/a`.

use super::lead::{actual, is_vague};
use super::proofs::Proofs;
use super::text::{Coarse, Fine, Fineness, Print};
use crate::brief::{Align, Cell, Column, HeaderGroup, Row, RowKind, Table, Tone};
use crate::history::History;
use crate::language::fill;
use crate::model::{Figure, Measure, Metric, Period, Polarity, Scale, Unit};

/// One row that is asked for.
#[derive(Clone)]
pub struct Line {
    /// The metric.
    pub metric: Metric,
    /// What of it: the level or its margin.
    pub measure: Measure,
    /// Its name in the table.
    pub name: String,
    /// Steps of indentation.
    pub indent: u8,
    /// Whether it is a total.
    pub total: bool,
}

/// A span with the one it is compared with.
#[derive(Clone)]
pub struct Span {
    /// The span or day.
    pub period: Period,
    /// What it is compared with.
    pub base: Period,
    /// The rate or amount of the change.
    pub change: Measure,
    /// The head of the change's column.
    pub change_head: String,
    /// Whether the reader came for it.
    pub current: bool,
    /// Whether the figures compared with are shown; without them the change has to do.
    pub with_base: bool,
}

impl Line {
    /// A plain row of levels.
    pub fn level(print: Print<'_>, metric: Metric) -> Self {
        let name = print.name(&metric);
        Self { metric, measure: Measure::Level, name, indent: 0, total: false }
    }

    /// A row of margins below the amounts of their metric.
    pub fn margin(metric: Metric, name: &str, indent: u8) -> Self {
        Self { metric, measure: Measure::MarginPct, name: name.to_owned(), indent, total: false }
    }
}

/// The figures of a row under a span: level, base, change.
type Cells = [Option<Figure>; 3];

/// The periods and measures of these figures.
fn asked(line: &Line, span: &Span) -> [(Period, Measure); 3] {
    let change = match line.measure {
        Measure::Level => span.change,
        _ => Measure::PpChange,
    };
    [(span.period, line.measure), (span.base, line.measure), (span.period, change)]
}

fn cells_of(history: &History, line: &Line, span: &Span) -> Cells {
    asked(line, span).map(|(period, measure)| actual(history, &line.metric, period, measure))
}

/// The table, or none where it would have a single row: sentences tell that.
pub fn table(
    history: &History,
    lines: &[Line],
    spans: &[Span],
    caption: &str,
    proofs: &mut Proofs<'_>,
) -> Option<Table> {
    of_rows(2, history, lines, spans, caption, proofs)
}

/// The table, or none where it would have fewer rows.
pub fn of_rows(
    fewest: usize,
    history: &History,
    lines: &[Line],
    spans: &[Span],
    caption: &str,
    proofs: &mut Proofs<'_>,
) -> Option<Table> {
    let print = proofs.print;
    let levels = |span: &Span| lines.iter().filter(|line| cells_of(history, line, span)[0].is_some()).count();
    let most = spans.iter().map(levels).max().unwrap_or(0);
    let spans: Vec<&Span> = spans.iter().filter(|span| levels(span) > 0 && levels(span) * 2 >= most).collect();
    let rows: Vec<(&Line, Vec<Cells>)> = lines
        .iter()
        .map(|line| (line, spans.iter().map(|span| cells_of(history, line, span)).collect::<Vec<Cells>>()))
        .filter(|(_, cells)| cells.iter().any(|cells| cells[0].is_some()))
        .collect();
    if rows.len() < fewest {
        return None;
    }
    let used: Vec<[bool; 3]> = (0..spans.len())
        .map(|i| {
            let change = is_filled(&rows, i, 2);
            [is_filled(&rows, i, 0), is_filled(&rows, i, 1) && (spans[i].with_base || !change), change]
        })
        .collect();
    let shown = |(cells, used)| {
        let (cells, used): (&Cells, &[bool; 3]) = (cells, used);
        cells[..2].iter().zip(used).filter(|(_, used)| **used).filter_map(|(cell, _)| cell.as_ref())
    };
    let scale = scale(rows.iter().flat_map(|(_, cells)| cells.iter().zip(&used).flat_map(shown)));
    let table_rows = rows.iter().map(|(line, cells)| row(history, line, &spans, cells, &used, scale, proofs)).collect();
    let groups = Vec::new();
    Some(Table {
        caption: caption.to_owned(),
        unit: unit_line(print, scale, &spans, &used),
        groups: if spans.len() > 1 { heads(print, &spans, &used) } else { groups },
        columns: columns(print, &spans, &used),
        rows: table_rows,
        ..Table::default()
    })
}

/// Whether a column stands in the table: the levels of a span always, anything else where at least two of five rows have it.
fn is_filled(rows: &[(&Line, Vec<Cells>)], span: usize, index: usize) -> bool {
    let count = rows.iter().filter(|(_, cells)| cells[span][index].is_some()).count();
    if index == 0 { count > 0 } else { is_worth_a_column(count, rows.len()) }
}

/// Whether a column that so many of the rows fill is worth its place.
pub fn is_worth_a_column(filled: usize, rows: usize) -> bool {
    filled * 5 >= rows * 2
}

/// Fine where two of three figures shown are certain to millions.
fn scale<'f>(figures: impl Iterator<Item = &'f Figure>) -> Fineness {
    let money: Vec<bool> = figures
        .filter(|figure| matches!(figure.unit, Unit::Money { scale, .. } if scale != Scale::One))
        .map(|figure| figure.certain_decimals(0) >= 0)
        .collect();
    let fine = money.iter().filter(|fine| **fine).count();
    if money.is_empty() || fine * 3 >= money.len() * 2 { Fine } else { Coarse }
}

fn unit_line(print: Print<'_>, scale: Fineness, spans: &[&Span], used: &[[bool; 3]]) -> String {
    let rates = spans.iter().zip(used).any(|(span, used)| used[2] && span.change.is_percent());
    let unit = print.unit(scale);
    if rates { fill(&print.phrases.tables.unit, &[("unit", &unit)]) } else { unit }
}

fn heads(print: Print<'_>, spans: &[&Span], used: &[[bool; 3]]) -> Vec<HeaderGroup> {
    let mut heads = vec![HeaderGroup { text: String::new(), span: 1 }];
    for (span, used) in spans.iter().zip(used) {
        heads.push(HeaderGroup { text: print.head(span.period), span: used.iter().filter(|used| **used).count() });
    }
    heads
}

fn columns(print: Print<'_>, spans: &[&Span], used: &[[bool; 3]]) -> Vec<Column> {
    let mut columns = vec![Column::default()];
    for (span, used) in spans.iter().zip(used) {
        let heads = [print.head(span.period), print.head(span.base), span.change_head.clone()];
        for (index, head) in heads.into_iter().enumerate().filter(|(index, _)| used[*index]) {
            columns.push(Column { head, align: Align::Right, current: index == 0 && span.current });
        }
    }
    columns
}

fn row(
    history: &History,
    line: &Line,
    spans: &[&Span],
    cells: &[Cells],
    used: &[[bool; 3]],
    scale: Fineness,
    proofs: &mut Proofs<'_>,
) -> Row {
    let mut row = vec![Cell { text: line.name.clone(), ..Cell::default() }];
    for ((span, cells), used) in spans.iter().zip(cells).zip(used) {
        for index in (0..3).filter(|index| used[*index]) {
            let (period, measure) = asked(line, span)[index];
            row.push(match &cells[index] {
                Some(figure) => figure_cell(history, figure, index == 2, scale, proofs),
                None => gap(proofs.print, cells, index, is_vague(history, &line.metric, period, measure)),
            });
        }
    }
    Row { kind: if line.total { RowKind::Total } else { RowKind::Plain }, indent: line.indent, cells: row }
}

/// A rate from or to a loss means nothing, and a figure of which rounding leaves too little; any other gap is not given.
fn gap(print: Print<'_>, cells: &Cells, index: usize, vague: bool) -> Cell {
    let loss = match (&cells[0], &cells[1]) {
        (Some(now), Some(base)) => index == 2 && (now.value.is_sign_negative() || base.value.is_sign_negative()),
        _ => false,
    };
    let words = &print.phrases.tables;
    let text = if loss || vague { &words.not_meaningful } else { &words.not_available };
    Cell { text: text.clone(), ..Cell::default() }
}

/// A figure in a cell, a change with its sign and tone.
pub fn figure_cell(
    history: &History,
    figure: &Figure,
    is_change: bool,
    scale: Fineness,
    proofs: &mut Proofs<'_>,
) -> Cell {
    let print = proofs.print;
    let form = |figure: &Figure| match (is_change, &figure.unit) {
        (false, Unit::Percent) => print.cell(figure, scale) + "%",
        (false, _) => print.cell(figure, scale),
        (true, Unit::Percent | Unit::Points) => print.change(figure).trim_end_matches('%').to_owned(),
        (true, _) => print.signed_at(figure, scale),
    };
    let polarity = history.vocabulary().polarity(&figure.id.metric);
    let rises = figure.value.is_sign_positive();
    let tone = match polarity {
        _ if !is_change || figure.value.is_zero() => Tone::Neutral,
        Polarity::Neutral => Tone::Neutral,
        Polarity::Up if rises => Tone::Good,
        Polarity::Down if !rises => Tone::Good,
        _ => Tone::Bad,
    };
    let (reference, derived) = proofs.cite_as(figure, form);
    Cell { text: form(figure), reference: Some(reference), derived, strong: false, tone }
}
