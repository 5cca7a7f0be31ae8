//! Elements: a block's tokens with the role that each plays in a clause. Words with meaning come from the vocabulary.

use super::super::Page;
use super::super::number::Number;
use super::super::scan::{Kind, Token};
use super::super::time::Time;
use crate::model::Period;

/// What an element does in a clause.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Role {
    /// A printed figure.
    Figure(Number),
    /// A printed time.
    Time(Period),
    /// `last year`: the period before, where the clause compares.
    LastYear,
    /// A rise or a fall: 1 or -1.
    Direction(i8),
    /// `approx.`, `over`, `almost`.
    Approx,
    /// Compared with the year before.
    Yoy,
    /// Compared with the period before.
    Qoq,
    /// Percentage points.
    Points,
    /// `percent`.
    Percent,
    /// Any other word.
    Word,
    /// An opening parenthesis; whether figures stand inside.
    Open(bool),
    /// Its closing parenthesis; whether figures stand inside.
    Close(bool),
    /// A comma, or a dash between blanks.
    Comma,
    /// A colon.
    Colon,
    /// `→` between two figures.
    Arrow,
    /// The end of a sentence or of a line that stands for itself.
    Stop,
}

/// One element and its place.
#[derive(Clone, Debug)]
pub(super) struct Element {
    /// What it does.
    pub role: Role,
    /// Its characters in lower case.
    pub text: String,
    /// Line, from 0.
    pub line: usize,
    /// First character.
    pub from: usize,
    /// One past the last character.
    pub to: usize,
}

impl Element {
    /// Whether it is that word, whatever its role.
    pub fn is(&self, word: &str) -> bool {
        self.text == word
    }

    /// Whether it is one of these words.
    pub fn is_in(&self, words: &[String]) -> bool {
        words.contains(&self.text)
    }

    /// The time, where it is one.
    pub fn time(&self) -> Option<Period> {
        match self.role {
            Role::Time(period) => Some(period),
            _ => None,
        }
    }
}

/// The elements of the lines of a block; in a `whole` one no line ends a clause. Marks of bullets, emphasis and quotation say nothing.
pub(super) fn elements(page: &Page<'_>, lines: &[usize], whole: bool) -> Vec<Element> {
    let mut found: Vec<Element> = Vec::new();
    for (index, line) in lines.iter().enumerate() {
        if index > 0 && !whole && starts_anew(page, lines[index - 1], *line) {
            push(&mut found, Role::Stop, "\n", *line, 0, 0);
        }
        read_tokens(page, &page.text.tokens[*line], &mut found);
    }
    mark_parentheses(&mut found);
    found
}

/// The elements of cells that are one text.
pub(super) fn of_cells(page: &Page<'_>, cells: &[&[Token]]) -> Vec<Element> {
    let mut found = Vec::new();
    for cell in cells {
        read_tokens(page, cell, &mut found);
    }
    mark_parentheses(&mut found);
    found
}

/// A line that starts with a capital or a digit starts a clause of its own; one that goes on does not.
fn starts_anew(page: &Page<'_>, above: usize, line: usize) -> bool {
    let first = page.text.lines[line].iter().find(|c| !c.is_whitespace());
    let wrapped = (60..=130).contains(&page.text.lines[above].len());
    let note = first.is_some_and(|c| *c == '*');
    note || first.is_some_and(|c| (c.is_uppercase() || c.is_ascii_digit()) && !wrapped)
}

fn push(found: &mut Vec<Element>, role: Role, text: &str, line: usize, from: usize, to: usize) {
    found.push(Element { role, text: text.to_lowercase(), line, from, to });
}

fn read_tokens(page: &Page<'_>, tokens: &[Token], found: &mut Vec<Element>) {
    let mut at = 0;
    while at < tokens.len() {
        let token = &tokens[at];
        let (role, used) = role_at(page, tokens, at);
        if let Some(role) = role {
            let (line, last) = (token.line, &tokens[at + used - 1]);
            let text = page.text.slice(line, token.from, last.to);
            push(found, role, &text, line, token.from, last.to);
        }
        at += used;
        if ends_before_note(tokens, at) {
            let note = &tokens[at - 1];
            push(found, Role::Stop, "", note.line, note.to, note.to);
        }
    }
}

/// `with prepaid SIM cards.5 Despite`: a sentence ends before the digit of its note.
fn ends_before_note(tokens: &[Token], at: usize) -> bool {
    let word = at.checked_sub(1).and_then(|before| tokens[before].word());
    let noted = word.and_then(|word| word.rsplit_once('.')).is_some_and(|(word, digits)| {
        let letters = word.chars().filter(|c| c.is_lowercase()).count() > 1;
        letters && (1..=2).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit())
    });
    noted && tokens.get(at).and_then(Token::word).is_some_and(|next| next.starts_with(char::is_uppercase))
}

