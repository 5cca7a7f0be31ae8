//! Decides what one figure says: its measure, unit, sign, time and sense. Where a part stays uncertain, it says nothing.

use rust_decimal::Decimal;

use super::after::counted_metric;
use super::before::Base;
use super::clause::{Figure, State};
use super::element::Role;
use super::subject::{Around, Place, Subject, contains};
use super::timing::{at_the_right_time, base_of, sense, stated_period};
use super::unit::{fits, unit};
use crate::extract::Statement;
use crate::extract::label::part_of;
use crate::extract::number::Sign;
use crate::model::{Basis, Measure, Metric, Period, Scale, Unit};
use crate::vocabulary::normalize;

/// One decided figure.
#[derive(Clone, Debug)]
pub(super) struct Said {
    /// What it is about.
    pub subject: Subject,
    /// Its time.
    pub period: Period,
    /// Its time as the words have it, before stock figures move to its end.
    pub stated_period: Period,
    /// The base of its change.
    pub base: Option<Base>,
    /// Its unit.
    pub unit: Unit,
    basis: Basis,
    measure: Measure,
    value: Decimal,
    approx: bool,
}

impl Said {
    /// Whether it is the dividend of a year.
    pub fn is_dividend(&self) -> bool {
        let metric = self.subject.metric.as_ref().map(Metric::as_str);
        metric == Some("dividend_per_share") && self.is_level() && matches!(self.period, Period::Year(_))
    }

    /// Whether it is a part of something that has no name in the vocabulary, in percent.
    pub fn is_part(&self) -> bool {
        self.subject.metric.is_none() && self.measure == Measure::Level && self.unit == Unit::Percent
    }

    /// Whether it is no change.
    pub fn is_level(&self) -> bool {
        matches!(self.measure, Measure::Level | Measure::MarginPct | Measure::ShareOfRevenuePct)
    }

    /// Whether it is a change of something that stands at a date, or of something unknown.
    pub fn is_of_balance(&self) -> bool {
        !self.is_level() && (self.subject.metric.is_none() || self.subject.stock)
    }

    /// An adjustment at the beginning of a year is of that day; what is stated of a balance there is its change, and no balance.
    pub fn at_the_opening(&mut self, place: &Place<'_>) {
        let calendar = &place.page.company.fiscal_year;
        let of_balance = self.is_of_balance();
        if !of_balance && (self.subject.metric.is_some() || self.period.fiscal_year().is_none()) {
            return;
        }
        let year = self.period.fiscal_year().unwrap_or_else(|| calendar.year_of(calendar.end(self.period)));
        self.period = Period::Instant(calendar.days(Period::Year(year)).0);
        self.subject.metric = None;
        if of_balance {
            self.measure = Measure::ChangeAbs;
        }
    }

    /// `miscellaneous income of JPY143 million (miscellaneous expenses of JPY23 million for 1Q-3Q17)`: the same line, the other way.
    pub fn turn_against(&mut self, outer: &str) {
        const OPPOSITES: [(&str, &str); 4] =
            [(" income", " expense"), (" income", " loss"), (" gain", " loss"), (" profit", " loss")];
        let (outer, inner) = (normalize(outer), normalize(&self.subject.label));
        let inner = inner.trim_end_matches('s');
        let turned = OPPOSITES.iter().any(|(positive, negative)| {
            let rest = |text: &str, end: &str| text.trim_end_matches('s').strip_suffix(end).map(str::to_owned);
            matches!((rest(&outer, positive), rest(inner, negative)), (Some(a), Some(b)) if a == b && !a.is_empty())
        });
        if turned && self.is_level() && self.value.is_sign_positive() {
            self.value = -self.value;
        }
    }

    /// The statement to be printed.
    pub fn statement(self) -> Statement {
        Statement {
            metric: self.subject.metric,
            label: self.subject.label,
            period: self.period,
            basis: self.basis,
            measure: self.measure,
            value: self.value,
            unit: self.unit,
            approx: self.approx,
        }
    }
}

