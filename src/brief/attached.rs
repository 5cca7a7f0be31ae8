//! The files that a PDF carries, read back: enough of the format for the briefs that this program writes.

use std::io::Read;

use flate2::read::ZlibDecoder;

/// The largest attachment that is unpacked, in bytes.
const LIMIT: u64 = 64 * 1024 * 1024;

const KIND: &[u8] = b"/EmbeddedFile";

/// The bytes of each file that a PDF carries, in the order of the file; what cannot be unpacked is left out.
pub fn attached(pdf: &[u8]) -> Vec<Vec<u8>> {
    let mut files = Vec::new();
    let mut from = 0;
    while let Some(at) = find(&pdf[from..], KIND).map(|at| from + at) {
        files.extend(stream_at(pdf, at));
        from = at + KIND.len();
    }
    files
}

/// The stream whose dictionary holds this place.
fn stream_at(pdf: &[u8], at: usize) -> Option<Vec<u8>> {
    // `/EmbeddedFiles` is the table of names, no stream.
    if pdf.get(at + KIND.len())?.is_ascii_alphabetic() {
        return None;
    }
    let from = last(&pdf[..at], b" obj")?;
    let start = at + find(&pdf[at..], b"stream")? + b"stream".len();
    let dictionary = &pdf[from..start];
    let length = number(&dictionary[find(dictionary, b"/Length ")? + b"/Length ".len()..])?;
    let start = start + pdf[start..].iter().take_while(|byte| matches!(byte, b'\r' | b'\n')).count().min(2);
    let bytes = pdf.get(start..start.checked_add(length)?)?;
    if find(dictionary, b"/FlateDecode").is_none() {
        return Some(bytes.to_vec());
    }
    let mut unpacked = Vec::new();
    ZlibDecoder::new(bytes).take(LIMIT + 1).read_to_end(&mut unpacked).ok()?;
    (unpacked.len() as u64 <= LIMIT).then_some(unpacked)
}

fn find(bytes: &[u8], wanted: &[u8]) -> Option<usize> {
    bytes.windows(wanted.len()).position(|window| window == wanted)
}

fn last(bytes: &[u8], wanted: &[u8]) -> Option<usize> {
    bytes.windows(wanted.len()).rposition(|window| window == wanted)
}

fn number(bytes: &[u8]) -> Option<usize> {
    let digits = bytes.iter().take_while(|byte| byte.is_ascii_digit()).count();
    std::str::from_utf8(&bytes[..digits]).ok()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_come_back_and_what_is_broken_does_not() {
        let plain = b"1 0 obj\n<</Type/EmbeddedFile/Length 2>>\nstream\n{}\nendstream".as_slice();
        assert_eq!(attached(plain), [b"{}".to_vec()]);
        for broken in [
            b"".as_slice(),
            b"/EmbeddedFile",
            b"1 0 obj <</EmbeddedFiles 3 0 R>> stream",
            b"1 0 obj\n<</Type/EmbeddedFile/Length 99>>\nstream\n{}",
            b"1 0 obj\n<</Type/EmbeddedFile/Length 2/Filter/FlateDecode>>\nstream\n{}",
        ] {
            assert_eq!(attached(broken), Vec::<Vec<u8>>::new(), "{}", String::from_utf8_lossy(broken));
        }
    }
}
