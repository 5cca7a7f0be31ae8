//! The reference page of templates, `docs/templates.md`: every helper, field and piece, written from the code itself.

use std::fmt::Write;

use super::engine::{MOVES, built_in};
use super::helpers::{CONDITIONS, KNOWN, Known};
use super::lint::{self, Field, PARTS, Shape, Shapes};
use crate::language::{Language, WORDS};

/// The page as Markdown.
pub fn reference() -> String {
    let mut page = String::from(HEAD);
    helpers(&mut page);
    let shapes = Shapes::of(&lint::schema());
    page.push_str("\n## Fields\n\nThe view of a quarter, as `tanshin schema` gives it to other programs. `?` marks what may not be given: a sentence\nthat prints it is left out then, and `{{#if}}` takes it for false.\n");
    let mut told = Vec::new();
    object(&mut page, &shapes, lint::ROOT, &mut told);
    page.push_str("\n## Templates\n\n| file | begins a part | says |\n| --- | --- | --- |\n");
    for (file, text) in built_in(Language::En).iter().filter(|(file, _)| ![MOVES, WORDS].contains(file)) {
        let part = if PARTS.contains(file) { "yes" } else { "a piece: `{{> …}}`" };
        row(&mut page, &[&format!("`{file}`"), part, &says(text)]);
    }
    page
}

const HEAD: &str = "\
# Templates

<!-- Written by `tanshin templates reference`; a test holds it to the code. -->

A template is a `.hbs` file of Handlebars. Everything in it stands in sentences, and no digit stands in its words: numbers come from
figures, periods and dates only. `tanshin templates check` names every fault.

## Helpers

`f` is a figure, `x` anything, `items` a list.

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
fn object(page: &mut String, shapes: &Shapes, name: &str, told: &mut Vec<String>) {
    if told.iter().any(|known| known == name) {
        return;
    }
    told.push(name.to_owned());
    let title = if name == lint::ROOT { "The view" } else { name };
    let _ = write!(page, "\n### {title}\n\n| field | kind | meaning |\n| --- | --- | --- |\n");
    let fields = shapes.objects.get(name).map_or(&[][..], |fields| fields);
    for (field, Field { shape, optional, meaning }) in fields {
        let mark = if *optional { "?" } else { "" };
        row(page, &[&format!("`{field}`{mark}"), &kind(shape), meaning]);
    }
    for (_, field) in fields {
        if let Some(next) = leads_to(&field.shape) {
            object(page, shapes, next, told);
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
        Shape::Figure => "figure".to_owned(),
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

#[cfg(test)]
mod tests {
    #[test]
    fn the_reference_page_is_that_of_the_code() {
        let page = include_str!("../../docs/templates.md");
        assert!(page == super::reference(), "write it anew: tanshin templates reference > docs/templates.md");
    }
}
