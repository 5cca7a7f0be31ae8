//! The figure: one value of the history, stated or derived, with the interval that rounding leaves and the way it came to be.

use std::cmp::Ordering;
use std::fmt;

use rust_decimal::{Decimal, RoundingStrategy};
use serde::Serialize;

use super::{Basis, Fact, Measure, Metric, Period, Unit};

/// What identifies a figure within one company.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct FigureId {
    /// What is measured.
    pub metric: Metric,
    /// When.
    pub period: Period,
    /// In which sense.
    pub basis: Basis,
    /// Which statement about it.
    pub measure: Measure,
}

/// The named rule that derived a figure.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Rule {
    /// A quarter or half is the longer cumulative span less the shorter one: 3Q = 9M − 1H.
    SpanDifference,
    /// A longer span is the sum of its parts: 1H = 1Q + 2Q.
    SpanSum,
    /// Last year's level is this year's less the printed change.
    LevelLessChange,
    /// Gross profit = revenue − cost of revenue, operating income = gross profit − SG&A, and the same turned around.
    StatementLine,
    /// A total is the sum of its parts, or a part the total less the other parts.
    PartsOfTotal,
    /// A change is the difference of two levels.
    Change,
    /// A growth rate is the change divided by the absolute base.
    GrowthRate,
    /// A margin is a profit divided by its revenue.
    Margin,
    /// A share is a part divided by total revenue.
    Share,
    /// Progress is the level reached divided by the target.
    Progress,
    /// The remainder is the target less the level reached.
    Remainder,
    /// The pace is the level of a span divided by the level of its year.
    Pace,
    /// Growth implied for the rest of a year: (target − reached) ÷ (last year − last year's level by then) − 1.
    ImpliedGrowth,
    /// A revision is the new target less the old one.
    Revision,
    /// A revision in percent is the new target divided by the old one, less one.
    RevisionRate,
}

/// How a figure came to be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Origin {
    /// Documents state it; the first fact is the one chosen, the others agree with it.
    Stated(Vec<Fact>),
    /// A rule derived it from other figures.
    Derived {
        /// Which rule.
        rule: Rule,
        /// The figures it used, in the order of the formula.
        inputs: Vec<FigureId>,
    },
}

/// One value of the history. Money is in the currency's millions, per-share money in the currency, percentages in percent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Figure {
    /// What it is.
    pub id: FigureId,
    /// The value in `unit`.
    pub value: Decimal,
    /// The unit.
    pub unit: Unit,
    /// Half the width of the interval that rounding leaves, in `unit`; zero only for exact counts.
    pub half_width: Decimal,
    /// Where it comes from.
    pub origin: Origin,
}

/// The digits of a figure that may be printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Digits {
    /// The value, rounded half away from zero, with the zeros that say how far it is certain: `41.0`.
    pub amount: Decimal,
    /// The number of decimals; negative for tens and hundreds.
    pub decimals: i32,
    /// Whether the last digit may be off by more than one.
    pub about: bool,
}

impl Rule {
    /// The word of the outside form.
    pub fn name(self) -> &'static str {
        match self {
            Self::SpanDifference => "span_difference",
            Self::SpanSum => "span_sum",
            Self::LevelLessChange => "level_less_change",
            Self::StatementLine => "statement_line",
            Self::PartsOfTotal => "parts_of_total",
            Self::Change => "change",
            Self::GrowthRate => "growth_rate",
            Self::Margin => "margin",
            Self::Share => "share",
            Self::Progress => "progress",
            Self::Remainder => "remainder",
            Self::Pace => "pace",
            Self::ImpliedGrowth => "implied_growth",
            Self::Revision => "revision",
            Self::RevisionRate => "revision_rate",
        }
    }
}

impl fmt::Display for Rule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl FigureId {
    /// The level of a metric.
    pub fn level(metric: &Metric, period: Period, basis: Basis) -> Self {
        Self { metric: metric.clone(), period, basis, measure: Measure::Level }
    }
}

impl fmt::Display for FigureId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.metric, self.period)?;
        if self.basis != Basis::Actual {
            write!(f, " {}", self.basis.name())?;
        }
        if self.measure != Measure::Level {
            write!(f, " {}", self.measure.name())?;
        }
        Ok(())
    }
}

