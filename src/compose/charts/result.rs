//! Charts of the result: an amount by quarter, margins, what moved operating income, what costs are made of.

use std::cmp::Ordering;

use rust_decimal::Decimal;

use super::super::Parts;
use super::super::bridge::{Bridge, bridge};
use super::super::lead::{Lead, actual, metric};
use super::super::text::{Coarse, Fine, Print};
use super::{Ends, Message, amount, change, ends, known_periods, money, named, outweighed, point, rate, tick};
use crate::chart::{
    Change, Chart, Column, Columns, Composition, Datum, Line, Lines, Part, Scenario, Stack, Step, Tick, Waterfall,
};
use crate::history::History;
use crate::language::{Charts, fill};
use crate::model::{Figure, Measure, Metric, Period, Polarity};

/// An amount by quarter, or by year where quarters are not known, with its segments where documents give them and the target for
/// the year that follows.
pub fn history(parts: &Parts<'_>, id: &str) -> Option<Message> {
    let (history, print, words) = (parts.history, parts.print(), &parts.phrases.charts);
    let metric = metric(id);
    let periods = known_periods(parts, &metric, Measure::Level)?;
    let segments = segments(parts, &metric, &periods);
    let known = periods.iter().filter(|period| actual(history, &metric, **period, Measure::Level).is_some()).count();
    let last = *periods.last()?;
    let target = next_target(parts, &metric, last);
    // Two columns say no more than the table.
    if known + usize::from(target.is_some()) < super::FEWEST && segments.is_empty() {
        return None;
    }
    let (mut figures, mut growths) = (Vec::new(), Vec::new());
    let mut columns: Vec<Column> = Vec::new();
    for period in &periods {
        let total = actual(history, &metric, *period, Measure::Level);
        let growth = actual(history, &metric, *period, Measure::YoyPct);
        growths.extend(growth.clone());
        let of_segment = |segment| actual(history, segment, *period, Measure::Level).map(|figure| figure.value);
        columns.push(Column {
            tick: tick(print, *period),
            // The year that is told stands out from the ones it is compared with.
            scenario: if period.fiscal_year() < last.fiscal_year() { Scenario::Previous } else { Scenario::Actual },
            total: total.as_ref().map(|figure| money(print, figure)),
            parts: segments.iter().map(of_segment).collect(),
            change: growth.as_ref().map(|figure| rate(print, history, figure)),
        });
        figures.extend(total.into_iter().chain(growth));
    }
    if let Some(target) = target {
        let words = &parts.phrases.alt;
        let name = print.head(target.id.period);
        let tick = Tick::new(fill(&words.scenario, &[("name", &name), ("word", &words.target)]), "");
        let total = Some(money(print, &target));
        columns.push(Column { tick, scenario: Scenario::Target, total, ..Column::default() });
        figures.push(target);
    }
    let unsplit = |column: &Column| column.total.is_some() && column.parts.iter().any(Option::is_none);
    let not_split = columns.iter().any(unsplit);
    let name = print.name(&metric);
    let (from, to) = (print.head(*periods.first()?), print.head(last));
    let values = [("name", name.as_str()), ("unit", &print.unit(Coarse)), ("from", &from), ("to", &to)];
    let subtitle = fill(&words.history_unit, &values);
    let chart = Columns {
        subject: name.clone(),
        columns,
        segments: segments.iter().map(|segment| print.part_name(segment)).collect(),
        change_name: print.change_head(last),
    };
    Some(Message {
        title: driver(parts, &metric, &segments, last)
            .or_else(|| pace(last, &growths, words, print, &name))
            .or_else(|| against_last_year(parts, &metric, last))?,
        subtitle: if not_split { subtitle + &words.not_split } else { subtitle },
        chart: Chart::Columns(chart),
        unit: Some(print.unit(Coarse)),
        figures,
        per_unit: None,
    })
}

