//! Progress against targets: per row the target outlined, what is reached solid in it, last year's pace as a tick.

use super::datum::length;
use super::fit::{lines_of, widest};
use super::label::Anchor;
use super::mark::{Fill, PAPER};
use super::rows::{Rows, visible};
use super::scale::Scale;
use super::scene::{Drawing, Scene};
use super::words::Words;
use super::{Datum, Faces, Style};
use crate::language::{Alt, fill};
use rust_decimal::Decimal;

/// Progress against targets, one row each, all on a scale of shares of the target.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Targets {
    /// What is shown, with its unit, for the alt text: `Progress against full-year targets after one quarter, JPY billion`.
    pub subject: String,
    /// The rows.
    pub rows: Vec<Progress>,
}

/// One target and what is reached of it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Progress {
    /// The metric.
    pub name: String,
    /// What is reached; `None` is told as not available.
    pub reached: Option<Datum>,
    /// The target; without one the row has no bar.
    pub target: Option<Datum>,
    /// The share reached in words, `23.3%`; empty where it means nothing.
    pub share: String,
    /// Where the year before stood at the same point.
    pub pace: Option<Pace>,
    /// The source entry of the share, which leads on to what is reached and to the target.
    pub source: Option<String>,
}

/// The share of the year's outcome that the year before had reached at the same point.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pace {
    /// The share in percent.
    pub percent: Decimal,
    /// In words, `last year 23.1%`.
    pub label: String,
    /// The source entry of the share.
    pub source: Option<String>,
}

const BAR: f64 = 10.0;
/// Bars beyond this many targets are cut there: their label tells the value.
const MOST: f64 = 3.0;

impl Progress {
    /// What is reached as a share of the target's size, within what can be drawn; `None` without both or for a target of nothing.
    fn part(&self) -> Option<f64> {
        let (reached, target) = (self.reached.as_ref()?.length(), self.target.as_ref()?.length());
        (target != 0.0).then(|| (reached / target.abs()).clamp(-MOST, MOST))
    }

    /// The target on the same scale: one, or minus one for a planned loss.
    fn goal(&self) -> Option<f64> {
        let target = self.target.as_ref()?.length();
        (target != 0.0).then(|| target.signum())
    }

    fn pace_part(&self) -> Option<f64> {
        let pace = self.pace.as_ref()?;
        Some((length(pace.percent) / 100.0 * self.goal()?).clamp(-MOST, MOST))
    }

    fn outcome(&self, style: &Style) -> String {
        let words =
            |datum: &Option<Datum>| datum.as_ref().map_or(style.not_available.clone(), |datum| datum.told(style));
        fill(&style.outcome, &[("reached", &words(&self.reached)), ("target", &words(&self.target))])
    }
}

/// Draws the rows.
pub fn draw(spec: &Targets, style: &Style, faces: &Faces<'_>) -> Drawing {
    let names: Vec<Words> = spec.rows.iter().map(|row| Words::body(row.name.clone(), style)).collect();
    let has_pace = spec.rows.iter().any(|row| row.pace_part().is_some());
    let pitch = BAR + if has_pace { style.small * 1.9 } else { 6.0 };
    let rows = Rows::new(&names, 0.0, pitch, 0.26, style, faces);
    let outcomes: Vec<Words> = spec.rows.iter().map(|row| row.outcome_with_share(style)).collect();
    let outcome_room = (widest(&outcomes, faces) + 8.0).min(style.width * 0.36);

    let parts = spec.rows.iter().flat_map(|row| [row.part(), row.goal(), row.pace_part()]).flatten();
    let (low, high) = parts.fold((0.0_f64, 1.0_f64), |(low, high), part| (low.min(part), high.max(part)));
    let scale = Scale::new((low, high), rows.left + 1.0, (style.width - outcome_room).max(rows.left + 20.0));

    let mut scene = Scene::new(style, faces, rows.bottom.max(pitch) + if has_pace { 4.0 } else { 0.0 });
    rows.draw(&mut scene);
    for (index, row) in spec.rows.iter().enumerate() {
        let middle = rows.middle(index);
        scene.paragraph(&lines_of(&outcomes[index], outcome_room - 4.0, 2, faces), style.width, middle, Anchor::End);
        draw_row(&mut scene, row, middle, &scale, style);
    }
    scene.finish()
}

fn draw_row(scene: &mut Scene<'_>, row: &Progress, middle: f64, scale: &Scale, style: &Style) {
    let Some(goal) = row.goal() else {
        scene.place(&Words::missing(style), &[(scale.at(0.0) + 2.0, middle + style.small * 0.33, Anchor::Start)]);
        return;
    };
    let (top, foot, zero) = (middle - BAR / 2.0, middle + BAR / 2.0, scale.at(0.0));
    let palette = &style.palette;
    scene.bar((zero, top), (scale.at(goal), foot), Fill::Outline(palette.actual));
    if let Some(part) = row.part() {
        let (from, to) = visible(zero, scale.at(part));
        scene.bar((from, top + 2.0), (to, foot - 2.0), Fill::Solid(palette.actual));
    }
    scene.rule((zero, top - 2.0), (zero, foot + 2.0), 0.7, palette.axis);
    if let (Some(part), Some(pace)) = (row.pace_part(), &row.pace) {
        let x = scale.at(part);
        // The white around the tick keeps it visible on the dark bar.
        scene.rule((x, top + 1.0), (x, foot - 1.0), 3.2, PAPER);
        scene.rule((x, top - 2.5), (x, foot + 2.5), 1.6, palette.muted);
        let line = foot + 2.0 + style.small * 0.9;
        let words = Words::quiet(pace.label.clone(), style).linked(pace.source.as_ref());
        scene.place(&words, &[(x, line, Anchor::Middle), (x - 1.0, line, Anchor::Start), (x + 1.0, line, Anchor::End)]);
    }
}

impl Progress {
    /// What is reached, and its share: `1.9 of 5.0 (39%)`.
    fn outcome_with_share(&self, style: &Style) -> Words {
        let share = if self.share.is_empty() { String::new() } else { format!(" ({})", self.share) };
        Words::body(format!("{}{share}", self.outcome(style)), style).linked(self.source.as_ref())
    }
}

/// The rows in words.
pub fn alt(spec: &Targets, words: &Alt) -> String {
    let mut text = super::rows::head(&words.progress_bars, &spec.subject, words) + &words.stop;
    for row in &spec.rows {
        let label =
            |datum: &Option<Datum>| datum.as_ref().map_or(words.not_available.clone(), |datum| datum.label.clone());
        let (reached, target) = (label(&row.reached), label(&row.target));
        let values = [("name", row.name.as_str()), ("reached", &reached), ("target", &target)];
        text.push_str(&fill(&words.progress, &values));
        if !row.share.is_empty() {
            text.push_str(&fill(&words.share, &[("n", &row.share)]));
        }
        if let Some(pace) = &row.pace {
            text.push_str(&fill(&words.pace, &[("n", &pace.label)]));
        }
        text.push_str(&words.stop);
    }
    text
}
