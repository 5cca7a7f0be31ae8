//! What must hold for the pages of every brief, at every length and on every sheet: not too many, the last one not nearly empty, nothing
//! beyond the margins, no text upon text, no heading alone at the foot.

use crate::brief::{Geometry, Pages, Stretch};

/// A last page is filled down to a third of its height where gaps can bring that about, and never less than to this share.
const LEAST: f64 = 0.2;

/// The margins of the page template in points.
const SIDE: f64 = 51.0;
const FOOT: f64 = 50.0;
/// The width of the margin column with its gutter: what stands right of it stands beside a heading.
const MARGIN_COLUMN: f64 = 105.0;
/// The mark of a calculated figure hangs in the margin.
const HANGING: f64 = 6.0;
/// A heading of three lines.
const HEADING: f64 = 45.0;
/// How far boxes of letters may reach into each other: their sides are not drawn to the edge.
const TOUCH: f64 = 1.0;

/// The rules that the pages of a brief break, which may be so many more than its length says.
pub fn broken(pages: &Pages<'_>, more: usize) -> Vec<String> {
    let (count, most) = (pages.count(), pages.most().saturating_add(more));
    let mut broken = Vec::new();
    if count > most {
        broken.push(format!("{count} pages, {most} at most"));
    }
    if count > 1 && pages.fill() < LEAST {
        broken.push(format!("the last page is {:.2} full", pages.fill()));
    }
    let sheets = pages.geometry().into_iter().enumerate();
    broken.extend(
        sheets.flat_map(|(at, sheet)| faults(&sheet).into_iter().map(move |f| format!("page {}: {f}", at + 1))),
    );
    broken
}

/// What is wrong with a page.
fn faults(sheet: &Geometry) -> Vec<String> {
    let mut faults = Vec::new();
    for text in &sheet.texts {
        let words = &text.text;
        if text.left < SIDE - 1.0 || text.right > sheet.width - SIDE + HANGING {
            faults.push(format!("`{words}` reaches from {:.1} to {:.1}", text.left, text.right));
        }
        if text.baseline > sheet.height - 20.0 || text.baseline - text.size < 20.0 {
            faults.push(format!("`{words}` stands at {:.1}", text.baseline));
        }
    }
    let body = |text: &&Stretch| text.baseline < sheet.height - FOOT;
    for top in &sheet.headings {
        let follows = sheet.texts.iter().filter(body).any(|text| {
            let beside = text.left > SIDE + MARGIN_COLUMN && text.baseline > top - 2.0;
            beside || text.baseline > top + HEADING
        });
        if !follows {
            faults.push(format!("a heading stands alone at {top:.1}"));
        }
    }
    faults.extend(overlaps(sheet));
    faults
}

/// Stretches of text that stand upon each other; a box reaches from the baseline to the height of capitals.
fn overlaps(sheet: &Geometry) -> Vec<String> {
    let mut texts: Vec<&Stretch> = sheet.texts.iter().filter(|text| !text.text.trim().is_empty()).collect();
    texts.sort_by(|a, b| a.baseline.total_cmp(&b.baseline));
    let top = |text: &Stretch| text.baseline - 0.66 * text.size;
    let mut found = Vec::new();
    for (index, text) in texts.iter().enumerate() {
        let lower = texts[index + 1..].iter().take_while(|lower| lower.baseline < text.baseline + 30.0);
        let upon = lower.filter(|lower| {
            let across = text.right.min(lower.right) - text.left.max(lower.left);
            text.baseline - top(lower) > TOUCH && across > TOUCH
        });
        found.extend(upon.map(|lower| format!("`{}` stands upon `{}`", lower.text, text.text)));
    }
    found
}

#[test]
fn faults_of_pages_are_found() {
    let stretch =
        |text: &str, left, right, baseline| Stretch { text: text.to_owned(), left, right, baseline, size: 10.0 };
    let sheet = |texts: Vec<Stretch>, headings| Geometry { width: 600.0, height: 800.0, texts, headings };
    let check = |texts, headings, expected: &[&str]| assert_eq!(faults(&sheet(texts, headings)), expected);
    check(vec![stretch("Revenue", 60.0, 100.0, 100.0), stretch("rose", 60.0, 80.0, 112.0)], vec![], &[]);
    check(vec![stretch("Revenue", 60.0, 560.0, 100.0)], vec![], &["`Revenue` reaches from 60.0 to 560.0"]);
    check(vec![stretch("Revenue", 60.0, 100.0, 795.0)], vec![], &["`Revenue` stands at 795.0"]);
    check(vec![stretch("Result", 60.0, 100.0, 708.0)], vec![700.0], &["a heading stands alone at 700.0"]);
    let upon = vec![stretch("Revenue", 60.0, 100.0, 100.0), stretch("rose", 90.0, 120.0, 103.0)];
    check(upon, vec![], &["`rose` stands upon `Revenue`"]);
}
