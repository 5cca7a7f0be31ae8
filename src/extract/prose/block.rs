//! Blocks: which lines belong together (a bullet with its continuation), and how deep a block stands below others.

use super::super::outline::is_heading;
use super::super::scan::{Kind, Token};
use super::super::{Page, Time};
use super::cells;
use crate::model::{Basis, Period};
use crate::vocabulary::{has_any, normalize};

/// A bullet, a line or a paragraph.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Block {
    /// Its lines, from 0.
    pub lines: Vec<usize>,
    /// How deep it stands: a smaller number holds larger ones.
    pub rank: u8,
    /// Whether it has a bullet's mark.
    pub bullet: bool,
    /// Whether no figure stands in it.
    pub names_only: bool,
    /// Whether its lines are cells of one row.
    pub whole: bool,
    /// The sense that a head gives it.
    pub basis: Option<Basis>,
    /// The time that a head gives it.
    pub period: Option<Period>,
}

/// Lines in angle brackets title what follows.
const TITLE: u8 = 4;
/// Lines without a mark title the bullets below them.
pub(in crate::extract) const PLAIN: u8 = 6;
/// Marks of the first order.
const FIRST: u8 = 10;
/// Hyphens and dots.
pub(super) const SECOND: u8 = 20;
/// Bullets below hyphens and dots.
pub(super) const CHILD: u8 = 25;
/// A second mark behind a hyphen goes one step down.
const STEP: u8 = 2;

/// The blocks of a document: lines with tabs are tables, numbered headings are the outline's; both end a block.
pub(super) fn blocks(page: &Page<'_>) -> Vec<Block> {
    let mut found: Vec<Block> = Vec::new();
    let mut joinable = false;
    for line in 0..page.text.lines.len() {
        let text = &page.text.lines[line];
        let silent = page.text.tokens[line].is_empty()
            || is_parted(page, line)
            || is_heading(text)
            || is_row(page, line)
            || holds_heads(page, line)
            || heads_last_column(page, line);
        if silent {
            joinable = false;
            continue;
        }
        let (rank, bullet) = rank_of(text);
        let bullet = bullet || text.contains(&'\t');
        let figures = has_figure(page, line);
        if joinable && !bullet && rank == PLAIN && continues(page, found.last(), line) {
            if let Some(last) = found.last_mut() {
                last.lines.push(line);
                last.names_only &= !figures;
            }
        } else {
            let (basis, period) = (None, None);
            found.push(Block { lines: vec![line], rank, bullet, names_only: !figures, whole: false, basis, period });
        }
        joinable = true;
    }
    cells::join(page, found)
}

/// Cells of a table; a label and one cell with a sentence are a bullet instead.
fn is_parted(page: &Page<'_>, line: usize) -> bool {
    let tokens = &page.text.tokens[line];
    let cells = page.text.cells(line).into_iter().filter(|cell| !cell.is_empty()).count();
    cells > 1 && tokens.iter().any(|token| token.is_tab()) && !is_sentence_in_cell(page, line)
}

/// `Outsourcing ⇥ Revenue up 9.0% YoY with the accumulation of orders`: words, a tab, and one cell that starts with words.
fn is_sentence_in_cell(page: &Page<'_>, line: usize) -> bool {
    const FEWEST_WORDS: usize = 5;
    let cells = page.text.cells(line);
    let filled = cells.len() - cells.iter().rev().take_while(|cell| cell.is_empty()).count();
    let [label, said] = &cells[..filled] else { return false };
    let words = |cell: &[Token]| cell.iter().filter(|token| token.word().is_some()).count();
    let named = words(label) > 0 && label.iter().all(|token| token.number().is_none() && token.time().is_none());
    let starts = said.iter().take(2).all(|token| token.number().is_none());
    let counts = || {
        label.first().is_some_and(|first| starts_count(&page.text.slice(line, first.from, label[label.len() - 1].to)))
    };
    let told = words(said) >= FEWEST_WORDS || counts();
    named && starts && told && said.iter().any(|token| token.number().is_some())
}

/// `Number of Employees`: a label that says what its figures count.
fn starts_count(label: &str) -> bool {
    normalize(label).starts_with("number of ")
}

/// Figures set apart by three blanks or more are the cells of a table without tabs; one alone with its change in brackets is none:
/// `Revenues   JPY83.0 billion   (up 12.0% YoY)`.
fn is_row(page: &Page<'_>, line: usize) -> bool {
    let tokens = &page.text.tokens[line];
    let apart = |at: &usize| tokens[*at].number().is_some() && tokens[*at].from >= tokens[at - 1].to + 3;
    let cells: Vec<usize> = (1..tokens.len()).filter(apart).collect();
    match cells.as_slice() {
        [] => false,
        [cell] => tokens.iter().filter(|token| token.number().is_some()).count() > 1 && !is_told(&tokens[cell + 1..]),
        _ => true,
    }
}

