//! The summary page of Japanese exchanges, cells parted by tabs or blanks: metrics on one line (or broken over several), units on
//! the next, then a row for each period. English pages of the same form are read alike.

use super::super::scan::{Kind, Token};
use super::super::{Page, Time, units};
use super::stream::Cell;
use super::summary::{self, Head, Label, Named, Part, Row, facts, heads, heads_of, is_target, named, part};
use super::woven;
use crate::model::{Fact, Measure, Period, Quarter, Scale, Unit};

/// How many lines a header may be broken over.
const HEADER_LINES: usize = 5;
/// How many lines may hold a piece of each label.
const STACKED_LINES: usize = 3;
/// How many lines before its units a woven header may take.
const WOVEN_LINES: usize = 8;
/// How many lines a row's name may take before its cells.
const NAME_LINES: usize = 3;
/// How many lines before its units the heading of a table may stand.
const HEADING_LINES: usize = 5;
/// The longest label of a column, in characters.
const LONGEST_LABEL: usize = 40;

/// The facts of such tables.
pub fn read(page: &Page<'_>) -> Vec<Fact> {
    (1..page.text.lines.len()).filter_map(|line| table(page, line)).flatten().collect()
}

fn table(page: &Page<'_>, line: usize) -> Option<Vec<Fact>> {
    let (columns, span) = match unit_line(page, line) {
        Some((units, span)) => (columns(page, line, &units)?, span),
        None => (labelled_units(page, line)?, None),
    };
    let rows = rows(page, line + 1, columns.len(), (year_of(page, line), span));
    Some(facts(&columns, &rows, is_target(&heading(page, line), page), page)).filter(|_| !rows.is_empty())
}

/// `資産合計 (百万円) ⇥ 親会社所有者帰属持分比率 (%)`: the columns of a line whose cells hold labels and units.
fn labelled_units(page: &Page<'_>, line: usize) -> Option<Vec<Head>> {
    let parted = |cell: String| {
        let (label, unit) = cell.strip_suffix([')', '）'])?.rsplit_once(['(', '（'])?;
        Some((named(label.trim(), page)?, unit_of(unit, page)?))
    };
    let parts = page.text.line(line).contains('\t').then(|| cells(page, line));
    let cells = parts.filter(|cells| cells.len() > 1)?;
    let (labels, units): (Vec<Named>, Vec<Unit>) = cells.into_iter().map(parted).collect::<Option<_>>()?;
    heads(&labels, &units, page)
}

/// The cells of a line: parted by tabs, without tabs by blanks.
fn cells(page: &Page<'_>, line: usize) -> Vec<String> {
    let text = page.text.line(line);
    let parted = text.contains('\t');
    let cells = text.split(|c: char| if parted { c == '\t' } else { c.is_whitespace() });
    cells.map(|cell| cell.trim().to_owned()).filter(|cell| !cell.is_empty()).collect()
}

/// The units of a line that holds nothing else but, before them, the span that all rows end: `Six months ended`, `As of`.
fn unit_line(page: &Page<'_>, line: usize) -> Option<(Vec<Unit>, Option<u32>)> {
    let mut units: Vec<Unit> = Vec::new();
    let all = cells(page, line);
    let first: Vec<char> = all.first()?.chars().collect();
    let span = match super::super::time::read(&first, 0, &page.company.fiscal_year) {
        Some((Time::Span(months), _)) => Some(months),
        _ => None,
    };
    let titled = span.is_some() || all.first().is_some_and(|cell| cell.eq_ignore_ascii_case("as of"));
    for cell in all.into_iter().skip(usize::from(titled)) {
        if cell != "銭" {
            units.push(unit_of(cell.trim_matches(['(', ')', '（', '）']), page)?);
        }
    }
    (!units.is_empty()).then_some((units, span))
}

