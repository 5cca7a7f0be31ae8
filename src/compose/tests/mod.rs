//! What must hold for every brief, as another program reads the file: no number stands on a page that is not a figure, a date or a
//! period of the data layer, the words of a document, or the number of a page or a source; every figure that the data say is printed is
//! there; and the pages are whole.

mod pages;
#[path = "../../../tests/e2e/pdf.rs"]
mod pdf;
mod trip;

use std::collections::BTreeSet;
use std::sync::Arc;

use super::*;
use crate::brief::{Fonts, Paper, Proof, Template, lay_out};
use crate::extract::cases;
use crate::language::Labels;
use crate::model::{Calendar, NamedAfter, Seed};
use crate::narrative::{Engine, Shown};
use crate::run;

/// Sizes of figures do not depend on it.
const CALENDAR: Calendar = Calendar { first_month: 4, named_after: NamedAfter::Start };

fn seed() -> Seed {
    Seed { company: Arc::new(cases::iij()), documents: cases::seeds() }
}

/// The numbers of a text: runs of digits with the commas and points within. A period like `1Q17` is one word, not two numbers.
fn numbers(text: &str) -> BTreeSet<String> {
    let part_of_word = |c: char| c.is_alphanumeric() || c == ',' || c == '.';
    let words = text.split(|c: char| !part_of_word(c)).map(|word| word.trim_matches([',', '.']));
    let mut numbers = BTreeSet::new();
    for word in words.filter(|word| word.contains(|c: char| c.is_ascii_digit())) {
        let is_tick = matches!(word, "1Q" | "2Q" | "3Q" | "4Q");
        if is_tick || word.parse::<Period>().is_ok() {
            numbers.insert(word.to_owned());
            continue;
        }
        let runs = word.split(|c: char| !c.is_ascii_digit() && c != ',' && c != '.');
        let runs = runs.map(|run| run.trim_matches([',', '.']).to_owned());
        numbers.extend(runs.filter(|run| run.contains(|c: char| c.is_ascii_digit())));
    }
    numbers
}

/// Every number that a figure may be printed with.
fn forms_of(print: Print<'_>, figure: &Figure) -> BTreeSet<String> {
    let mut forms = numbers(Shown::of(String::new(), figure, None, print.phrases.calendar(CALENDAR)).size());
    for scale in [text::Fine, text::Coarse] {
        forms.extend(numbers(&print.cell(figure, scale)));
        forms.extend(numbers(&print.signed_at(figure, scale)));
    }
    forms.extend(numbers(&print.tile(figure).0));
    forms.extend(numbers(&print.change(figure)));
    forms.extend(numbers(&print.proof_value(figure)));
    forms.extend(times(print, figure.id.period));
    forms.extend(figure.facts().iter().flat_map(|fact| numbers(&print.fact_value(fact))));
    forms
}

/// Every number that a period may be printed with, and its neighbours in tables.
fn times(print: Print<'_>, period: Period) -> BTreeSet<String> {
    let mut forms = BTreeSet::new();
    let quarter = period.last_quarter();
    let around = [Some(period), Some(period.year_before()), period.period_before()];
    let rest = quarter.map(|q| q.cumulative());
    for period in around.into_iter().flatten().chain(rest) {
        forms.extend(numbers(&print.head(period)));
        forms.extend(numbers(&print.words(period)));
        forms.extend(numbers(&period.to_string()));
        if let Period::Instant(day) = period {
            forms.extend(numbers(&print.day(day)));
        }
    }
    forms
}

