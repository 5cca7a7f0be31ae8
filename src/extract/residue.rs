//! Chart residue: loose numbers whose meaning sums and growth rates prove.

use std::collections::BTreeSet;

use super::Page;
use crate::model::Fact;

/// The facts of this form of text.
pub(super) fn read(_page: &Page<'_>, _taken: &BTreeSet<(usize, usize)>) -> Vec<Fact> {
    Vec::new()
}
