//! Sentences of a passage, each with its place. Marks of lists, stars of bold print and footnote numbers at a sentence's end are
//! no words; everything else stays as it stands.

use super::super::Page;

/// Shorter ones are labels, longer ones no quote.
const LENGTH: std::ops::RangeInclusive<usize> = 35..=520;
/// A sentence with a larger share of digits is a table without its borders.
const DIGITS_IN_HUNDRED: usize = 14;
/// Words before a full stop that end no sentence.
const ABBREVIATIONS: [&str; 18] = [
    "inc", "co", "ltd", "corp", "approx", "vs", "no", "jan", "feb", "mar", "apr", "jun", "jul", "aug", "sep", "oct",
    "nov", "dec",
];
/// Words that open a sentence behind a heading which runs into it.
const OPENERS: [&str; 7] = ["Due", "While", "Following", "Although", "Despite", "Because", "Along"];
/// What opens with these has its subject in the sentence before.
const SUBJECTLESS: [&str; 2] = ["Could", "Cannot"];
/// A heading has none of these.
const VERBS: [&str; 8] = ["was", "were", "is", "are", "has", "have", "had", "be"];
/// Words of a heading at most.
const HEADING: usize = 12;

/// One sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Sentence {
    /// Line of its first word, from 0.
    pub line: usize,
    /// Column of its first word, from 0.
    pub column: usize,
    /// Line and column of its last character, from 0.
    pub end: (usize, usize),
    /// The words.
    pub text: String,
}

/// A character and its place.
type Placed = (char, (usize, usize));

/// The sentences of a passage that can be quoted.
pub(super) fn sentences(page: &Page<'_>, lines: &[usize]) -> Vec<Sentence> {
    statements(page, lines).iter().flat_map(|chars| split(chars)).filter_map(|chars| sentence(&chars)).collect()
}

/// Lines that go on with the one above, joined. A line that starts anew with a figure or a colon in it is its own statement.
fn statements(page: &Page<'_>, lines: &[usize]) -> Vec<Vec<Placed>> {
    let mut statements: Vec<Vec<Placed>> = Vec::new();
    for line in lines {
        let text = &page.text.lines[*line];
        let placed = text.iter().enumerate().map(|(column, c)| (*c, (*line, column)));
        let first = text.iter().find(|c| c.is_alphanumeric());
        let anew = first.is_some_and(|c| c.is_uppercase()) && text.iter().any(|c| c.is_ascii_digit() || *c == ':');
        match statements.last_mut() {
            Some(last) if !anew => {
                last.push((' ', (*line, 0)));
                last.extend(placed);
            }
            _ => statements.push(placed.collect()),
        }
    }
    statements
}

/// The parts between full stops.
fn split(chars: &[Placed]) -> Vec<Vec<Placed>> {
    let mut parts = Vec::new();
    let mut from = 0;
    for at in 0..chars.len() {
        if let Some(next) = next_start(chars, from, at) {
            parts.push(chars[from..=at].to_vec());
            from = next;
        }
    }
    parts.push(chars[from..].to_vec());
    parts
}

/// Where the next sentence starts, if a full stop at `at` ends one.
fn next_start(chars: &[Placed], from: usize, at: usize) -> Option<usize> {
    let c = |at: usize| chars.get(at).map(|(c, _)| *c);
    if c(at) != Some('.') {
        return None;
    }
    let word: String =
        chars[from..at].iter().rev().map(|(c, _)| *c).take_while(|c| !c.is_whitespace() && *c != '(').collect();
    let word: String = word.chars().rev().collect::<String>().to_lowercase();
    let initials = word.contains('.') || word.chars().count() == 1;
    if initials || ABBREVIATIONS.contains(&word.as_str()) {
        return None;
    }
    let letter = word.ends_with(|c: char| c.is_alphabetic() || matches!(c, ')' | '”' | '"' | '%'));
    let note = (1..=2).take_while(|i| letter && c(at + i).is_some_and(|c| c.is_ascii_digit())).count();
    let closing = usize::from(matches!(c(at + 1), Some('”' | '"')));
    let blank = at + 1 + note.max(closing);
    let starts = |c: char| c.is_uppercase() || matches!(c, '“' | '"' | '(');
    let next = (blank..chars.len()).find(|i| !chars[*i].0.is_whitespace())?;
    let opens: String = chars[next..].iter().map(|(c, _)| *c).take_while(|c| c.is_alphabetic()).collect();
    (next > blank && starts(chars[next].0) && !SUBJECTLESS.contains(&opens.as_str())).then_some(next)
}

