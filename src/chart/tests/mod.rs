//! Charts as a whole: real figures as snapshots, random ones as properties.

mod examples;
mod properties;
mod snapshots;

use super::Faces;
use crate::language::{Alt, Language, Phrases};

const LATIN: &[u8] = include_bytes!("../../../fonts/SourceSans3.ttf");
const JAPANESE: &[u8] = include_bytes!("../../../fonts/NotoSansJP-Regular.ttf");

/// The words of the page.
pub(super) fn words() -> Alt {
    Phrases::built_in(Language::En).alt
}

/// The faces of the page.
pub(super) fn faces() -> Faces<'static> {
    Faces::new(LATIN, JAPANESE).expect("the fonts of this project are fonts")
}
