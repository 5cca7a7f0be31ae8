//! Thinner drawings: typst writes each stretch of text and each shape with a transformation, a colour and a font of its own, glyphs as
//! octal escapes and places to five digits. Here the same page is said in a third of the bytes: only what changes, places in thousandths
//! of a point. What is not known to be safe leaves the drawing as it was.

mod draw;
mod mark;
mod number;
mod path;
mod say;
mod state;
#[cfg(test)]
mod tests;
mod text;
mod token;
mod widths;

pub(super) use draw::thinned;
pub(super) use token::{Token, Tokens, string_end};
pub(super) use widths::{Widths, runs};
