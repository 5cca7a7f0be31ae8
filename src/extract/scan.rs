//! A document as tokens with their places: numbers, times, words, marks. What they mean is the readers' business.

use super::number::{self, Number, is_cjk};
use super::time::{self, Time};
use super::units;
use crate::model::{Calendar, Document};

/// What a token is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A figure, with the currency and scale printed at it.
    Number(Number),
    /// A period, a date or a part of one.
    Time(Time),
    /// A run of letters (with the digits, `&`, `/`, `-` inside it), or digits that are no figure: `81-3-5205-6500`, `1/3`.
    Word(String),
    /// A dash that stands alone: an empty cell.
    Dash,
    /// A tab: the border between two cells.
    Tab,
    /// Any other sign.
    Mark(char),
}

/// A token and its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Token {
    /// What it is.
    pub kind: Kind,
    /// Line, from 0.
    pub line: usize,
    /// First character in the line, from 0.
    pub from: usize,
    /// One past the last character.
    pub to: usize,
}

/// A document's lines as characters and as tokens.
#[derive(Clone, Debug)]
pub struct Text {
    /// The characters of each line.
    pub lines: Vec<Vec<char>>,
    /// The same as texts.
    whole: Vec<String>,
    /// The tokens of each line.
    pub tokens: Vec<Vec<Token>>,
}

impl Token {
    /// The number, where it is one.
    pub fn number(&self) -> Option<&Number> {
        match &self.kind {
            Kind::Number(number) => Some(number),
            _ => None,
        }
    }

    /// The time, where it is one.
    pub fn time(&self) -> Option<Time> {
        match self.kind {
            Kind::Time(time) => Some(time),
            _ => None,
        }
    }

    /// The word, where it is one.
    pub fn word(&self) -> Option<&str> {
        match &self.kind {
            Kind::Word(word) => Some(word),
            _ => None,
        }
    }

    /// Whether it parts two cells.
    pub fn is_tab(&self) -> bool {
        matches!(self.kind, Kind::Tab)
    }

    /// Whether it is that sign.
    pub fn is_mark(&self, mark: char) -> bool {
        matches!(self.kind, Kind::Mark(own) if own == mark)
    }
}

impl Text {
    /// Scans a document.
    pub fn of(document: &Document, calendar: &Calendar) -> Self {
        let mut lines: Vec<Vec<char>> = document.lines.iter().map(|line| line.chars().collect()).collect();
        bars_to_tabs(&mut lines);
        let narrow = |line: &Vec<char>| line.iter().copied().map(half_width).collect::<Vec<char>>();
        let mut tokens: Vec<Vec<Token>> =
            lines.iter().enumerate().map(|(index, line)| scan(&narrow(line), index, calendar)).collect();
        super::spaced::join(&mut tokens, &lines);
        join_scales(&mut tokens);
        time::defined::join_lines(&mut tokens);
        time::defined::join_around(&mut tokens);
        time::defined::apply(&mut tokens);
        let whole = lines.iter().map(|line| line.iter().collect()).collect();
        Self { lines, whole, tokens }
    }

    /// What tabs part a line into, empty cells too.
    pub fn cells(&self, line: usize) -> Vec<&[Token]> {
        self.tokens[line].split(|token| token.is_tab()).collect()
    }

    /// The characters of a line between two places, as they stand.
    pub fn slice(&self, line: usize, from: usize, to: usize) -> String {
        let whole = &self.whole[line];
        if whole.len() == self.lines[line].len() {
            return whole.get(from..to).unwrap_or_default().to_owned();
        }
        self.lines[line].get(from..to).unwrap_or_default().iter().collect()
    }

    /// A whole line, as it stands.
    pub fn line(&self, line: usize) -> &str {
        &self.whole[line]
    }
}

/// Text of web pages sets bars between the cells of a table; they part cells as tabs do. Bars at the ends of lines are a frame; a bar
/// at the start is one where all lines of the table have it, else an empty cell.
fn bars_to_tabs(lines: &mut [Vec<char>]) {
    let mut from = 0;
    while from < lines.len() {
        let rows = lines[from..].iter().take_while(|line| line.contains(&'|')).count();
        let table = &mut lines[from..from + rows];
        let framed = table.iter().all(|line| line.iter().find(|c| !c.is_whitespace()) == Some(&'|'));
        table.iter_mut().for_each(|line| part_at_bars(line, framed));
        from += rows.max(1);
    }
}

