//! The book of a view: each figure that templates may print, by its key. A printed figure is found again here.

use std::collections::BTreeMap;

use super::Time;
use crate::history::History;
use crate::language::{Calendared, Phrases};
use crate::model::{Basis, Figure, FigureId, Measure, Metric, Origin, Period, Rule};
use crate::narrative::shown::Shown;
use crate::narrative::voice::Material;

/// The figures of a view by key.
pub struct Book<'h> {
    /// Where figures come from.
    pub history: &'h History,
    /// How figures and names are printed.
    pub phrases: &'h Phrases,
    /// What is large enough to be named.
    pub material: &'h Material,
    figures: BTreeMap<String, Figure>,
}

/// A metric by its name.
pub(super) fn metric(name: &str) -> Metric {
    Metric::new(name).expect("views name metrics in dotted snake case")
}

/// The id of a figure by the metric's name.
pub(super) fn id(name: &str, period: Period, basis: Basis, measure: Measure) -> FigureId {
    FigureId { metric: metric(name), period, basis, measure }
}

impl<'h> Book<'h> {
    /// An empty book over a history.
    pub fn new(history: &'h History, phrases: &'h Phrases, material: &'h Material) -> Self {
        Self { history, phrases, material, figures: BTreeMap::new() }
    }

    /// The figure of a key.
    pub fn get(&self, key: &str) -> Option<&Figure> {
        self.figures.get(key)
    }

    /// A figure in its printed forms, entered into the book.
    pub fn show(&mut self, figure: Option<Figure>) -> Option<Shown> {
        let figure = figure?;
        let key = key(&figure);
        let shown = Shown::of(key.clone(), &figure, self.conflict(&figure), self.periods());
        let estimate = figure.is_derived() && self.history.is_estimate(&figure);
        let shown = if estimate { shown.as_estimate(&figure, self.phrases) } else { shown };
        self.figures.insert(key, figure);
        Some(shown)
    }

    /// Whether a page marks a figure as calculated: no document prints these characters.
    pub fn is_calculated(&self, figure: &Figure) -> bool {
        let print = |figure: &Figure| {
            let shown = Shown::of(String::new(), figure, None, self.periods());
            format!("{}{}", if shown.about { self.phrases.text.about_in_cells.as_str() } else { "" }, shown.size())
        };
        figure.is_derived() && self.history.printed_in_document(figure, print).is_none()
    }

    /// An actual figure of a metric and a period.
    pub fn actual(&mut self, metric: &str, period: Period, measure: Measure) -> Option<Shown> {
        let figure = self.figure(metric, period, Basis::Actual, measure);
        self.show(figure)
    }

    /// The share of its year's operating income that a part of the year brought, where rounding leaves no doubt of it.
    pub fn pace(&mut self, part: Period) -> Option<Shown> {
        let share = self.history.pace(&metric("operating_income"), part);
        self.show(share).filter(|share| share.doubt.is_none())
    }

    /// A figure as the history has it.
    pub fn figure(&self, metric: &str, period: Period, basis: Basis, measure: Measure) -> Option<Figure> {
        self.history.figure(&id(metric, period, basis, measure))
    }

    /// The name of a metric inside a sentence.
    pub fn name(&self, metric: &Metric) -> String {
        self.phrases.inside(&self.phrases.name(self.history.vocabulary(), metric))
    }

    /// What a statement about a metric is about, inside a sentence: `operating income`, `the cost of network services`.
    pub fn subject(&self, metric: &Metric) -> String {
        if metric.root() == "cost_of_revenue" && metric.path().is_some() {
            return crate::language::fill(&self.phrases.text.cost_of, &[("part", &self.part_name(metric))]);
        }
        self.name(metric)
    }

    /// The name of a part inside a sentence, below its whole.
    pub fn part_name(&self, metric: &Metric) -> String {
        self.phrases.inside(&self.phrases.part_name(self.history.vocabulary(), metric))
    }

    /// The names of periods.
    pub fn periods(&self) -> Calendared<'h> {
        self.phrases.calendar(self.history.company().fiscal_year)
    }

    /// A period or a day as a sentence names it in passing: `1Q17`, `June 30, 2017`.
    pub fn when(&self, period: Period) -> String {
        self.periods().in_passing(period)
    }

    /// A period or a day for the helpers that name it.
    pub fn time(&self, period: Period) -> Time {
        Time::of(period, self.periods())
    }

    /// Why a figure is disputed: documents state it, or one that it was derived from, differently.
    fn conflict(&self, figure: &Figure) -> Option<String> {
        let disputed = |id: &FigureId| self.history.conflicts().iter().any(|conflict| conflict.id == *id);
        let page = &self.phrases.page;
        let told = |id: &FigureId| {
            let form = if id.measure.is_percent() { &page.disputed_rate } else { &page.disputed };
            crate::language::fill(form, &[("name", &self.subject(&id.metric)), ("period", &self.when(id.period))])
        };
        let doubtful = |id: &FigureId| self.history.held_back(id).is_some() || disputed(id);
        figure.rests_on().find(|id| doubtful(id)).map(told)
    }
}

/// What identifies a figure in the book. Progress, remainders and changes of a target may share an id, so they are named
/// with their rule and its inputs.
pub fn key(figure: &Figure) -> String {
    match &figure.origin {
        Origin::Derived {
            rule:
                rule @ (Rule::Progress
                | Rule::Remainder
                | Rule::GrowthRate
                | Rule::Change
                | Rule::Pace
                | Rule::ImpliedGrowth
                | Rule::Revision
                | Rule::RevisionRate),
            inputs,
        } => {
            let inputs: Vec<String> = inputs.iter().map(ToString::to_string).collect();
            format!("{} {rule} of {}", figure.id, inputs.join(" and "))
        }
        _ => figure.id.to_string(),
    }
}
