//! Words: how labels are compared, and the words that carry meaning in sentences and headers.

use std::collections::BTreeMap;

use serde::Deserialize;
use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfkc_quick};

/// Words that say direction, base, basis or caution; one list for each meaning.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Words {
    /// A rise.
    pub up: Vec<String>,
    /// A fall.
    pub down: Vec<String>,
    /// Not exact.
    pub approx: Vec<String>,
    /// Against the same period of the year before.
    pub yoy: Vec<String>,
    /// Against the period just before.
    pub qoq: Vec<String>,
    /// A target.
    pub target: Vec<String>,
    /// What stands before the day on which targets were announced, `announced on`.
    pub issued: Vec<String>,
    /// What stands behind it, `公表`.
    pub issued_behind: Vec<String>,
    /// A target that was superseded.
    pub initial: Vec<String>,
    /// A target that replaced another.
    pub revised: Vec<String>,
    /// A softer statement about the future.
    pub outlook: Vec<String>,
    /// What has come as it was to come: `as planned`.
    pub met: Vec<String>,
    /// A percentage of revenue.
    pub share: Vec<String>,
    /// A change between two dates.
    pub changes: Vec<String>,
    /// A negative amount by name.
    pub loss: Vec<String>,
    /// Words before the label of an amount that is taken off: `Less: net income attributable to …`.
    pub deducted: Vec<String>,
    /// Something done on the day on which a year opens.
    pub opening_day: Vec<String>,
    /// Words before the day on which a fiscal year ends.
    pub year_ends: Vec<String>,
    /// Words that say of something unclear that it is a gain.
    pub signed: Vec<String>,
    /// What is done with dividends that were declared.
    pub paid: Vec<String>,
    /// Things that are told by their size: `projects of over JPY0.1 billion`.
    pub sized: Vec<String>,
    /// Words before the whole whose part a figure is: `the major breakdown of …`.
    pub breakdown: Vec<String>,
    /// Words of headings over what was reached: `results`.
    pub reported: Vec<String>,
    /// Headings under which figures are another entity's or a part's, not the company's own.
    pub apart: Vec<String>,
    /// Between two periods that are compared.
    pub against: Vec<String>,
    /// Percentage points.
    pub points: Vec<String>,
    /// `%` in words.
    pub percent: Vec<String>,
    /// The year before the one spoken of.
    pub last_year: Vec<String>,
    /// Words that end in a point within a sentence.
    pub abbreviations: Vec<String>,
    /// Words of headings that name nothing in particular.
    pub headings: Vec<String>,
    /// Words without weight in a heading.
    pub general: Vec<String>,
    /// Labels that name something only together with what stands above them: `Other`, `Customers`.
    pub nameless: Vec<String>,
    /// Words around a label that change nothing: `the balance of`.
    pub wrapping: Vec<String>,
    /// Words that lead to a time: `as`, `for`, `in`.
    pub at_time: Vec<String>,
    /// The opening of a year, where a new accounting standard takes effect.
    pub opening: Vec<String>,
    /// Words that lead to a time which is no figure's own: `since`, `effective`.
    pub not_at_time: Vec<String>,
    /// Words that join a subject to its figure: `was`, `reached`.
    pub copula: Vec<String>,
    /// Words that begin a new phrase: `due`, `including`.
    pub borders: Vec<String>,
    /// Cash that went out.
    pub outflow: Vec<String>,
    /// Cash that came in.
    pub inflow: Vec<String>,
    /// What a figure is called where it is negative: `an expense of`.
    pub negative: Vec<String>,
    /// What a figure is called where it is positive: `an income of`.
    pub positive: Vec<String>,
    /// Ratios that are no margin: `payout ratio`.
    pub ratios: Vec<String>,
    /// Labels whose amounts are neither levels nor changes over a year: `gap`, `impact`.
    pub unclear: Vec<String>,
    /// What stands at a date and has no name of its own in the statements: `ownership`.
    pub standing: Vec<String>,
    /// The first part of a year's dividend.
    pub interim: Vec<String>,
    /// The second part of a year's dividend.
    pub year_end: Vec<String>,
    /// Verbs of what happened within a period: `hired`, `added`.
    pub happened: Vec<String>,
    /// Words that lead to the figure a clause compares with.
    pub comparing: Vec<String>,
    /// Words before a label that name a part of the document's own year: `second quarter revenue`.
    pub part_of_year: Vec<String>,
    /// Ends of labels that name the document's own period.
    pub own_period: Vec<String>,
    /// Units of time: numbers before them are no figures.
    pub durations: Vec<String>,
    /// Headings of figures that stand at a date.
    pub positions: Vec<String>,
    /// Rows below a profit that say whose it is: the parent's owners'.
    pub owners: Vec<String>,
    /// The other owners'.
    pub other_owners: Vec<String>,
    /// Titles of statements of cash flows.
    pub cash_flow_statements: Vec<String>,
    /// Words that leave something out of what a label usually means.
    pub exclusions: Vec<String>,
    /// Things that are counted, and the unit they are.
    pub counts: Vec<[String; 2]>,
    /// What counts other things than money in a table of money.
    pub not_money: Vec<String>,
}

