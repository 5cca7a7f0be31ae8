//! What stands before a figure in its clause: the label, how it is joined to the figure, direction, caution and time.

use super::element::{Element, Role};
use super::subject::{Place, basis_of, contains, printed};
use crate::model::{Basis, Period};
use crate::vocabulary::{Letters, Term, Words};

/// Against which time a change is stated.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Base {
    /// The year before.
    Year,
    /// The period just before.
    Previous,
    /// The last balance sheet date.
    Balance,
}

/// The reading of the elements before a figure.
#[derive(Clone, Debug, Default)]
pub(super) struct Before {
    /// Candidates for the label, longest first; empty where the figure has none of its own.
    pub labels: Vec<String>,
    /// The elements before a colon inside the label: a title of the clause.
    pub title: Vec<Element>,
    /// Whether a colon, a copula or `of` joins label and figure.
    pub joined: bool,
    /// Whether `to` leads to the figure.
    pub to: bool,
    /// Whether the verb before `to` tells what is done: `increased to`.
    pub done: bool,
    /// Whether `from` or `compared to` leads to the figure.
    pub from: bool,
    /// Whether the figure is one that others are compared with.
    pub compared: bool,
    /// Whether `of` leads to the figure.
    pub of: bool,
    /// Whether `by` leads to the figure.
    pub by: bool,
    /// A rise or a fall.
    pub direction: Option<i8>,
    /// Not exact.
    pub approx: bool,
    /// More than the figure.
    pub over: bool,
    /// The base of a change.
    pub base: Option<Base>,
    /// The time directly before the figure.
    pub time: Option<Period>,
    /// A time at the start of the clause or in its label.
    pub topic: Option<Period>,
    /// The sense that the words state.
    pub basis: Option<Basis>,
    /// `an expense of`: the sign that the words give to the figure.
    pub nature: Option<i8>,
    /// Whether the words speak of last year's.
    pub last_year: bool,
    /// Whether the figure opens a range: `between`.
    pub range: bool,
    /// Whether the words leave something out of what labels usually mean.
    pub excludes: bool,
    /// Whether the label says that something happened within the period.
    pub happened: bool,
    /// Whether the words say what would be: `had estimated it would decrease`, `we estimate that sales decreased by volume`.
    pub would: bool,
    /// The word right before the figure.
    pub last: String,
}

/// Articles and the like between a label and its figure.
const SMALL: [&str; 12] = ["a", "an", "the", "and", "also", "it", "as", "or", "some", "its", "each", "both"];

impl Before {
    /// Whether `of` stands right behind a direction: `an increase of 8.6%`.
    fn bare_of(&self, elements: &[Element], end: usize) -> bool {
        !self.joined && elements.get(end).is_some_and(|next| next.is("of"))
    }
}

/// Reads the elements before a figure.
pub(super) fn read(place: &Place<'_>, elements: &[Element]) -> Before {
    let words = place.page.vocabulary.words();
    let excludes = leaves_out(place, elements);
    let mut before = Before { basis: basis_of(place, elements), excludes, ..Before::default() };
    before.would = elements.iter().any(|e| e.is("would") || e.is("estimate") || e.is("estimates"));
    before.last = elements.last().map(|e| e.text.clone()).unwrap_or_default();
    let mut end = nature(place, elements, &mut before);
    let mut colon = false;
    while end > 0 {
        let element = &elements[end - 1];
        match &element.role {
            Role::Approx => {
                before.approx = true;
                before.over = element.is("over") || element.is("more than");
            }
            Role::Direction(sign)
                if before.direction.is_none() && !colon && (!before.of || before.bare_of(elements, end)) =>
            {
                before.direction = Some(*sign);
                before.done = before.to && element.text.ends_with("ed");
                before.of = false;
            }
            Role::Yoy => before.base = Some(Base::Year),
            Role::Qoq => before.base = Some(Base::Previous),
            Role::Colon if !colon => {
                before.joined = true;
                colon = true;
            }
            Role::Arrow => {}
            Role::Time(period) if before.time.is_none() => {
                let (used, counts) = lead(place, &elements[..end - 1]);
                if before.from {
                    before.topic = Some(*period);
                } else if counts || colon {
                    before.time = Some(*period);
                }
                end -= used;
            }
            Role::Word if element.is("by") => before.by = true,
            Role::Word if element.is("negative") || element.is("positive") => {
                before.nature = Some(if element.is("negative") { -1 } else { 1 });
            }
            Role::Word if element.is("between") || element.is("range") => before.range = true,
            Role::Word if element.is_in(&words.outlook) && before.joined => {}
            Role::Word if element.is_in(&words.comparing) => {
                before.from = true;
                before.compared = true;
                before.to = false;
            }
            Role::Word if element.is("to") => before.to |= before.direction.is_none(),
            Role::Word if element.is("from") => before.from = true,
            Role::Word if element.is("of") => before.of = true,
            Role::Word if element.is("on") && end > 1 && elements[end - 2].is("be") => {}
            Role::Word if element.is_in(&words.copula) => {
                before.joined = true;
                before.happened |= element.is_in(&words.happened);
            }
            Role::Word if SMALL.contains(&element.text.as_str()) => {}
            _ => break,
        }
        end -= 1;
    }
    label(place, &elements[..end], &mut before);
    before
}

