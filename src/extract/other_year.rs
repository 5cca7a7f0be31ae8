//! Years of another calendar: `Total revenues for FY2011: JPY800 million` above `(Fiscal year end: December 31)` is no fiscal year of
//! this company, and has no name here.

use super::Page;
use super::time::month_number;
use crate::vocabulary::{has_any, normalize};

/// How many lines below may say so.
const REACH: usize = 2;
/// Longer lines are sentences about something else.
const LONGEST: usize = 60;

/// Whether a line right below says that the fiscal years of this one end in another month than the company's.
pub(super) fn is_of_another(page: &Page<'_>, line: usize) -> bool {
    let last = (page.company.fiscal_year.first_month + 10) % 12 + 1;
    let lines = &page.text.lines;
    let below = (line + 1..=line + REACH).filter(|below| lines.get(*below).is_some_and(|text| text.len() <= LONGEST));
    below.map(|below| normalize(page.text.line(below))).any(|key| {
        let ends = has_any(&key, &page.vocabulary.words().year_ends);
        ends && key.split(' ').filter_map(month_number).any(|month| month != u32::from(last))
    })
}
