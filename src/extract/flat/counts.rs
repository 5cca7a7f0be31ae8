//! Tables that count two things at once, told apart by a footnote: `show number of contracts except for “A” and “B” which show
//! number of subscriptions`.

use super::super::Page;
use super::super::label::part_of;
use super::stream::Stream;
use crate::model::{Fact, Metric, Unit};
use crate::vocabulary::{Term, normalize};

/// How far behind a table its footnote may stand, in tokens.
const FOOTNOTE: usize = 90;

/// What the rows of a table count, where its title names contracts and subscriptions alike: rows that the footnote excepts are
/// subscriptions, and so is a total of nothing else. Totals are no metric, and without a footnote nothing is certain.
pub fn tell_apart(title: &str, found: Vec<Fact>, stream: &Stream<'_>, behind: usize, page: &Page<'_>) -> Vec<Fact> {
    let key = normalize(title);
    if !(key.contains("contract") && key.contains("subscription")) {
        return found;
    }
    let excepted = excepted(stream, behind, page);
    let contracts = |fact: &Fact| fact.unit == Unit::count("contracts");
    let paths: Vec<String> = found.iter().filter(|fact| contracts(fact)).filter_map(path).collect();
    let tell = |fact: Fact| if contracts(&fact) { told(fact, &excepted, &paths) } else { Some(fact) };
    found.into_iter().filter_map(tell).collect()
}

fn path(fact: &Fact) -> Option<String> {
    fact.metric.as_ref().and_then(Metric::path).map(str::to_owned)
}

fn told(mut fact: Fact, excepted: &[String], rows: &[String]) -> Option<Fact> {
    let first = excepted.first()?;
    let Some(path) = path(&fact) else { return (!first.is_empty()).then_some(fact) };
    let is_excepted = |path: &str| excepted.iter().any(|part| is_within(path, part));
    let parts: Vec<&String> = rows.iter().filter(|row| **row != path && is_within(row, &path)).collect();
    let is_total = excepted.iter().any(|part| *part != path && is_within(part, &path));
    if is_total && parts.is_empty() {
        return None;
    }
    if is_excepted(&path) || is_total && parts.iter().all(|part| is_excepted(part)) {
        fact.metric = Metric::new(&format!("subscriptions.{path}")).ok();
        fact.unit = Unit::count("subscriptions");
    }
    if is_total {
        // Other documents count the whole in one way: a series of both would compare the two.
        fact.metric = None;
    }
    Some(fact)
}

/// Whether a path is another or a part of it.
fn is_within(path: &str, whole: &str) -> bool {
    path.strip_prefix(whole).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
}

/// The segments quoted between `except for` and `subscriptions`.
fn excepted(stream: &Stream<'_>, behind: usize, page: &Page<'_>) -> Vec<String> {
    let end = (behind + FOOTNOTE).min(stream.tokens.len());
    let Some(from) = (behind..end).find(|at| stream.word(*at) == "except") else { return Vec::new() };
    let to = (from..end).find(|at| stream.word(*at).starts_with("subscription")).unwrap_or(from);
    let text = stream.slice(from, to);
    let quoted = text.split('“').skip(1).filter_map(|part| part.split('”').next());
    let contracts = Metric::new("contracts").ok();
    let path = |name: &str| match page.vocabulary.term(name.trim_end_matches(','))? {
        Term::Segment(path) => part_of(contracts.as_ref()?, path)?.path().map(str::to_owned),
        Term::Metric(..) => None,
    };
    quoted.filter_map(path).collect()
}
