//! Words with a place: which end stands where, and the box around their ink.

use super::Faces;
use super::backend::Run;
use super::mark::At;
use super::words::Words;

/// A label with its place.
#[derive(Clone, Debug, PartialEq)]
pub struct Label {
    pub(super) words: Words,
    pub(super) runs: Vec<Run>,
    /// On the baseline.
    pub(super) at: At,
    pub(super) anchor: Anchor,
    /// The box around its ink.
    pub frame: Frame,
}

impl Label {
    /// Words standing at a place by one of their ends. Several runs are set one after the other from the left, so their
    /// place moves to the beginning; a single run is left to its anchor.
    pub(super) fn new(words: Words, at: At, anchor: Anchor, faces: &Faces<'_>) -> Self {
        let runs = runs_of(&words, faces);
        let frame = ink(&words, &runs, at, anchor, faces);
        let (at, anchor) = if runs.len() > 1 { ((frame.left, at.1), Anchor::Start) } else { (at, anchor) };
        Self { words, runs, at, anchor, frame }
    }

    /// The text as drawn.
    pub fn text(&self) -> &str {
        &self.words.text
    }

    /// The source entry of the figure that it tells.
    pub fn source(&self) -> Option<&str> {
        self.words.source.as_deref()
    }
}

/// Which end of a text stands at its place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Anchor {
    /// Its beginning.
    Start,
    /// Its middle.
    Middle,
    /// Its end.
    End,
}

/// A rectangle in points from the upper left corner.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Frame {
    /// Left edge.
    pub left: f64,
    /// Upper edge.
    pub top: f64,
    /// Right edge.
    pub right: f64,
    /// Lower edge.
    pub bottom: f64,
}

impl Frame {
    /// The rectangle between two corners.
    pub(super) fn between(a: At, b: At) -> Self {
        Self { left: a.0.min(b.0), top: a.1.min(b.1), right: a.0.max(b.0), bottom: a.1.max(b.1) }
    }

    /// Whether the two share any area.
    pub fn meets(&self, other: &Self) -> bool {
        self.left < other.right && other.left < self.right && self.top < other.bottom && other.top < self.bottom
    }

    /// Whether the other lies within this one.
    pub fn holds(&self, other: &Self) -> bool {
        self.left <= other.left && other.right <= self.right && self.top <= other.top && other.bottom <= self.bottom
    }

    pub(super) fn widened(self, by: f64) -> Self {
        Self { left: self.left - by, right: self.right + by, ..self }
    }
}

/// Marks behind a figure that stand raised and small, as they do in tables.
const MARKS: [char; 2] = ['†', '‡'];
/// The size of a raised mark, and how far its baseline stands above that of its figure, as shares of the size of the words.
pub(super) const RAISED: (f64, f64) = (0.7, 0.24);

fn runs_of(words: &Words, faces: &Faces<'_>) -> Vec<Run> {
    let mut offset = 0.0;
    let mut runs = Vec::new();
    for (raised, part) in parts(&words.text) {
        for (second, text) in faces.runs(part) {
            runs.push(Run { text: text.to_owned(), offset, second, raised });
            offset += width_of(runs.last().into_iter(), words, faces);
        }
    }
    runs
}

/// The text cut where marks begin and end; one that opens it stands as it is.
fn parts(text: &str) -> Vec<(bool, &str)> {
    let (mut parts, mut rest) = (Vec::new(), text);
    while let Some(at) = rest.char_indices().skip(1).find_map(|(at, c)| MARKS.contains(&c).then_some(at)) {
        let (before, behind) = rest.split_at(at);
        let end = behind.find(|c| !MARKS.contains(&c)).unwrap_or(behind.len());
        parts.extend([(false, before), (true, &behind[..end])]);
        rest = &behind[end..];
    }
    if !rest.is_empty() {
        parts.push((false, rest));
    }
    parts
}

/// The width of runs.
fn width_of<'r>(runs: impl Iterator<Item = &'r Run>, words: &Words, faces: &Faces<'_>) -> f64 {
    runs.map(|run| {
        let size = if run.raised { RAISED.0 * words.font.size } else { words.font.size };
        faces.width(&run.text, size, words.font.weight)
    })
    .sum()
}

/// The box that a text's ink stays in, from the tallest and deepest glyphs of the two faces.
fn ink(words: &Words, runs: &[Run], at: At, anchor: Anchor, faces: &Faces<'_>) -> Frame {
    let size = words.font.size;
    let width = width_of(runs.iter(), words, faces);
    let left = match anchor {
        Anchor::Start => at.0,
        Anchor::Middle => at.0 - width / 2.0,
        Anchor::End => at.0 - width,
    };
    let above = if runs.iter().any(|run| run.second) { 0.88 } else { 0.76 };
    Frame { left, right: left + width, top: at.1 - above * size, bottom: at.1 + 0.22 * size }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_behind_words_stand_apart() {
        assert_eq!(parts("2.9† of 7.0†"), [(false, "2.9"), (true, "†"), (false, " of 7.0"), (true, "†")]);
        assert_eq!(parts("† calculated"), [(false, "† calculated")]);
        assert!(parts("").is_empty());
    }

    #[test]
    fn frames_that_only_touch_do_not_meet() {
        let frame = |left, right| Frame { left, right, top: 0.0, bottom: 1.0 };
        assert!(!frame(0.0, 1.0).meets(&frame(1.0, 2.0)));
        assert!(frame(0.0, 1.1).meets(&frame(1.0, 2.0)));
    }
}
