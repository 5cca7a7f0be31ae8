//! Each stage alone and the whole, with the seeds: least, median and most of many runs. `cargo bench` prints the table.
//!
//! A harness of its own: the usual one changes features of typst's dependencies, and typst would be compiled a second time.
#![expect(clippy::disallowed_methods, reason = "benches measure time")]

use std::hint::black_box;
use std::path::Path;
use std::time::Instant;

use tanshin::brief::{Fonts, Template, typeset};
use tanshin::config::Look;
use tanshin::model::{Quarter, Seed};
use tanshin::narrative::{self, Engine};
use tanshin::run::{self, Press};
use tanshin::seed;
use tanshin::templates::Templates;

/// Runs of each stage.
const RUNS: usize = 30;

fn main() {
    let seeds: Vec<Seed> = seed::load(Path::new("seeds")).expect("the seeds are there").value;
    let seed = &seeds[0];
    let library = run::read(seed, None).value;
    let history = run::aggregate(&library).value;
    let quarter: Quarter = "3Q18".parse().expect("a quarter");
    let look = Look::default();
    let press = Press::new(&Templates::built_in(), &[], &look).expect("the built-in templates are good");
    let engine = Engine::new(&std::collections::BTreeMap::new()).expect("the built-in templates are good");
    let content = press.compose(&library, &history, quarter).expect("a brief");
    let (template, fonts) = (Template::built_in(), Fonts::embedded());

    println!("{:<34} {:>8} {:>8} {:>8}  ms, {RUNS} runs", "stage", "least", "median", "most");
    measure("read the seeds", || seed::load(Path::new("seeds")));
    measure("extract all documents", || run::read(seed, None));
    measure("aggregate", || run::aggregate(&library));
    measure("press: templates and fonts", || Press::new(&Templates::built_in(), &[], &look));
    measure("narrate 3Q18", || narrative::narrate(&history, quarter, &engine));
    measure("narrate, draw and compose 3Q18", || press.compose(&library, &history, quarter));
    measure("typeset and export 3Q18", || typeset(&content, &template, &fonts));
    measure("whole brief from documents", || {
        let library = run::read(seed, None).value;
        let history = run::aggregate(&library).value;
        press.compose(&library, &history, quarter).and_then(|content| press.typeset(&content))
    });
}

fn measure<T>(stage: &str, work: impl Fn() -> T) {
    black_box(work());
    let mut times: Vec<f64> = (0..RUNS)
        .map(|_| {
            let start = Instant::now();
            black_box(work());
            start.elapsed().as_secs_f64() * 1000.0
        })
        .collect();
    times.sort_by(f64::total_cmp);
    println!("{stage:<34} {:>8.2} {:>8.2} {:>8.2}", times[0], times[RUNS / 2], times[RUNS - 1]);
}
