//! Parts become PDF bytes: finished text, figures and charts are set in typst, in memory, with nothing from outside.
//!
//! ```text
//! Content ─▶ reference (numbers, both ways) ─▶ escape (clean text) ─▶ measure ─▶ World ─▶ typst ─▶ jump ─▶ tree, thin, typeface ─▶ pack ─▶ Pdf
//! ```
//!
//! What a sentence says is decided elsewhere: here all text arrives preformatted and goes to typst as data, never as
//! markup. The look lives in `templates/*.typ`.

mod attached;
mod block;
mod brand;
mod compact;
mod content;
mod density;
mod error;
mod escape;
mod fonts;
mod forget;
mod geometry;
mod jump;
mod limit;
mod mark;
mod measure;
mod pack;
mod picture;
mod place;
mod reference;
#[cfg(test)]
mod sample;
mod screen;
mod source;
mod template;
#[cfg(test)]
mod tests;
mod text_string;
mod thin;
mod tree;
mod typeface;
mod typeset;
mod world;

pub use attached::attached;
pub use block::{Align, Block, Cell, Chart, Column, HeaderGroup, Mark, Row, RowKind, Run, Table, Width};
pub use brand::Brand;
pub use content::{Attachment, Change, Content, Direction, Paper, Picture, Section, SourcesForm, Tile, Tone};
pub use density::NEARLY_EMPTY;
pub use error::{BriefError, Problem};
pub use fonts::{FontFile, Fonts, FontsError, LARGEST as LARGEST_FONT};
pub use geometry::{Geometry, Stretch};
pub use limit::{LONGEST, within};
pub use picture::picture_fault;
pub use screen::{Sheet, Spot, Words, forget, marks, sheets};
pub use source::{DocumentEntry, Proof, SourceEntry};
pub use template::{BUILT_IN, Template};
pub use typeset::{Pages, Pdf, faults, lay_out, proof, prove, sheet, typeset};
