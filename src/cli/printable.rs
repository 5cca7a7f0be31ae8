//! Text for a terminal: what documents and file names contain is shown, never acted upon.

use std::borrow::Cow;

/// The text with control characters and marks that turn the reading direction written as `\u{1b}`; line ends stay.
pub(super) fn printable(text: &str) -> Cow<'_, str> {
    if !text.contains(acts) {
        return Cow::Borrowed(text);
    }
    let mut shown = String::with_capacity(text.len());
    for character in text.chars() {
        if acts(character) { shown.extend(character.escape_unicode()) } else { shown.push(character) }
    }
    Cow::Owned(shown)
}

/// Whether a terminal does something other than show the character.
fn acts(character: char) -> bool {
    let turns =
        matches!(character, '\u{61C}' | '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}');
    turns || (character.is_control() && character != '\n')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &str) {
        assert_eq!(printable(text), expected);
    }

    #[test]
    fn a_terminal_shows_what_documents_contain_and_does_not_obey_it() {
        check("Revenues 41.0\n売上高", "Revenues 41.0\n売上高");
        check("\u{1b}[31mred", "\\u{1b}[31mred");
        check("41\u{202E}0.14", "41\\u{202e}0.14");
        check("a\rb\u{9b}c", "a\\u{d}b\\u{9b}c");
    }
}
