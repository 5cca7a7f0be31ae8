//! Figures become sentences: templates choose words for a typed view of a quarter, and the claim gate lets a sentence
//! through only when every figure it uses is known and beyond doubt. Where figures come from is the history's business;
//! how a page looks is the brief's.

mod capped;
mod compiled;
mod engine;
mod fault;
mod gate;
mod helpers;
pub mod lint;
mod mark;
mod moves;
pub mod parity;
mod partials;
mod pieces;
mod reference;
mod shown;
#[cfg(test)]
mod tests;
mod text;
pub mod view;
mod voice;

use handlebars::Context;

use crate::history::History;
use crate::language::Inside;
use crate::model::{Figure, FigureId, Quarter};

pub use engine::{Engine, built_in, phrases};
pub use fault::TemplateFault;
pub use helpers::{KNOWN as HELPERS, Known as Helper, Takes};
pub use moves::Moves;
pub use reference::reference;
pub use shown::{Kind, Shown, grouped};
pub use text::{Dropped, Narrative, Paragraph, Quoted, Run, Says, Sentence, Way};

use gate::{Piece, Verdict};
pub use mark::unsealed;
pub use view::Quote;
use view::{Book, QuarterView};
pub use voice::{Material, Section, Voice};

pub use view::{PUBLISHED_WITHIN_DAYS, key, lead};

/// The paragraphs by their templates, in order.
pub const PARAGRAPHS: [&str; 5] = ["result", "targets", "segments", "position", "indicators"];

/// The text of a quarter's brief.
///
/// # Errors
/// When a template asks for what the view does not have, or prints a number that is no figure.
pub fn narrate(history: &History, quarter: Quarter, engine: &Engine) -> Result<Narrative, TemplateFault> {
    let phrases = engine.phrases();
    let (view, book) = view::view(history, quarter, phrases, &engine.voice.material);
    let seen = engine::seen(&view);
    let mut writer = Writer { engine, view, seen, book: &book, figures: Vec::new(), dropped: Vec::new() };
    let title = writer.sentences("title")?.into_iter().next();
    let title = title.ok_or_else(|| {
        TemplateFault::in_file("title.hbs", "no wording of the title fits the figures".to_owned())
            .of_language(phrases.language)
    })?;
    let standfirst = writer.sentences("standfirst")?.into_iter().next();
    let quoted = writer.quoted()?;
    let mut paragraphs = Vec::new();
    for section in engine.voice.sections.iter().filter(|section| engine.knows(&section.id)) {
        let id = &section.id;
        let sentences = writer.sentences(id)?;
        let quotes = quoted.get(writer.view.quotes.beside(id)).unwrap_or_default().to_vec();
        if !sentences.is_empty() || !quotes.is_empty() {
            paragraphs.push(Paragraph { id: id.clone(), heading: section.heading(phrases), sentences, quotes });
        }
    }
    writer.seen.data_mut()["has_derived"] = writer.figures.iter().any(|figure| book.is_calculated(figure)).into();
    let notes = writer.sentences("notes")?;
    let Writer { figures, dropped, .. } = writer;
    Ok(Narrative { quarter, title, standfirst, paragraphs, notes, dropped, figures })
}

/// A fault that the figures of a quarter bring to light.
#[derive(Debug)]
pub struct Found {
    /// The fault.
    pub fault: TemplateFault,
    /// What of the quarter was taken away to find it.
    pub without: Option<String>,
}

/// Every part's fault with the figures of a quarter as they are.
pub fn faults(history: &History, quarter: Quarter, engine: &Engine) -> Vec<TemplateFault> {
    let (view, _) = view::view(history, quarter, engine.phrases(), &engine.voice.material);
    let view = engine::seen(&view);
    engine.parts().iter().filter_map(|part| engine.render(part, &view).err()).collect()
}

/// So many faults of one part are told for a quarter; more would be the same one again.
const MOST_TOLD: usize = 5;

/// So many steps all gaps of one part may take, far more than those of a built-in part.
const MOST_STEPS: usize = 1_000_000;

/// So many gaps are tried in any case.
const FEWEST_TRIES: usize = 8;