/// The growth of the last column beside that of the one before it that has any, where the difference is certain.
fn pace(last: Period, growths: &[Figure], forms: &Charts, print: Print<'_>, name: &str) -> Option<String> {
    let [.., before, now] = growths else { return None };
    let form = match (before.value > Decimal::ZERO, now.beside(before)?.is_gt()) {
        _ if now.id.period != last || now.value <= Decimal::ZERO => return None,
        (false, _) => &forms.history_again,
        (true, true) => &forms.history_faster,
        (true, false) => &forms.history_slower,
    };
    Some(fill(form, &[("name", name), ("size", &print.in_words(now)), ("period", &print.head(before.id.period))]))
}

/// The segment that brought more than half of the last column's change over last year.
fn driver(parts: &Parts<'_>, whole: &Metric, segments: &[Metric], last: Period) -> Option<String> {
    let moved = |metric: &Metric| actual(parts.history, metric, last, Measure::YoyAbs);
    let (total, words) = (moved(whole)?, &parts.phrases.charts);
    let growth = actual(parts.history, whole, last, Measure::YoyPct)?;
    let sign = if total.value.is_sign_positive() { Decimal::ONE } else { Decimal::NEGATIVE_ONE };
    let brought = segments.iter().filter_map(moved).max_by_key(|part| part.value * sign)?;
    let most = (brought.value * sign - brought.half_width) * Decimal::TWO > total.value * sign + total.half_width;
    let form = if sign.is_sign_positive() { &words.history_driver_up } else { &words.history_driver_down };
    let print = parts.print();
    let (name, part) = (parts.phrases.inside(&print.name(whole)), print.part_name(&brought.id.metric));
    most.then(|| fill(form, &[("part", &part), ("name", &name), ("size", &print.in_words(&growth))]))
}

/// What a history says where nothing else is to be said: by how much it is above or below last year. How it stands to the quarter
/// before is the season's doing and no message; a history that says nothing is not drawn.
fn against_last_year(parts: &Parts<'_>, metric: &Metric, last: Period) -> Option<String> {
    let (print, words) = (parts.print(), &parts.phrases.charts);
    let moved = |measure| actual(parts.history, metric, last, measure);
    let change = moved(Measure::YoyPct).or_else(|| moved(Measure::YoyAbs))?;
    let form = statement(Some(change.value), [&words.history_up, &words.history_down])?;
    let (name, size, before) = (print.name(metric), print.in_words(&change), print.head(last.year_before()));
    Some(fill(form, &[("name", &name), ("size", &size), ("before", &before)]))
}

/// The form for a rise or a fall; none for a standstill.
fn statement(moved: Option<Decimal>, [up, down]: [&String; 2]) -> Option<&String> {
    match moved?.cmp(&Decimal::ZERO) {
        Ordering::Greater => Some(up),
        Ordering::Less => Some(down),
        Ordering::Equal => None,
    }
}

/// The parts that a metric is split into, where the last period and one more are.
fn segments(parts: &Parts<'_>, metric: &Metric, periods: &[Period]) -> Vec<Metric> {
    let Some(last) = periods.last() else { return Vec::new() };
    let segments: Vec<Metric> =
        parts.history.parts(metric, *last).into_iter().map(|figure| figure.id.metric.clone()).collect();
    let split = |period: &&Period| splits(parts.history, metric, &segments, **period);
    let enough = segments.len() > 1 && split(&last) && periods.iter().filter(split).count() > 1;
    if enough { segments } else { Vec::new() }
}

/// Whether the parts of a metric are all known in a period and make up the whole, give or take what rounding hides.
fn splits(history: &History, metric: &Metric, parts: &[Metric], period: Period) -> bool {
    let level = |metric: &Metric| actual(history, metric, period, Measure::Level);
    let (Some(parts), Some(total)) = (parts.iter().map(level).collect::<Option<Vec<Figure>>>(), level(metric)) else {
        return false;
    };
    let sum: Decimal = parts.iter().map(|part| part.value).sum();
    let hidden: Decimal = parts.iter().map(|part| part.half_width).sum::<Decimal>() + total.half_width;
    (total.value - sum).abs() <= hidden + Decimal::ONE
}

