//! Headings: a section number that stands twice over different titles, and a heading that repeats another section's.

use std::collections::BTreeMap;
use std::sync::Arc;

use unicode_normalization::UnicodeNormalization;

use crate::model::{Document, Fact, Reading, Source};
use crate::vocabulary::normalize;

use super::finding::{Finding, Rule, Severity};
use super::ties::Ties;

/// Longer lines are text, not headings.
const LONGEST: usize = 80;
/// How far below its heading a figure stands, in lines.
const BELOW: usize = 12;

/// Every heading of a document against the others.
pub(super) fn check(company: &Arc<str>, reading: &Reading, document: &Document, ties: &mut Ties) {
    let page = Page { company, reading, document };
    ties.found.extend(page.numbered_twice());
    ties.found.extend(page.repeated());
}

struct Page<'a> {
    company: &'a Arc<str>,
    reading: &'a Reading,
    document: &'a Document,
}

impl Page<'_> {
    /// Short lines that are no bullets, rows or sentences: line from 0, and its words.
    fn titles(&self) -> impl Iterator<Item = (usize, String)> + '_ {
        self.document.lines.iter().enumerate().filter_map(|(at, line)| {
            let text = line.trim();
            let starts = text.starts_with(|c: char| c.is_alphanumeric());
            let plain =
                !text.contains('\t') && !text.ends_with(['.', ',', ';', ':']) && text.chars().count() <= LONGEST;
            (starts && plain).then(|| (at, normalize(text)))
        })
    }

    /// `III-5` over two titles that share no word.
    fn numbered_twice(&self) -> Vec<Finding> {
        let mut known: BTreeMap<String, (usize, String)> = BTreeMap::new();
        let mut found = Vec::new();
        for (at, line) in self.document.lines.iter().enumerate() {
            let Some((number, title)) = section(line) else { continue };
            match known.get(&number) {
                Some((first, other)) if !share_a_word(other, &title) => {
                    let sentence =
                        format!("section {number} stands twice: `{}` and `{}`", self.text(*first), self.text(at));
                    found.push(self.finding(at, *first, Vec::new(), sentence));
                }
                Some(_) => {}
                None => {
                    known.insert(number, (at, title));
                }
            }
        }
        found
    }

    /// `FY11 Investing Activities`, once below `Investing Activities` and once below `Financing Activities`.
    fn repeated(&self) -> Vec<Finding> {
        let titles: Vec<(usize, String)> = self.titles().collect();
        let mut found = Vec::new();
        for (index, (at, title)) in titles.iter().enumerate() {
            let Some((first, _)) = titles[..index].iter().find(|(_, other)| other == title) else { continue };
            // The section that the heading names is a heading itself: its own words without those that lead it.
            let named = |other: &&(usize, String)| {
                title.strip_suffix(other.1.as_str()).is_some_and(|lead| lead.ends_with(' ')) && other.1.contains(' ')
            };
            let Some((_, section)) = titles.iter().find(named) else { continue };
            let Some(kind) = section.rsplit(' ').next() else { continue };
            let siblings = |(line, other): &&(usize, String)| {
                line < at
                    && other.rsplit(' ').next() == Some(kind)
                    && other.split(' ').count() == section.split(' ').count()
            };
            let Some((home, under)) = titles[..index].iter().rfind(siblings) else { continue };
            if under == section || home <= first {
                continue;
            }
            let sentence = format!(
                "`{}` repeats the heading of line {} below `{}` at line {}",
                self.text(*at),
                first + 1,
                self.text(*home),
                home + 1
            );
            let below = |fact: &&Fact| fact.source.line > at + 1 && fact.source.line <= at + 1 + BELOW;
            let figures = self.reading.facts.iter().filter(below).cloned().collect();
            found.push(self.finding(*at, *first, figures, sentence));
        }
        found
    }

    fn text(&self, at: usize) -> &str {
        self.document.lines[at].trim()
    }

    fn finding(&self, at: usize, first: usize, figures: Vec<Fact>, sentence: String) -> Finding {
        let source = |line: usize| {
            let column = self.document.lines[line].chars().take_while(|c| c.is_whitespace()).count() + 1;
            Source::new(self.reading.document.clone(), line + 1, column, self.text(line).to_owned())
        };
        Finding {
            company: self.company.clone(),
            severity: Severity::Note,
            rule: Rule::Heading,
            figure: None,
            figures,
            passages: vec![source(at), source(first)],
            difference: None,
            tolerance: None,
            unit: None,
            sentence,
        }
    }
}

/// The number of a section and the words of its title: `Ⅲ-5. Reference`, `II -6. Network Services`, `I - 1. Summary`.
fn section(line: &str) -> Option<(String, String)> {
    let line = line.trim();
    if !line.starts_with(|c: char| matches!(c, 'I' | 'V' | 'X') || !c.is_ascii()) {
        return None;
    }
    let text: String = line.nfkc().collect();
    if text.chars().count() > LONGEST {
        return None;
    }
    let roman: String = text.chars().take_while(|c| matches!(c, 'I' | 'V' | 'X')).collect();
    let rest = text[roman.len()..].trim_start().strip_prefix(['-', '‐', '–'])?.trim_start();
    let digits: String = rest.chars().take_while(char::is_ascii_digit).collect();
    let title = rest[digits.len()..].strip_prefix('.')?;
    (!roman.is_empty() && !digits.is_empty()).then(|| (format!("{roman}-{digits}"), normalize(title)))
}

/// Whether two titles share a word of weight.
fn share_a_word(a: &str, b: &str) -> bool {
    a.split(' ').filter(|word| word.len() > 3).any(|word| b.split(' ').any(|other| other == word))
}