/// Every template's faults with the figures of a quarter, with none of them, and with each group of them not given; `thorough` takes
/// every single figure away too. Sentences that the gate drops are no faults.
pub fn rehearse(history: &History, quarter: Quarter, engine: &Engine, thorough: bool) -> Vec<Found> {
    let (view, _) = view::view(history, quarter, engine.phrases(), &engine.voice.material);
    let full = serde_json::to_value(view).expect("a view is texts, flags and lists");
    let gaps = lint::with_gaps(&full, &lint::Shapes::of(&lint::schema()), thorough);
    let gaps: Vec<(Context, String)> = gaps.into_iter().map(|(view, without)| (view.into(), without)).collect();
    let full = Context::from(full);
    let mut found = Vec::new();
    for part in engine.parts() {
        // A part that fails as it is would fail with every gap, and each time as slowly.
        match engine.counted(&part, &full) {
            Err(fault) => found.push(Found { fault, without: None }),
            Ok((_, steps)) => {
                // A template that goes round and round is tried with fewer gaps, spread over all of them.
                let tries = (MOST_STEPS / steps.max(1)).max(FEWEST_TRIES);
                let faults = gaps.iter().step_by(gaps.len().div_ceil(tries).max(1)).filter_map(|(view, without)| {
                    let fault = engine.render(&part, view).err()?;
                    Some(Found { fault, without: Some(without.clone()) })
                });
                found.extend(faults.take(MOST_TOLD));
            }
        }
    }
    // Each part is sound, and still there may be nothing that can head the brief.
    if found.iter().all(|found| found.without.is_some()) {
        found.extend(narrate(history, quarter, engine).err().map(|fault| Found { fault, without: None }));
    }
    found
}

/// Turns verdicts into sentences and keeps what was used and what was dropped.
struct Writer<'a> {
    engine: &'a Engine,
    view: QuarterView,
    /// The same as templates see it.
    seen: Context,
    book: &'a Book<'a>,
    figures: Vec<Figure>,
    dropped: Vec<Dropped>,
}

impl Writer<'_> {
    fn sentences(&mut self, template: &str) -> Result<Vec<Sentence>, TemplateFault> {
        let mut sentences = Vec::new();
        for Verdict { name, outcome } in self.engine.render(template, &self.seen)? {
            match outcome {
                Ok(pieces) => sentences.push(self.sentence(name, pieces)),
                Err(reasons) => {
                    // That a document says nothing is no news; that documents disagree is.
                    let disputes: Vec<String> = reasons.into_iter().filter(|r| r.disputed).map(|r| r.text).collect();
                    if disputes.is_empty() {
                        continue;
                    }
                    let reason = disputes.join("; ");
                    match self.dropped.iter_mut().find(|dropped| dropped.reason == reason) {
                        Some(dropped) => dropped.name = format!("{}, {name}", dropped.name),
                        None => self.dropped.push(Dropped { name, reason }),
                    }
                }
            }
        }
        Ok(sentences)
    }

    /// The statements of the documents, each behind the words that say what it explains where it does not say so itself.
    fn quoted(&mut self) -> Result<Vec<Quoted>, TemplateFault> {
        let leads = self.engine.render("quote", &self.seen)?;
        let quotes = self.view.quotes.all.clone();
        let lead = |verdict: Verdict| verdict.outcome.ok().map(|pieces| (verdict.name, pieces));
        let mut leads = leads.into_iter().map(lead);
        let mut all = Vec::new();
        for quote in quotes {
            let lead = leads.next().flatten().map(|(name, pieces)| self.sentence(name, pieces));
            all.push(Quoted { lead, quote });
        }
        Ok(all)
    }

    fn sentence(&mut self, name: String, pieces: Vec<Piece>) -> Sentence {
        let mut runs = Vec::new();
        let mut figures: Vec<FigureId> = Vec::new();
        let mut says = Vec::new();
        for piece in pieces {
            match piece {
                Piece::Text(text) => runs.push(Run::Text { text }),
                Piece::Given(text) => runs.push(Run::Given { text }),
                Piece::Figure(key, text) => {
                    let figure = self.used(&key, &mut figures);
                    let derived = self.book.is_calculated(&figure);
                    runs.push(Run::Figure { text, id: figure.id, derived, key });
                }
                Piece::Uses(key, way, word) => {
                    self.used(&key, &mut figures);
                    let way = Way::of(&way).expect("helpers write the ways of figures");
                    says.push(Says { key, way, word });
                }
            }
        }
        if self.engine.phrases().text.inside_sentences == Inside::Lower {
            capitalize(&mut runs);
        }
        Sentence { name, runs, says, figures }
    }

    fn used(&mut self, key: &str, ids: &mut Vec<FigureId>) -> Figure {
        let figure = self.book.get(key).expect("templates print figures of the view, and the view enters them").clone();
        if !ids.contains(&figure.id) {
            ids.push(figure.id.clone());
        }
        if !self.figures.contains(&figure) {
            self.figures.push(figure.clone());
        }
        figure
    }
}

/// A sentence starts with a capital, whatever word came first; names keep their own spelling.
fn capitalize(runs: &mut [Run]) {
    if let Some(Run::Text { text } | Run::Given { text }) = runs.first_mut() {
        let word = text.split(' ').next().unwrap_or_default();
        if word.chars().skip(1).any(char::is_uppercase) {
            return;
        }
        let mut chars = text.chars();
        if let Some(first) = chars.next() {
            *text = first.to_uppercase().chain(chars).collect();
        }
    }
}
