//! Tables whose columns are metrics and whose rows are periods: the summary that Japanese exchanges ask for. How the header and
//! the rows are found is its callers' business; here they become facts.

use chrono::Datelike;

use super::super::{Page, Statement};
use super::column::basis_of;
use super::stream::Cell;
use crate::model::{Basis, Fact, Measure, Metric, MetricKind, Period, Quarter, Scale, Unit};
use crate::vocabulary::{Term, normalize};

/// How far before a table its heading says what the rows are, in tokens.
pub const HEADING: usize = 45;

/// What a column holds.
#[derive(Clone, Debug)]
pub struct Head {
    /// As printed.
    pub label: String,
    /// The metric, where the label is known.
    pub metric: Option<Metric>,
    /// The amount, or its growth.
    pub measure: Measure,
    /// The unit.
    pub unit: Unit,
    /// For dividends: which part of the year.
    pub part: Part,
}

/// A part of the row's period.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// All of it.
    Whole,
    /// The end of a quarter.
    QuarterEnd(u8),
    /// The end of the year.
    YearEnd,
}

/// One row.
#[derive(Clone, Debug)]
pub struct Row {
    /// The time.
    pub period: Period,
    /// Whether the row calls itself a forecast.
    pub forecast: bool,
    /// As printed.
    pub cells: Vec<Cell>,
}

/// The columns that labels and units make together: as many labels as units, or a label for each amount with its growth behind.
pub fn heads(labels: &[Named], units: &[Unit], page: &Page<'_>) -> Option<Vec<Head>> {
    let labels: Vec<Label> = labels.iter().cloned().map(|(label, metric, of)| (label, Some(metric), of)).collect();
    heads_of(&labels, units, page)
}

/// The same where cells that are certain hold the labels, so that one of them may be unknown.
pub fn heads_of(labels: &[Label], units: &[Unit], page: &Page<'_>) -> Option<Vec<Head>> {
    paired(labels, units).filter(|heads| heads.iter().all(|head| fits(head, page)))
}

fn paired(labels: &[Label], units: &[Unit]) -> Option<Vec<Head>> {
    let head = |(label, metric, measure): &Label, unit: &Unit| Head {
        label: label.clone(),
        metric: metric.clone(),
        measure: *measure,
        unit: unit.clone(),
        part: Part::Whole,
    };
    if labels.len() == units.len() {
        return Some(labels.iter().zip(units).map(|(label, unit)| head(label, unit)).collect());
    }
    let amounts = units.iter().filter(|unit| **unit != Unit::Percent).count();
    if amounts != labels.len() || units.first() == Some(&Unit::Percent) {
        return None;
    }
    let mut heads: Vec<Head> = Vec::new();
    let mut next = labels.iter();
    for unit in units {
        match (unit, heads.last()) {
            (Unit::Percent, Some(last)) if last.measure == Measure::Level => {
                let growth = Head { measure: Measure::YoyPct, unit: Unit::Percent, ..last.clone() };
                heads.push(growth);
            }
            (Unit::Percent, _) => return None,
            _ => heads.push(head(next.next()?, unit)),
        }
    }
    Some(heads)
}

/// Whether a column's unit is one of its metric: profits per share are no profits.
fn fits(head: &Head, page: &Page<'_>) -> bool {
    if head.measure != Measure::Level {
        return head.unit == Unit::Percent;
    }
    match head.metric.as_ref().and_then(|metric| page.vocabulary.entry(metric)).map(|entry| entry.unit.as_str()) {
        Some("money") => matches!(head.unit, Unit::Money { scale, .. } if scale != Scale::One),
        Some("per_share") => matches!(head.unit, Unit::Money { scale: Scale::One, .. }),
        Some("%") => head.unit == Unit::Percent,
        _ => true,
    }
}

/// A label as printed, and what it names: an amount, or a margin.
pub type Named = (String, Metric, Measure);

/// A label that may name nothing we know.
pub type Label = (String, Option<Metric>, Measure);

/// What a column's label names, whole and without doubt.
pub fn named(label: &str, page: &Page<'_>) -> Option<Named> {
    let joined: String = label.split_whitespace().collect();
    let japanese = || page.vocabulary.term(&joined).filter(|_| !label.is_ascii());
    match page.vocabulary.term(label).or_else(japanese)? {
        Term::Metric(metric, measure) => {
            let label = if label.is_ascii() { label.to_owned() } else { joined };
            Some((label, metric.clone(), *measure))
        }
        Term::Segment(_) => None,
    }
}

