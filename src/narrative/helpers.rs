//! The words that templates have: each prints a figure, a word that depends on one, or opens a block for the claim gate.

use std::sync::Arc;

use handlebars::{
    BlockContext, Context, Handlebars, Helper, HelperDef, HelperResult, Output, RenderContext, RenderError,
    RenderErrorReason, Renderable,
};
use serde_json::Value;

use super::mark::{self, Block};
use super::moves::{Moves, Number};
use super::shown::{Kind, Shown};

/// The names of all helpers, for suggestions.
pub const NAMES: [&str; 23] = [
    "money", "pct", "pp", "count", "eps", "size", "signed", "move", "moved", "change", "word", "rose", "fell",
    "sentence", "clause", "first", "list", "need", "if", "unless", "with", "each", "plural",
];

/// Gives a registry its helpers.
pub fn register(registry: &mut Handlebars<'static>, moves: Moves) {
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
        registry.register_helper(name, Box::new(Print { name, kind }));
    }
    registry.register_helper("move", Box::new(Move { moves: moves.clone(), with_size: false }));
    registry.register_helper("moved", Box::new(Move { moves, with_size: true }));
    registry.register_helper("change", Box::new(Change));
    registry.register_helper("word", Box::new(Word));
    registry.register_helper("rose", Box::new(Sign { negative: false }));
    registry.register_helper("fell", Box::new(Sign { negative: true }));
    for (name, block) in [("sentence", Block::Sentence), ("clause", Block::Clause), ("first", Block::First)] {
        registry.register_helper(name, Box::new(Open { block }));
    }
    registry.register_helper("list", Box::new(List));
    registry.register_helper("need", Box::new(Need));
    registry.register_helper("plural", Box::new(Plural));
    registry.register_helper("with", Box::new(With));
    registry.register_helper("if", Box::new(If { positive: true }));
    registry.register_helper("unless", Box::new(If { positive: false }));
}

/// A parameter. A field of something that is not given is not given either; a misspelled one is an error.
fn param<'a>(h: &'a Helper, ctx: &Context, rc: &RenderContext, index: usize) -> Result<&'a Value, RenderError> {
    const NOT_GIVEN: &Value = &Value::Null;
    let param =
        h.param(index).ok_or_else(|| RenderErrorReason::Other(format!("`{}` needs more words behind it", h.name())))?;
    if !param.is_value_missing() {
        return Ok(param.value());
    }
    let path = param.relative_path().cloned().unwrap_or_default();
    let owners = path.match_indices('.').map(|(at, _)| &path[..at]);
    let is_null =
        |owner: &str| rc.evaluate(ctx, owner).is_ok_and(|value| !value.is_missing() && value.as_json().is_null());
    if owners.rev().any(is_null) {
        return Ok(NOT_GIVEN);
    }
    Err(RenderErrorReason::MissingVariable(Some(path)).into())
}

/// The figure of the first parameter; `Err` is the mark to write where it is missing or in doubt.
fn figure(h: &Helper, ctx: &Context, rc: &RenderContext) -> Result<Result<Shown, String>, RenderError> {
    let value = param(h, ctx, rc, 0)?;
    if value.is_null() {
        let path = h.param(0).and_then(|p| p.relative_path().cloned()).unwrap_or_default();
        return Ok(Err(mark::wrapped(mark::FAIL, &format!("{} not given", in_words(&path)))));
    }
    let shown: Shown =
        serde_json::from_value(value.clone()).map_err(|_| RenderErrorReason::InvalidParamType("a figure"))?;
    Ok(match &shown.doubt {
        Some(reason) => Err(mark::wrapped(mark::FAIL, reason)),
        None => Ok(shown),
    })
}

/// A path of the view for a reader: `lead.gross_profit.yoy` is `growth of gross profit over last year`.
fn in_words(path: &str) -> String {
    const MEASURES: [(&str, &str, &str); 12] = [
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

fn printed(shown: &Shown, text: &str) -> String {
    let about = if shown.about { "about " } else { "" };
    format!("{about}{}{}{}{text}{}", mark::FIGURE, shown.key, mark::HEAD, mark::END)
}

fn uses(shown: &Shown) -> String {
    mark::wrapped(mark::USES, &shown.key)
}

fn option<'a>(h: &'a Helper, name: &str) -> Option<&'a str> {
    h.hash_get(name).and_then(|value| value.value().as_str())
}

/// `{{money f}}` and its like: a figure of that kind, with a minus below zero. `{{size f}}` leaves the sign to the words
/// around it, `{{signed f}}` always prints it.
struct Print {
    name: &'static str,
    kind: Option<Kind>,
}

