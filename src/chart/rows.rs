//! Rows that horizontal charts share: a column of names on the left, wrapped where they are long. And the sentences
//! that alt texts share.

use super::fit::{height_of, lines_of, widest};
use super::label::Anchor;
use super::scene::Scene;
use super::words::Words;
use super::{Datum, Faces, Style};
use crate::language::{Alt, fill};

/// Names of rows with the places of the rows.
pub(super) struct Rows {
    names: Vec<Vec<Words>>,
    middles: Vec<f64>,
    /// Where the names end and the bars may begin.
    pub(super) left: f64,
    /// Where the last row ends.
    pub(super) bottom: f64,
}

impl Rows {
    /// Lays out rows at least `pitch` high from `top` on; names take at most `share` of the width.
    pub(super) fn new(names: &[Words], top: f64, pitch: f64, share: f64, style: &Style, faces: &Faces<'_>) -> Self {
        let room = style.width * share;
        let names: Vec<Vec<Words>> = names.iter().map(|name| lines_of(name, room, 2, faces)).collect();
        let mut bottom = top;
        let mut middles = Vec::new();
        for lines in &names {
            let height = pitch.max(height_of(lines) + 3.0);
            middles.push(bottom + height / 2.0);
            bottom += height;
        }
        let widest = widest(names.iter().flatten(), faces);
        let left = if widest > 0.0 { widest + 8.0 } else { 0.0 };
        Self { names, middles, left, bottom }
    }

    /// The middle of a row.
    pub(super) fn middle(&self, index: usize) -> f64 {
        self.middles.get(index).copied().unwrap_or(self.bottom)
    }

    /// Writes the names, flush with the left edge.
    pub(super) fn draw(&self, scene: &mut Scene<'_>) {
        for (lines, middle) in self.names.iter().zip(&self.middles) {
            scene.paragraph(lines, 0.0, *middle, Anchor::Start);
        }
    }
}

/// The two ends of a bar, moved apart where a value other than nothing would be too short to see.
pub(super) fn visible(from: f64, to: f64) -> (f64, f64) {
    const LEAST: f64 = 0.6;
    if (to - from).abs() >= LEAST { (from, to) } else { (from, from + if to > from { LEAST } else { -LEAST }) }
}

/// What a chart is, and of what.
pub(super) fn head(kind: &str, subject: &str, words: &Alt) -> String {
    fill(&words.subject, &[("kind", kind), ("subject", subject)])
}

/// A history in words: what it shows, first to last period, extremes, last value, gaps.
pub(super) fn history_alt<'d>(
    kind: &str,
    subject: &str,
    points: impl Iterator<Item = (String, Option<&'d Datum>)>,
    words: &Alt,
) -> String {
    let points: Vec<(String, Option<&Datum>)> = points.collect();
    let known: Vec<(&str, &Datum)> =
        points.iter().filter_map(|(name, datum)| Some((name.as_str(), (*datum)?))).collect();
    let mut text = head(kind, subject, words);
    if let (Some((first, _)), Some((last, _))) = (points.first(), points.last()) {
        let form = if first == last { &words.at } else { &words.over };
        text.push_str(&fill(form, &[("first", first), ("last", last)]));
    }
    text.push_str(&words.stop);
    text.push_str(&extremes(&known, words));
    if let Some((name, datum)) = known.last() {
        let derived = if datum.derived { words.derived.as_str() } else { "" };
        let values = [("n", datum.label.as_str()), ("period", name), ("derived", derived)];
        text.push_str(&fill(&words.last_value, &values));
    }
    let missing: Vec<&str> =
        points.iter().filter(|(_, datum)| datum.is_none()).map(|(name, _)| name.as_str()).collect();
    if !missing.is_empty() {
        text.push_str(&fill(&words.no_figures_for, &[("periods", &missing.join(&words.comma))]));
    }
    text
}

/// ` Lowest 1 in a, highest 2 in b.`, or nothing for fewer than two values.
pub(super) fn extremes(known: &[(&str, &Datum)], words: &Alt) -> String {
    let low = known.iter().min_by_key(|(_, datum)| datum.value);
    let high = known.iter().rev().max_by_key(|(_, datum)| datum.value);
    match (low, high) {
        (Some(low), Some(high)) if known.len() > 1 && low.1.value < high.1.value => {
            let values =
                [("low", low.1.label.as_str()), ("low_at", low.0), ("high", &high.1.label), ("high_at", high.0)];
            fill(&words.extremes, &values)
        }
        _ => String::new(),
    }
}
