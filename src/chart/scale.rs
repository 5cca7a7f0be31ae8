//! Values to points, by the coordinates of plotters.

use plotters::coord::ranged1d::Ranged;
use plotters::coord::types::RangedCoordf64;

use super::Style;
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

    /// The same at the scale that charts of one unit share: the values may take less than the room there is.
    pub(super) fn held(values: (f64, f64), from: f64, to: f64, style: &Style) -> Self {
        let room = style.held(values, (to - from).abs());
        Self::new(values, from, from + room.copysign(to - from))
    }

    /// The points that one unit takes.
    pub(super) fn per_unit(&self) -> f64 {
        let values = self.values.range();
        f64::from((self.pixels.1 - self.pixels.0).abs()) / PER_POINT / (values.end - values.start)
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

/// The scales at which charts of one unit compare: each chart has its unit and the points that one unit takes when it is drawn
/// alone. The chart of the largest values sets the scale of all that keep `least` of their own size; the others of the unit
/// share the next one.
pub fn shared(alone: &[(&str, f64)], least: f64) -> Vec<f64> {
    let mut order: Vec<usize> = (0..alone.len()).collect();
    order.sort_by(|a, b| alone[*a].0.cmp(alone[*b].0).then(alone[*a].1.total_cmp(&alone[*b].1)));
    let mut scales = vec![0.0; alone.len()];
    let mut leader: Option<(&str, f64)> = None;
    for index in order {
        let (unit, own) = alone[index];
        let follows = leader.is_some_and(|(of, scale)| of == unit && scale >= own * least);
        if !follows {
            leader = Some((unit, own));
        }
        scales[index] = leader.map_or(own, |(_, scale)| scale);
    }
    scales
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
    fn charts_of_one_unit_share_a_scale_unless_the_smaller_would_vanish() {
        let alone = [("million", 0.04), ("billion", 1.3), ("million", 0.09), ("billion", 80.0)];
        assert_eq!(shared(&alone, 0.25), [0.04, 1.3, 0.04, 80.0]);
        assert_eq!(shared(&[], 0.25), Vec::<f64>::new());
    }

    #[test]
    fn values_stand_between_the_ends_whichever_way_they_run() {
        let down = Scale::new((0.0, 10.0), 100.0, 0.0);
        assert!((down.at(2.5) - 75.0).abs() < 0.02, "{}", down.at(2.5));
        assert!((down.at(0.0) - 100.0).abs() < 0.02);
    }
}