fn part_at_bars(line: &mut [char], framed: bool) {
    let rule = line.iter().all(|c| matches!(c, '|' | '-' | ':') || c.is_whitespace());
    let last = line.iter().rposition(|c| !c.is_whitespace() && *c != '|');
    let first = line.iter().position(|c| !c.is_whitespace()).filter(|_| framed);
    for (at, c) in line.iter_mut().enumerate() {
        let frame = last.is_none_or(|last| at > last) || first == Some(at);
        let bar = *c == '|';
        if bar && !rule && !frame {
            *c = '\t';
        } else if bar || rule {
            *c = ' ';
        }
    }
}

/// Lines broken between an amount and its scale: `JPY4,555` at the end of one, `million` at the start of the next.
fn join_scales(lines: &mut [Vec<Token>]) {
    for at in 1..lines.len() {
        let scale = lines[at].first().and_then(Token::word).and_then(super::units::scale);
        let Some(scale) = scale else { continue };
        let last = lines[at - 1].last_mut().map(|token| &mut token.kind);
        if let Some(Kind::Number(number)) = last
            && number.is_money()
            && number.scale.is_none()
        {
            number.scale = Some(scale);
            lines[at].remove(0);
        }
    }
}

/// Japanese text sets digits, letters and signs in full width where it likes; they mean the same, character by character.
fn half_width(c: char) -> char {
    match c {
        '\u{3000}' => ' ',
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(c as u32 - 0xfee0).unwrap_or(c),
        _ => c,
    }
}

/// The tokens of one line.
fn scan(text: &[char], line: usize, calendar: &Calendar) -> Vec<Token> {
    let mut tokens = Vec::new();
    let mut at = 0;
    while at < text.len() {
        let (kind, end) = match text[at] {
            '\t' => (Some(Kind::Tab), at + 1),
            c if c.is_whitespace() => (None, at + 1),
            _ if rule_end(text, at) > at => (None, rule_end(text, at)),
            _ => next(text, at, calendar),
        };
        if let Some(kind) = kind {
            tokens.push(Token { kind, line, from: at, to: end });
        }
        at = end;
    }
    tokens
}

/// A rule drawn with signs is no text: `--------`, `========`.
fn rule_end(text: &[char], at: usize) -> usize {
    const SHORTEST: usize = 4;
    let mark = text[at];
    if !matches!(mark, '-' | '=' | '_') {
        return at;
    }
    let end = at + text[at..].iter().take_while(|c| **c == mark).count();
    if end >= at + SHORTEST { end } else { at }
}

fn next(text: &[char], at: usize, calendar: &Calendar) -> (Option<Kind>, usize) {
    if let Some((time, end)) = time::read(text, at, calendar) {
        return (Some(Kind::Time(time)), end);
    }
    if let Some(end) = digits_that_are_no_figure(text, at) {
        return (Some(Kind::Word(text[at..end].iter().collect())), end);
    }
    if stands_alone(text, at) && is_dash(text[at]) {
        return (Some(Kind::Dash), at + 1);
    }
    if let Some((number, end)) = number::read(text, at) {
        return (Some(Kind::Number(number)), end);
    }
    let end = word_end(text, at, calendar);
    if end > at {
        return (Some(Kind::Word(text[at..end].iter().collect())), end);
    }
    (Some(Kind::Mark(text[at])), at + 1)
}

/// A dash of any length.
pub fn is_dash(c: char) -> bool {
    matches!(c, '-' | '–' | '—' | '―' | '_' | '－' | 'ー')
}

fn stands_alone(text: &[char], at: usize) -> bool {
    let blank = |c: Option<&char>| c.is_none_or(|c| c.is_whitespace());
    blank(at.checked_sub(1).and_then(|before| text.get(before))) && blank(text.get(at + 1))
}

/// Dates with slashes, fractions, telephone numbers and codes: digits joined by `/`, or by hyphens more than once.
fn digits_that_are_no_figure(text: &[char], at: usize) -> Option<usize> {
    if !text[at].is_ascii_digit() || (at > 0 && (text[at - 1].is_ascii_alphanumeric() || text[at - 1] == '.')) {
        return None;
    }
    let end = (at..text.len())
        .find(|i| !text[*i].is_ascii_digit() && !matches!(text[*i], '/' | '-' | '~'))
        .unwrap_or(text.len());
    let run = &text[at..end];
    let slashes = run.iter().filter(|c| **c == '/').count();
    let hyphens = run.iter().filter(|c| **c == '-').count();
    let code = hyphens == 1 && run.len() >= 8 && !matches!(text.get(end), Some('.' | ','));
    (slashes >= 1 || hyphens >= 2 || code).then_some(end)
}

