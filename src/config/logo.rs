//! The logo: a small SVG or PNG that draws nothing from outside.

use std::path::Path;

use super::small_file;
use crate::brief::picture_fault;

/// The largest logo, in bytes.
const LIMIT: u64 = 1024 * 1024;

/// The largest side of a PNG, in pixels.
const SIDE: u32 = 4096;

/// What can be done about a logo.
pub(super) const HINT: &str = "name an SVG or a PNG of at most 1 MB, beside the settings";

/// The logo's name for typst and its bytes.
pub(super) fn load(path: &Path) -> Result<(&'static str, Vec<u8>), String> {
    let bytes = small_file::bytes(path, LIMIT)?;
    let name = check(&bytes)?;
    match picture_fault(name, &bytes) {
        Some(cause) => Err(cause),
        None => Ok((name, bytes)),
    }
}

/// What the bytes are, by what they say.
fn check(bytes: &[u8]) -> Result<&'static str, String> {
    if let Some(rest) = bytes.strip_prefix(b"\x89PNG\r\n\x1a\n") {
        let side = |at: usize| rest.get(at..at + 4).and_then(|side| side.try_into().ok()).map(u32::from_be_bytes);
        return match (side(8), side(12)) {
            (Some(width), Some(height)) if width.max(height) <= SIDE && width.min(height) > 0 => Ok("logo.png"),
            (Some(width), Some(height)) => Err(format!("it has {width} by {height} pixels, more than {SIDE}")),
            _ => Err("the PNG is cut off".to_owned()),
        };
    }
    let text = std::str::from_utf8(bytes).map_err(|_| "it is neither an SVG nor a PNG".to_owned())?;
    if !text.contains("<svg") {
        return Err("it is neither an SVG nor a PNG".to_owned());
    }
    let outside = ["<!ENTITY", "<!DOCTYPE", "<script", "<image", "<foreignObject", "href=\"http", "url(http"];
    match outside.into_iter().find(|part| text.contains(part)) {
        Some(part) => Err(format!("the SVG holds `{part}`, which may draw from outside")),
        None => Ok("logo.svg"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_logo_is_known_by_its_bytes() {
        let png = |width: u32| {
            [b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR".as_slice(), &width.to_be_bytes(), &9_u32.to_be_bytes()].concat()
        };
        assert_eq!(check(b"<svg xmlns=\"http://www.w3.org/2000/svg\"/>"), Ok("logo.svg"));
        assert_eq!(check(&png(9)), Ok("logo.png"));
        assert_eq!(check(&png(5000)), Err("it has 5000 by 9 pixels, more than 4096".to_owned()));
        assert_eq!(check(b"GIF89a"), Err("it is neither an SVG nor a PNG".to_owned()));
        let outside = check(b"<svg><image href=\"http://example.com/a.png\"/></svg>");
        assert_eq!(outside, Err("the SVG holds `<image`, which may draw from outside".to_owned()));
    }
}
