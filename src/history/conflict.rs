//! Figures that two facts state differently, beyond what rounding allows.

use serde::Serialize;

use crate::model::{Fact, FigureId};

/// One figure with two values: a restatement, a reclassification or an error.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Conflict {
    /// The figure.
    pub id: FigureId,
    /// The fact that the history goes by: of the latest document.
    pub chosen: Fact,
    /// The facts that say otherwise, the latest first.
    pub others: Vec<Fact>,
}
