//! When the targets that a document tells were announced, where it says so: `FY2017 Financial Target (Announced on May 15, 2017)`,
//! `our full year financial targets for FY2018, announced on May 15, 2018, remain unchanged`.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::{Page, Time};
use crate::model::Period;
use crate::vocabulary::{has_any, normalize};

/// How far before the date the target and its year are named.
const REACH: usize = 120;

/// The first day that the targets of a fiscal year stand since, as the document tells it.
pub(super) fn read(page: &Page<'_>) -> BTreeMap<i32, NaiveDate> {
    let words = page.vocabulary.words();
    let mut found = BTreeMap::new();
    for (line, tokens) in page.text.tokens.iter().enumerate() {
        for (at, token) in tokens.iter().enumerate() {
            let Some(Time::At(Period::Instant(day))) = token.time() else { continue };
            let before = page.text.slice(line, token.from.saturating_sub(REACH), token.from).to_lowercase();
            let behind = page.text.slice(line, token.to, (token.to + REACH).min(page.text.lines[line].len()));
            let leads = words.issued.iter().any(|word| before.trim_end().ends_with(word.as_str()));
            let follows = words.issued_behind.iter().any(|word| behind.starts_with(word.as_str()));
            let near = tokens[..at].iter().rev().take_while(|near| near.from + REACH >= token.from);
            let year = near.filter_map(|near| near.time()).find_map(|time| match time {
                Time::At(Period::Year(year)) => Some(year),
                _ => None,
            });
            let told = (leads || follows) && has_any(&normalize(&before), &words.target);
            let past = page.outline.date.is_none_or(|published| day <= published);
            if let Some(year) = year.filter(|_| told && past) {
                found.entry(year).and_modify(|first: &mut NaiveDate| *first = day.min(*first)).or_insert(day);
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::super::cases::iij;
    use super::super::{Outline, Text};
    use super::*;
    use crate::model::Document;
    use crate::vocabulary::Vocabulary;

    fn check(line: &str, expected: &str) {
        let company = iij();
        let vocabulary = Vocabulary::of(&company);
        let lines = vec!["Results, August 8, 2017".to_owned(), line.to_owned()];
        let document = Document { name: "a.txt".into(), path: "a.txt".to_owned(), lines };
        let text = Text::of(&document, &company.fiscal_year);
        let outline = Outline::of(&text, &document.name, &company, &vocabulary);
        let page =
            Page { company: &company, vocabulary: &vocabulary, document: &document, text: &text, outline: &outline };
        let seen: Vec<String> = read(&page).iter().map(|(year, day)| format!("{year}: {day}")).collect();
        assert_eq!(seen.join(", "), expected, "{line}");
    }

    #[test]
    fn a_document_says_since_when_the_targets_of_a_year_stand() {
        check("III - 4. FY2017 Financial Target (Announced on May 15, 2017)", "2017: 2017-05-15");
        check("FY2016 Financial Target (Remain unchanged from May 13, 2016)", "2016: 2016-05-13");
        check("our financial targets for FY2017, announced on May 15, 2017, remain unchanged", "2017: 2017-05-15");
        check("2018年3月期の業績予想（2017年5月15日公表）から変更はありません", "2017: 2017-05-15");
        check("Changed from JPY148.01 announced on May 15, 2017 due to new shares", "");
        check("FY2017 Results (Announced on May 15, 2017)", "");
        check("FY2017 Financial Target (Announced on November 8, 2017)", "");
    }
}
