//! Units that a document declares for the numbers around: `Unit: JPY million`, `Thousands of JPY`, `(In NT$ billions …)`.

use super::scan::Text;
use crate::model::{Currency, Scale, Unit};

/// Currencies as declarations print them.
const CURRENCIES: [(&str, &str); 12] = [
    ("jpy", "JPY"),
    ("yen", "JPY"),
    ("¥", "JPY"),
    ("円", "JPY"),
    ("nt$", "TWD"),
    ("us$", "USD"),
    ("u.s. dollars", "USD"),
    ("usd", "USD"),
    ("dollars", "USD"),
    ("eur", "EUR"),
    ("euro", "EUR"),
    ("$", "USD"),
];

const SCALES: [(&str, Scale); 7] = [
    ("hundred million", Scale::HundredMillion),
    ("thousand", Scale::Thousand),
    ("million", Scale::Million),
    ("billion", Scale::Billion),
    ("千円", Scale::Thousand),
    ("百万円", Scale::Million),
    ("億円", Scale::HundredMillion),
];

/// The unit that a line declares: it says `unit`, or is wholly a unit in parentheses or a phrase like `in millions`.
pub fn declared(text: &Text, line: usize, company: Currency) -> Option<Unit> {
    let whole = text.line(line).to_lowercase();
    if let Some((_, after)) = whole.split_once("unit") {
        let after = after.trim_start_matches(|c: char| c == 's' || c == ':' || c == '：' || c.is_whitespace());
        return unit_in(&after.chars().take(24).collect::<String>(), company);
    }
    let bare = whole.trim().trim_start_matches('(').trim_end_matches(')').trim().to_owned();
    let phrase = bare.starts_with("in ")
        || bare.contains("dollars in ")
        || bare.contains("amounts in ")
        || bare.contains("yen in ");
    let alone = whole.trim().starts_with('(') && whole.trim().ends_with(')') && bare.split_whitespace().count() <= 3;
    (phrase || alone).then(|| unit_in(&bare, company)).flatten()
}

/// A currency with a scale, a scale alone (of the company's currency), or `%`, at the start of a text.
pub fn unit_in(text: &str, company: Currency) -> Option<Unit> {
    let text = text.trim();
    if text.starts_with('%') || text.starts_with('％') {
        return Some(Unit::Percent);
    }
    let scale = SCALES.iter().find(|(word, _)| text.contains(word)).map(|(_, scale)| *scale);
    let printed = CURRENCIES.iter().find(|(mark, _)| text.contains(mark)).and_then(|(_, code)| Currency::new(code));
    match (printed, scale) {
        (Some(currency), Some(scale)) => Some(Unit::money(currency, scale)),
        (None, Some(scale)) if text.split_whitespace().count() > 1 || text.contains("円") => {
            Some(Unit::money(company, scale))
        }
        _ => None,
    }
}

/// The currency that one word names: `JPY`, `yen`.
pub fn currency(word: &str) -> Option<Currency> {
    let word = word.to_lowercase();
    CURRENCIES.iter().find(|(mark, _)| *mark == word).and_then(|(_, code)| Currency::new(code))
}

/// The scale that one word names: `millions`, `thousand`.
pub fn scale(word: &str) -> Option<Scale> {
    let word = word.to_lowercase();
    let bare = word.strip_suffix('s').unwrap_or(&word);
    SCALES.iter().find(|(name, _)| *name == bare).map(|(_, scale)| *scale)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &str) {
        let jpy = Currency::new("JPY").expect("a currency");
        let seen = unit_in(text, jpy).map_or_else(|| "none".to_owned(), |unit| unit.to_string());
        assert_eq!(seen, expected, "{text}");
    }

    #[test]
    fn declared_units_are_read() {
        check("jpy million", "JPY million");
        check("in nt$ billions unless otherwise noted", "TWD billion");
        check("dollars in millions, except per share data", "USD million");
        check("百万円", "JPY million");
        check("%", "%");
        check("million", "none");
        check("no. of employees", "none");
    }
}
