//! What a statement speaks of: the line that its first words name, else the line of the figure that it follows.

use super::super::Page;
use super::super::label::{part_of, resolve};
use super::sentence::Sentence;
use crate::model::{Basis, Fact, Metric, Period};
use crate::vocabulary::normalize;

/// Facts that stand farther above a bullet than this many lines are not what it explains.
const REACH: usize = 12;
/// A sentence names its subject in its first words.
const SUBJECT: usize = 6;
/// Behind these words stands a reason, not the subject.
const REASONS: [&str; 8] = ["due", "because", "along", "by", "supported", "although", "while", "following"];

/// The fact that a statement follows: the last one before it on its own line, else the last one above it, near it and in its
/// section. A table above explains nothing about the bullets below it, and a heading between parts what it stands between.
pub(super) fn before<'a>(page: &Page<'_>, facts: &'a [Fact], sentence: &Sentence) -> Option<&'a Fact> {
    let known = |fact: &&Fact| fact.metric.is_some();
    let on_line = facts.iter().filter(|fact| fact.source.line == sentence.line + 1);
    let last = on_line.filter(known).rfind(|fact| fact.source.column <= sentence.column);
    last.or_else(|| above(page, facts, sentence.line))
}

/// The span of the last figure before a statement on its own line, whatever it counts, else of the first one behind it: a
/// paragraph keeps to its span. Figures of earlier years are what it compares with.
pub(super) fn span_around(page: &Page<'_>, facts: &[Fact], sentence: &Sentence) -> Option<Period> {
    let this_year = page.outline.period.and_then(Period::fiscal_year);
    let spans = facts.iter().filter(|fact| {
        let year = fact.period.fiscal_year();
        fact.source.line == sentence.line + 1 && fact.basis == Basis::Actual && year.is_some() && year >= this_year
    });
    let (before, behind): (Vec<&Fact>, Vec<&Fact>) = spans.partition(|fact| fact.source.column <= sentence.column);
    before.last().or(behind.first()).map(|fact| fact.period)
}

fn above<'a>(page: &Page<'_>, facts: &'a [Fact], line: usize) -> Option<&'a Fact> {
    let section = |line: usize| page.outline.scopes[line].section;
    let is_table = |at: usize| page.text.lines[at].contains(&'\t');
    let lines = (line.saturating_sub(REACH)..line).rev();
    for at in lines.take_while(|at| section(*at) == section(line) && !is_title(page, *at)) {
        let first = facts.iter().find(|fact| {
            fact.source.line == at + 1 && fact.metric.is_some() && fact.basis == Basis::Actual && !is_table(at)
        });
        if first.is_some() {
            return first;
        }
    }
    None
}

/// A line of a few words without bullet, figure or full stop that stands alone: it opens something new.
fn is_title(page: &Page<'_>, line: usize) -> bool {
    let text = page.text.line(line);
    let text = text.trim();
    let alone = line > 0 && page.text.line(line - 1).trim().is_empty();
    let plain =
        text.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit()) && !text.ends_with(['.', ':', ';', ',']);
    alone && plain && !text.contains('\t') && text.split(' ').count() <= SUBJECT && text.split(' ').count() > 1
}

/// The metric that the first words name: the segment's where the statement follows a figure of that segment.
pub(super) fn of(page: &Page<'_>, sentence: &Sentence, near: Option<&Fact>) -> Option<Metric> {
    let scope = &page.outline.scopes[sentence.line];
    let found = subject(page, sentence);
    let parent = near.and_then(|fact| fact.metric.clone());
    match (found, parent) {
        (Some(found), Some(parent)) if parent.root() == found.root() && !is_apart(&found, &parent) => Some(parent),
        (Some(found), _) => Some(found),
        (None, Some(parent)) => Some(parent),
        (None, None) => {
            // Below `Operating Income (1) comparison with the target` statements speak of many lines.
            part_of(scope.context.line.as_ref()?, scope.context.segment.as_ref()?)
        }
    }
}

/// Whether what the words name is a line of its own beside the one above. `Outsourcing costs` below the cost of a segment are a
/// kind of cost, not the cost of the outsourcing services.
fn is_apart(found: &Metric, parent: &Metric) -> bool {
    let cost = found.root() == "cost_of_revenue" && parent.path().is_some();
    found.path().is_some() && !cost
}

/// Words that may stand before a subject without making it another's: `strong revenue growth`, but not `overseas revenue`.
const HARMLESS: [&str; 16] = [
    "total",
    "our",
    "the",
    "of",
    "in",
    "strong",
    "continuous",
    "steady",
    "slight",
    "slower",
    "decrease",
    "increase",
    "growth",
    "decline",
    "consolidated",
    "overall",
];

/// The longest run of words before any reason that is a label, `SI gross margin`; a run that starts earlier comes first. After
/// `led the` stands what was led.
fn subject(page: &Page<'_>, sentence: &Sentence) -> Option<Metric> {
    let scope = &page.outline.scopes[sentence.line];
    let key = normalize(&page.vocabulary.respell(&sentence.text));
    let led = ["led the ", "lead the "].iter().find_map(|led| key.split_once(led)).map(|(_, rest)| rest);
    let words: Vec<&str> = led.unwrap_or(&key).split(' ').take_while(|word| !REASONS.contains(word)).collect();
    let longest = page.vocabulary.longest_label() + 2;
    let harmless = |from: usize| words[..from].iter().all(|word| HARMLESS.contains(word));
    (0..SUBJECT.min(words.len())).filter(|from| harmless(*from)).find_map(|from| {
        let lengths = (1..=longest.min(words.len() - from)).rev();
        lengths.map(|length| &words[from..from + length]).find_map(|run| {
            let starts = page.vocabulary.term_at_start(run).is_some();
            starts.then(|| resolve(&run.join(" "), &scope.context, page.vocabulary).metric).flatten()
        })
    })
}
