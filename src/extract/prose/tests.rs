//! Snippets of documents and the facts that they state, one a line.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::super::cases::iij;
use super::super::{Outline, Page, Text};
use crate::model::Document;
use crate::vocabulary::Vocabulary;

/// The facts of a snippet: metric or `-`, period, basis where it is not actual, measure, value, unit, `~` where approximate.
fn facts(snippet: &str) -> Vec<String> {
    let company = iij();
    let vocabulary = Vocabulary::of(&company);
    let document = Document {
        name: Arc::from("snippet.txt"),
        path: String::new(),
        lines: format!("Results for 1Q FY2017\n\nAugust 8, 2017\n\n{snippet}").split('\n').map(str::to_owned).collect(),
    };
    let text = Text::of(&document, &company.fiscal_year);
    let outline = Outline::of(&text, &document.name, &company, &vocabulary);
    let page = Page { company: &company, vocabulary: &vocabulary, document: &document, text: &text, outline: &outline };
    super::read(&page, &BTreeSet::new())
        .into_iter()
        .map(|fact| {
            let metric = fact.metric.map_or_else(|| format!("- [{}]", fact.label), |metric| metric.to_string());
            let basis = if fact.basis.name() == "actual" { String::new() } else { format!(" {}", fact.basis.name()) };
            let approx = if fact.approx { " ~" } else { "" };
            let (period, measure) = (fact.period, fact.measure.name());
            format!("{metric} {period}{basis} {measure} {} {}{approx}", fact.value, fact.unit)
        })
        .collect()
}

fn check(snippet: &str, expected: &[&str]) {
    assert_eq!(facts(snippet), expected, "{snippet}");
}

#[test]
fn a_level_and_its_changes_in_a_bullet() {
    check(
        "- ◆ 1Q17 Network services revenue: JPY16,785 million (up 4.3% YoY)",
        &["revenue.network_services 1Q17 level 16785 JPY million", "revenue.network_services 1Q17 yoy_pct 4.3 %"],
    );
    check(
        "◆1Q17 Gross margin: JPY5,030 million (up JPY211 million YoY, up 4.4% YoY), Gross margin ratio: 19.0% (down 0.4 Pt. YoY)",
        &[
            "gross_profit 1Q17 level 5030 JPY million",
            "gross_profit 1Q17 yoy_abs 211 JPY million",
            "gross_profit 1Q17 yoy_pct 4.4 %",
            "gross_profit 1Q17 margin_pct 19.0 %",
            "gross_profit 1Q17 pp_change -0.4 pp",
        ],
    );
    check(
        "- 4Q16 Recurring revenue: JPY21,279 million (up 5.4% YoY, up 2.5% QoQ). FY16 Recurring revenue: JPY82,881 million (up 19.8% from FY15)",
        &[
            "recurring_revenue 4Q16 level 21279 JPY million",
            "recurring_revenue 4Q16 yoy_pct 5.4 %",
            "recurring_revenue 4Q16 qoq_pct 2.5 %",
            "recurring_revenue FY16 level 82881 JPY million",
            "recurring_revenue FY16 yoy_pct 19.8 %",
        ],
    );
    check(
        "Total mobile subs.: 1,943 thousand (+543 thousand YoY)",
        &[
            "subscriptions.mobile 2017-06-30 level 1943 thousand subscriptions",
            "subscriptions.mobile 2017-06-30 yoy_abs 543 thousand subscriptions",
        ],
    );
    check(
        "◆ **1Q17 Operating income: JPY1,305 million**\n (down JPY69 million YoY, down 5.0% YoY)",
        &[
            "operating_income 1Q17 level 1305 JPY million",
            "operating_income 1Q17 yoy_abs -69 JPY million",
            "operating_income 1Q17 yoy_pct -5.0 %",
        ],
    );
}

