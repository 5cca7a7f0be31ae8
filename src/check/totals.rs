//! Totals by what they say: which other metric of a document has this very amount for a span. A damaged document may state
//! thousands of totals that each miss their parts, so they are looked up and not walked through.

use std::collections::BTreeMap;
use std::ops::Bound;
use std::sync::Arc;

use rust_decimal::Decimal;

use crate::history::gather::{Stated, Statements};
use crate::model::{Basis, FigureId, Measure, Metric, Period, Unit};

/// Where totals are alike but for their metric: document, period, basis, measure, unit.
type Shelf<'a> = (&'a Arc<str>, Period, Basis, Measure, &'a Unit);

/// The metrics that have an amount, by amount, by half of its last digit.
type Amounts<'a> = BTreeMap<Decimal, BTreeMap<Decimal, Vec<&'a Metric>>>;

/// Every amount of every document, to be found by what it is.
#[derive(Debug)]
pub(super) struct Totals<'a>(BTreeMap<Shelf<'a>, Amounts<'a>>);

impl<'a> Totals<'a> {
    /// All statements.
    pub fn of(statements: &'a Statements) -> Self {
        let mut shelves: BTreeMap<Shelf<'a>, Amounts<'a>> = BTreeMap::new();
        for (id, stated) in statements.iter().flat_map(|(id, all)| all.iter().map(move |stated| (id, stated))) {
            let shelf = shelves.entry(shelf(id, stated)).or_default();
            let metrics =
                shelf.entry(stated.interval.half_width).or_default().entry(stated.interval.value).or_default();
            // Statements come figure by figure: one that says the same again stands last.
            if metrics.last() != Some(&&id.metric) {
                metrics.push(&id.metric);
            }
        }
        Self(shelves)
    }

    /// The first other metric of the document of a statement whose total for the same span is this amount, to its last digit.
    pub fn other(&self, id: &FigureId, printed: &Stated, amount: Decimal) -> Option<&'a Metric> {
        let near = self.0.get(&shelf(id, printed))?.iter().flat_map(|(half_width, by_amount)| {
            // A total of a few digits is met by chance.
            let large = amount.abs() >= half_width * Decimal::TWO * Decimal::ONE_THOUSAND;
            let reach = (Bound::Included(amount - half_width), Bound::Included(amount + half_width));
            large.then(|| by_amount.range(reach)).into_iter().flatten()
        });
        near.flat_map(|(_, metrics)| metrics.iter().copied()).filter(|metric| **metric != id.metric).min()
    }
}

fn shelf<'a>(id: &FigureId, stated: &'a Stated) -> Shelf<'a> {
    (&stated.fact.source.document, id.period, id.basis, id.measure, &stated.unit)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::history::cases;
    use crate::history::gather::gather;

    #[test]
    fn a_total_is_found_by_its_amount_within_its_last_digit() {
        let check = |wanted: &str, expected: Option<&str>| {
            let reading = cases::reading(
                "2017-08-08",
                "revenue 1H16 74120 JPY million; cost_of_revenue 1H16 162.0 JPY billion; sga 1H16 162.0 JPY billion; \
                 gross_profit 1H16 12103 JPY million; sga 1Q16 500 JPY million",
            );
            let (company, vocabulary) = (cases::company(), cases::vocabulary());
            let (statements, _) = gather(std::slice::from_ref(&reading), &company, &vocabulary);
            let (id, all) = statements.iter().find(|(id, _)| id.metric.as_str() == "revenue").expect("a revenue");
            let amount = wanted.parse().expect("an amount");
            let found = Totals::of(&statements).other(id, &all[0], amount).map(Metric::as_str);
            assert_eq!(found, expected, "{wanted}");
        };
        check("12103", Some("gross_profit"));
        check("12103.5", Some("gross_profit"));
        check("12104", None);
        // Of several the first; within the digit that is printed.
        check("162040", Some("cost_of_revenue"));
        check("161940", None);
        // Its own amount, and one of another span.
        check("74120", None);
        check("500", None);
    }
}
