//! Web pages print the cells of a table a line each, with blank lines between: `Total revenues`, `JPY87.4 billion`, `up`, `3.1`, `%`,
//! `YoY`. A label and its cells are one block.

use super::super::Page;
use super::block::Block;
use crate::extract::scan::Kind;
use crate::extract::time::Time;
use crate::model::{Basis, Period};
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

/// A column right of a row's own figures: targets, as a head says.
#[derive(Clone, Copy, Debug)]
struct Column {
    basis: Basis,
    /// The time, where the head states one; else it is that of what stands above.
    period: Option<Period>,
}

/// The blocks of a document with rows of such cells joined. More amounts in a row are targets, where heads say so; else nobody can
/// tell what they are.
pub(super) fn join(page: &Page<'_>, blocks: Vec<Block>) -> Vec<Block> {
    let kinds: Vec<Cell> = blocks.iter().map(|block| kind(page, block)).collect();
    let starts_row = |at: usize| kinds.get(at) == Some(&Cell::Label) && kinds.get(at + 1) == Some(&Cell::Amount);
    let cell_end = |at: usize| at + 1 + kinds[at + 1..].iter().take_while(|kind| **kind == Cell::Change).count();
    let mut joined: Vec<Block> = Vec::with_capacity(blocks.len());
    let mut columns: Vec<Column> = Vec::new();
    let mut at = 0;
    while at < blocks.len() {
        if !starts_row(at) {
            joined.push(blocks[at].clone());
            at += 1;
            continue;
        }
        let mut cells = Vec::new();
        let mut end = at + 1;
        while kinds.get(end) == Some(&Cell::Amount) {
            cells.push(end..cell_end(end));
            end = cell_end(end);
        }
        let label = with_line_before(page, &blocks[at], &mut joined);
        if let Some(found) = heads(page, &mut joined, cells.len() - 1) {
            columns = found;
        }
        for (index, cell) in cells.iter().enumerate() {
            let column =
                index.checked_sub(1).map(|index| columns.get(index).filter(|_| columns.len() + 1 == cells.len()));
            match column {
                None => joined.push(row(&label, &blocks[cell.clone()], None)),
                Some(Some(column)) => joined.push(row(&label, &blocks[cell.clone()], Some(*column))),
                Some(None) => {}
            }
        }
        at = end;
    }
    joined
}

/// The columns that the last blocks head, which are no titles of what follows then: `Original Target`; `FY22 Targets` below another
/// title; `FY22 Targets`, `First Half`, `Full Year`.
fn heads(page: &Page<'_>, joined: &mut Vec<Block>, count: usize) -> Option<Vec<Column>> {
    let is_label = |block: &&Block| kind(page, block) == Cell::Label;
    let labels = joined.iter().rev().take(count + 2).take_while(is_label).count();
    let behind = |back: usize| joined.len().checked_sub(back).map(|at| &joined[at]).filter(|_| back <= labels);
    let key =
        |block: &Block| block.lines.iter().map(|line| normalize(page.text.line(*line))).collect::<Vec<_>>().join(" ");
    let words = page.vocabulary.words();
    let titled = |back: usize| behind(back).is_some_and(|block| has_any(&key(block), &words.reported));
    let targets = |back: usize| behind(back).filter(|block| has_any(&key(block), &words.target));
    let tokens =
        |block: &Block| block.lines.iter().flat_map(|line| page.text.tokens[*line].clone()).collect::<Vec<_>>();
    let year = |block: &Block| {
        tokens(block).iter().find_map(|token| match token.time() {
            Some(Time::At(period @ Period::Year(_))) => Some(period),
            _ => None,
        })
    };
    let (found, taken) = if count == 1 && behind(1).is_some_and(|block| is_of_before(page, block)) {
        (vec![Column { basis: Basis::TargetInitial, period: None }], 1)
    } else if count == 1 && titled(2) {
        (vec![Column { basis: Basis::Target, period: Some(year(targets(1)?)?) }], 1)
    } else if count > 1 && titled(count + 2) {
        let of = year(targets(count + 1)?)?;
        let part = |back: usize| part_of(of, &key(behind(back)?));
        let column = |back| Some(Column { basis: Basis::Target, period: Some(part(back)?) });
        ((1..=count).rev().map(column).collect::<Option<_>>()?, count + 1)
    } else {
        return None;
    };
    joined.truncate(joined.len() - taken);
    Some(found)
}

/// `First Half` or `Full Year` of a year.
fn part_of(year: Period, part: &str) -> Option<Period> {
    let of = year.fiscal_year()?;
    match part {
        "full year" | "fullyear" | "year" => Some(year),
        "first half" | "1st half" | "1h" => Some(Period::Half { year: of, number: 1 }),
        "second half" | "2nd half" | "2h" => Some(Period::Half { year: of, number: 2 }),
        _ => None,
    }
}

/// `(per share of common stock)` below `Annual Cash Dividend`: words in brackets go on with the label above.
fn with_line_before(page: &Page<'_>, label: &Block, joined: &mut Vec<Block>) -> Block {
    let goes_on = page.text.line(label.lines[0]).trim_start().starts_with('(');
    match joined.pop_if(|above| goes_on && kind(page, above) == Cell::Label && above.lines[0] + 1 == label.lines[0]) {
        Some(above) => Block { lines: [above.lines, label.lines.clone()].concat(), ..label.clone() },
        None => label.clone(),
    }
}

fn row(label: &Block, cells: &[Block], column: Option<Column>) -> Block {
    let lines = label.lines.iter().chain(cells.iter().flat_map(|cell| &cell.lines)).copied().collect();
    let (basis, period) = (column.map(|column| column.basis), column.and_then(|column| column.period));
    Block { lines, names_only: false, whole: true, basis, period, ..label.clone() }
}

fn kind(page: &Page<'_>, block: &Block) -> Cell {
    const LONGEST: usize = 90;
    let words = page.vocabulary.words();
    let tokens: Vec<&Kind> =
        block.lines.iter().flat_map(|line| &page.text.tokens[*line]).map(|token| &token.kind).collect();
    let is = |list: &[String], word: &str| list.iter().any(|known| known.eq_ignore_ascii_case(word));
    let is_note = |note: &str| note.chars().all(|c| c.is_ascii_digit());
    match tokens.as_slice() {
        [Kind::Number(number)] if number.currency.is_some() => Cell::Amount,
        [Kind::Number(_)] | [Kind::Mark('%')] => Cell::Change,
        [Kind::Word(word), Kind::Word(note)] if is(&words.yoy, word) && is_note(note) => Cell::Change,
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
    let key = block.lines.iter().map(|line| normalize(page.text.line(*line))).collect::<Vec<_>>().join(" ");
    let short = key.split(' ').count() <= MOST_WORDS;
    short && has_any(&key, &words.initial) && has_any(&key, &words.target)
}
