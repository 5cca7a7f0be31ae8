//! What must hold for the pages of every brief, at every length and on every paper: not too many, the last one not nearly empty,
//! nothing beyond the margins, no heading alone at the foot.

use std::path::Path;

use super::*;
use crate::brief::{NEARLY_EMPTY, Paper, Geometry, lay_out};
use crate::seed;

/// The margins of the page template in points.
const SIDE: f64 = 51.0;
const FOOT: f64 = 50.0;
/// The margin column: what stands right of it stands beside a heading.
const MARGIN_COLUMN: f64 = 105.0;
/// The mark of a derived figure hangs in the margin.
const HANGING: f64 = 6.0;
/// Three lines of a heading.
const HEADING: f64 = 45.0;

fn check_sheet(sheet: &Geometry, place: &str) {
    for text in &sheet.texts {
        let words = &text.text;
        assert!(text.left > SIDE - 1.0, "{place}: `{words}` begins at {:.1}", text.left);
        assert!(text.right < sheet.width - SIDE + HANGING, "{place}: `{words}` ends at {:.1}", text.right);
        assert!(text.baseline < sheet.height - 10.0, "{place}: `{words}` stands at {:.1}", text.baseline);
    }
    for top in &sheet.headings {
        let follows = sheet.texts.iter().any(|text| {
            let is_body = text.baseline < sheet.height - FOOT;
            let beside = text.left > SIDE + MARGIN_COLUMN && text.baseline > top - 2.0;
            is_body && (beside || text.baseline > top + HEADING)
        });
        assert!(follows, "{place}: a heading stands alone at {top:.1}");
    }
}

#[test]
fn no_page_of_any_brief_is_nearly_empty_overfull_or_ends_with_a_heading() {
    let engine = Engine::new(&BTreeMap::new()).expect("the built-in templates compile");
    let fonts = Fonts::embedded();
    let template = Template::built_in();
    let face = |family: &str| fonts.data(family).unwrap_or_default();
    let faces = &Faces::new(face("Source Sans 3"), face("Noto Sans JP")).expect("the embedded fonts");
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    for folder in ["seeds", "tests/documents"] {
        for seed in seed::load(&root.join(folder)).expect("a folder of companies").value {
            let library = run::read(&seed, None).value;
            let history = &run::aggregate(&library).value;
            for quarter in history.quarters() {
                let narrative = &narrative::narrate(history, quarter, &engine).expect("a narrative");
                for (length, paper) in [Length::Short, Length::Standard, Length::Full]
                    .into_iter()
                    .flat_map(|length| [Paper::A4, Paper::UsLetter].map(|paper| (length, paper)))
                {
                    let look = &Look { length, paper, ..Look::default() };
                    let parts = Parts { history, documents: &library.documents, quarter, narrative, faces, look };
                    let content = compose(&parts);
                    let pages = lay_out(&content, &template, &fonts).expect("pages");
                    let place = format!("{} {quarter}, {length:?}, {paper:?}", seed.company.id);
                    let most = length::most_pages(length).unwrap_or(usize::MAX);
                    assert!(pages.count() <= most, "{place}: {} pages", pages.count());
                    assert!(pages.count() == 1 || pages.fill() >= NEARLY_EMPTY, "{place}: {:.2} full", pages.fill());
                    for (number, sheet) in pages.geometry().iter().enumerate() {
                        check_sheet(sheet, &format!("{place}, page {}", number + 1));
                    }
                }
            }
        }
    }
}
