//! The headline lines of a span: level, last year, growth, margin, and what a change of sign is called.

use rust_decimal::Decimal;
use serde::Serialize;

use super::book::metric as metric_of;
use super::{Book, Season, Time};
use crate::model::{Basis, Measure, Period, Quarter};
use crate::narrative::shown::Shown;

/// One span with its headline lines.
#[derive(Clone, Debug, Serialize, schemars::JsonSchema)]
pub struct Span {
    /// The period, `1H16`.
    pub period: String,
    /// The period for `{{period_of}}` and `{{date_of}}`.
    pub time: Time,
    /// The period in words, `the first half of FY16`.
    pub words: String,
    /// Its length in words, `six months`.
    pub length: String,
    /// Last year's period, `1H15`.
    pub year_before: String,
    /// What a change over last year is called, `year on year`.
    pub against: String,
    /// What last year's period is called, `a year earlier`.
    pub base: String,
    /// The quarter before, where the span is a quarter.
    pub quarter_before: Option<String>,
    /// The share of its year's operating income that the quarter before had brought, where that was the year's last.
    pub season: Option<Shown>,
    /// Whether the span is a quarter.
    pub is_quarter: bool,
    /// Whether the span is a fiscal year.
    pub is_year: bool,
    /// Whether pretax and net income were profits in both years, so that growth rates mean something.
    pub comparable: bool,
    /// Whether the company gives adjusted incomes.
    pub adjusted: bool,
    /// Whether operating income fell although revenue rose.
    pub diverges: bool,
    /// Whether revenue, operating income and its margin all rose, or all fell.
    pub in_step: bool,
    /// Whether net income grew at another rate than pretax income because income tax moved.
    pub tax_explains: bool,
    /// Gains or losses on investments, where they are no small part of income before tax.
    pub investments: Option<Line>,
    /// Foreign exchange gains or losses, where they are no small part of income before tax.
    pub exchange: Option<Line>,
    /// What the last part of a year brought of its operating income.
    pub latest: Option<Season>,
    /// Whether revenue can be compared with the quarter before.
    pub has_qoq: bool,
    /// Revenue.
    pub revenue: Line,
    /// Gross profit.
    pub gross_profit: Line,
    /// Selling, general, administrative and R&D.
    pub sga: Line,
    /// Operating income.
    pub operating_income: Line,
    /// Income before tax.
    pub pretax: Line,
    /// What stands between operating income and income before tax, net.
    pub other_income: Line,
    /// Income tax.
    pub income_tax: Line,
    /// Income before tax as the company adjusts it.
    pub adjusted_pretax: Line,
    /// Net income of the parent's owners.
    pub net_income: Line,
    /// Net income as the company adjusts it.
    pub adjusted_net_income: Line,
    /// Basic earnings per share.
    pub eps: Line,
}

/// One line of a span.
#[derive(Clone, Debug, Serialize, schemars::JsonSchema)]
pub struct Line {
    /// Name inside a sentence, `operating income`.
    pub name: String,
    /// What happened.
    pub level: Option<Shown>,
    /// The same period of last year.
    pub last_year: Option<Shown>,
    /// Growth over last year, percent; not given where a loss is involved.
    pub yoy: Option<Shown>,
    /// Change over last year, amount.
    pub yoy_abs: Option<Shown>,
    /// What is told beside a level: the growth that a document states, else the amount that it states, else the growth.
    pub growth: Option<Shown>,
    /// Growth over the quarter before, percent.
    pub qoq: Option<Shown>,
    /// Change over the quarter before, amount.
    pub qoq_abs: Option<Shown>,
    /// Percent of revenue.
    pub margin: Option<Shown>,
    /// Last year's percent of revenue.
    pub last_margin: Option<Shown>,
    /// Change of that percentage over last year, points.
    pub margin_change: Option<Shown>,
    /// What a change of sign is called.
    pub turn: Turn,
}

