//! Targets against what was reached: the one in force, its outcome, progress and what remains.

use chrono::NaiveDate;

use crate::model::{Basis, Figure, Metric, Origin, Period, Rule, Unit};

use super::board::interval_of;
use super::interval::Interval;
use super::{History, Target, TargetEntry, kind};

impl History {
    /// The target for a period: in force on a day, or with everything known. The outcome is what is known by now, or what
    /// documents of that day state.
    pub fn target(&self, metric: &Metric, period: Period, as_of: Option<NaiveDate>) -> Option<Target> {
        let account = self.ledger.get(&(metric.clone(), period))?;
        let (mut entries, stands) = account.entries(metric, period, self.company.fiscal_year, as_of);
        if entries.is_empty() {
            entries.extend(as_of.and_then(|day| account.told_later(metric, period, self.company.fiscal_year, day)));
        } else if !stands {
            return None;
        }
        let in_force = entries.last()?.figure.clone();
        let outcome = self.level(metric, period).filter(|figure| as_of.is_none_or(|day| self.known_on(figure, day)));
        let comparable = |outcome: &&Figure| !self.is_regrouped_since(entries.last(), outcome);
        let difference = outcome.filter(comparable).and_then(|outcome| difference(outcome, &in_force));
        let outcome = outcome.cloned();
        Some(Target { metric: metric.clone(), period, in_force, entries, outcome, difference })
    }

    /// Whether the metric was regrouped, or shares were split, between the documents of a target and of its outcome.
    fn is_regrouped_since(&self, entry: Option<&TargetEntry>, outcome: &Figure) -> bool {
        let Some(issued) = entry.and_then(|entry| entry.date) else { return false };
        let facts = self.trace_of(outcome).facts();
        let told = facts.iter().filter_map(|fact| {
            let document = self.documents.iter().find(|document| document.name == fact.source.document);
            document.and_then(|document| document.date)
        });
        let Some(told) = told.max() else { return false };
        self.vocabulary.breaks(&outcome.id.metric).any(|regrouped| {
            let day = self.company.fiscal_year.days(regrouped.from).0;
            issued < day && day <= told
        })
    }

    /// The targets of a metric, one a period, by period end, then the shorter period first.
    pub fn targets(&self, metric: &Metric, as_of: Option<NaiveDate>) -> Vec<Target> {
        let ours = self.ledger.keys().filter(|(of, _)| of == metric);
        let mut targets: Vec<Target> = ours.filter_map(|(_, period)| self.target(metric, *period, as_of)).collect();
        targets.sort_by_key(|target| self.order(target.period));
        targets
    }

    /// How much of a target is reached, in percent: the level from the start of the target's period to the end of `reached`.
    /// `None` where the target is not positive, or `reached` ends outside its period.
    pub fn progress(&self, metric: &Metric, reached: Period, target: &Target) -> Option<Figure> {
        let level = self.reached(metric, reached, target)?;
        let aim = &target.in_force;
        if aim.value.is_sign_negative() {
            return None;
        }
        let share = interval_of(level).percent_of(interval_of(aim))?;
        Some(compared(level, aim, Unit::Percent, share, Rule::Progress))
    }

    /// What a target leaves for the rest of its period.
    pub fn remainder(&self, metric: &Metric, reached: Period, target: &Target) -> Option<Figure> {
        let level = self.reached(metric, reached, target)?;
        let aim = &target.in_force;
        let rest = interval_of(aim).minus(interval_of(level));
        let mut figure = compared(level, aim, aim.unit.clone(), rest, Rule::Remainder);
        if let Origin::Derived { inputs, .. } = &mut figure.origin {
            inputs.reverse();
        }
        Some(figure)
    }

    /// The level of the span that starts with the target's period and ends with `reached`.
    fn reached(&self, metric: &Metric, reached: Period, target: &Target) -> Option<&Figure> {
        if *metric != target.metric || !kind::is_flow(metric, &self.vocabulary) {
            return None;
        }
        let calendar = self.company.fiscal_year;
        let ((aim_from, aim_to), end) = (calendar.days(target.period), calendar.end(reached));
        let quarter = reached.last_quarter()?;
        let spans = [reached, Period::Quarter(quarter), quarter.cumulative()];
        let span = spans.into_iter().find(|span| calendar.days(*span) == (aim_from, end))?;
        self.level(metric, span).filter(|level| end <= aim_to && level.unit == target.in_force.unit)
    }

    /// Whether every fact a figure rests on was published by a day.
    fn known_on(&self, figure: &Figure, day: NaiveDate) -> bool {
        self.trace_of(figure).facts().iter().all(|fact| {
            let document = self.documents.iter().find(|document| document.name == fact.source.document);
            document.and_then(|document| document.date).is_some_and(|date| date <= day)
        })
    }
}

