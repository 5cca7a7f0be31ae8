//! The world that typst sees: the template, the content and its attachment, all in memory. No clock, no packages, no
//! file system.

use std::sync::LazyLock;

use typst::diag::{FileError, FileResult, PackageError};
use typst::foundations::{Binding, Bytes, Datetime, Duration, Scope};
use typst::syntax::{FileId, Source, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Library, LibraryExt, World};

use super::template::interned;
use super::{Fonts, Template};

static LIBRARY: LazyLock<LazyHash<Library>> = LazyLock::new(|| LazyHash::new(library()));
static MAIN: LazyLock<FileId> = LazyLock::new(|| interned("brief.typ"));
static CONTENT: LazyLock<FileId> = LazyLock::new(|| interned("content.json"));
static DENSITY: LazyLock<FileId> = LazyLock::new(|| interned("density.json"));
static TOGETHER: LazyLock<FileId> = LazyLock::new(|| interned("together.json"));
static SPARE: LazyLock<FileId> = LazyLock::new(|| interned("spare.json"));
static ATTACHMENT: LazyLock<FileId> = LazyLock::new(|| interned("brief.json"));

static LOGOS: LazyLock<[FileId; 2]> = LazyLock::new(|| [interned("logo.svg"), interned("logo.png")]);

/// Functions that run code or read citation styles, which a template could hold in itself: they are unknown in briefs.
const WITHHELD: [&str; 3] = ["plugin", "bibliography", "cite"];

fn library() -> Library {
    let mut library = Library::default();
    let mut scope = Scope::new();
    for (name, binding) in library.global.scope().iter().filter(|(name, _)| !WITHHELD.contains(&name.as_str())) {
        scope.bind(name.clone(), binding.clone());
    }
    library.global = library.global.clone().with_scope(scope);
    library.std = Binding::detached(library.global.clone());
    library
}

/// What typst may see of one brief.
#[derive(Clone)]
pub(super) struct Desk<'a> {
    /// The look.
    pub template: &'a Template,
    /// The faces.
    pub fonts: &'a Fonts,
    /// The content, encoded as JSON.
    pub content: Bytes,
    /// The share of the usual gaps: beside the content, so that what depends on the content alone stays good for the next attempt.
    pub density: f64,
    /// Points by which the columns of sources are to be higher than worked out, also beside the content.
    pub spare: f64,
    /// What stands whole on the last page: nothing in particular, the `sources`, or the `notes` with them.
    pub together: &'static str,
    /// The file that travels in the PDF.
    pub attachment: Option<Bytes>,
    /// The logo.
    pub logo: Option<Bytes>,
}

impl World for Desk<'_> {
    fn library(&self) -> &LazyHash<Library> {
        &LIBRARY
    }

    fn book(&self) -> &LazyHash<FontBook> {
        self.fonts.book()
    }

    fn main(&self) -> FileId {
        *MAIN
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        self.template.source(id).ok_or_else(|| missing(id))
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        let bytes = if id == *CONTENT {
            Some(self.content.clone())
        } else if id == *DENSITY {
            Some(Bytes::from_string(format!("{:?}", self.density)))
        } else if id == *SPARE {
            Some(Bytes::from_string(format!("{:?}", self.spare)))
        } else if id == *TOGETHER {
            Some(Bytes::from_string(format!("{:?}", self.together)))
        } else if id == *ATTACHMENT {
            self.attachment.clone()
        } else if LOGOS.contains(&id) {
            self.logo.clone()
        } else {
            None
        };
        bytes.ok_or_else(|| missing(id))
    }

    fn font(&self, index: usize) -> Option<Font> {
        self.fonts.face(index)
    }

    /// Nobody reads the clock: the same content gives the same bytes.
    fn today(&self, _: Option<Duration>) -> Option<Datetime> {
        None
    }
}

fn missing(id: FileId) -> FileError {
    match id.get().root() {
        VirtualRoot::Package(_) => FileError::Package(PackageError::Other(Some(NO_PACKAGES.into()))),
        VirtualRoot::Project => FileError::NotFound(id.get().vpath().get_without_slash().into()),
    }
}

const NO_PACKAGES: &str = "briefs load none; copy its files into the templates folder and import them from there";
