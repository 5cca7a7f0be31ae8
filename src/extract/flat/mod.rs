//! Tables without tabs: header, units and rows that run on as text ([`vertical`], [`horizontal`]), columns kept apart by blanks
//! ([`fixed`]), amounts of money under columns that words name ([`worded`]), and the summary page of Japanese exchanges, whose columns are metrics ([`tanshin`], given column by column [`transposed`]). Tables with tabs and period
//! columns are others' business.

mod column;
mod counts;
mod declared;
mod embedded;
mod fixed;
mod fixed_header;
mod grid;
mod grouped;
mod horizontal;
mod pairs;
pub(super) mod place;
mod row;
mod stream;
mod summary;
mod tanshin;
#[cfg(test)]
mod tests;
mod transposed;
mod vertical;
mod worded;
mod woven;
mod yearless;

use std::collections::BTreeSet;

use super::Page;
use crate::model::Fact;

/// In the order in which they may claim a figure.
const READERS: [fn(&Page<'_>) -> Vec<Fact>; 7] =
    [tanshin::read, pairs::read, horizontal::read, transposed::read, vertical::read, fixed::read, worded::read];

/// The facts of this form of text.
pub(super) fn read(page: &Page<'_>, taken: &BTreeSet<(usize, usize)>) -> Vec<Fact> {
    let mut facts = Vec::new();
    let mut seen = taken.clone();
    for read in READERS {
        for fact in read(page) {
            if seen.insert((fact.source.line, fact.source.column)) {
                facts.push(fact);
            }
        }
    }
    facts
}