/// The part of the year that a dividend's column names.
pub fn part(label: &str) -> Option<Part> {
    let key = normalize(label);
    let key = key.replace(' ', "");
    match key.as_str() {
        "yearend" | "期末" | "fiscalyearend" | "yearendperiod" => return Some(Part::YearEnd),
        "total" | "annual" | "合計" | "年間" => return Some(Part::Whole),
        _ => {}
    }
    let quarter = key.strip_suffix("qend").or_else(|| key.strip_prefix('第')?.strip_suffix("四半期末"));
    let words = [
        ("firstquarterend", 1),
        ("secondquarterend", 2),
        ("thirdquarterend", 3),
        ("1stquarterend", 1),
        ("2ndquarterend", 2),
        ("3rdquarterend", 3),
        ("endoffirstquarter", 1),
        ("endofsecondquarter", 2),
        ("endofthirdquarter", 3),
        ("endofq1", 1),
        ("endofq2", 2),
        ("endofq3", 3),
        ("endof1q", 1),
        ("endof2q", 2),
        ("endof3q", 3),
        ("interim", 2),
        ("中間期末", 2),
    ];
    let number = words.iter().find(|(word, _)| *word == key).map(|(_, n)| *n).or_else(|| quarter?.parse().ok())?;
    (1..=3).contains(&number).then_some(Part::QuarterEnd(number))
}

/// The columns of a table of dividends: the parts of the year, then other figures of the year; titles stand in the same order.
pub fn dividends(parts: &[(String, Part)], titles: &[Named], units: &[Unit]) -> Option<Vec<Head>> {
    let (title, others) = titles.split_first()?;
    let per_share = units.get(..parts.len())?;
    if parts.len() < 3 || parts.len() + others.len() != units.len() || per_share.iter().any(|u| *u != per_share[0]) {
        return None;
    }
    let mut heads: Vec<Head> = Vec::new();
    for ((label, part), unit) in parts.iter().zip(per_share) {
        let (metric, unit) = (Some(title.1.clone()), unit.clone());
        heads.push(Head { label: label.clone(), metric, measure: Measure::Level, unit, part: *part });
    }
    for ((label, metric, measure), unit) in others.iter().zip(&units[parts.len()..]) {
        let (label, metric, unit) = (label.clone(), Some(metric.clone()), unit.clone());
        heads.push(Head { label, metric, measure: *measure, unit, part: Part::Whole });
    }
    Some(heads)
}

/// The facts of a table.
pub fn facts(heads: &[Head], rows: &[Row], target: bool, page: &Page<'_>) -> Vec<Fact> {
    let mut facts = Vec::new();
    for (index, row) in rows.iter().enumerate() {
        for (head, cell) in columns_of(heads, rows, index).into_iter().zip(&row.cells) {
            facts.extend(fact(head, row, cell, stands_at_date(head, heads, page), target, page));
        }
    }
    facts
}

/// The columns of a row's cells. A row that lacks cells is read only together with the forecast of the same year, when both fill
/// the columns exactly (what has happened comes first), or where dividends show by their sum which parts of the year they are.
fn columns_of<'a>(heads: &'a [Head], rows: &[Row], index: usize) -> Vec<&'a Head> {
    let row = &rows[index];
    if row.cells.len() == heads.len() {
        return heads.iter().collect();
    }
    let other = if row.forecast { index.checked_sub(1) } else { Some(index + 1) };
    let partner = other.and_then(|at| rows.get(at));
    let partner = partner.filter(|other| other.period == row.period && other.forecast != row.forecast);
    let empty = |cells: &[Cell]| cells.iter().all(|cell| cell.number.is_none());
    if partner.is_some_and(|other| other.cells.len() == heads.len() && empty(&other.cells[..row.cells.len()])) {
        return heads.iter().take(row.cells.len()).collect();
    }
    let (first, second) = if row.forecast { (partner, Some(row)) } else { (Some(row), partner) };
    let cells: Vec<&Cell> = first.into_iter().chain(second).flat_map(|row| &row.cells).collect();
    let whole = if cells.len() == heads.len() && partner.is_some() {
        heads.iter().collect()
    } else if row.forecast && partner.is_none() {
        promised(heads, &cells).unwrap_or_else(|| by_sum(heads, &cells))
    } else {
        by_sum(heads, &cells)
    };
    let before = if row.forecast { cells.len() - row.cells.len() } else { 0 };
    whole.into_iter().skip(before).collect()
}

