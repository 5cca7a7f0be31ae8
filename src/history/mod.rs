//! Facts become one figure per metric and period, by named rules. What a figure is called and how it is worded is
//! others' business.

mod conflict;
mod coverage;
mod document;
mod gap;
mod ledger;
mod lineage;
mod series;

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::NaiveDate;

use crate::model::{Company, Figure, FigureId, Metric, Period, Quarter, Reading, Warned};
use crate::vocabulary::Vocabulary;

pub use conflict::Conflict;
pub use coverage::{Coverage, Known, MetricCoverage};
pub use document::{DocumentInfo, as_of};
pub use gap::Gap;
pub use ledger::{Target, TargetEntry, TargetStatus};
pub use lineage::Trace;
pub use series::{SeriesInput, SeriesRecord};

/// Everything known about one company's figures: each once, stated or derived, with the way it came to be.
#[derive(Clone, Debug)]
pub struct History {
    company: Arc<Company>,
    vocabulary: Arc<Vocabulary>,
    documents: Vec<DocumentInfo>,
    figures: BTreeMap<FigureId, Figure>,
    conflicts: Vec<Conflict>,
}

/// The facts of all documents as one history. The order of the readings makes no difference.
pub fn aggregate(company: Arc<Company>, vocabulary: Arc<Vocabulary>, readings: &[Reading]) -> Warned<History> {
    let documents = document::documents(readings);
    Warned::clean(History { company, vocabulary, documents, figures: BTreeMap::new(), conflicts: Vec::new() })
}

impl History {
    /// The company.
    pub fn company(&self) -> &Arc<Company> {
        &self.company
    }

    /// Its vocabulary.
    pub fn vocabulary(&self) -> &Vocabulary {
        &self.vocabulary
    }

    /// The documents, by date, then by name.
    pub fn documents(&self) -> &[DocumentInfo] {
        &self.documents
    }

    /// A stated figure of any measure, or a derived level.
    pub fn get(&self, id: &FigureId) -> Option<&Figure> {
        self.figures.get(id)
    }

    /// What a metric actually was in a period.
    pub fn level(&self, _metric: &Metric, _period: Period) -> Option<&Figure> {
        None
    }

    /// Any figure: as stated, else computed from levels (changes, growth, margins, shares).
    pub fn figure(&self, id: &FigureId) -> Option<Figure> {
        self.figure_or_gap(id).ok()
    }

    /// Any figure, or why there is none: `Gap::SignChange` is a growth rate that means nothing.
    ///
    /// # Errors
    /// When the figure is neither stated nor can be computed, or would mean nothing.
    pub fn figure_or_gap(&self, id: &FigureId) -> Result<Figure, Gap> {
        self.get(id).cloned().ok_or_else(|| Gap::Missing(id.clone()))
    }

    /// The levels of a metric, of every period and basis, by period end, then length, then basis.
    pub fn series(&self, _metric: &Metric) -> Vec<&Figure> {
        Vec::new()
    }

    /// The metrics that have a level.
    pub fn metrics(&self) -> Vec<&Metric> {
        Vec::new()
    }

    /// The direct parts of a metric that have a level in a period, in the profile's order of segments.
    pub fn parts(&self, _metric: &Metric, _period: Period) -> Vec<&Figure> {
        Vec::new()
    }

    /// The target for a period: in force on a day, or with everything known.
    pub fn target(&self, _metric: &Metric, _period: Period, _as_of: Option<NaiveDate>) -> Option<Target> {
        None
    }

    /// The targets of a metric, one a period, by period end.
    pub fn targets(&self, _metric: &Metric, _as_of: Option<NaiveDate>) -> Vec<Target> {
        Vec::new()
    }

    /// How much of a target is reached, in percent: the level from the start of the target's period to the end of `reached`.
    pub fn progress(&self, _metric: &Metric, _reached: Period, _target: &Target) -> Option<Figure> {
        None
    }

    /// What a target leaves for the rest of its period.
    pub fn remainder(&self, _metric: &Metric, _reached: Period, _target: &Target) -> Option<Figure> {
        None
    }

    /// The quarters that have revenue and operating income, for themselves or for the span that ends with them.
    pub fn quarters(&self) -> Vec<Quarter> {
        Vec::new()
    }

    /// What is known of each quarter's headline figures.
    pub fn coverage(&self) -> Vec<Coverage> {
        Vec::new()
    }

    /// The figures that two facts state differently.
    pub fn conflicts(&self) -> &[Conflict] {
        &self.conflicts
    }

    /// How a figure came to be, down to the facts.
    pub fn trace(&self, id: &FigureId) -> Option<Trace> {
        self.figure(id).map(|figure| self.trace_of(&figure))
    }
}
