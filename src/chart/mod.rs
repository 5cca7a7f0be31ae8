//! Figures become SVG text.
//!
//! One file per kind of chart, each with its spec (plain data), `draw` and `alt`. A kind lays out bars, lines and words
//! in points on a [`scene::Scene`]; the scene is drawn through plotters into [`backend::SvgBackend`], which writes exact
//! decimals, numeric font weights, dashes and hatching. Words are measured with the very fonts of the page ([`Faces`]),
//! and the scene refuses a label that would collide with another or leave the frame.
//!
//! Notation (IBCS): actual solid, previous year lighter, target outlined, forecast hatched; good and bad are told by
//! color *and* sign; bars stand on zero; a missing period is a gap marked `n/a`; charts of one unit share a scale ([`shared`]).
//! A label knows the source entry of its figure, so that the page can link it. Titles and footnotes are the page's.
//! Which charts a brief shows, and how numbers are worded, is decided elsewhere: labels come in formatted.

mod backend;
pub mod columns;
pub mod composition;
pub mod contribution;
mod datum;
mod faces;
mod fit;
mod label;
pub mod lines;
mod mark;
pub mod multiples;
mod rows;
mod scale;
mod scene;
pub mod spark;
mod stack;
mod style;
pub mod targets;
#[cfg(test)]
mod tests;
mod timeline;
pub mod waterfall;
mod words;

use crate::language::Alt;

pub use columns::{Column, Columns};
pub use composition::{Composition, Part, Stack};
pub use contribution::{Contribution, Contributions};
pub use datum::{Change, Datum, Scenario, Verdict};
pub use faces::{FaceError, Faces, Weight};
pub use label::{Anchor, Frame, Label};
pub use lines::{Line, Lines};
pub use multiples::{Multiples, Panel};
pub use scale::shared;
pub use scene::Drawing;
pub use spark::{Spark, SparkForm};
pub use style::{Palette, Rgb, Style};
pub use targets::{Pace, Progress, Targets};
pub use timeline::Tick;
pub use waterfall::{Step, Waterfall};

/// A chart of any kind: what a brief carries until its page is typeset.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Chart {
    /// Columns over periods.
    Columns(Columns),
    /// Lines over periods.
    Lines(Lines),
    /// Progress against targets.
    Targets(Targets),
    /// A bridge between two totals.
    Waterfall(Waterfall),
    /// Variances side by side.
    Contributions(Contributions),
    /// What one or two totals are made of.
    Composition(Composition),
    /// Panels of several measures.
    Multiples(Multiples),
    /// A word-sized history.
    Spark(Spark),
}

impl Chart {
    /// Draws the chart at the style's width.
    pub fn draw(&self, style: &Style, faces: &Faces<'_>) -> Drawing {
        match self {
            Self::Columns(spec) => columns::draw(spec, style, faces),
            Self::Lines(spec) => lines::draw(spec, style, faces),
            Self::Targets(spec) => targets::draw(spec, style, faces),
            Self::Waterfall(spec) => waterfall::draw(spec, style, faces),
            Self::Contributions(spec) => contribution::draw(spec, style, faces),
            Self::Composition(spec) => composition::draw(spec, style, faces),
            Self::Multiples(spec) => multiples::draw(spec, style, faces),
            Self::Spark(spec) => spark::draw(spec, style),
        }
    }

    /// The chart in words: what it shows, its extremes, its last value.
    pub fn alt(&self, words: &Alt) -> String {
        match self {
            Self::Columns(spec) => columns::alt(spec, words),
            Self::Lines(spec) => lines::alt(spec, words),
            Self::Targets(spec) => targets::alt(spec, words),
            Self::Waterfall(spec) => waterfall::alt(spec, words),
            Self::Contributions(spec) => contribution::alt(spec, words),
            Self::Composition(spec) => composition::alt(spec, words),
            Self::Multiples(spec) => multiples::alt(spec, words),
            Self::Spark(spec) => spark::alt(spec, words),
        }
    }
}
