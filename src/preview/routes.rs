//! The routes: a fixed set, each answered from the board. No path is ever opened as a file.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use serde::Serialize;

use super::board::{Board, Line, Shown, State, Track, View};
use super::digest::{Changed, Digest};
use super::http::Request;
use super::lineage;
use super::made::Told;
use super::reply::{Kind, Reply, Status};
use super::server::Answers;
use crate::language::Language;
use crate::model::{Quarter, Warning};
use crate::options::Length;

const PAGE: &str = include_str!("page.html");

const ICON: &str = "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 16 16\"><path fill=\"#0c2340\" d=\"M2 1h12v14H2z\"/>\
    <path fill=\"#fff\" d=\"M4 9h2v4H4zm3-3h2v7H7zm3-3h2v10h-2z\"/></svg>";

/// The languages that briefs are written in, each in its own words.
const LANGUAGES: [(Language, &str); 2] = [(Language::En, "English"), (Language::Ja, "日本語")];
const LENGTHS: [(&str, Length); 3] = [("short", Length::Short), ("standard", Length::Standard), ("full", Length::Full)];

/// Answers from a board.
pub struct Routes<'a> {
    /// The board.
    pub board: &'a Board,
    /// What a window shows that asks for nothing in particular.
    pub start: View,
    /// A secret and a count, from which each page gets a mark of its own.
    pub secret: [u8; 32],
    /// How many pages were given out.
    pub pages: AtomicU64,
}

/// What a window gets to know.
#[derive(Serialize)]
struct News<'a> {
    /// Ask again for what is newer than this.
    seq: u64,
    /// Counts the edits.
    edition: u64,
    /// How long the pages took from an edit, in milliseconds; 0 where there was none.
    ms: u64,
    title: &'a str,
    company: &'a str,
    companies: Vec<Choice<'a>>,
    period: String,
    language: &'a str,
    languages: Vec<Choice<'a>>,
    length: &'static str,
    lengths: Vec<&'static str>,
    errors: Vec<Notice>,
    notices: Vec<Notice>,
    pages: Vec<Sheet<'a>>,
    sentences: &'a [Told],
    changed: Vec<Changed>,
    dropped: Vec<[&'a str; 2]>,
    strip: Vec<Mark>,
}

/// Something to choose.
#[derive(Serialize)]
struct Choice<'a> {
    id: &'a str,
    name: &'a str,
}

/// A page and what lies over it.
#[derive(Serialize)]
struct Sheet<'a> {
    drawing: &'a str,
    layer: &'a str,
    width: f64,
    height: f64,
    changed: bool,
}

/// A quarter in the strip.
#[derive(Serialize)]
struct Mark {
    period: String,
    /// `waiting`, `same`, `changed` or `fails`.
    state: &'static str,
    pages: usize,
    changed_pages: Vec<usize>,
    changed: Vec<Changed>,
}

/// A message with its place in parts.
#[derive(Debug, PartialEq, Eq, Serialize)]
struct Notice {
    message: String,
    file: String,
    line: Option<usize>,
    column: Option<usize>,
    excerpt: String,
    hint: String,
}

impl Answers for Routes<'_> {
    fn answer(&self, request: &Request) -> Option<Reply> {
        match request.path.as_str() {
            "/" => Some(self.page()),
            "/icon.svg" => Some(Reply::ok(Kind::Drawing, ICON.as_bytes())),
            "/brief" => self.brief(request),
            "/figure" => Some(self.figure(request)),
            path => Some(self.part(path).unwrap_or_else(|| Reply::status(Status::Missing))),
        }
    }
}

