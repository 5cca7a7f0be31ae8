//! Two languages of one quarter say the same: the same figures in each part of the brief, each going the same way, in words that
//! go that way in their language. What differs is told; what is right is others' business.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use super::text::{Narrative, Run, Sentence, Way};
use crate::language::{Language, Phrases};

/// The part that title and standfirst make together.
const HEAD: &str = "head";
/// The part of the notes.
const NOTES: &str = "notes";

/// What two briefs of a quarter do not say alike.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Difference {
    /// One tells a figure that the other does not.
    OnlyIn {
        /// The language that tells it.
        language: Language,
        /// The part of the brief, `targets`.
        part: String,
        /// The figure.
        figure: String,
    },
    /// A figure goes one way in one and another way in the other.
    OtherWay {
        /// The part of the brief.
        part: String,
        /// The figure.
        figure: String,
        /// The ways in both languages.
        ways: [(Language, Way); 2],
    },
    /// A word goes another way than its figure.
    WrongWord {
        /// The language.
        language: Language,
        /// The sentence, `result/revenue`.
        sentence: String,
        /// The figure.
        figure: String,
        /// The word.
        word: String,
        /// The way of the figure.
        way: Way,
    },
}

impl fmt::Display for Difference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::OnlyIn { language, part, figure } => {
                write!(f, "`{figure}` is told in `{language}` alone, in part `{part}`")
            }
            Self::OtherWay { part, figure, ways: [(one, first), (other, second)] } => {
                write!(f, "`{figure}` goes {first} in `{one}` and {second} in `{other}`, in part `{part}`")
            }
            Self::WrongWord { language, sentence, figure, word, way } => {
                write!(f, "`{word}` stands for `{figure}`, which goes {way}, in `{language}` sentence `{sentence}`")
            }
        }
    }
}

/// What a part of a brief tells: each figure, with the ways that words say it goes.
type Told = BTreeMap<String, BTreeSet<Way>>;

/// What two narratives of a quarter do not say alike, in order; nothing where they agree.
pub fn differences(one: (&Narrative, &Phrases), other: (&Narrative, &Phrases)) -> Vec<Difference> {
    let (first, second) = (told(one.0), told(other.0));
    let languages = [one.1.language, other.1.language];
    let mut found: Vec<Difference> = [one, other].into_iter().flat_map(wrong_words).collect();
    let parts: BTreeSet<&String> = first.keys().chain(second.keys()).collect();
    let nothing = Told::new();
    for part in parts {
        let told = [first.get(part).unwrap_or(&nothing), second.get(part).unwrap_or(&nothing)];
        found.extend(of_part(part, languages, told));
    }
    found.sort();
    found
}

fn of_part(part: &str, languages: [Language; 2], told: [&Told; 2]) -> Vec<Difference> {
    let figures: BTreeSet<&String> = told.iter().flat_map(|told| told.keys()).collect();
    let compare = |figure: &String| match told.map(|told| told.get(figure)) {
        [Some(one), Some(other)] => {
            // A figure may stand without a word in one language; where both have words, they go one way.
            let way = |ways: &BTreeSet<Way>| ways.iter().next().copied();
            let (one, other) = (way(one)?, way(other)?);
            let ways = [(languages[0], one), (languages[1], other)];
            (one != other).then(|| Difference::OtherWay { part: part.to_owned(), figure: figure.clone(), ways })
        }
        [one, _] => {
            let language = languages[usize::from(one.is_none())];
            Some(Difference::OnlyIn { language, part: part.to_owned(), figure: figure.clone() })
        }
    };
    figures.into_iter().filter_map(compare).collect()
}

/// Words that go another way than their figure.
fn wrong_words((narrative, phrases): (&Narrative, &Phrases)) -> Vec<Difference> {
    let mut found = Vec::new();
    for sentence in sentences(narrative).flat_map(|(_, sentences)| sentences) {
        for said in &sentence.says {
            if phrases.way_of(&said.word).is_some_and(|way| way != said.way) {
                found.push(Difference::WrongWord {
                    language: phrases.language,
                    sentence: sentence.name.clone(),
                    figure: said.key.clone(),
                    word: said.word.clone(),
                    way: said.way,
                });
            }
        }
    }
    found
}

fn told(narrative: &Narrative) -> BTreeMap<String, Told> {
    let mut parts: BTreeMap<String, Told> = BTreeMap::new();
    for (part, sentences) in sentences(narrative) {
        let told = parts.entry(part.to_owned()).or_default();
        for sentence in sentences {
            for run in &sentence.runs {
                if let Run::Figure { key, .. } = run {
                    told.entry(key.clone()).or_default();
                }
            }
            for said in &sentence.says {
                told.entry(said.key.clone()).or_default().insert(said.way);
            }
        }
    }
    parts
}

/// The sentences of each part.
fn sentences(narrative: &Narrative) -> impl Iterator<Item = (&str, Vec<&Sentence>)> {
    let head = std::iter::once(&narrative.title).chain(&narrative.standfirst).collect();
    let body =
        narrative.paragraphs.iter().map(|paragraph| (paragraph.id.as_str(), paragraph.sentences.iter().collect()));
    std::iter::once((HEAD, head)).chain(body).chain(std::iter::once((NOTES, narrative.notes.iter().collect())))
}