/// Decides one figure.
pub(super) fn decide(
    place: &Place<'_>,
    figure: &Figure<'_>,
    state: &State,
    ahead: Option<Base>,
    own: bool,
) -> Option<Said> {
    let (before, after, number) = (&figure.before, &figure.after, figure.number);
    let rated = before.labels.last().is_some_and(|label| label.ends_with(" per") || label.as_str() == "per");
    if after.foreign || rated || before.by && before.direction.is_none() {
        return None;
    }
    if before.from && after.time.or(before.time).is_none() && !after.last_year || is_of_others(figure) {
        return None;
    }
    let mut subject = per_share(place, about(place, figure, state, own)?, figure);
    if figure.after.time.is_none()
        && let Some(part) = dividend_part(place, figure, state)
    {
        return Some(part);
    }
    if figure.excludes {
        subject.metric = subject.metric.and_then(|metric| place.adjusted(&metric));
    }
    let of_whole = state.whole.as_ref() == Some(&subject);
    if is_size(place, figure, &subject) {
        return None;
    }
    if subject.metric.is_none() && place.is_unclear() && after.whole.is_empty() && !of_whole {
        return None;
    }
    let words = place.page.vocabulary.words();
    let key = normalize(&subject.label);
    let nameless = before.compared
        && subject.metric.is_none()
        && key.split(' ').all(|word| words.general.iter().any(|known| known == word));
    // `a positive impact of JPY0.1 billion` says which way it went.
    let told = words.signed.iter().any(|phrase| contains(&key, phrase)) && figure.before.of;
    if nameless || !told && words.unclear.iter().any(|word| contains(&key, word)) {
        return None;
    }
    let signed = matches!(number.sign, Sign::Plus)
        || matches!(number.sign, Sign::Minus) && (after.base.is_some() || state.inside);
    let direction = before.direction.filter(|_| !before.to && (!before.from || before.by)).or(match number.sign {
        Sign::Plus => Some(1),
        Sign::Minus | Sign::Paren if signed => Some(-1),
        _ => None,
    });
    let other_form = before.last == "or" && before.labels.is_empty() && (number.percent || after.percent);
    let direction = direction.or(state.moved.filter(|_| other_form));
    let plain = || place.page.vocabulary.term(&subject.label).is_some();
    if number.percent && direction.is_some() && (figure.excludes || before.excludes) && plain() {
        return None;
    }
    let share = after.share || is_share(place, &subject);
    if share && !after.share {
        subject = place.inherited()?;
    }
    let stated = stated_period(place, figure, state, &subject, direction.is_some())?;
    let unit = unit(place, figure, state, &subject, direction.is_some())?;
    let base = direction.and_then(|_| base_of(place, figure, state, ahead, stated, &subject));
    let part = unit == Unit::Percent && direction.is_none() && state.whole.as_ref() == Some(&subject);
    let measure = match part {
        true => Measure::Level,
        false => measure(place, figure, &subject, &unit, direction, base, share)?,
    };
    let level = matches!(measure, Measure::Level | Measure::MarginPct | Measure::ShareOfRevenuePct);
    if level && !share && !own && (is_repeated(figure, state, &unit) || is_second(figure, state, &unit)) {
        return None;
    }
    if level && !is_said(place, figure, state, &subject, own) {
        return None;
    }
    if part && !figure.after.phrase.is_empty()
        || level && !own && subject.metric.is_none() && figure.number.percent && is_part(place, figure)
    {
        subject.label = format!("{}: {}", subject.label, figure.after.phrase);
    }
    let period = at_the_right_time(place, figure, state, &subject, &unit, stated, measure);
    if level && period.fiscal_year().is_some() && subject.metric.as_ref().is_some_and(|metric| place.is_stock(metric)) {
        subject.metric = None;
    }
    let basis = sense(place, figure, state, period)?;
    let value = value(place, figure, &subject, direction, level);
    fits(place, &subject, &unit, measure).then_some(())?;
    Some(Said { period, stated_period: stated, base, unit, basis, measure, value, approx: before.approx, subject })
}

/// `net income of $39.1 million, or $0.83 per diluted share`: the same income, for one share.
fn per_share(place: &Place<'_>, subject: Subject, figure: &Figure<'_>) -> Subject {
    let profit =
        subject.metric.as_ref().is_some_and(|m| matches!(m.as_str(), "net_income" | "net_income_including_nci"));
    let bare = figure.number.scale.is_none() && figure.number.currency.is_some();
    if !(profit && bare && figure.after.per_share) {
        return subject;
    }
    let id = match figure.after.phrase.as_str() {
        "diluted" => "eps_diluted",
        "basic" => "eps_basic",
        _ => return Subject { metric: None, ..subject },
    };
    let metric = Metric::new(id).ok().filter(|metric| place.page.vocabulary.entry(metric).is_some());
    Subject { metric, negative: subject.negative, ..subject }
}

