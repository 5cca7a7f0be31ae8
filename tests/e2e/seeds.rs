//! Seeds that cannot be read: each is named with its path, cause and one hint, and all others go on.

use std::fs;

use insta::assert_snapshot;

use crate::project::{PROFILE, Project};

#[test]
fn a_root_that_is_no_seeds_folder_ends_the_run() {
    let project = Project::new().folder("empty").file("file", "").file("bare/company.toml", PROFILE);
    let lines = ["facts", "facts --seeds empty", "facts --seeds file", "facts --seeds bare"];
    assert_snapshot!("root", lines.map(|line| project.run(line)).join("\n"));
}

#[test]
fn a_company_without_profile_or_documents_is_named() {
    let project = Project::acme()
        .folder("seeds/blank")
        .file("seeds/bare/1q17.txt", "Revenues 41.0\n")
        .folder("seeds/strange/company.toml")
        .file("seeds/mute/company.toml", PROFILE)
        .file("seeds/loose.txt", "Revenues 41.0\n")
        .folder("seeds/.git");
    assert_snapshot!("companies", project.run("facts"));
}

#[test]
fn a_profile_with_a_fault_is_shown_with_its_line() {
    let fault = |from: &str, to: &str| PROFILE.replace(from, to);
    let project = Project::acme()
        .file("seeds/b-unknown/company.toml", fault("short_name", "shortname"))
        .file("seeds/c-strange/company.toml", fault("short_name", "colour"))
        .file("seeds/d-missing/company.toml", fault("currency = \"USD\"\n", ""))
        .file("seeds/e-currency/company.toml", fault("USD", "dollar"))
        .file("seeds/f-month/company.toml", fault("= 1", "= 0"))
        .file("seeds/g-syntax/company.toml", fault("\"Acme\"", "\"Acme"))
        .file("seeds/h-type/company.toml", fault("= 1", "= \"April\""))
        .file("seeds/i-nested/company.toml", fault("first_month", "first_moth"))
        .file("seeds/j-bytes/company.toml", b"name = \"\x83A\"\n")
        .file("seeds/k-escape/company.toml", fault("short_name", "\"\\u001B[2J\""));
    assert_snapshot!("profiles", project.run("facts"));
}

#[test]
fn a_document_that_is_no_text_is_left_out() {
    let project = Project::acme()
        .file("seeds/acme/a-sjis.txt", b"Revenues 41.0\n\x94\x84\x8F\xE3\n")
        .file("seeds/acme/b-utf16.txt", b"\xFF\xFER\0e\0v\0")
        .file("seeds/acme/c-nul.txt", b"Revenues 4\x001.0\n")
        .file("seeds/acme/d-empty.txt", "\u{FEFF}\r\n \r\n")
        .folder("seeds/acme/e-folder.txt")
        .file("seeds/acme/notes.md", b"\xFF");
    assert_snapshot!("documents", project.run("facts"));
}

#[test]
fn nothing_readable_at_all_is_bad_input() {
    let project = Project::new().file("seeds/acme/company.toml", "");
    assert_snapshot!("nothing", project.run("facts"));
}

#[cfg(unix)]
#[test]
fn links_in_circles_and_pipes_do_not_hang() {
    use std::os::unix::fs::symlink;

    let project = Project::acme();
    symlink("loop.txt", project.path("seeds/acme/loop.txt")).expect("a link");
    symlink("nowhere.txt", project.path("seeds/acme/broken.txt")).expect("a link");
    symlink(".", project.path("seeds/again")).expect("a link");
    let pipe = project.path("seeds/acme/pipe.txt");
    let made = std::process::Command::new("mkfifo").arg(pipe).status().expect("mkfifo starts");
    assert!(made.success());
    assert_snapshot!("links", project.run("facts"));
}

#[cfg(unix)]
#[test]
fn an_unreadable_document_is_left_out() {
    use std::os::unix::fs::PermissionsExt;

    let project = Project::acme().file("seeds/acme/secret.txt", "Revenues 41.0\n");
    let path = project.path("seeds/acme/secret.txt");
    fs::set_permissions(&path, fs::Permissions::from_mode(0o0)).expect("permissions");
    if fs::read(&path).is_ok() {
        eprintln!("skipped: this user reads every file");
        return;
    }
    assert_snapshot!("unreadable", project.run("facts"));
}
