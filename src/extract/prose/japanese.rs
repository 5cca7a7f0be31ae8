//! Sentences of Japanese summaries: `売上高は12,345百万円（前年同期比8.2％増）、営業損失は1,041百万円（前期は営業利益825百万円）となりました。` A figure
//! is what the words before its `は` name; nothing is said of forecasts, nor of parts that the vocabulary does not know.

use std::collections::BTreeSet;

use rust_decimal::Decimal;

use super::super::number::{Number, Sign};
use super::super::scan::{Kind, Token};
use super::super::units::currency;
use super::super::{Page, Statement};
use crate::model::{Basis, Fact, Measure, Metric, MetricKind, Period, Scale, Unit};
use crate::vocabulary::Term;

/// What the clauses before lend to the next.
#[derive(Clone, Default)]
struct State {
    /// The label and its metric.
    subject: Option<(String, Metric)>,
    /// Whether the clause is about the year before: `前期は`.
    before: bool,
    /// Whether its changes are against the year before, or against the last balance sheet.
    base: Option<Base>,
    /// The base that was named last: what `同` stands for.
    named: Option<Base>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Base {
    Year,
    Balance,
}

/// The facts of Japanese sentences.
pub fn read(page: &Page<'_>, taken: &BTreeSet<(usize, usize)>) -> Vec<Fact> {
    let Some(period) = page.outline.period else { return Vec::new() };
    let free = |number: &Number, line: usize| !taken.contains(&(line + 1, number.from + 1));
    let mut facts = Vec::new();
    for sentence in sentences(page) {
        facts.extend(
            read_sentence(page, &sentence, period)
                .into_iter()
                .filter(|(number, line, _)| free(number, *line))
                .map(|(number, line, says)| page.fact(line, number.from, number.to, says)),
        );
    }
    facts
}

/// Shorter lines without punctuation are headings and labels.
const SHORTEST_LINE: usize = 25;

/// The sentences of running text: lines without tabs that follow one another, up to `。`.
fn sentences<'a>(page: &'a Page<'_>) -> Vec<Vec<&'a Token>> {
    let (mut found, mut sentence) = (Vec::new(), Vec::new());
    for (line, tokens) in page.text.tokens.iter().enumerate() {
        let text = &page.text.lines[line];
        let heading = text.len() < SHORTEST_LINE && !text.iter().any(|c| matches!(c, '、' | '。' | '，'));
        if tokens.is_empty() || heading || text.contains(&'\t') {
            sentence.clear();
            continue;
        }
        for token in tokens {
            if token.is_mark('。') {
                found.push(std::mem::take(&mut sentence));
            } else {
                sentence.push(token);
            }
        }
    }
    found
}

type Said<'a> = (&'a Number, usize, Statement);

