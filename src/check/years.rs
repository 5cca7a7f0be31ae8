//! Figures under the wrong year. What has happened is over: a change of a year that had not ended when the document was
//! published belongs to another, and often the document says to which.

use chrono::NaiveDate;

use crate::extract::time::{self, Time};
use crate::model::{Basis, Calendar, Document, Fact, FigureId, Measure, Period, Reading, Source, Unit, Unread};
use crate::vocabulary::{Vocabulary, has_any, holds, normalize};

use super::finding::{Finding, Rule, Severity};
use super::ties::Ties;

/// How far above a figure its subject may stand, in lines: the bullet that a sub-bullet belongs to.
const ABOVE: usize = 3;
/// Longer lines are text, not headings.
const LONGEST_HEADING: usize = 60;

/// Every statement about a span that was not over.
pub(super) fn check(
    reading: &Reading,
    document: &Document,
    vocabulary: &Vocabulary,
    calendar: Calendar,
    ties: &mut Ties,
) {
    let Some(date) = reading.date else { return };
    let page = Page { reading, document, vocabulary, calendar, date };
    ties.found.extend(reading.facts.iter().filter_map(|fact| page.early(fact)));
    ties.found.extend(reading.unread.iter().filter_map(|unread| page.rate(unread)));
    ties.found.extend((0..document.lines.len()).filter_map(|line| page.heading(line)));
}

struct Page<'a> {
    reading: &'a Reading,
    document: &'a Document,
    vocabulary: &'a Vocabulary,
    calendar: Calendar,
    date: NaiveDate,
}

impl Page<'_> {
    fn is_open(&self, period: Period) -> bool {
        period.fiscal_year().is_some() && self.calendar.end(period) > self.date
    }

    /// A fact that is meant as actual.
    fn early(&self, fact: &Fact) -> Option<Finding> {
        // People are hired and shares issued while a span still runs; sales and rates are told at its end.
        let told_at_end = matches!(fact.unit, Unit::Money { .. } | Unit::Percent);
        let actual = fact.basis == Basis::Actual && told_at_end && self.is_open(fact.period);
        actual.then(|| {
            let what = fact.metric.as_ref().map_or_else(|| format!("`{}`", fact.label), ToString::to_string);
            self.finding(
                Severity::Warning,
                vec![fact.clone()],
                fact.source.clone(),
                format!(
                    "{what} {} is stated as reached, but {} had not ended on {}",
                    fact.period, fact.period, self.date
                ),
            )
        })
    }

    /// A rate that became no fact, because its line names a span that was not over; another line states it for one that was.
    fn rate(&self, unread: &Unread) -> Option<Finding> {
        let number = unread.printed.strip_suffix('%')?;
        let value: rust_decimal::Decimal = number.trim().trim_start_matches(['+', '-']).parse().ok()?;
        let period = self.spans(unread.line - 1).into_iter().find(|period| self.is_open(*period))?;
        let from = (unread.line - 1).saturating_sub(ABOVE);
        let above = self.document.lines[from..unread.line].join(" ");
        let words = self.vocabulary.words();
        let text = normalize(&above);
        let line = normalize(&self.document.lines[unread.line - 1]);
        let moved = has_any(&line, &words.up) || has_any(&line, &words.down);
        if !moved || has_any(&line, &words.target) || has_any(&line, &words.outlook) {
            return None;
        }
        let same = |fact: &&Fact| {
            matches!(fact.measure, Measure::YoyPct | Measure::QoqPct)
                && fact.value.abs() == value
                && fact.value.scale() == value.scale()
                && fact.period != period
                && self.is_spoken_of(fact, &text)
        };
        let meant = self.reading.facts.iter().find(same)?;
        let document = self.reading.document.clone();
        let source = Source::new(document, unread.line, unread.column, unread.printed.clone());
        let what = meant.metric.as_ref().map_or_else(|| format!("`{}`", meant.label), ToString::to_string);
        let sentence = format!(
            "`{}` stands under {period}, which had not ended on {}; it is {what} {} at line {}",
            unread.printed, self.date, meant.period, meant.source.line
        );
        Some(self.finding(Severity::Error, vec![meant.clone()], source, sentence))
    }

    /// Whether a text names what a fact is about.
    fn is_spoken_of(&self, fact: &Fact, text: &str) -> bool {
        let long = |key: &String| key.split(' ').count() > 1;
        let entry = fact.metric.as_ref().and_then(|metric| self.vocabulary.entry(metric));
        let labels = entry.into_iter().flat_map(|entry| entry.labels.iter());
        labels.chain([&fact.label]).map(|label| normalize(label)).filter(long).any(|key| holds(text, &key))
    }

    /// A heading of results over a span that was not over.
    fn heading(&self, line: usize) -> Option<Finding> {
        let text = self.document.lines[line].trim();
        if text.chars().count() > LONGEST_HEADING {
            return None;
        }
        let key = normalize(text);
        let words = self.vocabulary.words();
        let planned =
            || [&words.target, &words.outlook, &words.not_at_time].into_iter().any(|words| has_any(&key, words));
        if !has_any(&key, &words.reported) || planned() {
            return None;
        }
        let spans = self.spans(line);
        let period = *spans.first()?;
        if !spans.iter().all(|period| self.is_open(*period)) {
            return None;
        }
        let sentence = format!("`{text}` heads results of {period}, which had not ended on {}", self.date);
        let column = self.document.lines[line].chars().take_while(|c| c.is_whitespace()).count() + 1;
        let source = Source::new(self.reading.document.clone(), line + 1, column, text.to_owned());
        Some(self.finding(Severity::Warning, Vec::new(), source, sentence))
    }

    /// The spans that a line names.
    fn spans(&self, line: usize) -> Vec<Period> {
        let text: Vec<char> = self.document.lines[line].chars().collect();
        let mut spans = Vec::new();
        let mut at = 0;
        while at < text.len() {
            match time::read(&text, at, &self.calendar) {
                Some((time, end)) => {
                    if let Time::At(period) = time
                        && period.fiscal_year().is_some()
                    {
                        spans.push(period);
                    }
                    at = end.max(at + 1);
                }
                None => at += 1,
            }
        }
        spans
    }

    fn finding(&self, severity: Severity, figures: Vec<Fact>, passage: Source, sentence: String) -> Finding {
        let first = figures.first();
        Finding {
            company: first.map_or_else(|| self.company(), |fact| fact.company.clone()),
            severity,
            rule: Rule::Year,
            figure: first.and_then(|fact| {
                let (metric, period) = (fact.metric.clone()?, fact.period);
                Some(FigureId { metric, period, basis: fact.basis, measure: fact.measure })
            }),
            figures,
            passages: vec![passage],
            difference: None,
            tolerance: None,
            unit: None,
            sentence,
        }
    }

    fn company(&self) -> std::sync::Arc<str> {
        self.reading.facts.first().map_or_else(|| "".into(), |fact| fact.company.clone())
    }
}
