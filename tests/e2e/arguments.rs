//! What the command line says about itself, and about arguments it cannot use.

use insta::assert_snapshot;

use crate::project::Project;

#[test]
fn help_names_commands_examples_and_exit_codes() {
    assert_snapshot!("help", Project::new().run("--help"));
    for command in [
        "build",
        "watch",
        "facts",
        "series",
        "quarters",
        "check",
        "trace",
        "targets",
        "init",
        "templates",
        "config",
        "preview",
        "verify",
        "show",
        "diff",
        "schema",
        "report merge",
        "templates check",
        "templates test",
        "templates export",
    ] {
        assert_snapshot!(
            format!("help-{}", command.replace(' ', "-")),
            Project::new().run(&format!("{command} --help"))
        );
    }
}

#[test]
fn the_version_is_that_of_the_package() {
    let said = Project::new().run("--version");
    let expected = format!("exit code 0\n--- stdout\ntanshin {}\n--- stderr\n", env!("CARGO_PKG_VERSION"));
    assert!(said.ends_with(&expected), "{said}");
}

#[test]
fn arguments_that_cannot_be_used_say_what_is_expected() {
    let project = Project::acme();
    let lines = [
        "",
        "bild",
        "facts --format xml",
        "build FY17",
        "build 5Q17",
        "series Revenue",
        "trace revenue 1Q17 --measure yoypct",
        "trace revenue 1Q17 --basis plan",
        "trace revenue 17Q1",
        "facts --unread --coverage",
        "facts --as-of 2017-02-30",
        "facts --company acne",
        "facts --company zebra",
    ];
    assert_snapshot!("arguments", lines.map(|line| project.run(line)).join("\n"));
}
