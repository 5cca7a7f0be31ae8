//! Arithmetic on values that are known to within a half width. Half widths add; a ratio takes its farthest corner.

use rust_decimal::{Decimal, RoundingStrategy};

/// Ratios do not end; they are kept to this many decimals, and the interval grows by what that cuts off.
const DECIMALS: u32 = 6;

/// A value and half the width of the interval that rounding leaves around it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Interval {
    /// The middle.
    pub value: Decimal,
    /// Half the width.
    pub half_width: Decimal,
}

impl Interval {
    /// The sum.
    pub fn plus(self, other: Self) -> Self {
        Self { value: self.value + other.value, half_width: self.half_width + other.half_width }
    }

    /// The difference.
    pub fn minus(self, other: Self) -> Self {
        Self { value: self.value - other.value, half_width: self.half_width + other.half_width }
    }

    /// The lowest value it allows.
    pub fn low(self) -> Decimal {
        self.value - self.half_width
    }

    /// The highest value it allows.
    pub fn high(self) -> Decimal {
        self.value + self.half_width
    }

    /// Whether zero lies within, so that neither a sign nor a quotient is certain.
    pub fn may_be_zero(self) -> bool {
        self.value.abs() <= self.half_width
    }

    /// Percent of a base; `None` where the base may be zero.
    pub fn percent_of(self, base: Self) -> Option<Self> {
        corners(self, base, |part, whole| part.checked_mul(Decimal::ONE_HUNDRED)?.checked_div(whole))
    }

    /// Change over a base in percent of the base's absolute value; `None` where the base may be zero.
    pub fn growth_over(self, base: Self) -> Option<Self> {
        corners(self, base, |now, then| (now - then).checked_mul(Decimal::ONE_HUNDRED)?.checked_div(then.abs()))
    }

    /// The base that grew by `rate` percent to this value; `None` where nothing may be left of it.
    pub fn before_growth(self, rate: Self) -> Option<Self> {
        let hundred = Self { value: Decimal::ONE_HUNDRED, half_width: Decimal::ZERO };
        let grown = hundred.plus(rate);
        (grown.low() > Decimal::ZERO).then(|| self.percent_of(grown)).flatten()
    }
}

/// The value of a quotient and the distance to its farthest corner: it is monotone in both, as the base keeps off zero.
fn corners(a: Interval, base: Interval, f: impl Fn(Decimal, Decimal) -> Option<Decimal>) -> Option<Interval> {
    if base.may_be_zero() {
        return None;
    }
    let value = f(a.value, base.value)?;
    let mut farthest = Decimal::ZERO;
    for x in [a.low(), a.high()] {
        for y in [base.low(), base.high()] {
            farthest = farthest.max((f(x, y)? - value).abs());
        }
    }
    let kept = value.round_dp(DECIMALS);
    let half_width = farthest + (value - kept).abs();
    Some(Interval {
        value: kept,
        half_width: half_width.round_dp_with_strategy(DECIMALS, RoundingStrategy::AwayFromZero),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn interval(text: &str) -> Interval {
        let (value, half_width) = text.split_once(" ± ").expect("a test writes `1 ± 0.5`");
        let number = |text: &str| text.parse().expect("a test writes decimals");
        Interval { value: number(value), half_width: number(half_width) }
    }

    fn check(seen: Option<Interval>, expected: &str) {
        let seen =
            seen.map_or("none".to_owned(), |i| format!("{} ± {}", i.value.normalize(), i.half_width.normalize()));
        assert_eq!(seen, expected);
    }

    #[test]
    fn half_widths_add() {
        check(Some(interval("100 ± 0.5").plus(interval("50 ± 5"))), "150 ± 5.5");
        check(Some(interval("100 ± 0.5").minus(interval("50 ± 5"))), "50 ± 5.5");
    }

    #[test]
    fn a_share_is_certain_to_its_farthest_corner() {
        check(interval("50 ± 0").percent_of(interval("200 ± 0")), "25 ± 0");
        check(interval("50 ± 10").percent_of(interval("100 ± 20")), "50 ± 25");
        check(interval("-50 ± 10").percent_of(interval("100 ± 20")), "-50 ± 25");
        check(interval("50 ± 10").percent_of(interval("5 ± 5")), "none");
    }

    #[test]
    fn growth_is_measured_against_the_size_of_the_base() {
        check(interval("120 ± 0").growth_over(interval("100 ± 0")), "20 ± 0");
        check(interval("-50 ± 0").growth_over(interval("-100 ± 0")), "50 ± 0");
        check(interval("120 ± 0").growth_over(interval("0 ± 0")), "none");
    }

    #[test]
    fn a_base_is_found_again_from_its_growth() {
        check(interval("120 ± 0").before_growth(interval("20 ± 0")), "100 ± 0");
        check(interval("120 ± 6").before_growth(interval("20 ± 0")), "100 ± 5");
        check(interval("120 ± 0").before_growth(interval("-100 ± 0")), "none");
    }
}
