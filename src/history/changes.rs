//! Figures computed when they are asked for: changes, growth, margins and shares of levels. Stated ones come first.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::model::{
    Basis, Bridge, Fact, Figure, FigureId, Measure, Metric, Origin, Period, Reclassification, Rule, Scale, Unit,
};

use super::board::interval_of;
use super::interval::Interval;
use super::prior_level::base_period;
use super::{Gap, History, kind};

impl History {
    /// Any figure: as stated, else computed from levels (changes, growth, margins, shares).
    pub fn figure(&self, id: &FigureId) -> Option<Figure> {
        self.figure_or_gap(id).ok()
    }

    /// Any figure, or why there is none: `Gap::Loss` is a growth rate that means nothing.
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

    /// Growth is the change divided by the base. Over a loss there is no rate, and none from a profit to a loss.
    fn growth(&self, id: &FigureId) -> Result<Figure, Gap> {
        let (now, before) = self.pair(id)?;
        let (value, base) = (interval_of(now), interval_of(before));
        if base.may_be_zero() {
            return Err(Gap::ZeroBase(before.id.clone()));
        }
        if base.value.is_sign_negative() || value.value.is_sign_negative() {
            return Err(Gap::Loss(now.id.clone()));
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
            return Err(Gap::Loss(whole.id.clone()));
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
        if let Some(break_) = self.break_between(before, now) {
            return Err(Gap::Reclassified(now.id.clone(), break_.note.clone()));
        }
        if is_per_share(&now.unit) && !shares_document(now, before) {
            return Err(Gap::OtherShares(now.id.clone()));
        }
        Ok((now, before))
    }

    /// The regrouping that makes two levels of a metric incomparable: one document that states both has put them on one
    /// footing.
    fn break_between(&self, before: &Figure, now: &Figure) -> Option<&Reclassification> {
        let calendar = self.company.fiscal_year;
        let break_ = self.vocabulary.broken_between(&now.id.metric, calendar, before.id.period, now.id.period)?;
        let documents = |figure: &Figure| -> BTreeSet<Arc<str>> {
            let stated = match &figure.origin {
                Origin::Stated(facts) => facts.clone(),
                Origin::Derived { .. } => self.trace_of(figure).facts(),
            };
            stated.into_iter().map(|fact| fact.source.document).collect()
        };
        let apart = break_.bridge == Bridge::Apart;
        (apart || documents(before).is_disjoint(&documents(now))).then_some(break_)
    }

    fn known(&self, id: &FigureId) -> Result<&Figure, Gap> {
        self.get(id).ok_or_else(|| Gap::Missing(id.clone()))
    }
}

/// Money by itself is per share: amounts are kept in millions.
fn is_per_share(unit: &Unit) -> bool {
    matches!(unit, Unit::Money { scale: Scale::One, .. })
}

/// Whether one document states both: only then are they counted in the same shares, whatever splits lie between.
fn shares_document(now: &Figure, before: &Figure) -> bool {
    let stated_beside = |fact: &Fact| before.facts().iter().any(|other| other.source.document == fact.source.document);
    now.facts().iter().any(stated_beside)
}

fn derived(id: &FigureId, unit: Unit, value: Interval, rule: Rule, inputs: [&Figure; 2]) -> Figure {
    let inputs = inputs.map(|figure| figure.id.clone()).to_vec();
    let origin = Origin::Derived { rule, inputs };
    Figure { id: id.clone(), value: value.value, unit, half_width: value.half_width, origin }
}

#[cfg(test)]
mod tests {
    use super::super::cases::{history, reading};
    use super::*;

    /// Facts must give this figure, `1Q17 yoy_pct`, or this gap.
    fn check(facts: &str, metric: &str, wanted: &str, expected: &str) {
        let mut words = wanted.split(' ');
        let period = words.next().and_then(|word| word.parse().ok()).expect("a period");
        let mut id = FigureId::level(&Metric::new(metric).expect("a metric"), period, Basis::Actual);
        for word in words {
            let word = serde_json::Value::String(word.to_owned());
            match serde_json::from_value(word.clone()) {
                Ok(basis) => id.basis = basis,
                Err(_) => id.measure = serde_json::from_value(word).expect("a basis or a measure"),
            }
        }
        let seen = match history(&[reading("2020-01-01", facts)]).value.figure_or_gap(&id) {
            Ok(f) => {
                let rule = if let Origin::Derived { rule, .. } = f.origin { rule.name() } else { "stated" };
                format!("{} ± {} {} {rule}", f.value.normalize(), f.half_width.normalize(), f.unit)
            }
            Err(gap) => gap.to_string(),
        };
        assert_eq!(seen, expected, "{facts}: {metric} {wanted}");
    }

