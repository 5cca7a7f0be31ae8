//! Every fault of the templates at once, also in branches that no quarter reaches: names are followed through blocks and
//! pieces against the shape of the view. What a quarter's figures make of a template is the engine's business.

mod figures;
mod shape;
mod structure;
mod tags;
mod walk;

use std::collections::BTreeMap;
use std::sync::LazyLock;

use super::PARAGRAPHS;
use super::compiled::compiled;
use super::engine::{MOVES, built_in, phrases};
use super::fault::TemplateFault;
use super::moves::Moves;
use super::partials;
use super::view::QuarterView;
use super::voice::Voice;
use crate::language::{Language, WORDS};

pub use figures::with_gaps;
pub use shape::{Field, ROOT, Shape, Shapes};

/// The templates that begin a part of the brief, the sections among them in their order; the others are pieces that these include.
pub fn parts(voice: &Voice) -> Vec<String> {
    let sections = voice.sections.iter().map(|section| section.id.as_str());
    let off = PARAGRAPHS.into_iter().filter(|id| voice.sections.iter().all(|section| section.id != **id));
    ["title", "standfirst"]
        .into_iter()
        .chain(sections)
        .chain(off)
        .chain(["quote", "notes"])
        .map(str::to_owned)
        .collect()
}

/// The JSON Schema of the view that templates see.
pub fn schema() -> schemars::Schema {
    schemars::schema_for!(QuarterView)
}

static SHAPES: LazyLock<Shapes> = LazyLock::new(|| Shapes::of(&schema()));

/// A template's file name and text.
type Sources<'a> = BTreeMap<&'a str, &'a str>;

/// All faults of a language's built-in templates with the user's own in place of those of the same file name, in the order of files
/// and places.
pub fn faults(language: Language, own: &BTreeMap<String, String>, voice: &Voice) -> Vec<TemplateFault> {
    let mut sources: Sources<'_> = built_in(language).iter().copied().collect();
    sources.extend(own.iter().map(|(name, text)| (name.as_str(), text.as_str())));
    let moves = sources.remove(MOVES).unwrap_or_default();
    sources.remove(WORDS);
    let table = Moves::parse_with_place(moves).and_then(|moves| moves.with_sizes(voice));
    let mut faults: Vec<TemplateFault> = table.err().into_iter().collect();
    // Its file is named below, as those of the others.
    faults.extend(phrases(language, own).err().map(|fault| TemplateFault { file: WORDS.to_owned(), ..fault }));
    let mut whole = sources.clone();
    for (file, text) in &sources {
        let found = structure::faults(file, text);
        if found.is_empty() {
            let compiled = compiled(file.trim_end_matches(".hbs"), text);
            faults.extend(compiled.err().map(|error| TemplateFault::compile(file, text, &error)));
        } else {
            whole.remove(file);
            faults.extend(found);
        }
    }
    match partials::check(&sources) {
        Ok(()) => faults.extend(walk::faults(&sources, &whole, &SHAPES, &parts(voice))),
        Err(circle) => faults.push(circle),
    }
    faults.iter_mut().for_each(|fault| {
        fault.quote(own.get(&fault.file).map_or_else(|| text_of(language, &fault.file), String::as_str))
    });
    faults.sort_by(|a, b| (&a.file, a.place, &a.message).cmp(&(&b.file, b.place, &b.message)));
    faults.dedup();
    faults.into_iter().map(|fault| fault.of_language(language)).collect()
}

fn text_of(language: Language, file: &str) -> &'static str {
    built_in(language).iter().find(|(name, _)| *name == file).map_or("", |(_, text)| text)
}

/// The line of a place as a message shows it.
pub fn excerpt(text: &str, line: usize, column: usize) -> String {
    tags::excerpt(text, line, column)
}

/// The names that a template includes, with their places in bytes.
pub fn includes(text: &str) -> Vec<(&str, usize)> {
    let tokens = tags::tokens(text);
    let names = tokens.into_iter().filter_map(|token| match token {
        tags::Token::Tag(tag) if tag.kind == tags::Kind::Include => tag.words.first().map(|word| (word.text, word.at)),
        _ => None,
    });
    names.collect()
}

/// Line and column of a byte.
pub fn place(text: &str, at: usize) -> (usize, usize) {
    tags::place(text, at)
}

#[cfg(test)]
mod tests;
