//! Templates shown, copied out, compared and checked; a project that is made by `init`.

use insta::assert_snapshot;

use crate::project::Project;

/// A project as `tanshin init` makes it.
fn started() -> Project {
    let project = Project::new();
    let said = project.run("init");
    assert!(said.contains("exit code 0"), "{said}");
    project
}

#[test]
fn init_makes_a_project_that_builds_and_replaces_nothing() {
    let project = Project::new();
    assert_snapshot!("init", ["init", "init", "init other", "build", "check"].map(|line| project.run(line)).join("\n"));
}

#[test]
fn a_sentence_that_is_changed_changes_the_brief() {
    let project = started();
    project.run("build");
    let before = project.text("output/acme/1Q25.pdf");
    assert!(before.contains("revenue rose 8.4%"), "{before}");
    let mut said = vec![project.run("templates export moves")];
    let moves = std::fs::read_to_string(project.path("templates/en/moves.toml")).expect("copied");
    let project = project.file("templates/en/moves.toml", moves.replace("\"rose\"", "\"went up\""));
    said.extend(["templates diff", "templates export", "templates check", "build"].map(|line| project.run(line)));
    assert_snapshot!("change", said.join("\n"));
    let after = project.text("output/acme/1Q25.pdf");
    assert!(after.contains("revenue went up 8.4%"), "{after}");
}

#[test]
fn templates_are_named_and_shown() {
    let project = started().file("templates/en/ratio.hbs", "{{!-- Mine. --}}\n");
    let lines = ["templates list", "templates show ratio", "templates show bridge", "templates show briges"];
    assert_snapshot!("list", lines.map(|line| project.run(line)).join("\n"));
}

#[test]
fn every_fault_of_a_run_is_told_with_its_line() {
    let project = started()
        .file(
            "templates/en/title.hbs",
            "{{#sentence \"title\"}}{{lead.perod}} {{mony lead.revenue.level}}{{/sentence}}\n",
        )
        .file("templates/en/ratio.hbs", "x".repeat(1024 * 1024 + 1))
        .file("templates/en/notes.hbs", "{{#if quarter}}\n{{#sentence \"a\"}}up 5 percent{{/sentence}}\n")
        .file("templates/en/resul.hbs", "")
        .file("templates/style.typ", "#let ink = rgb(\"#zzz\n#let a = (1, 2\n");
    assert_snapshot!("faults", project.run("templates check"));
}

#[test]
fn a_page_template_that_typst_refuses_is_told_with_its_line() {
    let project = started();
    project.run("templates export sources blocks");
    let text = std::fs::read_to_string(project.path("templates/sources.typ")).expect("copied");
    let project = project.file("templates/sources.typ", format!("{text}\n#let wrong = nowhere + 1\n"));
    assert_snapshot!("page", project.run("templates check"));
}

#[test]
fn a_kind_that_does_not_fit_and_a_loop_without_end_are_told() {
    let rounds = "{{#each @root.segments.revenue}}".repeat(20);
    let ends = "{{/each}}".repeat(20);
    let project = started()
        .file("templates/en/notes.hbs", format!("{rounds}{ends}\n"))
        .file("templates/en/standfirst.hbs", "{{#sentence \"a\"}}Up {{pct lead.revenue.level}}.{{/sentence}}\n");
    assert_snapshot!("rounds", project.run("templates check"));
}
