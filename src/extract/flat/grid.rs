//! Lines set in fixed width: segments parted by wide gaps, and what each may be in a table.

use super::super::scan::{Kind, Text, Token, is_dash};
use super::super::{Number, Page, Sign, Time, time, units};
use super::stream::{Cell, WIDE_GAP};
use crate::model::{Period, Unit};

/// Tokens that stand together, wide gaps on both sides.
#[derive(Clone, Debug)]
pub struct Segment<'a> {
    /// First character, from 0; that of the figure where it is one.
    pub from: usize,
    /// One past the last.
    pub to: usize,
    /// The tokens.
    pub tokens: &'a [Token],
}

/// What a segment is in a row.
#[derive(Clone, Debug)]
pub enum Content {
    /// A figure or a dash, with the unit printed at it.
    Cell(Cell, Option<Unit>),
    /// A range or another form that we do not read.
    Unread,
    /// A currency's sign alone.
    Currency,
    /// Words.
    Text,
}

/// Words of headers that stand over or under a period.
const HEAD_WORDS: [&str; 8] = ["over", "vs", "amount", "guidance", "change", "yoy", "qoq", "%"];

/// The segments of a line; none for lines with tabs.
pub fn segments(text: &Text, line: usize) -> Vec<Segment<'_>> {
    let tokens = &text.tokens[line];
    if tokens.iter().any(|token| token.is_tab()) {
        return Vec::new();
    }
    let mut segments = Vec::new();
    let mut start = 0;
    for at in 1..=tokens.len() {
        let parts = tokens.get(at).is_none_or(|next| is_parted(&tokens[at - 1], next));
        if parts && at > start {
            segments.push(segment(&tokens[start..at]));
            start = at;
        }
    }
    segments
}

/// A wide gap parts two cells; two times, two figures or a label and a figure need only two blanks.
fn is_parted(before: &Token, next: &Token) -> bool {
    let alike =
        before.time().is_some() && next.time().is_some() || before.number().is_some() && next.number().is_some();
    let capital = next.word().is_some_and(|word| word.starts_with(char::is_uppercase));
    let alike = alike || before.word().is_some() && next.number().is_some() || before.time().is_some() && capital;
    before.to + if alike { 2 } else { WIDE_GAP } <= next.from
}

fn segment(tokens: &[Token]) -> Segment<'_> {
    let from = match (tokens, tokens[0].number()) {
        ([_], Some(number)) => number.from,
        _ => tokens[0].from,
    };
    Segment { from, to: tokens[tokens.len() - 1].to, tokens }
}

