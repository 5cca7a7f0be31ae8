//! Printed times and what they are.

use super::*;
use crate::model::NamedAfter;

fn check_with(calendar: Calendar, text: &str, expected: &str) {
    let chars: Vec<char> = text.chars().collect();
    let seen = read(&chars, 0, &calendar).map_or_else(
        || "none".to_owned(),
        |(time, end)| {
            let rest: String = chars[end..].iter().collect();
            match time {
                Time::At(period) => format!("{period} <{rest}>"),
                Time::Span(months) => format!("{months} months <{rest}>"),
                Time::Bare(number) => format!("bare {number} <{rest}>"),
            }
        },
    );
    assert_eq!(seen, expected, "{text}");
}

fn check(text: &str, expected: &str) {
    check_with(Calendar { first_month: 4, named_after: NamedAfter::Start }, text, expected);
}

#[test]
fn english_periods_are_read_in_all_their_forms() {
    check("1Q17 Results", "1Q17 < Results>");
    check("IQ17 revenue", "1Q17 < revenue>");
    check("1Q-3Q18 x", "9M18 < x>");
    check("1H16:", "1H16 <:>");
    check("2Q16-end GIO", "2016-09-30 < GIO>");
    check("1Q FY2013 (", "1Q13 < (>");
    check("FY2016", "FY16 <>");
    check("FY12:", "FY12 <:>");
    check("4Q11Internet", "4Q11 <Internet>");
    check("Third Quarter FY2018 x", "3Q18 < x>");
    check("3rd Quarter FY2018", "3Q18 <>");
    check("Nine months ended December 31, 2018 139", "9M18 < 139>");
    check("Nine Months Ended Nine", "9 months < Nine>");
    check("Fiscal Year Ending March 31, 2019", "FY18 <>");
    check("2019-02-06 IIJ", "2019-02-06 < IIJ>");
    check("June 30, 2017,", "2017-06-30 <,>");
    check("Mar. 31, 2016", "2016-03-31 <>");
    check("March 2012 rev", "2012-03 < rev>");
    check("1Q (June revenue)", "bare 1 < (June revenue)>");
    check("Full Year\t3", "bare 0 <\t3>");
    check("Q3 2023 x", "3Q23 < x>");
    check("H1 2019", "1H19 <>");
    check("9M19", "9M19 <>");
    check("FY3/2018", "FY17 <>");
    check("FY2018/3", "FY17 <>");
    check("31 December 2018", "2018-12-31 <>");
    check("15 Aug 2019", "2019-08-15 <>");
    check("April 1, 2015 to December 31, 2015)", "9M15 <)>");
    check("April-December 2018", "9M18 <>");
    check("first half of FY2019 and", "1H19 < and>");
    check("9 months for FY2013 9", "9M13 < 9>");
    check("six months of fiscal 2013 x", "1H13 < x>");
    check("4-12/2018 x", "9M18 < x>");
    check("7-9/2018\t1", "2Q18 <\t1>");
    check("1-9/2018", "none");
    check("10-9/2018", "none");
    check("Year ended 31 March 2018", "FY17 <>");
    check("first quarter of the fiscal year ending March 31, 2018", "1Q17 <>");
    check("third quarter of the fiscal year ending March 31, 2018", "bare 3 <>");
    check("Nine Months Ended Dec 2009", "9M09 <>");
    check("Fiscal Second Quarter 2024 x", "2Q24 < x>");
    check("Second fiscal quarter of 2024", "2Q24 <>");
    check("fiscal 2024 second quarter ended", "2Q24 < ended>");
    check("Q2 fiscal 2024", "2Q24 <>");
    check("FY2024 Q2 x", "2Q24 < x>");
    check("April 1 to September 30, 2010, x", "1H10 <, x>");
    check("1 April - 31 December 2021", "9M21 <>");
    check("April 5 to March", "none");
    check("FY20195 x", "FY19 < x>");
    check("9 months 2009", "9M09 <>");
    check("six months FY2010 x", "1H10 < x>");
    check("Q3 400", "none");
    check("March 5", "none");
    check("1,946", "none");
}

#[test]
fn japanese_periods_are_cumulative_from_the_start_of_the_fiscal_year() {
    let jin = Calendar { first_month: 9, named_after: NamedAfter::End };
    check_with(jin, "26年8月期第1四半期\t8", "1Q14 <\t8>");
    check_with(jin, "25年8月期（予想）", "FY13 <（予想）>");
    check_with(jin, "平成26年 8月期の", "FY14 <の>");
    check_with(jin, "平成25年 9月 1日～", "2013-09-01 <～>");
    check("2018年3月期第2四半期", "1H17 <>");
    check("3年3月期", "FY20 <>");
    check("令和元年9月30日", "2019-09-30 <>");
    check("2018年度第1四半期", "1Q18 <>");
    check("2014年4月1日～2014年9月30日）", "1H14 <）>");
    check("平成28年4月1日 至 平成29年3月31日", "FY16 <>");
    check("2025年3月期中間期", "1H24 <>");
    check("2019年3月期 第3四半期", "9M18 <>");
}
