//! Units that a document declares for the numbers around: `Unit: JPY million`, `Thousands of JPY`, `(In NT$ billions …)`.

use std::sync::LazyLock;

use super::scan::Text;
use crate::model::{Currency, Scale, Unit};

/// Currencies as declarations print them.
static CURRENCIES: [(&str, &str); 35] = [
    ("jpy", "JPY"),
    ("yen", "JPY"),
    ("¥", "JPY"),
    ("￥", "JPY"),
    ("円", "JPY"),
    ("ドル", "USD"),
    ("ユーロ", "EUR"),
    ("nt$", "TWD"),
    ("hk$", "HKD"),
    ("us$", "USD"),
    ("u.s. dollars", "USD"),
    ("usd", "USD"),
    ("dollars", "USD"),
    ("euros", "EUR"),
    ("euro", "EUR"),
    ("eur", "EUR"),
    ("€", "EUR"),
    ("gbp", "GBP"),
    ("£", "GBP"),
    ("krw", "KRW"),
    ("won", "KRW"),
    ("rmb", "CNY"),
    ("cny", "CNY"),
    ("sek", "SEK"),
    ("nok", "NOK"),
    ("dkk", "DKK"),
    ("chf", "CHF"),
    ("aud", "AUD"),
    ("cad", "CAD"),
    ("sgd", "SGD"),
    ("inr", "INR"),
    ("a$", "AUD"),
    ("c$", "CAD"),
    ("s$", "SGD"),
    ("$", "USD"),
];

static SCALES: [(&str, Scale); 17] = [
    ("hundred million", Scale::HundredMillion),
    ("thousand", Scale::Thousand),
    ("million", Scale::Million),
    ("billion", Scale::Billion),
    ("mln", Scale::Million),
    ("bln", Scale::Billion),
    ("千円", Scale::Thousand),
    ("百万円", Scale::Million),
    ("億円", Scale::HundredMillion),
    ("千米ドル", Scale::Thousand),
    ("百万米ドル", Scale::Million),
    ("億米ドル", Scale::HundredMillion),
    ("千ドル", Scale::Thousand),
    ("百万ドル", Scale::Million),
    ("億ドル", Scale::HundredMillion),
    ("千ユーロ", Scale::Thousand),
    ("百万ユーロ", Scale::Million),
];

/// The unit that a line declares: it says `unit`, or is wholly a unit in parentheses or a phrase like `in millions`, or opens
/// with a unit before a wide gap.
pub fn declared(text: &Text, line: usize, company: Currency) -> Option<Unit> {
    let whole = text.line(line).to_lowercase();
    if let Some((_, after)) = whole.split_once("unit").or_else(|| whole.split_once("単位")) {
        let after = after.trim_start_matches(|c: char| c == 's' || c == ':' || c == '：' || c.is_whitespace());
        return unit_in(&after.chars().take(24).collect::<String>(), company);
    }
    let trimmed = whole.trim();
    let bare = trimmed.trim_start_matches(['(', '（']).trim_end_matches([')', '）']).trim();
    let wrapped = trimmed.starts_with(['(', '（']) && trimmed.ends_with([')', '）']);
    let alone = wrapped && bare.split_whitespace().count() <= 3;
    if alone || is_phrase(bare) {
        return unit_in(bare, company);
    }
    let bracket = trimmed.rsplit_once('(').map(|(_, inside)| inside.trim_end_matches(')').trim());
    let phrase = bracket.filter(|inside| is_phrase(inside)).or_else(|| corner(trimmed));
    phrase.and_then(|phrase| unit_in(phrase, company)).or_else(|| before_times(text, line, company))
}

/// `EUR m Q2 2020 Q2 2019`: a unit before the times of columns.
fn before_times(text: &Text, line: usize, company: Currency) -> Option<Unit> {
    let tokens = &text.tokens[line];
    let first = tokens.iter().position(|token| token.time().is_some())?;
    let times = tokens[first..].iter().all(|token| token.time().is_some() || token.word().is_some());
    let words: Vec<String> = tokens[..first].iter().filter_map(|token| Some(token.word()?.to_lowercase())).collect();
    let known = |word: &String| currency(word).is_some() || scale(word).is_some() || word == "m" || word == "of";
    let unit = !words.is_empty() && words.len() == first && words.len() <= 3 && words.iter().all(known);
    (unit && times).then(|| unit_in(&words.join(" "), company)).flatten()
}

/// `in millions of yen`, `JPY in millions`, `unaudited, in thousands except per share data`.
fn is_phrase(text: &str) -> bool {
    let opens = text.starts_with("in ");
    let named = ["dollars in ", "amounts in ", "yen in ", "in thousands", "in millions", "in billions"];
    let ordered = ["millions of ", "thousands of ", "billions of "];
    opens || named.iter().any(|phrase| text.contains(phrase)) || ordered.iter().any(|phrase| text.starts_with(phrase))
}

/// The first cell of a line, where it is nothing but a unit: `EUR million      H1 2019`.
fn corner(line: &str) -> Option<&str> {
    let first = line.split('\t').next().and_then(|cell| cell.split("   ").next())?.trim();
    let words: Vec<&str> = first.split_whitespace().collect();
    let known = |word: &&str| currency(word).is_some() || scale(word).is_some() || *word == "of";
    let joined = joined(first).is_some();
    let parted = first.len() < line.len() && (2..=3).contains(&words.len()) && words.iter().all(known);
    (parted || joined).then_some(first)
}

