//! Codes that a document defines itself: `nine months of the fiscal year ending March 31, 2016 ("3Q15", from April 1, 2015 to
//! December 31, 2015)` makes `3Q15` nine months, wherever the document does not say `three months` beside it; so does `Third Quarter of
//! Fiscal Year 2015 (April 1, 2015 to December 31, 2015)`.

use super::Time;
use crate::extract::scan::{Kind, Token};
use crate::model::{Period, Quarter};

/// How far before a quoted code its span may be named, in tokens.
const BEFORE: usize = 30;
/// How far behind it, in brackets, its days may be printed.
const BEHIND: usize = 6;
/// Around a code: other codes or words that make it three months.
const NEAR: usize = 4;

/// The numbers of the quarters whose codes the document defines as spans from the start of the year.
fn defined(tokens: &[&Token]) -> Vec<u8> {
    let mut found = Vec::new();
    for (at, token) in tokens.iter().enumerate() {
        let Some(quarter) = quarter(token).filter(|quarter| quarter.number > 1) else { continue };
        let quoted = at > 0 && is_quote(tokens[at - 1]) && tokens.get(at + 1).is_some_and(|next| is_quote(next));
        if quoted && is_cumulative(tokens, at, quarter) || is_explained(tokens, at, quarter) {
            found.push(quarter.number);
        }
    }
    found
}

/// Whether nothing but the first and the last day of the year so far stands in brackets right behind a code.
fn is_explained(tokens: &[&Token], at: usize, quarter: Quarter) -> bool {
    let [open, days, close, ..] = tokens[at + 1..] else { return false };
    let bracket = matches!(open.kind, Kind::Mark('(' | '（')) && matches!(close.kind, Kind::Mark(')' | '）'));
    bracket && days.time() == Some(Time::At(quarter.cumulative()))
}

/// The days in brackets behind the code say it; without any, the span named before it.
fn is_cumulative(tokens: &[&Token], at: usize, quarter: Quarter) -> bool {
    let months = u32::from(quarter.number) * 3;
    let behind = tokens[at + 1..].iter().take(BEHIND).find_map(|token| match token.time() {
        Some(Time::At(period)) => Some(period),
        _ => None,
    });
    let said = || {
        let before = tokens[..at].iter().rev().take(BEFORE);
        before.filter_map(|token| token.word()).map(str::to_lowercase).collect::<Vec<_>>()
    };
    match behind {
        Some(span) if span.fiscal_year().is_some() => span == quarter.cumulative(),
        _ => match months {
            9 => said().iter().any(|word| word == "nine" || word == "nine-month"),
            6 => said().iter().any(|word| word == "six" || word == "six-month"),
            _ => false,
        },
    }
}

fn is_quote(token: &Token) -> bool {
    matches!(token.kind, Kind::Mark('"' | '“' | '”' | '‘' | '’' | '\''))
}

fn quarter(token: &Token) -> Option<Quarter> {
    match token.time()? {
        Time::At(Period::Quarter(quarter)) => Some(quarter),
        _ => None,
    }
}

/// Reads the defined codes of a document as the spans that they mean.
pub fn apply(lines: &mut [Vec<Token>]) {
    let all: Vec<&Token> = lines.iter().flatten().collect();
    let numbers = defined(&all);
    if numbers.is_empty() {
        return;
    }
    let meant: Vec<(usize, usize, Period)> = all
        .iter()
        .enumerate()
        .filter_map(|(at, token)| {
            let quarter = quarter(token).filter(|quarter| numbers.contains(&quarter.number))?;
            (!is_three_months(&all, at, quarter)).then_some((token.line, token.from, quarter.cumulative()))
        })
        .collect();
    for token in lines.iter_mut().flatten() {
        if let Some((.., period)) = meant.iter().find(|(line, from, _)| (token.line, token.from) == (*line, *from)) {
            token.kind = Kind::Time(Time::At(*period));
        }
    }
}

/// Whether words or the quarter before stand beside a code: it is a quarter among quarters.
fn is_three_months(tokens: &[&Token], at: usize, quarter: Quarter) -> bool {
    let near = &tokens[at.saturating_sub(NEAR)..(at + NEAR + 1).min(tokens.len())];
    let said = near.iter().filter_map(|token| token.word()).any(|word| {
        let word = word.to_lowercase();
        matches!(word.as_str(), "three-month" | "three-months" | "3-month" | "quarterly") || word == "three"
    });
    let same_line = |token: &&&Token| token.line == tokens[at].line;
    let among = near.iter().filter(same_line).filter_map(|token| self::quarter(token));
    said || among.into_iter().any(|other| other.number != quarter.number)
}

/// `First Quarter` at the end of a line and `Fiscal Year 2023` at the start of the next are one time.
pub fn join_lines(lines: &mut [Vec<Token>]) {
    let filled: Vec<usize> = (0..lines.len()).filter(|line| !lines[*line].is_empty()).collect();
    for pair in filled.windows(2) {
        let number = ends_with_quarter(&lines[pair[0]]);
        let Some(first) = lines[pair[1]].first_mut() else { continue };
        if let (Some(number), Kind::Time(Time::At(Period::Year(year)))) = (number, &first.kind)
            && let Some(quarter) = Quarter::new(*year, number)
        {
            first.kind = Kind::Time(Time::At(Period::Quarter(quarter)));
        }
    }
}

/// `3rd Quarter of 1,708,522 24.6%` over `FY2014`: a row whose name is broken around its figures.
pub fn join_around(lines: &mut [Vec<Token>]) {
    let filled: Vec<usize> = (0..lines.len()).filter(|line| !lines[*line].is_empty()).collect();
    for pair in filled.windows(2) {
        let [year] = lines[pair[1]].as_slice() else { continue };
        let Some(Time::At(Period::Year(year))) = year.time() else { continue };
        let [first, name, of, figure, ..] = lines[pair[0]].as_slice() else { continue };
        let led = of.word().is_some_and(|word| word == "of") && figure.number().is_some();
        let whole = ends_with_quarter(&[first.clone(), name.clone()]).and_then(|number| Quarter::new(year, number));
        if let Some(quarter) = whole.filter(|_| led) {
            let kind = Kind::Time(Time::At(Period::Quarter(quarter)));
            let token = Token { kind, to: of.to, ..first.clone() };
            lines[pair[0]].splice(..3, [token]);
            lines[pair[1]].clear();
        }
    }
}

fn ends_with_quarter(line: &[Token]) -> Option<u8> {
    let [.., number, quarter] = line else { return None };
    let word = number.word()?.to_lowercase();
    quarter.word().filter(|word| word.eq_ignore_ascii_case("quarter"))?;
    super::ORDINALS.iter().find(|(ordinal, _)| *ordinal == word).map(|(_, number)| *number)
}
