//! Which charts a section shows, filled from the history. A chart appears only where the data carry it, and says what it shows.

use rust_decimal::Decimal;

use super::Parts;
use super::bridge::{Bridge, bridge};
use super::lead::{Lead, actual, metric};
use super::own_chart;
use super::text::{Coarse, Fine, Print};
use crate::brief::{self, Picture, Width};
use crate::chart::{
    Change, Chart, Column, Columns, Contribution, Contributions, Datum, Line, Lines, Pace, Progress, Scenario, Spark,
    SparkForm, Step, Style, Targets, Tick, Waterfall,
};
use crate::history::History;
use crate::language::fill;
use crate::model::{Figure, Measure, Metric, Period, Polarity, Quarter};

/// Quarters in a chart of history.
const QUARTERS: usize = 9;
/// Fewer known points tell no history.
const FEWEST: usize = 3;

/// A built-in chart: its name in settings, the section that it stands in, and how it is filled.
pub struct BuiltIn {
    /// Its name.
    pub id: &'static str,
    /// The section.
    pub section: &'static str,
    fill: fn(&Parts<'_>, &Lead) -> Option<Message>,
}

/// The built-in charts, in the order in which they stand.
pub const CHARTS: [BuiltIn; 6] = [
    BuiltIn { id: "revenue", section: "result", fill: |parts, _| revenue_history(parts) },
    BuiltIn { id: "margins", section: "result", fill: |parts, _| margin_history(parts) },
    BuiltIn { id: "bridge", section: "result", fill: income_bridge },
    BuiltIn { id: "targets", section: "targets", fill: target_progress },
    BuiltIn { id: "segment_revenue", section: "segments", fill: |parts, lead| segment_changes(parts, lead, "revenue") },
    BuiltIn {
        id: "segment_profit",
        section: "segments",
        fill: |parts, lead| segment_changes(parts, lead, "gross_profit"),
    },
];

/// The charts that belong to a section of the narrative, as many as the data carry: the built-in ones, then those of the project.
pub fn of_section(parts: &Parts<'_>, lead: &Lead, section: &str) -> Vec<Message> {
    let wanted = |id: &str| parts.look.charts.iter().any(|chart| chart == id);
    let built_in = CHARTS.iter().filter(|chart| chart.section == section && wanted(chart.id));
    let own = parts.look.own_charts.iter().filter(|chart| chart.section == section && wanted(&chart.id));
    let built_in = built_in.filter_map(|chart| (chart.fill)(parts, lead));
    built_in.chain(own.filter_map(|chart| own_chart::message(parts, chart))).collect()
}

/// A chart with the words above it.
#[derive(Clone)]
pub struct Message {
    /// What it shows.
    pub title: String,
    /// Its unit.
    pub subtitle: String,
    /// The chart.
    pub chart: Chart,
}

/// A chart at a width, with the height of its drawing in points.
pub fn draw(parts: &Parts<'_>, message: Message, width: Width) -> (brief::Chart, f64) {
    let style = match width {
        Width::Half => Style::half(),
        Width::Text | Width::Full => Style::of_width(390.0),
    };
    let drawing = message.chart.draw(&worded(style, parts), parts.faces);
    let picture = Picture { svg: drawing.svg, alt: message.chart.alt(&parts.phrases.alt) };
    let chart = brief::Chart { title: message.title, subtitle: message.subtitle, picture, width, below: false };
    (chart, drawing.height_pt)
}

/// A style with the words of the brief's language.
fn worded(style: Style, parts: &Parts<'_>) -> Style {
    let (charts, tables) = (&parts.phrases.charts, &parts.phrases.tables);
    let style = parts.look.brand.dress(style);
    Style {
        derived_mark: parts.phrases.labels.derived_mark.clone(),
        not_available: tables.not_available.clone(),
        outcome: charts.targets_outcome.clone(),
        ..style
    }
}

/// The quarters up to the brief's own, oldest first.
fn quarters(parts: &Parts<'_>) -> Vec<Quarter> {
    let mut quarters: Vec<Quarter> =
        std::iter::successors(Some(parts.quarter), |quarter| Some(quarter.previous())).take(QUARTERS).collect();
    quarters.reverse();
    quarters
}

pub(super) fn tick(print: Print<'_>, period: Period) -> Tick {
    match period {
        Period::Quarter(quarter) => {
            let (number, year) = print.tick(quarter);
            Tick::new(number, year)
        }
        other => Tick::new(print.head(other), ""),
    }
}

pub(super) fn datum(figure: &Figure, label: String) -> Datum {
    if figure.is_derived() { Datum::derived(figure.value, label) } else { Datum::stated(figure.value, label) }
}

pub(super) fn money(print: Print<'_>, figure: &Figure) -> Datum {
    datum(figure, print.cell(figure, Coarse))
}

pub(super) fn rate(print: Print<'_>, history: &History, figure: &Figure) -> Change {
    let polarity = history.vocabulary().polarity(&figure.id.metric);
    Change { derived: figure.is_derived(), ..Change::new(figure.value, print.change(figure), polarity) }
}

/// The periods of a history that are known well enough to draw: quarters, else years.
pub(super) fn known_periods(parts: &Parts<'_>, metric: &Metric, measure: Measure) -> Option<Vec<Period>> {
    let known = |period: &Period| actual(parts.history, metric, *period, measure).is_some();
    let from_first = |periods: Vec<Period>| -> Option<Vec<Period>> {
        let count = periods.iter().filter(|period| known(period)).count();
        let first = periods.iter().position(known)?;
        let enough = count >= FEWEST && count * 2 >= periods.len() - first;
        enough.then(|| periods[first..].to_vec())
    };
    let by_quarter = from_first(quarters(parts).into_iter().map(Period::Quarter).collect());
    let span = parts.quarter.cumulative();
    let spans = || {
        let all: Vec<Period> = [span.year_before().year_before(), span.year_before(), span].to_vec();
        let first = all.iter().position(known)?;
        (all.len() - first >= 2).then(|| all[first..].to_vec())
    };
    by_quarter.filter(|periods| periods.last().is_some_and(known)).or_else(spans)
}

fn revenue_history(parts: &Parts<'_>) -> Option<Message> {
    let history = parts.history;
    let (print, words) = (parts.print(), &parts.phrases.charts);
    let revenue = metric("revenue");
    let periods = known_periods(parts, &revenue, Measure::Level)?;
    let columns: Vec<Column> = periods
        .iter()
        .map(|period| {
            let total = actual(history, &revenue, *period, Measure::Level);
            let growth = actual(history, &revenue, *period, Measure::YoyPct);
            Column {
                tick: tick(print, *period),
                scenario: Scenario::Actual,
                total: total.as_ref().map(|figure| money(print, figure)),
                parts: Vec::new(),
                change: growth.as_ref().map(|figure| rate(print, history, figure)),
            }
        })
        .collect();
    let last = periods.last()?;
    let growth = actual(history, &revenue, *last, Measure::YoyPct);
    let title = match growth.map(|figure| figure.value.is_sign_positive()) {
        Some(true) => &words.history_up,
        Some(false) => &words.history_down,
        None => &words.history,
    };
    let chart = Columns {
        subject: print.name(&revenue),
        columns,
        segments: Vec::new(),
        change_name: print.change_head(*last),
        reach: Vec::new(),
    };
    Some(Message {
        title: title.clone(),
        subtitle: fill(&words.history_unit, &[("unit", &print.unit(Coarse))]),
        chart: Chart::Columns(chart),
    })
}

fn margin_history(parts: &Parts<'_>) -> Option<Message> {
    let history = parts.history;
    let (print, words, tables) = (parts.print(), &parts.phrases.charts, &parts.phrases.tables);
    let margins = [("gross_profit", &tables.gross_margin), ("operating_income", &tables.operating_margin)];
    let periods = known_periods(parts, &metric("operating_income"), Measure::MarginPct)?;
    let line = |(id, name): &(&str, &String)| {
        let points: Vec<Option<Datum>> = periods
            .iter()
            .map(|period| {
                let figure = actual(history, &metric(id), *period, Measure::MarginPct)?;
                Some(datum(&figure, print.cell(&figure, Fine) + "%"))
            })
            .collect();
        let tells = points.iter().flatten().count() >= 2 && points.last().is_some_and(Option::is_some);
        tells.then(|| Line { name: (*name).clone(), points })
    };
    let lines: Vec<Line> = margins.iter().filter_map(line).collect();
    if lines.is_empty() {
        return None;
    }
    let moved = actual(history, &metric("operating_income"), *periods.last()?, Measure::PpChange);
    let title =
        match moved.filter(|figure| !figure.digits(1).amount.is_zero()).map(|figure| figure.value.is_sign_positive()) {
            Some(true) => &words.margins_up,
            Some(false) => &words.margins_down,
            None => &words.margins,
        };
    let chart =
        Lines { subject: words.margins.clone(), ticks: periods.iter().map(|p| tick(print, *p)).collect(), lines };
    Some(Message { title: title.clone(), subtitle: words.margins_unit.clone(), chart: Chart::Lines(chart) })
}

fn income_bridge(parts: &Parts<'_>, lead: &Lead) -> Option<Message> {
    let (print, words) = (parts.print(), &parts.phrases.charts);
    let Bridge { from, to, contributions } = bridge(parts.history, print, lead.span)?;
    let largest = contributions.iter().max_by_key(|c| c.effect.abs())?;
    let helped = largest.effect.is_sign_positive();
    let title = fill(if helped { &words.bridge_up } else { &words.bridge_down }, &[("name", &largest.name)]);
    let all = contributions.iter().map(|c| &c.figure).chain([&from, &to]);
    let scale = if all.into_iter().all(|figure| figure.certain_decimals(0) >= -1) { Fine } else { Coarse };
    let total = |figure: &Figure, scenario| Step::Total {
        name: print.head(figure.id.period),
        level: Some(datum(figure, print.cell(figure, scale))),
        scenario,
    };
    let mut steps = vec![total(&from, Scenario::Previous)];
    for contribution in &contributions {
        let mut effect = contribution.figure.clone();
        effect.value = contribution.effect;
        let change = Change {
            derived: effect.is_derived(),
            ..Change::new(contribution.effect, print.signed_at(&effect, scale), Polarity::Up)
        };
        let name = contribution.name.clone();
        steps.push(Step::Contribution { name, change: Some(change), scenario: Scenario::Actual });
    }
    steps.push(total(&to, Scenario::Actual));
    let chart = Waterfall { subject: print.name(&to.id.metric), steps };
    let (before, now) = (print.head(from.id.period), print.head(to.id.period));
    let values = [("from", before.as_str()), ("to", &now), ("unit", &print.unit(scale))];
    Some(Message { title, subtitle: fill(&words.bridge_unit, &values), chart: Chart::Waterfall(chart) })
}

fn target_progress(parts: &Parts<'_>, lead: &Lead) -> Option<Message> {
    let history = parts.history;
    let (print, words) = (parts.print(), &parts.phrases.charts);
    let known = super::known_by(history, parts.quarter);
    let mut rows = Vec::new();
    let year = Period::Year(parts.quarter.year);
    if lead.cumulative == year {
        return None;
    }
    for id in ["revenue", "operating_income", "net_income"] {
        let metric = metric(id);
        let Some(target) = history.target(&metric, year, Some(known)) else { continue };
        let Some(reached) = actual(history, &metric, lead.cumulative, Measure::Level) else { continue };
        let Some(share) = history.progress(&metric, lead.cumulative, &target) else { continue };
        rows.push(Progress {
            name: print.name(&metric),
            reached: Some(money(print, &reached)),
            target: Some(money(print, &target.in_force)),
            share: print.cell(&share, Fine) + "%",
            pace: pace(history, &metric, lead.cumulative),
        });
    }
    if rows.is_empty() {
        return None;
    }
    let year_name = print.head(year);
    let chart = Targets { subject: fill(&words.targets_alt, &[("year", &year_name)]), rows };
    Some(Message {
        title: fill(&words.targets, &[("period", &print.head(lead.cumulative)), ("year", &year_name)]),
        subtitle: fill(&words.targets_unit, &[("unit", &print.unit(Coarse))]),
        chart: Chart::Targets(chart),
    })
}

/// What share of last year's result had been reached at the same point.
fn pace(history: &History, metric: &Metric, reached: Period) -> Option<Pace> {
    let before = actual(history, metric, reached.year_before(), Measure::Level)?;
    let year = Period::Year(reached.fiscal_year()? - 1);
    let whole = actual(history, metric, year, Measure::Level)?;
    let sound = whole.value > Decimal::ZERO && before.value > Decimal::ZERO;
    let percent = sound.then(|| before.value / whole.value * Decimal::ONE_HUNDRED)?;
    Some(Pace { percent, label: format!("{}%", percent.round()) })
}

fn segment_changes(parts: &Parts<'_>, lead: &Lead, root: &str) -> Option<Message> {
    let history = parts.history;
    let (print, words) = (parts.print(), &parts.phrases.charts);
    let root = metric(root);
    let rows: Vec<(Decimal, Contribution)> = history
        .parts(&root, lead.span)
        .into_iter()
        .filter_map(|figure| {
            let change = actual(history, &figure.id.metric, lead.span, Measure::YoyAbs)?;
            let growth = actual(history, &figure.id.metric, lead.span, Measure::YoyPct);
            let label = print.signed_at(&change, Fine);
            let variance = Change { derived: change.is_derived(), ..Change::new(change.value, label, Polarity::Up) };
            let detail = growth.as_ref().map(|figure| print.change(figure)).unwrap_or_default();
            let name = print.part_name(&figure.id.metric);
            Some((change.value, Contribution { name, change: Some(variance), detail }))
        })
        .collect();
    if rows.len() < 2 {
        return None;
    }
    let (value, largest) = rows.iter().max_by_key(|(value, _)| value.abs())?;
    let form = if value.is_sign_positive() { &words.segments_up } else { &words.segments_down };
    let name = print.name(&root);
    let title = fill(form, &[("part", &largest.name), ("name", &parts.phrases.inside(&name))]);
    let chart = Contributions {
        subject: fill(&words.segments_alt, &[("name", &name)]),
        rows: rows.into_iter().map(|(_, row)| row).collect(),
    };
    Some(Message {
        title,
        subtitle: fill(&words.segments_unit, &[("period", &print.head(lead.span)), ("unit", &print.unit(Fine))]),
        chart: Chart::Contributions(chart),
    })
}

/// A picture of a metric's quarters, where enough are known.
pub fn spark(parts: &Parts<'_>, id: &str) -> Option<Picture> {
    let metric = metric(id);
    let print = parts.print();
    let periods = known_periods(parts, &metric, Measure::Level)?;
    let values: Vec<Option<Datum>> = periods
        .iter()
        .map(|period| actual(parts.history, &metric, *period, Measure::Level).map(|figure| money(print, &figure)))
        .collect();
    if values.iter().flatten().count() < FEWEST {
        return None;
    }
    let name = print.name(&metric);
    let periods = periods.iter().map(|period| print.head(*period)).collect();
    let chart = Chart::Spark(Spark { subject: name, periods, values, form: SparkForm::Columns });
    let drawing = chart.draw(&worded(Style::tile(), parts), parts.faces);
    Some(Picture { svg: drawing.svg, alt: chart.alt(&parts.phrases.alt) })
}
