//! What must hold for any facts, and what the hand-read facts of the seeds must give.

use std::collections::BTreeMap;

use proptest::prelude::*;
use rust_decimal::{Decimal, RoundingStrategy};

use crate::model::{Basis, Fact, Measure, Metric, Period, Reading};

use super::cases;
use super::{Known, TargetStatus};

fn metric(id: &str) -> Metric {
    Metric::new(id).expect("a metric")
}

#[test]
fn the_seeds_give_their_quarters() {
    let quarters: Vec<String> = seeds().quarters().iter().map(ToString::to_string).collect();
    assert_eq!(
        quarters.join(" "),
        "4Q10 4Q11 1Q12 2Q12 4Q12 1Q13 2Q15 4Q15 1Q16 2Q16 3Q16 4Q16 1Q17 2Q17 3Q17 4Q17 2Q18 3Q18"
    );
}

fn seeds() -> super::History {
    cases::history(&cases::seeds()).value
}

#[test]
fn the_seeds_give_these_series() {
    let history = seeds();
    for (metric, expected) in [
        ("revenue", "FY11 97300 ± 50 stated"),
        ("revenue", "FY12 106248 ± 0.5 stated"),
        ("revenue", "1H16 74120 ± 5 stated"),
        ("revenue", "2Q16 37920 ± 55 span_difference"),
        ("revenue", "FY16 target_initial 159000 ± 50 stated"),
        ("revenue", "FY16 target_revised 158000 ± 50 stated"),
        // 127,611.974 less 44,623.689 less 41.0 billion.
        ("revenue", "2Q17 41988.285 ± 50.001 span_difference"),
        ("revenue", "1H18 90962.93 ± 0.001 span_difference"),
        ("revenue", "9M18 139381.687 ± 0.0005 stated"),
        ("operating_income", "FY11 6353 ± 0.5 stated"),
        // Adjusted EBITDA of FY16 is 16,109, operating income with depreciation 15,994 ± 50.5: it says nothing of a quarter.
        ("operating_income", "2Q16 1148 ± 50.5 span_difference"),
        ("operating_income", "2Q17 1190.529 ± 1.003 statement_line"),
        ("operating_income", "FY16 5100 ± 50 stated"),
        ("operating_income", "1H18 2912.136 ± 0.001 span_difference"),
        ("net_income", "3Q18 -683.166 ± 0.0005 stated"),
        ("cash", "2018-12-31 28878.256 ± 0.0005 stated"),
    ] {
        let seen = cases::series(&history, metric);
        assert!(seen.lines().any(|line| line == expected), "expected {metric} {expected} in\n{seen}");
    }
}

#[test]
fn the_seeds_targets_have_their_revisions_and_outcomes() {
    let history = seeds();
    for (id, initial, revised, outcome) in
        [("revenue", 159_000, 158_000, 157_800), ("operating_income", 7_300, 5_000, 5_100)]
    {
        let target = history.target(&metric(id), Period::Year(2016), None).expect("a target of FY16");
        let values: Vec<_> = target.entries.iter().map(|entry| (entry.status, entry.figure.value)).collect();
        let expected = [(TargetStatus::Initial, initial), (TargetStatus::Revised, revised)];
        assert_eq!(values, expected.map(|(status, value)| (status, Decimal::from(value))));
        assert_eq!(target.outcome.map(|figure| figure.value), Some(Decimal::from(outcome)));
    }
    let target = history.target(&metric("operating_income"), Period::Year(2017), None).expect("a target of FY17");
    let first_quarter = "1Q17".parse().expect("a period");
    let progress = history.progress(&metric("operating_income"), first_quarter, &target).expect("progress");
    assert_eq!(progress.value.round_dp(0), Decimal::from(17));
    assert_eq!(history.trace_of(&progress).facts().len(), 2);
}

