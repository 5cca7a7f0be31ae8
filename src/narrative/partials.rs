//! Templates that include each other in a circle would overflow the stack, and a few that each include the next one twice would
//! never end: both are found before anything is rendered.

use std::collections::BTreeMap;

use super::fault::TemplateFault;
use super::lint;

/// So many pieces a template may include, those that its pieces include among them. The built-in ones have a few dozen.
const MOST: usize = 1_000;

/// Refuses circles of includes, names of includes that are computed, and more of them than any brief needs.
pub fn check(sources: &BTreeMap<&str, &str>) -> Result<(), TemplateFault> {
    let mut sound = BTreeMap::new();
    sources.keys().try_for_each(|file| walk(sources, file, &mut Vec::new(), &mut sound).map(drop))
}

/// Follows includes and counts them; those that were followed to their ends are `sound`, with their number, and not followed twice.
fn walk<'a>(
    sources: &BTreeMap<&'a str, &'a str>,
    file: &'a str,
    path: &mut Vec<&'a str>,
    sound: &mut BTreeMap<&'a str, usize>,
) -> Result<usize, TemplateFault> {
    if let Some(count) = sound.get(file) {
        return Ok(*count);
    }
    let mut count = 0;
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
            count += 1 + walk(sources, found, path, sound)?;
            if count > MOST {
                let message = format!("includes more than {MOST} pieces, those that its pieces include among them");
                let hint = Some("include a piece once, and not in each of the pieces of another".to_owned());
                return Err(TemplateFault::at(file, lint::place(text, at), message, hint));
            }
        }
    }
    path.pop();
    sound.insert(file, count);
    Ok(count)
}
