//! Limits of what is read, far above what companies publish. They keep a run's memory and time within bounds whatever lies in the
//! seeds; what is beyond is left out, and said with the limit. `SECURITY.md` states them.

/// Bytes of a megabyte.
const MEGABYTE: u64 = 1024 * 1024;

/// The largest document, in bytes.
pub const DOCUMENT: u64 = 8 * MEGABYTE;
/// The largest profile, in bytes.
pub const PROFILE: u64 = MEGABYTE;
/// The longest line, in bytes.
pub const LINE: usize = 100_000;
/// The most numbers of a document: runs of digits, with the signs that hold them together.
pub const NUMBERS: usize = 50_000;
/// The most documents of a company.
pub const DOCUMENTS: usize = 20_000;
/// All documents of a company together, in bytes.
pub const COMPANY: u64 = 128 * MEGABYTE;

/// Why a text is beyond a limit, and what to do about it; none where it is not.
pub(super) fn of_text(text: &str) -> Option<(String, &'static str)> {
    if let Some((at, line)) = text.lines().enumerate().find(|(_, line)| line.len() > LINE) {
        let message = format!("line {} has {} bytes, more than the limit of {LINE}", at + 1, line.len());
        return Some((message, "break the text into lines as the original document has them"));
    }
    let numbers = numbers(text);
    (numbers > NUMBERS).then(|| {
        let message = format!("it has {numbers} numbers, more than the limit of {NUMBERS}");
        (message, "split it into one file for each document")
    })
}

/// How many numbers are in the text, in digits of either width.
fn numbers(text: &str) -> usize {
    let is_digit = |c: char| c.is_ascii_digit() || ('\u{FF10}'..='\u{FF19}').contains(&c);
    let (mut count, mut before, mut last) = (0, false, ' ');
    for c in text.chars() {
        // `before`: whether the sign that holds digits together has a digit before it.
        let held = matches!(last, ',' | '.') && before;
        count += usize::from(is_digit(c) && !is_digit(last) && !held);
        before = is_digit(last);
        last = c;
    }
    count
}

/// Why a file is too large.
pub(super) fn too_large(bytes: u64, limit: u64) -> String {
    let megabytes = |bytes: u64| bytes.div_ceil(MEGABYTE);
    format!("it has {} MB, more than the limit of {} MB", megabytes(bytes), megabytes(limit))
}

/// Why a company's documents are beyond a limit; none where they are not.
pub(super) fn of_company(documents: usize, bytes: u64) -> Option<String> {
    if documents > DOCUMENTS {
        return Some(format!("it has {documents} documents, more than the limit of {DOCUMENTS}"));
    }
    (bytes > COMPANY).then(|| {
        let (all, limit) = (bytes.div_ceil(MEGABYTE), COMPANY / MEGABYTE);
        format!("its documents have {all} MB together, more than the limit of {limit} MB")
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_counted_whole() {
        for (text, expected) in [
            ("", 0),
            ("1", 1),
            ("1,234.5 and 7", 2),
            ("1, 2. 3", 3),
            ("1Q17 up 13.2%", 3),
            ("12.", 1),
            ("\u{FF11}\u{FF12} x \u{FF13}", 2),
        ] {
            assert_eq!(numbers(text), expected, "{text}");
        }
    }

    #[test]
    fn what_is_beyond_a_limit_is_told_with_the_limit() {
        let told = |text: &str| of_text(text).map(|(message, _)| message);
        assert_eq!(told(&"a".repeat(LINE)), None);
        assert_eq!(
            told(&format!("x\n{}", "a".repeat(LINE + 1))).as_deref(),
            Some("line 2 has 100001 bytes, more than the limit of 100000")
        );
        assert_eq!(told(&"1\n".repeat(NUMBERS)), None);
        assert_eq!(
            told(&"1\n".repeat(NUMBERS + 1)).as_deref(),
            Some("it has 50001 numbers, more than the limit of 50000")
        );
        assert_eq!(of_company(DOCUMENTS, COMPANY), None);
        assert_eq!(
            of_company(3, COMPANY + 1).as_deref(),
            Some("its documents have 129 MB together, more than the limit of 128 MB")
        );
        assert_eq!(of_company(20_001, 0).as_deref(), Some("it has 20001 documents, more than the limit of 20000"));
    }
}