#[test]
fn coverage_tells_stated_from_derived() {
    let coverage = seeds().coverage();
    let of = |quarter: &str, id: &str| {
        let row = coverage.iter().find(|row| row.quarter.to_string() == quarter).expect("the quarter");
        let cell = row.metrics.iter().find(|cell| cell.metric == metric(id));
        cell.map_or((None, None), |cell| (cell.quarter, cell.span))
    };
    assert_eq!(of("2Q16", "revenue"), (Some(Known::Derived), Some(Known::Stated)));
    assert_eq!(of("4Q11", "revenue"), (None, Some(Known::Stated)));
    assert_eq!(of("3Q18", "cash"), (Some(Known::Stated), None));
    assert_eq!(of("4Q12", "cost_of_revenue"), (None, None));
}

#[test]
fn every_figure_of_the_seeds_is_followed_to_its_facts() {
    let history = seeds();
    for figure in history.metrics().into_iter().flat_map(|metric| history.series(metric)) {
        assert!(!history.sources(&figure.id).is_empty(), "{}", figure.id);
    }
}

/// Leaves out every third stated flow in turn and derives it from the others: the rules must find what the document says.
#[test]
fn what_is_stated_agrees_with_what_the_rest_implies() {
    let history = seeds();
    let contested = history.conflicts().iter().map(|conflict| conflict.id.clone());
    let unclear = super::conflict::of_unclear_sign(history.conflicts(), &history.figures);
    let contested = contested.chain(unclear).collect();
    let mut stated = history.figures.clone();
    stated.retain(|id, figure| !figure.is_derived() && id.basis == Basis::Actual);
    let is_headline = |id: &str| {
        ["revenue", "cost", "gross", "operating", "adjusted", "net", "sga"].iter().any(|w| id.starts_with(w))
    };
    let ids = stated.keys().filter(|id| id.measure == Measure::Level && is_headline(id.metric.as_str()));
    let mut found = 0;
    for id in ids.step_by(3).cloned().collect::<Vec<_>>() {
        let Some(left_out) = stated.remove(&id) else { continue };
        let derived = super::derive::derive(history.vocabulary(), history.company().fiscal_year, &stated, &contested);
        if let Some(figure) = derived.iter().find(|figure| figure.id == id && !contested.contains(&id)) {
            found += 1;
            let apart = (figure.value - left_out.value).abs();
            assert!(apart <= (figure.half_width + left_out.half_width) * Decimal::TWO, "{figure:?}\n{left_out:?}");
        }
        stated.insert(id, left_out);
    }
    assert!(found > 50, "{found}");
}

#[test]
fn a_figure_known_later_changes_nothing_before() {
    let day = "2017-12-31".parse().expect("a day");
    let history = cases::history(&super::as_of(&cases::seeds(), day)).value;
    assert_eq!(history.documents().len(), 4);
    assert!(history.level(&metric("revenue"), "9M17".parse().expect("a period")).is_none());
}

/// Everything a history says, as text.
fn told(readings: &[Reading]) -> String {
    let seen = cases::history(readings);
    format!("{:#?}\n{:#?}\n{:#?}", seen.value.figures, seen.value.conflicts, seen.warnings)
}

#[test]
fn the_order_of_readings_and_facts_changes_nothing() {
    let mut readings = cases::seeds();
    let expected = told(&readings);
    readings.reverse();
    readings.iter_mut().for_each(|reading| reading.facts.reverse());
    assert!(told(&readings) == expected);
    for (at, reading) in readings.iter_mut().enumerate() {
        let middle = reading.facts.len() / (at + 2);
        reading.facts.rotate_left(middle);
    }
    readings.rotate_left(2);
    assert!(told(&readings) == expected);
}

/// Draws without end, the same for the same seed.
fn draw(seed: &mut u64, below: usize) -> usize {
    *seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
    (*seed >> 33) as usize % below.max(1)
}

fn shuffle<T>(seed: &mut u64, list: &mut [T]) {
    (1..list.len()).rev().for_each(|at| list.swap(at, draw(seed, at + 1)));
}