/// Phrases that mark something in a clause, by their first letter: nearly all of them are ruled out by it.
#[derive(Clone, Debug, Default)]
pub struct Marked {
    by_letter: BTreeMap<u8, Vec<(usize, Vec<String>)>>,
}

impl Marked {
    /// The lists, in their order.
    pub fn of(lists: &[&[String]]) -> Self {
        let mut by_letter: BTreeMap<u8, Vec<(usize, Vec<String>)>> = BTreeMap::new();
        for (list, phrases) in lists.iter().enumerate() {
            for phrase in *phrases {
                let Some(letter) = phrase.bytes().next().map(|byte| byte.to_ascii_lowercase()) else { continue };
                let words = phrase.split(' ').map(|word| word.trim_end_matches('.').to_owned()).collect();
                by_letter.entry(letter).or_default().push((list, words));
            }
        }
        Self { by_letter }
    }

    /// The phrases that start like a word, each with the number of its list.
    pub fn like(&self, word: &str) -> &[(usize, Vec<String>)] {
        let letter = word.bytes().next().map(|byte| byte.to_ascii_lowercase());
        letter.and_then(|letter| self.by_letter.get(&letter)).map_or(&[], Vec::as_slice)
    }
}

impl Words {
    /// Whether a word calls a target one that another replaces: `previous`, `original`.
    pub fn is_former(&self, word: &str) -> bool {
        word == "previous" || self.initial.iter().any(|initial| initial == word)
    }

    /// Makes ready what is compared with whole labels.
    pub(super) fn settle(&mut self) {
        for label in self.owners.iter_mut().chain(&mut self.other_owners) {
            *label = normalize(label);
        }
    }

    /// The words with a role of their own in a clause, in the order in which [`Marked`] numbers them.
    pub fn marked(&self) -> [&[String]; 8] {
        [&self.yoy, &self.qoq, &self.last_year, &self.approx, &self.up, &self.down, &self.points, &self.percent]
    }
}

/// Whether a normalized text holds one of the phrases as whole words.
pub fn has_any(key: &str, phrases: &[String]) -> bool {
    let may_hold_kanji = !key.is_ascii();
    let letters = Letters::of(key);
    phrases.iter().any(|phrase| match phrase {
        phrase if is_plain(phrase) => letters.may_hold(phrase) && holds(key, phrase),
        phrase if phrase.is_ascii() => holds(key, &normalize(phrase)),
        phrase if phrase.chars().all(is_kanji) => may_hold_kanji && key.contains(phrase.as_str()),
        phrase => key.contains(&normalize(phrase)),
    })
}

/// Kanji and kana that stay as they are when a text is normalized.
fn is_kanji(c: char) -> bool {
    matches!(c, '\u{3041}'..='\u{3096}' | '\u{30A1}'..='\u{30FA}' | '\u{30FC}' | '\u{4E00}'..='\u{9FFF}')
}

/// Whether a text is normalized already; most phrases are, and need no second pass.
fn is_plain(text: &str) -> bool {
    text.bytes().all(|b| b.is_ascii_lowercase() || b == b' ') && !text.starts_with(' ') && !text.ends_with(' ')
}

/// The first letters of a normalized text's words: most phrases are ruled out by theirs.
#[derive(Clone, Copy, Debug)]
pub struct Letters(u32);

impl Letters {
    /// Those of a text.
    pub fn of(key: &str) -> Self {
        let mut border = true;
        Self(key.bytes().fold(0, |letters, byte| {
            let first = std::mem::replace(&mut border, byte == b' ');
            if first { letters | Self::bit(byte) } else { letters }
        }))
    }

    /// Whether the text may hold a phrase.
    pub fn may_hold(self, phrase: &str) -> bool {
        phrase.bytes().next().is_some_and(|first| self.0 & Self::bit(first) != 0)
    }

    fn bit(byte: u8) -> u32 {
        if byte.is_ascii_lowercase() { 1 << (byte - b'a') } else { 1 << 31 }
    }
}

/// Whether a normalized text holds a normalized phrase between word borders. A search from word to word beats a general one on
/// texts this short.
pub fn holds(key: &str, phrase: &str) -> bool {
    let (bytes, phrase) = (key.as_bytes(), phrase.as_bytes());
    let Some(last) = bytes.len().checked_sub(phrase.len()).filter(|_| !phrase.is_empty()) else { return false };
    let ends = |at: usize| bytes.get(at).is_none_or(|byte| *byte == b' ');
    let mut at = 0;
    while at <= last {
        if bytes[at] == phrase[0] && ends(at + phrase.len()) && bytes[at..at + phrase.len()] == *phrase {
            return true;
        }
        at += bytes[at..].iter().position(|byte| *byte == b' ').unwrap_or(bytes.len()) + 1;
    }
    false
}

