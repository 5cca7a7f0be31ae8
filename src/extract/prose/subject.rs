//! Subjects: what a phrase names where it stands, and what the headings and bullets above it lend to it.

use super::super::Page;
use super::super::label::{Context, resolve};
use super::block::PLAIN;
use super::element::{Element, Role};
pub(super) use super::naming::{Around, Frame, Naming, Subject};
use crate::model::{Basis, Measure, Metric, MetricKind};
use crate::vocabulary::{Letters, Term, Words, holds, normalize};

/// The place of a block: the section's context and the frames above it, outermost first.
pub(super) struct Place<'a> {
    /// The document and its words.
    pub page: &'a Page<'a>,
    /// The line on which the block starts.
    pub line: usize,
    /// The frames.
    pub frames: &'a [Frame],
    /// Whether the document prints figures of the year before in brackets.
    pub brackets: bool,
}

/// Headings run into a sentence are at most this many words.
const LONGEST_HEADING: usize = 16;

/// Words that join what stands before them to what follows: no heading ends in one.
const JOINING: [&str; 8] = ["including", "and", "of", "for", "with", "in", "on", "to"];

/// Lines of the statement that every part of a company has: without a name beside them they are the frame's.
const BARE: [&str; 11] = [
    "orders_received",
    "order_backlog",
    "revenue",
    "cost_of_revenue",
    "gross_profit",
    "sga",
    "operating_income",
    "net_income",
    "net_income_including_nci",
    "capex",
    "employees",
];

