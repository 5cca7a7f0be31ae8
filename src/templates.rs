//! Templates: those compiled in, each replaced by the file of the same name in the user's folder. What they say is others'
//! business.
#![expect(clippy::disallowed_methods, clippy::disallowed_types, reason = "the room that reads the templates folder")]

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use crate::brief;
use crate::cause::cause;
use crate::language::Language;
use crate::model::{Warned, Warning};
use crate::narrative;
use crate::near::near;

/// Each room's own templates: the folder below `templates/`, with `/` at its end or empty, and name and text of each file.
type Room = (&'static str, &'static [(&'static str, &'static str)]);

/// Each room lists its own files; a test below compares the lists with the folder.
fn rooms() -> [Room; 3] {
    [("en/", narrative::built_in(Language::En)), ("ja/", narrative::built_in(Language::Ja)), ("", &brief::BUILT_IN)]
}

/// The text of the built-in template of that name.
fn built_in(name: &str) -> Option<&'static str> {
    rooms().into_iter().find_map(|(folder, rows)| {
        let below = name.strip_prefix(folder)?;
        rows.iter().find(|(name, _)| *name == below).map(|(_, text)| *text)
    })
}

/// The file kinds that are templates; anything else in the folder is none of ours.
const KINDS: [&str; 3] = ["hbs", "toml", "typ"];

/// The largest template that is read, in bytes.
const LIMIT: u64 = 1024 * 1024;

/// How deep folders are followed; a cycle of links ends here.
const DEPTH: usize = 4;

/// One template: its text and, for the user's own, where it lies.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Template {
    /// The text.
    pub text: Cow<'static, str>,
    /// Path of the user's file as the user would write it; none for a built-in template.
    pub path: Option<String>,
}

/// All templates by their name, the path below the folder with `/`: `en/headline.hbs`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Templates(BTreeMap<String, Template>);

/// Why the folder cannot be used at all.
#[derive(Debug, thiserror::Error)]
pub enum TemplatesError {
    /// There is no such folder.
    #[error("cannot find the templates folder")]
    Missing {
        /// The folder that was asked for.
        path: PathBuf,
    },
    /// The folder cannot be listed.
    #[error("cannot list the templates folder: {}", cause(source))]
    Unreadable {
        /// The folder that was asked for.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
}

impl Templates {
    /// The templates that are compiled in.
    pub fn built_in() -> Self {
        Self::of(&rooms())
    }

    fn of(rooms: &[Room]) -> Self {
        let rows = rooms.iter().flat_map(|(folder, rows)| rows.iter().map(move |(name, text)| (folder, name, text)));
        let template = |text| Template { text: Cow::Borrowed(text), path: None };
        Self(rows.map(|(folder, name, text)| (format!("{folder}{name}"), template(*text))).collect())
    }

    /// The built-in templates with the user's files in place of those of the same name.
    ///
    /// # Errors
    /// When the folder does not exist or cannot be listed. A file in it that cannot be used is a warning.
    pub fn load(folder: &Path, sections: &[&str]) -> Result<Warned<Self>, TemplatesError> {
        Self::built_in().overridden_by(folder, sections)
    }

    fn overridden_by(mut self, folder: &Path, sections: &[&str]) -> Result<Warned<Self>, TemplatesError> {
        let failed = |source: io::Error| match source.kind() {
            io::ErrorKind::NotFound => TemplatesError::Missing { path: folder.to_owned() },
            _ => TemplatesError::Unreadable { path: folder.to_owned(), source },
        };
        let root = fs::canonicalize(folder).map_err(failed)?;
        let mut files = Vec::new();
        find(folder, 0, &mut files).map_err(failed)?;
        let mut warnings = Vec::new();
        let known: Vec<String> = self.names().map(str::to_owned).collect();
        for path in files {
            match own(folder, &root, &path) {
                Ok((name, template)) => drop(self.0.insert(name, template)),
                Err(warning) => warnings.push(warning),
            }
        }
        warnings.extend(self.leave_out_unused(&known, sections));
        Ok(Warned { value: self, warnings })
    }