impl Routes<'_> {
    fn page(&self) -> Reply {
        let count = self.pages.fetch_add(1, Ordering::Relaxed);
        let nonce = blake3::keyed_hash(&self.secret, &count.to_le_bytes()).to_hex()[..32].to_owned();
        let text = PAGE.replace("{{nonce}}", &nonce);
        Reply::ok(Kind::Page { nonce }, text.into_bytes())
    }

    /// A page's drawing or layer, by its hash.
    fn part(&self, path: &str) -> Option<Reply> {
        let name = path.strip_prefix("/page/")?;
        if let Some(id) = name.strip_suffix(".svg") {
            let page = self.board.lock().page(|page| page.drawing_id == id)?;
            return Some(Reply::ok(Kind::Drawing, Arc::clone(&page.drawing)));
        }
        let id = name.strip_suffix(".json")?;
        let page = self.board.lock().page(|page| page.layer_id == id)?;
        Some(Reply::ok(Kind::Kept, Arc::clone(&page.layer)))
    }

    /// The brief that a window asks for, once it is newer than what the window has.
    fn brief(&self, request: &Request) -> Option<Reply> {
        let Some(view) = self.view(request) else { return Some(Reply::status(Status::Missing)) };
        let seen: u64 = request.value("seen").parse().unwrap_or(0);
        self.board.want(&view);
        let state = self.board.lock();
        let shown = state.ready(&view)?;
        let (strip_seq, strip) = state.strip(&view.track);
        if shown.seq.max(strip_seq) <= seen {
            return None;
        }
        let since_start = request.value("since") == "start";
        let news = news(&view, &state, shown, shown.seq.max(strip_seq), &strip, since_start);
        Some(json(&news))
    }

    fn figure(&self, request: &Request) -> Reply {
        let missing = || Reply::status(Status::Missing);
        let Some(view) = self.view(request) else { return missing() };
        let made = self.board.lock().made(&view).cloned();
        made.and_then(|made| lineage::of(&made, request.value("key"))).map_or_else(missing, |found| json(&found))
    }

    /// What is asked for, the start where nothing is said; none where there is no such thing.
    fn view(&self, request: &Request) -> Option<View> {
        let or = |name: &str, start: &str| match request.value(name) {
            "" => start.to_owned(),
            text => text.to_owned(),
        };
        let company = or("company", &self.start.track.company);
        let language = match request.value("language") {
            "" => self.start.track.language,
            text => LANGUAGES.iter().find(|(known, _)| known.code() == text)?.0,
        };
        let known = self.board.lock().companies.contains(&company);
        let length = match request.value("length") {
            "" => self.start.track.length,
            text => LENGTHS.iter().find(|(name, _)| *name == text)?.1,
        };
        let quarter: Quarter = match request.value("period") {
            "" => self.start.quarter,
            text => text.parse().ok()?,
        };
        known.then_some(View { track: Track { company, language, length }, quarter })
    }
}

fn json(value: &impl Serialize) -> Reply {
    serde_json::to_vec(value).map_or_else(|_| Reply::status(Status::Fault), |bytes| Reply::ok(Kind::Json, bytes))
}

