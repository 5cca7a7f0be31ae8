//! Compiled templates, kept by their text: looking for faults and writing sentences need the same ones, and of an edited set most are
//! as they were.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use handlebars::{Template, TemplateError};

use super::helpers::BEGIN;
use super::pieces;

/// How many are kept before all are forgotten: a few editions of all languages.
const KEPT: usize = 256;

static KNOWN: Mutex<BTreeMap<(String, String), Template>> = Mutex::new(BTreeMap::new());

/// A template of this name and text.
///
/// # Errors
/// When its text is not in the form of a template.
pub(super) fn compiled(name: &str, text: &str) -> Result<Template, TemplateError> {
    let key = (name.to_owned(), text.to_owned());
    let known = || KNOWN.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(found) = known().get(&key) {
        return Ok(found.clone());
    }
    let in_pieces = pieces::compile(name, text);
    let template = begun(in_pieces.map_or_else(|| Template::compile_with_name(text, name.to_owned()), Ok)?)?;
    let mut known = known();
    if known.len() >= KEPT {
        known.clear();
    }
    known.insert(key, template.clone());
    Ok(template)
}

/// The template with what begins every one of them, at the place of its first element.
fn begun(mut template: Template) -> Result<Template, TemplateError> {
    let begin = Template::compile(&format!("{{{{{BEGIN}}}}}"))?;
    template.elements.splice(0..0, begin.elements);
    template.mapping.splice(0..0, begin.mapping);
    Ok(template)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_template_is_known_by_name_and_text_and_a_fault_is_told_each_time() {
        let check = |name: &str, text: &str| {
            let expected = Template::compile_with_name(text, name.to_owned()).expect("sound");
            assert_eq!(compiled(name, text).expect("sound"), begun(expected).expect("sound"));
        };
        for _ in 0..2 {
            check("a", "{{b}}");
            check("a", "{{c}}");
            check("b", "{{b}}");
            assert!(compiled("a", "{{#if}").is_err());
        }
    }
}
