//! Doubtful tables: those under a heading about another entity, or without a unit of their own. Their figures are believed to be
//! the company's, in a unit, only where the same figures stand elsewhere in the document beyond doubt.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use crate::model::{Fact, Measure, Metric, Period, Scale, Unit};

/// The facts of one table and what is doubtful about it.
pub struct Table {
    /// Its facts.
    pub facts: Vec<Fact>,
    /// The words above it that speak of another entity.
    pub apart: Option<String>,
    /// Whether bare amounts took their unit from another section, or from nowhere.
    pub unit_of: UnitOf,
}

/// Where the unit of bare amounts comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UnitOf {
    /// Declared in the table's own section.
    Section,
    /// Carried over from a section before.
    Carried,
    /// Declared nowhere before: the facts carry a placeholder.
    Nowhere,
}

/// Figures that a table must share with the rest of the document to be believed.
const WITNESSES: usize = 2;

type Stated = BTreeMap<(Metric, Period, Decimal), Vec<Unit>>;

/// Settles the doubts: with witnesses a table takes their unit and keeps its metrics; without, a table apart loses its metrics
/// and one without any unit loses its bare amounts.
pub fn settle(tables: Vec<Table>) -> Vec<Fact> {
    let stated = statements(tables.iter().filter(|table| table.apart.is_none() && table.unit_of == UnitOf::Section));
    tables.into_iter().flat_map(|table| settle_one(table, &stated)).collect()
}

fn statements<'a>(tables: impl Iterator<Item = &'a Table>) -> Stated {
    let mut stated = Stated::new();
    for fact in tables.flat_map(|table| &table.facts).filter(|fact| fact.measure == Measure::Level) {
        if let Some(metric) = &fact.metric {
            stated.entry((metric.clone(), fact.period, fact.value.normalize())).or_default().push(fact.unit.clone());
        }
    }
    stated
}

fn settle_one(mut table: Table, stated: &Stated) -> Vec<Fact> {
    if table.apart.is_none() && table.unit_of == UnitOf::Section {
        return table.facts;
    }
    let witness = |fact: &Fact| {
        let key = (fact.metric.clone()?, fact.period, fact.value.normalize());
        let units = stated.get(&key).filter(|_| fact.measure == Measure::Level && !fact.value.is_zero())?;
        units.iter().find(|unit| unit.currency().is_some()).cloned()
    };
    let witnesses: Vec<Unit> = table.facts.iter().filter_map(witness).collect();
    let agreed =
        witnesses.first().filter(|first| witnesses.len() >= WITNESSES && witnesses.iter().all(|u| u == *first));
    match agreed {
        Some(unit) => table.facts.iter_mut().filter(|fact| is_bare(fact)).for_each(|fact| fact.unit = unit.clone()),
        None if table.unit_of == UnitOf::Nowhere => table.facts.retain(|fact| !is_bare(fact)),
        None => {}
    }
    if let Some(owner) = table.apart.filter(|_| agreed.is_none()) {
        for fact in &mut table.facts {
            fact.metric = None;
            fact.label = format!("{owner}: {}", fact.label);
        }
    }
    table.facts
}

/// An amount whose unit is the table's, not its own.
fn is_bare(fact: &Fact) -> bool {
    matches!(&fact.unit, Unit::Money { scale, .. } if *scale != Scale::One) || is_placeholder(&fact.unit)
}

/// The unit of amounts that no unit is declared for.
pub fn placeholder() -> Unit {
    Unit::count("")
}

fn is_placeholder(unit: &Unit) -> bool {
    *unit == placeholder()
}