/// `dividend of JPY3,500 (mid JPY1,750, year-end 1,750)`: the parts of a year's dividend, each of a half.
fn dividend_part(place: &Place<'_>, figure: &Figure<'_>, state: &State) -> Option<Said> {
    let words = place.page.vocabulary.words();
    let of_year = state.dividend.as_ref().filter(|_| state.inside)?;
    let Period::Year(year) = of_year.period else { return None };
    let [label] = figure.before.labels.as_slice() else { return None };
    let key = label.to_lowercase();
    let number = match () {
        () if words.interim.contains(&key) => 1,
        () if words.year_end.contains(&key) => 2,
        () => return None,
    };
    let same = |currency| of_year.unit == Unit::money(currency, figure.number.scale.unwrap_or(Scale::One));
    figure.number.currency.is_none_or(same).then_some(())?;
    let period = Period::Half { year, number };
    let label = format!("{}: {label}", of_year.subject.label);
    Some(Said {
        subject: Subject { label, ..of_year.subject.clone() },
        period,
        stated_period: period,
        unit: of_year.unit.clone(),
        value: figure.number.magnitude,
        approx: figure.before.approx,
        ..*of_year
    })
}

/// `projects of annual revenue over JPY0.1 billion`: from which size things count says nothing of the period.
fn is_size(place: &Place<'_>, figure: &Figure<'_>, subject: &Subject) -> bool {
    let key = normalize(&subject.label);
    let sized = || place.page.vocabulary.words().sized.iter().any(|noun| contains(&key, noun));
    let own = !figure.before.labels.is_empty() && subject.metric.is_none();
    figure.before.over && own && figure.number.currency.is_some() && sized()
}

/// `60 personnel of IIJ Exlayer`: the things counted are another's.
fn is_of_others(figure: &Figure<'_>) -> bool {
    figure.after.count.is_some() && !figure.after.whole.is_empty()
}

/// What the figure is about: its own label, the clause's subject, the thing counted, or what stands above.
fn about(place: &Place<'_>, figure: &Figure<'_>, state: &State, own: bool) -> Option<Subject> {
    if let (Some((_, noun)), false) = (&figure.after.count, own && figure.before.joined && !figure.before.happened) {
        let counted = |subject: &Subject| {
            subject.metric.as_ref().is_some_and(|m| place.is_stock(m)) || is_count(place, &subject.label)
        };
        let unit = figure.after.count.as_ref().map(|(unit, _)| Unit::count(unit));
        let other = state.unit.is_some() && state.unit != unit && figure.before.labels.is_empty();
        let free = other || !state.subject.as_ref().is_some_and(counted);
        if free && figure.before.direction.is_none() {
            let happened = figure.before.happened || state.happened && figure.before.labels.is_empty();
            let metric = counted_metric(place, noun).filter(|_| !happened || is_placed(figure));
            let metric = metric.and_then(|metric| of_service(place, state, metric));
            let dated = figure.after.time.or(figure.before.time).or(figure.before.topic).is_some();
            if metric.is_none() && !dated && !happened && !noun.contains(' ') {
                return None;
            }
            // `Addition of over 250 personnel` is no headcount.
            let short = |label: &&String| label.split(' ').count() <= 4;
            let own = figure.before.labels.last().filter(short);
            let own = own.filter(|_| figure.before.of && happened && metric.is_none());
            let label = own.map_or_else(|| noun.clone(), |label| format!("{label} of {noun}"));
            return Some(Subject { metric, stock: !happened, ..Subject::unknown(&label) });
        }
    }
    if let Some(titled) = counted_title(place, figure, state) {
        return Some(titled);
    }
    // `target JPY18.0 billion for cloud revenue`: the name stands behind.
    let words = &place.page.vocabulary.words().target;
    if let Some(name) = figure.after.phrase.strip_prefix("for ").filter(|_| words.contains(&figure.before.last)) {
        let named = place.subject(name, &Around::default());
        return Some(named).filter(|subject| subject.metric.is_some());
    }
    let rest = figure.before.last == "remaining";
    let goes_on = figure.number.percent && figure.before.direction.is_none() && !figure.after.phrase.is_empty();
    if goes_on && (rest || state.inside && !own) && state.whole.is_some() {
        return state.whole.clone();
    }
    if figure.number.percent && !figure.after.whole.is_empty() && !own && figure.before.direction.is_none() {
        return Some(Subject::unknown(&figure.after.whole));
    }
    // `the major breakdown of intangible assets was JPY6,082 million in goodwill`: the words behind the figure name it.
    let last = figure.before.labels.last().map(|label| normalize(label)).unwrap_or_default();
    let of_whole = place.page.vocabulary.words().breakdown.iter().any(|word| contains(&last, word));
    if let Some(name) = figure.after.phrase.strip_prefix("in ").filter(|_| own && of_whole && !figure.number.percent) {
        let name = name.split(" as ").next().unwrap_or(name).trim_end_matches(" as");
        return Some(place.subject(name, &Around::default()));
    }
    let recorded_of = !figure.after.whole.is_empty() && !own && state.subject.is_none() && figure.before.joined;
    if recorded_of {
        return Some(place.subject(&figure.after.whole, &Around::default()));
    }
    let recorded = !figure.after.phrase.is_empty() && !own && state.subject.is_none() && figure.before.joined;
    if recorded {
        return Some(place.subject(&figure.after.phrase, &Around::default()));
    }
    state.subject.clone().or_else(|| place.inherited()).or_else(|| period_form(place, figure, state))
}

