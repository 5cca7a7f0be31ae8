//! How a figure looks in text: the printed forms that templates choose from. Sizes are rounded to what is certain.

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::mark::SEALED;
use crate::model::{Figure, Scale, Unit};

/// A figure as templates see it. Its printed forms are sealed: only a helper can print them, and a helper records them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Shown {
    /// Which figure: the key into the view's figures.
    pub key: String,
    /// What it counts.
    pub kind: Kind,
    /// The printed size without sign, `JPY41.0 billion`.
    pub size: String,
    /// The size that is printed, as a decimal, sealed: ranges of words go by it.
    pub amount: String,
    /// Whether it is below zero.
    pub negative: bool,
    /// Whether the printed size is zero.
    pub zero: bool,
    /// Whether a document calls it approximate.
    pub approximate: bool,
    /// Why no claim can rest on it: a conflict, too much uncertainty.
    pub doubt: Option<String>,
}

/// What a figure counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// An amount of money.
    Money,
    /// Money per share.
    Share,
    /// Percent.
    Percent,
    /// Percentage points.
    Points,
    /// Things.
    Count,
}

impl Shown {
    /// The printed forms of a figure.
    pub fn of(key: String, figure: &Figure, conflict: Option<String>) -> Self {
        let (kind, amount, size) = printed(figure);
        let doubt = conflict.or_else(|| doubt(figure, kind));
        Self {
            key,
            kind,
            size: format!("{SEALED}{size}"),
            amount: format!("{SEALED}{amount}"),
            negative: figure.value.is_sign_negative() && !amount.is_zero(),
            zero: amount.is_zero(),
            approximate: figure.is_approximate(),
            doubt,
        }
    }

    /// The printed size.
    pub fn size(&self) -> &str {
        self.size.trim_start_matches(SEALED)
    }

    /// The printed size as a decimal.
    pub fn amount(&self) -> Decimal {
        self.amount.trim_start_matches(SEALED).parse().unwrap_or_default()
    }

    /// Leaves out the counted noun where the name beside it says it, and for persons.
    pub fn leave_out_noun(&mut self, name: &str) {
        let Some((number, noun)) = self.size().rsplit_once(' ').filter(|_| self.kind == Kind::Count) else { return };
        if noun == "persons" || name.to_lowercase().contains(&noun.to_lowercase()) {
            self.size = format!("{SEALED}{number}");
        }
    }

    /// With a minus for what is below zero.
    pub fn plain(&self) -> String {
        format!("{}{}", if self.negative { "−" } else { "" }, self.size())
    }

    /// With its sign in any case but zero.
    pub fn signed(&self) -> String {
        let sign = if self.zero {
            ""
        } else if self.negative {
            "−"
        } else {
            "+"
        };
        format!("{sign}{}", self.size())
    }
}

/// Kind, printed amount without sign, printed size.
fn printed(figure: &Figure) -> (Kind, Decimal, String) {
    match &figure.unit {
        Unit::Percent => {
            let amount = printed_amount(figure, 1);
            (Kind::Percent, amount, format!("{}%", grouped(amount)))
        }
        Unit::Points => {
            let amount = printed_amount(figure, 1);
            (
                Kind::Points,
                amount,
                format!("{} percentage {}", grouped(amount), if amount == Decimal::ONE { "point" } else { "points" }),
            )
        }
        Unit::Money { currency, scale: Scale::Million } => {
            let (amount, scale) = money(figure);
            (Kind::Money, amount, format!("{}{} {}", currency.code(), grouped(amount), scale.name()))
        }
        Unit::Money { currency, .. } => {
            let amount = printed_amount(figure, 2);
            (Kind::Share, amount, format!("{}{}", currency.code(), grouped(amount)))
        }
        Unit::Count { noun, scale } => {
            let decimals = i32::try_from(figure.value.normalize().scale()).unwrap_or(0);
            let amount = printed_amount(figure, decimals);
            let scale = if *scale == Scale::One { String::new() } else { format!("{} ", scale.name()) };
            (Kind::Count, amount, format!("{} {scale}{noun}", grouped(amount)))
        }
    }
}

