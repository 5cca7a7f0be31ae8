//! Lines over periods, named and valued at their ends; a missing period breaks the line.

use super::fit::{height_of, lines_of, widest};
use super::label::Anchor;
use super::scale::{Scale, span};
use super::scene::{Drawing, Scene, spread};
use super::timeline::{Tick, Timeline, gaps};
use super::words::{Font, Words};
use super::{Datum, Faces, Style, rows};
use crate::language::{Alt, fill};

/// Lines over common periods.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Lines {
    /// What is shown, with its unit, for the alt text: `Margins by quarter, percent of revenue`.
    pub subject: String,
    /// The periods, the oldest first.
    pub ticks: Vec<Tick>,
    /// The lines, the most important first.
    pub lines: Vec<Line>,
}

/// One line.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Line {
    /// Its name.
    pub name: String,
    /// Its values in the order of the periods; `None` breaks it.
    pub points: Vec<Option<Datum>>,
}

/// A line with its place: index, the present points.
struct Laid<'s> {
    line: &'s Line,
    index: usize,
    points: Vec<Option<(f64, f64)>>,
}

impl Laid<'_> {
    fn first(&self) -> Option<usize> {
        self.points.iter().position(Option::is_some)
    }

    fn last(&self) -> Option<usize> {
        self.points.iter().rposition(Option::is_some)
    }

    fn words(&self, at: usize, style: &Style, strong: bool) -> Option<Words> {
        let font = if strong { Font::semibold(style.body) } else { Font::regular(style.small) };
        Some(self.line.points[at].as_ref()?.words(font, style.line(self.index), style))
    }
}

/// Draws the lines.
pub fn draw(spec: &Lines, style: &Style, faces: &Faces<'_>) -> Drawing {
    let count = spec.ticks.len();
    let ends: Vec<Vec<Words>> =
        spec.lines.iter().enumerate().map(|(index, line)| end_words(line, index, style, faces)).collect();
    let starts: Vec<Words> =
        spec.lines.iter().enumerate().filter_map(|(index, line)| start_words(line, index, style)).collect();
    let gutter = |words: f64| if words > 0.0 { words + 8.0 } else { 4.0 };
    let right = gutter(widest(ends.iter().flatten(), faces));
    let left = (gutter(widest(&starts, faces)) - 4.0).max(0.0);
    let axis = Timeline::new(count, left, style.width - right, 62.0);

    let needed: f64 = ends.iter().map(|lines| height_of(lines)).sum();
    let (top, plot) = (style.small * 1.4, (style.width * 0.22).clamp(64.0, 104.0).max(needed + 2.0));
    let foot = top + plot + style.small * 1.75;
    let values = spec.lines.iter().flat_map(|line| line.points.iter().flatten().map(Datum::length));
    let (low, high) = span(values);
    let scale = Scale::new((low, high), top + plot, top);

    let mut scene = Scene::new(style, faces, foot + 3.0 + Timeline::height(&spec.ticks, style));
    scene.rule((axis.left, foot), (axis.right(), foot), 0.5, style.palette.hairline);
    axis.label(&mut scene, &spec.ticks, foot + 2.0, style, faces);

    let laid: Vec<Laid<'_>> =
        spec.lines.iter().enumerate().map(|(index, line)| lay(line, index, &axis, &scale)).collect();
    if low < 0.0 && high > 0.0 {
        let end = axis.right().min(names_x(&laid, &axis) - 3.0);
        scene.axis((axis.left, scale.at(0.0)), (end, scale.at(0.0)), style.palette.axis);
    }
    for laid in laid.iter().rev() {
        draw_line(&mut scene, laid, axis.slot, style);
    }
    label_ends(&mut scene, &laid, &ends, names_x(&laid, &axis), (top - 4.0, foot), style);
    label_starts(&mut scene, &laid, &axis, (top - 4.0, foot), style);
    for laid in &laid {
        label_landmarks(&mut scene, laid, laid.index == 0 && spec.lines.len() == 1, style);
    }
    mark_gaps(&mut scene, &laid, &axis, foot, style);
    scene.finish()
}

