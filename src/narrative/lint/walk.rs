//! Names followed through blocks and pieces: each must be a field where it stands, of a kind that its helper takes.

use std::collections::{BTreeMap, BTreeSet};

use super::Sources;
use super::shape::{ROOT, Shape, Shapes};
use super::tags::{self, Kind, Tag, Token, Word};
use crate::narrative::fault::TemplateFault;
use crate::narrative::helpers::{CONDITIONS, KNOWN, Known, Takes, known};
use crate::near::near;

/// All faults of names and kinds. `whole` are the templates of sound form among all of them; only these are followed.
pub(super) fn faults(all: &Sources<'_>, whole: &Sources<'_>, shapes: &Shapes, parts: &[String]) -> Vec<TemplateFault> {
    let mut walk = Walk { all, whole, shapes, faults: Vec::new(), seen: BTreeSet::new() };
    let root = Shape::Object(ROOT.to_owned());
    for part in parts {
        if let Some((file, _)) = whole.get_key_value(format!("{part}.hbs").as_str()) {
            walk.file(file, vec![root.clone()], false);
        }
    }
    let reached: BTreeSet<String> = walk.seen.iter().map(|(file, ..)| file.clone()).collect();
    for piece in whole.keys().filter(|file| !reached.contains(**file)) {
        walk.file(piece, vec![Shape::Any], true);
    }
    walk.faults
}

struct Walk<'a> {
    all: &'a Sources<'a>,
    whole: &'a Sources<'a>,
    shapes: &'a Shapes,
    faults: Vec<TemplateFault>,
    /// What was followed already: the file, what names mean in it, whether it stands in a sentence.
    seen: BTreeSet<(String, Vec<Shape>, bool)>,
}

/// A block that is open.
struct Block<'t> {
    name: &'t str,
    /// Whether names inside it are those of a field.
    scoped: bool,
}

/// The file that is followed, and what names mean at the present tag.
struct Here<'t> {
    file: &'t str,
    text: &'t str,
    scopes: Vec<Shape>,
    blocks: Vec<Block<'t>>,
    in_sentence: bool,
}

impl Here<'_> {
    fn says(&self) -> bool {
        self.in_sentence || self.blocks.iter().any(|block| block.name == "sentence")
    }
}

impl<'a> Walk<'a> {
    fn file(&mut self, file: &'a str, scopes: Vec<Shape>, in_sentence: bool) {
        let Some(text) = self.whole.get(file).copied() else { return };
        if !self.seen.insert((file.to_owned(), scopes.clone(), in_sentence)) {
            return;
        }
        let mut here = Here { file, text, scopes, blocks: Vec::new(), in_sentence };
        for token in tags::tokens(text) {
            match token {
                Token::Text(words) => self.text(&here, words),
                Token::Tag(tag) => self.tag(&mut here, &tag),
                Token::Torn(_) => {}
            }
        }
    }

    fn fault(&mut self, here: &Here<'_>, at: usize, message: String, hint: Option<String>) {
        self.faults.push(TemplateFault::at(here.file, tags::place(here.text, at), message, hint));
    }

    /// Words of a template stand in a sentence and hold no number.
    fn text(&mut self, here: &Here<'_>, words: Word<'_>) {
        if let Some(digit) = words.text.find(|c: char| c.is_ascii_digit()) {
            let number: String = words.text[digit..].chars().take_while(|c| !c.is_whitespace()).collect();
            let hint =
                "print a figure with `{{money …}}`, `{{pct …}}` or another helper, or write the number as a word";
            self.fault(
                here,
                words.at + digit,
                format!("`{number}` is a number that is no figure of the data layer"),
                Some(hint.to_owned()),
            );
        }
        if !here.says() && !words.text.trim().is_empty() {
            let start = words.text.len() - words.text.trim_start().len();
            let shown: String = words.text.trim().lines().next().unwrap_or_default().chars().take(40).collect();
            let hint = "put it between `{{#sentence \"part/name\"}}` and `{{/sentence}}`";
            self.fault(here, words.at + start, format!("`{shown}` stands outside a sentence"), Some(hint.to_owned()));
        }
    }

