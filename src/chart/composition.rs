//! What totals are made of: one stacked column, or two side by side, with names and values beside them.

use super::fit::{height_of, lines_of, widest, width};
use super::label::Anchor;
use super::scale::{Scale, from_zero};
use super::scene::{Drawing, Scene, spread};
use super::stack::stacked;
use super::words::{Font, Words};
use super::{Datum, Faces, Scenario, Style, rows};
use crate::language::{Alt, fill};

/// One or two stacks on one scale.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Composition {
    /// What is shown, with its unit, for the alt text: `Cost of revenue, 1Q16 and 1Q17, JPY million`.
    pub subject: String,
    /// The left stack.
    pub left: Stack,
    /// The right stack.
    pub right: Option<Stack>,
}

/// One total and its parts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Stack {
    /// What stands below it: `Mar 2017`, `Assets`.
    pub name: String,
    /// In which sense.
    pub scenario: Scenario,
    /// The total above it.
    pub total: Option<Datum>,
    /// The parts from the bottom.
    pub parts: Vec<Part>,
}

/// One part.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// Its name.
    pub name: String,
    /// Its value; `None` is told as not available.
    pub value: Option<Datum>,
}

impl Stack {
    fn bars(&self) -> Vec<Option<(f64, f64)>> {
        stacked(self.parts.iter().map(|part| part.value.as_ref().map(Datum::length)))
    }

    fn part_names(&self) -> Vec<&str> {
        self.parts.iter().map(|part| part.name.as_str()).collect()
    }
}

/// The labels beside one stack: values in a column next to the bar, names behind them.
struct Side {
    labels: Vec<(Words, Vec<Words>)>,
    values_room: f64,
    names_room: f64,
}

impl Side {
    fn new(stack: &Stack, named: bool, room: f64, style: &Style, faces: &Faces<'_>) -> Self {
        let values: Vec<Words> = stack.parts.iter().map(|part| value_words(part, style)).collect();
        let values_room = widest(&values, faces);
        let names = stack.parts.iter().map(|part| if named { part.name.clone() } else { String::new() });
        let names: Vec<Vec<Words>> = names
            .map(|name| lines_of(&Words::quiet(name, style), (room - values_room - 16.0).max(10.0), 3, faces))
            .collect();
        let names_room = widest(names.iter().flatten(), faces);
        Self { labels: values.into_iter().zip(names).collect(), values_room, names_room }
    }

    fn heights(&self) -> impl Iterator<Item = f64> + '_ {
        self.labels
            .iter()
            .map(|(value, names)| value.font.pitch().max(height_of(names) + if names.len() > 1 { 2.5 } else { 0.0 }))
    }

    /// The width of the labels with the leaders to them.
    fn width(&self) -> f64 {
        10.0 + self.values_room + if self.names_room > 0.0 { self.names_room + 5.0 } else { 0.0 }
    }
}

/// Draws the stacks.
pub fn draw(spec: &Composition, style: &Style, faces: &Faces<'_>) -> Drawing {
    let alike = spec.right.as_ref().is_some_and(|right| right.part_names() == spec.left.part_names());
    let bar = (style.width * 0.1).clamp(22.0, 52.0);
    let gap = if spec.right.is_some() { bar * 0.75 } else { 0.0 };
    let bars = if spec.right.is_some() { 2.0 * bar + gap } else { bar };
    let both = style.width - bars;
    let share = if alike { 0.3 } else { 0.5 };
    // A lone stack has its labels on the right; parts that are named alike are named once, on the right.
    let left = spec.right.as_ref().map(|_| Side::new(&spec.left, !alike, both * share, style, faces));
    let right_room = both - left.as_ref().map_or(0.0, Side::width);
    let right = Side::new(spec.right.as_ref().unwrap_or(&spec.left), true, right_room, style, faces);

    let stacks = [Some(&spec.left), spec.right.as_ref()];
    let values =
        from_zero(stacks.iter().flatten().flat_map(|stack| stack.bars()).flatten().flat_map(|(from, to)| [from, to]));
    let tallest = left.iter().chain([&right]).map(|side| side.heights().sum::<f64>()).fold(0.0, f64::max);
    let plot = style.held(values, (style.width * 0.26).clamp(72.0, 128.0)).max(tallest + 2.0);
    let top = style.body * 1.45;
    let foot = top + plot;
    let scale = Scale::held(values, foot, top, style);
    let first = left.as_ref().map_or(0.0, Side::width);
    let second = if spec.right.is_some() { first + bar + gap } else { first };

    let captions: Vec<Vec<Words>> = stacks
        .iter()
        .flatten()
        .map(|stack| lines_of(&Words::quiet(stack.name.clone(), style), bar + gap.max(bar) - 4.0, 2, faces))
        .collect();
    let captions_height = captions.iter().map(|lines| height_of(lines)).fold(0.0, f64::max);
    let mut scene = Scene::new(style, faces, foot + 4.0 + captions_height);
    if let (true, Some(right)) = (alike, &spec.right) {
        connect(&mut scene, &spec.left.bars(), &right.bars(), (first + bar, second), &scale, style);
    }
    for ((stack, x), caption) in stacks.iter().flatten().zip([first, second]).zip(&captions) {
        draw_stack(&mut scene, stack, (x, x + bar), &scale, style);
        let center = x + bar / 2.0;
        let caption_y = foot + 4.0 + height_of(caption) / 2.0;
        place_paragraph(&mut scene, caption, center, caption_y, style, faces);
        if let Some(total) = &stack.total {
            let words = total.words(Font::semibold(style.body), style.palette.ink, style);
            let high = stack.bars().into_iter().flatten().fold(0.0, |high: f64, (_, to)| high.max(to));
            let line = scale.at(high) - 3.0;
            scene.place(
                &words,
                &[(center, line, Anchor::Middle), (x, line, Anchor::Start), (x + bar, line, Anchor::End)],
            );
        }
    }
    scene.rule(((first - 3.0).max(0.0), scale.at(0.0)), (second + bar + 3.0, scale.at(0.0)), 0.7, style.palette.axis);
    if let Some(left) = &left {
        draw_side(&mut scene, &spec.left, left, first, -1.0, (top, foot), &scale, style);
    }
    let labelled = spec.right.as_ref().unwrap_or(&spec.left);
    draw_side(&mut scene, labelled, &right, second + bar, 1.0, (top, foot), &scale, style);
    scene.finish().at(&scale)
}

