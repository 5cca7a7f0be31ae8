//! The grid of a tabbed table: rows of cells, and which rows are heads.

use rust_decimal::Decimal;

use super::super::number::{Number, Sign};
use super::super::outline::is_heading;
use super::super::scan::{Kind, Text, Token, is_dash};
use super::super::{Time, time};
use crate::model::Period;
use crate::vocabulary::normalize;

/// One cell: a slice of a line's tokens.
#[derive(Clone, Debug)]
pub struct Cell<'a> {
    /// First character, from 0.
    pub from: usize,
    /// One past the last.
    pub to: usize,
    /// Its tokens.
    pub tokens: &'a [Token],
}

/// One row.
#[derive(Clone, Debug)]
pub struct Row<'a> {
    /// Line, from 0.
    pub line: usize,
    /// Its cells, by column.
    pub cells: Vec<Cell<'a>>,
}

impl Cell<'_> {
    /// Whether a figure stands in it; the day in `Three Months Ended June 30,` is none.
    pub fn has_number(&self) -> bool {
        self.tokens.iter().any(|token| token.number().is_some()) && !self.opens_time()
    }

    /// Whether it opens a time whose year stands elsewhere: `Six Months Ended`, `As of December 31,`.
    pub fn opens_time(&self) -> bool {
        let span = self.tokens.iter().any(|token| matches!(token.time(), Some(Time::Span(_))));
        let day = self.tokens.windows(2).any(|pair| {
            let month = pair[0].word().is_some_and(time::is_month);
            month && pair[1].number().is_some_and(|number| number.magnitude <= Decimal::from(31))
        });
        span || day
    }

    /// Whether it is a year by its form and nothing else.
    pub fn is_year(&self) -> bool {
        matches!(self.tokens, [one, rest @ ..] if is_year(one) && rest.iter().all(is_note))
    }

    /// That year.
    pub fn year(&self) -> Option<i32> {
        let number = self.tokens.first().filter(|_| self.is_year())?.number()?;
        rust_decimal::prelude::ToPrimitive::to_i32(&number.magnitude)
    }

    /// Whether it holds a dash for no figure.
    pub fn is_dash(&self) -> bool {
        matches!(self.tokens, [one] if matches!(one.kind, Kind::Dash) || matches!(one.kind, Kind::Mark(c) if is_dash(c)))
    }

    /// Whether nothing but a currency's sign, a percent sign or a bracket stands in it.
    pub fn is_sign(&self) -> bool {
        self.tokens.iter().all(|token| matches!(token.kind, Kind::Mark(_)) && !self.is_dash())
    }

    /// Whether nothing but a currency's sign stands in it.
    fn is_currency(&self) -> bool {
        matches!(self.tokens, [one] if matches!(one.kind, Kind::Mark('$' | '¥' | '￥' | '€' | '£')))
    }

    /// Whether letters stand in it.
    pub fn has_word(&self) -> bool {
        self.tokens.iter().any(|token| token.word().is_some())
    }

    /// The spans and instants in it; a month range in parentheses only explains the period before it.
    pub fn periods(&self) -> Vec<Period> {
        let all: Vec<Period> = self
            .tokens
            .iter()
            .filter_map(|token| match token.time()? {
                Time::At(period) => Some(period),
                _ => None,
            })
            .collect();
        let spans: Vec<Period> = all.iter().copied().filter(|p| !matches!(p, Period::Month { .. })).collect();
        if spans.is_empty() { all } else { spans }
    }

    /// The cell's text, markup of the text layer left out.
    pub fn text(&self, text: &Text, line: usize) -> String {
        clean(&text.slice(line, self.from, self.to))
    }
}

/// Whether a token is a year by its form.
pub fn is_year(token: &Token) -> bool {
    let years = Decimal::from(1985)..Decimal::from(2100);
    let plain = |number: &Number| {
        let bare = number.sign == Sign::None && !number.percent && number.currency.is_none();
        bare && number.scale.is_none() && number.to - number.from == 4 && years.contains(&number.magnitude)
    };
    token.number().is_some_and(plain)
}

/// `(Unaudited)` beside a year.
fn is_note(token: &Token) -> bool {
    token.word().is_some() || token.is_mark('(') || token.is_mark(')')
}

/// A label without tags, asterisks of emphasis, bullets and blanks at its ends.
pub fn clean(label: &str) -> String {
    let mut kept = String::with_capacity(label.len());
    let mut in_tag = false;
    for c in label.chars() {
        match c {
            '<' => in_tag = true,
            '>' if in_tag => in_tag = false,
            _ if in_tag => {}
            _ => kept.push(c),
        }
    }
    let bullets = |c: char| {
        c.is_whitespace()
            || matches!(c, '-' | '•' | '◆' | '♦' | '■' | '➤' | '➢' | '►' | '▶' | '✓' | '*' | ':' | '：' | '·' | '≻')
    };
    kept.replace("**", "").trim_matches(bullets).trim().to_owned()
}

