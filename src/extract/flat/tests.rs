//! Snippets and the facts they give, one on a line: `line:column printed label | metric period basis measure value unit`.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::super::{Outline, Page, Text};
use crate::model::{Company, Document};
use crate::vocabulary::Vocabulary;

fn facts(profile: &str, text: &str) -> Vec<String> {
    let company: Company = toml::from_str(profile).expect("a test writes a profile");
    let document = Document {
        name: Arc::from("snippet.txt"),
        path: String::new(),
        lines: text.split('\n').map(str::to_owned).collect(),
    };
    let vocabulary = Vocabulary::of(&company);
    let text = Text::of(&document, &company.fiscal_year);
    let outline = Outline::of(&text, &document.name, &company, &vocabulary);
    let page = Page { company: &company, vocabulary: &vocabulary, document: &document, text: &text, outline: &outline };
    let mut found = super::read(&page, &BTreeSet::new());
    found.sort_by_key(|fact| (fact.source.line, fact.source.column));
    let shown = found.iter().map(|fact| {
        let metric = fact.metric.as_ref().map_or("-", |metric| metric.as_str());
        format!(
            "{}:{} {} {} | {metric} {} {} {} {} {}",
            fact.source.line,
            fact.source.column,
            fact.source.printed,
            fact.label,
            fact.period,
            fact.basis.name(),
            fact.measure.name(),
            fact.value,
            fact.unit
        )
    });
    shown.collect()
}

const JAPAN: &str =
    "name = \"Example Inc.\"\nshort_name = \"Example\"\ncurrency = \"JPY\"\n[fiscal_year]\nfirst_month = 4\n";
const AMERICA: &str =
    "name = \"Example Inc.\"\nshort_name = \"Example\"\ncurrency = \"USD\"\n[fiscal_year]\nfirst_month = 1\n";

fn check(profile: &str, text: &str, expected: &[&str]) {
    let seen = facts(profile, text);
    assert_eq!(seen.iter().map(String::as_str).collect::<Vec<_>>(), expected, "{text}");
}

#[test]
fn rows_of_running_text_have_as_many_cells_as_columns() {
    check(
        JAPAN,
        "Summary 1Q17 1Q18 YoY\n\nChange JPY millions JPY millions % Total revenues*1 1,000 1,100 10.0 Operating loss 20 (5) - Note",
        &[
            "3:53 1,000 Total revenues*1 | revenue 1Q17 actual level 1000 JPY million",
            "3:59 1,100 Total revenues*1 | revenue 1Q18 actual level 1100 JPY million",
            "3:65 10.0 Total revenues*1 | revenue 1Q18 actual yoy_pct 10.0 %",
            "3:85 20 Operating loss | operating_income 1Q17 actual level -20 JPY million",
            "3:88 (5) Operating loss | operating_income 1Q18 actual level -5 JPY million",
        ],
    );
}

#[test]
fn prose_behind_a_table_is_no_row_of_it() {
    check(
        JAPAN,
        "1Q17 1Q18 JPY millions JPY millions Total revenues 1,000 1,100 Net income 50 60 Sales were up. We had 5 7 there.",
        &[
            "1:52 1,000 Total revenues | revenue 1Q17 actual level 1000 JPY million",
            "1:58 1,100 Total revenues | revenue 1Q18 actual level 1100 JPY million",
            "1:75 50 Net income | net_income_including_nci 1Q17 actual level 50 JPY million",
            "1:78 60 Net income | net_income_including_nci 1Q18 actual level 60 JPY million",
        ],
    );
}

