//! The claim gate: the marked text of a template becomes sentences. A sentence whose figures are missing, in conflict or
//! too uncertain is dropped and named; it is never printed half.

use std::iter::Peekable;
use std::str::Chars;

use super::mark::{self, Block};
use crate::language::{Text, fill, is_wide};

/// A piece of a sentence, figures still by their key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Piece {
    /// Words of a template.
    Text(String),
    /// A name, a period or a date.
    Given(String),
    /// A figure: its key and its printed form.
    Figure(String, String),
    /// A word's dependence on a figure: key, way, word.
    Uses(String, String, String),
}

/// A sentence that passed, or the reasons why it did not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verdict {
    /// The sentence's name.
    pub name: String,
    /// Its pieces, or the reasons.
    pub outcome: Result<Vec<Piece>, Vec<Reason>>,
}

/// Why something was not printed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reason {
    /// In words.
    pub text: String,
    /// Whether documents contradict each other: a reader wants to know.
    pub disputed: bool,
}

impl Reason {
    fn plain(text: impl Into<String>) -> Self {
        Self { text: text.into(), disputed: false }
    }
}

enum Node {
    Piece(Piece),
    Fail(Reason),
    Block(Block, String, Vec<Node>),
}

/// The sentences of a marked text, in order.
///
/// # Errors
/// When the template itself is at fault: words outside a sentence, a digit in its words, a figure without its helper.
pub fn judge(marked: &str, words: &Text) -> Result<Vec<Verdict>, String> {
    let nodes = nodes(&mut marked.chars().peekable(), false)?;
    let mut verdicts = Vec::new();
    for node in nodes {
        match node {
            Node::Block(Block::Sentence, name, children) => verdicts.push(verdict(name, &children, words)),
            Node::Block(Block::First, _, children) => verdicts.extend(first_sentence(children, words)),
            Node::Piece(Piece::Text(text)) if text.trim().is_empty() => {}
            Node::Piece(Piece::Text(text)) => return Err(format!("`{}` stands outside a sentence", text.trim())),
            _ => return Err("a figure or a name stands outside a sentence".to_owned()),
        }
    }
    Ok(verdicts)
}

/// A sentence that has lost all its words to missing figures is no sentence.
fn verdict(head: String, children: &[Node], words: &Text) -> Verdict {
    let (name, longest) = head.split_once(mark::LONGEST).map_or((head.as_str(), None), |(n, l)| (n, l.parse().ok()));
    let name = name.to_owned();
    let outcome = pieces(children, words).map(tidy).and_then(|pieces| {
        if longest.is_some_and(|longest: usize| length(&pieces) > longest) {
            return Err(vec![Reason::plain("it is longer than it may be")]);
        }
        let says = |piece: &Piece| match piece {
            Piece::Text(text) => text.contains(char::is_alphabetic),
            Piece::Given(_) | Piece::Figure(..) => true,
            Piece::Uses(..) => false,
        };
        if pieces.iter().any(says) { Ok(pieces) } else { Err(vec![Reason::plain("nothing of it can be stated")]) }
    });
    Verdict { name, outcome }
}

/// The characters that would be printed.
fn length(pieces: &[Piece]) -> usize {
    let printed = |piece: &Piece| match piece {
        Piece::Text(text) | Piece::Given(text) | Piece::Figure(_, text) => text.chars().count(),
        Piece::Uses(..) => 0,
    };
    pieces.iter().map(printed).sum()
}

/// Of several wordings the first that passes; when none does, one that is disputed speaks for all, else the last.
fn first_sentence(children: Vec<Node>, words: &Text) -> Option<Verdict> {
    let mut last = None;
    for child in children {
        if let Node::Block(Block::Sentence, name, inner) = child {
            let found = verdict(name, &inner, words);
            if found.outcome.is_ok() {
                return Some(found);
            }
            let is_disputed = |verdict: &Verdict| {
                verdict.outcome.as_ref().err().is_some_and(|reasons| reasons.iter().any(|reason| reason.disputed))
            };
            if !last.as_ref().is_some_and(is_disputed) {
                last = Some(found);
            }
        }
    }
    last
}

