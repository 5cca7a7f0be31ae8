//! Settings: `tanshin.toml`, the nearest upward from the working folder, checked once. What a setting does is others'
//! business. Flags go before the file, the file before the defaults.
#![expect(
    clippy::disallowed_methods,
    clippy::disallowed_types,
    reason = "the room that reads the settings and the logo"
)]

mod file;
mod logo;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};

use toml::Spanned;

use crate::batch::Hash;
use crate::brief::{Brand, Paper};
use crate::cause::cause;
use crate::chart::Rgb;
use crate::language::{Habits, Language, Phrases};
use crate::model::{Quarter, Warning};
use crate::narrative;
use crate::near::near;
use crate::options::Length;
use crate::toml_fault::TomlFault;

use file::{File, Key, Languages};

/// The file's name.
pub const NAME: &str = "tanshin.toml";

/// The largest settings that are read, in bytes.
const LIMIT: u64 = 1024 * 1024;

/// The contrast that WCAG 2 AA asks of words on paper.
const READABLE: f64 = 4.5;

/// The settings that count, with where each comes from.
#[derive(Clone, Debug)]
pub struct Config {
    /// Company folders.
    pub seeds: PathBuf,
    /// The user's templates; given where the file names it.
    pub templates: Option<PathBuf>,
    /// The user's fonts; given where the file names it.
    pub fonts: Option<PathBuf>,
    /// Where briefs go.
    pub output: PathBuf,
    /// Where the project lies: default folders are below it.
    pub root: PathBuf,
    /// How a brief looks.
    pub look: Look,
    /// Every setting for reading: key, value, origin.
    pub rows: Vec<[String; 3]>,
    /// What the settings were read from, and where they will be once written: the file, and the logo that it names.
    pub files: Vec<PathBuf>,
}

/// How a brief looks, besides its templates.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Look {
    /// The file below the output folder: `{company}/{period}.pdf`.
    pub name: String,
    /// The languages, in order; a brief in each.
    pub languages: Vec<Language>,
    /// How numbers are printed.
    pub habits: Habits,
    /// The sheet.
    pub paper: Paper,
    /// How much a brief holds.
    pub length: Length,
    /// Whether charts are drawn.
    pub charts: bool,
    /// The sections, in order.
    pub sections: Vec<String>,
    /// The house's brand.
    pub brand: Brand,
}

impl Look {
    /// The file of a brief, below the output folder.
    /// Where the pattern does not name the language, all but the default one stand before the file's kind: `1Q17.ja.pdf`.
    pub fn file(&self, company: &str, quarter: Quarter, language: Language) -> String {
        let name = self.name.replace("{company}", company).replace("{period}", &quarter.to_string());
        if name.contains("{language}") {
            return name.replace("{language}", language.code());
        }
        let suffix = language.suffix();
        match name.rsplit_once('.').filter(|(_, kind)| !kind.contains(['/', '\\'])) {
            Some((stem, kind)) => format!("{stem}{suffix}.{kind}"),
            None => name + &suffix,
        }
    }

    /// The settings that shape every brief, by their keys; what is not set is left out, and so is what a build may choose for itself.
    pub fn settings(&self) -> BTreeMap<String, String> {
        let brand = &self.brand;
        let logo = brand.logo.as_ref().map(|name| format!("{name} {:?}", Hash::of(&brand.logo_bytes)));
        let all = [
            ("brief.units", self.habits.units.clone()),
            ("brief.negatives", self.habits.negatives.clone()),
            ("brief.charts", Some(self.charts.to_string())),
            ("brief.sections", Some(self.sections.join(", "))),
            ("brand.primary", brand.primary.clone()),
            ("brand.accent", brand.accent.clone()),
            ("brand.font", brand.font.clone()),
            ("brand.logo", logo),
            ("brand.header", brand.header.clone()),
            ("brand.footer", brand.footer.clone()),
            ("brand.disclaimer", brand.disclaimer.clone()),
        ];
        all.into_iter().filter_map(|(key, value)| Some((key.to_owned(), value?))).collect()
    }
}

