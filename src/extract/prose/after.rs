//! What stands behind a figure in its clause: the thing counted, the base of a change, a share's whole, the time.

use super::before::Base;
use super::element::{Element, Role};
use super::subject::{Place, printed};
use crate::model::{Metric, Period};
use crate::vocabulary::Term;

/// The reading of the elements behind a figure.
#[derive(Clone, Debug, Default)]
pub(super) struct After {
    /// The unit of the things counted, and the words that name them.
    pub count: Option<(String, String)>,
    /// The base of a change.
    pub base: Option<Base>,
    /// Percentage points.
    pub points: bool,
    /// `percent` in words.
    pub percent: bool,
    /// A share of revenue.
    pub share: bool,
    /// The figure's own time.
    pub time: Option<Period>,
    /// The time that the figure is compared with.
    pub against: Option<Period>,
    /// Whether it is compared with the year before by words.
    pub last_year: bool,
    /// `per share`.
    pub per_share: bool,
    /// A word that makes the figure no statement of its own: `per project`, `weaker`, `off`.
    pub foreign: bool,
    /// The words behind `in`.
    pub phrase: String,
    /// The words behind `of`.
    pub whole: String,
    /// How many elements were read.
    pub used: usize,
}

/// Reads the elements behind a figure.
pub(super) fn read(place: &Place<'_>, elements: &[Element], counts: bool) -> After {
    let mut after = After::default();
    if counts {
        count(place, elements, &mut after);
    }
    while after.used < elements.len() {
        let rest = &elements[after.used..];
        let used = step(place, rest, &mut after);
        if used == 0 {
            break;
        }
        after.used += used;
    }
    after
}

/// A noun that is counted, behind at most four words that describe it.
fn count(place: &Place<'_>, elements: &[Element], after: &mut After) {
    let words = place.page.vocabulary.words();
    let stop = |e: &Element| {
        e.role != Role::Word || e.is_in(&words.copula) || e.is_in(&words.at_time) || e.is("and") || e.is("to")
    };
    let reach = elements.iter().take(5).position(stop).unwrap_or(elements.len().min(5));
    let hit = (0..reach).rev().find_map(|at| {
        let unit = words.counts.iter().find(|[noun, _]| elements[at].is(noun))?;
        Some((at, unit[1].clone()))
    });
    if let Some((at, unit)) = hit {
        after.count = Some((unit, printed(place, &elements[..=at])));
        after.used = at + 1;
    }
}

/// Reads one phrase at the start of `rest`; how many elements it took, none where the figure's words end.
fn step(place: &Place<'_>, rest: &[Element], after: &mut After) -> usize {
    let words = place.page.vocabulary.words();
    match &rest[0].role {
        Role::Yoy => after.base = Some(Base::Year),
        Role::Qoq => after.base = Some(Base::Previous),
        Role::Points => after.points = true,
        Role::Percent => after.percent = true,
        Role::LastYear => after.last_year = true,
        Role::Direction(_) => {
            after.foreign = true;
            return 0;
        }
        Role::Open(false) => return time_in_parentheses(rest, after),
        Role::Comma if rest.get(1).is_some_and(|next| next.role == Role::LastYear) => after.last_year = true,
        Role::Comma if leads_to_time(rest) => {}
        Role::Word if rest[0].is_in(&words.changes) => {}
        Role::Word if rest[0].is_in(&words.copula) => return copula(place, rest, after),
        Role::Word if rest[0].is("per") => return per(rest, after),
        Role::Word if rest[0].is("of") => return of(place, rest, after),
        Role::Word if rest[0].is("off") => {
            after.foreign = true;
            return 0;
        }
        Role::Word if ["from", "against", "versus", "vs", "compared"].contains(&rest[0].text.as_str()) => {
            return against(rest, after);
        }
        Role::Approx if rest[0].is("over") => return against(rest, after),
        Role::Word if rest[0].is("on") => return on_statement(place, rest),
        Role::Word if ["for", "in", "at", "as", "during"].contains(&rest[0].text.as_str()) => {
            return own_time(place, rest, after);
        }
        _ => return 0,
    }
    1
}

/// `, in the same quarter a year ago`; `, in the second quarter of 2023` at the end of a sentence.
fn leads_to_time(rest: &[Element]) -> bool {
    let led = rest.get(1).is_some_and(|e| matches!(e.text.as_str(), "in" | "for" | "during"));
    let near = || (2..rest.len().min(4)).find(|at| matches!(rest[*at].role, Role::LastYear | Role::Time(_)));
    let ends = |at: usize| rest.get(at + 1).is_none_or(|next| next.role == Role::Stop);
    led && near().is_some_and(|at| rest[at].role == Role::LastYear || ends(at))
}

/// `on our balance sheet` before the day: the words say where the figure stands.
fn on_statement(place: &Place<'_>, rest: &[Element]) -> usize {
    const LONGEST: usize = 6;
    let text = |end: usize| rest[..end].iter().map(|e| e.text.as_str()).collect::<Vec<_>>().join(" ");
    let named =
        |end: &usize| place.page.vocabulary.words().positions.iter().any(|name| text(*end).ends_with(name.as_str()));
    (2..=LONGEST.min(rest.len())).find(named).unwrap_or(0)
}