    fn tag<'t>(&mut self, here: &mut Here<'t>, tag: &Tag<'t>)
    where
        'a: 't,
    {
        match tag.kind {
            Kind::Print => self.print(here, tag),
            Kind::Bare => {
                let hint = "write two braces: values are printed through the claim gate".to_owned();
                self.fault(here, tag.at, "a value is printed past the claim gate".to_owned(), Some(hint));
            }
            Kind::Open => self.open(here, tag),
            Kind::Else => self.otherwise(here, tag),
            Kind::Close => {
                if here.blocks.pop().is_some_and(|block| block.scoped) {
                    here.scopes.pop();
                }
            }
            Kind::Include => self.include(here, tag),
            Kind::Refused => {}
        }
    }

    /// `{{name}}` prints a name; `{{helper …}}` calls one.
    fn print(&mut self, here: &Here<'_>, tag: &Tag<'_>) {
        let Some(name) = tag.words.first() else { return };
        if let Some(helper) = known(name.text) {
            if helper.block {
                let hint = format!("write it as `{}`", helper.form);
                return self.fault(here, name.at, format!("`{}` opens a block", name.text), Some(hint));
            }
            if !here.says() && helper.name != "need" {
                let hint = "put it between `{{#sentence \"part/name\"}}` and `{{/sentence}}`".to_owned();
                self.fault(here, tag.at, "a figure stands outside a sentence".to_owned(), Some(hint));
            }
            return self.arguments(here, helper, name, &tag.words[1..]);
        }
        if tag.words.len() > 1 {
            return self.unknown_helper(here, *name);
        }
        match self.path(here, *name) {
            Some(Shape::Figure) => self.fault(
                here,
                name.at,
                format!("the figure `{}` is printed without its helper", name.text),
                Some(format!("write `{{{{money {0}}}}}`, `{{{{pct {0}}}}}` or another helper", name.text)),
            ),
            Some(shape @ (Shape::Flag | Shape::Number | Shape::Time | Shape::List(_) | Shape::Object(_))) => {
                let hint = match shape {
                    Shape::Flag => format!("ask for it with `{{{{#if {}}}}}`", name.text),
                    Shape::Time => format!("write `{{{{period_of {0}}}}}` or `{{{{date_of {0}}}}}`", name.text),
                    Shape::List(_) => format!("write `{{{{#list {}}}}}…{{{{/list}}}}`", name.text),
                    _ => format!("print one of its fields, {}", self.fields(&shape, 6)),
                };
                self.fault(
                    here,
                    name.at,
                    format!("`{}` is {} and cannot be printed", name.text, of_kind(&shape)),
                    Some(hint),
                );
            }
            _ => {}
        }
    }

    fn unknown_helper(&mut self, here: &Here<'_>, name: Word<'_>) {
        let hint = match near(name.text, KNOWN.iter().map(|known| known.name)) {
            Some(meant) => format!("did you mean `{meant}`?"),
            None => "`docs/templates.md` lists the helpers".to_owned(),
        };
        self.fault(here, name.at, format!("there is no helper `{}`", name.text), Some(hint));
    }

