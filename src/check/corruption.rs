//! A clean check is evidence only if a corrupted document fails it.
