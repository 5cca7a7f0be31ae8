//! Where tables and charts of a section stand: narrow ones side by side, in two columns that end about alike. What comes first is
//! read first.

use super::Parts;
use super::charts::{self, Message};
use crate::brief::{Align, Block, Table, Width};

/// A narrow table has no more columns; a wider one takes the page.
const NARROW: usize = 5;
/// Heights in points as the page template sets them: a row of a table, and what stands around rows or a drawing.
const ROW: f64 = 11.5;
const AROUND: f64 = 42.0;

/// One table or chart that is narrow enough for half the page.
enum Narrow {
    Table(Table),
    Chart(Box<Message>),
}

/// The tables and charts of a section as blocks.
pub fn arrange(parts: &Parts<'_>, tables: Vec<Table>, messages: Vec<Message>) -> Vec<Block> {
    let mut blocks = Vec::new();
    let mut narrow = Vec::new();
    for table in tables {
        // Columns of words want room too.
        let of_words = table.columns.iter().skip(1).any(|column| column.align == Align::Left);
        if table.columns.len() > NARROW || of_words {
            blocks.extend(in_columns(parts, std::mem::take(&mut narrow)));
            blocks.push(Block::Table(Table { width: Width::Full, ..table }));
        } else {
            narrow.push(Narrow::Table(table));
        }
    }
    narrow.extend(messages.into_iter().map(Box::new).map(Narrow::Chart));
    blocks.extend(in_columns(parts, narrow));
    blocks
}

/// Pairs in the order given; a third exhibit goes below the second where the first is tall enough for both.
fn in_columns(parts: &Parts<'_>, narrow: Vec<Narrow>) -> Vec<Block> {
    let mut blocks = Vec::new();
    let mut rest = narrow.into_iter().peekable();
    while let Some(left) = rest.next() {
        let Some(right) = rest.next() else {
            blocks.push(set(parts, left, Width::Text, false).0);
            break;
        };
        let (left, tall) = set(parts, left, Width::Half, false);
        let (right, mut filled) = set(parts, right, Width::Half, false);
        blocks.extend([left, right]);
        while let Some(next) = rest.next_if(|next| tall - filled > 0.5 * height(parts, next)) {
            let (next, more) = set(parts, next, Width::Half, true);
            blocks.push(next);
            filled += more;
        }
    }
    blocks
}

/// An exhibit at a width, with its height.
fn set(parts: &Parts<'_>, exhibit: Narrow, width: Width, below: bool) -> (Block, f64) {
    let height = height(parts, &exhibit);
    let block = match exhibit {
        Narrow::Table(table) => Block::Table(Table { width, below, ..table }),
        Narrow::Chart(message) => Block::Chart(crate::brief::Chart { below, ..charts::draw(parts, *message, width).0 }),
    };
    (block, height)
}

fn height(parts: &Parts<'_>, exhibit: &Narrow) -> f64 {
    AROUND
        + match exhibit {
            Narrow::Table(table) => ROW * (table.rows.len() + 1) as f64,
            Narrow::Chart(message) => charts::draw(parts, Message::clone(message), Width::Half).1,
        }
}
