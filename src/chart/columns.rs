//! Columns over periods, whole or stacked by segment, with the change of each period in a row above them.

use super::datum::length;
use super::fit::{height_of, lines_of, widest, width};
use super::label::Anchor;
use super::scale::{Scale, from_zero};
use super::scene::{Drawing, Scene, spread};
use super::stack::stacked;
use super::timeline::{Tick, Timeline, gaps};
use super::words::{Font, Words};
use super::{Change, Datum, Faces, Scenario, Style, rows};
use crate::language::{Alt, fill};
use rust_decimal::Decimal;

/// Columns over periods.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Columns {
    /// What is shown, with its unit, for the alt text: `Revenue by quarter, JPY billion`.
    pub subject: String,
    /// The columns, the oldest first.
    pub columns: Vec<Column>,
    /// Names of the stacked segments from the bottom; empty for whole columns.
    pub segments: Vec<String>,
    /// What the row of changes states: `YoY`.
    pub change_name: String,
}

/// One period's column.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Column {
    /// When.
    pub tick: Tick,
    /// In which sense.
    pub scenario: Scenario,
    /// The total; `None` leaves a gap unless there are parts.
    pub total: Option<Datum>,
    /// The segments in the order of their names; what is missing up to the total is drawn as not split.
    pub parts: Vec<Option<Decimal>>,
    /// The change against the year before.
    pub change: Option<Change>,
}

/// Slots wider than this let few columns drift apart.
const WIDEST_SLOT: f64 = 62.0;

impl Column {
    /// The values stacked, the part that no segment explains at the end.
    fn values(&self) -> Vec<Option<f64>> {
        let parts: Vec<Option<f64>> = self.parts.iter().map(|part| part.map(length)).collect();
        let Some(total) = &self.total else { return parts };
        let explained: Decimal = self.parts.iter().flatten().fold(Decimal::ZERO, |sum, part| sum.saturating_add(*part));
        let rest = total.value.saturating_sub(explained);
        // A difference of rounding is not a segment.
        let matters = length(rest).abs() > total.length().abs() * 0.005;
        let complete = !self.parts.is_empty() && self.parts.iter().all(Option::is_some);
        let rest = (!complete && matters).then(|| length(rest));
        parts.into_iter().chain([rest]).collect()
    }

    /// The lowest and the highest end of its bars, zero among them.
    pub(super) fn ends(&self) -> (f64, f64) {
        let ends = stacked(self.values()).into_iter().flatten().map(|(_, end)| end);
        ends.fold((0.0, 0.0), |(low, high), end| (f64::min(low, end), f64::max(high, end)))
    }

    fn is_missing(&self) -> bool {
        self.total.is_none() && self.parts.iter().all(Option::is_none)
    }
}

/// Draws the columns.
pub fn draw(spec: &Columns, style: &Style, faces: &Faces<'_>) -> Drawing {
    let changes: Vec<Words> = spec.columns.iter().map(|column| change_words(column, style)).collect();
    let has_changes = changes.iter().any(|words| !words.text.is_empty());
    let heading = Words::quiet(spec.change_name.clone(), style);
    let names = SegmentNames::new(spec, style, faces);
    let left = if has_changes { (width(&heading, faces) + 6.0).min(style.width * 0.2) } else { 0.0 };
    let axis = Timeline::new(spec.columns.len(), left, style.width - names.gutter, WIDEST_SLOT);

    let top = if has_changes { style.small * 1.6 } else { 0.0 } + style.body * 1.35;
    let values = from_zero(spec.columns.iter().flat_map(|column| <[f64; 2]>::from(column.ends())));
    let plot = style.held(values, (style.width * 0.24).clamp(64.0, 112.0)).max(names.height + 2.0);
    let below = if values.0 < 0.0 { style.body * 1.35 } else { 2.5 };
    let ticks: Vec<Tick> = spec.columns.iter().map(|column| column.tick.clone()).collect();
    let foot = top + plot + below;
    let mut scene = Scene::new(style, faces, foot + Timeline::height(&ticks, style));
    let scale = Scale::held(values, top + plot, top, style);

    // Names come first: their leaders run behind the columns.
    names.draw(&mut scene, spec, &axis, &scale, (top, top + plot), style);
    for (index, column) in spec.columns.iter().enumerate() {
        draw_column(&mut scene, column, axis.center(index), &axis, &scale, style);
    }
    let zero = scale.at(0.0);
    scene.rule((axis.left, zero), (axis.right(), zero), 0.7, style.palette.axis);
    axis.label(&mut scene, &ticks, foot, style, faces);
    mark_gaps(&mut scene, &spec.columns, &axis, zero, style);
    label_values(&mut scene, &spec.columns, &axis, &scale, style, faces);
    if has_changes {
        let line = style.small;
        for heading in lines_of(&heading, left - 4.0, 1, faces) {
            scene.write(&heading, (0.0, line), Anchor::Start);
        }
        let stride = axis.stride(widest(&changes, faces));
        for index in axis.every(stride) {
            scene.place(
                &changes[index],
                &[(axis.center(index), line, Anchor::Middle), (axis.right(), line, Anchor::End)],
            );
        }
    }
    scene.finish().at(&scale)
}