/// The numbers that a brief may show: those of its figures, of its times, and of the words of documents.
fn known(
    print: Print<'_>,
    content: &Content,
    figures: &[Figure],
    history: &History,
    quarter: Quarter,
) -> BTreeSet<String> {
    let mut known: BTreeSet<String> = figures.iter().flat_map(|figure| forms_of(print, figure)).collect();
    known.extend(["1Q", "2Q", "3Q", "4Q"].map(str::to_owned));
    let year = quarter.year;
    // Charts begin up to nine quarters before.
    let quarters = |year| (1..=4).filter_map(move |number| Quarter::new(year, number));
    for quarter in (year - 3..=year).flat_map(quarters) {
        known.extend(times(print, Period::Quarter(quarter)));
        known.extend(numbers(&print.period_in_full(quarter)));
    }
    let half = |number| Period::Half { year, number };
    for period in [Period::Year(year), Period::Year(year + 1), half(1), half(2)] {
        known.extend(times(print, period));
        known.extend(times(print, Period::Instant(history.company().fiscal_year.end(period))));
    }
    for document in history.documents() {
        known.extend(numbers(&document.title));
        known.extend(numbers(&document.name));
        known.extend(document.date.map(|date| numbers(&print.day(date))).unwrap_or_default());
    }
    for ticker in &content.tickers {
        known.extend(numbers(ticker));
    }
    for block in content.sections.iter().flat_map(|section| &section.blocks) {
        if let Block::Quote { text, source, .. } = block {
            known.extend(numbers(text));
            known.extend(numbers(source));
        }
    }
    for entry in &content.sources {
        if let Proof::Stated { line, column, before, printed, after, .. } = &entry.proof {
            known.extend([line.to_string(), column.to_string()]);
            known.extend([before, printed, after].into_iter().flat_map(|part| numbers(part)));
        }
    }
    known
}

/// What a page shows of the brief itself and of its list of sources, without the page's own number.
fn halves<'p>(labels: &Labels, listed: usize, page: &'p str, in_sources: &mut bool) -> (&'p str, &'p str) {
    let opening = |lead: &str| page.find(lead.split([',', '、']).next().unwrap_or_default());
    match opening(&labels.sources_lead).or_else(|| opening(&labels.sources_lines_lead)) {
        _ if *in_sources => ("", page),
        Some(at) if listed > 0 => {
            *in_sources = true;
            page.split_at(at)
        }
        _ => (page, ""),
    }
}

/// The numbers of a brief's pages that nothing accounts for, with their page. In the list of sources each entry has a number.
fn strange(labels: &Labels, listed: usize, known: &BTreeSet<String>, pages: &[String]) -> Vec<String> {
    let is_listed = |number: &String| (1..=listed).any(|index| *number == index.to_string());
    let mut in_sources = false;
    let mut strange = Vec::new();
    for (index, page) in pages.iter().enumerate() {
        let [here, all] = [index + 1, pages.len()].map(|number| number.to_string());
        let furniture = labels.page.replace("{page}", &here).replace("{pages}", &all);
        assert!(pages.len() == 1 || page.contains(&furniture), "page {here} has its number");
        let page = page.replace(&furniture, "");
        let (body, sources) = halves(labels, listed, &page, &mut in_sources);
        let unknown =
            |text: &str| numbers(text).into_iter().filter(|number| !known.contains(number)).collect::<Vec<_>>();
        strange.extend(unknown(body).into_iter().map(|number| format!("page {here}: {number}")));
        let unlisted = unknown(sources).into_iter().filter(|number| !is_listed(number));
        strange.extend(unlisted.map(|number| format!("page {here}, sources: {number}")));
    }
    strange
}

/// Lengths and sheets that a brief is tried at: every length on A4, the short one on Letter too, of the others one in three.
fn sheets(index: usize) -> impl Iterator<Item = (Length, Paper)> {
    let all = [Length::Standard, Length::Short, Length::Full].into_iter().enumerate();
    all.flat_map(move |(at, length)| {
        let letter = length == Length::Short || (index + at).is_multiple_of(3);
        std::iter::once((length, Paper::A4)).chain(letter.then_some((length, Paper::UsLetter)))
    })
}

#[test]
fn every_english_brief_has_whole_pages_and_figures_that_lead_to_the_data_and_back() {
    check_briefs(Language::En);
}

#[test]
fn every_japanese_brief_has_whole_pages_and_figures_that_lead_to_the_data_and_back() {
    check_briefs(Language::Ja);
}

