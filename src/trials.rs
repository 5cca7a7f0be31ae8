//! How random tests run: the same cases every time, so that a change is judged by what it changed.
//!
//! Other cases are a search, made on purpose: `PROPTEST_RNG_SEED=7 PROPTEST_CASES=100000 cargo test --release`. What it finds becomes
//! a case of its own beside the rule that it broke.

use proptest::test_runner::{Config, RngSeed};

/// Settings for that many cases, unless the environment asks for other ones.
#[expect(clippy::disallowed_methods, reason = "proptest reads the same variable, but does not say whether it was set")]
pub fn trials(cases: u32) -> Config {
    let asked = Config::default();
    Config {
        cases: if std::env::var_os("PROPTEST_CASES").is_some() { asked.cases } else { cases },
        rng_seed: if asked.rng_seed == RngSeed::Random { RngSeed::Fixed(0) } else { asked.rng_seed },
        failure_persistence: None,
        ..asked
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::strategy::{Strategy, ValueTree};
    use proptest::test_runner::TestRunner;

    #[test]
    fn two_runs_try_the_same_cases() {
        let run = || {
            let mut runner = TestRunner::new(trials(1));
            let draw = |_| proptest::num::u64::ANY.new_tree(&mut runner).expect("a number").current();
            (0..8).map(draw).collect::<Vec<_>>()
        };
        assert_eq!(run(), run());
    }
}
