//! `tanshin config show`: the settings that count, in the form of the file, and where each comes from.

use std::io::{self, Write};

use super::printable::printable;
use super::table::{Lean, Table};

/// Writes key and value of each setting, with its origin where it is asked for.
pub(super) fn write(rows: &[[String; 3]], origin: bool, out: &mut dyn Write) -> io::Result<()> {
    if origin {
        let mut table = Table::new([("setting", Lean::Left), ("value", Lean::Left), ("from", Lean::Left)]);
        rows.iter().for_each(|[key, value, from]| {
            let value = if value.is_empty() { "-" } else { value };
            table.row([key.clone(), value.to_owned(), from.clone()]);
        });
        return write!(out, "{table}");
    }
    let line = |key: &str, value: &str| match value {
        "" => format!("# {key} is not set"),
        value => format!("{key} = {value}"),
    };
    rows.iter().try_for_each(|[key, value, _]| writeln!(out, "{}", printable(&line(key, value))))
}
