//! The company's targets as a quarter's reader saw them: in force, progress, pace, remainder, revision; and the outcome where
//! the span is over.

use chrono::NaiveDate;
use serde::Serialize;

use super::{Book, Time};
use crate::history::Target;
use crate::model::{Basis, Figure, FigureId, Measure, Period, Quarter};
use crate::narrative::shown::Shown;

/// The targets for one span.
#[derive(Clone, Debug, Serialize, schemars::JsonSchema)]
pub struct TargetSpan {
    /// The span, `FY17`.
    pub period: String,
    /// The span for `{{period_of}}` and `{{date_of}}`.
    pub time: Time,
    /// The span in words, `the first half of FY16`.
    pub words: String,
    /// The span one year before.
    pub year_before: String,
    /// What a change over the year before is called, `year on year`.
    pub against: String,
    /// `full-year` or `first-half`.
    pub adjective: String,
    /// The rest of the span, where the calendar has a word for it: `2H16`, `4Q18`.
    pub rest: Option<String>,
    /// The same months of the year before, by the same word: `2H15`, `4Q17`.
    pub rest_before: Option<String>,
    /// What the last quarter brought of operating income in the latest finished years, the latest first.
    pub seasons: Vec<Season>,
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

/// What a part of a year brought, or the last quarter of one.
#[derive(Clone, Debug, Serialize, schemars::JsonSchema)]
pub struct Season {
    /// The year, `FY16`, or the part of it.
    pub year: String,
    /// Percent of the year's operating income.
    pub share: Option<Shown>,
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
    /// What the same months brought a year earlier.
    pub rest_last_year: Option<Shown>,
    /// The growth over last year that the remainder needs, percent.
    pub remainder_growth: Option<Shown>,
    /// The growth that the same months had a year earlier, percent.
    pub rest_achieved: Option<Shown>,
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
    /// Whether the outcome is clearly above the target.
    pub beaten: bool,
    /// What it was the year before.
    pub last_year: Option<Shown>,
}

impl TargetSpan {
    /// The targets for a span as known on a day; `None` where there is none.
    pub fn of(book: &mut Book, period: Period, quarter: Quarter, known: NaiveDate) -> Option<Self> {
        let line = |metric: &str| TargetLine::of(book, metric, period, quarter, known);
        let [revenue, operating_income, net_income, dividend] =
            ["revenue", "operating_income", "net_income", "dividend_per_share"].map(line);
        let names = &book.phrases.period;
        let span = Self {
            revenue,
            operating_income,
            net_income,
            dividend,
            period: book.when(period),
            time: book.time(period),
            words: book.periods().words(period),
            year_before: book.when(period.year_before()),
            against: book.periods().change(period),
            adjective: if matches!(period, Period::Year(_)) { &names.full_year } else { &names.first_half }.clone(),
            rest: rest(period, quarter).map(|rest| book.when(rest)),
            rest_before: rest(period, quarter).map(|rest| book.when(rest.year_before())),
            seasons: Vec::new(),
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
        // After nine months the pace of last year says what its last quarter brought, and older years are out of date.
        let paced = span.operating_income.as_ref().is_some_and(|line| line.last_pace.is_some());
        let told = span.done || (quarter.number == 3 && paced);
        let seasons = if told { Vec::new() } else { seasons(book, period) };
        any.then_some(Self { revised, amended, seasons, hindsight: later && !span.done, ..span })
    }
}

/// The targets for years still to come that the company revised with a quarter's results.
pub(super) fn later(book: &mut Book, quarter: Quarter, known: NaiveDate) -> Vec<TargetSpan> {
    let revenue = super::book::metric("revenue");
    let years: Vec<Period> = book.history.targets(&revenue, Some(known)).iter().map(|target| target.period).collect();
    let later = years.into_iter().filter(|period| matches!(period, Period::Year(year) if *year > quarter.year));
    later.filter_map(|period| TargetSpan::of(book, period, quarter, known)).filter(|span| span.revised).collect()
}

/// At most this many finished years show the season.
const SEASONS: usize = 2;
/// Years farther back than this say nothing about the season of today.
const YEARS_BACK: i32 = 3;

/// The last quarter's share of operating income in the years before a full-year target.
fn seasons(book: &mut Book, period: Period) -> Vec<Season> {
    let Period::Year(target) = period else { return Vec::new() };
    let mut seasons = Vec::new();
    for year in (target - YEARS_BACK..target).rev() {
        let share = Quarter::new(year, 4).and_then(|last| book.pace(Period::Quarter(last)));
        if share.is_some() && seasons.len() < SEASONS {
            seasons.push(Season { year: book.when(Period::Year(year)), share });
        }
    }
    seasons
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
        let metric = super::book::metric(metric);
        let target = history.target(&metric, period, Some(known))?;
        let reached = quarter.cumulative();
        let running = reached != period && period.fiscal_year() == Some(quarter.year);
        let level = |at: Period| history.figure(&FigureId::level(&metric, at, Basis::Actual));
        let growth = |figure: &Figure| history.figure(&FigureId { measure: Measure::YoyPct, ..figure.id.clone() });
        let old = target.replaced().cloned();
        let last_year = level(period.year_before());
        let before = reached.year_before();
        let pace = history.pace(&metric, before);
        let pace = pace.filter(|_| matches!(period, Period::Year(_)));
        let achieved = || history.rest_growth_achieved(&metric, reached.year_before(), period.year_before());
        let show = |book: &mut Book, holds: bool, figure: Option<Figure>| book.show(figure.filter(|_| holds));
        let Target { in_force, .. } = &target;
        let final_word = history.target(&metric, period, None).filter(|last| last.in_force.id == in_force.id);
        let Target { outcome, difference, .. } = final_word.as_ref().unwrap_or(&target);
        let end = history.company().fiscal_year.end(Period::Quarter(quarter));
        let new = target.revised().is_some_and(|entry| entry.date.is_some_and(|date| date > end));
        let near = in_force.value.abs() * book.material.target;
        let open = |difference: &Figure| difference.value.abs() <= near.max(difference.half_width);
        Some(Self {
            new,
            amended: in_force.id.basis == Basis::TargetRevised || target.revised().is_some(),
            met: difference.as_ref().is_some_and(open),
            beaten: difference.as_ref().is_some_and(|found| !open(found) && found.value.is_sign_positive()),
            last_year: book.show(last_year.clone()),
            name: book.name(&metric),
            in_force: book.show(Some(in_force.clone())),
            growth: book.show(growth(in_force)),
            old_growth: book.show(old.as_ref().and_then(growth)),
            revision: book.show(target.revision()),
            revision_pct: book.show(target.revision_rate()),
            old: book.show(old),
            progress: show(book, running, history.progress(&metric, reached, &target)),
            last_pace: show(book, running, pace),
            remainder: show(book, running, history.remainder(&metric, reached, &target)),
            rest_last_year: show(book, running, rest(period, quarter).and_then(|rest| level(rest.year_before()))),
            remainder_growth: show(book, running, history.implied_growth(&metric, reached, &target)),
            rest_achieved: show(book, running, achieved()),
            outcome: book.show(outcome.clone()),
            difference: book.show(difference.clone()),
        })
    }
}
