//! The outline of a document: its date, the period it reports, and for each line the section, the unit and the heading that
//! it stands under.

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::NaiveDate;

use super::definitions;
use super::label::{Context, heading};
use super::scan::{Kind, Text};
use super::time::Time;
use super::title;
use super::units;
use crate::model::{Company, Metric, Period, Quarter, Scale, Unit};
use crate::vocabulary::{Vocabulary, has_any, normalize};

/// What stands around a line.
#[derive(Clone, Debug, Default)]
pub struct Scope {
    /// Number of the section, counted by its headings.
    pub section: usize,
    /// The section's heading, `II-5. Network Services (1)Revenues`.
    pub heading: String,
    /// What the heading names.
    pub context: Context,
    /// The period that the heading or, without one, the document reports.
    pub period: Option<Period>,
    /// The unit of bare numbers in this section.
    pub unit: Option<Unit>,
    /// Whether the section declares the unit itself, before or after this line.
    pub unit_is_own: bool,
    /// The scale of numbers of shares, where the section declares one for all its figures.
    pub shares: Option<Scale>,
    /// The lines that say so.
    pub places: Places,
}

/// The lines, from 0, that a scope is made of.
#[derive(Clone, Copy, Debug, Default)]
pub struct Places {
    /// The heading's.
    pub heading: Option<usize>,
    /// The line that declares the unit.
    pub unit: Option<usize>,
    /// The line that names the period, where it is not the document's.
    pub period: Option<usize>,
}

/// A document's outline.
#[derive(Clone, Debug)]
pub struct Outline {
    /// The document's own title line.
    pub title: String,
    /// The day of publication.
    pub date: Option<NaiveDate>,
    /// The span that the document reports.
    pub period: Option<Period>,
    /// What stands around each line.
    pub scopes: Vec<Scope>,
    /// The line, from 0, of the day of publication.
    pub dated: Option<usize>,
    /// The line, from 0, that names the span that the document reports.
    pub titled: Option<usize>,
    /// Names that footnotes define, and the footnotes' lines; no name where it is not known what they define.
    pub definitions: Vec<(String, usize)>,
}

/// Lines that open a document: enough for a title and a date.
const OPENING_LINES: usize = 10;
/// How many lines below these may hold the date where they do not.
const LINES_BELOW: usize = 6;
/// Longer lines are text, not titles or headings.
pub(super) const LONGEST_HEADING: usize = 160;

impl Outline {
    /// Reads the outline of a scanned document, by its text and its file's name. The document reports the first span it names that
    /// had ended by its date.
    pub fn of(text: &Text, name: &str, company: &Company, vocabulary: &Vocabulary) -> Self {
        let calendar = &company.fiscal_year;
        let opening: Vec<usize> =
            (0..text.lines.len()).filter(|i| !text.tokens[*i].is_empty()).take(OPENING_LINES).collect();
        let date = date_of(text, &opening).or_else(|| date_of_name(name)).or_else(|| latest_as_of(text));
        let past = |period: &Period| date.is_none_or(|date| calendar.end(*period) <= date);
        let spans: Vec<Period> = opening.iter().flat_map(|i| ended_spans_in(text, *i)).filter(past).collect();
        let first = spans.first().copied();
        // A span that stands before the one a year later is the one compared with.
        let later = first.and_then(|first| spans.iter().copied().find(|span| span.year_before() == first));
        let period = later.or(first);
        let period = period.or_else(|| first_heading_span(text)).or_else(|| latest_span(text, company, date));
        let title_line = opening.iter().find(|i| spans_in(text, **i).next().is_some()).or(opening.first());
        let mut title = title_line.map_or_else(String::new, |i| title::clean(text.line(*i)));
        // The company's name alone is no title: the line below it tells documents apart.
        if let Some(next) = opening.get(1).filter(|_| title == company.name) {
            title = format!("{title}, {}", title::clean(text.line(*next)));
        }
        let title = shorten(&title);
        let (aliases, definitions) = definitions::of(text, vocabulary);
        let aliases = Arc::new(aliases);
        let naming = |period| (0..text.lines.len()).find(|line| spans_in(text, *line).any(|span| span == period));
        let on = |date| (0..text.lines.len()).find(|line| days_of(text, *line).any(|(day, _)| day == date));
        let (dated, titled) = (date.and_then(on), period.and_then(naming));
        let mut outline = Self { title, date, period, scopes: Vec::new(), dated, titled, definitions };
        outline.scopes = scopes(text, company, vocabulary, (period, date), &aliases);
        outline
    }
}

/// A title is at most a line of a page.
fn shorten(line: &str) -> String {
    if line.chars().count() <= LONGEST_HEADING {
        return line.to_owned();
    }
    let cut: String = line.chars().take(LONGEST_HEADING).collect();
    cut.rsplit_once(' ').map_or(cut.clone(), |(head, _)| head.to_owned())
}

