//! The data layer from outside, on the seeds: findings, lineage, targets, reach, and what was known on a day.

use crate::project::Project;

/// A run on the repository's seeds.
fn run(line: &str) -> String {
    Project::new().run(&format!("{line} --seeds {}/seeds", env!("CARGO_MANIFEST_DIR")))
}

fn code(said: &str) -> &str {
    said.lines().nth(1).unwrap_or_default()
}

#[test]
fn findings_name_their_places_and_an_error_fails() {
    let said = run("check");
    assert_eq!(code(&said), "exit code 1", "two statements of the seeds are wrong by arithmetic alone: {said}");
    assert!(said.contains(" figures were held against others, in "), "{said}");
    let json = run("check --format json");
    assert!(json.contains("\"rule\": \"same_figure\"") && json.contains("\"tolerance\": "), "{json}");
}

#[test]
fn what_the_documents_get_wrong_is_found() {
    let said = run("check");
    for sentence in [
        "is up 144 persons here, but line 178 says `decreased … 4Q16`",
        "`19.8%` stands under FY12, which had not ended on 2012-05-15; it is recurring_revenue FY11 at line 483",
        "`IIJ-Global operating Income` is no operating_income: its quarters of FY11 add up to 26,118 JPY million, which is \
         `Effects to Consolidated Financial Results: Revenues` at line 948, while `Effects to Consolidated Financial Results: \
         Operating Income` is 2,187 at line 951",
        "`FY11 Investing Activities` repeats the heading of line 767 below `Financing Activities` at line 775",
    ] {
        assert!(said.contains(sentence), "{sentence}: {said}");
    }
}

#[test]
fn nothing_to_check_is_clean() {
    let said = run("check --strict --as-of 2011-01-01");
    assert_eq!(code(&said), "exit code 0");
    assert!(said.contains("0 findings: 0 errors, 0 warnings, 0 notes\n"), "{said}");
}

#[test]
fn a_figure_is_followed_to_its_characters() {
    let said = run("trace operating_income 2Q16");
    let expected = "\
operating_income 2Q16: 1148 ± 50.5 JPY million, derived
  span_difference: operating_income 1H16 − operating_income 1Q16
  operating_income 1H16: 1948 ± 0.5 JPY million, stated
    2016-11-08-1h16-results-deck.txt:573:24  `1,948` JPY million
    | 1H16 Operating income: 1,948
    |                        ^^^^^
";
    assert!(said.contains(expected), "{said}");
    assert!(run("trace operating_incom 2Q16").contains("hint: did you mean `operating_income`?"));
    let unknown = run("trace revenue 2Q30");
    assert!(unknown.contains("revenue 2Q30 is not stated and cannot be derived"), "{unknown}");
    assert_eq!(code(&unknown), "exit code 2");
}

#[test]
fn the_ledger_has_initial_and_revised_targets_with_their_outcome() {
    let said = run("targets --format jsonl");
    let line = |metric: &str, period: &str| {
        let start = format!("{{\"company\":\"iij\",\"metric\":\"{metric}\",\"period\":\"{period}\"");
        said.lines().find(|line| line.starts_with(&start)).unwrap_or_default().to_owned()
    };
    let revenue = line("revenue", "FY16");
    assert!(revenue.contains("\"in_force\":\"158000\"") && revenue.contains("\"status\":\"revised\""), "{revenue}");
    assert!(revenue.contains("\"outcome\":\"157800\",\"difference\":\"-200\""), "{revenue}");
    // Between the target and the outcome each share was split into 200.
    let eps = line("eps_basic", "FY12");
    assert!(eps.contains("\"difference\":null"), "{eps}");
}

#[test]
fn every_document_says_what_it_did_not_read_and_why() {
    let coverage = run("facts --coverage --format csv");
    assert_eq!(coverage.lines().filter(|line| line.starts_with("iij,")).count(), 5, "{coverage}");
    let unread = run("facts --unread --format jsonl");
    assert!(unread.lines().filter(|line| line.starts_with('{')).all(|line| line.contains("\"reason\":\"")), "{unread}");
}

#[test]
fn a_day_knows_nothing_of_later_documents_whatever_the_command() {
    let commands = [
        "facts",
        "facts --unread",
        "facts --coverage",
        "series revenue",
        "quarters",
        "check",
        "trace revenue FY11",
        "targets",
    ];
    for command in commands {
        let said = run(&format!("{command} --as-of 2013-12-31"));
        for later in ["2016-11-08-", "2017-08-08-", "2019-02-06-"] {
            assert!(!said.contains(later), "{command} knows {later}: {said}");
        }
        assert!(said.contains("2012-05-15-") || command == "check", "{command}: {said}");
    }
    assert_eq!(code(&run("trace revenue FY16 --as-of 2013-12-31")), "exit code 2");
    let target = |day: &str| run(&format!("trace operating_income FY16 --basis target --as-of {day}"));
    assert!(
        target("2016-12-31").contains("exit code 0") || run("targets --as-of 2016-12-31").contains("revised, in force")
    );
    let then = run("targets --as-of 2017-12-31");
    assert!(then.contains("operating_income    1H17") && !then.contains("FY18"), "{then}");
}
