//! `tanshin config show`: the settings that count, in the form of the file, and where each comes from.

use std::io::{self, Write};

use super::printable::printable;
use super::table::{Lean, Table};

/// Writes key and value of each setting, with its origin where it is asked for.
pub(super) fn write(rows: &[[String; 3]], origin: bool, out: &mut dyn Write) -> io::Result<()> {
    if origin {
        let mut table = Table::new([("setting", Lean::Left), ("value", Lean::Left), ("from", Lean::Left)]);
        rows.iter().for_each(|row| table.row(row.clone()));
        return write!(out, "{table}");
    }
    let line = |key: &str, value: &str| match value {
        "" => format!("# {key} is not set"),
        words if words.starts_with('(') => format!("# {key} is not set {words}"),
        value => format!("{key} = {value}"),
    };
    rows.iter().try_for_each(|[key, value, _]| writeln!(out, "{}", printable(&line(key, value))))
}
