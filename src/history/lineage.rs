//! Lineage: a figure with the figures it was derived from, down to the facts.

use crate::model::{Fact, Figure, FigureId, Origin, Rule};

use super::History;

/// A figure and how it came to be. A stated figure has its facts in `figure.origin` and no inputs here.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Trace {
    /// The figure.
    pub figure: Figure,
    /// Its inputs, in the order of the formula.
    pub inputs: Vec<Trace>,
}

impl History {
    /// How a figure came to be, down to the facts.
    pub fn trace(&self, id: &FigureId) -> Option<Trace> {
        self.figure(id).map(|figure| self.trace_of(&figure))
    }

    /// How a figure came to be that was computed on demand: progress, growth, a margin.
    pub fn trace_of(&self, figure: &Figure) -> Trace {
        let inputs = match &figure.origin {
            Origin::Stated(_) => Vec::new(),
            Origin::Derived { inputs, .. } => inputs.iter().filter_map(|id| self.trace(id)).collect(),
        };
        Trace { figure: figure.clone(), inputs }
    }

    /// The facts a figure rests on: the chosen one of each stated input, without repetition, in the order of the formula.
    pub fn sources(&self, id: &FigureId) -> Vec<Fact> {
        self.trace(id).map(|trace| trace.facts()).unwrap_or_default()
    }
}

impl Trace {
    /// Whether a printed growth rate was turned back into a level on the way: such a figure is an estimate.
    pub fn is_estimate(&self) -> bool {
        let from_rate = matches!(&self.figure.origin, Origin::Derived { rule: Rule::LevelLessChange, inputs }
            if inputs.iter().any(|id| id.measure.is_percent()));
        from_rate || self.inputs.iter().any(Self::is_estimate)
    }

    /// The chosen fact of each stated figure below, without repetition.
    pub fn facts(&self) -> Vec<Fact> {
        let mut facts = Vec::new();
        self.collect(&mut facts);
        facts
    }

    fn collect(&self, facts: &mut Vec<Fact>) {
        if let Origin::Stated(stated) = &self.figure.origin
            && let Some(fact) = stated.first()
            && !facts.contains(fact)
        {
            facts.push(fact.clone());
        }
        for input in &self.inputs {
            input.collect(facts);
        }
    }
}
