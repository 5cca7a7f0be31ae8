//! The sheet that rules look at: every statement of every figure, and which of them stands nearest to another.

use std::cell::OnceCell;
use std::collections::BTreeMap;
use std::sync::Arc;

use crate::history::gather::{Stated, Statements};
use crate::model::{Calendar, FigureId, Source};
use crate::vocabulary::Vocabulary;

use super::totals::Totals;

/// The statements of one company's documents.
pub(super) struct Sheet<'a> {
    /// All of them, by figure.
    pub statements: &'a Statements,
    /// The company's calendar.
    pub calendar: Calendar,
    /// Its words.
    pub vocabulary: &'a Vocabulary,
    places: BTreeMap<&'a FigureId, Places<'a>>,
    totals: OnceCell<Totals<'a>>,
}

/// The statements of a figure that others may be held against, by where they stand: a damaged document may state one figure
/// thousands of times, and each looks for its neighbours.
#[derive(Default)]
struct Places<'a> {
    by_document: BTreeMap<&'a Arc<str>, Vec<&'a Stated>>,
    latest: Option<&'a Stated>,
}

impl<'a> Sheet<'a> {
    /// A sheet of statements.
    pub fn of(statements: &'a Statements, calendar: Calendar, vocabulary: &'a Vocabulary) -> Self {
        let places = statements.iter().map(|(id, of_figure)| (id, Places::of(of_figure))).collect();
        Self { statements, calendar, vocabulary, places, totals: OnceCell::new() }
    }

    /// The statements by what they say; only contradictions ask for them.
    pub fn totals(&self) -> &Totals<'a> {
        self.totals.get_or_init(|| Totals::of(self.statements))
    }

    /// The statement of a figure that stands nearest to a place of the same document: figures of one table stand together.
    pub fn near(&self, id: &FigureId, place: &Source) -> Option<&'a Stated> {
        nearest(self.places.get(id)?.by_document.get(&place.document)?, place)
    }

    /// As [`near`](Self::near), else the latest statement of another document.
    pub fn near_or_elsewhere(&self, id: &FigureId, place: &Source) -> Option<&'a Stated> {
        self.near(id, place).or_else(|| self.places.get(id)?.latest)
    }
}

impl<'a> Places<'a> {
    fn of(statements: &'a [Stated]) -> Self {
        let mut places = Self::default();
        for stated in statements.iter().filter(|stated| !stated.fact.approx) {
            places.by_document.entry(&stated.fact.source.document).or_default().push(stated);
            if places.latest.is_none_or(|known| stated.date >= known.date) {
                places.latest = Some(stated);
            }
        }
        places.by_document.values_mut().for_each(|here| here.sort_by_key(|stated| spot(stated)));
        places
    }
}

/// Of statements in the order of their places the one that stands nearest, by line and then by column; of two the first.
fn nearest<'a>(here: &[&'a Stated], place: &Source) -> Option<&'a Stated> {
    let from = |line: usize| here.partition_point(|stated| stated.fact.source.line < line);
    let (at, behind) = (from(place.line), from(place.line + 1));
    // The last line before the place, its own line, the first line behind it.
    let above = at.checked_sub(1).map(|last| from(here[last].fact.source.line)..at);
    let below = here.get(behind).map(|first| behind..from(first.fact.source.line + 1));
    let lines = [above, Some(at..behind), below].into_iter().flatten().map(|line| &here[line]);
    let beside = lines.flat_map(|line| {
        let next = line.partition_point(|stated| stated.fact.source.column < place.column);
        line[next.saturating_sub(1)..].iter().take(2).copied()
    });
    beside.min_by_key(|stated| {
        let source = &stated.fact.source;
        (source.line.abs_diff(place.line), source.column.abs_diff(place.column))
    })
}

fn spot(stated: &Stated) -> (usize, usize) {
    (stated.fact.source.line, stated.fact.source.column)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::history::cases;
    use crate::history::gather::gather;

    #[test]
    fn the_nearest_statement_is_that_of_all() {
        let rows: Vec<String> = (0..40).map(|at| format!("revenue 1Q17 {} JPY million", 41_000 + at)).collect();
        let mut reading = cases::reading("2017-08-08", &rows.join("\n"));
        for (at, fact) in reading.facts.iter_mut().enumerate() {
            (fact.source.line, fact.source.column) = (2 + at * 7 % 11 * 3, 1 + at * 5 % 13 * 4);
        }
        reading.facts.sort_by_key(|fact| (fact.source.line, fact.source.column));
        let (company, vocabulary) = (cases::company(), cases::vocabulary());
        let (statements, _) = gather(std::slice::from_ref(&reading), &company, &vocabulary);
        let sheet = Sheet::of(&statements, company.fiscal_year, &vocabulary);
        let (id, all) = statements.first_key_value().expect("a figure");
        for (line, column) in (0..40).flat_map(|line| (0..60).map(move |column| (line, column))) {
            let place = Source { line, column, ..all[0].fact.source.clone() };
            let distance = |stated: &&Stated| {
                let source = &stated.fact.source;
                (source.line.abs_diff(line), source.column.abs_diff(column))
            };
            let expected = all.iter().min_by_key(distance).map(spot);
            assert_eq!(sheet.near(id, &place).map(spot), expected, "{line}:{column}");
        }
    }
}
