//! Finer digits of what a document states coarsely: `gross profit of 7.9 billion`, where its table gives revenue and cost in
//! thousands. The finer figure is shown with its derivation; the coarse statements agree with it and stay beside it.
//!
//! One document must state all of it: between documents a restatement would hide in the coarse figure's rounding. For the same
//! reason only identities that hold by definition count.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use rust_decimal::Decimal;

use crate::model::{Basis, Calendar, Fact, Figure, FigureId, Metric, Origin, Period};
use crate::vocabulary::Vocabulary;

use super::board::{Board, Level, Proposals, interval_of};
use super::interval::Interval;
use super::{prior_level, spans, statement_line};

/// Finer figures rest on at most so many others in a row.
const ROUNDS: usize = 3;

/// Puts finer figures in the place of coarse ones, which are returned.
pub(super) fn refine(
    vocabulary: &Vocabulary,
    calendar: Calendar,
    figures: &mut BTreeMap<FigureId, Figure>,
    contested: &BTreeSet<FigureId>,
) -> BTreeMap<FigureId, Figure> {
    let stated = figures.clone();
    for _ in 0..ROUNDS {
        let mut board = Board::new(vocabulary, calendar, figures, contested);
        board.refining = true;
        let homes = Homes { figures, stated: &stated };
        let mut found = Proposals::through(Box::new(|metric, period, level| homes.allow(metric, period, level)));
        spans::propose(&board, &mut found);
        statement_line::propose(&board, &mut found);
        prior_level::propose(&board, &mut found);
        let finer: Vec<Figure> = found.into_figures().collect();
        let before = figures.len();
        let changed = finer.iter().any(|figure| figures.get(&figure.id) != Some(figure));
        figures.extend(finer.into_iter().map(|figure| (figure.id.clone(), figure)));
        debug_assert!(figures.len() == before);
        if !changed {
            break;
        }
    }
    let finer = figures.iter().filter(|(_, figure)| figure.is_derived());
    finer.filter_map(|(id, _)| Some((id.clone(), stated.get(id)?.clone()))).collect()
}

/// Half of the unit that figures are kept in: what is stated to its last digit is fine enough for any reader.
const HALF: Decimal = Decimal::from_parts(5, 0, 0, false, 1);

/// Which documents state what.
struct Homes<'a> {
    figures: &'a BTreeMap<FigureId, Figure>,
    stated: &'a BTreeMap<FigureId, Figure>,
}

impl Homes<'_> {
    /// Whether a proposal tells more digits than the stated figure, agrees with it, and comes from one document with it.
    fn allow(&self, metric: &Metric, period: Period, level: &Level) -> bool {
        let id = FigureId::level(metric, period, Basis::Actual);
        let (Some(coarse), Some((_, inputs))) = (self.stated.get(&id), &level.derivation) else { return false };
        let Some(mut homes) = inputs.iter().map(|input| self.homes(input)).reduce(|a, b| &a & &b) else { return false };
        homes.retain(|home| coarse.facts().iter().any(|fact| fact.source.document == *home));
        !homes.is_empty()
            && coarse.unit == level.unit
            && !coarse.is_approximate()
            && coarse.half_width > HALF
            && level.is_finer_than(coarse.half_width)
            && may_round_to(level.interval, interval_of(coarse))
    }

    /// The documents that give a figure in these digits.
    fn homes(&self, id: &FigureId) -> BTreeSet<Arc<str>> {
        match self.figures.get(id).map(|figure| (&figure.origin, figure.half_width)) {
            Some((Origin::Stated(facts), half_width)) => {
                let as_fine =
                    |fact: &&Fact| fact.half_width() * fact.unit.scale().factor() <= widest(half_width, facts);
                facts.iter().filter(as_fine).map(|fact| fact.source.document.clone()).collect()
            }
            Some((Origin::Derived { inputs, .. }, _)) => {
                inputs.iter().map(|input| self.homes(input)).reduce(|a, b| &a & &b).unwrap_or_default()
            }
            None => BTreeSet::new(),
        }
    }
}

/// The width of the chosen statement in ones.
fn widest(half_width: Decimal, facts: &[Fact]) -> Decimal {
    facts.first().map_or(half_width, |fact| fact.half_width() * fact.unit.scale().factor())
}

/// Whether some value of the finer figure is printed as the coarse one, rounded half up or cut off.
fn may_round_to(fine: Interval, coarse: Interval) -> bool {
    let digit = coarse.half_width * Decimal::TWO;
    let (low, high) = match coarse.value.is_sign_negative() {
        true => (coarse.value - digit, coarse.high()),
        false => (coarse.low(), coarse.value + digit),
    };
    fine.high() >= low && fine.low() <= high
}