#[test]
fn bullets_take_what_they_lack_from_the_headings_above() {
    check("◆ 1H16 Outsourcing Services\n\n- JPY10,642 million (up JPY153 million, up 1.5% YoY)", &[]);
    check(
        "II - 4. Revenues\n\n◆ 1H16 Outsourcing Services\n\n- JPY10,642 million (up JPY153 million, up 1.5% YoY)",
        &[
            "revenue.network_services.outsourcing 1H16 level 10642 JPY million",
            "revenue.network_services.outsourcing 1H16 yoy_abs 153 JPY million",
            "revenue.network_services.outsourcing 1H16 yoy_pct 1.5 %",
        ],
    );
    check(
        "1H16 Gross Margin\n\n◆ SI\n\n- Gross margin ratio: 10.8% (down 3.5 points YoY)",
        &[
            "gross_profit.systems_integration 1H16 margin_pct 10.8 %",
            "gross_profit.systems_integration 1H16 pp_change -3.5 pp",
        ],
    );
    check(
        "◆ Cost of SI\n\n- 1H16: up JPY2,652 million, up 13.0% YoY\n- 2Q16-end number of outsourcing personnel: 1,225 personnel (up 246 YoY, up 73 QoQ)",
        &[
            "cost_of_revenue.systems_integration 1H16 yoy_abs 2652 JPY million",
            "cost_of_revenue.systems_integration 1H16 yoy_pct 13.0 %",
            "- [number of outsourcing personnel] 2016-09-30 level 1225 persons",
            "- [number of outsourcing personnel] 2016-09-30 yoy_abs 246 persons",
            "- [number of outsourcing personnel] 2016-09-30 qoq_abs 73 persons",
        ],
    );
    check(
        "One-time Revenue *\n1H16: JPY10,050 million (up 8.3% YoY)\n(13.6% of 1H16 revenues)",
        &[
            "one_time_revenue 1H16 level 10050 JPY million",
            "one_time_revenue 1H16 yoy_pct 8.3 %",
            "one_time_revenue 1H16 share_of_revenue_pct 13.6 %",
        ],
    );
    check(
        "♦FY16 : Income before income tax expense:\n\n>JPY5,976 million (up JPY2,142 million from FY15)",
        &["income_before_tax FY16 level 5976 JPY million", "income_before_tax FY16 yoy_abs 2142 JPY million"],
    );
    check(
        "II - 3. Cost of Revenues\n\nUnit: JPY million\n\n1H15: 53,626 [+15.9%]",
        &["cost_of_revenue 1H15 level 53626 JPY million", "cost_of_revenue 1H15 yoy_pct 15.9 %"],
    );
}

#[test]
fn a_bare_line_below_something_unknown_is_not_the_companys() {
    check(
        "Overseas business\n\n- 1H16 revenue: approx. JPY2.5 billion, operating loss: approx. JPY0.26 billion",
        &[
            "- [Overseas: revenue] 1H16 level 2.5 JPY billion ~",
            "- [Overseas: operating loss] 1H16 level -0.26 JPY billion ~",
        ],
    );
    check(
        "- FY15 Omnibus-related CAPEX: approx. JPY0.17 billion\n1H16 revenue: up approx. JPY0.03 billion",
        &["- [Omnibus-related CAPEX] FY15 level 0.17 JPY billion ~", "- [revenue] 1H16 yoy_abs 0.03 JPY billion ~"],
    );
    check(
        "Systems Construction\n\nSystems operation and maintenance\n\n- 1Q17 revenue: up JPY762 million, up 20.7% YoY",
        &[],
    );
    check(
        "- FY2016 Acme results: revenue of JPY26.1 billion, operating income of JPY2.2 billion",
        &["- [Acme: revenue] FY16 level 26.1 JPY billion", "- [Acme: operating income] FY16 level 2.2 JPY billion"],
    );
}

