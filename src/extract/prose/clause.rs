//! A block's clauses from left to right: each figure with the words before and behind it, and what earlier clauses lend to it.

use super::after::{self, After};
use super::before::{self, Base, Before};
use super::bracket;
use super::decide::{Said, decide};
use super::element::{Element, Role};
use super::frame::frame_of;
use super::respective;
use super::revision;
use super::subject::{Around, Frame, Naming, Place, Subject, contains};
use crate::extract::number::{Number, Sign};
use crate::model::{Basis, Fact, Metric, Period, Unit};
use crate::vocabulary::normalize;

/// What earlier clauses of the block lend to the next figure.
#[derive(Clone, Debug, Default)]
pub(super) struct State {
    /// What the clause is about.
    pub subject: Option<Subject>,
    /// The time of the sentence.
    pub period: Option<Period>,
    /// The sense of the sentence.
    pub basis: Option<Basis>,
    /// The base of the changes in the list.
    pub base: Option<Base>,
    /// The time of the last figure: changes behind it speak of the same.
    pub last: Option<Period>,
    /// The time that the sentence before spoke of.
    pub previous: Option<Period>,
    /// The part of the company that the sentence before spoke of.
    pub around: Option<String>,
    /// Whether the sentence before had no figures and spoke of something unknown.
    pub elsewhere: bool,
    /// Whether the block is a bullet or a few lines, not running text.
    pub short: bool,
    /// Whether the sentence leaves something out of the usual meaning.
    pub excludes: bool,
    /// Whether the figure before stayed unread: what stands in parentheses behind it is about the same.
    pub unread: bool,
    /// Whether the figure before was promised for a time that is over: others in its list are too.
    pub promised: bool,
    /// Whether the sentence is about the year before: `last year's results`.
    pub past: bool,
    /// Whether the figure before opened a range.
    pub range: bool,
    /// What a percentage before was a part of: `77% of revenues are recognized in …, the remaining 23% in …`.
    pub whole: Option<Subject>,
    /// The dividend of a year, whose parts may stand in parentheses behind it.
    pub dividend: Option<Said>,
    /// Where the last change went: `a decrease of $8.5 million, or 4.5 percent` says it once.
    pub moved: Option<i8>,
    /// The unit of the last level.
    pub unit: Option<Unit>,
    /// Whether the subject is something that happened within the period.
    pub happened: bool,
    /// Whether the figures are in parentheses behind the subject's own.
    pub inside: bool,
    /// Titles inside the sentence: `Security: …`.
    pub titles: Vec<Frame>,
    /// Whether the sentence is of one day, the opening of a year: `At the beginning of this fiscal year, …`.
    pub opening: bool,
    /// Whether it says that something was done on that day, not that something changed since.
    pub on_opening: bool,
}

/// What reading a block gave.
#[derive(Clone, Debug, Default)]
pub(super) struct Outcome {
    /// The facts.
    pub facts: Vec<Fact>,
    /// The first subject of the block and its time: what it lends to the blocks below.
    pub first: Option<(Option<Subject>, Option<Period>)>,
    /// What a list of dated figures at the end of the block is about.
    pub dated: Option<Subject>,
    /// What stands behind the last figure.
    pub rest: Vec<Element>,
}

/// One printed figure between its words.
pub(super) struct Figure<'a> {
    /// The number.
    pub number: &'a Number,
    /// Its element.
    pub element: &'a Element,
    /// The words before it.
    pub before: Before,
    /// The words behind it.
    pub after: After,
    /// Whether the words behind it leave something out of what its label usually means.
    pub excludes: bool,
    /// Whether nothing stands between it and the figure or bracket before.
    pub beside: bool,
    /// Whether it is the lower end of a range: `$0.62 to $0.66`.
    pub opens_range: bool,
}

impl Figure<'_> {
    /// Whether the hyphen before the number is a bullet's mark.
    pub fn is_bulleted(&self, place: &Place<'_>) -> bool {
        let line = &place.page.text.lines[self.element.line];
        self.number.sign == Sign::Minus && line[..self.number.from].iter().all(|c| c.is_whitespace())
    }
}

