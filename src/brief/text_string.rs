//! Text strings of a PDF in as few bytes as they need.

/// The characters of the encoding that PDF has for texts, from 0x80 on, as far as they are used.
const HIGH: [char; 19] =
    ['•', '†', '‡', '…', '—', '–', 'ƒ', '⁄', '‹', '›', '−', '‰', '„', '“', '”', '‘', '’', '‚', '™'];

/// A text as PDF holds it: in one byte for each character where its own encoding has them all, else in UTF-16.
pub(super) fn text_string(text: &str) -> Vec<u8> {
    let bytes: Option<Vec<u8>> = text.chars().map(byte).collect();
    let bytes = bytes
        .unwrap_or_else(|| [0xFE, 0xFF].into_iter().chain(text.encode_utf16().flat_map(u16::to_be_bytes)).collect());
    let mut string = Vec::new();
    write_string(&mut string, &bytes);
    string
}

/// The text of a string of hexadecimal digits in UTF-16.
pub(super) fn text_of(digits: &[u8]) -> Option<String> {
    let digits = std::str::from_utf8(digits).ok()?.strip_prefix("FEFF").filter(|digits| digits.len() % 4 == 0)?;
    let units: Option<Vec<u16>> =
        (0..digits.len()).step_by(4).map(|at| u16::from_str_radix(&digits[at..at + 4], 16).ok()).collect();
    String::from_utf16(&units?).ok()
}

fn byte(character: char) -> Option<u8> {
    match character {
        ' '..='~' => u8::try_from(character).ok(),
        '\u{A1}'..='\u{FF}' if character != '\u{AD}' => u8::try_from(u32::from(character)).ok(),
        '€' => Some(0xA0),
        _ => HIGH.iter().position(|high| *high == character).and_then(|at| u8::try_from(0x80 + at).ok()),
    }
}

/// Writes bytes as a string, with a sign before what would end it or be read as another byte.
pub(super) fn write_string(out: &mut Vec<u8>, bytes: &[u8]) {
    out.push(b'(');
    for &byte in bytes {
        match byte {
            b'(' | b')' | b'\\' => out.extend([b'\\', byte]),
            b'\r' => out.extend(b"\\r"),
            _ => out.push(byte),
        }
    }
    out.push(b')');
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_take_as_few_bytes_as_they_need() {
        assert_eq!(text_string("Source 12"), b"(Source 12)");
        assert_eq!(text_string("−0.7 (a) 5 €"), b"(\x8A0.7 \\(a\\) 5 \xA0)");
        // The second letter is 0D 5C in UTF-16: what would end a line or be a sign is kept apart.
        assert_eq!(text_string("出\u{D5C}"), b"(\xFE\xFF\x51\xFA\\r\\\\)");
    }

    #[test]
    fn digits_are_read() {
        assert_eq!(text_of(b"FEFF22120030").as_deref(), Some("−0"));
        assert_eq!(text_of(b"22120030"), None);
        assert_eq!(text_of(b"FEFF221"), None);
    }
}
