//! Briefs made again: the same bytes, or what differs.

use std::fs;

use insta::assert_snapshot;

use crate::project::Project;

/// A project with one brief.
fn built() -> Project {
    let project = Project::new();
    project.run("init");
    project.run("build 1Q25 --length short --paper us-letter");
    project
}

fn change(project: &Project, path: &str, from: &str, to: &str) {
    let path = project.path(path);
    let text = fs::read_to_string(&path).expect("a file");
    assert!(text.contains(from), "{from}");
    fs::write(path, text.replace(from, to)).expect("a file");
}

/// What is said of the brief.
fn verified(project: &Project) -> String {
    project.run("verify output/acme/1Q25.pdf")
}

#[test]
fn a_brief_is_made_again_byte_for_byte_or_what_differs_is_named() {
    let project = built();
    let mut told = vec![verified(&project)];
    let document = fs::read_dir(project.path("seeds/acme"))
        .expect("a folder")
        .map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned())
        .find(|name| name.ends_with(".txt"))
        .expect("a document");
    change(&project, &format!("seeds/acme/{document}"), "evenue", "evenue ");
    change(&project, "seeds/acme/company.toml", "name = \"Acme", "name = \"The Acme");
    let project = project.file("tanshin.toml", "[brand]\nfooter = \"For professionals\"\n");
    told.push(verified(&project));
    fs::remove_file(project.path(&format!("seeds/acme/{document}"))).expect("a file");
    told.push(verified(&project));
    fs::remove_dir_all(project.path("seeds/acme")).expect("a folder");
    let project = project.file("seeds/other/company.toml", crate::project::PROFILE);
    told.push(verified(&project));
    assert_snapshot!("verify", told.join("\n"));
}

#[test]
fn a_file_that_was_changed_or_is_no_brief_is_told_apart() {
    let project = built();
    let path = project.path("output/acme/1Q25.pdf");
    let mut bytes = fs::read(&path).expect("a brief");
    bytes.extend(b"\n");
    fs::write(&path, bytes).expect("a file");
    let project = project.file("other.pdf", "%PDF-1.7\n");
    let lines = ["verify output/acme/1Q25.pdf", "verify other.pdf", "verify none.pdf", "verify"];
    assert_snapshot!("verify-altered", lines.map(|line| project.run(line)).join("\n"));
}
