//! The grid of a tabbed table: rows of cells, and which rows are heads.

use super::super::scan::{Kind, Text, Token};
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
    /// Whether a figure stands in it.
    pub fn has_number(&self) -> bool {
        self.tokens.iter().any(|token| token.number().is_some())
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
                super::super::Time::At(period) => Some(period),
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
            if token.kind == Kind::Tab {
                cells.push(Cell { from, to: token.from, tokens: &tokens[first..index] });
                from = token.to;
                first = index + 1;
            }
        }
        cells.push(Cell { from, to: end, tokens: &tokens[first..] });
        Self { line, cells }
    }

    /// Whether figures stand in it.
    pub fn is_data(&self) -> bool {
        self.cells.iter().any(Cell::has_number)
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
    let Some(first) = cell.tokens.iter().position(|token| token.number().is_some()) else { return false };
    let words_before = cell.tokens[..first].iter().filter(|token| token.word().is_some()).count();
    words_before <= 2
}

/// Whether any cell of the rows says that percentages of revenue stand in the table.
pub fn has_share_head(text: &Text, rows: &[Row<'_>], shares: &[String]) -> bool {
    rows.iter().any(|row| {
        let line = normalize(&text.line(row.line));
        shares.iter().any(|share| line.contains(&normalize(share)))
    })
}

/// The blocks of consecutive lines with tabs.
pub fn blocks(text: &Text) -> Vec<Vec<Row<'_>>> {
    let mut blocks: Vec<Vec<Row<'_>>> = Vec::new();
    let mut open = false;
    for line in 0..text.lines.len() {
        if !text.lines[line].contains(&'\t') {
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
    blocks
}
