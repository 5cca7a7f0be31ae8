//! Numbers that look like business figures and did not become facts, each with the reason that stands nearest. Dates, list and
//! page numbers, footnote marks, telephone numbers and product names are no business figures and are left out.

use std::collections::BTreeSet;

use rust_decimal::Decimal;

use super::number::{Number, Sign};
use super::outline::is_heading;
use super::scan::Token;
use super::{Page, repair};
use crate::model::{Fact, Unread};

/// Words behind or before a number that make it a threshold: contracts *over* 1Gbps, 50 % *or more*.
const THRESHOLDS: [&str; 6] = ["more", "less", "than", "over", "under", "within"];
/// Words that count time.
const TIMES: [&str; 14] = [
    "year",
    "years",
    "month",
    "months",
    "day",
    "days",
    "week",
    "weeks",
    "hour",
    "hours",
    "years-old",
    "th",
    "times",
    "minutes",
];
/// Words before a number that names something: `Note 3`, `Topic 606`, `page 9`.
const NAMES: [&str; 16] = [
    "note", "page", "topic", "form", "article", "section", "no", "phase", "version", "asu", "subtopic", "level",
    "type", "tier", "item", "p",
];

/// The numbers left over. `unproven` are readings of damaged numbers that nothing proved.
pub(super) fn find(page: &Page<'_>, facts: &[Fact], unproven: &[Fact]) -> Vec<Unread> {
    let read: BTreeSet<(usize, usize)> = facts.iter().map(|fact| (fact.source.line, fact.source.column)).collect();
    let damaged: BTreeSet<(usize, usize)> = unproven.iter().map(|f| (f.source.line, f.source.column)).collect();
    let mut found = Vec::new();
    for (line, tokens) in page.text.tokens.iter().enumerate() {
        let heading = heading_number(page, line);
        for (at, token) in tokens.iter().enumerate() {
            let Some(number) = token.number() else { continue };
            let place = (line + 1, number.from + 1);
            // Of a share in parentheses the fact prints what is inside.
            let inside = number.sign == Sign::Paren && read.contains(&(place.0, place.1 + 1));
            if read.contains(&place) || inside || Some(at) == heading || !is_business(tokens, at, number) {
                continue;
            }
            let reason = if damaged.contains(&place) { repair::UNPROVEN } else { reason(page, tokens, at, number) };
            found.push(Unread {
                line: place.0,
                column: place.1,
                printed: page.text.slice(line, number.from, number.to),
                reason: reason.to_owned(),
            });
        }
    }
    found
}

/// The place of the number of a numbered heading: `II - 5. Systems Integration`.
fn heading_number(page: &Page<'_>, line: usize) -> Option<usize> {
    const NUMERALS: usize = 3;
    if !is_heading(&page.text.lines[line]) {
        return None;
    }
    page.text.tokens[line].iter().take(NUMERALS).position(|token| token.number().is_some())
}

/// Whether a number may be a figure of the business at all.
fn is_business(tokens: &[Token], at: usize, number: &Number) -> bool {
    if number.is_money() || number.percent {
        return true;
    }
    let whole = number.magnitude.scale() == 0;
    let size = number.magnitude;
    let digits = number.to - number.from;
    let year = whole && digits == 4 && (Decimal::from(1985)..=Decimal::from(2060)).contains(&size);
    let (before, after) = (at.checked_sub(1).and_then(|i| tokens.get(i)), tokens.get(at + 1));
    let alone = tokens.len() == 1 && digits <= 3;
    let opens =
        before.is_none() && after.is_some_and(|t| t.is_mark('.') || t.is_mark(')') || t.is_mark(':')) && digits <= 2;
    let mark = before.is_some_and(|t| t.is_mark('*') || t.is_mark('^') || t.is_mark('#') || t.is_mark('-'));
    let list = whole && digits <= 3 && number.sign == Sign::Paren && !after.is_some_and(|t| t.is_tab());
    let glued = |token: Option<&Token>, near: bool| token.is_some_and(|t| t.word().is_some() && near);
    let in_name = glued(before, before.is_some_and(|t| t.to == number.from))
        || glued(after, after.is_some_and(|t| t.from == number.to));
    let named = before.and_then(Token::word).is_some_and(|word| NAMES.contains(&word.to_lowercase().as_str()));
    let time = after.and_then(Token::word).is_some_and(|word| TIMES.contains(&word.to_lowercase().as_str()));
    let section = !whole && digits <= 4 && before.is_none() && after.is_some_and(|t| t.word().is_some());
    !(year || alone || opens || mark || list || in_name || named || time || section)
}

/// Why the readers left it; the first reason that applies.
fn reason(page: &Page<'_>, tokens: &[Token], at: usize, number: &Number) -> &'static str {
    let line = tokens[at].line;
    let near = |from: usize, to: usize| tokens.get(from..to.min(tokens.len())).unwrap_or_default();
    let word_of = |list: &[&str], tokens: &[Token]| {
        tokens.iter().filter_map(Token::word).any(|word| list.contains(&word.to_lowercase().as_str()))
    };
    let labelled = tokens.iter().any(|token| token.word().is_some_and(|word| word.chars().any(char::is_alphabetic)));
    let timed = tokens.iter().any(|token| token.time().is_some()) || page.outline.scopes[line].period.is_some();
    let united =
        number.is_money() || number.percent || number.scale.is_some() || page.outline.scopes[line].unit.is_some();
    if word_of(&THRESHOLDS, near(at.saturating_sub(2), at + 4)) {
        "a threshold or an inexact bound"
    } else if !labelled {
        "a row or cell without label"
    } else if !timed {
        "no period is known here"
    } else if !united {
        "no unit is known here"
    } else if number.sign == Sign::Paren {
        "in parentheses: negative, a share or part of the amount before it"
    } else {
        "which label it belongs to is not certain"
    }
}
