//! Labels: which metric a row, column or phrase names, in the place where it stands.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::model::{Measure, Metric};
use crate::vocabulary::{Term, Vocabulary, normalize};

/// What the place around a label says: the statement's line and the segment that it stands under.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Context {
    /// The line of the statement: `revenue`, `cost_of_revenue`, `gross_profit`.
    pub line: Option<Metric>,
    /// The segment or service, a dotted path.
    pub segment: Option<String>,
    /// Labels that this document defines by a footnote: `*Net income attributable to IIJ`.
    pub aliases: Arc<BTreeMap<String, Metric>>,
}

/// What a label names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Named {
    /// The metric; none where the words name nothing we know.
    pub metric: Option<Metric>,
    /// `MarginPct` for labels like `Gross margin ratio`, else `Level`.
    pub measure: Measure,
    /// Whether the label calls its positive amount a loss: `Operating loss`.
    pub loss: bool,
}

/// Words that change nothing about what a label names.
const FILLERS: [&str; 14] = [
    "of",
    "the",
    "for",
    "in",
    "total",
    "our",
    "services",
    "service",
    "business",
    "consolidated",
    "amount",
    "were",
    "was",
    "and",
];

/// Roots that have parts by segment.
const BY_SEGMENT: [&str; 9] = [
    "revenue",
    "cost_of_revenue",
    "gross_profit",
    "sga",
    "orders_received",
    "order_backlog",
    "contracts",
    "subscriptions",
    "segment_revenue",
];

/// Roots that have no parts by segment: under a segment's title the figure is the segment's, and has no id.
const WHOLE_ONLY: [&str; 4] = ["depreciation_and_amortization", "capex", "income_before_tax", "net_income"];

/// What a label names in its context. A label whose words are not all understood names no metric: a wrong figure costs more
/// than a missing one.
pub fn resolve(label: &str, context: &Context, vocabulary: &Vocabulary) -> Named {
    let spelled = vocabulary.respell(label);
    let key = normalize(&spelled);
    let loss = is_loss(&spelled, &key, vocabulary);
    let key = key.strip_prefix("gaap ").unwrap_or(&key);
    let found = |metric: Option<Metric>, measure| Named { metric, measure, loss };
    if let Some(metric) = context.aliases.get(key) {
        return found(Some(metric.clone()), Measure::Level);
    }
    if let Some(term) = vocabulary.term_of_key(key) {
        let (metric, measure) = in_context(term, context);
        return found(metric, measure);
    }
    match parse(key, vocabulary) {
        Some((metrics, segments)) => {
            let (metric, measure) = combine(&metrics, &segments, context);
            found(metric, measure)
        }
        None => found(None, Measure::Level),
    }
}

/// A loss by name with no profit beside it: `Operating loss`, neither `Operating income (loss)` nor `Net loss (income)`, whose signs
/// are printed. The key is the label's.
fn is_loss(label: &str, key: &str, vocabulary: &Vocabulary) -> bool {
    let bare = label.contains(BRACKETS).then(|| normalize(&without_brackets(label)));
    let key = bare.as_deref().unwrap_or(key);
    let words: Vec<&str> = key.split(' ').collect();
    let has = |word: &str| words.contains(&word) || !word.is_ascii() && key.contains(word);
    let profit = ["income", "gain", "profit", "earnings", "利益"];
    let aside = label.split_once(['(', '（']).map_or_else(String::new, |(_, rest)| normalize(rest));
    let beside = |word: &str| has(word) || aside.starts_with(word);
    vocabulary.words().loss.iter().any(|loss| has(loss)) && !profit.iter().any(|word| beside(word))
}

const BRACKETS: [char; 4] = ['(', '（', ')', '）'];

/// Words in brackets beside a name turn no sign: `Retained earnings (accumulated deficit)`.
fn without_brackets(label: &str) -> String {
    let mut depth = 0;
    let keep = |c: &char| {
        match c {
            '(' | '（' => depth += 1,
            ')' | '）' => depth -= 1,
            _ => return depth == 0,
        }
        false
    };
    label.chars().filter(keep).collect()
}

/// One known term in its place.
fn in_context(term: &Term, context: &Context) -> (Option<Metric>, Measure) {
    match term {
        Term::Metric(metric, measure) => {
            let part =
                context.segment.as_ref().map(|segment| (part_of(metric, segment), WHOLE_ONLY.contains(&metric.root())));
            match part {
                Some((None, true)) => (None, *measure),
                Some((part, _)) => (Some(part.unwrap_or_else(|| metric.clone())), *measure),
                None => (Some(metric.clone()), *measure),
            }
        }
        Term::Segment(path) => (context.line.as_ref().and_then(|line| part_of(line, path)), Measure::Level),
    }
}

/// `revenue` and `network_services.wan` as one metric; operating income by segment is a segment result.
pub fn part_of(metric: &Metric, segment: &str) -> Option<Metric> {
    if metric.as_str() == "operating_income" {
        return Metric::new(&format!("segment_operating_income.{segment}")).ok();
    }
    let path = if COUNTED.contains(&metric.as_str()) {
        segment.split_once('.').map_or(segment, |(_, part)| part)
    } else {
        segment
    };
    BY_SEGMENT.contains(&metric.as_str()).then(|| Metric::new(&format!("{metric}.{path}")).ok()).flatten()
}

/// Roots that are stated for services, not for the statement's segments: their parts leave the segment's name out.
const COUNTED: [&str; 4] = ["orders_received", "order_backlog", "contracts", "subscriptions"];

type Terms = (Vec<(Metric, Measure)>, Vec<String>);

