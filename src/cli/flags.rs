//! The flags that stand for settings: where documents are, and how briefs look.

use std::ffi::OsString;
use std::path::PathBuf;

use clap::{Args, ValueEnum};

use crate::brief::Paper;
use crate::config::Flag;
use crate::language::Language;
use crate::options::Length;

/// Which documents to read.
#[derive(Debug, Args)]
#[command(next_help_heading = "Documents")]
pub(super) struct SourceArguments {
    /// Folder of company folders, each with a `company.toml` and its documents as `*.txt` [default: seeds]
    #[arg(long, value_name = "DIR", global = true)]
    seeds: Option<PathBuf>,
    /// Settings [default: the nearest `tanshin.toml` upward]
    #[arg(long, value_name = "FILE", global = true)]
    pub(super) config: Option<PathBuf>,
    /// Take only this company, by the name of its folder; may be given several times
    #[arg(long, value_name = "ID", global = true)]
    company: Vec<String>,
    /// Take only documents published on or before this day, like 2017-08-08
    #[arg(long, value_name = "DATE", global = true)]
    pub(super) as_of: Option<String>,
}

/// What goes before the built-in templates and fonts.
#[derive(Debug, Args)]
pub(super) struct FolderArguments {
    /// Folder of templates that replace the built-in ones of the same name [default: templates, where it exists]
    #[arg(long, value_name = "DIR")]
    templates: Option<PathBuf>,
    /// Folder of more fonts [default: fonts, where it exists]
    #[arg(long, value_name = "DIR")]
    fonts: Option<PathBuf>,
}

/// How briefs look.
#[derive(Debug, Args)]
pub(super) struct LookArguments {
    #[command(flatten)]
    folders: FolderArguments,
    /// Language of the briefs, `en,ja` for both side by side [default: en]
    #[arg(long, value_enum, value_name = "LANG", value_delimiter = ',')]
    lang: Vec<Language>,
    /// How much each brief holds [default: standard]
    #[arg(long, value_enum)]
    length: Option<Length>,
    /// The sheet [default: a4]
    #[arg(long, value_enum)]
    paper: Option<Paper>,
}

/// Where briefs go.
#[derive(Debug, Args)]
pub(super) struct OutputArguments {
    /// Folder for the briefs, `<company>/<period>.pdf` below it [default: output]
    #[arg(long, value_name = "DIR")]
    output: Option<PathBuf>,
}

impl SourceArguments {
    /// As settings.
    pub(super) fn flags(&self) -> Vec<Flag> {
        let companies = self.company.iter().map(OsString::from).collect();
        vec![
            path("sources.seeds", "--seeds", self.seeds.as_ref()),
            Flag { key: "sources.companies", name: "--company", values: companies },
            text("sources.as_of", "--as-of", self.as_of.as_deref()),
        ]
    }
}

impl FolderArguments {
    /// As settings.
    pub(super) fn flags(&self) -> Vec<Flag> {
        vec![
            path("folders.templates", "--templates", self.templates.as_ref()),
            path("folders.fonts", "--fonts", self.fonts.as_ref()),
        ]
    }
}

impl OutputArguments {
    /// As a setting.
    pub(super) fn flag(&self) -> Flag {
        path("folders.output", "--output", self.output.as_ref())
    }
}

impl LookArguments {
    /// As settings.
    pub(super) fn flags(&self) -> Vec<Flag> {
        let length = self.length.and_then(|length| length.to_possible_value());
        let paper = self.paper.and_then(|paper| paper.to_possible_value());
        let own = [
            languages(&self.lang),
            text("brief.length", "--length", length.as_ref().map(|length| length.get_name())),
            text("brief.paper", "--paper", paper.as_ref().map(|paper| paper.get_name())),
        ];
        self.folders.flags().into_iter().chain(own).collect()
    }
}

/// The languages in their order, each once, as a setting.
pub(super) fn languages(found: &[Language]) -> Flag {
    let mut values: Vec<OsString> = Vec::new();
    for language in found.iter().map(|language| OsString::from(language.code())) {
        if !values.contains(&language) {
            values.push(language);
        }
    }
    Flag { key: "brief.language", name: "--lang", values }
}

/// A folder as a setting.
pub(super) fn path(key: &'static str, name: &'static str, found: Option<&PathBuf>) -> Flag {
    Flag { key, name, values: found.map(|path| path.clone().into_os_string()).into_iter().collect() }
}

fn text(key: &'static str, name: &'static str, found: Option<&str>) -> Flag {
    Flag { key, name, values: found.map(OsString::from).into_iter().collect() }
}
