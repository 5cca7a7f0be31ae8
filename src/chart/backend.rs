//! The plotters backend that writes SVG: coordinates are hundredths of a point, so that what plotters counts in whole
//! pixels becomes exact decimals; fonts carry numeric weights; lines may be dashed. It writes text and does nothing else.

use std::convert::Infallible;
use std::fmt::Write as _;

use plotters_backend::text_anchor::{HPos, VPos};
use plotters_backend::{
    BackendColor, BackendCoord, BackendStyle, BackendTextStyle, DrawingBackend, DrawingErrorKind, FontStyle,
};

use super::label::{Anchor, RAISED};
use super::words::Font;
use super::{Rgb, Weight};

/// Pixels of plotters in a point.
pub(super) const PER_POINT: f64 = 100.0;

type Drawn = Result<(), DrawingErrorKind<Infallible>>;

/// How a line is drawn.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Stroke {
    pub(super) color: Rgb,
    /// In points.
    pub(super) width: f64,
    pub(super) dashed: bool,
}

/// Writes SVG into the text it borrows.
pub(super) struct SvgBackend<'a> {
    svg: &'a mut String,
    size: (u32, u32),
    /// Family of the runs that the first family lacks, quoted for SVG.
    second: String,
}

/// Part of a line of text in one face.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Run {
    pub(super) text: String,
    /// How far behind the beginning of the line it begins, in points.
    pub(super) offset: f64,
    /// Whether it is set in the second family.
    pub(super) second: bool,
    /// Whether it stands raised and small.
    pub(super) raised: bool,
}

impl<'a> SvgBackend<'a> {
    /// Opens a drawing of a size in points; `families` are named on its root.
    pub(super) fn new(svg: &'a mut String, width: f64, height: f64, families: &[String]) -> Self {
        let size = (pixels(width).unsigned_abs(), pixels(height).unsigned_abs());
        let (width, height) = (points(pixels(width)), points(pixels(height)));
        let quoted: Vec<String> = families.iter().map(|family| format!("'{}'", escape(family))).collect();
        let fonts = quoted.join(", ");
        let _ = writeln!(
            svg,
            r#"<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" viewBox="0 0 {width} {height}" font-family="{fonts}">"#
        );
        Self { svg, size, second: quoted.last().cloned().unwrap_or_default() }
    }

