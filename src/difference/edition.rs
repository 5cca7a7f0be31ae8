//! One edition: the figures and sentences of each brief, as its attached data have them.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::language::Language;

/// What the briefs of one edition say, by company and quarter.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Edition {
    /// The briefs, by company and quarter (in the order of time: year, then number).
    pub briefs: BTreeMap<(String, (i32, u8)), Said>,
}

/// What one brief says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Said {
    /// Its quarter as printed: `1Q17`.
    pub quarter: String,
    /// Value and unit of each figure, by its id and measure.
    pub figures: BTreeMap<SaidFigure, String>,
    /// Its sentences in order, each with its section.
    pub sentences: Vec<(String, String)>,
}

/// Which figure: metric, period, basis, measure.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct SaidFigure {
    /// Metric id.
    pub metric: String,
    /// Period code.
    pub period: String,
    /// Basis, where it is not the actual figure.
    pub basis: String,
    /// Measure, where it is not the level.
    pub measure: String,
}

impl SaidFigure {
    /// As a reader names it: `operating_income 1Q17 yoy_pct`, `revenue FY17 target`.
    pub fn name(&self) -> String {
        let mut name = format!("{} {}", self.metric, self.period);
        for (word, usual) in [(&self.basis, "actual"), (&self.measure, "level")] {
            if word != usual {
                name.push(' ');
                name.push_str(word);
            }
        }
        name
    }
}

/// `brief.json`, as far as it is compared.
#[derive(Deserialize)]
struct Data {
    #[serde(default)]
    language: Language,
    company: String,
    quarter: String,
    narrative: Narrative,
    figures: Vec<Figure>,
}

#[derive(Deserialize)]
struct Narrative {
    title: Sentence,
    standfirst: Option<Sentence>,
    paragraphs: Vec<Paragraph>,
    notes: Vec<Sentence>,
}

#[derive(Deserialize)]
struct Paragraph {
    id: String,
    sentences: Vec<Sentence>,
    quotes: Vec<Quote>,
}

#[derive(Deserialize)]
struct Sentence {
    runs: Vec<Run>,
}

#[derive(Deserialize)]
struct Run {
    text: String,
}

#[derive(Deserialize)]
struct Quote {
    text: String,
}

#[derive(Deserialize)]
struct Figure {
    metric: String,
    period: String,
    basis: String,
    measure: String,
    value: String,
    unit: String,
}

impl Edition {
    /// Adds the brief whose attached data these bytes are; false where they are no brief's.
    pub fn add(&mut self, attached: &[u8]) -> bool {
        let Ok(data) = serde_json::from_slice::<Data>(attached) else { return false };
        let Ok(quarter) = data.quarter.parse::<crate::model::Quarter>() else { return false };
        let key = (data.company.clone(), (quarter.year, quarter.number));
        // One text speaks for the quarter where it was told in several languages.
        if data.language != Language::default() && self.briefs.contains_key(&key) {
            return true;
        }
        self.briefs.insert(key, Said::of(data));
        true
    }
}

impl Said {
    fn of(data: Data) -> Self {
        let Narrative { title, standfirst, paragraphs, notes } = data.narrative;
        let text = |sentence: &Sentence| sentence.runs.iter().map(|run| run.text.as_str()).collect::<String>();
        let mut sentences = vec![("title".to_owned(), text(&title))];
        sentences.extend(standfirst.iter().map(|sentence| ("standfirst".to_owned(), text(sentence))));
        for paragraph in &paragraphs {
            let own = paragraph.sentences.iter().map(text);
            let quoted = paragraph.quotes.iter().map(|quote| format!("“{}”", quote.text));
            sentences.extend(own.chain(quoted).map(|sentence| (paragraph.id.clone(), sentence)));
        }
        sentences.extend(notes.iter().map(|sentence| ("notes".to_owned(), text(sentence))));
        let figures = data.figures.into_iter().map(|Figure { metric, period, basis, measure, value, unit }| {
            (SaidFigure { metric, period, basis, measure }, format!("{value} {unit}"))
        });
        Self { quarter: data.quarter, figures: figures.collect(), sentences }
    }
}
