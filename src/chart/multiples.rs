//! Small multiples: a panel for each of several measures, columns in all of them. Panels of one unit share a scale, so that
//! their columns compare; the change stands behind the last column.

use super::columns::{draw_column, label_values, mark_gaps};
use super::fit::{lines_of, widest, width};
use super::label::Anchor;
use super::scale::{Scale, from_zero};
use super::scene::{Drawing, Scene};
use super::timeline::{Tick, Timeline};
use super::words::{Font, Words};
use super::{Column, Datum, Faces, Style, rows};
use crate::language::{Alt, fill};

/// Panels side by side.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Multiples {
    /// What is shown, for the alt text: `Business indicators`.
    pub subject: String,
    /// What the changes state: `YoY`.
    pub change_name: String,
    /// The panels, row by row.
    pub panels: Vec<Panel>,
}

/// One measure.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Panel {
    /// Its name.
    pub name: String,
    /// Its unit; panels that name the same one share a scale.
    pub unit: String,
    /// Its periods, the oldest first; of the changes, the last column's is shown.
    pub columns: Vec<Column>,
}

/// The least width of a panel in points.
const LEAST: f64 = 104.0;
/// The white between panels.
const GAP: f64 = 14.0;
/// The height of the longest column.
const PLOT: f64 = 36.0;
/// Slots wider than this let two columns drift apart.
const WIDEST_SLOT: f64 = 34.0;

/// The words of a panel, and where its columns stand.
struct Laid<'s> {
    panel: &'s Panel,
    left: f64,
    names: Vec<Words>,
    change: Words,
    axis: Timeline,
}

/// Draws the panels.
pub fn draw(spec: &Multiples, style: &Style, faces: &Faces<'_>) -> Drawing {
    let most = ((style.width + GAP) / (LEAST + GAP)).floor().clamp(1.0, 4.0) as usize;
    let across = most.min(spec.panels.len()).max(1);
    let room = (style.width - GAP * (across - 1) as f64) / across as f64;
    let laid: Vec<Laid<'_>> = spec
        .panels
        .iter()
        .enumerate()
        .map(|(index, panel)| lay(panel, (index % across) as f64 * (room + GAP), room, style, faces))
        .collect();
    let heights: Vec<f64> = laid.chunks(across).map(|row| height(row, style)).collect();
    let mut scene = Scene::new(style, faces, heights.iter().sum::<f64>().max(style.body));
    let mut top = 0.0;
    for (row, height) in laid.chunks(across).zip(heights) {
        let names = row.iter().map(|laid| laid.names.len()).max().unwrap_or(0);
        for laid in row {
            draw_panel(&mut scene, spec, laid, (top, names), room, style, faces);
        }
        top += height;
    }
    scene.finish()
}

fn lay<'s>(panel: &'s Panel, left: f64, room: f64, style: &Style, faces: &Faces<'_>) -> Laid<'s> {
    let names =
        lines_of(&Words::new(panel.name.clone(), Font::semibold(style.small), style.palette.ink), room, 2, faces);
    let change = panel.columns.last().and_then(|column| column.change.as_ref());
    let change = change.map(|change| change.words(Font::semibold(style.body), style.palette.muted, style));
    let change = change.unwrap_or_else(|| Words::quiet("", style));
    let beside = if change.text.is_empty() { 0.0 } else { (width(&change, faces) + 6.0).min(room * 0.5) };
    let axis = Timeline::new(panel.columns.len(), left, left + room - beside, WIDEST_SLOT);
    Laid { panel, left, names, change, axis }
}

fn ticks(panel: &Panel) -> Vec<Tick> {
    panel.columns.iter().map(|column| column.tick.clone()).collect()
}

