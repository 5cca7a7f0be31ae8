//! What a printed figure may have been before it was rounded: half up, or cut off as Japanese practice has it.

use rust_decimal::Decimal;

use crate::history::gather::Stated;

/// How a company shortens its figures.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Policy {
    /// To the nearest digit.
    HalfUp,
    /// Towards zero.
    Truncated,
}

impl Policy {
    /// Both habits.
    pub const ALL: [Self; 2] = [Self::HalfUp, Self::Truncated];
}

/// All values between two bounds, the bounds included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Range {
    /// The lowest.
    pub low: Decimal,
    /// The highest.
    pub high: Decimal,
}

impl Range {
    /// A single value.
    pub fn exactly(value: Decimal) -> Self {
        Self { low: value, high: value }
    }

    /// What a statement may have been, under a habit.
    pub fn of(stated: &Stated, policy: Policy) -> Self {
        let (value, half) = (stated.interval.value, stated.interval.half_width);
        let digit = half * Decimal::TWO;
        match policy {
            Policy::HalfUp => Self { low: value - half, high: value + half },
            Policy::Truncated if value.is_zero() => Self { low: -digit, high: digit },
            Policy::Truncated if value.is_sign_negative() => Self { low: value - digit, high: value },
            Policy::Truncated => Self { low: value, high: value + digit },
        }
    }

    /// The sum.
    pub fn plus(self, other: Self) -> Self {
        Self { low: self.low + other.low, high: self.high + other.high }
    }

    /// The difference.
    pub fn minus(self, other: Self) -> Self {
        Self { low: self.low - other.high, high: self.high - other.low }
    }

    /// A function of two ranges that is monotone in both, at its corners; `None` where it is not defined.
    pub fn corners(self, other: Self, f: impl Fn(Decimal, Decimal) -> Option<Decimal>) -> Option<Self> {
        let all =
            [f(self.low, other.low)?, f(self.low, other.high)?, f(self.high, other.low)?, f(self.high, other.high)?];
        let low = all.iter().copied().min()?;
        Some(Self { low, high: all.iter().copied().max()? })
    }

    /// Growth over a base in percent of the base's size; `None` where the sign may change: such a rate means nothing.
    pub fn growth_over(self, base: Self) -> Option<Self> {
        let both = (self.low > Decimal::ZERO && base.low > Decimal::ZERO)
            || (self.high < Decimal::ZERO && base.high < Decimal::ZERO);
        let rate =
            |now: Decimal, then: Decimal| (now - then).checked_mul(Decimal::ONE_HUNDRED)?.checked_div(then.abs());
        both.then(|| self.corners(base, rate)).flatten()
    }

    /// How far two ranges lie apart; zero where they meet.
    pub fn gap(self, other: Self) -> Decimal {
        (other.low - self.high).max(self.low - other.high).max(Decimal::ZERO)
    }

    /// The middle.
    pub fn middle(self) -> Decimal {
        (self.low + self.high) / Decimal::TWO
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn range(low: i64, high: i64) -> Range {
        Range { low: low.into(), high: high.into() }
    }

    #[test]
    fn ranges_meet_or_lie_apart() {
        assert_eq!(range(1, 3).gap(range(3, 4)), Decimal::ZERO);
        assert_eq!(range(1, 3).gap(range(5, 6)), Decimal::TWO);
        assert_eq!(range(5, 6).gap(range(1, 3)), Decimal::TWO);
    }

    #[test]
    fn a_rate_over_a_sign_change_means_nothing() {
        assert_eq!(range(120, 120).growth_over(range(100, 100)), Some(range(20, 20)));
        assert_eq!(range(-50, -50).growth_over(range(-100, -100)), Some(range(50, 50)));
        assert_eq!(range(10, 10).growth_over(range(-5, -5)), None);
        assert_eq!(range(10, 10).growth_over(range(0, 5)), None);
    }
}
