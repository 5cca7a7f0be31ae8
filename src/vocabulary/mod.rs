//! Labels become metric ids, and ids become names for readers. The words are data: a base vocabulary for each language, and
//! the company's profile on top of it. Where a label stands in a document is others' business.

pub mod statements;
mod words;

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::Deserialize;

use crate::language::Language;
use crate::model::{
    Bridge, Calendar, Company, Measure, Metric, MetricEntry, Period, Polarity, Reclassification, Segment,
};

pub use statements::Statements;
pub use words::{Letters, Marked, Words, has_any, holds, normalize};

/// The base vocabularies. The first defines the metrics; each adds labels, and names for readers of its language.
const LANGUAGES: [(Language, &str); 2] =
    [(Language::En, include_str!("en.toml")), (Language::Ja, include_str!("ja.toml"))];

/// What a label names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Term {
    /// A metric; the measure is `MarginPct` for labels like `Gross margin ratio`, else `Level`.
    Metric(Metric, Measure),
    /// A segment or service: the dotted path below a line of the statement.
    Segment(String),
}

/// The base vocabulary and the company's own, ready for look-ups.
#[derive(Clone, Debug)]
pub struct Vocabulary {
    entries: BTreeMap<Metric, MetricEntry>,
    segments: Vec<Segment>,
    /// By normalized label.
    terms: BTreeMap<String, Term>,
    /// The longest label, in words, that starts with a word. Most words start none, and need no other look-up.
    starts: BTreeMap<String, usize>,
    longest: usize,
    spellings: Vec<(String, String)>,
    words: Words,
    marked: Marked,
    statements: Statements,
    reclassifications: Vec<Reclassification>,
    /// Names for readers, by language.
    names: BTreeMap<Language, BTreeMap<Metric, String>>,
}

/// The form of a base vocabulary.
#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct Base {
    metric: Vec<MetricEntry>,
    words: Words,
    statements: Statements,
}

impl Vocabulary {
    /// The base vocabularies with the company's names, segments and metrics.
    pub fn of(company: &Company) -> Self {
        let base = base().clone();
        let mut vocabulary = Self {
            entries: BTreeMap::new(),
            segments: company.segments.clone(),
            terms: BTreeMap::new(),
            starts: BTreeMap::new(),
            longest: 1,
            spellings: company.spellings.iter().map(|s| (s.printed.clone(), s.means.clone())).collect(),
            marked: Marked::of(&base.words.marked()),
            words: base.words,
            statements: base.statements,
            reclassifications: company.reclassifications.clone(),
            names: names().clone(),
        };
        let names = company_names(company);
        for entry in base.metric.into_iter().chain(company.metrics.iter().cloned()) {
            vocabulary.add(entry, &names);
        }
        for entry in &company.metrics {
            vocabulary.call(entry);
        }
        for segment in &company.segments {
            for label in &segment.labels {
                vocabulary.learn(label, Term::Segment(segment.id.clone()));
            }
        }
        vocabulary
    }

    fn add(&mut self, entry: MetricEntry, company_names: &[String]) {
        let labels = entry.labels.iter().map(|label| (label, Measure::Level));
        let margins = entry.margin_labels.iter().map(|label| (label, Measure::MarginPct));
        let all: Vec<(String, Measure)> = labels.chain(margins).map(|(label, m)| (label.clone(), m)).collect();
        for (label, measure) in all {
            if !label.contains("{company}") {
                self.learn(&label, Term::Metric(entry.id.clone(), measure));
                continue;
            }
            for name in company_names {
                self.learn(&label.replace("{company}", name), Term::Metric(entry.id.clone(), measure));
            }
        }
        match self.entries.get_mut(&entry.id) {
            Some(known) => known.labels.extend(entry.labels),
            None => {
                self.entries.insert(entry.id.clone(), entry);
            }
        }
    }

    /// Takes the names that a profile gives a metric.
    fn call(&mut self, entry: &MetricEntry) {
        let english = (!entry.name.is_empty()).then_some((Language::default(), &entry.name));
        for (language, name) in english.into_iter().chain(entry.names.iter().map(|(language, name)| (*language, name)))
        {
            let names = self.names.entry(language).or_default();
            // A profile names what is its own; what every company has keeps its common name in the language that knows it.
            if language != Language::default() || !names.contains_key(&entry.id) {
                names.insert(entry.id.clone(), name.clone());
            }
        }
    }

    fn learn(&mut self, label: &str, term: Term) {
        let key = normalize(label);
        let words = key.split(' ').count();
        self.longest = self.longest.max(words);
        let first = key.split(' ').next().unwrap_or_default();
        let longest = self.starts.entry(first.to_owned()).or_default();
        *longest = words.max(*longest);
        self.terms.insert(key, term);
    }

