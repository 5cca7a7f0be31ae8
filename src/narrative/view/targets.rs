//! The company's targets as a quarter's reader saw them: in force, progress, pace, remainder, revision; and the outcome where
//! the span is over.

use chrono::NaiveDate;
use rust_decimal::Decimal;
use serde::Serialize;

use super::Book;
use super::implied;
use super::names;
use crate::history::Target;
use crate::model::{Basis, Figure, FigureId, Measure, Metric, Period, Quarter};
use crate::narrative::shown::Shown;

/// An outcome within this share of its target is in line with it.
const IN_LINE: Decimal = Decimal::from_parts(1, 0, 0, false, 2);

/// The targets for one span.
#[derive(Clone, Debug, Serialize, schemars::JsonSchema)]
pub struct TargetSpan {
    /// The span, `FY17`.
    pub period: String,
    /// The span in words, `the first half of FY16`.
    pub words: String,
    /// The span one year before.
    pub year_before: String,
    /// `full-year` or `first-half`.
    pub adjective: String,
    /// The rest of the span, where the calendar has a word for it: `2H16`, `4Q18`.
    pub rest: Option<String>,
    /// Whether the span is over.
    pub done: bool,
    /// Whether the span has begun.
    pub begun: bool,
    /// Whether the company revised a target with this quarter's results.
    pub revised: bool,
    /// Whether a target in force replaced another at any time.
    pub amended: bool,
    /// Whether a later document states the outcome of a span that was not over.
    pub hindsight: bool,
    /// Revenue.
    pub revenue: Option<TargetLine>,
    /// Operating income.
    pub operating_income: Option<TargetLine>,
    /// Net income.
    pub net_income: Option<TargetLine>,
    /// Dividend per share.
    pub dividend: Option<TargetLine>,
}

/// The target of one metric.
#[derive(Clone, Debug, Serialize, schemars::JsonSchema)]
pub struct TargetLine {
    /// Name inside a sentence.
    pub name: String,
    /// The target in force.
    pub in_force: Option<Shown>,
    /// Growth that it means over the year before, percent.
    pub growth: Option<Shown>,
    /// The target that a revision replaced.
    pub old: Option<Shown>,
    /// Growth that the old target meant.
    pub old_growth: Option<Shown>,
    /// The size of the revision.
    pub revision: Option<Shown>,
    /// The size of the revision in percent.
    pub revision_pct: Option<Shown>,
    /// Percent of the target that is reached.
    pub progress: Option<Shown>,
    /// Percent of last year's outcome that had been reached at the same point.
    pub last_pace: Option<Shown>,
    /// What is left of the target.
    pub remainder: Option<Shown>,
    /// The growth over last year that the remainder needs, percent.
    pub remainder_growth: Option<Shown>,
    /// What came of it.
    pub outcome: Option<Shown>,
    /// The outcome less the target.
    pub difference: Option<Shown>,
    /// Whether it replaced another, which documents may no longer give.
    pub amended: bool,
    /// Whether it was revised with this quarter's results.
    pub new: bool,
    /// Whether the outcome is within a percent of the target, or as near as rounding tells.
    pub met: bool,
    /// What it was the year before.
    pub last_year: Option<Shown>,
}

impl TargetSpan {
    /// The targets for a span as known on a day; `None` where there is none.
    pub fn of(book: &mut Book, period: Period, quarter: Quarter, known: NaiveDate) -> Option<Self> {
        let mut line = |metric: &str| TargetLine::of(book, metric, period, quarter, known);
        let span = Self {
            revenue: line("revenue"),
            operating_income: line("operating_income"),
            net_income: line("net_income"),
            dividend: line("dividend_per_share"),
            period: period.to_string(),
            words: names::span_words(period),
            year_before: period.year_before().to_string(),
            adjective: if matches!(period, Period::Year(_)) { "full-year" } else { "first-half" }.to_owned(),
            rest: rest(period, quarter).map(|rest| rest.to_string()),
            done: quarter.cumulative() == period,
            begun: period.fiscal_year() == Some(quarter.year),
            revised: false,
            amended: false,
            hindsight: false,
        };
        let lines = [&span.revenue, &span.operating_income, &span.net_income];
        let amended = lines.iter().any(|line| line.as_ref().is_some_and(|line| line.amended));
        let revised = lines.iter().any(|line| line.as_ref().is_some_and(|line| line.new && line.old.is_some()));
        let any = lines.iter().any(|line| line.is_some());
        let later = span.operating_income.as_ref().is_some_and(|line| line.outcome.is_some());
        any.then_some(Self { revised, amended, hindsight: later && !span.done, ..span })
    }
}

