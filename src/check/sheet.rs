//! The sheet that rules look at: every statement of every figure, and which of them stands nearest to another.

use crate::history::gather::{Stated, Statements};
use crate::model::{Calendar, FigureId, Source};
use crate::vocabulary::Vocabulary;

/// The statements of one company's documents.
pub(super) struct Sheet<'a> {
    /// All of them, by figure.
    pub statements: &'a Statements,
    /// The company's calendar.
    pub calendar: Calendar,
    /// Its words.
    pub vocabulary: &'a Vocabulary,
}

impl<'a> Sheet<'a> {
    /// The statements of a figure.
    pub fn of(&self, id: &FigureId) -> &'a [Stated] {
        self.statements.get(id).map_or(&[], Vec::as_slice)
    }

    /// The statement of a figure that stands nearest to a place of the same document: figures of one table stand together.
    pub fn near(&self, id: &FigureId, place: &Source) -> Option<&'a Stated> {
        let here = self.of(id).iter().filter(|stated| stated.fact.source.document == place.document && firm(stated));
        here.min_by_key(|stated| distance(&stated.fact.source, place))
    }

    /// As [`near`](Self::near), else the latest statement of another document.
    pub fn near_or_elsewhere(&self, id: &FigureId, place: &Source) -> Option<&'a Stated> {
        let elsewhere = || self.of(id).iter().filter(|stated| firm(stated)).max_by_key(|stated| stated.date);
        self.near(id, place).or_else(elsewhere)
    }
}

fn firm(stated: &Stated) -> bool {
    !stated.fact.approx
}

fn distance(a: &Source, b: &Source) -> (usize, usize) {
    (a.line.abs_diff(b.line), a.column.abs_diff(b.column))
}
