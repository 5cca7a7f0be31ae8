//! Which charts a brief shows, filled from the history. A chart appears only where the data carry it, says what it shows, and
//! each label of a figure links to its source.

mod indicators;
mod position;
mod result;
mod segments;
mod targets;

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use super::lead::{Lead, actual, metric};
use super::own_chart;
use super::text::{self, Coarse, Fine, Fineness, Print};
use super::{AS_STATED, Parts};
use crate::brief::{self, Mark, Picture, Width};
use crate::chart::{self, Chart, Datum, Drawing, Spark, SparkForm, Style, Tick, shared};
use crate::history::History;
use crate::language::fill;
use crate::model::{Figure, Measure, Metric, Period, Quarter, Scale, Unit};
use crate::narrative;
use crate::options::Length;

/// Quarters in a chart of history.
const QUARTERS: usize = 9;
/// Fewer known points tell no history.
const FEWEST: usize = 3;
/// Built-in charts in a brief that is not full.
const MOST: usize = 7;
/// One less for so many letters of text: four pages hold no more.
const MUCH_TEXT: usize = 1750;
/// And in a section of it: with the table, two pairs.
const MOST_OF_SECTION: usize = 3;

/// A built-in chart: its name in settings, the section that it stands in, and how it is filled.
pub struct BuiltIn {
    /// Its name.
    pub id: &'static str,
    /// The section.
    pub section: &'static str,
    /// Its place by relevance: a brief of standard length keeps the first ones that the data carry.
    pub rank: u8,
    /// What it shows, for the reference page.
    pub shows: &'static str,
    fill: fn(&Parts<'_>, &Lead) -> Option<Message>,
}

/// The built-in charts, in the order in which they stand.
pub static CHARTS: [BuiltIn; 11] = [
    BuiltIn {
        id: "revenue",
        section: "result",
        rank: 1,
        shows: "revenue by quarter, or by year, with its segments and the change over last year",
        fill: |parts, _| result::history(parts, "revenue"),
    },
    BuiltIn {
        id: "bridge",
        section: "result",
        rank: 2,
        shows: "what moved operating income over the year: gross profit by segment, SG&A",
        fill: result::income_bridge,
    },
    BuiltIn {
        id: "operating_income",
        section: "result",
        rank: 9,
        shows: "operating income by quarter, or by year",
        fill: |parts, _| result::history(parts, "operating_income"),
    },
    BuiltIn {
        id: "margins",
        section: "result",
        rank: 8,
        shows: "gross and operating margin by quarter",
        fill: |parts, _| result::margins(parts),
    },
    BuiltIn {
        id: "costs",
        section: "result",
        rank: 10,
        shows: "cost of revenue by segment and SG&A by kind, this year and last",
        fill: result::costs,
    },
    BuiltIn {
        id: "targets",
        section: "targets",
        rank: 3,
        shows: "what is reached of the targets for the year, and of last year's outcome at the same point",
        fill: targets::progress,
    },
    BuiltIn {
        id: "segment_revenue",
        section: "segments",
        rank: 4,
        shows: "the change of each segment's revenue",
        fill: |parts, lead| segments::changes(parts, lead, "revenue"),
    },
    BuiltIn {
        id: "segment_profit",
        section: "segments",
        rank: 7,
        shows: "the change of each segment's gross profit",
        fill: |parts, lead| segments::changes(parts, lead, "gross_profit"),
    },
    BuiltIn {
        id: "cash",
        section: "position",
        rank: 5,
        shows: "cash from the start of the year to now, by the cash flows that explain all of it",
        fill: position::cash_bridge,
    },
    BuiltIn {
        id: "balance_sheet",
        section: "position",
        rank: 6,
        shows: "assets beside liabilities and equity",
        fill: |parts, _| position::balance_sheet(parts),
    },
    BuiltIn {
        id: "indicators",
        section: "indicators",
        rank: 11,
        shows: "up to six business indicators, each in its own unit",
        fill: indicators::panels,
    },
];

/// A chart with the words above it.
#[derive(Clone)]
pub struct Message {
    /// What it shows.
    pub title: String,
    /// Its measure, unit and periods.
    pub subtitle: String,
    /// The chart.
    pub chart: Chart,
    /// The unit of its bars; charts that name the same one share a scale.
    pub unit: Option<String>,
    /// The figures that its labels tell.
    pub figures: Vec<Figure>,
    /// The points that one unit takes at most.
    pub per_unit: Option<f64>,
}

/// A change that a title may name, with its size in words.
#[derive(Clone)]
struct Change<'n> {
    value: Decimal,
    name: &'n str,
    size: String,
}

