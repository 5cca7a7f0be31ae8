//! The tables of each section. A table that would hold nothing is left out.

use super::lead::{Lead, actual, level, metric};
use super::matrix::{self, Line, Span, figure_cell};
use super::proofs::Proofs;
use super::text::{Coarse, Print};
use super::{Parts, indicator_table};
use crate::brief::{Align, Cell, Column, Row, RowKind, Table, Width};
use crate::language::{Tables, fill};
use crate::model::{Figure, FigureId, Measure, Metric, Period};
use crate::options::Length;

/// The tables that belong to a section of the narrative.
pub fn of_section(parts: &Parts<'_>, lead: &Lead, section: &str, proofs: &mut Proofs<'_>) -> Vec<Table> {
    let tables = match section {
        "result" => vec![results(parts, lead, proofs)],
        "targets" => vec![targets(parts, lead, proofs)],
        "segments" => vec![segments(parts, lead, proofs)],
        "position" => vec![balance_sheet(parts, proofs), cash_flows(parts, lead, proofs)],
        "indicators" => vec![indicator_table::table(parts, lead, proofs)],
        _ => Vec::new(),
    };
    tables.into_iter().flatten().collect()
}

fn year_on_year(print: Print<'_>, period: Period, current: bool) -> Span {
    let change_head = print.change_head(period);
    Span { period, base: period.year_before(), change: Measure::YoyPct, change_head, current, with_base: true }
}

/// The statement of income for the lead span and, beside it, the other span of the quarter.
fn results(parts: &Parts<'_>, lead: &Lead, proofs: &mut Proofs<'_>) -> Option<Table> {
    let history = parts.history;
    let print = parts.print();
    let rows = [
        ("revenue", true),
        ("cost_of_revenue", false),
        ("gross_profit", true),
        ("sga", false),
        ("operating_income", true),
        ("income_before_tax", false),
        ("net_income", true),
        ("eps_basic", false),
    ];
    let mut lines = Vec::new();
    for (id, total) in rows {
        let mut line = Line { total, ..Line::level(print, metric(id)) };
        if id.starts_with("eps") {
            let currency = history.company().currency;
            let values = [("name", line.name.as_str()), ("unit", parts.phrases.currency(&currency))];
            line.name = fill(&parts.phrases.tables.in_unit, &values);
        }
        lines.push(line);
        if let Some(name) = margin_name(&parts.phrases.tables, id) {
            lines.push(Line::margin(metric(id), name, 1));
        }
    }
    let spans: Vec<Period> = lead.spans().into_iter().take(2).collect();
    // Two spans with all their columns would take the width of the page.
    let with_base = parts.look.length == Length::Full || spans.len() == 1;
    let spans: Vec<Span> =
        spans.into_iter().map(|span| Span { with_base, ..year_on_year(print, span, span == lead.span) }).collect();
    matrix::table(history, &lines, &spans, &parts.phrases.tables.results, proofs)
}

fn margin_name<'a>(words: &'a Tables, id: &str) -> Option<&'a str> {
    match id {
        "gross_profit" => Some(&words.gross_margin),
        "operating_income" => Some(&words.operating_margin),
        _ => None,
    }
}

/// The rows of a table of segments with their services, in a brief that is not full.
const MOST_SEGMENT_ROWS: usize = 18;

