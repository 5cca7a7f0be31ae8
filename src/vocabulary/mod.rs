//! Labels become metric ids; names for readers.