impl Place<'_> {
    /// The context that the section and the frames give.
    pub fn context(&self) -> Context {
        let mut context = self.page.outline.scopes[self.line].context.clone();
        for frame in self.frames {
            match &frame.naming {
                Naming::Segment(path) => context.segment = Some(path.clone()),
                Naming::Metric(Subject { metric: Some(metric), .. }) => apply(&mut context, metric),
                _ => {}
            }
        }
        context
    }

    /// Whether a bare line of the statement would be misread as the company's.
    fn is_of_something_else(&self) -> bool {
        let nearest = self.frames.iter().rev().find(|frame| frame.naming != Naming::General);
        nearest.is_some_and(|frame| matches!(frame.naming, Naming::Other | Naming::Unclear))
    }

    /// Whether several headings in a row compete for what stands below.
    pub fn is_unclear(&self) -> bool {
        let nearest = self.frames.iter().rev().find(|frame| frame.naming != Naming::General);
        nearest.is_some_and(|frame| frame.naming == Naming::Unclear)
    }

    /// The label of a bare line of the statement below something of its own: the heading's words come with it.
    fn with_owner(&self, label: String) -> String {
        let nearest = self.frames.iter().rev().find(|frame| frame.naming != Naming::General);
        let bare = resolve(&self.strip_general(&label), &Context::default(), self.page.vocabulary).metric;
        match nearest.filter(|frame| frame.naming == Naming::Other) {
            Some(frame) if (bare.is_some() || self.is_standing(&label)) && !frame.words.is_empty() => {
                format!("{}: {label}", frame.words)
            }
            _ => label,
        }
    }

    /// `IIJ ownership`, `Capital`: what stands at a date and has no name of its own in the statements.
    pub fn is_standing(&self, label: &str) -> bool {
        let key = normalize(label);
        let last = key.rsplit(' ').next().unwrap_or_default();
        self.page.vocabulary.words().standing.iter().any(|word| word == last)
    }

    /// What a phrase names here. `around` is the segment that the clause before spoke of.
    pub fn subject(&self, phrase: &str, around: &Around) -> Subject {
        let label = tidy(phrase);
        let named = self.name(&label, around).or_else(|| self.name(&without_parentheses(&label), around));
        let key = normalize(&label);
        let has = |list: &[String]| list.iter().any(|phrase| contains(&key, phrase));
        let words = self.page.vocabulary.words();
        let negative = has(&words.loss) && !has(&["income".into(), "gain".into(), "profit".into()])
            || has(&words.outflow) && !has(&words.inflow);
        let named = named.or_else(|| self.name(label.trim_end_matches(|c: char| c.is_ascii_digit()), around));
        match named {
            Some((metric, measure)) => {
                let stock = self.is_stock(&metric);
                let benefit =
                    metric.root() == "income_tax_expense" && contains(&key, "benefit") && !contains(&key, "expense");
                let negative = negative || benefit;
                Subject { label, metric: Some(metric), measure, negative, stock }
            }
            None => {
                let stock = resolve(&label, &Context::default(), self.page.vocabulary)
                    .metric
                    .is_some_and(|m| self.is_stock(&m));
                Subject { label: self.with_owner(label), metric: None, measure: Measure::Level, negative, stock }
            }
        }
    }

    fn name(&self, label: &str, around: &Around) -> Option<(Metric, Measure)> {
        let label = without_end(label);
        let bare = self.strip_general(label);
        let mut context = self.context();
        let alone =
            resolve(&bare, &Context { aliases: context.aliases.clone(), ..Context::default() }, self.page.vocabulary);
        let is_bare = alone.metric.as_ref().is_some_and(|metric| BARE.contains(&metric.as_str()))
            && !normalize(&bare).contains("attributable");
        let titled = || self.page.outline.scopes[self.line].context.line == alone.metric;
        let of_section = alone.metric.as_ref().is_some_and(|metric| self.is_stock(metric)) && titled();
        let counted = alone.metric.as_ref().is_some_and(|m| matches!(m.as_str(), "contracts" | "subscriptions"));
        if (is_bare || counted) && !of_section && self.is_of_something_else() {
            return self.with_frame(&bare);
        }
        if (is_bare || counted) && around.unknown {
            return None;
        }
        if is_bare && let Some(named) = self.of_special(&bare, &context) {
            return named;
        }
        let of_part = alone
            .metric
            .as_ref()
            .is_some_and(|metric| metric.as_str() == "gross_profit" || around.short && metric.as_str() == "revenue");
        if of_part && around.segment.is_some() {
            context.segment.clone_from(&around.segment);
        }
        let named = resolve(&bare, &context, self.page.vocabulary);
        let named = if named.metric.is_none() {
            self.behind_headings(&bare, &context)
        } else {
            Some((named.metric?, named.measure))
        };
        named.filter(|_| !self.is_redefined(label))
    }

    /// Under a metric that is no line of the statement (cloud revenue) a bare `revenue` is that metric's, any other line is of
    /// something that has no name. The outer `None` says that nothing special stands above.
    fn of_special(&self, bare: &str, context: &Context) -> Option<Option<(Metric, Measure)>> {
        let nearest = self.frames.iter().rev().find(|frame| frame.naming != Naming::General);
        let above = match nearest.map(|frame| &frame.naming) {
            Some(Naming::Metric(subject)) => subject.metric.as_ref(),
            None => context.line.as_ref(),
            _ => None,
        }?;
        if !above.as_str().ends_with("_revenue") || matches!(above.root(), "segment_revenue" | "cost_of_revenue") {
            return None;
        }
        let same = normalize(bare).trim_end_matches('s').ends_with("revenue");
        Some(same.then(|| (above.clone(), Measure::Level)))
    }

    /// `IIJ GIO` above `Revenues`: the words of the nearest frame and the label together; of a long heading two or more words that
    /// stand side by side, where they name a metric of the company's own.
    fn with_frame(&self, label: &str) -> Option<(Metric, Measure)> {
        let frame = self.frames.iter().rev().find(|frame| frame.naming != Naming::General)?;
        let term = |owner: &str| {
            let joined = format!("{owner} {label}");
            let plural = format!("{joined}s");
            [joined.trim_end_matches('s'), &joined, &plural].iter().find_map(|text| {
                match self.page.vocabulary.term(text) {
                    Some(Term::Metric(metric, measure)) => Some((metric.clone(), *measure)),
                    _ => None,
                }
            })
        };
        if let Some(found) = term(&frame.words) {
            return Some(found);
        }
        let words: Vec<&str> = frame.words.split_whitespace().collect();
        let goes_on = |at: usize| words.get(at).is_some_and(|word| word.starts_with(|c: char| c.is_uppercase()));
        let runs = (2..=3_usize).rev().flat_map(|count| words.windows(count).enumerate());
        let named = |run: &[&str]| run.iter().all(|word| word.starts_with(|c: char| c.is_uppercase()));
        let runs = runs.filter(|(at, run)| named(run) && !goes_on(at + run.len())).map(|(_, run)| run);
        let of_company = |metric: &Metric| self.page.company.metrics.iter().any(|own| own.id == *metric);
        runs.filter_map(|run| term(&run.join(" "))).find(|(metric, _)| of_company(metric))
    }

    /// In running text headings stand before a sentence without a border: `Cost and expense Total cost of revenues was`. Where
    /// only words of headings and whole terms stand before a known label that starts with a capital, the label is meant.
    fn behind_headings(&self, label: &str, context: &Context) -> Option<(Metric, Measure)> {
        let words: Vec<&str> = label.split_whitespace().collect();
        (1..words.len().min(LONGEST_HEADING)).find_map(|at| {
            let starts = words[at].starts_with(|c: char| c.is_uppercase() || c == '“');
            let joins = JOINING.iter().any(|word| words[at - 1].eq_ignore_ascii_case(word));
            if joins || !starts || !self.is_heading_words(&normalize(&words[..at].join(" "))) {
                return None;
            }
            let named = resolve(&words[at..].join(" "), context, self.page.vocabulary);
            Some((named.metric?, named.measure))
        })
    }

    /// Whether a normalized text has only words of headings and whole terms.
    pub fn is_heading_words(&self, key: &str) -> bool {
        let words = self.page.vocabulary.words();
        let all: Vec<&str> = key.split(' ').filter(|word| !word.is_empty()).collect();
        let weightless = [&words.general, &words.headings, &words.target, &words.outlook];
        let mut rest = all.as_slice();
        while let Some(word) = rest.first() {
            match self.page.vocabulary.term_at_start(rest) {
                Some((n, _)) => rest = &rest[n..],
                None if weightless.iter().any(|list| list.iter().any(|g| g == word)) => rest = &rest[1..],
                None => return false,
            }
        }
        true
    }

    /// A starred label whose footnote says that it includes or excludes something is not the line as usually defined.
    pub fn is_redefined(&self, label: &str) -> bool {
        let starred = label.contains("(*)") || label.contains("()");
        let words = self.page.vocabulary.words();
        let redefines = |line: &String| {
            let changes =
                |key: &str| contains(key, "includes") || words.exclusions.iter().any(|word| contains(key, word));
            line.trim_start().starts_with("(*)") && changes(&normalize(line))
        };
        starred && self.page.document.lines.iter().any(redefines)
    }

    /// The label without words that say only when or in which sense: `target`, `outlook`, `results`.
    fn strip_general(&self, label: &str) -> String {
        let words = self.page.vocabulary.words();
        let lists = [&words.target, &words.initial, &words.revised, &words.outlook, &words.wrapping];
        let keep = |word: &str| {
            let key = normalize(word);
            !lists.iter().any(|list| list.contains(&key))
        };
        let named = [&self.page.company.short_name, &self.page.company.name];
        let verb = |rest: &str| {
            let first = normalize(rest).split(' ').next().unwrap_or_default().to_owned();
            words.target.contains(&first) || words.outlook.contains(&first)
        };
        let rest = named.iter().find_map(|name| label.strip_prefix(name.as_str())).filter(|rest| verb(rest));
        let label = rest.unwrap_or(label).trim_start();
        let lower = label.to_lowercase();
        let own = words.own_period.iter().any(|word| lower.ends_with(word.as_str()));
        let cut = [" for the ", " during the ", " in the "].iter().find_map(|lead| lower.rfind(lead)).filter(|_| own);
        let label = cut.and_then(|at| label.get(..at)).unwrap_or(label);
        let opens = |word: &String| lower.starts_with(word.as_str()).then_some(word.len());
        let label = words.part_of_year.iter().find_map(opens).and_then(|at| label.get(at..)).unwrap_or(label);
        label.split_whitespace().filter(|word| keep(word)).collect::<Vec<_>>().join(" ")
    }

    /// The adjusted form of a metric, where the vocabulary has one.
    pub fn adjusted(&self, metric: &Metric) -> Option<Metric> {
        if metric.as_str().starts_with("adjusted") {
            return Some(metric.clone());
        }
        let adjusted = Metric::new(&format!("adjusted_{metric}")).ok()?;
        self.page.vocabulary.entry(&adjusted).map(|_| adjusted)
    }

    /// Whether the block stands where figures are of a date: a balance sheet.
    pub fn is_position(&self) -> bool {
        let key = normalize(&self.page.outline.scopes[self.line].heading);
        self.page.vocabulary.words().positions.iter().any(|phrase| contains(&key, phrase))
    }

    /// What a figure without a label of its own is about: the nearest frame that names something.
    pub fn inherited(&self) -> Option<Subject> {
        let frame = self.frames.iter().rev().find(|frame| frame.naming != Naming::General)?;
        match &frame.naming {
            Naming::Metric(subject) => Some(subject.clone()),
            Naming::Segment(path) => {
                let line = self.context().line?;
                let metric = super::super::label::part_of(&line, path)?;
                let stock = self.is_stock(&metric);
                Some(Subject {
                    label: frame.words.clone(),
                    metric: Some(metric),
                    measure: Measure::Level,
                    negative: false,
                    stock,
                })
            }
            Naming::Other if frame.rank != PLAIN || frame.leads => Some(Subject::unknown(&frame.words)),
            _ => None,
        }
    }

    /// What the section's own heading names, where no other line of the statement is titled in the section.
    pub fn section_subject(&self) -> Option<Subject> {
        let scope = &self.page.outline.scopes[self.line];
        let line = scope.context.line.clone()?;
        let rivals = self.frames.iter().any(|frame| frame.naming != Naming::General);
        let metric = match &scope.context.segment {
            Some(segment) => super::super::label::part_of(&line, segment)?,
            None => line,
        };
        let stock = self.is_stock(&metric);
        (!rivals).then(|| Subject {
            label: scope.heading.clone(),
            metric: Some(metric),
            measure: Measure::Level,
            negative: false,
            stock,
        })
    }

    /// Whether the metric stands at a date.
    pub fn is_stock(&self, metric: &Metric) -> bool {
        let vocabulary = self.page.vocabulary;
        let root = Metric::new(metric.root()).ok();
        let entry = vocabulary.entry(metric).or_else(|| root.as_ref().and_then(|root| vocabulary.entry(root)));
        entry.is_some_and(|entry| entry.kind == MetricKind::Stock) || metric.as_str() == "equity_ratio"
    }
}

