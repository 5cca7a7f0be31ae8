//! The key figures on the first page: size, unit, move against last year, a picture of the quarters before.

use super::lead::{Lead, actual, level, metric};
use super::proofs::Proofs;
use super::{Parts, charts};
use crate::brief::{Change, Direction, Tile, Tone};
use crate::history::History;
use crate::language::fill;
use crate::model::{Figure, Measure, Metric, Period, Polarity};

/// The metrics of the tiles in order; those without a figure are left out.
const METRICS: [&str; 4] = ["revenue", "gross_profit", "operating_income", "net_income"];
/// No more tiles than fit a row.
const MOST: usize = 6;

/// The tiles of a brief.
pub fn tiles(parts: &Parts<'_>, lead: &Lead, proofs: &mut Proofs<'_>) -> Vec<Tile> {
    let history = parts.history;
    let mut tiles: Vec<Tile> = METRICS.iter().filter_map(|id| amount_tile(parts, lead, id, proofs)).collect();
    tiles.extend(margin_tile(parts, lead, proofs));
    tiles.extend(progress_tile(parts, lead, proofs));
    if tiles.len() < MOST {
        tiles.extend(stock_tile(history, parts, "equity_ratio", proofs));
    }
    tiles.truncate(MOST);
    tiles
}

fn amount_tile(parts: &Parts<'_>, lead: &Lead, id: &str, proofs: &mut Proofs<'_>) -> Option<Tile> {
    let history = parts.history;
    let figure = level(history, id, lead.span)?;
    let print = proofs.print;
    let (value, unit) = print.tile(&figure);
    let (reference, derived) = proofs.cite_as(&figure, |figure| print.tile(figure).0);
    Some(Tile {
        label: label(parts, &name(parts, &figure.id.metric), lead.span),
        value,
        unit,
        reference: Some(reference),
        derived,
        change: actual(history, &figure.id.metric, lead.span, Measure::YoyPct)
            .map(|rate| change(history, &rate, proofs.print.change_short(lead.span), proofs)),
        sparkline: charts::spark(parts, id),
    })
}

/// The name of a metric in a tile, the short one where there is one.
fn name(parts: &Parts<'_>, metric: &Metric) -> String {
    let short = parts.phrases.tiles.names.get(metric.as_str());
    short.cloned().unwrap_or_else(|| parts.print().name(metric))
}

/// What a tile shows, and when.
fn label(parts: &Parts<'_>, name: &str, period: Period) -> String {
    fill(&parts.phrases.tiles.label, &[("name", name), ("period", &parts.print().head(period))])
}

/// A move with its direction and whether it is good news.
fn change(history: &History, figure: &Figure, against: String, proofs: &mut Proofs<'_>) -> Change {
    let zero = figure.digits(1).amount.is_zero();
    let up = figure.value.is_sign_positive();
    let direction = match (zero, up) {
        (true, _) => Direction::None,
        (false, true) => Direction::Up,
        (false, false) => Direction::Down,
    };
    let tone = match (zero, history.vocabulary().polarity(&figure.id.metric), up) {
        (true, _, _) | (_, Polarity::Neutral, _) => Tone::Neutral,
        (_, Polarity::Up, true) | (_, Polarity::Down, false) => Tone::Good,
        _ => Tone::Bad,
    };
    Change {
        text: proofs.print.change(figure),
        against,
        direction,
        tone,
        reference: Some(proofs.cite(figure)),
        derived: figure.is_derived(),
    }
}

fn margin_tile(parts: &Parts<'_>, lead: &Lead, proofs: &mut Proofs<'_>) -> Option<Tile> {
    let (history, print) = (parts.history, parts.print());
    let margin = actual(history, &metric("operating_income"), lead.span, Measure::MarginPct)?;
    let (value, unit) = print.tile(&margin);
    let moved = actual(history, &margin.id.metric, lead.span, Measure::PpChange);
    let against = fill(&parts.phrases.tiles.margin_change, &[("change", &print.change_short(lead.span))]);
    let change = moved.map(|figure| change(history, &figure, against, proofs));
    Some(Tile {
        label: label(parts, &parts.phrases.tables.operating_margin, lead.span),
        value,
        unit,
        reference: Some(proofs.cite(&margin)),
        derived: margin.is_derived(),
        change,
        sparkline: None,
    })
}

/// How much of the year's operating income target is reached.
fn progress_tile(parts: &Parts<'_>, lead: &Lead, proofs: &mut Proofs<'_>) -> Option<Tile> {
    let id = metric("operating_income");
    let year = Period::Year(parts.quarter.year);
    if lead.cumulative == year {
        return None;
    }
    let known = super::known_by(parts.history, parts.quarter);
    let target = parts.history.target(&id, year, Some(known))?;
    let progress = parts.history.progress(&id, lead.cumulative, &target)?;
    let print = parts.print();
    let (value, unit) = print.tile(&progress);
    let aim = print.tile(&target.in_force);
    let words = &parts.phrases.tiles;
    Some(Tile {
        label: fill(&words.progress, &[("period", &print.head(year))]),
        value,
        unit,
        reference: Some(proofs.cite(&progress)),
        derived: true,
        change: Some(Change {
            text: fill(&words.progress_of, &[("unit", &aim.1), ("n", &aim.0)]),
            against: parts.phrases.inside(&print.name(&id)),
            direction: Direction::None,
            tone: Tone::Neutral,
            reference: Some(proofs.cite(&target.in_force)),
            derived: false,
        }),
        sparkline: None,
    })
}

fn stock_tile(history: &History, parts: &Parts<'_>, id: &str, proofs: &mut Proofs<'_>) -> Option<Tile> {
    let day = parts.day();
    let figure = level(history, id, day)?;
    let (value, unit) = proofs.print.tile(&figure);
    Some(Tile {
        label: label(parts, &name(parts, &figure.id.metric), day),
        value,
        unit,
        reference: Some(proofs.cite(&figure)),
        derived: figure.is_derived(),
        change: None,
        sparkline: None,
    })
}
