//! The project as it is on disk: settings, templates, fonts and companies, each read again only when its files changed.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::brief::FontFile;
use crate::config::Look;
use crate::history::History;
use crate::model::{Warned, Warning};
use crate::options::{Folder, Sources};
use crate::run::{self, Library, Press, PressError, Readings};
use crate::seed;
use crate::several;
use crate::templates::Templates;
use crate::watch::Stamps;

/// What the command line and the settings ask for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Setup {
    /// The documents.
    pub sources: Sources,
    /// The user's templates.
    pub templates: Folder,
    /// The user's fonts.
    pub fonts: Folder,
    /// How briefs look.
    pub look: Look,
    /// The settings file, there or not, and what it names: the logo.
    pub files: Vec<PathBuf>,
    /// What is doubtful about the settings.
    pub warnings: Vec<Warning>,
}

/// Reads command line and settings anew: the setup, or all that is wrong with the settings.
pub type Reread = Box<dyn Fn() -> Result<Setup, Vec<Warning>> + Send>;

/// A company that was read.
pub struct Read {
    /// Its documents and what they state.
    pub library: Library,
    /// Its figures.
    pub history: History,
    /// What could not be read as it should.
    pub warnings: Vec<Warning>,
}

/// Everything that briefs are made of.
pub struct Project {
    reread: Reread,
    setup: Setup,
    stamps: Stamps,
    settings: Vec<Warning>,
    look: Looks,
    companies: Companies,
}

/// What a change of the settings touches.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Settled {
    /// How briefs look, or what is said of the settings.
    Looks,
    /// Also which documents count.
    Sources,
}

/// Templates and fonts, ready or at fault.
struct Looks {
    of: Look,
    templates: Templates,
    fonts: Vec<FontFile>,
    press: Option<Press>,
    errors: Vec<Warning>,
}

/// The companies' folders, and those that were read.
#[derive(Default)]
struct Companies {
    folders: Vec<(String, PathBuf)>,
    read: BTreeMap<String, Loaded>,
    readings: BTreeMap<String, Readings>,
    errors: Vec<Warning>,
}

/// A company, or why it cannot be read.
pub type Loaded = Result<Arc<Read>, Vec<Warning>>;

impl Project {
    /// Reads a project. What is wrong with it is kept, to be shown.
    pub fn new(setup: Setup, reread: Reread) -> Self {
        let stamps = Stamps::of(&watched(&setup));
        let (look, companies) = (Looks::read(&setup), Companies::list(&setup));
        Self { reread, setup, stamps, settings: Vec::new(), look, companies }
    }

    /// Reads again what was saved; whether that changed anything.
    pub fn refresh(&mut self) -> bool {
        let Some(stamps) = Stamps::changed(&self.stamps, &watched(&self.setup)) else { return false };
        let before = std::mem::replace(&mut self.stamps, stamps);
        // Settings are read with every save: which sections there are depends on the templates.
        let settings = self.settle();
        let differ = |path: &Path| self.stamps.differ_at(&before, path);
        let looks = settings.is_some() || differ(&self.setup.templates.path) || differ(&self.setup.fonts.path);
        let folders = self.companies.folders.iter();
        let saved: Vec<String> = folders.filter(|(_, folder)| differ(folder)).map(|(id, _)| id.clone()).collect();
        let looks = looks && self.look_again();
        let companies = self.companies.again(&self.setup, &saved, settings == Some(Settled::Sources));
        settings.is_some() || looks || companies
    }

    /// Takes over new settings. While they are at fault the old ones count.
    fn settle(&mut self) -> Option<Settled> {
        match (self.reread)() {
            Ok(setup) => {
                let mended = !std::mem::take(&mut self.settings).is_empty();
                if setup == self.setup {
                    return mended.then_some(Settled::Looks);
                }
                let before = std::mem::replace(&mut self.setup, setup);
                if watched(&before) != watched(&self.setup) {
                    self.stamps = Stamps::of(&watched(&self.setup));
                }
                Some(if before.sources == self.setup.sources { Settled::Looks } else { Settled::Sources })
            }
            Err(faults) => (std::mem::replace(&mut self.settings, faults.clone()) != faults).then_some(Settled::Looks),
        }
    }

    /// Reads templates and fonts; whether they are others.
    fn look_again(&mut self) -> bool {
        let look = Looks::read(&self.setup);
        let same = (&look.templates, &look.fonts, &look.errors, &look.of)
            == (&self.look.templates, &self.look.fonts, &self.look.errors, &self.look.of);
        if !same {
            self.look = look;
        }
        !same
    }

    /// The ids of the companies.
    pub fn companies(&self) -> impl Iterator<Item = &str> {
        self.companies.folders.iter().map(|(id, _)| id.as_str())
    }

    /// A company, read when first asked for.
    ///
    /// # Errors
    /// When it cannot be read.
    pub fn company(&mut self, id: &str) -> Loaded {
        if let Some(read) = self.companies.read.get(id) {
            return read.clone();
        }
        let read = self.companies.load(id, &self.setup);
        self.companies.read.insert(id.to_owned(), read.clone());
        read
    }

