//! Helpers that print: figures in their forms, and words that depend on one.

use handlebars::{Context, Handlebars, Helper, HelperDef, HelperResult, Output, RenderContext, RenderErrorReason};

use std::sync::Arc;

use super::{Written, figure, figure_at, option, param, phrased, printed, printed_signed, uses, way};
use crate::language::Phrases;
use crate::narrative::moves::{Moves, Number, Range};
use crate::narrative::shown::{Kind, Shown};

/// A helper that writes what a function makes of its figure; where the figure is missing or in doubt, the mark of that.
pub(super) struct Of<F>(pub(super) F);

impl<F: Fn(&Shown, &Helper) -> Written + Send + Sync> HelperDef for Of<F> {
    fn call<'reg: 'rc, 'rc>(
        &self,
        h: &Helper<'rc>,
        _: &'reg Handlebars<'reg>,
        ctx: &'rc Context,
        rc: &mut RenderContext<'reg, 'rc>,
        out: &mut dyn Output,
    ) -> HelperResult {
        let text = match figure(h, ctx, rc)? {
            Ok(shown) => self.0(&shown, h)?,
            Err(fail) => fail,
        };
        Ok(out.write(&text)?)
    }
}

/// `{{money f}}` and its like: a figure of that kind, with a minus below zero. `{{size f}}` leaves the sign to the words
/// around it, `{{signed f}}` always prints it.
pub(super) fn print(name: &str, kind: Option<Kind>, shown: &Shown, phrases: &Phrases) -> Written {
    if kind.is_some_and(|kind| kind != shown.kind) {
        let kind = format!("{:?}", shown.kind).to_lowercase();
        let wrong = format!("`{{{{{name}}}}}` cannot print `{}`, which counts {kind}", shown.key);
        return Err(RenderErrorReason::Other(wrong).into());
    }
    let text = match name {
        "size" => shown.size().to_owned(),
        "signed" => return Ok(printed_signed(shown, phrases)),
        _ => shown.plain(&phrases.number),
    };
    Ok(printed(shown, &text, phrases))
}

/// `{{move f}}`: the word for a move, `{{moved f}}`: the word and the size, by the table of ranges.
pub(super) fn moved(moves: &Moves, with_size: bool, shown: &Shown, phrases: &Phrases) -> Written {
    if !matches!(shown.kind, Kind::Percent | Kind::Points) {
        return Err(RenderErrorReason::InvalidParamType("a change in percent or points").into());
    }
    let (range, words) = word_of(moves, shown);
    let text = &phrases.text;
    let told = match (with_size, range.number) {
        (true, Number::Plain) => phrased(&text.moved, words, &printed(shown, shown.size(), phrases)),
        (true, Number::Brackets) => phrased(&text.moved_in_brackets, words, &printed_signed(shown, phrases)),
        _ => words.to_owned(),
    };
    Ok(told + &uses(shown, words))
}

/// The range of a move, and the word for it.
fn word_of<'m>(moves: &'m Moves, shown: &Shown) -> (&'m Range, &'m str) {
    let range = moves.of(shown.amount(), shown.kind == Kind::Points);
    (range, if shown.negative { &range.down } else { &range.up })
}

/// `{{moved_too f g}}`: the word and the size of `f`, the size alone where the word would be that of `g` again: `rose 4.2% and 6.4%`.
pub(super) struct MovedToo {
    pub(super) moves: Arc<Moves>,
    pub(super) phrases: Arc<Phrases>,
}

impl HelperDef for MovedToo {
    fn call<'reg: 'rc, 'rc>(
        &self,
        h: &Helper<'rc>,
        _: &'reg Handlebars<'reg>,
        ctx: &'rc Context,
        rc: &mut RenderContext<'reg, 'rc>,
        out: &mut dyn Output,
    ) -> HelperResult {
        let text = match (figure(h, ctx, rc)?, figure_at(h, ctx, rc, 1)?) {
            (Ok(shown), Ok(before)) if self.alike(&shown, &before) => {
                printed(&shown, shown.size(), &self.phrases) + &uses(&shown, word_of(&self.moves, &shown).1)
            }
            (Ok(shown), _) => moved(&self.moves, true, &shown, &self.phrases)?,
            (Err(fail), _) => fail,
        };
        Ok(out.write(&text)?)
    }
}

impl MovedToo {
    /// Whether both moves have one word, with the number plain behind it.
    fn alike(&self, shown: &Shown, before: &Shown) -> bool {
        let is_rate = shown.kind == before.kind && matches!(shown.kind, Kind::Percent | Kind::Points);
        let ((range, word), (_, before)) = (word_of(&self.moves, shown), word_of(&self.moves, before));
        is_rate && range.number == Number::Plain && word == before
    }
}

/// `{{change f}}`: `up 13.2%`, `down JPY45 million`, `unchanged`.
pub(super) fn change(shown: &Shown, phrases: &Phrases) -> Written {
    let text = &phrases.text;
    if shown.zero {
        return Ok(format!("{}{}", text.unchanged, uses(shown, &text.unchanged)));
    }
    let form = if shown.negative { &text.down } else { &text.up };
    let word = phrased(form, "", "");
    Ok(phrased(form, "", &printed(shown, shown.size(), phrases)) + &uses(shown, word.trim()))
}

/// `{{word f up="rise" down="fall" flat="standstill"}}`: a word by the sign of a figure.
pub(super) fn word(shown: &Shown, h: &Helper) -> Written {
    let name = way(shown).name();
    let word = option(h, name).or_else(|| option(h, "up").filter(|_| shown.zero));
    let word = word.ok_or(RenderErrorReason::ParamNotFoundForName("word", name.to_owned()))?;
    Ok(format!("{word}{}", uses(shown, word)))
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
