//! Damaged numbers: a blank inside the digits (`69 .8`, `20. 0`). The reading is kept only where a share of revenue that the same
//! document states proves it; else the figure is left out.

use rust_decimal::Decimal;

use crate::model::{Fact, Measure, Repair};

/// Why a damaged number is left out.
pub const UNPROVEN: &str = "damaged, and no other statement proves the reading";

/// Marks proven readings as repaired and drops the others.
pub fn settle(facts: Vec<Fact>) -> (Vec<Fact>, Vec<Fact>) {
    let (damaged, mut sound): (Vec<Fact>, Vec<Fact>) = facts.into_iter().partition(is_damaged);
    let mut dropped = Vec::new();
    for mut fact in damaged {
        match proof(&fact, &sound) {
            Some(reason) => {
                fact.repaired = Some(Repair { printed: fact.source.printed.clone(), reason });
                sound.push(fact);
            }
            None => dropped.push(fact),
        }
    }
    (sound, dropped)
}

fn is_damaged(fact: &Fact) -> bool {
    let signs = |c: char| matches!(c, '(' | ')' | '%' | ' ' | '△' | '▲' | '+' | '-' | '−');
    let digits = fact.source.printed.trim_matches(signs);
    digits.contains(' ') && !is_grouped(digits)
}

/// `2 602`: blanks that part thousands.
fn is_grouped(digits: &str) -> bool {
    let whole = |group: &str| group.bytes().all(|byte| byte.is_ascii_digit());
    let mut groups = digits.split(' ');
    groups.next().is_some_and(|first| first.len() <= 3 && whole(first)) && groups.all(|g| g.len() == 3 && whole(g))
}

/// The share of revenue that the document states for the figure, times revenue, rounds to the reading.
fn proof(fact: &Fact, sound: &[Fact]) -> Option<String> {
    let same_time = |other: &&Fact| other.period == fact.period && other.basis == fact.basis;
    let shares = [Measure::ShareOfRevenuePct, Measure::MarginPct];
    let share = sound.iter().filter(same_time).find(|f| f.metric == fact.metric && shares.contains(&f.measure))?;
    let is_revenue =
        |f: &&Fact| f.metric.as_ref().is_some_and(|m| m.as_str() == "revenue") && f.measure == Measure::Level;
    let revenue = sound.iter().filter(same_time).filter(|f| f.unit == fact.unit).find(is_revenue)?;
    let expected = revenue.value * share.value / Decimal::ONE_HUNDRED;
    let slack = revenue.value * share.half_width() / Decimal::ONE_HUNDRED + revenue.half_width() + fact.half_width();
    let proves = fact.metric.is_some() && (expected - fact.value).abs() <= slack;
    proves.then(|| format!("{} % of revenue of {} is {}", share.value, revenue.value, expected.round_dp(2).normalize()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::cases::{iij, seed};
    use crate::vocabulary::Vocabulary;

    #[test]
    fn a_broken_number_is_mended_only_on_evidence() {
        let company = iij();
        let reading =
            crate::extract::extract(&seed("2017-08-08-1q17-results-deck"), &company, &Vocabulary::of(&company));
        let mended: Vec<_> =
            reading.value.facts.iter().filter(|f| f.repaired.is_some() && f.source.line == 60).collect();
        assert_eq!(mended.len(), 1);
        assert_eq!(mended[0].value.to_string(), "69.8");
        let alone = settle(vec![Fact { repaired: None, ..mended[0].clone() }]);
        assert_eq!((alone.0.len(), alone.1.len()), (0, 1), "without the share there is no proof");
    }
}
