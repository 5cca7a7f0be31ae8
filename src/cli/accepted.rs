//! `tanshin templates test`: the text of every quarter beside the one that was accepted, and what an edit changed, word by word.

use std::collections::BTreeSet;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use similar::{Algorithm, ChangeTag, DiffOp, TextDiff, capture_diff_slices};

use super::failure::{Exit, Failure};
use super::printable::printable;
use super::{Stop, counted};
use crate::config::Look;
use crate::language::Language;
use crate::model::Quarter;
use crate::narrative::{self, Engine};
use crate::output::{self, Written};
use crate::rehearse::{self, Told, When};
use crate::run::{self, Library, PressError};
use crate::templates::Templates;

/// How many texts ended in which way.
#[derive(Default)]
struct Tally {
    same: usize,
    changed: usize,
    new: usize,
    gone: usize,
}

/// Compares the texts of all quarters with the accepted ones below a folder, or takes them as accepted.
pub(super) fn test(
    libraries: &[Library],
    templates: &Templates,
    look: &Look,
    folder: &Path,
    accept: bool,
    out: &mut dyn Write,
) -> Result<Exit, Stop> {
    let faults = rehearse::faults_of_text(templates, look);
    if !faults.is_empty() {
        return Err(Stop::Faults(faults));
    }
    let engines = look.languages.iter().map(|language| run::engine(templates, *language, look));
    let engines = engines.collect::<Result<Vec<Engine>, _>>().map_err(PressError::from).map_err(Failure::from)?;
    let mut tally = Tally::default();
    let mut told = Told::new(templates);
    for library in libraries {
        let history = run::aggregate(library).value;
        let below = folder.join(&*library.company.id);
        let mut known = BTreeSet::new();
        let quarters = history.quarters();
        let each = quarters.iter().flat_map(|quarter| engines.iter().map(move |engine| (*quarter, engine)));
        for (quarter, engine) in each {
            let path = below.join(file(quarter, engine.phrases().language));
            known.insert(path.clone());
            match narrative::narrate(&history, quarter, engine) {
                Ok(text) => one(&path, &text.plain(engine.phrases()), accept, &mut tally, out)?,
                Err(fault) => told.narrative(fault, When { quarter: Some(quarter), without: None }),
            }
        }
        gone(&below, &known, look, accept, &mut tally, out)?;
    }
    if !told.list.is_empty() {
        return Err(Stop::Faults(told.list));
    }
    tally.say(accept, out)
}

/// The file of a quarter's text.
fn file(quarter: Quarter, language: Language) -> String {
    format!("{quarter}.{language}.txt")
}

fn one(path: &Path, text: &str, accept: bool, tally: &mut Tally, out: &mut dyn Write) -> Result<(), Stop> {
    let shown = printable(&path.display().to_string()).to_string();
    let before = output::read(path).map_err(|error| unreadable(path, &error))?;
    if accept {
        let word = match output::write(path, text.as_bytes()).map_err(Failure::from)? {
            Written::New => "new",
            Written::Changed => "changed",
            Written::Unchanged => "unchanged",
        };
        return Ok(writeln!(out, "{word:<9}  {shown}")?);
    }
    match before.map(|bytes| String::from_utf8_lossy(&bytes).into_owned()) {
        None => {
            tally.new += 1;
            writeln!(out, "{shown}: no text was accepted yet\n")?;
        }
        Some(before) if before == text => tally.same += 1,
        Some(before) => {
            tally.changed += 1;
            writeln!(out, "{shown}\n{}", printable(&difference(&before, text)))?;
        }
    }
    Ok(())
}

fn unreadable(path: &Path, error: &io::Error) -> Failure {
    let message = format!("cannot read an accepted text: {}", crate::cause::cause(error));
    Failure::at(Exit::Io, message, path.display(), "make it a readable file, or remove it and accept the text anew")
}

/// Accepted texts of quarters that are there no more.
fn gone(
    folder: &Path,
    known: &BTreeSet<PathBuf>,
    look: &Look,
    accept: bool,
    tally: &mut Tally,
    out: &mut dyn Write,
) -> Result<(), Stop> {
    let endings: Vec<String> = look.languages.iter().map(|language| format!(".{language}.txt")).collect();
    let ours = |path: &PathBuf| endings.iter().any(|ending| path.to_string_lossy().ends_with(ending));
    let files = output::files(folder).into_iter().filter(ours);
    for path in files.filter(|path| !known.contains(path)) {
        let shown = printable(&path.display().to_string()).to_string();
        if accept {
            output::remove(&path).map_err(Failure::from)?;
            writeln!(out, "removed    {shown}")?;
        } else {
            tally.gone += 1;
            writeln!(out, "{shown}: its quarter has no data any more\n")?;
        }
    }
    Ok(())
}

