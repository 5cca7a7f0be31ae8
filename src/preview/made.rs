//! A brief that was made: its pages for the browser, its sentences with the template lines behind them.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use serde::Serialize;

use super::digest::Digest;
use super::locate::{Area, locate};
use super::project::Read;
use crate::brief::{Block, Content, Sheet, SourceEntry, Words};
use crate::compose;
use crate::model::Figure;
use crate::narrative::{Run, Sentence};
use crate::run::Draft;
use crate::templates::Templates;

/// A brief with all that can be asked about it.
pub struct Made {
    /// The company's short name.
    pub company: String,
    /// What it was made from.
    pub draft: Draft,
    /// Documents and figures behind it.
    pub read: Arc<Read>,
    /// Its pages.
    pub pages: Vec<Arc<Page>>,
    /// Its sentences, in order.
    pub sentences: Vec<Told>,
    /// What it is compared by.
    pub digest: Digest,
}

/// A page as the browser gets it.
#[derive(Debug)]
pub struct Page {
    /// The drawing's name: a hash of it.
    pub drawing_id: String,
    /// The drawing.
    pub drawing: Arc<[u8]>,
    /// The layer's name.
    pub layer_id: String,
    /// What lies over the drawing, as JSON.
    pub layer: Arc<[u8]>,
    /// Width in points.
    pub width: f64,
    /// Height in points.
    pub height: f64,
}

/// A sentence with what is behind it.
#[derive(Clone, Debug, Serialize)]
pub struct Told {
    /// Its name in the templates.
    pub name: String,
    /// Its words.
    pub text: String,
    /// Where the templates say it.
    pub template: Option<Written>,
    /// The figures that it stands on.
    pub figures: Vec<Named>,
}

/// The lines of a template that make a sentence.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Written {
    /// The file as the user would name it.
    pub file: String,
    /// Whether the file is the user's own.
    pub own: bool,
    /// The first line, from 1.
    pub line: usize,
    /// The lines.
    pub lines: Vec<String>,
}

/// A figure by its key, as the sources name it.
#[derive(Clone, Debug, Serialize)]
pub struct Named {
    /// What tells it from others.
    pub key: String,
    /// Its name.
    pub label: String,
    /// Its value with the unit.
    pub value: String,
}

/// What lies over a drawing.
#[derive(Serialize)]
struct Layer<'a> {
    /// Left, baseline, width, size and the words of each line.
    lines: Vec<(f64, f64, f64, f64, String)>,
    hits: Vec<Hit<'a>>,
}

