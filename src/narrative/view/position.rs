//! Financial position at the quarter's end, and the cash flows of the span.

use serde::Serialize;

use super::{Book, Time};
use crate::model::{Basis, Measure, Period, Quarter};
use crate::narrative::shown::Shown;

/// Balance sheet and cash flows.
#[derive(Clone, Debug, Serialize, schemars::JsonSchema)]
pub struct Position {
    /// The day, `June 30, 2017`.
    pub day: String,
    /// The day for `{{date_of}}`.
    pub time: Time,
    /// The end of the fiscal year before, `March 31, 2017`.
    pub base_day: String,
    /// The span of the flows, `1H16`.
    pub span: String,
    /// Last year's span.
    pub span_before: String,
    /// Total assets.
    pub total_assets: Balance,
    /// Cash and cash equivalents.
    pub cash: Balance,
    /// Borrowings.
    pub borrowings: Balance,
    /// Shareholders' equity.
    pub equity: Balance,
    /// Equity ratio.
    pub equity_ratio: Balance,
    /// Cash from operations.
    pub operating: Flow,
    /// Cash for investments.
    pub investing: Flow,
    /// Cash from financing.
    pub financing: Flow,
    /// Capital expenditure.
    pub capex: Flow,
    /// Depreciation and amortization.
    pub depreciation: Flow,
    /// Adjusted EBITDA.
    pub ebitda: Flow,
}

/// A figure at the quarter's end, beside the end of the fiscal year before.
#[derive(Clone, Debug, Serialize, schemars::JsonSchema)]
pub struct Balance {
    /// Name inside a sentence.
    pub name: String,
    /// At the quarter's end.
    pub level: Option<Shown>,
    /// At the end of the fiscal year before.
    pub base: Option<Shown>,
    /// The change since then, in money or in points.
    pub change: Option<Shown>,
    /// Whether nothing changed.
    pub steady: bool,
}

/// A flow of the span.
#[derive(Clone, Debug, Serialize, schemars::JsonSchema)]
pub struct Flow {
    /// Name inside a sentence.
    pub name: String,
    /// Its amount.
    pub level: Option<Shown>,
    /// Last year's amount.
    pub last_year: Option<Shown>,
    /// Growth over last year, percent.
    pub yoy: Option<Shown>,
}

impl Position {
    /// The position at a quarter's end. Flows are those of the span from the start of the year, or of the lead.
    pub fn of(book: &mut Book, quarter: Quarter, lead: Period) -> Self {
        let calendar = book.history.company().fiscal_year;
        let day = calendar.end(Period::Quarter(quarter));
        let base = calendar.end(Period::Year(quarter.year - 1));
        let cumulative = quarter.cumulative();
        let has_flows = |period: Period| {
            ["operating_cash_flow", "capex", "depreciation_and_amortization"]
                .iter()
                .filter(|metric| book.figure(metric, period, Basis::Actual, Measure::Level).is_some())
                .count()
        };
        let span = if has_flows(cumulative) >= has_flows(lead) { cumulative } else { lead };
        let mut balance = |metric: &str| Balance::of(book, metric, Period::Instant(day), Period::Instant(base));
        let (total_assets, cash) = (balance("total_assets"), balance("cash"));
        let (borrowings, equity) = (balance("borrowings"), balance("shareholders_equity"));
        let equity_ratio = balance("equity_ratio");
        let (today, before) = (book.when(Period::Instant(day)), book.when(Period::Instant(base)));
        let time = book.time(Period::Instant(day));
        let (flows, flows_before) = (book.when(span), book.when(span.year_before()));
        let mut flow = |metric: &str| Flow::of(book, metric, span);
        Self {
            day: today,
            time,
            base_day: before,
            span: flows,
            span_before: flows_before,
            total_assets,
            cash,
            borrowings,
            equity,
            equity_ratio,
            operating: flow("operating_cash_flow"),
            investing: flow("investing_cash_flow"),
            financing: flow("financing_cash_flow"),
            capex: flow("capex"),
            depreciation: flow("depreciation_and_amortization"),
            ebitda: flow("adjusted_ebitda"),
        }
    }
}

fn name(book: &Book, metric: &str, period: Period) -> String {
    let id = super::book::id(metric, period, Basis::Actual, Measure::Level);
    book.name(&id.metric)
}

impl Balance {
    fn of(book: &mut Book, metric: &str, day: Period, base: Period) -> Self {
        let actual = |book: &Book, at, measure| book.figure(metric, at, Basis::Actual, measure);
        let (level, before) = (actual(book, day, Measure::Level), actual(book, base, Measure::Level));
        let id = super::book::id(metric, day, Basis::Actual, Measure::Level);
        let since = book.history.change_between(&id.metric, day, base);
        let change = book.show(actual(book, day, Measure::ChangeAbs).or(since));
        Self {
            name: name(book, metric, day),
            level: book.show(level),
            base: book.show(before),
            steady: change.as_ref().is_some_and(|change| change.zero),
            change,
        }
    }
}

impl Flow {
    fn of(book: &mut Book, metric: &str, span: Period) -> Self {
        Self {
            name: name(book, metric, span),
            level: book.actual(metric, span, Measure::Level),
            last_year: book.actual(metric, span.year_before(), Measure::Level),
            yoy: book.actual(metric, span, Measure::YoyPct),
        }
    }
}
