//! What two editions of the briefs say differently: which quarters, figures and sentences. An edition is what a build wrote, or what
//! the documents, the templates or a day would give.
//!
//! ```text
//! build's folder ─▶ PDFs ─▶ attached data ─┐
//! day, templates, seeds ─▶ compose ────────┴─▶ Edition ─▶ compare ─▶ Difference
//! ```

mod compare;
mod edition;
mod side;

pub use compare::{BriefDifference, Change, Difference, compare};
pub use edition::{Edition, Said, SaidFigure};
pub use side::{Side, SideError, edition};
