//! Words for moves, by exact ranges: one table for percent and one for points, `moves.toml` among the templates.

use rust_decimal::Decimal;
use serde::Deserialize;

use super::engine::MOVES;
use super::fault::TemplateFault;
use super::lint;
use super::voice::Voice;

/// The table of ranges.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Moves {
    percent: Vec<Range>,
    points: Vec<Range>,
}

/// One range: from a size up to the next row's.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Range {
    /// The smallest size that belongs to it.
    #[serde(deserialize_with = "exact")]
    pub from: Decimal,
    /// The words for a rise.
    pub up: String,
    /// The words for a fall.
    pub down: String,
    /// How the size follows the words.
    pub number: Number,
}

/// How the size of a move follows its word.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Number {
    /// `rose 13.2%`
    Plain,
    /// `was little changed (+0.2%)`
    Brackets,
    /// `was unchanged`
    None,
}

/// `0.5` in TOML is a float; its shortest printed form is the decimal that the user wrote.
fn exact<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<Decimal, D::Error> {
    #[derive(Deserialize)]
    #[serde(untagged)]
    enum Written {
        Whole(i64),
        Float(f64),
    }
    match Written::deserialize(deserializer)? {
        Written::Whole(number) => Ok(Decimal::from(number)),
        Written::Float(number) => number.to_string().parse().map_err(serde::de::Error::custom),
    }
}

impl Moves {
    /// The table of a text.
    ///
    /// # Errors
    /// When it is no such table, a table does not start at zero, or its rows do not ascend.
    pub fn parse(text: &str) -> Result<Self, String> {
        let moves: Self = toml::from_str(text).map_err(|error| error.to_string().trim_end().to_owned())?;
        for (name, ranges) in [("percent", &moves.percent), ("points", &moves.points)] {
            if ranges.first().is_none_or(|range| !range.from.is_zero()) {
                return Err(format!("the first row of `{name}` must start from 0"));
            }
            if let Some(pair) = ranges.windows(2).find(|pair| pair[0].from >= pair[1].from) {
                return Err(format!("`{name}` must ascend, but `{}` follows `{}`", pair[1].from, pair[0].from));
            }
        }
        Ok(moves)
    }

    /// The table of a text, or its fault with the place.
    ///
    /// # Errors
    /// As [`Moves::parse`].
    pub fn parse_with_place(text: &str) -> Result<Self, TemplateFault> {
        match toml::from_str::<Self>(text) {
            Ok(_) => Self::parse(text).map_err(|reason| TemplateFault::in_file(MOVES, reason)),
            Err(error) => {
                let fault = crate::toml_fault::TomlFault::of(&error);
                let place = fault.at.map(|at| lint::place(text, at));
                Err(TemplateFault { place, hint: fault.hint, ..TemplateFault::in_file(MOVES, fault.message) })
            }
        }
    }

    /// The table with the sizes of the settings in place of its own.
    ///
    /// # Errors
    /// When they are not as many as the table has words for.
    pub fn with_sizes(mut self, voice: &Voice) -> Result<Self, TemplateFault> {
        let tables = [("percent", &mut self.percent, &voice.percent), ("points", &mut self.points, &voice.points)];
        for (name, ranges, sizes) in tables {
            if sizes.is_empty() {
                continue;
            }
            if sizes.len() + 1 != ranges.len() {
                let wanted = ranges.len() - 1;
                let message = format!(
                    "the settings give {} sizes as `words.{name}`, the table changes its word {wanted} times",
                    sizes.len()
                );
                let hint = Some(format!("give {wanted} sizes, or add a row to `[[{name}]]` for each word"));
                return Err(TemplateFault { hint, ..TemplateFault::in_file(MOVES, message) });
            }
            ranges.iter_mut().skip(1).zip(sizes).for_each(|(range, size)| range.from = *size);
        }
        Ok(self)
    }

    /// The range of a printed size.
    pub fn of(&self, size: Decimal, points: bool) -> &Range {
        let ranges = if points { &self.points } else { &self.percent };
        let found = ranges.iter().rev().find(|range| range.from <= size.abs());
        found.or(ranges.first()).expect("a table starts with a row from 0")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(percent: &str, up: &str, down: &str) {
        let moves = Moves::parse(include_str!("../../templates/en/moves.toml")).expect("the table");
        let range = moves.of(percent.parse().expect("a decimal"), false);
        assert_eq!((range.up.as_str(), range.down.as_str()), (up, down), "{percent} %");
    }

    #[test]
    fn the_same_size_of_move_gets_the_same_word() {
        check("0.0", "was little changed", "was little changed");
        check("0.4", "was little changed", "was little changed");
        check("0.5", "edged up", "edged down");
        check("2.9", "edged up", "edged down");
        check("3.0", "rose", "fell");
        check("-5.0", "rose", "fell");
        check("10", "climbed", "dropped");
        check("24.9", "climbed", "dropped");
        check("34.4", "jumped", "slumped");
        check("-99.9", "surged", "plunged");
        check("118.0", "more than doubled", "plunged");
    }

    #[test]
    fn a_table_that_does_not_ascend_from_zero_is_refused() {
        let row = |from: &str| format!("from = {from}\nup = 'u'\ndown = 'd'\nnumber = 'plain'\n");
        let table =
            |a: &str, b: &str| format!("[[percent]]\n{}[[percent]]\n{}[[points]]\n{}", row(a), row(b), row("0"));
        assert_eq!(Moves::parse(&table("1", "2")), Err("the first row of `percent` must start from 0".to_owned()));
        assert_eq!(Moves::parse(&table("0", "0")), Err("`percent` must ascend, but `0` follows `0`".to_owned()));
        assert!(Moves::parse(&table("0", "0.5")).is_ok());
    }
}