/// The outcome less the target.
fn difference(outcome: &Figure, aim: &Figure) -> Option<Figure> {
    let value = interval_of(outcome).minus(interval_of(aim));
    (outcome.unit == aim.unit).then(|| compared(outcome, aim, aim.unit.clone(), value, Rule::Change))
}

/// A figure made from what was reached and the target. It speaks of the target, so its id is the target's.
fn compared(level: &Figure, aim: &Figure, unit: Unit, value: Interval, rule: Rule) -> Figure {
    debug_assert!(level.id.basis == Basis::Actual && aim.id.basis != Basis::Actual);
    Figure {
        id: aim.id.clone(),
        value: value.value,
        unit,
        half_width: value.half_width,
        origin: Origin::Derived { rule, inputs: vec![level.id.clone(), aim.id.clone()] },
    }
}

#[cfg(test)]
mod tests {
    use super::super::TargetStatus;
    use super::super::cases::{self, history, reading};
    use super::*;

    const MAY: &str = "2016-05-13";
    const NOVEMBER: &str = "2016-11-08";
    const NEXT_MAY: &str = "2017-05-15";

    /// A target as text: `159 (2016-05-13, unchanged 2016-11-08) > 158 (2017-05-15)`, then the outcome and the difference.
    fn told(target: &Target) -> String {
        let entry = |entry: &TargetEntry| {
            let status = if entry.status == TargetStatus::Revised { " revised" } else { "" };
            let unchanged = match entry.unchanged_in.join(" ") {
                none if none.is_empty() => none,
                some => format!(", unchanged {some}"),
            };
            format!("{}{status} ({}{unchanged})", entry.figure.value.normalize(), entry.document)
        };
        let entries: Vec<String> = target.entries.iter().map(entry).collect();
        let number =
            |figure: &Option<Figure>| figure.as_ref().map_or(String::new(), |f| f.value.normalize().to_string());
        let outcome = match (number(&target.outcome), number(&target.difference)) {
            (outcome, _) if outcome.is_empty() => outcome,
            (outcome, difference) => format!(", outcome {outcome}, {difference}"),
        };
        format!("{}{outcome}", entries.join(" > "))
    }

    fn check(documents: &[(&str, &str)], as_of: Option<&str>, expected: &str) {
        let readings: Vec<_> = documents.iter().map(|(date, lines)| reading(date, lines)).collect();
        let metric = Metric::new("revenue").expect("a metric");
        let day = as_of.map(|day| day.parse().expect("a day"));
        let target = history(&readings).value.target(&metric, Period::Year(2016), day);
        assert_eq!(target.as_ref().map_or("none".to_owned(), told), expected, "{documents:?} {as_of:?}");
    }

    #[test]
    fn the_ledger_follows_the_dates_and_the_words() {
        let first = (MAY, "revenue FY16 target 159 JPY million");
        let same = (NOVEMBER, "revenue FY16 target 159.0 JPY million");
        let less = (NOVEMBER, "revenue FY16 target 158 JPY million");
        let both =
            (NOVEMBER, "revenue FY16 target_initial 159 JPY million; revenue FY16 target_revised 158 JPY million");
        let result = (NEXT_MAY, "revenue FY16 157 JPY million");
        check(&[first], None, "159 (2016-05-13)");
        check(&[first, same], None, "159 (2016-05-13, unchanged 2016-11-08)");
        check(&[first, less], None, "159 (2016-05-13) > 158 revised (2016-11-08)");
        check(&[first, both], None, "159 (2016-05-13, unchanged 2016-11-08) > 158 revised (2016-11-08)");
        check(&[both], None, "159 (2016-11-08) > 158 revised (2016-11-08)");
        check(&[both, result], None, "159 (2016-11-08) > 158 revised (2016-11-08), outcome 157, -1");
        check(&[first, both, result], Some("2016-10-01"), "159 (2016-05-13)");
        check(&[first, both], Some("2016-01-01"), "none");
        check(&[result], None, "none");
    }

    #[test]
    fn a_target_stands_since_the_day_that_its_document_names() {
        let told_later = |facts: &str, as_of: &str| {
            let mut later = reading(NOVEMBER, facts);
            later.issued.insert(2016, MAY.parse().expect("a day"));
            let metric = Metric::new("revenue").expect("a metric");
            let day = as_of.parse().expect("a day");
            history(&[later])
                .value
                .target(&metric, Period::Year(2016), Some(day))
                .map_or("none".to_owned(), |t| told(&t))
        };
        assert_eq!(told_later("revenue FY16 target 159 JPY million", "2016-06-01"), "159 (2016-11-08)");
        assert_eq!(told_later("revenue FY16 target 159 JPY million", "2016-05-01"), "none");
        let revised = "revenue FY16 target_initial 160 JPY million; revenue FY16 target 159 JPY million";
        assert_eq!(told_later(revised, "2016-06-01"), "160 (2016-11-08)");
        assert_eq!(told_later(revised, "2016-03-01"), "none");
    }