/// The forecast of a year's dividends: all parts with their sum, then the payout ratio alone; no amount of all dividends is
/// promised.
fn promised<'a>(heads: &'a [Head], cells: &[&Cell]) -> Option<Vec<&'a Head>> {
    let parts = heads.iter().take_while(|head| head.part != Part::Whole).count();
    let total = heads.get(parts).filter(|_| parts >= 3 && cells.len() == parts + 2)?;
    let amount = |cell: &Cell| cell.number.as_ref().map(|number| number.magnitude);
    let sum: rust_decimal::Decimal = cells[..parts].iter().filter_map(|cell| amount(cell)).sum();
    let ratio = heads[parts + 1..]
        .iter()
        .find(|head| head.metric.as_ref().is_some_and(|metric| metric.as_str() == "payout_ratio"))?;
    (amount(cells[parts])? == sum).then(|| heads[..parts].iter().chain([total, ratio]).collect())
}

/// The columns of dividends that lack cells: an interim and a year-end dividend and their sum, or a year-end dividend twice.
fn by_sum<'a>(heads: &'a [Head], cells: &[&Cell]) -> Vec<&'a Head> {
    let amounts: Option<Vec<_>> = cells.iter().map(|cell| Some(cell.number.as_ref()?.magnitude)).collect();
    let parts: &[Part] = match amounts.as_deref() {
        Some([interim, end, total]) if interim + end == *total => &[Part::QuarterEnd(2), Part::YearEnd, Part::Whole],
        Some([end, total]) if end == total => &[Part::YearEnd, Part::Whole],
        _ => return Vec::new(),
    };
    let of_part = |part: &Part| heads.iter().find(|head| head.part == *part);
    if heads.iter().filter(|head| head.part == Part::Whole).count() != 1 {
        return Vec::new();
    }
    parts.iter().map(of_part).collect::<Option<_>>().unwrap_or_default()
}

fn fact(head: &Head, row: &Row, cell: &Cell, stock: bool, target: bool, page: &Page<'_>) -> Option<Fact> {
    let number = cell.number.as_ref()?;
    let calendar = &page.company.fiscal_year;
    let period = match head.part {
        Part::Whole if stock => Period::Instant(calendar.end(row.period)),
        Part::Whole => row.period,
        Part::YearEnd => Period::Instant(calendar.end(row.period)),
        Part::QuarterEnd(number) => quarter_end(row.period, number, page)?,
    };
    let promised = target || row.forecast;
    let basis = if promised { Basis::Target } else { basis_of(period, page.outline.date, calendar) };
    let says = Statement {
        metric: head.metric.clone(),
        label: head.label.clone(),
        period,
        basis,
        measure: head.measure,
        value: number.signed(),
        unit: head.unit.clone(),
        approx: false,
    };
    Some(page.fact(cell.line, number.from, number.to, says))
}

/// `March 2023` beside a span that ends in March: the span as long that ends then; else the last day of the month.
pub fn span_of_month(year: i32, month: u8, beside: Period, page: &Page<'_>) -> Option<Period> {
    let calendar = &page.company.fiscal_year;
    let last = calendar.end(Period::Month { year, month });
    let (first, end) = calendar.days(beside);
    let months = (end.year() * 12 + end.month() as i32) - (first.year() * 12 + first.month() as i32) + 1;
    let same_month = end.month() == last.month();
    Some(if same_month { calendar.span_ending(u32::try_from(months).ok()?, last)? } else { Period::Instant(last) })
}

/// The last day of a quarter of a year.
pub fn quarter_end(year: Period, number: u8, page: &Page<'_>) -> Option<Period> {
    let quarter = Quarter::new(year.fiscal_year()?, number)?;
    Some(Period::Instant(page.company.fiscal_year.end(Period::Quarter(quarter))))
}

/// Stocks stand at the end of the row's period; so do ratios among stocks, where nothing flows.
fn stands_at_date(head: &Head, heads: &[Head], page: &Page<'_>) -> bool {
    let entry = |head: &Head| head.metric.as_ref().and_then(|metric| page.vocabulary.entry(metric));
    let kind = |head: &Head| entry(head).map_or(MetricKind::Flow, |entry| entry.kind);
    let among = |wanted: MetricKind| heads.iter().any(|head| kind(head) == wanted);
    match kind(head) {
        MetricKind::Stock => true,
        MetricKind::Ratio => among(MetricKind::Stock) && !among(MetricKind::Flow),
        MetricKind::Flow => false,
    }
}

/// Whether a heading speaks of what is to come.
pub fn is_target(heading: &str, page: &Page<'_>) -> bool {
    let key = format!(" {} ", normalize(heading));
    let words = page.vocabulary.words();
    let says =
        |word: &String| if word.is_ascii() { key.contains(&format!(" {word} ")) } else { key.contains(word.as_str()) };
    words.target.iter().any(says)
}