impl Tally {
    fn say(&self, accept: bool, out: &mut dyn Write) -> Result<Exit, Stop> {
        if accept {
            return Ok(Exit::Ok);
        }
        let Self { same, changed, new, gone } = self;
        let all = counted(same + changed + new + gone, "text");
        writeln!(out, "{all}: {same} as accepted, {changed} changed, {new} not accepted yet, {gone} gone")?;
        if changed + new + gone == 0 {
            return Ok(Exit::Ok);
        }
        writeln!(out, "`tanshin templates test --accept` takes the texts as they are")?;
        Ok(Exit::Problems)
    }
}

/// What changed, sentence by sentence: `-` is gone, `+` is new, `~` was reworded with `[-old-]` and `{+new+}`.
fn difference(old: &str, new: &str) -> String {
    let (old, new): (Vec<&str>, Vec<&str>) = (old.lines().collect(), new.lines().collect());
    let mut text = String::new();
    let mut told = "";
    for op in capture_diff_slices(Algorithm::Patience, &old, &new) {
        let (gone, added) = (&old[op.old_range()], &new[op.new_range()]);
        if matches!(op, DiffOp::Equal { .. }) {
            continue;
        }
        let heading = heading(&new, op.new_range().start);
        if heading != told && !added.first().is_some_and(|line| is_heading(line)) {
            text.push_str(&format!("  {heading}\n"));
        }
        told = heading;
        let paired = gone.len().min(added.len());
        for (before, after) in gone.iter().zip(added) {
            text.push_str(&reworded(before, after));
        }
        gone[paired..].iter().filter(|line| !line.is_empty()).for_each(|line| text.push_str(&format!("  - {line}\n")));
        added[paired..].iter().filter(|line| !line.is_empty()).for_each(|line| text.push_str(&format!("  + {line}\n")));
    }
    text
}

/// The heading above a line.
fn heading<'t>(lines: &[&'t str], at: usize) -> &'t str {
    lines[..at.min(lines.len())].iter().rev().find(|line| is_heading(line)).copied().unwrap_or_default()
}

fn is_heading(line: &str) -> bool {
    line.starts_with('#') || line == "Notes" || line == "Not printed"
}

/// One sentence with its old and its new words; two lines where hardly a word stayed.
fn reworded(old: &str, new: &str) -> String {
    let diff = TextDiff::from_words(old, new);
    if diff.ratio() < 0.5 {
        let line = |mark: char, line: &str| if line.is_empty() { String::new() } else { format!("  {mark} {line}\n") };
        return line('-', old) + &line('+', new);
    }
    let mut text = String::from("  ~ ");
    let (mut gone, mut added) = (String::new(), String::new());
    let flush = |text: &mut String, gone: &mut String, added: &mut String| {
        let space = if gone.ends_with(' ') || added.ends_with(' ') { " " } else { "" };
        for (words, open, close) in [(gone, "[-", "-]"), (added, "{+", "+}")] {
            if !words.trim().is_empty() {
                text.push_str(&format!("{open}{}{close}", words.trim()));
            }
            words.clear();
        }
        text.push_str(space);
    };
    for change in diff.iter_all_changes() {
        match change.tag() {
            ChangeTag::Delete => gone.push_str(change.value()),
            ChangeTag::Insert => added.push_str(change.value()),
            // A space between two changed words belongs to the change.
            ChangeTag::Equal if change.value() == " " && !(gone.is_empty() && added.is_empty()) => {
                gone.push(' ');
                added.push(' ');
            }
            ChangeTag::Equal => {
                if !(gone.is_empty() && added.is_empty()) {
                    flush(&mut text, &mut gone, &mut added);
                }
                text.push_str(change.value());
            }
        }
    }
    if !(gone.is_empty() && added.is_empty()) {
        flush(&mut text, &mut gone, &mut added);
    }
    text.trim_end().to_owned() + "\n"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_difference_names_the_heading_and_the_words() {
        let old = "# Title\nLead.\n\n## Result\nRevenue rose 8.4% to USD4.1 billion.\nCosts were stable in the quarter.\n\n## Targets\nAll is on track.\n";
        let new = "# Title\nLead.\n\n## Result\nRevenue went up 8.4% to USD4.1 billion.\n\n## Targets\nAll is on track.\nA dividend is planned.\n";
        let expected = "  ## Result\n  ~ Revenue [-rose-]{+went up+} 8.4% to USD4.1 billion.\n  - Costs were stable in the quarter.\n  \
                        ## Targets\n  + A dividend is planned.\n";
        assert_eq!(difference(old, new), expected);
        assert_eq!(difference("a\n", "a\n"), "");
        assert_eq!(reworded("One two.", "Three four five."), "  - One two.\n  + Three four five.\n");
    }
}