/// A metric above sets the line and, for a part, the segment.
fn apply(context: &mut Context, metric: &Metric) {
    let line = Metric::new(metric.root()).ok();
    if matches!(metric.root(), "revenue" | "cost_of_revenue" | "gross_profit" | "orders_received" | "order_backlog") {
        context.line = line;
        if let Some(path) = metric.path() {
            context.segment = Some(path.to_owned());
        }
    }
}

/// The characters of elements, times and what leads to them left out.
pub(super) fn printed(place: &Place<'_>, elements: &[Element]) -> String {
    let mut joined = String::new();
    let mut last: Option<&Element> = None;
    for (at, element) in elements.iter().enumerate() {
        let leads = element.is_in(&place.page.vocabulary.words().at_time)
            && elements[at + 1..].iter().take(2).any(|e| e.time().is_some())
            && elements[at + 1..].iter().take_while(|e| e.time().is_none()).all(|e| e.is("of") || e.is("the"));
        let trails = element.is("of") && at > 0 && elements[at - 1].is("as");
        let kept = !matches!(element.role, Role::Time(_) | Role::Stop | Role::Yoy | Role::Qoq) && !leads && !trails;
        if kept {
            joined.push_str(&gap(place, last, element));
            joined.push_str(&place.page.text.slice(element.line, element.from, element.to));
        }
        last = kept.then_some(element);
    }
    joined.trim().replace('\t', ": ")
}

