//! Helpers that compare: text by whether a figure is clearly above or below another one or a number, or the same.

use std::cmp::Ordering;

use handlebars::{Context, Handlebars, Helper, HelperDef, HelperResult, Output, RenderContext, RenderErrorReason};
use rust_decimal::Decimal;

use super::block::either;
use super::{figure, figure_at, param, uses};

/// `{{#above f g}}…{{else}}…{{/above}}`, `{{#below f g}}`, `{{#same f g}}`: both figures count as used. What rounding leaves open is
/// neither above nor below, and the same only where a reader sees no difference.
pub(super) struct Compare {
    pub(super) holds: Ordering,
}

impl HelperDef for Compare {
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
        let mut alike = false;
        let number: Option<Decimal> =
            param(h, ctx, rc, 1)?.as_number().and_then(|number| number.to_string().parse().ok());
        let (bound, about) = match number {
            Some(number) => (number, Decimal::ZERO),
            None => match figure_at(h, ctx, rc, 1)? {
                Ok(other) if other.kind != shown.kind => {
                    let wrong =
                        format!("`{}` cannot be compared with `{}`: they count different things", shown.key, other.key);
                    return Err(RenderErrorReason::Other(wrong).into());
                }
                Ok(other) => {
                    out.write(&uses(&other, ""))?;
                    alike = other.size == shown.size && other.negative == shown.negative;
                    other.exact()
                }
                Err(fail) => return Ok(out.write(&fail)?),
            },
        };
        let (value, within) = shown.exact();
        let apart = value - bound;
        // What prints alike is the same to a reader.
        let alike = alike || apart.is_zero() || number.is_some() && apart.abs() <= within;
        let clear = !alike && apart.abs() > within + about;
        let holds = match self.holds {
            Ordering::Equal => alike,
            side => clear && apart.cmp(&Decimal::ZERO) == side,
        };
        either(holds, h, (r, ctx, rc), out)
    }
}
