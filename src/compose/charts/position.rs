//! Charts of the financial position: what the balance sheet is made of, what moved cash.

use rust_decimal::Decimal;

use super::super::Parts;
use super::super::lead::{Lead, level};
use super::super::text::{Coarse, Fine};
use super::{Change, Ends, Message, amount, change, ends, money, named, outweighed};
use crate::chart::{Chart, Composition, Datum, Part, Scenario, Stack, Step, Waterfall};
use crate::language::fill;
use crate::model::{Figure, Period, Polarity};

/// What is left of a side of the balance sheet, as a share of all: less is not drawn.
const LEAST_REST: Decimal = Decimal::from_parts(1, 0, 0, false, 2);

/// Liabilities and equity at the start of the year and now, where equity came to carry another share of the assets; else assets
/// beside liabilities and equity, each to the same total.
pub fn balance_sheet(parts: &Parts<'_>) -> Option<Message> {
    let (print, words) = (parts.print(), &parts.phrases.charts);
    let (day, start) = (parts.day(), parts.year_start());
    let now = claims(parts, day)?;
    let (head, head_before, unit) = (print.head(day), print.head(start), print.unit(Coarse));
    let before = || claims(parts, start).filter(|before| before.names() == now.names());
    let (title, subtitle, left) = match equity_moved(parts).and_then(|moved| Some((moved, before()?))) {
        Some(((now, before_ratio), before)) => {
            let form = if now.value > before_ratio.value { &words.balance_more } else { &words.balance_less };
            let values = [("before", head_before.as_str()), ("period", &head), ("unit", &unit)];
            let ratios = [("now", print.in_words(&now)), ("before", print.in_words(&before_ratio))];
            let title = fill(form, &ratios.each_ref().map(|(name, ratio)| (*name, ratio.as_str())));
            (title, fill(&words.balance_claims_unit, &values), Side { name: head_before, ..before })
        }
        None => {
            let form = match now.equity.value * Decimal::TWO > now.total.value {
                true => &words.balance_equity,
                false => &words.balance_debt,
            };
            let subtitle = fill(&words.balance_unit, &[("period", &head), ("unit", &unit)]);
            (form.clone(), subtitle, assets(parts, &now)?)
        }
    };
    let of_two_days = left.equity.id.period == start;
    let name = if of_two_days { head } else { words.balance_claims.clone() };
    let figures = left.figures.iter().chain(&now.figures).cloned().collect();
    let scenario = if of_two_days { Scenario::Previous } else { Scenario::Actual };
    let chart = Composition {
        subject: subtitle.clone(),
        left: left.stack(parts, scenario),
        right: Some(Side { name, ..now }.stack(parts, Scenario::Actual)),
    };
    let (chart, unit) = (Chart::Composition(chart), Some(unit));
    Some(Message { title, subtitle, chart, unit, figures, per_unit: None })
}

/// One side of a balance sheet.
struct Side {
    name: String,
    parts: Vec<Part>,
    total: Figure,
    equity: Figure,
    figures: Vec<Figure>,
}

impl Side {
    fn names(&self) -> Vec<&str> {
        self.parts.iter().map(|part| part.name.as_str()).collect()
    }

    fn stack(self, parts: &Parts<'_>, scenario: Scenario) -> Stack {
        let total = Some(money(parts.print(), &self.total));
        Stack { name: self.name, scenario, total, parts: self.parts }
    }
}

fn part(parts: &Parts<'_>, figure: &Figure) -> Part {
    let print = parts.print();
    Part { name: print.name(&figure.id.metric), value: Some(money(print, figure)) }
}

/// What parts leave of a whole, drawn to its length: no document prints its size. None where they are more than the whole.
fn rest(total: &Figure, whole: Decimal, of: &[Figure], name: &str) -> Option<Option<Part>> {
    let least = total.value * LEAST_REST;
    let rest = whole - of.iter().map(|figure| figure.value).sum::<Decimal>();
    let part = (rest > least).then(|| Part { name: name.to_owned(), value: Some(Datum::stated(rest, "")) });
    (rest >= -least).then_some(part)
}

fn known(parts: &Parts<'_>, ids: &[&str], day: Period) -> Vec<Figure> {
    ids.iter().filter_map(|id| level(parts.history, id, day)).collect()
}

/// Who has paid for the assets of a day, equity first.
fn claims(parts: &Parts<'_>, day: Period) -> Option<Side> {
    let words = &parts.phrases.charts;
    let level = |id: &str| level(parts.history, id, day);
    let (total, liabilities, equity) =
        (level("total_assets")?, level("total_liabilities")?, level("shareholders_equity")?);
    let owed = known(parts, &["borrowings", "capital_lease_obligations", "accounts_payable"], day);
    let mut stacked = vec![part(parts, &equity)];
    stacked.extend(rest(&total, total.value, &[liabilities.clone(), equity.clone()], &words.other_claims)?);
    let mut figures = vec![equity.clone(), total.clone()];
    if owed.len() > 1 {
        stacked.extend(rest(&total, liabilities.value, &owed, &words.other_liabilities)?);
        stacked.extend(owed.iter().map(|figure| part(parts, figure)));
        figures.extend(owed);
    } else {
        stacked.push(part(parts, &liabilities));
    }
    figures.push(liabilities);
    Some(Side { name: String::new(), parts: stacked, total, equity, figures })
}

/// The assets of the same day, where three parts of them are known.
fn assets(parts: &Parts<'_>, claims: &Side) -> Option<Side> {
    let words = &parts.phrases.charts;
    let ids = ["goodwill_and_other_intangible_assets", "property_and_equipment", "accounts_receivable", "cash"];
    let figures = known(parts, &ids, parts.day());
    let mut stacked: Vec<Part> =
        rest(&claims.total, claims.total.value, &figures, &words.other_assets)?.into_iter().collect();
    stacked.extend(figures.iter().map(|figure| part(parts, figure)));
    let (total, equity) = (claims.total.clone(), claims.equity.clone());
    (stacked.len() > 2).then(|| Side { name: words.balance_assets.clone(), parts: stacked, total, equity, figures })
}

/// The equity ratio now and at the start of the year, where it is certain that it moved.
fn equity_moved(parts: &Parts<'_>) -> Option<(Figure, Figure)> {
    let ratio = |day| level(parts.history, "equity_ratio", day);
    let (now, before) = (ratio(parts.day())?, ratio(parts.year_start())?);
    now.beside(&before).map(|_| (now, before))
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
        level: Some(amount(print, figure, Fine)),
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
    let names: Vec<String> = flows.iter().map(|flow| print.name(&flow.id.metric)).collect();
    let moves = flows.iter().zip(&names);
    let moves = moves.map(|(flow, name)| Change { value: flow.value, name, size: print.in_words(flow) });
    let title = match ends(moves)? {
        Ends::Both(up, down) => outweighed(parts, &up, &down),
        Ends::Up(up) => named(&words.cash_up, &up),
        Ends::Down(down) => named(&words.cash_down, &down),
    };
    let (head, head_before) = (print.head(day), print.head(start));
    let values = [("from", head_before.as_str()), ("to", &head), ("unit", &print.unit(Fine))];
    let subtitle = fill(&words.cash_unit, &values);
    Some(Message {
        title,
        chart: Chart::Waterfall(Waterfall { subject: subtitle.clone(), steps }),
        subtitle,
        unit: Some(print.unit(Fine)),
        figures: [from, to].into_iter().chain(flows).collect(),
        per_unit: None,
    })
}
