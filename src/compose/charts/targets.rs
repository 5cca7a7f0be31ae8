//! The chart of targets: how much of the year's is reached, and how much of last year's outcome was at the same point.

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
    let (mut rows, mut figures) = (Vec::new(), Vec::new());
    for id in ["revenue", "operating_income", "net_income"] {
        let metric = metric(id);
        let Some(target) = history.target(&metric, year, Some(known)) else { continue };
        let Some(reached) = actual(history, &metric, lead.cumulative, Measure::Level) else { continue };
        let Some(share) = history.progress(&metric, lead.cumulative, &target) else { continue };
        let before = lead.cumulative.year_before();
        let pace = history.pace(&metric, before).or_else(|| history.pace_by_target(&metric, before, &target));
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
    if rows.is_empty() {
        return None;
    }
    let year_name = print.head(year);
    let subtitle = fill(&words.targets_unit, &[("unit", &print.unit(Coarse))]);
    let has_marker = rows.iter().any(|row: &Progress| row.pace.is_some());
    let chart = Targets { subject: fill(&words.targets_alt, &[("year", &year_name)]), rows };
    Some(Message {
        title: fill(&words.targets, &[("period", &print.head(lead.cumulative)), ("year", &year_name)]),
        subtitle: if has_marker { subtitle + &words.targets_marker } else { subtitle },
        chart: Chart::Targets(chart),
        unit: None,
        figures,
        per_unit: None,
    })
}
