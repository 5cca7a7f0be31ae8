//! Briefs in two languages: side by side in one folder, compared with each other, with words of the user's own.

use insta::assert_snapshot;

use crate::project::Project;

fn started() -> Project {
    let project = Project::new();
    project.run("init");
    project
}

#[test]
fn both_languages_stand_side_by_side_and_neither_undoes_the_other() {
    let project = started();
    let lines = ["build 1Q25 --lang en,ja", "build 1Q25", "build 1Q25 --lang ja", "build 1Q25 --lang jp"];
    assert_snapshot!("side_by_side", lines.map(|line| project.run(line)).join("\n"));
    let text = project.text("output/acme/1Q25.ja.pdf").replace(' ', "");
    for words in ["2025年12月期第1四半期", "前年同期比8.4%の増加", "計測機器", "41.3億米ドル", "出所"]
    {
        assert!(text.contains(words), "{words}: {text}");
    }
    let info = std::process::Command::new("pdfinfo").arg(project.path("output/acme/1Q25.ja.pdf")).output();
    assert!(String::from_utf8_lossy(&info.expect("pdfinfo").stdout).contains("Tagged:          yes"));
}

#[test]
fn a_language_that_tells_less_than_the_other_is_named_with_the_figure() {
    let project = started();
    project.run("templates export ja/standfirst");
    let project = project.file(
        "templates/ja/standfirst.hbs",
        "{{#sentence \"own\"}}売上高は{{word lead.revenue.yoy up=\"減収\" down=\"増収\"}}。{{/sentence}}\n",
    );
    assert_snapshot!("parity", project.run("build 1Q25 --lang ja"));
}

#[test]
fn words_of_the_users_own_are_laid_over_the_built_in_ones() {
    let project = started()
        .file("tanshin.toml", "[brief]\nlanguage = \"ja\"\nunits = \"million\"\nnegatives = \"white_triangle\"\n")
        .file("templates/ja/words.toml", "[page]\nkind = \"四半期レポート\"\n");
    let said = [project.run("templates check"), project.run("build 1Q25"), project.run("show 1Q25")];
    assert_snapshot!("own_words", said.join("\n"));
    assert!(project.text("output/acme/1Q25.ja.pdf").contains("四半期レポート"));
    let project = project.file("templates/ja/words.toml", "[page]\nkindd = \"x\"\n\n[number]\nminus = \"{m}\"\n");
    assert_snapshot!("wrong_words", ["templates check", "build"].map(|line| project.run(line)).join("\n"));
}
