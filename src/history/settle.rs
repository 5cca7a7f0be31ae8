//! One figure where several facts state it: the finer wins if the others are its roundings, else the later document.

use rust_decimal::{Decimal, RoundingStrategy};

use crate::model::{Figure, FigureId, Origin};

use super::conflict::Conflict;
use super::gather::Stated;

/// A figure as its statements settle it.
#[derive(Debug)]
pub(super) struct Settled {
    /// The figure.
    pub figure: Figure,
    /// The statements that say otherwise.
    pub conflict: Option<Conflict>,
    /// Whether firm statements disagree, so that nothing should be derived from the figure.
    pub contested: bool,
}

/// Settles the statements of one figure, ranked as [`gather`](super::gather::gather) ranks them; `None` without any.
pub(super) fn settle(id: &FigureId, ranked: &[Stated]) -> Option<Settled> {
    let best = ranked.first()?;
    let anchor = if ranked.iter().all(|other| agree(best, other)) { best } else { latest(ranked)? };
    let same: Vec<&Stated> = ranked.iter().filter(|other| agree(anchor, other)).collect();
    let mut others: Vec<&Stated> = ranked.iter().filter(|other| !agree(anchor, other)).collect();
    others.sort_by_key(|other| std::cmp::Reverse(other.date));
    let chosen = same.first()?;
    let contested = chosen.is_firm() && is_contested(&same, &others);
    let conflict = (!others.is_empty()).then(|| Conflict {
        id: id.clone(),
        chosen: chosen.fact.clone(),
        others: others.iter().map(|other| other.fact.clone()).collect(),
    });
    Some(Settled { figure: stated_figure(id, &same)?, conflict, contested })
}

/// Whether firm statements stand against each other. One slip in a document that says otherwise three times does not count;
/// another document's value does, as the figures around it may be on the old footing.
fn is_contested(same: &[&Stated], others: &[&Stated]) -> bool {
    let against: Vec<&&Stated> = others.iter().filter(|other| other.is_firm()).collect();
    let outvoted = |other: &&Stated| {
        let beside = |stated: &&&Stated| stated.is_firm() && stated.fact.source.document == other.fact.source.document;
        same.iter().filter(beside).count() >= 3 * against.len()
    };
    !against.iter().all(|other| outvoted(other))
}

/// The figure of statements that agree, the best first.
pub(super) fn stated_figure(id: &FigureId, same: &[&Stated]) -> Option<Figure> {
    let chosen = same.first()?;
    Some(Figure {
        id: id.clone(),
        value: chosen.interval.value,
        unit: chosen.unit.clone(),
        half_width: chosen.interval.half_width,
        origin: Origin::Stated(same.iter().map(|stated| stated.fact.clone()).collect()),
    })
}

/// The best statement of the latest document, among the firm ones where there are any: the one that most others agree
/// with, since a slip of the pen stands alone.
fn latest(ranked: &[Stated]) -> Option<&Stated> {
    let firm: Vec<&Stated> = ranked.iter().filter(|stated| stated.is_firm()).collect();
    let pool = if firm.is_empty() { ranked.iter().collect() } else { firm };
    let date = pool.iter().map(|stated| stated.date).max()?;
    let of_date: Vec<&Stated> = pool.into_iter().filter(|stated| stated.date == date).collect();
    let support = |stated: &&Stated| of_date.iter().filter(|other| agree(stated, other)).count();
    // Of equals the first is the best; `max_by_key` would take the last.
    of_date.iter().rev().copied().max_by_key(support)
}

/// The statements of the latest document, and those of earlier ones that say the same.
pub(super) fn of_latest_document(ranked: &[Stated]) -> Vec<Stated> {
    let Some(anchor) = latest(ranked) else { return Vec::new() };
    let same_day = |other: &Stated| other.date == anchor.date;
    ranked.iter().filter(|other| same_day(other) || agree(anchor, other)).cloned().collect()
}

/// Whether two statements may mean one amount: they differ by at most one of the coarser one's last digit. That covers
/// rounding half up, truncation, and totals that a company rounds apart.
fn agree(a: &Stated, b: &Stated) -> bool {
    (a.interval.value - b.interval.value).abs() <= a.last_digit().max(b.last_digit())
}