/// Billions with one decimal, or millions where that would hide too much or claim too much.
fn money(figure: &Figure) -> (Decimal, Scale) {
    let thousand = Decimal::from(1000);
    let mut billions = figure.clone();
    billions.value /= thousand;
    billions.half_width /= thousand;
    let small = figure.value.abs() < thousand;
    if small && figure.certain_decimals(0) >= 0 {
        (printed_amount(figure, 0), Scale::Million)
    } else if small && figure.certain_decimals(0) >= -1 {
        (printed_amount(figure, -1), Scale::Million)
    } else {
        (printed_amount(&billions, 1), Scale::Billion)
    }
}

/// The size rounded to what is certain, with the zeros that say so: `41.0`.
fn printed_amount(figure: &Figure, wanted: i32) -> Decimal {
    let mut amount = figure.rounded(wanted).abs();
    amount.rescale(u32::try_from(figure.certain_decimals(wanted)).unwrap_or(0));
    amount
}

/// Why no claim can rest on a figure.
fn doubt(figure: &Figure, kind: Kind) -> Option<String> {
    let rate = matches!(kind, Kind::Percent | Kind::Points);
    if figure.is_derived()
        && figure.half_width >= figure.value.abs()
        && !figure.half_width.is_zero()
        && !figure.value.is_zero()
    {
        return Some(format!("rounding leaves open whether {} is above or below zero", figure.id));
    }
    (rate && figure.certain_decimals(1) < 0).then(|| format!("{} is certain to tens of percent only", figure.id))
}

/// Digits in groups of three.
pub fn grouped(amount: Decimal) -> String {
    let text = amount.to_string();
    let (whole, fraction) = text.split_once('.').map_or((text.as_str(), None), |(whole, rest)| (whole, Some(rest)));
    let mut out = String::new();
    for (index, digit) in whole.chars().enumerate() {
        if index > 0 && (whole.len() - index) % 3 == 0 {
            out.push(',');
        }
        out.push(digit);
    }
    fraction.map_or(out.clone(), |rest| format!("{out}.{rest}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Basis, FigureId, Metric, Origin, Period, Rule};

    fn check(value: &str, half_width: &str, unit: &str, expected: &str) {
        let figure = Figure {
            id: FigureId::level(&Metric::new("revenue").expect("an id"), Period::Year(2016), Basis::Actual),
            value: value.parse().expect("a decimal"),
            unit: unit.parse().expect("a unit"),
            half_width: half_width.parse().expect("a decimal"),
            origin: Origin::Derived { rule: Rule::Change, inputs: Vec::new() },
        };
        let shown = Shown::of(String::new(), &figure, None);
        assert_eq!(shown.doubt.clone().unwrap_or_else(|| shown.plain()), expected, "{value} ± {half_width} {unit}");
    }

    #[test]
    fn figures_are_printed_to_what_is_certain() {
        check("139382", "0.5", "JPY million", "JPY139.4 billion");
        check("41000", "50", "JPY million", "JPY41.0 billion");
        check("41988", "50.5", "JPY million", "JPY42 billion");
        check("954", "0.5", "JPY million", "JPY954 million");
        check("-683", "0.5", "JPY million", "−JPY683 million");
        check("700", "50", "JPY million", "JPY0.7 billion");
        check("216", "1", "JPY million", "JPY220 million");
        check("34.4", "0.05", "%", "34.4%");
        check("13.26", "0.3", "%", "13%");
        check("-0.4", "0.05", "pp", "−0.4 percentage points");
        check("13.5", "0.005", "JPY", "JPY13.50");
        check("1943", "0.5", "thousand subscriptions", "1,943 thousand subscriptions");
        check("37.5", "12", "%", "revenue FY16 is certain to tens of percent only");
        check("20", "50.5", "JPY million", "rounding leaves open whether revenue FY16 is above or below zero");
    }
}
