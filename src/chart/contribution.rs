//! Variances side by side: bars to either side of zero, each with its sign.

use super::fit::{lines_of, widest};
use super::label::Anchor;
use super::mark::Fill;
use super::rows::{Rows, visible};
use super::scale::{Scale, from_zero};
use super::scene::{Drawing, Scene};
use super::words::{Font, Words};
use super::{Change, Faces, Style};
use crate::language::{Alt, fill};

/// Variances of one unit, in the order given.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Contributions {
    /// What is shown, with its unit, for the alt text: `Change in revenue by segment, 1Q16 to 1Q17, JPY million`.
    pub subject: String,
    /// The rows.
    pub rows: Vec<Contribution>,
}

/// One variance.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Contribution {
    /// Its name.
    pub name: String,
    /// Its size; `None` is told as not available.
    pub change: Option<Change>,
    /// What stands at the right edge, such as `+4.3%` or `16,086 → 16,785`; empty for nothing.
    pub detail: String,
    /// The source entry of the detail.
    pub detail_source: Option<String>,
}

const BAR: f64 = 9.0;
const PITCH: f64 = 14.5;

/// Draws the rows.
pub fn draw(spec: &Contributions, style: &Style, faces: &Faces<'_>) -> Drawing {
    let names: Vec<Words> = spec.rows.iter().map(|row| Words::body(row.name.clone(), style)).collect();
    let rows = Rows::new(&names, 0.0, PITCH, 0.36, style, faces);
    let details: Vec<Vec<Words>> =
        spec.rows.iter().map(|row| lines_of(&detail(row, style), style.width * 0.2, 1, faces)).collect();
    let detail_room = match widest(details.iter().flatten(), faces) {
        0.0 => 0.0,
        width => width + 8.0,
    };
    let labels: Vec<Words> = spec.rows.iter().map(|row| label(row, style)).collect();
    let values = from_zero(spec.rows.iter().filter_map(|row| row.change.as_ref().map(Change::length)));
    let room = widest(&labels, faces) + 4.5;
    let left = rows.left + if values.0 < 0.0 { room } else { 1.0 };
    let right = style.width - detail_room - room;
    let scale = Scale::held(values, left, right.max(left + 12.0), style);

    let mut scene = Scene::new(style, faces, rows.bottom.max(PITCH));
    rows.draw(&mut scene);
    for (index, row) in spec.rows.iter().enumerate() {
        let middle = rows.middle(index);
        scene.paragraph(&details[index], style.width, middle, Anchor::End);
        let line = middle + labels[index].font.drop();
        let zero = scale.at(0.0);
        let Some(change) = &row.change else {
            scene.write(&labels[index], (zero + 3.5, line), Anchor::Start);
            continue;
        };
        let (from, to) = visible(zero, scale.at(change.length()));
        scene.bar(
            (from, middle - BAR / 2.0),
            (to, middle + BAR / 2.0),
            Fill::Solid(change.color(style, style.palette.previous)),
        );
        let (x, anchor) =
            if change.value.is_sign_negative() { (to - 3.5, Anchor::End) } else { (to + 3.5, Anchor::Start) };
        scene.write(&labels[index], (x, line), anchor);
    }
    let zero = scale.at(0.0);
    scene.rule((zero, 0.5), (zero, rows.bottom - 0.5), 0.7, style.palette.axis);
    scene.finish().at(&scale)
}

fn detail(row: &Contribution, style: &Style) -> Words {
    Words::quiet(row.detail.clone(), style).linked(row.detail_source.as_ref())
}

fn label(row: &Contribution, style: &Style) -> Words {
    row.change.as_ref().map_or_else(
        || Words::missing(style),
        |change| change.words(Font::semibold(style.body), style.palette.ink, style),
    )
}

/// The rows in words.
pub fn alt(spec: &Contributions, words: &Alt) -> String {
    let row = |row: &Contribution| {
        let change = row.change.as_ref().map_or(words.not_available.clone(), Change::signed);
        let detail = if row.detail.is_empty() { String::new() } else { fill(&words.detail, &[("n", &row.detail)]) };
        fill(&words.row, &[("name", &row.name), ("n", &change)]) + &detail
    };
    let rows: Vec<String> = spec.rows.iter().map(row).collect();
    let changes = spec.rows.iter().filter_map(|row| Some((row.name.as_str(), row.change.as_ref()?)));
    told(&words.bar_chart, &spec.subject, &rows, words) + &outliers(changes, words)
}

/// ` Largest increase: a (+1); largest decrease: b (−1).`, with what there is of the two.
pub(super) fn outliers<'c>(changes: impl Iterator<Item = (&'c str, &'c Change)>, words: &Alt) -> String {
    let changes: Vec<(&str, &Change)> = changes.collect();
    let up = changes.iter().filter(|(_, change)| change.length() > 0.0).rev().max_by_key(|(_, change)| change.value);
    let down = changes.iter().filter(|(_, change)| change.length() < 0.0).min_by_key(|(_, change)| change.value);
    let told = |form: &str, (name, change): &(&str, &Change)| fill(form, &[("name", name), ("n", &change.signed())]);
    let up = up.map(|up| told(&words.largest_increase, up));
    let found: Vec<String> = up.into_iter().chain(down.map(|down| told(&words.largest_decrease, down))).collect();
    if found.is_empty() {
        return String::new();
    }
    let found = found.join(&words.semicolon);
    let mut chars = found.chars();
    let first: String = chars.next().into_iter().flat_map(char::to_uppercase).collect();
    fill(&words.outliers, &[("found", &(first + chars.as_str()))])
}

/// What a chart of rows shows, row by row.
pub(super) fn told(kind: &str, subject: &str, rows: &[String], words: &Alt) -> String {
    let head = super::rows::head(kind, subject, words) + &words.stop;
    format!("{head}{}{}{}", words.between, rows.join(&words.comma), words.stop)
}