/// Whether words leave something out of what labels usually mean: `organic`, `in constant currency`.
pub(super) fn leaves_out(place: &Place<'_>, elements: &[Element]) -> bool {
    let exclusions = &place.page.vocabulary.words().exclusions;
    let joined = elements.iter().map(|e| e.text.as_str()).collect::<Vec<_>>().join(" ");
    let letters = Letters::of(&joined);
    exclusions.iter().any(|phrase| letters.may_hold(phrase) && contains(&joined, phrase))
}

/// `an expense of` directly before the figure gives its sign and joins it to the subject; the place before these words.
fn nature(place: &Place<'_>, elements: &[Element], before: &mut Before) -> usize {
    let words = place.page.vocabulary.words();
    let whole = elements.len();
    if !elements.last().is_some_and(|last| last.is("of")) {
        return whole;
    }
    for (list, sign) in [(&words.negative, -1), (&words.positive, 1)] {
        for phrase in list {
            let count = phrase.split(' ').count();
            let Some(start) = (whole - 1).checked_sub(count) else { continue };
            let same = elements[start..whole - 1].iter().zip(phrase.split(' ')).all(|(e, word)| e.is(word));
            let led = start.checked_sub(1).is_none_or(|at| {
                matches!(elements[at].text.as_str(), "a" | "an" | "was" | "were") || elements[at].role != Role::Word
            });
            if same && led && (start > 0 || phrase.contains(' ') || list == &words.positive) {
                before.nature = Some(sign);
                before.joined = true;
                return start;
            }
        }
    }
    whole
}

/// How many words lead to a time (`as of`, `for the`), and whether they make it the figure's own time.
fn lead(place: &Place<'_>, elements: &[Element]) -> (usize, bool) {
    let words = place.page.vocabulary.words();
    let used =
        elements.iter().rev().take_while(|e| e.role == Role::Word && (e.is_in(&words.at_time) || e.is("the"))).count();
    let before = elements.len().checked_sub(used + 1).map(|at| &elements[at]);
    let other = before.is_some_and(|e| e.is_in(&words.not_at_time));
    (used, !other)
}

