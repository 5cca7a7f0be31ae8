//! Helpers that open a block: for the claim gate, by a condition, by the sign of a figure.

use std::sync::Arc;

use handlebars::{
    BlockContext, Context, Handlebars, Helper, HelperDef, HelperResult, Output, RenderContext, RenderErrorReason,
    Renderable, Template,
};

use super::{figure, option, param, truthy, uses};
use crate::language::Phrases;
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

/// `{{#each items}}…{{/each}}`: the text once for each item. `{{#list items}}…{{/list}}`: the texts joined as `a, b and c`; items whose
/// figures are missing are left out. Each round counts as a step, so that none goes on for ever.
pub(super) struct Items {
    pub(super) joined: bool,
    pub(super) phrases: Arc<Phrases>,
}

impl HelperDef for Items {
    fn call<'reg: 'rc, 'rc>(
        &self,
        h: &Helper<'rc>,
        r: &'reg Handlebars<'reg>,
        ctx: &'rc Context,
        rc: &mut RenderContext<'reg, 'rc>,
        out: &mut dyn Output,
    ) -> HelperResult {
        let items = param(h, ctx, rc, 0)?.as_array().ok_or(RenderErrorReason::InvalidParamType("a list"))?.clone();
        let count = items.len();
        let (open, head) = (mark::OPEN, mark::HEAD);
        let [before, opened, closed] = match self.joined {
            true => [
                format!("{open}{}{}{head}", Block::List.letter(), option(h, "last").unwrap_or(&self.phrases.text.and)),
                format!("{open}{}{head}", Block::Item.letter()),
                mark::CLOSE.to_string(),
            ],
            false => [String::new(), String::new(), String::new()],
        };
        out.write(&before)?;
        for (index, item) in items.into_iter().enumerate() {
            out.write(&opened)?;
            let mut block = BlockContext::new();
            block.set_base_value(item);
            block.set_local_var("first", (index == 0).into());
            block.set_local_var("last", (index + 1 == count).into());
            within(block, h.template(), (r, ctx, rc), out)?;
            out.write(&closed)?;
        }
        out.write(&closed)?;
        match h.inverse().filter(|_| count == 0 && !self.joined) {
            Some(template) => template.render(r, ctx, rc, out),
            None => Ok(()),
        }
    }
}

/// Stands unwritten before everything that a template says, so that each include counts: the engine copies all that the template
/// sees for it, which takes as long as many tags.
pub(super) struct Begin;

/// The steps of an include.
const INCLUDE: usize = 50;

impl HelperDef for Begin {
    fn call<'reg: 'rc, 'rc>(
        &self,
        _: &Helper<'rc>,
        _: &'reg Handlebars<'reg>,
        _: &'rc Context,
        _: &mut RenderContext<'reg, 'rc>,
        out: &mut dyn Output,
    ) -> HelperResult {
        (0..INCLUDE).try_for_each(|_| out.write("")).map_err(Into::into)
    }
}

/// A template rendered within a block; nothing where it has none.
fn within<'reg: 'rc, 'rc>(
    block: BlockContext<'rc>,
    template: Option<&'rc Template>,
    (r, ctx, rc): (&'reg Handlebars<'reg>, &'rc Context, &mut RenderContext<'reg, 'rc>),
    out: &mut dyn Output,
) -> HelperResult {
    let Some(template) = template else { return Ok(()) };
    rc.push_block(block);
    let rendered = template.render(r, ctx, rc, out);
    rc.pop_block();
    rendered
}

/// One of two templates; nothing where it has none.
pub(super) fn either<'reg: 'rc, 'rc>(
    holds: bool,
    h: &Helper<'rc>,
    (r, ctx, rc): (&'reg Handlebars<'reg>, &'rc Context, &mut RenderContext<'reg, 'rc>),
    out: &mut dyn Output,
) -> HelperResult {
    match if holds { h.template() } else { h.inverse() } {
        Some(template) => template.render(r, ctx, rc, out),
        None => Ok(()),
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
        out.write(&uses(&shown, ""))?;
        let holds = !shown.zero && shown.negative == self.negative;
        either(holds, h, (r, ctx, rc), out)
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
        either(holds, h, (r, ctx, rc), out)
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
        let mut block = BlockContext::new();
        block.set_base_value(value);
        within(block, template, (r, ctx, rc), out)
    }
}
