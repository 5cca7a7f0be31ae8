//! One unit for each kind of figure, and the interval that its printed digits leave: money in the currency's millions,
//! per-share money in the currency, counts in ones, percentages in percent.

use rust_decimal::Decimal;

use crate::model::{Fact, Measure, Metric, Scale, Unit};
use crate::vocabulary::{Vocabulary, has_any, normalize};

use super::interval::Interval;

/// Beyond this no earnings figure lies, and arithmetic stays within what decimals can hold.
const LIMIT: Decimal = Decimal::from_parts(2_808_348_672, 232_830_643, 0, false, 0); // 10^18

/// A fact's value in the canonical unit; `None` where it is too large to be one.
pub(crate) fn canonical(fact: &Fact, vocabulary: &Vocabulary) -> Option<(Unit, Interval)> {
    let scale = canonical_scale(&fact.unit, fact.metric.as_ref(), vocabulary);
    let (from, to) = (fact.unit.scale().factor(), scale.factor());
    let rescale = |value: Decimal| value.checked_mul(from)?.checked_div(to).filter(|v| v.abs() < LIMIT);
    let value = match fact.value {
        value if is_size(fact) => value.abs(),
        value if is_turned(fact, vocabulary) => -value,
        value => value,
    };
    let interval = Interval { value: rescale(value)?, half_width: rescale(printed_half_width(fact))? };
    Some((fact.unit.at(scale), interval))
}

/// Costs are sizes: in parentheses, as in a reconciliation, they are still the same cost.
const SIZES: [&str; 5] = ["cost_of_revenue", "sga", "depreciation_and_amortization", "capex", "personnel_costs"];

fn is_size(fact: &Fact) -> bool {
    fact.measure == Measure::Level && fact.metric.as_ref().is_some_and(|metric| SIZES.contains(&metric.as_str()))
}

/// Whether the label turns the sign around: `Less: net income attributable to … (131)` takes 131 off, and a positive number
/// behind `Net loss (income)` is a loss.
fn is_turned(fact: &Fact, vocabulary: &Vocabulary) -> bool {
    if fact.measure != Measure::Level || fact.metric.is_none() {
        return false;
    }
    // Most labels need no look at their words: nothing in brackets, and nothing to take off.
    if !fact.label.contains('(') && !fact.value.is_sign_negative() {
        return false;
    }
    let (outside, aside) = match fact.label.split_once('(') {
        Some((before, rest)) => (normalize(before), normalize(rest.split(')').next().unwrap_or_default())),
        None => (normalize(&fact.label), String::new()),
    };
    let words = vocabulary.words();
    let first = outside.split(' ').next().unwrap_or_default();
    let deducted = words.deducted.iter().any(|word| word == first);
    let names_loss = has_any(&outside, &words.loss);
    match aside.is_empty() {
        true => deducted && fact.value.is_sign_negative() && !names_loss,
        false => !deducted && names_loss && has_any(&aside, &words.positive),
    }
}

fn canonical_scale(unit: &Unit, metric: Option<&Metric>, vocabulary: &Vocabulary) -> Scale {
    let Unit::Money { scale, .. } = unit else { return Scale::One };
    match metric.and_then(|metric| counted_in(metric, vocabulary)) {
        Some("per_share") => Scale::One,
        Some(_) => Scale::Million,
        // A price of an unknown thing stays in the currency; an amount that the document scales is an amount.
        None if *scale == Scale::One => Scale::One,
        None => Scale::Million,
    }
}

/// What the vocabulary says a metric counts; parts follow their root.
fn counted_in<'a>(metric: &Metric, vocabulary: &'a Vocabulary) -> Option<&'a str> {
    super::kind::entry(metric, vocabulary).map(|entry| entry.unit.as_str())
}

/// Half of the last printed digit, in the printed unit. Things counted one by one are exact; behind "about" the zeros at
/// the end of a number promise nothing.
fn printed_half_width(fact: &Fact) -> Decimal {
    let mut last_digit = Decimal::new(1, fact.value.scale());
    let counted = matches!(&fact.unit, Unit::Count { noun, scale: Scale::One } if !noun.ends_with("bps"));
    match (fact.approx, counted && fact.value.scale() == 0) {
        (true, _) if fact.value.scale() == 0 && !fact.value.is_zero() => {
            while (fact.value % (last_digit * Decimal::TEN)).is_zero() {
                last_digit *= Decimal::TEN;
            }
        }
        (false, true) => return Decimal::ZERO,
        _ => {}
    }
    last_digit / Decimal::TWO
}