/// Reads the elements of one block. `taken` tells which places belong to readers before.
pub(super) fn read(place: &Place<'_>, elements: &[Element], taken: &dyn Fn(&Element) -> bool) -> Outcome {
    let mut outcome = Outcome::default();
    let short = is_short(elements);
    let mut state = State { short, ..State::default() };
    let mut saved: Vec<State> = Vec::new();
    let mut start = 0;
    let mut at = 0;
    let mut fresh = true;
    while at < elements.len() {
        match &elements[at].role {
            Role::Stop => {
                if fresh && elements[at].is("\n") {
                    absorb(place, &elements[start..at], &mut state);
                } else if fresh {
                    speak_of(place, &elements[start..at], &mut state);
                }
                state = next_sentence(&state);
                fresh = true;
                saved.clear();
                start = at + 1;
            }
            Role::Open(true) => {
                absorb(place, &elements[start..at], &mut state);
                saved.push(state.clone());
                state.inside = true;
                start = at + 1;
            }
            Role::Close(true) => {
                state = saved.pop().unwrap_or(state);
                start = at + 1;
            }
            Role::Figure(number) => {
                let words = place.page.vocabulary.words();
                let opening = of_opening(&words.opening, &elements[start..at])
                    || of_opening(&words.opening, same_change(elements, at + 1));
                let on_opening = of_opening(&words.opening_day, &elements[start..at]);
                state.opening |= opening && fresh;
                state.on_opening |= on_opening && fresh;
                fresh = false;
                let paired = paired_time(elements, at);
                let of_year_before = || bracket::year_before(place.page, elements, at, outcome.facts.last());
                if place.brackets
                    && let Some(fact) = of_year_before()
                {
                    outcome.facts.push(fact);
                } else if let Some(fact) = bracket::of_named_year(place.page, elements, at, outcome.facts.last()) {
                    outcome.facts.push(fact);
                } else if let Some(fact) = revision::replacing(place.page, elements, at, outcome.facts.last()) {
                    if let Some(replaced) = outcome.facts.last_mut() {
                        replaced.basis = Basis::TargetInitial;
                    }
                    outcome.facts.push(fact);
                } else if let Some(pair) = respective::read(place, elements, at).filter(|_| !taken(&elements[at])) {
                    let mut figure = figure(place, elements, at, at, number);
                    figure.before.labels = vec![pair.label];
                    figure.before.direction = Some(pair.direction);
                    figure.before.topic = pair.period;
                    figure.after.base = Some(pair.base);
                    take(place, &figure, &mut state, None, &mut outcome);
                } else if taken(&elements[at])
                    || is_of_unit(elements, at)
                    || in_a_row(elements, at, place.brackets)
                    || paired == Some(None)
                {
                    state = State { titles: state.titles, short, ..State::default() };
                } else {
                    let mut figure = figure(place, elements, start, at, number);
                    figure.after.time = paired.flatten().or(figure.after.time);
                    let next = at + 1 + figure.after.used;
                    let ahead = base_ahead(place, elements, next);
                    let sentence = state.opening;
                    state.opening |= opening;
                    take(place, &figure, &mut state, ahead, &mut outcome);
                    state.opening = sentence;
                    outcome.facts.extend(revision::superseded(place.page, elements, at, outcome.facts.last()));
                    at = next - 1;
                }
                start = at + 1;
            }
            _ => {}
        }
        at += 1;
    }
    outcome.rest = elements[start.min(elements.len())..].to_vec();
    outcome
}

/// A bullet's sentences share their subject and time; a paragraph's do not.
fn next_sentence(state: &State) -> State {
    let mut next = State {
        short: state.short,
        previous: state.previous,
        around: state.around.clone(),
        elsewhere: state.elsewhere,
        ..State::default()
    };
    if state.short {
        next.subject = state.subject.clone();
        next.period = state.period;
        next.basis = state.basis;
        next.base = state.base;
        next.titles = state.titles.clone();
        next.unit = state.unit.clone();
    }
    next
}

/// Whether the words speak of the opening of a year: a change there is the effect of one day, not that of the period.
fn of_opening(phrases: &[String], elements: &[Element]) -> bool {
    let joined = elements.iter().map(|e| e.text.as_str()).collect::<Vec<_>>().join(" ");
    phrases.iter().any(|phrase| contains(&joined, phrase))
}

