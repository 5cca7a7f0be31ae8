//! Web pages print the cells of a table a line each, with blank lines between: `Total revenues`, `JPY87.4 billion`, `up`, `3.1`, `%`,
//! `YoY`. A label and its cells are one block.

use super::super::Page;
use super::block::Block;
use crate::extract::scan::Kind;
use crate::model::Basis;
use crate::vocabulary::{has_any, normalize};

/// What a block of one line is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Cell {
    /// Words without a figure.
    Label,
    /// An amount with its currency and nothing else.
    Amount,
    /// A part of a change: a direction, a bare figure, a percent sign, `YoY`.
    Change,
    /// Anything else.
    Other,
}

/// The blocks of a document with rows of such cells joined. A second amount in a row is the target before, where a head says so;
/// else nobody can tell what it is.
pub(super) fn join(page: &Page<'_>, blocks: Vec<Block>) -> Vec<Block> {
    let kinds: Vec<Cell> = blocks.iter().map(|block| kind(page, block)).collect();
    let starts_row = |at: usize| kinds.get(at) == Some(&Cell::Label) && kinds.get(at + 1) == Some(&Cell::Amount);
    let mut joined = Vec::with_capacity(blocks.len());
    let (mut at, mut superseded) = (0, false);
    while at < blocks.len() {
        if !starts_row(at) {
            superseded = kinds[at] == Cell::Label && starts_row(at + 1) && is_of_before(page, &blocks[at]);
            if !superseded {
                joined.push(blocks[at].clone());
            }
            at += 1;
            continue;
        }
        let label = &with_line_before(page, &blocks[at], &mut joined);
        let end = at + 2 + kinds[at + 2..].iter().take_while(|kind| **kind == Cell::Change).count();
        joined.push(row(label, &blocks[at + 1..end], None));
        at = end;
        if kinds.get(at) == Some(&Cell::Amount) {
            if superseded {
                joined.push(row(label, &blocks[at..=at], Some(Basis::TargetInitial)));
            }
            at += 1 + kinds[at + 1..].iter().take_while(|kind| **kind == Cell::Change).count();
        }
    }
    joined
}

/// `(per share of common stock)` below `Annual Cash Dividend`: words in brackets go on with the label above.
fn with_line_before(page: &Page<'_>, label: &Block, joined: &mut Vec<Block>) -> Block {
    let goes_on = page.text.line(label.lines[0]).trim_start().starts_with('(');
    match joined.pop_if(|above| goes_on && kind(page, above) == Cell::Label && above.lines[0] + 1 == label.lines[0]) {
        Some(above) => Block { lines: [above.lines, label.lines.clone()].concat(), ..label.clone() },
        None => label.clone(),
    }
}

fn row(label: &Block, cells: &[Block], basis: Option<Basis>) -> Block {
    let lines = label.lines.iter().chain(cells.iter().flat_map(|cell| &cell.lines)).copied().collect();
    Block { lines, names_only: false, whole: true, basis, ..label.clone() }
}

fn kind(page: &Page<'_>, block: &Block) -> Cell {
    const LONGEST: usize = 90;
    let words = page.vocabulary.words();
    let tokens: Vec<&Kind> =
        block.lines.iter().flat_map(|line| &page.text.tokens[*line]).map(|token| &token.kind).collect();
    let is = |list: &[String], word: &str| list.iter().any(|known| known.eq_ignore_ascii_case(word));
    match tokens.as_slice() {
        [Kind::Number(number)] if number.currency.is_some() => Cell::Amount,
        [Kind::Number(_)] | [Kind::Mark('%')] => Cell::Change,
        [Kind::Word(word)] | [Kind::Word(word), Kind::Number(_)] => {
            let change = [&words.up, &words.down, &words.yoy, &words.qoq].iter().any(|list| is(list, word));
            if change {
                Cell::Change
            } else if block.names_only {
                Cell::Label
            } else {
                Cell::Other
            }
        }
        _ if block.names_only && !block.bullet && block.lines.len() <= 2 => {
            let long = block.lines.iter().any(|line| page.text.lines[*line].len() > LONGEST);
            if long { Cell::Other } else { Cell::Label }
        }
        _ => Cell::Other,
    }
}

/// `Original Target`: the head of a column of targets that others replaced.
fn is_of_before(page: &Page<'_>, block: &Block) -> bool {
    const MOST_WORDS: usize = 4;
    let words = page.vocabulary.words();
    let key = block.lines.iter().map(|line| normalize(&page.text.line(*line))).collect::<Vec<_>>().join(" ");
    let short = key.split(' ').count() <= MOST_WORDS;
    short && has_any(&key, &words.initial) && has_any(&key, &words.target)
}
