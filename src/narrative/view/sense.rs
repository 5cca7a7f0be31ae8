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

/// The reason that a statement gives behind its last figure, where it gives one: the figures are told before the quote already.
pub fn reason<'t>(words: &Statements, text: &'t str) -> Option<&'t str> {
    let place = |word: &str| word.as_ptr() as usize - text.as_ptr() as usize + word.len();
    let last = text.split(' ').rfind(|word| is_figure(word)).map(place)?;
    let rest = &text[last..];
    let lower = rest.to_ascii_lowercase();
    let opened = words.reasons.iter().filter_map(|reason| lower.find(&format!(" {reason} ")).map(|at| at + 1));
    let listed = lower.find(": ").map(|at| at + 2);
    let reason = rest[opened.chain(listed).min()?..].trim();
    (reason.chars().count() >= SHORTEST).then_some(reason)
}

/// A shorter reason says too little without its statement.
const SHORTEST: usize = 20;

/// Whether a word is a figure and no time: `34.4%`, but not `FY2018`, `1Q-3Q17` or `2021`.
fn is_figure(word: &str) -> bool {
    let word = word.trim_matches(|c: char| !c.is_alphanumeric());
    let year = word.len() == 4 && word.bytes().all(|byte| byte.is_ascii_digit());
    let period = word.starts_with("FY") || word.contains(['Q', 'H']);
    word.contains(|c: char| c.is_ascii_digit()) && !year && !period
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

    fn check_reason(text: &str, expected: Option<&str>) {
        let vocabulary = Vocabulary::of(history().company());
        assert_eq!(reason(vocabulary.statements(), text), expected, "{text}");
    }

    #[test]
    fn a_reason_stands_behind_the_last_figure() {
        check_reason(
            "Operating income increased 34.4% YoY with margin expansion of both",
            Some("with margin expansion of both"),
        );
        check_reason("Revenue was JPY24 million for 1Q-3Q17, due to mobile services", Some("due to mobile services"));
        check_reason(
            "We now estimate JPY220 billion: results by FY2018 and slower markets",
            Some("results by FY2018 and slower markets"),
        );
        check_reason("Revenue increased along with mobile services", None);
        check_reason("Revenue increased due to mobile services by 13.2%", None);
        check_reason("Revenue increased 13.2% due to mobile", None);
    }

    #[test]
    fn the_first_word_of_direction_counts() {
        check("Operating income decreased because costs increased", Some(Direction::Down));
        check("Strong revenue growth, slower in the second half", Some(Direction::Up));
        check("Slight Decrease of Operating Income due to seasonal factors", Some(Direction::Down));
        check("Supported by favorable demand", None);
    }
}
