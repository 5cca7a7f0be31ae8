//! One drawing while it is laid out: marks, and labels that never collide nor leave the frame.

use plotters::coord::cartesian::Cartesian2d;
use plotters::coord::types::RangedCoordf64;
use plotters::drawing::IntoDrawingArea;

use super::backend::{Stroke, SvgBackend};
use super::label::{Anchor, Frame, Label};
use super::mark::{At, Fill, Mark, Shape};
use super::scale::Scale;
use super::words::Words;
use super::{Faces, Rgb, Style};

/// A finished chart.
#[derive(Clone, Debug, PartialEq)]
pub struct Drawing {
    /// The SVG document.
    pub svg: String,
    /// Its width in points.
    pub width_pt: f64,
    /// Its height in points.
    pub height_pt: f64,
    /// Every label that it shows, so that checks of words need not read the SVG.
    pub labels: Vec<Label>,
    /// The points that one unit of its bars takes; none where its bars have no common unit.
    pub per_unit: Option<f64>,
}

impl Drawing {
    /// The drawing, with the scale of its bars.
    pub(super) fn at(self, scale: &Scale) -> Self {
        Self { per_unit: Some(scale.per_unit()), ..self }
    }
}

/// Marks and labels of one drawing.
pub(super) struct Scene<'a> {
    style: &'a Style,
    faces: Option<&'a Faces<'a>>,
    height: f64,
    marks: Vec<Mark>,
    labels: Vec<Label>,
    blocks: Vec<Frame>,
}

/// The white between two labels of one line, in points.
const APART: f64 = 1.5;

impl<'a> Scene<'a> {
    /// An empty drawing at the style's width.
    pub(super) fn new(style: &'a Style, faces: &'a Faces<'a>, height: f64) -> Self {
        Self { faces: Some(faces), ..Self::wordless(style, height) }
    }

    /// An empty drawing that will hold no words.
    pub(super) fn wordless(style: &'a Style, height: f64) -> Self {
        Self { style, faces: None, height, marks: Vec::new(), labels: Vec::new(), blocks: Vec::new() }
    }

    /// A bar between two corners, which labels keep clear of.
    pub(super) fn bar(&mut self, a: At, b: At, fill: Fill) {
        self.blocks.push(Frame::between(a, b));
        self.marks.push(Mark { points: vec![a, b], shape: Shape::Bar(fill) });
    }

    /// A thin straight line, over which labels may stand.
    pub(super) fn rule(&mut self, from: At, to: At, width: f64, color: Rgb) {
        let stroke = Stroke { color, width, dashed: false };
        self.marks.push(Mark { points: vec![from, to], shape: Shape::Line(stroke) });
    }

    /// The line that values are read against; labels keep clear of it.
    pub(super) fn axis(&mut self, from: At, to: At, color: Rgb) {
        self.blocks.push(Frame::between((from.0 - 0.3, from.1 - 0.3), (to.0 + 0.3, to.1 + 0.3)));
        self.rule(from, to, 0.7, color);
    }

    /// A thin dashed line.
    pub(super) fn dashes(&mut self, from: At, to: At, width: f64, color: Rgb) {
        self.marks.push(Mark { points: vec![from, to], shape: Shape::Line(Stroke { color, width, dashed: true }) });
    }

    /// A line of data, which labels keep clear of.
    pub(super) fn line(&mut self, points: Vec<At>, width: f64, color: Rgb) {
        for pair in points.windows(2) {
            self.block_line(pair[0], pair[1]);
        }
        self.marks.push(Mark { points, shape: Shape::Line(Stroke { color, width, dashed: false }) });
    }

    /// A dot of data, which labels keep clear of.
    pub(super) fn dot(&mut self, at: At, radius: f64, color: Rgb) {
        self.blocks.push(Frame::between((at.0 - radius, at.1 - radius), (at.0 + radius, at.1 + radius)));
        self.marks.push(Mark { points: vec![at], shape: Shape::Dot(radius, color) });
    }

    /// The small cross that marks a gap too narrow for words.
    pub(super) fn cross(&mut self, (x, y): At) {
        let (arm, color) = (1.4, self.style.palette.muted);
        self.rule((x - arm, y - arm), (x + arm, y + arm), 0.6, color);
        self.rule((x - arm, y + arm), (x + arm, y - arm), 0.6, color);
    }

    /// Puts one line of text at the first of the places that is free; whether there was one.
    pub(super) fn place(&mut self, words: &Words, places: &[(f64, f64, Anchor)]) -> bool {
        places.iter().any(|(x, y, anchor)| self.put(words, (*x, *y), *anchor, true))
    }

