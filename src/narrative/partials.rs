//! Templates that include each other in a circle would overflow the stack: they are found before anything is rendered.

use std::collections::BTreeMap;

use super::fault::TemplateFault;

/// Refuses circles of includes and names of includes that are computed.
pub fn check(sources: &BTreeMap<&str, &str>) -> Result<(), TemplateFault> {
    for file in sources.keys() {
        walk(sources, file, &mut Vec::new())?;
    }
    Ok(())
}

fn walk<'a>(sources: &BTreeMap<&'a str, &'a str>, file: &'a str, path: &mut Vec<&'a str>) -> Result<(), TemplateFault> {
    if path.contains(&file) {
        path.push(file);
        return Err(TemplateFault::in_file(path[0], format!("includes itself: {}", path.join(" → "))));
    }
    path.push(file);
    for name in includes(sources.get(file).copied().unwrap_or_default()) {
        if name.starts_with('(') {
            return Err(TemplateFault::in_file(file, "the name of an include is computed, write it out".to_owned()));
        }
        if let Some((found, _)) = sources.get_key_value(format!("{name}.hbs").as_str()) {
            walk(sources, found, path)?;
        }
    }
    path.pop();
    Ok(())
}

/// The names behind `{{>` and `{{#>`.
fn includes(text: &str) -> impl Iterator<Item = &str> {
    text.split("{{").skip(1).filter_map(|tag| {
        let tag = tag.trim_start_matches('~');
        let rest = tag.strip_prefix('>').or_else(|| tag.strip_prefix("#>"))?.trim_start();
        Some(rest.split(|c: char| c.is_whitespace() || c == '}' || c == '~').next().unwrap_or(rest))
    })
}
