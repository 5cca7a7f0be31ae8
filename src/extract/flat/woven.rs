//! Labels of columns whose lines a text layer has woven into one another: `Net Income`, `Net Income`, `attributable to`, `per share`,
//! `owners of parent` are two labels. They are told apart where only one way makes known labels of all pieces that fit their units.

use super::super::Page;
use super::summary::{Head, Named, heads, named};
use crate::model::Unit;

/// More pieces are no header.
const MOST_PIECES: usize = 10;
/// More ways are no evidence.
const MOST_WAYS: usize = 40;

/// The columns that the last of the pieces make, as few of them as do.
pub fn columns(pieces: &[String], units: &[Unit], page: &Page<'_>) -> Option<Vec<Head>> {
    let amounts = units.iter().filter(|unit| **unit != Unit::Percent).count();
    let fewest = amounts.max(1) + 1;
    (fewest..=pieces.len().min(MOST_PIECES)).find_map(|count| {
        let last = &pieces[pieces.len() - count..];
        [units.len(), amounts].into_iter().find_map(|columns| one_way(last, columns, units, page))
    })
}

/// Pieces of one label, by their places, and what they name.
type Group = (Vec<usize>, Named);

fn one_way(pieces: &[String], columns: usize, units: &[Unit], page: &Page<'_>) -> Option<Vec<Head>> {
    let mut ways = Vec::new();
    cover(pieces, columns, &mut Vec::new(), &mut ways, page);
    ways.retain(|groups| keeps_order(groups, pieces));
    let mut fitting = ways.into_iter().filter_map(|groups| ordered(groups, units, page));
    let first = fitting.next()?;
    let same =
        |other: &Vec<Head>| other.iter().zip(&first).all(|(a, b)| a.metric == b.metric && a.measure == b.measure);
    fitting.all(|other| same(&other)).then_some(first)
}

/// Pieces that read alike belong to their labels in order: the first `キャッシュ・フロー` ends the first label.
fn keeps_order(groups: &[Group], pieces: &[String]) -> bool {
    let alike = |a: usize, b: usize| pieces[a] == pieces[b] && a > b;
    groups.iter().enumerate().all(|(index, (later, _))| {
        let before = groups[..index].iter().flat_map(|(places, _)| &places[1..]);
        before.into_iter().all(|a| !later[1..].iter().any(|b| alike(*a, *b)))
    })
}

/// All ways to make `columns` labels of all pieces.
fn cover(pieces: &[String], columns: usize, so_far: &mut Vec<Group>, ways: &mut Vec<Vec<Group>>, page: &Page<'_>) {
    let used = |at: usize| so_far.iter().any(|(places, _)| places.contains(&at));
    let free: Vec<usize> = (0..pieces.len()).filter(|at| !used(*at)).collect();
    let Some((first, rest)) = free.split_first() else {
        if so_far.len() == columns {
            ways.push(so_far.clone());
        }
        return;
    };
    if so_far.len() == columns || ways.len() > MOST_WAYS {
        return;
    }
    for chosen in 0..1_usize << rest.len() {
        let others = rest.iter().enumerate().filter(|(bit, _)| chosen >> bit & 1 == 1).map(|(_, at)| *at);
        let places: Vec<usize> = std::iter::once(*first).chain(others).collect();
        let printed: Vec<&str> = places.iter().map(|at| pieces[*at].as_str()).collect();
        if let Some(name) = named(&printed.join(" "), page) {
            so_far.push((places, name));
            cover(pieces, columns, so_far, ways, page);
            so_far.pop();
        }
    }
}

/// The columns in their order: headers are set flush with their last line, else with their first. Basic earnings stand before
/// diluted ones.
fn ordered(groups: Vec<Group>, units: &[Unit], page: &Page<'_>) -> Option<Vec<Head>> {
    let by = |key: fn(&Group) -> Option<usize>| {
        let mut groups = groups.clone();
        groups.sort_by_key(key);
        let place = |id: &str| groups.iter().position(|(_, named)| named.1.as_str() == id);
        if let (Some(basic), Some(diluted)) = (place("eps_basic"), place("eps_diluted"))
            && diluted < basic
        {
            groups.swap(basic, diluted);
        }
        let labels: Vec<Named> = groups.into_iter().map(|(_, named)| named).collect();
        heads(&labels, units, page)
    };
    by(|group| group.0.last().copied()).or_else(|| by(|group| group.0.first().copied()))
}