/// A currency and the letter of its scale: `MEUR`, `SEKm`, `SEK m`, `€m`, `MSEK`, `TSEK`.
fn joined(text: &str) -> Option<Unit> {
    let letters = [("m", Scale::Million), ("mn", Scale::Million), ("k", Scale::Thousand), ("bn", Scale::Billion)];
    let before = [("m", Scale::Million), ("t", Scale::Thousand)];
    let behind = letters.iter().find_map(|(letter, scale)| Some((text.strip_suffix(letter)?.trim_end(), *scale)));
    let ahead = || before.iter().find_map(|(letter, scale)| Some((text.strip_prefix(letter)?, *scale)));
    let money = |(word, scale): (&str, Scale)| Some(Unit::money(currency(word)?, scale));
    behind.and_then(money).or_else(|| ahead().and_then(money))
}

/// A currency with a scale, a scale alone (of the company's currency), or `%`, at the start of a text.
pub fn unit_in(text: &str, company: Currency) -> Option<Unit> {
    let text = text.trim();
    if text.starts_with('%') || text.starts_with('％') {
        return Some(Unit::Percent);
    }
    if let Some(unit) = joined(text) {
        return Some(unit);
    }
    let scale = SCALES.iter().find(|(word, _)| text.contains(word)).map(|(_, scale)| *scale);
    let printed = CURRENCIES.iter().find(|(mark, _)| names(text, mark)).and_then(|(_, code)| Currency::new(code));
    match (printed, scale) {
        (Some(currency), Some(scale)) => Some(Unit::money(currency, scale)),
        (None, Some(scale)) if text.split_whitespace().count() > 1 || text.contains("円") => {
            Some(Unit::money(company, scale))
        }
        _ => None,
    }
}

/// Whether a text has a currency's mark; a code as a word of its own, unlike `unaudited`.
fn names(text: &str, mark: &str) -> bool {
    let code = mark.len() == 3 && mark.bytes().all(|b| b.is_ascii_lowercase()) && !matches!(mark, "jpy" | "yen");
    let mut places = text.match_indices(mark);
    let letter = |c: Option<char>| c.is_some_and(char::is_alphabetic);
    places.any(|(at, _)| {
        !code || !letter(text[..at].chars().next_back()) && !letter(text[at + mark.len()..].chars().next())
    })
}

/// The scale of numbers of shares under a declaration for all figures: `In thousands, except per share data`.
pub fn scale_of_shares(line: &str) -> Option<Scale> {
    let line = line.to_lowercase();
    let excepted = ["except share", "except for share", "except number of share", "except shares", "shares and per"];
    let scale = ["thousand", "million"].into_iter().find(|word| line.contains(&format!("in {word}s")))?;
    (!excepted.iter().any(|words| line.contains(words))).then(|| self::scale(scale)).flatten()
}

/// Words of a table by their first byte in lower case: nearly every word of a document is ruled out by it.
struct ByFirst<T: 'static>(Vec<Vec<&'static (&'static str, T)>>);

impl<T> ByFirst<T> {
    fn of(table: &'static [(&'static str, T)]) -> Self {
        let mut lists: Vec<Vec<_>> = (0..=u8::MAX).map(|_| Vec::new()).collect();
        for entry in table {
            lists[usize::from(entry.0.as_bytes()[0])].push(entry);
        }
        Self(lists)
    }

    fn find(&self, word: &str) -> Option<&'static T> {
        let first = word.as_bytes().first()?.to_ascii_lowercase();
        self.0[usize::from(first)].iter().find(|(name, _)| name.eq_ignore_ascii_case(word)).map(|(_, value)| value)
    }
}

/// Whether a text is nothing but units: `銭 円`, `million [%]`. Such a head names no figure.
pub fn are_all(text: &str) -> bool {
    const SMALL_CHANGE: &str = "銭";
    let is_unit = |word: &str| currency(word).is_some() || scale(word).is_some() || word == SMALL_CHANGE;
    let mut words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).peekable();
    words.peek().is_some() && words.all(is_unit)
}

/// The currency that one word names: `JPY`, `yen`.
pub fn currency(word: &str) -> Option<Currency> {
    static WORDS: LazyLock<ByFirst<&str>> = LazyLock::new(|| ByFirst::of(&CURRENCIES));
    WORDS.find(word).and_then(|code| Currency::new(code))
}

/// The scale that one word names: `millions`, `thousand`.
pub fn scale(word: &str) -> Option<Scale> {
    static WORDS: LazyLock<ByFirst<Scale>> = LazyLock::new(|| ByFirst::of(&SCALES));
    WORDS.find(word.strip_suffix(['s', 'S']).unwrap_or(word)).copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_head_of_units_alone_names_nothing() {
        assert!(["銭 円", "million [%]", "JPY millions", "百万円"].into_iter().all(are_all));
        assert!(!["Yen loans", "", "- %", "million subscribers", "円安"].into_iter().any(are_all));
    }

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
        check("meur", "EUR million");
        check("msek", "SEK million");
        check("sek m", "SEK million");
        check("in millions, except per share data (unaudited)", "JPY million");
        check("yen mln", "JPY million");
        check("jpy in millions", "JPY million");
        check("億米ドル", "USD hundred million");
        check("百万ユーロ", "EUR million");
        check("%", "%");
        check("million", "none");
        check("no. of employees", "none");
    }
}
