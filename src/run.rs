//! The pipeline: calls the stages' verbs in order and holds no rule about figures.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, OnceLock};

use chrono::NaiveDate;

use crate::batch::Hash;
use crate::brief::{self, Content, FontFile, Fonts, FontsError, Pdf, Sheet};
use crate::chart::{FaceError, Faces};
use crate::check::{Examined, Severity};
use crate::compose;
use crate::config::Look;
use crate::extract;
use crate::history::{self, History};
use crate::language::Language;
use crate::model::{Company, Document, Figure, Quarter, Reading, Seed, Warned, Warning};
use crate::narrative::parity::Difference;
use crate::narrative::{self, Engine, Narrative, TemplateFault};
use crate::near::near;
use crate::options::{Folder, Length};
use crate::output::OutputError;
use crate::rehearse;
use crate::several;
use crate::templates::{Templates, TemplatesError};
use crate::verify::{self, Additions, Manifest};
use crate::vocabulary::Vocabulary;

/// A company with what its documents state.
#[derive(Clone, Debug)]
pub struct Library {
    /// The profile.
    pub company: Arc<Company>,
    /// Its words.
    pub vocabulary: Arc<Vocabulary>,
    /// One reading a document, in the order of their names.
    pub readings: Vec<Reading>,
    /// The documents themselves, for the lines that figures stand in.
    pub documents: Vec<Document>,
    /// The day up to which they were read.
    pub as_of: Option<NaiveDate>,
}