#[cfg(test)]
mod tests {
    use super::super::cases;
    use super::*;

    fn check(metric: &str, value: &str, unit: &str, approx: bool, expected: &str) {
        let mut fact = cases::fact(metric, "FY16", value, unit);
        fact.approx = approx;
        let (unit, interval) = canonical(&fact, &cases::vocabulary()).expect("a sane size");
        let seen = format!("{} ± {} {unit}", interval.value.normalize(), interval.half_width.normalize());
        assert_eq!(seen, expected, "{metric} {value}");
    }

    #[test]
    fn the_limit_is_a_million_million_millions() {
        assert_eq!(LIMIT.to_string(), "1000000000000000000");
    }

    #[test]
    fn a_printed_value_is_known_to_half_of_its_last_digit() {
        check("revenue", "41.0", "JPY billion", false, "41000 ± 50 JPY million");
        check("revenue", "107", "JPY billion", false, "107000 ± 500 JPY million");
        check("revenue", "139,382".replace(',', "").as_str(), "JPY million", false, "139382 ± 0.5 JPY million");
        check("revenue", "127611974", "JPY thousand", false, "127611.974 ± 0.0005 JPY million");
        check("revenue", "5000000", "JPY", false, "5 ± 0.0000005 JPY million");
        check("revenue", "15", "JPY hundred million", false, "1500 ± 50 JPY million");
        check("revenue.network_services.wan", "6.21", "JPY billion", false, "6210 ± 5 JPY million");
        check("eps_basic", "15.72", "JPY", false, "15.72 ± 0.005 JPY");
        check("equity_ratio", "48.5", "%", false, "48.5 ± 0.05 %");
    }

    #[test]
    fn a_cost_in_parentheses_is_the_same_cost() {
        check("depreciation_and_amortization", "-10288", "JPY million", false, "10288 ± 0.5 JPY million");
        check("operating_income", "-50", "JPY million", false, "-50 ± 0.5 JPY million");
    }

    #[test]
    fn labels_that_turn_the_sign_are_understood() {
        let check = |label: &str, printed: &str, expected: &str| {
            let mut fact = cases::fact("net_income_attributable_to_nci", "FY16", printed, "JPY million");
            fact.label = label.to_owned();
            let (_, interval) = canonical(&fact, &cases::vocabulary()).expect("a sane size");
            assert_eq!(interval.value.to_string(), expected, "{label} {printed}");
        };
        check("LESS: NET INCOME ATTRIBUTABLE TO NONCONTROLLING INTERESTS", "-131258", "131258");
        check("Net income attributable to noncontrolling interests", "131", "131");
        check("Less: net income attributable to noncontrolling interests", "131", "131");
        check("Net loss (income) attributable to non-controlling interests", "5", "-5");
        check("Net loss (income) attributable to non-controlling interests", "-6", "6");
        // Here parentheses are a loss, taken off or not.
        check("Less: net income (loss) attributable to noncontrolling interests", "-4", "-4");
        check("Net income (loss) attributable to noncontrolling interests", "-4", "-4");
        check("Net loss attributable to noncontrolling interests", "-54", "-54");
    }

    #[test]
    fn plain_counts_are_exact_and_scaled_ones_are_not() {
        check("employees", "2980", "persons", false, "2980 ± 0 persons");
        check("subscriptions.mobile", "1943", "thousand subscriptions", false, "1943000 ± 500 subscriptions");
        check("total_contracted_bandwidth", "2573.4", "Gbps", false, "2573.4 ± 0.05 Gbps");
        check("total_contracted_bandwidth", "950", "Gbps", false, "950 ± 0.5 Gbps");
    }

    #[test]
    fn zeros_behind_about_promise_nothing() {
        check("contracts", "9000", "contracts", true, "9000 ± 500 contracts");
        check("revenue", "250", "JPY billion", true, "250000 ± 5000 JPY million");
        check("revenue", "2.0", "JPY billion", true, "2000 ± 50 JPY million");
        check("contracts", "0", "contracts", true, "0 ± 0.5 contracts");
    }
}
