//! What must hold for any value that is printed and read again.

use chrono::NaiveDate;
use proptest::prelude::*;
use proptest::sample::select;

use super::{Calendar, Currency, Metric, NamedAfter, Period, Quarter, Scale, Unit};

fn period() -> impl Strategy<Value = Period> {
    let year = || 0..10_000_i32;
    prop_oneof![
        (year(), 1..=4_u8).prop_map(|(year, number)| Period::Quarter(Quarter { year, number })),
        (year(), 1..=2_u8).prop_map(|(year, number)| Period::Half { year, number }),
        year().prop_map(Period::NineMonths),
        year().prop_map(Period::Year),
        (1..10_000_i32, 1..=12_u8).prop_map(|(year, month)| Period::Month { year, month }),
        // From the first day of the year 1 to the last of the year 9999.
        (1..=3_652_059_i32).prop_filter_map("a day", NaiveDate::from_num_days_from_ce_opt).prop_map(Period::Instant),
    ]
}

fn calendar() -> impl Strategy<Value = Calendar> {
    (1..=12_u8, select(vec![NamedAfter::Start, NamedAfter::End]))
        .prop_map(|(first_month, named_after)| Calendar { first_month, named_after })
}

fn unit() -> impl Strategy<Value = Unit> {
    let scale = || {
        let scales =
            [Scale::One, Scale::Thousand, Scale::Million, Scale::HundredMillion, Scale::Billion, Scale::Trillion];
        select(scales.to_vec())
    };
    let currency =
        prop::sample::select(&["JPY", "USD", "EUR", "TWD", "SEK"][..]).prop_filter_map("a currency", Currency::new);
    prop_oneof![
        Just(Unit::Percent),
        Just(Unit::Points),
        (currency, scale()).prop_map(|(currency, scale)| Unit::Money { currency, scale }),
        // What is counted: words of documents, none of which is itself a scale or, in three capitals, a currency.
        ("(per|GW|ATMs|facility|人|契約)[a-z]{0,9}( [a-z]{1,9})?", scale())
            .prop_map(|(noun, scale)| Unit::Count { noun, scale }),
    ]
}

/// Texts that are nearly values: the characters of real ones in any order.
fn nearly() -> impl Strategy<Value = String> {
    let parts = vec![
        "FY", "1Q", "4Q", "2H", "9M", "17", "2017", "0000", "99999", "-", "-03", "-31", "+", "JPY", " ", "million",
        "%", "pp", "hundred ", "Q", "七", "１", "a_b", ".", "..", "revenue", "\u{0}",
    ];
    prop::collection::vec(select(parts), 0..5).prop_map(|parts| parts.concat())
}

proptest! {
    #![proptest_config(crate::trials::trials(2_000))]

    #[test]
    fn a_period_is_read_as_it_is_printed(period in period()) {
        prop_assert_eq!(period.to_string().parse::<Period>(), Ok(period));
        if let Period::Quarter(quarter) = period {
            prop_assert_eq!(quarter.to_string().parse::<Quarter>(), Ok(quarter));
        }
    }

    #[test]
    fn every_period_has_days_and_neighbours_in_every_calendar(period in period(), calendar in calendar()) {
        let (first, last) = calendar.days(period);
        prop_assert!(first <= last);
        prop_assert!(calendar.end(period.year_before()) < last);
        if let Some(before) = period.period_before() {
            prop_assert!(calendar.end(before) < last);
        }
        if period.fiscal_year().is_some() {
            prop_assert_eq!(Some(calendar.year_of(first)), period.fiscal_year());
        }
    }

    #[test]
    fn a_unit_is_read_as_it_is_printed(unit in unit()) {
        prop_assert_eq!(unit.to_string().parse::<Unit>().ok(), Some(unit));
    }

    #[test]
    fn whatever_is_read_is_printed_as_something_that_reads_alike(text in nearly(), calendar in calendar()) {
        if let Ok(period) = text.parse::<Period>() {
            prop_assert_eq!(period.to_string().parse::<Period>(), Ok(period));
            let (first, last) = calendar.days(period);
            prop_assert!(first <= last);
            let _ = (calendar.end(period.year_before()), period.period_before());
        }
        if let Ok(unit) = text.parse::<Unit>() {
            prop_assert_eq!(unit.to_string().parse::<Unit>().ok(), Some(unit));
        }
        if let Ok(metric) = text.parse::<Metric>() {
            prop_assert_eq!(metric.to_string().parse::<Metric>().ok(), Some(metric));
        }
    }
}