/// Whether one statement is the other, rounded half up or truncated: 7,249 is 7.2 billion and 7.3 is not.
pub(crate) fn is_rounding(a: &Stated, b: &Stated) -> bool {
    let (fine, coarse) = if a.interval.half_width <= b.interval.half_width { (a, b) } else { (b, a) };
    let digit = coarse.last_digit();
    if digit.is_zero() {
        return fine.interval.value == coarse.interval.value;
    }
    let digits = |value: Decimal, strategy| {
        value.checked_div(digit).and_then(|count| count.round_dp_with_strategy(0, strategy).checked_mul(digit))
    };
    [RoundingStrategy::MidpointAwayFromZero, RoundingStrategy::ToZero]
        .into_iter()
        .any(|strategy| digits(fine.interval.value, strategy) == Some(coarse.interval.value))
}

#[cfg(test)]
mod tests {
    use super::super::cases::{check, history, reading};
    use super::*;

    const OLD: &str = "2016-01-01";
    const NEW: &str = "2017-01-01";

    #[test]
    fn the_finer_statement_wins_if_the_other_is_its_rounding() {
        for (old, new, expected) in [
            ("139382 JPY million", "139.4 JPY billion", "FY16 139382 ± 0.5 stated"),
            ("139.4 JPY billion", "139382 JPY million", "FY16 139382 ± 0.5 stated"),
            // Truncated, as Japanese practice has it.
            ("1948 JPY million", "1.9 JPY billion", "FY16 1948 ± 0.5 stated"),
            ("1949 JPY million", "1948 JPY million", "FY16 1948 ± 0.5 stated"),
            ("107 JPY billion", "107.0 JPY billion", "FY16 107000 ± 50 stated"),
            ("5.0 USD million", "600 JPY million", "FY16 600 ± 0.5 stated"),
        ] {
            let (old, new) = (format!("revenue FY16 {old}"), format!("revenue FY16 {new}"));
            let seen = history(&[reading(OLD, &old), reading(NEW, &new)]);
            assert!(seen.warnings.is_empty() && seen.value.conflicts().is_empty(), "{old}, {new}: {:?}", seen.warnings);
            check(&[(OLD, &old), (NEW, &new)], "revenue", expected);
        }
    }

    #[test]
    fn the_later_of_two_contradicting_documents_wins_with_a_warning() {
        let documents = [(OLD, "revenue FY16 139382 JPY million"), (NEW, "revenue FY16 139.6 JPY billion")];
        check(&documents, "revenue", "FY16 139600 ± 50 stated");
        let seen = history(&documents.map(|(date, lines)| reading(date, lines)));
        let [warning] = seen.warnings.as_slice() else { panic!("{:?}", seen.warnings) };
        assert_eq!(
            warning.message,
            "revenue FY16 is `139.6 JPY billion` here and `139382 JPY million` at 2016-01-01:1  revenue 139382"
        );
        assert_eq!(warning.place, "2017-01-01:1  revenue 139.6");
        assert!(seen.value.conflicts().iter().all(Conflict::is_restatement));
    }

    #[test]
    fn a_slip_of_the_pen_stands_alone() {
        let three = "revenue FY16 99 JPY million; revenue FY16 99 JPY million; revenue FY16 99.0 JPY million";
        let half = "revenue 1H16 40 JPY million";
        let slip = "revenue FY16 89.0 JPY million";
        check(
            &[(OLD, &format!("{slip}; {three}; {half}"))],
            "revenue",
            "2H16 59 ± 0.55 span_difference; FY16 99 ± 0.05 stated",
        );
        let two = "revenue FY16 99.0 JPY million; revenue FY16 99 JPY million";
        check(&[(OLD, &format!("{slip}; {two}; {half}"))], "revenue", "-2H16; FY16 99 ± 0.05 stated");
        // Twice is no slip, and neither is another document.
        check(&[(OLD, &format!("{slip}; {slip}; {three}; {half}"))], "revenue", "-2H16; FY16 99 ± 0.05 stated");
        check(&[(OLD, slip), (NEW, &format!("{three}; {half}"))], "revenue", "-2H16; FY16 99 ± 0.05 stated");
    }

    #[test]
    fn soft_statements_never_beat_firm_ones() {
        let firm = [(OLD, "revenue FY16 139.4 JPY billion")];
        for soft in ["about 139382 JPY million", "about 150 JPY billion", "mended 139382 JPY million"] {
            let soft = format!("revenue FY16 {soft}");
            check(&[firm[0], (NEW, &soft)], "revenue", "FY16 139400 ± 50 stated");
        }
    }
}
