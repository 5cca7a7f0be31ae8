//! Numbers as documents print them: separators, signs, parentheses, currencies, scales, and the damage of text layers.

use rust_decimal::Decimal;

use crate::model::{Currency, Scale};

/// How a number shows its sign.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sign {
    /// None printed.
    None,
    /// `+`.
    Plus,
    /// `-`, `−`, `△` or `▲`.
    Minus,
    /// Wholly in parentheses: negative, a share or "of which", as the place decides.
    Paren,
}

/// One printed number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Number {
    /// Without sign; as many decimals as printed.
    pub magnitude: Decimal,
    /// The printed sign.
    pub sign: Sign,
    /// Whether a percent sign follows.
    pub percent: bool,
    /// The currency printed with it.
    pub currency: Option<Currency>,
    /// The scale printed with it.
    pub scale: Option<Scale>,
    /// First character of the figure itself (sign and parenthesis included, currency not), from 0.
    pub from: usize,
    /// One past the last character of the figure itself (percent sign included, scale word not).
    pub to: usize,
    /// Whether blanks stand inside the number: `69 .8`, `20. 0`.
    pub broken: bool,
}

impl Number {
    /// The value with the printed sign; parentheses count as minus.
    pub fn signed(&self) -> Decimal {
        match self.sign {
            Sign::Minus | Sign::Paren => -self.magnitude,
            Sign::None | Sign::Plus => self.magnitude,
        }
    }

    /// Whether it is money by its own words.
    pub fn is_money(&self) -> bool {
        self.currency.is_some()
    }
}

const CURRENCIES: [(&str, &str); 26] = [
    ("JPY", "JPY"),
    ("NT$", "TWD"),
    ("US$", "USD"),
    ("USD", "USD"),
    ("HK$", "HKD"),
    ("EUR", "EUR"),
    ("GBP", "GBP"),
    ("KRW", "KRW"),
    ("SEK", "SEK"),
    ("NOK", "NOK"),
    ("DKK", "DKK"),
    ("CHF", "CHF"),
    ("AUD", "AUD"),
    ("CAD", "CAD"),
    ("SGD", "SGD"),
    ("INR", "INR"),
    ("CNY", "CNY"),
    ("RMB", "CNY"),
    ("A$", "AUD"),
    ("C$", "CAD"),
    ("Yen", "JPY"),
    ("¥", "JPY"),
    ("￥", "JPY"),
    ("€", "EUR"),
    ("£", "GBP"),
    ("$", "USD"),
];

const SCALES: [(&str, Scale); 20] = [
    ("thousands", Scale::Thousand),
    ("thousand", Scale::Thousand),
    ("millions", Scale::Million),
    ("million", Scale::Million),
    ("mil.", Scale::Million),
    ("mn", Scale::Million),
    ("mln", Scale::Million),
    ("billions", Scale::Billion),
    ("billion", Scale::Billion),
    ("bil.", Scale::Billion),
    ("bn", Scale::Billion),
    ("trillion", Scale::Trillion),
    ("兆円", Scale::Trillion),
    ("億円", Scale::HundredMillion),
    ("百万円", Scale::Million),
    ("千円", Scale::Thousand),
    ("億", Scale::HundredMillion),
    ("兆", Scale::Trillion),
    ("百万", Scale::Million),
    ("千", Scale::Thousand),
];

/// Reads one number that starts at `at` (with its currency, sign or parenthesis); gives it and the place behind it, scale word
/// included.
pub fn read(text: &[char], at: usize) -> Option<(Number, usize)> {
    // A figure starts with a digit, a sign, a bracket or a currency in capitals.
    if text[at].is_alphabetic() && !text[at].is_ascii_uppercase() {
        return None;
    }
    let glued_behind = at > 0 && text[at - 1].is_alphanumeric() && !is_cjk(text[at - 1]);
    if glued_behind && text[at].is_ascii_digit() && !is_behind_direction(text, at) {
        return None;
    }
    if let Some(found) = read_myriads(text, at) {
        return found;
    }
    read_paren(text, at).or_else(|| read_plain(text, at))
}

