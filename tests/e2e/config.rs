//! Settings: where they come from, what goes before what, and what a brand does to a brief.

use insta::assert_snapshot;

use crate::project::Project;

/// A new project with its settings replaced.
fn with(settings: &str) -> Project {
    let project = Project::new();
    project.run("init");
    project.file("tanshin.toml", settings)
}

#[test]
fn flags_go_before_the_file_and_the_file_before_the_defaults() {
    let project = with("[folders]\noutput = \"briefs\"\n\n[brief]\nname = \"{period}-{company}.pdf\"\n");
    let lines = [
        "config show --origin",
        "config show",
        "build 1Q25",
        "build 1Q25 --output other",
        "config show --origin --seeds x",
    ];
    assert_snapshot!("precedence", lines.map(|line| project.run(line)).join("\n"));
    assert!(project.path("briefs/1Q25-acme.pdf").is_file() && project.path("other/1Q25-acme.pdf").is_file());
}

#[test]
fn settings_that_are_at_fault_are_named_with_their_place_and_nothing_is_done() {
    let project = with("[brief]\npapr = \"a4\"\n").file("bytes.toml", b"\xFF").folder("folder.toml");
    let lines =
        ["build", "build --config bytes.toml", "build --config folder.toml", "build --config none.toml", "init sub"];
    assert_snapshot!("faults", lines.map(|line| project.run(line)).join("\n"));
}

#[test]
fn a_brand_is_on_the_pages_and_in_the_charts() {
    let logo = "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 90 30\"><rect width=\"90\" height=\"30\" fill=\"#7a1f2b\"/></svg>";
    let brand = "[brief]\npaper = \"us-letter\"\nsections = [\"targets\", \"result\"]\n\n[brand]\nprimary = \"#7a1f2b\"\naccent = \"#b3261e\"\n\
        font = \"Noto Sans JP\"\nlogo = \"logo.svg\"\nheader = \"Acme investor relations\"\nfooter = \"For professionals\"\n\
        disclaimer = \"Made for a test.\"\n";
    let project = with(brand).file("logo.svg", logo);
    assert_snapshot!("brand", ["templates check", "build 1Q25"].map(|line| project.run(line)).join("\n"));
    let text = project.text("output/acme/1Q25.pdf");
    for words in ["Acme investor relations", "For professionals", "Made for a test."] {
        assert!(text.contains(words), "{words}: {text}");
    }
    let (targets, result) = (text.find(" Targets "), text.find(" Result "));
    assert!(targets.is_some() && targets < result, "{text}");
    let size =
        std::process::Command::new("pdfinfo").arg(project.path("output/acme/1Q25.pdf")).output().expect("pdfinfo");
    assert!(String::from_utf8_lossy(&size.stdout).contains("612 x 792"), "US letter");
}

#[test]
fn a_brand_that_cannot_be_used_says_why() {
    let cases = [
        "[brand]\nprimary = \"#ffcc00\"\n",
        "[brand]\nfont = \"Source Sans\"\n",
        "[brand]\nlogo = \"logo.gif\"\n",
        "[brand]\nlogo = \"none.svg\"\n",
        "[brand]\nlogo = \"broken.svg\"\n",
        "[brand]\nlogo = \"folder.svg\"\nfont = \"none.ttf\"\n",
        "[brand]\nlogo = \"huge.svg\"\nfont = \"broken.ttf\"\n",
        "[brand\nprimary = \"#ffcc00\"\n[brief]\npaper = a4\n",
    ];
    let said = cases.map(|case| {
        let project = with(case).file("logo.gif", "GIF89a").file("broken.svg", "<svg").folder("folder.svg");
        let project = project.file("huge.svg", vec![b' '; 50 * 1024 * 1024]).file("broken.ttf", "no font");
        format!("{case}\n{}", project.run("build 1Q25"))
    });
    assert_snapshot!("refused", said.join("\n"));
}

#[test]
fn charts_can_be_left_out() {
    let project = with("[brief]\ncharts = false\n");
    project.run("build 1Q25");
    assert!(!project.text("output/acme/1Q25.pdf").contains("Revenue stands above"));
}