/// The label in the elements before the joining words.
fn label(place: &Place<'_>, region: &[Element], before: &mut Before) {
    let words = place.page.vocabulary.words();
    for at in 0..region.len() {
        if let Some(period) = region[at].time() {
            let (_, counts) = lead(place, &region[..at]);
            if names_payment(words, &region[at + 1..]) {
                continue;
            }
            if counts && (before.topic.is_none() || !in_parentheses(region, at)) {
                before.topic = Some(period);
            }
        }
    }
    for (role, base) in [(Role::Yoy, Base::Year), (Role::Qoq, Base::Previous)] {
        if before.base.is_none() && region.iter().any(|e| e.role == role) {
            before.base = Some(base);
        }
    }
    before.last_year = region.iter().any(|e| e.role == Role::LastYear);
    let mut region = region;
    let moves = region.iter().any(|e| matches!(e.role, Role::Direction(_)));
    if before.to && before.direction.is_none() && !before.joined && !moves {
        return;
    }
    if (before.by || before.to)
        && before.direction.is_none()
        && let Some(at) = region.iter().rposition(|e| matches!(e.role, Role::Direction(_)))
    {
        if let Role::Direction(sign) = region[at].role {
            before.direction = Some(sign).filter(|_| before.by);
        }
        region = &region[at + 1..];
    }
    if before.of
        && let Some(at) = region.iter().rposition(|e| e.is("by"))
        && let Some(Role::Direction(sign)) = region[..at].last().map(|e| &e.role)
    {
        before.nature = before.nature.or(Some(-1).filter(|_| *sign < 0));
        region = &region[at + 1..];
    }
    let colon = (0..region.len()).rev().find(|at| region[*at].role == Role::Colon && !in_parentheses(region, *at));
    if let Some(at) = colon {
        before.title = region[..at].to_vec();
        candidates(place, region, before);
        region = &region[at + 1..];
    }
    candidates(place, region, before);
    let opening = chunks(region).last().and_then(|chunk| chunk.iter().find(|e| e.role == Role::Word));
    before.compared |= !before.joined && opening.is_some_and(|e| e.is_in(&words.comparing));
    before.from |= before.compared || !before.joined && opening.is_some_and(|e| e.is("from"));
    let key = region.iter().map(|e| e.text.as_str()).collect::<Vec<_>>().join(" ");
    before.happened |= words.happened.iter().any(|phrase| contains(&key, phrase));
}

/// `FY2017 year-end and FY2018 interim dividends payments`: the times tell which dividends, not when they were paid.
fn names_payment(words: &Words, behind: &[Element]) -> bool {
    let part = behind.first().is_some_and(|e| e.is_in(&words.interim) || e.is_in(&words.year_end));
    part && behind.iter().any(|e| e.is_in(&words.paid))
}

fn in_parentheses(region: &[Element], at: usize) -> bool {
    let opened = region[..at].iter().filter(|e| matches!(e.role, Role::Open(_))).count();
    let closed = region[..at].iter().filter(|e| matches!(e.role, Role::Close(_))).count();
    opened > closed
}

/// The region itself, what follows its last comma, and what follows the last word that begins a phrase.
fn candidates(place: &Place<'_>, region: &[Element], before: &mut Before) {
    let words = place.page.vocabulary.words();
    let chunks = chunks(region);
    let last = chunks.last().copied().unwrap_or_default();
    let last = if has_content(place, last) { last } else { earlier(place, &chunks, before) };
    let compound = |e: &Element| e.from > 0 && place.page.text.lines[e.line].get(e.from - 1) == Some(&'-');
    let border = |at: &usize| {
        let e = &last[*at];
        // `cost related to mobile`, but not `mobile related cost`.
        let leads = !e.is("related") || last.get(at + 1).is_some_and(|next| next.is("to"));
        e.role == Role::Word && e.is_in(&words.borders) && !compound(e) && leads
    };
    let tail = (0..last.len()).rev().find(border).map_or(last, |at| &last[at + 1..]);
    let head =
        last.iter().position(|e| e.is("including")).filter(|_| before.joined).map_or(&last[..0], |at| &last[..at]);
    let relative = is_relative(chunks.last().copied().unwrap_or_default());
    let promised = last.iter().rposition(|e| e.is_in(&words.target) || e.is_in(&words.outlook));
    let promised = promised.map_or(&last[..0], |at| &last[at + 1..]);
    let parts = match () {
        () if relative => vec![not_inserted(place, &chunks)],
        () if includes_part(place, region) => vec![region],
        () => vec![region, last, head, tail, promised],
    };
    for part in parts {
        let part = strip(place, part);
        if has_content(place, part) {
            let text = printed(place, part);
            if !before.labels.contains(&text) {
                before.labels.push(text);
            }
        }
    }
}

