//! Forms that need a whole document: charts beside their totals, lists of owners, slides out of order, footnotes. Each check gives the
//! lines behind the title and the facts that must come out, in order of place.

use std::sync::Arc;

use super::cases::iij;
use super::extract;
use crate::model::Document;
use crate::vocabulary::Vocabulary;

/// The facts of a snippet: metric or label, period, basis where it is not actual, measure, value, unit, what was mended.
fn facts(snippet: &str) -> Vec<String> {
    let company = iij();
    let lines =
        format!("Results for 1Q FY2017\n\nAugust 8, 2017\n\n{snippet}").split('\n').map(str::to_owned).collect();
    let document = Document { name: Arc::from("snippet.txt"), path: String::new(), lines };
    let reading = extract(&document, &company, &Vocabulary::of(&company)).value;
    let tell = |fact: crate::model::Fact| {
        let metric = fact.metric.map_or_else(|| format!("[{}]", fact.label), |metric| metric.to_string());
        let basis = if fact.basis.name() == "actual" { String::new() } else { format!(" {}", fact.basis.name()) };
        let mended = fact.repaired.map_or_else(String::new, |repair| format!(" for {}", repair.printed));
        format!(
            "{metric} {}{basis} {} {} {}{mended}",
            fact.period,
            fact.measure.name(),
            fact.value.normalize(),
            fact.unit
        )
    };
    reading.facts.into_iter().map(tell).collect()
}

fn check(snippet: &str, expected: &[&str]) {
    assert_eq!(facts(snippet), expected, "{snippet}");
}

#[test]
fn five_quarters_of_a_chart_are_told_by_the_years_total_and_by_changes_elsewhere() {
    let chart = |totals: &str, year: &str, change: &str| {
        format!(
            "II-4. Network Services\n\n{totals}\n\nFY16: {year}\n\nUnit: JPY million\n\nCost of NW Services\n\n- 1Q17: {change}\n"
        )
    };
    let levels = |snippet: &str| facts(snippet).into_iter().filter(|fact| fact.contains("level")).collect::<Vec<_>>();
    let cost =
        |period: &str, value: &str| format!("cost_of_revenue.network_services {period} level {value} JPY million");
    let told = "up 16.8% YoY, up 4.7% QoQ";
    assert_eq!(
        levels(&chart("18,030 18,685 19,558 21.066 20,113", "76,387", told)),
        [
            cost("1Q16", "18030"),
            cost("2Q16", "18685"),
            cost("3Q16", "19558"),
            format!("{} for 21.066", cost("1Q17", "21066")),
            cost("4Q16", "20113"),
            cost("FY16", "76387"),
        ]
    );
    let one_digit_off = levels(&chart("18,030 18,685 19,558 21.066 20,123", "76,387", told));
    assert!(one_digit_off.is_empty(), "four quarters must make the year: {one_digit_off:?}");
    let another_growth = levels(&chart("18,030 18,685 19,558 21.066 20,113", "76,387", "up 12.8% YoY, up 4.7% QoQ"));
    assert!(another_growth.is_empty(), "a change that no amount bears out: {another_growth:?}");
    let untold = levels(&chart("19,558 18,030 21,066 18,685 20,113", "76,387", "steady"));
    assert_eq!(untold, [cost("1Q17", "21066"), cost("FY16", "76387")], "the order of the rest is not known");
}

#[test]
fn the_parts_of_a_stacked_chart_are_told_apart_by_their_sums() {
    let chart = |parts: &str| {
        let totals = "10,100 10,200 10,300 10,500 10,400 [+1.0%] [+1.0%] [+1.0%] [+1.0%] [+1.0%]";
        let legend = "II-4. Network Services\n\nRent costs\nOther costs";
        let behind =
            "FY16: 41,000 [+1.0%]\n\nUnit: JPY million\n\nCost of NW Services\n\n- 1Q17: up 4.0% YoY, up 1.0% QoQ";
        format!("{legend}\n\n{totals} {parts}\n\n{behind}\n")
    };
    let rent = |snippet: &str| facts(snippet).into_iter().filter(|fact| fact.contains("Rent")).collect::<Vec<_>>();
    assert_eq!(
        rent(&chart("6,407 6,345 6,102 6,231 6,013 4,093 4,055 4,069 4,098 4,087")),
        [
            "[Cost of NW Services: Rent costs] 1Q17 level 6407 JPY million",
            "[Cost of NW Services: Rent costs] 4Q16 level 6345 JPY million",
            "[Cost of NW Services: Rent costs] 2Q16 level 6102 JPY million",
            "[Cost of NW Services: Rent costs] 3Q16 level 6231 JPY million",
            "[Cost of NW Services: Rent costs] 1Q16 level 6013 JPY million",
        ]
    );
    let no_total = rent(&chart("6,407 6,345 6,102 6,231 6,013 4,093 4,055 4,069 4,098 4,097"));
    assert!(no_total.is_empty(), "parts that make no total: {no_total:?}");
    let two_ways = rent(&chart("6,400 6,300 6,200 6,100 6,000 4,100 4,100 4,100 4,100 4,100"));
    assert!(two_ways.is_empty(), "parts that make the totals in more than one way: {two_ways:?}");
}

#[test]
fn lists_of_owners_and_tables_of_names_state_shares() {
    check(
        "Company Profile (as of March 2017)\t\t\nEstablished\tDecember 1992\t\nOwners\tNTT(24.4%), Itochu Corp.(5.1%)\t",
        &["[Owners: NTT] 2017-03-31 level 24.4 %", "[Owners: Itochu Corp.] 2017-03-31 level 5.1 %"],
    );
    check(
        "(As of May 15, 2017)\n\n\tCompany Name\t\tOwnership\tMain Business\nSubsidiaries\tTrust\tTrust Networks Inc.\t79.5%\tOperates ATMs",
        &["[Ownership: Trust Networks Inc.] 2017-05-15 level 79.5 %"],
    );
}

