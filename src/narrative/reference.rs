//! The reference page of templates, `docs/templates.md`: every helper, field and piece, written from the code itself.

use std::collections::BTreeMap;
use std::fmt::Write;

use serde_json::Value;

use super::engine::{MOVES, built_in};
use super::helpers::{CONDITIONS, KNOWN, Known};
use super::lint::{self, Field, Shape, Shapes};
use super::mark::unsealed;
use super::shown::{Kind, Shown};
use super::voice::Voice;
use crate::language::{Language, Phrases, WORDS};

/// The page as Markdown, with examples from the views of some quarters.
pub fn reference(views: &[Value]) -> String {
    let mut page = String::from(HEAD);
    helpers(&mut page);
    let shapes = Shapes::of(&lint::schema());
    let mut examples = Examples::default();
    views.iter().for_each(|view| examples.collect(&shapes, lint::ROOT, view));
    page.push_str(FIELDS);
    object(&mut page, &shapes, &examples, lint::ROOT, &mut Vec::new());
    figure(&mut page, &examples);
    page.push_str("\n## Templates\n\n| file | begins a part | says |\n| --- | --- | --- |\n");
    let parts = lint::parts(&Voice::default());
    for (file, text) in built_in(Language::En).iter().filter(|(file, _)| ![MOVES, WORDS].contains(file)) {
        let is_part = parts.iter().any(|part| file.strip_suffix(".hbs") == Some(part));
        let part = if is_part { "yes" } else { "a piece: `{{> …}}`" };
        row(&mut page, &[&format!("`{file}`"), part, &says(text)]);
    }
    page
}

const FIELDS: &str = "
## Fields

The view of a quarter, as `tanshin schema` gives it to other programs and `tanshin show 1Q17 --format json` prints it. `?` marks what
may not be given: a sentence that prints it is left out then, and `{{#if}}` takes it for false. Units and examples are those of the
documents at hand, the latest quarter that has the field.
";

/// What the fields of each object hold in some quarters, the first first.
#[derive(Default)]
struct Examples<'v> {
    by_field: BTreeMap<(String, String), &'v Value>,
    figure: Option<&'v Value>,
}

impl<'v> Examples<'v> {
    fn collect(&mut self, shapes: &Shapes, object: &str, value: &'v Value) {
        for (name, field) in shapes.objects.get(object).into_iter().flatten() {
            let Some(found) = value.get(name).filter(|found| !is_empty(found)) else { continue };
            self.by_field.entry((object.to_owned(), name.clone())).or_insert(found);
            if field.shape == Shape::Figure {
                self.figure = self.figure.or(Some(found));
            }
            match (&field.shape, found) {
                (Shape::Object(next), _) => self.collect(shapes, next, found),
                (Shape::List(item), Value::Array(items)) => {
                    if let Shape::Object(next) = &**item {
                        items.iter().for_each(|item| self.collect(shapes, next, item));
                    }
                }
                _ => {}
            }
        }
    }

    /// Unit and example of a field, as a reader sees them.
    fn of(&self, object: &str, name: &str) -> (String, String) {
        let Some(value) = self.by_field.get(&(object.to_owned(), name.to_owned())) else {
            return (String::new(), String::new());
        };
        match serde_json::from_value::<Shown>((*value).clone()) {
            Ok(shown) => (unit(shown.kind).to_owned(), shown.plain(&Phrases::built_in(Language::default()).number)),
            Err(_) => (String::new(), printed(value)),
        }
    }
}

fn is_empty(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::String(text) => text.is_empty(),
        Value::Array(items) => items.is_empty(),
        _ => false,
    }
}

fn unit(kind: Kind) -> &'static str {
    match kind {
        Kind::Money => "money",
        Kind::Share => "money per share",
        Kind::Percent => "percent",
        Kind::Points => "percentage points",
        Kind::Count => "things",
    }
}

fn printed(value: &Value) -> String {
    match value {
        Value::String(text) => unsealed(&lint::excerpt(text, 1, 1)),
        Value::Bool(holds) => if *holds { "yes" } else { "no" }.to_owned(),
        Value::Number(number) => number.to_string(),
        Value::Array(items) => match items.first() {
            Some(Value::String(text)) => text.clone(),
            _ => String::new(),
        },
        // A time.
        Value::Object(parts) => parts.get("period").and_then(Value::as_str).unwrap_or_default().to_owned(),
        Value::Null => String::new(),
    }
}

