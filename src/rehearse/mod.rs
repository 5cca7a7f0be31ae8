//! A rehearsal: every template against every quarter, and against quarters whose figures are missing, with all faults at
//! once. Nothing is written.

mod told;

use crate::brief::{self, Fonts, Problem};
use crate::compose;
use crate::config::Look;
use crate::history::History;
use crate::language::Language;
use crate::model::{Quarter, Warning};
use crate::narrative::{self, Engine};
use crate::options::Length;
use crate::run::{self, BriefError, Library, PressError};
use crate::templates::Templates;

pub use told::{Told, When};

/// What a rehearsal found.
#[derive(Debug)]
pub struct Rehearsal {
    /// What is wrong, each once: with its place, the line itself and a hint.
    pub faults: Vec<Warning>,
    /// How many quarters were tried.
    pub quarters: usize,
}

/// What all quarters are tried with.
struct Stage<'a> {
    engines: Vec<Engine>,
    page: brief::Template,
    fonts: &'a Fonts,
    look: Look,
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
    let mut told = Told::new(templates);
    let mut pages_are_whole = of_themselves(&mut told, fonts, look)?;
    let engine = |language| match run::engine(templates, language, look) {
        Ok(engine) if told.list.is_empty() => Ok(engine),
        _ => Engine::new(language, &Default::default()),
    };
    let engines = Language::ALL.into_iter().map(engine).collect::<Result<Vec<Engine>, _>>()?;
    let page = brief::Template::with_files(templates.own_of(""))?;
    let stage = Stage { engines, page, fonts, look: Look { length: Length::Full, ..look.clone() } };
    let mut quarters = 0;
    for (library, history) in companies {
        let of_company = history.quarters();
        for (index, quarter) in of_company.iter().enumerate() {
            // One quarter of each company is tried in every way, the others in the ways that differ by quarter.
            let thorough = index + 1 == of_company.len();
            for found in
                stage.engines.iter().flat_map(|engine| narrative::rehearse(history, *quarter, engine, thorough))
            {
                told.narrative(found.fault, When { quarter: Some(*quarter), without: found.without.as_deref() });
            }
            if pages_are_whole {
                let mut set = |engine| pages(library, history, *quarter, (&stage, engine), thorough, &mut told);
                pages_are_whole = stage.engines.iter().all(&mut set);
            }
        }
        quarters += of_company.len();
    }
    told.list.extend(unknown_metrics(companies, look));
    Ok(Rehearsal { faults: told.list, quarters })
}

/// Everything that is wrong with the templates of themselves, before any quarter is tried.
///
/// # Errors
/// When the built-in templates cannot be used, which is a fault of the program.
pub fn faults(templates: &Templates, fonts: &Fonts, look: &Look) -> Result<Vec<Warning>, PressError> {
    let mut told = Told::new(templates);
    of_themselves(&mut told, fonts, look)?;
    Ok(told.list)
}

/// Everything that is wrong with the templates of the text of themselves.
pub fn faults_of_text(templates: &Templates, look: &Look) -> Vec<Warning> {
    let mut told = Told::new(templates);
    text(&mut told, look);
    told.list
}

/// Why one brief could not be made, with the places in the templates.
pub(crate) fn told(error: BriefError, templates: &Templates) -> Vec<Warning> {
    let mut told = Told::new(templates);
    let when = When::default();
    match error {
        BriefError::Narrate(faults) => faults.0.into_iter().for_each(|fault| told.narrative(fault, when)),
        BriefError::Typeset(brief::BriefError::Typst(problems)) => {
            problems.into_iter().for_each(|problem| told.page(problem, when));
        }
        other => told.page(Problem { message: other.to_string(), place: None, hints: Vec::new() }, when),
    }
    told.list
}

fn text(told: &mut Told<'_>, look: &Look) {
    let templates = told.templates();
    for language in Language::ALL {
        let own = templates.own_in(language);
        // The built-in templates are sound, a test says so; settings can be at odds with them in their sizes only.
        if own.is_empty() && look.voice.percent.is_empty() && look.voice.points.is_empty() {
            continue;
        }
        for fault in narrative::lint::faults(language, &own, &look.voice) {
            told.narrative(fault, When::default());
        }
    }
}

/// Whether the page templates can be set at all.
fn of_themselves(told: &mut Told<'_>, fonts: &Fonts, look: &Look) -> Result<bool, PressError> {
    let templates = told.templates();
    text(told, look);
    let broken = brief::faults(&brief::Template::with_files(templates.own_of(""))?, fonts);
    let whole = broken.is_empty();
    broken.into_iter().for_each(|problem| told.page(problem, When::default()));
    Ok(whole)
}

/// Sets the pages of a quarter; in every way also as a file, and with nothing on them that may be missing. Whether they came to an
/// end.
fn pages(
    library: &Library,
    history: &History,
    quarter: Quarter,
    (stage, engine): (&Stage<'_>, &Engine),
    thorough: bool,
    told: &mut Told<'_>,
) -> bool {
    let Stage { page, fonts, look, .. } = stage;
    let Ok(narrative) = narrative::narrate(history, quarter, engine) else { return true };
    let Ok(faces) = run::faces(fonts, look) else { return true };
    let (documents, narrative, faces, phrases) = (&library.documents, &narrative, &faces, engine.phrases());
    let parts = compose::Parts { history, documents, quarter, narrative, faces, look, phrases };
    let content = compose::compose(&parts);
    let bare = thorough.then(|| content.clone().without_options());
    for (content, without) in std::iter::once((content, None)).chain(bare.map(|bare| (bare, Some("any figure")))) {
        let when = When { quarter: Some(quarter), without };
        let (page, fonts) = (page.clone(), (*fonts).clone());
        let problems = match brief::within(brief::LONGEST, move || brief::proof(&content, &page, &fonts, thorough)) {
            Some(Ok(problems)) => problems,
            Some(Err(error)) => vec![Problem { message: error.to_string(), place: None, hints: Vec::new() }],
            None => {
                let message = format!("the pages took longer than {} seconds", brief::LONGEST.as_secs());
                let hints = vec!["look for a loop that never ends".to_owned()];
                told.page(Problem { message, place: None, hints }, When::default());
                return false;
            }
        };
        problems.into_iter().for_each(|problem| told.page(problem, when));
    }
    true
}

/// Charts of the project that show what no company has.
fn unknown_metrics(companies: &[(&Library, &History)], look: &Look) -> Vec<Warning> {
    let known: Vec<_> = companies.iter().flat_map(|(_, history)| history.metrics()).collect();
    let mut faults = Vec::new();
    for chart in &look.own_charts {
        for metric in chart.metrics.iter().filter(|metric| !known.contains(metric)) {
            let names = known.iter().map(|metric| metric.as_str());
            let hint = match crate::near::near(metric.as_str(), names) {
                Some(meant) => format!("did you mean `{meant}`?"),
                None => "`tanshin facts` prints the metrics".to_owned(),
            };
            let message = format!("chart `{}` shows `{metric}`, which no company has", chart.id);
            faults.push(Warning { message, place: crate::config::NAME.to_owned(), hint });
        }
    }
    faults
}
