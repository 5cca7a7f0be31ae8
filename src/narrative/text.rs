//! The narrative as data: sentences are runs of words and figures, so that a page can link each figure to its source.

use std::fmt;

use serde::Serialize;

use super::view::Quote;
use crate::language::{Phrases, fill};
use crate::model::{Figure, FigureId, Quarter};

/// The text of one quarter's brief.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Narrative {
    /// The quarter it speaks of.
    pub quarter: Quarter,
    /// The message: what happened and why.
    pub title: Sentence,
    /// The sentence below the title: what moved the result.
    pub standfirst: Option<Sentence>,
    /// The body.
    pub paragraphs: Vec<Paragraph>,
    /// What a reader must know about the data: gaps, derived figures.
    pub notes: Vec<Sentence>,
    /// Sentences that the claim gate held back.
    pub dropped: Vec<Dropped>,
    /// Every figure that a sentence uses, in order of first use, with the way it came to be. Not part of the outside form.
    #[serde(skip)]
    pub figures: Vec<Figure>,
}

/// A heading and its sentences; never empty.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Paragraph {
    /// The template it comes from: `result`.
    pub id: String,
    /// The heading.
    pub heading: String,
    /// The sentences.
    pub sentences: Vec<Sentence>,
    /// What the documents themselves say beside it.
    pub quotes: Vec<Quoted>,
}

/// A statement of a document, and the words that say which figure it explains.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Quoted {
    /// `On network services gross profit (+6.5%):`; none where the statement says it itself.
    pub lead: Option<Sentence>,
    /// The statement.
    #[serde(flatten)]
    pub quote: Quote,
}

/// One sentence and the figures that it stands on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Sentence {
    /// Its name in the templates: `result/revenue`.
    pub name: String,
    /// Words and figures, in order.
    pub runs: Vec<Run>,
    /// The words in it that depend on a figure's sign, with the way that it goes.
    #[serde(skip)]
    pub says: Vec<Says>,
    /// Every figure it prints or that one of its words depends on, each once, in order of use.
    pub figures: Vec<FigureId>,
}

/// A word that depends on a figure's sign.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Says {
    /// The figure's key.
    pub key: String,
    /// Which way it goes.
    pub way: Way,
    /// The word; empty where a block of text depends on it.
    pub word: String,
}

/// Which way a figure goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Way {
    /// Above zero.
    Up,
    /// Below zero.
    Down,
    /// Zero.
    Flat,
}

impl Way {
    /// The word for it, which templates use too.
    pub fn name(self) -> &'static str {
        match self {
            Self::Up => "up",
            Self::Down => "down",
            Self::Flat => "flat",
        }
    }

    /// The way of a word for it.
    pub fn of(name: &str) -> Option<Self> {
        [Self::Up, Self::Down, Self::Flat].into_iter().find(|way| way.name() == name)
    }
}

impl fmt::Display for Way {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// A piece of a sentence.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "kind", rename_all = "lowercase")]
pub enum Run {
    /// Words. They hold no number.
    Text {
        /// The words.
        text: String,
    },
    /// A period or a date of the data layer, or a name that the documents or the profile give.
    Given {
        /// As printed.
        text: String,
    },
    /// A figure.
    Figure {
        /// As printed.
        text: String,
        /// Which figure.
        id: FigureId,
        /// Whether it was derived and no document prints it so: pages mark it.
        derived: bool,
        /// What tells figures apart that share an id: progress and remainder of one target.
        key: String,
    },
}

/// A sentence that was not printed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Dropped {
    /// Its name in the templates.
    pub name: String,
    /// Why: a figure missing, in conflict, or too uncertain for the claim.
    pub reason: String,
}

impl Run {
    /// The characters.
    pub fn text(&self) -> &str {
        match self {
            Self::Text { text } | Self::Given { text } | Self::Figure { text, .. } => text,
        }
    }
}

impl fmt::Display for Sentence {
    /// Plain text; `*` marks a derived figure.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for run in &self.runs {
            f.write_str(run.text())?;
            if matches!(run, Run::Figure { derived: true, .. }) {
                f.write_str("*")?;
            }
        }
        Ok(())
    }
}

impl Narrative {
    /// Plain text for reading and for snapshots, in the words of the language.
    pub fn plain(&self, phrases: &Phrases) -> String {
        let mut text = format!("# {}\n", self.title);
        lines(&mut text, self.standfirst.as_slice());
        for paragraph in &self.paragraphs {
            text += &format!("\n## {}\n", paragraph.heading);
            lines(&mut text, &paragraph.sentences);
            paragraph.quotes.iter().for_each(|quoted| text += &format!("> {}\n", quoted.plain(phrases)));
        }
        if !self.notes.is_empty() {
            text += &format!("\n{}\n", phrases.labels.notes);
            self.notes.iter().for_each(|note| text += &format!("- {note}\n"));
        }
        if !self.dropped.is_empty() {
            text.push('\n');
            self.dropped.iter().for_each(|dropped| text += &format!("- {}\n", dropped.plain(phrases)));
        }
        text
    }
}

impl Quoted {
    fn plain(&self, phrases: &Phrases) -> String {
        let Quote { text, published, line, period, .. } = &self.quote;
        let lead = self.lead.as_ref().map_or(String::new(), |lead| format!("{lead} "));
        let on = |period: &String| fill(&phrases.page.quote_on, &[("period", period)]);
        let on = period.as_ref().map_or(String::new(), on);
        let (line, form) = (line.to_string(), &phrases.text.quoted);
        lead + &fill(form, &[("words", text), ("date", published), ("line", &line), ("on", &on)])
    }
}

impl Dropped {
    /// That it was not printed, and why.
    pub fn plain(&self, phrases: &Phrases) -> String {
        fill(&phrases.page.dropped, &[("name", &self.name), ("reason", &self.reason)])
    }
}

fn lines(text: &mut String, sentences: &[Sentence]) {
    sentences.iter().for_each(|sentence| *text += &format!("{sentence}\n"));
}
