//! Printed forms of figures, periods and dates in tiles, tables, charts and sources. Digits stop where certainty does.

use chrono::NaiveDate;
use rust_decimal::Decimal;

use crate::model::{Fact, Figure, Period, Quarter, Scale, Unit};
use crate::narrative::grouped;

/// A money figure in millions as one at another scale.
fn at_scale(figure: &Figure, scale: Scale) -> Figure {
    let mut scaled = figure.clone();
    if let Unit::Money { scale: own, .. } = figure.unit
        && own != Scale::One
    {
        let factor = own.factor() / scale.factor();
        scaled.value *= factor;
        scaled.half_width *= factor;
    }
    scaled
}

/// The size of a figure with at most `wanted` decimals, as many as are certain, and `~` where the last may be off by one.
fn size(figure: &Figure, wanted: i32) -> (&'static str, String) {
    let digits = figure.digits(wanted);
    (if digits.about || figure.is_approximate() { "~" } else { "" }, grouped(digits.amount.abs()))
}

/// How many decimals a figure is printed with at a scale.
fn decimals(figure: &Figure, scale: Scale) -> i32 {
    match &figure.unit {
        Unit::Money { scale: Scale::One, .. } => 2,
        Unit::Money { .. } if scale == Scale::Billion => 1,
        Unit::Percent | Unit::Points => 1,
        Unit::Count { .. } => i32::try_from(figure.value.normalize().scale()).unwrap_or(0),
        Unit::Money { .. } => 0,
    }
}

/// A figure in a table's cell at the table's scale, or in billions where it is known no finer; below zero in parentheses, as statements print it.
pub fn cell(figure: &Figure, scale: Scale) -> String {
    let coarse = matches!(figure.unit, Unit::Money { scale: own, .. } if own != Scale::One)
        && scale == Scale::Million
        && figure.certain_decimals(0) <= -2;
    if coarse {
        return format!("{} bn", cell(figure, Scale::Billion));
    }
    let scaled = at_scale(figure, scale);
    let (about, text) = size(&scaled, decimals(figure, scale));
    let is_zero = scaled.digits(decimals(figure, scale)).amount.is_zero();
    if figure.value.is_sign_negative() && !is_zero { format!("{about}({text})") } else { format!("{about}{text}") }
}

/// A rate of change with its sign: `+13.2%`, `−5.0%`.
pub fn change(figure: &Figure) -> String {
    signed(figure, if figure.unit == Unit::Percent { "%" } else { "" }, decimals(figure, Scale::Million))
}

/// A change in money at a scale, with its sign.
pub fn signed_at(figure: &Figure, scale: Scale) -> String {
    let scaled = at_scale(figure, scale);
    signed(&scaled, "", decimals(figure, scale))
}

fn signed(figure: &Figure, suffix: &str, wanted: i32) -> String {
    let rounded = figure.digits(wanted).amount;
    let (about, text) = size(figure, wanted);
    let sign = match rounded {
        zero if zero.is_zero() => "",
        below if below.is_sign_negative() => "−",
        _ => "+",
    };
    format!("{about}{sign}{text}{suffix}")
}

/// A figure and its unit apart, as a tile shows them.
pub fn tile(figure: &Figure) -> (String, String) {
    let (shown, wanted, unit) = match &figure.unit {
        Unit::Percent => (figure.clone(), 1, "%".to_owned()),
        Unit::Points => (figure.clone(), 1, "pp".to_owned()),
        Unit::Money { currency, scale: Scale::One } => (figure.clone(), 2, currency.code().to_owned()),
        Unit::Money { currency, .. } => {
            let small = figure.value.abs() < Decimal::ONE_HUNDRED && figure.certain_decimals(0) >= 0;
            let (scale, name) = if small { (Scale::Million, "m") } else { (Scale::Billion, "bn") };
            (at_scale(figure, scale), decimals(figure, scale), format!("{} {name}", currency.code()))
        }
        Unit::Count { noun, scale: Scale::One } => (figure.clone(), decimals(figure, Scale::One), noun.clone()),
        Unit::Count { noun, scale } => {
            (figure.clone(), decimals(figure, Scale::One), format!("{} {noun}", scale.name()))
        }
    };
    let (about, text) = size(&shown, wanted);
    let minus = if figure.value.is_sign_negative() { "−" } else { "" };
    (format!("{about}{minus}{text}"), unit)
}

/// A figure with its unit as the sources section shows it: a derived one with the interval that rounding leaves.
pub fn proof_value(figure: &Figure) -> String {
    let value = match &figure.unit {
        Unit::Percent => format!("{}%", grouped_signed(figure.value.round_dp(2))),
        Unit::Money { .. } => money(&figure.unit, figure.value.round_dp(2)),
        unit => format!("{} {unit}", grouped_signed(figure.value.round_dp(2))),
    };
    match figure.half_width.round_dp(2).normalize() {
        exact if exact.is_zero() => value.trim().to_owned(),
        half_width => format!("{} ± {}", value.trim(), grouped(half_width)),
    }
}

/// A fact as its document states it, unit included.
pub fn fact_value(fact: &Fact) -> String {
    match &fact.unit {
        Unit::Percent => format!("{}%", grouped_signed(fact.value)),
        Unit::Money { .. } => money(&fact.unit, fact.value),
        unit => format!("{} {unit}", grouped_signed(fact.value)),
    }
}

/// `−JPY8,272 million`.
fn money(unit: &Unit, value: Decimal) -> String {
    let sign = if value.is_sign_negative() && !value.is_zero() { "−" } else { "" };
    let currency = unit.currency().map_or_else(String::new, |currency| currency.code().to_owned());
    format!("{sign}{currency}{} {}", grouped(value.abs()), unit.scale().name()).trim().to_owned()
}

fn grouped_signed(value: Decimal) -> String {
    let sign = if value.is_sign_negative() && !value.is_zero() { "−" } else { "" };
    format!("{sign}{}", grouped(value.abs()))
}

/// `8 August 2017`.
pub fn day(date: NaiveDate) -> String {
    date.format("%-d %B %Y").to_string()
}

/// A period as a column's head: instants as `30 Jun 2017`.
pub fn head(period: Period) -> String {
    match period {
        Period::Instant(date) => date.format("%-d %b %Y").to_string(),
        span => span.to_string(),
    }
}

/// `First quarter of FY2017`.
pub fn period_in_full(quarter: Quarter) -> String {
    let ordinal = ["First", "Second", "Third", "Fourth"][usize::from(quarter.number - 1)];
    format!("{ordinal} quarter of FY{}", quarter.year)
}

/// The first words of a text, up to a length.
pub fn shorten(text: &str, longest: usize) -> String {
    if text.chars().count() <= longest {
        return text.to_owned();
    }
    let cut: String = text.chars().take(longest).collect();
    let words = cut.rsplit_once(' ').map_or(cut.as_str(), |(head, _)| head);
    format!("{}…", words.trim_end_matches([',', ';', ':']))
}

/// What every brief says of itself.
pub fn disclaimer(company: &str) -> String {
    format!(
        "This brief was compiled by a program from documents that {company} published. It is no investment advice and no offer. \
         Figures are as printed in the documents listed, or calculated from them by the formulas shown; targets and outlook are \
         the company's own and may not be reached. The documents themselves prevail."
    )
}