impl HelperDef for Print {
    fn call<'reg: 'rc, 'rc>(
        &self,
        h: &Helper<'rc>,
        _: &'reg Handlebars<'reg>,
        ctx: &'rc Context,
        rc: &mut RenderContext<'reg, 'rc>,
        out: &mut dyn Output,
    ) -> HelperResult {
        let shown = match figure(h, ctx, rc)? {
            Ok(shown) => shown,
            Err(fail) => return Ok(out.write(&fail)?),
        };
        if self.kind.is_some_and(|kind| kind != shown.kind) {
            let kind = format!("{:?}", shown.kind).to_lowercase();
            let wrong = format!("`{{{{{}}}}}` cannot print `{}`, which counts {kind}", self.name, shown.key);
            return Err(RenderErrorReason::Other(wrong).into());
        }
        let text = match self.name {
            "size" => shown.size().to_owned(),
            "signed" => shown.signed(),
            _ => shown.plain(),
        };
        Ok(out.write(&printed(&shown, &text))?)
    }
}

/// `{{move f}}`: the word for a move, `{{moved f}}`: the word and the size, by the table of ranges.
struct Move {
    moves: Arc<Moves>,
    with_size: bool,
}

impl HelperDef for Move {
    fn call<'reg: 'rc, 'rc>(
        &self,
        h: &Helper<'rc>,
        _: &'reg Handlebars<'reg>,
        ctx: &'rc Context,
        rc: &mut RenderContext<'reg, 'rc>,
        out: &mut dyn Output,
    ) -> HelperResult {
        let shown = match figure(h, ctx, rc)? {
            Ok(shown) => shown,
            Err(fail) => return Ok(out.write(&fail)?),
        };
        if !matches!(shown.kind, Kind::Percent | Kind::Points) {
            return Err(RenderErrorReason::InvalidParamType("a change in percent or points").into());
        }
        let range = self.moves.of(shown.amount(), shown.kind == Kind::Points);
        let words = if shown.negative { &range.down } else { &range.up };
        out.write(words)?;
        Ok(match (self.with_size, range.number) {
            (true, Number::Plain) => out.write(&format!(" {}", printed(&shown, shown.size())))?,
            (true, Number::Brackets) => out.write(&format!(" ({})", printed(&shown, &shown.signed())))?,
            _ => out.write(&uses(&shown))?,
        })
    }
}

/// `{{change f}}`: `up 13.2%`, `down JPY45 million`, `unchanged`.
struct Change;

impl HelperDef for Change {
    fn call<'reg: 'rc, 'rc>(
        &self,
        h: &Helper<'rc>,
        _: &'reg Handlebars<'reg>,
        ctx: &'rc Context,
        rc: &mut RenderContext<'reg, 'rc>,
        out: &mut dyn Output,
    ) -> HelperResult {
        Ok(match figure(h, ctx, rc)? {
            Err(fail) => out.write(&fail)?,
            Ok(shown) if shown.zero => out.write(&format!("unchanged{}", uses(&shown)))?,
            Ok(shown) => {
                let word = if shown.negative { "down" } else { "up" };
                out.write(&format!("{word} {}", printed(&shown, shown.size())))?;
            }
        })
    }
}

/// `{{word f up="rise" down="fall" flat="standstill"}}`: a word by the sign of a figure.
struct Word;

impl HelperDef for Word {
    fn call<'reg: 'rc, 'rc>(
        &self,
        h: &Helper<'rc>,
        _: &'reg Handlebars<'reg>,
        ctx: &'rc Context,
        rc: &mut RenderContext<'reg, 'rc>,
        out: &mut dyn Output,
    ) -> HelperResult {
        let shown = match figure(h, ctx, rc)? {
            Ok(shown) => shown,
            Err(fail) => return Ok(out.write(&fail)?),
        };
        let name = if shown.zero {
            "flat"
        } else if shown.negative {
            "down"
        } else {
            "up"
        };
        let word = option(h, name).or_else(|| option(h, "up").filter(|_| shown.zero));
        let word = word.ok_or(RenderErrorReason::ParamNotFoundForName("word", name.to_owned()))?;
        Ok(out.write(&format!("{word}{}", uses(&shown)))?)
    }
}

/// `{{#rose f}}…{{else}}…{{/rose}}` and `{{#fell f}}`: text by the sign of a figure. The figure counts as used.
struct Sign {
    negative: bool,
}

impl HelperDef for Sign {
    fn call<'reg: 'rc, 'rc>(
        &self,
        h: &Helper<'rc>,
        r: &'reg Handlebars<'reg>,
        ctx: &'rc Context,
        rc: &mut RenderContext<'reg, 'rc>,
        out: &mut dyn Output,
    ) -> HelperResult {
        let shown = match figure(h, ctx, rc)? {
            Ok(shown) => shown,
            Err(fail) => return Ok(out.write(&fail)?),
        };
        out.write(&uses(&shown))?;
        let holds = !shown.zero && shown.negative == self.negative;
        match if holds { h.template() } else { h.inverse() } {
            Some(template) => template.render(r, ctx, rc, out),
            None => Ok(()),
        }
    }
}

/// `{{#sentence "name"}}`, `{{#clause}}`, `{{#first}}`: blocks for the gate.
struct Open {
    block: Block,
}

