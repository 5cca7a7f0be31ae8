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
    let contested = chosen.is_firm() && others.iter().any(|other| other.is_firm());
    let conflict = (!others.is_empty()).then(|| Conflict {
        id: id.clone(),
        chosen: chosen.fact.clone(),
        others: others.iter().map(|other| other.fact.clone()).collect(),
    });
    Some(Settled { figure: stated_figure(id, &same)?, conflict, contested })
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

/// The best statement of the latest document, among the firm ones where there are any.
fn latest(ranked: &[Stated]) -> Option<&Stated> {
    let firm: Vec<&Stated> = ranked.iter().filter(|stated| stated.is_firm()).collect();
    let pool = if firm.is_empty() { ranked.iter().collect() } else { firm };
    let date = pool.iter().map(|stated| stated.date).max()?;
    pool.into_iter().find(|stated| stated.date == date)
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
pub(super) fn is_rounding(a: &Stated, b: &Stated) -> bool {
    let (fine, coarse) = if a.interval.half_width <= b.interval.half_width { (a, b) } else { (b, a) };
    let digit = coarse.last_digit();
    if digit.is_zero() {
        return fine.interval.value == coarse.interval.value;
    }
    let digits = |value: Decimal, strategy| (value / digit).round_dp_with_strategy(0, strategy) * digit;
    [RoundingStrategy::MidpointAwayFromZero, RoundingStrategy::ToZero]
        .into_iter()
        .any(|strategy| digits(fine.interval.value, strategy) == coarse.interval.value)
}
