//! Prose: bullets, headings with figures, and sentences become facts. A grammar of clauses, not of documents: a block of lines
//! ([`block`]) becomes elements with roles ([`element`]); each figure is read between the words before ([`before`]) and behind it
//! ([`after`]); headings and parent bullets lend what it lacks ([`subject`]); [`decide`] says what it states, or nothing.

mod after;
mod before;
mod beside;
mod block;
mod bracket;
mod cells;
mod clause;
mod decide;
mod element;
mod frame;
pub(super) mod japanese;
mod naming;
mod respective;
mod revision;
mod slide;
mod subject;
#[cfg(test)]
mod tests;
mod timing;
mod unit;

use std::collections::BTreeSet;

use self::block::{Block, CHILD, SECOND, blocks};
pub(super) use self::block::{PLAIN, rank_of};
use self::clause::Outcome;
use self::element::{Element, Role, elements};
use self::frame::frame_of;
use self::subject::{Frame, Naming, Place};
use super::outline::names_nothing;
use super::scan::{Kind, Token};
use super::{Page, units};
use crate::model::{Basis, Fact};

/// The lines of each bullet or paragraph, from 0.
pub(super) fn passages(page: &Page<'_>) -> Vec<Vec<usize>> {
    blocks(page).into_iter().map(|block| block.lines).collect()
}

/// The facts of this form of text.
pub(super) fn read(page: &Page<'_>, taken: &BTreeSet<(usize, usize)>) -> Vec<Fact> {
    let mut facts = Vec::new();
    let mut frames: Vec<Frame> = Vec::new();
    let mut section = usize::MAX;
    let mut dated: Option<Frame> = None;
    let mut deepest = 0;
    let brackets = bracket::is_custom(page);
    let blocks = blocks(page);
    let slides = slide::pair(page, &blocks);
    let is_taken = |element: &Element| match &element.role {
        Role::Figure(number) => taken.contains(&(element.line + 1, number.from + 1)),
        _ => false,
    };
    for block in blocks {
        let line = block.lines[0];
        let scope = &page.outline.scopes[line];
        if scope.section != section {
            section = scope.section;
            frames.clear();
        }
        let read = elements(page, &block.lines, block.whole);
        let block = Block { rank: rank(page, &block, &read), ..block };
        let silent = || block.lines.iter().all(|line| names_nothing(page.text, *line, page.company));
        let heads_column = block.names_only && is_column_head(page, line);
        if block.names_only && !is_one_time(&read) && silent() || heads_column || is_of_lost_label(page, line) {
            continue;
        }
        let unclear = frames.last().is_some_and(|frame| frame.naming == Naming::Unclear);
        if block.rank < CHILD && deepest >= CHILD {
            frames.retain(|frame| frame.rank + 1 != SECOND || frame.states);
        }
        deepest = block.rank;
        let piled = close(&mut frames, &block);
        let mut above = if clause::is_short(&read) { frames.clone() } else { times_only(&frames) };
        if is_date_only(page, &read) {
            above.extend(dated.clone());
        }
        above.extend(block.basis.map(|basis| Frame::of_column(basis, block.period)));
        above.extend(slides.get(&line).cloned());
        let place = Place { page, line, frames: &above, brackets };
        let frame = frame_of(&place, block.rank, &read);
        let frame = if is_documents_title(page, line) { Frame { naming: Naming::General, ..frame } } else { frame };
        let outcome = clause::read(&place, &read, &is_taken);
        dated = outcome.dated.clone().map(|subject| Frame { naming: Naming::Metric(subject), ..frame.clone() });
        let next = lend(&place, &block, &read, frame, &outcome, piled, unclear);
        frames.extend(next);
        facts.extend(outcome.facts);
    }
    // What stands beside a table of targets or results looks ahead, where it does not say otherwise.
    let frames = [Frame::of_column(Basis::Outlook, None)];
    for (line, sentence) in beside::sentences(page) {
        let place = Place { page, line, frames: &frames, brackets };
        facts.extend(clause::read(&place, &sentence, &is_taken).facts);
    }
    facts
}

/// `:JPY10 million`: the label stands somewhere else on the slide.
fn is_of_lost_label(page: &Page<'_>, line: usize) -> bool {
    page.text.tokens[line].first().is_some_and(|token| token.is_mark(':') || token.is_mark('：'))
}

/// `H1 2019 £m`, or `H1 2020` over `£m`: the head of a column, which titles nothing below the table.
fn is_column_head(page: &Page<'_>, line: usize) -> bool {
    let parts = |line: usize| {
        let tokens = &page.text.tokens[line];
        let times = tokens.iter().filter(|token| token.time().is_some()).count();
        let mut others = tokens.iter().filter(|token| token.time().is_none());
        let unit = others.all(|token| is_unit(page, line, token));
        (times, unit && times < tokens.len())
    };
    let (times, unit) = parts(line);
    let below = || (line + 1..page.text.lines.len()).find(|below| !page.text.tokens[*below].is_empty()).map(parts);
    times == 1 && (unit || page.text.tokens[line].len() == 1 && matches!(below(), Some((_, true))))
}

/// `£m`, `JPY`, `millions`: a word or sign of a unit.
fn is_unit(page: &Page<'_>, line: usize, token: &Token) -> bool {
    let printed = page.text.slice(line, token.from, token.to);
    let scale = |word: &str| matches!(word, "m" | "mn" | "bn" | "of") || units::scale(word).is_some();
    matches!(token.kind, Kind::Mark('£' | '€' | '$' | '¥' | '%' | '(' | ')'))
        || token.word().is_some_and(|word| scale(&word.to_lowercase()) || units::currency(&printed).is_some())
}