impl HelperDef for Open {
    fn call<'reg: 'rc, 'rc>(
        &self,
        h: &Helper<'rc>,
        r: &'reg Handlebars<'reg>,
        ctx: &'rc Context,
        rc: &mut RenderContext<'reg, 'rc>,
        out: &mut dyn Output,
    ) -> HelperResult {
        let name = match self.block {
            Block::Sentence => param(h, ctx, rc, 0)?.as_str().unwrap_or_default().to_owned(),
            _ => String::new(),
        };
        out.write(&format!("{}{}{name}{}", mark::OPEN, self.block.letter(), mark::HEAD))?;
        if let Some(template) = h.template() {
            template.render(r, ctx, rc, out)?;
        }
        Ok(out.write(&mark::CLOSE.to_string())?)
    }
}

/// `{{#list items}}…{{/list}}`: one text an item, joined as `a, b and c`; items whose figures are missing are left out.
struct List;

impl HelperDef for List {
    fn call<'reg: 'rc, 'rc>(
        &self,
        h: &Helper<'rc>,
        r: &'reg Handlebars<'reg>,
        ctx: &'rc Context,
        rc: &mut RenderContext<'reg, 'rc>,
        out: &mut dyn Output,
    ) -> HelperResult {
        let items = param(h, ctx, rc, 0)?.as_array().ok_or(RenderErrorReason::InvalidParamType("a list"))?.clone();
        let last = option(h, "last").unwrap_or("and");
        out.write(&format!("{}{}{last}{}", mark::OPEN, Block::List.letter(), mark::HEAD))?;
        let template = h.template().ok_or(RenderErrorReason::BlockContentRequired)?;
        for (index, item) in items.into_iter().enumerate() {
            let mut block = BlockContext::new();
            block.set_base_value(item);
            block.set_local_var("first", (index == 0).into());
            rc.push_block(block);
            out.write(&format!("{}{}{}", mark::OPEN, Block::Item.letter(), mark::HEAD))?;
            template.render(r, ctx, rc, out)?;
            out.write(&mark::CLOSE.to_string())?;
            rc.pop_block();
        }
        Ok(out.write(&mark::CLOSE.to_string())?)
    }
}

/// `{{need condition "why not"}}`: the sentence around it stands only where the condition holds.
struct Need;

impl HelperDef for Need {
    fn call<'reg: 'rc, 'rc>(
        &self,
        h: &Helper<'rc>,
        _: &'reg Handlebars<'reg>,
        ctx: &'rc Context,
        rc: &mut RenderContext<'reg, 'rc>,
        out: &mut dyn Output,
    ) -> HelperResult {
        if truthy(param(h, ctx, rc, 0)?) {
            return Ok(());
        }
        let reason = param(h, ctx, rc, 1)?.as_str().unwrap_or("its condition does not hold");
        Ok(out.write(&mark::wrapped(mark::FAIL, reason))?)
    }
}

/// `{{plural items "segment" "segments"}}`: by the length of a list.
struct Plural;

impl HelperDef for Plural {
    fn call<'reg: 'rc, 'rc>(
        &self,
        h: &Helper<'rc>,
        _: &'reg Handlebars<'reg>,
        ctx: &'rc Context,
        rc: &mut RenderContext<'reg, 'rc>,
        out: &mut dyn Output,
    ) -> HelperResult {
        let one = param(h, ctx, rc, 0)?.as_array().ok_or(RenderErrorReason::InvalidParamType("a list"))?.len() == 1;
        let word = param(h, ctx, rc, if one { 1 } else { 2 })?;
        Ok(out.write(word.as_str().unwrap_or_default())?)
    }
}

/// `{{#if x}}` that refuses a misspelled field: handlebars' own takes it for false, even in strict mode.
struct If {
    positive: bool,
}

impl HelperDef for If {
    fn call<'reg: 'rc, 'rc>(
        &self,
        h: &Helper<'rc>,
        r: &'reg Handlebars<'reg>,
        ctx: &'rc Context,
        rc: &mut RenderContext<'reg, 'rc>,
        out: &mut dyn Output,
    ) -> HelperResult {
        let holds = truthy(param(h, ctx, rc, 0)?) == self.positive;
        match if holds { h.template() } else { h.inverse() } {
            Some(template) => template.render(r, ctx, rc, out),
            None => Ok(()),
        }
    }
}

/// `{{#with x}}` that passes over what is not given: handlebars' own takes it for misspelled.
struct With;

impl HelperDef for With {
    fn call<'reg: 'rc, 'rc>(
        &self,
        h: &Helper<'rc>,
        r: &'reg Handlebars<'reg>,
        ctx: &'rc Context,
        rc: &mut RenderContext<'reg, 'rc>,
        out: &mut dyn Output,
    ) -> HelperResult {
        let value = param(h, ctx, rc, 0)?.clone();
        let template = if truthy(&value) { h.template() } else { h.inverse() };
        let Some(template) = template else { return Ok(()) };
        let mut block = BlockContext::new();
        block.set_base_value(value);
        rc.push_block(block);
        let rendered = template.render(r, ctx, rc, out);
        rc.pop_block();
        rendered
    }
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
