//! Tables whose cells are parted by tabs: heads, rows, labels on either side, merged cells.

mod doubt;
mod grid;
mod head;
mod order;
mod plain;
mod row;
#[cfg(test)]
mod tests;
mod times;
mod title;
mod unit;

use std::collections::BTreeSet;

use super::Page;
use crate::model::Fact;
use doubt::Table;
use grid::Row;
pub(super) use grid::{clean, is_year};
use head::Head;
pub(super) use row::share_measure;

/// The facts of all tabbed tables.
pub(super) fn read(page: &Page<'_>, _taken: &BTreeSet<(usize, usize)>) -> Vec<Fact> {
    let blocks = grid::blocks(page.text);
    let tables = blocks.iter().flat_map(|block| read_block(page, block)).collect();
    let mut facts = doubt::settle(tables);
    for block in &blocks {
        let unread = |row: &&Row<'_>| !facts.iter().any(|fact| fact.source.line == row.line + 1);
        let rows: Vec<Row<'_>> = block.iter().filter(unread).cloned().collect();
        if rows.len() == block.len() {
            facts.extend(plain::read_all(page, &rows));
        }
    }
    facts
}

/// A block may hold several tables below one another, each with its head; a head may also stand below its rows.
fn read_block(page: &Page<'_>, block: &[Row<'_>]) -> Vec<Table> {
    let mut tables = Vec::new();
    let mut at = 0;
    while at < block.len() {
        let head_end = at + block[at..].iter().take_while(|row| !row.is_data()).count();
        let data_end = head_end + block[head_end..].iter().take_while(|row| row.is_data() || !starts_head(row)).count();
        let head_rows = &block[at..head_end];
        let data = &block[head_end..data_end];
        if let Some(head) = head_for(page, head_rows, data, &block[data_end..]) {
            let mut table = row::read_all(page, &head, head_rows, data);
            table.apart = title::another(page, head_rows).or(table.apart);
            tables.push(table);
        }
        at = data_end.max(at + 1);
    }
    tables
}

/// A row without figures that names two periods starts another table.
fn starts_head(row: &Row<'_>) -> bool {
    !row.is_data() && row.period_cells() >= 2
}

/// The head above the rows; without one, the head below them; without one, two or more periods in the line of text above.
fn head_for(page: &Page<'_>, above: &[Row<'_>], data: &[Row<'_>], below: &[Row<'_>]) -> Option<Head> {
    let first = data.first()?;
    let reported = title::period_of(page, first.line);
    let read = |rows: &[Row<'_>]| {
        let head = head::read(page, rows, reported);
        head.columns.iter().any(Option::is_some).then_some(head)
    };
    let ends_block = below.iter().all(|row| !row.is_data());
    read(above)
        .or_else(|| (above.is_empty() && ends_block).then(|| read(below)).flatten())
        .or_else(|| title::head_in_text(page, data))
}