    #[test]
    fn a_first_target_that_a_later_document_tells_of_stood_since_its_period_began() {
        let both =
            (NOVEMBER, "revenue FY16 target_initial 159 JPY million; revenue FY16 target_revised 158 JPY million");
        check(&[both], Some("2016-04-01"), "159 (2016-11-08)");
        check(&[both], Some("2016-03-31"), "none");
        let after = (NEXT_MAY, "revenue FY16 target 159 JPY million");
        check(&[after], Some("2016-06-01"), "159 (2017-05-15)");
        check(&[(NOVEMBER, "revenue FY16 target 159 JPY million")], Some("2016-06-01"), "none");
        check(&[(NEXT_MAY, "revenue FY16 target_revised 158 JPY million")], Some("2016-06-01"), "none");
    }

    #[test]
    fn a_target_called_initial_stands_only_once_its_period_is_over() {
        check(&[(NOVEMBER, "revenue FY16 target_initial 159 JPY million")], None, "none");
        check(&[(NEXT_MAY, "revenue FY16 target_initial 159 JPY million")], None, "159 (2017-05-15)");
        check(&[(NEXT_MAY, "revenue FY16 target_revised 158 JPY million")], None, "158 revised (2017-05-15)");
        check(&[(NOVEMBER, "revenue FY16 outlook 158 JPY million")], None, "none");
    }

    #[test]
    fn a_target_before_a_split_and_an_outcome_after_it_are_not_subtracted() {
        let documents =
            [("2012-05-15", "eps_basic FY12 target 19735 JPY"), ("2013-08-06", "eps_basic FY12 130.76 JPY")];
        let readings = documents.map(|(date, facts)| reading(date, facts));
        let metric = Metric::new("eps_basic").expect("a metric");
        let target = history(&readings).value.target(&metric, Period::Year(2012), None).expect("a target");
        assert_eq!(told(&target), "19735 (2012-05-15), outcome 130.76, ");
    }

    #[test]
    fn a_target_never_enters_the_actual_series() {
        cases::check(
            &[(MAY, "revenue FY16 target 159 JPY million; revenue 1H16 70 JPY million")],
            "revenue",
            "-FY16; -2H16",
        );
    }

    /// Progress and remainder of revenue against a target of FY16.
    fn check_progress(facts: &str, reached: &str, expected: &str) {
        let history = history(&[reading(MAY, &format!("revenue FY16 target 200 JPY million; {facts}"))]).value;
        let metric = Metric::new("revenue").expect("a metric");
        let target = history.target(&metric, Period::Year(2016), None).expect("a target");
        let reached = reached.parse().expect("a period");
        let text = |figure: Option<Figure>| {
            figure.map_or("none".to_owned(), |f| {
                format!("{} ± {} {}", f.value.normalize(), f.half_width.normalize(), f.unit)
            })
        };
        let (share, rest) = (history.progress(&metric, reached, &target), history.remainder(&metric, reached, &target));
        assert_eq!(format!("{}, {}", text(share), text(rest)), expected, "{facts}");
    }

    #[test]
    fn progress_is_measured_from_the_start_of_the_targets_period() {
        check_progress("revenue 1Q16 50.0 JPY million", "1Q16", "25 ± 0.08772 %, 150 ± 0.55 JPY million");
        check_progress("revenue 1H16 100 JPY million", "2Q16", "50 ± 0.37594 %, 100 ± 1 JPY million");
        check_progress("revenue 1H16 100 JPY million", "1H16", "50 ± 0.37594 %, 100 ± 1 JPY million");
        check_progress("revenue 2Q16 100 JPY million", "2Q16", "none, none");
        check_progress("revenue 1Q17 100 JPY million", "1Q17", "none, none");
    }

    #[test]
    fn a_year_is_no_progress_towards_the_target_of_its_first_half() {
        let history = history(&[reading(NEXT_MAY, "revenue 1H16 target 90 JPY million; revenue FY16 200 JPY million")]);
        let metric = Metric::new("revenue").expect("a metric");
        let half = "1H16".parse().expect("a period");
        let target = history.value.target(&metric, half, None).expect("a target");
        assert_eq!(history.value.progress(&metric, Period::Year(2016), &target), None);
        assert_eq!(history.value.remainder(&metric, Period::Year(2016), &target), None);
    }
}