    /// A helper's arguments: as many as it takes, each of its kind.
    fn arguments(&mut self, here: &Here<'_>, helper: &Known, name: &Word<'_>, words: &[Word<'_>]) {
        let (options, places): (Vec<Word<'_>>, Vec<Word<'_>>) = words.iter().partition(|word| is_option(word));
        let places: Vec<Word<'_>> = places.into_iter().take_while(|word| word.text != "as").collect();
        for (at, takes) in helper.takes.iter().enumerate() {
            match places.get(at) {
                Some(word) => self.argument(here, helper, *takes, *word),
                None => {
                    let missing = match takes {
                        Takes::Figure => "a figure",
                        Takes::List => "a list",
                        Takes::Words => "words in quotes",
                        Takes::Any => "a condition",
                        Takes::Bound => "a figure or a number",
                        Takes::Time => "a figure or a time",
                    };
                    let hint = format!("write it as `{}`", helper.form);
                    return self.fault(here, name.at, format!("`{}` needs {missing}", helper.name), Some(hint));
                }
            }
        }
        if let Some(extra) = places.get(helper.takes.len()) {
            let hint = format!("write it as `{}`", helper.form);
            self.fault(
                here,
                extra.at,
                format!("`{}` takes nothing more, found `{}`", helper.name, extra.text),
                Some(hint),
            );
        }
        for option in options {
            let key = option.text.split('=').next().unwrap_or_default();
            if !helper.options.contains(&key) {
                let hint = match near(key, helper.options.iter().copied()) {
                    Some(meant) => format!("did you mean `{meant}=`?"),
                    None => format!("write it as `{}`", helper.form),
                };
                self.fault(here, option.at, format!("`{}` has no option `{key}`", helper.name), Some(hint));
            }
            self.choice(here, helper, key, option);
        }
        let given = |key: &str| words.iter().any(|word| is_option(word) && word.text.starts_with(&format!("{key}=")));
        if helper.name == "word"
            && let Some(key) = ["up", "down"].into_iter().find(|key| !given(key))
        {
            let hint = format!("write it as `{}`", helper.form);
            self.fault(here, name.at, format!("`word` needs the word for `{key}`"), Some(hint));
        }
    }

    /// An option that takes one of a few words has one of them.
    fn choice(&mut self, here: &Here<'_>, helper: &Known, key: &str, option: Word<'_>) {
        let Some((_, known)) = helper.choices.iter().find(|(name, _)| *name == key) else { return };
        let value = option.text.split_once('=').map_or("", |(_, value)| value);
        let Some(value) = value.strip_prefix(['"', '\'']).map(|value| value.trim_end_matches(['"', '\''])) else {
            return;
        };
        if !known.contains(&value) {
            let hint = match near(value, known.iter().copied()) {
                Some(meant) => format!("did you mean `{meant}`?"),
                None => format!(
                    "it is one of {}",
                    known.iter().map(|known| format!("`{known}`")).collect::<Vec<_>>().join(", ")
                ),
            };
            self.fault(here, option.at, format!("`{}` has no {key} `{value}`", helper.name), Some(hint));
        }
    }

    fn argument(&mut self, here: &Here<'_>, helper: &Known, takes: Takes, word: Word<'_>) {
        if let Some(inner) = word.text.strip_prefix('(') {
            return self.condition(here, tags::words(inner.trim_end_matches(')'), word.at + 1));
        }
        if word.text.starts_with(['"', '\'']) {
            if !matches!(takes, Takes::Words | Takes::Any) {
                let hint = "leave out the quotes to name a field".to_owned();
                self.fault(here, word.at, format!("`{}` takes a field, found words", helper.name), Some(hint));
            }
            return;
        }
        let Some(shape) = self.path(here, word) else { return };
        let fits = match takes {
            Takes::Figure => matches!(shape, Shape::Figure | Shape::Any),
            Takes::List => matches!(shape, Shape::List(_) | Shape::Any),
            Takes::Words => matches!(shape, Shape::Text | Shape::Any),
            Takes::Any => true,
            Takes::Bound => matches!(shape, Shape::Figure | Shape::Any),
            Takes::Time => matches!(shape, Shape::Figure | Shape::Time | Shape::Any),
        };
        if !fits {
            let wanted = match takes {
                Takes::Figure => "a figure",
                Takes::List => "a list",
                Takes::Bound => "a figure or a number",
                Takes::Time => "a figure or a time",
                _ => "words",
            };
            let hint = match &shape {
                Shape::Object(_) => format!("name one of its fields, {}", self.fields(&shape, 6)),
                _ => format!("write it as `{}`", helper.form),
            };
            let message = format!("`{}` takes {wanted}, but `{}` is {}", helper.name, word.text, of_kind(&shape));
            self.fault(here, word.at, message, Some(hint));
        }
    }

    /// `(or a b)`: what may stand in parentheses.
    fn condition(&mut self, here: &Here<'_>, words: Vec<Word<'_>>) {
        let Some((name, places)) = words.split_first() else { return };
        if !CONDITIONS.contains(&name.text) {
            let hint = format!("in parentheses stand {}", CONDITIONS.map(|name| format!("`{name}`")).join(", "));
            self.fault(here, name.at, format!("there is no condition `{}`", name.text), Some(hint));
        }
        for place in places {
            if let Some(inner) = place.text.strip_prefix('(') {
                self.condition(here, tags::words(inner.trim_end_matches(')'), place.at + 1));
            } else if !place.text.starts_with(['"', '\'']) {
                self.path(here, *place);
            }
        }
    }

    fn open<'t>(&mut self, here: &mut Here<'t>, tag: &Tag<'t>) {
        let Some(name) = tag.words.first() else { return };
        let mut scope = None;
        match known(name.text) {
            Some(helper) if helper.block => {
                let before = self.faults.len();
                self.arguments(here, helper, name, &tag.words[1..]);
                scope = match name.text {
                    "with" | "list" | "each" if self.faults.len() > before => Some(Shape::Any),
                    "with" => tag.words.get(1).and_then(|word| self.path(here, *word)),
                    "list" | "each" => tag.words.get(1).and_then(|word| match self.path(here, *word)? {
                        Shape::List(item) => Some(*item),
                        _ => Some(Shape::Any),
                    }),
                    _ => None,
                };
            }
            Some(helper) => {
                let hint = format!("write it as `{}`", helper.form);
                self.fault(here, name.at, format!("`{}` opens no block", name.text), Some(hint));
            }
            None => self.unknown_helper(here, *name),
        }
        here.blocks.push(Block { name: name.text, scoped: scope.is_some() });
        here.scopes.extend(scope);
    }