/// What happened to a profit that is or was a loss.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, schemars::JsonSchema)]
pub struct Turn {
    /// The level is a loss.
    pub loss: bool,
    /// A profit became a loss.
    pub to_loss: bool,
    /// A loss became a profit.
    pub to_profit: bool,
    /// A loss became smaller.
    pub narrowed: bool,
    /// A loss became larger.
    pub widened: bool,
}

impl Turn {
    fn of(level: Option<&Shown>, last: Option<&Shown>, change: Option<&Shown>) -> Self {
        let loss = level.is_some_and(|level| level.negative);
        let was_loss = last.map(|last| last.negative);
        let better = change.map(|change| !change.negative);
        Self {
            loss,
            to_loss: loss && was_loss == Some(false),
            to_profit: level.is_some() && !loss && was_loss == Some(true),
            narrowed: loss && was_loss == Some(true) && better == Some(true),
            widened: loss && was_loss == Some(true) && better == Some(false),
        }
    }
}

impl Line {
    /// The line of a metric over a span.
    pub fn of(book: &mut Book, metric: &str, period: Period) -> Self {
        let name = book.name(&metric_of(metric));
        let share =
            if metric == "sga" || metric.starts_with("cost") { Measure::ShareOfRevenuePct } else { Measure::MarginPct };
        let level = book.actual(metric, period, Measure::Level);
        let last_year = book.actual(metric, period.year_before(), Measure::Level);
        let yoy_abs = book.actual(metric, period, Measure::YoyAbs);
        let negative = |shown: &Option<Shown>| shown.as_ref().is_some_and(|shown| shown.negative);
        let meant = !negative(&level) && !negative(&last_year);
        let stated = |measure| {
            let figure = book.figure(metric, period, Basis::Actual, measure);
            figure.is_some_and(|figure| !figure.is_derived())
        };
        let by_amount = stated(Measure::YoyAbs) && !stated(Measure::YoyPct);
        let yoy = meant.then(|| book.actual(metric, period, Measure::YoyPct)).flatten();
        let firm = yoy.clone().filter(|growth| !by_amount && growth.doubt.is_none());
        Self {
            growth: firm.or_else(|| yoy_abs.clone()),
            name,
            yoy,
            qoq: book.actual(metric, period, Measure::QoqPct),
            qoq_abs: book.actual(metric, period, Measure::QoqAbs),
            margin: (metric != "revenue").then(|| book.actual(metric, period, share)).flatten(),
            last_margin: (metric != "revenue").then(|| book.actual(metric, period.year_before(), share)).flatten(),
            margin_change: (metric != "revenue").then(|| book.actual(metric, period, Measure::PpChange)).flatten(),
            turn: Turn::of(level.as_ref(), last_year.as_ref(), yoy_abs.as_ref()),
            level,
            last_year,
            yoy_abs,
        }
    }
}

/// Whether a line fell over last year; none where that is open or it stood still.
fn moved(line: &Line) -> Option<bool> {
    let growth = line.yoy.as_ref().filter(|growth| growth.doubt.is_none() && !growth.zero)?;
    Some(growth.negative)
}

/// Whether revenue, operating income and its margin moved the same way.
fn in_step(span: &Span) -> bool {
    let margin = span.operating_income.margin_change.as_ref();
    let margin = margin.filter(|change| change.doubt.is_none() && !change.zero).map(|change| change.negative);
    let way = moved(&span.operating_income);
    way.is_some() && moved(&span.revenue) == way && margin == way
}