pub(super) fn draw_column(
    scene: &mut Scene<'_>,
    column: &Column,
    center: f64,
    axis: &Timeline,
    scale: &Scale,
    style: &Style,
) {
    let half = (axis.slot * 0.34).min(15.0);
    let parts = column.parts.len();
    for (index, bar) in stacked(column.values()).into_iter().enumerate() {
        let Some((from, to)) = bar else { continue };
        let fill = match (parts, index) {
            (0, _) => column.scenario.fill(style),
            (parts, index) if index >= parts => column.scenario.tint(style.palette.unsplit),
            _ => column.scenario.tint(style.part(index)),
        };
        let (a, b) = rows::visible(scale.at(from), scale.at(to));
        // A white hair between segments keeps them apart in print.
        let hair = if index > 0 && from != 0.0 && (a - b).abs() > 1.5 { (b - a).signum() * 0.5 } else { 0.0 };
        scene.bar((center - half, a + hair), (center + half, b), fill);
    }
}

pub(super) fn mark_gaps(scene: &mut Scene<'_>, columns: &[Column], axis: &Timeline, zero: f64, style: &Style) {
    let present: Vec<bool> = columns.iter().map(|column| !column.is_missing()).collect();
    for (from, to) in gaps(&present) {
        let center = (axis.center(from) + axis.center(to)) / 2.0;
        let line = zero - 2.5;
        let each = axis.stride(style.small * 1.5) == 1;
        let centers = if each { (from..=to).map(|index| axis.center(index)).collect() } else { vec![center] };
        for center in centers {
            let below = zero + style.small + 1.0;
            if !scene.place(&Words::missing(style), &[(center, line, Anchor::Middle), (center, below, Anchor::Middle)])
            {
                scene.cross((center, zero - 4.0));
            }
        }
    }
}

/// Labels all values if all find room; otherwise the last, the first, the highest and the lowest.
pub(super) fn label_values(
    scene: &mut Scene<'_>,
    columns: &[Column],
    axis: &Timeline,
    scale: &Scale,
    style: &Style,
    faces: &Faces<'_>,
) {
    let known = |column: &Column| column.total.is_some();
    let actual = columns.iter().rposition(|column| known(column) && column.scenario == Scenario::Actual);
    let last = actual.or_else(|| columns.iter().rposition(known));
    let words = |index: usize, size: f64| {
        let datum = columns[index].total.as_ref()?;
        let font = if Some(index) == last { Font::semibold(size) } else { Font::regular(size) };
        Some(datum.words(font, style.palette.ink, style))
    };
    let all: Vec<usize> = (0..columns.len()).collect();
    let fits = |size: f64| {
        let words: Vec<Words> = all.iter().filter_map(|index| words(*index, size)).collect();
        axis.stride(widest(&words, faces)) == 1
    };
    let size = if fits(style.body) { style.body } else { style.small };
    let chosen = if fits(size) { all } else { landmarks(columns) };
    let highest = scale.at(columns.iter().map(|column| column.ends().1).fold(0.0, f64::max)) - 2.5;
    for index in chosen {
        let (Some(words), column) = (words(index, size), &columns[index]) else { continue };
        let (low, high) = column.ends();
        let is_loss = column.total.as_ref().is_some_and(|total| total.value < Decimal::ZERO);
        let (above, below) = (scale.at(high) - 2.5, scale.at(low) + size * 0.76 + 2.0);
        // A figure that finds no room at the end of its bar may stand on the other side of zero; the last one, which
        // must be told, above all bars.
        let lines = if is_loss { [below, above] } else { [above, below] };
        let over_all = (Some(index) == last).then_some(highest);
        let (center, half) = (axis.center(index), (axis.slot * 0.34).min(15.0));
        let places = lines.into_iter().chain(over_all).flat_map(|line| {
            [(center, line, Anchor::Middle), (center + half, line, Anchor::End), (center - half, line, Anchor::Start)]
        });
        scene.place(&words, &places.collect::<Vec<_>>());
    }
}

