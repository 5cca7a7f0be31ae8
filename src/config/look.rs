//! How a brief looks: its file, its sheet, its length, what it holds, its brand.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use rust_decimal::Decimal;

use super::keys::quoted;
use super::sections;
use super::take::{Origin, Taking};
use super::{brand, chart};
use crate::batch::Hash;
use crate::brief::{Brand, FontFile, Paper};
use crate::compose::OwnChart;
use crate::language::{Habits, Language, Phrases};
use crate::model::Quarter;
use crate::narrative::{Material, Voice};
use crate::near::near;
use crate::options::Length;

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
    /// The sections, and what its sentences go by.
    pub voice: Voice,
    /// The charts that are drawn, by id; where none are named, the most relevant ones that the data carry.
    pub charts: Option<Vec<String>>,
    /// Charts of the project.
    pub own_charts: Vec<OwnChart>,
    /// The house's brand.
    pub brand: Brand,
    /// The font file that the brand names: its path and its bytes.
    pub font: Option<FontFile>,
    /// Where the brand's font is set, for messages.
    pub font_place: String,
}

impl Look {
    /// The file of a brief, below the output folder. Where the pattern does not name the language, all but the default one stand before
    /// the file's kind: `1Q17.ja.pdf`.
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
}

impl Look {
    /// Whether a chart may be drawn.
    pub fn wants_chart(&self, id: &str) -> bool {
        self.charts.as_ref().is_none_or(|charts| charts.iter().any(|chart| chart == id))
    }

    /// The settings that shape every brief, by their keys; what is not set is left out, and so is what a build may choose for itself.
    pub fn settings(&self) -> BTreeMap<String, String> {
        let (brand, voice) = (&self.brand, &self.voice);
        let logo = brand.logo.as_ref().map(|name| format!("{name} {:?}", Hash::of(&brand.logo_bytes)));
        let sizes = |sizes: &[Decimal]| {
            let sizes: Vec<String> = sizes.iter().map(Decimal::to_string).collect();
            (!sizes.is_empty()).then(|| sizes.join(", "))
        };
        let sections: Vec<String> = voice.sections.iter().map(|section| section.id.clone()).collect();
        let headings: Vec<String> =
            voice.sections.iter().filter_map(|s| Some(format!("{}: {}", s.id, s.heading.as_ref()?))).collect();
        let Material { driver, segment, moved, target } = &voice.material;
        let own: Vec<String> = self.own_charts.iter().map(|chart| format!("{chart:?}")).collect();
        let all = [
            ("brief.units", self.habits.units.clone()),
            ("brief.negatives", self.habits.negatives.clone()),
            ("brief.charts", self.charts.as_ref().map(|charts| charts.join(", "))),
            ("brief.sections", Some(sections.join(", "))),
            ("headings", (!headings.is_empty()).then(|| headings.join(", "))),
            ("chart", (!own.is_empty()).then(|| own.join(", "))),
            ("words.percent", sizes(&voice.percent)),
            ("words.points", sizes(&voice.points)),
            ("material", Some(format!("{driver}, {segment}, {moved}, {target}"))),
            ("brand.primary", brand.primary.clone()),
            ("brand.accent", brand.accent.clone()),
            ("brand.good", brand.good.clone()),
            ("brand.bad", brand.bad.clone()),
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
            voice: Voice::default(),
            charts: None,
            own_charts: Vec::new(),
            brand: Brand::default(),
            font: None,
            font_place: String::new(),
        }
    }
}

/// The look that the settings describe; own templates make sections of their own.
pub(super) fn look(taking: &mut Taking<'_>, templates: &Path) -> Look {
    let (name, origin) = taking.text("brief.name").unwrap_or((String::new(), Origin::Default));
    if let Some(fault) = wrong_name(&name) {
        taking.fault(origin, fault, "write it like `{company}/{period}.pdf`");
    }
    let languages = languages(taking);
    let habits = Habits {
        units: habit(taking, "brief.units", |words| words.units.keys().cloned().collect()),
        negatives: habit(taking, "brief.negatives", |words| words.negatives.keys().cloned().collect()),
    };
    let paper = if taking.choice("brief.paper") == "us-letter" { Paper::UsLetter } else { Paper::A4 };
    let length = match taking.choice("brief.length").as_str() {
        "short" => Length::Short,
        "full" => Length::Full,
        _ => Length::Standard,
    };
    let sections = sections::sections(taking, templates);
    let ids: Vec<String> = sections.iter().map(|section| section.id.clone()).collect();
    let own_charts = chart::own(taking, &ids);
    let charts = chart::wanted(taking, &own_charts);
    let voice = Voice {
        sections,
        percent: taking.sizes("words.percent"),
        points: taking.sizes("words.points"),
        material: Material {
            driver: taking.percent("material.driver"),
            segment: taking.percent("material.segment"),
            moved: taking.percent("material.move"),
            target: taking.percent("material.target"),
        },
    };
    let (brand, font, font_place) = brand::brand(taking);
    Look { name, languages, habits, paper, length, voice, charts, own_charts, brand, font, font_place }
}

/// One language or several; a brief is made in each.
fn languages(taking: &mut Taking<'_>) -> Vec<Language> {
    let known = Language::ALL.map(Language::code);
    let mut languages = Vec::new();
    for (name, origin) in taking.names("brief.language") {
        match Language::ALL.into_iter().find(|known| known.code() == name) {
            Some(known) if languages.contains(&known) => {
                taking.fault(origin, format!("language `{name}` is named twice"), "remove one of the two");
            }
            Some(known) => languages.push(known),
            None => {
                let hint = format!("languages are {}", quoted(known));
                taking.fault(origin, format!("there is no language `{name}`"), &hint);
            }
        }
    }
    if languages.is_empty() {
        languages.push(Language::default());
    }
    languages
}

/// A style of numbers that some language has.
fn habit(taking: &mut Taking<'_>, key: &str, known: fn(&Phrases) -> BTreeSet<String>) -> Option<String> {
    let (name, origin) = taking.text(key)?;
    let all: BTreeSet<String> = Language::ALL.into_iter().flat_map(|l| known(&Phrases::built_in(l))).collect();
    if !all.contains(&name) {
        let names = all.iter().map(String::as_str);
        let hint = match near(&name, names.clone()) {
            Some(meant) => format!("did you mean `{meant}`?"),
            None => format!("styles are {}", quoted(names)),
        };
        taking.fault(origin, format!("there is no style `{name}` for `{key}`"), &hint);
    }
    Some(name)
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
    if !name.ends_with(".pdf") {
        return Some("the name of briefs does not end in `.pdf`".to_owned());
    }
    if rest.contains(|letter: char| letter.is_control()) || name.starts_with(".tanshin") {
        return Some("the name of briefs cannot be that of a file".to_owned());
    }
    let leaves = Path::new(name).is_absolute() || name.split(['/', '\\']).any(|part| part == "..");
    leaves.then(|| "the name of briefs leads out of the output folder".to_owned())
}
