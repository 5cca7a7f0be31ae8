//! What the words of a statement tell: which way something moved, whether it speaks of a margin, whether two say the same.

use std::collections::BTreeSet;

use crate::model::{Remark, RemarkKind};
use crate::vocabulary::Statements;
use crate::vocabulary::statements::any;

/// Which way a statement says that something went.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    /// Up.
    Up,
    /// Down.
    Down,
}

/// The first direction that a statement names: the reasons behind it may point elsewhere.
pub fn direction(words: &Statements, text: &str) -> Option<Direction> {
    let text = text.to_lowercase();
    let first = |words: &[String]| words.iter().filter_map(|word| text.find(word.as_str())).min();
    match (first(&words.up), first(&words.down)) {
        (None, None) => None,
        (Some(_), None) => Some(Direction::Up),
        (None, Some(_)) => Some(Direction::Down),
        (Some(up), Some(down)) => Some(if up < down { Direction::Up } else { Direction::Down }),
    }
}

/// Whether it compares with the quarter before and not with last year.
pub fn is_sequential(words: &Statements, text: &str) -> bool {
    any(&words.sequential, text) && !any(&words.yearly, text)
}

/// Whether it speaks of a margin, not of an amount.
pub fn is_of_margin(words: &Statements, text: &str) -> bool {
    any(&words.margin, &text.to_lowercase())
}

/// Whether two statements share most of their words, or half of them where both look ahead: documents say things twice.
pub fn says_the_same(a: &Remark, b: &Remark) -> bool {
    let ahead = [a, b].iter().all(|remark| remark.kind == RemarkKind::Outlook);
    let tenths = if ahead { 5 } else { 7 };
    let words = |text: &str| -> BTreeSet<String> {
        text.split(|c: char| !c.is_alphanumeric()).filter(|word| word.len() > 2).map(str::to_lowercase).collect()
    };
    let (a, b) = (words(&a.text), words(&b.text));
    let shared = a.intersection(&b).count();
    shared * 10 >= a.len().min(b.len()) * tenths
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::narrative::tests::history;
    use crate::vocabulary::Vocabulary;

    fn check(text: &str, expected: Option<Direction>) {
        let vocabulary = Vocabulary::of(history().company());
        assert_eq!(direction(vocabulary.statements(), text), expected, "{text}");
    }

    #[test]
    fn the_first_word_of_direction_counts() {
        check("Operating income decreased because costs increased", Some(Direction::Down));
        check("Strong revenue growth, slower in the second half", Some(Direction::Up));
        check("Slight Decrease of Operating Income due to seasonal factors", Some(Direction::Down));
        check("Supported by favorable demand", None);
    }
}