/// `Human Resources: … Up 153 personnel`: the title and the things counted name the same metric, whatever stands between.
fn counted_title(place: &Place<'_>, figure: &Figure<'_>, state: &State) -> Option<Subject> {
    let (_, noun) = figure.after.count.as_ref()?;
    let counted = counted_metric(place, noun)?;
    let title = state.titles.last()?;
    let unknown = state.subject.as_ref().is_none_or(|subject| subject.metric.is_none());
    let same = counted_metric(place, &title.words).as_ref() == Some(&counted);
    let stock = place.is_stock(&counted);
    (unknown && same).then(|| Subject { metric: Some(counted), stock, ..Subject::unknown(&title.words) })
}

/// Contracts and subscriptions are those of the service that the clause before, or the heading, speaks of.
fn of_service(place: &Place<'_>, state: &State, metric: Metric) -> Option<Metric> {
    if !matches!(metric.as_str(), "contracts" | "subscriptions") {
        return Some(metric);
    }
    if state.elsewhere {
        return None;
    }
    let before = state.subject.as_ref().and_then(|s| s.metric.as_ref()).and_then(Metric::path).map(str::to_owned);
    let path = before.or_else(|| state.around.clone()).or_else(|| place.context().segment)?;
    part_of(&metric, &path)
}

/// `Placed 440 ATMs as of May 15, 2012` states a level, though something happened.
pub(super) fn is_placed(figure: &Figure<'_>) -> bool {
    matches!(figure.after.time, Some(Period::Instant(_)))
}

/// `FY12: 106,248` under a heading that names a line of the statement.
fn period_form(place: &Place<'_>, figure: &Figure<'_>, state: &State) -> Option<Subject> {
    let alone = figure.before.joined && figure.before.time.is_some() && figure.before.labels.is_empty();
    (alone && !state.inside).then(|| place.section_subject()).flatten()
}

/// Whether the words join label and figure: a bare number or an unknown label needs more than to stand beside.
fn is_said(place: &Place<'_>, figure: &Figure<'_>, state: &State, subject: &Subject, own: bool) -> bool {
    let before = &figure.before;
    let short = place.page.text.lines[figure.element.line].len() < 200;
    let listed =
        !own && figure.element.text.chars().all(|c| c.is_ascii_digit() || c == ',') && figure.after.time.is_some();
    let numbered = before.approx && is_count(place, &subject.label);
    let dated = before.time.is_some() && figure.number.currency.is_some();
    let joined = before.joined || before.of || before.to || before.from || before.nature.is_some();
    let ratio = figure.number.percent && short && is_ratio(place, subject);
    let titled = short && is_of_title(place, figure, state);
    let scaled = figure.number.scale.is_some() && ends_in_count(place, &subject.label);
    let part = state.whole.as_ref() == Some(subject);
    let standing = own && figure.number.currency.is_some() && matches!(figure.after.time, Some(Period::Instant(_)));
    let titled = titled || own && figure.number.currency.is_some() && is_titled_by_time(figure);
    let joined = joined || standing || listed || numbered || dated || ratio || titled || scaled || part;
    let known = subject.metric.is_some();
    let counted = figure.after.count.is_some();
    let threshold = before.over && !known && !joined;
    let unit = figure.number.currency.is_some() || figure.number.percent || counted || figure.after.percent;
    let first = state.last.is_none() || state.inside;
    let short = short && !is_adjective(place, figure);
    let beside = !own && (first || known || figure.after.time.is_some())
        || known
        || short && figure.number.currency.is_some()
        || counted && (before.happened || state.happened);
    !threshold && (joined || unit && beside)
}

