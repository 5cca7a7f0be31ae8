//! Charts of the financial position: what the balance sheet is made of, what moved cash.

use std::cmp::Ordering;

use rust_decimal::Decimal;

use super::super::Parts;
use super::super::lead::{Lead, level};
use super::super::text::{Coarse, Fine};
use super::{Message, change, datum, money};
use crate::chart::{Chart, Composition, Datum, Part, Scenario, Stack, Step, Waterfall};
use crate::language::fill;
use crate::model::{Figure, Polarity};

/// What is left of a side of the balance sheet, as a share of all: less is not drawn.
const LEAST_REST: Decimal = Decimal::from_parts(1, 0, 0, false, 2);

/// Assets beside liabilities and equity, each to the same total.
pub fn balance_sheet(parts: &Parts<'_>) -> Option<Message> {
    let (history, print, words) = (parts.history, parts.print(), &parts.phrases.charts);
    let day = parts.day();
    let known = |id: &str| level(history, id, day);
    let total = known("total_assets")?;
    let (liabilities, equity) = (known("total_liabilities")?, known("shareholders_equity")?);
    let all = |ids: &[&str]| -> Vec<Figure> { ids.iter().filter_map(|id| known(id)).collect() };
    let assets =
        all(&["goodwill_and_other_intangible_assets", "property_and_equipment", "accounts_receivable", "cash"]);
    let owed = all(&["borrowings", "capital_lease_obligations", "accounts_payable"]);
    let part = |figure: &Figure| Part { name: print.name(&figure.id.metric), value: Some(money(print, figure)) };
    let least = total.value * LEAST_REST;
    let rest = |whole: Decimal, of: &[Figure], name: &str| -> Option<Option<Part>> {
        let rest = whole - of.iter().map(|figure| figure.value).sum::<Decimal>();
        // The rest is drawn to its length; no document prints its size.
        let part = (rest > least).then(|| Part { name: name.to_owned(), value: Some(Datum::stated(rest, "")) });
        (rest >= -least).then_some(part)
    };
    let mut left: Vec<Part> = rest(total.value, &assets, &words.other_assets)?.into_iter().collect();
    left.extend(assets.iter().map(part));
    let mut right = vec![part(&equity)];
    right.extend(rest(total.value, &[liabilities.clone(), equity.clone()], &words.other_claims)?);
    let mut figures = assets;
    if owed.len() > 1 {
        right.extend(rest(liabilities.value, &owed, &words.other_liabilities)?);
        right.extend(owed.iter().map(part));
        figures.extend(owed);
    } else {
        right.push(part(&liabilities));
    }
    if left.len() < 3 {
        return None;
    }
    let half = total.value / Decimal::TWO;
    let form = match (equity_moved(parts), equity.value > half, liabilities.value > half) {
        (Some(Ordering::Greater), ..) => &words.balance_more,
        (Some(Ordering::Less), ..) => &words.balance_less,
        (_, true, _) => &words.balance_equity,
        (_, _, true) => &words.balance_debt,
        _ => &words.balance,
    };
    let title = fill(form, &[("period", &print.head(parts.year_start()))]);
    let stack = |name: &String, parts: Vec<Part>| Stack {
        name: name.clone(),
        scenario: Scenario::Actual,
        total: Some(money(print, &total)),
        parts,
    };
    let subtitle = fill(&words.balance_unit, &[("period", &print.head(day)), ("unit", &print.unit(Coarse))]);
    let chart = Composition {
        subject: subtitle.clone(),
        left: stack(&words.balance_assets, left),
        right: Some(stack(&words.balance_claims, right)),
    };
    figures.extend([liabilities, equity, total.clone()]);
    Some(Message {
        title,
        subtitle,
        chart: Chart::Composition(chart),
        unit: Some(print.unit(Coarse)),
        figures,
        per_unit: None,
    })
}

/// Whether equity funds more of the assets than at the start of the year, where that is certain.
fn equity_moved(parts: &Parts<'_>) -> Option<Ordering> {
    let ratio = |day| level(parts.history, "equity_ratio", day);
    let (now, before) = (ratio(parts.day())?, ratio(parts.year_start())?);
    now.beside(&before)
}

/// From the cash at the start of the year to that at its end so far; drawn only where the flows explain all of it.
pub fn cash_bridge(parts: &Parts<'_>, lead: &Lead) -> Option<Message> {
    let (history, print, words) = (parts.history, parts.print(), &parts.phrases.charts);
    let (day, start) = (parts.day(), parts.year_start());
    let (from, to) = (level(history, "cash", start)?, level(history, "cash", day)?);
    let flow = |id: &&str| level(history, id, lead.cumulative);
    let flows = ["operating_cash_flow", "investing_cash_flow", "financing_cash_flow"];
    let mut flows: Vec<Figure> = flows.iter().map(flow).collect::<Option<_>>()?;
    flows.extend(flow(&"exchange_effect_on_cash"));
    let moved = to.value - from.value;
    let unexplained = moved - flows.iter().map(|flow| flow.value).sum::<Decimal>();
    let hidden = from.half_width + to.half_width + flows.iter().map(|flow| flow.half_width).sum::<Decimal>();
    if unexplained.abs() > hidden {
        return None;
    }
    let total = |figure: &Figure| Step::Total {
        name: print.head(figure.id.period),
        level: Some(datum(figure, print.cell(figure, Fine))),
        scenario: Scenario::Actual,
    };
    let mut steps = vec![total(&from)];
    for flow in &flows {
        let mut change = change(history, flow, print.signed_at(flow, Fine));
        // More cash is neither good nor bad where it was borrowed.
        change.polarity = Polarity::Neutral;
        let name = print.name(&flow.id.metric);
        steps.push(Step::Contribution { name, change: Some(change), scenario: Scenario::Actual });
    }
    steps.push(total(&to));
    let rose = moved.is_sign_positive();
    let of_sign = flows.iter().filter(|flow| flow.value.is_sign_positive() == rose);
    let largest = of_sign.max_by_key(|flow| flow.value.abs())?;
    let form = if rose { &words.cash_up } else { &words.cash_down };
    let (head, head_before) = (print.head(day), print.head(start));
    let values = [("from", head_before.as_str()), ("to", &head), ("unit", &print.unit(Fine))];
    let subtitle = fill(&words.cash_unit, &values);
    Some(Message {
        title: fill(form, &[("name", &print.name(&largest.id.metric))]),
        chart: Chart::Waterfall(Waterfall { subject: subtitle.clone(), steps }),
        subtitle,
        unit: Some(print.unit(Fine)),
        figures: [from, to].into_iter().chain(flows).collect(),
        per_unit: None,
    })
}
