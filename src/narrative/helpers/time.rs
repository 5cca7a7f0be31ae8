//! Helpers that print spans and days: of a figure, or of a part of the view.

use std::sync::Arc;

use handlebars::{Context, Handlebars, Helper, HelperDef, HelperResult, Output, RenderContext, RenderErrorReason};
use serde_json::Value;

use super::{in_words, option, param};
use crate::language::Phrases;
use crate::model::Period;
use crate::narrative::mark;
use crate::narrative::view::Time;

/// What `{{period_of x form="…"}}` can print, the first where nothing is said.
pub(super) const PERIOD_FORMS: &[&str] = &["short", "words", "length", "year", "before", "against", "base"];
/// What `{{date_of x form="…"}}` can print.
pub(super) const DATE_FORMS: &[&str] = &["words", "short", "page"];
/// Which day of a span `{{date_of x day="…"}}` is.
pub(super) const DAYS: &[&str] = &["last", "first"];

/// `{{period_of x}}` and `{{date_of x}}`: the time of a figure, or of a part of the view. The figure does not count as used.
pub(super) struct Named {
    pub(super) date: bool,
    pub(super) phrases: Arc<Phrases>,
}

impl HelperDef for Named {
    fn call<'reg: 'rc, 'rc>(
        &self,
        h: &Helper<'rc>,
        _: &'reg Handlebars<'reg>,
        ctx: &'rc Context,
        rc: &mut RenderContext<'reg, 'rc>,
        out: &mut dyn Output,
    ) -> HelperResult {
        let value = param(h, ctx, rc, 0)?;
        if value.is_null() {
            let path = h.param(0).and_then(|p| p.relative_path().cloned()).unwrap_or_default();
            return Ok(out.write(&mark::wrapped(mark::FAIL, &format!("{} not given", in_words(&path))))?);
        }
        let time = time(value).ok_or(RenderErrorReason::InvalidParamType("a figure or a time"))?;
        let text = if self.date { self.day(time, h)? } else { self.span(time, h)? };
        Ok(out.write(&mark::wrapped(mark::GIVEN, &text))?)
    }
}

impl Named {
    fn span(&self, time: Time, h: &Helper) -> Result<String, RenderErrorReason> {
        let (period, names) = (time.period, self.phrases.calendar(time.calendar));
        Ok(match form(h, "form", PERIOD_FORMS)? {
            "words" => names.words(period),
            "length" => names.length(period),
            "before" => names.in_passing(period.year_before()),
            "against" => names.change(period),
            "base" => names.base(period),
            "year" => {
                let year = period.fiscal_year().unwrap_or_else(|| time.calendar.year_of(time.calendar.end(period)));
                names.in_passing(Period::Year(year))
            }
            _ => names.in_passing(period),
        })
    }

    fn day(&self, time: Time, h: &Helper) -> Result<String, RenderErrorReason> {
        let (first, last) = time.calendar.days(time.period);
        let day = if form(h, "day", DAYS)? == "first" { first } else { last };
        Ok(match form(h, "form", DATE_FORMS)? {
            "short" => self.phrases.calendar(time.calendar).short(Period::Instant(day)),
            "page" => self.phrases.day(day),
            _ => self.phrases.day_in_sentence(day),
        })
    }
}

/// The form that a template asks for, the first of all where it does not.
fn form<'h>(h: &'h Helper, name: &str, known: &[&'static str]) -> Result<&'static str, RenderErrorReason> {
    let wanted: Option<&'h str> = option(h, name);
    let Some(wanted) = wanted else { return Ok(known[0]) };
    known.iter().find(|known| **known == wanted).copied().ok_or_else(|| {
        let all: Vec<String> = known.iter().map(|known| format!("`{known}`")).collect();
        RenderErrorReason::Other(format!("there is no {name} `{wanted}`, it is one of {}", all.join(", ")))
    })
}

/// The time of a figure, or the value as a time.
fn time(value: &Value) -> Option<Time> {
    let time = value.get("time").unwrap_or(value);
    serde_json::from_value(time.clone()).ok()
}