/// A sentence without its marks, where it can be quoted.
fn sentence(chars: &[Placed]) -> Option<Sentence> {
    let is_word = |c: char| c.is_alphanumeric();
    let first = chars.iter().position(|(c, _)| is_word(*c))?;
    let mut kept: Vec<Placed> = chars[first..].to_vec();
    cut_speaker(&mut kept);
    let text = clean(&kept);
    let dropped = run_in_heading(&text);
    let mut words = 0;
    let mut inside = false;
    let start = kept.iter().position(|(c, _)| {
        if c.is_whitespace() {
            inside = false;
        } else if !inside {
            inside = true;
            words += 1;
        }
        words == dropped + 1 && inside
    })?;
    let kept = &kept[start..];
    let text = if start == 0 { text } else { clean(kept) };
    let length = text.chars().count();
    let digits = text.chars().filter(char::is_ascii_digit).count();
    let opens = text.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit());
    let ends = !text.ends_with([':', ',', ';', '(']);
    let balanced = text.matches('(').count() == text.matches(')').count()
        && text.matches('“').count() == text.matches('”').count();
    let whole = opens && ends && balanced && LENGTH.contains(&length) && digits * 100 <= length * DIGITS_IN_HUNDRED;
    let (line, column) = kept.first()?.1;
    whole.then(|| Sentence { line, column, end: kept.last().map_or((line, column), |last| last.1), text })
}

/// `…,” said the president` : what is said ends with the quotation mark.
fn cut_speaker(chars: &mut Vec<Placed>) {
    let opened = |at: usize| chars[..at].iter().any(|(c, _)| *c == '“');
    let end = (1..chars.len()).find(|at| chars[*at].0 == '”' && !opened(*at));
    if let Some(end) = end {
        let end = if matches!(chars[end - 1].0, ',' | ';') { end - 1 } else { end };
        chars.truncate(end);
    }
}

/// Single blanks, no stars, no bullets within.
fn clean(chars: &[Placed]) -> String {
    let plain: String = chars.iter().map(|(c, _)| *c).filter(|c| *c != '*').collect();
    let words: Vec<&str> = plain.split_whitespace().collect();
    words.join(" ").trim_end_matches([' ', '>', '<', '》', '≫']).to_owned()
}

/// How many words of a heading run into the sentence: its words once more, or an opening word behind words without a verb.
fn run_in_heading(text: &str) -> usize {
    let words: Vec<&str> = text.split(' ').collect();
    let same = |a: &str, b: &str| a.eq_ignore_ascii_case(b);
    let twice = (1..=HEADING / 2).rev().find(|n| words.len() > 2 * n && (0..*n).all(|i| same(words[i], words[i + n])));
    if let Some(count) = twice {
        return count;
    }
    let opener = (1..HEADING.min(words.len())).find(|i| OPENERS.contains(&words[*i]));
    opener.filter(|i| !words[..*i].iter().any(|word| VERBS.contains(word) || word.ends_with([',', ';']))).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &[&str]) {
        let chars: Vec<Placed> = text.chars().enumerate().map(|(at, c)| (c, (0, at))).collect();
        let seen: Vec<String> =
            split(&chars).iter().filter_map(|chars| sentence(chars)).map(|found| found.text).collect();
        assert_eq!(seen, expected, "{text}");
    }

    #[test]
    fn sentences_end_where_the_document_ends_them() {
        check(
            " - Revenue of Trust Networks Inc. grew due to U.S. demand. Costs rose along with the revenue growth.",
            &["Revenue of Trust Networks Inc. grew due to U.S. demand.", "Costs rose along with the revenue growth."],
        );
        check(
            "- **Operating income decreased because SI gross margin deteriorated**",
            &["Operating income decreased because SI gross margin deteriorated"],
        );
        check(
            "- **Operating income decreased. Could not absorb the increase of costs**",
            &["Operating income decreased. Could not absorb the increase of costs"],
        );
        check(
            "Future Prospects including Targets Due to seasonal factors, results tend to be large in fourth quarter.",
            &["Due to seasonal factors, results tend to be large in fourth quarter."],
        );
        check(
            "Our targets remain unchanged under a certain method,” said Eijiro Katsu, President of IIJ.",
            &["Our targets remain unchanged under a certain method"],
        );
        check("a decrease of spending due to a depression in the economy,", &[]);
        check("Total 19,756 22,014 11.4 Network 13,891 14,272 2.7 due to 4,403 5,960 35.4", &[]);
    }
}
