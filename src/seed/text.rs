//! Bytes become lines: UTF-8 with or without byte order mark, line ends of any system. Nothing is edited, so that line and
//! column of a figure are those that an editor shows.

/// Why bytes are not text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fault {
    /// They are UTF-16 by their byte order mark.
    Utf16,
    /// The byte at this offset starts no UTF-8 character.
    NotUtf8 {
        /// Offset from the start of the file.
        offset: usize,
        /// The byte there.
        byte: u8,
    },
    /// A NUL byte: a damaged file, or another encoding.
    Nul {
        /// Offset from the start of the file.
        offset: usize,
    },
}

impl Fault {
    pub(super) fn message(self) -> String {
        match self {
            Self::Utf16 => "it is UTF-16, expected UTF-8".to_owned(),
            Self::NotUtf8 { offset, byte } => format!("byte {offset} is `0x{byte:02X}`, expected UTF-8"),
            Self::Nul { offset } => format!("byte {offset} is NUL, expected text"),
        }
    }

    pub(super) fn hint(self) -> &'static str {
        match self {
            Self::Utf16 => "convert it with `iconv -f UTF-16 -t UTF-8`",
            Self::NotUtf8 { .. } => {
                "convert it with `iconv -f <its encoding> -t UTF-8`, Japanese files are often `CP932`"
            }
            Self::Nul { .. } => "put a text file in its place, extracted from the original document",
        }
    }
}

/// The text without byte order mark. A file with NUL is refused whole: between its halves a number would read as two.
pub(super) fn decode(bytes: &[u8]) -> Result<&str, Fault> {
    if bytes.starts_with(b"\xFF\xFE") || bytes.starts_with(b"\xFE\xFF") {
        return Err(Fault::Utf16);
    }
    if let Some(offset) = bytes.iter().position(|byte| *byte == 0) {
        return Err(Fault::Nul { offset });
    }
    match std::str::from_utf8(bytes) {
        Ok(text) => Ok(text.strip_prefix('\u{FEFF}').unwrap_or(text)),
        Err(error) => {
            let offset = error.valid_up_to();
            Err(Fault::NotUtf8 { offset, byte: bytes[offset] })
        }
    }
}

/// The lines without line ends.
pub(super) fn lines(text: &str) -> Vec<String> {
    text.lines().map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(bytes: &[u8], expected: &[&str]) {
        assert_eq!(decode(bytes).map(lines), Ok(expected.iter().map(|line| (*line).to_owned()).collect()));
    }

    #[test]
    fn lines_are_alike_whatever_the_line_ends_and_the_byte_order_mark() {
        check(b"Revenues 41.0\n\nCosts 33.9\n", &["Revenues 41.0", "", "Costs 33.9"]);
        check(b"\xEF\xBB\xBFRevenues 41.0\r\n\r\nCosts 33.9", &["Revenues 41.0", "", "Costs 33.9"]);
        check("売上高 41.0\r\n".as_bytes(), &["売上高 41.0"]);
        check(b"a\x0Cb\rc\n", &["a\x0Cb\rc"]);
        check(b"", &[]);
    }

    #[test]
    fn what_is_not_text_is_refused_with_its_place() {
        let fault = |bytes: &[u8]| decode(bytes).map_err(Fault::message).expect_err("no text");
        assert_eq!(fault(b"ok \x94\xC4"), "byte 3 is `0x94`, expected UTF-8");
        assert_eq!(fault(b"cut \xE5\xA3"), "byte 4 is `0xE5`, expected UTF-8");
        assert_eq!(fault(b"1\x002"), "byte 1 is NUL, expected text");
        assert_eq!(fault(b"\xFF\xFEa\0"), "it is UTF-16, expected UTF-8");
    }
}
