//! The charts of a brief: which of the built-in ones, and those that the project describes as `[[chart]]`.

use super::found::{Entries, Entry, Value};
use super::keys::{CHART, CHART_KEYS, Kind, quoted};
use super::take::{Origin, Taking, names};
use crate::compose::{CHARTS, OwnChart, OwnForm};
use crate::model::{Measure, Metric};
use crate::near::near;

/// The most lines of a chart.
const LINES: usize = 4;

/// The charts that are drawn, by id: none, or those that are named; no list where the data decide.
pub(super) fn wanted(taking: &mut Taking<'_>, own: &[OwnChart]) -> Option<Vec<String>> {
    let known: Vec<String> =
        CHARTS.iter().map(|chart| chart.id.to_owned()).chain(own.iter().map(|chart| chart.id.clone())).collect();
    let (list, origin) = match taking.value("brief.charts") {
        Some((Value::List(list), origin)) => (list, origin),
        Some((Value::Flag(false), _)) => return Some(Vec::new()),
        _ => return None,
    };
    let mut charts = Vec::new();
    for (name, origin) in names(list, origin) {
        if known.contains(&name) {
            charts.push(name);
        } else {
            let hint = match near(&name, known.iter().map(String::as_str)) {
                Some(meant) => format!("did you mean `{meant}`?"),
                None => format!("charts are {}", quoted(known.iter().map(String::as_str))),
            };
            taking.fault(origin, format!("there is no chart `{name}`"), &hint);
        }
    }
    Some(charts)
}

/// The charts that the project describes; sections are those of its briefs.
pub(super) fn own(taking: &mut Taking<'_>, sections: &[String]) -> Vec<OwnChart> {
    let mut charts: Vec<OwnChart> = Vec::new();
    for (entries, at) in std::mem::take(&mut taking.found.charts) {
        let Some(chart) = one(taking, &entries, at, sections) else { continue };
        let origin = entries.get("id").map_or(Origin::File(at), |entry| Origin::File(entry.at));
        let taken = CHARTS.iter().any(|known| known.id == chart.id) || charts.iter().any(|known| known.id == chart.id);
        if taken {
            taking.fault(origin, format!("there is a chart `{}` already", chart.id), "give it another id");
        }
        taking.row(&format!("{CHART}.{}", chart.id), &chart.title, Origin::File(at));
        charts.push(chart);
    }
    charts
}

/// One chart; none where something is at fault.
fn one(taking: &mut Taking<'_>, entries: &Entries, at: usize, sections: &[String]) -> Option<OwnChart> {
    let before = taking.faults.len();
    let missing: Vec<&str> = CHART_KEYS
        .iter()
        .filter(|setting| setting.default.is_empty() && !entries.contains_key(setting.key))
        .map(|setting| setting.key)
        .collect();
    if !missing.is_empty() {
        let message = format!("the chart lacks {}", quoted(missing.iter().copied()));
        taking.fault(Origin::File(at), message, "docs/guides/add-a-chart.md shows a whole one");
        return None;
    }
    let text = |key: &str| match entries.get(key) {
        Some(Entry { value: Value::Text(text), at }) => (text.clone(), Origin::File(*at)),
        _ => (String::new(), Origin::Default),
    };
    let mut choice = |key: &str| {
        let (found, origin) = text(key);
        let setting = CHART_KEYS.iter().find(|setting| setting.key == key)?;
        let Kind::Choice(words) = setting.kind else { return None };
        if origin == Origin::Default {
            return words.first().copied();
        }
        let word = words.iter().find(|word| **word == found).copied();
        if word.is_none() {
            taking.no_such(origin, &format!("{CHART}.{key}"), &found, words);
        }
        word
    };
    let (form, measure) = (choice("form"), choice("measure"));
    let (id, _) = text("id");
    let (section, at_section) = text("section");
    if !sections.contains(&section) {
        let known = sections.iter().map(String::as_str);
        let hint = near(&section, known.clone())
            .map_or_else(|| format!("sections are {}", quoted(known)), |meant| format!("did you mean `{meant}`?"));
        taking.fault(at_section, format!("there is no section `{section}`"), &hint);
    }
    let (title, at_title) = text("title");
    if title.contains(|letter: char| letter.is_numeric()) {
        let hint = "leave the number out: numbers on a page come from the documents alone";
        taking.fault(at_title, format!("the title of the chart holds a number: `{title}`"), hint);
    }
    let metrics = metrics(taking, entries, form == Some("lines"));
    (taking.faults.len() == before).then_some(())?;
    let measure = match measure? {
        "growth" => Measure::YoyPct,
        "margin" => Measure::MarginPct,
        _ => Measure::Level,
    };
    let form = if form? == "lines" { OwnForm::Lines } else { OwnForm::Columns };
    Some(OwnChart { id, section, title, form, metrics, measure })
}

fn metrics(taking: &mut Taking<'_>, entries: &Entries, lines: bool) -> Vec<Metric> {
    let Some(Entry { value: Value::List(list), at }) = entries.get("metrics") else { return Vec::new() };
    let most = if lines { LINES } else { 1 };
    if list.is_empty() || list.len() > most {
        let message =
            format!("the chart has {} metrics, expected {}", list.len(), if lines { "one to four" } else { "one" });
        taking.fault(Origin::File(*at), message, "columns show one metric, lines up to four");
    }
    let mut metrics = Vec::new();
    for (name, origin) in names(list.clone(), Origin::File(*at)) {
        match Metric::new(&name) {
            Ok(metric) => metrics.push(metric),
            Err(error) => taking.fault(origin, error.to_string(), "`tanshin facts` prints the metrics"),
        }
    }
    metrics
}