fn unit_of(cell: &str, page: &Page<'_>) -> Option<Unit> {
    let word: String = cell.chars().filter(|c| !c.is_whitespace()).collect();
    match word.as_str() {
        "円銭" | "円" => units::currency("円").map(|currency| Unit::money(currency, Scale::One)),
        "%" | "％" => Some(Unit::Percent),
        "株" => Some(Unit::count("shares")),
        "百万円" | "千円" | "億円" => units::unit_in(&word, page.company.currency),
        _ => {
            let words: Vec<&str> = cell.split_whitespace().collect();
            let known = |w: &&str| units::currency(w).is_some() || units::scale(w).is_some() || *w == "of";
            let whole = words.len() <= 3 && words.iter().all(known);
            let bare = || units::currency(cell).map(|currency| Unit::money(currency, Scale::One));
            whole.then(|| units::unit_in(&cell.to_lowercase(), page.company.currency).or_else(bare)).flatten()
        }
    }
}

/// The columns named by the lines before the units.
fn columns(page: &Page<'_>, line: usize, units: &[Unit]) -> Option<Vec<Head>> {
    let above = (line.saturating_sub(HEADING_LINES)..line).rev().find(|above| !page.text.tokens[*above].is_empty())?;
    let before = cells(page, above);
    if let Some(found) = dividends(page, above + 1, &before, units) {
        return Some(found);
    }
    let amounts = units.iter().filter(|unit| **unit != Unit::Percent).count();
    let counts = [units.len(), amounts];
    let whole: Option<Vec<Named>> = before.iter().map(|cell| named(cell, page)).collect();
    if let Some(found) = whole.filter(|labels| counts.contains(&labels.len())).and_then(|l| heads(&l, units, page)) {
        return Some(found);
    }
    if let Some(found) = known_mostly(page, &before, counts).and_then(|labels| heads_of(&labels, units, page)) {
        return Some(found);
    }
    if let Some(found) = (2..=STACKED_LINES).find_map(|lines| heads(&stacked(page, line, lines, counts)?, units, page))
    {
        return Some(found);
    }
    let broken = |lines: usize| {
        let text: Vec<char> = (line.saturating_sub(lines)..line)
            .flat_map(|i| cells(page, i))
            .flat_map(|c| c.chars().collect::<Vec<_>>())
            .collect();
        counts.iter().find_map(|count| labels(&text, *count, page))
    };
    let joined = (1..=HEADER_LINES).find_map(|lines| heads(&broken(lines)?, units, page));
    let pieces = || (line.saturating_sub(WOVEN_LINES)..line).flat_map(|i| cells(page, i)).collect::<Vec<_>>();
    joined.or_else(|| woven::columns(&pieces(), units, page))
}

/// The Japanese labels of a line, as many as there are columns: one that is not known, behind the first, is a figure without an id.
fn known_mostly(page: &Page<'_>, cells: &[String], counts: [usize; 2]) -> Option<Vec<Label>> {
    const FEWEST_KNOWN: usize = 2;
    let label = |cell: &String| match named(cell, page) {
        Some((label, metric, measure)) => (label, Some(metric), measure),
        None => (cell.clone(), None, Measure::Level),
    };
    let labels: Vec<Label> = cells.iter().map(label).collect();
    let known = labels.iter().filter(|(_, metric, _)| metric.is_some()).count();
    let words = cells.iter().all(|cell| !cell.is_ascii() && cell.chars().all(|c| c.is_alphabetic() || c == '・'));
    let certain = counts.contains(&labels.len()) && known >= FEWEST_KNOWN && known + 1 >= labels.len();
    (certain && words && labels[0].1.is_some()).then_some(labels)
}

/// Labels broken over lines that hold a piece of each: `営業活動による 投資活動による` over `キャッシュ・フロー キャッシュ・フロー`.
fn stacked(page: &Page<'_>, line: usize, lines: usize, counts: [usize; 2]) -> Option<Vec<Named>> {
    let pieces: Vec<Vec<String>> = (line.checked_sub(lines)?..line).map(|i| cells(page, i)).collect();
    let count = pieces[0].len();
    let even = counts.contains(&count) && pieces.iter().all(|line| line.len() == count);
    let label = |column: usize| pieces.iter().map(|line| line[column].as_str()).collect::<Vec<_>>().join(" ");
    (0..count)
        .filter(|_| even)
        .map(|column| named(&label(column), page))
        .collect::<Option<Vec<_>>>()
        .filter(|l| !l.is_empty())
}