#[test]
fn sentences_of_a_release() {
    check(
        "Total revenues were JPY139,382 million, up 9.2% YoY (JPY127,612 million for 1Q16).",
        &[
            "revenue 1Q17 level 139382 JPY million",
            "revenue 1Q17 yoy_pct 9.2 %",
            "revenue 1Q16 level 127612 JPY million",
        ],
    );
    check(
        "Cost of SI revenues was JPY38,801 million. Gross margin was JPY5,960 million (JPY4,403 million for 1Q16) and gross margin ratio was 13.3% (10.4% for 1Q16).",
        &[
            "cost_of_revenue.systems_integration 1Q17 level 38801 JPY million",
            "gross_profit.systems_integration 1Q17 level 5960 JPY million",
            "gross_profit.systems_integration 1Q16 level 4403 JPY million",
            "gross_profit.systems_integration 1Q17 margin_pct 13.3 %",
            "gross_profit.systems_integration 1Q16 margin_pct 10.4 %",
        ],
    );
    check(
        "Revenues for WAN services were JPY23,240 million, up 7.2% YoY compared to JPY21,676 million for 1Q16, mainly due to order accumulation.",
        &[
            "revenue.network_services.wan 1Q17 level 23240 JPY million",
            "revenue.network_services.wan 1Q17 yoy_pct 7.2 %",
            "revenue.network_services.wan 1Q16 level 21676 JPY million",
        ],
    );
    check(
        "As of June 30, 2017, the balance of total assets was JPY163,621 million, increased by JPY10,172 million from the balance as of March 31, 2017 of JPY153,449 million. The major breakdown was: an increase in inventories by JPY3,034 million to JPY4,748 million.",
        &[
            "total_assets 2017-06-30 level 163621 JPY million",
            "total_assets 2017-06-30 change_abs 10172 JPY million",
            "total_assets 2017-03-31 level 153449 JPY million",
            "inventories 2017-06-30 change_abs 3034 JPY million",
            "inventories 2017-06-30 level 4748 JPY million",
        ],
    );
    check(
        "Other income (expenses) was an expense of JPY2,676 million (an income of JPY553 million for 1Q16).",
        &["other_income_net 1Q17 level -2676 JPY million", "other_income_net 1Q16 level 553 JPY million"],
    );
    check(
        "Net cash used in investing activities for 1Q17 was JPY5,295 million.",
        &["investing_cash_flow 1Q17 level -5295 JPY million"],
    );
    check(
        "Recurring revenues, which 1Q17 revenue was 85.2% of the total revenue, grew by 10.2% year over year. Security services, which 1Q17 revenue increased by 16.5% year over year, led the growth.",
        &[
            "recurring_revenue 1Q17 share_of_revenue_pct 85.2 %",
            "recurring_revenue 1Q17 yoy_pct 10.2 %",
            "security_revenue 1Q17 yoy_pct 16.5 %",
        ],
    );
    check(
        "Cost and expense Total cost of revenues was JPY117,368 million, up 8.8% YoY.",
        &["cost_of_revenue 1Q17 level 117368 JPY million", "cost_of_revenue 1Q17 yoy_pct 8.8 %"],
    );
    check(
        "Revenues in 1Q17 totaled JPY16,482 million, an increase of 8.6% from JPY15,181 million in 1Q16.",
        &["revenue 1Q17 level 16482 JPY million", "revenue 1Q17 yoy_pct 8.6 %", "revenue 1Q16 level 15181 JPY million"],
    );
    check(
        "Net sales for the quarter increased 8.1 percent, to $53.44 billion from $49.42 billion last year.",
        &["revenue 1Q17 yoy_pct 8.1 %", "revenue 1Q17 level 53.44 USD billion", "revenue 1Q16 level 49.42 USD billion"],
    );
    check(
        "When excludes losses on securities, our income before income tax expense was JPY5,102 million (up 35.7% YoY).",
        &["adjusted_income_before_tax 1Q17 level 5102 JPY million", "adjusted_income_before_tax 1Q17 yoy_pct 35.7 %"],
    );
}

