//! The template engine: handlebars in strict mode, templates registered by name, and their text judged by the claim gate.

use std::collections::BTreeMap;

use handlebars::Handlebars;
use serde::Serialize;

use super::capped::Capped;
use super::fault::TemplateFault;
use super::gate::{self, Verdict};
use super::helpers;
use super::mark;
use super::moves::Moves;
use super::partials;

/// The name of the table of ranges among the templates.
pub const MOVES: &str = "moves.toml";

/// The templates that are compiled into the program, by file name.
pub const BUILT_IN: [(&str, &str); 17] = [
    (MOVES, include_str!("../../templates/narrative/moves.toml")),
    ("bridge.hbs", include_str!("../../templates/narrative/bridge.hbs")),
    ("cause.hbs", include_str!("../../templates/narrative/cause.hbs")),
    ("change.hbs", include_str!("../../templates/narrative/change.hbs")),
    ("indicators.hbs", include_str!("../../templates/narrative/indicators.hbs")),
    ("notes.hbs", include_str!("../../templates/narrative/notes.hbs")),
    ("position.hbs", include_str!("../../templates/narrative/position.hbs")),
    ("profit.hbs", include_str!("../../templates/narrative/profit.hbs")),
    ("quote.hbs", include_str!("../../templates/narrative/quote.hbs")),
    ("ratio.hbs", include_str!("../../templates/narrative/ratio.hbs")),
    ("reason.hbs", include_str!("../../templates/narrative/reason.hbs")),
    ("result.hbs", include_str!("../../templates/narrative/result.hbs")),
    ("segments.hbs", include_str!("../../templates/narrative/segments.hbs")),
    ("standfirst.hbs", include_str!("../../templates/narrative/standfirst.hbs")),
    ("targets.hbs", include_str!("../../templates/narrative/targets.hbs")),
    ("title.hbs", include_str!("../../templates/narrative/title.hbs")),
    ("verdict.hbs", include_str!("../../templates/narrative/verdict.hbs")),
];

/// Templates ready to render.
pub struct Engine {
    registry: Handlebars<'static>,
}

impl Engine {
    /// The built-in templates, each replaced by the one of the same file name that is handed in.
    ///
    /// # Errors
    /// When a template cannot be compiled, includes itself, or the table of ranges is wrong.
    pub fn new(own: &BTreeMap<String, String>) -> Result<Self, TemplateFault> {
        let mut sources: BTreeMap<&str, &str> = BUILT_IN.into_iter().collect();
        sources.extend(own.iter().map(|(name, text)| (name.as_str(), text.as_str())));
        let mut registry = Handlebars::new();
        registry.set_strict_mode(true);
        registry.register_escape_fn(mark::given);
        let moves = sources.remove(MOVES).unwrap_or_default();
        helpers::register(&mut registry, Moves::parse(moves).map_err(|reason| TemplateFault::in_file(MOVES, reason))?);
        partials::check(&sources)?;
        for (file, text) in sources {
            let name = file.trim_end_matches(".hbs");
            registry
                .register_template_string(name, text)
                .map_err(|error| TemplateFault::compile(file, text, &error))?;
        }
        Ok(Self { registry })
    }

    /// The sentences of one template, passed and dropped.
    ///
    /// # Errors
    /// When the template asks for what the view does not have, or prints a number that is no figure.
    pub fn render<T: Serialize>(&self, template: &str, view: &T) -> Result<Vec<Verdict>, TemplateFault> {
        let file = format!("{template}.hbs");
        let data = serde_json::to_value(view).map_err(|error| TemplateFault::in_file(&file, error.to_string()))?;
        let mut page = Capped::default();
        let rendered = self.registry.render_to_write(template, &data, &mut page);
        if page.is_full() {
            return Err(page.fault(&file));
        }
        rendered.map_err(|error| TemplateFault::render(&file, &data, &error))?;
        let marked = page.into_text();
        gate::judge(&marked).map_err(|reason| TemplateFault::in_file(&file, reason))
    }
}
