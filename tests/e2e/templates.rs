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
fn an_edit_is_shown_by_the_sentences_that_it_changes() {
    let project = started();
    let first = ["templates test", "templates test --accept", "templates test"].map(|line| project.run(line));
    project.run("templates export moves position");
    let moves = std::fs::read_to_string(project.path("templates/en/moves.toml")).expect("copied");
    let project = project
        .file("templates/en/moves.toml", moves.replace("\"rose\"", "\"went up\""))
        .file("accepted/acme/4Q23.en.txt", "# Gone\n");
    let then = ["templates test", "templates test --accept", "templates test"].map(|line| project.run(line));
    assert_snapshot!("accepted", [first, then].concat().join("\n"));
}

#[test]
fn figures_are_compared() {
    let text = "{{#sentence \"a\"}}\n\
        {{#above lead.operating_income.margin lead.operating_income.last_margin}}Wider{{else}}Not wider{{/above}},\n\
        {{#below lead.revenue.level 5000}}below{{else}}not below{{/below}} the mark,\n\
        {{#same lead.revenue.level lead.revenue.level}}equal{{/same}} to itself,\n\
        {{#above lead.revenue.level lead.sga.level}}above{{/above}} costs in {{lead.period}}.\n\
        {{/sentence}}\n";
    let wrong = "{{#sentence \"a\"}}{{#above lead.revenue.level}}x{{/above}}{{#above lead.period lead.revenue.yoy}}x{{/above}}\
        {{#below lead.revenue.level segments}}x{{/below}}{{/sentence}}\n";
    let unlike = "{{#sentence \"a\"}}{{#above lead.revenue.level lead.revenue.yoy}}x{{/above}} x.{{/sentence}}\n";
    let project = started().file("templates/en/standfirst.hbs", text);
    let refused = started().file("templates/en/standfirst.hbs", wrong);
    let unlike = started().file("templates/en/standfirst.hbs", unlike);
    let runs = [
        project.run("show 1Q25"),
        project.run("templates check"),
        refused.run("templates check"),
        unlike.run("templates check"),
    ];
    assert_snapshot!("compared", runs.join("\n"));
}

#[cfg(unix)]
#[test]
fn files_that_are_none_of_a_template_leave_the_rest_working() {
    let outside = tempfile::NamedTempFile::new().expect("a file");
    let project = started()
        .file("templates/en/title.hbs", vec![b'x'; 50 * 1024 * 1024])
        .folder("templates/en/result.hbs")
        .file("templates/en/notes.hbs", b"\xFF\xFE")
        .file("fonts/broken.ttf", "no font")
        .folder("fonts/folder.otf");
    std::os::unix::fs::symlink(outside.path(), project.path("templates/en/bridge.hbs")).expect("a link");
    std::os::unix::fs::symlink("nowhere", project.path("templates/en/cause.hbs")).expect("a link");
    assert_snapshot!("unusable", project.run("build 1Q25"));
}

#[test]
fn a_build_tells_every_fault_of_the_templates_once() {
    let title = "{{#sentence \"title\"}}{{lead.perod}} {{mony lead.revenue.level}}{{/sentence}}\n";
    let project = started()
        .file("templates/en/title.hbs", title)
        .file("templates/en/notes.hbs", "{{#sentence \"a\"}}{{> chnge}}{{/sentence}}\n")
        .file("templates/style.typ", "#let ink = rgb(\"#zzz\n");
    let figures = started()
        .file("templates/en/standfirst.hbs", "{{#sentence \"a\"}}Up {{pct lead.revenue.level}}.{{/sentence}}\n")
        .file("templates/en/notes.hbs", "{{#sentence \"a\"}}Up {{eps lead.revenue.level}}.{{/sentence}}\n");
    let page = started().file("templates/brief.typ", "#let a = (1, 2)\n#a.at(5)\n#b\n");
    assert_snapshot!("build-faults", [project, figures, page].map(|project| project.run("build")).join("\n"));
}

#[test]
fn what_no_brief_can_be_made_with_is_told_by_every_command_that_needs_it() {
    let circle = started()
        .file("templates/en/cause.hbs", "{{> change}}\n")
        .file("templates/en/change.hbs", "{{#if line}}{{> profit}}{{/if}}\n")
        .file("templates/en/profit.hbs", "{{> cause}}\n");
    let form = started()
        .file("templates/en/moves.toml", "[[percent]]\nfrom = 0\nup = \"rose\n")
        .file("templates/ja/words.toml", "[units\n")
        .file("templates/en/title.hbs", "{{#sentence \"title\"}}{{#each segments.revenu}}x{{/sentence}}\n")
        .file("templates/en/notes.hbs", "{{#sentence \"a\"}}{{money}} {{> change line=lead.revenu}}{{/sentence}}\n");
    let lines = ["templates check", "build", "show 1Q25", "templates test"];
    let said: Vec<String> =
        [circle, form].iter().flat_map(|project| lines.iter().map(|line| project.run(line))).collect();
    assert_snapshot!("unfit", said.join("\n"));
}