/// What a title names of a list of changes.
enum Ends<'n> {
    /// The largest rise and the largest fall.
    Both(Change<'n>, Change<'n>),
    /// The largest rise.
    Up(Change<'n>),
    /// The largest fall.
    Down(Change<'n>),
}

/// As part of the larger one, the least that the smaller of two ends weighs to be named.
const LEAST_END: Decimal = Decimal::from_parts(25, 0, 0, false, 2);

/// The ends of a list of changes; none where nothing moved.
fn ends<'n>(changes: impl Iterator<Item = Change<'n>> + Clone) -> Option<Ends<'n>> {
    let up = changes.clone().max_by_key(|change| change.value)?;
    let down = changes.min_by_key(|change| change.value)?;
    let (rise, fall) = (up.value, -down.value);
    let least = LEAST_END * rise.max(fall);
    match (rise > Decimal::ZERO && rise >= least, fall > Decimal::ZERO && fall >= least) {
        (true, true) => Some(Ends::Both(up, down)),
        (true, false) => Some(Ends::Up(up)),
        (false, true) => Some(Ends::Down(down)),
        (false, false) => None,
    }
}

/// Of two ends, the part of the larger one by which they differ at least where one is said to outweigh the other.
const LEAST_DIFFERENCE: Decimal = Decimal::from_parts(5, 0, 0, false, 2);

/// A rise and a fall with their sizes, the larger one first.
fn outweighed(parts: &Parts<'_>, up: &Change<'_>, down: &Change<'_>) -> String {
    let words = &parts.phrases.charts;
    let larger = up.value.max(-down.value);
    let (form, first, second) = match up.value + down.value {
        even if even.abs() < larger * LEAST_DIFFERENCE => (&words.took_all, down, up),
        up_by if up_by.is_sign_positive() => (&words.brought_more, up, down),
        _ => (&words.took_more, down, up),
    };
    let values = [
        ("first", first.name),
        ("first_size", &first.size),
        ("second", &parts.phrases.inside(second.name)),
        ("second_size", &second.size),
    ];
    fill(form, &values)
}

/// A title that names one change.
fn named(form: &str, change: &Change<'_>) -> String {
    fill(form, &[("name", change.name), ("size", &change.size)])
}

/// The charts of a brief by the section that they stand in.
pub struct Chosen {
    by_section: BTreeMap<String, Vec<Message>>,
    figures: BTreeMap<String, Figure>,
}

impl Chosen {
    /// As many as the data carry and the settings name; where these leave the choice, the most relevant ones.
    pub fn of(parts: &Parts<'_>, lead: &Lead) -> Self {
        let mut messages: Vec<(String, Message)> =
            built_in(parts, lead).into_iter().map(|(chart, message)| (chart.section.to_owned(), message)).collect();
        let own = parts.look.own_charts.iter().filter(|chart| parts.look.wants_chart(&chart.id));
        let own = own.filter_map(|chart| Some((chart.section.clone(), own_chart::message(parts, chart)?)));
        messages.extend(own);
        let figures = messages.iter().flat_map(|(_, message)| &message.figures);
        let figures = figures.map(|figure| (narrative::key(figure), figure.clone())).collect();
        share_scales(parts, &mut messages);
        let mut by_section: BTreeMap<String, Vec<Message>> = BTreeMap::new();
        for (section, message) in messages {
            by_section.entry(section).or_default().push(message);
        }
        Self { by_section, figures }
    }

    /// The charts of a section.
    pub fn take(&mut self, section: &str) -> Vec<Message> {
        self.by_section.remove(section).unwrap_or_default()
    }

    /// The figure that a label links to.
    pub fn figure(&self, source: &str) -> Option<&Figure> {
        self.figures.get(source.strip_suffix(AS_STATED).unwrap_or(source))
    }
}

