//! Names in a language: of metrics and segments, of currencies, scales and things counted.

use super::table::{Inside, Phrases, Units, Ways};
use super::{fill, is_wide};
use crate::model::{Currency, Metric, Scale};
use crate::narrative::Way;
use crate::vocabulary::Vocabulary;

impl Phrases {
    /// A metric's name, complete in itself: `Operating income`, `WAN services revenue`.
    pub fn name(&self, vocabulary: &Vocabulary, metric: &Metric) -> String {
        if let Some(name) = vocabulary.own_name(self.language, metric) {
            return name.to_owned();
        }
        let root = Metric::new(metric.root()).ok();
        let whole = root.and_then(|root| vocabulary.own_name(self.language, &root)).unwrap_or_default();
        let whole = if self.text.inside_sentences == Inside::Lower { whole.to_lowercase() } else { whole.to_owned() };
        let part = self.part_name(vocabulary, metric);
        fill(&self.text.part_of, &[("part", &part), ("whole", &whole)]).trim().to_owned()
    }

    /// A metric's name below its parent's: `WAN services` in a table of revenue.
    pub fn part_name(&self, vocabulary: &Vocabulary, metric: &Metric) -> String {
        vocabulary.part_name(self.language, metric)
    }

    /// A name as it stands inside a sentence: `Operating income` becomes `operating income`, `WAN services` and `IIJmio` stay.
    pub fn inside(&self, name: &str) -> String {
        let mut chars = name.chars();
        let (Some(first), rest) = (chars.next(), chars.as_str()) else { return String::new() };
        let word = name.split([' ', '-']).next().unwrap_or(name);
        if self.text.inside_sentences == Inside::Kept || word.chars().skip(1).any(char::is_uppercase) || rest.is_empty()
        {
            return name.to_owned();
        }
        first.to_lowercase().chain(rest.chars()).collect()
    }

    /// The style of amounts in force.
    pub fn units(&self) -> &Units {
        &self.units[&self.number.units]
    }

    /// A currency's name.
    pub fn currency<'a>(&'a self, currency: &'a Currency) -> &'a str {
        self.currencies.get(currency.code()).map_or(currency.code(), String::as_str)
    }

    /// What is counted.
    pub fn noun<'a>(&'a self, noun: &'a str) -> &'a str {
        self.nouns.get(noun).map_or(noun, String::as_str)
    }

    /// A scale's name, empty for ones.
    pub fn scale(&self, scale: Scale) -> &str {
        match scale {
            Scale::One => "",
            Scale::Thousand => &self.number.thousand,
            Scale::Million => &self.number.million,
            Scale::HundredMillion => &self.number.hundred_million,
            Scale::Billion => &self.number.billion,
            Scale::Trillion => &self.number.trillion,
        }
    }

    /// Which way a word says that a figure goes: by the longest of the known words that it holds. None where it says no way.
    pub fn way_of(&self, word: &str) -> Option<Way> {
        let Ways { up, down, flat, either } = &self.ways;
        let ways = [(Some(Way::Up), up), (Some(Way::Down), down), (Some(Way::Flat), flat), (None, either)];
        let known = ways.into_iter().flat_map(|(way, words)| words.iter().map(move |known| (way, known)));
        let held = known.filter(|(_, known)| holds(word, known));
        held.max_by_key(|(_, known)| known.chars().count()).and_then(|(way, _)| way)
    }

    /// The heading of a section by its id.
    pub fn section<'a>(&'a self, id: &'a str) -> &'a str {
        self.sections.get(id).map_or(id, String::as_str)
    }

    /// Words of a document for a special effect, in this language where the table has them.
    pub fn term(&self, words: &str) -> String {
        match self.terms.get(words) {
            Some(term) => term.clone(),
            None => fill(&self.text.original, &[("words", words)]),
        }
    }
}

/// Whether a text holds a word: anywhere in a text of kanji, between the borders of words in one of letters.
fn holds(text: &str, word: &str) -> bool {
    let letter = |c: Option<char>| c.is_some_and(|c| c.is_alphabetic() && !is_wide(c));
    text.match_indices(word).any(|(at, _)| {
        let before = text[..at].chars().next_back();
        let behind = text[at + word.len()..].chars().next();
        let (first, last) = (word.chars().next(), word.chars().next_back());
        let runs_on = (letter(before) && letter(first)) || (letter(behind) && letter(last));
        !runs_on
    })
}
