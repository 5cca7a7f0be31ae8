//! A file that settings name: regular, and not larger than a limit.

use std::fs;
use std::io::Read;
use std::path::Path;

use crate::cause::cause;

/// The bytes of a file.
pub(super) fn bytes(path: &Path, limit: u64) -> Result<Vec<u8>, String> {
    let kind = fs::metadata(path).map_err(|error| cause(&error))?;
    if !kind.is_file() {
        return Err(if kind.is_dir() { "it is a folder, not a file" } else { "it is not a regular file" }.to_owned());
    }
    let mut bytes = Vec::new();
    let file = fs::File::open(path).map_err(|error| cause(&error))?;
    file.take(limit + 1).read_to_end(&mut bytes).map_err(|error| cause(&error))?;
    if bytes.len() as u64 > limit {
        return Err(format!("it is larger than the limit of {} MB", limit / (1024 * 1024)));
    }
    Ok(bytes)
}

/// The text of a file.
pub(super) fn text(path: &Path, limit: u64) -> Result<String, String> {
    let text = String::from_utf8(bytes(path, limit)?);
    let text = text.map_err(|error| format!("byte {} is not UTF-8", error.utf8_error().valid_up_to()))?;
    Ok(text.strip_prefix('\u{FEFF}').map_or(text.clone(), str::to_owned))
}
