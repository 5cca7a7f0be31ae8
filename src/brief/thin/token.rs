//! A content stream as operators with their operands.

use std::ops::Range;

use memchr::memchr;

/// Parts of a stream: operands until an operator ends them.
pub(in crate::brief) struct Tokens<'a> {
    rest: &'a [u8],
}

/// One part of a stream.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::brief) enum Token<'a> {
    /// A number, a name, a string, a list or a dictionary, as written.
    Operand(&'a [u8]),
    /// The name of an operator.
    Operator(&'a [u8]),
}

impl<'a> Tokens<'a> {
    pub fn of(stream: &'a [u8]) -> Self {
        Self { rest: stream }
    }

    fn take(&mut self, length: usize) -> Option<&'a [u8]> {
        let (taken, rest) = self.rest.split_at_checked(length)?;
        self.rest = rest;
        Some(taken)
    }

    /// The next part; an error where it does not end.
    pub fn next(&mut self) -> Result<Option<Token<'a>>, Unknown> {
        self.rest = self.rest.trim_ascii_start();
        let Some(&first) = self.rest.first() else { return Ok(None) };
        let length = match first {
            b'(' => string_end(self.rest),
            b'[' | b'<' => group_end(self.rest),
            _ => Some(1 + self.rest[1..].iter().position(|byte| ends_word(*byte)).unwrap_or(self.rest.len() - 1)),
        };
        let word = length.and_then(|length| self.take(length)).ok_or(Unknown)?;
        let is_operand = matches!(first, b'(' | b'[' | b'<' | b'/' | b'+' | b'-' | b'.') || first.is_ascii_digit();
        Ok(Some(if is_operand { Token::Operand(word) } else { Token::Operator(word) }))
    }
}

/// An operator, and which of all operands stand before it.
pub(super) struct Operation<'a> {
    pub name: &'a [u8],
    pub operands: Range<usize>,
}

/// All operators of a stream, and all their operands.
pub(super) fn operations(stream: &[u8]) -> Result<(Vec<Operation<'_>>, Vec<&[u8]>), Unknown> {
    let (mut operations, mut operands) = (Vec::new(), Vec::new());
    let (mut tokens, mut from) = (Tokens::of(stream), 0);
    while let Some(token) = tokens.next()? {
        match token {
            Token::Operand(word) => operands.push(word),
            Token::Operator(name) => {
                operations.push(Operation { name, operands: from..operands.len() });
                from = operands.len();
            }
        }
    }
    if from == operands.len() { Ok((operations, operands)) } else { Err(Unknown) }
}

/// Something in a stream that this room does not know: the stream stays as it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::brief) struct Unknown;

fn ends_word(byte: u8) -> bool {
    byte.is_ascii_whitespace() || byte == 0 || b"()<>[]/%".contains(&byte)
}

/// Where a string in parentheses ends.
pub(in crate::brief) fn string_end(bytes: &[u8]) -> Option<usize> {
    let (mut depth, mut at) = (0usize, 0);
    loop {
        match bytes.get(at)? {
            b'\\' => at += 1,
            b'(' => depth += 1,
            b')' if depth == 1 => return Some(at + 1),
            b')' => depth -= 1,
            _ => {}
        }
        at += 1;
    }
}

/// Where a list, a dictionary or a string of hexadecimal digits ends.
fn group_end(bytes: &[u8]) -> Option<usize> {
    let (mut depth, mut at) = (0usize, 0);
    loop {
        match bytes.get(at)? {
            b'(' => {
                at += string_end(&bytes[at..])?;
                continue;
            }
            b'[' | b'<' => depth += 1,
            b']' | b'>' if depth == 1 => return Some(at + 1),
            b']' | b'>' => depth -= 1,
            _ => {}
        }
        at += 1;
    }
}

/// The bytes that a string stands for.
pub(super) fn decoded(written: &[u8], bytes: &mut Vec<u8>) -> Result<(), Unknown> {
    match written {
        [b'(', inner @ .., b')'] => literal(inner, bytes),
        [b'<', inner @ .., b'>'] => hexadecimal(inner, bytes),
        _ => Err(Unknown),
    }
}

fn literal(mut inner: &[u8], bytes: &mut Vec<u8>) -> Result<(), Unknown> {
    while let Some(at) = memchr(b'\\', inner) {
        bytes.extend(&inner[..at]);
        let escaped = &inner[at + 1..];
        let digits = escaped.iter().take(3).take_while(|byte| matches!(byte, b'0'..=b'7')).count();
        let (byte, length) = match escaped.first().ok_or(Unknown)? {
            b'n' => (b'\n', 1),
            b'r' => (b'\r', 1),
            b't' => (b'\t', 1),
            b'b' => (8, 1),
            b'f' => (12, 1),
            byte @ (b'(' | b')' | b'\\') => (*byte, 1),
            b'0'..=b'7' => {
                let value = escaped[..digits].iter().fold(0u32, |value, digit| 8 * value + u32::from(digit - b'0'));
                (u8::try_from(value).map_err(|_| Unknown)?, digits)
            }
            _ => return Err(Unknown),
        };
        bytes.push(byte);
        inner = &escaped[length..];
    }
    bytes.extend(inner);
    Ok(())
}

fn hexadecimal(inner: &[u8], bytes: &mut Vec<u8>) -> Result<(), Unknown> {
    let value = |digit: u8| char::from(digit).to_digit(16).and_then(|value| u8::try_from(value).ok()).ok_or(Unknown);
    for pair in inner.chunks(2) {
        let [high, low] = pair else { return Err(Unknown) };
        bytes.push(16 * value(*high)? + value(*low)?);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stream_is_cut_into_operands_and_operators() {
        let mut tokens = Tokens::of(b"/Span<</ActualText(a\\)])>>BDC q 1 -.5 cm/c0 cs[(\\000b)-12<00ff>]TJ\nET");
        let mut words = Vec::new();
        while let Some(token) = tokens.next().unwrap() {
            words.push(match token {
                Token::Operand(word) => String::from_utf8_lossy(word).into_owned(),
                Token::Operator(word) => format!("!{}", String::from_utf8_lossy(word)),
            });
        }
        let told = "/Span <</ActualText(a\\)])>> !BDC !q 1 -.5 !cm /c0 !cs [(\\000b)-12<00ff>] !TJ !ET";
        assert_eq!(words.join(" "), told);
        assert_eq!(Tokens::of(b"(open").next(), Err(Unknown));
        assert_eq!(Tokens::of(b"<<open>").next(), Err(Unknown));
    }

    #[test]
    fn strings_stand_for_bytes() {
        for (written, bytes) in
            [(&b"(a\\000\\012b\\n\\(\\)\\\\)"[..], &b"a\0\nb\n()\\"[..]), (b"<00fF>", b"\x00\xff"), (b"()", b"")]
        {
            let mut found = Vec::new();
            assert_eq!(decoded(written, &mut found), Ok(()));
            assert_eq!(found, bytes);
        }
        for broken in [&b"(\\777)"[..], b"(\\x)", b"<0>", b"<0g>", b"12"] {
            assert_eq!(decoded(broken, &mut Vec::new()), Err(Unknown), "{}", String::from_utf8_lossy(broken));
        }
    }
}
