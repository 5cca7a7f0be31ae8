//! Causes: what an I/O error says to a person. The path and the hint are the caller's business.

use std::io::{Error, ErrorKind};

/// The error in words: lower case, no number, no full stop.
pub fn cause(error: &Error) -> String {
    match error.kind() {
        ErrorKind::NotFound => "it does not exist".to_owned(),
        ErrorKind::PermissionDenied => "permission denied".to_owned(),
        ErrorKind::StorageFull => "the disk is full".to_owned(),
        ErrorKind::ReadOnlyFilesystem => "the file system is read-only".to_owned(),
        ErrorKind::NotADirectory => "a part of the path is a file, not a folder".to_owned(),
        ErrorKind::IsADirectory => "it is a folder, not a file".to_owned(),
        _ => plain(&error.to_string()),
    }
}

/// `Too many levels of symbolic links (os error 40)` without its number and capital.
fn plain(text: &str) -> String {
    let text = text.split(" (os error").next().unwrap_or(text);
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_lowercase().chain(letters).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn causes_are_plain_words() {
        assert_eq!(cause(&Error::from(ErrorKind::PermissionDenied)), "permission denied");
        assert_eq!(cause(&Error::other("Strange thing (os error 99)")), "strange thing");
    }
}