/// A caption centered below its stack, moved off the page's edge where it would leave it.
fn place_paragraph(scene: &mut Scene<'_>, lines: &[Words], center: f64, y: f64, style: &Style, faces: &Faces<'_>) {
    let half = lines.iter().map(|line| width(line, faces)).fold(0.0, f64::max) / 2.0;
    scene.paragraph(lines, center.max(half).min((style.width - half).max(half)), y, Anchor::Middle);
}

fn draw_stack(scene: &mut Scene<'_>, stack: &Stack, (left, right): (f64, f64), scale: &Scale, style: &Style) {
    for (index, bar) in stack.bars().into_iter().enumerate() {
        let Some((from, to)) = bar else { continue };
        let (a, b) = rows::visible(scale.at(from), scale.at(to));
        let hair = if from != 0.0 && (a - b).abs() > 1.5 { (b - a).signum() * 0.5 } else { 0.0 };
        scene.bar((left, a + hair), (right, b), stack.scenario.tint(style.part(index)));
    }
}

/// Thin lines between the ends of the same part in two stacks.
fn connect(
    scene: &mut Scene<'_>,
    left: &[Option<(f64, f64)>],
    right: &[Option<(f64, f64)>],
    (from, to): (f64, f64),
    scale: &Scale,
    style: &Style,
) {
    for (a, b) in left.iter().zip(right).filter_map(|(a, b)| Some(((*a)?, (*b)?))) {
        scene.rule((from, scale.at(a.1)), (to, scale.at(b.1)), 0.5, style.palette.hairline);
    }
}

/// Labels on one side of a stack; `outward` is −1 for the left side and 1 for the right.
#[allow(clippy::too_many_arguments)]
fn draw_side(
    scene: &mut Scene<'_>,
    stack: &Stack,
    side: &Side,
    edge: f64,
    outward: f64,
    (top, foot): (f64, f64),
    scale: &Scale,
    style: &Style,
) {
    let bars = stack.bars();
    let middle = |index: usize| bars[index].map_or(foot, |(from, to)| scale.at((from + to) / 2.0));
    let wanted: Vec<(f64, f64)> = side.heights().enumerate().map(|(index, height)| (middle(index), height)).collect();
    for (index, ((value, names), y)) in side.labels.iter().zip(spread(&wanted, top - 3.0, foot)).enumerate() {
        let near = edge + outward * 9.0;
        if bars[index].is_some() {
            scene.rule((edge + outward, middle(index)), (near - outward * 1.5, y), 0.5, style.palette.hairline);
        }
        // Values are flush right in both columns, so their digits stand below one another.
        let x = if outward > 0.0 { near + side.values_room } else { near };
        scene.write(value, (x, y + value.font.drop()), Anchor::End);
        let beyond = edge + outward * (9.0 + side.values_room + 5.0);
        scene.paragraph(names, beyond, y, if outward > 0.0 { Anchor::Start } else { Anchor::End });
    }
}

fn value_words(part: &Part, style: &Style) -> Words {
    let words = |value: &Datum| value.words(Font::semibold(style.body), style.palette.ink, style);
    part.value.as_ref().map_or_else(|| Words::missing(style), words)
}

/// The stacks in words.
pub fn alt(spec: &Composition, words: &Alt) -> String {
    let stacks = [Some(&spec.left), spec.right.as_ref()];
    let mut text = super::rows::head(&words.stacked_columns, &spec.subject, words) + &words.stop;
    for stack in stacks.into_iter().flatten() {
        let total = stack.total.as_ref().map_or(String::new(), |total| format!(" {}", total.label));
        let value = |part: &Part| part.value.as_ref().map_or(words.not_available.clone(), |value| value.label.clone());
        let parts: Vec<String> = stack
            .parts
            .iter()
            .rev()
            .map(|part| fill(&words.row, &[("name", &part.name), ("n", &value(part))]).trim_end().to_owned())
            .collect();
        let name = stack.scenario.told(&stack.name, words);
        let values = [("name", name.as_str()), ("total", &total), ("parts", &parts.join(&words.comma))];
        text.push_str(&fill(&words.stack, &values));
        let known = stack.parts.iter().filter_map(|part| Some((part, part.value.as_ref()?)));
        if let Some((largest, _)) = known.max_by_key(|(_, value)| value.value).filter(|_| stack.parts.len() > 1) {
            text.push_str(&fill(&words.largest, &[("name", &largest.name)]));
        }
    }
    text
}
