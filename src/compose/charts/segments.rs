//! The charts of segments: how much each moved over the year.

use rust_decimal::Decimal;

use super::super::Parts;
use super::super::lead::{Lead, actual, metric};
use super::super::text::Fine;
use super::{Change, Ends, Message, change, ends};
use crate::chart::{Chart, Contribution, Contributions};
use crate::language::fill;
use crate::model::{Measure, Polarity};
use crate::narrative;

/// The change of each part of a metric over last year.
pub fn changes(parts: &Parts<'_>, lead: &Lead, root: &str) -> Option<Message> {
    let history = parts.history;
    let (print, words) = (parts.print(), &parts.phrases.charts);
    let root = metric(root);
    let mut rows: Vec<(Decimal, Contribution, String)> = Vec::new();
    let mut figures = Vec::new();
    for part in history.parts(&root, lead.span) {
        let segment = &part.id.metric;
        let Some(moved) = actual(history, segment, lead.span, Measure::YoyAbs) else { continue };
        let growth = actual(history, segment, lead.span, Measure::YoyPct);
        let mut variance = change(history, &moved, print.signed_at(&moved, Fine));
        variance.polarity = Polarity::Up;
        let row = Contribution {
            name: print.part_name(segment),
            change: Some(variance),
            detail: growth.as_ref().map(|figure| print.change(figure)).unwrap_or_default(),
            detail_source: growth.as_ref().map(narrative::key),
        };
        rows.push((moved.value, row, print.in_words(&moved)));
        figures.extend([moved].into_iter().chain(growth));
    }
    if rows.len() < 2 {
        return None;
    }
    let name = print.name(&root);
    let inside = parts.phrases.inside(&name);
    let moves = rows.iter().map(|(value, row, size)| Change { value: *value, name: &row.name, size: size.clone() });
    let title = match ends(moves)? {
        Ends::Both(up, down) => {
            let below = parts.phrases.inside(down.name);
            let values =
                [("up", up.name), ("gain", &up.size), ("down", &below), ("loss", &down.size), ("name", &inside)];
            fill(&words.segments_both, &values)
        }
        Ends::Up(part) => fill(&words.segments_up, &[("part", part.name), ("size", &part.size), ("name", &inside)]),
        Ends::Down(part) => fill(&words.segments_down, &[("part", part.name), ("size", &part.size), ("name", &inside)]),
    };
    let chart = Contributions {
        subject: fill(&words.segments_alt, &[("name", &name)]),
        rows: rows.into_iter().map(|(_, row, _)| row).collect(),
    };
    Some(Message {
        title,
        subtitle: fill(&words.segments_unit, &[("period", &print.head(lead.span)), ("unit", &print.unit(Fine))]),
        chart: Chart::Contributions(chart),
        unit: Some(print.unit(Fine)),
        figures,
        per_unit: None,
    })
}
