//! Parts become PDF bytes.