/// What is printed between two elements, without marks of emphasis and quotation.
fn gap(place: &Place<'_>, last: Option<&Element>, next: &Element) -> String {
    match last {
        Some(last) if last.line == next.line && last.to <= next.from => {
            let between = place.page.text.slice(next.line, last.to, next.from);
            between.chars().filter(|c| !matches!(c, '*' | '^' | '{' | '}' | '“' | '”' | '"')).collect()
        }
        _ => " ".to_owned(),
    }
}

/// Words without those that say how a result stands to its target: they make no target of it.
pub(super) fn without_met(text: String, words: &Words) -> String {
    let met = |phrase: &String| text.contains(phrase.as_str());
    let found: Vec<&String> = words.met.iter().filter(|phrase| met(phrase)).collect();
    found.into_iter().fold(text, |text, phrase| text.replace(phrase.as_str(), ""))
}

/// The sense that words state: a target before an outlook; `estimate` is an outlook.
pub(super) fn basis_of(place: &Place<'_>, elements: &[Element]) -> Option<Basis> {
    let words = place.page.vocabulary.words();
    let text = elements.iter().map(|e| e.text.as_str()).collect::<Vec<_>>().join(" ");
    let text = if elements.len() > 1 { without_met(text, words) } else { text };
    let letters = Letters::of(&text);
    let holds = |phrase: &String| letters.may_hold(phrase) && holds(&text, phrase);
    let has = |list: &[String]| list.iter().any(holds);
    let to_come = elements.iter().enumerate().any(|(at, e)| {
        let next = &elements[at + 1..];
        let changes = next.iter().take(2).any(|e| matches!(e.role, Role::Direction(_)));
        e.is("to") && (changes || next.first().is_some_and(|e| e.is("be")))
    });
    let target = words.target.iter().any(|word| holds(word) && !words.outlook.contains(word));
    match () {
        () if target && has(&words.revised) => Some(Basis::TargetRevised),
        () if target && has(&words.initial) => Some(Basis::TargetInitial),
        () if target => Some(Basis::Target),
        () if has(&words.outlook) || to_come => Some(Basis::Outlook),
        () => None,
    }
}

