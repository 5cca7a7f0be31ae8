//! Shares issued or bought back, told under a heading of their own: `Share Buyback`, with its size and its time in bullets below. The
//! heading is the subject of what stands below it, so both are one statement.

use super::super::Page;
use crate::model::{Remark, RemarkKind};
use crate::vocabulary::statements::any;

/// A heading has no more letters.
const HEADING: usize = 40;
/// Bullets that are taken: size and time.
const BULLETS: usize = 2;
/// Lines without words between a heading and its bullets.
const BLANKS: usize = 2;

/// The statements under such headings.
pub(super) fn read(page: &Page<'_>) -> Vec<Remark> {
    (0..page.text.lines.len()).filter_map(|line| statement(page, line)).collect()
}

fn statement(page: &Page<'_>, line: usize) -> Option<Remark> {
    let lines = &page.text.lines;
    let heading: String = lines[line].iter().collect();
    let column = heading.chars().position(char::is_alphanumeric)?;
    let heading: String = heading.chars().skip(column).collect();
    let is_heading = heading.chars().count() <= HEADING
        && heading.starts_with(char::is_uppercase)
        && !heading.contains(|c: char| c.is_ascii_digit() || c == '\t')
        && any(&page.vocabulary.statements().capital, &heading.to_lowercase());
    if !is_heading {
        return None;
    }
    let below = lines[line + 1..].iter().map(|chars| chars.iter().collect::<String>());
    let blanks = below.clone().take(BLANKS).take_while(|text| text.trim().is_empty()).count();
    let bullets: Vec<String> = below.skip(blanks).map_while(|text| bullet(&text)).take(BULLETS).collect();
    let sized = bullets.first()?.contains(|c: char| c.is_ascii_digit());
    sized.then(|| Remark {
        document: page.document.name.clone(),
        line: line + 1,
        column: column + 1,
        text: format!("{}: {}", heading.trim_end(), bullets.join("; ")),
        kind: RemarkKind::Capital,
        topic: None,
        period: page.outline.scopes[line].period.or(page.outline.period),
        states: false,
    })
}

/// The words of a bullet.
fn bullet(text: &str) -> Option<String> {
    let text = text.trim();
    let words = text.trim_start_matches(|c: char| !c.is_alphanumeric());
    (words.len() < text.len() && !words.is_empty() && !words.contains('\t')).then(|| words.to_owned())
}
