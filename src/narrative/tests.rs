//! The narratives of all quarters of the seeds, read aloud before they are accepted; and what must hold for each of them.

use std::collections::BTreeMap;

use super::*;
use crate::history::{History, SeriesRecord, aggregate};

#[allow(dead_code)]
#[path = "../history/cases.rs"]
mod cases;

fn history() -> History {
    cases::history(&cases::seeds()).value
}

fn all(history: &History) -> Vec<Narrative> {
    let engine = Engine::new(&BTreeMap::new()).expect("the built-in templates compile");
    let narrate = |quarter| narrate(history, quarter, &engine).unwrap_or_else(|fault| panic!("{quarter}: {fault}"));
    history.quarters().into_iter().map(narrate).collect()
}

#[test]
fn narratives_print() {
    for narrative in all(&history()) {
        println!("=========== {}\n{narrative}", narrative.quarter);
    }
}