fn lay<'s>(line: &'s Line, index: usize, axis: &Timeline, scale: &Scale) -> Laid<'s> {
    let place = |at: usize| line.points.get(at)?.as_ref().map(|datum| (axis.center(at), scale.at(datum.length())));
    Laid { line, index, points: (0..axis.count).map(place).collect() }
}

fn draw_line(scene: &mut Scene<'_>, laid: &Laid<'_>, slot: f64, style: &Style) {
    let color = style.line(laid.index);
    let width = if laid.index == 0 { 1.6 } else { 1.2 };
    for run in laid.points.split(Option::is_none).filter(|run| !run.is_empty()) {
        let points: Vec<(f64, f64)> = run.iter().flatten().copied().collect();
        // A point between two gaps has no line: only its dot shows it.
        if slot > 14.0 || points.len() == 1 {
            points.iter().for_each(|at| scene.dot(*at, 1.4, color));
        }
        if points.len() > 1 {
            scene.line(points, width, color);
        }
    }
    if let Some(at) = laid.points.iter().rev().flatten().next() {
        scene.dot(*at, 2.2, color);
    }
}

/// The last value and the name, one below the other.
fn end_words(line: &Line, index: usize, style: &Style, faces: &Faces<'_>) -> Vec<Words> {
    let color = style.line(index);
    let value = line.points.iter().rev().flatten().next();
    let value = value.map(|datum| datum.words(Font::semibold(style.body), color, style));
    let name = Words { color, ..Words::quiet(line.name.clone(), style) };
    value.into_iter().chain(lines_of(&name, style.width * 0.26, 2, faces)).collect()
}

fn start_words(line: &Line, index: usize, style: &Style) -> Option<Words> {
    let mut known = line.points.iter().flatten();
    let (first, _) = (known.next()?, known.next()?);
    Some(first.words(Font::regular(style.small), style.line(index), style))
}

