//! Prose: bullets and sentences that state figures in words.

use std::collections::BTreeSet;

use super::Page;
use crate::model::Fact;

/// The facts of this form of text.
pub(super) fn read(_page: &Page<'_>, _taken: &BTreeSet<(usize, usize)>) -> Vec<Fact> {
    Vec::new()
}