    /// Puts one line of text where it may stand on marks, but not on other labels; whether it could.
    pub(super) fn write(&mut self, words: &Words, at: At, anchor: Anchor) -> bool {
        self.put(words, at, anchor, false)
    }

    fn put(&mut self, words: &Words, at: At, anchor: Anchor, clear_of_marks: bool) -> bool {
        let Some(faces) = self.faces else { return false };
        let words = Words { text: faces.clean(&words.text), ..words.clone() };
        if words.text.is_empty() {
            return false;
        }
        let label = Label::new(words, at, anchor, faces);
        let page = Frame { left: 0.0, top: 0.0, right: self.style.width, bottom: self.height };
        let wide = label.frame.widened(APART);
        let collides = self.labels.iter().any(|other| other.frame.meets(&wide));
        let covers = clear_of_marks && self.blocks.iter().any(|block| block.meets(&label.frame));
        if !page.holds(&label.frame) || collides || covers {
            return false;
        }
        self.labels.push(label);
        true
    }

    /// Puts lines of text below one another, centered on `y`, each at `x`; lines that find no room are left out.
    pub(super) fn paragraph(&mut self, lines: &[Words], x: f64, y: f64, anchor: Anchor) {
        let height: f64 = lines.iter().map(|line| line.font.pitch()).sum();
        let mut top = y - height / 2.0;
        for line in lines {
            self.write(line, (x, top + line.font.pitch() / 2.0 + line.font.drop()), anchor);
            top += line.font.pitch();
        }
    }

    fn block_line(&mut self, from: At, to: At) {
        const STEP: f64 = 2.0;
        let steps = ((to.0 - from.0).hypot(to.1 - from.1) / STEP).ceil().clamp(1.0, 2000.0) as u32;
        for step in 0..=steps {
            let part = f64::from(step) / f64::from(steps);
            let (x, y) = (from.0 + (to.0 - from.0) * part, from.1 + (to.1 - from.1) * part);
            self.blocks.push(Frame::between((x - 0.8, y - 0.8), (x + 0.8, y + 0.8)));
        }
    }

    /// Draws everything, words last, through plotters.
    pub(super) fn finish(self) -> Drawing {
        const NEVER: &str = "the backend writes to memory, and no mark draws while another does";
        let mut svg = String::new();
        {
            let (width, height) = (self.style.width, self.height);
            let root = SvgBackend::new(&mut svg, width, height, &self.style.families).into_drawing_area();
            let points =
                Cartesian2d::<RangedCoordf64, RangedCoordf64>::new(0.0..width, 0.0..height, root.get_pixel_range());
            let area = root.apply_coord_spec(points);
            for mark in &self.marks {
                area.draw(mark).expect(NEVER);
            }
            for label in &self.labels {
                area.draw(label).expect(NEVER);
            }
            area.present().expect(NEVER);
        }
        Drawing { svg, width_pt: self.style.width, height_pt: self.height, labels: self.labels, per_unit: None }
    }
}

/// Middles of blocks of the given heights, as near to the wanted middles as fits between `low` and `high` without
/// overlap. The order of the wanted middles is kept; what does not fit at all runs over the end.
pub(super) fn spread(wanted: &[(f64, f64)], low: f64, high: f64) -> Vec<f64> {
    let mut order: Vec<usize> = (0..wanted.len()).collect();
    order.sort_by(|a, b| wanted[*a].0.total_cmp(&wanted[*b].0).then(a.cmp(b)));
    let mut middles = vec![0.0; wanted.len()];
    let mut edge = low;
    for index in &order {
        let (middle, height) = wanted[*index];
        middles[*index] = middle.max(edge + height / 2.0);
        edge = middles[*index] + height / 2.0;
    }
    let mut edge = high;
    for index in order.iter().rev() {
        let height = wanted[*index].1;
        middles[*index] = middles[*index].min(edge - height / 2.0);
        edge = middles[*index] - height / 2.0;
    }
    middles
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blocks_are_spread_without_overlap_and_in_order() {
        assert_eq!(spread(&[(5.0, 10.0), (5.0, 10.0), (50.0, 10.0)], 0.0, 100.0), [5.0, 15.0, 50.0]);
        assert_eq!(spread(&[(99.0, 10.0), (98.0, 10.0)], 0.0, 100.0), [95.0, 85.0]);
        assert_eq!(spread(&[], 0.0, 100.0), Vec::<f64>::new());
    }
}
