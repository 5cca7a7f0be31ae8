//! Flattened tables: header, units and rows run on as text, without tabs.

use std::collections::BTreeSet;

use super::Page;
use crate::model::Fact;

/// The facts of this form of text.
pub(super) fn read(_page: &Page<'_>, _taken: &BTreeSet<(usize, usize)>) -> Vec<Fact> {
    Vec::new()
}
