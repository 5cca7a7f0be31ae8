//! Figures that only a reader of targets asks for: the pace of last year, the growth that the remainder needs, the size of
//! a revision. They are derived like any other figure, with inputs and with the interval that rounding leaves.

use rust_decimal::Decimal;

use crate::model::{Basis, Figure, FigureId, Measure, Origin, Rule, Unit};

fn derived(id: FigureId, unit: Unit, rule: Rule, value: Decimal, half_width: Decimal, inputs: &[&Figure]) -> Figure {
    let inputs = inputs.iter().map(|figure| figure.id.clone()).collect();
    Figure { id, value, unit, half_width, origin: Origin::Derived { rule, inputs } }
}

/// `part / whole` in percent, and what rounding leaves open.
fn ratio(part: (Decimal, Decimal), whole: (Decimal, Decimal)) -> Option<(Decimal, Decimal)> {
    let lowest = whole.0.abs() - whole.1;
    if lowest <= Decimal::ZERO {
        return None;
    }
    let value = part.0 / whole.0;
    Some((value * Decimal::ONE_HUNDRED, (part.1 + value.abs() * whole.1) / lowest * Decimal::ONE_HUNDRED))
}

/// The share of a finished year that had been reached by the end of a span.
pub fn pace(span: &Figure, year: &Figure) -> Option<Figure> {
    let (value, width) = ratio((span.value, span.half_width), (year.value, year.half_width))?;
    let id = FigureId { period: span.id.period, ..year.id.clone() };
    Some(derived(id, Unit::Percent, Rule::Progress, value, width, &[span, year]))
}

/// What a target less the level reached would be over the same rest of last year, in percent.
pub fn remainder_growth(
    target: &Figure,
    reached: &Figure,
    last_year: &Figure,
    last_reached: &Figure,
) -> Option<Figure> {
    let rest = (target.value - reached.value, target.half_width + reached.half_width);
    let base = (last_year.value - last_reached.value, last_year.half_width + last_reached.half_width);
    if base.0 <= Decimal::ZERO || rest.0 <= Decimal::ZERO {
        return None;
    }
    let (value, width) = ratio(rest, base)?;
    let id = FigureId { measure: Measure::YoyPct, ..target.id.clone() };
    let inputs = [target, reached, last_year, last_reached];
    Some(derived(id, Unit::Percent, Rule::GrowthRate, value - Decimal::ONE_HUNDRED, width, &inputs))
}

/// The target in force less the one it replaced.
pub fn revision(new: &Figure, old: &Figure) -> Figure {
    let id = FigureId { measure: Measure::ChangeAbs, ..new.id.clone() };
    derived(id, new.unit.clone(), Rule::Change, new.value - old.value, new.half_width + old.half_width, &[new, old])
}

/// The change between two days, in points where the figures are percentages.
pub fn since(level: &Figure, before: &Figure) -> Figure {
    let percent = level.unit == Unit::Percent;
    let measure = if percent { Measure::PpChange } else { Measure::ChangeAbs };
    let unit = if percent { Unit::Points } else { level.unit.clone() };
    let id = FigureId { measure, ..level.id.clone() };
    derived(id, unit, Rule::Change, level.value - before.value, level.half_width + before.half_width, &[level, before])
}

/// The revision in percent of the old target.
pub fn revision_pct(new: &Figure, old: &Figure) -> Option<Figure> {
    let (value, width) = ratio((new.value, new.half_width), (old.value, old.half_width))?;
    let id = FigureId { measure: Measure::YoyPct, basis: Basis::TargetRevised, ..new.id.clone() };
    Some(derived(id, Unit::Percent, Rule::GrowthRate, value - Decimal::ONE_HUNDRED, width, &[new, old]))
}
