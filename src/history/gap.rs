//! Why there is no figure.

use serde::Serialize;

use crate::model::FigureId;

/// Why a figure that was asked for does not exist.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, thiserror::Error)]
pub enum Gap {
    /// A figure it needs is neither stated nor derivable.
    #[error("{0} is not stated and cannot be derived")]
    Missing(FigureId),
    /// The base of a rate is zero, or zero within its rounding.
    #[error("the base {0} is zero")]
    ZeroBase(FigureId),
    /// A loss is the figure, its base or the whole: a percentage would mean nothing.
    #[error("a percentage means nothing where {0} or what it is compared with is a loss")]
    Loss(FigureId),
    /// The two figures are counted in different units.
    #[error("{0} is counted in another unit than its base")]
    OtherUnit(FigureId),
    /// Two per-share figures of different documents: a split may lie between them.
    #[error("{0} and its base stand in different documents, and may be counted in different shares")]
    OtherShares(FigureId),
    /// The period has no period before it of the same length.
    #[error("{0} has no period to compare with")]
    NoBase(FigureId),
    /// The metric was regrouped between the two periods, and no document states both on one footing.
    #[error("{0} was regrouped since its base: {1}")]
    Reclassified(FigureId, String),
}