impl<'a> Row<'a> {
    /// The cells of a line.
    pub fn of(text: &'a Text, line: usize) -> Self {
        let tokens = &text.tokens[line];
        let end = text.lines[line].len();
        let mut cells = Vec::new();
        let (mut from, mut first) = (0, 0);
        for (index, token) in tokens.iter().enumerate() {
            if token.is_tab() {
                cells.push(Cell { from, to: token.from, tokens: &tokens[first..index] });
                from = token.to;
                first = index + 1;
            }
        }
        cells.push(Cell { from, to: end, tokens: &tokens[first..] });
        Self { line, cells }
    }

    /// Whether figures stand in it; years side by side are none, nor is a year beside spans.
    pub fn is_data(&self) -> bool {
        let years = self.cells.iter().filter(|cell| cell.is_year()).count();
        let figures = self.cells.iter().filter(|cell| cell.has_number()).count();
        let head = || years == figures && (years >= 2 || self.period_cells() >= 2);
        figures > 0 && !head()
    }

    /// How many cells name a period.
    pub fn period_cells(&self) -> usize {
        self.cells.iter().filter(|cell| !cell.periods().is_empty()).count()
    }

    /// The words of the label's column.
    pub fn label(&self, text: &Text, column: usize) -> Option<String> {
        let cell = self.cells.get(column)?;
        (cell.has_word() && !is_figure_cell(cell)).then(|| cell.text(text, self.line))
    }
}

/// The column that holds the labels: the first one if any row has words there, else the last one with words.
pub fn label_column(rows: &[&Row<'_>]) -> usize {
    let has_label = |row: &&Row<'_>, column: usize| {
        row.cells.get(column).is_some_and(|cell| cell.has_word() && !is_figure_cell(cell))
    };
    if rows.iter().any(|row| has_label(row, 0)) {
        return 0;
    }
    let width = rows.iter().map(|row| row.cells.len()).max().unwrap_or(1);
    (0..width).rev().find(|column| rows.iter().any(|row| has_label(row, *column))).unwrap_or(0)
}

/// A cell that is there for its figure: a number with at most the words of a unit or a note beside it.
pub fn is_figure_cell(cell: &Cell<'_>) -> bool {
    let Some(first) = cell.tokens.iter().position(|token| token.number().is_some() && !cell.opens_time()) else {
        return false;
    };
    let words_before = cell.tokens[..first].iter().filter(|token| token.word().is_some()).count();
    words_before <= 2
}

/// Whether any cell of the rows says that percentages of revenue stand in the table.
pub fn has_share_head(text: &Text, rows: &[Row<'_>], shares: &[String]) -> bool {
    rows.iter().any(|row| {
        let line = normalize(text.line(row.line));
        shares.iter().any(|share| line.contains(&normalize(share)))
    })
}

/// The blocks of consecutive lines with tabs. A short line of words between two of them is a label without cells.
pub fn blocks(text: &Text) -> Vec<Vec<Row<'_>>> {
    let mut blocks: Vec<Vec<Row<'_>>> = Vec::new();
    let mut open = false;
    for line in 0..text.lines.len() {
        let parted = text.lines[line].contains(&'\t');
        if !(parted || open && is_label(text, line)) {
            open = false;
            continue;
        }
        if !open {
            blocks.push(Vec::new());
            open = true;
        }
        if let Some(block) = blocks.last_mut() {
            block.push(Row::of(text, line));
        }
    }
    blocks.iter_mut().for_each(|block| join_signs(block));
    blocks
}

/// A currency's sign in a cell of its own belongs to the figure in the next cell, where rows without signs have no cell for it.
fn join_signs(block: &mut [Row<'_>]) {
    let widest = |signed: bool| {
        let rows = block.iter().filter(|row| row.is_data() && row.cells.iter().any(Cell::is_currency) == signed);
        rows.map(|row| row.cells.len()).max()
    };
    let heads = block.iter().filter(|row| !row.is_data()).map(|row| row.cells.len()).max();
    let (Some(signed), plain) = (widest(true), widest(false).max(heads)) else { return };
    if plain.is_some_and(|plain| plain < signed) {
        for row in block {
            row.cells.retain(|cell| !cell.is_currency());
        }
    }
}

/// Longer lines are text.
const LONGEST_LABEL: usize = 60;

/// So many labels without cells stand one below the other at most.
const MOST_LABELS: usize = 30;

/// Whether a line between lines with tabs is a row's label without cells, or one of several that a row with tabs ends.
fn is_label(text: &Text, line: usize) -> bool {
    for at in (line..text.lines.len()).take(MOST_LABELS) {
        let next = text.lines.get(at + 1).filter(|next| !next.is_empty());
        match next.filter(|_| is_label_alone(text, at)) {
            None => return false,
            Some(next) if next.contains(&'\t') => return true,
            Some(_) => {}
        }
    }
    false
}

/// Whether a line could be a row's label: a few words, no figure, no sentence, no bullet.
fn is_label_alone(text: &Text, line: usize) -> bool {
    let tokens = &text.tokens[line];
    let words = || tokens.iter().all(|token| token.number().is_none() && token.time().is_none());
    let starts = tokens.first().is_some_and(|token| token.word().is_some());
    let ends = tokens.last().is_some_and(|token| token.is_mark('.') || token.is_mark('。'));
    text.lines[line].len() <= LONGEST_LABEL && starts && !ends && words() && !is_heading(&text.lines[line])
}