#[test]
fn translations_and_shares_beside_amounts_are_of_their_times() {
    check(
        JAPAN,
        "Three Months Ended June 30, 2012 Three Months Ended June 30, 2013 Thousands of JPY % of total revenues Thousands of U.S. Dollars \
         Thousands of JPY % of total revenues Total revenues 24,913,213 100.0 268,202 26,599,440 100.0 Net income 900 3.6 8 1,000 3.8",
        &[
            "1:182 24,913,213 Total revenues | revenue 1Q12 actual level 24913213 JPY thousand",
            "1:193 100.0 Total revenues | revenue 1Q12 actual share_of_revenue_pct 100.0 %",
            "1:199 268,202 Total revenues | revenue 1Q13 actual level 268202 USD thousand",
            "1:207 26,599,440 Total revenues | revenue 1Q13 actual level 26599440 JPY thousand",
            "1:218 100.0 Total revenues | revenue 1Q13 actual share_of_revenue_pct 100.0 %",
            "1:235 900 Net income | net_income_including_nci 1Q12 actual level 900 JPY thousand",
            "1:239 3.6 Net income | net_income_including_nci 1Q12 actual margin_pct 3.6 %",
            "1:243 8 Net income | net_income_including_nci 1Q13 actual level 8 USD thousand",
            "1:245 1,000 Net income | net_income_including_nci 1Q13 actual level 1000 JPY thousand",
            "1:251 3.8 Net income | net_income_including_nci 1Q13 actual margin_pct 3.8 %",
        ],
    );
}

#[test]
fn figures_inside_a_label_belong_to_the_dates_that_it_names_respectively() {
    check(
        JAPAN,
        "Balance Sheets As of March 31, 2018 As of June 30, 2018 Thousands of JPY Thousands of JPY ASSETS CURRENT ASSETS: Accounts receivable, \
         net of allowance for doubtful accounts of JPY 123 thousand and JPY 128 thousand at March 31, 2018 and June 30, 2018, respectively \
         31,830 30,615 TOTAL 153,448 163,621",
        &[
            "1:181 123 Accounts receivable: allowance for doubtful accounts | - 2018-03-31 actual level 123 JPY thousand",
            "1:202 128 Accounts receivable: allowance for doubtful accounts | - 2018-06-30 actual level 128 JPY thousand",
            "1:265 31,830 Accounts receivable, net of allowance for doubtful accounts | accounts_receivable 2018-03-31 actual level 31830 JPY thousand",
            "1:272 30,615 Accounts receivable, net of allowance for doubtful accounts | accounts_receivable 2018-06-30 actual level 30615 JPY thousand",
            "1:285 153,448 TOTAL | total_assets 2018-03-31 actual level 153448 JPY thousand",
            "1:293 163,621 TOTAL | total_assets 2018-06-30 actual level 163621 JPY thousand",
        ],
    );
}

#[test]
fn years_under_days_under_spans_make_periods() {
    check(
        AMERICA,
        "                       CONSOLIDATED STATEMENTS OF INCOME\n\
         \x20                       (in millions, except per share amounts)\n\
         \x20                         Three Months Ended        Nine Months Ended\n\
         \x20                           September 30,             September 30,\n\
         \x20                         2023         2022         2023         2022\n\
         Net sales               $   100      $    90      $   300      $   280\n\
         Cost of sales                60           55          180          170\n\
         Gross profit                 40           35          120          110\n\
         Earnings per share:\n\
         \x20 Basic                $   1.10     $   1.00     $   3.30     $   3.10\n",
        &[
            "6:29 100 Net sales | revenue 3Q23 actual level 100 USD million",
            "6:43 90 Net sales | revenue 3Q22 actual level 90 USD million",
            "6:55 300 Net sales | revenue 9M23 actual level 300 USD million",
            "6:68 280 Net sales | revenue 9M22 actual level 280 USD million",
            "7:30 60 Cost of sales | cost_of_revenue 3Q23 actual level 60 USD million",
            "7:43 55 Cost of sales | cost_of_revenue 3Q22 actual level 55 USD million",
            "7:55 180 Cost of sales | cost_of_revenue 9M23 actual level 180 USD million",
            "7:68 170 Cost of sales | cost_of_revenue 9M22 actual level 170 USD million",
            "8:30 40 Gross profit | gross_profit 3Q23 actual level 40 USD million",
            "8:43 35 Gross profit | gross_profit 3Q22 actual level 35 USD million",
            "8:55 120 Gross profit | gross_profit 9M23 actual level 120 USD million",
            "8:68 110 Gross profit | gross_profit 9M22 actual level 110 USD million",
            "10:28 1.10 Basic | eps_basic 3Q23 actual level 1.10 USD",
            "10:41 1.00 Basic | eps_basic 3Q22 actual level 1.00 USD",
            "10:54 3.30 Basic | eps_basic 9M23 actual level 3.30 USD",
            "10:67 3.10 Basic | eps_basic 9M22 actual level 3.10 USD",
        ],
    );
}