proptest! {
    #![proptest_config(crate::trials::trials(12))]

    #[test]
    fn no_order_of_documents_and_their_facts_changes_a_figure_or_a_finding(seed in any::<u64>()) {
        static EXPECTED: std::sync::LazyLock<(String, String)> = std::sync::LazyLock::new(|| all_told(&cases::seeds()));
        let (mut seed, mut readings) = (seed, cases::seeds());
        shuffle(&mut seed, &mut readings);
        readings.iter_mut().for_each(|reading| shuffle(&mut seed, &mut reading.facts));
        prop_assert!(all_told(&readings).0 == EXPECTED.0, "the history is another");
        // Footing reads rows in the order of the page: only the documents may come in any order.
        readings.iter_mut().for_each(|reading| reading.facts.sort_by(|a, b| a.source.cmp(&b.source)));
        prop_assert!(all_told(&readings).1 == EXPECTED.1, "the findings are others");
    }

    #[test]
    fn a_document_about_other_times_and_things_changes_no_figure(seed in any::<u64>(), count in 1_usize..60) {
        static BEFORE: std::sync::LazyLock<super::History> = std::sync::LazyLock::new(seeds);
        let mut seed = seed;
        let mut line = |_| {
            let metric = ["orders_received", "revenue", "cash", "operating_income", "employees", "revenue.wan"][draw(&mut seed, 6)];
            let year = 30 + draw(&mut seed, 9);
            let period = match metric {
                "cash" | "employees" => format!("20{year}-03-31"),
                _ => format!("{}{year}", ["FY", "1Q", "2Q", "1H", "9M"][draw(&mut seed, 5)]),
            };
            let unit = if metric == "employees" { "persons" } else { "JPY million" };
            format!("{metric} {period} {} {unit}", draw(&mut seed, 1_000_000))
        };
        let lines: Vec<String> = (0..count).map(&mut line).collect();
        let mut readings = cases::seeds();
        readings.push(cases::reading("2039-05-15", &lines.join("; ")));
        let after = cases::history(&readings).value;
        for (id, figure) in &BEFORE.figures {
            prop_assert_eq!(after.figures.get(id), Some(figure), "{}", id);
        }
    }
}

/// Everything that a history and the checks say, as text.
fn all_told(readings: &[Reading]) -> (String, String) {
    let findings =
        crate::check::check(&cases::company(), &cases::vocabulary(), readings, &crate::extract::cases::seeds());
    (told(readings), format!("{findings:#?}"))
}

/// The periods of two fiscal years with the quarters they span.
fn spans() -> Vec<(&'static str, std::ops::Range<usize>)> {
    vec![
        ("1Q16", 0..1),
        ("2Q16", 1..2),
        ("3Q16", 2..3),
        ("4Q16", 3..4),
        ("1H16", 0..2),
        ("2H16", 2..4),
        ("9M16", 0..3),
        ("FY16", 0..4),
        ("1Q17", 4..5),
        ("2Q17", 5..6),
        ("3Q17", 6..7),
        ("4Q17", 7..8),
        ("1H17", 4..6),
        ("2H17", 6..8),
        ("9M17", 4..7),
        ("FY17", 4..8),
    ]
}

/// An exact amount in thousands as a document prints it: in millions, or in billions with 0 to 2 decimals.
fn print(thousands: i64, precision: u8) -> (Decimal, &'static str) {
    let half_up = RoundingStrategy::MidpointAwayFromZero;
    let exact = Decimal::from(thousands);
    match precision {
        0 => (exact, "JPY thousand"),
        1 => ((exact / Decimal::from(1_000)).round_dp_with_strategy(0, half_up), "JPY million"),
        _ => {
            let mut billions =
                (exact / Decimal::from(1_000_000)).round_dp_with_strategy(u32::from(precision - 2), half_up);
            billions.rescale(u32::from(precision - 2));
            (billions, "JPY billion")
        }
    }
}

