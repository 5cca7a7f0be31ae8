//! The guides under `docs/`, each done as it is written: its commands are run and its files are made.

use std::fs;

use crate::preview::Preview;
use crate::project::Project;

/// The text of a guide.
fn guide(name: &str) -> String {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/guides").join(name);
    fs::read_to_string(path).expect("a guide")
}

/// The commands of a text, without what a comment says of them.
fn commands(text: &str) -> Vec<String> {
    let lines = text.lines().filter_map(|line| line.strip_prefix("$ "));
    lines.map(|line| line.split("  #").next().unwrap_or_default().trim().to_owned()).collect()
}

/// The first block of a kind in a text.
fn block(text: &str, kind: &str) -> String {
    let block = text.split(&format!("```{kind}\n")).nth(1).and_then(|rest| rest.split("```").next());
    block.expect("a block of that kind").to_owned()
}

/// Does the edit that a text asks for: change `this` to `that`.
fn edit(project: &Project, path: &str, text: &str) {
    let words: Vec<&str> = text.split("change `").nth(1).expect("an edit").splitn(4, '`').collect();
    let before = fs::read_to_string(project.path(path)).expect("a file");
    assert!(before.contains(words[0]) && words[1] == " to ", "{words:?}");
    fs::write(project.path(path), before.replace(words[0], words[2])).expect("written");
}

fn started() -> Project {
    let project = Project::new();
    done(&project, "tanshin init");
    project
}

/// Runs a command that must succeed: of the program, or of the shell.
fn done(project: &Project, line: &str) -> String {
    let Some(words) = line.strip_prefix("tanshin ") else {
        let shell = std::process::Command::new("sh").args(["-c", line]).current_dir(project.path(".")).status();
        assert!(shell.expect("a shell").success(), "{line}");
        return String::new();
    };
    let said = project.run(words);
    // A comparison that finds something to compare says so.
    let expected = if words == "templates test" { "exit code 1\n" } else { "exit code 0\n" };
    assert!(said.contains(expected), "{said}");
    said
}

#[test]
fn change_a_sentence() {
    let (project, guide) = (started(), guide("change-a-sentence.md"));
    let commands = commands(&guide);
    let (export, rest) = commands.split_at(3);
    export.iter().for_each(|line| drop(done(&project, line)));
    edit(&project, "templates/en/moves.toml", &guide);
    rest.iter().for_each(|line| drop(done(&project, line)));
    assert!(project.text("output/acme/1Q25.pdf").contains("went up 8.4%"));
    assert!(done(&project, "tanshin templates test").contains("[-rose-]{+went up+} 8.4%"));
}

#[test]
fn write_in_japanese() {
    let guide = guide("write-in-japanese.md");
    let project = started().file("tanshin.toml", block(&guide, "toml"));
    commands(&guide).iter().for_each(|line| drop(done(&project, line)));
    assert!(project.path("output/acme/1Q25.pdf").is_file());
    assert!(project.text("output/acme/1Q25.ja.pdf").contains("4,126百万"));
}

#[test]
fn add_a_section() {
    let guide = guide("add-a-section.md");
    let project = started()
        .file("templates/en/quality.hbs", block(&guide, "handlebars"))
        .file("tanshin.toml", block(&guide, "toml"));
    commands(&guide).iter().for_each(|line| drop(done(&project, line)));
    let text = project.text("output/acme/1Q25.pdf");
    assert!(text.contains("Quality of earnings") && text.contains("Of each sale 12.7%"), "{text}");
}

#[test]
fn add_a_chart() {
    let guide = guide("add-a-chart.md");
    let project = started().file("tanshin.toml", block(&guide, "toml"));
    commands(&guide).iter().for_each(|line| drop(done(&project, line)));
    let text = project.text("output/acme/1Q25.pdf");
    assert!(text.contains("Services revenue") && text.contains("USD billion"), "{text}");
}