/// The spans (no instants, no months) of a line.
fn spans_in(text: &Text, line: usize) -> impl Iterator<Item = Period> + '_ {
    text.tokens[line].iter().filter_map(|token| match token.time()? {
        Time::At(period) if period.fiscal_year().is_some() => Some(period),
        _ => None,
    })
}

fn span_in(text: &Text, line: usize) -> Option<Period> {
    spans_in(text, line).next()
}

/// The spans of a line that it may report: not those yet to end (`the fiscal year ending March 31, 2018`), nor those compared with
/// (`an increase of 19.2% from 1Q07`).
fn ended_spans_in(text: &Text, line: usize) -> impl Iterator<Item = Period> + '_ {
    text.tokens[line].iter().filter_map(move |token| match token.time()? {
        Time::At(period) if period.fiscal_year().is_some() => {
            let printed = text.slice(line, token.from, token.to).to_lowercase();
            let before = text.slice(line, token.from.saturating_sub(6), token.from).to_lowercase();
            let is_base = printed.split_whitespace().count() == 1 && [" from ", " than "].contains(&before.as_str());
            (!printed.contains("ending") && !is_base).then_some(period)
        }
        _ => None,
    })
}

/// The latest date among the opening lines that is the document's own: dates on which something ended, will happen or stands are
/// not. Without one, that of the lines right below.
fn date_of(text: &Text, opening: &[usize]) -> Option<NaiveDate> {
    let own_of = |line: usize| {
        let own = move |(_, at): &(NaiveDate, usize)| *at < LONGEST_OPENING && is_own_date(text, line, *at);
        days_of(text, line).filter(own).map(|(day, _)| day)
    };
    let spoken = (0..text.lines.len()).filter(|i| !text.tokens[*i].is_empty());
    let below = || spoken.skip(opening.len()).take(LINES_BELOW).flat_map(own_of).max();
    opening.iter().copied().flat_map(own_of).max().or_else(below)
}

/// `2017-11-07-1h17-release.txt`: the day that a file's name begins with.
fn date_of_name(name: &str) -> Option<NaiveDate> {
    NaiveDate::parse_from_str(name.get(..10)?, "%Y-%m-%d").ok()
}

/// The latest `as of` date that the document states.
fn latest_as_of(text: &Text) -> Option<NaiveDate> {
    let as_of = |line: &usize| normalize(text.line(*line)).contains("as of");
    (0..text.lines.len()).filter(as_of).flat_map(|line| days_of(text, line)).map(|(day, _)| day).max()
}

/// How far into a line of running text its own date may stand.
const LONGEST_OPENING: usize = 600;
/// Words before a date that is not the document's.
const OF_OTHERS: [&str; 16] = [
    "ended",
    "ending",
    "as of",
    "from",
    "to",
    "on",
    "until",
    "through",
    "since",
    "effective",
    "dated",
    "予定日",
    "開催",
    "開始",
    "提出",
    "at",
];

/// The dates of a line and their places.
fn days_of(text: &Text, line: usize) -> impl Iterator<Item = (NaiveDate, usize)> + '_ {
    text.tokens[line].iter().filter_map(|token| match token.time()? {
        Time::At(Period::Instant(day)) => Some((day, token.from)),
        _ => None,
    })
}

/// Whether none of these words leads to the date at a place.
fn is_own_date(text: &Text, line: usize, at: usize) -> bool {
    let start = at.saturating_sub(14);
    let before = text.slice(line, start, at).to_lowercase();
    let before = before.trim_end_matches(|c: char| c.is_whitespace() || c == '(' || c == '（' || c == '：' || c == ':');
    let leads = |word: &str| {
        let rest = before.strip_suffix(word);
        rest.is_some_and(|rest| !word.is_ascii() || !rest.ends_with(|c: char| c.is_alphanumeric()))
    };
    !OF_OTHERS.iter().any(|word| leads(word)) && !is_scheduled(text, line, at)
}

/// `Scheduled date of filing: August 11, 2021`, `提出予定日` over its date: a day to come.
fn is_scheduled(text: &Text, line: usize, at: usize) -> bool {
    const REACH: usize = 90;
    let says = |text: &str| text.to_lowercase().contains("scheduled") || text.trim_end().ends_with("予定日");
    let alone = text.slice(line, 0, at).trim().is_empty();
    let above = || (0..line).rev().find(|above| !text.tokens[*above].is_empty()).map(|above| text.line(above));
    says(&text.slice(line, at.saturating_sub(REACH), at)) || alone && above().is_some_and(says)
}

