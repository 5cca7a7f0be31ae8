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
    /// Of a derived figure the facts that state it more coarsely, and agree.
    pub agreeing: Vec<Fact>,
    /// The facts that state something else.
    pub otherwise: Vec<Fact>,
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
        let agreeing = self.agreeing(&figure.id).to_vec();
        let otherwise = self.otherwise(&figure.id).to_vec();
        Trace { figure: figure.clone(), inputs, agreeing, otherwise }
    }

    /// Whether a figure rests on a growth rate that was turned back into a level.
    pub fn is_estimate(&self, figure: &Figure) -> bool {
        self.trace_of(figure).is_estimate()
    }

    /// The facts that state a derived figure more coarsely, and agree with it.
    pub fn agreeing(&self, id: &FigureId) -> &[Fact] {
        self.coarse.get(id).map_or(&[], Figure::facts)
    }

    /// A derived figure as a document states it, where that prints the same: a reader finds those characters there, and needs no
    /// formula.
    pub fn printed_in_document(&self, figure: &Figure, print: impl Fn(&Figure) -> String) -> Option<&Figure> {
        let coarse = self.coarse.get(&figure.id).filter(|_| figure.is_derived())?;
        (self.get(&figure.id) == Some(figure) && print(coarse) == print(figure)).then_some(coarse)
    }

    /// The facts that state a figure otherwise, the latest first.
    pub fn otherwise(&self, id: &FigureId) -> &[Fact] {
        self.conflicts.iter().find(|conflict| conflict.id == *id).map_or(&[], |conflict| &conflict.others)
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

    /// The facts that state the figure, the chosen one first.
    pub fn stated(&self) -> &[Fact] {
        if self.figure.is_derived() { &self.agreeing } else { self.figure.facts() }
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

#[cfg(test)]
mod tests {
    use super::super::cases::{history, reading};
    use super::*;
    use crate::model::Basis;

    /// The tree of a trace, an input a step further in.
    fn told(trace: &Trace, depth: usize) -> String {
        let how = match &trace.figure.origin {
            Origin::Stated(facts) => format!("line {}", facts.first().map_or(0, |fact| fact.source.line)),
            Origin::Derived { rule, .. } => rule.name().to_owned(),
        };
        let inputs: String = trace.inputs.iter().map(|input| told(input, depth + 1)).collect();
        format!("{}{}: {how}\n{inputs}", "  ".repeat(depth), trace.figure.id)
    }

    #[test]
    fn a_figure_is_followed_down_to_its_lines() {
        let facts = "revenue 9M17 90 JPY million; revenue 3Q17 20 JPY million; revenue 1Q17 30 JPY million; \
                     revenue 1Q18 40 JPY million; revenue 1Q18 yoy_pct 33.3 %; revenue 2Q16 35 JPY million";
        let history = history(&[reading("2020-01-01", facts)]).value;
        let second = "2Q17".parse().expect("a period");
        let growth = FigureId {
            measure: crate::model::Measure::YoyPct,
            ..FigureId::level(&"revenue".parse().expect("a metric"), second, Basis::Actual)
        };
        let trace = history.trace(&growth).expect("a figure");
        assert_eq!(
            told(&trace, 0),
            "revenue 2Q17 yoy_pct: growth_rate\n\
             \x20 revenue 2Q17: span_difference\n\
             \x20   revenue 1H17: span_difference\n\
             \x20     revenue 9M17: line 1\n\
             \x20     revenue 3Q17: line 2\n\
             \x20   revenue 1Q17: line 3\n\
             \x20 revenue 2Q16: line 6\n"
        );
        assert_eq!(trace.facts().len(), 4);
        assert!(!trace.is_estimate());
    }
}