/// `FY23 Targets First Half Full Year Total revenues JPY61.4 billion`: the heads of a table's columns, run together with its rows.
fn holds_heads(page: &Page<'_>, line: usize) -> bool {
    let is_bare = |token: &Token| matches!(token.time(), Some(Time::Bare(_)));
    let names_part = |token: &Token| token.word().is_some_and(|word| word.eq_ignore_ascii_case("half"));
    let meet = |pair: &[Token]| (is_bare(&pair[0]) || names_part(&pair[0])) && is_bare(&pair[1]);
    page.text.tokens[line].windows(2).any(meet)
}

/// `Previous Targets` right above rows of two amounts: the head of their last column, not what the rows are about.
fn heads_last_column(page: &Page<'_>, line: usize) -> bool {
    let words = page.vocabulary.words();
    let key = normalize(page.text.line(line));
    let Some((former, what)) = key.split_once(' ') else { return false };
    let named = words.target.iter().any(|word| word == what);
    let amounts = |row: &&Vec<Token>| row.iter().filter(|t| t.number().is_some_and(|n| n.currency.is_some())).count();
    let row = page.text.tokens[line + 1..].iter().find(|tokens| !tokens.is_empty());
    named && words.is_former(former) && row.is_some_and(|row| amounts(&row) == 2)
}

/// Whether one bracket tells the rest of a line.
fn is_told(rest: &[Token]) -> bool {
    let [open, inside @ .., close] = rest else { return false };
    open.is_mark('(') && close.is_mark(')') && !inside.iter().any(|token| token.is_mark('('))
}

/// A plain line goes on with the block above, unless both are names without figures: these are headings one by one.
fn continues(page: &Page<'_>, above: Option<&Block>, line: usize) -> bool {
    let Some(above) = above else { return false };
    if titles_period(page, line) {
        return false;
    }
    let indented = page.text.lines[line].first().is_some_and(|c| c.is_whitespace());
    if above.bullet && indented {
        return true;
    }
    let wrapped = above.lines.last().is_some_and(|last| page.text.lines[*last].len() > 60);
    wrapped || !above.names_only || has_figure(page, line)
}

/// `Financial Targets for FY2019`: a line of its own that says for which time results or targets follow.
fn titles_period(page: &Page<'_>, line: usize) -> bool {
    const LONGEST: usize = 90;
    let words = page.vocabulary.words();
    let tokens = &page.text.tokens[line];
    let timed = tokens.iter().any(|token| matches!(token.time(), Some(Time::At(at)) if at.fiscal_year().is_some()));
    let key = || normalize(page.text.line(line));
    let starts = tokens.first().and_then(Token::word).is_some_and(|word| word.starts_with(char::is_uppercase));
    let ends = tokens.last().is_some_and(|token| token.is_mark('.'));
    timed
        && starts
        && !ends
        && !has_figure(page, line)
        && page.text.lines[line].len() <= LONGEST
        && (has_any(&key(), &words.target) || has_any(&key(), &words.reported))
}

fn has_figure(page: &Page<'_>, line: usize) -> bool {
    page.text.tokens[line].iter().any(|token| matches!(token.kind, Kind::Number(_)))
}

/// The rank of a line by its marks and its indent, and whether it is a bullet.
pub(in crate::extract) fn rank_of(text: &[char]) -> (u8, bool) {
    let indent = text.first().is_some_and(|c| c.is_whitespace());
    let marks = text.iter().take_while(|c| c.is_whitespace() || is_mark(**c)).filter(|c| !c.is_whitespace());
    let ranks: Vec<u8> = marks.map(|c| rank_of_mark(*c)).collect();
    let starred_only = ranks.iter().all(|rank| *rank == PLAIN);
    match ranks.iter().copied().filter(|rank| *rank != PLAIN) {
        _ if starred_only => (PLAIN, false),
        mut marks if ranks.contains(&TITLE) => (marks.next().map_or(TITLE, |_| TITLE), false),
        marks => {
            let first = marks.into_iter().any(|rank| rank == FIRST);
            let step = if ranks.len() > 1 && !first && !indent { STEP } else { 0 };
            (if first { FIRST } else { SECOND } + step + if indent { 5 } else { 0 }, true)
        }
    }
}

fn is_mark(c: char) -> bool {
    matches!(c, '-' | '–' | '*') || rank_of_mark(c) != PLAIN
}

fn rank_of_mark(c: char) -> u8 {
    match c {
        '<' | '≪' | '《' | '【' => TITLE,
        '◆' | '♦' | '■' | '●' | '※' => FIRST,
        '-' | '–' | '•' | '·' | '・' | '▪' | '○' | '➤' | '>' | '►' | '▶' | '✓' | '➢' | '≻' | '⇒' => {
            SECOND
        }
        _ => PLAIN,
    }
}
