//! The sections of a brief: which, in which order, under which heading. A template of the project makes a section of its own.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use super::keys::{HEADINGS, quoted};
use super::take::{Origin, Taking};
use crate::language::Language;
use crate::narrative::{PARAGRAPHS, Section, built_in};
use crate::near::near;

/// The sections that the settings name.
pub(super) fn sections(taking: &mut Taking<'_>, templates: &Path) -> Vec<Section> {
    let known: Vec<String> = PARAGRAPHS.into_iter().map(str::to_owned).chain(own_templates(templates)).collect();
    let mut sections: Vec<Section> = Vec::new();
    for (name, origin) in taking.names("brief.sections") {
        if !known.contains(&name) {
            no_section(taking, origin, &name, &known);
        } else if sections.iter().any(|section| section.id == name) {
            taking.fault(origin, format!("section `{name}` is named twice"), "remove one of the two");
        } else {
            sections.push(Section { id: name, heading: None });
        }
    }
    for (name, entry) in std::mem::take(&mut taking.found.headings) {
        let origin = Origin::File(entry.at);
        let heading = match entry.value {
            super::found::Value::Text(text) => text,
            _ => String::new(),
        };
        taking.row(&format!("{HEADINGS}.{name}"), &heading, origin);
        match sections.iter_mut().find(|section| section.id == name) {
            _ if heading.trim().is_empty() => taking.fault(
                origin,
                format!("the heading of `{name}` is empty"),
                "write a heading, or remove the line for the default",
            ),
            Some(section) => section.heading = Some(heading),
            None if known.contains(&name) => {}
            None => no_section(taking, origin, &name, &known),
        }
    }
    sections
}

fn no_section(taking: &mut Taking<'_>, origin: Origin, name: &str, known: &[String]) {
    let hint = match near(name, known.iter().map(String::as_str)) {
        Some(meant) => format!("did you mean `{meant}`?"),
        None => format!(
            "sections are {}; `{name}.hbs` among your templates makes one more",
            quoted(known.iter().map(String::as_str))
        ),
    };
    taking.fault(origin, format!("there is no section `{name}`"), &hint);
}

/// The templates that replace no built-in one, by the names that a section would have.
fn own_templates(folder: &Path) -> BTreeSet<String> {
    let entries = |folder: &Path| fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path());
    let files = entries(folder).filter(|path| path.is_dir()).flat_map(|path| entries(&path).collect::<Vec<_>>());
    let name = |path: std::path::PathBuf| {
        let is_template = path.extension().is_some_and(|kind| kind == "hbs");
        path.file_stem().filter(|_| is_template).map(|name| name.to_string_lossy().into_owned())
    };
    let built_in =
        |name: &String| built_in(Language::default()).iter().any(|(file, _)| file.strip_suffix(".hbs") == Some(name));
    files.filter_map(name).filter(|name| !built_in(name)).collect()
}