fn read_sentence<'a>(page: &Page<'_>, tokens: &[&'a Token], period: Period) -> Vec<Said<'a>> {
    let words = page.vocabulary.words();
    let whole: String = tokens.iter().map(|token| page.text.slice(token.line, token.from, token.to)).collect();
    if words
        .target
        .iter()
        .chain(&words.outlook)
        .filter(|word| !word.is_ascii())
        .any(|word| whole.contains(word.as_str()))
    {
        return Vec::new();
    }
    let mut found = Vec::new();
    let mut state = State::default();
    let mut outer: Vec<State> = Vec::new();
    let mut phrase = String::new();
    for (at, token) in tokens.iter().enumerate() {
        match &token.kind {
            Kind::Mark('(' | '（') => {
                lead(page, &phrase, &mut state);
                outer.push(state.clone());
                phrase.clear();
            }
            Kind::Mark(')' | '）') => {
                let named = state.named;
                state = outer.pop().unwrap_or_default();
                state.named = named.or(state.named);
                phrase.clear();
            }
            Kind::Mark('、' | ',') => {
                lead(page, &phrase, &mut state);
                phrase.clear();
                state.before &= !outer.is_empty();
            }
            Kind::Number(number) if is_figure(page, tokens, at, number) => {
                lead(page, &phrase, &mut state);
                phrase.clear();
                let behind: String =
                    tokens[at + 1..].iter().take(3).map(|t| page.text.slice(t.line, t.from, t.to)).collect();
                if let Some(says) = statement(page, &state, number, token, &behind, period) {
                    found.push((number, token.line, says));
                }
            }
            _ => phrase.push_str(&page.text.slice(token.line, token.from, token.to)),
        }
    }
    found
}

/// A figure has a unit of its own; a digit within a name has none.
fn is_figure(page: &Page<'_>, tokens: &[&Token], at: usize, number: &Number) -> bool {
    number.percent || number.scale.is_some() || noun(page, tokens.get(at + 1)).is_some()
}

/// The noun or the currency behind a bare number: `名`, `円`.
fn noun<'a>(page: &Page<'_>, token: Option<&&'a Token>) -> Option<&'a str> {
    let word = token?.word()?;
    let counts = &page.vocabulary.words().counts;
    (word.starts_with('円') || counts.iter().any(|[noun, _]| !noun.is_ascii() && word.starts_with(noun.as_str())))
        .then_some(word)
}

/// Lets the words before a figure change what it is about: `前期は営業利益`, `総資産は`, `前連結会計年度末に比べ`.
fn lead(page: &Page<'_>, phrase: &str, state: &mut State) {
    const LAST_YEAR: [&str; 6] = ["前年同期は", "前期は", "前連結会計年度は", "前年同四半期は", "前年は", "前中間期は"];
    const OVER_YEAR: [&str; 8] = [
        "前年同期比",
        "前期比",
        "対前期",
        "前年比",
        "前連結会計年度比",
        "前年同四半期比",
        "前年同期に比べ",
        "前期に比べ",
    ];
    const OVER_BALANCE: [&str; 4] =
        ["前連結会計年度末に比べ", "前連結会計年度末比", "前期末に比べ", "前連結会計年度末と比"];
    let mut rest = phrase;
    if let Some((_, after)) = LAST_YEAR.iter().find_map(|words| phrase.split_once(words)) {
        state.before = true;
        rest = after;
    }
    if OVER_BALANCE.iter().any(|words| phrase.contains(words)) {
        state.base = Some(Base::Balance);
    } else if OVER_YEAR.iter().any(|words| phrase.contains(words)) {
        state.base = Some(Base::Year);
    }
    if phrase.starts_with('同') {
        state.base = state.named;
    }
    state.named = state.base.or(state.named);
    let named = rest.rsplit_once('は').or_else(|| rest.rsplit_once('が')).map_or(rest, |(label, _)| label);
    let label = label_in(named);
    if label.is_empty() {
        return;
    }
    match page.vocabulary.term(label) {
        Some(Term::Metric(metric, Measure::Level)) => {
            state.subject = Some((label.to_owned(), metric.clone()));
            state.base =
                state.base.filter(|_| OVER_YEAR.iter().chain(&OVER_BALANCE).any(|words| phrase.contains(words)));
        }
        _ if rest.contains('は') || rest.contains('が') => state.subject = None,
        _ => {}
    }
}

/// The label at the end of a phrase: what stands before it names the time or the whole group.
fn label_in(phrase: &str) -> &str {
    const GENERAL: [&str; 16] = [
        "当連結会計年度",
        "当第",
        "連結累計期間",
        "当期",
        "当中間",
        "業績につきまして",
        "業績",
        "連結業績",
        "当社グループ",
        "会計期間",
        "期間",
        "結果",
        "末",
        "連結",
        "これら",
        "以上",
    ];
    let Some(at) = phrase.rmatch_indices('の').map(|(at, _)| at).find(|at| {
        let before = &phrase[..*at];
        GENERAL.iter().any(|word| before.ends_with(word))
    }) else {
        return phrase;
    };
    &phrase[at + 'の'.len_utf8()..]
}

fn statement(
    page: &Page<'_>,
    state: &State,
    number: &Number,
    token: &Token,
    behind: &str,
    period: Period,
) -> Option<Statement> {
    let (label, metric) = state.subject.clone()?;
    let entry = page.vocabulary.entry(&metric);
    let stock = entry.is_some_and(|entry| entry.kind == MetricKind::Stock);
    let period = if state.before { period.year_before() } else { period };
    let period = if stock { Period::Instant(page.company.fiscal_year.end(period)) } else { period };
    let direction = direction(behind);
    let unit = unit(page, number, token, behind, entry.map(|entry| entry.unit.as_str()))?;
    let measure = match (&unit, direction, state.base) {
        (Unit::Percent, Some(_), Some(Base::Year)) => Measure::YoyPct,
        (Unit::Money { .. }, Some(_), Some(Base::Year)) => Measure::YoyAbs,
        (Unit::Money { .. }, Some(_), Some(Base::Balance)) if stock => Measure::ChangeAbs,
        (Unit::Money { .. } | Unit::Count { .. }, None, _) => Measure::Level,
        (Unit::Percent, None, _) if entry.is_some_and(|entry| entry.unit == "%") => Measure::Level,
        _ => return None,
    };
    let words = page.vocabulary.words();
    let has = |list: &[String]| list.iter().any(|word| !word.is_ascii() && label.contains(word.as_str()));
    let loss = (has(&words.loss) && !label.contains("利益") || has(&words.outflow)) && measure == Measure::Level;
    let value = match direction {
        Some(sign) => number.magnitude * Decimal::from(sign),
        None if loss && number.sign == Sign::None => -number.magnitude,
        None => number.signed(),
    };
    Some(Statement { metric: Some(metric), label, period, basis: Basis::Actual, measure, value, unit, approx: false })
}

/// `増`, `減少し` behind a figure.
fn direction(behind: &str) -> Option<i8> {
    let behind = behind.trim_start_matches(['の', 'ポ', '円']);
    match behind.chars().next()? {
        '増' => Some(1),
        '減' => Some(-1),
        _ => None,
    }
}

fn unit(page: &Page<'_>, number: &Number, token: &Token, behind: &str, kind: Option<&str>) -> Option<Unit> {
    if number.percent {
        return Some(Unit::Percent);
    }
    let yen = currency("円")?;
    if let Some(scale) = number.scale {
        let printed = page.text.slice(token.line, number.to, token.to);
        return printed.ends_with('円').then(|| Unit::money(yen, scale)).filter(|_| kind == Some("money"));
    }
    if behind.starts_with('円') {
        return (kind == Some("per_share")).then(|| Unit::money(yen, Scale::One));
    }
    let counts = &page.vocabulary.words().counts;
    let unit =
        counts.iter().find(|[noun, _]| !noun.is_ascii() && behind.starts_with(noun.as_str())).map(|[_, unit]| unit)?;
    (kind == Some(unit.as_str())).then(|| Unit::count(unit))
}
