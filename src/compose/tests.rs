//! What must hold for every brief: no number stands on a page that is not a figure, a date or a period of the data layer, the
//! words of a document, or the number of a page or a source.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::*;
use crate::brief::{Fonts, Proof, Template, typeset};
use crate::extract::cases;
use crate::model::{Origin, Period, Scale, Seed};
use crate::narrative::{Engine, Shown};
use crate::run;

fn seed() -> Seed {
    Seed { company: Arc::new(cases::iij()), documents: cases::seeds() }
}

/// The runs of digits of a text, with the commas and points within.
fn numbers(text: &str) -> BTreeSet<String> {
    text.split(|c: char| !c.is_ascii_digit() && c != ',' && c != '.')
        .map(|word| word.trim_matches([',', '.']).to_owned())
        .filter(|word| word.contains(|c: char| c.is_ascii_digit()))
        .collect()
}

/// Every number that a figure may be printed with.
fn forms(figure: &Figure) -> BTreeSet<String> {
    let mut forms = numbers(Shown::of(String::new(), figure, None).size());
    for scale in [Scale::Million, Scale::Billion] {
        forms.extend(numbers(&text::cell(figure, scale)));
        forms.extend(numbers(&text::signed_at(figure, scale)));
    }
    forms.extend(numbers(&text::tile(figure).0));
    forms.extend(numbers(&text::change(figure)));
    forms.extend(numbers(&text::proof_value(figure)));
    forms.extend(times(figure.id.period));
    if let Origin::Stated(facts) = &figure.origin {
        forms.extend(facts.iter().flat_map(|fact| numbers(&text::fact_value(fact))));
    }
    forms
}

/// Every number that a period may be printed with, and its neighbours in tables.
fn times(period: Period) -> BTreeSet<String> {
    let mut forms = BTreeSet::new();
    let quarter = period.last_quarter();
    let around = [Some(period), Some(period.year_before()), period.period_before()];
    let rest = quarter.map(|q| q.cumulative());
    for period in around.into_iter().flatten().chain(rest) {
        forms.extend(numbers(&text::head(period)));
        forms.extend(numbers(&period.to_string()));
        if let Period::Instant(day) = period {
            forms.extend(numbers(&text::day(day)));
        }
    }
    forms
}

/// The numbers of a page that no figure, no time and no words of a document account for.
fn strange(content: &Content, figures: &[Figure], history: &History, quarter: Quarter, page: &str) -> Vec<String> {
    let mut known: BTreeSet<String> = figures.iter().flat_map(forms).collect();
    let year = quarter.year;
    for quarter in (1..=4).filter_map(|number| Quarter::new(year, number)) {
        known.extend(times(Period::Quarter(quarter)));
        known.extend(numbers(&text::period_in_full(quarter)));
    }
    for period in [Period::Year(year), Period::Year(year + 1), Period::Half { year, number: 1 }] {
        known.extend(times(period));
        known.extend(times(Period::Instant(history.company().fiscal_year.end(period))));
    }
    known.extend(["2".to_owned()].into_iter().chain(numbers(&format!("2H{:02}", year.rem_euclid(100)))));
    for document in history.documents() {
        known.extend(numbers(&document.title));
        known.extend(numbers(&document.name));
        known.extend(document.date.map(|date| numbers(&text::day(date))).unwrap_or_default());
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
    let count = content.sources.len().max(20);
    numbers(page)
        .into_iter()
        .filter(|number| !known.contains(number) && number.parse::<usize>().map_or(true, |index| index > count))
        .collect()
}

#[test]
fn no_number_stands_on_a_page_that_is_not_of_the_data_layer() {
    let library = run::read(&seed(), None).value;
    let history = run::aggregate(&library).value;
    let engine = Engine::new(&BTreeMap::new()).expect("the built-in templates compile");
    let fonts = Fonts::embedded();
    let template = Template::built_in();
    let face = |family: &str| fonts.data(family).unwrap_or_default();
    let faces = Faces::new(face("Source Sans 3"), face("Noto Sans JP")).expect("the embedded fonts");
    for quarter in history.quarters() {
        let narrative = narrative::narrate(&history, quarter, &engine).expect("a narrative");
        for length in [Length::Short, Length::Standard, Length::Full] {
            let (history, documents, narrative, faces) = (&history, &library.documents, &narrative, &faces);
            let look = &Look { length, ..Look::default() };
            let parts = Parts { history, documents, quarter, narrative, faces, look };
            let (content, figures) = composed(&parts);
            let pdf = typeset(&content, &template, &fonts).expect("a brief").value;
            if length == Length::Short {
                assert_eq!(pdf.pages.len(), 1, "the short brief of {quarter} is one page");
            }
            for (number, page) in pdf.pages.iter().enumerate() {
                let strange = strange(&content, &figures, history, quarter, page);
                assert!(strange.is_empty(), "{quarter} {length:?}, page {}: {strange:?}", number + 1);
            }
        }
    }
}