    /// A filled shape.
    pub(super) fn fill(&mut self, path: &[BackendCoord], color: Rgb) {
        let data = path_data(path);
        let _ = writeln!(self.svg, r#"<path d="{data}Z" fill="{color}"/>"#);
    }

    /// A closed outline; the corners are mitred, so a bar keeps its edges.
    pub(super) fn outline(&mut self, path: &[BackendCoord], stroke: Stroke) {
        let attributes = stroke_attributes(stroke);
        let data = path_data(path);
        let _ = writeln!(self.svg, r#"<path d="{data}Z"{attributes}/>"#);
    }

    /// One open line.
    pub(super) fn line(&mut self, path: &[BackendCoord], stroke: Stroke) {
        let attributes = stroke_attributes(stroke);
        let data = path_data(path);
        let _ = writeln!(self.svg, r#"<path d="{data}"{attributes} stroke-linejoin="round"/>"#);
    }

    /// Many separate segments as one shape.
    pub(super) fn segments(&mut self, segments: &[[BackendCoord; 2]], stroke: Stroke) {
        let attributes = stroke_attributes(stroke);
        let data: String = segments.iter().map(|segment| path_data(segment)).collect();
        let _ = writeln!(self.svg, r#"<path d="{data}"{attributes}/>"#);
    }

    /// A dot.
    pub(super) fn dot(&mut self, at: BackendCoord, radius: f64, color: Rgb) {
        let (x, y, radius) = (points(at.0), points(at.1), points(pixels(radius)));
        let _ = writeln!(self.svg, r#"<circle cx="{x}" cy="{y}" r="{radius}" fill="{color}"/>"#);
    }

    /// One line of text in one face; `at` is on its baseline.
    pub(super) fn text(&mut self, text: &str, at: BackendCoord, anchor: Anchor, font: Font, color: Rgb) {
        let run = Run { text: text.to_owned(), offset: 0.0, second: false, raised: false };
        self.runs(&[run], at, anchor, font, color);
    }

    /// One line of text; `at` is on its baseline, and at its beginning if it has several runs.
    ///
    /// usvg sets a whole line in the fallback font if one glyph of it is missing, so each run names its family and begins
    /// at an `x` of its own. It leaves a variable font at its lightest where the weight is 400, so the axis is set outright.
    pub(super) fn runs(&mut self, runs: &[Run], at: BackendCoord, anchor: Anchor, font: Font, color: Rgb) {
        let (x, y, size) = (points(at.0), points(at.1), points(pixels(font.size)));
        let anchor = match anchor {
            Anchor::Start => "",
            Anchor::Middle => r#" text-anchor="middle""#,
            Anchor::End => r#" text-anchor="end""#,
        };
        let weight = font.weight.number();
        let family = |run: &Run| if run.second { format!(r#" font-family="{}""#, self.second) } else { String::new() };
        let raised = |run: &Run| {
            let up = points(at.1 - pixels(RAISED.1 * font.size));
            let size = points(pixels(RAISED.0 * font.size));
            if run.raised { format!(r#" y="{up}" font-size="{size}""#) } else { String::new() }
        };
        let (own_family, content) = match runs {
            [run] => (family(run), escape(&run.text)),
            _ => {
                let span = |run: &Run| {
                    let x = points(at.0 + pixels(run.offset));
                    format!(r#"<tspan x="{x}"{}{}>{}</tspan>"#, raised(run), family(run), escape(&run.text))
                };
                (String::new(), runs.iter().map(span).collect())
            }
        };
        let _ = writeln!(
            self.svg,
            r#"<text x="{x}" y="{y}"{own_family} font-size="{size}" font-weight="{weight}" font-variation-settings="'wght' {weight}" fill="{color}"{anchor}>{content}</text>"#,
        );
    }
}

/// plotters' own elements can draw here too; their colors are taken as opaque.
impl DrawingBackend for SvgBackend<'_> {
    type ErrorType = Infallible;

    fn get_size(&self) -> (u32, u32) {
        self.size
    }

    fn ensure_prepared(&mut self) -> Drawn {
        Ok(())
    }

    fn present(&mut self) -> Drawn {
        self.svg.push_str("</svg>\n");
        Ok(())
    }

    fn draw_pixel(&mut self, at: BackendCoord, color: BackendColor) -> Drawn {
        self.fill(&corners(at, (at.0 + 1, at.1 + 1)), opaque(color));
        Ok(())
    }

    fn draw_line<S: BackendStyle>(&mut self, from: BackendCoord, to: BackendCoord, style: &S) -> Drawn {
        self.line(&[from, to], stroke(style));
        Ok(())
    }

    fn draw_rect<S: BackendStyle>(&mut self, a: BackendCoord, b: BackendCoord, style: &S, fill: bool) -> Drawn {
        if fill {
            self.fill(&corners(a, b), opaque(style.color()));
        } else {
            self.outline(&corners(a, b), stroke(style));
        }
        Ok(())
    }

    fn draw_path<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(&mut self, path: I, style: &S) -> Drawn {
        self.line(&path.into_iter().collect::<Vec<_>>(), stroke(style));
        Ok(())
    }

    fn draw_circle<S: BackendStyle>(&mut self, center: BackendCoord, radius: u32, style: &S, _fill: bool) -> Drawn {
        self.dot(center, f64::from(radius) / PER_POINT, opaque(style.color()));
        Ok(())
    }

    fn fill_polygon<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(&mut self, path: I, style: &S) -> Drawn {
        self.fill(&path.into_iter().collect::<Vec<_>>(), opaque(style.color()));
        Ok(())
    }

    fn draw_text<S: BackendTextStyle>(&mut self, text: &str, style: &S, at: BackendCoord) -> Drawn {
        let weight = if matches!(style.style(), FontStyle::Bold) { Weight::Semibold } else { Weight::Regular };
        let font = Font { size: style.size() / PER_POINT, weight };
        let anchor = match style.anchor().h_pos {
            HPos::Left => Anchor::Start,
            HPos::Center => Anchor::Middle,
            HPos::Right => Anchor::End,
        };
        let drop = match style.anchor().v_pos {
            VPos::Top => 0.76,
            VPos::Center => 0.33,
            VPos::Bottom => -0.22,
        };
        self.text(text, (at.0, at.1 + pixels(font.size * drop)), anchor, font, opaque(style.color()));
        Ok(())
    }
}

fn stroke<S: BackendStyle>(style: &S) -> Stroke {
    Stroke { color: opaque(style.color()), width: f64::from(style.stroke_width()) / PER_POINT, dashed: false }
}

fn opaque(color: BackendColor) -> Rgb {
    Rgb(color.rgb.0, color.rgb.1, color.rgb.2)
}

/// The four corners of a rectangle.
pub(super) fn corners(a: BackendCoord, b: BackendCoord) -> [BackendCoord; 4] {
    [a, (b.0, a.1), b, (a.0, b.1)]
}

/// Points as hundredths.
pub(super) fn pixels(points: f64) -> i32 {
    (points * PER_POINT).round() as i32
}

/// Hundredths as the shortest exact decimal.
fn points(pixels: i32) -> String {
    let sign = if pixels < 0 { "-" } else { "" };
    let (whole, rest) = (pixels.unsigned_abs() / 100, pixels.unsigned_abs() % 100);
    match (rest, rest % 10) {
        (0, _) => format!("{sign}{whole}"),
        (_, 0) => format!("{sign}{whole}.{}", rest / 10),
        _ => format!("{sign}{whole}.{rest:02}"),
    }
}

fn path_data(path: &[BackendCoord]) -> String {
    let mut data = String::new();
    for (index, (x, y)) in path.iter().enumerate() {
        let letter = if index == 0 { 'M' } else { 'L' };
        let _ = write!(data, "{letter}{} {}", points(*x), points(*y));
    }
    data
}

fn stroke_attributes(stroke: Stroke) -> String {
    let (color, width) = (stroke.color, points(pixels(stroke.width)));
    let dashes = if stroke.dashed { r#" stroke-dasharray="1.5 1.5""# } else { "" };
    format!(r#" fill="none" stroke="{color}" stroke-width="{width}"{dashes}"#)
}

/// Text as XML character data or as an attribute in either kind of quotes. Characters that XML forbids are left out.
fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            c if c.is_control() || matches!(c, '\u{fffe}' | '\u{ffff}') => {}
            c => escaped.push(c),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use plotters::prelude::{
        BLACK, Circle, Color, IntoDrawingArea, PathElement, RGBColor, Rectangle, ShapeStyle, Text,
    };

    use super::*;

    #[test]
    fn hundredths_are_printed_as_the_shortest_decimal() {
        let cases = [(0, "0"), (100, "1"), (150, "1.5"), (-5, "-0.05"), (-1205, "-12.05"), (48000, "480"), (7, "0.07")];
        for (pixels, expected) in cases {
            assert_eq!(points(pixels), expected);
        }
    }

    #[test]
    fn hostile_text_stays_text() {
        assert_eq!(
            escape("</text><script>\"a\" & 'b'\u{0}\u{8}"),
            "&lt;/text&gt;&lt;script&gt;&quot;a&quot; &amp; &#39;b&#39;"
        );
    }

    #[test]
    fn the_elements_of_plotters_draw_here_too() {
        let thick = |width| ShapeStyle { color: BLACK.to_rgba(), filled: false, stroke_width: width };
        let mut svg = String::new();
        {
            let area = SvgBackend::new(&mut svg, 20.0, 10.0, &["A'".to_owned()]).into_drawing_area();
            area.draw(&Rectangle::new([(0, 0), (150, 250)], RGBColor(1, 2, 3).filled())).expect("drawn");
            area.draw(&Rectangle::new([(0, 0), (150, 250)], thick(50))).expect("drawn");
            area.draw(&PathElement::new([(0, 0), (5, 5)], thick(75))).expect("drawn");
            area.draw(&Circle::new((100, 100), 125, BLACK.filled())).expect("drawn");
            area.draw(&Text::new("a<b", (100, 100), ("Source Sans 3", 800))).expect("drawn");
            area.present().expect("drawn");
        }
        insta::assert_snapshot!(svg);
    }
}