/// `91億20百万円`, `1兆2,345億円`: two figures that are one. The inner `None` refuses the second one alone, and other forms.
fn read_myriads(text: &[char], at: usize) -> Option<Option<(Number, usize)>> {
    let myriad = |c: &char| matches!(c, '億' | '兆');
    let before = at.checked_sub(1).and_then(|at| text.get(at));
    if before.is_some_and(myriad) && text[at].is_ascii_digit() {
        return Some(None);
    }
    const LONGEST: usize = 24;
    if !text[at..].iter().take(LONGEST).any(myriad) {
        return None;
    }
    let (mut number, _) = read_body(text, at)?;
    let mark = *text.get(number.to).filter(|c| myriad(c))?;
    let (second, _) = read_body(text, number.to + 1).filter(|(second, _)| second.sign == Sign::None)?;
    let behind = |word: &str| starts_with(text, second.to, word, true);
    let (factor, scale, end) = match mark {
        '億' => (100, Scale::Million, behind("百万円")),
        _ => (10_000, Scale::HundredMillion, behind("億円")),
    };
    number.magnitude = number.magnitude * Decimal::from(factor) + second.magnitude;
    number.scale = Some(scale);
    number.to = second.to;
    Some(end.filter(|_| second.magnitude < Decimal::from(factor)).map(|end| (number, end)))
}

/// Words of direction that a text layer glues to the figure behind and the scale before: `billionup4.2%`.
const DIRECTIONS: [&str; 2] = ["up", "down"];

/// Whether the figure at a place is glued to a word of direction.
pub fn is_behind_direction(text: &[char], at: usize) -> bool {
    DIRECTIONS.iter().any(|word| {
        let Some(start) = at.checked_sub(word.len()).filter(|start| starts_with(text, *start, word, true).is_some())
        else {
            return false;
        };
        let before: String = text[start.saturating_sub(6)..start].iter().collect();
        !before.ends_with(|c: char| c.is_alphabetic()) || before.ends_with("illion")
    })
}

/// The place behind a currency's code with digits behind it: `JPY` in `RevenuesJPY99,382`.
pub fn is_glued_currency(text: &[char], at: usize) -> bool {
    let behind = currency_at(text, at).map(|(_, end)| skip_blanks(text, end));
    behind.and_then(|end| text.get(end)).is_some_and(char::is_ascii_digit)
}

/// `(1,451)`, `(0.7%)`, `(276,374 )`, also with the bracket's end in the next cell: the number and nothing else in parentheses.
fn read_paren(text: &[char], at: usize) -> Option<(Number, usize)> {
    if !matches!(text.get(at)?, '(' | '（') {
        return None;
    }
    let inside = skip_blanks(text, at + 1);
    let (mut number, _) = read_body(text, inside)?;
    if number.sign != Sign::None {
        return None;
    }
    let close = skip_blanks(text, number.to);
    let parted = text.get(close) == Some(&'\t');
    let close = if parted { skip_blanks(text, close + 1) } else { close };
    if !matches!(text.get(close)?, ')' | '）') {
        return None;
    }
    number.sign = Sign::Paren;
    number.from = at;
    number.to = if parted { number.to } else { close + 1 };
    let end = close + 1;
    Some((number, end))
}

