//! Rows whose cells stand beside their columns: signs in cells of their own, merged cells of the head. Where a row has as many values
//! as the head has columns, they belong together in order.

use super::grid::{Cell, Row};
use super::head::Head;

/// The row with its values under the head's columns; the row itself where they stand there already or cannot be told.
pub fn align<'a>(head: &Head, row: &Row<'a>) -> Row<'a> {
    let places: Vec<usize> = (0..head.columns.len()).filter(|index| head.columns[*index].is_some()).collect();
    let first = row.cells.iter().position(|cell| is_value(cell)).unwrap_or(row.cells.len());
    let values: Vec<&Cell<'a>> = row.cells[first..].iter().filter(|cell| is_value(cell)).collect();
    let fits =
        values.len() == places.len() && first <= 1 && row.cells[first..].iter().all(|c| is_value(c) || c.is_sign());
    let in_place = |index: &usize| row.cells.get(*index).is_some_and(is_value);
    if !fits || places.iter().all(in_place) {
        return row.clone();
    }
    let mut cells: Vec<Cell<'a>> = row.cells[..first].to_vec();
    for (place, value) in places.iter().zip(values) {
        while cells.len() < *place {
            cells.push(Cell { from: value.from, to: value.from, tokens: &[] });
        }
        cells.truncate(*place);
        cells.push(value.clone());
    }
    Row { line: row.line, cells }
}

fn is_value(cell: &Cell<'_>) -> bool {
    cell.is_dash() || cell.has_number() && !cell.has_word()
}
