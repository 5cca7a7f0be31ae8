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
fn ratios_of_the_whole_follow_from_it() {
    let ratio = |printed: &str| {
        format!(
            "shareholders_equity FY16 455 JPY million; total_assets FY16 1000 JPY million; equity_ratio FY16 {printed} %"
        )
    };
    check_facts(&ratio("45.5"), &[]);
    check_facts(
        &ratio("46.5"),
        &["error ratio: equity_ratio FY16 is printed as 46.5 %, but shareholders_equity ÷ total_assets gives 45.5"],
    );
    check_facts(
        "revenue FY16 1000 JPY million; revenue.wan FY16 100 JPY million; revenue.wan FY16 share_of_revenue_pct 12.0 %",
        &["error ratio: revenue.wan FY16 share_of_revenue_pct is printed as 12 %, but revenue.wan ÷ revenue gives 10"],
    );
    check_facts(
        "net_income FY16 1299 JPY million; weighted_average_shares_diluted FY16 45245500 shares; eps_diluted FY16 27.72 JPY",
        &[
            "error per_share: eps_diluted FY16 is printed as 27.72 JPY, but net_income ÷ weighted_average_shares_diluted gives \
           28.71",
        ],
    );
}

#[test]
fn every_span_is_the_sum_of_what_it_is_cut_into() {
    for (whole, parts) in [
        ("1H16", vec!["1Q16", "2Q16"]),
        ("2H16", vec!["3Q16", "4Q16"]),
        ("9M16", vec!["1H16", "3Q16"]),
        ("9M16", vec!["1Q16", "2Q16", "3Q16"]),
        ("FY16", vec!["1H16", "2H16"]),
        ("FY16", vec!["9M16", "4Q16"]),
        ("FY16", vec!["1Q16", "2Q16", "3Q16", "4Q16"]),
    ] {
        let parts_of: String = parts.iter().map(|part| format!("revenue {part} 4000 JPY million; ")).collect();
        let sum = 4000 * parts.len();
        check_facts(&format!("{parts_of}revenue {whole} {sum} JPY million"), &[]);
        let off = sum + 500;
        let grouped = |n: usize| format!("{},{:03}", n / 1000, n % 1000);
        let expected = format!(
            "error spans: revenue {whole} is printed as {} JPY million, but {} gives {}",
            grouped(off),
            parts.join(" + "),
            grouped(sum)
        );
        check_facts(&format!("{parts_of}revenue {whole} {off} JPY million"), &[&expected]);
    }
}

#[test]
fn each_kind_of_change_has_its_own_base() {
    for (now, before, measure, unit) in [
        ("revenue 1Q17", "revenue 1Q16", "yoy_abs", "JPY million"),
        ("revenue 1Q17", "revenue 4Q16", "qoq_abs", "JPY million"),
        ("cash 2016-09-30", "cash 2016-03-31", "change_abs", "JPY million"),
    ] {
        let facts =
            |change: &str| format!("{now} 120 JPY million; {before} 100 JPY million; {now} {measure} {change} {unit}");
        check_facts(&facts("21"), &[]);
        let base = before.split(' ').next_back().unwrap();
        let expected =
            format!("error change: {now} {measure} is printed as 30 {unit}, but {now} against {base} gives 20");
        check_facts(&facts("30"), &[&expected]);
    }
    check_facts(
        "operating_income 1Q17 margin_pct 5.0 %; operating_income 1Q16 margin_pct 4.0 %; operating_income 1Q17 pp_change 2.0 pp",
        &[
            "error change: operating_income 1Q17 pp_change is printed as 2 pp, but operating_income 1Q17 against 1Q16 gives 1",
        ],
    );
}

#[test]
fn a_change_beside_the_wrong_column_is_named() {
    let table = |change: &str| {
        format!(
            "revenue 1Q18 10000 JPY million; revenue 1Q19 11000 JPY million; revenue 1Q18 yoy_abs {change} JPY million"
        )
    };
    check_facts(&table("1000"), &["warning change: revenue 1Q18 yoy_abs of 1,000 JPY million is the change of 1Q19"]);
    check_facts(&table("700"), &[]);
}