fn read_plain(text: &[char], at: usize) -> Option<(Number, usize)> {
    let outer_sign = sign_at(text, at).filter(|_| currency_at(text, skip_blanks(text, at + 1)).is_some());
    let start = if outer_sign.is_some() { skip_blanks(text, at + 1) } else { at };
    let (currency, scale, after) = match scaled_currency_at(text, start) {
        Some((currency, scale, after)) => (Some(currency), scale, skip_blanks(text, after)),
        None => (None, None, start),
    };
    let bracketed = || read_paren(text, after).filter(|_| matches!(text[start], '$' | '€' | '£' | '¥' | '￥'));
    let (mut number, mut end) = read_body(text, after).or_else(bracketed)?;
    number.currency = currency;
    number.scale = scale;
    if let Some((currency, scale, after)) = currency_behind(text, &number) {
        (number.currency, number.scale, end) = (Some(currency), scale, after);
    }
    if let Some(sign) = outer_sign.filter(|_| number.sign == Sign::None) {
        number.sign = sign;
    }
    if !number.percent
        && number.scale.is_none()
        && let Some((scale, after)) =
            scale_at(text, skip_blanks(text, end)).or_else(|| scale_letter(text, end).filter(|_| currency.is_some()))
    {
        number.scale = Some(scale);
        end = after;
    }
    if let Some((currency, after)) =
        named_at(&FOREIGN, text, end).filter(|_| number.currency.is_none() && !number.percent)
    {
        number.currency = Some(currency);
        end = after;
    }
    let per_share = number.currency.is_some() && starts_with(text, end, "per ", false).is_some();
    let glued = text.get(end).is_some_and(|c| c.is_ascii_alphanumeric()) && !per_share;
    if glued && number.scale.is_none() && !number.percent {
        return None;
    }
    Some((number, end))
}

/// Sign, digits, percent sign.
fn read_body(text: &[char], at: usize) -> Option<(Number, usize)> {
    let sign = sign_at(text, at).unwrap_or(Sign::None);
    let digits = if sign == Sign::None { at } else { skip_blanks(text, at + 1) };
    let (magnitude, mut end, broken) = read_digits(text, digits)?;
    let behind = skip_blanks(text, end);
    let percent = matches!(text.get(behind), Some('%' | '％')) && behind - end <= 1;
    if percent {
        end = behind + 1;
    }
    let number = Number { magnitude, sign, percent, currency: None, scale: None, from: at, to: end, broken };
    Some((number, end))
}

/// No figure of a business has as many: digits run together. Sums and scales of smaller ones stay within what a decimal holds.
const TOO_LARGE: i64 = 1_000_000_000_000_000;

/// Digits with separators; `broken` where one blank stands at the decimal point.
fn read_digits(text: &[char], at: usize) -> Option<(Decimal, usize, bool)> {
    let digit = |i: usize| text.get(i).is_some_and(char::is_ascii_digit);
    if !digit(at) {
        return None;
    }
    let mut end = at;
    while digit(end) {
        end += 1;
    }
    while text.get(end) == Some(&',') && (1..=3).all(|i| digit(end + i)) && !digit(end + 4) {
        end += 4;
    }
    let mut body: String = text[at..end].iter().filter(|c| **c != ',').collect();
    let mut broken = false;
    let point = match (text.get(end), text.get(end + 1), text.get(end + 2)) {
        (Some('.'), Some(c), _) if c.is_ascii_digit() => Some(end + 1),
        (Some(' '), Some('.'), Some(c)) if c.is_ascii_digit() => Some(end + 2),
        (Some('.'), Some(' '), Some(c)) if c.is_ascii_digit() && !digit(end + 3) => Some(end + 2),
        _ => None,
    };
    if let Some(fraction) = point {
        broken = fraction != end + 1;
        end = fraction;
        while digit(end) {
            end += 1;
        }
        if text.get(end) == Some(&'年') {
            end = fraction - 1;
        } else {
            body.push('.');
            body.extend(&text[fraction..end]);
        }
    }
    let magnitude: Decimal = body.parse().ok()?;
    (magnitude < Decimal::from(TOO_LARGE)).then_some((magnitude, end, broken))
}

fn sign_at(text: &[char], at: usize) -> Option<Sign> {
    match text.get(at)? {
        '+' | '＋' => Some(Sign::Plus),
        '△' | '▲' | '−' | '－' => Some(Sign::Minus),
        '-' if at == 0 || !text[at - 1].is_alphanumeric() => Some(Sign::Minus),
        _ => None,
    }
}

