//! tanshin: a company's earnings documents become investor briefs, and every figure keeps the line it came from.
//!
//! The program is one pipeline, read left to right. Each stage is one public verb; each arrow is one type.
//!
//! ```text
//! seed::load ─▶ Seed ─▶ extract ─▶ Reading ─▶ aggregate ─▶ History ─▶ narrate ─▶ Narrative ─▶ compose ─▶ Content ─▶ typeset ─▶ Pdf ─▶ write
//!                       (facts)               (figures)       └─────▶ draw ────▶ Chart ──────┘
//! ```
//!
//! | Room | Does |
//! | --- | --- |
//! | [`cli`], [`options`] | arguments become checked options; data to stdout, messages to stderr |
//! | [`run`] | calls the verbs in order |
//! | [`rehearse`] | tries all templates against all quarters, without writing |
//! | [`preview`] | a page in the browser that follows every edit |
//! | [`batch`] | all briefs on several threads, and only those that changed |
//! | [`config`] | settings of a project |
//! | [`seed`] | a folder becomes [`model::Seed`]s |
//! | [`language`] | languages of briefs: forms of numbers, dates and periods, and the words of pages, tables and charts |
//! | [`vocabulary`] | labels become metric ids; names for readers |
//! | [`model`] | the domain's words as types |
//! | [`extract`] | one document's text becomes facts with their place |
//! | [`history`] | facts become one figure per metric and period, by named rules |
//! | [`check`] | what the documents say, against itself |
//! | [`narrative`] | figures become sentences |
//! | [`chart`] | figures become SVG text |
//! | [`compose`] | figures, sentences and charts become the content of one brief, each figure with its proof |
//! | [`brief`] | that content becomes PDF bytes |
//! | [`difference`] | what two editions of the briefs say differently |
//! | [`verify`] | what a brief was made of, and whether it can be made again |
//! | [`templates`], [`output`] | read the templates; write the output, whole or not at all |
//! | [`near`], [`cause`], [`toml_fault`] | near matches, I/O errors and faults of TOML files in words, for messages |
//! | [`watch`] | which of the project's files changed |
//! | [`several`] | a list worked off by several threads |
//! | [`clock`] | how long things take, for reports |

#[cfg(feature = "briefs")]
pub mod batch;
#[cfg(feature = "briefs")]
pub mod brief;
pub mod cause;
#[cfg(feature = "briefs")]
pub mod chart;
pub mod check;
#[cfg(feature = "briefs")]
pub mod cli;
pub mod clock;
#[cfg(feature = "briefs")]
pub mod compose;
#[cfg(feature = "briefs")]
pub mod config;
#[cfg(feature = "briefs")]
pub mod difference;
pub mod extract;
pub mod history;
pub mod language;
pub mod model;
pub mod narrative;
pub mod near;
#[cfg(feature = "briefs")]
pub mod options;
#[cfg(feature = "briefs")]
pub mod output;
#[cfg(feature = "briefs")]
pub mod preview;
#[cfg(feature = "briefs")]
pub mod rehearse;
#[cfg(feature = "briefs")]
pub mod run;
pub mod seed;
#[cfg(feature = "briefs")]
pub mod several;
#[cfg(feature = "briefs")]
pub mod templates;
pub mod toml_fault;
#[cfg(test)]
mod trials;
#[cfg(feature = "briefs")]
pub mod verify;
pub mod vocabulary;
#[cfg(feature = "briefs")]
pub mod watch;
