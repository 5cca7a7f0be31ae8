//! Templates that include each other in a circle would overflow the stack: they are found before anything is rendered.

use std::collections::{BTreeMap, BTreeSet};

use super::fault::TemplateFault;
use super::lint;

/// Refuses circles of includes and names of includes that are computed.
pub fn check(sources: &BTreeMap<&str, &str>) -> Result<(), TemplateFault> {
    let mut sound = BTreeSet::new();
    sources.keys().try_for_each(|file| walk(sources, file, &mut Vec::new(), &mut sound))
}

/// Follows includes; those that were followed to their ends are `sound` and not followed twice.
fn walk<'a>(
    sources: &BTreeMap<&'a str, &'a str>,
    file: &'a str,
    path: &mut Vec<&'a str>,
    sound: &mut BTreeSet<&'a str>,
) -> Result<(), TemplateFault> {
    if sound.contains(file) {
        return Ok(());
    }
    path.push(file);
    let text = sources.get(file).copied().unwrap_or_default();
    for (name, at) in lint::includes(text) {
        if name.starts_with('(') {
            let message = "the name of an include is computed".to_owned();
            let hint = Some("write the name out".to_owned());
            return Err(TemplateFault::at(file, lint::place(text, at), message, hint));
        }
        if let Some((found, _)) = sources.get_key_value(format!("{name}.hbs").as_str()) {
            if let Some(start) = path.iter().position(|above| above == found) {
                let circle = [&path[start..], &[found]].concat().join(" → ");
                let hint = Some("take one of these includes out".to_owned());
                return Err(TemplateFault::at(file, lint::place(text, at), format!("includes itself: {circle}"), hint));
            }
            walk(sources, found, path, sound)?;
        }
    }
    path.pop();
    sound.insert(file);
    Ok(())
}
