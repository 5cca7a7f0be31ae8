//! Figures become SVG text.
