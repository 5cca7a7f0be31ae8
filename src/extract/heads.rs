//! The lines that a figure owes its time, unit, basis and section to: what stands above it in its table or list, the section's
//! heading and unit, the document's title and date. Its own line is its source; these are its further sources.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::number::is_cjk;
use super::scan::{Kind, Token};
use super::table::is_year;
use super::{Page, prose};
use crate::model::Fact;
use crate::vocabulary::normalize;

/// Lines, blank ones not counted, that a head may stand above a figure.
const REACH: usize = 80;
/// Rows of words between a figure and the head of its table that are kept, the nearest ones.
const LABELS: usize = 8;
/// Lines of the head itself.
const HEAD: usize = 6;
/// Lines of a paragraph above the one that a figure stands in.
const WRAPPED: usize = 4;
/// Plain lines over the first bullet of a list.
const TITLES: usize = 3;
/// Longer lines are text, not heads or labels.
const LONGEST: usize = 200;
/// A line as long as this may go on below.
const FULL: usize = 60;

/// Gives each fact its further sources. Facts of one line share them, and so do rows below one head.
pub(super) fn attach(page: &Page<'_>, facts: &mut [Fact]) {
    let mut shared: Option<(usize, Arc<[u32]>)> = None;
    for fact in facts {
        let line = fact.source.line - 1;
        let heads = match shared.take() {
            Some((of, heads)) if of == line => heads,
            before => {
                let lines = of_line(page, line);
                before.map(|(_, heads)| heads).filter(|heads| **heads == *lines).unwrap_or_else(|| lines.into())
            }
        };
        fact.source.heads = with_definition(page, fact, &heads);
        shared = Some((line, heads));
    }
}

/// A label that a footnote of the document defines owes its meaning to that line too.
fn with_definition(page: &Page<'_>, fact: &Fact, heads: &Arc<[u32]>) -> Arc<[u32]> {
    if page.outline.definitions.is_empty() {
        return Arc::clone(heads);
    }
    let key = normalize(&fact.label);
    let marked = fact.label.ends_with(|c: char| c.is_ascii_digit() || c == '*');
    let defines = |name: &str| if name.is_empty() { marked } else { key.contains(name) };
    let defined = page.outline.definitions.iter().filter(|(name, _)| defines(name));
    let more: Vec<u32> = defined.filter_map(|(_, line)| u32::try_from(line + 1).ok()).collect();
    if more.is_empty() {
        return Arc::clone(heads);
    }
    heads.iter().copied().chain(more).collect::<BTreeSet<u32>>().into_iter().collect()
}

/// The lines, from 1 and in order, that a figure of this line owes its meaning to.
fn of_line(page: &Page<'_>, line: usize) -> Vec<u32> {
    let scope = &page.outline.scopes[line].places;
    let around = [scope.heading, scope.unit, scope.period, page.outline.dated, page.outline.titled];
    let mut lines: BTreeSet<usize> = around.into_iter().flatten().collect();
    let (rank, bullet) = prose::rank_of(&page.text.lines[line]);
    let paragraph = paragraph(page, line);
    let opens = paragraph.last().map_or((rank, bullet), |first| prose::rank_of(&page.text.lines[*first]));
    lines.extend(&paragraph);
    let from = paragraph.last().copied().unwrap_or(line);
    match opens {
        (rank, true) => above_bullet(page, from, rank, &mut lines),
        (_, false) => above_row(page, from, &mut lines),
    }
    lines.remove(&line);
    lines.into_iter().filter_map(|line| u32::try_from(line + 1).ok()).collect()
}

/// The lines that one goes on from, the nearest first: full lines of text, up to the bullet that opens them.
fn paragraph(page: &Page<'_>, line: usize) -> Vec<usize> {
    let mut found = Vec::new();
    let mut at = line;
    while found.len() < WRAPPED && at > 0 && !prose::rank_of(&page.text.lines[at]).1 {
        let above = &page.text.lines[at - 1];
        let indented = page.text.lines[at].first().is_some_and(|c| c.is_whitespace());
        let text = !above.contains(&'\t') && !page.text.lines[at].contains(&'\t') && !is_heading(page, at - 1);
        let opens = prose::rank_of(above).1;
        if !text || !(above.len() > FULL || opens && indented) || page.text.tokens[at - 1].is_empty() {
            break;
        }
        at -= 1;
        found.push(at);
    }
    found
}

/// Over a bullet stand those of a higher order, each with what it says, and the plain lines that title the list.
fn above_bullet(page: &Page<'_>, line: usize, rank: u8, lines: &mut BTreeSet<usize>) {
    let (mut order, mut titles) = (rank, 0);
    for above in filled(page, line) {
        let (rank, bullet) = prose::rank_of(&page.text.lines[above]);
        let names = is_names(page, above);
        if rank < order && (bullet || names) {
            lines.insert(above);
            order = rank + u8::from(!bullet);
            titles += usize::from(!bullet);
        }
        if titles >= TITLES || rank < prose::PLAIN {
            return;
        }
    }
}

