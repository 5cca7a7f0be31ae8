//! How a figure looks in text: the printed forms that templates choose from. Sizes are rounded to what is certain.

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::mark::SEALED;
use crate::model::{Digits, Figure, Origin, Rule, Scale, Unit, round_to};

/// A figure as templates see it. Its printed forms are sealed: only a helper can print them, and a helper records them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct Shown {
    /// Which figure: the key into the view's figures.
    pub key: String,
    /// What it counts.
    pub kind: Kind,
    /// The printed size without sign, `JPY41.0 billion`.
    pub size: String,
    /// The size that is printed, as a decimal, sealed: ranges of words go by it.
    pub amount: String,
    /// The other end where a range is printed, `14–17%`, sealed like the amount.
    pub high: Option<String>,
    /// Whether it is below zero.
    pub negative: bool,
    /// Whether the printed size is zero.
    pub zero: bool,
    /// Whether `about` stands before it: a document says so, or its last printed digit may be off by one.
    pub about: bool,
    /// Why no claim can rest on it: a conflict, too much uncertainty.
    pub doubt: Option<String>,
    /// Whether that is because documents contradict each other.
    pub disputed: bool,
}

/// What a figure counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
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
        let Printed { kind, digits, size, .. } = printed(figure);
        let range = range(figure, kind, &digits);
        let disputed = conflict.is_some();
        let doubt = conflict.or_else(|| doubt(figure, kind, &digits, range.is_some()));
        let (amount, size) = match range {
            Some((low, high)) => (low, format!("{low}–{high}%")),
            None => (digits.amount, size),
        };
        Self {
            key,
            kind,
            size: format!("{SEALED}{size}"),
            amount: format!("{SEALED}{amount}"),
            high: range.map(|(_, high)| format!("{SEALED}{high}")),
            negative: figure.value.is_sign_negative() && !amount.is_zero(),
            zero: amount.is_zero(),
            about: figure.is_approximate() || (digits.about && range.is_none()),
            doubt,
            disputed,
        }
    }

    /// The same for an estimate: `about` stands before it unless every value that it allows prints the same.
    pub fn as_estimate(self, figure: &Figure) -> Self {
        let about = self.about || (self.high.is_none() && !printed(figure).sure);
        Self { about, ..self }
    }

    /// The printed size.
    pub fn size(&self) -> &str {
        self.size.trim_start_matches(SEALED)
    }

    /// The printed size as a decimal.
    pub fn amount(&self) -> Decimal {
        self.amount.trim_start_matches(SEALED).parse().unwrap_or_default()
    }

    /// The far end of a range, or the printed size.
    pub fn far(&self) -> Decimal {
        let high = self.high.as_ref().and_then(|high| high.trim_start_matches(SEALED).parse().ok());
        high.unwrap_or_else(|| self.amount())
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

/// A figure's kind, digits and printed size, and whether every value that it allows prints the same.
struct Printed {
    kind: Kind,
    digits: Digits,
    size: String,
    sure: bool,
}

fn printed(figure: &Figure) -> Printed {
    let form = |kind, scaled: &Figure, wanted, before: &str, after: &str| {
        let digits = digits(scaled, wanted);
        let end = |value| round_to(value, digits.decimals);
        let sure = end(scaled.value - scaled.half_width) == end(scaled.value + scaled.half_width);
        Printed { kind, digits, size: format!("{before}{}{after}", grouped(digits.amount)), sure }
    };
    match &figure.unit {
        Unit::Percent if is_progress(figure) => form(Kind::Percent, figure, 0, "", "%"),
        Unit::Percent => form(Kind::Percent, figure, 1, "", "%"),
        Unit::Points => {
            let one = digits(figure, 1).amount == Decimal::ONE;
            let noun = if one { " percentage point" } else { " percentage points" };
            form(Kind::Points, figure, 1, "", noun)
        }
        Unit::Money { currency, scale: Scale::Million } => {
            let (scaled, wanted, scale) = money(figure);
            form(Kind::Money, &scaled, wanted, currency.code(), &format!(" {}", scale.name()))
        }
        Unit::Money { currency, .. } => form(Kind::Share, figure, 2, currency.code(), ""),
        Unit::Count { noun, scale: Scale::One } if figure.half_width >= Decimal::ONE_HUNDRED => {
            let scale = if figure.half_width >= Decimal::from(5000) { Scale::Million } else { Scale::Thousand };
            let mut scaled = figure.clone();
            scaled.value /= scale.factor();
            scaled.half_width /= scale.factor();
            let wanted = scaled.certain_decimals(3).max(0);
            form(Kind::Count, &scaled, wanted, "", &format!(" {} {noun}", scale.name()))
        }
        Unit::Count { noun, scale } => {
            let decimals = i32::try_from(figure.value.normalize().scale()).unwrap_or(0);
            let scale = if *scale == Scale::One { String::new() } else { format!("{} ", scale.name()) };
            form(Kind::Count, figure, decimals, "", &format!(" {scale}{noun}"))
        }
    }
}

/// Progress against a target is told in whole percent.
fn is_progress(figure: &Figure) -> bool {
    matches!(figure.origin, Origin::Derived { rule: Rule::Progress | Rule::Pace, .. })
}

/// Billions with one decimal; millions for amounts below a billion that are known to the million or to ten.
fn money(figure: &Figure) -> (Figure, i32, Scale) {
    let thousand = Decimal::from(1000);
    if figure.value.abs() < thousand && figure.certain_decimals(0) >= -1 {
        return (figure.clone(), 0, Scale::Million);
    }
    let mut billions = figure.clone();
    billions.value /= thousand;
    billions.half_width /= thousand;
    (billions, 1, Scale::Billion)
}

/// The digits of the size, without sign.
fn digits(figure: &Figure, wanted: i32) -> Digits {
    let digits = figure.digits(wanted);
    Digits { amount: digits.amount.abs(), ..digits }
}

/// Why no claim can rest on a figure.
fn doubt(figure: &Figure, kind: Kind, digits: &Digits, is_range: bool) -> Option<String> {
    let id = &figure.id;
    let vague = digits.amount.is_zero() && !figure.value.is_zero() && figure.is_derived();
    if vague || (figure.is_derived() && figure.half_width >= figure.value.abs() && !figure.value.is_zero()) {
        return Some(format!("rounding leaves open whether {id} is above or below zero"));
    }
    let rate = matches!(kind, Kind::Percent | Kind::Points);
    (rate && !is_range && is_coarse(figure, digits)).then(|| format!("rounding leaves {id} too wide to print"))
}

/// Whether no single number can stand for a rate.
fn is_coarse(figure: &Figure, digits: &Digits) -> bool {
    digits.decimals < 0 || (digits.about && figure.half_width > Decimal::ONE)
}

/// A range wider than this many points to either side tells little.
const WIDEST: Decimal = Decimal::from_parts(6, 0, 0, false, 0);

/// The whole percents that a derived rate lies between, where one number cannot stand for it and two still tell something: the
/// range reaches at most a quarter of the rate to either side.
fn range(figure: &Figure, kind: Kind, digits: &Digits) -> Option<(Decimal, Decimal)> {
    let size = figure.value.abs();
    let tells = figure.half_width * Decimal::from(4) <= size && figure.half_width <= WIDEST;
    let wanted = kind == Kind::Percent && figure.is_derived() && is_coarse(figure, digits) && tells;
    wanted.then(|| ((size - figure.half_width).floor().normalize(), (size + figure.half_width).ceil().normalize()))
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
    use crate::model::{Basis, FigureId, Metric, Period};

    fn check(value: &str, half_width: &str, unit: &str, expected: &str) {
        let figure = Figure {
            id: FigureId::level(&Metric::new("revenue").expect("an id"), Period::Year(2016), Basis::Actual),
            value: value.parse().expect("a decimal"),
            unit: unit.parse().expect("a unit"),
            half_width: half_width.parse().expect("a decimal"),
            origin: Origin::Derived { rule: Rule::Change, inputs: Vec::new() },
        };
        let shown = Shown::of(String::new(), &figure, None);
        let about = if shown.about { "about " } else { "" };
        let seen = shown.doubt.clone().unwrap_or_else(|| format!("{about}{}", shown.plain()));
        assert_eq!(seen, expected, "{value} ± {half_width} {unit}");
    }

    #[test]
    fn figures_are_printed_to_what_is_certain() {
        check("139382", "0.5", "JPY million", "JPY139.4 billion");
        check("41000", "50", "JPY million", "JPY41.0 billion");
        check("41988", "50.5", "JPY million", "JPY42 billion");
        check("954", "0.5", "JPY million", "JPY954 million");
        check("-683", "0.5", "JPY million", "−JPY683 million");
        check("700", "50", "JPY million", "JPY0.7 billion");
        check("216", "1", "JPY million", "JPY216 million");
        check("5400", "100", "JPY million", "JPY5.4 billion");
        check("16.9", "0.9", "%", "17%");
        check("34.4", "0.05", "%", "34.4%");
        check("13.26", "0.3", "%", "13%");
        check("-0.4", "0.05", "pp", "−0.4 percentage points");
        check("13.5", "0.005", "JPY", "JPY13.50");
        check("1943", "0.5", "thousand subscriptions", "1,943 thousand subscriptions");
        check("15.7", "1.1", "%", "14–17%");
        check("-16.4", "1.5", "%", "−14–18%");
        check("37.5", "12", "%", "rounding leaves revenue FY16 too wide to print");
        check("20", "50.5", "JPY million", "rounding leaves open whether revenue FY16 is above or below zero");
    }
}
