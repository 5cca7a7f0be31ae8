//! The manifest: what a brief was made of, by name and hash. It travels in the data attached to the brief.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::batch::{Hash, PROGRAM};
use crate::brief::Paper;
use crate::config::Look;
use crate::language::Language;
use crate::model::{Company, Document, Quarter};
use crate::options::Length;

/// The field of the attached data that holds it.
pub const FIELD: &str = "made_of";

/// What a brief was made of.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    /// Version and fingerprint of the program, with its built-in templates and fonts.
    pub program: String,
    /// The company's folder.
    pub company: String,
    /// The quarter.
    pub quarter: String,
    /// The day up to which documents were read.
    pub as_of: Option<NaiveDate>,
    /// How much it holds.
    pub length: Length,
    /// Its language.
    #[serde(default)]
    pub language: Language,
    /// The sheet.
    pub paper: Paper,
    /// The settings that shape it, as `tanshin.toml` names them.
    pub settings: BTreeMap<String, String>,
    /// The company's profile.
    pub profile: Hash,
    /// The documents that its figures were read from.
    pub documents: BTreeMap<String, Hash>,
    /// The user's templates.
    pub templates: BTreeMap<String, Hash>,
    /// The user's fonts.
    pub fonts: BTreeMap<String, Hash>,
}

/// What the user's folders add to all briefs.
#[derive(Clone, Debug, Default)]
pub struct Additions {
    /// The user's templates by name.
    pub templates: BTreeMap<String, Hash>,
    /// The user's fonts by file name.
    pub fonts: BTreeMap<String, Hash>,
}

impl Manifest {
    /// The manifest of a brief that would be made now of these documents.
    pub fn new<'a>(
        company: &Company,
        (quarter, language): (Quarter, Language),
        as_of: Option<NaiveDate>,
        documents: impl Iterator<Item = &'a Document>,
        look: &Look,
        additions: &Additions,
    ) -> Self {
        Self {
            program: PROGRAM.to_owned(),
            company: company.id.to_string(),
            quarter: quarter.to_string(),
            as_of,
            length: look.length,
            language,
            paper: look.paper,
            settings: look.settings(),
            profile: Hash::of(format!("{company:?}").as_bytes()),
            documents: documents.map(|document| (document.name.to_string(), of_lines(&document.lines))).collect(),
            templates: additions.templates.clone(),
            fonts: additions.fonts.clone(),
        }
    }

    /// The manifest in the attached data of a brief.
    pub fn of_data(data: &[u8]) -> Option<Self> {
        let mut data: serde_json::Value = serde_json::from_slice(data).ok()?;
        serde_json::from_value(data.get_mut(FIELD)?.take()).ok()
    }

    /// What is not the same now, in words. `now` lists all documents of the company.
    pub fn differences(&self, now: &Self) -> Vec<String> {
        let mut told = Vec::new();
        if self.program != now.program {
            told.push(format!("the program was {}, is {}", self.program, now.program));
        }
        let (before, after) = (&self.settings, &now.settings);
        for key in before.keys().chain(after.keys()).collect::<BTreeSet<_>>() {
            let shown = |value: Option<&String>| value.map_or("not set".to_owned(), |value| format!("`{value}`"));
            if before.get(key) != after.get(key) {
                told.push(format!("setting {key} was {}, is {}", shown(before.get(key)), shown(after.get(key))));
            }
        }
        if self.profile != now.profile {
            told.push("the company's profile has changed".to_owned());
        }
        let known: BTreeMap<String, Hash> = now
            .documents
            .iter()
            .filter(|(name, _)| self.documents.contains_key(*name))
            .map(|(name, hash)| (name.clone(), hash.clone()))
            .collect();
        told.extend(compared("document", &self.documents, &known));
        told.extend(compared("template", &self.templates, &now.templates));
        told.extend(compared("font", &self.fonts, &now.fonts));
        told
    }

    /// The documents that there are now, and of which it does not speak.
    pub fn others<'a>(&'a self, now: &'a Self) -> impl Iterator<Item = &'a str> {
        now.documents.keys().filter(|name| !self.documents.contains_key(*name)).map(String::as_str)
    }
}

fn compared(what: &str, before: &BTreeMap<String, Hash>, after: &BTreeMap<String, Hash>) -> Vec<String> {
    let names: BTreeSet<&String> = before.keys().chain(after.keys()).collect();
    let word = |name: &String| match (before.get(name), after.get(name)) {
        (Some(before), Some(after)) if before == after => None,
        (Some(_), Some(_)) => Some("has changed"),
        (Some(_), None) => Some("is missing"),
        (None, _) => Some("is new"),
    };
    names.into_iter().filter_map(|name| Some(format!("{what} {name} {}", word(name)?))).collect()
}

fn of_lines(lines: &[String]) -> Hash {
    Hash::of(lines.join("\n").as_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(all: &[(&str, &str)]) -> BTreeMap<String, Hash> {
        all.iter().map(|(name, text)| ((*name).to_owned(), Hash::of(text.as_bytes()))).collect()
    }

    #[test]
    fn each_difference_is_named() {
        let before = Manifest {
            program: "1".to_owned(),
            settings: [("brief.charts".to_owned(), "true".to_owned())].into(),
            documents: names(&[("a.txt", "a"), ("b.txt", "b"), ("c.txt", "c")]),
            templates: names(&[("brief.typ", "x")]),
            ..Manifest::default()
        };
        let after = Manifest {
            program: "2".to_owned(),
            settings: [("brand.font".to_owned(), "Own".to_owned())].into(),
            profile: Hash::of(b"other"),
            documents: names(&[("a.txt", "a"), ("b.txt", "other"), ("d.txt", "d")]),
            fonts: names(&[("own.ttf", "y")]),
            ..Manifest::default()
        };
        let told = [
            "the program was 1, is 2",
            "setting brand.font was not set, is `Own`",
            "setting brief.charts was `true`, is not set",
            "the company's profile has changed",
            "document b.txt has changed",
            "document c.txt is missing",
            "template brief.typ is missing",
            "font own.ttf is new",
        ];
        assert_eq!(before.differences(&after), told);
        assert_eq!(before.others(&after).collect::<Vec<_>>(), ["d.txt"]);
        assert_eq!(before.differences(&before), [""; 0]);
    }
}
