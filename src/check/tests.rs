//! Cases of the rules: facts in one line, and the findings they must give.

use crate::history::cases::{company, reading, vocabulary};

use super::check;

/// Documents by date must give these findings: `severity rule: sentence`.
fn check_documents(documents: &[(&str, &str)], expected: &[&str]) {
    let readings: Vec<_> = documents.iter().map(|(date, facts)| reading(date, facts)).collect();
    let findings = check(&company(), &vocabulary(), &readings, &[]);
    let seen: Vec<String> =
        findings.iter().map(|f| format!("{} {}: {}", f.severity, f.rule.name(), f.sentence)).collect();
    assert_eq!(seen, expected, "{documents:?}");
}

/// Facts of one document, parted by `;`.
fn check_facts(facts: &str, expected: &[&str]) {
    check_documents(&[("2017-01-01", facts)], expected);
}

#[test]
fn lines_of_a_statement_follow_from_each_other() {
    let lines = |profit: &str| {
        format!(
            "revenue FY16 1000 JPY million; cost_of_revenue FY16 800 JPY million; gross_profit FY16 {profit} JPY million"
        )
    };
    for fits in ["200", "201", "199"] {
        check_facts(&lines(fits), &[]);
    }
    check_facts(
        &lines("202"),
        &[
            "warning statement_line: gross_profit FY16 is printed as 202 JPY million, but revenue − cost_of_revenue gives 200",
        ],
    );
    check_facts(
        &lines("210"),
        &[
            "error statement_line: gross_profit FY16 is printed as 210 JPY million, but revenue − cost_of_revenue gives 200",
        ],
    );
}

#[test]
fn each_segment_has_its_own_lines() {
    check_facts(
        "revenue.wan FY16 100 JPY million; cost_of_revenue.wan FY16 80 JPY million; gross_profit.wan FY16 30 JPY million",
        &[
            "error statement_line: gross_profit.wan FY16 is printed as 30 JPY million, but revenue − cost_of_revenue gives 20",
        ],
    );
}

#[test]
fn printed_growth_follows_from_two_levels() {
    let growth = |rate: &str| {
        format!("revenue FY16 120 JPY million; revenue FY15 100 JPY million; revenue FY16 yoy_pct {rate} %")
    };
    check_facts(&growth("20.0"), &[]);
    check_facts(
        &growth("25.0"),
        &["error change: revenue FY16 yoy_pct is printed as 25 %, but revenue FY16 against FY15 gives 20"],
    );
}

#[test]
fn a_rate_of_another_year_is_named() {
    check_facts(
        "revenue FY16 1200 JPY million; revenue FY15 1000 JPY million; revenue FY14 800 JPY million; \
         revenue FY16 yoy_pct 25.0 %",
        &["error change: revenue FY16 yoy_pct is printed as 25 %, but revenue FY16 against FY15 gives 20; it is the \
           change of FY15, 25"],
    );
}

#[test]
fn a_targets_growth_compares_with_what_was_reached() {
    check_facts(
        "revenue FY17 target 1200 JPY million; revenue FY17 target yoy_pct 30.0 %; revenue FY16 1000 JPY million",
        &["error change: revenue FY17 target yoy_pct is printed as 30 %, but revenue FY17 against FY16 gives 20"],
    );
}

#[test]
fn quarters_make_halves_and_a_wrong_label_is_doubted_by_name() {
    let quarters = "revenue 1Q16 3000 JPY million; revenue 2Q16 4000 JPY million";
    check_facts(&format!("{quarters}; revenue 1H16 7001 JPY million"), &[]);
    check_facts(
        &format!("{quarters}; revenue 1H16 8000 JPY million; sga 1H16 7000 JPY million"),
        &[
            "error spans: revenue 1H16 is printed as 8,000 JPY million, but 1Q16 + 2Q16 gives 7,000; that is the total of \
           sga, so one of the labels is wrong",
        ],
    );
}

