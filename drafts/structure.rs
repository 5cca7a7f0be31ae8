//! Charts of structure: what costs and the balance sheet are made of, what moved cash, how business indicators moved.

use rust_decimal::Decimal;

use super::charts::{Message, amount, datum};
use super::lead::{Lead, actual, level, metric};
use super::text::{Coarse, Fine};
use super::{Parts, tables};
use crate::chart::{
    Change, Chart, Composition, Contribution, Contributions, Datum, Part, Scenario, Stack, Step, Waterfall,
};
use crate::language::fill;
use crate::model::{Figure, Measure, Metric, Period, Polarity};

/// Rows of a chart of indicators.
const MOST_INDICATORS: usize = 6;
/// What is left of a whole beyond this share is not told as a rest.
const LARGEST_REST: Decimal = Decimal::from_parts(25, 0, 0, false, 2);

/// Cost of revenue by segment, or as a whole, and SG&A, this year beside the last.
pub fn costs(parts: &Parts<'_>, lead: &Lead) -> Option<Message> {
    let (history, print, words) = (parts.history, parts.print(), &parts.phrases.charts);
    let before = lead.span.year_before();
    let cost = metric("cost_of_revenue");
    let by_segment: Vec<Metric> =
        history.parts(&cost, lead.span).into_iter().map(|figure| figure.id.metric.clone()).collect();
    let known = |metrics: &[Metric], span: Period| -> Option<Vec<Figure>> {
        metrics.iter().map(|metric| actual(history, metric, span, Measure::Level)).collect()
    };
    let sga = metric("sga");
    let with_sga = |mut metrics: Vec<Metric>| {
        metrics.push(sga.clone());
        metrics
    };
    let choices = [with_sga(by_segment), with_sga(vec![cost.clone()])];
    let (now, then) = choices
        .iter()
        .filter(|metrics| metrics.len() > 1)
        .find_map(|metrics| Some((known(metrics, lead.span)?, known(metrics, before)?)))?;
    let name = |figure: &Figure| match figure.id.metric.path() {
        Some(_) => print.part_name(&figure.id.metric),
        None => print.name(&figure.id.metric),
    };
    let stack = |figures: &[Figure], period: Period, scenario: Scenario| Stack {
        name: print.head(period),
        scenario,
        total: None,
        parts: figures
            .iter()
            .map(|figure| Part { name: name(figure), value: Some(amount(print, figure)) })
            .collect(),
    };
    let moves = now.iter().zip(&then).map(|(now, then)| (now.value - then.value, name(now)));
    let (change, largest) = moves.max_by_key(|(change, _)| change.abs())?;
    let form = if change.is_sign_positive() { &words.costs_up } else { &words.costs_down };
    let (head, head_before) = (print.head(lead.span), print.head(before));
    let periods = [("from", head_before.as_str()), ("to", &head), ("unit", &print.unit(Coarse))];
    let subtitle = fill(&words.costs_unit, &periods);
    let chart = Composition {
        subject: subtitle.clone(),
        left: stack(&then, before, Scenario::Previous),
        right: Some(stack(&now, lead.span, Scenario::Actual)),
    };
    let figures = now.into_iter().chain(then).collect();
    Some(Message { title: fill(form, &[("name", &largest)]), subtitle, chart: Chart::Composition(chart), figures })
}

/// Assets beside liabilities and equity, each to the same total.
pub fn balance_sheet(parts: &Parts<'_>) -> Option<Message> {
    let (history, print, words) = (parts.history, parts.print(), &parts.phrases.charts);
    let day = Period::Instant(history.company().fiscal_year.end(Period::Quarter(parts.quarter)));
    let total = level(history, "total_assets", day)?;
    let known = |ids: &[&str]| -> Vec<Figure> { ids.iter().filter_map(|id| level(history, id, day)).collect() };
    let assets =
        known(&["cash", "accounts_receivable", "property_and_equipment", "goodwill_and_other_intangible_assets"]);
    let claims = known(&["shareholders_equity", "total_liabilities"]);
    if assets.len() < 2 || claims.len() < 2 {
        return None;
    }
    let stack = |name: &String, figures: &[Figure], rest_name: &String| -> Option<Stack> {
        let explained: Decimal = figures.iter().map(|figure| figure.value).sum();
        let rest = total.value - explained;
        let matters = rest > total.value * Decimal::new(1, 2);
        let part = |figure: &Figure| Part {
            name: print.name(&figure.id.metric),
            value: Some(amount(print, figure)),
        };
        let mut all: Vec<Part> = figures.iter().map(part).collect();
        // The rest is drawn to its length; no document prints its size.
        all.extend(matters.then(|| Part { name: rest_name.clone(), value: Some(Datum::stated(rest, "")) }));
        (rest >= -total.value * Decimal::new(1, 2)).then(|| Stack {
            name: name.clone(),
            scenario: Scenario::Actual,
            total: Some(amount(print, &total)),
            parts: all,
        })
    };
    let ratio = level(history, "equity_ratio", day);
    let title = match &ratio {
        Some(ratio) => fill(&words.balance_equity, &[("n", &(print.cell(ratio, Fine) + "%"))]),
        None => words.balance.clone(),
    };
    let subtitle = fill(&words.balance_unit, &[("period", &print.head(day)), ("unit", &print.unit(Coarse))]);
    let chart = Composition {
        subject: subtitle.clone(),
        left: stack(&words.balance_assets, &assets, &words.rest)?,
        right: Some(stack(&words.balance_claims, &claims, &words.rest)?),
    };
    let figures = assets.into_iter().chain(claims).chain([total.clone()]).chain(ratio).collect();
    Some(Message { title, subtitle, chart: Chart::Composition(chart), figures })
}