    #[test]
    fn changes_and_growth_follow_from_two_levels() {
        let two = "revenue 1Q17 120 JPY million; revenue 1Q16 100 JPY million; revenue 4Q16 96 JPY million";
        check(two, "revenue", "1Q17 yoy_abs", "20 ± 1 JPY million change");
        check(two, "revenue", "1Q17 yoy_pct", "20 ± 1.105528 % growth_rate");
        check(two, "revenue", "1Q17 qoq_pct", "25 ± 1.178011 % growth_rate");
        check(two, "revenue", "4Q16 qoq_pct", "revenue 3Q16 is not stated and cannot be derived");
        check(&format!("{two}; revenue 1Q17 yoy_pct 20.1 %"), "revenue", "1Q17 yoy_pct", "20.1 ± 0.05 % stated");
        let cash = "cash 2016-09-30 30 JPY million; cash 2016-03-31 20 JPY million";
        check(cash, "cash", "2016-09-30 change_abs", "10 ± 1 JPY million change");
        check(
            "revenue FY17 target 110 JPY million; revenue FY16 100 JPY million",
            "revenue",
            "FY17 target yoy_abs",
            "10 ± 1 JPY million change",
        );
    }

    #[test]
    fn growth_across_a_regrouping_is_withheld_unless_one_document_states_both_sides() {
        const OTHERS: &str = "revenue.network_services.internet_connectivity_enterprise.others";
        let growth = |documents: &[(&str, &str)]| {
            let readings: Vec<_> = documents.iter().map(|(date, facts)| reading(date, facts)).collect();
            let metric = Metric::new(OTHERS).expect("a metric");
            let level = FigureId::level(&metric, "1Q18".parse().expect("a period"), Basis::Actual);
            let id = FigureId { measure: Measure::YoyPct, ..level };
            history(&readings).value.figure_or_gap(&id).map_or_else(|gap| gap.to_string(), |f| f.value.to_string())
        };
        let (old, new) = (format!("{OTHERS} 1Q17 100 JPY million"), format!("{OTHERS} 1Q18 120 JPY million"));
        let moved = "was regrouped since its base: IIJ FiberAccess/F and IIJ DSL/F moved from IP services to others";
        assert_eq!(growth(&[("2017-08-08", &old), ("2018-08-08", &new)]), format!("{OTHERS} 1Q18 {moved}"));
        assert_eq!(growth(&[("2018-08-08", &format!("{new}; {old}"))]), "20");
    }

    #[test]
    fn a_rate_that_means_nothing_is_not_given() {
        let profit = |now: &str, before: &str| {
            format!("net_income 1Q17 {now} JPY million; net_income 1Q16 {before} JPY million")
        };
        let signs = "a percentage means nothing where net_income 1Q17 or what it is compared with is a loss";
        check(&profit("10", "-5"), "net_income", "1Q17 yoy_pct", signs);
        check(&profit("-10", "5"), "net_income", "1Q17 yoy_pct", signs);
        check(&profit("10", "0"), "net_income", "1Q17 yoy_pct", "the base net_income 1Q16 is zero");
        check(&profit("-5", "-10"), "net_income", "1Q17 yoy_pct", signs);
        check(&profit("-20", "-10"), "net_income", "1Q17 yoy_pct", signs);
        check(&profit("10", "-5"), "net_income", "1Q17 yoy_abs", "15 ± 1 JPY million change");
    }

    #[test]
    fn margins_and_shares_use_revenue_of_the_same_period_and_basis() {
        let facts = "revenue FY16 200 JPY million; operating_income FY16 10 JPY million; revenue.a FY16 50 JPY million; \
                     gross_profit.a FY16 10 JPY million; revenue FY17 target 400 JPY million; \
                     operating_income FY17 target 40 JPY million";
        check(facts, "operating_income", "FY16 margin_pct", "5 ± 0.263158 % margin");
        check(facts, "gross_profit.a", "FY16 margin_pct", "20 ± 1.212122 % margin");
        check(facts, "revenue.a", "FY16 share_of_revenue_pct", "25 ± 0.313284 % share");
        check(facts, "operating_income", "FY17 target margin_pct", "10 ± 0.137673 % margin");
        check(facts, "operating_income", "FY17 target pp_change", "5 ± 0.400831 pp change");
        check(
            facts,
            "operating_income",
            "FY17 margin_pct",
            "operating_income FY17 is not stated and cannot be derived",
        );
    }
}
