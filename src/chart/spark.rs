//! A word-sized history for a tile: no words, the last period dark, gaps left empty.

use super::mark::Fill;
use super::rows;
use super::scale::{Scale, from_zero, span};
use super::scene::{Drawing, Scene};
use super::timeline::Timeline;
use super::{Datum, Style};
use crate::language::{Alt, fill};

/// A sparkline.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Spark {
    /// What is shown, with its unit, for the alt text.
    pub subject: String,
    /// Names of the periods, for the alt text.
    pub periods: Vec<String>,
    /// The values, the oldest first.
    pub values: Vec<Option<Datum>>,
    /// Columns for amounts, a line for rates.
    pub form: SparkForm,
}

/// How a sparkline is drawn.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum SparkForm {
    /// Columns from zero.
    #[default]
    Columns,
    /// A line between the lowest and the highest value.
    Line,
}

const HEIGHT: f64 = 22.0;

/// Draws the sparkline.
pub fn draw(spec: &Spark, style: &Style) -> Drawing {
    let mut scene = Scene::wordless(style, HEIGHT);
    let axis = Timeline::new(spec.values.len(), 0.0, style.width, 12.0);
    let lengths: Vec<Option<f64>> = spec.values.iter().map(|value| value.as_ref().map(Datum::length)).collect();
    let last = lengths.iter().rposition(Option::is_some);
    match spec.form {
        SparkForm::Columns => columns(&mut scene, &lengths, last, &axis, style),
        SparkForm::Line => line(&mut scene, &lengths, last, &axis, style),
    }
    scene.finish()
}

fn columns(scene: &mut Scene<'_>, lengths: &[Option<f64>], last: Option<usize>, axis: &Timeline, style: &Style) {
    let scale = Scale::new(from_zero(lengths.iter().copied().flatten()), HEIGHT - 1.0, 1.0);
    let (zero, half) = (scale.at(0.0), (axis.slot * 0.36).min(4.0));
    for (index, length) in lengths.iter().enumerate() {
        let Some(length) = length else { continue };
        let (from, to) = rows::visible(zero, scale.at(*length));
        let color = if Some(index) == last { style.palette.actual } else { style.palette.previous };
        scene.bar((axis.center(index) - half, from), (axis.center(index) + half, to), Fill::Solid(color));
    }
    scene.rule((axis.left, zero), (axis.right(), zero), 0.5, style.palette.axis);
}

fn line(scene: &mut Scene<'_>, lengths: &[Option<f64>], last: Option<usize>, axis: &Timeline, style: &Style) {
    let (low, high) = span(lengths.iter().copied().flatten());
    let scale = Scale::new((low, high), HEIGHT - 3.0, 3.0);
    if low < 0.0 && high > 0.0 {
        scene.rule((axis.left, scale.at(0.0)), (axis.right(), scale.at(0.0)), 0.5, style.palette.hairline);
    }
    let points: Vec<Option<(f64, f64)>> =
        lengths.iter().enumerate().map(|(index, length)| Some((axis.center(index), scale.at((*length)?)))).collect();
    for run in points.split(Option::is_none).filter(|run| !run.is_empty()) {
        let run: Vec<(f64, f64)> = run.iter().flatten().copied().collect();
        match run.as_slice() {
            [alone] => scene.dot(*alone, 1.0, style.palette.previous),
            _ => scene.line(run, 1.2, style.palette.previous),
        }
    }
    if let Some(at) = last.and_then(|last| points[last]) {
        scene.dot(at, 2.0, style.palette.actual);
    }
}

/// The sparkline in words.
pub fn alt(spec: &Spark, words: &Alt) -> String {
    let name = |index: usize| {
        spec.periods.get(index).cloned().unwrap_or_else(|| fill(&words.period, &[("n", &(index + 1).to_string())]))
    };
    let points = spec.values.iter().enumerate().map(|(index, value)| (name(index), value.as_ref()));
    rows::history_alt(&words.sparkline, &spec.subject, points, words)
}
