//! The words that templates have: each prints a figure, a word that depends on one, or opens a block for the claim gate.

mod block;
mod compare;
mod known;
mod print;
mod time;

use std::cmp::Ordering;
use std::sync::Arc;

use handlebars::{Context, Handlebars, Helper, RenderContext, RenderError, RenderErrorReason};
use serde_json::Value;

use super::mark::{self, Block};
use super::moves::Moves;
use super::shown::{Kind, Shown};
use super::text::Way;
use crate::language::{Phrases, fill};
use block::{Begin, If, Items, Need, Open, Sign, With};
use compare::Compare;
pub use known::{CONDITIONS, KNOWN, Known, Takes, known};
use print::{MovedToo, Of, Plural, change, moved, print, word};
use time::Named;

/// What a helper writes, or its fault.
type Written = Result<String, RenderError>;

/// The helper that begins every template; no template names it.
pub const BEGIN: &str = "begin_of_template";

/// Gives a registry its helpers.
pub fn register(registry: &mut Handlebars<'static>, moves: Moves, phrases: &Arc<Phrases>) {
    let moves = Arc::new(moves);
    for (name, kind) in [
        ("money", Some(Kind::Money)),
        ("pct", Some(Kind::Percent)),
        ("pp", Some(Kind::Points)),
        ("count", Some(Kind::Count)),
        ("eps", Some(Kind::Share)),
        ("size", None),
        ("signed", None),
    ] {
        let words = Arc::clone(phrases);
        registry.register_helper(name, Box::new(Of(move |shown: &Shown, _: &Helper| print(name, kind, shown, &words))));
    }
    for (name, with_size) in [("move", false), ("moved", true)] {
        let (moves, words) = (Arc::clone(&moves), Arc::clone(phrases));
        let told = move |shown: &Shown, _: &Helper| moved(&moves, with_size, shown, &words);
        registry.register_helper(name, Box::new(Of(told)));
    }
    let too = MovedToo { moves, phrases: Arc::clone(phrases) };
    registry.register_helper("moved_too", Box::new(too));
    let words = Arc::clone(phrases);
    registry.register_helper("change", Box::new(Of(move |shown: &Shown, _: &Helper| change(shown, &words))));
    registry.register_helper("word", Box::new(Of(word)));
    for (name, holds) in [("above", Ordering::Greater), ("below", Ordering::Less), ("same", Ordering::Equal)] {
        registry.register_helper(name, Box::new(Compare { holds }));
    }
    registry.register_helper("rose", Box::new(Sign { negative: false }));
    registry.register_helper("fell", Box::new(Sign { negative: true }));
    for (name, block) in [("sentence", Block::Sentence), ("clause", Block::Clause), ("first", Block::First)] {
        registry.register_helper(name, Box::new(Open { block }));
    }
    registry.register_helper("list", Box::new(Items { joined: true, phrases: Arc::clone(phrases) }));
    registry.register_helper("each", Box::new(Items { joined: false, phrases: Arc::clone(phrases) }));
    registry.register_helper(BEGIN, Box::new(Begin));
    registry.register_helper("need", Box::new(Need));
    registry.register_helper("plural", Box::new(Plural));
    for (name, date) in [("period_of", false), ("date_of", true)] {
        registry.register_helper(name, Box::new(Named { date, phrases: Arc::clone(phrases) }));
    }
    registry.register_helper("with", Box::new(With));
    registry.register_helper("if", Box::new(If { positive: true }));
    registry.register_helper("unless", Box::new(If { positive: false }));
}

/// A parameter. A field of something that is not given is not given either, nor is an item behind the end of a list; a misspelled
/// one is an error.
fn param<'a>(h: &'a Helper, ctx: &Context, rc: &RenderContext, index: usize) -> Result<&'a Value, RenderError> {
    const NOT_GIVEN: &Value = &Value::Null;
    let param =
        h.param(index).ok_or_else(|| RenderErrorReason::Other(format!("`{}` needs more words behind it", h.name())))?;
    if !param.is_value_missing() {
        return Ok(param.value());
    }
    let path = param.relative_path().cloned().unwrap_or_default();
    let owners = path.match_indices('.').map(|(at, _)| &path[..at]);
    let ends = |owner: &str| {
        let value = rc.evaluate(ctx, owner);
        value.is_ok_and(|value| !value.is_missing() && (value.as_json().is_null() || value.as_json().is_array()))
    };
    if owners.rev().any(ends) {
        return Ok(NOT_GIVEN);
    }
    Err(RenderErrorReason::MissingVariable(Some(path)).into())
}

