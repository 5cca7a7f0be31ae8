//! Clean text before typst sees it: what a page cannot show, or would show wrongly, is dropped or replaced, and said.
//!
//! Nothing is escaped in the sense of markup: text goes to typst as JSON strings, which typst never parses.

use std::collections::BTreeSet;

use serde_json::Value;
use unicode_normalization::{UnicodeNormalization, is_nfc};

use super::Fonts;
use super::place::Place;
use crate::model::Warning;

/// What stands for a character that no font has, in order of preference.
const STAND_INS: [char; 2] = ['\u{25A1}', '?'];

/// Cleans every string of the tree. Warnings name the place of the string by its path in the content.
pub(super) fn clean(content: &mut Value, fonts: &Fonts) -> Vec<Warning> {
    let mut cleaner = Cleaner { fonts, warnings: Vec::new() };
    cleaner.tree(content, Place::Content);
    cleaner.warnings
}

struct Cleaner<'a> {
    fonts: &'a Fonts,
    warnings: Vec<Warning>,
}

impl Cleaner<'_> {
    fn tree(&mut self, value: &mut Value, place: Place<'_>) {
        match value {
            Value::String(text) => self.string(text, place),
            Value::Array(items) => {
                items.iter_mut().enumerate().for_each(|(index, item)| self.tree(item, Place::Item(&place, index)));
            }
            Value::Object(fields) => {
                fields.iter_mut().for_each(|(name, field)| self.tree(field, Place::Field(&place, name)));
            }
            _ => {}
        }
    }

    fn string(&mut self, text: &mut String, place: Place<'_>) {
        if text.bytes().all(|byte| (b' '..=b'~').contains(&byte)) {
            return;
        }
        let composed: String = if is_nfc(text) { text.clone() } else { text.nfc().collect() };
        let (mut kept, mut unsafe_, mut uncovered) = (String::new(), BTreeSet::new(), BTreeSet::new());
        for character in composed.chars() {
            match character {
                _ if is_space(character) => kept.push(if character == '\u{A0}' { character } else { ' ' }),
                _ if is_silent(character) => {}
                _ if is_unsafe(character) => {
                    unsafe_.insert(character);
                }
                _ if is_private(character) || !self.fonts.cover(character) => {
                    uncovered.insert(character);
                    kept.push(self.stand_in());
                }
                _ => kept.push(character),
            }
        }
        *text = kept;
        self.warn(place, &unsafe_, "was dropped: it hides or reorders text", "remove it from the document's text");
        self.warn(
            place,
            &uncovered,
            "is in no font, a stand-in is printed",
            "add a font that has it to the font directory",
        );
    }

    fn stand_in(&self) -> char {
        STAND_INS.into_iter().find(|&mark| self.fonts.cover(mark)).unwrap_or(' ')
    }

    fn warn(&mut self, place: Place<'_>, characters: &BTreeSet<char>, what: &str, hint: &str) {
        if characters.is_empty() {
            return;
        }
        let names: Vec<_> = characters.iter().map(|&found| format!("U+{:04X}", u32::from(found))).collect();
        self.warnings.push(Warning {
            message: format!("`{}` {what}", names.join(" ")),
            place: place.to_string(),
            hint: hint.to_owned(),
        });
    }
}

/// Line ends, tabs and the many spaces; all but the no-break space become plain ones, so that widths stay predictable.
fn is_space(character: char) -> bool {
    character.is_whitespace() || character == '\u{202F}'
}

/// Characters without ink that change nothing: byte order mark, zero-width space and joiners, variation selectors.
fn is_silent(character: char) -> bool {
    matches!(character, '\u{FEFF}' | '\u{AD}' | '\u{200B}'..='\u{200D}' | '\u{2060}' | '\u{FE00}'..='\u{FE0F}')
}

/// Control characters, and marks that reorder text: a figure must read as its bytes do.
fn is_unsafe(character: char) -> bool {
    character.is_control()
        || matches!(character, '\u{61C}' | '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
        || matches!(character, '\u{FFF9}'..='\u{FFFB}' | '\u{E0000}'..='\u{E007F}')
}

/// Private use means nothing to a reader of the file; PDF/A forbids it. So are the non-characters.
fn is_private(character: char) -> bool {
    let code = u32::from(character);
    matches!(code, 0xE000..=0xF8FF | 0xFDD0..=0xFDEF | 0xF0000..) || code & 0xFFFE == 0xFFFE
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn check(text: &str, cleaned: &str, warning: &str) {
        let mut value = json!({ "a": [text] });
        let warnings = clean(&mut value, &Fonts::embedded());
        assert_eq!(value["a"][0], cleaned);
        let said: Vec<_> = warnings.iter().map(|warning| warning.message.as_str()).collect();
        assert_eq!(said.join("; "), warning);
        assert!(warnings.iter().all(|warning| warning.place == "content.a[0]"));
    }

    #[test]
    fn markup_is_ordinary_text() {
        check("#read(\"/x\") ] $ * @a <b> _ ` \\ // é", "#read(\"/x\") ] $ * @a <b> _ ` \\ // é", "");
    }

    #[test]
    fn letters_are_composed_and_spaces_are_plain() {
        check("e\u{301}\ta\r\nb\u{2009}c\u{A0}d", "é a  b c\u{A0}d", "");
    }

    #[test]
    fn text_that_hides_is_dropped_and_said() {
        check("1\u{202E}23\u{202C}\u{0}", "123", "`U+0000 U+202C U+202E` was dropped: it hides or reorders text");
        check("\u{FEFF}a\u{200B}b", "ab", "");
    }

    #[test]
    fn characters_without_a_glyph_get_a_stand_in_and_are_said() {
        check("売上高 🚀", "売上高 □", "`U+1F680` is in no font, a stand-in is printed");
        check("\u{E001}", "□", "`U+E001` is in no font, a stand-in is printed");
    }
}
