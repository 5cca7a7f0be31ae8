//! The title line of a document without what a news site or a converter prints around it: a leading date stamp, and everything
//! from a time stamp on.

use chrono::NaiveDate;

/// The title's own words.
pub(super) fn clean(line: &str) -> String {
    let words: Vec<&str> = line.split_whitespace().collect();
    let stamps = words.iter().take_while(|word| is_label(word) || is_day(word)).count();
    let stamped = words[..stamps].iter().any(|word| is_day(word));
    let words = if stamped && stamps < words.len() { &words[stamps..] } else { &words[..] };
    let end = words.iter().position(|word| is_stamp(word)).filter(|at| *at > 0).unwrap_or(words.len());
    let mut kept = words[..end].to_vec();
    // A counter of shares or comments stands before the stamp.
    if end < words.len() && kept.len() > 1 && kept.last().is_some_and(|word| word.parse::<u32>().is_ok()) {
        kept.pop();
    }
    kept.join(" ").trim_end_matches([' ', '|', '-', ':', ',']).to_owned()
}

fn is_label(word: &str) -> bool {
    let word = word.trim_end_matches(':');
    word.eq_ignore_ascii_case("date") || word.eq_ignore_ascii_case("published")
}

/// `2019-02-06`
fn is_day(word: &str) -> bool {
    NaiveDate::parse_from_str(word, "%Y-%m-%d").is_ok()
}

/// `02/06/2019`, `10:13pm`
fn is_stamp(word: &str) -> bool {
    let clock = word.split_once(':').is_some_and(|(hour, rest)| {
        let minutes: String = rest.chars().take_while(char::is_ascii_digit).collect();
        !hour.is_empty() && hour.len() <= 2 && hour.chars().all(|c| c.is_ascii_digit()) && minutes.len() == 2
    });
    clock || NaiveDate::parse_from_str(word, "%m/%d/%Y").is_ok() || NaiveDate::parse_from_str(word, "%d/%m/%Y").is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(line: &str, expected: &str) {
        assert_eq!(clean(line), expected, "{line}");
    }

    #[test]
    fn a_title_sheds_the_stamps_around_it() {
        check(
            " date 2019-02-06 Acme Announces Results for the Year Ending March 31, 2019 0 02/06/2019 | 10:13pm EST Send by mail :",
            "Acme Announces Results for the Year Ending March 31, 2019",
        );
        check(
            "Results for 1Q FY2017 (3 months ended June 30, 2017)",
            "Results for 1Q FY2017 (3 months ended June 30, 2017)",
        );
        check("2019-02-06", "2019-02-06");
        check("Date of the meeting: May 15, 2012", "Date of the meeting: May 15, 2012");
    }
}