/// A label reduced to what identifies it: compatibility forms, lower case, words only. Footnote marks (`*3`, `^{*1}`, digits
/// glued to a word's end) go; `&` becomes `and`.
pub fn normalize(label: &str) -> String {
    let mut words = Key { text: String::with_capacity(label.len() + 8), word: 0 };
    if label.is_ascii() {
        words.read_ascii(label.as_bytes());
    } else if is_nfkc_quick(label.chars()) == IsNormalized::Yes {
        // Most texts that are not ASCII are so for a dash or a quotation mark.
        words.read(label.to_lowercase().chars());
    } else {
        words.read(label.nfkc().collect::<String>().to_lowercase().chars());
    }
    words.text
}

/// A label's words so far, with one blank between them.
struct Key {
    text: String,
    /// Where the last word starts.
    word: usize,
}

impl Key {
    /// What [`Key::read`] takes of text in ASCII, word by word.
    fn read_ascii(&mut self, text: &[u8]) {
        let mut at = 0;
        while at < text.len() {
            let byte = text[at];
            at += 1;
            match byte {
                b'a'..=b'z' | b'0'..=b'9' | b'%' => self.text.push(char::from(byte)),
                b'A'..=b'Z' => self.text.push(char::from(byte.to_ascii_lowercase())),
                b'*' => {
                    at += text[at..].iter().take_while(|byte| byte.is_ascii_digit()).count();
                    self.end_word();
                }
                b'&' => {
                    self.end_word();
                    self.text.push_str("and");
                    self.end_word();
                }
                b'\'' | b'`' => {}
                _ => self.end_word(),
            }
        }
        self.end();
    }

    /// Takes lower-case text. Footnote marks go: `*3`, `*1,*2`, `^{*1}`, `(*)`.
    fn read(&mut self, text: impl Iterator<Item = char>) {
        let mut rest = text.peekable();
        while let Some(c) = rest.next() {
            match c {
                'a'..='z' | '0'..='9' | '%' => self.text.push(c),
                '*' => {
                    while rest.next_if(char::is_ascii_digit).is_some() {}
                    self.end_word();
                }
                '&' => {
                    self.end_word();
                    self.text.push_str("and");
                    self.end_word();
                }
                '\'' | '’' | '‘' | '`' => {}
                c if c.is_alphanumeric() => self.text.push(c),
                _ => self.end_word(),
            }
        }
        self.end();
    }

    fn end(&mut self) {
        self.end_word();
        if self.text.ends_with(' ') {
            self.text.pop();
        }
    }

    /// `expense3` as `expense`: one digit glued to a word of at least four letters is a footnote.
    fn end_word(&mut self) {
        let word = &self.text[self.word..];
        if word.is_empty() {
            return;
        }
        if !word.ends_with(|c: char| c.is_ascii_digit()) {
            self.text.push(' ');
            self.word = self.text.len();
            return;
        }
        let bare = word.trim_end_matches(|c: char| c.is_ascii_digit());
        let one_digit = word.len() - bare.len() == 1;
        if one_digit && bare.chars().all(char::is_alphabetic) && bare.chars().count() >= 4 {
            self.text.pop();
        }
        self.text.push(' ');
        self.word = self.text.len();
    }
}

/// With a capital first.
pub(super) fn capitalize(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}

/// Replaces whole words only: `IJ` in `Total IJ Shareholders`, not in `BIJOU`.
pub(super) fn replace_whole(text: &str, from: &str, to: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(from) {
        let before = rest[..at].chars().next_back().or_else(|| out.chars().next_back());
        let after = rest[at + from.len()..].chars().next();
        let whole = !before.is_some_and(char::is_alphanumeric) && !after.is_some_and(char::is_alphanumeric);
        out.push_str(&rest[..at]);
        out.push_str(if whole { to } else { from });
        rest = &rest[at + from.len()..];
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(label: &str, expected: &str) {
        assert_eq!(normalize(label), expected);
    }

    #[test]
    fn labels_are_reduced_to_their_words() {
        check("  Net Income*3 ", "net income");
        check("SG&A/R&D", "sg and a r and d");
        check("Accounts payable—trade", "accounts payable trade");
        check("Adjusted Income before Income Tax Expense3", "adjusted income before income tax expense");
        check("Total IIJ Shareholders’ Equity:", "total iij shareholders equity");
        check("1Q17", "1q17");
        check("per Share ^{*1}", "per share");
    }

    #[test]
    fn kanji_and_kana_are_normal_as_they_stand() {
        for range in ['\u{3041}'..='\u{3096}', '\u{30A1}'..='\u{30FC}', '\u{4E00}'..='\u{9FFF}'] {
            for c in range.filter(|c| is_kanji(*c)) {
                check(&format!("前{c}後"), &format!("前{c}後"));
            }
        }
        let phrases = ["前年同期".to_owned(), "last year’s".to_owned()];
        assert!(has_any("前年同期比", &phrases) && has_any("last years sales", &phrases));
        assert!(!has_any("sales", &phrases));
    }

    #[test]
    fn spellings_are_replaced_as_whole_words() {
        assert_eq!(replace_whole("IJ's BIJOU, IJ", "IJ", "IIJ"), "IIJ's BIJOU, IIJ");
    }
}