/// Where the words of a figure end at the latest: at the next figure, or at the end of its sentence.
fn clause_end(elements: &[Element], from: usize) -> usize {
    let ends = |e: &Element| matches!(e.role, Role::Figure(_) | Role::Stop | Role::Close(true) | Role::Open(true));
    elements[from..].iter().position(ends).map_or(elements.len(), |at| from + at)
}

/// The words behind a figure up to the next change.
fn same_change(elements: &[Element], from: usize) -> &[Element] {
    let words = &elements[from..clause_end(elements, from)];
    let next = words.iter().position(|e| matches!(e.role, Role::Direction(_)));
    &words[..next.unwrap_or(words.len())]
}

/// `(in ¥1, $1 unit)`: a unit, no figure.
fn is_of_unit(elements: &[Element], at: usize) -> bool {
    let behind = elements[at + 1..].iter().take(3).take_while(|e| !matches!(e.role, Role::Close(_) | Role::Stop));
    let led = elements[..at].iter().rev().take(3).any(|e| e.is("in"));
    led && behind.into_iter().any(|e| e.is("unit") || e.is("units"))
}

/// Two figures without scales and with nothing between them are cells of a table; where the document prints the figures of the year
/// before in brackets, these are none.
fn in_a_row(elements: &[Element], at: usize, brackets: bool) -> bool {
    let bare = |e: Option<&Element>| e.is_some_and(|e| matches!(&e.role, Role::Figure(n) if n.scale.is_none()));
    let before = at.checked_sub(1).and_then(|i| elements.get(i));
    let of_year_before = |e: &&Element| brackets && matches!(&e.role, Role::Figure(n) if n.sign == Sign::Paren);
    let next = elements.get(at + 1).filter(|next| !of_year_before(next));
    bare(elements.get(at)) && (bare(before) || bare(next))
}

/// `A and B at March 31, 2018 and December 31, 2018, respectively` gives each figure its time; with other numbers of figures
/// and times nobody can tell whose is which (the inner `None`).
fn paired_time(elements: &[Element], at: usize) -> Option<Option<Period>> {
    let rest = elements[at..].iter().take(24).take_while(|e| e.role != Role::Stop);
    let end = at + rest.into_iter().position(|e| e.is("respectively"))?;
    let depth = |role: fn(&Role) -> bool| elements[at..end].iter().filter(|e| role(&e.role)).count();
    if depth(|role| matches!(role, Role::Open(_))) > depth(|role| matches!(role, Role::Close(_))) {
        return None;
    }
    let window = &elements[at.saturating_sub(4)..end];
    let figures: Vec<usize> = window.iter().filter(|e| matches!(e.role, Role::Figure(_))).map(|e| e.from).collect();
    let times: Vec<Period> = window.iter().filter_map(Element::time).collect();
    let index = figures.iter().position(|from| *from == elements[at].from)?;
    Some(if figures.len() == 2 && times.len() == 2 { times.get(index).copied() } else { None })
}

/// The base that a later change of the same list states: `up JPY141 million, up 1.2% YoY`.
fn base_ahead(place: &Place<'_>, elements: &[Element], from: usize) -> Option<Base> {
    let mut at = from;
    loop {
        let next =
            (at..elements.len()).find(|i| !matches!(elements[*i].role, Role::Comma) && !elements[*i].is("and"))?;
        let next = match elements[next].role {
            Role::Direction(_) => next + 1,
            _ => return last_year_ahead(&elements[next..]),
        };
        let next = next + elements[next..].iter().take_while(|e| e.role == Role::Approx || e.is("by")).count();
        if !matches!(elements.get(next)?.role, Role::Figure(_)) {
            return None;
        }
        let end = clause_end(elements, next + 1);
        let after = after::read(place, &elements[next + 1..end], true);
        if after.base.is_some() {
            return after.base;
        }
        at = next + 1 + after.used;
    }
}

/// `increased 10.1% to JPY3,400 million from JPY3,088 million in 1Q16`: the time that the change is stated against.
fn against_ahead(elements: &[Element], from: usize) -> Option<Period> {
    let ends = |e: &Element| matches!(e.role, Role::Stop | Role::Open(true) | Role::Close(true) | Role::Direction(_));
    let sentence: Vec<&Element> =
        elements[from.min(elements.len())..].iter().take(16).take_while(|e| !ends(e)).collect();
    let start = sentence.iter().position(|e| e.is("from") || e.is("compared"))?;
    sentence[start + 1..].iter().take(6).find_map(|e| e.time())
}