/// From the cash at the start of the year to that at its end so far.
pub fn cash_bridge(parts: &Parts<'_>, lead: &Lead) -> Option<Message> {
    let (history, print, words) = (parts.history, parts.print(), &parts.phrases.charts);
    let calendar = history.company().fiscal_year;
    let day = Period::Instant(calendar.end(Period::Quarter(parts.quarter)));
    let start = Period::Instant(calendar.end(Period::Year(parts.quarter.year - 1)));
    let (from, to) = (level(history, "cash", start)?, level(history, "cash", day)?);
    let flows: Vec<Figure> = ["operating_cash_flow", "investing_cash_flow", "financing_cash_flow"]
        .iter()
        .map(|id| level(history, id, lead.cumulative))
        .collect::<Option<_>>()?;
    let rest = to.value - from.value - flows.iter().map(|flow| flow.value).sum::<Decimal>();
    let largest = flows.iter().max_by_key(|flow| flow.value.abs())?;
    if rest.abs() > largest.value.abs() * LARGEST_REST {
        return None;
    }
    let total = |figure: &Figure, scenario| Step::Total {
        name: print.head(figure.id.period),
        level: Some(datum(figure, print.cell(figure, Coarse))),
        scenario,
    };
    let mut steps = vec![total(&from, Scenario::Previous)];
    for flow in &flows {
        let change = Change::new(flow.value, print.signed_at(flow, Coarse), Polarity::Up);
        let change = Some(Change { derived: flow.is_derived(), ..change });
        steps.push(Step::Contribution { name: print.name(&flow.id.metric), change, scenario: Scenario::Actual });
    }
    let hidden = from.half_width + to.half_width + flows.iter().map(|flow| flow.half_width).sum::<Decimal>();
    if rest.abs() > hidden {
        // Drawn to its length; no document prints its size.
        let change = Some(Change::new(rest, "", Polarity::Neutral));
        steps.push(Step::Contribution { name: words.rest.clone(), change, scenario: Scenario::Actual });
    }
    steps.push(total(&to, Scenario::Actual));
    let form = if largest.value.is_sign_positive() { &words.cash_up } else { &words.cash_down };
    let (head, head_before) = (print.head(day), print.head(start));
    let periods = [("from", head_before.as_str()), ("to", &head), ("unit", &print.unit(Coarse))];
    let subtitle = fill(&words.cash_unit, &periods);
    let title = fill(form, &[("name", &print.name(&largest.id.metric))]);
    let chart = Waterfall { subject: subtitle.clone(), steps };
    let figures = [from, to].into_iter().chain(flows).collect();
    Some(Message { title, subtitle, chart: Chart::Waterfall(chart), figures })
}

/// How much each business indicator moved over the year, in percent, so that amounts and counts share a scale.
pub fn indicators(parts: &Parts<'_>, lead: &Lead) -> Option<Message> {
    let (print, words) = (parts.print(), &parts.phrases.charts);
    let mut rows: Vec<(Decimal, Contribution)> = Vec::new();
    let mut figures = Vec::new();
    for (now, rate) in tables::indicator_moves(parts, lead).into_iter().take(MOST_INDICATORS) {
        let polarity = parts.history.vocabulary().polarity(&now.id.metric);
        let change = Change::new(rate.value, print.change(&rate), polarity);
        let change = Change { derived: rate.is_derived(), ..change };
        rows.push((
            rate.value,
            Contribution { name: print.name(&now.id.metric), change: Some(change), detail: print.cell(&now, Fine) },
        ));
        figures.extend([now, rate]);
    }
    if rows.len() < 2 {
        return None;
    }
    let (value, first) = rows.iter().max_by_key(|(value, _)| value.abs())?;
    let form = if value.is_sign_positive() { &words.indicators_up } else { &words.indicators_down };
    let title = fill(form, &[("name", &first.name)]);
    let chart = Contributions {
        subject: words.indicators_unit.clone(),
        rows: rows.into_iter().map(|(_, row)| row).collect(),
        ..Contributions::default()
    };
    Some(Message { title, subtitle: words.indicators_unit.clone(), chart: Chart::Contributions(chart), figures })
}