#[test]
fn one_figure_in_two_places_is_one_figure() {
    check_facts("revenue FY16 1948 JPY million; revenue FY16 1.9 JPY billion", &[]);
    check_facts(
        "revenue FY16 1948 JPY million; revenue FY16 2.5 JPY billion; revenue FY16 1948 JPY million",
        &["error same_figure: revenue FY16 is 2,500 JPY million here and 1,948 JPY million at line 1"],
    );
    check_documents(
        &[("2016-01-01", "revenue FY15 100 JPY million"), ("2017-01-01", "revenue FY15 150 JPY million")],
        &[
            "warning same_figure: revenue FY15 is 150 JPY million here and 100 JPY million at 2016-01-01: the later document \
           restates it",
        ],
    );
}

#[test]
fn a_figure_that_differs_by_its_sign_alone_is_a_note() {
    check_facts(
        "net_income_attributable_to_nci FY16 131 JPY million; net_income_attributable_to_nci FY16 -131 JPY million",
        &[
            "note same_figure: net_income_attributable_to_nci FY16 is -131 JPY million here and 131 JPY million at line 1: \
           the sign differs",
        ],
    );
}

#[test]
fn parts_count_where_the_documents_prove_them() {
    let year = "revenue FY15 10000 JPY million; revenue.wan FY15 6000 JPY million; revenue.atm_operation FY15 4000 JPY million";
    let next = |total: &str| {
        format!(
            "revenue FY16 {total} JPY million; revenue.wan FY16 7000 JPY million; revenue.atm_operation FY16 5000 JPY million"
        )
    };
    check_facts(&format!("{year}; {}", next("12000")), &[]);
    check_facts(
        &format!("{year}; {}", next("13000")),
        &[
            "error parts_of_total: revenue FY16 is printed as 13,000 JPY million, but the sum of atm_operation, wan gives \
           12,000",
        ],
    );
    // Without a proof nothing is said: other parts may not have been read.
    check_facts(&next("13000"), &[]);
}

#[test]
fn shares_margins_and_figures_a_share_follow_from_their_bases() {
    check_facts(
        "revenue FY16 1000 JPY million; operating_income FY16 50 JPY million; operating_income FY16 margin_pct 6.0 %",
        &["error ratio: operating_income FY16 margin_pct is printed as 6 %, but operating_income ÷ revenue gives 5"],
    );
    check_facts(
        "net_income FY16 1299 JPY million; weighted_average_shares_basic FY16 45070463 shares; eps_basic FY16 29.83 JPY",
        &[
            "error per_share: eps_basic FY16 is printed as 29.83 JPY, but net_income ÷ weighted_average_shares_basic gives \
           28.8215",
        ],
    );
}

#[test]
fn up_and_down_at_once_is_a_contradiction() {
    check_facts(
        "revenue 1Q16 qoq_abs 144 JPY million; revenue 1Q16 qoq_pct -5.0 %",
        &["error direction: revenue 1Q16 is up by 144 JPY million and down by 5 %"],
    );
    check_facts("revenue 1Q16 qoq_abs 144 JPY million; revenue 1Q16 qoq_pct 5.0 %", &[]);
}

#[test]
fn rows_above_a_total_make_it_up_in_every_column() {
    let rows = |now: &str| {
        format!(
            "common_stock 2016-03-31 100 JPY million; common_stock 2017-03-31 110 JPY million; \
             retained_earnings 2016-03-31 200 JPY million; retained_earnings 2017-03-31 250 JPY million; \
             total_equity 2016-03-31 300 JPY million; total_equity 2017-03-31 {now} JPY million"
        )
    };
    // The label of the total must say so, or two columns must foot: `total_equity` reads as the words it is made of.
    check_facts(&rows("360"), &[]);
}

#[test]
fn approximate_figures_are_no_evidence() {
    check_facts(
        "revenue FY16 about 1000 JPY million; cost_of_revenue FY16 800 JPY million; gross_profit FY16 300 JPY million",
        &[],
    );
}