/// Revenue, then gross profit, by segment; services below their segment, and the margin below its gross profit.
fn segments(parts: &Parts<'_>, lead: &Lead, proofs: &mut Proofs<'_>) -> Option<Table> {
    let history = parts.history;
    let (print, words) = (parts.print(), &parts.phrases.tables);
    let roots: Vec<(Metric, Vec<Metric>)> = ["revenue", "gross_profit"]
        .into_iter()
        .map(|root| (metric(root), below(history, &metric(root), lead.span)))
        .filter(|(_, parts)| parts.len() > 1)
        .collect();
    let caption = match roots.as_slice() {
        [(root, _)] => fill(&parts.phrases.charts.segments_alt, &[("name", &print.name(root))]),
        _ => words.segments.clone(),
    };
    let mut lines = Vec::new();
    for (root, parts) in roots {
        let margin = margin_name(words, root.as_str());
        lines.push(Line { total: true, ..Line::level(print, root) });
        for part in parts {
            let depth = part.as_str().matches('.').count();
            let name = print.part_name(&part);
            let indent = u8::try_from(depth).unwrap_or(u8::MAX);
            lines.push(Line { indent, name, ..Line::level(print, part.clone()) });
            let earns = level(history, part.as_str(), lead.span).is_some_and(|figure| figure.value.is_sign_positive());
            if let Some(name) = margin.filter(|_| depth == 1 && earns) {
                lines.push(Line::margin(part, name, indent + 1));
            }
        }
    }
    // Services have their sentences; a long table of them is for the brief that holds everything.
    if parts.look.length != Length::Full && lines.len() > MOST_SEGMENT_ROWS {
        lines.retain(|line| line.measure == Measure::MarginPct || line.indent < 2);
    }
    matrix::table(history, &lines, &[year_on_year(print, lead.span, true)], &caption, proofs)
}

/// The parts of a metric two levels down that have a figure for the span, in the profile's order.
fn below(history: &crate::history::History, root: &Metric, span: Period) -> Vec<Metric> {
    let mut all = Vec::new();
    for part in history.parts(root, span) {
        all.push(part.id.metric.clone());
        all.extend(history.parts(&part.id.metric, span).into_iter().map(|figure| figure.id.metric.clone()));
    }
    all
}

fn balance_sheet(parts: &Parts<'_>, proofs: &mut Proofs<'_>) -> Option<Table> {
    let history = parts.history;
    let (print, words) = (parts.print(), &parts.phrases.tables);
    let (day, base) = (parts.day(), parts.year_start());
    let rows = [
        ("cash", 0, false),
        ("accounts_receivable", 0, false),
        ("property_and_equipment", 0, false),
        ("goodwill_and_other_intangible_assets", 0, false),
        ("total_assets", 0, true),
        ("accounts_payable", 0, false),
        ("borrowings", 0, false),
        ("capital_lease_obligations", 0, false),
        ("total_liabilities", 0, true),
        ("shareholders_equity", 0, true),
    ];
    let mut lines: Vec<Line> = rows
        .iter()
        .map(|(id, indent, total)| Line { indent: *indent, total: *total, ..Line::level(print, metric(id)) })
        .collect();
    lines.push(Line::level(print, metric("equity_ratio")));
    let change_head = words.change.clone();
    let span = Span { period: day, base, change: Measure::ChangeAbs, change_head, current: true, with_base: true };
    matrix::table(history, &lines, &[span], &words.position, proofs)
}

fn cash_flows(parts: &Parts<'_>, lead: &Lead, proofs: &mut Proofs<'_>) -> Option<Table> {
    let (print, words) = (parts.print(), &parts.phrases.tables);
    let rows = [
        "operating_cash_flow",
        "investing_cash_flow",
        "financing_cash_flow",
        "capex",
        "depreciation_and_amortization",
        "adjusted_ebitda",
    ];
    let lines: Vec<Line> = rows.iter().map(|id| Line::level(print, metric(id))).collect();
    // Documents state cash flows for the year so far; the quarter alone is for the brief that holds everything.
    let both = parts.look.length == Length::Full && lead.cumulative != lead.quarter;
    let spans: Vec<Span> = [lead.cumulative, lead.quarter]
        .into_iter()
        .take(if both { 2 } else { 1 })
        .map(|span| Span {
            change: Measure::YoyAbs,
            change_head: words.change.clone(),
            ..year_on_year(print, span, span == lead.span)
        })
        .collect();
    matrix::table(parts.history, &lines, &spans, &words.cash_flows, proofs)
}

/// A target with what belongs to it: itself, its growth, what it replaced, what is reached, the share of it, what remains; a change
/// is marked.
struct TargetRow {
    metric: Metric,
    span: Period,
    figures: [Option<(Figure, bool)>; 6],
}