/// A place that can be chosen.
#[derive(Serialize)]
#[serde(tag = "kind", rename_all = "lowercase")]
enum Hit<'a> {
    Sentence { index: usize, areas: Vec<Area> },
    Figure { key: &'a str, label: String, areas: Vec<Area> },
    Picture { label: &'a str, areas: Vec<Area> },
}

impl Made {
    /// A brief of its draft and pages.
    pub fn new(draft: Draft, sheets: &[Sheet], read: Arc<Read>, templates: &Templates) -> Self {
        let sources: BTreeMap<&str, &SourceEntry> =
            draft.content.sources.iter().map(|entry| (entry.id.as_str(), entry)).collect();
        let sentences: Vec<Told> =
            on_pages(&draft).into_iter().map(|sentence| told(sentence, &sources, &draft, templates)).collect();
        let texts: Vec<String> = sentences.iter().map(|sentence| sentence.text.clone()).collect();
        let places = locate(&texts, sheets, &draft.content.labels.derived_mark);
        let page = |(index, sheet): (usize, &Sheet)| Arc::new(page(index, sheet, &places, &sources));
        let pages: Vec<Arc<Page>> = sheets.iter().enumerate().map(page).collect();
        let marks = sheets.iter().map(|sheet| sheet.mark.clone()).collect();
        let digest = Digest::of(marks, &named(&draft));
        let company = draft.content.company_short.clone();
        Self { company, draft, read, pages, sentences, digest }
    }
}

/// Name and text of each sentence that stands on the pages.
pub fn named(draft: &Draft) -> Vec<(String, String)> {
    on_pages(draft).into_iter().map(|sentence| (sentence.name.clone(), plain(sentence))).collect()
}

/// The sentences that stand on the pages.
fn on_pages(draft: &Draft) -> Vec<&Sentence> {
    let printed = printed(&draft.content);
    let is_printed = |sentence: &&Sentence| {
        let text = compose::breakable(&plain(sentence));
        printed.iter().any(|block| block.contains(&text))
    };
    all(draft).into_iter().filter(is_printed).collect()
}

/// All sentences of a brief, in reading order.
fn all(draft: &Draft) -> Vec<&Sentence> {
    let told = &draft.narrative;
    let body = told.paragraphs.iter().flat_map(|paragraph| &paragraph.sentences);
    std::iter::once(&told.title).chain(&told.standfirst).chain(body).chain(&told.notes).collect()
}

fn plain(sentence: &Sentence) -> String {
    sentence.runs.iter().map(Run::text).collect()
}

/// The running text of a brief: a short one leaves some sentences out.
fn printed(content: &Content) -> Vec<String> {
    let mut printed = vec![compose::plain(&content.headline), compose::plain(&content.standfirst)];
    for block in content.sections.iter().flat_map(|section| &section.blocks) {
        match block {
            Block::Paragraph { runs } | Block::Callout { runs, .. } => printed.push(compose::plain(runs)),
            Block::Bullets { items } => printed.extend(items.iter().map(|item| compose::plain(item))),
            Block::Table(_) | Block::Chart(_) | Block::Quote { .. } => {}
        }
    }
    printed.extend(content.notes.iter().map(|note| compose::plain(note)));
    printed
}

fn told(sentence: &Sentence, sources: &BTreeMap<&str, &SourceEntry>, draft: &Draft, templates: &Templates) -> Told {
    // Figures that share an id, as progress and pace of one target do, are told apart by what is printed.
    let printed: BTreeSet<&str> = sentence.runs.iter().filter_map(key_of).collect();
    let same_id =
        |figure: &Figure| sentence.runs.iter().any(|run| matches!(run, Run::Figure { id, .. } if *id == figure.id));
    let used = draft.narrative.figures.iter().filter(|figure| sentence.figures.contains(&figure.id));
    let used = used.filter(|figure| printed.contains(crate::narrative::key(figure).as_str()) || !same_id(figure));
    let named = |figure| {
        let key = crate::narrative::key(figure);
        let (label, value) = match sources.get(key.as_str()) {
            Some(entry) => (entry.label.clone(), entry.value.clone()),
            None => (figure.id.to_string(), format!("{} {}", figure.value.normalize(), figure.unit)),
        };
        Named { key, label, value }
    };
    Told {
        name: sentence.name.clone(),
        text: plain(sentence),
        template: written(&sentence.name, &draft.content.language, templates),
        figures: used.map(named).collect(),
    }
}

fn key_of(run: &Run) -> Option<&str> {
    match run {
        Run::Figure { key, .. } => Some(key),
        Run::Text { .. } | Run::Given { .. } => None,
    }
}

/// Where the templates of a language write a sentence of that name.
fn written(name: &str, language: &str, templates: &Templates) -> Option<Written> {
    let of_language = |file: &str| file.starts_with(&format!("{language}/"));
    let has_own = templates.names().any(of_language);
    let opening = format!("{{{{#sentence \"{name}\"");
    let files = templates.iter().filter(|(file, _)| file.ends_with(".hbs") && (!has_own || of_language(file)));
    files.into_iter().find_map(|(file, template)| {
        let start = template.text.find(&opening)?;
        let line = template.text[..start].matches('\n').count();
        let rest = template.text.lines().skip(line);
        let mut lines: Vec<String> = Vec::new();
        for text in rest {
            lines.push(text.to_owned());
            if text.contains("{{/sentence}}") {
                break;
            }
        }
        let own = template.path.is_some();
        Some(Written { file: template.path.clone().unwrap_or_else(|| file.to_owned()), own, line: line + 1, lines })
    })
}

fn page(index: usize, sheet: &Sheet, places: &[Vec<(usize, Area)>], sources: &BTreeMap<&str, &SourceEntry>) -> Page {
    let layer = Layer { lines: lines(&sheet.words), hits: hits(index, sheet, places, sources) };
    let layer = serde_json::to_vec(&layer).expect("a layer is numbers and texts");
    let id = |bytes: &[u8]| blake3::hash(bytes).to_hex()[..20].to_owned();
    Page {
        drawing_id: id(sheet.svg.as_bytes()),
        drawing: sheet.svg.clone().into_bytes().into(),
        layer_id: id(&layer),
        layer: layer.into(),
        width: sheet.width,
        height: sheet.height,
    }
}

fn hits<'a>(
    index: usize,
    sheet: &'a Sheet,
    places: &[Vec<(usize, Area)>],
    sources: &BTreeMap<&str, &SourceEntry>,
) -> Vec<Hit<'a>> {
    let mut hits = Vec::new();
    for (sentence, places) in places.iter().enumerate() {
        let here = places.iter().filter(|(page, _)| *page == index);
        let areas: Vec<Area> = here.map(|(_, area)| rounded(*area)).collect();
        if !areas.is_empty() {
            hits.push(Hit::Sentence { index: sentence, areas });
        }
    }
    // A figure over a line end is two links.
    for spot in &sheet.figures {
        match hits.last_mut() {
            Some(Hit::Figure { key, areas, .. })
                if *key == spot.what && areas.last().is_some_and(|last| wraps(last, &spot.area)) =>
            {
                areas.push(rounded(spot.area));
            }
            _ => {
                let entry = sources.get(spot.what.as_str());
                let label = entry.map_or_else(String::new, |entry| format!("{}: {}", entry.label, entry.value));
                hits.push(Hit::Figure { key: &spot.what, label, areas: vec![rounded(spot.area)] });
            }
        }
    }
    let pictures = sheet.pictures.iter().filter(|spot| !spot.what.is_empty());
    hits.extend(pictures.map(|spot| Hit::Picture { label: &spot.what, areas: vec![rounded(spot.area)] }));
    hits
}