#[test]
fn a_loss_that_goes_down_is_a_result_that_goes_up() {
    let change = |printed: &str| {
        reading(
            "2012-05-15",
            &format!(
                "operating_income FY11 -201 JPY million; operating_income FY10 -643 JPY million; \
                 operating_income FY11 yoy_abs {printed} JPY million"
            ),
        )
    };
    let sentences = |reading: &crate::model::Reading| -> Vec<String> {
        check(&company(), &vocabulary(), std::slice::from_ref(reading), &[]).into_iter().map(|f| f.sentence).collect()
    };
    assert_eq!(sentences(&change("-442")).len(), 1, "a printed sign is the sign of the result");
    assert!(sentences(&change("442")).is_empty());
}

#[test]
fn a_figure_rounded_so_that_its_table_adds_up_is_worth_a_note() {
    let table = |cost: &str| {
        format!(
            "cost_of_revenue FY16 117367364 JPY thousand; revenue FY16 139382 JPY million; \
             cost_of_revenue FY16 {cost} JPY million; gross_profit FY16 22014 JPY million"
        )
    };
    check_facts(
        &table("117368"),
        &[
            "note same_figure: cost_of_revenue FY16 is 117,368 JPY million here and 117,367.364 JPY million at line 1: 117368 is \
           printed so that its own table adds up",
        ],
    );
    let findings = check(&company(), &vocabulary(), &[reading("2017-05-15", &table("117369"))], &[]);
    assert!(findings.iter().any(|finding| finding.severity != super::Severity::Note), "{findings:?}");
}

#[test]
fn a_sum_that_is_off_by_one_is_named_where_all_others_add_up_to_the_digit() {
    let column = |year: usize, total: usize| {
        format!(
            "revenue FY{year} {total} JPY million; cost_of_revenue FY{year} 4000 JPY million; gross_profit FY{year} 1000 JPY million; "
        )
    };
    let years = |count: usize, total: usize| {
        (10..10 + count).map(|year| column(year, 5000)).collect::<String>() + &column(40, total)
    };
    check_facts(&years(10, 5000), &[]);
    check_facts(
        &years(10, 5001),
        &[
            "warning statement_line: gross_profit FY40 is printed as 1,000 JPY million, but revenue − cost_of_revenue gives \
           1,001; the other 10 sums in JPY million add up to the digit",
        ],
    );
    // Nine are no habit.
    check_facts(&years(9, 5001), &[]);
}