#[test]
fn headings_behind_their_lists_belong_to_them_in_order() {
    let bullets =
        "- 1Q17 revenue: up JPY762 million, up 20.7% YoY\n\n- > 1Q17 revenue: up JPY471 million, up 5.4% YoY\n";
    check(
        &format!(
            "II-5. Systems Integration (SI)\n\nSystems construction revenues\n\nSystems Construction\n\nCloud revenues within them\n\n{bullets}\nSystems Operation and Maintenance\n"
        ),
        &[
            "revenue.systems_integration.systems_construction 1Q17 yoy_abs 762 JPY million",
            "revenue.systems_integration.systems_construction 1Q17 yoy_pct 20.7 %",
            "revenue.systems_integration.systems_operation_and_maintenance 1Q17 yoy_abs 471 JPY million",
            "revenue.systems_integration.systems_operation_and_maintenance 1Q17 yoy_pct 5.4 %",
        ],
    );
}

#[test]
fn a_footnote_tells_the_target_that_another_replaced() {
    let table = "\tFY17 Target (Apr. 2017 - Mar. 2018)\tFY16 Actual (Apr. 2016 - Mar. 2017)\nTotal Revenues\tJPY 176.0 billion\tJPY 157.8 billion\nNet Income attributable to IIJ per Share\tJPY 135.42 ^{*1}\tJPY 130.76 ^{*2}\n";
    let initial = |note: &str| {
        let all = facts(&format!("{table}\n*1\n{note} JPY148.01 announced on May 15, 2017 due to new shares.\n"));
        all.into_iter().filter(|fact| fact.contains("target_initial")).collect::<Vec<_>>()
    };
    assert_eq!(initial("Changed from"), ["eps_basic FY17 target_initial level 148.01 JPY"]);
    assert!(initial("Far from").is_empty(), "nothing was replaced");
}

#[test]
fn two_subjects_with_two_changes_belong_to_each_other_in_order() {
    check(
        "Nine months total revenue and operating income for the fiscal year ending March 31, 2017 grew by 9.2% and by 36.0% year over year respectively; stronger than planned.",
        &["revenue 9M16 yoy_pct 9.2 %", "operating_income 9M16 yoy_pct 36 %"],
    );
}

#[test]
fn a_rest_is_of_the_same_whole() {
    check(
        "- 77% of 1Q17 cloud sales are recognized in systems operation and maintenance and the remaining 23% in outsourcing\n",
        &["[cloud sales] 1Q17 level 77 %", "[cloud sales: in outsourcing] 1Q17 level 23 %"],
    );
}

#[test]
fn what_stands_at_a_day_has_no_span() {
    check("II-9. Trust Networks\n\n- IIJ ownership: 79.5%\n", &["[IIJ ownership] 2017-08-08 level 79.5 %"]);
    check(
        "- The total number of ATMs placed in FY16 was approximately 160 ATMs\n",
        &["[total number of ATMs] FY16 level 160 ATMs"],
    );
    check(
        "- Target FY2017 year total dividend of JPY35.00 (mid JPY17.50, year-end 17.50)\n",
        &[
            "dividend_per_share FY17 target level 35 JPY",
            "dividend_per_share 1H17 target level 17.5 JPY",
            "dividend_per_share 2H17 target level 17.5 JPY",
        ],
    );
    check(
        "- Addition of over 250 personnel is planned for FY17\n",
        &["[Addition of personnel] FY17 outlook level 250 persons"],
    );
}

#[test]
fn the_same_line_the_other_way_is_negative() {
    let told = |sentence: &str| facts(&format!("II-9. Other income\n\n{sentence}\n"));
    assert_eq!(
        told("Miscellaneous income was JPY143 million (miscellaneous expenses of JPY23 million for 1Q16)."),
        ["[Miscellaneous income] 1Q17 level 143 JPY million", "[miscellaneous expenses] 1Q16 level -23 JPY million"]
    );
}

#[test]
fn thousands_of_lines_that_may_be_labels_take_no_more_stack_than_one() {
    let labels = "a label\n".repeat(15_000);
    check(&format!("Unit: JPY million\t1Q17\nRevenues\t41,000\n{labels}"), &["revenue 1Q17 level 41000 JPY million"]);
}

/// What is kept of a company's readings when its profile is edited rests on this.
#[test]
fn what_only_the_readers_of_briefs_see_changes_no_reading() {
    for folder in ["seeds/iij", "tests/documents/jin", "tests/documents/vega", "tests/documents/tsmc"] {
        let company = super::cases::company(folder);
        let bare = company.as_read();
        let (vocabulary, its) = (Vocabulary::of(&company), Vocabulary::of(&bare));
        for document in super::cases::documents(folder) {
            let told = |company, vocabulary| format!("{:?}", extract(&document, company, vocabulary));
            assert!(told(&company, &vocabulary) == told(&bare, &its), "{}", document.path);
        }
    }
}

#[test]
fn a_year_of_another_calendar_has_no_name() {
    check("- Total revenues of the subsidiary for FY2016: JPY800 million\n\n(Fiscal year end: December 31)", &[]);
    check(
        "- Total revenues for FY2016: JPY800 million\n\n(Fiscal year end: March 31)",
        &["revenue FY16 level 800 JPY million"],
    );
}
