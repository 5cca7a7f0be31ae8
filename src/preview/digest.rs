//! What an edit changed: a brief's pages and sentences, against those before.

use std::collections::BTreeMap;

use serde::Serialize;
use similar::{ChangeTag, TextDiff};

/// What is remembered of a brief to tell whether it changed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Digest {
    /// A hash of each page.
    pub pages: Vec<String>,
    /// Name and text of each sentence, in order; of several with one name each has its number.
    pub sentences: Vec<(String, String)>,
}

/// How one sentence changed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Changed {
    /// The sentence's name.
    pub name: String,
    /// Its number among the sentences now; none when it is gone.
    pub now: Option<usize>,
    /// Words kept, added and removed, in order.
    pub words: Vec<Word>,
}

/// Words of a changed sentence.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Word {
    /// `same`, `new` or `old`.
    pub kind: &'static str,
    /// The words.
    pub text: String,
}

impl Digest {
    /// The digest of pages and named sentences.
    pub fn of(pages: Vec<String>, sentences: &[(String, String)]) -> Self {
        let mut seen: BTreeMap<&str, usize> = BTreeMap::new();
        let numbered = sentences.iter().map(|(name, text)| {
            let number = seen.entry(name).and_modify(|number| *number += 1).or_insert(1);
            let name = if *number == 1 { name.clone() } else { format!("{name} ({number})") };
            (name, text.clone())
        });
        Self { sentences: numbered.collect(), pages }
    }

    /// The pages that are not as before, from 0; a page that is gone counts where the last one is.
    pub fn changed_pages(&self, before: &Self) -> Vec<usize> {
        let mut changed: Vec<usize> =
            (0..self.pages.len()).filter(|page| before.pages.get(*page) != self.pages.get(*page)).collect();
        let last = self.pages.len().saturating_sub(1);
        if before.pages.len() > self.pages.len() && !changed.contains(&last) {
            changed.push(last);
        }
        changed
    }

    /// The sentences that are not as before: new and changed ones in order, then those that are gone.
    pub fn changed_sentences(&self, before: &Self) -> Vec<Changed> {
        let find = |digest: &Self, name: &str| {
            digest.sentences.iter().find(|(known, _)| known == name).map_or(String::new(), |(_, text)| text.clone())
        };
        let mut changed = Vec::new();
        for (index, (name, text)) in self.sentences.iter().enumerate() {
            let old = find(before, name);
            if old != *text {
                changed.push(Changed { name: name.clone(), now: Some(index), words: words(&old, text) });
            }
        }
        for (name, text) in &before.sentences {
            if !self.sentences.iter().any(|(known, _)| known == name) {
                changed.push(Changed { name: name.clone(), now: None, words: words(text, "") });
            }
        }
        changed
    }
}

fn words(old: &str, new: &str) -> Vec<Word> {
    let mut words: Vec<Word> = Vec::new();
    for change in TextDiff::from_words(old, new).iter_all_changes() {
        let kind = match change.tag() {
            ChangeTag::Equal => "same",
            ChangeTag::Insert => "new",
            ChangeTag::Delete => "old",
        };
        match words.last_mut() {
            Some(last) if last.kind == kind => last.text.push_str(change.value()),
            _ => words.push(Word { kind, text: change.value().to_owned() }),
        }
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    fn digest(pages: &str, sentences: &[(&str, &str)]) -> Digest {
        let named: Vec<_> = sentences.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned())).collect();
        Digest::of(pages.split_whitespace().map(str::to_owned).collect(), &named)
    }

    #[test]
    fn a_page_that_is_not_as_before_is_named() {
        let check = |before: &str, now: &str, expected: &[usize]| {
            assert_eq!(digest(now, &[]).changed_pages(&digest(before, &[])), expected, "{before} to {now}");
        };
        check("a b c", "a b c", &[]);
        check("a b c", "a x c", &[1]);
        check("a b", "a b c", &[2]);
        check("a b c", "a b", &[1]);
    }

    #[test]
    fn a_sentence_is_told_with_the_words_that_changed() {
        let before = digest("", &[("a", "Revenue rose 5%."), ("b", "Same."), ("b", "Twice."), ("c", "Gone.")]);
        let now = digest("", &[("a", "Revenue climbed 5%."), ("b", "Same."), ("b", "Two."), ("d", "New.")]);
        let shown = |changed: &Changed| {
            let words: Vec<String> = changed.words.iter().map(|word| format!("{}:{}", word.kind, word.text)).collect();
            format!("{} {:?} {}", changed.name, changed.now, words.join("|"))
        };
        assert_eq!(
            now.changed_sentences(&before).iter().map(shown).collect::<Vec<_>>(),
            [
                "a Some(0) same:Revenue |old:rose|new:climbed|same: 5%.",
                "b (2) Some(2) old:Twice.|new:Two.",
                "d Some(3) new:New.",
                "c None old:Gone."
            ]
        );
    }
}
