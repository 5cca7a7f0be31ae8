//! Smaller files: placeholder.

/// Returns the file as it is.
pub(super) fn pack(pdf: Vec<u8>) -> Vec<u8> {
    pdf
}