/// `approved NT$5.00 Cash Dividend`, `$0.15 per diluted share, related to`: the figure stands within a phrase, not behind its label.
fn is_adjective(place: &Place<'_>, figure: &Figure<'_>) -> bool {
    let line = &place.page.text.lines[figure.element.line];
    let next = line.get(figure.element.to..).unwrap_or_default().iter().find(|c| !c.is_whitespace());
    let bulleted = line.iter().find(|c| !c.is_whitespace()).is_some_and(|c| !c.is_alphanumeric());
    let ends = next.is_none_or(|c| matches!(c, '(' | ')' | '*' | '['));
    let goes_on = next.is_some_and(|c| c.is_alphabetic()) && figure.after.used == 0;
    !ends && (goes_on || !bulleted)
}

/// A second level of the same subject in parentheses, without a time of its own, says nothing certain: `(2016: 1,101)`. The
/// same amount in another currency does.
fn is_repeated(figure: &Figure<'_>, state: &State, unit: &Unit) -> bool {
    let dated = figure.after.time.or(figure.before.time).is_some() || figure.after.last_year;
    let translated = unit.currency().is_some() && state.unit.as_ref().and_then(Unit::currency) != unit.currency();
    state.inside && state.last.is_some() && !dated && !translated && figure.before.nature.is_none()
}

/// `Revenues JPY30,118 million ($360.6 million) JPY29,500 million`: a second amount with nothing said of it is of another column.
fn is_second(figure: &Figure<'_>, state: &State, unit: &Unit) -> bool {
    let alike = state.unit.as_ref().is_some_and(|last| last.currency() == unit.currency() && unit.currency().is_some());
    figure.beside && state.last.is_some() && alike && !state.inside
}

/// `Private 2.83` below a heading with its time and a unit printed for the section; `(including private 2.83)` behind such a figure.
fn is_of_title(place: &Place<'_>, figure: &Figure<'_>, state: &State) -> bool {
    let behind = state.inside && state.last.is_some();
    let dated = behind || figure.before.topic.is_some() || place.frames.iter().any(|frame| frame.period.is_some());
    let bare = figure.number.currency.is_none() && !figure.number.percent && figure.number.scale.is_none();
    bare && dated && figure.number.magnitude.scale() > 0
}

/// `Difference: 1Q-3Q18 unrealized loss on P/L JPY2,951 million`: a title, a time, a name and its amount.
fn is_titled_by_time(figure: &Figure<'_>) -> bool {
    let titled = !figure.before.title.is_empty() && figure.before.topic.is_some();
    titled && figure.before.title.iter().all(|e| e.role == Role::Word) && figure.before.title.len() == 1
}

/// A label that says it is a ratio.
fn is_ratio(place: &Place<'_>, subject: &Subject) -> bool {
    let key = normalize(&subject.label);
    place.page.vocabulary.words().ratios.iter().any(|phrase| contains(&key, phrase))
}

pub(super) fn is_count(place: &Place<'_>, label: &str) -> bool {
    let key = normalize(label);
    key.starts_with("number of") || place.page.vocabulary.words().counts.iter().any(|[noun, _]| contains(&key, noun))
}

/// `Total subs. 1,570 thousand`.
fn ends_in_count(place: &Place<'_>, label: &str) -> bool {
    let key = normalize(label);
    let last = key.rsplit(' ').next().unwrap_or_default();
    place.page.vocabulary.words().counts.iter().any(|[noun, _]| noun == last)
}

/// `Percentage of revenues was 14.0%`.
fn is_share(place: &Place<'_>, subject: &Subject) -> bool {
    let key = normalize(&subject.label);
    subject.metric.is_none() && place.page.vocabulary.words().share.iter().any(|phrase| normalize(phrase) == key)
}

