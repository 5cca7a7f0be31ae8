//! The plotters elements of charts: bars in the notation of scenarios, lines, dots and words, drawn by [`SvgBackend`].
//! Coordinates are points of the drawing, from its upper left corner.

use std::convert::Infallible;

use plotters::element::{Drawable, PointCollection};
use plotters_backend::{BackendCoord, DrawingErrorKind};

use super::Rgb;
use super::backend::{Stroke, SvgBackend, corners, pixels};
use super::label::Label;

/// A place in points.
pub(super) type At = (f64, f64);

/// How a bar is filled.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Fill {
    /// Solid.
    Solid(Rgb),
    /// The outline alone.
    Outline(Rgb),
    /// Diagonal lines within an outline.
    Hatch(Rgb),
}

/// Something drawn that is not text.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Mark {
    pub(super) points: Vec<At>,
    pub(super) shape: Shape,
}

/// What the points of a mark span.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Shape {
    /// A rectangle between two corners.
    Bar(Fill),
    /// An open line.
    Line(Stroke),
    /// A dot with a radius in points.
    Dot(f64, Rgb),
}

/// What shows within outlines, so that nothing behind a bar shines through it.
pub(super) const PAPER: Rgb = Rgb(255, 255, 255);
/// The width of outlines in points.
const OUTLINE: f64 = 0.8;
/// The distance of hatching lines in hundredths of a point, along the axis.
const HATCH: i32 = 300;

impl<'a> PointCollection<'a, At> for &'a Mark {
    type Point = &'a At;
    type IntoIter = &'a [At];

    fn point_iter(self) -> &'a [At] {
        &self.points
    }
}

impl Drawable<SvgBackend<'_>> for Mark {
    fn draw<I: Iterator<Item = BackendCoord>>(
        &self,
        points: I,
        backend: &mut SvgBackend<'_>,
        _: (u32, u32),
    ) -> Result<(), DrawingErrorKind<Infallible>> {
        let points: Vec<BackendCoord> = points.collect();
        match (self.shape, points.as_slice()) {
            (Shape::Bar(fill), [a, b]) => bar(backend, *a, *b, fill),
            (Shape::Line(stroke), line) => backend.line(line, stroke),
            (Shape::Dot(radius, color), [at]) => backend.dot(*at, radius, color),
            _ => {}
        }
        Ok(())
    }
}

impl<'a> PointCollection<'a, At> for &'a Label {
    type Point = &'a At;
    type IntoIter = Option<&'a At>;

    fn point_iter(self) -> Option<&'a At> {
        Some(&self.at)
    }
}

impl Drawable<SvgBackend<'_>> for Label {
    fn draw<I: Iterator<Item = BackendCoord>>(
        &self,
        mut points: I,
        backend: &mut SvgBackend<'_>,
        _: (u32, u32),
    ) -> Result<(), DrawingErrorKind<Infallible>> {
        if let Some(at) = points.next() {
            backend.runs(&self.runs, at, self.anchor, self.words.font, self.words.color);
        }
        Ok(())
    }
}

fn bar(backend: &mut SvgBackend<'_>, a: BackendCoord, b: BackendCoord, fill: Fill) {
    let (low, high) = ((a.0.min(b.0), a.1.min(b.1)), (a.0.max(b.0), a.1.max(b.1)));
    let outline = |color| Stroke { color, width: OUTLINE, dashed: false };
    // The outline runs within the bar, so outlined and solid bars of one value are equally long.
    let inset = pixels(OUTLINE / 2.0).min((high.0 - low.0) / 2).min((high.1 - low.1) / 2);
    let inner = ((low.0 + inset, low.1 + inset), (high.0 - inset, high.1 - inset));
    match fill {
        Fill::Solid(color) => backend.fill(&corners(low, high), color),
        Fill::Outline(color) => {
            backend.fill(&corners(inner.0, inner.1), PAPER);
            backend.outline(&corners(inner.0, inner.1), outline(color));
        }
        Fill::Hatch(color) => {
            backend.fill(&corners(inner.0, inner.1), PAPER);
            let lines = hatching(inner.0, inner.1);
            if !lines.is_empty() {
                backend.segments(&lines, Stroke { color, width: 0.6, dashed: false });
            }
            backend.outline(&corners(inner.0, inner.1), outline(color));
        }
    }
}

/// Diagonals from lower left to upper right, cut at the edges: plain lines survive every SVG reader and PDF profile,
/// which patterns and clips do not.
fn hatching(low: BackendCoord, high: BackendCoord) -> Vec<[BackendCoord; 2]> {
    let (width, height) = (high.0 - low.0, high.1 - low.1);
    let offsets = (1..).map(|step| step * HATCH).take_while(|offset| *offset < width + height);
    // Along a diagonal, the distances from the left and from the upper edge add up to `offset`.
    offsets
        .map(|offset| {
            let lower_left = (low.0 + (offset - height).max(0), low.1 + offset.min(height));
            let upper_right = (low.0 + offset.min(width), low.1 + (offset - width).max(0));
            [lower_left, upper_right]
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hatching_stays_within_its_bar() {
        for high in [(1000, 400), (400, 1000), (50, 50), (0, 900), (3000, 10)] {
            for [a, b] in hatching((0, 0), high) {
                for (x, y) in [a, b] {
                    assert!((0..=high.0).contains(&x) && (0..=high.1).contains(&y), "({x}, {y}) in {high:?}");
                }
            }
        }
    }
}