/// `SI revenues, including equipment sales`: the sum of two parts is neither of them.
fn includes_part(place: &Place<'_>, region: &[Element]) -> bool {
    let Some(at) = region.iter().position(|e| e.is("including")) else { return false };
    let end = region[at..].iter().position(|e| e.role == Role::Comma).map_or(region.len(), |comma| at + comma);
    let printed = printed(place, strip(place, &region[at + 1..end]));
    matches!(place.page.vocabulary.term(&printed), Some(Term::Segment(_)))
}

/// Parts between commas outside parentheses.
fn chunks(region: &[Element]) -> Vec<&[Element]> {
    let mut found = Vec::new();
    let (mut start, mut depth) = (0, 0);
    for (at, element) in region.iter().enumerate() {
        match element.role {
            Role::Open(_) => depth += 1,
            Role::Close(_) => depth -= 1,
            Role::Comma if depth <= 0 => {
                found.push(&region[start..at]);
                start = at + 1;
            }
            _ => {}
        }
    }
    found.push(&region[start..]);
    found
}

/// `Recurring revenues, which 1Q-3Q18 revenue was`: the clause is about what stands before the comma.
fn is_relative(chunk: &[Element]) -> bool {
    let first = chunk.iter().find(|e| e.role == Role::Word);
    first.is_some_and(|e| e.is("which") || e.is("whose"))
}

/// Where nothing stands between the last comma and `of`, the label stands before the inserted clause.
fn earlier<'a>(place: &Place<'_>, chunks: &[&'a [Element]], before: &Before) -> &'a [Element] {
    if before.to || before.by || !(before.of || before.joined) {
        return &[];
    }
    not_inserted(place, chunks)
}

/// The last part that names something and is no inserted clause.
fn not_inserted<'a>(place: &Place<'_>, chunks: &[&'a [Element]]) -> &'a [Element] {
    let first = |chunk: &&[Element]| chunk.iter().find(|e| e.role == Role::Word).map(|e| e.text.clone());
    let starts = ["which", "whose", "such", "including", "to", "a", "an"];
    let inserted = |chunk: &&[Element]| first(chunk).is_some_and(|word| starts.contains(&word.as_str()));
    let mut found = chunks.iter().rev().filter(|chunk| has_content(place, chunk) && !inserted(chunk));
    found.next().copied().unwrap_or_default()
}

/// Small words at both ends say nothing.
fn strip<'a>(place: &Place<'_>, part: &'a [Element]) -> &'a [Element] {
    let words = place.page.vocabulary.words();
    let small = |e: &Element| {
        matches!(e.role, Role::Comma | Role::Colon | Role::Stop)
            || e.role == Role::Word && e.text.len() > 4 && e.text.ends_with("ly")
            || e.is("to")
            || SMALL.contains(&e.text.as_str())
            || e.is_in(&words.borders)
            || e.is_in(&words.wrapping)
            || e.is_in(&words.not_at_time)
            || e.is("of")
            || e.is("by")
    };
    let verb = |e: &Element| matches!(e.text.as_str(), "have" | "has" | "amounted" | "totaled" | "totalled" | "keep");
    let closed = |e: &Element| small(e) || verb(e) || matches!(e.role, Role::Close(_));
    let opened = |e: &Element| small(e) || matches!(e.role, Role::Open(_) | Role::Direction(_));
    let start = part.iter().position(|e| !closed(e)).unwrap_or(part.len());
    let end = part.iter().rposition(|e| !opened(e)).map_or(start, |at| at + 1);
    &part[start..end.max(start)]
}

/// Whether a part names anything: a word that is no time, no sense and no small word.
fn has_content(place: &Place<'_>, part: &[Element]) -> bool {
    let words = place.page.vocabulary.words();
    let lists = [&words.target, &words.initial, &words.revised, &words.outlook, &words.at_time, &words.wrapping];
    strip(place, part).iter().any(|e| {
        e.role == Role::Word && e.text.chars().any(char::is_alphabetic) && !lists.iter().any(|list| e.is_in(list))
    })
}
