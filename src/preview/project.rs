//! The project as it is on disk: settings, templates, fonts and companies, each read again only when its files changed.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::config::Look;
use crate::history::History;
use crate::model::{Warned, Warning};
use crate::options::{Folder, Sources};
use crate::run::{self, Library, Press, PressError};
use crate::seed;
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

/// Templates and fonts, ready or at fault.
struct Looks {
    templates: Templates,
    press: Option<Press>,
    errors: Vec<Warning>,
}

/// The companies' folders, and those that were read.
#[derive(Default)]
struct Companies {
    folders: Vec<(String, PathBuf)>,
    read: BTreeMap<String, Loaded>,
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

    /// Reads again what changed; whether anything did.
    pub fn refresh(&mut self) -> bool {
        let Some(stamps) = Stamps::changed(&self.stamps, &watched(&self.setup)) else { return false };
        let before = std::mem::replace(&mut self.stamps, stamps);
        let differ = |path: &Path| self.stamps.differ_at(&before, path);
        let settings = self.setup.files.iter().any(|file| differ(file));
        let looks = differ(&self.setup.templates.path) || differ(&self.setup.fonts.path);
        let changed: Vec<String> =
            self.companies.folders.iter().filter(|(_, folder)| differ(folder)).map(|(id, _)| id.clone()).collect();
        if settings {
            return self.settle();
        }
        if looks {
            self.look = Looks::read(&self.setup);
        }
        // A new folder, or a file beside them, changes the list; a company that did not change stays read.
        let read = std::mem::take(&mut self.companies.read);
        self.companies = Companies::list(&self.setup);
        self.companies.read = read.into_iter().filter(|(id, _)| !changed.contains(id)).collect();
        true
    }

    /// Takes over new settings. While they are at fault the old ones count.
    fn settle(&mut self) -> bool {
        match (self.reread)() {
            Ok(setup) => {
                self.settings = Vec::new();
                let sources = setup.sources != self.setup.sources;
                self.setup = setup;
                self.stamps = Stamps::of(&watched(&self.setup));
                self.look = Looks::read(&self.setup);
                if sources {
                    self.companies = Companies::list(&self.setup);
                }
            }
            Err(faults) => self.settings = faults,
        }
        true
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
        let read = self.companies.read(id, &self.setup);
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
                    errors.push(warning(error.to_string(), &setup.fonts.path, "correct the settings or the file"));
                }
                None
            }
        };
        Self { templates, press, errors }
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
        Self { folders, read: BTreeMap::new(), errors: found.warnings }
    }

    fn read(&self, id: &str, setup: &Setup) -> Loaded {
        let gone = || vec![warning(format!("found no company `{id}`"), &setup.sources.seeds, "choose another company")];
        let (_, folder) = self.folders.iter().find(|(known, _)| known == id).ok_or_else(gone)?;
        let loaded = seed::company(folder);
        let mut warnings = loaded.warnings;
        let Some(seed) = loaded.value else { return Err(warnings) };
        let read = run::read(&seed, setup.sources.as_of);
        warnings.extend(read.warnings);
        let history = run::aggregate(&read.value);
        warnings.extend(history.warnings);
        Ok(Arc::new(Read { library: read.value, history: history.value, warnings }))
    }
}

fn warning(message: String, place: &Path, hint: &str) -> Warning {
    Warning { message, place: place.display().to_string(), hint: hint.to_owned() }
}