    /// The text with the profile's damaged spellings read as they are meant, whole words only.
    pub fn respell<'a>(&self, text: &'a str) -> Cow<'a, str> {
        let mut mended = Cow::Borrowed(text);
        for (printed, means) in &self.spellings {
            if mended.contains(printed.as_str()) {
                mended = Cow::Owned(words::replace_whole(&mended, printed, means));
            }
        }
        mended
    }

    /// What a whole label names, spelling, case, punctuation and footnote marks aside.
    pub fn term(&self, label: &str) -> Option<&Term> {
        self.term_of_key(&normalize(&self.respell(label)))
    }

    /// What a whole label names that is respelled and normalized already.
    pub fn term_of_key(&self, key: &str) -> Option<&Term> {
        self.terms.get(key)
    }

    /// What a normalized run of words names.
    pub fn term_of_words(&self, words: &[&str]) -> Option<&Term> {
        match words {
            [] => None,
            [one] => self.terms.get(*one),
            [first, ..] if words.len() <= *self.starts.get(*first)? => self.terms.get(&words.join(" ")),
            _ => None,
        }
    }

    /// The longest label that a normalized run of words starts with: its number of words, and what it names.
    pub fn term_at_start(&self, words: &[&str]) -> Option<(usize, &Term)> {
        let longest = words.len().min(*self.starts.get(*words.first()?)?);
        let mut joined = words[..longest].join(" ");
        for count in (1..=longest).rev() {
            if let Some(term) = self.terms.get(&joined) {
                return Some((count, term));
            }
            joined.truncate(joined.len().saturating_sub(words[count - 1].len() + 1));
        }
        None
    }

    /// The longest label that starts with a normalized word, in words; 0 where none does.
    pub fn longest_from(&self, word: &str) -> usize {
        self.starts.get(word).copied().unwrap_or_default()
    }

    /// The longest label, in words.
    pub fn longest_label(&self) -> usize {
        self.longest
    }

    /// The words that carry meaning in sentences and headers.
    pub fn words(&self) -> &Words {
        &self.words
    }

    /// The phrases with a role of their own in a clause.
    pub fn marked(&self) -> &Marked {
        &self.marked
    }

    /// The words that tell what a statement is.
    pub fn statements(&self) -> &Statements {
        &self.statements
    }

    /// The metrics of the base vocabularies, each once.
    pub fn base() -> Vec<MetricEntry> {
        let mut entries: Vec<MetricEntry> = Vec::new();
        for entry in &base().metric {
            if entries.iter().all(|known| known.id != entry.id) {
                entries.push(entry.clone());
            }
        }
        entries
    }

    /// The regrouping that stands between two periods of a metric, the earlier first, and breaks their comparison.
    pub fn broken_between(
        &self,
        metric: &Metric,
        calendar: Calendar,
        from: Period,
        to: Period,
    ) -> Option<&Reclassification> {
        let between = |break_: &&Reclassification| {
            let first = calendar.days(break_.from).0;
            calendar.days(from).0 < first && calendar.end(to) >= first
        };
        self.breaks(metric).find(between)
    }

    /// The declared regroupings after which a metric holds something else.
    pub fn breaks(&self, metric: &Metric) -> impl Iterator<Item = &Reclassification> {
        self.reclassifications.iter().filter(move |r| r.metric == *metric && r.bridge != Bridge::Joined)
    }

    /// The entry of a metric; parts by segment have none.
    pub fn entry(&self, metric: &Metric) -> Option<&MetricEntry> {
        self.entries.get(metric)
    }

    /// All entries, by id.
    pub fn entries(&self) -> impl Iterator<Item = &MetricEntry> {
        self.entries.values()
    }

    /// The segments in the profile's order.
    pub fn segments(&self) -> &[Segment] {
        &self.segments
    }

    /// Which direction is good news; parts follow their root.
    pub fn polarity(&self, metric: &Metric) -> Polarity {
        let root = Metric::new(metric.root()).ok();
        let entry = self.entry(metric).or_else(|| root.and_then(|root| self.entries.get(&root)));
        entry.map_or(Polarity::Neutral, |entry| entry.good)
    }

    /// Name for readers, complete in itself: `Operating income`, `WAN services revenue`.
    pub fn name(&self, metric: &Metric) -> String {
        if let Some(entry) = self.entry(metric).filter(|entry| !entry.name.is_empty()) {
            return entry.name.clone();
        }
        let root = Metric::new(metric.root()).ok().and_then(|root| self.entry(&root)).map_or("", |entry| &entry.name);
        format!("{} {}", self.part_name(Language::default(), metric), root.to_lowercase()).trim().to_owned()
    }

    /// The name that a language itself has for a metric, else the default one; none for parts by segment.
    pub fn own_name(&self, language: Language, metric: &Metric) -> Option<&str> {
        let own = self.names.get(&language).and_then(|names| names.get(metric)).map(String::as_str);
        own.or_else(|| self.entry(metric).map(|entry| entry.name.as_str()).filter(|name| !name.is_empty()))
    }

    /// Name for readers below the parent's name: `WAN services` in a table of revenue.
    pub fn part_name(&self, language: Language, metric: &Metric) -> String {
        let path = metric.path().unwrap_or_default();
        let below = format!(".{path}");
        let whole = self.segments.iter().find(|segment| segment.id == path);
        let segment =
            whole.or_else(|| self.segments.iter().find(|segment| !path.is_empty() && segment.id.ends_with(&below)));
        match (segment, self.own_name(language, metric)) {
            (Some(segment), _) => segment.names.get(&language).unwrap_or(&segment.name).clone(),
            (None, Some(name)) => name.to_owned(),
            _ => words::capitalize(&metric.as_str().rsplit('.').next().unwrap_or_default().replace('_', " ")),
        }
    }
}