impl Default for Look {
    fn default() -> Self {
        Self {
            name: "{company}/{period}.pdf".to_owned(),
            languages: vec![Language::default()],
            habits: Habits::default(),
            paper: Paper::A4,
            length: Length::Standard,
            charts: true,
            sections: narrative::PARAGRAPHS.iter().map(|id| (*id).to_owned()).collect(),
            brand: Brand::default(),
        }
    }
}

/// What was read: settings and what is doubtful about them, or all that is wrong.
pub type Loaded = Result<(Config, Vec<Warning>), Vec<Warning>>;

/// The settings of a file, or of the nearest upward from the working folder, or the defaults.
///
/// # Errors
/// When the file cannot be read or is at fault; all faults are told.
pub fn load(named: Option<&Path>) -> Loaded {
    let path = match named {
        Some(path) => path.to_owned(),
        None => match nearest() {
            Some(path) => path,
            None => return parse("", Path::new(""), "").map(|loaded| from(loaded, Path::new(NAME))),
        },
    };
    let shown = path.display().to_string();
    let refused = |message: String| {
        let hint = "name another file with `--config FILE`, or remove this one".to_owned();
        vec![Warning { message, place: shown.clone(), hint }]
    };
    let text = read(&path).map_err(|cause| refused(format!("cannot read the settings: {cause}")))?;
    parse(&text, path.parent().unwrap_or(Path::new("")), &shown).map(|loaded| from(loaded, &path))
}

fn from((mut config, warnings): (Config, Vec<Warning>), path: &Path) -> (Config, Vec<Warning>) {
    config.files.push(path.to_owned());
    (config, warnings)
}

/// The settings of a project without a file.
pub fn defaults() -> Config {
    let (config, _) = parse("", Path::new(""), "").expect("no line is at fault where there is none");
    config
}

/// The nearest file upward, as a path from the working folder.
fn nearest() -> Option<PathBuf> {
    let levels = fs::canonicalize(".").ok()?.ancestors().count();
    let mut folder = PathBuf::new();
    for _ in 0..levels {
        let path = folder.join(NAME);
        if fs::symlink_metadata(&path).is_ok() {
            return Some(path);
        }
        folder.push("..");
    }
    None
}

fn read(path: &Path) -> Result<String, String> {
    let kind = fs::metadata(path).map_err(|error| cause(&error))?;
    if !kind.is_file() {
        return Err(if kind.is_dir() { "it is a folder, not a file" } else { "it is not a regular file" }.to_owned());
    }
    let mut bytes = Vec::new();
    let file = fs::File::open(path).map_err(|error| cause(&error))?;
    file.take(LIMIT + 1).read_to_end(&mut bytes).map_err(|error| cause(&error))?;
    if bytes.len() as u64 > LIMIT {
        return Err("it is larger than the limit of 1 MB".to_owned());
    }
    String::from_utf8(bytes).map_err(|error| format!("byte {} is not UTF-8", error.utf8_error().valid_up_to()))
}

/// Takes settings one by one; keeps where each came from and what is wrong.
struct Taking<'a> {
    text: &'a str,
    shown: &'a str,
    rows: Vec<[String; 3]>,
    faults: Vec<Warning>,
    warnings: Vec<Warning>,
}

fn parse(text: &str, root: &Path, shown: &str) -> Loaded {
    let mut taking = Taking { text, shown, rows: Vec::new(), faults: Vec::new(), warnings: Vec::new() };
    let file: File = match toml::from_str(text) {
        Ok(file) => file,
        Err(error) => {
            let TomlFault { message, at, hint } = TomlFault::of(&error);
            taking.fault(at.unwrap_or(0), message, &hint.unwrap_or_else(|| "correct the line".to_owned()));
            return Err(taking.faults);
        }
    };
    let folder = |key: &Key<String>| key.as_ref().map(|name| root.join(name.get_ref()));
    let seeds = taking.text("folders.seeds", &file.folders.seeds, "seeds");
    taking.text("folders.templates", &file.folders.templates, "templates");
    taking.text("folders.fonts", &file.folders.fonts, "fonts");
    let output = taking.text("folders.output", &file.folders.output, "output");
    let look = taking.look(&file, root);
    let Taking { rows, faults, warnings, .. } = taking;
    let config = Config {
        seeds: root.join(seeds),
        templates: folder(&file.folders.templates),
        fonts: folder(&file.folders.fonts),
        output: root.join(output),
        root: root.to_owned(),
        look,
        rows,
        files: file.brand.logo.iter().map(|logo| root.join(logo.get_ref())).collect(),
    };
    if faults.is_empty() { Ok((config, warnings)) } else { Err(faults) }
}