#[test]
fn a_summary_page_in_full_width_and_blanks_is_read_like_one_in_tabs() {
    check(
        JAPAN,
        "2019年３月期　第１四半期決算短信〔ＩＦＲＳ〕（連結）　2018年８月３日\n\
         売上収益 営業利益 税引前利益 親会社の所有者に\n\
         帰属する四半期利益\n\
         百万円 ％ 百万円 ％ 百万円 ％ 百万円 ％\n\
         2019年３月期第１四半期 45,000 9.5 1,500 △3.2 1,400 － 900 12.0\n\
         2018年３月期第１四半期 41,096 － 1,550 － 1,450 － 803 －\n\
         営業活動によるキャッシュ・フロー 投資活動によるキャッシュ・フロー 現金及び現金同等物期末残高\n\
         百万円 百万円 百万円\n\
         2018年３月期 12,000 △8,000 21,402\n",
        &[
            "5:15 45,000 売上収益 | revenue 1Q18 actual level 45000 JPY million",
            "5:22 9.5 売上収益 | revenue 1Q18 actual yoy_pct 9.5 %",
            "5:26 1,500 営業利益 | operating_income 1Q18 actual level 1500 JPY million",
            "5:32 △3.2 営業利益 | operating_income 1Q18 actual yoy_pct -3.2 %",
            "5:37 1,400 税引前利益 | income_before_tax 1Q18 actual level 1400 JPY million",
            "5:45 900 親会社の所有者に帰属する四半期利益 | net_income 1Q18 actual level 900 JPY million",
            "5:49 12.0 親会社の所有者に帰属する四半期利益 | net_income 1Q18 actual yoy_pct 12.0 %",
            "6:15 41,096 売上収益 | revenue 1Q17 actual level 41096 JPY million",
            "6:24 1,550 営業利益 | operating_income 1Q17 actual level 1550 JPY million",
            "6:32 1,450 税引前利益 | income_before_tax 1Q17 actual level 1450 JPY million",
            "6:40 803 親会社の所有者に帰属する四半期利益 | net_income 1Q17 actual level 803 JPY million",
            "9:10 12,000 営業活動によるキャッシュ・フロー | operating_cash_flow FY17 actual level 12000 JPY million",
            "9:17 △8,000 投資活動によるキャッシュ・フロー | investing_cash_flow FY17 actual level -8000 JPY million",
            "9:24 21,402 現金及び現金同等物期末残高 | cash 2018-03-31 actual level 21402 JPY million",
        ],
    );
}

#[test]
fn a_summary_given_column_by_column_is_read_where_growth_tells_its_order() {
    check(
        JAPAN,
        "2021年3月期 第2四半期決算短信〔日本基準〕（連結）　2020年11月6日\n\
         2021年3月期第2四半期 2020年3月期第2四半期\n\
         売上高 百万円 ％ 12,345 △6.5 13,210 2.1\n\
         営業利益 百万円 ％ △20 － 1,410 5.0\n",
        &[
            "3:11 12,345 売上高 | revenue 1H20 actual level 12345 JPY million",
            "3:18 △6.5 売上高 | revenue 1H20 actual yoy_pct -6.5 %",
            "3:23 13,210 売上高 | revenue 1H19 actual level 13210 JPY million",
            "3:30 2.1 売上高 | revenue 1H19 actual yoy_pct 2.1 %",
            "4:12 △20 営業利益 | operating_income 1H20 actual level -20 JPY million",
            "4:18 1,410 営業利益 | operating_income 1H19 actual level 1410 JPY million",
            "4:24 5.0 営業利益 | operating_income 1H19 actual yoy_pct 5.0 %",
        ],
    );
    check(
        JAPAN,
        "2021年3月期 第2四半期決算短信〔日本基準〕（連結）　2020年11月6日\n\
         2021年3月期第2四半期 2020年3月期第2四半期\n\
         売上高 百万円 ％ 12,345 △7.5 13,210 2.1\n\
         営業利益 百万円 ％ 1,020 △20.7 1,410 5.0\n",
        &[],
    );
}