/// The columns worth a label when there is no room for all, the most important first.
fn landmarks(columns: &[Column]) -> Vec<usize> {
    let known = |index: &usize| columns[*index].total.is_some();
    let value = |index: &usize| columns[*index].total.as_ref().map(|total| total.value);
    let all: Vec<usize> = (0..columns.len()).filter(known).collect();
    let high = all.iter().copied().max_by_key(value);
    let low = all.iter().copied().min_by_key(value);
    let mut chosen = Vec::new();
    // A forecast at the end does not take the last actual figure's place.
    let actual = all.iter().copied().rfind(|index| columns[*index].scenario == Scenario::Actual);
    // The same quarter of the year before is what the last one is compared with.
    let alike =
        |index: &usize, other: usize| *index < other && columns[*index].tick.period == columns[other].tick.period;
    let before = actual.and_then(|actual| all.iter().copied().rfind(|index| alike(index, actual)));
    for index in [all.last().copied(), actual, before, high, low, all.first().copied()].into_iter().flatten() {
        if !chosen.contains(&index) {
            chosen.push(index);
        }
    }
    chosen
}

fn change_words(column: &Column, style: &Style) -> Words {
    let words = |change: &Change| change.words(Font::regular(style.small), style.palette.muted, style);
    column.change.as_ref().map_or_else(|| Words::quiet("", style), words)
}

/// The names of the segments to the right of the last column that is split.
struct SegmentNames {
    column: Option<usize>,
    names: Vec<(usize, Vec<Words>)>,
    gutter: f64,
    height: f64,
}

impl SegmentNames {
    fn new(spec: &Columns, style: &Style, faces: &Faces<'_>) -> Self {
        let split = |column: &Column| column.parts.iter().any(Option::is_some);
        let column = spec.columns.iter().rposition(split);
        let room = style.width * 0.28;
        let shown = column.map(|index| &spec.columns[index].parts);
        let names: Vec<(usize, Vec<Words>)> = spec
            .segments
            .iter()
            .enumerate()
            .filter(|(index, _)| shown.is_some_and(|parts| parts.get(*index).is_some_and(Option::is_some)))
            .map(|(index, name)| (index, lines_of(&Words::quiet(name.clone(), style), room, 2, faces)))
            .collect();
        let widest = widest(names.iter().flat_map(|(_, lines)| lines), faces);
        let gutter = if widest > 0.0 { widest + 9.0 } else { 0.0 };
        let height = names.iter().map(|(_, lines)| height_of(lines)).sum();
        Self { column, names, gutter, height }
    }

    fn draw(
        &self,
        scene: &mut Scene<'_>,
        spec: &Columns,
        axis: &Timeline,
        scale: &Scale,
        (top, foot): (f64, f64),
        style: &Style,
    ) {
        let Some(column) = self.column else { return };
        let bars = stacked(spec.columns[column].values());
        let middle =
            |index: usize| bars.get(index).copied().flatten().map_or(foot, |(from, to)| scale.at((from + to) / 2.0));
        let wanted: Vec<(f64, f64)> =
            self.names.iter().map(|(index, lines)| (middle(*index), height_of(lines))).collect();
        let edge = axis.center(column) + (axis.slot * 0.34).min(15.0);
        let x = axis.right().max(edge) + 7.0;
        for ((index, lines), y) in self.names.iter().zip(spread(&wanted, top, foot)) {
            scene.rule((edge + 1.0, middle(*index)), (x - 1.5, y), 0.5, style.palette.hairline);
            scene.paragraph(lines, x, y, Anchor::Start);
        }
    }
}

/// The columns in words.
pub fn alt(spec: &Columns, words: &Alt) -> String {
    let points =
        spec.columns.iter().map(|column| (column.scenario.told(&column.tick.name(), words), column.total.as_ref()));
    let mut text = super::rows::history_alt(&words.column_chart, &spec.subject, points, words);
    if let Some((column, change)) =
        spec.columns.iter().rev().find(|c| c.total.is_some()).and_then(|c| Some((c, c.change.as_ref()?)))
    {
        let name = if spec.change_name.is_empty() { &words.change } else { &spec.change_name };
        let (period, n) = (column.tick.name(), change.signed());
        text.push_str(&fill(&words.change_in, &[("name", name), ("period", &period), ("n", &n)]));
    }
    if !spec.segments.is_empty() {
        text.push_str(&fill(&words.stacked, &[("parts", &spec.segments.join(&words.comma))]));
    }
    text
}