/// `count` known labels that follow one another up to the end of a text without blanks, whatever stands before them.
fn labels(text: &[char], count: usize, page: &Page<'_>) -> Option<Vec<Named>> {
    if count == 0 {
        return Some(Vec::new());
    }
    (2..=LONGEST_LABEL.min(text.len())).rev().find_map(|length| {
        let (before, last) = text.split_at(text.len() - length);
        let printed: String = last.iter().collect();
        let known = named(&printed, page)?;
        let mut found = labels(before, count - 1, page)?;
        found.push(known);
        Some(found)
    })
}

/// `年間配当金` over `第1四半期末 … 合計`, with other titles beside, whose ends may stand beside the parts: `（合計） （連結）`.
fn dividends(page: &Page<'_>, line: usize, before: &[String], units: &[Unit]) -> Option<Vec<Head>> {
    let is_tail = |cell: &&String| cell.starts_with(['(', '（']);
    let tails: Vec<&String> = before.iter().skip_while(|cell| !is_tail(cell)).collect();
    let before = &before[..before.len() - tails.len()];
    let parts: Option<Vec<(String, Part)>> = before.iter().map(|cell| Some((cell.clone(), part(cell)?))).collect();
    let parts = parts.filter(|parts| parts.len() <= units.len())?;
    let others = units.len() - parts.len();
    let ended = |(at, cell): (usize, &String)| {
        let tail = at.checked_sub(1).and_then(|at| tails.get(at)).filter(|_| tails.len() == others);
        tail.and_then(|tail| named(&format!("{cell}{tail}"), page)).or_else(|| named(cell, page))
    };
    let lines = (line.saturating_sub(1 + HEADER_LINES)..line - 1).rev();
    let titles = |i: usize| {
        let found: Vec<Named> = cells(page, i).iter().enumerate().filter_map(ended).collect();
        (found.len() == others + 1).then_some(found)
    };
    summary::dividends(&parts, &lines.into_iter().find_map(titles)?, units)
}

/// What the heading and the line of units say for all rows: the fiscal year, and the span that the rows' days end.
type RowHead = (Option<i32>, Option<u32>);

/// The lines from a place that are rows.
fn rows(page: &Page<'_>, from: usize, columns: usize, head: RowHead) -> Vec<Row> {
    let lines: Vec<usize> = (from..page.text.lines.len()).filter(|line| !page.text.tokens[*line].is_empty()).collect();
    let (mut rows, mut at) = (Vec::new(), 0);
    let most = if columns > 1 { NAME_LINES } else { 1 };
    while let Some((row, taken)) = (1..=most).find_map(|count| row(page, lines.get(at..at + count)?, columns, head)) {
        rows.push(row);
        at += taken;
    }
    rows
}

/// A period, then nothing but cells; the period may stand on lines of its own. With it, how many lines the row takes.
fn row(page: &Page<'_>, lines: &[usize], columns: usize, (year, span): RowHead) -> Option<(Row, usize)> {
    let (last, names) = lines.split_last()?;
    if names.iter().any(|line| page.text.line(*line).contains('\t')) {
        return None;
    }
    let all = lines.iter().flat_map(|line| &page.text.tokens[*line]);
    let tokens: Vec<&Token> = all.filter(|token| !token.is_tab()).collect();
    let (period, behind) = period(&tokens, year)?;
    let period = match (period, span) {
        (Period::Instant(day), Some(months)) => page.company.fiscal_year.span_ending(months, day)?,
        (period, _) => period,
    };
    let bracket = tokens[behind..].iter().take(3).filter_map(|token| token.word()).any(|word| is_target(word, page));
    let cells_at = if bracket { behind + 3 } else { behind };
    let row = |cells| (Row { period, forecast: bracket, cells }, lines.len());
    if let Some(cells) = parted_cells(page, *last, columns) {
        return Some(row(cells));
    }
    let cells: Option<Vec<Cell>> = tokens.get(cells_at..)?.iter().map(|token| cell(token)).collect();
    let cells = cells.filter(|cells| !cells.is_empty() && cells.len() <= columns)?;
    Some(row(cells))
}

