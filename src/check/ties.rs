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
    /// The sums of a document in one unit.
    sums: BTreeMap<(Arc<str>, String), Sums>,
}

/// Sums printed in one unit.
#[derive(Clone, Debug, Default)]
struct Sums {
    /// How many add up to the digit.
    exact: usize,
    /// Those that add up within rounding, as findings.
    loose: Vec<Finding>,
}

/// So many sums that add up to the digit are a habit.
const HABIT: usize = 10;
/// At most so many of them break a habit; more are rounding.
const SLIPS: usize = 3;

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

    /// Notes a sum that holds: to the digit, or within what rounding allows, which is worth a finding where all others are exact.
    pub fn sum(&mut self, printed: &Fact, loose: Option<Finding>) {
        let key = (printed.source.document.clone(), printed.unit.to_string());
        let sums = self.sums.entry(key).or_default();
        match loose {
            Some(finding) => sums.loose.push(finding),
            None => sums.exact += 1,
        }
    }

    /// Statements whose sums are made to add up to the digit, but for a few.
    pub fn slips(&mut self) {
        for ((_, unit), sums) in std::mem::take(&mut self.sums) {
            if sums.exact < HABIT || sums.loose.len() > SLIPS {
                continue;
            }
            for mut finding in sums.loose {
                finding.sentence.push_str(&format!("; the other {} sums in {unit} add up to the digit", sums.exact));
                self.found.push(finding);
            }
        }
    }
}
