//! The tables of each section. A table that would hold nothing is left out.

use super::Parts;
use super::lead::{Lead, actual, metric};
use super::matrix::{self, Line, Span, figure_cell};
use super::proofs::Proofs;
use super::text::{Coarse, Fine, Print};
use crate::brief::{Align, Cell, Column, Row, Table, Width};
use crate::language::fill;
use crate::model::{Figure, FigureId, Measure, Metric, Period};
use crate::options::Length;

/// The tables that belong to a section of the narrative.
pub fn of_section(parts: &Parts<'_>, lead: &Lead, section: &str, proofs: &mut Proofs<'_>) -> Vec<Table> {
    let tables = match section {
        "result" => vec![results(parts, lead, proofs)],
        "targets" => vec![targets(parts, lead, proofs)],
        "segments" => vec![segments(parts, lead, proofs)],
        "position" => vec![balance_sheet(parts, proofs), cash_flows(parts, lead, proofs)],
        "indicators" => vec![indicators(parts, lead, proofs)],
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
        if let Some(name) = margin_name(parts, id) {
            lines.push(Line {
                measure: Measure::MarginPct,
                name: name.to_owned(),
                indent: 1,
                total: false,
                ..Line::level(print, metric(id))
            });
        }
    }
    let spans: Vec<Period> = lead.spans().into_iter().take(2).collect();
    // Two spans with all their columns would take the width of the page.
    let with_base = parts.look.length == Length::Full || spans.len() == 1;
    let spans: Vec<Span> =
        spans.into_iter().map(|span| Span { with_base, ..year_on_year(print, span, span == lead.span) }).collect();
    matrix::table(history, &lines, &spans, &parts.phrases.tables.results, proofs)
}

fn margin_name<'a>(parts: &Parts<'a>, id: &str) -> Option<&'a str> {
    let words = &parts.phrases.tables;
    match id {
        "gross_profit" => Some(&words.gross_margin),
        "operating_income" => Some(&words.operating_margin),
        _ => None,
    }
}

/// Revenue, then gross profit, by segment; services below their segment.
fn segments(parts: &Parts<'_>, lead: &Lead, proofs: &mut Proofs<'_>) -> Option<Table> {
    let history = parts.history;
    let (print, words) = (parts.print(), &parts.phrases.tables);
    let mut lines = Vec::new();
    for root in ["revenue", "gross_profit"] {
        let root = metric(root);
        let parts: Vec<Metric> = below(history, &root, lead.span);
        if parts.len() < 2 {
            continue;
        }
        lines.push(Line { total: true, ..Line::level(print, root.clone()) });
        for part in parts {
            let depth = part.as_str().matches('.').count();
            let name = print.part_name(&part);
            let indent = u8::try_from(depth).unwrap_or(u8::MAX);
            lines.push(Line { indent, name, ..Line::level(print, part) });
        }
    }
    let span = year_on_year(print, lead.span, true);
    matrix::table(history, &lines, &[span], &words.segments, proofs)
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
    let mut rows: Vec<[Option<(Figure, bool)>; 6]> = Vec::new();
    let mut names = Vec::new();
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
            rows.push([
                plain(Some(target.in_force.clone())),
                growth.map(|figure| (figure, true)),
                plain(replaced),
                plain(reached),
                plain(progress),
                plain(remainder),
            ]);
            let values = [("name", print.name(&metric)), ("period", print.head(span))];
            names.push(fill(&words.target_rows, &values.each_ref().map(|(name, value)| (*name, value.as_str()))));
        }
    }
    let used: Vec<usize> = (0..6).filter(|index| rows.iter().any(|row| row[*index].is_some())).collect();
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
    let table_rows = rows
        .iter()
        .zip(names)
        .map(|(row, name)| {
            let mut cells = vec![Cell { text: name, ..Cell::default() }];
            cells.extend(used.iter().map(|index| match &row[*index] {
                Some((figure, is_change)) => figure_cell(history, figure, *is_change, Coarse, proofs),
                None => Cell { text: words.not_available.clone(), ..Cell::default() },
            }));
            Row { cells, ..Row::default() }
        })
        .collect();
    Some(Table {
        caption: words.targets.clone(),
        unit: print.unit(Coarse),
        columns,
        rows: table_rows,
        width: Width::Full,
        ..Table::default()
    })
}

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
pub fn indicator_metrics(parts: &Parts<'_>) -> Vec<Metric> {
    let metrics = parts.history.metrics();
    let of_root =
        |root: &'static str| metrics.iter().filter(move |metric| metric.root() == root).map(|metric| (*metric).clone());
    INDICATORS.into_iter().flat_map(of_root).collect()
}

/// A row of the business indicators.
struct Indicator {
    metric: Metric,
    span: Period,
    now: Figure,
    before: Option<Figure>,
    rate: Option<Figure>,
}

/// Business indicators: amounts of the span and counts at its end, each with its own unit. Last year's figures and the rates stand in it
/// where most rows have them.
fn indicators(parts: &Parts<'_>, lead: &Lead, proofs: &mut Proofs<'_>) -> Option<Table> {
    let history = parts.history;
    let (print, words) = (parts.print(), &parts.phrases.tables);
    let day = parts.day();
    let mut rows = Vec::new();
    for metric in &indicator_metrics(parts) {
        let span = [lead.span, day].into_iter().find(|span| actual(history, metric, *span, Measure::Level).is_some());
        let Some(span) = span else { continue };
        let Some(now) = actual(history, metric, span, Measure::Level) else { continue };
        let before = actual(history, metric, span.year_before(), Measure::Level);
        let rate = actual(history, metric, span, Measure::YoyPct);
        rows.push(Indicator { metric: metric.clone(), span, now, before, rate });
    }
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
            let mut figure = |figure: &Option<Figure>, change: bool| match figure {
                Some(figure) => figure_cell(history, figure, change, Fine, proofs),
                None => text_cell(words.not_available.clone()),
            };
            let cells = used.iter().map(|index| match index {
                0 => text_cell(print.name(&row.metric)),
                1 => text_cell(print.unit_of(&row.now.unit)),
                2 => text_cell(print.head(row.span)),
                3 => figure(&Some(row.now.clone()), false),
                4 => figure(&row.before, false),
                _ => figure(&row.rate, true),
            });
            Row { cells: cells.collect(), ..Row::default() }
        })
        .collect();
    let align = |index: usize| if index >= 3 { Align::Right } else { Align::Left };
    Some(Table {
        caption: words.indicators.clone(),
        columns: used
            .iter()
            .map(|index| Column {
                head: words.indicator_columns[*index].clone(),
                align: align(*index),
                current: *index == 3,
            })
            .collect(),
        rows: table_rows,
        width: Width::Full,
        ..Table::default()
    })
}