impl Figure {
    /// The facts that state it, the chosen one first; none for a derived figure.
    pub fn facts(&self) -> &[Fact] {
        match &self.origin {
            Origin::Stated(facts) => facts,
            Origin::Derived { .. } => &[],
        }
    }

    /// The figures it stands or falls with: itself, then those it was derived from.
    pub fn rests_on(&self) -> impl Iterator<Item = &FigureId> {
        let inputs = match &self.origin {
            Origin::Stated(_) => &[],
            Origin::Derived { inputs, .. } => inputs.as_slice(),
        };
        std::iter::once(&self.id).chain(inputs)
    }

    /// Whether a rule derived it.
    pub fn is_derived(&self) -> bool {
        matches!(self.origin, Origin::Derived { .. })
    }

    /// Whether a document calls it approximate.
    pub fn is_approximate(&self) -> bool {
        self.facts().first().is_some_and(|fact| fact.approx)
    }

    /// The number of decimals that are certain, at most `wanted`: the last printed digit may be off by one half of
    /// itself and no more. Negative when not even the ones are certain (`-2`: only hundreds are).
    pub fn certain_decimals(&self, wanted: i32) -> i32 {
        Self::decimals_off_by(self.half_width * Decimal::TWO, wanted)
    }

    /// How the figure stands to another of its kind, where rounding leaves no doubt.
    pub fn beside(&self, other: &Self) -> Option<Ordering> {
        let apart = (self.value - other.value).abs() > self.half_width + other.half_width;
        apart.then(|| self.value.cmp(&other.value))
    }

    /// Whether it is no more than a bound, where rounding leaves no doubt.
    pub fn is_at_most(&self, bound: Decimal) -> bool {
        self.value + self.half_width <= bound
    }

    /// The number of decimals, at most `wanted`, whose last digit is worth no less than `width`.
    fn decimals_off_by(width: Decimal, wanted: i32) -> i32 {
        (-12..=wanted).rev().find(|decimals| power_of_ten(-decimals) >= width).unwrap_or(-12)
    }

    /// The digits to print, at most `wanted` decimals: the last one may be off by one. Where rounding to these would leave the
    /// interval (5.4 ± 0.2 printed as 5), and for a rate that is not even certain to its ones (106.7% ± 3.5 printed as 110%), one
    /// digit more; it may be off by more, as `about` says. A rate has no decimals that `about` would take back: 5.4% ± 0.4 is
    /// about 5%, and two of its last digit go without a word.
    pub fn digits(&self, wanted: i32) -> Digits {
        let certain = Self::decimals_off_by(self.half_width, wanted);
        let outside = certain < wanted && (round_to(self.value, certain) - self.value).abs() >= self.half_width;
        let at = |decimals: i32, about: bool| {
            let mut amount = round_to(self.value, decimals);
            amount.rescale(u32::try_from(decimals).unwrap_or(0));
            Digits { amount, decimals, about }
        };
        let finer = power_of_ten(-certain - 1);
        match (self.is_rate(), outside) {
            (true, _) if certain < 0 => at(certain + 1, self.half_width > finer),
            (true, true) if self.half_width > finer * Decimal::TWO => at(certain, true),
            (true, true) => at(certain + 1, false),
            (false, true) => at(certain + 1, self.half_width > finer),
            (_, false) => at(certain, false),
        }
    }

    /// Whether it says how much of a target or of a year is reached, which is told in whole percent.
    pub fn is_progress(&self) -> bool {
        matches!(self.origin, Origin::Derived { rule: Rule::Progress | Rule::Pace, .. })
    }

    /// Whether it is in percent or percentage points.
    fn is_rate(&self) -> bool {
        matches!(self.unit, Unit::Percent | Unit::Points)
    }

    /// Whether rounding leaves too little of a derived figure to print it: not even its sign, or for a rate not even its ones, nor
    /// three quarters of its size.
    pub fn is_vague(&self) -> bool {
        let size = self.value.abs();
        let coarse = self.is_rate() && self.half_width > Decimal::ONE && self.half_width * Decimal::from(4) > size;
        self.is_derived() && !size.is_zero() && (self.half_width >= size || coarse)
    }
}