fn currency_at(text: &[char], at: usize) -> Option<(Currency, usize)> {
    // No currency starts like most words and figures do.
    if text.get(at).is_none_or(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || *c == ' ') {
        return None;
    }
    named_at(&CURRENCIES, text, at)
}

/// The currency whose mark, of a table of marks and codes, stands at a place.
fn named_at(marks: &[(&str, &str)], text: &[char], at: usize) -> Option<(Currency, usize)> {
    marks.iter().find_map(|(mark, code)| {
        let end = starts_with(text, at, mark, true)?;
        Some((Currency::new(code)?, end))
    })
}

/// `SEK`, also with the letter of a scale before it: `MSEK`, `TEUR`.
fn scaled_currency_at(text: &[char], at: usize) -> Option<(Currency, Option<Scale>, usize)> {
    if let Some((currency, end)) = currency_at(text, at) {
        return Some((currency, None, end));
    }
    let scale = match text.get(at)? {
        'M' => Scale::Million,
        'T' => Scale::Thousand,
        _ => return None,
    };
    let begins = at == 0 || !text[at - 1].is_alphanumeric();
    let (currency, end) = currency_at(text, at + 1).filter(|(_, end)| begins && *end == at + 4)?;
    Some((currency, Some(scale), end))
}

/// `4,214 MSEK`, `4.49 SEK`: a currency's code behind its figure, with nothing behind that it could belong to.
fn currency_behind(text: &[char], number: &Number) -> Option<(Currency, Option<Scale>, usize)> {
    let at = skip_blanks(text, number.to);
    if number.currency.is_some() || number.percent || at == number.to || !text.get(at)?.is_ascii_uppercase() {
        return None;
    }
    let (currency, scale, end) = scaled_currency_at(text, at)?;
    let code = text[at..end].iter().all(char::is_ascii_uppercase);
    let free = match text.get(end) {
        None | Some('.' | ',' | ';' | ')') => true,
        Some(' ') => {
            let next = text[end..].iter().find(|c| **c != ' ');
            next.is_none_or(|c| c.is_ascii_lowercase() || *c == '(') && scale_at(text, skip_blanks(text, end)).is_none()
        }
        Some(_) => false,
    };
    (code && free).then_some((currency, scale, end))
}

/// Currencies as Japanese text prints them behind a figure and its scale; a bare `ドル` is the American one.
const FOREIGN: [(&str, &str); 9] = [
    ("米ドル", "USD"),
    ("米国ドル", "USD"),
    ("ドル", "USD"),
    ("ユーロ", "EUR"),
    ("台湾ドル", "TWD"),
    ("香港ドル", "HKD"),
    ("豪ドル", "AUD"),
    ("人民元", "CNY"),
    ("ウォン", "KRW"),
];

/// `m` of `SEK 958m`, `M` of `$285.9M`, ` M` of `SEK 665.8 M`, behind a figure with its currency.
fn scale_letter(text: &[char], at: usize) -> Option<(Scale, usize)> {
    let letter = skip_blanks(text, at);
    let scale = match text.get(letter)? {
        'm' if letter == at => Scale::Million,
        'M' => Scale::Million,
        'B' => Scale::Billion,
        'k' | 'K' if letter == at => Scale::Thousand,
        _ => return None,
    };
    (!text.get(letter + 1).is_some_and(|c| c.is_alphanumeric())).then_some((scale, letter + 1))
}

fn scale_at(text: &[char], at: usize) -> Option<(Scale, usize)> {
    SCALES.iter().find_map(|(word, scale)| {
        let end = starts_with(text, at, word, false)?;
        let directed = || DIRECTIONS.iter().any(|word| starts_with(text, end, word, true).is_some());
        let whole = !text.get(end).is_some_and(|c| c.is_ascii_alphanumeric()) || !word.is_ascii();
        let whole = whole || word.ends_with("illion") && directed();
        whole.then_some((*scale, end))
    })
}

