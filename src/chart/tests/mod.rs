//! Charts as a whole: real figures as snapshots, random ones as properties.

mod examples;
mod properties;
mod snapshots;

use super::Faces;

const LATIN: &[u8] = include_bytes!("../../../fonts/SourceSans3.ttf");
const JAPANESE: &[u8] = include_bytes!("../../../fonts/NotoSansJP-Regular.ttf");

/// The faces of the page.
pub(super) fn faces() -> Faces<'static> {
    Faces::new(LATIN, JAPANESE).expect("the fonts of this project are fonts")
}