    /// Behind `{{else}}` names mean what they meant before the block.
    fn otherwise<'t>(&mut self, here: &mut Here<'t>, tag: &Tag<'t>) {
        if let Some(block) = here.blocks.last_mut()
            && std::mem::take(&mut block.scoped)
        {
            here.scopes.pop();
        }
        if let Some(name) = tag.words.first() {
            match known(name.text) {
                Some(helper) if helper.block => self.arguments(here, helper, name, &tag.words[1..]),
                _ => self.unknown_helper(here, *name),
            }
        }
    }

    fn include<'t>(&mut self, here: &Here<'t>, tag: &Tag<'t>)
    where
        'a: 't,
    {
        let Some(name) = tag.words.first() else { return };
        let file = format!("{}.hbs", name.text.trim_matches(['"', '\'']));
        let Some((file, _)) = self.all.get_key_value(file.as_str()) else {
            let hint = match near(name.text, self.all.keys().map(|file| file.trim_end_matches(".hbs"))) {
                Some(meant) => format!("did you mean `{meant}`?"),
                None => "`tanshin templates list` names the templates".to_owned(),
            };
            return self.fault(here, name.at, format!("there is no template `{}` to include", name.text), Some(hint));
        };
        let mut scopes = here.scopes.clone();
        for word in &tag.words[1..] {
            if is_option(word) {
                scopes = vec![Shape::Any];
                let value = word.text.find('=').map_or(0, |at| at + 1);
                let given = Word { text: &word.text[value..], at: word.at + value };
                if !given.text.starts_with(['"', '\'', '(']) {
                    self.path(here, given);
                }
            } else if let Some(shape) = self.path(here, *word) {
                scopes.push(shape);
            }
        }
        self.file(file, scopes, here.says());
    }

    /// The kind of what a path names; a name that is no field is a fault.
    fn path(&mut self, here: &Here<'_>, word: Word<'_>) -> Option<Shape> {
        let mut path = word.text;
        if path.parse::<f64>().is_ok() || ["true", "false", "null"].contains(&path) {
            return Some(Shape::Any);
        }
        let mut depth = here.scopes.len();
        if let Some(local) = path.strip_prefix('@') {
            match local.strip_prefix("root").map(|rest| rest.trim_start_matches(['.', '/'])) {
                Some(rest) => {
                    depth = 1;
                    path = rest;
                }
                None if ["first", "last"].contains(&local.trim_start_matches("../")) => {
                    return Some(Shape::Flag);
                }
                None => {
                    let hint = near(local, ["first", "last", "root"]).map(|meant| format!("did you mean `@{meant}`?"));
                    let hint = hint.or_else(|| Some("known are `@root`, `@first`, `@last`".to_owned()));
                    self.fault(here, word.at, format!("there is no `{}`", word.text), hint);
                    return None;
                }
            }
        }
        while let Some(rest) = path.strip_prefix("../") {
            depth = depth.saturating_sub(1).max(1);
            path = rest;
        }
        path =
            path.strip_prefix("this").map_or(path, |rest| rest.trim_start_matches(['.', '/'])).trim_start_matches("./");
        let mut shape = here.scopes.get(depth - 1).cloned().unwrap_or(Shape::Any);
        if path == ".." || path == "." {
            return Some(Shape::Any);
        }
        for part in path.split(['.', '/']).filter(|part| !part.is_empty()) {
            shape = self.step(here, word, shape, part)?;
        }
        Some(shape)
    }

    /// One field of a value.
    fn step(&mut self, here: &Here<'_>, word: Word<'_>, owner: Shape, part: &str) -> Option<Shape> {
        let index = part.trim_start_matches('[').trim_end_matches(']');
        let at = word.at + (part.as_ptr() as usize - word.text.as_ptr() as usize);
        match &owner {
            Shape::Any => Some(Shape::Any),
            Shape::List(item) if index.parse::<usize>().is_ok() => Some((**item).clone()),
            Shape::Object(name) => match self.shapes.field(name, index) {
                Some(field) => Some(field.shape.clone()),
                None => {
                    let names: Vec<&str> = self.shapes.names(name).collect();
                    let hint = match near(index, names) {
                        Some(meant) => format!("did you mean `{meant}`?"),
                        None => match self.elsewhere(index) {
                            Some(place) => format!("it is found as `{place}`"),
                            None => format!("fields here are {}", self.fields(&owner, 8)),
                        },
                    };
                    self.fault(here, at, format!("there is no field `{index}` in `{}`", word.text), Some(hint));
                    None
                }
            },
            other => {
                let message = format!("`{}` asks for `{index}` of {}", word.text, of_kind(other));
                let hint = match other {
                    Shape::Figure => "print the figure with a helper, its parts are no fields".to_owned(),
                    Shape::Time => {
                        "print it with `{{period_of …}}` or `{{date_of …}}`, its parts are no fields".to_owned()
                    }
                    Shape::List(_) => "go through it with `{{#list …}}`, or take the first with `.[0]`".to_owned(),
                    _ => "leave that part out".to_owned(),
                };
                self.fault(here, at, message, Some(hint));
                None
            }
        }
    }

    /// Where the view has a field of that name, from its root.
    fn elsewhere(&self, name: &str) -> Option<String> {
        let mut first: BTreeMap<usize, String> = BTreeMap::new();
        for (field, found) in self.shapes.objects.get(ROOT)? {
            if field == name {
                return Some(format!("@root.{field}"));
            }
            if let Shape::Object(object) = &found.shape
                && self.shapes.field(object, name).is_some()
            {
                first.entry(first.len()).or_insert_with(|| format!("{field}.{name}"));
            }
        }
        first.into_values().next()
    }

    fn fields(&self, shape: &Shape, most: usize) -> String {
        let Shape::Object(object) = shape else { return String::new() };
        let names: Vec<String> = self.shapes.names(object).map(|name| format!("`{name}`")).collect();
        let more = if names.len() > most { " and more" } else { "" };
        format!("{}{more}", names[..names.len().min(most)].join(", "))
    }
}

/// Whether a word is `key=value`.
fn is_option(word: &Word<'_>) -> bool {
    word.text.find('=').is_some_and(|at| at > 0 && word.text[..at].chars().all(|c| c.is_alphanumeric() || c == '_'))
}

fn of_kind(shape: &Shape) -> &'static str {
    match shape {
        Shape::Text => "a text",
        Shape::Flag => "a yes or no",
        Shape::Number => "a bare number",
        Shape::Figure => "a figure",
        Shape::Time => "a time",
        Shape::List(_) => "a list",
        Shape::Object(_) => "a group of fields",
        Shape::Any => "something",
    }
}