/// What a figure holds, for programs; templates print it with a helper.
fn figure(page: &mut String, examples: &Examples<'_>) {
    page.push_str("\n### Figure\n\nTemplates print a figure with a helper and compare it with `{{#above}}` and its like; other programs read its parts.\n\n| part | meaning | example |\n| --- | --- | --- |\n");
    let schema = schemars::schema_for!(Shown);
    let parts = schema.as_value().get("properties").and_then(Value::as_object);
    for (name, part) in parts.into_iter().flatten() {
        let meaning = part.get("description").and_then(Value::as_str).unwrap_or_default().replace('\n', " ");
        let example = examples.figure.and_then(|figure| figure.get(name)).map(printed).unwrap_or_default();
        row(page, &[&format!("`{name}`"), &meaning, &unsealed(&example)]);
    }
}

const HEAD: &str = "\
# Templates

<!-- Written by `tanshin templates reference` from the seeds of this repository; a test holds it to the code. -->

A template is a `.hbs` file of Handlebars. Everything in it stands in sentences, and no digit stands in its words: numbers come from
figures, periods and dates only. `tanshin templates check` names every fault.

## Helpers

`f` and `g` are figures, `x` anything, `items` a list. Periods and dates stand in the view in the language's forms, and as times for
`{{period_of}}` and `{{date_of}}`; `words.toml` says how they are written.

| write | prints or does | example |
| --- | --- | --- |
";

fn helpers(page: &mut String) {
    for Known { form, does, example, .. } in KNOWN {
        row(page, &[&format!("`{form}`"), does, example]);
    }
    let conditions = CONDITIONS.map(|name| format!("`{name}`")).join(", ");
    let _ = write!(
        page,
        "\nIn parentheses stand {conditions}: `{{{{#if (or a b)}}}}`. `{{{{> name}}}}` includes another template.\n"
    );
    page.push_str("`@root.quarter` names a field of the whole view from anywhere, `@first` and `@last` tell the place in a list.\n");
}

/// An object's fields, then those of the objects that it leads to, each once.
fn object(page: &mut String, shapes: &Shapes, examples: &Examples<'_>, name: &str, told: &mut Vec<String>) {
    if told.iter().any(|known| known == name) {
        return;
    }
    told.push(name.to_owned());
    let title = if name == lint::ROOT { "The view" } else { name };
    let _ =
        write!(page, "\n### {title}\n\n| field | kind | meaning | unit | example |\n| --- | --- | --- | --- | --- |\n");
    let fields = shapes.objects.get(name).map_or(&[][..], |fields| fields);
    for (field, Field { shape, optional, meaning }) in fields {
        let mark = if *optional { "?" } else { "" };
        let (unit, example) = examples.of(name, field);
        row(page, &[&format!("`{field}`{mark}"), &kind(shape), meaning, &unit, &example]);
    }
    for (_, field) in fields {
        if let Some(next) = leads_to(&field.shape) {
            object(page, shapes, examples, next, told);
        }
    }
}

fn leads_to(shape: &Shape) -> Option<&str> {
    match shape {
        Shape::Object(name) => Some(name),
        Shape::List(item) => leads_to(item),
        _ => None,
    }
}

fn kind(shape: &Shape) -> String {
    match shape {
        Shape::Text => "text".to_owned(),
        Shape::Flag => "yes or no".to_owned(),
        Shape::Number => "number".to_owned(),
        Shape::Figure => "[figure](#figure)".to_owned(),
        Shape::Time => "time".to_owned(),
        Shape::Any => "any".to_owned(),
        Shape::List(item) => format!("list of {}", kind(item)),
        Shape::Object(name) => format!("[{name}](#{})", name.to_lowercase()),
    }
}

/// What a template says of itself in its first comment.
fn says(text: &str) -> String {
    let comment = text.strip_prefix("{{!--").and_then(|rest| rest.split("--}}").next());
    comment.unwrap_or_default().trim().to_owned()
}

fn row(page: &mut String, cells: &[&str]) {
    let cells: Vec<String> = cells.iter().map(|cell| cell.replace('|', "\\|")).collect();
    let _ = writeln!(page, "| {} |", cells.join(" | "));
}