impl Span {
    /// The headline lines of a period.
    pub fn of(book: &mut Book, period: Period) -> Self {
        let before = period.quarter().map(|quarter| book.when(Period::Quarter(quarter.previous())));
        let span = Self {
            comparable: true,
            adjusted: false,
            diverges: false,
            in_step: false,
            tax_explains: false,
            investments: material(book, "investment_gains", period),
            exchange: material(book, "foreign_exchange_gains", period),
            latest: latest(book, period),
            has_qoq: false,
            period: book.when(period),
            time: book.time(period),
            words: book.periods().words(period),
            length: book.periods().length(period),
            year_before: book.when(period.year_before()),
            against: book.periods().change(period),
            base: book.periods().base(period),
            quarter_before: before,
            season: None,
            is_quarter: period.quarter().is_some(),
            is_year: matches!(period, Period::Year(_)),
            revenue: Line::of(book, "revenue", period),
            gross_profit: Line::of(book, "gross_profit", period),
            sga: Line::of(book, "sga", period),
            operating_income: Line::of(book, "operating_income", period),
            pretax: Line::of(book, "income_before_tax", period),
            other_income: Line::of(book, "other_income_net", period),
            income_tax: Line::of(book, "income_tax_expense", period),
            adjusted_pretax: Line::of(book, "adjusted_income_before_tax", period),
            net_income: Line::of(book, "net_income", period),
            adjusted_net_income: Line::of(book, "adjusted_net_income", period),
            eps: Line::of(book, "eps_basic", period),
        };
        let told = span.is_quarter && span.revenue.qoq.as_ref().is_some_and(|growth| growth.doubt.is_none());
        let signs = [&span.pretax.turn, &span.net_income.turn];
        Self {
            comparable: !signs.iter().any(|turn| turn.loss || turn.to_profit),
            adjusted: span.adjusted_pretax.level.is_some() && span.adjusted_net_income.level.is_some(),
            diverges: moved(&span.revenue) == Some(false) && moved(&span.operating_income) == Some(true),
            in_step: in_step(&span),
            tax_explains: tax_explains(&span),
            season: if told { season(book, period) } else { None },
            has_qoq: told,
            ..span
        }
    }

    fn headline(&self) -> [&Line; 6] {
        [&self.revenue, &self.gross_profit, &self.sga, &self.operating_income, &self.pretax, &self.net_income]
    }

    /// Whether a sentence about the span has a figure to stand on.
    pub fn says_something(&self) -> bool {
        self.revenue.level.is_some() || self.operating_income.level.is_some()
    }

    /// The headline lines without a level.
    pub fn not_given(&self) -> Vec<String> {
        let missing = self.headline().into_iter().filter(|line| line.level.is_none());
        missing.map(|line| line.name.clone()).collect()
    }
}

/// What a year's last quarter had brought of it, for the first of the next: a fall after it is the season's doing.
fn season(book: &mut Book, period: Period) -> Option<Shown> {
    let first = period.quarter().filter(|quarter| quarter.number == 1)?;
    book.pace(Period::Quarter(first.previous()))
}

/// An item between operating income and income before tax that is no small part of the latter.
fn material(book: &mut Book, metric: &str, period: Period) -> Option<Line> {
    let level = |book: &Book, metric: &str| book.figure(metric, period, Basis::Actual, Measure::Level);
    let (item, pretax) = (level(book, metric)?, level(book, "income_before_tax")?);
    let large = item.value.abs() >= pretax.value.abs() * book.material.segment;
    large.then(|| Line::of(book, metric, period))
}

/// The share of a year's operating income that its second half brought, else its last quarter.
fn latest(book: &mut Book, period: Period) -> Option<Season> {
    let Period::Year(year) = period else { return None };
    let quarter = Quarter::new(year, 4).map(Period::Quarter);
    let parts = [Some(Period::Half { year, number: 2 }), quarter];
    parts.into_iter().flatten().find_map(|part| {
        let share = book.pace(part)?;
        Some(Season { year: book.when(part), share: Some(share) })
    })
}

/// Points between the growth of pretax and net income from which on the tax between them is told.
const TOLD_TAX: Decimal = Decimal::TEN;

/// Whether income tax rose where net income grew far less than pretax income, or fell where it grew far more.
fn tax_explains(span: &Span) -> bool {
    let exact = |shown: &Option<Shown>| shown.as_ref().map(|shown| shown.exact().0);
    let growths = exact(&span.pretax.yoy).zip(exact(&span.net_income.yoy));
    let gap = growths.map(|(pretax, net)| pretax - net).filter(|gap| gap.abs() >= TOLD_TAX);
    gap.zip(exact(&span.income_tax.yoy)).is_some_and(|(gap, tax)| gap.is_sign_positive() == tax.is_sign_positive())
}