impl Taking<'_> {
    fn row(&mut self, key: &str, value: String, at: Option<usize>) {
        let origin = at.map_or_else(
            || "default".to_owned(),
            |at| {
                let (line, column) = narrative::lint::place(self.text, at);
                format!("{}:{line}:{column}", self.shown)
            },
        );
        self.rows.push([key.to_owned(), value, origin]);
    }

    fn spot(&self, at: usize) -> String {
        let (line, column) = narrative::lint::place(self.text, at);
        format!("{}:{line}:{column}  {}", self.shown, narrative::lint::excerpt(self.text, line, column))
    }

    fn fault(&mut self, at: usize, message: String, hint: &str) {
        let place = self.spot(at);
        self.faults.push(Warning { message, place, hint: hint.to_owned() });
    }

    /// A text, or its default.
    fn text(&mut self, key: &str, found: &Key<String>, default: &str) -> String {
        let value = found.as_ref().map_or(default, |found| found.get_ref()).to_owned();
        self.row(key, format!("\"{value}\""), found.as_ref().map(|found| found.span().start));
        if let Some(found) = found.as_ref().filter(|found| found.get_ref().trim().is_empty()) {
            self.fault(
                found.span().start,
                format!("`{key}` is empty"),
                "write a value, or remove the line for the default",
            );
        }
        value
    }

    /// A text that has no default.
    fn maybe(&mut self, key: &str, found: &Key<String>) -> Option<String> {
        match found {
            Some(_) => Some(self.text(key, found, "")),
            None => {
                self.row(key, "-".to_owned(), None);
                None
            }
        }
    }

    fn look(&mut self, file: &File, root: &Path) -> Look {
        let default = Look::default();
        let name = self.text("brief.name", &file.brief.name, &default.name);
        if let Some(fault) = wrong_name(&name) {
            let at = file.brief.name.as_ref().map_or(0, |found| found.span().start);
            self.fault(at, fault, "write it like `{company}/{period}.pdf`");
        }
        let languages = self.languages(&file.brief.language);
        let habits = Habits {
            units: self.habit("brief.units", &file.brief.units, |words| words.units.keys().cloned().collect()),
            negatives: self
                .habit("brief.negatives", &file.brief.negatives, |words| words.negatives.keys().cloned().collect()),
        };
        let paper = match self.text("brief.paper", &file.brief.paper, "a4").as_str() {
            "a4" => Paper::A4,
            "us-letter" => Paper::UsLetter,
            other => {
                let at = file.brief.paper.as_ref().map_or(0, |found| found.span().start);
                let hint = near(other, ["a4", "us-letter"])
                    .map_or("papers are `a4` and `us-letter`".to_owned(), |meant| format!("did you mean `{meant}`?"));
                self.fault(at, format!("there is no paper `{other}`"), &hint);
                Paper::A4
            }
        };
        let charts = file.brief.charts.as_ref().is_none_or(|found| *found.get_ref());
        self.row("brief.charts", charts.to_string(), file.brief.charts.as_ref().map(|found| found.span().start));
        let sections = match &file.brief.sections {
            Some(found) => self.sections(found.get_ref(), &default.sections),
            None => default.sections,
        };
        self.row(
            "brief.sections",
            format!("{sections:?}"),
            file.brief.sections.as_ref().map(|found| found.span().start),
        );
        Look {
            name,
            languages,
            habits,
            paper,
            length: Length::Standard,
            charts,
            sections,
            brand: self.brand(&file.brand, root),
        }
    }

    /// A style of numbers that some language has.
    fn habit(&mut self, key: &str, found: &Key<String>, known: fn(&Phrases) -> BTreeSet<String>) -> Option<String> {
        let name = self.maybe(key, found)?;
        let all: BTreeSet<String> = Language::ALL.into_iter().flat_map(|l| known(&Phrases::built_in(l))).collect();
        if !all.contains(&name) {
            let at = found.as_ref().map_or(0, |found| found.span().start);
            let hint = near(&name, all.iter().map(String::as_str)).map_or_else(
                || format!("styles are {}", all.iter().map(|n| format!("`{n}`")).collect::<Vec<_>>().join(", ")),
                |meant| format!("did you mean `{meant}`?"),
            );
            self.fault(at, format!("there is no style `{name}` for `{key}`"), &hint);
        }
        Some(name)
    }

    /// One language or several; a brief is made in each.
    fn languages(&mut self, found: &Key<Languages>) -> Vec<Language> {
        let place = found.as_ref().map(|found| found.span().start);
        let at = place.unwrap_or(0);
        let wanted = match found.as_ref().map(Spanned::get_ref) {
            None => Vec::new(),
            Some(Languages::One(name)) => vec![name.as_str()],
            Some(Languages::Several(names)) => names.iter().map(String::as_str).collect(),
        };
        let mut languages = Vec::new();
        for name in wanted {
            match Language::ALL.into_iter().find(|known| known.code() == name) {
                Some(known) if languages.contains(&known) => {
                    self.fault(at, format!("language `{name}` is named twice"), "remove one of the two");
                }
                Some(known) => languages.push(known),
                None => {
                    let known = Language::ALL.map(|known| format!("`{known}`")).join(" and ");
                    self.fault(at, format!("there is no language `{name}`"), &format!("languages are {known}"));
                }
            }
        }
        if languages.is_empty() {
            languages.push(Language::default());
        }
        let codes: Vec<&str> = languages.iter().map(|language| language.code()).collect();
        let value = if let [one] = codes.as_slice() { format!("\"{one}\"") } else { format!("{codes:?}") };
        self.row("brief.language", value, place);
        languages
    }

    fn sections(&mut self, found: &[Spanned<String>], known: &[String]) -> Vec<String> {
        let mut sections: Vec<String> = Vec::new();
        for section in found {
            let (name, at) = (section.get_ref(), section.span().start);
            if !known.contains(name) {
                let hint = near(name, known.iter().map(String::as_str)).map_or_else(
                    || {
                        format!(
                            "sections are {}",
                            known.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ")
                        )
                    },
                    |meant| format!("did you mean `{meant}`?"),
                );
                self.fault(at, format!("there is no section `{name}`"), &hint);
            } else if sections.contains(name) {
                self.fault(at, format!("section `{name}` is named twice"), "remove one of the two");
            } else {
                sections.push(name.clone());
            }
        }
        sections
    }

    fn brand(&mut self, file: &file::Brand, root: &Path) -> Brand {
        let mut brand = Brand {
            primary: self.color("brand.primary", &file.primary),
            accent: self.color("brand.accent", &file.accent),
            font: self.maybe("brand.font", &file.font),
            logo: self.maybe("brand.logo", &file.logo),
            header: self.maybe("brand.header", &file.header),
            footer: self.maybe("brand.footer", &file.footer),
            disclaimer: self.maybe("brand.disclaimer", &file.disclaimer),
            logo_bytes: Vec::new(),
        };
        if let Some(found) = &file.logo {
            match logo::load(&root.join(found.get_ref())) {
                Ok((name, bytes)) => {
                    brand.logo = Some(name.to_owned());
                    brand.logo_bytes = bytes;
                }
                Err(cause) => self.fault(found.span().start, format!("cannot use the logo: {cause}"), logo::HINT),
            }
        }
        brand
    }

    /// A color that words can be read in; a paler one is used and named.
    fn color(&mut self, key: &str, found: &Key<String>) -> Option<String> {
        let text = self.maybe(key, found)?;
        let at = found.as_ref().map_or(0, |found| found.span().start);
        let Some(color) = Rgb::parse(&text) else {
            self.fault(at, format!("`{text}` is not a color"), "write six hexadecimal digits like `#0c2340`");
            return None;
        };
        let ratio = color.contrast(Rgb(255, 255, 255));
        if ratio < READABLE {
            let message = format!("`{key}` has a contrast of {ratio:.2} on white, words need {READABLE}");
            let place = self.spot(at);
            self.warnings.push(Warning { message, place, hint: "choose a darker color".to_owned() });
        }
        Some(color.to_string())
    }
}

