//! Text that runs on: the tokens of lines without tabs and without wide gaps, line breaks ignored.

use std::borrow::Cow;
use std::cell::OnceCell;

use rust_decimal::Decimal;

use super::super::scan::{Kind, Text, Token, is_dash};
use super::super::units;
use super::super::{Number, Sign, Time};
use crate::model::{Currency, Scale, Unit};

/// Blanks that part two columns of a table set in fixed width.
pub const WIDE_GAP: usize = 3;

/// Longer lines are no rows: a whole page run together, whatever blanks are left in it.
const LONGEST_ROW: usize = 400;

/// One run of lines as tokens.
pub struct Stream<'a> {
    text: &'a Text,
    /// The tokens in reading order.
    pub tokens: Vec<&'a Token>,
    /// Whether a unit starts at each of them; readers ask that often.
    units: OnceCell<Vec<bool>>,
}

/// A table's cell: a figure, or a dash for none.
#[derive(Clone, Debug)]
pub struct Cell {
    /// The figure; none for a dash.
    pub number: Option<Number>,
    /// Line, from 0.
    pub line: usize,
}

/// The runs of lines that read as running text.
pub fn streams(text: &Text) -> Vec<Stream<'_>> {
    let mut streams = Vec::new();
    let mut tokens: Vec<&Token> = Vec::new();
    for (line, of_line) in text.tokens.iter().enumerate() {
        if is_parted(text, line) {
            if !tokens.is_empty() {
                streams.push(Stream::of_tokens(text, std::mem::take(&mut tokens)));
            }
        } else {
            tokens.extend(of_line);
        }
    }
    if !tokens.is_empty() {
        streams.push(Stream::of_tokens(text, tokens));
    }
    streams
}

/// Whether tabs or wide gaps part a line into cells.
fn is_parted(text: &Text, line: usize) -> bool {
    let tokens = &text.tokens[line];
    if text.lines[line].len() > LONGEST_ROW && !tokens.iter().any(|token| token.is_tab()) {
        return false;
    }
    let blank = |from: usize, to: usize| text.lines[line][from..to].iter().all(|c| c.is_whitespace());
    let wide = |w: &[Token]| w[0].to + WIDE_GAP <= w[1].from && blank(w[0].to, w[1].from);
    tokens.iter().any(|token| token.is_tab()) || tokens.windows(2).any(wide)
}

impl<'a> Stream<'a> {
    /// The lines `from..to`, whatever parts them.
    pub fn of_lines(text: &'a Text, from: usize, to: usize) -> Self {
        Self::of_tokens(text, text.tokens[from..to].iter().flatten().collect())
    }

    /// The same as one text, tabs left out.
    pub fn of_joined_lines(text: &'a Text, from: usize, to: usize) -> Self {
        let tokens = text.tokens[from..to].iter().flatten();
        Self::of_tokens(text, tokens.filter(|token| !matches!(token.kind, Kind::Tab)).collect())
    }

    fn of_tokens(text: &'a Text, tokens: Vec<&'a Token>) -> Self {
        Self { text, tokens, units: OnceCell::new() }
    }
}