/// Whether the second area is the next line of the first.
fn wraps(last: &Area, next: &Area) -> bool {
    let below = next[1] - last[1];
    next[0] < last[0] && below > 0.0 && below < 3.0 * last[3]
}

/// Stretches of text on one line that stand close together, as one.
fn lines(words: &[Words]) -> Vec<(f64, f64, f64, f64, String)> {
    let mut lines: Vec<(f64, f64, f64, f64, String)> = Vec::new();
    for words in words {
        let (Some(&left), Some(&right)) = (words.stops.first(), words.stops.last()) else { continue };
        if words.text.trim().is_empty() {
            continue;
        }
        if let Some((start, baseline, width, size, text)) = lines.last_mut() {
            let gap = left - (*start + *width);
            let same = (*baseline - words.baseline).abs() < 0.4 * *size;
            if same && gap > -0.1 * *size && gap < 0.6 * *size {
                if gap > 0.12 * *size && !text.ends_with(' ') {
                    text.push(' ');
                }
                text.push_str(&words.text);
                *width = right - *start;
                continue;
            }
        }
        lines.push((left, words.baseline, right - left, words.size, words.text.clone()));
    }
    let short = |(x, y, width, size, text)| (round(x), round(y), round(width), round(size), text);
    lines.into_iter().map(short).collect()
}

fn rounded(area: Area) -> Area {
    area.map(round)
}

fn round(points: f64) -> f64 {
    (points * 100.0).round() / 100.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sentence_leads_to_its_lines_in_the_templates() {
        let templates = Templates::built_in();
        let found = written("result/net-level", "en", &templates).expect("a sentence");
        assert!(!found.own && found.file.ends_with("/result.hbs"), "{found:?}");
        assert_eq!((found.lines.len(), found.lines[0].trim()), (3, "{{#sentence \"result/net-level\"}}"));
        assert_eq!(written("result/none", "en", &templates), None);
    }

    #[test]
    fn words_that_stand_close_together_are_one_line() {
        let words = |text: &str, left: f64, baseline: f64| Words {
            stops: (0..=text.len()).map(|stop| left + stop as f64 * 5.0).collect(),
            text: text.to_owned(),
            baseline,
            size: 10.0,
        };
        let set = [
            words("Revenue", 0.0, 10.0),
            words("rose", 37.5, 10.0),
            words("Next", 0.0, 22.0),
            words("far", 90.0, 22.0),
        ];
        let texts: Vec<String> = lines(&set).into_iter().map(|line| line.4).collect();
        assert_eq!(texts, ["Revenue rose", "Next", "far"]);
    }
}