/// What is wrong with a pattern of names.
fn wrong_name(name: &str) -> Option<String> {
    if !name.contains("{period}") {
        return Some("the name of briefs lacks `{period}`, all would be one file".to_owned());
    }
    if !name.contains("{company}") {
        return Some("the name of briefs lacks `{company}`, two companies would share files".to_owned());
    }
    let rest = name.replace("{period}", "").replace("{company}", "").replace("{language}", "");
    if rest.contains(['{', '}']) {
        return Some("the name of briefs has braces besides `{company}`, `{period}` and `{language}`".to_owned());
    }
    let leaves = Path::new(name).is_absolute() || name.split(['/', '\\']).any(|part| part == "..");
    leaves.then(|| "the name of briefs leads out of the output folder".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(text: &str) -> String {
        let lines = match parse(text, Path::new(""), NAME) {
            Ok((config, warnings)) => {
                let set = config.rows.iter().filter(|[.., origin]| origin != "default");
                let rows = set.map(|row| row.join(" | "));
                rows.chain(warnings.iter().map(|warning| format!("warning: {warning}"))).collect()
            }
            Err(faults) => faults.iter().map(|fault| format!("error: {fault}")).collect::<Vec<_>>(),
        };
        format!("{text}\n{}\n", lines.join("\n"))
    }

    #[test]
    fn settings_are_read_or_every_fault_is_told_with_its_place() {
        let cases = [
            "[brief]\npaper = \"us-letter\"\nsections = [\"targets\", \"result\"]",
            "[breif]\npaper = \"a4\"",
            "[brief]\npapr = \"a4\"",
            "[brief]\npaper = \"letter\"\nsections = [\"reslt\", \"targets\", \"targets\"]\nname = \"{period}.pdf\"",
            "[brief]\nname = \"../{company}/{period}.pdf\"",
            "[brief]\ncharts = \"no\"",
            "[brief]\nlanguage = [\"ja\", \"en\"]\nunits = \"million\"\nnegatives = \"parentheses\"",
            "[brief]\nlanguage = \"jp\"\nunits = \"milion\"",
            "[brief]\nlanguage = [\"ja\", \"ja\"]",
            "[brief]\nlanguage = 5",
            "[brand]\nprimary = \"#ffcc00\"\naccent = \"#0f5e9c\"",
            "[brand]\nprimary = \"blue\"\nlogo = \"missing.svg\"",
            "[brand\n",
        ];
        insta::assert_snapshot!(cases.map(said).join("\n"));
    }

    #[test]
    fn the_settings_of_a_new_project_are_the_defaults() {
        let commented = include_str!("../../starter/tanshin.toml");
        let (config, _) = parse(commented, Path::new(""), NAME).expect("settings");
        assert_eq!(config.look, Look::default());
        let key = |line: &str| line.contains(" = ") || line.starts_with('[');
        let lines = commented.lines().map(|line| line.strip_prefix("# ").filter(|rest| key(rest)).unwrap_or("#"));
        let active: Vec<&str> = lines.filter(|line| !line.starts_with("logo")).collect();
        let faults = parse(&active.join("\n"), Path::new(""), NAME).err();
        assert_eq!(faults, None, "the lines that are commented out are settings");
    }
}