/// `increased 8.1 percent, to $53.44 billion from $49.42 billion last year`.
fn last_year_ahead(elements: &[Element]) -> Option<Base> {
    let sentence = elements.iter().take(12).take_while(|e| e.role != Role::Stop);
    let mut named = sentence.skip_while(|e| !e.is("from")).filter(|e| e.role == Role::LastYear);
    named.next().map(|_| Base::Year)
}

/// Words before a parenthesis with figures name what the figures inside are about.
fn absorb(place: &Place<'_>, elements: &[Element], state: &mut State) {
    if elements.is_empty() {
        return;
    }
    let mut before = before::read(place, elements);
    before
        .labels
        .retain(|label| !place.is_heading_words(&normalize(label)) || place.page.vocabulary.term(label).is_some());
    state.excludes |= before.excludes;
    apply(place, &before, state);
    state.period = before.time.or(state.period);
}

/// Whether a block is a bullet or a few lines whose clauses belong together, not running text.
pub(super) fn is_short(elements: &[Element]) -> bool {
    elements.iter().filter(|e| matches!(e.role, Role::Figure(_))).count() <= 12 && elements.len() < 160
}

/// What opens the cause of a figure: `driven by organic growth` leaves nothing out of sales.
const CAUSES: [&str; 9] =
    ["driven", "due", "reflecting", "primarily", "mainly", "supported", "attributable", "led", "because"];

/// A figure with the words before it, from `start`, and behind it.
fn figure<'a>(place: &Place<'_>, elements: &'a [Element], start: usize, at: usize, number: &'a Number) -> Figure<'a> {
    let mut end = clause_end(elements, at + 1);
    if elements.get(end).is_some_and(|next| matches!(next.role, Role::Figure(_))) {
        let leads = |e: &Element| matches!(e.role, Role::Direction(_) | Role::Approx);
        end -= elements[at + 1..end].iter().rev().take_while(|e| leads(e)).count();
    }
    let counts = number.currency.is_none() && !number.percent;
    let inserted = is_apposition(place, elements, start, at);
    let mut before = before::read(place, &elements[start..at - usize::from(inserted)]);
    before.joined |= inserted;
    let mut after = after::read(place, &elements[at + 1..end], counts);
    if after.base.is_none() && before.base.is_none() && after.against.is_none() {
        after.against = against_ahead(elements, at + 1 + after.used);
    }
    if before.compared && before.time.is_none() && after.time.is_none() && !after.last_year {
        compared_with(&elements[at + 1..], &mut after);
    }
    let behind = &elements[at + 1..clause_end(elements, at + 1)];
    let cause = behind.iter().position(|e| CAUSES.contains(&e.text.as_str())).unwrap_or(behind.len());
    let excludes = before::leaves_out(place, &behind[..cause]);
    // `increased by JPY3,034 million to JPY4,748 million` names change and level; what is to come may as well be a range.
    let by_and_to = before.direction.is_some() && before.basis != Some(Basis::Outlook);
    let opens_range = !before.from && !by_and_to && is_lower_end(elements, at);
    Figure { number, element: &elements[at], before, after, excludes, beside: start == at, opens_range }
}

/// Whether a figure of the same kind follows behind nothing but `to` or a dash: `$0.62 to $0.66`, `$1.60-1.65 billion`.
fn is_lower_end(elements: &[Element], at: usize) -> bool {
    let Role::Figure(lower) = &elements[at].role else { return false };
    let unit = elements.get(at + 1).filter(|next| next.role == Role::Percent).map_or(0, |_| 1);
    let joined = elements.get(at + 1 + unit);
    let joined = joined.is_some_and(|e| e.is("to") || e.text.chars().all(super::super::scan::is_dash));
    let Some(Role::Figure(upper)) = elements.get(at + 2 + unit).map(|e| &e.role) else { return false };
    let alike = lower.percent == upper.percent || unit == 1;
    let money = upper.currency.is_none() || lower.currency == upper.currency;
    joined && alike && (money || lower.currency.is_none()) && lower.magnitude < upper.magnitude
}

