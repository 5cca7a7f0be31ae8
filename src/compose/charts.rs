//! Which charts a section shows, filled from the history. A chart appears only where the data carry it, and says what it shows.

use rust_decimal::Decimal;

use super::bridge::{Bridge, bridge};
use super::lead::{Lead, actual, metric};
use super::{Parts, text};
use crate::brief::{self, Picture, Width};
use crate::chart::{
    Change, Chart, Column, Columns, Contribution, Contributions, Datum, Line, Lines, Pace, Progress, Scenario, Spark,
    SparkForm, Step, Style, Targets, Tick, Waterfall,
};
use crate::history::History;
use crate::model::{Figure, Measure, Metric, Period, Polarity, Quarter, Scale};

/// Quarters in a chart of history.
const QUARTERS: usize = 9;
/// Fewer known points tell no history.
const FEWEST: usize = 3;

/// The charts that belong to a section of the narrative, as many as the data carry.
pub fn of_section(parts: &Parts<'_>, lead: &Lead, section: &str) -> Vec<Message> {
    if !parts.look.charts {
        return Vec::new();
    }
    let charts = match section {
        "result" => vec![revenue_history(parts), margin_history(parts), income_bridge(parts, lead)],
        "targets" => vec![target_progress(parts, lead)],
        "segments" => vec![segment_changes(parts, lead, "revenue"), segment_changes(parts, lead, "gross_profit")],
        _ => Vec::new(),
    };
    charts.into_iter().flatten().collect()
}

/// A chart with the words above it.
#[derive(Clone)]
pub struct Message {
    title: String,
    subtitle: String,
    chart: Chart,
}

/// A chart at a width, with the height of its drawing in points.
pub fn draw(parts: &Parts<'_>, message: Message, width: Width) -> (brief::Chart, f64) {
    let style = match width {
        Width::Half => Style::half(),
        Width::Text | Width::Full => Style::of_width(390.0),
    };
    let style = parts.look.brand.dress(style);
    let drawing = message.chart.draw(&style, parts.faces);
    let picture = Picture { svg: drawing.svg, alt: message.chart.alt() };
    let chart = brief::Chart { title: message.title, subtitle: message.subtitle, picture, width, below: false };
    (chart, drawing.height_pt)
}

/// The quarters up to the brief's own, oldest first.
fn quarters(parts: &Parts<'_>) -> Vec<Quarter> {
    let mut quarters: Vec<Quarter> =
        std::iter::successors(Some(parts.quarter), |quarter| Some(quarter.previous())).take(QUARTERS).collect();
    quarters.reverse();
    quarters
}

fn tick(period: Period) -> Tick {
    match period {
        Period::Quarter(quarter) => {
            Tick::new(format!("{}Q", quarter.number), format!("FY{:02}", quarter.year.rem_euclid(100)))
        }
        other => Tick::new(other.to_string(), ""),
    }
}

fn datum(figure: &Figure, label: String) -> Datum {
    if figure.is_derived() { Datum::derived(figure.value, label) } else { Datum::stated(figure.value, label) }
}

fn money(figure: &Figure) -> Datum {
    datum(figure, text::cell(figure, Scale::Billion))
}

fn rate(history: &History, figure: &Figure) -> Change {
    let polarity = history.vocabulary().polarity(&figure.id.metric);
    Change { derived: figure.is_derived(), ..Change::new(figure.value, text::change(figure), polarity) }
}

/// The periods of a history that are known well enough to draw: quarters, else years.
fn known_periods(parts: &Parts<'_>, metric: &Metric, measure: Measure) -> Option<Vec<Period>> {
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
    let revenue = metric("revenue");
    let periods = known_periods(parts, &revenue, Measure::Level)?;
    let columns: Vec<Column> = periods
        .iter()
        .map(|period| {
            let total = actual(history, &revenue, *period, Measure::Level);
            let growth = actual(history, &revenue, *period, Measure::YoyPct);
            Column {
                tick: tick(*period),
                scenario: Scenario::Actual,
                total: total.as_ref().map(money),
                parts: Vec::new(),
                change: growth.as_ref().map(|figure| rate(history, figure)),
            }
        })
        .collect();
    let last = periods.last()?;
    let growth = actual(history, &revenue, *last, Measure::YoyPct);
    let title = match growth.map(|figure| figure.value.is_sign_positive()) {
        Some(true) => "Revenue stands above last year's",
        Some(false) => "Revenue stands below last year's",
        None => "Revenue",
    };
    let chart = Columns {
        subject: "Revenue".to_owned(),
        columns,
        segments: Vec::new(),
        change_name: "YoY".to_owned(),
        reach: Vec::new(),
    };
    Some(Message {
        title: title.to_owned(),
        subtitle: format!("Revenue, {} billion; change over last year, %", history.company().currency.code()),
        chart: Chart::Columns(chart),
    })
}

