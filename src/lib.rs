//! tanshin: a company's earnings documents become investor briefs, and every figure keeps the line it came from.
//!
//! The program is one pipeline, read left to right. Each stage is one public verb; each arrow is one type.
//!
//! ```text
//! seed::load ─▶ Seed ─▶ extract ─▶ Reading ─▶ aggregate ─▶ History ─▶ narrate ─▶ Narrative ─▶ typeset ─▶ Pdf ─▶ write
//!                       (facts)               (figures)       └─────▶ draw ────▶ Chart ──────┘
//! ```
//!
//! | Room | Does |
//! | --- | --- |
//! | `seed` | a folder becomes [`model::Seed`]s |
//! | [`vocabulary`] | labels become metric ids; names for readers |
//! | [`model`] | the domain's words as types |
//! | [`extract`] | one document's text becomes facts with their place |
//! | [`history`] | facts become one figure per metric and period, by named rules |
//! | [`narrative`] | figures become sentences |
//! | [`chart`] | figures become SVG text |
//! | [`brief`] | parts become PDF bytes |

pub mod brief;
pub mod chart;
pub mod extract;
pub mod history;
pub mod model;
pub mod narrative;
pub mod vocabulary;
