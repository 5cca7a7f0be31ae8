//! What typesetting leaves in memory: the allocator counts it, no clock is asked.

use std::path::Path;
use std::thread;

use cap::Cap;
use tanshin::brief::{self, Content, Fonts, Template};
use tanshin::config::Look;
use tanshin::language::Language;
use tanshin::run::{self, Press};
use tanshin::seed;
use tanshin::templates::Templates;

#[global_allocator]
static MEMORY: Cap<std::alloc::System> = Cap::new(std::alloc::System, usize::MAX);

/// What may stay behind after any number of briefs: names that typst keeps once for all.
const REMAINDER: usize = 1_000_000;
/// What setting a brief takes at least.
const TAKEN: usize = 2_000_000;

/// One test for all, as other threads would be counted too.
#[test]
fn a_brief_leaves_nothing_in_memory_whether_it_is_made_or_fails() {
    let content = content();
    let fonts = Fonts::embedded();
    let good = Template::built_in();
    // Pages that can be set, and break a rule of the standard when they are exported.
    let page = brief::BUILT_IN[0].1;
    let bad = Template::with_files([("brief.typ", format!("{page}\n#figure(rect())"))]).expect("a template");
    for (template, is_good) in [(&good, true), (&bad, false)] {
        let set = |content: &Content| brief::typeset(content, template, &fonts).map(|pdf| pdf.value.bytes.len());
        assert_eq!(set(&content).is_ok(), is_good);
        let before = MEMORY.allocated();
        for number in 0..3 {
            // Every brief is another, as in a batch.
            let _again = set(&Content { period_short: number.to_string(), ..content.clone() });
        }
        let left = MEMORY.allocated().saturating_sub(before);
        assert!(left < REMAINDER, "{left} bytes are left of three briefs");
        let taken = MEMORY.max_allocated() - before;
        assert!(taken > TAKEN, "only {taken} bytes were taken: the count is wrong");
        // A brief that is done leaves what others still need; the last one leaves nothing.
        thread::scope(|scope| {
            for number in 3..5 {
                let content = Content { period_short: number.to_string(), ..content.clone() };
                scope.spawn(move || set(&content));
            }
        });
        let kept = MEMORY.allocated();
        brief::forget(0);
        let left = kept.saturating_sub(MEMORY.allocated());
        assert!(left < REMAINDER, "{left} bytes are left of two briefs that were set at a time");
    }
}

fn content() -> Content {
    let seeds = seed::load(Path::new("seeds")).expect("the seeds are there").value;
    let library = run::read(&seeds[0], None).value;
    let history = run::aggregate(&library).value;
    let press = Press::new(&Templates::built_in(), &[], &Look::default()).expect("the built-in templates are good");
    press.compose(&library, &history, "1Q16".parse().expect("a quarter"), Language::default()).expect("a brief")
}
