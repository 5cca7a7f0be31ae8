//! Helpers that open a block: for the claim gate, by a condition, by the sign of a figure.

use handlebars::{
    BlockContext, Context, Handlebars, Helper, HelperDef, HelperResult, Output, RenderContext, RenderErrorReason,
    Renderable,
};

use super::{figure, option, param, truthy, uses};
use crate::narrative::mark::{self, Block};

/// `{{#sentence "name"}}`, `{{#clause}}`, `{{#first}}`: blocks for the gate.
pub(super) struct Open {
    pub(super) block: Block,
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
            Block::Sentence => {
                let name = param(h, ctx, rc, 0)?.as_str().unwrap_or_default().to_owned();
                match h.hash_get("longest").and_then(|value| value.value().as_u64()) {
                    Some(longest) => format!("{name}{}{longest}", mark::LONGEST),
                    None => name,
                }
            }
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
pub(super) struct List;

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

/// `{{#each items}}…{{/each}}`: the text once for each item. Each round counts as a step, so that none goes on for ever.
pub(super) struct Each;

impl HelperDef for Each {
    fn call<'reg: 'rc, 'rc>(
        &self,
        h: &Helper<'rc>,
        r: &'reg Handlebars<'reg>,
        ctx: &'rc Context,
        rc: &mut RenderContext<'reg, 'rc>,
        out: &mut dyn Output,
    ) -> HelperResult {
        let items = param(h, ctx, rc, 0)?.as_array().ok_or(RenderErrorReason::InvalidParamType("a list"))?.clone();
        let Some(template) = h.template() else { return Ok(()) };
        let count = items.len();
        for (index, item) in items.into_iter().enumerate() {
            out.write("")?;
            let mut block = BlockContext::new();
            block.set_base_value(item);
            block.set_local_var("first", (index == 0).into());
            block.set_local_var("last", (index + 1 == count).into());
            rc.push_block(block);
            let rendered = template.render(r, ctx, rc, out);
            rc.pop_block();
            rendered?;
        }
        match h.inverse().filter(|_| count == 0) {
            Some(template) => template.render(r, ctx, rc, out),
            None => Ok(()),
        }
    }
}

/// `{{need condition "why not"}}`: the sentence around it stands only where the condition holds.
pub(super) struct Need;

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

/// `{{#rose f}}…{{else}}…{{/rose}}` and `{{#fell f}}`: text by the sign of a figure. The figure counts as used.
pub(super) struct Sign {
    pub(super) negative: bool,
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

/// `{{#if x}}` that refuses a misspelled field: handlebars' own takes it for false, even in strict mode.
pub(super) struct If {
    pub(super) positive: bool,
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
pub(super) struct With;

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
