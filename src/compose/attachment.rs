//! `brief.json`, the data that travels inside the PDF: figures with their origin, sentences, documents.

use serde::Serialize;

use super::Parts;
use super::proofs::{Proofs, by_id};
use crate::brief::Attachment;
use crate::history::{DocumentInfo, SeriesRecord};
use crate::language::Language;
use crate::narrative::Narrative;

/// The form of the file. Its version changes when a field changes its meaning.
#[derive(Serialize)]
struct BriefData<'a> {
    schema: u32,
    company: &'a str,
    quarter: String,
    language: Language,
    generator: &'static str,
    documents: Vec<&'a DocumentInfo>,
    narrative: &'a Narrative,
    figures: Vec<FigureData>,
}

/// One figure of the brief.
#[derive(Serialize)]
struct FigureData {
    id: String,
    measure: &'static str,
    #[serde(flatten)]
    record: SeriesRecord,
}

/// The attachment of a brief.
pub fn of(parts: &Parts<'_>, proofs: &Proofs<'_>) -> Attachment {
    let figures = by_id(proofs.figures());
    let data = BriefData {
        schema: 1,
        company: &parts.history.company().id,
        quarter: parts.quarter.to_string(),
        language: parts.phrases.language,
        generator: concat!("tanshin ", env!("CARGO_PKG_VERSION")),
        documents: parts.history.documents().iter().filter(|document| proofs.cites(&document.name)).collect(),
        narrative: parts.narrative,
        figures: figures
            .into_iter()
            .map(|(id, figure)| FigureData {
                id,
                measure: figure.id.measure.name(),
                record: parts.history.series_record(figure),
            })
            .collect(),
    };
    let bytes = serde_json::to_vec(&data).expect("figures and sentences are strings, numbers and lists");
    Attachment { bytes, description: parts.phrases.page.attachment.clone() }
}