/// `The net of tax amount, JPY5,079 million, was recorded`: an amount between commas states what stands before it.
fn is_apposition(place: &Place<'_>, elements: &[Element], start: usize, at: usize) -> bool {
    let words = place.page.vocabulary.words();
    let comma = |at: Option<usize>| at.and_then(|at| elements.get(at)).is_some_and(|e| e.role == Role::Comma);
    let verb = elements.get(at + 2).is_some_and(|e| e.is_in(&words.copula));
    at > start + 1 && comma(at.checked_sub(1)) && comma(Some(at + 1)) && verb
}

/// `compared to net income of $24.3 million, or $0.61 per diluted share, one year ago`: the time of a figure that others are compared
/// with stands behind the next.
fn compared_with(elements: &[Element], after: &mut After) {
    let ends = |e: &Element| matches!(e.role, Role::Stop | Role::Direction(_) | Role::Open(_));
    let mut figures = 0;
    for element in elements.iter().take(16).take_while(|e| !ends(e)) {
        match &element.role {
            Role::Figure(_) if figures == 1 => return,
            Role::Figure(_) => figures += 1,
            Role::LastYear => {
                after.last_year = true;
                return;
            }
            Role::Time(period) => {
                after.time = Some(*period);
                return;
            }
            _ => {}
        }
    }
}

/// A sentence without figures tells what part of the company the next one is about.
fn speak_of(place: &Place<'_>, elements: &[Element], state: &mut State) {
    let topic = before::read(place, elements).topic;
    state.previous = topic.or(state.previous);
    if !state.short {
        return;
    }
    state.period = topic.or(state.period);
    let words = place.page.vocabulary.words();
    let verb = |e: &Element| matches!(e.role, Role::Direction(_)) || e.is_in(&words.copula);
    let head = &elements[..elements.iter().position(verb).unwrap_or(elements.len())];
    let before = before::read(place, head);
    let found = subject(place, &before, state).and_then(|subject| subject.metric);
    state.elsewhere = found.is_none();
    if let Some(path) = found.as_ref().and_then(Metric::path) {
        state.around = Some(path.to_owned());
    }
}

/// Lets the words before a figure change what the clause is about.
fn apply(place: &Place<'_>, before: &Before, state: &mut State) {
    if !before.title.is_empty() {
        let title = title_of(place, &before.title);
        state.period = title.period.or(state.period);
        state.titles.push(title);
    }
    if let Some(subject) = subject(place, before, state) {
        state.unit = None;
        state.happened = before.happened;
        state.subject = Some(subject);
    }
    if let Some(period) = before.time.filter(|_| !before.from).or(before.topic) {
        state.period = Some(period);
        state.last = None;
        if !state.inside {
            state.previous = Some(period);
        }
    }
    state.happened |= before.happened;
    state.basis = before.basis.or(state.basis);
    if before.base.is_some() {
        state.base = before.base;
    }
}

/// The frame of a title inside a sentence. Of words that run into one another the last count that name a part of the company:
/// `Systems Integration: Systems construction`, `including large projects Systems operation and maintenance`.
fn title_of(place: &Place<'_>, elements: &[Element]) -> Frame {
    let whole = frame_of(place, 90, elements);
    if matches!(whole.naming, Naming::Segment(_) | Naming::Metric(_)) {
        return whole;
    }
    let starts = |at: &usize| {
        let element = &elements[*at];
        let first = place.page.text.lines[element.line].get(element.from);
        *at > 0 && element.role == Role::Word && first.is_some_and(|c| c.is_uppercase())
    };
    let named = (0..elements.len()).filter(starts).map(|at| frame_of(place, 90, &elements[at..]));
    named.into_iter().find(|frame| matches!(frame.naming, Naming::Segment(_))).unwrap_or(whole)
}

/// The subject among the label's candidates: the first whose words are known, else the shortest.
fn subject(place: &Place<'_>, before: &Before, state: &State) -> Option<Subject> {
    let frames: Vec<Frame>;
    let all = if state.titles.is_empty() {
        place.frames
    } else {
        frames = place.frames.iter().chain(&state.titles).cloned().collect();
        &frames
    };
    let place = Place { frames: all, ..*place };
    let around = Around { segment: state.around.clone(), short: state.short, unknown: is_unknown(state) };
    let all: Vec<Subject> = before.labels.iter().map(|label| place.subject(label, &around)).collect();
    let mut found = all.iter().find(|subject| subject.metric.is_some()).or(all.last()).cloned()?;
    if state.excludes || excludes(&place, &found.label) {
        found.metric = found.metric.and_then(|metric| place.adjusted(&metric));
    }
    Some(found)
}