/// A row of panels is as high as its highest one: name, unit, values, columns, periods.
fn height(row: &[Laid<'_>], style: &Style) -> f64 {
    let names = row.iter().map(|laid| laid.names.len()).max().unwrap_or(0);
    let below = row.iter().map(|laid| below(laid.panel, style) + Timeline::height(&ticks(laid.panel), style));
    head(names, style) + PLOT + below.fold(0.0, f64::max) + 8.0
}

/// From the top of a panel to its longest column.
fn head(names: usize, style: &Style) -> f64 {
    (names as f64 + 1.0) * style.small * 1.2 + style.body * 1.5 + 1.0
}

/// From the zero line, or the labels of losses below it, to the periods.
fn below(panel: &Panel, style: &Style) -> f64 {
    if panel.columns.iter().any(|column| column.ends().0 < 0.0) { style.body * 1.35 } else { 2.5 }
}

fn draw_panel(
    scene: &mut Scene<'_>,
    spec: &Multiples,
    laid: &Laid<'_>,
    (top, names): (f64, usize),
    room: f64,
    style: &Style,
    faces: &Faces<'_>,
) {
    let (panel, axis) = (laid.panel, &laid.axis);
    let line = style.small * 1.2;
    for (index, name) in laid.names.iter().enumerate() {
        scene.write(name, (laid.left, top + line * index as f64 + style.small), Anchor::Start);
    }
    for unit in lines_of(&Words::quiet(panel.unit.clone(), style), room, 1, faces) {
        scene.write(&unit, (laid.left, top + line * laid.names.len() as f64 + style.small), Anchor::Start);
    }
    let plot = top + head(names, style);
    let alike = spec.panels.iter().filter(|other| other.unit == panel.unit || std::ptr::eq(*other, panel));
    let values = from_zero(alike.flat_map(|panel| &panel.columns).flat_map(|column| <[f64; 2]>::from(column.ends())));
    let scale = Scale::new(values, plot + PLOT, plot);
    let zero = scale.at(0.0);
    for (index, column) in panel.columns.iter().enumerate() {
        draw_column(scene, column, axis.center(index), axis, &scale, style);
    }
    scene.rule((axis.left, zero), (axis.right(), zero), 0.7, style.palette.axis);
    axis.label(scene, &ticks(panel), plot + PLOT + below(panel, style), style, faces);
    mark_gaps(scene, &panel.columns, axis, zero, style);
    label_values(scene, &panel.columns, axis, &scale, style, faces);
    let (x, middle) = (axis.right() + 5.0, plot + PLOT / 2.0);
    scene.write(&laid.change, (x, middle), Anchor::Start);
    let name = Words::quiet(spec.change_name.clone(), style);
    let fits = widest([&name], faces) <= laid.left + room - x;
    if fits && !laid.change.text.is_empty() {
        scene.write(&name, (x, middle + style.body * 1.1), Anchor::Start);
    }
}

/// The panels in words.
pub fn alt(spec: &Multiples, words: &Alt) -> String {
    let mut text = rows::head(&words.small_multiples, &spec.subject, words) + &words.stop;
    for panel in &spec.panels {
        let names: Vec<String> =
            panel.columns.iter().map(|column| column.scenario.told(&column.tick.name(), words)).collect();
        let known: Vec<(&str, &Datum)> = names
            .iter()
            .zip(&panel.columns)
            .filter_map(|(name, column)| Some((name.as_str(), column.total.as_ref()?)))
            .collect();
        let at = |(name, datum): &(&str, &Datum)| fill(&words.value_at, &[("n", &datum.label), ("period", name)]);
        let last = known.last().map_or(words.no_figure.clone(), at);
        let line = format!("{}{}", panel.name, fill(&words.detail, &[("n", &panel.unit)]));
        text.push_str(&fill(&words.line_last, &[("line", &line), ("value", &last)]));
        text.push_str(&rows::extremes(&known, words));
        if let Some((column, change)) = panel.columns.last().and_then(|last| Some((last, last.change.as_ref()?))) {
            let name = if spec.change_name.is_empty() { &words.change } else { &spec.change_name };
            let values = [("name", name.as_str()), ("period", &column.tick.name()), ("n", &change.signed())];
            text.push_str(&fill(&words.change_in, &values));
        }
    }
    text
}