fn margin_history(parts: &Parts<'_>) -> Option<Message> {
    let history = parts.history;
    let margins = [("gross_profit", "Gross margin"), ("operating_income", "Operating margin")];
    let periods = known_periods(parts, &metric("operating_income"), Measure::MarginPct)?;
    let line = |(id, name): &(&str, &str)| {
        let points: Vec<Option<Datum>> = periods
            .iter()
            .map(|period| {
                let figure = actual(history, &metric(id), *period, Measure::MarginPct)?;
                Some(datum(&figure, text::cell(&figure, Scale::Million) + "%"))
            })
            .collect();
        let tells = points.iter().flatten().count() >= 2 && points.last().is_some_and(Option::is_some);
        tells.then(|| Line { name: (*name).to_owned(), points })
    };
    let lines: Vec<Line> = margins.iter().filter_map(line).collect();
    if lines.is_empty() {
        return None;
    }
    let moved = actual(history, &metric("operating_income"), *periods.last()?, Measure::PpChange);
    let title =
        match moved.filter(|figure| !figure.digits(1).amount.is_zero()).map(|figure| figure.value.is_sign_positive()) {
            Some(true) => "Operating margin is wider than last year",
            Some(false) => "Operating margin is narrower than last year",
            None => "Margins",
        };
    let chart = Lines { subject: "Margins".to_owned(), ticks: periods.iter().map(|p| tick(*p)).collect(), lines };
    Some(Message { title: title.to_owned(), subtitle: "Percent of revenue".to_owned(), chart: Chart::Lines(chart) })
}

fn income_bridge(parts: &Parts<'_>, lead: &Lead) -> Option<Message> {
    let Bridge { from, to, contributions } = bridge(parts.history, lead.span)?;
    let largest = contributions.iter().max_by_key(|c| c.effect.abs())?;
    let helped = largest.effect.is_sign_positive();
    let title = format!("{} {} operating income most", largest.name, if helped { "lifted" } else { "weighed on" });
    let all = contributions.iter().map(|c| &c.figure).chain([&from, &to]);
    let scale =
        if all.into_iter().all(|figure| figure.certain_decimals(0) >= -1) { Scale::Million } else { Scale::Billion };
    let total = |figure: &Figure, scenario| Step::Total {
        name: text::head(figure.id.period),
        level: Some(datum(figure, text::cell(figure, scale))),
        scenario,
    };
    let mut steps = vec![total(&from, Scenario::Previous)];
    for contribution in &contributions {
        let mut effect = contribution.figure.clone();
        effect.value = contribution.effect;
        let change = Change {
            derived: effect.is_derived(),
            ..Change::new(contribution.effect, text::signed_at(&effect, scale), Polarity::Up)
        };
        let name = contribution.name.clone();
        steps.push(Step::Contribution { name, change: Some(change), scenario: Scenario::Actual });
    }
    steps.push(total(&to, Scenario::Actual));
    let chart = Waterfall { subject: "Operating income".to_owned(), steps };
    let currency = parts.history.company().currency;
    Some(Message {
        title,
        subtitle: format!(
            "Operating income from {} to {}: gross profit less SG&A, {} {}",
            text::head(from.id.period),
            text::head(to.id.period),
            currency.code(),
            scale.name()
        ),
        chart: Chart::Waterfall(chart),
    })
}

fn target_progress(parts: &Parts<'_>, lead: &Lead) -> Option<Message> {
    let history = parts.history;
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
            name: history.vocabulary().name(&metric),
            reached: Some(money(&reached)),
            target: Some(money(&target.in_force)),
            share: text::cell(&share, Scale::Million) + "%",
            pace: pace(history, &metric, lead.cumulative),
        });
    }
    if rows.is_empty() {
        return None;
    }
    let chart = Targets { subject: format!("Progress towards the {year} targets"), rows };
    Some(Message {
        title: format!("Where {} stands against the {year} targets", lead.cumulative),
        subtitle: format!(
            "{} billion; percent of the full-year target reached, marker: same point last year",
            history.company().currency.code()
        ),
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
    let root = metric(root);
    let rows: Vec<(Decimal, Contribution)> = history
        .parts(&root, lead.span)
        .into_iter()
        .filter_map(|figure| {
            let change = actual(history, &figure.id.metric, lead.span, Measure::YoyAbs)?;
            let growth = actual(history, &figure.id.metric, lead.span, Measure::YoyPct);
            let label = text::signed_at(&change, Scale::Million);
            let variance = Change { derived: change.is_derived(), ..Change::new(change.value, label, Polarity::Up) };
            let detail = growth.as_ref().map(text::change).unwrap_or_default();
            let name = history.vocabulary().part_name(&figure.id.metric);
            Some((change.value, Contribution { name, change: Some(variance), detail }))
        })
        .collect();
    if rows.len() < 2 {
        return None;
    }
    let (value, largest) = rows.iter().max_by_key(|(value, _)| value.abs())?;
    let word = if value.is_sign_positive() { "rise" } else { "fall" };
    let name = history.vocabulary().name(&root);
    let title = format!("{} had the largest {word} in {}", largest.name, name.to_lowercase());
    let chart =
        Contributions { subject: format!("{name} by segment"), rows: rows.into_iter().map(|(_, row)| row).collect() };
    Some(Message {
        title,
        subtitle: format!(
            "Change over last year, {}, {} million and %",
            text::head(lead.span),
            history.company().currency.code()
        ),
        chart: Chart::Contributions(chart),
    })
}

/// A picture of a metric's quarters, where enough are known.
pub fn spark(parts: &Parts<'_>, id: &str) -> Option<Picture> {
    let metric = metric(id);
    let periods = known_periods(parts, &metric, Measure::Level)?;
    let values: Vec<Option<Datum>> = periods
        .iter()
        .map(|period| actual(parts.history, &metric, *period, Measure::Level).map(|figure| money(&figure)))
        .collect();
    if values.iter().flatten().count() < FEWEST {
        return None;
    }
    let name = parts.history.vocabulary().name(&metric);
    let periods = periods.iter().map(|period| period.to_string()).collect();
    let chart = Chart::Spark(Spark { subject: name, periods, values, form: SparkForm::Columns });
    let drawing = chart.draw(&parts.look.brand.dress(Style::tile()), parts.faces);
    Some(Picture { svg: drawing.svg, alt: chart.alt() })
}