    /// A file that replaces no built-in template must be a section, or be included by a template that counts.
    fn leave_out_unused(&mut self, known: &[String], sections: &[&str]) -> Vec<Warning> {
        let mut wanted: Vec<String> = known.to_vec();
        wanted.extend(self.names().filter(|name| sections.contains(&stem(name))).map(str::to_owned));
        let mut at = 0;
        while let Some(name) = wanted.get(at).cloned() {
            let included = self.0.get(&name).map(|template| included(&name, &template.text)).unwrap_or_default();
            wanted.extend(included.into_iter().filter(|name| self.0.contains_key(name)));
            let mut seen = BTreeSet::new();
            wanted.retain(|name| seen.insert(name.clone()));
            at += 1;
        }
        let unused: Vec<String> =
            self.names().filter(|name| !wanted.iter().any(|w| w == name)).map(str::to_owned).collect();
        let warning = |name: String| {
            let template = self.0.remove(&name)?;
            let hint = match near(&name, known.iter().map(String::as_str)) {
                Some(meant) => format!("did you mean `{meant}`?"),
                None => "name it in `brief.sections`, include it in a template, or remove it".to_owned(),
            };
            let message = format!("left out `{name}`, which replaces no template and is no section");
            Some(Warning { message, place: template.path.unwrap_or_default(), hint })
        };
        unused.into_iter().filter_map(warning).collect()
    }

    /// The template of that name.
    pub fn template(&self, name: &str) -> Option<&Template> {
        self.0.get(name)
    }

    /// The user's own templates. A copy that says the same as the built-in one is none.
    pub fn own(&self) -> impl Iterator<Item = (&str, &Template)> {
        let is_own =
            |name: &str, template: &Template| template.path.is_some() && built_in(name) != Some(&template.text);
        self.iter().filter(move |(name, template)| is_own(name, template))
    }

    /// The user's own templates of one room, by their names below its folder (`en/`, or empty for the files at the
    /// top): what replaces the room's built-in ones.
    pub fn own_of(&self, folder: &str) -> BTreeMap<String, String> {
        let below = |name: &str| name.strip_prefix(folder).filter(|rest| !rest.contains('/')).map(str::to_owned);
        self.own().filter_map(|(name, template)| Some((below(name)?, template.text.clone().into_owned()))).collect()
    }

    /// The user's own templates of a language.
    pub fn own_in(&self, language: Language) -> BTreeMap<String, String> {
        self.own_of(&language.folder())
    }

    /// The user's own templates of all languages, by their full names.
    pub fn own_words(&self) -> BTreeMap<String, String> {
        let own = |language: Language| {
            self.own_in(language).into_iter().map(move |(name, text)| (language.folder() + &name, text))
        };
        Language::ALL.into_iter().flat_map(own).collect()
    }

    /// All names in order.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.0.keys().map(String::as_str)
    }

    /// All templates with their names, in order.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Template)> {
        self.0.iter().map(|(name, template)| (name.as_str(), template))
    }
}

/// A user's file as a template.
fn own(folder: &Path, root: &Path, path: &Path) -> Result<(String, Template), Warning> {
    let shown = path.display().to_string();
    match read(root, path) {
        Ok(text) => Ok((name(folder, path), Template { text: Cow::Owned(text), path: Some(shown) })),
        Err(cause) => {
            let hint = "mend or remove the file; until then the built-in template is used".to_owned();
            Err(Warning { message: format!("cannot read a template: {cause}"), place: shown, hint })
        }
    }
}

/// `en/outlook.hbs` is `outlook`.
fn stem(name: &str) -> &str {
    name.rsplit('/').next().and_then(|file| file.strip_suffix(".hbs")).unwrap_or_default()
}

/// The templates that a template includes, by their names below the folder.
fn included(name: &str, text: &str) -> Vec<String> {
    let folder = name.rsplit_once('/').map_or(String::new(), |(folder, _)| format!("{folder}/"));
    if name.ends_with(".typ") {
        let quoted = text.split('"').skip(1).step_by(2).filter(|word| word.ends_with(".typ"));
        return quoted.map(|word| word.trim_start_matches('/').to_owned()).collect();
    }
    narrative::lint::includes(text).into_iter().map(|(word, _)| format!("{folder}{word}.hbs")).collect()
}

/// The path below the folder, with `/` on every system.
fn name(folder: &Path, path: &Path) -> String {
    let below = path.strip_prefix(folder).unwrap_or(path);
    below.iter().map(|part| part.to_string_lossy()).collect::<Vec<_>>().join("/")
}

/// All template files below a folder in the order of their names, hidden ones and an editor's backups left out.
fn find(folder: &Path, depth: usize, files: &mut Vec<PathBuf>) -> io::Result<()> {
    let mut paths = fs::read_dir(folder)?.map(|entry| Ok(entry?.path())).collect::<io::Result<Vec<PathBuf>>>()?;
    paths.sort();
    for path in paths {
        let hidden = path.file_name().is_some_and(|name| name.as_encoded_bytes().starts_with(b"."));
        let is_template = path.extension().is_some_and(|kind| KINDS.iter().any(|known| kind == *known));
        if is_template && !hidden {
            files.push(path);
        } else if !hidden && depth < DEPTH && path.is_dir() {
            find(&path, depth + 1, files)?;
        }
    }
    Ok(())
}