/// One past the last character of the word at `at`; `at` itself where none starts.
fn word_end(text: &[char], at: usize, calendar: &Calendar) -> usize {
    let starts = text[at].is_alphanumeric();
    if !starts {
        return at;
    }
    let mut end = at;
    while let Some(c) = text.get(end) {
        let inner = matches!(c, '&' | '/' | '\'' | '’' | '.' | '-' | '+')
            && text.get(end + 1).is_some_and(|n| n.is_alphanumeric());
        if !(c.is_alphanumeric() || inner) {
            break;
        }
        let digit_behind_cjk = c.is_ascii_digit() && end > at && is_cjk(text[end - 1]);
        let time_behind_hyphen = matches!(c, '/' | '-') && time::read(text, end + 1, calendar).is_some();
        let so_far = || text[at..end].iter().collect::<String>().to_lowercase();
        let note = c.is_ascii_digit() && end == at + 3 && matches!(so_far().as_str(), "yoy" | "qoq");
        let moved = c.is_ascii_digit() && number::is_behind_direction(text, end);
        let noted = end > at + 1 && text[end - 1].is_ascii_digit() && text[end - 2].is_ascii_lowercase();
        // `IIJJPY2,573`, but not `USDJPY110`.
        let named =
            end > at + 1 && text[at..end].iter().all(char::is_ascii_uppercase) && units::currency(&so_far()).is_none();
        let worded = end > at && text[end - 1].is_ascii_lowercase() || noted || named;
        let paid = worded && c.is_uppercase() && number::is_glued_currency(text, end);
        if digit_behind_cjk || time_behind_hyphen || note || moved || paid {
            break;
        }
        end += 1;
    }
    end
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::NamedAfter;

    fn check(line: &str, expected: &str) {
        let calendar = Calendar { first_month: 4, named_after: NamedAfter::Start };
        let chars: Vec<char> = line.chars().collect();
        let seen: Vec<String> = scan(&chars, 0, &calendar)
            .into_iter()
            .map(|token| match token.kind {
                Kind::Number(number) => format!("#{}", number.signed()),
                Kind::Time(Time::At(period)) => format!("@{period}"),
                Kind::Time(other) => format!("@{other:?}"),
                Kind::Word(word) => word,
                Kind::Dash => "DASH".to_owned(),
                Kind::Tab => "TAB".to_owned(),
                Kind::Mark(mark) => mark.to_string(),
            })
            .collect();
        assert_eq!(seen.join(" "), expected, "{line}");
    }

    #[test]
    fn lines_become_tokens() {
        check("Revenues\tJPY41.0 bn +13.2%", "Revenues TAB #41.0 #13.2");
        check("- ◆4Q11 SG&A: up JPY196 million YoY", "DASH ◆ @4Q11 SG&A : up #196 YoY");
        check("RevenuesJPY99,382 million (up 13.1% YoY)", "Revenues #99382 ( up #13.1 YoY )");
        check("profitJPY15.0 billionup22.8%YoY2", "profit #15.0 up #22.8 YoY 2");
        check("attributable to IIJJPY2,573 million", "attributable to IIJ #2573");
        check("USDJPY110 and MJPY5", "USDJPY110 and #5");
        check("(3,204\t)\t5", "#-3204 TAB #5");
        check("hi-ho 1,313 - -", "hi-ho #1313 DASH DASH");
        check("TEL: 81-3-5205-6500, 1/3 of orders", "TEL : 81-3-5205-6500 , 1/3 of orders");
        check("--------- Total 16,328 -", "Total #16328 DASH");
        check("(up 6.4% YoY)", "( up #6.4 YoY )");
        check("81.0% 21.4\t(5.0%)", "#81.0 #21.4 TAB #-5.0");
        check("IIJ GIO P2 4K", "IIJ GIO P2 4K");
        check("as of June 30, 2013: 235 contracts", "as of @2013-06-30 : #235 contracts");
    }
}