#[test]
fn quarters_that_make_the_total_of_another_line_have_a_wrong_label() {
    let quarters = "operating_income 1Q11 6464 JPY million; operating_income 2Q11 6534 JPY million; \
                    operating_income 3Q11 6444 JPY million; operating_income 4Q11 6676 JPY million";
    let unnamed = |own: &str| {
        let mut reading = reading("2012-05-15", &format!("{quarters}; {own}revenue FY11 26118 JPY million"));
        for (at, fact) in reading.facts.iter_mut().enumerate() {
            fact.metric = None;
            fact.source.line = if at < 4 { 10 } else { 20 + at };
        }
        reading.facts[0].label = "Group operating income".to_owned();
        check(&company(), &vocabulary(), &[reading], &[])
            .into_iter()
            .map(|f| format!("{} {}", f.severity, f.sentence))
            .collect::<Vec<_>>()
    };
    let add_up = "`Group operating income` is no operating_income: its quarters of FY11 add up to 26,118 JPY million, which is \
                  `revenue` at line";
    assert_eq!(unnamed(""), [format!("warning {add_up} 24")]);
    let own = "Operating income";
    let seen = unnamed("operating_income FY11 2187 JPY million; ");
    assert_eq!(seen, [format!("error {add_up} 25, while `operating_income` is 2,187 at line 24")], "{own}");
    // Its own total makes the label right.
    assert_eq!(unnamed("operating_income FY11 26118 JPY million; "), Vec::<String>::new());
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

/// A document of text lines, and findings about its words: `severity sentence`.
fn check_words(facts: &str, date: &str, lines: &[&str], unread: Option<(usize, &str)>, expected: &[&str]) {
    let mut reading = reading(date, facts);
    reading.unread = unread
        .map(|(line, printed)| crate::model::Unread {
            line,
            column: 1,
            printed: printed.to_owned(),
            reason: String::new(),
        })
        .into_iter()
        .collect();
    let document = crate::model::Document {
        name: reading.document.clone(),
        path: date.to_owned(),
        lines: lines.iter().map(|line| (*line).to_owned()).collect(),
    };
    let findings = check(&company(), &vocabulary(), &[reading], &[document]);
    let seen: Vec<String> = findings.iter().map(|f| format!("{} {}", f.severity, f.sentence)).collect();
    assert_eq!(seen, expected, "{lines:?}");
}

#[test]
fn a_rate_under_a_year_that_is_not_over_is_found_under_its_own() {
    let facts = "recurring_revenue FY11 yoy_pct 19.8 %";
    let lines = ["- Stable growth with stock-type recurring revenues", " - Up 19.8% YoY in FY2012"];
    let expected =
        "error `19.8%` stands under FY12, which had not ended on 2012-05-15; it is recurring_revenue FY11 at line 1";
    check_words(facts, "2012-05-15", &lines, Some((2, "19.8%")), &[expected]);
    // Another rate, another subject, a plan, and a year that is over say nothing.
    check_words(facts, "2012-05-15", &[lines[0], " - Up 19.9% YoY in FY2012"], Some((2, "19.9%")), &[]);
    check_words(facts, "2012-05-15", &["- Costs", lines[1]], Some((2, "19.8%")), &[]);
    check_words(facts, "2012-05-15", &[lines[0], " - Expected up 19.8% in FY2012"], Some((2, "19.8%")), &[]);
    check_words(facts, "2013-05-15", &lines, Some((2, "19.8%")), &[]);
}

#[test]
fn what_has_not_ended_has_no_results() {
    let early = "warning revenue FY12 is stated as reached, but FY12 had not ended on 2012-05-15";
    check_words("revenue FY12 100 JPY million", "2012-05-15", &[], None, &[early]);
    check_words("revenue FY12 target 100 JPY million", "2012-05-15", &[], None, &[]);
    check_words("revenue FY11 100 JPY million", "2012-05-15", &[], None, &[]);
    let heads = "warning `FY2012 Financial Results` heads results of FY12, which had not ended on 2012-05-15";
    check_words("cash 2012-03-31 1 JPY million", "2012-05-15", &["FY2012 Financial Results"], None, &[heads]);
    for fine in ["FY2011 Financial Results", "FY2012 Financial Target", "FY2012 results, FY2011 results"] {
        check_words("cash 2012-03-31 1 JPY million", "2012-05-15", &[fine], None, &[]);
    }
}

#[test]
fn a_heading_stands_once_and_in_its_own_section() {
    let facts = "cash 2012-03-31 1 JPY million";
    let lines =
        ["Investing Activities", "FY11 Investing Activities", "Financing Activities", "FY11 Investing Activities"];
    let repeats =
        "note `FY11 Investing Activities` repeats the heading of line 2 below `Financing Activities` at line 3";
    check_words(facts, "2012-05-15", &lines, None, &[repeats]);
    check_words(facts, "2012-05-15", &[&lines[..3], &["FY11 Financing Activities"]].concat(), None, &[]);
    let twice = "note section III-5 stands twice: `III-5. Dividend Forecast` and `Ⅲ-5. Group Companies`";
    check_words(facts, "2012-05-15", &["III-5. Dividend Forecast", "Ⅲ-5. Group Companies"], None, &[twice]);
    let parts = ["II - 6. Network Services (1) Revenues", "II -6. Network Services (2) Cost"];
    check_words(facts, "2012-05-15", &parts, None, &[]);
}

#[test]
fn approximate_figures_are_no_evidence() {
    check_facts(
        "revenue FY16 about 1000 JPY million; cost_of_revenue FY16 800 JPY million; gross_profit FY16 300 JPY million",
        &[],
    );
}