#[test]
fn people_contracts_and_things() {
    check("- Placed 1,066 ATMs as of June 30, 2017", &["atms 2017-06-30 level 1066 ATMs"]);
    check("652 ATMs were placed as of Aug. 6, 2017", &["atms 2017-08-06 level 652 ATMs"]);
    check(
        "- Hired 137 new graduates in Apr. 2017 (155 in Apr. 2016)",
        &["- [new graduates] 2017-04 level 137 persons", "- [new graduates] 2016-04 level 155 persons"],
    );
    check(
        "Contracts for over 1Gbps as of June 30, 2017: 235 contracts (March 31, 2017: 207 contracts)",
        &[
            "- [Contracts for over 1Gbps] 2017-06-30 level 235 contracts",
            "- [Contracts for over 1Gbps] 2017-03-31 level 207 contracts",
        ],
    );
    check(
        "The number of treasury stock: As of June 30, 2017: 1,650,911 shares As of March 31, 2017: 1,650,909 shares",
        &["treasury_shares 2017-06-30 level 1650911 shares", "treasury_shares 2017-03-31 level 1650909 shares"],
    );
}

#[test]
fn targets_and_outlooks_speak_of_times_to_come() {
    check("FY17 target: revenue of JPY7 billion", &["revenue FY17 target level 7 JPY billion"]);
    check(
        "We expect total revenues of JPY176.0 billion for FY2017, an increase of 11.5% YoY.",
        &["revenue FY17 outlook level 176.0 JPY billion", "revenue FY17 outlook yoy_pct 11.5 %"],
    );
    check(
        "FY17 Business Outlook\n\n◆ NW gross margin outlook:\n\napprox. up JPY1.2 billion\n\n(up JPY0.98 billion YoY in FY16)",
        &[
            "gross_profit.network_services FY17 outlook yoy_abs 1.2 JPY billion ~",
            "gross_profit.network_services FY16 yoy_abs 0.98 JPY billion",
        ],
    );
    check(
        "Dividend Forecast\n\n- Annual JPY27.0 per share\n- Payout ratio 41.1%",
        &["dividend_per_share FY17 target level 27.0 JPY", "payout_ratio FY17 target level 41.1 %"],
    );
}

#[test]
fn figures_without_a_certain_meaning_stay_unsaid() {
    check("- MRC over JPY0.5 million", &[]);
    check("- projects with a monthly fee of over JPY1 million per project", &[]);
    check("Revenue to be between JPY10.0 billion and JPY11.0 billion in 2Q17.", &[]);
    check("18,030 18,685 19,558 20,113 [+22.6%] [+18.3%]", &[]);
    check("Net income 748 +177 Depreciation 2,979 +367", &[]);
    check("EBITDA was EUR 1,204 million (2016: EUR 1,101 million).", &["adjusted_ebitda 1Q17 level 1204 EUR million"]);
    check("- ◆ Gap in gross margin: approx. JPY1.5 billion weaker", &[]);
    check("TEL: 81-3-5205-6500, 15 years of experience", &[]);
    check("Last year's results included a charge of $118 million, $0.20 per diluted share.", &[]);
    check("Basic         $3.07       $2.99", &[]);
    check("- Board approved NT$5.00 Cash Dividend for the second quarter", &[]);
}

#[test]
fn forecasts_and_comparisons_in_sentences() {
    check(
        "Our targets for FY2017 are revenues of JPY176.0 billion, up 11.5% YoY, and operating income of JPY6.5 billion.",
        &[
            "revenue FY17 target level 176.0 JPY billion",
            "revenue FY17 target yoy_pct 11.5 %",
            "operating_income FY17 target level 6.5 JPY billion",
        ],
    );
    check(
        "The Company revised its forecast: operating income for FY2017 from JPY7.3 billion to JPY5.0 billion.",
        &[
            "operating_income FY17 target_revised level 5.0 JPY billion",
            "operating_income FY17 target_initial level 7.3 JPY billion",
        ],
    );
    check(
        "Operating income was JPY1.1 billion, exceeding our plan of JPY0.9 billion by JPY0.2 billion.",
        &["operating_income 1Q17 level 1.1 JPY billion"],
    );
    check(
        "Gross margin ratio improved by 0.4 points to 21.1%. Income tax benefit was JPY120 million.",
        &[
            "gross_profit 1Q17 pp_change 0.4 pp",
            "gross_profit 1Q17 margin_pct 21.1 %",
            "income_tax_expense 1Q17 level -120 JPY million",
        ],
    );
    check(
        "Operating income was JPY1,305 million in 1Q17, compared to operating income of JPY1,374 million in 1Q16.",
        &["operating_income 1Q17 level 1305 JPY million", "operating_income 1Q16 level 1374 JPY million"],
    );
    check(
        "Depreciation was JPY 123 thousand and JPY 128 thousand at March 31, 2017 and June 30, 2017, respectively.",
        &["- [Depreciation] 2017-03-31 level 123 JPY thousand", "- [Depreciation] 2017-06-30 level 128 JPY thousand"],
    );
}