/// `652 ATMs were placed as of Aug. 6, 2013`: verbs between the figure and its time.
fn copula(place: &Place<'_>, rest: &[Element], after: &mut After) -> usize {
    let words = place.page.vocabulary.words();
    let verbs = rest.iter().take_while(|e| e.role == Role::Word && e.is_in(&words.copula)).count();
    let promised = rest[verbs..].iter().take_while(|e| e.is_in(&words.outlook)).count();
    let led = rest.get(verbs + promised).is_some_and(|e| {
        let timed = || rest.get(verbs + promised + 1).is_some_and(|next| next.time().is_some());
        e.is("as") || (e.is("for") || e.is("in")) && (promised > 0 || timed())
    });
    let verbs = verbs + promised;
    let phrase = after.phrase.clone();
    let used = if led { own_time(place, &rest[verbs..], after) } else { 0 };
    after.phrase = phrase;
    if used > 0 { verbs + used } else { 0 }
}

/// `(as of June 30, 2013)`, `(1Q13)`.
fn time_in_parentheses(rest: &[Element], after: &mut After) -> usize {
    let close = rest.iter().position(|e| matches!(e.role, Role::Close(_))).unwrap_or(0);
    let inside = rest.get(1..close).unwrap_or_default();
    let only = inside.iter().all(|e| e.time().is_some() || ["as", "of", "for", "in", "at"].contains(&e.text.as_str()));
    match inside.iter().find_map(Element::time) {
        Some(period) if only => {
            after.time = Some(period);
            close + 1
        }
        _ => 0,
    }
}

/// `per share`, or the rate of something else.
fn per(rest: &[Element], after: &mut After) -> usize {
    let share = rest.iter().take(4).position(|e| e.is("share") || e.is("shares"));
    match share {
        Some(at) => {
            after.per_share = true;
            let kind = rest[..at].iter().find(|e| e.is("diluted") || e.is("basic"));
            if let Some(kind) = kind {
                after.phrase.clone_from(&kind.text);
            }
            let of_stock = ["of", "common", "stock"].iter().zip(&rest[at + 1..]).filter(|(word, e)| e.is(word)).count();
            at + 1 + if of_stock == 3 { 3 } else { 0 }
        }
        None => {
            after.foreign = true;
            0
        }
    }
}

/// `of total revenues` makes a share; other words behind `of` may name what the figure is.
fn of(place: &Place<'_>, rest: &[Element], after: &mut After) -> usize {
    let words = place.page.vocabulary.words();
    let end = rest[1..]
        .iter()
        .position(|e| {
            let ends = e.is_in(&words.borders) || e.is_in(&words.copula) || e.is_in(&words.at_time) && !e.is("of");
            !matches!(e.role, Role::Word | Role::Time(_)) || ends
        })
        .map_or(rest.len(), |at| at + 1);
    let phrase = printed(place, &rest[1..end]);
    let revenue = place
        .page
        .vocabulary
        .term(&phrase)
        .is_some_and(|term| matches!(term, Term::Metric(metric, _) if metric.as_str() == "revenue"))
        || phrase.trim_start_matches("the ").trim_start_matches("our ") == "total revenue";
    if revenue {
        after.share = true;
        after.time = after.time.or_else(|| rest[1..end].iter().find_map(Element::time));
        return end;
    }
    after.whole = phrase;
    after.time = after.time.or_else(|| rest[1..end].iter().find_map(Element::time));
    0
}

/// `from FY10`, `compared to 4Q16`, `from the balance as of March 31, 2018`; a figure behind it is a statement of its own.
fn against(rest: &[Element], after: &mut After) -> usize {
    let small = [
        "from", "against", "versus", "vs", "compared", "to", "with", "the", "balance", "as", "of", "over", "that",
        "end",
    ];
    let at = rest.iter().position(|e| !small.contains(&e.text.as_str()));
    match at.map(|at| (&rest[at].role, at)) {
        Some((Role::Time(period), at)) => {
            after.against = Some(*period);
            let of_figure = rest.get(at + 1).is_some_and(|e| e.is("of"));
            if of_figure { 0 } else { at + 1 }
        }
        Some((Role::LastYear, at)) => {
            let dated = rest[..at].iter().any(|e| e.is("end"));
            after.base = Some(if dated { Base::Balance } else { Base::Year });
            at + 1
        }
        _ => 0,
    }
}

/// `for 1Q-3Q17`, `as of December 31, 2017`, `at 4Q11`.
fn own_time(place: &Place<'_>, rest: &[Element], after: &mut After) -> usize {
    let led =
        rest.iter().position(|e| !["for", "in", "at", "as", "of", "during", "the", "end"].contains(&e.text.as_str()));
    match led.map(|at| (&rest[at].role, at)) {
        Some((Role::Time(_), at)) if rest.get(at + 1).is_some_and(|e| e.role == Role::Colon) => 0,
        Some((Role::Time(period), at)) if after.time.is_none() => {
            after.time = Some(*period);
            at + 1
        }
        Some((Role::LastYear, at)) => {
            after.last_year = true;
            at + 1
        }
        _ => {
            after.phrase =
                printed(place, &rest[..rest.iter().position(|e| e.role != Role::Word).unwrap_or(rest.len())]);
            0
        }
    }
}

/// The name that a counted thing has as a metric: `ATMs`.
pub(super) fn counted_metric(place: &Place<'_>, noun: &str) -> Option<Metric> {
    match place.page.vocabulary.term(noun) {
        Some(Term::Metric(metric, _)) => Some(metric.clone()),
        _ => None,
    }
}
