//! The guides under `docs/`, each done as it is written: its commands are run and its files are made.

use std::fs;

use crate::project::Project;

/// The commands of a guide that call the program.
fn commands(guide: &str) -> Vec<String> {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/guides").join(guide);
    let text = fs::read_to_string(path).expect("a guide");
    text.lines().filter_map(|line| line.strip_prefix("$ tanshin ")).map(str::to_owned).collect()
}

/// The block of TOML in a guide.
fn toml(guide: &str) -> String {
    block(guide, "toml")
}

/// The first block of a kind in a guide.
fn block(guide: &str, kind: &str) -> String {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/guides").join(guide);
    let text = fs::read_to_string(path).expect("a guide");
    let block = text.split(&format!("```{kind}\n")).nth(1).and_then(|rest| rest.split("```").next());
    block.expect("a block of that kind").to_owned()
}

fn started() -> Project {
    let project = Project::new();
    done(&project, "init");
    project
}

/// Runs a command that must succeed.
fn done(project: &Project, line: &str) -> String {
    let said = project.run(line);
    assert!(said.contains("exit code 0\n"), "{said}");
    said
}

#[test]
fn change_a_sentence() {
    let mut project = started();
    let commands = commands("change-a-sentence.md");
    let (export, rest) = commands.split_at(3);
    export.iter().for_each(|line| drop(done(&project, line)));
    let path = "templates/en/moves.toml";
    let moves = fs::read_to_string(project.path(path)).expect("copied");
    project = project.file(path, moves.replace("up = \"rose\"", "up = \"went up\""));
    rest.iter().for_each(|line| drop(done(&project, line)));
    assert!(project.text("output/acme/1Q25.pdf").contains("went up 8.4%"));
}

#[test]
fn write_in_japanese() {
    let project = started().file("tanshin.toml", toml("write-in-japanese.md"));
    commands("write-in-japanese.md").iter().for_each(|line| drop(done(&project, line)));
    assert!(project.path("output/acme/1Q25.pdf").is_file());
    assert!(project.text("output/acme/1Q25.ja.pdf").contains("4,126百万"));
}

#[test]
fn add_a_section() {
    let guide = "add-a-section.md";
    let project =
        started().file("templates/en/quality.hbs", block(guide, "handlebars")).file("tanshin.toml", toml(guide));
    commands(guide).iter().for_each(|line| drop(done(&project, line)));
    let text = project.text("output/acme/1Q25.pdf");
    assert!(text.contains("Quality of earnings") && text.contains("Of each sale 12.7%"), "{text}");
}

#[test]
fn add_a_chart() {
    let project = started().file("tanshin.toml", toml("add-a-chart.md"));
    commands("add-a-chart.md").iter().for_each(|line| drop(done(&project, line)));
    let text = project.text("output/acme/1Q25.pdf");
    assert!(text.contains("Services revenue") && text.contains("USD billion"), "{text}");
}

/// The path of a newcomer, as the README has it: its commands in order, with the edits that it describes.
#[test]
fn the_path_of_a_newcomer() {
    let readme = include_str!("../../README.md");
    let section = readme.split("## Start a project of your own").nth(1).and_then(|rest| rest.split("\n## ").next());
    let mut project = Project::new();
    let mut built = Vec::new();
    for line in section.expect("the section").lines().filter_map(|line| line.strip_prefix("$ ")) {
        let line = line.split("  ").next().unwrap_or_default().trim();
        for part in line.split(" && ") {
            match part.split_once(' ') {
                Some(("tanshin", "init briefs")) => drop(done(&project, "init")),
                Some(("tanshin", rest)) => {
                    let said = done(&project, rest);
                    built.extend(rest.starts_with("build").then_some(said));
                }
                Some(("mv", paths)) => {
                    let (from, to) = paths.split_once(' ').expect("two paths");
                    let name = from.rsplit('/').next().unwrap_or_default();
                    fs::rename(project.path(from), project.path(to).join(name)).expect("moved");
                }
                Some(("cd", _)) => {}
                other => panic!("{other:?}"),
            }
        }
        if line.ends_with("export moves") {
            let path = "templates/en/moves.toml";
            let moves = fs::read_to_string(project.path(path)).expect("copied");
            project = project.file(path, moves.replace("\"rose\"", "\"went up\""));
            let brand = "[brand]\nprimary = \"#7a1f2b\"\nfooter = \"For professional investors\"\n";
            project = project.file("tanshin.toml", brand);
        }
    }
    assert!(built[1].contains("new        output/acme/2Q25.pdf"), "{}", built[1]);
    let text = project.text("output/acme/2Q25.pdf");
    assert!(text.contains("went up 9.5%") && text.contains("For professional investors"), "{text}");
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
fn brand_it() {
    let project = started().file("tanshin.toml", toml("brand-it.md")).file(
        "logo.svg",
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 9 3\"><rect width=\"9\" height=\"3\"/></svg>",
    );
    commands("brand-it.md").iter().for_each(|line| drop(done(&project, line)));
    assert!(project.text("output/acme/1Q25.pdf").contains("For professional investors"));
}

#[test]
fn add_a_company() {
    let project = started();
    let copy = |name: &str| fs::read_to_string(project.path(&format!("seeds/acme/{name}"))).expect("a file");
    let (profile, document) = (copy("company.toml"), copy("2025-05-08-1q25-results.txt"));
    let project = project
        .file("seeds/bravo/company.toml", profile.replace("Acme", "Bravo"))
        .file("seeds/bravo/2025-05-13-1q25-results.txt", document.replace("Acme", "Bravo"));
    let said: Vec<String> = commands("add-a-company.md").iter().map(|line| done(&project, line)).collect();
    assert!(said[0].contains("bravo    revenue"), "{}", said[0]);
    assert!(project.text("output/bravo/1Q25.pdf").contains("Bravo's revenue rose 8.4%"));
}

#[test]
fn add_a_metric() {
    let project = started();
    let copy = |name: &str| fs::read_to_string(project.path(&format!("seeds/acme/{name}"))).expect("a file");
    let (profile, document) = (copy("company.toml"), copy("2025-05-08-1q25-results.txt"));
    let table = "\nOperating Data\n\n\tMarch 31, 2025\tMarch 31, 2024\nInstalled base (instruments)\t18,400\t16,900\n";
    let project = project
        .file("seeds/acme/company.toml", format!("{profile}\n{}", toml("add-a-metric.md")))
        .file("seeds/acme/2025-05-08-1q25-results.txt", format!("{document}{table}"));
    let said: Vec<String> = commands("add-a-metric.md").iter().map(|line| done(&project, line)).collect();
    assert!(said[0].contains("installed_base"), "{}", said[0]);
}