/// The text of a regular file that really lies in the folder: a link out of it could show any file of the machine.
fn read(root: &Path, path: &Path) -> Result<String, String> {
    let real = fs::canonicalize(path).map_err(|error| cause(&error))?;
    if !real.starts_with(root) {
        return Err("it links out of the templates folder".to_owned());
    }
    let kind = fs::metadata(&real).map_err(|error| cause(&error))?;
    if !kind.is_file() {
        return Err(if kind.is_dir() { "it is a folder, not a file" } else { "it is not a regular file" }.to_owned());
    }
    let mut bytes = Vec::new();
    let file = fs::File::open(&real).map_err(|error| cause(&error))?;
    file.take(LIMIT + 1).read_to_end(&mut bytes).map_err(|error| cause(&error))?;
    if bytes.len() as u64 > LIMIT {
        return Err(format!("it is larger than the limit of {} MB", LIMIT / (1024 * 1024)));
    }
    let text =
        String::from_utf8(bytes).map_err(|error| format!("byte {} is not UTF-8", error.utf8_error().valid_up_to()))?;
    Ok(text.strip_prefix('\u{FEFF}').map_or(text.clone(), str::to_owned))
}

#[cfg(test)]
mod tests {
    use super::*;

    const ROOMS: &[Room] = &[("en/", &[("headline.hbs", "built in")]), ("", &[("page.typ", "page")])];

    /// The outcome of one user file: the text that counts for `en/headline.hbs`, and the warnings.
    fn check(file: &str, content: &[u8], expected: &str) {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join(file);
        fs::create_dir_all(path.parent().expect("a parent")).expect("a folder");
        fs::write(&path, content).expect("a file");
        let loaded = Templates::of(ROOMS).overridden_by(folder.path(), &[]).expect("a folder of templates");
        let headline = &loaded.value.template("en/headline.hbs").expect("always there").text;
        let said: Vec<String> = loaded.warnings.iter().map(|w| format!(" | {} | {}", w.message, w.hint)).collect();
        assert_eq!(format!("{headline}{}", said.concat()), expected, "{file}");
    }

    #[test]
    fn a_file_of_the_same_name_replaces_the_built_in_template() {
        check("en/headline.hbs", "\u{FEFF}mine".as_bytes(), "mine");
        check("README.md", b"notes", "built in");
        check(
            "en/headlin.hbs",
            b"mine",
            "built in | left out `en/headlin.hbs`, which replaces no template and is no section | did you mean `en/headline.hbs`?",
        );
        let kept = "mend or remove the file; until then the built-in template is used";
        check("en/headline.hbs", b"\xFF", &format!("built in | cannot read a template: byte 0 is not UTF-8 | {kept}"));
        check(
            "en/headline.hbs",
            &vec![b'x'; LIMIT as usize + 1],
            &format!("built in | cannot read a template: it is larger than the limit of 1 MB | {kept}"),
        );
    }

    #[test]
    fn each_room_is_given_what_replaces_its_own() {
        let folder = tempfile::tempdir().expect("a folder");
        fs::create_dir(folder.path().join("en")).expect("a folder");
        fs::write(folder.path().join("en/headline.hbs"), "mine").expect("a file");
        let loaded = Templates::of(ROOMS).overridden_by(folder.path(), &[]).expect("a folder of templates").value;
        assert_eq!(loaded.own_of("en/"), BTreeMap::from([("headline.hbs".to_owned(), "mine".to_owned())]));
        assert_eq!(loaded.own_of(""), BTreeMap::new());
    }

    #[cfg(unix)]
    #[test]
    fn a_link_out_of_the_folder_is_not_followed() {
        let folder = tempfile::tempdir().expect("a folder");
        let outside = tempfile::NamedTempFile::new().expect("a file");
        std::os::unix::fs::symlink(outside.path(), folder.path().join("page.typ")).expect("a link");
        std::os::unix::fs::symlink(folder.path(), folder.path().join("again")).expect("a link");
        let loaded = Templates::of(ROOMS).overridden_by(folder.path(), &[]).expect("a folder of templates");
        assert_eq!(loaded.value.template("page.typ").expect("always there").text, "page");
        assert!(loaded.warnings.iter().any(|w| w.message.ends_with("it links out of the templates folder")));
    }

    #[test]
    fn every_template_in_the_folder_is_compiled_in() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("templates");
        let mut files = Vec::new();
        if folder.is_dir() {
            find(&folder, 0, &mut files).expect("the folder can be listed");
        }
        let found: Vec<String> = files.iter().map(|path| name(&folder, path)).collect();
        assert_eq!(found, Templates::built_in().names().collect::<Vec<_>>());
    }
}
