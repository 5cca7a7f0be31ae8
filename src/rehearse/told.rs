//! Faults of templates as they are told: each once, however many quarters have it, with the line itself and one hint.

use std::collections::BTreeSet;

use crate::brief::Problem;
use crate::model::{Quarter, Warning};
use crate::narrative::{self, TemplateFault};
use crate::templates::Templates;

/// What can always be done about a template.
const HINT: &str = "mend the line, or remove the file to use the built-in template";

/// What can be done about a font.
const FONT_HINT: &str = "put the font into the fonts folder, or name a family that is there";

/// When a fault came to light.
#[derive(Clone, Copy, Debug, Default)]
pub struct When<'a> {
    /// The quarter; none for what is wrong with the template itself.
    pub quarter: Option<Quarter>,
    /// What of the quarter was taken away.
    pub without: Option<&'a str>,
}

/// Faults, in the order in which they were found.
pub struct Told<'a> {
    templates: &'a Templates,
    known: BTreeSet<(String, String)>,
    /// As they are told.
    pub list: Vec<Warning>,
}

impl<'a> Told<'a> {
    /// Nothing told so far.
    pub fn new(templates: &'a Templates) -> Self {
        Self { templates, known: BTreeSet::new(), list: Vec::new() }
    }

    /// The templates that they are of.
    pub fn templates(&self) -> &'a Templates {
        self.templates
    }

    /// A fault of a narrative template.
    pub fn narrative(&mut self, fault: TemplateFault, when: When<'_>) {
        let name = fault.file.clone();
        let mut place = self.shown(&name);
        if let Some((line, column)) = fault.place {
            place.push_str(&format!(":{line}:{column}"));
            let quoted = if fault.line.is_empty() { self.quote(&name, line, column) } else { fault.line };
            place.push_str(&format!("  {quoted}"));
        }
        self.tell(fault.message, place, fault.hint.unwrap_or_else(|| HINT.to_owned()), when);
    }

    /// A fault of a page template.
    pub fn page(&mut self, problem: Problem, when: When<'_>) {
        let spot = problem.place.unwrap_or_else(|| "brief.typ".to_owned());
        let (file, rest) = spot.split_once(':').unwrap_or((&spot, ""));
        let mut numbers = rest.split(':').filter_map(|number| number.parse::<usize>().ok());
        let mut place = self.shown(file);
        if let (Some(line), Some(column)) = (numbers.next(), numbers.next()) {
            place.push_str(&format!(":{line}:{column}  {}", self.quote(file, line, column)));
        }
        let hint = match problem.hints.into_iter().next() {
            _ if self.is_built_in(file) && !self.own_pages().is_empty() => self.unfit(file),
            _ if problem.message.starts_with("unknown font family") => FONT_HINT.to_owned(),
            Some(hint) => hint,
            None => HINT.to_owned(),
        };
        self.tell(problem.message, place, hint, when);
    }

    fn is_built_in(&self, name: &str) -> bool {
        self.templates.template(name).is_none_or(|template| template.path.is_none())
    }

    /// The page templates of the user, as the user would name them.
    fn own_pages(&self) -> Vec<&str> {
        let own = self.templates.iter().filter(|(name, _)| name.ends_with(".typ"));
        own.filter_map(|(_, template)| template.path.as_deref()).collect()
    }

    /// What can be done where a built-in template fails: it is sound, so what it takes from the user's does not fit, as after an
    /// upgrade.
    fn unfit(&self, file: &str) -> String {
        let own = self.own_pages().iter().map(|path| format!("`{path}`")).collect::<Vec<_>>().join(", ");
        format!(
            "`{file}` is built in and takes what does not fit from {own}; `tanshin templates diff` shows what differs"
        )
    }

    fn tell(&mut self, message: String, place: String, hint: String, when: When<'_>) {
        // What the figures of a quarter bring to light is one fault a place: its words differ by quarter.
        let said = if when.quarter.is_some() && place.contains("  ") { String::new() } else { message.clone() };
        if !self.known.insert((place.clone(), said)) {
            return;
        }
        let message = match (when.quarter, when.without) {
            (Some(quarter), Some(without)) => format!("{message} (in {quarter} without {without})"),
            (Some(quarter), None) => format!("{message} (first in {quarter})"),
            (None, _) => message,
        };
        self.list.push(Warning { message, place, hint });
    }

    fn quote(&self, name: &str, line: usize, column: usize) -> String {
        let text = self.templates.template(name).map_or("", |template| &*template.text);
        narrative::lint::excerpt(text, line, column)
    }

    /// A template as the user would name it.
    fn shown(&self, name: &str) -> String {
        self.templates.template(name).and_then(|template| template.path.clone()).unwrap_or_else(|| name.to_owned())
    }
}
