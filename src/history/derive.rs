//! Derivation: the rules are applied to what is known until nothing changes. What a document states stays as stated.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::{Calendar, Figure, FigureId};
use crate::vocabulary::Vocabulary;

use super::board::{Board, Proposals};
use super::{parts_of_total, prior_level, spans, statement_line};

/// Chains of derivation are short; this bounds them where rounding makes two of them take turns.
const ROUNDS: usize = 12;

/// The levels that the stated figures imply. Each round starts from the stated levels and the last round's best
/// proposals, so that no value survives the input it was derived from.
pub(super) fn derive(
    vocabulary: &Vocabulary,
    calendar: Calendar,
    stated: &BTreeMap<FigureId, Figure>,
    contested: &BTreeSet<FigureId>,
) -> Vec<Figure> {
    let mut board = Board::new(vocabulary, calendar, stated, contested);
    let mut best = Proposals::default();
    for _ in 0..ROUNDS {
        let mut found = Proposals::default();
        spans::propose(&board, &mut found);
        prior_level::propose(&board, &mut found);
        statement_line::propose(&board, &mut found);
        parts_of_total::propose(&board, &mut found);
        if found.are(&best) {
            break;
        }
        board.replace(&found);
        best = found;
    }
    best.into_figures().collect()
}
