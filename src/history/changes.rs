//! Figures computed when they are asked for: changes, growth, margins and shares of levels. Stated ones come first.

use crate::model::{Basis, Figure, FigureId, Measure, Metric, Origin, Period, Rule, Unit};

use super::board::interval_of;
use super::interval::Interval;
use super::prior_level::base_period;
use super::{Gap, History, kind};

impl History {
    /// Any figure: as stated, else computed from levels (changes, growth, margins, shares).
    pub fn figure(&self, id: &FigureId) -> Option<Figure> {
        self.figure_or_gap(id).ok()
    }

    /// Any figure, or why there is none: `Gap::SignChange` is a growth rate that means nothing.
    ///
    /// # Errors
    /// When the figure is neither stated nor can be computed, or would mean nothing.
    pub fn figure_or_gap(&self, id: &FigureId) -> Result<Figure, Gap> {
        if let Some(figure) = self.get(id) {
            return Ok(figure.clone());
        }
        match id.measure {
            // A target that was in force once is found under the name it has since it was superseded.
            Measure::Level if id.basis == Basis::Target => {
                self.known(&FigureId { basis: Basis::TargetInitial, ..id.clone() }).cloned()
            }
            Measure::Level => Err(Gap::Missing(id.clone())),
            Measure::YoyAbs | Measure::QoqAbs | Measure::ChangeAbs => self.change(id),
            Measure::YoyPct | Measure::QoqPct => self.growth(id),
            Measure::MarginPct => self.ratio(id, kind::revenue_of(&id.metric), Rule::Margin),
            Measure::ShareOfRevenuePct => self.ratio(id, Metric::new("revenue").ok(), Rule::Share),
            Measure::PpChange => self.points(id),
        }
    }

    /// A change is the difference of two levels.
    fn change(&self, id: &FigureId) -> Result<Figure, Gap> {
        let (now, before) = self.pair(id)?;
        let unit = if now.unit == Unit::Percent { Unit::Points } else { now.unit.clone() };
        Ok(derived(id, unit, interval_of(now).minus(interval_of(before)), Rule::Change, [now, before]))
    }

    /// Growth is the change divided by the size of the base. From a loss to a profit there is no rate.
    fn growth(&self, id: &FigureId) -> Result<Figure, Gap> {
        let (now, before) = self.pair(id)?;
        let (value, base) = (interval_of(now), interval_of(before));
        if base.may_be_zero() {
            return Err(Gap::ZeroBase(before.id.clone()));
        }
        if value.value.is_sign_negative() != base.value.is_sign_negative() && !value.value.is_zero() {
            return Err(Gap::SignChange(now.id.clone()));
        }
        let rate = value.growth_over(base).ok_or_else(|| Gap::ZeroBase(before.id.clone()))?;
        Ok(derived(id, Unit::Percent, rate, Rule::GrowthRate, [now, before]))
    }

    /// A level as percent of revenue of the same period and basis.
    fn ratio(&self, id: &FigureId, whole: Option<Metric>, rule: Rule) -> Result<Figure, Gap> {
        let whole = whole.ok_or_else(|| Gap::Missing(id.clone()))?;
        let part = self.known(&FigureId { measure: Measure::Level, ..id.clone() })?;
        let whole = self.known(&FigureId::level(&whole, id.period, id.basis))?;
        if part.unit != whole.unit || part.id == whole.id {
            return Err(Gap::OtherUnit(part.id.clone()));
        }
        if whole.value.is_sign_negative() {
            return Err(Gap::SignChange(whole.id.clone()));
        }
        let share = interval_of(part).percent_of(interval_of(whole));
        let share = share.ok_or_else(|| Gap::ZeroBase(whole.id.clone()))?;
        Ok(derived(id, Unit::Percent, share, rule, [part, whole]))
    }

    /// The change of a percentage over the year before: of the level where it is one, else of the margin.
    fn points(&self, id: &FigureId) -> Result<Figure, Gap> {
        let level = FigureId { measure: Measure::Level, ..id.clone() };
        let measure = match self.get(&level) {
            Some(figure) if figure.unit == Unit::Percent => Measure::Level,
            _ => Measure::MarginPct,
        };
        let now = self.figure_or_gap(&FigureId { measure, ..id.clone() })?;
        let before = FigureId { measure, period: id.period.year_before(), basis: Basis::Actual, ..id.clone() };
        let before = self.figure_or_gap(&before)?;
        Ok(derived(id, Unit::Points, interval_of(&now).minus(interval_of(&before)), Rule::Change, [&now, &before]))
    }

    /// The level of a change and its base. A target is compared with what was actually reached before.
    fn pair(&self, id: &FigureId) -> Result<(&Figure, &Figure), Gap> {
        let now = self.known(&FigureId { measure: Measure::Level, ..id.clone() })?;
        let base = base_period(self.company.fiscal_year, id.period, id.measure);
        let base: Period = base.ok_or_else(|| Gap::NoBase(now.id.clone()))?;
        let before = self.known(&FigureId::level(&id.metric, base, Basis::Actual))?;
        if now.unit != before.unit {
            return Err(Gap::OtherUnit(now.id.clone()));
        }
        Ok((now, before))
    }

    fn known(&self, id: &FigureId) -> Result<&Figure, Gap> {
        self.get(id).ok_or_else(|| Gap::Missing(id.clone()))
    }
}

fn derived(id: &FigureId, unit: Unit, value: Interval, rule: Rule, inputs: [&Figure; 2]) -> Figure {
    let inputs = inputs.map(|figure| figure.id.clone()).to_vec();
    let origin = Origin::Derived { rule, inputs };
    Figure { id: id.clone(), value: value.value, unit, half_width: value.half_width, origin }
}
