//! Figures that two facts state differently, beyond what rounding allows.

use serde::Serialize;

use crate::model::{Fact, FigureId, Warning};

use super::gather::place;

/// One figure with two values: a restatement, a reclassification or an error.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Conflict {
    /// The figure.
    pub id: FigureId,
    /// The fact that the history goes by: of the latest document, unless it is approximate or mended.
    pub chosen: Fact,
    /// The facts that say otherwise, the latest first.
    pub others: Vec<Fact>,
}

impl Conflict {
    /// Whether a later document changed the figure; otherwise one document contradicts itself.
    pub fn is_restatement(&self) -> bool {
        self.others.iter().all(|other| other.source.document != self.chosen.source.document)
    }

    /// The warning, which names the sources of both values.
    pub(super) fn warning(&self) -> Warning {
        let value = |fact: &Fact| format!("`{} {}`", fact.value, fact.unit);
        let other = self.others.first().unwrap_or(&self.chosen);
        let reason = if self.is_restatement() { "the later document" } else { "the finer statement" };
        Warning {
            message: format!("{} is {} here and {} at {}", self.id, value(&self.chosen), value(other), place(other)),
            place: place(&self.chosen),
            hint: format!("{reason} is used and nothing is derived from it; a restatement needs no correction"),
        }
    }
}