/// The cells of a line with tabs, empty ones too, where there is one for each column.
fn parted_cells(page: &Page<'_>, line: usize, columns: usize) -> Option<Vec<Cell>> {
    let empty = Cell { number: None, line };
    let read = |part: &&[Token]| match part {
        [] => Some(empty.clone()),
        [one] => cell(one),
        _ => None,
    };
    let cells: Vec<Cell> = page.text.cells(line)[1..].iter().map(read).collect::<Option<_>>()?;
    (cells.len() == columns).then_some(cells)
}

fn cell(token: &Token) -> Option<Cell> {
    match &token.kind {
        Kind::Dash => Some(Cell { number: None, line: token.line }),
        Kind::Mark(c) if super::super::scan::is_dash(*c) => Some(Cell { number: None, line: token.line }),
        Kind::Number(number) => Some(Cell { number: Some(number.clone()), line: token.line }),
        _ => None,
    }
}

/// `26年8月期第1四半期`, `Nine months ended December 31, 2018`, or within the year of the heading `第2四半期(累計)`, `通期`.
fn period(tokens: &[&Token], year: Option<i32>) -> Option<(Period, usize)> {
    let words = |n: usize| tokens.iter().take(n).filter_map(|token| token.word()).collect::<String>();
    let at = if words(2).eq_ignore_ascii_case("asof") { 2 } else { 0 };
    if let Some(Time::At(period)) = tokens.get(at)?.time() {
        let parted = period.fiscal_year().zip(quarter(&tokens[at + 1..])).filter(|_| matches!(period, Period::Year(_)));
        return match parted {
            Some((year, (number, length))) => Some((Quarter::new(year, number)?.cumulative(), at + 1 + length)),
            None => Some((period, at + 1)),
        };
    }
    if words(1) == "通期" || tokens.first()?.time() == Some(Time::Bare(0)) {
        return Some((Period::Year(year?), 1));
    }
    let (number, behind) = quarter(tokens)?;
    Some((Quarter::new(year?, number)?.cumulative(), behind))
}

/// `第2四半期(累計)`: its number, and how many tokens it takes.
fn quarter(tokens: &[&Token]) -> Option<(u8, usize)> {
    let quarter = tokens.get(1)?.number().filter(|_| tokens[0].word() == Some("第"))?;
    tokens.get(2)?.word().filter(|word| word.starts_with("四半期"))?;
    let number = rust_decimal::prelude::ToPrimitive::to_u8(&quarter.magnitude)?;
    let bracket = tokens.get(3).is_some_and(|token| token.is_mark('(') || token.is_mark('（'));
    Some((number, if bracket { 6 } else { 3 }))
}

/// The numbered heading above a table, and what stands between.
fn heading(page: &Page<'_>, line: usize) -> String {
    let from = heading_line(page, line);
    (from..line).map(|i| page.text.line(i)).collect::<Vec<_>>().join(" ")
}

/// The nearest line above that starts with a number and a point or in brackets.
fn heading_line(page: &Page<'_>, line: usize) -> usize {
    let starts = |i: &usize| {
        let text: Vec<char> = page.text.lines[*i].iter().copied().filter(|c| !c.is_whitespace()).take(4).collect();
        let numbered = text.first().is_some_and(|c| c.is_numeric()) && matches!(text.get(1), Some('.' | '．' | '、'));
        numbered || matches!(text.as_slice(), ['(' | '（', d, ')' | '）', ..] if d.is_numeric())
    };
    (line.saturating_sub(HEADING_LINES)..line).rev().find(starts).unwrap_or(line - 1)
}

/// The fiscal year that the heading names.
fn year_of(page: &Page<'_>, line: usize) -> Option<i32> {
    let tokens = (heading_line(page, line)..line).flat_map(|i| &page.text.tokens[i]);
    tokens.filter_map(|token| token.time()).find_map(|time| match time {
        Time::At(period) => period.fiscal_year(),
        _ => None,
    })
}
