//! Files of settings, and what is said of them.

use super::*;

fn said(text: &str) -> String {
    let lines = match parse(text, Path::new(""), NAME, &[]) {
        Ok((config, warnings)) => {
            let set = config.rows.iter().filter(|[.., origin]| origin != "default");
            let rows = set.map(|row| row.join(" | "));
            rows.chain(warnings.iter().map(|warning| format!("warning: {warning}"))).collect()
        }
        Err(faults) => faults.iter().map(|fault| format!("error: {fault}")).collect::<Vec<_>>(),
    };
    format!("{text}\n{}\n", lines.join("\n"))
}

#[test]
fn settings_are_read_or_every_fault_is_told_with_its_place() {
    let cases = [
        "[sources]\nseeds = \"docs\"\ncompanies = [\"acme\"]\nas_of = 2017-08-31",
        "[brief]\npaper = \"us-letter\"\nlength = \"full\"\nsections = [\"targets\", \"result\"]\ncharts = [\"revenue\"]",
        "[brief]\nlanguage = [\"ja\", \"en\"]\nunits = \"million\"\nnegatives = \"parentheses\"",
        "[brief]\nlanguage = \"jp\"\nunits = \"milion\"",
        "[brief]\nlanguage = [\"ja\", \"ja\"]",
        "[brief]\nlanguage = 5",
        "[words]\npercent = [1, 4.5, 10, 25, 60, 100]\n\n[material]\ndriver = 20.5",
        "[headings]\nresult = \"The quarter\"",
        "[breif]\npaper = \"a4\"\n\n[brand]\nprimry = \"#0c2340\"\npaper = \"a4\"",
        "paper = \"a4\"\nbrief = 3",
        "[brief]\npaper = \"letter\"\nlanguage = \"eng\"\nsections = [\"reslt\", \"targets\", \"targets\"]\ncharts = [\"revenues\"]\nname = \"{period}.pdf\"",
        "[brief]\nname = \"../{company}/{period}.pdf\"",
        "[brief]\nname = \"{company}/{quarter}/{period}.pdf\"",
        "[brief]\ncharts = \"no\"\nsections = [1]\npaper = \"\"\nlength = true",
        "[words]\npercent = [3, 1]\npoints = [0]\n\n[material]\ndriver = 120",
        "[sources]\nas_of = \"2017-13-31\"",
        "[brand]\nprimary = \"#ffcc00\"\naccent = \"#0f5e9c\"",
        "[brand]\nprimary = \"blue\"\nlogo = \"missing.svg\"\nfont = \"missing.ttf\"",
        "[headings]\nreslt = \"The quarter\"\ntargets = \"\"",
        "[[chart]]\nid = \"mine\"\nsection = \"segments\"\nform = \"lines\"\nmetrics = [\"revenue\", \"gross_profit\"]\ntitle = \"Revenue and profit\"",
        "[[chart]]\nid = \"revenue\"\nsection = \"reslt\"\nform = \"column\"\nmetrics = [\"revenue\", \"Gross profit\"]\ntitle = \"Up 5%\"\ncolor = \"red\"",
        "[[chart]]\nid = \"mine\"",
        "[chart]\nid = \"mine\"",
        "[brand\n\n[brief]\npaper = a4",
    ];
    insta::assert_snapshot!(cases.map(said).join("\n"));
}

#[test]
fn the_colors_and_the_font_that_count_where_none_is_set_are_those_of_the_page() {
    let page = include_str!("../../templates/style.typ");
    for setting in SETTINGS.iter().filter(|setting| setting.instead.starts_with('"')) {
        let name = setting.key.trim_start_matches("brand.");
        let line = page.lines().find(|line| line.contains(&format!("brand.{name} == none")));
        assert!(line.is_some_and(|line| line.contains(setting.instead)), "{}: {line:?}", setting.key);
    }
}

#[test]
fn the_settings_of_a_new_project_are_the_defaults() {
    let commented = include_str!("../../starter/tanshin.toml");
    let (config, _) = parse(commented, Path::new(""), NAME, &[]).expect("settings");
    assert_eq!(config.look, Look::default());
    let key = |line: &str| line.contains(" = ") || line.starts_with('[');
    let lines = commented.lines().map(|line| line.strip_prefix("# ").filter(|rest| key(rest)).unwrap_or("#"));
    let active: Vec<&str> = lines.filter(|line| !line.starts_with("logo")).collect();
    let faults = parse(&active.join("\n"), Path::new(""), NAME, &[]).err();
    assert_eq!(faults, None, "the lines that are commented out are settings");
}

#[test]
fn a_new_project_names_every_setting() {
    let commented = include_str!("../../starter/tanshin.toml");
    let mut table = "";
    let mut named = Vec::new();
    for line in commented.lines().filter_map(|line| line.strip_prefix("# ")) {
        if let Some(name) = line.strip_prefix('[').and_then(|rest| rest.split(']').next()) {
            table = name;
        } else if let Some((key, _)) = line.split_once(" = ").filter(|(key, _)| !key.contains(' ')) {
            named.push(format!("{table}.{key}"));
        }
    }
    let missing: Vec<&str> =
        SETTINGS.iter().map(|setting| setting.key).filter(|key| !named.iter().any(|named| named == key)).collect();
    assert_eq!(missing, [""; 0]);
}
