//! The template engine: handlebars in strict mode, templates registered by name, and their text judged by the claim gate.

use std::collections::BTreeMap;
use std::sync::Arc;

use handlebars::{Context, Handlebars};
use serde::Serialize;

use super::capped::Capped;
use super::compiled::compiled;
use super::fault::TemplateFault;
use super::gate::{self, Verdict};
use super::helpers;
use super::mark;
use super::moves::Moves;
use super::partials;
use super::voice::Voice;
use crate::language::{Language, Phrases, WORDS, WordsFault};

/// The name of the table of ranges among the templates.
pub const MOVES: &str = "moves.toml";

/// The English templates that are compiled into the program, by file name.
const ENGLISH: &[(&str, &str)] = &[
    (MOVES, include_str!("../../templates/en/moves.toml")),
    (WORDS, include_str!("../../templates/en/words.toml")),
    ("bridge.hbs", include_str!("../../templates/en/bridge.hbs")),
    ("cause.hbs", include_str!("../../templates/en/cause.hbs")),
    ("change.hbs", include_str!("../../templates/en/change.hbs")),
    ("indicators.hbs", include_str!("../../templates/en/indicators.hbs")),
    ("notes.hbs", include_str!("../../templates/en/notes.hbs")),
    ("position.hbs", include_str!("../../templates/en/position.hbs")),
    ("profit.hbs", include_str!("../../templates/en/profit.hbs")),
    ("quote.hbs", include_str!("../../templates/en/quote.hbs")),
    ("ratio.hbs", include_str!("../../templates/en/ratio.hbs")),
    ("reason.hbs", include_str!("../../templates/en/reason.hbs")),
    ("result.hbs", include_str!("../../templates/en/result.hbs")),
    ("segments.hbs", include_str!("../../templates/en/segments.hbs")),
    ("standfirst.hbs", include_str!("../../templates/en/standfirst.hbs")),
    ("targets.hbs", include_str!("../../templates/en/targets.hbs")),
    ("title.hbs", include_str!("../../templates/en/title.hbs")),
    ("verdict.hbs", include_str!("../../templates/en/verdict.hbs")),
];

/// The Japanese ones, by file name.
const JAPANESE: &[(&str, &str)] = &[
    (MOVES, include_str!("../../templates/ja/moves.toml")),
    (WORDS, include_str!("../../templates/ja/words.toml")),
    ("bridge.hbs", include_str!("../../templates/ja/bridge.hbs")),
    ("cause.hbs", include_str!("../../templates/ja/cause.hbs")),
    ("change.hbs", include_str!("../../templates/ja/change.hbs")),
    ("indicators.hbs", include_str!("../../templates/ja/indicators.hbs")),
    ("notes.hbs", include_str!("../../templates/ja/notes.hbs")),
    ("position.hbs", include_str!("../../templates/ja/position.hbs")),
    ("profit.hbs", include_str!("../../templates/ja/profit.hbs")),
    ("quote.hbs", include_str!("../../templates/ja/quote.hbs")),
    ("ratio.hbs", include_str!("../../templates/ja/ratio.hbs")),
    ("reason.hbs", include_str!("../../templates/ja/reason.hbs")),
    ("result.hbs", include_str!("../../templates/ja/result.hbs")),
    ("segments.hbs", include_str!("../../templates/ja/segments.hbs")),
    ("standfirst.hbs", include_str!("../../templates/ja/standfirst.hbs")),
    ("targets.hbs", include_str!("../../templates/ja/targets.hbs")),
    ("title.hbs", include_str!("../../templates/ja/title.hbs")),
    ("verdict.hbs", include_str!("../../templates/ja/verdict.hbs")),
];

/// The templates of a language that are compiled into the program, by file name.
pub fn built_in(language: Language) -> &'static [(&'static str, &'static str)] {
    match language {
        Language::En => ENGLISH,
        Language::Ja => JAPANESE,
    }
}

/// Templates of one language ready to render, with the language's other words.
pub struct Engine {
    registry: Handlebars<'static>,
    phrases: Arc<Phrases>,
    /// What the settings say.
    pub(super) voice: Voice,
}

