//! `Total revenue and operating income grew by 9.2% and by 36.0% year over year respectively`: two subjects, two changes, in order.

use super::before::Base;
use super::element::{Element, Role};
use super::subject::{Around, Place, printed};
use crate::model::{Period, Quarter};

/// What one of the figures is about.
pub(super) struct Respective {
    /// The words that name it.
    pub label: String,
    /// Whether both rise or both fall.
    pub direction: i8,
    /// The base of both changes.
    pub base: Base,
    /// The time of both.
    pub period: Option<Period>,
}

/// How far behind a figure `respectively` may stand.
const REACH: usize = 16;

/// Words in which no name ends.
const SMALL: [&str; 4] = ["the", "for", "of", "in"];

/// The subject of the figure at `at`, where its sentence pairs exactly two known subjects with two percentages.
pub(super) fn read(place: &Place<'_>, elements: &[Element], at: usize) -> Option<Respective> {
    let end = at + elements[at..].iter().take(REACH).position(|e| e.is("respectively"))?;
    let start = elements[..at].iter().rposition(|e| e.role == Role::Stop).map_or(0, |stop| stop + 1);
    let sentence = &elements[start..end];
    let is_figure = |e: &Element| matches!(&e.role, Role::Figure(number) if number.percent);
    let figures: Vec<usize> = (0..sentence.len()).filter(|i| matches!(sentence[*i].role, Role::Figure(_))).collect();
    let [first, second] = figures.as_slice() else { return None };
    let both = is_figure(&sentence[*first]) && is_figure(&sentence[*second]);
    let joined = sentence[first + 1..*second].iter().all(|e| e.is("and") || e.is("by"));
    let moved = sentence[..*first].iter().rposition(|e| matches!(e.role, Role::Direction(_)))?;
    let Role::Direction(direction) = sentence[moved].role else { return None };
    let base = sentence[second + 1..].iter().find_map(|e| match e.role {
        Role::Yoy | Role::LastYear => Some(Base::Year),
        Role::Qoq => Some(Base::Previous),
        _ => None,
    })?;
    let subjects = subjects(place, &sentence[..moved])?;
    let index = usize::from(at - start == *second);
    (both && joined && sentence.iter().filter(|e| e.is("respectively")).count() == 0).then(|| Respective {
        label: subjects[index].clone(),
        direction,
        base,
        period: period(&sentence[..moved]),
    })
}

/// The longest known name right before `and`, and the longest right behind it.
fn subjects(place: &Place<'_>, words: &[Element]) -> Option<[String; 2]> {
    let known = |part: &[Element]| {
        let label = printed(place, part);
        place.subject(&label, &Around::default()).metric.map(|_| label)
    };
    let mut found = (1..words.len()).filter(|at| words[*at].is("and")).filter_map(|at| {
        let left = (0..at).find_map(|from| known(&words[from..at]))?;
        let ends = |to: &usize| !SMALL.contains(&words[to - 1].text.as_str());
        let right = (at + 2..=words.len()).rev().filter(ends).find_map(|to| known(&words[at + 1..to]))?;
        Some([left, right])
    });
    let one = found.next()?;
    found.next().is_none().then_some(one)
}

/// The time in the words; `nine months … for the fiscal year ending March 31, 2019` is nine months of that year.
fn period(words: &[Element]) -> Option<Period> {
    let time = words.iter().rev().find_map(Element::time)?;
    let spans = [("nine", 9), ("six", 6), ("three", 3)];
    let months = words
        .windows(2)
        .find(|pair| pair[1].is("months"))
        .map(|pair| spans.iter().find(|(word, _)| pair[0].is(word)).map_or(0, |(_, months)| *months));
    match (time, months) {
        (Period::Year(year), Some(9)) => Some(Period::NineMonths(year)),
        (Period::Year(year), Some(6)) => Some(Period::Half { year, number: 1 }),
        (Period::Year(year), Some(3)) => Quarter::new(year, 1).map(Period::Quarter),
        (_, None) => Some(time),
        _ => None,
    }
}
