//! `tanshin templates`: built-in templates shown and copied out, overrides compared with them, all faults at once.

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use similar::{ChangeTag, TextDiff};

use super::failure::{Exit, Failure};
use super::printable::printable;
use super::table::{Lean, Table};
use super::{Stop, counted};
use crate::config::Look;
use crate::model::Warning;
use crate::near::near;
use crate::options::Folder;
use crate::output::{self, Written};
use crate::rehearse::rehearse;
use crate::run::{self, Library, PressError};
use crate::templates::Templates;

/// Lists all templates, and which of them the project replaces.
pub(super) fn list(templates: &Templates, out: &mut dyn Write) -> io::Result<()> {
    let mut table = Table::new([("template", Lean::Left), ("from", Lean::Left), ("says", Lean::Left)]);
    for (name, template) in templates.iter() {
        let from = template.path.clone().unwrap_or_else(|| "built in".to_owned());
        table.row([name.to_owned(), from, purpose(&template.text)]);
    }
    write!(out, "{table}")
}

/// What a template says of itself in its first line.
fn purpose(text: &str) -> String {
    let first = text.lines().next().unwrap_or_default();
    let comment = first.strip_prefix("{{!--").and_then(|rest| rest.split("--}}").next());
    let comment = comment.or_else(|| first.strip_prefix("//")).or_else(|| first.strip_prefix('#'));
    comment
        .map(|words| words.trim().split_inclusive(". ").next().unwrap_or_default().trim().to_owned())
        .unwrap_or_default()
}

/// Prints one template as it counts for this project.
pub(super) fn show(templates: &Templates, name: &str, out: &mut dyn Write) -> Result<(), Stop> {
    let name = full_name(templates, name, "show")?;
    let text = templates.template(name).map(|template| &*template.text).unwrap_or_default();
    Ok(out.write_all(text.as_bytes())?)
}

/// The name of a template: in full, or without its folder and kind where that is clear.
fn full_name<'t>(templates: &'t Templates, name: &str, command: &str) -> Result<&'t str, Failure> {
    let short = |known: &str| {
        [Some(known), known.rsplit('/').next()]
            .into_iter()
            .flatten()
            .any(|file| file == name || file.split('.').next() == Some(name))
    };
    if let Some(found) =
        templates.names().find(|known| *known == name).or_else(|| templates.names().find(|known| short(known)))
    {
        return Ok(found);
    }
    let stem = |known: &'t str| known.rsplit('/').next().and_then(|file| file.split('.').next()).unwrap_or(known);
    let hint = match near(name, templates.names().map(stem)).or_else(|| near(name, templates.names())) {
        Some(meant) => format!("did you mean `{meant}`?"),
        None => "`tanshin templates list` names them all".to_owned(),
    };
    Err(Failure::usage(format!("there is no template `{name}`"), format_args!("templates {command} {name}"), hint))
}

/// Copies built-in templates into a folder. What stands there already is kept, unless it is forced.
pub(super) fn export(names: &[String], to: &Path, force: bool, out: &mut dyn Write) -> Result<Exit, Stop> {
    let built_in = Templates::built_in();
    let wanted: Vec<&str> = match names {
        [] => built_in.names().collect(),
        _ => names.iter().map(|name| full_name(&built_in, name, "export")).collect::<Result<_, _>>()?,
    };
    let text = |name: &str| built_in.template(name).map(|template| template.text.clone()).unwrap_or_default();
    let files: Vec<(PathBuf, _)> = wanted.iter().map(|name| (to.join(name), text(name))).collect();
    let is_edited = |path: &Path, text: &str| !force && output::differs(path, text.as_bytes());
    let mut exit = Exit::Ok;
    for (path, text) in &files {
        if is_edited(path, text) {
            // A file that was asked for by name and not copied is worth a look.
            exit = if names.is_empty() { exit } else { Exit::Problems };
            writeln!(out, "kept       {}  (edited; `--force` replaces it)", printable(&path.display().to_string()))?;
            continue;
        }
        let word = match output::write(path, text.as_bytes()).map_err(|error| {
            Failure::at(
                Exit::Io,
                error.to_string(),
                error.path().display(),
                "choose a folder that you may write with `--to DIR`",
            )
        })? {
            Written::New => "new",
            Written::Changed => "replaced",
            Written::Unchanged => "unchanged",
        };
        writeln!(out, "{word:<9}  {}", printable(&path.display().to_string()))?;
    }
    Ok(exit)
}

/// Shows how the project's templates differ from the built-in ones of this version.
pub(super) fn diff(templates: &Templates, out: &mut dyn Write) -> io::Result<()> {
    let built_in = Templates::built_in();
    let mut own = 0;
    for (name, template) in templates.iter() {
        let (Some(path), Some(original)) = (&template.path, built_in.template(name)) else { continue };
        own += 1;
        if original.text == template.text {
            writeln!(out, "{} is the same as the built-in template and can be removed\n", printable(path))?;
            continue;
        }
        write!(out, "{}", printable(&unified(name, path, &original.text, &template.text)))?;
        writeln!(out)?;
    }
    match own {
        0 => writeln!(out, "no template is replaced"),
        own => writeln!(out, "{} replaced; `-` is built in, `+` is yours", counted(own, "template")),
    }
}

/// A unified diff with three lines of context.
fn unified(name: &str, path: &str, old: &str, new: &str) -> String {
    let diff = TextDiff::from_lines(old, new);
    let mut text = format!("--- built in: {name}\n+++ {path}\n");
    for hunk in diff.unified_diff().context_radius(3).iter_hunks() {
        text.push_str(&format!("{}\n", hunk.header()));
        for change in hunk.iter_changes() {
            let mark = match change.tag() {
                ChangeTag::Delete => '-',
                ChangeTag::Insert => '+',
                ChangeTag::Equal => ' ',
            };
            text.push_str(&format!("{mark}{}\n", change.value().trim_end_matches('\n')));
        }
    }
    text
}

/// Tells every fault of all templates against all quarters; nothing is written.
pub(super) fn check(
    libraries: &[Library],
    templates: &Templates,
    mut unusable: Vec<Warning>,
    fonts: &Folder,
    look: &Look,
    out: &mut dyn Write,
    warnings: &mut Vec<Warning>,
) -> Result<Exit, Stop> {
    let files = run::font_files(fonts, look).map_err(|error| Failure::from(PressError::from(error)))?;
    unusable.extend(files.warnings);
    let fonts = run::fonts(&files.value).map_err(|error| Failure::from(PressError::from(error)))?;
    run::check_font(&fonts, look).map_err(Failure::from)?;
    warnings.extend(run::font_warnings(&fonts, look));
    let histories: Vec<_> = libraries.iter().map(|library| run::aggregate(library).value).collect();
    let companies: Vec<_> = libraries.iter().zip(&histories).collect();
    let found = rehearse(&companies, templates, &fonts, look).map_err(Failure::from)?;
    let faults: Vec<&Warning> = unusable.iter().chain(&found.faults).collect();
    for fault in &faults {
        writeln!(out, "error: {}\n", printable(&fault.to_string()))?;
    }
    let tried =
        format!("{} against {}", counted(templates.names().count(), "template"), counted(found.quarters, "quarter"));
    writeln!(out, "{tried}: {}", counted(faults.len(), "fault"))?;
    Ok(if faults.is_empty() { Exit::Ok } else { Exit::Input })
}
