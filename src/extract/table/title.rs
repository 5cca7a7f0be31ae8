//! What stands around a table: the words that name rows without labels, the segment, the period, a head printed as text.

use super::super::label::{self, Context};
use super::super::outline::{is_heading, names_nothing};
use super::super::{Page, Time};
use super::grid::{Row, clean, is_figure_cell};
use super::head::{Head, amount};
use crate::model::{Basis, Measure, Metric, Period};
use crate::vocabulary::{Term, has_any, normalize};

/// How many lines of text may lie between a table and the words that name it.
const REACH: usize = 14;

/// The context of a table's labels: the nearest words above it, within its section, that name a segment and nothing unknown;
/// else what the section's heading names. Under a heading about another entity labels name nothing of the company.
pub fn context_of(page: &Page<'_>, line: usize) -> Context {
    let scope = &page.outline.scopes[line];
    let mut context = Context { line: None, segment: None, aliases: scope.context.aliases.clone() };
    for above in lines_above(page, line) {
        let text = clean(page.text.line(above));
        if let Some(segment) = segment_named(page, &text) {
            context.segment = Some(segment);
            break;
        }
    }
    context.line = line_named(page, line).or_else(|| scope.context.line.clone());
    if context.segment.is_none() && !scope.heading.is_empty() && scope.context.line.is_none() {
        context.segment =
            scope.context.segment.clone().filter(|_| segment_named(page, &clean(&scope.heading)).is_some());
    }
    context
}

/// The short lines of words right above a table, from the top: the title of a statement.
pub fn titles_of(page: &Page<'_>, line: usize) -> String {
    const TITLES: usize = 4;
    let title = |above: &usize| {
        let tokens = &page.text.tokens[*above];
        let parted = page.text.lines[*above].contains(&'\t');
        !parted && page.text.lines[*above].len() <= 100 && tokens.iter().all(|token| token.number().is_none())
    };
    let filled = (0..line).rev().filter(|above| !page.text.tokens[*above].is_empty());
    let mut found: Vec<String> =
        filled.take(TITLES).take_while(title).map(|above| clean(page.text.line(above))).collect();
    found.reverse();
    found.join(" ")
}

/// The words around a table that say that its figures are not the company's own.
pub fn apart(page: &Page<'_>, line: usize) -> Option<String> {
    let apart = &page.vocabulary.words().apart;
    let heading = page.outline.scopes[line].heading.clone();
    let above = lines_above(page, line).map(|above| page.text.line(above));
    above
        .chain([&*heading])
        .find(|text| has_any(&normalize(text), apart))
        .map(|text| shorten(&clean(text.trim().trim_matches(['<', '>']))))
}

/// What a head names above its row labels that is no unit and no label we know: `IIJ-Global`.
pub fn another(page: &Page<'_>, head: &[Row<'_>]) -> Option<String> {
    head.iter().filter(|row| row.period_cells() >= 2).find_map(|row| {
        let corner = row.cells.first().filter(|cell| cell.has_word() && cell.periods().is_empty())?;
        let text = corner.text(page.text, row.line);
        let is_unit =
            super::super::units::unit_in(&text.to_lowercase().replace("unit:", ""), page.company.currency).is_some();
        let known = label::resolve(&text, &Context::default(), page.vocabulary).metric.is_some();
        (!is_unit && !known && segment_named(page, &text).is_none()).then(|| clean(&text))
    })
}

/// A line that names a segment, with words of headings around it: `FY2011 ATM Operation Business Results`.
fn segment_named(page: &Page<'_>, text: &str) -> Option<String> {
    const OF_HEADINGS: [&str; 8] =
        ["results", "developments", "business", "highlights", "services", "and", "of", "the"];
    let key = normalize(&page.vocabulary.respell(text));
    let words: Vec<&str> = key
        .split(' ')
        .filter(|word| !(word.is_empty() || word.starts_with("fy") && word[2..].bytes().all(|b| b.is_ascii_digit())))
        .collect();
    if words.is_empty() || words.len() > 8 {
        return None;
    }
    let context = label::heading(&words.join(" "), page.vocabulary);
    let known = context.segment.as_deref().map_or(0, |path| words_of_segment(page, path, &words));
    let rest = words.iter().skip(known).filter(|word| !OF_HEADINGS.contains(word)).count();
    (context.line.is_none() && rest == 0).then_some(context.segment).flatten()
}

/// The line of the statement that the nearest words above a table name and nothing else: `Revenues by Segment`.
fn line_named(page: &Page<'_>, line: usize) -> Option<Metric> {
    const OF_TITLES: [&str; 7] = ["by", "segment", "segments", "business", "breakdown", "of", "consolidated"];
    let text = clean(page.text.line(lines_above(page, line).next()?));
    let key = normalize(&page.vocabulary.respell(&text));
    let words: Vec<&str> = key.split(' ').filter(|word| !OF_TITLES.contains(word)).collect();
    match page.vocabulary.term_of_words(&words)? {
        Term::Metric(metric, Measure::Level) => Some(metric.clone()),
        _ => None,
    }
}