/// Of three amounts or more that count alike, each with how far it may be off, the one that all others add up to.
pub fn whole_among(amounts: &[(Decimal, Decimal)]) -> Option<usize> {
    let (whole, (largest, _)) = amounts.iter().enumerate().rev().max_by_key(|(_, (value, _))| *value)?;
    let sum: Decimal = amounts.iter().map(|(value, _)| value).sum();
    let hidden: Decimal = amounts.iter().map(|(_, half_width)| half_width).sum();
    (amounts.len() > 2 && (largest * Decimal::TWO - sum).abs() <= hidden).then_some(whole)
}

/// Ten to the power of `exponent`.
fn power_of_ten(exponent: i32) -> Decimal {
    let power = 10_i64.pow(exponent.unsigned_abs().min(18));
    if exponent >= 0 { Decimal::from(power) } else { Decimal::ONE / Decimal::from(power) }
}

/// Rounds half away from zero; negative decimals round to tens, hundreds and so on.
pub fn round_to(value: Decimal, decimals: i32) -> Decimal {
    match u32::try_from(decimals) {
        Ok(places) => value.round_dp_with_strategy(places, RoundingStrategy::MidpointAwayFromZero),
        Err(_) => {
            let unit = power_of_ten(-decimals);
            (value / unit).round_dp_with_strategy(0, RoundingStrategy::MidpointAwayFromZero) * unit
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn figure(value: &str, half_width: &str) -> Figure {
        Figure {
            id: FigureId::level(&Metric::new("revenue").expect("an id"), Period::Year(2016), Basis::Actual),
            value: value.parse().expect("a decimal"),
            unit: "JPY million".parse().expect("a unit"),
            half_width: half_width.parse().expect("a decimal"),
            origin: Origin::Stated(Vec::new()),
        }
    }

    #[test]
    fn figures_are_told_apart_where_rounding_leaves_no_doubt() {
        let beside = |a: [&str; 2], b: [&str; 2]| figure(a[0], a[1]).beside(&figure(b[0], b[1]));
        assert_eq!(beside(["5.4", "0.1"], ["5.1", "0.1"]), Some(Ordering::Greater));
        assert_eq!(beside(["5.1", "0.1"], ["5.4", "0.1"]), Some(Ordering::Less));
        assert_eq!(beside(["5.4", "0.1"], ["5.2", "0.1"]), None);
    }

    #[test]
    fn the_whole_is_what_all_others_add_up_to() {
        let whole = |amounts: &[i64]| {
            whole_among(&amounts.iter().map(|value| ((*value).into(), Decimal::new(5, 1))).collect::<Vec<_>>())
        };
        assert_eq!(whole(&[10, 51, 40]), Some(1));
        assert_eq!(whole(&[10, 53, 40]), None);
        assert_eq!(whole(&[40, 40]), None);
    }

    fn check(value: &str, half_width: &str, wanted: i32, expected: &str) {
        let Digits { amount, about, .. } = figure(value, half_width).digits(wanted);
        let seen = format!("{}{amount}", if about { "about " } else { "" });
        assert_eq!(seen, expected, "{value} ± {half_width}");
    }

    #[test]
    fn a_figure_is_rounded_to_what_is_certain() {
        check("139382", "0.5", 0, "139382");
        check("41000", "50", 0, "41000");
        check("41988", "50.5", 0, "42000");
        check("41988", "49.5", 0, "42000");
        check("13.24", "0.05", 1, "13.2");
        check("41.0", "0.05", 1, "41.0");
        check("16.9", "0.9", 1, "17");
        check("41.988", "0.0505", 1, "42.0");
        check("13.24", "0.06", 1, "13.2");
        check("-63.6", "4.6", 1, "-60");
    }

    #[test]
    fn one_digit_more_is_printed_where_rounding_would_leave_the_interval() {
        check("5.4", "0.1", 1, "5.4");
        check("5.4", "0.2", 1, "about 5.4");
        check("13.24", "0.2", 1, "about 13.2");
    }
}