#[cfg(test)]
mod tests {
    use super::super::cases::{check, history, reading};
    use super::*;

    const LINES: &str =
        "revenue 3Q18 48418757 JPY thousand; cost_of_revenue 3Q18 40493726 JPY thousand; gross_profit 3Q18";

    #[test]
    fn a_coarse_statement_gives_way_to_the_finer_sum_of_its_document() {
        let facts = format!("{LINES} 7.9 JPY billion");
        check(&[("2019-02-06", &facts)], "gross_profit", "3Q18 7925.031 ± 0.001 statement_line");
        let history = history(&[reading("2019-02-06", &facts)]).value;
        let id = "gross_profit"
            .parse()
            .map(|metric| FigureId::level(&metric, "3Q18".parse().expect("a period"), Basis::Actual));
        let agreeing = history.agreeing(&id.expect("an id"));
        assert_eq!(agreeing.iter().map(|fact| fact.source.printed.as_str()).collect::<Vec<_>>(), ["7.9"]);
    }

    #[test]
    fn what_does_not_round_to_it_leaves_it_as_stated() {
        // Cut off is 7.9, rounded is 7.9; 7.8 and 8.0 are neither.
        for other in ["7.8", "8.0", "8.1"] {
            let expected = format!("3Q18 {}00 ± 50 stated", other.replace('.', ""));
            check(&[("2019-02-06", &format!("{LINES} {other} JPY billion"))], "gross_profit", &expected);
        }
        let close =
            "revenue 3Q18 10.00 JPY billion; cost_of_revenue 3Q18 2.12 JPY billion; gross_profit 3Q18 7.9 JPY billion";
        check(&[("2019-02-06", close)], "gross_profit", "3Q18 7900 ± 50 stated");
    }

    #[test]
    fn two_documents_do_not_refine_each_other() {
        let coarse = ("2018-02-06", "gross_profit 3Q18 7.9 JPY billion");
        let fine = "revenue 3Q18 48418757 JPY thousand; cost_of_revenue 3Q18 40493726 JPY thousand";
        check(&[coarse, ("2019-02-06", fine)], "gross_profit", "3Q18 7900 ± 50 stated");
        let mixed = "gross_profit 3Q18 7.9 JPY billion; revenue 3Q18 48418757 JPY thousand";
        let cost = "cost_of_revenue 3Q18 40493726 JPY thousand";
        check(&[("2019-02-06", mixed), ("2019-05-06", cost)], "gross_profit", "3Q18 7900 ± 50 stated");
    }

    #[test]
    fn sums_of_spans_refine_too_and_what_follows_uses_them() {
        let facts = "revenue 1Q16 30000 JPY million; revenue 2Q16 40123 JPY million; revenue 1H16 70.1 JPY billion; \
                     revenue FY16 150000 JPY million";
        check(&[("2017-05-15", facts)], "revenue", "1H16 70123 ± 1 span_sum; 2H16 79877 ± 1.5 span_difference");
        let quarters = "revenue 1Q16 30000 JPY million; revenue 2Q16 40123 JPY million; revenue 3Q16 10 JPY million; \
                        revenue 4Q16 20 JPY million; revenue FY16 70.2 JPY billion";
        check(&[("2017-05-15", quarters)], "revenue", "FY16 70153 ± 2 span_sum");
    }

    #[test]
    fn a_printed_change_refines_last_year_and_a_growth_rate_does_not() {
        let facts =
            "operating_income 1Q12 1.4 JPY billion; operating_income 1Q13 1305 JPY million; operating_income 1Q13";
        let by = |change: &str| format!("{facts} {change}");
        let check = |change: &str, expected| check(&[("2013-08-06", &by(change))], "operating_income", expected);
        check("yoy_abs -69 JPY million", "1Q12 1374 ± 1 level_less_change");
        check("yoy_pct -5.02 %", "1Q12 1400 ± 50 stated");
    }

    #[test]
    fn what_a_company_defines_as_it_likes_refines_nothing() {
        let facts = "adjusted_ebitda FY16 16109 JPY million; depreciation_and_amortization FY16 10894 JPY million; \
                     operating_income FY16 5.2 JPY billion";
        check(&[("2017-05-15", facts)], "operating_income", "FY16 5200 ± 50 stated");
    }
}
