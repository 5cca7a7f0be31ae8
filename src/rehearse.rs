//! A rehearsal: every template against every quarter, and against a quarter whose figures are missing, with all faults at
//! once. Nothing is written.

use std::collections::BTreeSet;

use crate::brief::{self, Fonts, Problem};
use crate::chart::Faces;
use crate::compose;
use crate::config::Look;
use crate::history::History;
use crate::language::Language;
use crate::model::{Quarter, Warning};
use crate::narrative::{self, Engine, TemplateFault};
use crate::options::Length;
use crate::run::{BriefError, Library, PressError};
use crate::templates::Templates;

/// What a rehearsal found.
#[derive(Debug)]
pub struct Rehearsal {
    /// What is wrong, each once: with its place, the line itself and a hint.
    pub faults: Vec<Warning>,
    /// How many quarters were tried.
    pub quarters: usize,
}

/// Tries all templates against the quarters of all companies.
///
/// # Errors
/// When the built-in templates cannot be used, which is a fault of the program.
pub fn rehearse(
    companies: &[(&Library, &History)],
    templates: &Templates,
    fonts: &Fonts,
    look: &Look,
) -> Result<Rehearsal, PressError> {
    let mut faults = Faults::new(templates);
    let mut engines = Vec::new();
    for language in Language::ALL {
        let own = templates.own_in(language);
        let found = narrative::lint::faults(language, &own);
        engines.push(match Engine::new(language, &own) {
            Ok(engine) if found.is_empty() => engine,
            _ => Engine::new(language, &Default::default())?,
        });
        found.into_iter().for_each(|fault| faults.narrative(fault, None));
    }
    let page = brief::Template::with_files(templates.own_of(""))?;
    let broken = brief::faults(&page, fonts);
    let pages_are_whole = broken.is_empty();
    broken.into_iter().for_each(|problem| faults.page(problem, None));
    let mut quarters = 0;
    for (library, history) in companies {
        for quarter in history.quarters() {
            quarters += 1;
            for engine in &engines {
                for fault in narrative::rehearse(history, quarter, engine) {
                    faults.narrative(fault, Some(quarter));
                }
                if pages_are_whole {
                    pages(library, history, quarter, engine, &page, fonts, look, quarters == 1, &mut faults);
                }
            }
        }
    }
    Ok(Rehearsal { faults: faults.list, quarters })
}

/// Sets the pages of a quarter, and once with nothing on them that may be missing.
#[expect(clippy::too_many_arguments, reason = "what a page is made of, handed on")]
fn pages(
    library: &Library,
    history: &History,
    quarter: Quarter,
    engine: &Engine,
    page: &brief::Template,
    fonts: &Fonts,
    look: &Look,
    bare_too: bool,
    faults: &mut Faults<'_>,
) {
    let face = |family: &str| fonts.data(family).unwrap_or_default();
    let Ok(narrative) = narrative::narrate(history, quarter, engine) else { return };
    let Ok(faces) = Faces::new(face(look.brand.family()), face("Noto Sans JP")) else { return };
    let look = &Look { length: Length::Full, ..look.clone() };
    let (documents, narrative, faces, phrases) = (&library.documents, &narrative, &faces, engine.phrases());
    let parts = compose::Parts { history, documents, quarter, narrative, faces, look, phrases };
    let content = compose::compose(&parts);
    let bare = bare_too.then(|| content.clone().without_options());
    for content in std::iter::once(content).chain(bare) {
        match brief::proof(&content, page, fonts) {
            Ok(problems) => problems.into_iter().for_each(|problem| faults.page(problem, Some(quarter))),
            Err(error) => {
                let problem = Problem { message: error.to_string(), place: None, hints: Vec::new() };
                faults.page(problem, Some(quarter));
            }
        }
    }
}

/// Everything that is wrong with the templates as they are written, without a quarter to try them on.
pub(crate) fn written(templates: &Templates, fonts: &Fonts) -> Vec<Warning> {
    let mut faults = Faults::new(templates);
    for language in Language::ALL {
        let found = narrative::lint::faults(language, &templates.own_in(language));
        found.into_iter().for_each(|fault| faults.narrative(fault, None));
    }
    if let Ok(page) = brief::Template::with_files(templates.own_of("")) {
        brief::faults(&page, fonts).into_iter().for_each(|problem| faults.page(problem, None));
    }
    faults.list
}

/// Why one brief could not be made, with the places in the templates.
pub(crate) fn told(error: BriefError, templates: &Templates) -> Vec<Warning> {
    let mut faults = Faults::new(templates);
    match error {
        BriefError::Narrate(fault) => faults.narrative(fault, None),
        BriefError::Typeset(brief::BriefError::Typst(problems)) => {
            problems.into_iter().for_each(|problem| faults.page(problem, None));
        }
        other => faults.page(Problem { message: other.to_string(), place: None, hints: Vec::new() }, None),
    }
    faults.list
}

/// Faults as they are told, each once however many quarters have it.
struct Faults<'a> {
    templates: &'a Templates,
    told: BTreeSet<(String, String)>,
    list: Vec<Warning>,
}

impl<'a> Faults<'a> {
    fn new(templates: &'a Templates) -> Self {
        Self { templates, told: BTreeSet::new(), list: Vec::new() }
    }

    fn narrative(&mut self, fault: TemplateFault, quarter: Option<Quarter>) {
        let mut place = self.shown(&fault.file);
        if let Some((line, column)) = fault.place {
            place.push_str(&format!(":{line}:{column}"));
        }
        if let (Some((line, column)), true) = (fault.place, fault.line.is_empty()) {
            let text = self.templates.template(&fault.file).map_or("", |found| &*found.text);
            place.push_str(&format!("  {}", narrative::lint::excerpt(text, line, column)));
        } else if !fault.line.is_empty() {
            place.push_str(&format!("  {}", fault.line));
        }
        self.tell(fault.message, place, fault.hint.unwrap_or_else(|| HINT.to_owned()), quarter);
    }

    fn page(&mut self, problem: Problem, quarter: Option<Quarter>) {
        let spot = problem.place.unwrap_or_else(|| "brief.typ".to_owned());
        let (file, rest) = spot.split_once(':').unwrap_or((&spot, ""));
        let mut numbers = rest.split(':').filter_map(|number| number.parse::<usize>().ok());
        let mut place = self.shown(file);
        if let (Some(line), Some(column)) = (numbers.next(), numbers.next()) {
            let text = self.templates.template(file).map(|template| &*template.text).unwrap_or_default();
            place.push_str(&format!(":{line}:{column}  {}", narrative::lint::excerpt(text, line, column)));
        }
        let hint = if problem.hints.is_empty() { HINT.to_owned() } else { problem.hints.join("; ") };
        self.tell(problem.message, place, hint, quarter);
    }

    fn tell(&mut self, message: String, place: String, hint: String, quarter: Option<Quarter>) {
        // What the figures of a quarter bring to light is one fault a place: its words differ by quarter.
        let said = if quarter.is_some() && place.contains("  ") { String::new() } else { message.clone() };
        if self.told.insert((place.clone(), said)) {
            let message = quarter.map_or(message.clone(), |quarter| format!("{message} (first in {quarter})"));
            self.list.push(Warning { message, place, hint });
        }
    }

    /// A template as the user would name it.
    fn shown(&self, name: &str) -> String {
        self.templates.template(name).and_then(|template| template.path.clone()).unwrap_or_else(|| name.to_owned())
    }
}

/// What can always be done about a template.
const HINT: &str = "mend the line, or remove the file to use the built-in template";