/// How many leading words the longest label of a segment takes.
fn words_of_segment(page: &Page<'_>, path: &str, words: &[&str]) -> usize {
    let labels =
        page.vocabulary.segments().iter().find(|s| s.id == path).map(|s| s.labels.as_slice()).unwrap_or_default();
    labels
        .iter()
        .map(|label| normalize(label))
        .filter(|label| words.join(" ").starts_with(label.as_str()))
        .map(|label| label.split(' ').count())
        .max()
        .unwrap_or(0)
}

/// The lines of text above a table that may name it, nearest first: not beyond the section's heading.
fn lines_above<'a>(page: &'a Page<'_>, line: usize) -> impl Iterator<Item = usize> + 'a {
    (0..line)
        .rev()
        .take_while(|above| !is_heading(&page.text.lines[*above]))
        .filter(|above| !page.text.tokens[*above].is_empty())
        .take(REACH)
        .filter(|above| !page.text.lines[*above].contains(&'\t') && !names_nothing(page.text, *above, page.company))
}

/// The words that name rows without labels of their own: the nearest line of text above within the section, else the first
/// one below, else the heading.
pub fn name_of(page: &Page<'_>, first: usize, last: usize) -> String {
    let near = |above: &usize| (*above..first).filter(|line| !page.text.tokens[*line].is_empty()).count() <= 6;
    let above = lines_above(page, first).next().filter(near);
    let below = || {
        (last + 1..page.text.lines.len())
            .take(8)
            .take_while(|line| !is_heading(&page.text.lines[*line]))
            .find(|line| !page.text.lines[*line].contains(&'\t') && !names_nothing(page.text, *line, page.company))
            .filter(|line| !page.text.tokens[*line].iter().any(|token| token.number().is_some()))
    };
    let named = above.or_else(below).map(|line| clean(page.text.line(line)));
    shorten(&named.unwrap_or_else(|| clean(&page.outline.scopes[first].heading)))
}

/// A name is a phrase: a long line gives its first words.
fn shorten(name: &str) -> String {
    const LONGEST: usize = 120;
    if name.chars().count() <= LONGEST {
        return name.to_owned();
    }
    let cut: String = name.chars().take(LONGEST).collect();
    cut.rsplit_once(' ').map_or(cut.clone(), |(head, _)| head.to_owned())
}

/// The period that the nearest words above name (`1H16 Operating Activities`), else the section's, else the document's.
pub fn period_of(page: &Page<'_>, line: usize) -> Option<Period> {
    let near = lines_above(page, line).take(3).find_map(|above| {
        page.text.tokens[above].iter().find_map(|token| match token.time()? {
            Time::At(period) if period.fiscal_year().is_some() => Some(period),
            _ => None,
        })
    });
    near.or(page.outline.scopes[line].period)
}

/// The time that the nearest words above name, and whether they call it a target; else what the section reports.
pub fn time_of(page: &Page<'_>, line: usize) -> Option<(Period, Basis)> {
    let calendar = &page.company.fiscal_year;
    let to_come = |period: Period| page.outline.date.is_some_and(|date| calendar.end(period) > date);
    let near = lines_above(page, line).take(3).find_map(|above| {
        let period = page.text.tokens[above].iter().find_map(|token| match token.time()? {
            Time::At(period) if period.fiscal_year().is_some() => Some(period),
            _ => None,
        })?;
        let target = has_any(&normalize(page.text.line(above)), &page.vocabulary.words().target);
        Some((period, if target && to_come(period) { Basis::Target } else { Basis::Actual }))
    });
    let found = near.or_else(|| Some((page.outline.scopes[line].period?, Basis::Actual)))?;
    (found.1 == Basis::Target || !to_come(found.0)).then_some(found)
}

/// A head printed as a line of text (`FY2010 FY2011`): its periods in order are the figure cells of every row in order.
pub fn head_in_text(page: &Page<'_>, data: &[Row<'_>]) -> Option<Head> {
    let first = data.first()?;
    let figures = |row: &Row<'_>| -> Vec<usize> {
        (0..row.cells.len())
            .filter(|index| row.cells[*index].has_number() && is_figure_cell(&row.cells[*index]))
            .collect()
    };
    let places = figures(first);
    let texts = (0..first.line).rev().filter(|above| !page.text.tokens[*above].is_empty());
    let periods = texts.take(3).find_map(|above| {
        let tokens = &page.text.tokens[above];
        let periods: Vec<Period> = tokens
            .iter()
            .filter_map(|token| match token.time()? {
                Time::At(period) if period.fiscal_year().is_some() => Some(period),
                _ => None,
            })
            .collect();
        (periods.len() >= 2 && periods.len() == tokens.len()).then_some(periods)
    })?;
    if periods.len() != places.len() || data.iter().any(|row| figures(row) != places) {
        return None;
    }
    let mut columns = vec![None; places.last()? + 1];
    for (place, period) in places.iter().zip(periods) {
        columns[*place] = Some(amount(period, Basis::Actual));
    }
    Some(Head { columns, has_shares: false, unit: None })
}