#[test]
fn the_effect_of_a_new_standard_at_the_opening_is_of_that_day_and_no_change_of_the_period() {
    check(
        "On B/S at the beginning of this fiscal year, “other investments” was increased by JPY963 million and “retained earnings” was increased by JPY660 million.",
        &[
            "- [other investments] 2017-04-01 change_abs 963 JPY million",
            "- [retained earnings] 2017-04-01 change_abs 660 JPY million",
        ],
    );
    check(
        "The adoption of this standard resulted in the increase in beginning retained earnings of JPY381,678 thousand.",
        &["- [the increase in beginning retained earnings] 2017-04-01 level 381678 JPY thousand"],
    );
    check(
        "As of June 30, 2017, retained earnings was JPY14,608 million, increased by JPY6,203 million from March 31, 2017, mainly due to an increase at the beginning of FY2017 by JPY6,121 million.",
        &[
            "retained_earnings 2017-06-30 level 14608 JPY million",
            "retained_earnings 2017-06-30 change_abs 6203 JPY million",
        ],
    );
}

#[test]
fn sizes_of_things_are_no_figures_of_the_period() {
    check("- Accumulating large scale projects of over JPY0.1 billion", &[]);
    check("- Acquiring migration projects of annual revenue over JPY0.1 billion", &[]);
}

#[test]
fn a_loss_that_grows_makes_the_result_fall() {
    check(
        "- 1Q17 operating loss: JPY201 million (down JPY442 million YoY)",
        &["operating_income 1Q17 level -201 JPY million", "operating_income 1Q17 yoy_abs 442 JPY million"],
    );
}

#[test]
fn amounts_in_sentences_take_the_name_and_the_day_beside_them() {
    check(
        "We have balance of accumulated unrealized gain JPY4.6 billion on our balance sheet as of June 30, 2017, as share prices fell.",
        &["- [accumulated unrealized gain] 2017-06-30 level 4.6 JPY billion"],
    );
    check(
        "In 4Q16, we had a retroactive cost adjustment which amounted to a positive impact of approx. JPY0.1 billion.",
        &["- [positive impact] 4Q16 level 0.1 JPY billion ~"],
    );
    check(
        "Net cash used in financing activities for 1Q17 was JPY374 million, mainly due to FY2016 year-end dividends payments of JPY217 million.",
        &[
            "financing_cash_flow 1Q17 level -374 JPY million",
            "- [year-end dividends payments] 1Q17 level 217 JPY million",
        ],
    );
    check(
        "The major breakdown of intangible assets was JPY6,082 million in goodwill as of June 30, 2017.",
        &["goodwill 2017-06-30 level 6082 JPY million"],
    );
    check(
        "FY15 GIO CAPEX JPY4.4 billion (including GIO P2-related CAPEX JPY2.2 billion)",
        &["- [GIO CAPEX] FY15 level 4.4 JPY billion", "- [GIO P2-related CAPEX] FY15 level 2.2 JPY billion"],
    );
}