/// The letters of the text beside the charts.
fn letters(parts: &Parts<'_>) -> usize {
    let paragraphs = || parts.narrative.paragraphs.iter();
    let sentences = paragraphs().flat_map(|paragraph| &paragraph.sentences).map(|s| text::letters(&s.to_string()));
    let quotes = paragraphs().flat_map(|paragraph| &paragraph.quotes).map(|quoted| text::letters(&quoted.quote.text));
    sentences.chain(quotes).sum()
}

/// The built-in charts of a brief, in the order in which they stand.
fn built_in(parts: &Parts<'_>, lead: &Lead) -> Vec<(&'static BuiltIn, Message)> {
    let has_section = |chart: &&BuiltIn| parts.look.voice.sections.iter().any(|section| section.id == chart.section);
    let mut wanted: Vec<(usize, &'static BuiltIn)> =
        CHARTS.iter().enumerate().filter(|(_, chart)| has_section(chart) && parts.look.wants_chart(chart.id)).collect();
    wanted.sort_by_key(|(_, chart)| chart.rank);
    let most = MOST - (letters(parts) / MUCH_TEXT).min(3);
    let all = parts.look.charts.is_some() || parts.look.length == Length::Full;
    let mut filled: Vec<(usize, &'static BuiltIn, Message)> = Vec::new();
    for (place, chart) in wanted {
        let beside = filled.iter().filter(|(_, other, _)| other.section == chart.section).count();
        if all || (filled.len() < most && beside < MOST_OF_SECTION) {
            filled.extend((chart.fill)(parts, lead).map(|message| (place, chart, message)));
        }
    }
    filled.sort_by_key(|(place, ..)| *place);
    filled.into_iter().map(|(_, chart, message)| (chart, message)).collect()
}

/// Of its own room, the least part that a chart keeps on the scale of its section's charts, and on that of other sections'.
const LEAST_PARTS: [f64; 2] = [0.25, 0.6];

/// Charts of one unit get one scale: within a section unless the smaller one would show nothing, and across sections where they
/// are of like size. A chart that keeps another scale than the first one of its unit says so below its title.
fn share_scales(parts: &Parts<'_>, messages: &mut [(String, Message)]) {
    let alone = |message: &Message| drawing(parts, message, Width::Half).per_unit;
    let bars: Vec<(usize, String, f64)> = messages
        .iter()
        .enumerate()
        .filter_map(|(index, (_, message))| Some((index, message.unit.clone()?, alone(message)?)))
        .collect();
    let keyed = |scales: &[f64], key: &dyn Fn(usize, &str) -> String, least: f64| {
        let keys: Vec<String> = bars.iter().map(|(index, unit, _)| key(*index, unit)).collect();
        shared(&keys.iter().map(String::as_str).zip(scales.iter().copied()).collect::<Vec<_>>(), least)
    };
    let own: Vec<f64> = bars.iter().map(|(.., scale)| *scale).collect();
    let of_section = keyed(&own, &|index, unit| format!("{} {unit}", messages[index].0), LEAST_PARTS[0]);
    let of_brief = keyed(&of_section, &|_, unit| unit.to_owned(), LEAST_PARTS[1]);
    let mut first: BTreeMap<&str, f64> = BTreeMap::new();
    for ((index, unit, own), scale) in bars.iter().zip(of_brief) {
        let message = &mut messages[*index].1;
        message.per_unit = (scale < *own).then_some(scale);
        let first = *first.entry(unit).or_insert(scale);
        if (first - scale).abs() > first * 0.01 {
            message.subtitle.push_str(&parts.phrases.charts.own_scale);
        }
    }
}

/// A chart at a width, with the height of its drawing in points.
pub fn draw(parts: &Parts<'_>, message: Message, width: Width) -> (brief::Chart, f64) {
    let drawing = drawing(parts, &message, width);
    let share = |label: &crate::chart::Label| {
        let frame = label.frame;
        let size = [frame.left, frame.top, frame.right - frame.left, frame.bottom - frame.top];
        Some(Mark {
            reference: Some(label.source()?.to_owned()),
            area: size.map(|length| (length * 10.0).round() / 10.0),
        })
    };
    let marks = drawing.labels.iter().filter_map(share).collect();
    let picture = Picture { svg: drawing.svg, alt: message.chart.alt(&parts.phrases.alt) };
    let Message { title, subtitle, .. } = message;
    let chart = brief::Chart { title, subtitle, picture, breadth: drawing.width_pt, marks, width, below: false };
    (chart, drawing.height_pt)
}

fn drawing(parts: &Parts<'_>, message: &Message, width: Width) -> Drawing {
    let style = match width {
        Width::Half => Style::half(),
        Width::Text | Width::Full => Style::of_width(390.0),
    };
    let style = Style { per_unit: message.per_unit, ..worded(style, parts) };
    message.chart.draw(&style, parts.faces)
}

/// The labels of a chart at half the page's width, each with its source.
#[cfg(test)]
pub(super) fn labels(parts: &Parts<'_>, message: &Message) -> Vec<(String, Option<String>)> {
    let labels = drawing(parts, message, Width::Half).labels;
    labels.iter().map(|label| (label.text().to_owned(), label.source().map(str::to_owned))).collect()
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
    Datum { derived: figure.is_derived(), source: Some(narrative::key(figure)), ..Datum::stated(figure.value, label) }
}

pub(super) fn money(print: Print<'_>, figure: &Figure) -> Datum {
    amount(print, figure, Coarse)
}

/// An amount with its label, which is no calculation where a document prints it.
pub(super) fn amount(print: Print<'_>, figure: &Figure, fineness: Fineness) -> Datum {
    let datum = datum(figure, print.cell(figure, fineness));
    if figure.is_derived() && !print.is_calculated(figure, |figure| print.cell(figure, fineness)) {
        let source = datum.source.map(|key| key + AS_STATED);
        return Datum { derived: false, source, ..datum };
    }
    datum
}

/// A point with its label: amounts as charts print them, counts as fine as all beside them are known.
pub(super) fn point(print: Print<'_>, figure: &Figure, fineness: Fineness) -> Datum {
    match figure.unit {
        Unit::Money { scale: Scale::Million, .. } => money(print, figure),
        Unit::Percent => datum(figure, print.cell(figure, Fine) + "%"),
        _ => datum(figure, print.cell(figure, fineness)),
    }
}

/// A change with its label, by the polarity of its metric.
pub(super) fn change(history: &History, figure: &Figure, label: String) -> chart::Change {
    let polarity = history.vocabulary().polarity(&figure.id.metric);
    let change = chart::Change::new(figure.value, label, polarity);
    chart::Change { derived: figure.is_derived(), source: Some(narrative::key(figure)), ..change }
}

pub(super) fn rate(print: Print<'_>, history: &History, figure: &Figure) -> chart::Change {
    change(history, figure, print.change(figure))
}

/// The periods of a history that are known well enough to draw: quarters, else years.
pub(super) fn known_periods(parts: &Parts<'_>, metric: &Metric, measure: Measure) -> Option<Vec<Period>> {
    let known = |period: &Period| actual(parts.history, metric, *period, measure).is_some();
    let by_quarter = well_known(quarters(parts).into_iter().map(Period::Quarter).collect(), known);
    let span = parts.quarter.cumulative();
    let spans = || {
        let all: Vec<Period> = [span.year_before().year_before(), span.year_before(), span].to_vec();
        let first = all.iter().position(known)?;
        (all.len() - first >= 2).then(|| all[first..].to_vec())
    };
    by_quarter.or_else(spans)
}

/// The periods from the first known one on, where enough of them are known and the last one is.
fn well_known(periods: Vec<Period>, known: impl Fn(&Period) -> bool) -> Option<Vec<Period>> {
    let first = periods.iter().position(&known)?;
    let count = periods.iter().filter(|period| known(period)).count();
    let enough = count >= FEWEST && count * 3 >= (periods.len() - first) * 2 && periods.last().is_some_and(known);
    enough.then(|| periods[first..].to_vec())
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

/// What the labels of points count.
pub(super) fn unit(print: Print<'_>, figure: &Figure, fineness: Fineness) -> String {
    match &figure.unit {
        Unit::Money { scale: Scale::Million, .. } => print.unit(Coarse),
        unit => print.unit_of(unit, fineness),
    }
}