    /// What briefs are made with, unless templates or fonts are at fault.
    pub fn press(&self) -> Option<&Press> {
        self.look.press.as_ref()
    }

    /// The templates that count.
    pub fn templates(&self) -> &Templates {
        &self.look.templates
    }

    /// What is doubtful about the settings.
    pub fn notices(&self) -> &[Warning] {
        &self.setup.warnings
    }

    /// How briefs look.
    pub fn look(&self) -> &Look {
        &self.setup.look
    }

    /// What is wrong with settings, templates, fonts and companies.
    pub fn errors(&self) -> Vec<Warning> {
        [&self.settings, &self.look.errors, &self.companies.errors].into_iter().flatten().cloned().collect()
    }
}

/// All that a brief may depend on.
fn watched(setup: &Setup) -> Vec<PathBuf> {
    let folders = [&setup.templates.path, &setup.fonts.path, &setup.sources.seeds];
    folders.into_iter().chain(&setup.files).cloned().collect()
}

impl Looks {
    fn read(setup: &Setup) -> Self {
        let loaded = run::templates(&setup.templates, &setup.look).unwrap_or_else(|error| Warned {
            value: Templates::built_in(),
            warnings: vec![warning(error.to_string(), &setup.templates.path, "bring the folder back")],
        });
        let (templates, mut errors) = (loaded.value, loaded.warnings);
        let files = run::font_files(&setup.fonts, &setup.look).unwrap_or_else(|error| {
            errors.push(warning(error.to_string(), &setup.fonts.path, "bring the fonts back"));
            Warned::clean(Vec::new())
        });
        errors.extend(files.warnings);
        let files = files.value;
        let press = match Press::new(&templates, &files, &setup.look) {
            Ok(press) => Some(press),
            Err(PressError::Templates(faults)) => {
                errors.extend(faults);
                None
            }
            Err(error) => {
                if errors.is_empty() {
                    let place = error.place().map_or_else(|| setup.fonts.path.display().to_string(), str::to_owned);
                    errors.push(Warning { message: error.to_string(), place, hint: error.hint() });
                }
                None
            }
        };
        Self { of: setup.look.clone(), templates, fonts: files, press, errors }
    }
}

impl Companies {
    fn list(setup: &Setup) -> Self {
        let found = seed::folders(&setup.sources.seeds).unwrap_or_else(|error| Warned {
            value: Vec::new(),
            warnings: vec![warning(error.to_string(), &setup.sources.seeds, "bring the folder back")],
        });
        let id = |folder: &PathBuf| Some(folder.file_name()?.to_str()?.to_owned());
        let wanted = |id: &String| setup.sources.companies.is_empty() || setup.sources.companies.contains(id);
        let folders = found.value.into_iter().filter_map(|folder| Some((id(&folder)?, folder)));
        let folders = folders.filter(|(id, _)| wanted(id)).collect();
        Self { folders, errors: found.warnings, ..Self::default() }
    }

    /// Lists the companies anew, and reads those again whose files were saved, or forgets all where others count now. A new folder, or a
    /// file beside them, changes the list. Whether anything is other than before.
    fn again(&mut self, setup: &Setup, saved: &[String], others: bool) -> bool {
        let list = Self::list(setup);
        let mut changed = others || (&list.folders, &list.errors) != (&self.folders, &self.errors);
        (self.folders, self.errors) = (list.folders, list.errors);
        if others {
            self.read.clear();
        }
        let folders = &self.folders;
        self.read.retain(|id, _| folders.iter().any(|(known, _)| known == id));
        let again: Vec<String> = saved.iter().filter(|id| self.read.contains_key(*id)).cloned().collect();
        for id in again {
            let read = self.load(&id, setup);
            let is_same = self.read.get(&id).is_some_and(|before| same(before, &read));
            if !is_same {
                self.read.insert(id, read);
                changed = true;
            }
        }
        changed
    }

    fn load(&mut self, id: &str, setup: &Setup) -> Loaded {
        let gone = || vec![warning(format!("found no company `{id}`"), &setup.sources.seeds, "choose another company")];
        let (_, folder) = self.folders.iter().find(|(known, _)| known == id).ok_or_else(gone)?;
        let loaded = seed::company(folder);
        let mut warnings = loaded.warnings;
        let Some(seed) = loaded.value else { return Err(warnings) };
        let known = self.readings.entry(id.to_owned()).or_default();
        let read = run::read_again(several::cores(), &seed, setup.sources.as_of, Some(known));
        warnings.extend(read.warnings);
        let history = run::aggregate(&read.value);
        warnings.extend(history.warnings);
        Ok(Arc::new(Read { library: read.value, history: history.value, warnings }))
    }
}

/// Whether a company says what it said before.
fn same(before: &Loaded, now: &Loaded) -> bool {
    match (before, now) {
        (Ok(before), Ok(now)) => {
            let parts = |read: &Read| (Arc::clone(&read.library.company), read.warnings.clone());
            parts(before) == parts(now) && before.library.documents == now.library.documents
        }
        (Err(before), Err(now)) => before == now,
        _ => false,
    }
}

fn warning(message: String, place: &Path, hint: &str) -> Warning {
    Warning { message, place: place.display().to_string(), hint: hint.to_owned() }
}