#[test]
fn years_that_stand_apart_from_their_days_make_columns() {
    check(
        AMERICA,
        "Calder Reports Third Quarter 2019 Results\n\
         October 24, 2019\n\
         (in thousands)\n\
         Three Months Ended Nine Months Ended\n\
         September 30, September 30,\n\
         2019 2018 2019 2018\n\
         Revenue $ 412,604 $ 378,520 $ 1,195,233 $ 1,102,410\n\
         Net loss $ (4,210) $ (3,980) $ (12,300) $ (11,850)\n",
        &[
            "7:11 412,604 Revenue | revenue 3Q19 actual level 412604 USD thousand",
            "7:21 378,520 Revenue | revenue 3Q18 actual level 378520 USD thousand",
            "7:31 1,195,233 Revenue | revenue 9M19 actual level 1195233 USD thousand",
            "7:43 1,102,410 Revenue | revenue 9M18 actual level 1102410 USD thousand",
            "8:12 (4,210) Net loss | net_income_including_nci 3Q19 actual level -4210 USD thousand",
            "8:22 (3,980) Net loss | net_income_including_nci 3Q18 actual level -3980 USD thousand",
            "8:32 (12,300) Net loss | net_income_including_nci 9M19 actual level -12300 USD thousand",
            "8:43 (11,850) Net loss | net_income_including_nci 9M18 actual level -11850 USD thousand",
        ],
    );
}

#[test]
fn labels_that_name_nothing_alone_are_told_with_what_they_stand_under() {
    check(
        JAPAN,
        "Consolidated Statements of Cash Flows Nine Months Ended December 31, 2017 Nine Months Ended December 31, 2018 Thousands of JPY \
         Thousands of JPY INVESTING ACTIVITIES: Payments of guarantee deposits (298) (11) Other (9,710) (9,698)",
        &[
            "1:198 (298) Payments of guarantee deposits | - 9M17 actual level -298 JPY thousand",
            "1:204 (11) Payments of guarantee deposits | - 9M18 actual level -11 JPY thousand",
            "1:215 (9,710) INVESTING ACTIVITIES: Other | - 9M17 actual level -9710 JPY thousand",
            "1:223 (9,698) INVESTING ACTIVITIES: Other | - 9M18 actual level -9698 JPY thousand",
        ],
    );
}

#[test]
fn what_a_label_counts_is_not_translated() {
    check(
        JAPAN,
        "Three Months Ended June 30, 2012 Three Months Ended June 30, 2013 Three Months Ended June 30, 2013 Thousands of JPY Thousands of JPY \
         Thousands of U.S. Dollars Total revenues 24,913,213 26,599,440 268,202 Net income per share (JPY) 12.30 14.50 0.15 \
         Average number (shares) 45,062 45,070 45,080",
        &[
            "1:175 24,913,213 Total revenues | revenue 1Q12 actual level 24913213 JPY thousand",
            "1:186 26,599,440 Total revenues | revenue 1Q13 actual level 26599440 JPY thousand",
            "1:197 268,202 Total revenues | revenue 1Q13 actual level 268202 USD thousand",
            "1:232 12.30 Net income per share (JPY) | eps_basic 1Q12 actual level 12.30 JPY",
            "1:238 14.50 Net income per share (JPY) | eps_basic 1Q13 actual level 14.50 JPY",
            "1:273 45,062 Average number (shares) | - 1Q12 actual level 45062 shares",
            "1:280 45,070 Average number (shares) | - 1Q13 actual level 45070 shares",
        ],
    );
}
