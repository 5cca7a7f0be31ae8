//! Labels that name a metric only together with the head above them: `Effects to consolidated financial results: Revenues` is not
//! the company's revenue, and a profile may say what it is.

use super::Page;
use crate::model::{Fact, Measure};
use crate::vocabulary::{Term, normalize};

/// Gives figures without a metric the one that the vocabulary has for their label with its head.
pub(super) fn settle(page: &Page<'_>, facts: &mut [Fact]) {
    for fact in facts.iter_mut().filter(|fact| fact.metric.is_none() && fact.label.contains(": ")) {
        if let Some(Term::Metric(metric, measure)) = page.vocabulary.term_of_key(&normalize(&fact.label))
            && *measure == Measure::Level
        {
            fact.metric = Some(metric.clone());
        }
    }
}
