//! Footnotes that tell what a figure of a table was before: `*1` behind a target, and below the table `*1`, `Changed from JPY148.01
//! announced on May 15, 2013`.

use super::Page;
use super::number::Number;
use super::scan::Token;
use crate::model::{Basis, Fact, Measure, Scale};

/// Words that replace one figure by another.
const CHANGED: [&str; 3] = ["changed", "revised", "amended"];

/// The targets that those in `facts` replaced.
pub(super) fn read(page: &Page<'_>, facts: &[Fact]) -> Vec<Fact> {
    (0..page.text.lines.len()).filter_map(|line| superseded(page, line, facts)).collect()
}

/// `Changed from JPY148.01 …` behind or below its mark.
fn superseded(page: &Page<'_>, line: usize, facts: &[Fact]) -> Option<Fact> {
    let tokens = &page.text.tokens[line];
    let at = tokens.iter().position(|token| is_word(token, &CHANGED))?;
    let number = tokens.get(at + 2)?.number().filter(|_| is_word(&tokens[at + 1], &["from"]))?;
    let mark = match at {
        0 => page.text.line(line.checked_sub(1)?).to_owned(),
        _ => page.text.slice(line, 0, tokens[at].from),
    };
    let mark = mark.trim().strip_prefix('*')?.to_owned();
    let digits = !mark.is_empty() && mark.chars().all(|c| c.is_ascii_digit());
    let starred = |fact: &&Fact| digits && is_starred(page, fact, &mark);
    let above = |fact: &&Fact| {
        fact.source.line <= line
            && page.outline.scopes[fact.source.line - 1].section == page.outline.scopes[line].section
    };
    let mut marked = facts
        .iter()
        .filter(|fact| fact.basis.is_target() && fact.measure == Measure::Level)
        .filter(above)
        .filter(starred);
    let (of, None) = (marked.next()?, marked.next()) else { return None };
    same_unit(number, of).then(|| page.fact(line, number.from, number.to, statement(of, number)))
}

fn statement(of: &Fact, number: &Number) -> super::Statement {
    super::Statement {
        metric: of.metric.clone(),
        label: of.label.clone(),
        period: of.period,
        basis: Basis::TargetInitial,
        measure: of.measure,
        value: number.signed(),
        unit: of.unit.clone(),
        approx: false,
    }
}

fn is_word(token: &Token, words: &[&str]) -> bool {
    token.word().is_some_and(|word| words.contains(&word.to_lowercase().as_str()))
}

fn same_unit(number: &Number, of: &Fact) -> bool {
    let scale = number.scale.unwrap_or(Scale::One);
    number.currency.is_some() && number.currency == of.unit.currency() && of.unit.scale() == scale && !number.percent
}

/// Whether `^{*1}` or `*1` stands right behind the figure.
fn is_starred(page: &Page<'_>, fact: &Fact, mark: &str) -> bool {
    let from = fact.source.column - 1 + fact.source.printed.chars().count();
    let behind: String =
        page.text.lines[fact.source.line - 1].get(from..).unwrap_or_default().iter().take(10).collect();
    let bare: String = behind.chars().filter(|c| !matches!(c, ' ' | '^' | '{' | '}')).collect();
    let Some(rest) = bare.strip_prefix('*').and_then(|rest| rest.strip_prefix(mark)) else { return false };
    !rest.starts_with(|c: char| c.is_ascii_digit())
}
