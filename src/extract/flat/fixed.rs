//! To come.

use super::super::Page;
use crate::model::Fact;

/// The facts of such tables.
pub fn read(_page: &Page<'_>) -> Vec<Fact> {
    Vec::new()
}
