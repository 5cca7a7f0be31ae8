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
        let frame = ink(&words, at, anchor, faces);
        let runs = runs_of(&words, faces);
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

fn runs_of(words: &Words, faces: &Faces<'_>) -> Vec<Run> {
    let mut offset = 0.0;
    let mut runs = Vec::new();
    for (second, text) in faces.runs(&words.text) {
        runs.push(Run { text: text.to_owned(), offset, second });
        offset += faces.width(text, words.font.size, words.font.weight);
    }
    runs
}

/// The box that a text's ink stays in, from the tallest and deepest glyphs of the two faces.
fn ink(words: &Words, at: At, anchor: Anchor, faces: &Faces<'_>) -> Frame {
    let size = words.font.size;
    let width = faces.width(&words.text, size, words.font.weight);
    let left = match anchor {
        Anchor::Start => at.0,
        Anchor::Middle => at.0 - width / 2.0,
        Anchor::End => at.0 - width,
    };
    let above = if faces.runs(&words.text).iter().any(|(japanese, _)| *japanese) { 0.88 } else { 0.76 };
    Frame { left, right: left + width, top: at.1 - above * size, bottom: at.1 + 0.22 * size }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn frames_that_only_touch_do_not_meet() {
        let frame = |left, right| Frame { left, right, top: 0.0, bottom: 1.0 };
        assert!(!frame(0.0, 1.0).meets(&frame(1.0, 2.0)));
        assert!(frame(0.0, 1.1).meets(&frame(1.0, 2.0)));
    }
}