fn news<'a>(
    view: &'a View,
    state: &'a State,
    shown: &'a Shown,
    seq: u64,
    strip: &BTreeMap<Quarter, Line>,
    since_start: bool,
) -> News<'a> {
    let made = shown.made.as_deref();
    let line = state.line(view);
    let before = line.and_then(|line| if since_start { line.first.as_ref() } else { line.before.as_ref() });
    let now = made.map(|made| &made.digest);
    let changes = |now: Option<&Digest>, before: Option<&Digest>| match (now, before) {
        (Some(now), Some(before)) => (now.changed_pages(before), now.changed_sentences(before)),
        _ => (Vec::new(), Vec::new()),
    };
    let (changed_pages, changed) = changes(now, before);
    let mark = |(quarter, line): (&Quarter, &Line)| {
        let before = if since_start { &line.first } else { &line.before };
        let (changed_pages, changed) = changes(line.now.as_ref(), before.as_ref());
        let is_changed = !changed_pages.is_empty() || !changed.is_empty();
        let state = match (line.fails, line.edition < state.edition, is_changed) {
            (true, ..) => "fails",
            (_, true, _) => "waiting",
            (.., true) => "changed",
            _ => "same",
        };
        let pages = line.now.as_ref().map_or(0, |digest| digest.pages.len());
        Mark { period: quarter.to_string(), state, pages, changed_pages, changed }
    };
    let quarters = state.quarters.get(&view.track.company).map(Vec::as_slice).unwrap_or_default();
    let blank = Line::default();
    let strip = quarters.iter().map(|quarter| mark((quarter, strip.get(quarter).unwrap_or(&blank)))).collect();
    let pages = made.map(|made| made.pages.as_slice()).unwrap_or_default().iter().enumerate();
    News {
        seq,
        edition: shown.edition,
        ms: shown.ms,
        title: made.map_or("", |made| made.draft.content.title.as_str()),
        company: &view.track.company,
        companies: state
            .companies
            .iter()
            .map(|id| Choice { id, name: state.names.get(id).map_or(id.as_str(), String::as_str) })
            .collect(),
        period: view.quarter.to_string(),
        language: view.track.language.code(),
        languages: LANGUAGES.iter().map(|(known, name)| Choice { id: known.code(), name }).collect(),
        length: LENGTHS.iter().find(|(_, length)| *length == view.track.length).map_or("", |(name, _)| name),
        lengths: LENGTHS.iter().map(|(name, _)| *name).collect(),
        errors: shown.errors.iter().map(Notice::of).collect(),
        notices: shown.notices.iter().map(Notice::of).collect(),
        pages: pages
            .map(|(index, page)| Sheet {
                drawing: &page.drawing_id,
                layer: &page.layer_id,
                width: page.width,
                height: page.height,
                changed: changed_pages.contains(&index),
            })
            .collect(),
        sentences: made.map(|made| made.sentences.as_slice()).unwrap_or_default(),
        changed,
        dropped: made
            .iter()
            .flat_map(|made| &made.draft.narrative.dropped)
            .map(|dropped| [dropped.name.as_str(), dropped.reason.as_str()])
            .collect(),
        strip,
    }
}

impl Notice {
    /// A warning with its place taken apart: `templates/result.hbs:3:5  the line`.
    fn of(warning: &Warning) -> Self {
        let (spot, excerpt) = warning.place.split_once("  ").unwrap_or((&warning.place, ""));
        let mut parts: Vec<&str> = spot.rsplitn(3, ':').collect();
        parts.reverse();
        let numbers: Vec<usize> = parts.iter().skip(1).filter_map(|part| part.parse().ok()).collect();
        let (file, line, column) = match (parts.as_slice(), numbers.as_slice()) {
            ([file, _, _], [line, column]) => ((*file).to_owned(), Some(*line), Some(*column)),
            ([file, _], [line]) => ((*file).to_owned(), Some(*line), None),
            _ => (spot.to_owned(), None, None),
        };
        let (message, hint) = (warning.message.clone(), warning.hint.clone());
        Self { message, file, line, column, excerpt: excerpt.to_owned(), hint }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_is_taken_apart() {
        let check = |place: &str, expected: (&str, Option<usize>, Option<usize>, &str)| {
            let notice = Notice::of(&Warning { message: String::new(), place: place.to_owned(), hint: String::new() });
            assert_eq!((notice.file.as_str(), notice.line, notice.column, notice.excerpt.as_str()), expected);
        };
        check("a/b.hbs:3:15  {{x}}  y", ("a/b.hbs", Some(3), Some(15), "{{x}}  y"));
        check("seeds/1q17.txt:52  Revenues", ("seeds/1q17.txt", Some(52), None, "Revenues"));
        check("templates/brief.typ", ("templates/brief.typ", None, None, ""));
        check("C:/a b:c.hbs", ("C:/a b:c.hbs", None, None, ""));
    }

    #[test]
    fn the_page_asks_nothing_of_the_world_outside() {
        for outside in ["http:", "https:", "//cdn", "url(", "@import", "innerHTML", "eval("] {
            let said = PAGE.matches(outside).count();
            // The name space of SVG is a name, no address.
            let names = if outside == "http:" { PAGE.matches("http://www.w3.org/2000/svg").count() } else { 0 };
            assert_eq!(said, names, "{outside}");
        }
    }
}
