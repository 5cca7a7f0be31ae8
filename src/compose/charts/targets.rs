//! The chart of targets: how much of the year's is reached, and how much of last year's outcome was at the same point.

use std::cmp::Ordering;

use rust_decimal::Decimal;

use super::super::Parts;
use super::super::lead::{Lead, actual, metric};
use super::super::text::{Coarse, Fine};
use super::{Message, money};
use crate::chart::{Chart, Pace, Progress, Targets};
use crate::language::fill;
use crate::model::{Figure, Measure, Period};
use crate::narrative;

/// Progress towards the targets for the year that are in force.
pub fn progress(parts: &Parts<'_>, lead: &Lead) -> Option<Message> {
    let history = parts.history;
    let (print, words) = (parts.print(), &parts.phrases.charts);
    let known = super::super::known_by(history, parts.quarter);
    let year = Period::Year(parts.quarter.year);
    if lead.cumulative == year {
        return None;
    }
    let percent = |figure: &Figure| print.cell(figure, Fine) + "%";
    let (mut rows, mut figures, mut title) = (Vec::new(), Vec::new(), None);
    for id in ["revenue", "operating_income", "net_income"] {
        let metric = metric(id);
        let Some(target) = history.target(&metric, year, Some(known)) else { continue };
        let Some(reached) = actual(history, &metric, lead.cumulative, Measure::Level) else { continue };
        let Some(share) = history.progress(&metric, lead.cumulative, &target) else { continue };
        let before = lead.cumulative.year_before();
        let pace = history.pace(&metric, before);
        // Operating income speaks for all where it can.
        if let Some(said) = pace.as_ref().and_then(|pace| statement(parts, &share, pace))
            && (title.is_none() || id == "operating_income")
        {
            title = Some(said);
        }
        rows.push(Progress {
            name: print.name(&metric),
            reached: Some(money(print, &reached)),
            target: Some(money(print, &target.in_force)),
            share: percent(&share),
            pace: pace.as_ref().map(|figure| Pace {
                percent: figure.value,
                label: percent(figure),
                source: Some(narrative::key(figure)),
            }),
            source: Some(narrative::key(&share)),
        });
        figures.extend([share].into_iter().chain(pace));
    }
    let title = title?;
    let year_name = print.head(year);
    let subtitle = fill(&words.targets_unit, &[("unit", &print.unit(Coarse))]);
    let chart = Targets { subject: fill(&words.targets_alt, &[("year", &year_name)]), rows };
    Some(Message { title, subtitle, chart: Chart::Targets(chart), unit: None, figures, per_unit: None })
}

/// Shares that may be this many points off can still be called alike.
const ALIKE: Decimal = Decimal::TWO;

/// How much of the year is reached beside the year before, where rounding leaves no doubt.
fn statement(parts: &Parts<'_>, share: &Figure, pace: &Figure) -> Option<String> {
    let words = &parts.phrases.charts;
    let form = match share.beside(pace) {
        Some(Ordering::Greater) => &words.targets_ahead,
        Some(Ordering::Less) => &words.targets_behind,
        _ if share.half_width <= ALIKE && pace.half_width <= ALIKE => &words.targets_alike,
        _ => return None,
    };
    let print = parts.print();
    let percent = |figure: &Figure| print.cell(figure, Fine) + "%";
    let values = [("name", print.name(&share.id.metric)), ("share", percent(share)), ("pace", percent(pace))];
    Some(fill(form, &values.each_ref().map(|(name, value)| (*name, value.as_str()))))
}
