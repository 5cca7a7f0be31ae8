//! Where data goes: a closed or full stdout, and folders for briefs.

use std::fs;
use std::process::{Command, Stdio};

use insta::assert_snapshot;

use crate::project::Project;

/// Runs with a stdout whose reader is gone; exit code and stderr.
fn with_closed_stdout(mut command: Command) -> (Option<i32>, String) {
    let (reader, writer) = std::io::pipe().expect("a pipe");
    drop(reader);
    let output = command.stdout(writer).stderr(Stdio::piped()).output().expect("the program starts");
    (output.status.code(), String::from_utf8_lossy(&output.stderr).into_owned())
}

#[test]
fn a_reader_that_leaves_is_no_error() {
    let project = Project::acme();
    for line in ["facts", "facts --format csv", "quarters", "quarters --format json", "--help"] {
        let (code, stderr) = with_closed_stdout(project.command(line));
        assert_eq!(code, Some(0), "{line}");
        assert!(!stderr.contains("panicked") && !stderr.contains("error:"), "{line}: {stderr}");
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_behind_stdout_is_said() {
    let project = Project::acme();
    let full = fs::File::options().write(true).open("/dev/full").expect("Linux has it");
    let output = project.command("facts").stdout(full).output().expect("the program starts");
    assert_eq!(output.status.code(), Some(4));
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(said.contains("error: cannot write to standard output: the disk is full\nhint: "), "{said}");
}

#[test]
fn folders_that_were_named_must_exist() {
    let project = Project::acme();
    assert_snapshot!("folders", project.run("build --templates nowhere"));
}

#[test]
fn a_template_that_replaces_nothing_is_said() {
    let project = Project::acme().file("templates/zzz.hbs", "mine").file("templates/notes.md", "not a template");
    let said = project.run("build");
    assert!(
        said.contains(
            "warning: left out `zzz.hbs`, which replaces no template and is no section\n  --> templates/zzz.hbs\n"
        ),
        "{said}"
    );
    assert!(!said.contains("notes.md"), "{said}");
}