#[test]
fn a_template_that_fails_where_something_is_missing_is_told() {
    let project = started().file(
        "templates/en/standfirst.hbs",
        "{{#sentence \"a\"}}The target for {{year.period}} is {{money year.revenue.in_force}}.{{/sentence}}\n",
    );
    assert_snapshot!("missing", project.run("templates check"));
}

#[test]
fn a_font_or_a_glyph_that_is_missing_is_told() {
    let project = started();
    project.run("templates export sources brief");
    let text = |name: &str| std::fs::read_to_string(project.path(name)).expect("copied");
    let (sources, brief) = (text("templates/sources.typ"), text("templates/brief.typ"));
    let project = project
        .file("templates/sources.typ", format!("{sources}\n#let x = text(font: \"Nope Sans\")[a]\n"))
        .file("templates/brief.typ", format!("{brief}\n#text(font: \"Nope Sans\")[a \u{1F9ED} b]\n"));
    assert_snapshot!("glyph", project.run("templates check"));
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
fn a_copy_of_an_earlier_page_template_that_no_longer_fits_is_named_with_its_remedy() {
    let project = started();
    project.run("templates export blocks");
    let text = std::fs::read_to_string(project.path("templates/blocks.typ")).expect("copied");
    // As it was when every function of the blocks took the words as its second argument.
    let earlier = text.replace("#let runs(items, dotted", "#let runs(items, labels, dotted");
    assert_ne!(earlier, text);
    let project = project.file("templates/blocks.typ", earlier);
    for line in ["templates check", "build"] {
        let said = project.run(line);
        assert!(said.contains(": missing argument: labels") && said.contains("  --> brief.typ:"), "{said}");
        let remedy = "hint: `brief.typ` is built in and takes what does not fit from `templates/blocks.typ`; `tanshin templates \
                      diff` shows what differs";
        assert!(said.contains(remedy), "{said}");
    }
    let said = project.run("templates diff");
    assert!(said.contains("\n+#let runs(items, labels, dotted"), "{said}");
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

#[test]
fn pieces_within_pieces_and_a_title_that_says_nothing_are_told_by_check_and_build_alike() {
    let pieces = (0..30).fold(started(), |project, at| {
        project.file(&format!("templates/en/p{at}.hbs"), format!("{{{{> p{0}}}}}{{{{> p{0}}}}}", at + 1))
    });
    let pieces = pieces.file("templates/en/p30.hbs", "").file("templates/en/notes.hbs", "{{> p0}}\n");
    let silent = started().file("templates/en/title.hbs", "{{!-- nothing --}}\n");
    let said: Vec<String> = [pieces, silent]
        .iter()
        .flat_map(|project| ["templates check", "build"].map(|line| project.run(line)))
        .collect();
    assert_snapshot!("pieces", said.join("\n"));
}

#[test]
fn the_reference_page_is_that_of_the_code_and_the_seeds() {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut command = Project::new().command("templates reference");
    let told = command.current_dir(root).output().expect("the program starts");
    let page = std::fs::read_to_string(root.join("docs/templates.md")).expect("the page");
    // Units and examples are those of the seeds, which may be read better tomorrow; fields, helpers and pieces are the code's.
    let told = String::from_utf8_lossy(&told.stdout);
    assert!(
        without_examples(&told) == without_examples(&page),
        "write it anew: tanshin templates reference > docs/templates.md"
    );
}

#[test]
fn the_schema_of_the_view_is_that_of_the_code() {
    let told = Project::new().command("schema").output().expect("the program starts");
    let same = String::from_utf8_lossy(&told.stdout) == include_str!("../../docs/view.schema.json");
    assert!(same, "write it anew: tanshin schema > docs/view.schema.json");
}

/// The first three cells of each row of five.
fn without_examples(page: &str) -> Vec<String> {
    let cells = |line: &str| line.replace("\\|", "¦").split('|').map(|cell| cell.trim().to_owned()).collect::<Vec<_>>();
    let (fields, figure) = page.split_once("### Figure").unwrap_or((page, ""));
    let (figure, rest) = figure.split_once("## Templates").unwrap_or((figure, ""));
    let keep = |text: &str, wide: usize, kept: usize| {
        let rows = text.lines().map(cells);
        rows.map(|row| if row.len() == wide { row[1..=kept].join("|") } else { row.join("|") }).collect::<Vec<_>>()
    };
    [keep(fields, 7, 3), keep(figure, 5, 2), keep(rest, 0, 0)].concat()
}