/// Whether normalized text has the phrase as whole words.
pub(super) fn contains(key: &str, phrase: &str) -> bool {
    holds(key, phrase)
}

fn tidy(phrase: &str) -> String {
    let trimmed = phrase.trim_matches(|c: char| c.is_whitespace() || matches!(c, ':' | ',' | '-' | '“' | '”' | '"'));
    // `an increase in short-term borrowings`: the preposition belongs to the change.
    trimmed.strip_prefix("in ").unwrap_or(trimmed).to_owned()
}

/// `Accounts payable (trade and other)` as `Accounts payable`.
fn without_parentheses(label: &str) -> String {
    let mut depth = 0_i32;
    let kept: String = label
        .chars()
        .filter(|c| {
            depth += i32::from(matches!(c, '(' | '['));
            let inside = depth > 0;
            depth -= i32::from(matches!(c, ')' | ']'));
            !inside
        })
        .collect();
    kept.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// `Order backlog at the end of the period` names order backlog.
fn without_end(label: &str) -> &str {
    const ENDS: [&str; 7] = [
        " on a consolidated basis",
        " at the end of the period",
        " at the end of the year",
        " at the end of the quarter",
        " at period end",
        " at year end",
        " at the end of the fiscal year",
    ];
    let lower = label.to_lowercase();
    let end = ENDS.iter().find_map(|end| lower.strip_suffix(end));
    end.and_then(|rest| label.get(..rest.len())).unwrap_or(label)
}