impl Segment<'_> {
    /// Twice the middle, so that it stays whole.
    pub fn middle(&self) -> usize {
        self.from + self.to
    }

    /// Whether two segments stand over one another.
    pub fn overlaps(&self, other: &Segment<'_>) -> bool {
        self.from < other.to && other.from < self.to
    }

    /// What it is in a row.
    pub fn content(&self, page: &Page<'_>) -> Content {
        let line = self.tokens[0].line;
        let number = |number: &Number, unit| Content::Cell(Cell { number: Some(number.clone()), line }, unit);
        match self.tokens {
            [Token { kind: Kind::Dash, .. }] => Content::Cell(Cell { number: None, line }, None),
            [Token { kind: Kind::Mark('$' | '¥' | '￥' | '€' | '£'), .. }] => Content::Currency,
            [one] => match one.number() {
                Some(figure) if figure.scale.is_none() => number(figure, None),
                _ => Content::Text,
            },
            [one, two] => match (one.number(), two.word()) {
                (Some(figure), Some(word)) if is_points(word, page) => number(figure, Some(Unit::Points)),
                _ => self.unread_or_text(),
            },
            _ => self.unread_or_text(),
        }
    }

    fn unread_or_text(&self) -> Content {
        let sign = |token: &Token| matches!(token.kind, Kind::Mark(c) if is_dash(c) || c == '~' || c == '%');
        let figures =
            self.tokens.iter().all(|token| token.number().is_some() || sign(token) || matches!(token.kind, Kind::Dash));
        if figures { Content::Unread } else { Content::Text }
    }

    /// Whether it belongs to a header: it opens with a time, or is a word of headers.
    pub fn is_head(&self, page: &Page<'_>) -> bool {
        let Some(first) = self.tokens.first() else { return false };
        let bare_bracket = first.is_mark('(') && self.tokens.len() > 2;
        let word = match &first.kind {
            Kind::Word(word) => word.to_lowercase(),
            Kind::Mark(mark) => mark.to_string(),
            _ => String::new(),
        };
        let listed = HEAD_WORDS.contains(&word.as_str()) || is_listed(&page.vocabulary.words().changes, &word);
        let short = self.tokens.len() <= 3;
        if self.is_unit(page) || short && self.is_day(page) {
            return true;
        }
        (first.time().is_some() && self.tokens.len() <= 4 || listed && short) && !bare_bracket
    }

    /// Nothing but words of a unit, or of a share: `Thousands of`, `U.S. Dollars`, `% of total revenues`.
    pub fn is_unit(&self, page: &Page<'_>) -> bool {
        const LONGEST: usize = 80;
        if self.to - self.tokens[0].from > LONGEST {
            return false;
        }
        let text = self.text(page.text).to_lowercase();
        let known = |word: &str| {
            matches!(word, "of" | "u.s." | "dollar" | "%" | "total" | "revenue" | "revenues")
                || units::currency(word).is_some()
                || units::scale(word).is_some()
        };
        let says = |word: &str| word == "%" || units::currency(word).is_some() || units::scale(word).is_some();
        let words: Vec<&str> = text.split_whitespace().collect();
        let share = matches!(words.as_slice(), ["total", rest] if rest.starts_with("revenue"));
        words.len() <= 4 && words.iter().all(|word| known(word)) && (share || words.iter().any(|word| says(word)))
    }

    /// `2023`, a year by its form.
    pub fn is_year(&self) -> bool {
        let years = rust_decimal::Decimal::from(1990)..rust_decimal::Decimal::from(2100);
        let number = |number: &Number| {
            let bare =
                number.sign == Sign::None && !number.percent && number.currency.is_none() && number.scale.is_none();
            bare && number.to - number.from == 4 && years.contains(&number.magnitude)
        };
        matches!(self.tokens, [one] if one.number().is_some_and(number))
    }

    /// `September 30,`, `9 months`: a day or a span without its year.
    fn is_day(&self, page: &Page<'_>) -> bool {
        let (Some(first), Some(last)) = (self.tokens.first(), self.tokens.last()) else { return false };
        let mut printed: Vec<char> = page.text.slice(first.line, first.from, last.to).chars().collect();
        printed.extend(" 2000".chars());
        let whole = match time::read(&printed, 0, &page.company.fiscal_year) {
            Some((Time::At(period), end)) if end == printed.len() => Some(period),
            _ => None,
        };
        let day = first.word().is_some() && matches!(whole, Some(Period::Instant(_)));
        day || whole.is_some_and(|period| period.fiscal_year().is_some()) && self.tokens.len() == 2
    }

    /// The times in it.
    pub fn times(&self) -> impl Iterator<Item = Time> + '_ {
        self.tokens.iter().filter_map(Token::time)
    }

    /// The characters.
    pub fn text(&self, text: &Text) -> String {
        text.slice(self.tokens[0].line, self.tokens[0].from, self.to)
    }
}

fn is_points(word: &str, page: &Page<'_>) -> bool {
    is_listed(&page.vocabulary.words().points, &word.to_lowercase())
}

fn is_listed(list: &[String], word: &str) -> bool {
    list.iter().any(|known| known == word)
}

/// The unit declared nearest above a line, at most `reach` lines away.
pub fn declared(page: &Page<'_>, line: usize, reach: usize) -> Option<Unit> {
    (line.saturating_sub(reach)..=line).rev().find_map(|i| units::declared(page.text, i, page.company.currency))
}