fn first_heading_span(text: &Text) -> Option<Period> {
    (0..text.lines.len()).filter(|line| is_heading(&text.lines[*line])).find_map(|line| span_in(text, line))
}

/// Without a title that names it, a document reports the latest span in its text that had ended by its date.
fn latest_span(text: &Text, company: &Company, date: Option<NaiveDate>) -> Option<Period> {
    let calendar = &company.fiscal_year;
    let all = (0..text.lines.len()).flat_map(|line| spans_in(text, line).chain(span_of_columns(text, line, company)));
    let past = all.filter(|period| date.is_some_and(|date| calendar.end(*period) < date));
    past.fold(None, |latest: Option<Period>, period| match latest {
        Some(latest) if calendar.end(latest) >= calendar.end(period) => Some(latest),
        _ => Some(period),
    })
}

/// `12 Weeks Ended` above its dates.
fn span_of_columns(text: &Text, line: usize, company: &Company) -> Option<Period> {
    let months = text.tokens[line].iter().find_map(|token| match token.time()? {
        Time::Span(months) => Some(months),
        Time::At(_) | Time::Bare(_) => None,
    })?;
    let below = text.tokens.iter().skip(line).take(4).flatten();
    below.filter_map(|token| token.time()).find_map(|time| match time {
        Time::At(Period::Instant(day)) => company.fiscal_year.span_ending(months, day),
        _ => None,
    })
}

/// A numbered heading: `II - 5. Systems Integration`, `Ⅲ-1. Cloud`, `I . Summary`.
pub fn is_heading(line: &[char]) -> bool {
    let line = &line[line.iter().take_while(|c| c.is_whitespace()).count()..];
    let numeral = line.iter().take_while(|c| matches!(c, 'I' | 'V' | 'X' | '\u{2160}'..='\u{216b}')).count();
    let mut rest = line[numeral..].iter().skip_while(|c| c.is_whitespace());
    numeral > 0 && line.len() <= LONGEST_HEADING && !line.contains(&'\t') && matches!(rest.next(), Some('-' | '.'))
}

fn scopes(
    text: &Text,
    company: &Company,
    vocabulary: &Vocabulary,
    (period, date): (Option<Period>, Option<NaiveDate>),
    aliases: &Arc<BTreeMap<String, Metric>>,
) -> Vec<Scope> {
    let past = |period: &Period| date.is_none_or(|date| company.fiscal_year.end(*period) <= date);
    let context = Context { aliases: aliases.clone(), ..Context::default() };
    let mut current = Scope { period, context: context.clone(), ..Scope::default() };
    let mut scopes: Vec<Scope> = Vec::with_capacity(text.lines.len());
    for line in 0..text.lines.len() {
        if is_heading(&text.lines[line]) {
            current.section += 1;
            current.unit_is_own = false;
            current.heading = text.line(line).trim().to_owned();
            current.context = Context {
                aliases: context_aliases(&current.heading, aliases),
                ..heading(&current.heading, vocabulary)
            };
            let own = span_in(text, line);
            current.places.heading = Some(line);
            current.places.period = own.map(|_| line);
            current.period = own.or(period);
        } else if let Some(titled) =
            titled_period(text, line, vocabulary).or_else(|| titled_part(text.line(line), period)).filter(past)
        {
            current.period = Some(titled);
            current.places.period = Some(line);
        }
        if text.lines[line].len() <= LONGEST_HEADING * 2
            && let Some(unit) = units::declared(text, line, company.currency).filter(|unit| *unit != Unit::Percent)
        {
            if !current.unit_is_own {
                fill_back(&mut scopes, current.section, &unit, line);
            }
            current.unit = Some(unit);
            current.places.unit = Some(line);
            current.unit_is_own = true;
            current.shares = units::scale_of_shares(text.line(line));
        }
        scopes.push(current.clone());
    }
    scopes
}

/// `4Q14 Financial Results Summary`: a line of its own that says which ended span the results below it are of.
fn titled_period(text: &Text, line: usize, vocabulary: &Vocabulary) -> Option<Period> {
    const LONGEST: usize = 90;
    let tokens = &text.tokens[line];
    let words = vocabulary.words();
    let plain = text.lines[line].len() <= LONGEST && tokens.iter().all(|token| token.number().is_none());
    let starts = tokens.first().is_some_and(|first| {
        first.time().is_some() || first.word().is_some_and(|word| word.starts_with(char::is_uppercase))
    });
    if !plain || !starts || tokens.last().is_some_and(|last| last.is_mark('.')) {
        return None;
    }
    let key = normalize(text.line(line));
    if !has_any(&key, &words.reported) || has_any(&key, &words.target) {
        return None;
    }
    let mut spans = spans_in(text, line);
    let first = spans.next()?;
    (spans.all(|other| other == first)).then_some(first)
}

