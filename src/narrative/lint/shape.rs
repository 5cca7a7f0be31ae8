//! What a template may ask for: the shape of the view, read from its JSON Schema.

use std::collections::BTreeMap;

use schemars::Schema;
use serde_json::Value;

/// The kind of a value in the view.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Shape {
    /// A name, a period or a date: it is printed as it is.
    Text,
    /// Yes or no: for `{{#if}}`.
    Flag,
    /// A bare number: it is not printed.
    Number,
    /// A figure: helpers print it.
    Figure,
    /// A span or a day: helpers print it.
    Time,
    /// A list: for `{{#list}}` and `{{#each}}`.
    List(Box<Shape>),
    /// Fields under a name of [`Shapes`].
    Object(String),
    /// Not known.
    Any,
}

/// One field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Field {
    /// Its kind.
    pub shape: Shape,
    /// Whether it may be absent.
    pub optional: bool,
    /// What it means.
    pub meaning: String,
}

/// All objects of the view with their fields, in the order of the view.
#[derive(Clone, Debug)]
pub struct Shapes {
    /// Fields by object and name.
    pub objects: BTreeMap<String, Vec<(String, Field)>>,
}

/// The name of the whole view among the shapes.
pub const ROOT: &str = "QuarterView";

/// The type that counts as a figure.
const FIGURE: &str = "Shown";

/// The type that counts as a span or a day.
const TIME: &str = "Time";

impl Shapes {
    /// The shapes of a schema.
    pub fn of(schema: &Schema) -> Self {
        let root = schema.as_value();
        let mut objects = BTreeMap::from([(ROOT.to_owned(), fields(root))]);
        let definitions = root.get("$defs").and_then(Value::as_object);
        for (name, definition) in definitions.into_iter().flatten() {
            objects.insert(name.clone(), fields(definition));
        }
        Self { objects }
    }

    /// A field of an object.
    pub fn field(&self, object: &str, name: &str) -> Option<&Field> {
        self.objects.get(object)?.iter().find(|(known, _)| known == name).map(|(_, field)| field)
    }

    /// The names of an object's fields.
    pub fn names(&self, object: &str) -> impl Iterator<Item = &str> {
        self.objects.get(object).into_iter().flatten().map(|(name, _)| name.as_str())
    }
}

fn fields(object: &Value) -> Vec<(String, Field)> {
    let properties = object.get("properties").and_then(Value::as_object);
    properties.into_iter().flatten().map(|(name, value)| (name.clone(), field(value))).collect()
}

fn field(value: &Value) -> Field {
    let meaning = value.get("description").and_then(Value::as_str).unwrap_or_default().replace('\n', " ");
    let is_null = |value: &Value| value.get("type").is_some_and(|kind| kind == "null");
    if let Some(either) = value.get("anyOf").and_then(Value::as_array) {
        let real = either.iter().find(|value| !is_null(value)).unwrap_or(value);
        return Field { shape: shape(real), optional: either.iter().any(is_null), meaning };
    }
    let optional = value.get("type").and_then(Value::as_array).is_some_and(|kinds| kinds.iter().any(|k| k == "null"));
    Field { shape: shape(value), optional, meaning }
}

fn shape(value: &Value) -> Shape {
    if let Some(name) = value.get("$ref").and_then(Value::as_str).and_then(|path| path.rsplit('/').next()) {
        return match name {
            FIGURE => Shape::Figure,
            TIME => Shape::Time,
            _ => Shape::Object(name.to_owned()),
        };
    }
    let kind = match value.get("type") {
        Some(Value::Array(kinds)) => kinds.iter().filter_map(Value::as_str).find(|kind| *kind != "null"),
        kind => kind.and_then(Value::as_str),
    };
    match kind {
        Some("string") => Shape::Text,
        Some("boolean") => Shape::Flag,
        Some("integer" | "number") => Shape::Number,
        Some("array") => Shape::List(Box::new(value.get("items").map_or(Shape::Any, shape))),
        _ => Shape::Any,
    }
}