/// The words of a language, the user's lines over the built-in ones.
///
/// # Errors
/// When the user's table is at fault.
pub fn phrases(language: Language, own: &BTreeMap<String, String>) -> Result<Phrases, TemplateFault> {
    let own = own.get(WORDS).map(String::as_str);
    Phrases::new(language, own).map_err(|WordsFault { message, at, hint }| {
        let place = at.zip(own).map(|(at, text)| super::lint::place(text, at));
        TemplateFault { place, hint, ..TemplateFault::in_file(WORDS, message) }.of_language(language)
    })
}

impl Engine {
    /// A language's built-in templates, each replaced by the one of the same file name that is handed in; others are added.
    ///
    /// # Errors
    /// When a template cannot be compiled, includes itself, or the table of ranges is wrong.
    pub fn new(language: Language, own: &BTreeMap<String, String>) -> Result<Self, TemplateFault> {
        Self::with(phrases(language, own)?, own, &Voice::default())
    }

    /// The same with other words outside of templates, and with what the settings say.
    ///
    /// # Errors
    /// As [`Engine::new`].
    pub fn with(phrases: Phrases, own: &BTreeMap<String, String>, voice: &Voice) -> Result<Self, TemplateFault> {
        let language = phrases.language;
        Self::ready(phrases, own, voice).map_err(|fault| fault.of_language(language))
    }

    fn ready(phrases: Phrases, own: &BTreeMap<String, String>, voice: &Voice) -> Result<Self, TemplateFault> {
        let (language, phrases) = (phrases.language, Arc::new(phrases));
        let mut sources: BTreeMap<&str, &str> = built_in(language).iter().copied().collect();
        sources.extend(own.iter().map(|(name, text)| (name.as_str(), text.as_str())));
        let mut registry = Handlebars::new();
        registry.set_strict_mode(true);
        registry.register_escape_fn(mark::given);
        sources.remove(WORDS);
        let moves = sources.remove(MOVES).unwrap_or_default();
        let moves = Moves::parse_with_place(moves)?.with_sizes(voice)?;
        helpers::register(&mut registry, moves, &phrases);
        partials::check(&sources)?;
        for (file, text) in sources {
            let name = file.trim_end_matches(".hbs");
            let template = compiled(name, text).map_err(|error| TemplateFault::compile(file, text, &error))?;
            registry.register_template(name, template);
        }
        Ok(Self { registry, phrases, voice: voice.clone() })
    }

    /// Whether there is a template of that name in this language.
    pub fn knows(&self, template: &str) -> bool {
        self.registry.has_template(template)
    }

    /// The templates that begin a part of the brief.
    pub(super) fn parts(&self) -> Vec<String> {
        super::lint::parts(&self.voice).into_iter().filter(|part| self.knows(part)).collect()
    }

    /// The language's words outside of templates.
    pub fn phrases(&self) -> &Phrases {
        &self.phrases
    }

    /// The sentences of one template, passed and dropped.
    ///
    /// # Errors
    /// When the template asks for what the view does not have, or prints a number that is no figure.
    pub fn render(&self, template: &str, view: &Context) -> Result<Vec<Verdict>, TemplateFault> {
        self.counted(template, view).map(|(verdicts, _)| verdicts)
    }

    /// The same, with the number of steps that it took.
    pub(super) fn counted(&self, template: &str, view: &Context) -> Result<(Vec<Verdict>, usize), TemplateFault> {
        self.rendered(template, view).map_err(|fault| fault.of_language(self.phrases.language))
    }

    fn rendered(&self, template: &str, view: &Context) -> Result<(Vec<Verdict>, usize), TemplateFault> {
        let file = format!("{template}.hbs");
        let mut page = Capped::default();
        let rendered = self.registry.render_with_context_to_write(template, view, &mut page);
        if page.is_full() {
            return Err(page.fault(&file));
        }
        rendered.map_err(|error| TemplateFault::render(&file, view.data(), &error))?;
        let steps = page.steps();
        let marked = page.into_text();
        let verdicts =
            gate::judge(&marked, &self.phrases.text).map_err(|reason| TemplateFault::in_file(&file, reason))?;
        Ok((verdicts, steps))
    }
}

/// A view as templates see it, made once for all of them: it is large.
pub fn seen(view: &impl Serialize) -> Context {
    Context::wraps(view).expect("a view is texts, flags and lists")
}