fn check_briefs(language: Language) {
    let library = run::read(&seed(), None).value;
    let history = &run::aggregate(&library).value;
    let engine = Engine::new(language, &BTreeMap::new()).expect("the built-in templates compile");
    let fonts = Fonts::embedded();
    let template = Template::built_in();
    let face = |family: &str| fonts.data(family).unwrap_or_default();
    let mut faults = Vec::new();
    let faces = &Faces::new(face("Source Sans 3"), face("Noto Sans JP")).expect("the embedded fonts");
    for (index, quarter) in history.quarters().into_iter().enumerate() {
        let narrative = &narrative::narrate(history, quarter, &engine).expect("a narrative");
        for (length, paper) in sheets(index) {
            let look = &Look { length, paper, ..Look::default() };
            let documents = &library.documents;
            let parts = Parts { history, documents, quarter, narrative, faces, look, phrases: engine.phrases() };
            every_number_of_a_chart_leads_to_its_figure(&parts);
            let (content, figures) = composed(&parts);
            let laid_out = lay_out(&content, &template, &fonts).expect("pages");
            let place = format!("{quarter} {language} {length:?} {paper:?}");
            // Japanese takes more room, and Letter has less: a page more is bearable.
            let more = usize::from(language == Language::Ja) + usize::from(paper == Paper::UsLetter);
            let mut found = pages::broken(&laid_out, if length == Length::Short { 0 } else { more });
            let file = laid_out.export().expect("a file").value.bytes;
            let texts = pdf::pages(&file);
            let known = known(parts.print(), &content, &figures, history, quarter);
            let strange = strange(&content.labels, content.sources.len(), &known, &texts);
            found.extend(strange.into_iter().map(|number| format!("no figure of the data: {number}")));
            let lost = trip::lost(&content, &texts);
            found.extend(lost.into_iter().map(|text| format!("not on the pages: {text}")));
            if length == Length::Standard {
                found.extend(mixed(&content).into_iter().map(|cell| format!("a cell with a scale of its own: {cell}")));
            }
            faults.extend(found.into_iter().map(|fault| format!("{place}: {fault}")));
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

/// Cells of tables that are told in another scale than their table.
fn mixed(content: &Content) -> Vec<String> {
    let blocks = content.sections.iter().flat_map(|section| &section.blocks);
    let tables = blocks.filter_map(|block| if let Block::Table(table) = block { Some(table) } else { None });
    let cells = tables.flat_map(|table| &table.rows).flat_map(|row| &row.cells).map(|cell| cell.text.clone());
    let scaled = |text: &String| {
        text.starts_with(|c: char| c.is_ascii_digit()) && (text.ends_with("bn") || text.ends_with('億'))
    };
    cells.filter(scaled).collect()
}

/// A label with a number that is no period links to a figure that may be printed so, or whose inputs may.
fn every_number_of_a_chart_leads_to_its_figure(parts: &Parts<'_>) {
    let (history, print) = (parts.history, parts.print());
    let quarters = |back: i32| (1..=4).filter_map(move |number| Quarter::new(parts.quarter.year - back, number));
    let mut periods: BTreeSet<String> = numbers(&print.head(Period::Year(parts.quarter.year + 1)));
    for quarter in (0..4).flat_map(quarters) {
        let end = Period::Instant(history.company().fiscal_year.end(Period::Quarter(quarter)));
        let (number, year) = print.tick(quarter);
        periods.extend([&number, &year].into_iter().flat_map(|text| numbers(text)));
        let spans = [end, quarter.cumulative(), Period::Quarter(quarter), Period::Year(quarter.year)];
        periods.extend(spans.into_iter().flat_map(|period| times(print, period)));
    }
    let lead = Lead::of(history, parts.quarter);
    let mut chosen = Chosen::of(parts, &lead);
    for section in &parts.look.voice.sections {
        for message in chosen.take(&section.id) {
            for (text, source) in charts::labels(parts, &message) {
                let mut forms = if source.is_none() { periods.clone() } else { BTreeSet::new() };
                if let Some(source) = &source {
                    let figure = chosen.figure(source).unwrap_or_else(|| panic!("{text} links to {source}"));
                    let inputs = history.trace_of(figure).inputs;
                    let figures = inputs.iter().map(|input| &input.figure).chain([figure]);
                    forms.extend(figures.flat_map(|figure| forms_of(print, figure)));
                }
                let strange: Vec<String> = numbers(&text).into_iter().filter(|n| !forms.contains(n)).collect();
                assert!(strange.is_empty(), "{} {}: {text} {strange:?} {source:?}", parts.quarter, message.title);
            }
        }
    }
}

#[test]
fn a_small_number_of_its_own_is_found_on_a_page() {
    let known: BTreeSet<String> = ["1Q17", "41.0"].map(str::to_owned).into();
    let pages = ["Revenue of JPY41.0 billion in 1Q17 from 3 segments".to_owned()];
    assert_eq!(strange(&Phrases::built_in(Language::En).labels, 9, &known, &pages), ["page 1: 3"]);
}