#[test]
fn a_figure_set_apart_with_its_change_in_brackets_is_told() {
    check(
        "  Revenues   JPY83.0 billion   (up 12.0% YoY)  \n  Operating Income    JPY374 million ($3 million, up 50.2% YoY)   ",
        &[
            "revenue 1Q17 level 83.0 JPY billion",
            "revenue 1Q17 yoy_pct 12.0 %",
            "operating_income 1Q17 level 374 JPY million",
            "operating_income 1Q17 level 3 USD million",
            "operating_income 1Q17 yoy_pct 50.2 %",
        ],
    );
}

#[test]
fn a_head_of_the_former_targets_names_the_last_column_alone() {
    check(
        "New Financial Targets for FY2017 (Revised upward on August 8, 2017)\n            Previous Targets\n  Total revenues JPY213.0 billion up 4.2 % YoY JPY212.0 billion\n  Operating profit JPY13.5 billion up 64.1 % YoY JPY11.3 billion",
        &[
            "revenue FY17 target_revised level 213.0 JPY billion",
            "revenue FY17 target_revised yoy_pct 4.2 %",
            "operating_income FY17 target_revised level 13.5 JPY billion",
            "operating_income FY17 target_revised yoy_pct 64.1 %",
        ],
    );
}

#[test]
fn rows_run_together_with_the_heads_of_their_columns_are_not_told() {
    check(
        "FY18 Targets First Half Full Year Revenues JPY61.4 billion up 5.6 % YoY JPY138.0 billion JPY286.0 billion",
        &[],
    );
}

#[test]
fn a_title_and_the_things_counted_name_the_same() {
    check(
        "Human Resources\tProactive recruitment along with aggressive expansion Up 153 personnel QoQ",
        &["employees 2017-06-30 qoq_abs 153 persons"],
    );
}

#[test]
fn a_sentence_ends_before_the_digit_of_its_note() {
    check(
        "Revenues grew accordingly with our plan thanks to prepaid cards.5 Despite the competition, we increased our total assets to JPY2.6 billion by keep focusing.",
        &["total_assets 2017-06-30 level 2.6 JPY billion"],
    );
}

#[test]
fn a_column_of_text_beside_a_table_is_read_on_from_row_to_row() {
    let table = [
        "III - 4. FY2017 Financial Target",
        "",
        "\tFY16\tFY17\tYoY\tNW services",
        "Revenues\t157.8\t176.0\t+18.2\tRevenue growth to accelerate with large-scale",
        "Costs\t132.5\t147.8\t+15.3\tprojects. Keep NW services gross margin ratio to be on 17% with growth of",
        "Profit\t25.2\t28.2\t+3.0\tservices and others continuously increase, target JPY18.0 billion for cloud",
        "Expenses\t20.1\t21.7\t+1.6\tequipment SI gross margin ratio to improve approx. 1 point from FY16",
        "Other\t1.1\t1.2\t+0.1\tand related rent to increase continuously",
    ];
    let beside_results = table.join("\n").replace("III - 4. FY2017 Financial Target", "Results");
    check(&beside_results, &[]);
    check(
        &table.join("\n"),
        &[
            "gross_profit.network_services FY17 outlook margin_pct 17 %",
            "gross_profit.systems_integration FY17 outlook pp_change 1 pp ~",
        ],
    );
}

#[test]
fn a_heading_of_a_part_and_words_without_weight_lends_the_part() {
    check(
        "■ Systems construction service\n\n- 1Q17 revenue: JPY100 million (up 3.0% YoY)",
        &[
            "revenue.systems_integration.systems_construction 1Q17 level 100 JPY million",
            "revenue.systems_integration.systems_construction 1Q17 yoy_pct 3.0 %",
        ],
    );
}

#[test]
fn figures_whose_words_name_nothing_or_an_effect_stay_unread() {
    check("- 1Q17 impact of the new charge: JPY100 million", &[]);
    check(
        "- 1Q17 Revenues were JPY100 million compared to total expenses of JPY90 million",
        &["revenue 1Q17 level 100 JPY million"],
    );
}
