//! The template: typst files that decide the look. Parsed once, shared by all briefs.

use std::sync::LazyLock;

use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};

use super::BriefError;

/// The template's files, as compiled into the program.
pub const BUILT_IN: [(&str, &str); 5] = [
    ("brief.typ", include_str!("../../templates/brief.typ")),
    ("data.typ", include_str!("../../templates/data.typ")),
    ("style.typ", include_str!("../../templates/style.typ")),
    ("blocks.typ", include_str!("../../templates/blocks.typ")),
    ("sources.typ", include_str!("../../templates/sources.typ")),
];

/// A set of typst files; `brief.typ` is where typst starts.
#[derive(Clone)]
pub struct Template {
    /// A handful of files: looked up one after the other.
    pub(super) sources: Vec<Source>,
}

impl Template {
    /// The built-in template, parsed once.
    pub fn built_in() -> Self {
        static PARSED: LazyLock<Template> = LazyLock::new(|| {
            let source = |(name, text): (&str, &str)| Source::new(interned(name), text.to_owned());
            Template { sources: BUILT_IN.into_iter().map(source).collect() }
        });
        PARSED.clone()
    }

    /// The built-in template with some files replaced or added.
    ///
    /// A name is a path below the template's folder; it stays in memory for the life of the process, so use few.
    pub fn with_files<N: AsRef<str>, T: Into<String>>(
        files: impl IntoIterator<Item = (N, T)>,
    ) -> Result<Self, BriefError> {
        let mut template = Self::built_in();
        for (name, text) in files {
            let id = file_id(name.as_ref()).ok_or_else(|| BriefError::FileName(name.as_ref().to_owned()))?;
            template.sources.retain(|source| source.id() != id);
            template.sources.push(Source::new(id, text.into()));
        }
        Ok(template)
    }

    /// The file of an id.
    pub(super) fn source(&self, id: FileId) -> Option<Source> {
        self.sources.iter().find(|source| source.id() == id).cloned()
    }
}

/// The id of a virtual file. typst keeps at most 65,535 of them for the life of the process: the same names every time.
pub(super) fn file_id(name: &str) -> Option<FileId> {
    let path = VirtualPath::new(format!("/{name}")).ok()?;
    Some(RootedPath::new(VirtualRoot::Project, path).intern())
}

/// The id of a file whose name is known to be good.
pub(super) fn interned(name: &str) -> FileId {
    file_id(name).expect("the names of built-in files are plain file names")
}
