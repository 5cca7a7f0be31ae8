//! What each helper is called, takes and does: for checks, for near matches and for the reference page.

use super::time::{DATE_FORMS, DAYS, PERIOD_FORMS};

/// What a helper takes in a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Takes {
    /// A figure.
    Figure,
    /// A list.
    List,
    /// Words in quotes, or a name.
    Words,
    /// Anything: a condition.
    Any,
    /// A figure or a number to compare with.
    Bound,
    /// A figure or a part of the view that is a span or a day.
    Time,
}

/// A helper.
#[derive(Clone, Copy, Debug)]
pub struct Known {
    /// Its name.
    pub name: &'static str,
    /// How it is written.
    pub form: &'static str,
    /// What it takes, in order; all of it is needed.
    pub takes: &'static [Takes],
    /// Words that may follow as `name="…"`.
    pub options: &'static [&'static str],
    /// Of options that take one of a few words, these words.
    pub choices: &'static [(&'static str, &'static [&'static str])],
    /// Whether it opens a block.
    pub block: bool,
    /// What it prints or does.
    pub does: &'static str,
    /// An example of what it prints; empty for one that prints nothing itself.
    pub example: &'static str,
}

use Takes::{Any, Bound, Figure, List, Time, Words};

const fn print(name: &'static str, form: &'static str, does: &'static str, example: &'static str) -> Known {
    Known { name, form, takes: &[Figure], options: &[], choices: &[], block: false, does, example }
}

const fn block(name: &'static str, form: &'static str, takes: &'static [Takes], does: &'static str) -> Known {
    Known { name, form, takes, options: &[], choices: &[], block: true, does, example: "" }
}

/// Every helper.
pub const KNOWN: [Known; 29] = [
    print("money", "{{money f}}", "an amount of money, with a minus below zero", "JPY41.0 billion"),
    print("pct", "{{pct f}}", "a percentage", "13.2%"),
    print("pp", "{{pp f}}", "percentage points", "0.8 percentage points"),
    print("count", "{{count f}}", "a number of things", "1,943 thousand subscriptions"),
    print("eps", "{{eps f}}", "money per share", "JPY13.50"),
    print("size", "{{size f}}", "a figure of any kind without its sign: the words around it must carry it", "6.4%"),
    print("signed", "{{signed f}}", "a figure of any kind with its sign", "+13.2%"),
    print("move", "{{move f}}", "the word of `moves.toml` for a change in percent or points", "rose"),
    print("moved", "{{moved f}}", "that word with the size of the change", "rose 6.4%"),
    Known {
        takes: &[Figure, Figure],
        ..print(
            "moved_too",
            "{{moved_too f g}}",
            "as `moved`, but the size alone where the word would be that of `g` again",
            "6.4%",
        )
    },
    print("change", "{{change f}}", "`up` or `down` with the size, or `unchanged`", "up 13.2%"),
    Known {
        options: &["up", "down", "flat"],
        ..print(
            "word",
            "{{word f up=\"rise\" down=\"fall\" flat=\"standstill\"}}",
            "a word by the sign of a figure",
            "rise",
        )
    },
    Known {
        takes: &[List, Words, Words],
        ..print("plural", "{{plural items \"segment\" \"segments\"}}", "a word by the length of a list", "segments")
    },
    Known {
        takes: &[Time],
        options: &["form"],
        choices: &[("form", PERIOD_FORMS)],
        ..print(
            "period_of",
            "{{period_of x form=\"words\"}}",
            "the span of a figure or of a `time` of the view: `short` (without `form`; a day stands as in sentences), in `words`, its `length`, its fiscal `year`, the one a year `before`, what it is compared `against` and what that `base` is called",
            "the first half of FY17",
        )
    },
    Known {
        takes: &[Time],
        options: &["day", "form"],
        choices: &[("day", DAYS), ("form", DATE_FORMS)],
        ..print(
            "date_of",
            "{{date_of x day=\"first\" form=\"short\"}}",
            "a day of it: the `last` (without `day`) or the `first`, in `words` (without `form`), `short` or as the head of the `page` has it",
            "1 Apr 2017",
        )
    },
    Known {
        takes: &[Any, Words],
        ..print(
            "need",
            "{{need x \"why not\"}}",
            "nothing: the sentence or clause around it stands only where `x` holds",
            "",
        )
    },
    block(
        "above",
        "{{#above f g}}…{{else}}…{{/above}}",
        &[Figure, Bound],
        "the first text where `f` is clearly above `g`, a figure or a number (money in millions); rounding counts",
    ),
    block(
        "below",
        "{{#below f g}}…{{else}}…{{/below}}",
        &[Figure, Bound],
        "the first text where `f` is clearly below `g`",
    ),
    block(
        "same",
        "{{#same f g}}…{{else}}…{{/same}}",
        &[Figure, Bound],
        "the first text where both print alike, or where a figure may be the number",
    ),
    block("rose", "{{#rose f}}…{{else}}…{{/rose}}", &[Figure], "the first text where the figure is above zero"),
    block("fell", "{{#fell f}}…{{else}}…{{/fell}}", &[Figure], "the first text where the figure is below zero"),
    Known {
        options: &["longest"],
        ..block(
            "sentence",
            "{{#sentence \"part/name\"}}…{{/sentence}}",
            &[Words],
            "one sentence with its name: printed whole or not at all; with `longest=100` not if it is longer",
        )
    },
    block(
        "clause",
        "{{#clause}}…{{/clause}}",
        &[],
        "a part of a sentence that goes alone when its figures are missing",
    ),
    block("first", "{{#first}}…{{/first}}", &[], "the first of its sentences or clauses that can be printed"),
    Known {
        options: &["last"],
        ..block(
            "list",
            "{{#list items}}…{{/list}}",
            &[List],
            "one text an item: `a, b and c`; `last=\"or\"` changes the word",
        )
    },
    block("if", "{{#if x}}…{{else}}…{{/if}}", &[Any], "the first text where `x` is given and not false"),
    block("unless", "{{#unless x}}…{{/unless}}", &[Any], "the text where `x` is not given or false"),
    block("with", "{{#with x}}…{{/with}}", &[Any], "inside, names are those of `x`; nothing where `x` is not given"),
    block("each", "{{#each items}}…{{/each}}", &[List], "the text once for each item"),
];

/// The helper of a name.
pub fn known(name: &str) -> Option<&'static Known> {
    KNOWN.iter().find(|known| known.name == name)
}

/// What may stand in parentheses, as in `{{#if (or a b)}}`.
pub const CONDITIONS: [&str; 3] = ["and", "or", "not"];
