//! End-to-end tests: the built program in a temporary folder. Exit code, stdout and stderr in full.
#![expect(clippy::disallowed_methods, clippy::disallowed_types, reason = "tests make and read files")]

mod arguments;
mod batch;
mod config;
mod contained;
mod difference;
mod faults;
mod guides;
mod hostile;
mod injection;
mod languages;
mod ledger;
mod output;
mod pdf;
mod preview;
mod project;
mod seeds;
mod sizes;
mod surroundings;
mod templates;
mod verify;
