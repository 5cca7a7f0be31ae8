//! Where a sentence stands on the pages: its characters are sought among those that were set, white space and marks aside. So
//! it is found whatever a page template makes of it, in every language, over line ends and page ends.

use std::collections::BTreeSet;

use unicode_normalization::UnicodeNormalization;

use crate::brief::{Sheet, Words};

/// Left, top, width and height in points.
pub type Area = [f64; 4];

/// How far above its line a letter reaches, and how high an area is, in parts of the font's size.
const ASCENT: f64 = 0.82;
const HEIGHT: f64 = 1.1;
/// A sentence that is interrupted, as by the foot of a page, goes on within so many stretches of text.
const GAP: usize = 120;
/// How many characters must agree to begin or to go on.
const SURE: usize = 12;

/// What is printed for a character that no font has.
const STAND_IN: char = '\u{25A1}';

/// A character that was set.
#[derive(Clone, Copy)]
struct Set {
    c: char,
    page: usize,
    words: usize,
    /// Which character of the words.
    at: usize,
}

/// The places of each sentence, in the order of the sentences: page, and an area for each line.
pub fn locate(sentences: &[String], sheets: &[Sheet], mark: &str) -> Vec<Vec<(usize, Area)>> {
    let set = characters(sheets, mark);
    // What no page shows was dropped before it was set.
    let shown: BTreeSet<char> = set.iter().map(|set| set.c).collect();
    let mut cursor = 0;
    let mut place = |sentence: &String| {
        let wanted: Vec<char> = sentence.nfc().filter(|c| counts(*c, mark) && shown.contains(c)).collect();
        let from_cursor = find(&set, &wanted, cursor);
        let found =
            from_cursor.or_else(|| find(&set, &wanted, 0)).or_else(|| find_torn(&set, &wanted)).unwrap_or_default();
        cursor = found.last().map_or(cursor, |last| last + 1);
        areas(&found.into_iter().map(|index| set[index]).collect::<Vec<_>>(), sheets)
    };
    sentences.iter().map(&mut place).collect()
}

fn counts(c: char, mark: &str) -> bool {
    !c.is_whitespace() && c != STAND_IN && !mark.contains(c)
}

fn characters(sheets: &[Sheet], mark: &str) -> Vec<Set> {
    let mut set = Vec::new();
    for (page, sheet) in sheets.iter().enumerate() {
        for (words, stretch) in sheet.words.iter().enumerate() {
            let wanted = stretch.text.chars().enumerate().filter(|(_, c)| counts(*c, mark));
            set.extend(wanted.map(|(at, c)| Set { c, page, words, at }));
        }
    }
    set
}

/// The first place at or behind `from` where all characters follow one another.
fn find(set: &[Set], wanted: &[char], from: usize) -> Option<Vec<usize>> {
    let last = set.len().checked_sub(wanted.len())?;
    let fits = |start: &usize| set[*start..].iter().zip(wanted).all(|(set, wanted)| set.c == *wanted);
    let start = if wanted.is_empty() { None } else { (from..=last).find(fits) }?;
    Some((start..start + wanted.len()).collect())
}

/// The same where other words stand between its parts.
fn find_torn(set: &[Set], wanted: &[char]) -> Option<Vec<usize>> {
    let agree = |at: usize, part: &[char]| {
        let part = &part[..part.len().min(SURE)];
        set.len() - at >= part.len() && set[at..].iter().zip(part).all(|(set, wanted)| set.c == *wanted)
    };
    let begins = |at: &usize| wanted.len() > SURE && agree(*at, wanted);
    (0..set.len()).filter(begins).find_map(|start| {
        let mut found: Vec<usize> = Vec::new();
        let mut at = start;
        while found.len() < wanted.len() {
            let rest = &wanted[found.len()..];
            if set.get(at)?.c == rest[0] {
                found.push(at);
                at += 1;
                continue;
            }
            let stretch = |index: usize| (set[index].page, set[index].words);
            let starts = (at.max(1)..set.len()).filter(|index| stretch(*index) != stretch(index - 1));
            at = starts.take(GAP).find(|index| agree(*index, rest))?;
        }
        Some(found)
    })
}

/// An area for each line that the characters stand on.
fn areas(set: &[Set], sheets: &[Sheet]) -> Vec<(usize, Area)> {
    let mut areas: Vec<(usize, Area)> = Vec::new();
    for one in set {
        let words: &Words = &sheets[one.page].words[one.words];
        let (left, right) = (words.stops[one.at], words.stops[one.at + 1]);
        let (top, height) = (words.baseline - ASCENT * words.size, HEIGHT * words.size);
        match areas.last_mut() {
            Some((page, area)) if *page == one.page && (area[1] - top).abs() < words.size / 2.0 && right > area[0] => {
                area[2] = area[2].max(right - area[0]);
            }
            _ => areas.push((one.page, [left, top, right - left, height])),
        }
    }
    areas
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Each line is a stretch of text whose characters are one point wide.
    fn sheet(lines: &[&str]) -> Sheet {
        let words = |(line, text): (usize, &&str)| Words {
            text: (*text).to_owned(),
            stops: (0..=text.chars().count()).map(|stop| stop as f64).collect(),
            baseline: 10.0 * line as f64,
            size: 8.0,
        };
        let words = lines.iter().enumerate().map(words).collect();
        Sheet {
            svg: String::new(),
            mark: String::new(),
            width: 100.0,
            height: 100.0,
            words,
            figures: Vec::new(),
            pictures: Vec::new(),
        }
    }

    fn check(sentence: &str, pages: &[&[&str]], expected: &str) {
        let sheets: Vec<Sheet> = pages.iter().map(|lines| sheet(lines)).collect();
        let found = locate(&[sentence.to_owned()], &sheets, "†").remove(0);
        let shown: Vec<String> = found
            .iter()
            .map(|(page, [x, y, width, _])| format!("{page}: {x}+{width} line {}", ((y + ASCENT * 8.0) / 10.0).round()))
            .collect();
        assert_eq!(shown.join(", "), expected, "{sentence}");
    }

    #[test]
    fn a_sentence_is_found_over_line_ends_and_marks() {
        check(
            "Revenue rose 5.4%.",
            &[&["Heading", "Revenue rose", "5.4%†. Other words."]],
            "0: 0+12 line 1, 0: 0+6 line 2",
        );
        check("売上高は増加した。", &[&["前文。売上高は", "増加した。次"]], "0: 3+4 line 0, 0: 0+5 line 1");
        check("Evil\u{202e} \u{E000}rose.", &[&["Evil □rose."]], "0: 0+11 line 0");
        check("Nothing of the kind.", &[&["Revenue rose"]], "");
        check("", &[&["Revenue rose"]], "");
    }

    #[test]
    fn a_sentence_goes_on_behind_the_foot_of_a_page() {
        let first: &[&str] = &["Operating income rose", "Page 1"];
        let second: &[&str] = &["IIJ 1Q17", "to a new height in the quarter."];
        check(
            "Operating income rose to a new height in the quarter.",
            &[first, second],
            "0: 0+21 line 0, 1: 0+31 line 1",
        );
    }

    #[test]
    fn of_equal_sentences_each_has_its_own_place() {
        let sheets = [sheet(&["It rose.", "It rose."])];
        let found = locate(&["It rose.".to_owned(), "It rose.".to_owned()], &sheets, "†");
        assert_eq!(found.iter().map(|places| places[0].1[1]).collect::<Vec<_>>(), [-ASCENT * 8.0, 10.0 - ASCENT * 8.0]);
    }
}
