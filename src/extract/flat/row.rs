//! One row of a table whose columns are periods: its cells become facts.

use super::super::number::Sign;
use super::super::table::share_measure;
use super::super::{Number, Page, Statement, units};
use super::column::{Column, Says};
use super::place::{Place, RowName};
use super::stream::Cell;
use crate::model::{Fact, Measure, Metric, Scale, Unit};
use crate::vocabulary::normalize;

/// A row as printed.
pub struct Row<'a> {
    /// What its label names.
    pub name: RowName,
    /// The unit that the label prints: `(shares)`.
    pub unit: Option<Unit>,
    /// The unit of the whole table, where its columns name none.
    pub table_unit: Option<&'a Unit>,
    /// The cells and their columns.
    pub cells: Vec<(&'a Column, Cell)>,
}

/// Nouns that a label names in brackets as its unit.
const NOUNS: [&str; 4] = ["shares", "ADSs", "Gbps", "persons"];

/// The unit in a label's last brackets, and the label without them.
pub fn unit_in_label(label: &str, page: &Page<'_>) -> (String, Option<Unit>) {
    let found = label.rsplit_once('(').and_then(|(before, inside)| Some((before, inside.split_once(')')?)));
    let Some((before, (inside, behind))) = found else { return unit_behind_comma(label) };
    let word = inside.trim();
    if word.to_lowercase().starts_with("note") {
        return unit_in_label(&format!("{}{behind}", before.trim_end()), page);
    }
    let noun = NOUNS.iter().find(|noun| noun.eq_ignore_ascii_case(word)).map(|noun| Unit::count(noun));
    let thousands = (word == "000s" || word == "000").then(|| Unit::count("shares").at(Scale::Thousand));
    let currency = || units::currency(word).map(|currency| Unit::money(currency, Scale::One));
    let dollars = || word.to_lowercase().ends_with("dollar").then(|| Unit::money(page.company.currency, Scale::One));
    let scaled = || units::unit_in(&word.to_lowercase(), page.company.currency);
    match noun.or(thousands).or_else(currency).or_else(scaled).or_else(dollars) {
        Some(unit) => (format!("{}{behind}", before.trim_end()), Some(unit)),
        None => (label.to_owned(), None),
    }
}

/// `Earnings per share, EUR`.
fn unit_behind_comma(label: &str) -> (String, Option<Unit>) {
    let found = label.rsplit_once(", ").and_then(|(name, word)| match word {
        "%" => Some((name, Unit::Percent)),
        _ => units::currency(word).map(|currency| (name, Unit::money(currency, Scale::One))),
    });
    found.map_or((label.to_owned(), None), |(name, unit)| (name.to_owned(), Some(unit)))
}

/// The facts of a row.
pub fn facts(row: &Row<'_>, place: &Place, page: &Page<'_>) -> Vec<Fact> {
    row.cells.iter().filter_map(|(column, cell)| fact(row, column, cell, place, page)).collect()
}

fn fact(row: &Row<'_>, column: &Column, cell: &Cell, place: &Place, page: &Page<'_>) -> Option<Fact> {
    let number = cell.number.as_ref()?;
    let unit = unit(row, column, number, page)?;
    let mut metric = row.name.named.metric.clone();
    let mut measure = column.says.measure(&unit)?;
    if column.says == Says::Share {
        measure = share_measure(metric.as_ref());
    }
    if measure == Measure::Level {
        measure = level_measure(&row.name, &mut metric, &unit, page)?;
    }
    if unit == Unit::Percent && is_foreign(row.unit.as_ref(), page) {
        metric = None;
    }
    let names_loss = row.name.named.loss && metric.is_some() && !place.cash_flows && column.says == Says::Level;
    let value = if names_loss && number.sign == Sign::None { -number.magnitude } else { number.signed() };
    let says = Statement {
        metric,
        label: row.name.label.clone(),
        period: place.period(&row.name, column.period, page),
        basis: column.basis,
        measure,
        value,
        unit,
        approx: false,
    };
    Some(page.fact(cell.line, number.from, number.to, says))
}

/// A percentage among amounts is a margin, where the label is a profit's.
fn level_measure(name: &RowName, metric: &mut Option<Metric>, unit: &Unit, page: &Page<'_>) -> Option<Measure> {
    let margin = name.named.measure == Measure::MarginPct;
    if *unit != Unit::Percent {
        return (!margin).then_some(Measure::Level);
    }
    let Some(known) = metric.as_ref() else { return Some(Measure::Level) };
    if margin {
        return Some(Measure::MarginPct);
    }
    if page.vocabulary.entry(known).is_some_and(|entry| entry.unit == "%") {
        return Some(Measure::Level);
    }
    let profit = matches!(known.root(), "gross_profit" | "operating_income" | "net_income" | "income_before_tax");
    profit.then_some(Measure::MarginPct)
}

/// Whether a row is translated into another currency: its growth is not that of the company's figures.
fn is_foreign(unit: Option<&Unit>, page: &Page<'_>) -> bool {
    unit.and_then(Unit::currency).is_some_and(|currency| currency != page.company.currency)
}

/// The unit of one cell: its percent sign, its label's brackets, what its metric counts, its column's, the table's.
fn unit(row: &Row<'_>, column: &Column, number: &Number, page: &Page<'_>) -> Option<Unit> {
    if number.percent {
        return Some(Unit::Percent);
    }
    if column.says != Says::Level && column.unit == Some(Unit::Percent) {
        return column.unit.clone();
    }
    let translated = is_foreign(column.unit.as_ref(), page);
    if let Some(unit) = &row.unit {
        let same = unit.currency() == column.unit.as_ref().and_then(Unit::currency);
        return (!translated || same).then(|| unit.clone());
    }
    let declared = column.unit.as_ref().or(row.table_unit);
    let Some(metric) = &row.name.named.metric else {
        return declared.filter(|unit| unit.currency().is_none() || is_plain_money(&row.name.label, page)).cloned();
    };
    let root = Metric::new(metric.root()).ok();
    let entry = page.vocabulary.entry(metric).or_else(|| root.and_then(|root| page.vocabulary.entry(&root)));
    match entry.map(|entry| entry.unit.as_str()) {
        Some("per_share") => {
            let currency = declared.and_then(Unit::currency).unwrap_or(page.company.currency);
            Some(Unit::money(currency, Scale::One))
        }
        Some("%") if column.says != Says::Level => Some(Unit::Points),
        Some("%") => Some(Unit::Percent),
        Some("money" | "") | None => declared.cloned(),
        Some(_) if number.currency.is_some() || translated => None,
        Some(noun) => Some(declared.filter(|unit| unit.currency().is_none()).cloned().unwrap_or(Unit::count(noun))),
    }
}

/// Whether a label that we do not know may be money: none of its words counts something else.
fn is_plain_money(label: &str, page: &Page<'_>) -> bool {
    let key = format!(" {} ", normalize(label));
    !page.vocabulary.words().not_money.iter().any(|words| key.contains(&format!(" {words} ")))
}