fn nodes(chars: &mut Peekable<Chars>, inside: bool) -> Result<Vec<Node>, String> {
    let mut nodes = Vec::new();
    while let Some(c) = chars.next() {
        match c {
            mark::OPEN => {
                let head = until(chars, mark::HEAD);
                let block = head.chars().next().and_then(Block::of).ok_or("a block of unknown kind")?;
                nodes.push(Node::Block(block, head.chars().skip(1).collect(), self::nodes(chars, true)?));
            }
            mark::CLOSE if inside => return Ok(nodes),
            mark::FIGURE => {
                let key = until(chars, mark::HEAD);
                nodes.push(Node::Piece(Piece::Figure(key, until(chars, mark::END))));
            }
            mark::USES => {
                let (key, way) = (until(chars, mark::HEAD), until(chars, mark::HEAD));
                nodes.push(Node::Piece(Piece::Uses(key, way, until(chars, mark::END))));
            }
            mark::GIVEN => nodes.push(Node::Piece(Piece::Given(until(chars, mark::END)))),
            mark::FAIL => nodes.push(Node::Fail(Reason::plain(until(chars, mark::END)))),
            mark::DISPUTE => {
                nodes.push(Node::Fail(Reason { text: until(chars, mark::END), disputed: true }));
            }
            mark::FAULT => return Err(until(chars, mark::END)),
            _ => {
                let mut text = String::from(c);
                while let Some(next) = chars.next_if(|next| !mark::is_mark(*next)) {
                    text.push(next);
                }
                if text.contains(char::is_numeric) {
                    return Err(format!("`{}` holds a number that is no figure of the data layer", text.trim()));
                }
                nodes.push(Node::Piece(Piece::Text(text)));
            }
        }
    }
    Ok(nodes)
}

fn until(chars: &mut Peekable<Chars>, end: char) -> String {
    chars.by_ref().take_while(|c| *c != end).collect()
}

/// The pieces of a block's children, or every reason against them.
fn pieces(children: &[Node], words: &Text) -> Result<Vec<Piece>, Vec<Reason>> {
    let mut kept = Vec::new();
    let mut reasons = Vec::new();
    for child in children {
        match child {
            Node::Piece(piece) => kept.push(piece.clone()),
            Node::Fail(reason) => reasons.push(reason.clone()),
            Node::Block(Block::Clause | Block::Item | Block::Sentence, _, inner) => {
                kept.extend(pieces(inner, words).unwrap_or_default());
            }
            Node::Block(Block::First, _, inner) => match first_clause(inner, words) {
                Ok(found) => kept.extend(found),
                Err(found) => reasons.extend(found),
            },
            Node::Block(Block::List, name, inner) => match list(inner, name, words) {
                Some(found) => kept.extend(found),
                None => reasons.push(Reason::plain("none of its items can be stated")),
            },
        }
    }
    reasons.dedup();
    if reasons.is_empty() { Ok(kept) } else { Err(reasons) }
}

fn first_clause(children: &[Node], words: &Text) -> Result<Vec<Piece>, Vec<Reason>> {
    let mut reasons = Vec::new();
    for child in children {
        if let Node::Block(_, _, inner) = child {
            match pieces(inner, words) {
                Ok(found) => return Ok(found),
                Err(found) => reasons = found,
            }
        }
    }
    Err(reasons)
}

/// `a, b and c` of the items that pass.
fn list(children: &[Node], last_word: &str, words: &Text) -> Option<Vec<Piece>> {
    let items: Vec<Vec<Piece>> = children
        .iter()
        .filter_map(|child| match child {
            Node::Block(Block::Item, _, inner) => pieces(inner, words).ok(),
            _ => None,
        })
        .filter(|pieces| !is_blank(pieces))
        .map(tidy)
        .collect();
    let count = items.len();
    let mut joined = Vec::new();
    for (index, item) in items.into_iter().enumerate() {
        if index > 0 {
            let is_last = index + 1 == count;
            let separator = if is_last { fill(&words.last, &[("word", last_word)]) } else { words.comma.clone() };
            joined.push(Piece::Text(separator));
        }
        joined.extend(item);
    }
    (count > 0).then_some(joined)
}

fn is_blank(pieces: &[Piece]) -> bool {
    pieces
        .iter()
        .all(|piece| matches!(piece, Piece::Text(text) if text.trim().is_empty()) || matches!(piece, Piece::Uses(..)))
}

/// Template line breaks become single spaces; none stands at the ends, before a comma or a full stop, or beside a kanji.
fn tidy(pieces: Vec<Piece>) -> Vec<Piece> {
    let mut tidied: Vec<Piece> = Vec::new();
    let mut space = true;
    let mut wide = false;
    for piece in pieces {
        let raw = match &piece {
            Piece::Uses(..) => {
                tidied.push(piece);
                continue;
            }
            Piece::Text(text) | Piece::Given(text) | Piece::Figure(_, text) => text,
        };
        let mut text = String::new();
        for c in raw.chars() {
            if c.is_whitespace() && c != '\u{a0}' {
                if !space && !wide {
                    text.push(' ');
                }
                space = true;
            } else {
                wide = is_wide(c);
                if (wide || matches!(c, ',' | '.' | ';' | ')')) && space {
                    drop_last_space(&mut text, &mut tidied);
                }
                text.push(c);
                space = false;
            }
        }
        match (piece, tidied.last_mut()) {
            (Piece::Text(_), Some(Piece::Text(before))) => before.push_str(&text),
            (Piece::Text(_), _) => tidied.push(Piece::Text(text)),
            (Piece::Given(_), _) => tidied.push(Piece::Given(text)),
            (Piece::Figure(key, _), _) => tidied.push(Piece::Figure(key, text)),
            (Piece::Uses(..), _) => {}
        }
    }
    drop_last_space(&mut String::new(), &mut tidied);
    tidied.retain(|piece| !matches!(piece, Piece::Text(text) if text.is_empty()));
    tidied
}

