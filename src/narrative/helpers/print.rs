//! Helpers that print: figures in their forms, and words that depend on one.

use std::sync::Arc;

use handlebars::{Context, Handlebars, Helper, HelperDef, HelperResult, Output, RenderContext, RenderErrorReason};

use super::{figure, option, param, printed, uses};
use crate::narrative::moves::{Moves, Number};
use crate::narrative::shown::Kind;

/// `{{money f}}` and its like: a figure of that kind, with a minus below zero. `{{size f}}` leaves the sign to the words
/// around it, `{{signed f}}` always prints it.
pub(super) struct Print {
    pub(super) name: &'static str,
    pub(super) kind: Option<Kind>,
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
pub(super) struct Move {
    pub(super) moves: Arc<Moves>,
    pub(super) with_size: bool,
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
        match (self.with_size, range.number) {
            (true, Number::Plain) => out.write(&format!(" {}", printed(&shown, shown.size())))?,
            (true, Number::Brackets) => out.write(&format!(" ({})", printed(&shown, &shown.signed())))?,
            _ => out.write(&uses(&shown))?,
        }
        Ok(())
    }
}

/// `{{change f}}`: `up 13.2%`, `down JPY45 million`, `unchanged`.
pub(super) struct Change;

impl HelperDef for Change {
    fn call<'reg: 'rc, 'rc>(
        &self,
        h: &Helper<'rc>,
        _: &'reg Handlebars<'reg>,
        ctx: &'rc Context,
        rc: &mut RenderContext<'reg, 'rc>,
        out: &mut dyn Output,
    ) -> HelperResult {
        match figure(h, ctx, rc)? {
            Err(fail) => out.write(&fail)?,
            Ok(shown) if shown.zero => out.write(&format!("unchanged{}", uses(&shown)))?,
            Ok(shown) => {
                let word = if shown.negative { "down" } else { "up" };
                out.write(&format!("{word} {}", printed(&shown, shown.size())))?;
            }
        }
        Ok(())
    }
}

/// `{{word f up="rise" down="fall" flat="standstill"}}`: a word by the sign of a figure.
pub(super) struct Word;

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

/// `{{plural items "segment" "segments"}}`: by the length of a list.
pub(super) struct Plural;

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
