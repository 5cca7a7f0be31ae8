//! Figures become sentences.
