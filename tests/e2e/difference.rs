//! `tanshin diff`: two days, two builds, two sets of templates.

use crate::project::Project;

const PROFILE: &str = "\
name = \"Acme Inc.\"
short_name = \"Acme\"
currency = \"JPY\"

[fiscal_year]
first_month = 4
named_after = \"start\"
";

const EARLY: &str =
    "Acme 1Q15 Results\n2015-08-08\nUnit: JPY million\n\t1Q15\nRevenues\t30,345\nOperating income\t987\n";
const LATE: &str = "Acme 1Q16 Results\n2016-08-08\nUnit: JPY million\n\t1Q16\t1Q15\nRevenues\t41,012\t30,345\n\
    Operating income\t1,234\t987\n";

fn project() -> Project {
    Project::new()
        .file("seeds/acme/company.toml", PROFILE)
        .file("seeds/acme/2015-08-08-1q15.txt", EARLY)
        .file("seeds/acme/2016-08-08-1q16.txt", LATE)
}

#[test]
fn a_later_day_adds_quarters() {
    let said = project().run("diff 2015-12-31 2016-12-31");
    assert!(said.contains("exit code 1") && said.contains("acme 1Q16  added\n"), "{said}");
    assert!(said.contains("1 brief differs, 1 alike"), "{said}");
    let same = project().run("diff 2016-12-31 2017-12-31");
    assert!(same.contains("exit code 0") && same.contains("0 briefs differ, 2 alike"), "{same}");
}

#[test]
fn a_build_carries_what_it_said() {
    let project = project();
    project.run("build");
    let same = project.run("diff output seeds");
    assert!(same.contains("exit code 0") && same.contains("0 briefs differ, 2 alike"), "{same}");
    let project = project.file("seeds/acme/2016-08-08-1q16.txt", LATE.replace("1,234", "1,334"));
    let said = project.run("diff output seeds");
    for part in [
        "acme 1Q16  changed\n",
        "  ~ operating_income 1Q16: 1234 JPY million -> 1334 JPY million\n",
        "  - result: ",
        "  + result: ",
    ] {
        assert!(said.contains(part), "no `{part}` in {said}");
    }
    assert!(!said.contains("acme 1Q15"), "a quarter that uses no other figure is alike: {said}");
    let one = project.run("diff output/acme/1Q15.pdf seeds");
    assert!(one.contains("0 briefs differ, 1 alike"), "{one}");
}

#[test]
fn other_templates_change_sentences_and_no_figure() {
    let project = project().file("other/en/title.hbs", "{{#sentence \"title/own\"}}Our own words{{/sentence}}\n");
    let said = project.run("diff seeds other --format json");
    assert!(said.contains("\"new\": \"Our own words\""), "{said}");
    assert!(said.contains("\"figures\": []"), "{said}");
}

#[test]
fn a_side_that_is_nothing_is_named() {
    let said = project().folder("empty").run("diff empty 2016-12-31");
    assert!(said.contains("exit code 2") && said.contains("--> diff empty"), "{said}");
    let said = project().file("output/acme/1Q15.pdf", "no PDF").run("diff output seeds");
    assert!(said.contains("left out a PDF that carries no data of a brief"), "{said}");
}
