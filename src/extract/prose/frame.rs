//! Frames: what a heading or a parent bullet says of the blocks below it.

use super::before::Base;
use super::element::{Element, Role};
use super::subject::{Around, Frame, Naming, Place, basis_of, printed};
use crate::extract::label::{Context, heading, resolve};
use crate::extract::units;
use crate::model::Metric;
use crate::vocabulary::{Term, normalize};

/// The frame that a block makes for the blocks below it: its words up to the first figure.
pub(super) fn frame_of(place: &Place<'_>, rank: u8, elements: &[Element]) -> Frame {
    let words = place.page.vocabulary.words();
    let first_figure = elements.iter().position(|e| matches!(e.role, Role::Figure(_)));
    let states = first_figure.is_some();
    let head = &elements[..first_figure.unwrap_or(elements.len())];
    let period = head.iter().find_map(Element::time);
    let basis = basis_of(place, head);
    let general = |e: &&Element| {
        !(matches!(e.role, Role::Word | Role::Yoy | Role::Qoq) && is_general(place, &e.text))
            && matches!(e.role, Role::Word | Role::Points | Role::Direction(_) | Role::Approx)
            && e.text.chars().any(char::is_alphabetic)
    };
    let specific: Vec<&Element> = head.iter().filter(general).collect();
    let phrase = specific.iter().map(|e| place.page.text.slice(e.line, e.from, e.to)).collect::<Vec<_>>().join(" ");
    let whole = printed(place, head);
    let moves = |e: &Element| matches!(e.role, Role::Direction(_) | Role::Approx);
    let changes = |e: &Element| words.changes.contains(&e.text) || is_of_unit(&e.text);
    let weightless = specific.iter().all(|e| words.general.contains(&e.text) || moves(e) || changes(e));
    let naming = match naming_of(place, &whole, &phrase) {
        Naming::Other if weightless => Naming::General,
        naming => naming,
    };
    let leads = elements.iter().rev().find(|e| e.role != Role::Stop).is_some_and(|e| e.role == Role::Colon);
    let base = head.iter().find_map(|e| match e.role {
        Role::Yoy => Some(Base::Year),
        Role::Qoq => Some(Base::Previous),
        _ => None,
    });
    let base = base.or_else(|| compared_years(place, head));
    Frame { rank, words: phrase, naming, period, basis, base, leads, states }
}

/// `Third Quarter 2010 Results Compared to Third Quarter 2009`: the changes below are over the year.
fn compared_years(place: &Place<'_>, head: &[Element]) -> Option<Base> {
    let times: Vec<_> = head.iter().filter_map(Element::time).collect();
    let compares = head.iter().any(|e| e.is_in(&place.page.vocabulary.words().comparing));
    matches!(times.as_slice(), [of, before] if *before == of.year_before() && compares).then_some(Base::Year)
}

fn is_general(place: &Place<'_>, word: &str) -> bool {
    let words = place.page.vocabulary.words();
    let lists = [&words.target, &words.initial, &words.revised, &words.outlook];
    lists.iter().any(|list| list.iter().any(|w| w == word)) || words.headings.iter().any(|w| w == word)
}

/// `JPY millions` below the times of a table's head.
fn is_of_unit(word: &str) -> bool {
    units::scale(word).is_some() || units::currency(&word.to_uppercase()).is_some()
}

/// Longer runs of words are sentences.
const LONGEST_NAME: usize = 240;

fn naming_of(place: &Place<'_>, whole: &str, phrase: &str) -> Naming {
    if place.is_redefined(whole) {
        return Naming::Other;
    }
    let vocabulary = place.page.vocabulary;
    // No label is that long: sentences name nothing.
    if phrase.len() > LONGEST_NAME {
        return Naming::Other;
    }
    let texts = if whole == phrase { &[phrase][..] } else { &[whole, phrase] };
    for text in texts.iter().copied() {
        let context = Context { segment: None, ..place.context() };
        match vocabulary.term(text) {
            Some(Term::Segment(path)) => return Naming::Segment(path.clone()),
            _ => {
                let named = resolve(text, &Context { aliases: context.aliases, ..Context::default() }, vocabulary);
                if named.metric.is_some() {
                    return Naming::Metric(place.subject(text, &Around::default()));
                }
            }
        }
    }
    if normalize(phrase).split(' ').count() > 4 {
        return Naming::Other;
    }
    match heading(phrase, vocabulary).segment {
        Some(path) if is_only_segment(place, phrase) => Naming::Segment(path),
        _ => Naming::Other,
    }
}

/// Whether a phrase has no word beside a segment's name and words of no weight.
fn is_only_segment(place: &Place<'_>, phrase: &str) -> bool {
    let line = Metric::new("revenue").ok();
    let context = Context { line, ..Context::default() };
    resolve(phrase, &context, place.page.vocabulary).metric.is_some()
}
