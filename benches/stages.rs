//! Each stage alone and the whole, with the seeds. `cargo bench` prints least, most, median and mean of each, with the
//! memory it takes; `cargo bench -- typeset` runs one.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::LazyLock;

use divan::{AllocProfiler, Bencher};
use tanshin::brief::{self, Content, Fonts, Template};
use tanshin::config::Look;
use tanshin::history::History;
use tanshin::language::Language;
use tanshin::model::{Quarter, Seed};
use tanshin::narrative::{self, Engine};
use tanshin::run::{self, Library, Press};
use tanshin::seed;
use tanshin::templates::Templates;

#[global_allocator]
static MEMORY: AllocProfiler = AllocProfiler::system();

/// The smallest brief, a usual one and the largest.
const QUARTERS: [&str; 3] = ["4Q15", "1Q17", "3Q18"];

static SEEDS: LazyLock<Vec<Seed>> =
    LazyLock::new(|| seed::load(Path::new("seeds")).expect("the seeds are there").value);
static LIBRARY: LazyLock<Library> = LazyLock::new(|| run::read(&SEEDS[0], None).value);
static HISTORY: LazyLock<History> = LazyLock::new(|| run::aggregate(&LIBRARY).value);
static PRESS: LazyLock<Press> = LazyLock::new(press);
static FONTS: LazyLock<Fonts> = LazyLock::new(Fonts::embedded);
static TEMPLATE: LazyLock<Template> = LazyLock::new(Template::built_in);

fn main() {
    // As in a worker of the batch: typst's own parallel loops stay on this thread.
    let pool = rayon::ThreadPoolBuilder::new().num_threads(1).use_current_thread().build();
    divan::main();
    drop(pool);
}

fn press() -> Press {
    Press::new(&Templates::built_in(), &[], &Look::default()).expect("the built-in templates are good")
}

fn quarter(name: &str) -> Quarter {
    name.parse().expect("a quarter")
}

fn content(name: &str) -> Content {
    PRESS.compose(&LIBRARY, &HISTORY, quarter(name), Language::En).expect("a brief")
}

#[divan::bench]
fn a_read_the_seeds() -> usize {
    seed::load(Path::new("seeds")).expect("the seeds are there").value.len()
}

#[divan::bench]
fn b_extract() -> Library {
    run::read(&SEEDS[0], None).value
}

#[divan::bench]
fn c_aggregate() -> History {
    run::aggregate(&LIBRARY).value
}

#[divan::bench]
fn d_make_templates_and_fonts_ready() -> Press {
    press()
}

#[divan::bench(args = QUARTERS)]
fn e_narrate(bencher: Bencher, name: &str) {
    let engine = Engine::new(Language::En, &BTreeMap::new()).expect("the built-in templates are good");
    bencher.bench(|| narrative::narrate(&HISTORY, quarter(name), &engine));
}

#[divan::bench(args = QUARTERS)]
fn f_narrate_draw_and_compose(name: &str) -> Content {
    content(name)
}

#[divan::bench(args = QUARTERS)]
fn g_lay_out(bencher: Bencher, name: &str) {
    let content = content(name);
    bencher.bench(|| brief::lay_out(&content, &TEMPLATE, &FONTS).map(|pages| pages.count()));
}

#[divan::bench(args = QUARTERS)]
fn h_export(bencher: Bencher, name: &str) {
    let content = content(name);
    let pages = || brief::lay_out(&content, &TEMPLATE, &FONTS).expect("a brief");
    bencher.with_inputs(pages).bench_values(|pages| pages.export().map(|pdf| pdf.value.bytes.len()));
}

#[divan::bench(args = QUARTERS)]
fn i_whole_brief_from_documents(name: &str) -> usize {
    let library = run::read(&SEEDS[0], None).value;
    let history = run::aggregate(&library).value;
    let content = PRESS.compose(&library, &history, quarter(name), Language::En).expect("a brief");
    PRESS.typeset(&content).expect("a brief").value.bytes.len()
}