/// All languages as one: lists of the same name are joined. They are read once, however many companies there are.
fn base() -> &'static Base {
    static BASE: LazyLock<Base> = LazyLock::new(|| {
        let mut all = toml::Table::new();
        for (_, table) in tables() {
            join(&mut all, table.clone());
        }
        let mut base: Base = all.try_into().expect("a test reads the base vocabularies");
        base.words.settle();
        base
    });
    &BASE
}

fn tables() -> &'static [(Language, toml::Table)] {
    static TABLES: LazyLock<Vec<(Language, toml::Table)>> =
        LazyLock::new(|| LANGUAGES.into_iter().map(|(language, text)| (language, read(text))).collect());
    &TABLES
}

fn read(text: &str) -> toml::Table {
    text.parse().expect("a test reads the base vocabularies")
}

/// The names for readers that each language has.
fn names() -> &'static BTreeMap<Language, BTreeMap<Metric, String>> {
    static NAMES: LazyLock<BTreeMap<Language, BTreeMap<Metric, String>>> =
        LazyLock::new(|| tables().iter().map(|(language, table)| (*language, names_in(table))).collect());
    &NAMES
}

fn names_in(table: &toml::Table) -> BTreeMap<Metric, String> {
    let entries = table.get("metric").and_then(toml::Value::as_array);
    let named = |entry: &toml::Value| {
        let text = |key: &str| entry.get(key).and_then(toml::Value::as_str);
        Some((Metric::new(text("id")?).ok()?, text("name")?.to_owned()))
    };
    entries.into_iter().flatten().filter_map(named).collect()
}

fn join(all: &mut toml::Table, more: toml::Table) {
    for (key, value) in more {
        match (all.get_mut(&key), value) {
            (Some(toml::Value::Array(mine)), toml::Value::Array(more)) => mine.extend(more),
            (Some(toml::Value::Table(mine)), toml::Value::Table(more)) => join(mine, more),
            (_, value) => {
                all.insert(key, value);
            }
        }
    }
}

/// The ways a label may name the company.
fn company_names(company: &Company) -> Vec<String> {
    let bare = company.name.trim_end_matches('.').trim_end_matches(" Inc").trim_end_matches(" Corporation");
    let mut names = vec![company.name.clone(), company.short_name.clone(), bare.trim_end_matches(',').to_owned()];
    names.dedup();
    names
}

#[cfg(test)]
mod tests {
    use super::*;

    fn iij() -> Vocabulary {
        let company = toml::from_str(include_str!("../../seeds/iij/company.toml")).expect("the profile is valid");
        Vocabulary::of(&company)
    }

    fn check(label: &str, expected: &str) {
        let vocabulary = iij();
        let seen = match vocabulary.term(label) {
            Some(Term::Metric(metric, Measure::Level)) => metric.to_string(),
            Some(Term::Metric(metric, measure)) => format!("{metric} {}", measure.name()),
            Some(Term::Segment(path)) => format!("segment {path}"),
            None => "none".to_owned(),
        };
        assert_eq!(seen, expected, "{label}");
    }

    #[test]
    fn labels_are_found_whatever_their_case_marks_and_damage() {
        check("TOTAL REVENUES", "revenue");
        check("Net Income*", "net_income_including_nci");
        check("Total IJ Shareholders' Equity", "shareholders_equity");
        check("Net income attributable to IIJ*3", "net_income");
        check("Gross margin ratio:", "gross_profit margin_pct");
        check("SG&A/R&D", "sga");
        check("Systems integration (SI)", "segment systems_integration");
        check("Other income (expenses) —net", "other_income_net");
        check("Goodwill of a house", "none");
    }

    #[test]
    fn names_are_for_readers() {
        let name = |id: &str| iij().name(&Metric::new(id).expect("an id"));
        assert_eq!(name("operating_income"), "Operating income");
        assert_eq!(name("revenue.network_services.wan"), "WAN services revenue");
    }
}