/// Whether a column of a target can hold nothing: it replaced none, its span is over, or has not begun.
fn does_not_apply(column: usize, span: Period, lead: &Lead) -> bool {
    let begun = span.fiscal_year() == lead.cumulative.fiscal_year();
    match column {
        2 => true,
        5 => span == lead.cumulative || !begun,
        3 | 4 => !begun,
        _ => false,
    }
}

/// Targets in force with what they replaced, what is reached and what remains.
fn targets(parts: &Parts<'_>, lead: &Lead, proofs: &mut Proofs<'_>) -> Option<Table> {
    let history = parts.history;
    let (print, words) = (parts.print(), &parts.phrases.tables);
    let known = super::known_by(history, parts.quarter);
    let half = Period::Half { year: parts.quarter.year, number: 1 };
    let mut spans = vec![Period::Year(parts.quarter.year)];
    if parts.quarter.number <= 2 {
        spans.push(half);
    }
    if parts.quarter.number == 4 {
        spans.push(Period::Year(parts.quarter.year + 1));
    }
    let mut rows: Vec<TargetRow> = Vec::new();
    for span in spans {
        for id in ["revenue", "gross_profit", "operating_income", "income_before_tax", "net_income"] {
            let metric = metric(id);
            let Some(target) = history.target(&metric, span, Some(known)) else { continue };
            let replaced = target.entries.len().checked_sub(2).map(|at| target.entries[at].figure.clone());
            let growth = history.figure(&FigureId { measure: Measure::YoyPct, ..target.in_force.id.clone() });
            let running = span.fiscal_year() == Some(parts.quarter.year);
            let reached = running.then(|| actual(history, &metric, lead.cumulative, Measure::Level)).flatten();
            let progress = reached.as_ref().and_then(|_| history.progress(&metric, lead.cumulative, &target));
            let remainder = reached
                .as_ref()
                .filter(|_| span != lead.cumulative)
                .and_then(|_| history.remainder(&metric, lead.cumulative, &target));
            let plain = |figure: Option<Figure>| figure.map(|figure| (figure, false));
            let figures = [
                plain(Some(target.in_force.clone())),
                growth.map(|figure| (figure, true)),
                plain(replaced),
                plain(reached),
                plain(progress),
                plain(remainder),
            ];
            rows.push(TargetRow { metric, span, figures });
        }
    }
    let used: Vec<usize> = (0..6).filter(|index| rows.iter().any(|row| row.figures[*index].is_some())).collect();
    if rows.is_empty() {
        return None;
    }
    let [target, growth, before, share, rest] = words.target_columns.clone();
    let heads = [target, growth, before, print.head(lead.cumulative), share, rest];
    let mut columns = vec![Column::default()];
    columns.extend(used.iter().map(|index| Column {
        head: heads[*index].clone(),
        align: Align::Right,
        current: *index == 0,
    }));
    let several = rows.iter().any(|row| row.span != rows[0].span);
    let mut table_rows = Vec::new();
    for group in rows.chunk_by(|a, b| a.span == b.span) {
        if several {
            let cells = std::iter::once(print.head(group[0].span)).chain(used.iter().map(|_| String::new()));
            let cells = cells.map(|text| Cell { text, ..Cell::default() }).collect();
            table_rows.push(Row { kind: RowKind::Heading, indent: 0, cells });
        }
        for row in group {
            let name = print.name(&row.metric);
            let period = print.head(row.span);
            let named = fill(&words.target_rows, &[("name", &name), ("period", &period)]);
            let mut cells = vec![Cell { text: if several { name } else { named }, ..Cell::default() }];
            cells.extend(used.iter().map(|index| match &row.figures[*index] {
                Some((figure, is_change)) => figure_cell(history, figure, *is_change, Coarse, proofs),
                None if does_not_apply(*index, row.span, lead) => Cell::default(),
                None => Cell { text: words.not_available.clone(), ..Cell::default() },
            }));
            table_rows.push(Row { cells, ..Row::default() });
        }
    }
    Some(Table {
        caption: words.targets.clone(),
        unit: print.unit(Coarse),
        columns,
        rows: table_rows,
        width: Width::Full,
        ..Table::default()
    })
}
