//! What must hold for any number and any day, however a document or a brief prints it: it is read as what was printed.

use chrono::NaiveDate;
use proptest::prelude::*;
use proptest::sample::select;
use rust_decimal::Decimal;

use super::number::{self, Sign};
use super::time::{self, Time};
use crate::language::{Language, Phrases};
use crate::model::{Calendar, Currency, NamedAfter, Period, Scale};

/// A form of print: what stands before and behind the digits, and what is said by it.
type Form = (&'static str, &'static str, Sign, bool, Option<&'static str>, Option<Scale>);

const FORMS: [Form; 19] = [
    ("", "", Sign::None, false, None, None),
    ("+", "", Sign::Plus, false, None, None),
    ("-", "", Sign::Minus, false, None, None),
    ("−", "", Sign::Minus, false, None, None),
    ("△", "", Sign::Minus, false, None, None),
    ("▲", "", Sign::Minus, false, None, None),
    ("(", ")", Sign::Paren, false, None, None),
    ("", "%", Sign::None, true, None, None),
    ("+", "%", Sign::Plus, true, None, None),
    ("(", "%)", Sign::Paren, true, None, None),
    ("JPY", " million", Sign::None, false, Some("JPY"), Some(Scale::Million)),
    ("JPY", " billion", Sign::None, false, Some("JPY"), Some(Scale::Billion)),
    ("JPY", " bn", Sign::None, false, Some("JPY"), Some(Scale::Billion)),
    ("US$", " million", Sign::None, false, Some("USD"), Some(Scale::Million)),
    ("NT$", " billion", Sign::None, false, Some("TWD"), Some(Scale::Billion)),
    ("", "百万円", Sign::None, false, None, Some(Scale::Million)),
    ("", "千円", Sign::None, false, None, Some(Scale::Thousand)),
    ("▲", "百万円", Sign::Minus, false, None, Some(Scale::Million)),
    ("△", "億円", Sign::Minus, false, None, Some(Scale::HundredMillion)),
];

proptest! {
    #![proptest_config(crate::trials::trials(2_000))]

    #[test]
    fn a_number_is_read_as_it_is_printed(
        digits in prop_oneof![0..10_000_i64, 0..10_000_000_000_i64],
        decimals in 0..4_u32,
        form in select(FORMS.to_vec()),
    ) {
        let amount = Decimal::new(digits, decimals);
        let (before, behind, sign, percent, currency, scale) = form;
        let text = format!("{before}{}{behind}", grouped(amount));
        let chars: Vec<char> = text.chars().collect();
        let read = number::read(&chars, 0).map(|(number, end)| {
            (number.magnitude, number.sign, number.percent, number.currency, number.scale, end)
        });
        prop_assert_eq!(read, Some((amount, sign, percent, currency.and_then(Currency::new), scale, chars.len())), "{}", text);
    }

    #[test]
    fn a_day_is_read_as_briefs_print_it(day in 1..36_524_i64, first_month in 1..=12_u8, language in select(Language::ALL.to_vec())) {
        // The days of 1970 to 2069, which are those of companies.
        let day = NaiveDate::from_ymd_opt(1970, 1, 1).expect("a day") + chrono::TimeDelta::days(day);
        let (calendar, phrases) = (Calendar { first_month, named_after: NamedAfter::Start }, Phrases::built_in(language));
        for text in [phrases.day(day), phrases.day_in_sentence(day), day.to_string()] {
            let chars: Vec<char> = text.chars().collect();
            let read = time::read(&chars, 0, &calendar);
            prop_assert_eq!(read, Some((Time::At(Period::Instant(day)), chars.len())), "{}", text);
        }
    }
}

/// Digits in groups of three, written here once more so that no fault of the printer hides one of the reader.
fn grouped(amount: Decimal) -> String {
    let text = amount.to_string();
    let (whole, rest) = text.split_at(text.find('.').unwrap_or(text.len()));
    let comma = |at: usize| at > 0 && (whole.len() - at).is_multiple_of(3);
    let digits = whole.char_indices().flat_map(|(at, digit)| comma(at).then_some(',').into_iter().chain([digit]));
    digits.collect::<String>() + rest
}