impl Stream<'_> {
    /// The word at a place, in lower case; empty where none stands.
    pub fn word(&self, at: usize) -> Cow<'_, str> {
        let Some(word) = self.tokens.get(at).and_then(|token| token.word()) else { return Cow::Borrowed("") };
        // Most words are in lower case as they stand.
        let lower = word.bytes().all(|byte| byte.is_ascii() && !byte.is_ascii_uppercase());
        if lower { Cow::Borrowed(word) } else { Cow::Owned(word.to_lowercase()) }
    }

    /// Whether one of these words stands at a place.
    pub fn is_one_of(&self, at: usize, words: &[String]) -> bool {
        let own = self.word(at);
        words.iter().any(|word| *word == own)
    }

    /// The word or the sign at a place, in lower case.
    fn name(&self, at: usize) -> Cow<'_, str> {
        match self.tokens.get(at).map(|token| &token.kind) {
            Some(Kind::Mark(mark)) => Cow::Owned(mark.to_string()),
            _ => self.word(at),
        }
    }

    /// The time at a place.
    pub fn time(&self, at: usize) -> Option<Time> {
        self.tokens.get(at)?.time()
    }

    /// Whether that sign stands at a place.
    pub fn is_mark(&self, at: usize, mark: char) -> bool {
        self.tokens.get(at).is_some_and(|token| token.is_mark(mark))
    }

    /// Whether two neighbouring tokens touch.
    pub fn touches(&self, at: usize, next: usize) -> bool {
        match (self.tokens.get(at), self.tokens.get(next)) {
            (Some(a), Some(b)) => a.line == b.line && a.to == b.from,
            _ => false,
        }
    }

    /// Whether the figure at a place is the number of a footnote: `*3`.
    pub fn is_footnote(&self, at: usize) -> bool {
        at > 0 && self.is_mark(at - 1, '*') && self.touches(at - 1, at) && self.tokens[at].number().is_some()
    }

    /// The cell at a place: a bare figure, also behind a currency's sign, or a dash; no footnote's number, no list number `1)` or `2.`, no money by its own words.
    pub fn cell(&self, at: usize) -> Option<Cell> {
        let token = self.tokens.get(at)?;
        if matches!(token.kind, Kind::Dash) {
            return Some(Cell { number: None, line: token.line });
        }
        let number = token.number()?;
        let listed = (self.is_mark(at + 1, ')') || self.is_mark(at + 1, '.')) && self.touches(at, at + 1);
        let opens = at == 0 || self.tokens[at - 1].line < token.line;
        let short = number.sign == Sign::Paren && number.magnitude < Decimal::from(20) && number.magnitude.scale() == 0;
        let led = self.tokens.get(at + 1).is_some_and(|next| next.word().is_some());
        let listed = listed || short && led && (opens || self.touches(at, at + 1));
        let sign =
            self.text.lines[token.line].get(token.from).is_some_and(|c| matches!(c, '$' | '€' | '£' | '¥' | '￥'));
        let sign = sign && !matches!(&*self.word(at + 1), "par" | "per");
        // `Earnings per share, SEK 2.49`: the code behind the comma ends the label.
        let of_label = self.is_mark(at.wrapping_sub(1), ',') && token.from > 0 && number.from > token.from + 3;
        let bare = (number.currency.is_none() || sign || of_label) && number.scale.is_none();
        (bare && !listed && !self.is_footnote(at)).then(|| Cell { number: Some(number.clone()), line: token.line })
    }

    /// The cells that follow one another from a place.
    pub fn cells(&self, at: usize) -> Vec<Cell> {
        (at..self.tokens.len()).map_while(|i| self.cell(i)).collect()
    }

    /// The text of the tokens `from..to`, line breaks as blanks.
    pub fn slice(&self, from: usize, to: usize) -> String {
        let mut out = String::new();
        let mut at = from;
        while at < to {
            let line = self.tokens[at].line;
            let end = (at..to).find(|i| self.tokens[*i].line != line).unwrap_or(to);
            if !out.is_empty() {
                out.push(' ');
            }
            out.push_str(&self.text.slice(line, self.tokens[at].from, self.tokens[end - 1].to));
            at = end;
        }
        out
    }

    /// The unit that a header names at a place, and the place behind it: `JPY millions`, `Thousands of JPY`, `%`, `(JPY)`.
    pub fn unit(&self, at: usize) -> Option<(Unit, usize)> {
        if self.is_mark(at, '(') {
            let (unit, end) = self.unit(at + 1)?;
            return self.is_mark(end, ')').then_some((unit, end + 1));
        }
        if self.is_mark(at, '%') {
            return Some((Unit::Percent, self.behind_of_revenues(at + 1)));
        }
        if let Some(found) = self.signed_unit(at) {
            return Some(found);
        }
        if self.tokens.get(at).is_none_or(|token| matches!(token.kind, Kind::Number(_) | Kind::Time(_))) {
            return None;
        }
        let word = self.name(at);
        if !word.is_ascii()
            && let Some(found) = self.japanese_unit(at, &word)
        {
            return Some(found);
        }
        if let Some(currency) = units::currency(&word) {
            let scale = units::scale(&self.word(at + 1));
            return Some((Unit::money(currency, scale.unwrap_or(Scale::One)), at + 1 + usize::from(scale.is_some())));
        }
        if matches!(&*word, "u.s" | "us") {
            return self.currency(at).map(|(currency, end)| (Unit::money(currency, Scale::One), end));
        }
        let scale = units::scale(&word)?;
        let of = at + 1 + usize::from(self.word(at + 1) == "of");
        let (currency, end) = self.currency(of)?;
        Some((Unit::money(currency, scale), end))
    }

    /// `£m`, `€m`, `$bn`.
    fn signed_unit(&self, at: usize) -> Option<(Unit, usize)> {
        let sign = ['£', '€', '$', '¥'].into_iter().find(|sign| self.is_mark(at, *sign) && self.touches(at, at + 1))?;
        let scale = match &*self.word(at + 1) {
            "m" | "mn" => Scale::Million,
            "bn" => Scale::Billion,
            "k" => Scale::Thousand,
            _ => return None,
        };
        Some((Unit::money(units::currency(&sign.to_string())?, scale), at + 2))
    }

    /// `百万円`, `円 銭`, `株`.
    fn japanese_unit(&self, at: usize, word: &str) -> Option<(Unit, usize)> {
        let yen = units::currency("円")?;
        match word {
            "円銭" => Some((Unit::money(yen, Scale::One), at + 1)),
            "円" => Some((Unit::money(yen, Scale::One), at + 1 + usize::from(self.word(at + 1) == "銭"))),
            "百万円" | "千円" | "億円" => Some((units::unit_in(word, yen)?, at + 1)),
            "株" => Some((Unit::count("shares"), at + 1)),
            _ => None,
        }
    }

    /// `JPY`, `yen`, `U.S. Dollars`, and the place behind.
    fn currency(&self, at: usize) -> Option<(Currency, usize)> {
        let dollars = at + 1 + usize::from(self.is_mark(at + 1, '.'));
        if matches!(&*self.word(at), "u.s" | "us") && self.word(dollars).starts_with("dollar") {
            return Some((Currency::new("USD")?, dollars + 1));
        }
        Some((units::currency(&self.word(at))?, at + 1))
    }

    /// The place behind `of total revenues` where it follows a percent sign.
    fn behind_of_revenues(&self, at: usize) -> usize {
        let total = at + 1 + usize::from(self.word(at + 1) == "total");
        let said = self.word(at) == "of" && matches!(&*self.word(total), "revenue" | "revenues" | "sales");
        if said { total + 1 } else { at }
    }

    /// Whether a unit starts at a place.
    pub fn has_unit(&self, at: usize) -> bool {
        let starts = || (0..self.tokens.len()).map(|at| self.unit(at).is_some()).collect();
        self.units.get_or_init(starts).get(at).copied().unwrap_or_default()
    }

    /// The units that follow one another from a place, and the place behind them.
    pub fn units(&self, at: usize) -> (Vec<Unit>, usize) {
        let (mut units, mut end) = (Vec::new(), at);
        while let Some((unit, after)) = self.unit(end) {
            units.push(unit);
            end = after;
        }
        (units, end)
    }

    /// Whether a sentence ends before a place: a full stop and a capital, other than in `Inc. Consolidated`.
    pub fn sentence_ends(&self, at: usize) -> bool {
        let stop = at > 1 && self.is_mark(at - 1, '.') && self.touches(at - 2, at - 1);
        let before = at.checked_sub(2).map(|i| self.word(i)).unwrap_or_default();
        let starts =
            self.tokens.get(at).and_then(|token| token.word()).is_some_and(|w| w.starts_with(char::is_uppercase));
        stop && starts && !ABBREVIATIONS.contains(&&*before)
    }

    /// Whether the token at a place opens or closes a quotation, or is a sign that only sentences use.
    pub fn is_prose_mark(&self, at: usize) -> bool {
        matches!(self.tokens[at].kind, Kind::Mark(c) if matches!(c, '“' | '”' | '"' | '?' | '!' | '。') && !is_dash(c))
    }
}

/// Words whose full stop ends no sentence.
const ABBREVIATIONS: [&str; 8] = ["inc", "co", "ltd", "corp", "no", "u.s", "vs", "approx"];
