//! A printed change against the sentence beside it: `up 144 QoQ`, and in the next line `decreased from 4Q16`.

use crate::history::gather::Stated;
use crate::history::prior_level::base_period;
use crate::model::{Calendar, Document, FigureId, Period, Source};
use crate::vocabulary::{Vocabulary, normalize};

use super::finding::{Finding, Rule, Severity, number};

/// How far the sentence may stand from the figure, in lines.
const BESIDE: usize = 2;
/// How many words may stand between the verb and the period that it compares with.
const NEAR: usize = 3;

/// What a change says, for a search in the lines around it.
pub(super) struct Change<'a> {
    /// The statement.
    pub stated: &'a Stated,
    /// The figure, where the label has an id; the words are searched for by the label.
    pub figure: Option<FigureId>,
}

impl Change<'_> {
    /// The finding where a line beside the figure says the opposite of the same thing over the same period.
    pub fn check(&self, document: &Document, vocabulary: &Vocabulary, calendar: Calendar) -> Option<Finding> {
        let fact = &self.stated.fact;
        if fact.value.is_zero() || fact.approx {
            return None;
        }
        let base = base_period(calendar, fact.period, fact.measure).or_else(|| fact.period.period_before())?;
        let base = quarter_of(calendar, base).to_lowercase();
        let label = normalize(&fact.label);
        let label: Vec<&str> = label.split(' ').collect();
        let words = vocabulary.words();
        let (opposite, way) = if fact.value.is_sign_negative() { (&words.up, "down") } else { (&words.down, "up") };
        let at = fact.source.line;
        let lines = document.lines.iter().enumerate().skip(at.saturating_sub(BESIDE + 1)).take(2 * BESIDE + 1);
        for (index, line) in lines.filter(|(index, _)| index + 1 != at) {
            let may_name = |bytes: &[u8]| bytes.eq_ignore_ascii_case(base.as_bytes());
            if line.is_ascii() && !line.as_bytes().windows(base.len()).any(may_name) {
                continue;
            }
            let text = normalize(line);
            let text: Vec<&str> = text.split(' ').collect();
            let verb = text.iter().position(|word| opposite.iter().any(|known| known.as_str() == *word));
            let Some(verb) = verb.filter(|verb| holds_in_order(&text[..*verb], &label)) else { continue };
            if text.iter().skip(verb + 1).take(NEAR).any(|word| *word == base) {
                let sentence = format!(
                    "`{}` is {way} {} {} here, but line {} says `{} … {}`",
                    fact.label,
                    number(fact.value.abs()),
                    fact.unit,
                    index + 1,
                    text[verb],
                    base.to_uppercase()
                );
                let column = line.chars().take_while(|c| c.is_whitespace()).count() + 1;
                let document = fact.source.document.clone();
                let passage = Source::new(document, index + 1, column, line.trim().to_owned());
                return Some(self.finding(sentence, passage));
            }
        }
        None
    }

    fn finding(&self, sentence: String, passage: Source) -> Finding {
        Finding {
            company: self.stated.fact.company.clone(),
            severity: Severity::Warning,
            rule: Rule::Direction,
            figure: self.figure.clone(),
            figures: vec![self.stated.fact.clone()],
            passages: vec![passage],
            difference: None,
            tolerance: None,
            unit: None,
            sentence,
        }
    }
}

/// Sentences compare a day with the quarter that ended before: `decreased from 4Q16`.
fn quarter_of(calendar: Calendar, base: Period) -> String {
    match base {
        Period::Instant(day) => {
            calendar.span_ending(3, day).map_or_else(|| base.to_string(), |quarter| quarter.to_string())
        }
        other => other.to_string(),
    }
}

/// Whether all words of a label stand in a text in their order, other words between them.
fn holds_in_order(text: &[&str], label: &[&str]) -> bool {
    let mut rest = text.iter();
    label.len() > 1 && label.iter().all(|word| rest.any(|other| other == word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_label_is_found_with_other_words_between() {
        let text: Vec<&str> = "although the number of si related outsourcing personnel".split(' ').collect();
        let label = |label: &'static str| label.split(' ').collect::<Vec<_>>();
        assert!(holds_in_order(&text, &label("number of outsourcing personnel")));
        assert!(!holds_in_order(&text, &label("personnel number")));
        assert!(!holds_in_order(&text, &label("personnel")));
    }
}