fn measure(
    place: &Place<'_>,
    figure: &Figure<'_>,
    subject: &Subject,
    unit: &Unit,
    direction: Option<i8>,
    base: Option<Base>,
    share: bool,
) -> Option<Measure> {
    let profit = subject.metric.as_ref().is_some_and(|m| {
        matches!(m.root(), "gross_profit" | "operating_income" | "net_income" | "income_before_tax" | "ordinary_income")
    });
    if direction.is_some() {
        return match (unit, base) {
            (Unit::Points, _) => Some(Measure::PpChange),
            (Unit::Percent, Some(Base::Year)) => Some(Measure::YoyPct),
            (Unit::Percent, Some(Base::Previous)) => Some(Measure::QoqPct),
            (Unit::Money { .. } | Unit::Count { .. }, Some(Base::Year)) => Some(Measure::YoyAbs),
            (Unit::Money { .. } | Unit::Count { .. }, Some(Base::Previous)) => Some(Measure::QoqAbs),
            (Unit::Money { .. } | Unit::Count { .. }, Some(Base::Balance)) => Some(Measure::ChangeAbs),
            _ => None,
        };
    }
    let ratio = || is_ratio(place, subject);
    match unit {
        Unit::Points => None,
        Unit::Percent if share => Some(if profit { Measure::MarginPct } else { Measure::ShareOfRevenuePct }),
        Unit::Percent if subject.measure == Measure::MarginPct => Some(Measure::MarginPct),
        Unit::Percent if figure.after.base.is_some() => None,
        Unit::Percent if is_gross_margin(subject, figure) => Some(Measure::MarginPct),
        Unit::Percent if subject.metric.as_ref().is_some_and(|metric| is_rate(place, metric)) => Some(Measure::Level),
        Unit::Percent if figure.number.percent && !figure.after.whole.is_empty() && subject.metric.is_none() => {
            Some(Measure::Level)
        }
        Unit::Percent
            if ratio() || !figure.after.phrase.is_empty() && figure.after.used == 0 && is_part(place, figure) =>
        {
            Some(Measure::Level)
        }
        Unit::Percent => None,
        _ if subject.measure == Measure::MarginPct => None,
        _ => Some(Measure::Level),
    }
}

/// `Gross margin of 38.2%`: a margin by its name, where nothing else is said of the percentage.
fn is_gross_margin(subject: &Subject, figure: &Figure<'_>) -> bool {
    let key = normalize(&subject.label);
    let named = contains(&key, "margin") && subject.metric.as_ref().is_some_and(|m| m.root() == "gross_profit");
    named && figure.after.whole.is_empty() && (figure.before.joined || figure.before.of || figure.before.from)
}

/// Whether the metric itself is a percentage: the equity ratio.
fn is_rate(place: &Place<'_>, metric: &Metric) -> bool {
    place.page.vocabulary.entry(metric).is_some_and(|entry| entry.unit == "%")
}

/// `86.6% in systems operation and maintenance`: a part of what stands above or before.
fn is_part(place: &Place<'_>, figure: &Figure<'_>) -> bool {
    let words = place.page.vocabulary.words();
    let key = normalize(&figure.after.phrase);
    figure.before.labels.is_empty() && words.share.iter().all(|phrase| !contains(&key, phrase)) && !key.is_empty()
}

/// The value with the sign that direction, parentheses or the label's words give.
fn value(place: &Place<'_>, figure: &Figure<'_>, subject: &Subject, direction: Option<i8>, level: bool) -> Decimal {
    let magnitude = figure.number.magnitude;
    if !level {
        // A loss that grows makes the result fall: what the label calls negative turns its changes too.
        let turned = subject.negative && figure.number.currency.is_some();
        return if (direction == Some(-1)) != turned { -magnitude } else { magnitude };
    }
    let alone_in_parentheses = figure.number.sign == Sign::Paren || is_wrapped(place, figure);
    let negative = match figure.before.nature {
        Some(sign) => sign < 0,
        None => {
            let minus = figure.number.sign == Sign::Minus && !figure.is_bulleted(place);
            subject.negative || alone_in_parentheses || minus
        }
    };
    if negative { -magnitude } else { magnitude }
}

/// `Decrease in accounts payable: (JPY1,962 million)`.
fn is_wrapped(place: &Place<'_>, figure: &Figure<'_>) -> bool {
    let line = &place.page.text.lines[figure.element.line];
    let before: String = line[..figure.element.from].iter().rev().take(3).collect();
    let after = line.get(figure.element.to..).unwrap_or_default().iter().find(|c| !c.is_whitespace());
    let colon = before.trim_end().starts_with('(') && before.contains(':');
    colon && after == Some(&')')
}