/// The role of the tokens that start at `at`, and how many they are.
fn role_at(page: &Page<'_>, tokens: &[Token], at: usize) -> (Option<Role>, usize) {
    match &tokens[at].kind {
        Kind::Number(number) if !number.percent && number.currency.is_none() && is_duration(page, tokens, at) => {
            (Some(Role::Word), 1)
        }
        Kind::Number(number) => (Some(Role::Figure(number.clone())), 1),
        Kind::Time(Time::At(period)) => (Some(Role::Time(*period)), 1),
        Kind::Time(_) => (Some(Role::Word), 1),
        Kind::Word(_) => word_role(page, tokens, at),
        Kind::Tab if tokens[at..].iter().all(|token| token.is_tab()) => (None, tokens.len() - at),
        Kind::Tab => (Some(Role::Colon), 1),
        Kind::Dash => (Some(Role::Comma), 1),
        Kind::Mark(mark) => mark_role(page, tokens, at, *mark),
    }
}

/// `3 months`, `15 years`, and the numbers of a list: `1)`.
fn is_duration(page: &Page<'_>, tokens: &[Token], at: usize) -> bool {
    let next = tokens.get(at + 1);
    let word = next.and_then(Token::word).map(str::to_lowercase);
    let duration = word.is_some_and(|word| page.vocabulary.words().durations.contains(&word));
    let opened =
        tokens[..at].iter().filter(|t| t.is_mark('(')).count() > tokens[..at].iter().filter(|t| t.is_mark(')')).count();
    let listed = !opened && next.is_some_and(|next| next.is_mark(')') && next.from == tokens[at].to);
    duration || listed
}

/// The roles of the phrases that the vocabulary marks, in its order.
const MARKED: [Role; 8] = [
    Role::Yoy,
    Role::Qoq,
    Role::LastYear,
    Role::Approx,
    Role::Direction(1),
    Role::Direction(-1),
    Role::Points,
    Role::Percent,
];

fn word_role(page: &Page<'_>, tokens: &[Token], at: usize) -> (Option<Role>, usize) {
    let word = tokens[at].word().unwrap_or_default();
    let phrases = page.vocabulary.marked().like(word).iter();
    let hits = phrases.filter_map(|(list, phrase)| Some((phrase_len(tokens, at, phrase)?, &MARKED[*list])));
    match hits.max_by_key(|(len, _)| *len) {
        Some((len, role)) => (Some(role.clone()), len),
        None => (Some(Role::Word), 1),
    }
}

/// How many tokens the phrase takes at `at`, if it stands there.
fn phrase_len(tokens: &[Token], at: usize, phrase: &[String]) -> Option<usize> {
    for (used, expected) in phrase.iter().enumerate() {
        let word = tokens.get(at + used)?.word()?;
        let bare = word.trim_end_matches(|c: char| c.is_ascii_digit());
        if !bare.eq_ignore_ascii_case(expected) {
            return None;
        }
    }
    Some(phrase.len())
}

fn mark_role(page: &Page<'_>, tokens: &[Token], at: usize, mark: char) -> (Option<Role>, usize) {
    let next_is =
        |expected: char| tokens.get(at + 1).is_some_and(|next| next.is_mark(expected) && next.from == tokens[at].to);
    match mark {
        '(' | '[' | '（' => (Some(Role::Open(false)), 1),
        ')' | ']' | '）' => (Some(Role::Close(false)), 1),
        ',' | '、' => (Some(Role::Comma), 1),
        ';' => (Some(Role::Stop), 1),
        ':' | '：' => (Some(Role::Colon), 1),
        '%' => (Some(Role::Percent), 1),
        '→' => (Some(Role::Arrow), 1),
        '-' if next_is('>') => (Some(Role::Arrow), 2),
        '.' if ends_sentence(page, tokens, at) => (Some(Role::Stop), 1),
        _ => (None, 1),
    }
}

/// A point ends a sentence unless it closes an abbreviation or the text goes on in lower case.
fn ends_sentence(page: &Page<'_>, tokens: &[Token], at: usize) -> bool {
    let before = at.checked_sub(1).and_then(|i| tokens[i].word()).map(str::to_lowercase);
    let short = before.is_some_and(|word| page.vocabulary.words().abbreviations.contains(&word));
    let goes_on = tokens.get(at + 1).and_then(Token::word).is_some_and(|w| w.starts_with(char::is_lowercase));
    !short && !goes_on
}

/// Pairs parentheses and notes which of them hold figures; a parenthesis left open ends with its sentence's block.
fn mark_parentheses(found: &mut [Element]) {
    let mut open: Vec<usize> = Vec::new();
    for at in 0..found.len() {
        match found[at].role {
            Role::Open(_) => open.push(at),
            Role::Close(_) => {
                if let Some(start) = open.pop() {
                    let figures = found[start..at].iter().any(|e| matches!(e.role, Role::Figure(_)));
                    found[start].role = Role::Open(figures);
                    found[at].role = Role::Close(figures);
                }
            }
            _ => {}
        }
    }
    for start in open {
        let figures = found[start..].iter().any(|e| matches!(e.role, Role::Figure(_)));
        found[start].role = Role::Open(figures);
    }
}
