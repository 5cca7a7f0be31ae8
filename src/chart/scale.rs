//! Values to points, by the coordinates of plotters.

use plotters::coord::ranged1d::Ranged;
use plotters::coord::types::RangedCoordf64;

use super::backend::{PER_POINT, pixels};

/// A line of values laid along points; `from` and `to` may run either way.
pub(super) struct Scale {
    values: RangedCoordf64,
    pixels: (i32, i32),
}

impl Scale {
    /// Lays the values from `low` to `high` along the points from `from` to `to`.
    pub(super) fn new((low, high): (f64, f64), from: f64, to: f64) -> Self {
        Self { values: (low..high).into(), pixels: (pixels(from), pixels(to)) }
    }

    /// Where a value stands, in points.
    pub(super) fn at(&self, value: f64) -> f64 {
        f64::from(self.values.map(&value, self.pixels)) / PER_POINT
    }
}

/// The smallest interval around the values; `None` of them, or all the same, still gives one that has a length.
pub(super) fn span(values: impl IntoIterator<Item = f64>) -> (f64, f64) {
    let (low, high) = values
        .into_iter()
        .filter(|value| value.is_finite())
        .fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), value| (low.min(value), high.max(value)));
    if low > high {
        return (0.0, 1.0);
    }
    if high - low > f64::EPSILON * high.abs().max(low.abs()) {
        return (low, high);
    }
    let half = if low == 0.0 { 0.5 } else { low.abs() / 2.0 };
    (low - half, high + half)
}

/// The interval of bars: it always holds zero.
pub(super) fn from_zero(values: impl IntoIterator<Item = f64>) -> (f64, f64) {
    let (low, high) = values
        .into_iter()
        .filter(|value| value.is_finite())
        .fold((0.0_f64, 0.0_f64), |(low, high), value| (low.min(value), high.max(value)));
    if high > low { (low, high) } else { (0.0, 1.0) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_interval_always_has_a_length() {
        assert_eq!(span([]), (0.0, 1.0));
        assert_eq!(span([4.0]), (2.0, 6.0));
        assert_eq!(span([0.0, 0.0]), (-0.5, 0.5));
        assert_eq!(span([-1.0, f64::NAN, 3.0]), (-1.0, 3.0));
        assert_eq!(from_zero([]), (0.0, 1.0));
        assert_eq!(from_zero([5.0, 3.0]), (0.0, 5.0));
        assert_eq!(from_zero([-5.0]), (-5.0, 0.0));
    }

    #[test]
    fn values_stand_between_the_ends_whichever_way_they_run() {
        let down = Scale::new((0.0, 10.0), 100.0, 0.0);
        assert!((down.at(2.5) - 75.0).abs() < 0.02, "{}", down.at(2.5));
        assert!((down.at(0.0) - 100.0).abs() < 0.02);
    }
}
