//! Figures that a reader of targets asks for: how much of a year a span brought, the growth that the rest of a target needs, the
//! size of a revision, the change between two days. Each is derived by a named rule, with the interval that rounding leaves.

use rust_decimal::Decimal;

use crate::model::{Basis, Figure, FigureId, Measure, Metric, Origin, Period, Rule, Unit};

use super::board::interval_of;
use super::interval::Interval;
use super::{History, Target};

impl History {
    /// The share of a finished year that a span within it brought, in percent.
    pub fn pace(&self, metric: &Metric, span: Period) -> Option<Figure> {
        let year = self.level(metric, Period::Year(span.fiscal_year()?))?;
        let part = self.level(metric, span).filter(|part| part.unit == year.unit && part.id != year.id)?;
        if year.value.is_sign_negative() || part.value.is_sign_negative() {
            return None;
        }
        let share = interval_of(part).percent_of(interval_of(year))?;
        Some(derived(part.id.clone(), Unit::Percent, share, Rule::Pace, &[part, year]))
    }

    /// The growth over last year that a target asks of the rest of its period, in percent; `reached` is the span that is over.
    pub fn implied_growth(&self, metric: &Metric, reached: Period, target: &Target) -> Option<Figure> {
        self.rest_growth(metric, reached, &target.in_force)
    }

    /// How the same rest of a finished year grew over the year before, in percent.
    pub fn rest_growth_achieved(&self, metric: &Metric, reached: Period, whole: Period) -> Option<Figure> {
        self.rest_growth(metric, reached, self.level(metric, whole)?)
    }

    fn rest_growth(&self, metric: &Metric, reached: Period, whole: &Figure) -> Option<Figure> {
        let level = |period| self.level(metric, period).filter(|level| level.unit == whole.unit);
        let done = level(reached)?;
        let (last_whole, last_done) = (level(whole.id.period.year_before())?, level(reached.year_before())?);
        let rest = interval_of(whole).minus(interval_of(done));
        let base = interval_of(last_whole).minus(interval_of(last_done));
        let id = FigureId { measure: Measure::YoyPct, ..whole.id.clone() };
        let rate = rest_rate(rest, base)?;
        Some(derived(id, Unit::Percent, rate, Rule::ImpliedGrowth, &[whole, done, last_whole, last_done]))
    }

    /// The change between two days, in points where the figures are percentages.
    pub fn change_between(&self, metric: &Metric, day: Period, base: Period) -> Option<Figure> {
        let (level, before) = (self.level(metric, day)?, self.level(metric, base)?);
        if level.unit != before.unit {
            return None;
        }
        let percent = level.unit == Unit::Percent;
        let measure = if percent { Measure::PpChange } else { Measure::ChangeAbs };
        let unit = if percent { Unit::Points } else { level.unit.clone() };
        let id = FigureId { measure, ..level.id.clone() };
        let change = interval_of(level).minus(interval_of(before));
        Some(derived(id, unit, change, Rule::Change, &[level, before]))
    }
}

impl Target {
    /// The target that the one in force replaced.
    pub fn replaced(&self) -> Option<&Figure> {
        (self.entries.len() > 1).then(|| &self.entries[self.entries.len() - 2].figure)
    }

    /// The target in force less the one it replaced.
    pub fn revision(&self) -> Option<Figure> {
        let (new, old) = (&self.in_force, self.replaced()?);
        let id = FigureId { measure: Measure::ChangeAbs, ..new.id.clone() };
        let change = interval_of(new).minus(interval_of(old));
        Some(derived(id, new.unit.clone(), change, Rule::Revision, &[new, old]))
    }

    /// The revision in percent of the old target.
    pub fn revision_rate(&self) -> Option<Figure> {
        let (new, old) = (&self.in_force, self.replaced()?);
        let id = FigureId { measure: Measure::YoyPct, basis: Basis::TargetRevised, ..new.id.clone() };
        let rate = interval_of(new).growth_over(interval_of(old))?;
        Some(derived(id, Unit::Percent, rate, Rule::RevisionRate, &[new, old]))
    }
}

/// The growth of what is left; none where a loss may be left.
fn rest_rate(rest: Interval, base: Interval) -> Option<Interval> {
    let certain = rest.low() > Decimal::ZERO && base.low() > Decimal::ZERO;
    certain.then(|| rest.growth_over(base)).flatten()
}

fn derived(id: FigureId, unit: Unit, value: Interval, rule: Rule, inputs: &[&Figure]) -> Figure {
    let inputs = inputs.iter().map(|figure| figure.id.clone()).collect();
    let Interval { value, half_width } = value;
    Figure { id, value, unit, half_width, origin: Origin::Derived { rule, inputs } }
}

#[cfg(test)]
mod tests {
    use super::super::cases::{history, reading};
    use super::*;

    fn check(facts: &str, found: impl Fn(&History, &Metric) -> Option<Figure>, expected: &str) {
        let history = history(&[reading("2017-08-08", facts)]).value;
        let metric = Metric::new("operating_income").expect("a metric");
        let seen = found(&history, &metric).map_or("none".to_owned(), |figure| {
            let Origin::Derived { rule, inputs } = &figure.origin else { return "stated".to_owned() };
            let inputs: Vec<String> = inputs.iter().map(ToString::to_string).collect();
            format!("{} {rule}: {}", figure.value.normalize().round_dp(2), inputs.join(", "))
        });
        assert_eq!(seen, expected, "{facts}");
    }

    const YEARS: &str = "operating_income 1H15 40 JPY million; operating_income FY15 100 JPY million; \
                         operating_income 1H16 50 JPY million; operating_income FY16 target 140 JPY million";

    #[test]
    fn pace_growth_and_revision_name_their_rule_and_inputs() {
        let half = |year| Period::Half { year, number: 1 };
        let pace = |h: &History, m: &Metric| h.pace(m, half(2015));
        check(YEARS, pace, "40 pace: operating_income 1H15, operating_income FY15");
        let growth = |h: &History, m: &Metric| h.implied_growth(m, half(2016), &h.target(m, Period::Year(2016), None)?);
        check(
            YEARS,
            growth,
            "50 implied_growth: operating_income FY16 target, operating_income 1H16, operating_income FY15, \
             operating_income 1H15",
        );
        let loss = YEARS.replace("1H15 40", "1H15 120");
        check(&loss, growth, "none");
        let revised = "operating_income FY16 target_initial 140 JPY million; \
                       operating_income FY16 target_revised 105 JPY million";
        let both = "operating_income FY16 target_revised, operating_income FY16 target_initial";
        let target = |h: &History, m: &Metric| h.target(m, Period::Year(2016), None);
        check(revised, |h, m| target(h, m)?.revision(), &format!("-35 revision: {both}"));
        check(revised, |h, m| target(h, m)?.revision_rate(), &format!("-25 revision_rate: {both}"));
    }
}