/// `Second quarter`, `First half year`: a line of its own that names a part of the year that the document reports.
fn titled_part(line: &str, reported: Option<Period>) -> Option<Period> {
    const LONGEST: usize = 40;
    let year = reported?.fiscal_year()?;
    if line.trim().len() > LONGEST {
        return None;
    }
    let quarter = |number| Quarter::new(year, number).map(Period::Quarter);
    match normalize(line).as_str() {
        "first quarter" => quarter(1),
        "second quarter" => quarter(2),
        "third quarter" => quarter(3),
        "fourth quarter" => quarter(4),
        "first half" | "first half year" | "half year" | "first six months" | "six months" => {
            Some(Period::Half { year, number: 1 })
        }
        "first nine months" | "nine months" => Some(Period::NineMonths(year)),
        "full year" => Some(Period::Year(year)),
        _ => None,
    }
}

/// The statement of cash flows starts from the income of all owners, whatever a footnote says of `net income` elsewhere.
fn context_aliases(heading: &str, aliases: &Arc<BTreeMap<String, Metric>>) -> Arc<BTreeMap<String, Metric>> {
    if normalize(heading).contains("cash flow") { Arc::default() } else { Arc::clone(aliases) }
}

/// A unit printed below a table also counts for the lines above it in the same section, where none was printed before.
fn fill_back(scopes: &mut [Scope], section: usize, unit: &Unit, line: usize) {
    let first = scopes.iter().position(|scope| scope.section == section).unwrap_or(scopes.len());
    let of_section = &mut scopes[first..];
    let before = first_unit_is_inherited(of_section);
    for scope in of_section.iter_mut().take(before) {
        scope.unit = Some(unit.clone());
        scope.places.unit = Some(line);
        scope.unit_is_own = true;
    }
}

/// How many lines at the start of a section still carry the unit of the section before.
fn first_unit_is_inherited(section: &[Scope]) -> usize {
    let inherited = section.first().map(|scope| scope.unit.clone());
    match inherited {
        Some(unit) if section.iter().all(|scope| scope.unit == unit) => section.len(),
        _ => 0,
    }
}

/// How much of a line tells that it is a legend of changes.
const LEGEND: usize = 12;

/// Whether a line is nothing but a unit, a legend or blank: it names nothing.
pub fn names_nothing(text: &Text, line: usize, company: &Company) -> bool {
    let tokens = &text.tokens[line];
    !tokens.iter().any(|token| matches!(token.kind, Kind::Word(_)))
        || units::declared(text, line, company.currency).is_some()
        || {
            let start: String = text
                .line(line)
                .chars()
                .skip_while(|c| !c.is_alphanumeric() && !matches!(c, '%' | '&'))
                .take(LEGEND)
                .collect();
            let key = normalize(&start);
            key.starts_with("yoy") || key.starts_with("qoq")
        }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::super::cases::iij;
    use super::*;
    use crate::model::Document;

    /// The day and the span that a document reports.
    fn reported(name: &str, opening: &str) -> (String, String) {
        let company = iij();
        let lines = opening.split('\n').map(str::to_owned).collect();
        let document = Document { name: Arc::from(name), path: String::new(), lines };
        let text = Text::of(&document, &company.fiscal_year);
        let outline = Outline::of(&text, name, &company, &Vocabulary::of(&company));
        let day = outline.date.map_or_else(String::new, |date| date.to_string());
        (day, outline.period.map_or_else(String::new, |period| period.to_string()))
    }

    #[test]
    fn a_document_without_a_day_is_of_the_day_in_its_name() {
        let opening =
            "results for the fiscal year ending March 31, 2018 (“1H17” from April 1, 2017 to September 30, 2017)";
        assert_eq!(reported("2017-11-07-1h17.txt", opening), ("2017-11-07".to_owned(), "1H17".to_owned()));
        assert_eq!(reported("release.txt", opening), (String::new(), "1H17".to_owned()));
        let dated = format!("TOKYO, November 8, 2017\n{opening}");
        assert_eq!(reported("2017-11-07-1h17.txt", &dated), ("2017-11-08".to_owned(), "1H17".to_owned()));
    }

    #[test]
    fn a_span_compared_with_is_not_the_one_reported() {
        let opening = "August 12, 2008\nRevenues were up 19.2% from 1Q07.\nOperating Results Summary 1Q08";
        assert_eq!(reported("release.txt", opening).1, "1Q08");
        let opening = "August 12, 2008\nThere were none of the gains recorded in 1Q07.\nOperating Results Summary 1Q08";
        assert_eq!(reported("release.txt", opening).1, "1Q08");
    }
}