/// Over a row stand the labels that open its section and the head of its table, else the head below its table.
fn above_row(page: &Page<'_>, line: usize, lines: &mut BTreeSet<usize>) {
    let (mut labels, mut head) = (0, 0);
    let columns =
        page.text.cells(line).into_iter().filter(|cell| cell.iter().any(|t| t.number().is_some())).count() > 2;
    let flat = page.text.lines[line].len() > LONGEST && !starts_with_time(page, line);
    for above in filled(page, line) {
        let names = is_names(page, above);
        if names && (head > 0 || is_timed(page, above) && !(columns && is_alone(page, above))) {
            lines.insert(above);
            head += 1;
        } else if names && labels < LABELS {
            lines.insert(above);
            labels += 1;
        } else if head > 0 && !names {
            break;
        } else if flat && opens_flat_table(page, above) || ends_with_heads(page, above) {
            lines.insert(above);
            break;
        }
        if head >= HEAD {
            break;
        }
    }
    if head == 0 && page.text.lines[line].contains(&'\t') {
        let below = (line + 1..page.text.lines.len()).take_while(|below| !page.text.tokens[*below].is_empty());
        lines.extend(below.take(REACH).find(|below| is_names(page, *below) && is_timed(page, *below)));
    }
}

/// The lines with text above one, nearest first, within its section.
fn filled<'a>(page: &'a Page<'_>, line: usize) -> impl Iterator<Item = usize> + 'a {
    (0..line)
        .rev()
        .take_while(|above| !is_heading(page, *above))
        .filter(|above| !page.text.tokens[*above].is_empty())
        .take(REACH)
}

/// Whether a line is the heading of its section.
fn is_heading(page: &Page<'_>, line: usize) -> bool {
    page.outline.scopes[line].places.heading == Some(line)
}

/// Whether a line names and states nothing: words and times without figures, or more times than figures.
fn is_names(page: &Page<'_>, line: usize) -> bool {
    if page.text.lines[line].len() > LONGEST {
        return false;
    }
    let tokens = &page.text.tokens[line];
    let figure = |token: &&Token| token.number().is_some() && !is_year(token) && !is_inside_word(page, token);
    let figures = tokens.iter().filter(figure).count();
    let times = tokens.iter().filter(|token| is_time(token)).count();
    let words = tokens.iter().any(|token| matches!(token.kind, Kind::Word(_)) || is_time(token));
    words && (figures == 0 || times >= 2 && times > figures)
}

/// `第1四半期末`: a digit inside a name.
fn is_inside_word(page: &Page<'_>, token: &Token) -> bool {
    let line = &page.text.lines[token.line];
    let cjk = |at: Option<usize>| at.and_then(|at| line.get(at)).is_some_and(|c| is_cjk(*c));
    cjk(token.from.checked_sub(1)) && cjk(Some(token.to))
}

/// A cell alone in its row is a label, even where it names a time.
fn is_alone(page: &Page<'_>, line: usize) -> bool {
    page.text.cells(line).into_iter().filter(|cell| !cell.is_empty()).count() < 2
}

/// Whether a line is a table without cells that starts with its times: the next line may go on with it.
fn opens_flat_table(page: &Page<'_>, line: usize) -> bool {
    page.text.lines[line].len() > LONGEST && starts_with_time(page, line)
}

/// Whether a long line ends with times that no figure follows: the heads of the rows below.
fn ends_with_heads(page: &Page<'_>, line: usize) -> bool {
    let behind = page.text.tokens[line].iter().rev().take_while(|token| is_time(token) || token.number().is_none());
    page.text.lines[line].len() > LONGEST && behind.filter(|token| is_time(token)).count() >= 2
}

fn starts_with_time(page: &Page<'_>, line: usize) -> bool {
    page.text.tokens[line].iter().take_while(|token| token.from < LONGEST).any(is_time)
}

fn is_timed(page: &Page<'_>, line: usize) -> bool {
    page.text.tokens[line].iter().any(is_time)
}

fn is_time(token: &Token) -> bool {
    token.time().is_some() || is_year(token)
}

#[cfg(test)]
mod tests {
    use crate::extract::{cases, extract};
    use crate::model::Document;
    use crate::vocabulary::Vocabulary;

    fn check(text: &str, line: usize, expected: &[u32]) {
        let company = cases::iij();
        let lines = text.lines().map(str::to_owned).collect();
        let document = Document { name: "a.txt".into(), path: "a.txt".to_owned(), lines };
        let facts = extract(&document, &company, &Vocabulary::of(&company)).value.facts;
        let fact = facts.iter().find(|fact| fact.source.line == line).expect("a figure on that line");
        assert_eq!(*fact.source.heads, *expected, "{text}");
    }

    #[test]
    fn a_figure_owes_its_meaning_to_title_date_unit_and_head() {
        let opening = "Results for 1Q FY2017 (First 3 months ended June 30, 2017)\nAugust 8, 2017\n\n";
        let table = "Unit: JPY million\n\t1Q17\t1Q16\nTotal Revenues\t41,000\t36,200\nOperating Income\t1,100\t800\n";
        check(&format!("{opening}{table}"), 7, &[1, 2, 4, 5]);
        let filler = "Statement of everything else that the company says ".repeat(5);
        let flat = format!(
            "{filler}Three Months Ended Three Months Ended June 30, 2017 June 30, 2016 Thousands of\n\nJPY Thousands of\n\n\
             JPY OPERATING ACTIVITIES: Net income (loss) 1,239,176 (637,865) Depreciation 3,133,980 3,537,031\n"
        );
        check(&format!("{opening}{flat}"), 8, &[1, 2, 4, 6]);
        let bullets = "◆ 1Q17 Network services\n- Strong demand\n- Revenue: JPY16,785 million (up 4.3% YoY)\n";
        check(&format!("{opening}{bullets}"), 6, &[1, 2, 4]);
    }
}
