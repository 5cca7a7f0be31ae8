//! Each fault of a template as its author reads it.

use super::*;
use crate::language::Language;

/// The faults of the built-in templates with one replaced.
fn said(file: &str, text: &str) -> String {
    let own = BTreeMap::from([(file.to_owned(), text.to_owned())]);
    let lines: Vec<String> = faults(Language::En, &own, &Voice::default()).iter().map(ToString::to_string).collect();
    format!("{text}\n{}\n", if lines.is_empty() { "sound".to_owned() } else { lines.join("\n") })
}

fn sentence(inner: &str) -> String {
    format!("{{{{#sentence \"own\"}}}}\n  {inner}\n{{{{/sentence}}}}")
}

#[test]
fn the_built_in_templates_are_sound() {
    assert_eq!(faults(Language::En, &BTreeMap::new(), &Voice::default()), []);
}

#[test]
fn a_misspelled_field_is_found_wherever_it_stands() {
    let cases = [
        "Revenue was {{money lead.revenu.level}}.",
        "{{lead.perod}} went well.",
        "{{#if lead.is_quater}}x{{/if}}",
        "{{#if lead.is_year}}x{{else if lead.is_yeer}}y{{/if}}",
        "{{#if (or lead.is_year lead.is_hlf)}}x{{/if}}",
        "{{#with cumulative}}{{money revenue.levl}}{{/with}}",
        "{{#list segments.revenue}}{{nam}}{{/list}}",
        "{{#each indicators.stocks}}{{#list items}}{{name}} {{size line.lvel}}{{/list}}{{/each}}",
        "{{#with lead}}{{short_name}}{{/with}}",
        "{{need drivers.ahed \"why\"}} x",
        "{{@rot.quarter}} was {{@root.qarter}}",
        "{{lead.revenue.level.size}}",
        "{{> ratio}}",
        "{{#with position}}{{> ratio}}{{/with}}",
        "{{> change line=lead.revenu}}",
    ];
    insta::assert_snapshot!(cases.map(|case| said("result.hbs", &sentence(case))).join("\n"));
}

#[test]
fn a_helper_or_a_piece_that_does_not_exist_or_gets_the_wrong_thing_is_named() {
    let cases = [
        "{{mony lead.revenue.level}}",
        "{{#lst segments.revenue}}x{{/lst}}",
        "{{> chnge}}",
        "{{money}}",
        "{{money lead}}",
        "{{money \"lead.revenue.level\"}}",
        "{{word lead.revenue.yoy up=\"rose\"}}",
        "{{word lead.revenue.yoy up=\"rose\" dwn=\"fell\" down=\"fell\"}}",
        "{{plural segments.revenue \"segment\"}}",
        "{{#list lead.revenue.level}}x{{/list}}",
        "{{money lead.revenue.level lead.revenue.yoy}}",
        "{{sentence \"x\"}}",
        "{{#money lead.revenue.level}}x{{/money}}",
        "{{#if (bigger lead.revenue lead.sga)}}x{{/if}}",
        "{{period_of lead.words}}",
        "{{date_of}}",
        "{{period_of lead.time form=\"wrds\"}}",
        "{{date_of time day=\"middle\"}}",
        "{{lead.time}}",
        "{{lead.time.period}}",
    ];
    insta::assert_snapshot!(cases.map(|case| said("result.hbs", &sentence(case))).join("\n"));
}

#[test]
fn what_the_claim_gate_would_refuse_is_named_with_its_place() {
    let cases = [
        "revenue of 41 billion",
        "{{lead.revenue.level}}",
        "{{lead.revenue}}",
        "{{lead.is_quarter}}",
        "{{segments.revenue}}",
        "{{{quarter}}}",
    ];
    let outside = ["Revenue rose.", "{{money lead.revenue.level}}"];
    let inside = cases.map(|case| said("result.hbs", &sentence(case))).join("\n");
    insta::assert_snapshot!([inside, outside.map(|case| said("result.hbs", case)).join("\n")].join("\n"));
}

#[test]
fn a_template_of_broken_form_says_what_is_open() {
    let deep = format!("{}x{}", "{{#if lead}}".repeat(50), "{{/if}}".repeat(50));
    let cases = [
        "{{#sentence \"a\"}}{{#if lead}}never closed{{/sentence}}",
        "{{#sentence \"a\"}}\n{{#first}}{{#clause}}x{{/clause}}",
        "{{/if}}",
        "{{else}}",
        "{{money lead.revenue",
        "{{#*inline \"x\"}}y{{/inline}}",
        "{{#sentence \"a\"}}{{}}x{{/sentence}}",
        "{{#sentence \"a\"}}{{money lead.revenue.}}x{{/sentence}}",
        &deep,
    ];
    insta::assert_snapshot!(cases.map(|case| said("result.hbs", case)).join("\n"));
}

#[test]
fn a_circle_of_includes_is_named_with_its_way() {
    let own = |rows: &[(&str, &str)]| {
        let own = rows.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned())).collect();
        faults(Language::En, &own, &Voice::default()).iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")
    };
    let cases = [
        own(&[("change.hbs", "x\n{{> change}}")]),
        own(&[("change.hbs", "{{> profit}}"), ("profit.hbs", "{{> cause}}"), ("cause.hbs", "a {{> change}}")]),
        own(&[("change.hbs", "{{> (lookup this \"name\")}}")]),
    ];
    insta::assert_snapshot!(cases.join("\n"));
}

#[test]
fn all_faults_of_a_run_are_told_in_the_order_of_files_and_places() {
    let own = BTreeMap::from([
        ("title.hbs".to_owned(), sentence("{{lead.perod}} {{mony lead.revenue.level}}\n  {{pct lead.revnue.yoy}}")),
        ("change.hbs".to_owned(), "{{signed lin.yoy}}".to_owned()),
        ("moves.toml".to_owned(), "[[percent]]\nfrom = 0\nupp = \"rose\"\n".to_owned()),
    ]);
    insta::assert_snapshot!(
        faults(Language::En, &own, &Voice::default()).iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")
    );
}
