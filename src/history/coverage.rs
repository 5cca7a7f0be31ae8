//! Which quarters have which headline figures, and from where.

use std::collections::BTreeSet;
use std::sync::Arc;

use serde::Serialize;

use crate::model::{Figure, FiscalYear, Metric, Period, Quarter};

use super::{History, kind};

/// The headline metrics, in the order of a brief.
pub(crate) const HEADLINES: [&str; 23] = [
    "revenue",
    "cost_of_revenue",
    "gross_profit",
    "sga",
    "operating_income",
    "income_before_tax",
    "net_income",
    "net_income_including_nci",
    "eps_basic",
    "eps_diluted",
    "dividend_per_share",
    "total_assets",
    "total_liabilities",
    "shareholders_equity",
    "equity_ratio",
    "cash",
    "operating_cash_flow",
    "investing_cash_flow",
    "financing_cash_flow",
    "capex",
    "depreciation_and_amortization",
    "adjusted_ebitda",
    "employees",
];

/// The figures without which a quarter has no brief.
const NEEDED: [&str; 2] = ["revenue", "operating_income"];
/// Or one of these pairs, where no quarter has that.
const OR_ELSE: [[&str; 2]; 2] = [["revenue", "net_income"], ["revenue", "gross_profit"]];

/// What is known of one quarter.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Coverage {
    /// The quarter.
    pub quarter: Quarter,
    /// The span from the start of its fiscal year to its end.
    pub span: Period,
    /// The headline metrics that are known for the quarter or for the span.
    pub metrics: Vec<MetricCoverage>,
    /// The documents that these figures come from, by date.
    pub documents: Vec<Arc<str>>,
}

/// How one headline metric is known.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct MetricCoverage {
    /// The metric.
    pub metric: Metric,
    /// For the three months, or at the quarter's end.
    pub quarter: Option<Known>,
    /// For the span.
    pub span: Option<Known>,
}

/// Whether documents state a figure or a rule derived it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Known {
    /// Documents state it.
    Stated,
    /// A rule derived it.
    Derived,
}

impl History {
    /// The quarters that have revenue and operating income, for the three months or for the span from the start of the
    /// fiscal year that ends with them, in order.
    pub fn quarters(&self) -> Vec<Quarter> {
        let years: BTreeSet<FiscalYear> = self.figures.keys().filter_map(|id| id.period.fiscal_year()).collect();
        let quarters = || years.iter().flat_map(|year| (1..=4).map(move |number| Quarter { year: *year, number }));
        let full: Vec<Quarter> = quarters().filter(|quarter| self.knows(*quarter, &NEEDED)).collect();
        if !full.is_empty() {
            return full;
        }
        // A company whose documents never state the amount of operating income gets a brief of what they do state.
        quarters().filter(|quarter| OR_ELSE.iter().any(|needed| self.knows(*quarter, needed))).collect()
    }

    /// Whether the amounts are known for the quarter or the span up to its end.
    fn knows(&self, quarter: Quarter, needed: &[&str]) -> bool {
        [Period::Quarter(quarter), quarter.cumulative()].into_iter().any(|period| {
            needed.iter().all(|name| Metric::new(name).is_ok_and(|metric| self.level(&metric, period).is_some()))
        })
    }

    /// What is known of the headline figures, for each of the [`quarters`](Self::quarters).
    pub fn coverage(&self) -> Vec<Coverage> {
        self.quarters().into_iter().map(|quarter| self.coverage_of(quarter)).collect()
    }

    /// What is known of one quarter's headline figures.
    pub fn coverage_of(&self, quarter: Quarter) -> Coverage {
        let span = quarter.cumulative();
        let day = Period::Instant(self.company.fiscal_year.end(span));
        let mut used = BTreeSet::new();
        let mut metrics = Vec::new();
        for metric in HEADLINES.iter().filter_map(|name| Metric::new(name).ok()) {
            let is_stock = kind::is_stock(&metric, &self.vocabulary);
            let (three_months, whole) = (if is_stock { day } else { Period::Quarter(quarter) }, span);
            // A ratio such as the equity ratio may stand at the day.
            let for_quarter = self.level(&metric, three_months).or_else(|| self.level(&metric, day));
            let for_span = self.level(&metric, whole).filter(|_| !is_stock);
            used.extend([for_quarter, for_span].into_iter().flatten().flat_map(|figure| self.documents_of(figure)));
            if for_quarter.is_some() || for_span.is_some() {
                let (quarter, span) = (for_quarter.map(Known::of), for_span.map(Known::of));
                metrics.push(MetricCoverage { metric, quarter, span });
            }
        }
        let documents = self.documents.iter().map(|document| document.name.clone());
        Coverage { quarter, span, metrics, documents: documents.filter(|name| used.contains(name)).collect() }
    }

    fn documents_of(&self, figure: &Figure) -> Vec<Arc<str>> {
        self.trace_of(figure).facts().into_iter().map(|fact| fact.source.document).collect()
    }
}

impl Known {
    /// How a figure is known.
    pub fn of(figure: &Figure) -> Self {
        if figure.is_derived() { Self::Derived } else { Self::Stated }
    }
}