/// The rest of a span as a period of its own.
fn rest(period: Period, quarter: Quarter) -> Option<Period> {
    match (period, quarter.number) {
        (Period::Year(year), 2) => Some(Period::Half { year, number: 2 }),
        (Period::Year(year), 3) => Quarter::new(year, 4).map(Period::Quarter),
        (Period::Half { year, number: 1 }, 1) => Quarter::new(year, 2).map(Period::Quarter),
        _ => None,
    }
}

impl TargetLine {
    fn of(book: &mut Book, metric: &str, period: Period, quarter: Quarter, known: NaiveDate) -> Option<Self> {
        let history = book.history;
        let metric = Metric::new(metric).expect("views name metrics in dotted snake case");
        let target = history.target(&metric, period, Some(known))?;
        let reached = quarter.cumulative();
        let running = reached != period && period.fiscal_year() == Some(quarter.year);
        let level = |at: Period| history.figure(&FigureId::level(&metric, at, Basis::Actual));
        let growth = |figure: &Figure| history.figure(&FigureId { measure: Measure::YoyPct, ..figure.id.clone() });
        let old = (target.entries.len() > 1).then(|| target.entries[target.entries.len() - 2].figure.clone());
        let (last_span, last_year) = (level(reached.year_before()), level(period.year_before()));
        let pace = last_span.as_ref().zip(last_year.as_ref()).and_then(|(span, year)| implied::pace(span, year));
        let remainder_growth =
            || implied::remainder_growth(&target.in_force, &level(reached)?, last_year.as_ref()?, last_span.as_ref()?);
        let show = |book: &mut Book, holds: bool, figure: Option<Figure>| book.show(figure.filter(|_| holds));
        let Target { in_force, .. } = &target;
        let final_word = history.target(&metric, period, None).filter(|last| last.in_force.id == in_force.id);
        let Target { outcome, difference, .. } = final_word.as_ref().unwrap_or(&target);
        let end = history.company().fiscal_year.end(Period::Quarter(quarter));
        let new = target.revised().is_some_and(|entry| entry.date.is_some_and(|date| date > end));
        let near = in_force.value.abs() * IN_LINE;
        let open = |difference: &Figure| difference.value.abs() <= near.max(difference.half_width);
        Some(Self {
            new,
            amended: in_force.id.basis == Basis::TargetRevised || target.revised().is_some(),
            met: difference.as_ref().is_some_and(open),
            last_year: book.show(last_year.clone()),
            name: names::inside(&history.vocabulary().name(&metric)),
            in_force: book.show(Some(in_force.clone())),
            growth: book.show(growth(in_force)),
            old_growth: book.show(old.as_ref().and_then(growth)),
            revision: book.show(old.as_ref().map(|old| implied::revision(in_force, old))),
            revision_pct: book.show(old.as_ref().and_then(|old| implied::revision_pct(in_force, old))),
            old: book.show(old),
            progress: show(book, running, history.progress(&metric, reached, &target)),
            last_pace: show(book, running, pace),
            remainder: show(book, running, history.remainder(&metric, reached, &target)),
            remainder_growth: show(book, running, remainder_growth()),
            outcome: book.show(outcome.clone()),
            difference: book.show(difference.clone()),
        })
    }
}