/// The target for the year behind a finished one.
fn next_target(parts: &Parts<'_>, metric: &Metric, last: Period) -> Option<Figure> {
    let Period::Year(year) = last else { return None };
    let known = super::super::known_by(parts.history, parts.quarter);
    Some(parts.history.target(metric, Period::Year(year + 1), Some(known))?.in_force.clone())
}

/// Margins by quarter; a line with more gaps than points of rest is left out.
pub fn margins(parts: &Parts<'_>) -> Option<Message> {
    let history = parts.history;
    let (print, words, tables) = (parts.print(), &parts.phrases.charts, &parts.phrases.tables);
    let margins = [("gross_profit", &tables.gross_margin), ("operating_income", &tables.operating_margin)];
    let periods = known_periods(parts, &metric("operating_income"), Measure::MarginPct)?;
    let mut figures = Vec::new();
    let mut lines = Vec::new();
    for (id, name) in margins {
        let known: Vec<Option<Figure>> =
            periods.iter().map(|period| actual(history, &metric(id), *period, Measure::MarginPct)).collect();
        let count = known.iter().flatten().count();
        // Two points are no line: the text says as much.
        if count < super::FEWEST || count * 3 < known.len() * 2 || known.last().is_none_or(Option::is_none) {
            continue;
        }
        let points: Vec<Option<Datum>> =
            known.iter().map(|figure| figure.as_ref().map(|f| point(print, f, Fine))).collect();
        lines.push(Line { name: name.clone(), points });
        figures.extend(known.into_iter().flatten());
    }
    let moved = actual(history, &metric("operating_income"), *periods.last()?, Measure::PpChange);
    let moved = moved.filter(|figure| !figure.digits(1).amount.is_zero()).map(|figure| figure.value);
    let main = lines.iter().find(|line| line.name == tables.operating_margin)?;
    let form = statement(moved, [&words.margins_up, &words.margins_down])?;
    let margin = |period| actual(history, &metric("operating_income"), period, Measure::MarginPct);
    let (now, before) = (margin(*periods.last()?)?, margin(periods.last()?.year_before())?);
    let sizes = [print.in_words(&now), print.in_words(&before)];
    let title = fill(form, &[("name", &main.name), ("now", &sizes[0]), ("before", &sizes[1])]);
    let (from, to) = (print.head(*periods.first()?), print.head(*periods.last()?));
    let values = [("unit", words.margins_unit.as_str()), ("from", &from), ("to", &to)];
    let ticks = periods.iter().map(|period| tick(print, *period)).collect();
    let chart = Chart::Lines(Lines { subject: words.margins.clone(), ticks, lines });
    Some(Message { title, subtitle: fill(&words.margins_periods, &values), chart, unit: None, figures, per_unit: None })
}

/// From last year's operating income to this year's.
pub fn income_bridge(parts: &Parts<'_>, lead: &Lead) -> Option<Message> {
    let (print, words) = (parts.print(), &parts.phrases.charts);
    let Bridge { from, to, contributions } = bridge(parts.history, print, lead.span)?;
    let moves = contributions.iter().filter_map(|c| {
        let size = print.in_words(c.figure.as_ref()?);
        Some(super::Change { value: c.effect, name: c.name.as_deref()?, size })
    });
    let title = match ends(moves)? {
        Ends::Both(up, down) => outweighed(parts, &up, &down),
        Ends::Up(up) => named(&words.bridge_up, &up),
        Ends::Down(down) => named(&words.bridge_down, &down),
    };
    let all = contributions.iter().filter_map(|c| c.figure.as_ref()).chain([&from, &to]);
    let scale = if all.into_iter().all(|figure| figure.certain_decimals(0) >= -1) { Fine } else { Coarse };
    let total = |figure: &Figure, scenario| Step::Total {
        name: print.head(figure.id.period),
        level: Some(amount(print, figure, scale)),
        scenario,
    };
    let mut steps = vec![total(&from, Scenario::Previous)];
    let mut printed = print.amount(&from, scale) - print.amount(&to, scale);
    for contribution in &contributions {
        let effect = contribution.figure.clone().map(|figure| Figure { value: contribution.effect, ..figure });
        printed += effect.as_ref().map_or(Decimal::ZERO, |effect| print.amount(effect, scale));
        let change = match &effect {
            Some(effect) => {
                Change { polarity: Polarity::Up, ..change(parts.history, effect, print.signed_at(effect, scale)) }
            }
            // It is drawn to its length; no document prints its size.
            None => Change::new(contribution.effect, "", Polarity::Up),
        };
        let name = contribution.name.clone().unwrap_or_else(|| words.bridge_rest.clone());
        steps.push(Step::Contribution { name, change: Some(change), scenario: Scenario::Actual });
    }
    steps.push(total(&to, Scenario::Actual));
    let (before, now) = (print.head(from.id.period), print.head(to.id.period));
    let values = [("from", before.as_str()), ("to", &now), ("unit", &print.unit(scale))];
    let adds_up = printed.is_zero() || contributions.iter().any(|c| c.figure.is_none());
    let subtitle = fill(&words.bridge_unit, &values);
    Some(Message {
        title,
        subtitle: if adds_up { subtitle } else { subtitle + &words.rounded },
        chart: Chart::Waterfall(Waterfall { subject: print.name(&to.id.metric), steps }),
        unit: Some(print.unit(scale)),
        figures: contributions.into_iter().filter_map(|contribution| contribution.figure).chain([from, to]).collect(),
        per_unit: None,
    })
}

