//! A template's text as words and tags with their places. Handlebars keeps the place of a tag only; this keeps every word's.

/// What a tag does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// `{{name …}}`
    Print,
    /// `{{{name}}}` and `{{&name}}`: past the gate's guard.
    Bare,
    /// `{{#name …}}`
    Open,
    /// `{{/name}}`
    Close,
    /// `{{else}}`, `{{^}}`, `{{else if …}}`
    Else,
    /// `{{> name …}}`
    Include,
    /// `{{#> name}}`, `{{#*inline}}`, `{{*name}}`: forms that templates do without.
    Refused,
}

/// A word of a tag: a path, a text in quotes, `key=value`, or an expression in parentheses.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Word<'t> {
    /// As written.
    pub text: &'t str,
    /// Where it starts in the template, in bytes.
    pub at: usize,
}

/// A tag.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tag<'t> {
    /// What it does.
    pub kind: Kind,
    /// Where it starts, in bytes.
    pub at: usize,
    /// Its words; `else` itself is left out.
    pub words: Vec<Word<'t>>,
}

/// A piece of a template.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Token<'t> {
    /// What stands between tags.
    Text(Word<'t>),
    /// A tag; comments are none.
    Tag(Tag<'t>),
    /// `{{` without its `}}`.
    Torn(usize),
}

/// The pieces of a template, in order.
pub fn tokens(text: &str) -> Vec<Token<'_>> {
    let mut tokens = Vec::new();
    let mut at = 0;
    while let Some(found) = text[at..].find("{{") {
        let start = at + found;
        if start > at {
            tokens.push(Token::Text(Word { text: &text[at..start], at }));
        }
        let (opens, closes) = delimiters(&text[start..]);
        let Some(length) = text[start + opens..].find(closes) else {
            tokens.push(Token::Torn(start));
            return tokens;
        };
        let inner = start + opens..start + opens + length;
        if !text[inner.clone()].trim_start_matches('~').starts_with('!') {
            tokens.push(Token::Tag(tag(text, start, inner.clone(), opens == 3)));
        }
        at = inner.end + closes.len();
    }
    if at < text.len() {
        tokens.push(Token::Text(Word { text: &text[at..], at }));
    }
    tokens
}

/// How long a tag's opening is, and what closes it.
fn delimiters(text: &str) -> (usize, &'static str) {
    if text.starts_with("{{!--") || text.starts_with("{{~!--") {
        (2, "--}}")
    } else if text.starts_with("{{{") {
        (3, "}}}")
    } else {
        (2, "}}")
    }
}

fn tag(text: &str, at: usize, inner: std::ops::Range<usize>, triple: bool) -> Tag<'_> {
    const FORMS: [(&str, Kind); 8] = [
        ("#>", Kind::Refused),
        ("#*", Kind::Refused),
        ("*", Kind::Refused),
        ("#", Kind::Open),
        ("/", Kind::Close),
        (">", Kind::Include),
        ("^", Kind::Else),
        ("&", Kind::Bare),
    ];
    let body = text[inner.clone()].trim_end_matches('~').trim_start_matches('~').trim_start();
    let (mark, kind) = FORMS.into_iter().find(|(mark, _)| body.starts_with(mark)).unwrap_or(("", Kind::Print));
    let body = &body[mark.len()..];
    let mut words = words(body, body.as_ptr() as usize - text.as_ptr() as usize);
    let kind = match words.first() {
        Some(word) if kind == Kind::Print && word.text == "else" => {
            words.remove(0);
            Kind::Else
        }
        _ if triple => Kind::Bare,
        _ => kind,
    };
    Tag { kind, at, words }
}

/// The words of an expression: quotes and parentheses hold theirs together.
pub fn words(text: &str, offset: usize) -> Vec<Word<'_>> {
    let mut words = Vec::new();
    let (mut start, mut quote, mut depth) = (None, None, 0_usize);
    for (at, character) in text.char_indices() {
        let separates = quote.is_none() && depth == 0 && character.is_whitespace();
        match (start, separates) {
            (Some(from), true) => {
                words.push(Word { text: &text[from..at], at: offset + from });
                start = None;
            }
            (None, false) => start = Some(at),
            _ => {}
        }
        match (quote, character) {
            (Some(open), _) if open == character => quote = None,
            (Some(_), _) => {}
            (None, '"' | '\'') => quote = Some(character),
            (None, '(') => depth += 1,
            (None, ')') => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    words.extend(start.map(|from| Word { text: &text[from..], at: offset + from }));
    words
}

/// Line and column of a byte, from 1; columns count characters.
pub fn place(text: &str, at: usize) -> (usize, usize) {
    let before = &text[..at.min(text.len())];
    let line = before.rfind('\n').map_or(0, |end| end + 1);
    (before.matches('\n').count() + 1, before[line..].chars().count() + 1)
}

/// The longest excerpt of a line that a message shows.
const WIDE: usize = 100;

/// The line itself, without its indent; of a long line the part around the column.
pub fn excerpt(text: &str, line: usize, column: usize) -> String {
    let whole = text.lines().nth(line - 1).unwrap_or_default();
    let count = whole.chars().count();
    if count <= WIDE {
        return whole.trim().to_owned();
    }
    let first = column.saturating_sub(WIDE / 3).min(count - WIDE);
    let part: String = whole.chars().skip(first).take(WIDE).collect();
    let (before, after) = (if first > 0 { "…" } else { "" }, if first + WIDE < count { "…" } else { "" });
    format!("{before}{}{after}", part.trim())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &str) {
        let word = |word: &Word<'_>| format!("{}@{}", word.text, word.at);
        let seen: Vec<String> = tokens(text)
            .iter()
            .map(|token| match token {
                Token::Text(text) => format!("text {}", word(text)),
                Token::Tag(tag) => {
                    format!("{:?} {}", tag.kind, tag.words.iter().map(word).collect::<Vec<_>>().join(" "))
                }
                Token::Torn(at) => format!("torn @{at}"),
            })
            .collect();
        assert_eq!(seen.join(" | "), expected, "{text}");
    }

    #[test]
    fn a_template_is_text_and_tags_with_the_place_of_every_word() {
        check("up {{money lead.revenue}}.", "text up @0 | Print money@5 lead.revenue@11 | text .@25");
        check("{{#if (or a b)}}{{else if c}}{{/if}}", "Open if@3 (or a b)@6 | Else if@23 c@26 | Close if@32");
        check("{{word f up=\"a b\"}}", "Print word@2 f@7 up=\"a b\"@9");
        check("{{!-- a }} b --}}{{~> x~}}{{{y}}}", "Include x@22 | Bare y@29");
        check("a {{money", "text a @0 | torn @2");
    }

    #[test]
    fn a_long_line_is_shown_around_the_column() {
        let text = format!("a\n  {}wrong{}", "x".repeat(200), "y".repeat(200));
        let shown = excerpt(&text, 2, 203);
        assert!(shown.starts_with('…') && shown.ends_with('…') && shown.contains("wrong"), "{shown}");
        assert_eq!(excerpt("a\n  b c", 2, 3), "b c");
    }
}