fn drop_last_space(text: &mut String, before: &mut [Piece]) {
    if text.ends_with(' ') {
        text.pop();
    } else if text.is_empty()
        && let Some(Piece::Text(last)) = before.iter_mut().rev().find(|piece| !matches!(piece, Piece::Uses(..)))
        && last.ends_with(' ')
    {
        last.pop();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::language::{Language, Phrases};

    fn block(block: Block, name: &str, inner: &str) -> String {
        format!("{}{}{name}{}{inner}{}", mark::OPEN, block.letter(), mark::HEAD, mark::CLOSE)
    }

    fn figure(text: &str) -> String {
        format!("{}key{}{text}{}", mark::FIGURE, mark::HEAD, mark::END)
    }

    fn missing() -> String {
        mark::wrapped(mark::FAIL, "it is not given")
    }

    fn check(marked: &str, expected: &str) {
        let seen = match judge(marked, &Phrases::built_in(Language::En).text) {
            Err(fault) => format!("fault: {fault}"),
            Ok(verdicts) => verdicts.iter().map(read).collect::<Vec<_>>().join(" | "),
        };
        assert_eq!(seen, expected);
    }

    fn read(verdict: &Verdict) -> String {
        let text = |piece: &Piece| match piece {
            Piece::Text(text) | Piece::Given(text) | Piece::Figure(_, text) => text.clone(),
            Piece::Uses(..) => String::new(),
        };
        match &verdict.outcome {
            Ok(pieces) => pieces.iter().map(text).collect(),
            Err(reasons) => {
                let texts: Vec<&str> = reasons.iter().map(|reason| reason.text.as_str()).collect();
                format!("dropped: {}", texts.join("; "))
            }
        }
    }

    #[test]
    fn a_sentence_is_printed_whole_or_not_at_all() {
        let s = |inner: &str| block(Block::Sentence, "s", inner);
        check(&s(&format!("Revenue was\n  {} .", figure("41"))), "Revenue was 41.");
        check(&s(&format!("Revenue was {}, up {}.", figure("41"), missing())), "dropped: it is not given");
        check(&s(&format!("{}.", block(Block::Clause, "", &missing()))), "dropped: nothing of it can be stated");
    }

    #[test]
    fn a_clause_goes_alone_and_the_first_wording_that_can_be_said_is_taken() {
        let s = |inner: &str| block(Block::Sentence, "s", inner);
        let c = |inner: &str| block(Block::Clause, "", inner);
        check(&s(&format!("Revenue rose{}.", c(&format!(" by {}", missing())))), "Revenue rose.");
        let first = block(Block::First, "", &[c(&missing()), c("rose"), c("fell")].concat());
        check(&s(&format!("Revenue {first}.")), "Revenue rose.");
        let sentences = [s(&missing()), s("One."), s("Two.")].concat();
        check(&block(Block::First, "", &sentences), "One.");
    }

    #[test]
    fn a_sentence_that_is_too_long_gives_way_to_a_shorter_one() {
        let long = block(Block::Sentence, &format!("a{}12", mark::LONGEST), "Revenue climbed.");
        let short = block(Block::Sentence, &format!("b{}12", mark::LONGEST), "It climbed.");
        check(&block(Block::First, "", &[long, short].concat()), "It climbed.");
    }

    #[test]
    fn a_list_joins_what_can_be_said() {
        let item = |inner: &str| block(Block::Item, "", inner);
        let list = |items: &[String]| block(Block::Sentence, "s", &block(Block::List, "and", &items.concat()));
        check(&list(&[item("a"), item(&missing()), item("b"), item(" c ")]), "a, b and c");
        check(&list(&[item("a")]), "a");
        check(&list(&[item(&missing())]), "dropped: none of its items can be stated");
    }

    #[test]
    fn no_space_stands_beside_a_kanji() {
        let s = |inner: &str| block(Block::Sentence, "s", inner);
        check(&s(&format!("売上高は\n  {} \nとなりました。\n", figure("41億円"))), "売上高は41億円となりました。");
        check(&s(&format!("{} \n の売上高", mark::given("IIJ"))), "IIJの売上高");
    }

    #[test]
    fn a_template_may_not_bring_a_number_of_its_own() {
        check("Words alone", "fault: `Words alone` stands outside a sentence");
        let own = block(Block::Sentence, "s", "up 5 percent");
        check(&own, "fault: `up 5 percent` holds a number that is no figure of the data layer");
        let bare = block(Block::Sentence, "s", &mark::given("139382"));
        check(&bare, "fault: `139382` is a bare number, not a figure of the data layer");
    }
}