/// Cost of revenue by segment, or as a whole, and SG&A by kind, or as a whole: this year beside the last.
pub fn costs(parts: &Parts<'_>, lead: &Lead) -> Option<Message> {
    let (print, words) = (parts.print(), &parts.phrases.charts);
    let before = lead.span.year_before();
    let metrics: Vec<Metric> = ["cost_of_revenue", "sga"]
        .into_iter()
        .flat_map(|id| split_alike(parts, &metric(id), [lead.span, before]).unwrap_or_else(|| vec![metric(id)]))
        .collect();
    // The two wholes alone stand in the table.
    if metrics.len() < 3 {
        return None;
    }
    let known = |span: Period| -> Option<Vec<Figure>> {
        metrics.iter().map(|metric| actual(parts.history, metric, span, Measure::Level)).collect()
    };
    let (now, then) = (known(lead.span)?, known(before)?);
    let name = |figure: &Figure| match figure.id.metric.path() {
        Some(_) => print.part_name(&figure.id.metric),
        None => print.name(&figure.id.metric),
    };
    let stack = |figures: &[Figure], period: Period, scenario: Scenario| Stack {
        name: print.head(period),
        scenario,
        total: None,
        parts: figures.iter().map(|figure| Part { name: name(figure), value: Some(money(print, figure)) }).collect(),
    };
    let moves = now.iter().zip(&then).map(|(now, then)| (now.value - then.value, name(now)));
    let (change, largest) = moves.max_by_key(|(change, _)| change.abs())?;
    let form = if change.is_sign_positive() { &words.costs_up } else { &words.costs_down };
    let (head, head_before) = (print.head(lead.span), print.head(before));
    let values = [("from", head_before.as_str()), ("to", &head), ("unit", &print.unit(Coarse))];
    let subtitle = fill(&words.costs_unit, &values);
    let chart = Composition {
        subject: subtitle.clone(),
        left: stack(&then, before, Scenario::Previous),
        right: Some(stack(&now, lead.span, Scenario::Actual)),
    };
    Some(Message {
        title: fill(form, &[("name", &largest)]),
        subtitle,
        chart: Chart::Composition(chart),
        unit: Some(print.unit(Coarse)),
        figures: now.into_iter().chain(then).collect(),
        per_unit: None,
    })
}

/// The parts of a metric that make it up in both spans.
fn split_alike(parts: &Parts<'_>, metric: &Metric, spans: [Period; 2]) -> Option<Vec<Metric>> {
    let history = parts.history;
    let all: Vec<Metric> = history.parts(metric, spans[0]).into_iter().map(|figure| figure.id.metric.clone()).collect();
    let whole = |span: &Period| splits(history, metric, &all, *span);
    (all.len() > 1 && spans.iter().all(whole)).then_some(all)
}