proptest! {
    #![proptest_config(crate::trials::trials(200))]

    #[test]
    fn every_derived_interval_holds_the_truth(
        revenue in proptest::collection::vec(20_000_000_i64..90_000_000, 8),
        margin in proptest::collection::vec(-20_000_000_i64..20_000_000, 8),
        stated in proptest::collection::vec((0_usize..16, 0_usize..3, 0_u8..5, 0_u8..4), 1..30),
    ) {
        let cost: Vec<i64> = revenue.iter().zip(&margin).map(|(revenue, margin)| revenue - margin).collect();
        let truth = BTreeMap::from([("revenue", revenue), ("cost_of_revenue", cost), ("gross_profit", margin)]);
        let names = ["revenue", "cost_of_revenue", "gross_profit"];
        let amount = |id: &str, span: std::ops::Range<usize>| truth[id][span].iter().sum::<i64>();
        let mut facts: Vec<Fact> = Vec::new();
        for (span, name, precision, measure) in stated {
            let ((period, quarters), id) = (spans()[span].clone(), names[name]);
            let now = amount(id, quarters.clone());
            let before = (quarters.start >= 4).then(|| amount(id, quarters.start - 4..quarters.end - 4));
            let (measure, (value, unit)) = match (measure, before) {
                (1, Some(before)) => (Measure::YoyAbs, print(now - before, precision)),
                (2, Some(before)) if before > 0 => {
                    let rate = Decimal::from(now - before) * Decimal::ONE_HUNDRED / Decimal::from(before);
                    let mut rate = rate.round_dp_with_strategy(1, RoundingStrategy::MidpointAwayFromZero);
                    rate.rescale(1);
                    (Measure::YoyPct, (rate, "%"))
                }
                _ => (Measure::Level, print(now, precision)),
            };
            let mut fact = cases::fact(id, period, &value.to_string(), unit);
            fact.measure = measure;
            fact.source.line = facts.len() + 1;
            facts.push(fact);
        }
        let mut reading = cases::reading("2018-05-15", "");
        reading.facts = facts;
        let seen = cases::history(&[reading]);
        prop_assert!(seen.warnings.is_empty(), "{:?}", seen.warnings);
        for id in names {
            for (period, quarters) in spans() {
                let period = period.parse().expect("a period");
                if let Some(figure) = seen.value.level(&metric(id), period) {
                    prop_assert_eq!(figure.id.basis, Basis::Actual);
                    let exact = Decimal::from(amount(id, quarters)) / Decimal::from(1_000);
                    prop_assert!((figure.value - exact).abs() <= figure.half_width, "{:?} {}", figure, exact);
                }
            }
        }
    }

    #[test]
    fn a_sum_of_parts_never_leaves_its_interval(
        year in proptest::collection::vec(20_000_000_i64..90_000_000, 3),
        quarter in proptest::collection::vec(1_000_000_i64..9_000_000, 3),
        precisions in proptest::collection::vec(0_u8..4, 4),
        unstated in 0_usize..4,
    ) {
        let names = ["revenue.wan", "revenue.systems_integration", "revenue.atm_operation", "revenue"];
        let with_total = |parts: &[i64]| [parts, &[parts.iter().sum()]].concat();
        let (year, quarter) = (with_total(&year), with_total(&quarter));
        // The year proves which parts make up the total; of the quarter one figure is not stated.
        let mut lines = Vec::new();
        for (name, (year, (quarter, precision))) in names.iter().zip(year.iter().zip(quarter.iter().zip(&precisions))) {
            lines.push(format!("{name} FY16 {year} JPY thousand"));
            let (value, unit) = print(*quarter, *precision);
            lines.push(format!("{name} 1Q16 {value} {unit}"));
        }
        lines.remove(unstated * 2 + 1);
        let history = cases::history(&[cases::reading("2018-05-15", &lines.join("; "))]).value;
        let figure = history.level(&metric(names[unstated]), "1Q16".parse().expect("a period"));
        let figure = figure.expect("the others give it");
        let exact = Decimal::from(quarter[unstated]) / Decimal::from(1_000);
        prop_assert!(figure.is_derived());
        prop_assert!((figure.value - exact).abs() <= figure.half_width, "{:?} {}", figure, exact);
    }
}
