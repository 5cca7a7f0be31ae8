//! What was tied: each statement that some rule could hold against others. Without it, a list of findings says nothing of what
//! was looked at.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::model::{Fact, Source};

use super::finding::{Finding, Rule};

/// The place of a statement: document, line, column.
pub type Place = (Arc<str>, usize, usize);

/// Where a source stands.
pub fn place(source: &Source) -> Place {
    (source.document.clone(), source.line, source.column)
}

/// The ties of a company's documents, and the findings among them.
#[derive(Clone, Debug, Default)]
pub(super) struct Ties {
    /// What contradicts.
    pub found: Vec<Finding>,
    /// The statements that took part in a tie, and the rules that tied them.
    pub tied: BTreeMap<Place, BTreeSet<Rule>>,
    /// The statements whose printed digits add up without any rounding.
    pub exact: BTreeSet<Place>,
    /// How many ties there are.
    pub count: usize,
}

impl Ties {
    /// Notes one tie over these statements.
    pub fn note<'a>(&mut self, rule: Rule, facts: impl Iterator<Item = &'a Fact>, exact: bool) {
        self.count += 1;
        for fact in facts {
            let place = place(&fact.source);
            if exact && matches!(rule, Rule::Footing | Rule::StatementLine | Rule::PartsOfTotal) {
                self.exact.insert(place.clone());
            }
            self.tied.entry(place).or_default().insert(rule);
        }
    }
}
