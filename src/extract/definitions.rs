//! Names that a document defines for itself: in footnotes to a star, in quotes, in legends of sums.

use std::collections::BTreeMap;

use super::label::{Context, resolve};
use super::outline::LONGEST_HEADING;
use super::scan::Text;
use crate::model::Metric;
use crate::vocabulary::{Vocabulary, normalize};

/// The names that a document defines and their metrics, and the lines that define them; no name where it is not known what they define.
pub fn of(text: &Text, vocabulary: &Vocabulary) -> (BTreeMap<String, Metric>, Vec<(String, usize)>) {
    let mut found: Vec<(String, Metric, usize)> = Vec::new();
    let mut unclear: Vec<(String, usize)> = Vec::new();
    for at in 0..text.lines.len() {
        let line = text.line(at);
        let named = defined_name(line, vocabulary);
        if named.is_none() && quoted_meaning(line).is_some() {
            unclear.push((String::new(), at));
        }
        let defined = named.into_iter().chain(defined_sums(line, vocabulary)).chain(starred(line, vocabulary));
        found.extend(defined.map(|(name, metric)| (name, metric, at)));
    }
    let mut places: Vec<(String, usize)> =
        found.iter().map(|(name, _, at)| (name.clone(), *at)).chain(unclear).collect();
    places.sort_by_key(|(_, at)| *at);
    (found.into_iter().map(|(name, metric, _)| (name, metric)).collect(), places)
}

/// `*Net income attributable to IIJ`: what stands before the owners is the short name.
fn starred(line: &str, vocabulary: &Vocabulary) -> Option<(String, Metric)> {
    let (_, note) = line.rsplit_once('*').filter(|_| line.chars().count() <= LONGEST_HEADING)?;
    let key = normalize(note);
    let (short, _) = key.split_once(" attributable")?;
    let metric = resolve(note.trim(), &Context::default(), vocabulary).metric?;
    Some((short.to_owned(), metric))
}

/// `Order received (sum of systems construction and equipment sales)` in a legend: what the short name means in this document.
fn defined_sums(line: &str, vocabulary: &Vocabulary) -> Vec<(String, Metric)> {
    const LONGEST_NAME: usize = 4;
    let mut found = Vec::new();
    for (at, _) in line.match_indices("(sum of ") {
        let Some(inside) = line[at + 1..].split(')').next() else { continue };
        let words: Vec<&str> = line[..at].split_whitespace().collect();
        let names = (1..=LONGEST_NAME.min(words.len())).map(|count| words[words.len() - count..].join(" "));
        let named = |text: &str| resolve(text, &Context::default(), vocabulary).metric;
        let defined = names.filter(|name| named(name).is_some());
        found.extend(defined.filter_map(|name| Some((normalize(&name), named(&format!("{inside} {name}"))?))));
    }
    found
}

/// `3 Net profit is "Profit for the year attributable to owners of the parent"`: a short name and what it stands for.
fn defined_name(line: &str, vocabulary: &Vocabulary) -> Option<(String, Metric)> {
    let (name, meaning) = quoted_meaning(line)?;
    let quoted = meaning.trim().trim_end_matches('.').strip_prefix(['"', '“'])?.strip_suffix(['"', '”'])?;
    let name =
        name.trim().trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, '*' | '(' | ')' | ' ' | '"' | '“'));
    let key = normalize(name);
    let short = !key.is_empty() && key.split(' ').count() <= 4;
    let metric = resolve(quoted, &Context::default(), vocabulary).metric.filter(|_| short)?;
    Some((key, metric))
}

/// What stands before and behind the verb of a definition, whose meaning starts in quotes.
fn quoted_meaning(line: &str) -> Option<(&str, &str)> {
    let verbs = [" is ", " refers to ", " means ", " represents ", " stands for "];
    if line.len() > LONGEST_HEADING || !line.contains(['"', '“']) {
        return None;
    }
    verbs
        .iter()
        .find_map(|verb| line.split_once(verb))
        .filter(|(_, meaning)| meaning.trim_start().starts_with(['"', '“']))
}