/// The path of a newcomer, as the README has it: its commands in order, with the edits that it describes.
#[test]
fn the_path_of_a_newcomer() {
    let readme = include_str!("../../README.md");
    let section = readme.split("## Start a project of your own").nth(1).and_then(|rest| rest.split("\n## ").next());
    let section = section.expect("the section");
    let mut project = Project::new();
    let mut built = Vec::new();
    for line in commands(section) {
        match line.as_str() {
            "tanshin init briefs && cd briefs" => drop(done(&project, "tanshin init")),
            "tanshin preview" => {
                let mut preview = Preview::start(std::mem::replace(&mut project, Project::new()));
                let mut told = preview.json("/brief");
                edit(&preview.project, "templates/en/moves.toml", section);
                while !told["sentences"].to_string().contains("went up 9.5%") {
                    told = preview.json(&format!("/brief?seen={}", told["seq"]));
                }
                project = std::mem::replace(&mut preview.project, Project::new());
            }
            line => {
                let said = done(&project, line);
                built.extend(line.starts_with("tanshin build").then_some(said));
                if line == "tanshin templates diff" {
                    let settings = fs::read_to_string(project.path("tanshin.toml")).expect("settings");
                    project = project.file("tanshin.toml", settings + &block(section, "toml"));
                }
            }
        }
    }
    assert!(built[1].contains("new        output/acme/2Q25.pdf"), "{}", built[1]);
    let text = project.text("output/acme/2Q25.pdf");
    assert!(text.contains("went up 9.5%") && text.contains("For professional investors"), "{text}");
    assert!(project.text("output/acme/2Q25.ja.pdf").contains("For professional investors"));
}

#[test]
fn every_guide_is_run() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/guides");
    let tests = include_str!("guides.rs");
    for guide in fs::read_dir(folder).expect("the guides").flatten() {
        let name = guide.file_name().to_string_lossy().into_owned();
        assert!(tests.contains(&format!("\"{name}\"")), "{name}");
    }
}

#[test]
fn every_promise_names_tests_that_exist() {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut code = String::new();
    let mut folders = vec![root.join("src"), root.join("tests")];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).expect("a folder").flatten() {
            match entry.path() {
                path if path.ends_with("node_modules") => {}
                path if path.is_dir() => folders.push(path),
                path if path.extension().is_some_and(|ending| ending == "rs") => {
                    code += &fs::read_to_string(path).expect("code");
                }
                _ => {}
            }
        }
    }
    let promises = fs::read_to_string(root.join("docs/faults.md")).expect("the promises");
    let rows = promises.lines().filter(|line| line.starts_with("| ") && !line.contains("kept by"));
    for row in rows.filter(|row| !row.starts_with("| ---")) {
        let tests: Vec<&str> = row.split('`').skip(1).step_by(2).filter(|name| name.contains('_')).collect();
        assert!(!tests.is_empty(), "no test keeps: {row}");
        for test in tests {
            assert!(code.contains(&format!("fn {test}(")), "no test is named {test}");
        }
    }
}

#[test]
fn brand_it() {
    let guide = guide("brand-it.md");
    let project = started().file("tanshin.toml", block(&guide, "toml")).file(
        "logo.svg",
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 9 3\"><rect width=\"9\" height=\"3\"/></svg>",
    );
    commands(&guide).iter().for_each(|line| drop(done(&project, line)));
    assert!(project.text("output/acme/1Q25.pdf").contains("For professional investors"));
}

#[test]
fn add_a_company() {
    let (project, guide) = (started(), guide("add-a-company.md"));
    let read = |path: &str| fs::read_to_string(project.path(path)).expect("a file");
    let commands = commands(&guide);
    let (made, rest) = commands.split_at(2);
    made.iter().for_each(|line| drop(done(&project, line)));
    let profile = read("seeds/bravo/company.toml").replace("Acme", "Bravo");
    let document = read("seeds/acme/2025-05-08-1q25-results.txt").replace("Acme", "Bravo");
    let name = guide.split("like `").nth(1).and_then(|rest| rest.split('`').next()).expect("a file's name");
    let document_path = format!("seeds/bravo/{name}");
    let project = project.file("seeds/bravo/company.toml", profile).file(&document_path, document);
    let said: Vec<String> = rest.iter().map(|line| done(&project, line)).collect();
    assert!(said[0].contains("bravo    revenue"), "{}", said[0]);
    assert!(project.text("output/bravo/1Q25.pdf").contains("Bravo's revenue rose 8.4%"));
}

#[test]
fn add_a_metric() {
    let (project, guide) = (started(), guide("add-a-metric.md"));
    let copy = |name: &str| fs::read_to_string(project.path(&format!("seeds/acme/{name}"))).expect("a file");
    let (profile, document) = (copy("company.toml"), copy("2025-05-08-1q25-results.txt"));
    let table = "\nOperating Data\n\n\tMarch 31, 2025\tMarch 31, 2024\nInstalled base (instruments)\t18,400\t16,900\n";
    let project = project
        .file("seeds/acme/company.toml", format!("{profile}\n{}", block(&guide, "toml")))
        .file("seeds/acme/2025-05-08-1q25-results.txt", format!("{document}{table}"));
    let said: Vec<String> = commands(&guide).iter().map(|line| done(&project, line)).collect();
    assert!(said[0].contains("installed_base"), "{}", said[0]);
    let text = project.text("output/acme/1Q25.pdf");
    assert!(text.contains("Installed base") && text.contains("18,400"), "{text}");
}
