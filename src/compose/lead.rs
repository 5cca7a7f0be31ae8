//! The span a brief leads with, and the figures of a span as tables and tiles ask for them.

use crate::history::History;
use crate::model::{Basis, Figure, FigureId, Measure, Metric, Period, Quarter};
use crate::narrative;

/// The spans of a brief.
pub struct Lead {
    /// The span that the brief leads with.
    pub span: Period,
    /// The quarter alone.
    pub quarter: Period,
    /// The span from the start of the fiscal year.
    pub cumulative: Period,
}

impl Lead {
    /// The spans of a quarter's brief.
    pub fn of(history: &History, quarter: Quarter) -> Self {
        Self {
            span: narrative::lead(history, quarter),
            quarter: Period::Quarter(quarter),
            cumulative: quarter.cumulative(),
        }
    }

    /// Lead span, quarter and cumulative span, each once.
    pub fn spans(&self) -> Vec<Period> {
        let mut spans = vec![self.span, self.quarter, self.cumulative];
        let mut seen = std::collections::BTreeSet::new();
        spans.retain(|span| seen.insert(*span));
        spans
    }
}

/// The id of a metric in the code's own vocabulary of headline figures.
pub fn metric(id: &str) -> Metric {
    Metric::new(id).expect("the code names metrics in dotted snake case")
}

/// An actual figure, stated or derived; none where documents contradict one another about it or rounding leaves too little of it.
pub fn actual(history: &History, metric: &Metric, period: Period, measure: Measure) -> Option<Figure> {
    known(history, metric, period, measure).filter(|figure| !figure.is_vague())
}

/// Whether there is such a figure, but rounding leaves too little of it to print.
pub fn is_vague(history: &History, metric: &Metric, period: Period, measure: Measure) -> bool {
    known(history, metric, period, measure).is_some_and(|figure| figure.is_vague())
}

fn known(history: &History, metric: &Metric, period: Period, measure: Measure) -> Option<Figure> {
    let figure = history.figure(&FigureId { metric: metric.clone(), period, basis: Basis::Actual, measure })?;
    let held = figure.rests_on().any(|id| history.held_back(id).is_some());
    (!held).then_some(figure)
}

/// The level of a headline metric by its name.
pub fn level(history: &History, id: &str, period: Period) -> Option<Figure> {
    actual(history, &metric(id), period, Measure::Level)
}
