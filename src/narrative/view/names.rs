//! Names inside sentences: of metrics, of spans and of their bases.

use crate::model::{Metric, Period};
use crate::vocabulary::Vocabulary;

/// The name of a metric inside a sentence: `operating income`, `the cost of network services`.
pub fn of(vocabulary: &Vocabulary, metric: &Metric) -> String {
    match metric.root() {
        "cost_of_revenue" if metric.path().is_some() => {
            format!("the cost of {}", inside(&vocabulary.part_name(metric)))
        }
        _ => inside(&vocabulary.name(metric)),
    }
}

/// A name as it stands inside a sentence: `Operating income` becomes `operating income`, `WAN services` and `IIJmio` stay.
pub fn inside(name: &str) -> String {
    let mut chars = name.chars();
    let (Some(first), rest) = (chars.next(), chars.as_str()) else { return String::new() };
    let word = name.split([' ', '-']).next().unwrap_or(name);
    if word.chars().skip(1).any(char::is_uppercase) || rest.is_empty() {
        return name.to_owned();
    }
    first.to_lowercase().chain(rest.chars()).collect()
}

/// `the first half of FY16`
pub fn span_words(period: Period) -> String {
    let year = |year: i32| Period::Year(year).to_string();
    match period {
        Period::Quarter(quarter) => period_word(&quarter.to_string()),
        Period::Half { year: y, number: 1 } => format!("the first half of {}", year(y)),
        Period::Half { year: y, .. } => format!("the second half of {}", year(y)),
        Period::NineMonths(y) => format!("the first nine months of {}", year(y)),
        other => other.to_string(),
    }
}

fn period_word(text: &str) -> String {
    text.to_owned()
}

/// `six months`
pub fn length_words(period: Period) -> &'static str {
    match period {
        Period::Quarter(_) => "three months",
        Period::Half { .. } => "six months",
        Period::NineMonths(_) => "nine months",
        Period::Year(_) => "full year",
        Period::Month { .. } => "month",
        Period::Instant(_) => "day",
    }
}

/// How far the year has come, `one quarter`.
pub fn elapsed_words(number: u8) -> &'static str {
    match number {
        1 => "one quarter",
        2 => "the first half",
        3 => "nine months",
        _ => "the full year",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_inside_a_sentence_keeps_its_abbreviations() {
        for (name, expected) in [
            ("Operating income", "operating income"),
            ("WAN services", "WAN services"),
            ("SG&A and R&D", "SG&A and R&D"),
            ("ATM operation", "ATM operation"),
            ("IIJmio Mobile Service", "IIJmio Mobile Service"),
            ("Shareholders' equity", "shareholders' equity"),
        ] {
            assert_eq!(inside(name), expected);
        }
    }
}