fn excludes(place: &Place<'_>, label: &str) -> bool {
    let key = normalize(label);
    place.page.vocabulary.words().exclusions.iter().any(|word| contains(&key, word))
}

/// Whether the clause before spoke of something that the vocabulary does not know.
fn is_unknown(state: &State) -> bool {
    state.short && state.subject.as_ref().is_some_and(|subject| subject.metric.is_none())
}

/// Makes a figure a fact, where its words say enough.
fn take(place: &Place<'_>, figure: &Figure<'_>, state: &mut State, ahead: Option<Base>, outcome: &mut Outcome) {
    let outer = state.subject.clone();
    state.excludes |= figure.before.excludes;
    apply(place, &figure.before, state);
    let own = !figure.before.labels.is_empty();
    if outcome.first.is_none() {
        outcome.first = Some((state.subject.clone(), figure.before.time.or(state.period)));
    }
    outcome.dated = None;
    let opens = figure.before.range || figure.opens_range;
    if std::mem::replace(&mut state.range, opens) || opens {
        return;
    }
    state.past |= figure.before.last_year;
    if state.past || state.inside && state.unread && !own {
        return;
    }
    let Some(mut said) = decide(place, figure, state, ahead, own)
        .filter(|said| !said.is_of_balance() || !state.opening || state.on_opening && own)
    else {
        state.unread = true;
        // What follows an unread figure of another time is of that time too.
        state.past |= figure.before.compared || figure.before.would;
        state.promised |= figure.before.basis.is_some_and(Basis::is_target);
        return;
    };
    state.unread = false;
    state.promised = false;
    if state.opening {
        said.at_the_opening(place);
    }
    if let Some(outer) = outer.as_ref().filter(|_| state.inside) {
        said.turn_against(&outer.label);
    }
    outcome.dated = Some(said.subject.clone()).filter(|_| figure.before.time.is_some() && figure.before.joined);
    if said.is_part() {
        state.whole = Some(said.subject.clone());
    }
    if said.is_dividend() && !state.inside {
        state.dividend = Some(said.clone());
    }
    remember(&said, figure, state, outcome);
    if state.inside
        && own
        && outer.is_some()
        && figure.before.nature.is_none()
        && said.subject.metric == outer.as_ref().and_then(|s| s.metric.clone())
    {
        state.subject = outer;
    }
    let element = figure.element;
    let from = figure.number.from + usize::from(figure.is_bulleted(place));
    outcome.facts.push(place.page.fact(element.line, from, figure.number.to, said.statement()));
}

/// Lines of the statement whose parts have costs and profits of their own.
fn has_parts(metric: &Metric) -> bool {
    matches!(metric.root(), "revenue" | "cost_of_revenue" | "gross_profit")
}

/// What a figure lends to the next: its time, its unit and the base of its change.
fn remember(said: &Said, figure: &Figure<'_>, state: &mut State, outcome: &mut Outcome) {
    if state.subject.is_none() {
        state.subject = Some(said.subject.clone());
    }
    if let Some((first, period)) = &mut outcome.first {
        first.get_or_insert_with(|| said.subject.clone());
        period.get_or_insert(said.period);
    }
    // `compared to $162.5 million last year, a decrease of 4.5 percent`: the change is of the figure before.
    let compared = said.is_level() && (figure.before.compared || figure.after.last_year);
    let of = state.last.filter(|last| compared && last.year_before() == said.stated_period);
    if said.is_level() {
        state.unit = Some(said.unit.clone());
        state.base = of.map(|_| Base::Year);
        state.moved = None;
    } else {
        state.base = said.base.or(state.base);
        state.moved = figure.before.direction.or(state.moved);
    }
    state.last = of.or(Some(said.stated_period));
    if figure.before.time.is_some() && !figure.before.from {
        state.period = figure.before.time;
    }
    if !state.inside && figure.after.time.is_none() && !figure.before.from {
        state.previous = Some(said.stated_period);
    }
    if let Some(metric) = said.subject.metric.as_ref().filter(|metric| has_parts(metric)) {
        state.around = metric.path().map(str::to_owned);
    }
}