/// Why no brief can be made at all.
#[derive(Debug, thiserror::Error)]
pub enum PressError {
    /// Templates are at fault: all that is wrong with them.
    #[error("{} of the templates", if .0.len() == 1 { "a fault".to_owned() } else { format!("{} faults", .0.len()) })]
    Templates(Vec<Warning>),
    /// A built-in narrative template is at fault.
    #[error(transparent)]
    Narrative(#[from] TemplateFault),
    /// A page template is at fault.
    #[error(transparent)]
    Page(#[from] brief::BriefError),
    /// A font cannot be used.
    #[error(transparent)]
    Fonts(#[from] FontsError),
    /// The brand's font is none of the fonts.
    #[error("there is no font family `{family}`")]
    Family {
        /// The family that was asked for.
        family: String,
        /// Those that there are.
        known: Vec<String>,
        /// Where it was asked for.
        place: String,
    },
}

impl PressError {
    /// What the user can do.
    pub fn hint(&self) -> String {
        match self {
            Self::Templates(_) => "`tanshin templates check` names them all".to_owned(),
            Self::Narrative(_) => "mend the template, or remove it to use the built-in one".to_owned(),
            Self::Page(_) => "mend the page template, or remove it to use the built-in one".to_owned(),
            Self::Family { family, known, .. } => match near(family, known.iter().map(String::as_str)) {
                Some(meant) => format!("did you mean `{meant}`?"),
                None => format!("put the font into the fonts folder; families there are {}", known.join(", ")),
            },
            Self::Fonts(_) => "name a folder of TTF or OTF fonts with `--fonts DIR`, or leave it out".to_owned(),
        }
    }

    /// Where the fault is, where that is known.
    pub fn place(&self) -> Option<&str> {
        match self {
            Self::Family { place, .. } => Some(place),
            _ => None,
        }
    }
}

/// What is wrong with the narrative templates for one quarter.
#[derive(Debug)]
pub struct TemplateFaults(pub Vec<TemplateFault>);

impl fmt::Display for TemplateFaults {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let all: Vec<String> = self.0.iter().map(ToString::to_string).collect();
        f.write_str(&all.join("; "))
    }
}

/// Why there is no brief; the others are built.
#[derive(Debug, thiserror::Error)]
pub enum BriefError {
    /// Its sentences could not be written.
    #[error("cannot write its text: {0}")]
    Narrate(TemplateFaults),
    /// Its charts have no usable font.
    #[error("cannot draw its charts: {0}")]
    Draw(#[from] FaceError),
    /// Its pages could not be set.
    #[error("cannot set its pages: {0}")]
    Typeset(#[from] brief::BriefError),
    /// It could not be written.
    #[error(transparent)]
    Write(#[from] OutputError),
    /// Templates or fonts are at fault: no brief can be made.
    #[error("templates or fonts cannot be used")]
    NoPress,
    /// Its page templates do not come to an end.
    #[error("its page templates took longer than {} seconds, a loop may never end", brief::LONGEST.as_secs())]
    TooLong,
    /// The program has a fault.
    #[error("the program has a fault, please report it with the documents")]
    Panicked,
}

/// Reads a company's documents. With `as_of`, only what was published by the end of that day.
pub fn read(seed: &Seed, as_of: Option<NaiveDate>) -> Warned<Library> {
    read_on(1, seed, as_of)
}

/// The same on several threads.
pub fn read_on(threads: usize, seed: &Seed, as_of: Option<NaiveDate>) -> Warned<Library> {
    read_again(threads, seed, as_of, None)
}

/// What was read of documents, to be taken again where neither the document changed nor what reading it depends on.
#[derive(Debug, Default)]
pub struct Readings {
    company: Option<Company>,
    of: Vec<(Document, Warned<Reading>)>,
}

impl Readings {
    fn of(&self, document: &Document) -> Option<&Warned<Reading>> {
        self.of.iter().find(|(known, _)| known == document).map(|(_, reading)| reading)
    }
}

/// The same with what is known already; what is read is known from then on.
pub fn read_again(
    threads: usize,
    seed: &Seed,
    as_of: Option<NaiveDate>,
    known: Option<&mut Readings>,
) -> Warned<Library> {
    let company = Arc::clone(&seed.company);
    let as_read = company.as_read();
    let same = |known: &&mut Readings| known.company.as_ref() == Some(&as_read);
    let before = known.as_ref().filter(|known| same(known)).map(|known| &**known);
    let vocabulary = Arc::new(Vocabulary::of(&company));
    let mut warnings = Vec::new();
    let mut readings = Vec::new();
    let extract = |document: &Document| {
        before
            .and_then(|before| before.of(document))
            .cloned()
            .unwrap_or_else(|| extract::extract(document, &company, &vocabulary))
    };
    let read = several::map(&seed.documents, threads, extract);
    if let Some(known) = known {
        let of = seed.documents.iter().cloned().zip(read.iter().cloned()).collect();
        *known = Readings { company: Some(as_read), of };
    }
    for (document, reading) in seed.documents.iter().zip(read) {
        warnings.extend(reading.warnings);
        if reading.value.facts.is_empty() {
            warnings.push(no_figure(document));
        }
        readings.push(reading.value);
    }
    if let Some(day) = as_of {
        warnings.extend(undated(seed, &readings));
        readings = history::as_of(&readings, day);
    }
    let documents = seed.documents.clone();
    Warned { value: Library { company, vocabulary, readings, documents, as_of }, warnings }
}

fn no_figure(document: &Document) -> Warning {
    Warning {
        message: "found no figure in the document".to_owned(),
        place: document.path.clone(),
        hint: "check that it is an earnings document, and that the profile knows its labels".to_owned(),
    }
}

/// Whether an undated document was known on a day cannot be told: it is taken, and named.
fn undated(seed: &Seed, readings: &[Reading]) -> Vec<Warning> {
    let documents = seed.documents.iter().zip(readings).filter(|(_, reading)| reading.date.is_none());
    let warning = |document: &Document| Warning {
        message: "found no date of publication, the document counts as known on every day".to_owned(),
        place: document.path.clone(),
        hint: "leave it out of the seeds if it was published later".to_owned(),
    };
    documents.map(|(document, _)| warning(document)).collect()
}

/// The history of a company's figures. What a check finds in error is held back from every claim.
pub fn aggregate(library: &Library) -> Warned<History> {
    let mut history =
        history::aggregate(Arc::clone(&library.company), Arc::clone(&library.vocabulary), &library.readings);
    for finding in examine(library).findings.into_iter().filter(|finding| finding.severity == Severity::Error) {
        finding.figure.into_iter().for_each(|id| history.value.hold_back(id, finding.rule.name()));
    }
    history
}

/// What a company's documents say, against itself.
pub fn examine(library: &Library) -> Examined {
    crate::check::examine(&library.company, &library.vocabulary, &library.readings, &library.documents)
}

/// The templates that count: the user's over the built-in ones. A default folder need not exist.
///
/// # Errors
/// When a folder that the user named does not exist, or one cannot be listed.
pub fn templates(folder: &Folder, look: &Look) -> Result<Warned<Templates>, TemplatesError> {
    let sections: Vec<&str> = look.voice.sections.iter().map(|section| section.id.as_str()).collect();
    match Templates::load(&folder.path, &sections) {
        Err(TemplatesError::Missing { .. }) if !folder.named => Ok(Warned::clean(Templates::built_in())),
        loaded => loaded,
    }
}

/// The user's font files: those of the folder, and the one that the brand names. A default folder need not exist.
///
/// # Errors
/// When the folder cannot be listed. A file in it that is no font is a warning.
pub fn font_files(folder: &Folder, look: &Look) -> Result<Warned<Vec<FontFile>>, FontsError> {
    let mut files = Fonts::files(&folder.path, folder.named)?;
    files.value.extend(look.font.clone());
    Ok(files)
}

/// The fonts that count: the user's before the built-in ones.
///
/// # Errors
/// When a file holds no font.
pub fn fonts(files: &[FontFile]) -> Result<Fonts, FontsError> {
    if files.is_empty() { Ok(Fonts::embedded()) } else { Fonts::from_files(files) }
}

/// The brand's font must be there: a page would silently be set in another.
///
/// # Errors
/// When it is not.
pub fn check_font(fonts: &Fonts, look: &Look) -> Result<(), PressError> {
    let family = look.brand.family();
    if fonts.data(family).is_some() {
        return Ok(());
    }
    Err(PressError::Family { family: family.to_owned(), known: fonts.families(), place: look.font_place.clone() })
}

/// The faces that charts are drawn in: the brand's and the Japanese one.
///
/// # Errors
/// When one of them cannot be used.
pub fn faces<'f>(fonts: &'f Fonts, look: &Look) -> Result<Faces<'f>, FaceError> {
    let face = |family: &str| fonts.data(family).unwrap_or_default();
    Faces::new(face(look.brand.family()), face("Noto Sans JP"))
}

/// The characters that briefs always need.
const NEEDED: &str = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789.,;:%&()+−–—’•·→▲▼";

/// What the brand's font lacks is set in another: a page looks uneven then.
pub fn font_warnings(fonts: &Fonts, look: &Look) -> Vec<Warning> {
    let Some(family) = &look.brand.font else { return Vec::new() };
    let lacks: Vec<String> = fonts.lacks(family, NEEDED).iter().map(|character| format!("`{character}`")).collect();
    let warning = Warning {
        message: format!("the font `{family}` has no {}", lacks.join(", ")),
        place: look.font_place.clone(),
        hint: "another font sets them; choose one that has them if the pages look uneven".to_owned(),
    };
    (!lacks.is_empty() && lacks.len() < NEEDED.chars().count()).then_some(warning).into_iter().collect()
}

/// A language's templates, ready to render.
///
/// # Errors
/// When one of them is at fault.
pub fn engine(templates: &Templates, language: Language, look: &Look) -> Result<Engine, TemplateFault> {
    let own = templates.own_in(language);
    narrative::phrases(language, &own).and_then(|phrases| Engine::with(phrases.with(&look.habits), &own, &look.voice))
}

/// A brief before its pages are set.
#[derive(Clone, Debug)]
pub struct Draft {
    /// Its sentences.
    pub narrative: Narrative,
    /// What stands on its pages.
    pub content: Content,
    /// Every figure on them, and those that these were derived from.
    pub figures: Vec<Figure>,
}

/// What all briefs share: templates and fonts, made ready once.
pub struct Press {
    templates: Templates,
    engines: BTreeMap<Language, OnceLock<Result<Engine, TemplateFault>>>,
    template: brief::Template,
    fonts: Fonts,
    look: Look,
    stamp: blake3::Hash,
    additions: Additions,
    /// Whether a page template is the user's.
    own_pages: bool,
    is_stuck: AtomicBool,
}

impl Press {
    /// The press for some languages with the user's templates and font files.
    ///
    /// # Errors
    /// When a template does not compile, or a font cannot be used.
    pub fn new(templates: &Templates, files: &[FontFile], look: &Look) -> Result<Self, PressError> {
        let additions = Additions {
            templates: templates
                .own()
                .map(|(name, template)| (name.to_owned(), Hash::of(template.text.as_bytes())))
                .collect(),
            fonts: files.iter().map(|(path, bytes)| (file_name(path), Hash::of(bytes))).collect(),
        };
        let fonts = self::fonts(files)?;
        check_font(&fonts, look)?;
        let faults = rehearse::faults(templates, &fonts, look)?;
        if !faults.is_empty() {
            return Err(PressError::Templates(faults));
        }
        let own = templates.own_of("");
        let press = Self {
            templates: templates.clone(),
            engines: Language::ALL.into_iter().map(|language| (language, OnceLock::new())).collect(),
            fonts,
            look: look.clone(),
            stamp: stamp(&own, files),
            additions,
            own_pages: !own.is_empty(),
            is_stuck: AtomicBool::new(false),
            template: brief::Template::with_files(own)?,
        };
        look.languages.iter().try_for_each(|language| press.engine(*language).map(drop))?;
        Ok(press)
    }

    /// The templates of a language, made ready when they are first asked for.
    fn engine(&self, language: Language) -> Result<&Engine, TemplateFault> {
        let make = || engine(&self.templates, language, &self.look);
        self.engines[&language].get_or_init(make).as_ref().map_err(Clone::clone)
    }

    /// Stands for the page templates and font files: pages of equal content and stamp are equal.
    pub fn stamp(&self) -> blake3::Hash {
        self.stamp
    }

    /// The fonts.
    pub fn fonts(&self) -> &Fonts {
        &self.fonts
    }

    /// What stands on one brief: sentences, figures, charts.
    ///
    /// # Errors
    /// When a sentence cannot be written or a chart cannot be drawn.
    pub fn compose(
        &self,
        library: &Library,
        history: &History,
        quarter: Quarter,
        language: Language,
    ) -> Result<Content, BriefError> {
        self.draft(library, history, quarter, language, self.look.length).map(|draft| draft.content)
    }

    /// The same at a length, with its sentences and figures.
    ///
    /// # Errors
    /// When a sentence cannot be written or a chart cannot be drawn.
    pub fn draft(
        &self,
        library: &Library,
        history: &History,
        quarter: Quarter,
        language: Language,
        length: Length,
    ) -> Result<Draft, BriefError> {
        let engine = self.engine(language).map_err(|fault| BriefError::Narrate(TemplateFaults(vec![fault])))?;
        let narrative = narrative::narrate(history, quarter, engine).map_err(|first| {
            let all = narrative::faults(history, quarter, engine);
            BriefError::Narrate(TemplateFaults(if all.is_empty() { vec![first] } else { all }))
        })?;
        let look = &Look { length, ..self.look.clone() };
        let faces = faces(&self.fonts, look)?;
        let documents = &library.documents;
        let phrases = engine.phrases();
        let parts = compose::Parts { history, documents, quarter, narrative: &narrative, faces: &faces, look, phrases };
        let (mut content, figures) = compose::composed(&parts);
        let listed = |document: &&Document| content.documents.iter().any(|entry| *entry.id == *document.name);
        let cited = documents.iter().filter(listed);
        let manifest =
            Manifest::new(&library.company, (quarter, language), library.as_of, cited, look, &self.additions);
        if let Some(attachment) = &mut content.attachment {
            attachment.add(verify::FIELD, &manifest);
        }
        Ok(Draft { narrative, content, figures })
    }

    /// What the text of a brief in another language does not say as the one in the first language does. Nothing where the first
    /// language's own templates cannot be used.
    pub fn parity(&self, history: &History, quarter: Quarter, language: Language) -> Vec<Warning> {
        let first = Language::default();
        let engines = self.engine(first).ok().zip(self.engine(language).ok()).filter(|_| language != first);
        let Some((one, other)) = engines else { return Vec::new() };
        let narrate = |engine| narrative::narrate(history, quarter, engine).ok();
        let Some((first, second)) = narrate(one).zip(narrate(other)) else { return Vec::new() };
        let found = narrative::parity::differences((&first, one.phrases()), (&second, other.phrases()));
        let warning = |difference: &Difference| Warning {
            message: difference.to_string(),
            place: format!("{quarter} in `{}` and `{language}`", one.phrases().language),
            hint: "let the templates of both languages tell it, or neither".to_owned(),
        };
        found.iter().map(warning).collect()
    }

    /// What the user's folders add to the built-in templates and fonts.
    pub fn additions(&self) -> &Additions {
        &self.additions
    }

    /// The pages of one brief, and what they could not show.
    ///
    /// # Errors
    /// When the pages cannot be set.
    pub fn typeset(&self, content: &Content) -> Result<Warned<Pdf>, BriefError> {
        self.limited(content, brief::typeset)
    }

    /// What the page template makes of a brief, unless it is the user's and takes too long.
    fn limited<T: Send + 'static>(
        &self,
        content: &Content,
        make: fn(&Content, &brief::Template, &Fonts) -> Result<T, brief::BriefError>,
    ) -> Result<T, BriefError> {
        if !self.own_pages {
            return Ok(make(content, &self.template, &self.fonts)?);
        }
        // One brief that never ends is enough: the others have the same templates.
        if self.is_stuck.load(Ordering::Relaxed) {
            return Err(BriefError::TooLong);
        }
        let (content, template, fonts) = (content.clone(), self.template.clone(), self.fonts.clone());
        let set = brief::within(brief::LONGEST, move || make(&content, &template, &fonts));
        self.is_stuck.fetch_or(set.is_none(), Ordering::Relaxed);
        Ok(set.ok_or(BriefError::TooLong)??)
    }

    /// The pages of one brief for a screen, and what they could not show.
    ///
    /// # Errors
    /// When the pages cannot be set.
    pub fn sheets(&self, content: &Content) -> Result<Warned<Vec<Sheet>>, BriefError> {
        self.limited(content, |content, template, fonts| brief::sheets(content, template, fonts, several::cores()))
    }

    /// What stands for the looks of each page of one brief.
    ///
    /// # Errors
    /// When the pages cannot be set.
    pub fn marks(&self, content: &Content) -> Result<Vec<String>, BriefError> {
        self.limited(content, brief::marks)
    }

    /// Whether one brief can be made a file.
    ///
    /// # Errors
    /// When it cannot.
    pub fn prove(&self, content: &Content) -> Result<(), BriefError> {
        self.limited(content, brief::prove)
    }
}

fn stamp(templates: &BTreeMap<String, String>, fonts: &[(String, Vec<u8>)]) -> blake3::Hash {
    let mut hasher = blake3::Hasher::new();
    let texts = templates.iter().map(|(name, text)| (name, text.as_bytes()));
    for (name, bytes) in texts.chain(fonts.iter().map(|(name, bytes)| (name, bytes.as_slice()))) {
        hasher.update(&name.len().to_le_bytes()).update(name.as_bytes());
        hasher.update(&bytes.len().to_le_bytes()).update(bytes);
    }
    hasher.finalize()
}

fn file_name(path: &str) -> String {
    path.rsplit(['/', '\\']).next().unwrap_or(path).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// How many documents are read again when the profile of the seeds is edited.
    fn read_again_after(edit: fn(&mut Company)) -> usize {
        let documents: Vec<Document> = crate::extract::cases::seeds().into_iter().skip(2).take(2).collect();
        let mut seed = Seed { company: Arc::new(crate::extract::cases::iij()), documents };
        let mut known = Readings::default();
        read_again(1, &seed, None, Some(&mut known));
        known.of.iter_mut().for_each(|(_, reading)| reading.value.title = "kept".to_owned());
        edit(Arc::make_mut(&mut seed.company));
        let read = read_again(1, &seed, None, Some(&mut known)).value;
        read.readings.iter().filter(|reading| reading.title != "kept").count()
    }

    #[test]
    fn an_edit_of_the_profile_reads_documents_again_only_where_reading_depends_on_it() {
        let kept: [fn(&mut Company); 5] = [
            |_| {},
            |company| company.tickers.push("NYSE IIJ".to_owned()),
            |company| company.local.clear(),
            |company| company.segments[0].name.push_str(" and more"),
            |company| company.reclassifications.clear(),
        ];
        assert_eq!(kept.map(read_again_after), [0; 5]);
        let others: [fn(&mut Company); 4] = [
            |company| company.short_name = "Initiative".to_owned(),
            |company| company.segments[0].labels.push("Own label".to_owned()),
            |company| company.currency = crate::model::Currency::new("USD").expect("a currency"),
            |company| company.id = Arc::from("other"),
        ];
        assert_eq!(others.map(read_again_after), [2; 4]);
    }
}
