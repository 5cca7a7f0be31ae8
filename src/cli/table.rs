//! Tables for reading: aligned columns by the width that a terminal shows, numbers to the right, no colors.

use std::fmt;

use unicode_width::UnicodeWidthStr;

use super::printable::printable;

/// To which side a column leans.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Lean {
    /// Words.
    Left,
    /// Numbers.
    Right,
}

/// Rows under a header.
pub(super) struct Table<const N: usize> {
    header: [(&'static str, Lean); N],
    rows: Vec<[String; N]>,
}

impl<const N: usize> Table<N> {
    pub(super) fn new(header: [(&'static str, Lean); N]) -> Self {
        Self { header, rows: Vec::new() }
    }

    /// Adds a row; what a terminal would act upon is made visible.
    pub(super) fn row(&mut self, cells: [String; N]) {
        self.rows.push(cells.map(|cell| printable(&cell).replace('\n', " ")));
    }

    fn line(&self, f: &mut fmt::Formatter<'_>, cells: [&str; N], widths: [usize; N]) -> fmt::Result {
        let mut line = String::new();
        for (column, cell) in cells.iter().enumerate() {
            let gap = " ".repeat(widths[column].saturating_sub(cell.width()));
            let (before, after) = match self.header[column].1 {
                Lean::Left => ("", gap.as_str()),
                Lean::Right => (gap.as_str(), ""),
            };
            line.extend([if column == 0 { "" } else { "  " }, before, cell, after]);
        }
        writeln!(f, "{}", line.trim_end())
    }
}

impl<const N: usize> fmt::Display for Table<N> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names = self.header.map(|(name, _)| name);
        let widest = |column: usize| self.rows.iter().map(|row| row[column].width()).max().unwrap_or(0);
        let widths = std::array::from_fn(|column| names[column].width().max(widest(column)));
        self.line(f, names, widths)?;
        for row in &self.rows {
            self.line(f, row.each_ref().map(String::as_str), widths)?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_align_also_under_wide_characters() {
        let mut table = Table::new([("label", Lean::Left), ("value", Lean::Right), ("unit", Lean::Left)]);
        table.row(["売上高".into(), "41.0".into(), "JPY billion".into()]);
        table.row(["Net income\u{1b}[2J".into(), "-1,451".into(), String::new()]);
        let expected = "\
label                 value  unit
売上高                 41.0  JPY billion
Net income\\u{1b}[2J  -1,451
";
        assert_eq!(table.to_string(), expected);
    }
}
