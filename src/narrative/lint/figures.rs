//! The view of a quarter whose figures are missing: what a template must bear.

use serde_json::Value;

use super::shape::{ROOT, Shape, Shapes};

/// The same view with gaps, and what is missing in each: every figure; everything that may be; each group that may be; and each
/// figure alone where every way is asked for. Names and periods stay.
pub fn with_gaps(view: &Value, shapes: &Shapes, each_figure: bool) -> Vec<(Value, String)> {
    let mut ways = Vec::new();
    collect(view, shapes, ROOT, &mut Vec::new(), &mut ways);
    let mut bare = view.clone();
    take_figures(&mut bare);
    let mut empty = bare.clone();
    ways.iter().filter(|way| !way.is_figure).for_each(|way| way.take_from(&mut empty));
    let mut gaps = vec![(bare, "any figure".to_owned()), (empty, "anything that may be missing".to_owned())];
    for way in ways.iter().filter(|way| each_figure || !way.is_figure) {
        let mut gap = view.clone();
        way.take_from(&mut gap);
        gaps.push((gap, format!("`{}`", way.path.join("."))));
    }
    gaps
}

/// Something that may be missing.
struct Way {
    path: Vec<String>,
    is_figure: bool,
    is_list: bool,
}

impl Way {
    fn take_from(&self, view: &mut Value) {
        let found = self.path.iter().try_fold(view, |value, name| value.get_mut(name));
        if let Some(found) = found.filter(|found| !found.is_null()) {
            *found = if self.is_list { Value::Array(Vec::new()) } else { Value::Null };
        }
    }
}

/// Every field that is given and may not be, from the outside in; items of lists stay whole.
fn collect(value: &Value, shapes: &Shapes, object: &str, path: &mut Vec<String>, ways: &mut Vec<Way>) {
    for (name, field) in shapes.objects.get(object).into_iter().flatten() {
        let Some(inner) = value.get(name).filter(|inner| !inner.is_null()) else { continue };
        path.push(name.clone());
        let is_list = matches!(field.shape, Shape::List(_));
        if field.optional || is_list {
            ways.push(Way { path: path.clone(), is_figure: field.shape == Shape::Figure, is_list });
        }
        if let Shape::Object(next) = &field.shape {
            collect(inner, shapes, next, path, ways);
        }
        path.pop();
    }
}

fn take_figures(value: &mut Value) {
    match value {
        Value::Object(fields) if fields.contains_key("key") && fields.contains_key("doubt") => *value = Value::Null,
        Value::Object(fields) => fields.values_mut().for_each(take_figures),
        Value::Array(items) => items.iter_mut().for_each(take_figures),
        _ => {}
    }
}
