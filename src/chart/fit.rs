//! Measuring words and making them fit a width: lines are broken between words and between Japanese characters; what still does not fit ends in `…`.

use unicode_segmentation::UnicodeSegmentation;

use super::Faces;
use super::words::{Font, Words};

/// The text cut to `width` points, with an ellipsis where something was cut.
pub(super) fn ellipsis(text: &str, width: f64, font: Font, faces: &Faces<'_>) -> String {
    let wide = |text: &str| faces.width(text, font.size, font.weight);
    if wide(text) <= width {
        return text.to_owned();
    }
    let mut kept = String::new();
    for grapheme in text.graphemes(true) {
        if wide(&format!("{kept}{grapheme}…")) > width {
            break;
        }
        kept.push_str(grapheme);
    }
    if kept.is_empty() { String::new() } else { format!("{}…", kept.trim_end()) }
}

/// The text in at most `most` lines of `width` points; the last one carries the ellipsis if there is one.
pub(super) fn wrap(text: &str, width: f64, most: usize, font: Font, faces: &Faces<'_>) -> Vec<String> {
    let wide = |text: &str| faces.width(text, font.size, font.weight);
    let mut lines: Vec<String> = Vec::new();
    let mut rest = text.trim();
    while !rest.is_empty() {
        if lines.len() + 1 >= most || wide(rest) <= width {
            lines.push(ellipsis(rest, width, font, faces));
            break;
        }
        let at = breaks(rest).take_while(|at| wide(rest[..*at].trim_end()) <= width).last();
        // A word wider than the line is not split: it ends the text with an ellipsis.
        let Some(at) = at else {
            lines.push(ellipsis(rest, width, font, faces));
            break;
        };
        lines.push(rest[..at].trim_end().to_owned());
        rest = rest[at..].trim_start();
    }
    lines.retain(|line| !line.is_empty());
    lines
}

/// Where a line may end: after a space, a hyphen or a slash, and on either side of a Japanese character, but not before
/// closing punctuation or a long-vowel mark.
fn breaks(text: &str) -> impl Iterator<Item = usize> + '_ {
    let pairs = text.char_indices().zip(text.char_indices().skip(1));
    pairs.filter_map(|((_, before), (at, after))| {
        let latin = matches!(before, ' ' | '-' | '/' | '–') && after != ' ';
        let japanese = (is_japanese(before) || is_japanese(after)) && before != '（' && before != '「';
        let forbidden = matches!(after, '、' | '。' | 'ー' | '）' | '」' | '・' | 'ッ' | 'ャ' | 'ュ' | 'ョ' | ' ');
        ((latin || japanese) && !forbidden).then_some(at)
    })
}

fn is_japanese(c: char) -> bool {
    matches!(c, '\u{3000}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{ff00}'..='\u{ffef}')
}

/// The width of words in points, as they will be drawn.
pub(super) fn width(words: &Words, faces: &Faces<'_>) -> f64 {
    faces.width(&faces.clean(&words.text), words.font.size, words.font.weight)
}

/// The widest of the words, with nothing as zero.
pub(super) fn widest<'w>(words: impl IntoIterator<Item = &'w Words>, faces: &Faces<'_>) -> f64 {
    words.into_iter().map(|words| width(words, faces)).fold(0.0, f64::max)
}

/// Words broken into at most `most` lines of a width.
pub(super) fn lines_of(words: &Words, width: f64, most: usize, faces: &Faces<'_>) -> Vec<Words> {
    let lines = wrap(&faces.clean(&words.text), width, most, words.font, faces);
    lines.into_iter().map(|text| Words { text, ..words.clone() }).collect()
}

/// The height that lines take in points.
pub(super) fn height_of(lines: &[Words]) -> f64 {
    lines.iter().map(|line| line.font.pitch()).sum()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chart::tests::faces;

    fn check(text: &str, width: f64, most: usize, expected: &[&str]) {
        assert_eq!(wrap(text, width, most, Font::regular(8.0), &faces()), expected, "{text} in {width}");
    }

    #[test]
    fn lines_are_broken_between_words_and_japanese_characters() {
        check("Revenue", 100.0, 2, &["Revenue"]);
        check("Systems integration", 50.0, 2, &["Systems", "integration"]);
        check("Selling, general and administrative", 60.0, 2, &["Selling, general", "and administra…"]);
        check("システムインテグレーション", 60.0, 2, &["システムインテ", "グレーション"]);
        check("販売費及び一般管理費", 32.0, 2, &["販売費及", "び一般…"]);
        check("Unbreakablelongword", 30.0, 3, &["Unbre…"]);
        check("", 30.0, 3, &[]);
    }

    #[test]
    fn a_character_is_never_cut_in_two() {
        let cut = ellipsis("e\u{301}e\u{301}e\u{301}e\u{301}", 14.0, Font::regular(8.0), &faces());
        assert!(cut.trim_end_matches('…').ends_with('\u{301}') || cut == "…" || cut.is_empty(), "{cut}");
    }
}