/// The place behind `word`, where the text has it at `at`.
fn starts_with(text: &[char], at: usize, word: &str, exact: bool) -> Option<usize> {
    let mut end = at;
    for expected in word.chars() {
        let seen = *text.get(end)?;
        if seen != expected && (exact || !seen.eq_ignore_ascii_case(&expected)) {
            return None;
        }
        end += 1;
    }
    Some(end)
}

fn skip_blanks(text: &[char], mut at: usize) -> usize {
    while matches!(text.get(at), Some(' ' | '\u{a0}')) {
        at += 1;
    }
    at
}

/// Japanese text writes numbers without blanks around them.
pub fn is_cjk(c: char) -> bool {
    matches!(c, '\u{3000}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{ff00}'..='\u{ffef}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &str) {
        let chars: Vec<char> = text.chars().collect();
        let seen = read(&chars, 0).map_or_else(
            || "none".to_owned(),
            |(n, end)| {
                let unit = match (n.percent, n.currency, n.scale) {
                    (true, _, _) => "%".to_owned(),
                    (_, currency, scale) => {
                        format!(
                            "{} {}",
                            currency.map_or_else(String::new, |c| c.code().to_owned()),
                            scale.map_or("", Scale::name)
                        )
                    }
                };
                let printed: String = chars[n.from..n.to].iter().collect();
                let rest: String = chars[end..].iter().collect();
                format!("{} {} [{printed}] <{rest}>{}", n.signed(), unit.trim(), if n.broken { " broken" } else { "" })
            },
        );
        assert_eq!(seen, expected, "{text}");
    }

    #[test]
    fn numbers_are_read_with_their_signs_scales_and_damage() {
        check("26,441 x", "26441  [26,441] < x>");
        check("JPY41.0 bn +13.2%", "41.0 JPY billion [41.0] < +13.2%>");
        check("999999999999999 x", "999999999999999  [999999999999999] < x>");
        check("1,000,000,000,000,000 x", "none");
        check("JPY20160331201704012017 million", "none");
        check("JPY+0.19 bn", "0.19 JPY billion [+0.19] <>");
        check("+JPY 4.66", "4.66 JPY [4.66] <>");
        check("(1,451)", "-1451  [(1,451)] <>");
        check("(276,374 ) (2", "-276374  [(276,374 )] < (2>");
        check("(0.7%)", "-0.7 % [(0.7%)] <>");
        check("(JPY127,612 million for", "none");
        check("69 .8", "69.8  [69 .8] <> broken");
        check("20. 0", "20.0  [20. 0] <> broken");
        check("21.066", "21.066  [21.066] <>");
        check("△81.9", "-81.9  [△81.9] <>");
        check("JPY2.57billion (up", "2.57 JPY billion [2.57] < (up>");
        check("1Gbps", "none");
        check("8,168百万円", "8168 million [8,168] <>");
        check("1,2345", "1  [1] <,2345>");
        check("5.0%YoY", "5.0 % [5.0%] <YoY>");
        check("91億20百万円（", "9120 million [91億20] <（>");
        check("1兆2,345億円", "12345 hundred million [1兆2,345] <>");
        check("12億米ドル、", "12 USD hundred million [12] <、>");
        check("3百万ユーロ", "3 EUR million [3] <>");
        check("2億人", "2 hundred million [2] <人>");
        check("3億5千万円", "none");
        check("SEK 1,058m (740)", "1058 SEK million [1,058] < (740)>");
        check("MSEK 1,341.3 (1,302.9)", "1341.3 SEK million [1,341.3] < (1,302.9)>");
        check("4,214 MSEK (3,920)", "4214 SEK million [4,214] < (3,920)>");
        check("4.49 SEK.", "4.49 SEK [4.49] <.>");
        check("100 JPY millions", "100  [100] < JPY millions>");
        check("$285.9M, up", "285.9 USD million [285.9] <, up>");
        check("$0.67 Mid", "0.67 USD [0.67] < Mid>");
    }

    #[test]
    fn a_digit_behind_a_letter_is_part_of_a_word() {
        let chars: Vec<char> = "P2 x".chars().collect();
        assert!(read(&chars, 1).is_none());
    }
}