/// All terms of a label, longest first from the left; `None` where a word is left over that might change the meaning.
fn parse(key: &str, vocabulary: &Vocabulary) -> Option<Terms> {
    let words: Vec<&str> = key.split(' ').filter(|word| !word.is_empty()).collect();
    let (mut metrics, mut segments) = (Vec::new(), Vec::new());
    let mut at = 0;
    while at < words.len() {
        let hit = vocabulary.term_at_start(&words[at..]);
        match hit {
            Some((n, Term::Metric(metric, measure))) => {
                metrics.push((metric.clone(), *measure));
                at += n;
            }
            Some((n, Term::Segment(path))) => {
                segments.push(path.clone());
                at += n;
            }
            None if FILLERS.contains(&words[at]) => at += 1,
            // `SG&A related to ATM operation`, but not `outsourcing related costs`, which are a kind of cost.
            None if words[at..].starts_with(&["related", "to"]) && at > 0 => at += 2,
            None => return None,
        }
    }
    Some((metrics, segments))
}

/// At most one metric (`cost of … revenue` is a cost) and at most one segment make a name.
fn combine(metrics: &[(Metric, Measure)], segments: &[String], context: &Context) -> (Option<Metric>, Measure) {
    let metric = match metrics {
        [] => None,
        [one] => Some(one.clone()),
        [(first, measure), (second, _)] if first.as_str() == "cost_of_revenue" && second.as_str() == "revenue" => {
            Some((first.clone(), *measure))
        }
        _ => return (None, Measure::Level),
    };
    let mut paths = segments.to_vec();
    paths.dedup();
    match (metric, paths.as_slice()) {
        (Some((metric, measure)), []) => in_context(&Term::Metric(metric, measure), context),
        (Some((metric, measure)), [path]) => (part_of(&metric, path), measure),
        (None, [path]) => in_context(&Term::Segment(path.clone()), context),
        _ => (None, Measure::Level),
    }
}

/// Whether a phrase speaks of a margin: `the network service gross margin ratio calculated by …`.
pub fn mentions_margin(text: &str, vocabulary: &Vocabulary) -> bool {
    let key = normalize(text);
    let words: Vec<&str> = key.split(' ').collect();
    (0..words.len()).any(|at| {
        (1..=vocabulary.longest_from(words[at]).min(words.len() - at))
            .any(|n| matches!(vocabulary.term_of_words(&words[at..at + n]), Some(Term::Metric(_, Measure::MarginPct))))
    })
}

/// What a heading sets as context: `Network Services (1)Revenues` gives the line and the segment. Unknown words do no harm
/// here, because a heading names no figure by itself.
pub fn heading(text: &str, vocabulary: &Vocabulary) -> Context {
    let key = normalize(&vocabulary.respell(text));
    let words: Vec<&str> = key.split(' ').filter(|word| !word.is_empty()).collect();
    let mut context = Context::default();
    let mut at = 0;
    while at < words.len() {
        let hit = vocabulary.term_at_start(&words[at..]);
        match hit {
            Some((n, Term::Metric(metric, _))) => {
                context.line.get_or_insert_with(|| metric.clone());
                at += n;
            }
            Some((1, Term::Segment(_))) if goes_on(&words, at + 1, vocabulary) => at += 1,
            Some((n, Term::Segment(path))) => {
                context.segment.get_or_insert_with(|| path.clone());
                at += n;
            }
            None => at += 1,
        }
    }
    context
}

/// Whether a name goes on behind its first word: `IIJ` in `IIJ GIO` is not the segment `IIJ`.
fn goes_on(words: &[&str], next: usize, vocabulary: &Vocabulary) -> bool {
    words.get(next).is_some_and(|word| {
        let weightless = FILLERS.contains(word) || vocabulary.words().headings.iter().any(|w| w == word);
        !weightless && word.starts_with(|c: char| c.is_alphabetic()) && vocabulary.term_of_words(&[word]).is_none()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(label: &str, line: &str, segment: &str, expected: &str) {
        let company = toml::from_str(include_str!("../../seeds/iij/company.toml")).expect("the profile is valid");
        let vocabulary = Vocabulary::of(&company);
        let context = Context {
            line: Metric::new(line).ok(),
            segment: Some(segment.to_owned()).filter(|s| !s.is_empty()),
            aliases: Arc::default(),
        };
        let named = resolve(label, &context, &vocabulary);
        let metric = named.metric.map_or_else(|| "none".to_owned(), |m| m.to_string());
        let measure =
            if named.measure == Measure::Level { String::new() } else { format!(" {}", named.measure.name()) };
        let loss = if named.loss { " loss" } else { "" };
        assert_eq!(format!("{metric}{measure}{loss}"), expected, "{label}");
    }

    #[test]
    fn labels_are_resolved_in_their_place() {
        check("WAN services", "revenue", "", "revenue.network_services.wan");
        check("WAN services", "", "", "none");
        check("Cost of network services revenue", "", "", "cost_of_revenue.network_services");
        check("Cost of SI", "", "", "cost_of_revenue.systems_integration");
        check("SI gross margin", "", "", "gross_profit.systems_integration");
        check("Gross margin ratio", "", "network_services", "gross_profit.network_services margin_pct");
        check(
            "revenue",
            "",
            "systems_integration.systems_construction",
            "revenue.systems_integration.systems_construction",
        );
        check("ATM operation segment operating income", "", "", "segment_operating_income.atm_operation");
        check("Operating loss", "", "atm_operation", "segment_operating_income.atm_operation loss");
        check("Operating income (loss)", "", "", "operating_income");
        check("SG&A", "", "atm_operation", "sga.atm_operation");
        check("SG&A related to ATM operation business", "", "", "sga.atm_operation");
        check("Outsourcing-related costs", "", "", "none");
        check("From private cloud", "revenue", "", "none");
        check("IIJ-Global revenues", "", "", "none");
        check("Total costs", "", "", "cost_of_revenue");
    }
}