/// The figure of the first parameter; `Err` is the mark to write where it is missing or in doubt.
fn figure(h: &Helper, ctx: &Context, rc: &RenderContext) -> Result<Result<Shown, String>, RenderError> {
    figure_at(h, ctx, rc, 0)
}

/// The figure of a parameter.
fn figure_at(
    h: &Helper,
    ctx: &Context,
    rc: &RenderContext,
    index: usize,
) -> Result<Result<Shown, String>, RenderError> {
    let value = param(h, ctx, rc, index)?;
    if value.is_null() {
        let path = h.param(index).and_then(|p| p.relative_path().cloned()).unwrap_or_default();
        return Ok(Err(mark::wrapped(mark::FAIL, &format!("{} not given", in_words(&path)))));
    }
    let shown: Shown =
        serde_json::from_value(value.clone()).map_err(|_| RenderErrorReason::InvalidParamType("a figure"))?;
    Ok(match &shown.doubt {
        Some(reason) if shown.disputed => Err(mark::wrapped(mark::DISPUTE, reason)),
        Some(reason) => Err(mark::wrapped(mark::FAIL, reason)),
        None => Ok(shown),
    })
}

/// A path of the view for a reader: `lead.gross_profit.yoy` is `growth of gross profit over last year`.
fn in_words(path: &str) -> String {
    const MEASURES: [(&str, &str, &str); 13] = [
        ("level", "", ""),
        ("yoy", "growth of ", " over last year"),
        ("yoy_abs", "change of ", " over last year"),
        ("qoq", "growth of ", " over the quarter before"),
        ("last_year", "last year's ", ""),
        ("margin", "margin of ", ""),
        ("last_margin", "last year's margin of ", ""),
        ("in_force", "target for ", ""),
        ("difference", "outcome of the target for ", ""),
        ("progress", "progress towards the target for ", ""),
        ("rest_achieved", "last year's growth in the rest of the year of ", ""),
        ("remainder", "remainder of the target for ", ""),
        ("revision", "revision of the target for ", ""),
    ];
    let mut parts = path.rsplit('.');
    let (field, owner) = (parts.next().unwrap_or_default(), parts.next().unwrap_or_default().replace('_', " "));
    let (before, after) = MEASURES
        .iter()
        .find(|(name, ..)| *name == field)
        .map_or((format!("{} of ", field.replace('_', " ")), ""), |(_, before, after)| ((*before).to_owned(), *after));
    format!("{before}{owner}{after}")
}

fn printed(shown: &Shown, text: &str, phrases: &Phrases) -> String {
    printed_behind(&phrases.text.about, shown, text)
}

/// A figure with its sign: a word before the sign reads badly.
fn printed_signed(shown: &Shown, phrases: &Phrases) -> String {
    printed_behind(&phrases.text.about_signed, shown, &shown.signed(&phrases.number))
}

fn printed_behind(about: &str, shown: &Shown, text: &str) -> String {
    let about = if shown.about { about } else { "" };
    format!("{about}{}{}{}{text}{}", mark::FIGURE, shown.key, mark::HEAD, mark::END)
}

/// A word with the printed figure in its form.
fn phrased(form: &str, word: &str, figure: &str) -> String {
    fill(form, &[("word", word), ("n", figure)])
}

/// The mark of a word that depends on a figure, to stand beside it.
fn uses(shown: &Shown, word: &str) -> String {
    mark::wrapped(mark::USES, &format!("{}{}{}{}{word}", shown.key, mark::HEAD, way(shown).name(), mark::HEAD))
}

/// Which way a figure goes as it is printed.
fn way(shown: &Shown) -> Way {
    match (shown.zero, shown.negative) {
        (true, _) => Way::Flat,
        (false, true) => Way::Down,
        (false, false) => Way::Up,
    }
}

fn option<'a>(h: &'a Helper, name: &str) -> Option<&'a str> {
    h.hash_get(name).and_then(|value| value.value().as_str())
}

fn truthy(value: &Value) -> bool {
    match value {
        Value::Null => false,
        Value::Bool(holds) => *holds,
        Value::String(text) => !text.is_empty(),
        Value::Array(items) => !items.is_empty(),
        Value::Number(_) | Value::Object(_) => true,
    }
}