/// Whether a line is the document's own title, which names no part of the company.
fn is_documents_title(page: &Page<'_>, line: usize) -> bool {
    let text = page.text.line(line);
    !text.trim().is_empty() && page.outline.title.starts_with(text.trim())
}

/// A line of figures alone belongs to whatever stands above it.
const DEEPEST: u8 = 95;

/// `March 31, 2011: 41.5%`: a date and its figure, which goes on with the line above.
fn is_date_only(page: &Page<'_>, elements: &[Element]) -> bool {
    let words = page.vocabulary.words();
    let head = elements.iter().take_while(|e| !matches!(e.role, Role::Figure(_)));
    let mut head = head.filter(|e| !e.is_in(&words.at_time)).map(|e| &e.role).filter(|role| **role != Role::Comma);
    matches!(head.next(), Some(Role::Time(_))) && head.next() == Some(&Role::Colon) && head.next().is_none()
}

/// Running text names its subjects itself; the headings above lend only their time.
fn times_only(frames: &[Frame]) -> Vec<Frame> {
    frames.iter().cloned().map(|frame| Frame { naming: Naming::General, base: None, ..frame }).collect()
}

/// The rank of a block: running text with figures stands below the plain headings above it.
fn rank(page: &Page<'_>, block: &Block, elements: &[Element]) -> u8 {
    match block.rank {
        _ if is_figure_only(page, block, elements) => DEEPEST,
        rank if !block.bullet && !block.names_only => rank + 1,
        rank if block.bullet && block.names_only && page.text.line(block.lines[0]).trim_end().ends_with(':') => {
            rank - 1
        }
        rank => rank,
    }
}

/// Whether a line without a bullet's mark starts with its figure: only words of direction, caution and time stand before it.
fn is_figure_only(page: &Page<'_>, block: &Block, elements: &[Element]) -> bool {
    let words = page.vocabulary.words();
    let first = elements.iter().position(|e| matches!(e.role, Role::Figure(_)));
    let free = |e: &Element| e.role != Role::Word || e.is_in(&words.at_time);
    !block.bullet && first.is_some_and(|at| elements[..at].iter().all(free))
}

/// A time alone on its line titles what follows: `July-September 2021`.
fn is_one_time(elements: &[Element]) -> bool {
    matches!(elements, [one] if one.time().is_some_and(|period| period.fiscal_year().is_some()))
}

/// Longer lines are sentences, not headings.
const LONGEST_HEADING: usize = 90;

/// Whether a block without figures can title what follows: a short line that is no sentence and no footnote.
fn is_title(page: &Page<'_>, block: &Block, elements: &[Element]) -> bool {
    let words = page.vocabulary.words();
    let word = |e: &Element| e.role == Role::Word && !e.is_in(&words.at_time);
    let named = elements.iter().any(word) || is_one_time(elements);
    let colon = elements.iter().position(|e| e.role == Role::Colon);
    let paired = colon.is_some_and(|at| at > 0 && elements[at + 1..].iter().any(word));
    let line = page.text.line(block.lines[0]);
    let text = line.trim();
    let remark = text.starts_with(['(', '（']) && text.ends_with([')', '）']);
    let note =
        remark || text.starts_with('*') && !text.starts_with("**") || text.starts_with("(*") || text.starts_with('©');
    named
        && !paired
        && block.lines.len() == 1
        && text.chars().count() <= LONGEST_HEADING
        && !text.ends_with('.')
        && !note
}

/// Closes the frames that a block does not stand under; whether the one closed last was a heading without anything below it.
fn close(frames: &mut Vec<Frame>, block: &Block) -> Option<Frame> {
    let mut last = None;
    let depth = frames.iter().position(|frame| frame.rank >= block.rank).unwrap_or(frames.len());
    let was_leaf = depth + 1 == frames.len();
    for frame in frames.drain(depth..) {
        last = Some(frame);
    }
    last.filter(|frame| was_leaf && !frame.states && block.names_only)
}

/// What a block lends to those below: its words, or the subject and time of its first figure. Headings in a row that name
/// different things name nothing.
fn lend(
    place: &Place<'_>,
    block: &Block,
    elements: &[Element],
    mut frame: Frame,
    outcome: &Outcome,
    piled: Option<Frame>,
    unclear: bool,
) -> Vec<Frame> {
    if let Some((subject, period)) = &outcome.first {
        frame.period = period.or(frame.period);
        frame.naming = match subject {
            Some(subject) if subject.metric.is_some() => Naming::Metric(subject.clone()),
            Some(_) if frame.naming == Naming::General => Naming::Other,
            _ => frame.naming,
        };
    } else if let Some(above) = piled.filter(|_| !block.bullet) {
        let differ = above.naming != frame.naming && above.is_of_part() && frame.is_of_part();
        if differ || above.naming == Naming::Unclear {
            frame.naming = Naming::Unclear;
        }
        frame.period = frame.period.or(above.period);
        frame.basis = frame.basis.or(above.basis);
    }
    if unclear && !block.bullet && !frame.is_of_part() {
        frame.naming = Naming::Unclear;
    }
    let mut next = Vec::new();
    let titles = block.names_only && is_title(place.page, block, elements);
    let stays = unclear && frame.naming == Naming::Unclear;
    if block.rank != DEEPEST && (titles || block.bullet || stays) {
        next.push(frame);
    }
    if !block.names_only && outcome.rest.iter().any(|e| e.time().is_some()) {
        let trailing = frame_of(place, 6, &outcome.rest);
        if trailing.naming == Naming::General && trailing.period.is_some() {
            next = vec![Frame { rank: block.rank.saturating_sub(1), base: None, ..trailing }];
        }
    }
    next
}