/// Names stand just behind the last points, whichever line reaches furthest.
fn names_x(laid: &[Laid<'_>], axis: &Timeline) -> f64 {
    let ends = laid.iter().filter_map(|laid| laid.points[laid.last()?]).map(|at| at.0);
    ends.fold(axis.left, f64::max) + 7.0
}

fn label_ends(
    scene: &mut Scene<'_>,
    laid: &[Laid<'_>],
    ends: &[Vec<Words>],
    x: f64,
    (top, foot): (f64, f64),
    style: &Style,
) {
    let middle = |laid: &Laid<'_>| laid.points.iter().rev().flatten().next().map_or(foot, |at| at.1);
    let wanted: Vec<(f64, f64)> = laid.iter().zip(ends).map(|(laid, lines)| (middle(laid), height_of(lines))).collect();
    for ((laid, lines), y) in laid.iter().zip(ends).zip(spread(&wanted, top, foot)) {
        if let Some((end, level)) = laid.points.iter().rev().flatten().next()
            && ((y - level).abs() > 3.0 || x - end > 8.0)
        {
            scene.rule((end + 3.0, *level), (x - 1.5, y), 0.5, style.palette.hairline);
        }
        scene.paragraph(lines, x, y, Anchor::Start);
    }
}

fn label_starts(scene: &mut Scene<'_>, laid: &[Laid<'_>], axis: &Timeline, (top, foot): (f64, f64), style: &Style) {
    let starting: Vec<(Words, (f64, f64))> = laid
        .iter()
        .filter(|laid| laid.first() == Some(0) && laid.last() != Some(0))
        .filter_map(|laid| Some((laid.words(0, style, false)?, laid.points[0]?)))
        .collect();
    let wanted: Vec<(f64, f64)> = starting.iter().map(|(words, at)| (at.1, words.font.pitch())).collect();
    for ((words, at), y) in starting.iter().zip(spread(&wanted, top, foot)) {
        let x = (at.0 - 4.0).min(axis.center(0) - 4.0);
        scene.write(words, (x, y + words.font.drop()), Anchor::End);
    }
}

/// Labels the highest and the lowest value, and where a single line leaves room, every value.
fn label_landmarks(scene: &mut Scene<'_>, laid: &Laid<'_>, alone: bool, style: &Style) {
    let known: Vec<usize> = (0..laid.points.len()).filter(|at| laid.points[*at].is_some()).collect();
    let value = |at: &usize| laid.line.points[*at].as_ref().map(|datum| datum.value);
    let (high, low) = (known.iter().copied().max_by_key(value), known.iter().copied().min_by_key(value));
    let rest = known.iter().copied().filter(|_| alone);
    let labelled = [laid.first().filter(|at| *at == 0), laid.last()];
    let mut done = Vec::new();
    for at in [high, low].into_iter().flatten().chain(rest) {
        if labelled.contains(&Some(at)) || done.contains(&at) {
            continue;
        }
        done.push(at);
        let (Some((x, y)), Some(words)) = (laid.points[at], laid.words(at, style, false)) else { continue };
        let (above, below) = ((x, y - 4.0, Anchor::Middle), (x, y + style.small * 0.76 + 4.0, Anchor::Middle));
        let places = if Some(at) == low { [below, above] } else { [above, below] };
        scene.place(&words, &places);
    }
}

/// `n/a` in each gap: at the height of the line, or at the foot where no line has a value.
fn mark_gaps(scene: &mut Scene<'_>, laid: &[Laid<'_>], axis: &Timeline, foot: f64, style: &Style) {
    for laid in laid {
        let present: Vec<bool> = laid.points.iter().map(Option::is_some).collect();
        for (from, to) in gaps(&present) {
            let x = (axis.center(from) + axis.center(to)) / 2.0;
            let before = laid.points[..from].iter().rev().flatten().next();
            let after = laid.points[to + 1..].iter().flatten().next();
            let level = match (before, after) {
                (Some(before), Some(after)) => (before.1 + after.1) / 2.0,
                (Some(at), None) | (None, Some(at)) => at.1,
                (None, None) => foot - style.small,
            };
            let words = Words { color: style.line(laid.index), ..Words::missing(style) };
            let middle = level + words.font.drop();
            let places = [middle, middle - 8.0, middle + 8.0, foot - 2.5].map(|y| (x, y, Anchor::Middle));
            if !scene.place(&words, &places) {
                scene.cross((x, level));
            }
        }
    }
}

/// The lines in words.
pub fn alt(spec: &Lines, words: &Alt) -> String {
    if let [line] = spec.lines.as_slice() {
        let points =
            spec.ticks.iter().enumerate().map(|(at, tick)| (tick.name(), line.points.get(at).and_then(Option::as_ref)));
        return rows::history_alt(
            &words.line_chart,
            &fill(&words.line, &[("subject", &spec.subject), ("line", &line.name)]),
            points,
            words,
        );
    }
    let mut text = rows::head(&words.line_chart, &spec.subject, words);
    if let (Some(first), Some(last)) = (spec.ticks.first(), spec.ticks.last()) {
        text.push_str(&fill(&words.over, &[("first", &first.name()), ("last", &last.name())]));
    }
    text.push_str(&words.stop);
    for line in &spec.lines {
        let names: Vec<String> = spec.ticks.iter().map(Tick::name).collect();
        let known: Vec<(&str, &Datum)> =
            names.iter().zip(&line.points).filter_map(|(name, datum)| Some((name.as_str(), datum.as_ref()?))).collect();
        let at = |(name, datum): &(&str, &Datum)| fill(&words.value_at, &[("n", &datum.label), ("period", name)]);
        let last = known.last().map_or(words.no_figure.clone(), at);
        text.push_str(&fill(&words.line_last, &[("line", &line.name), ("value", &last)]));
        text.push_str(&rows::extremes(&known, words));
        let missing: Vec<&str> = names
            .iter()
            .enumerate()
            .filter(|(at, _)| line.points.get(*at).is_none_or(Option::is_none))
            .map(|(_, name)| name.as_str())
            .collect();
        if !missing.is_empty() && !known.is_empty() {
            text.push_str(&fill(&words.no_figures_for, &[("periods", &missing.join(&words.comma))]));
        }
    }
    text
}
