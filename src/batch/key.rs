//! Keys: what a brief's bytes depend on, as hashes. Equal keys mean equal bytes; time stamps are never asked.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::brief::{Block, Content};
use crate::config::Look;
use crate::model::Seed;

/// The program with its dependencies, built-in templates and fonts.
pub const PROGRAM: &str = concat!(env!("CARGO_PKG_VERSION"), "+", env!("TANSHIN_BUILD"));

/// A hash as 32 hexadecimal digits.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Hash(String);

impl Hash {
    /// The hash of some bytes.
    pub fn of(bytes: &[u8]) -> Self {
        Self::finish(blake3::Hasher::new().update(bytes))
    }

    fn finish(hasher: &blake3::Hasher) -> Self {
        Self(hasher.finalize().to_hex()[..32].to_owned())
    }

    /// The hash of what serializes.
    fn of_all(parts: &[&dyn erased::Part]) -> Self {
        let mut hasher = blake3::Hasher::new();
        for part in parts {
            part.add(&mut hasher);
        }
        Self::finish(&hasher)
    }
}

/// Anything that serializes, without naming its type.
mod erased {
    use serde::Serialize;

    pub trait Part {
        fn add(&self, hasher: &mut blake3::Hasher);
    }

    impl<T: Serialize> Part for T {
        fn add(&self, hasher: &mut blake3::Hasher) {
            let before = hasher.count();
            serde_json::to_writer(&mut *hasher, self).expect("the parts of a brief are strings, numbers and lists");
            // Two parts are never mistaken for one.
            hasher.update(&(hasher.count() - before).to_le_bytes());
        }
    }
}

/// What the user's folders add to the program: own templates and own fonts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Own {
    /// All templates of the user, narrative ones included.
    pub templates: Hash,
    /// Those of pages alone; what the others say is part of a brief's text.
    pub pages: Hash,
    /// The fonts.
    pub fonts: Hash,
}

impl Own {
    /// Own templates of the narrative and of pages by name, and own fonts by file name with their bytes.
    pub fn of(
        narrative: &BTreeMap<String, String>,
        pages: &BTreeMap<String, String>,
        fonts: &[(String, Vec<u8>)],
    ) -> Self {
        let fonts: Vec<(&str, Hash)> = fonts.iter().map(|(path, bytes)| (file_name(path), Hash::of(bytes))).collect();
        Self {
            templates: Hash::of_all(&[narrative, pages]),
            pages: Hash::of_all(&[pages]),
            fonts: Hash::of_all(&[&fonts]),
        }
    }
}

fn file_name(path: &str) -> &str {
    path.rsplit(['/', '\\']).next().unwrap_or(path)
}

/// Everything that the briefs of a company can depend on: while it stays the same, nothing has to be read anew. The profile and
/// the documents count with their whole text, and with their paths, which warnings name.
pub fn stamp(seed: &Seed, as_of: Option<NaiveDate>, look: &Look, own: &Own) -> Hash {
    let documents: Vec<(&str, &[String])> =
        seed.documents.iter().map(|document| (document.path.as_str(), document.lines.as_slice())).collect();
    let profile = format!("{:?}", seed.company);
    // Which languages are built says nothing about the briefs in each; the font that the brand names is among the fonts.
    let look = Look { languages: Vec::new(), font: None, ..look.clone() };
    let look = Hash::of(format!("{look:?}").as_bytes());
    Hash::of_all(&[&PROGRAM, &profile, &documents, &as_of, &look, &own.templates, &own.fonts])
}

/// What one brief depends on, part by part, so that a change can be named.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Key {
    /// Figures with their sources: tiles, tables, entries.
    pub figures: Hash,
    /// Sentences.
    pub text: Hash,
    /// Charts.
    pub charts: Hash,
    /// Names, dates, words of the page, the brand, and the attached data.
    pub data: Hash,
    /// Own page templates.
    pub pages: Hash,
    /// Own fonts.
    pub fonts: Hash,
    /// The program.
    pub program: String,
}

impl Key {
    /// The key of a brief.
    pub fn of(content: &Content, own: &Own) -> Self {
        let blocks = || content.sections.iter().flat_map(|section| &section.blocks);
        let tables: Vec<&Block> = blocks().filter(|block| matches!(block, Block::Table(_))).collect();
        let charts: Vec<&Block> = blocks().filter(|block| matches!(block, Block::Chart(_))).collect();
        let text: Vec<&Block> = blocks().filter(|block| !matches!(block, Block::Table(_) | Block::Chart(_))).collect();
        let headings: Vec<(&str, usize)> =
            content.sections.iter().map(|section| (section.heading.as_str(), section.blocks.len())).collect();
        let attached = content.attachment.as_ref().map(|file| (&file.description, Hash::of(&file.bytes)));
        let c = content;
        Self {
            figures: Hash::of_all(&[&c.tiles, &tables, &c.sources]),
            text: Hash::of_all(&[&c.title, &c.headline, &c.standfirst, &headings, &text, &c.notes]),
            charts: Hash::of_all(&[&charts]),
            data: Hash::of_all(&[
                &(&c.language, c.paper, &c.company, &c.company_short, &c.tickers, &c.kind),
                &(&c.period, &c.period_short, c.date, &c.date_text, &c.documents, &c.disclaimer, &c.labels),
                &attached,
                &(&c.brand, Hash::of(&c.brand.logo_bytes)),
            ]),
            pages: own.pages.clone(),
            fonts: own.fonts.clone(),
            program: PROGRAM.to_owned(),
        }
    }

    /// What is not the same as in another key, in words.
    pub fn changes(&self, before: &Self) -> Vec<&'static str> {
        let pairs = [
            ("program", self.program != before.program),
            ("page templates", self.pages != before.pages),
            ("fonts", self.fonts != before.fonts),
            ("figures", self.figures != before.figures),
            ("text", self.text != before.text),
            ("charts", self.charts != before.charts),
            ("data", self.data != before.data),
        ];
        pairs.into_iter().filter(|(_, changed)| *changed).map(|(name, _)| name).collect()
    }

    /// All of it as one hash.
    pub fn whole(&self) -> Hash {
        Hash::of_all(&[self])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_are_never_mistaken_for_one_another() {
        assert_ne!(Hash::of_all(&[&"a", &"b"]), Hash::of_all(&[&"ab"]));
        assert_ne!(Hash::of_all(&[&"a", &""]), Hash::of_all(&[&"", &"a"]));
        assert_eq!(Hash::of_all(&[&"a", &"b"]), Hash::of_all(&[&"a", &"b"]));
    }

    #[test]
    fn a_changed_part_is_named() {
        let key = Key { program: "1".to_owned(), ..Key::default() };
        let other = Key { program: "2".to_owned(), text: Hash::of(b"x"), ..Key::default() };
        assert_eq!(key.changes(&key), [""; 0]);
        assert_eq!(other.changes(&key), ["program", "text"]);
    }
}
