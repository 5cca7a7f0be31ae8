//! Stacking values on zero: positive ones upwards, negative ones downwards.

/// The two ends of each value's bar; a missing value has none.
pub(super) fn stacked(values: impl IntoIterator<Item = Option<f64>>) -> Vec<Option<(f64, f64)>> {
    let (mut up, mut down) = (0.0, 0.0);
    values
        .into_iter()
        .map(|value| {
            let value = value?;
            let end = if value < 0.0 { &mut down } else { &mut up };
            let from = *end;
            *end += value;
            Some((from, *end))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn losses_are_stacked_below_zero() {
        let bars = stacked([Some(3.0), Some(-1.0), None, Some(2.0), Some(-2.0)]);
        assert_eq!(bars, [Some((0.0, 3.0)), Some((0.0, -1.0)), None, Some((3.0, 5.0)), Some((-1.0, -3.0))]);
    }
}
