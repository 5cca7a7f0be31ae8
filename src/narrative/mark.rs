//! The marks between the template engine and the claim gate: handlebars writes one string, and these characters of a
//! private plane say which parts of it are sentences, figures and given words. Nothing else writes or reads them.

/// Opens a block; its kind and its name follow.
pub const OPEN: char = '\u{F0001}';
/// Ends the head of a block or the key of a figure.
pub const HEAD: char = '\u{F0002}';
/// Closes a block.
pub const CLOSE: char = '\u{F0003}';
/// Opens a printed figure: key, `HEAD`, printed text, `END`.
pub const FIGURE: char = '\u{F0004}';
/// Opens a word's dependence on a figure: key, `HEAD`, way, `HEAD`, word, `END`.
pub const USES: char = '\u{F0005}';
/// Opens a given text: a name, a period, a date.
pub const GIVEN: char = '\u{F0006}';
/// Opens the reason why the block around it must not be printed.
pub const FAIL: char = '\u{F0007}';
/// Opens the message of a fault in the template itself.
pub const FAULT: char = '\u{F0008}';
/// Ends a figure, a use, a given text, a reason.
pub const END: char = '\u{F0009}';
/// Stands before each printed form that a view holds: a template that prints it without its helper is caught.
pub const SEALED: char = '\u{F000A}';

/// Opens the reason why documents contradict each other about what the block around it says.
pub const DISPUTE: char = '\u{F000B}';
/// Stands between the name of a sentence and its greatest length.
pub const LONGEST: char = '\u{F000C}';

/// What a block is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Block {
    /// A sentence: printed whole or not at all.
    Sentence,
    /// A part of a sentence that goes when its figures are missing, and leaves the rest.
    Clause,
    /// The first of its blocks that passes the gate.
    First,
    /// Items joined as `a, b and c`.
    List,
    /// One item of a list.
    Item,
}

impl Block {
    const ALL: [(Self, char); 5] =
        [(Self::Sentence, 's'), (Self::Clause, 'c'), (Self::First, 'f'), (Self::List, 'l'), (Self::Item, 'i')];

    /// The letter behind `OPEN`.
    pub fn letter(self) -> char {
        Self::ALL.iter().find(|(block, _)| *block == self).map_or('s', |(_, letter)| *letter)
    }

    /// The block of a letter.
    pub fn of(letter: char) -> Option<Self> {
        Self::ALL.iter().find(|(_, known)| *known == letter).map(|(block, _)| *block)
    }
}

/// Whether the character is one of the marks; text from a document never keeps one.
pub fn is_mark(c: char) -> bool {
    (OPEN..=LONGEST).contains(&c)
}

/// A text between a mark and `END`.
pub fn wrapped(mark: char, text: &str) -> String {
    format!("{mark}{text}{END}")
}

/// A text of a view as a reader outside sees it: sealed forms are opened.
pub fn unsealed(text: &str) -> String {
    text.chars().filter(|c| !is_mark(*c)).collect()
}

/// What handlebars calls for a value that a template prints without a helper: names pass, bare numbers and sealed forms
/// are faults of the template.
pub fn given(text: &str) -> String {
    if text.starts_with(SEALED) {
        return wrapped(FAULT, "a figure is printed without its helper, write `{{money …}}`, `{{pct …}}` or another");
    }
    if text.parse::<rust_decimal::Decimal>().is_ok() {
        return wrapped(FAULT, &format!("`{text}` is a bare number, not a figure of the data layer"));
    }
    let clean: String = text.chars().filter(|c| !is_mark(*c)).collect();
    wrapped(GIVEN, &clean)
}
