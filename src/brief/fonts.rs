//! The fonts of a brief: loaded once, shared by all briefs. The only file that touches font bytes.
#![expect(clippy::disallowed_methods, reason = "the only file that touches font files")]

use std::path::{Path, PathBuf};
use std::sync::{Arc, LazyLock};
use std::{fs, io};

use thiserror::Error;
use typst::foundations::Bytes;
use typst::layout::Abs;
use typst::text::{Font, FontBook, FontInstance, FontVariant, FontVariations, FontWeight};
use typst::utils::LazyHash;

use crate::cause::cause;
use crate::model::{Warned, Warning};

/// The faces that are built in. System fonts are never used: the same brief looks the same everywhere.
const EMBEDDED: [&[u8]; 4] = [
    include_bytes!("../../fonts/SourceSans3.ttf"),
    include_bytes!("../../fonts/SourceSans3-Italic.ttf"),
    include_bytes!("../../fonts/NotoSansJP-Regular.ttf"),
    include_bytes!("../../fonts/NotoSansJP-Bold.ttf"),
];

/// The family that sets what the families before it lack.
const FALLBACK: &str = "Noto Sans JP";

/// The largest font file, in bytes; the largest known is a collection of all Chinese, Japanese and Korean faces.
pub const LARGEST: u64 = 128 * 1024 * 1024;

/// The width in em that is assumed for a character that was not measured.
const BROADEST: f64 = 1.0;

/// A font file: its path and its bytes.
pub type FontFile = (String, Vec<u8>);

/// The fonts of a brief; a clone shares them.
#[derive(Clone)]
pub struct Fonts(Arc<Inner>);

struct Inner {
    book: LazyHash<FontBook>,
    faces: Vec<Font>,
    widths: [f64; 128],
}

/// Why a font directory could not be used.
#[derive(Debug, Error)]
pub enum FontsError {
    /// The directory or a file in it could not be read.
    #[error("cannot read {path}: {error}", path = path.display())]
    Read {
        /// The directory or file.
        path: PathBuf,
        /// What the system said.
        error: io::Error,
    },
    /// A font file holds no font.
    #[error("{path} is not a TTF, OTF or TTC font", path = .0.display())]
    NotAFont(PathBuf),
}

impl Fonts {
    /// The built-in fonts, made ready once: what typst remembers of them stays good.
    pub fn embedded() -> Self {
        static READY: LazyLock<Fonts> = LazyLock::new(|| {
            Fonts::new(EMBEDDED.into_iter().flat_map(|bytes| Font::iter(Bytes::new(bytes))).collect())
        });
        READY.clone()
    }

    /// The font files of a directory with their bytes, in the order of their names. One that need not exist may be missing.
    ///
    /// # Errors
    /// When the directory cannot be listed. A file that cannot be used is left out with a warning.
    pub fn files(directory: &Path, must_exist: bool) -> Result<Warned<Vec<FontFile>>, FontsError> {
        let mut files = Warned::clean(Vec::new());
        if !must_exist && !directory.is_dir() {
            return Ok(files);
        }
        for path in font_files(directory)? {
            let place = path.display().to_string();
            match read(&path) {
                Ok(bytes) => files.value.push((place, bytes)),
                Err(cause) => {
                    let hint = "put a TTF, OTF or TTC font there, or remove the file".to_owned();
                    files.warnings.push(Warning { message: format!("left out a font: {cause}"), place, hint });
                }
            }
        }
        Ok(files)
    }

    /// The fonts of files by path; built-in families that they lack stay as a fallback.
    ///
    /// # Errors
    /// When a file holds no font.
    pub fn from_files(files: &[FontFile]) -> Result<Self, FontsError> {
        let mut faces = Vec::new();
        for (path, bytes) in files {
            let before = faces.len();
            faces.extend(Font::iter(Bytes::new(bytes.clone())));
            if faces.len() == before {
                return Err(FontsError::NotAFont(path.into()));
            }
        }
        let own = FontBook::from_fonts(&faces);
        let built_in = Self::embedded();
        let missing = |face: &&Font| !own.contains_family(&face.info().family.to_lowercase());
        faces.extend(built_in.0.faces.iter().filter(missing).cloned());
        Ok(Self::new(faces))
    }

    /// The family of the first face in some bytes; none where they hold no font.
    pub fn family_of(bytes: &[u8]) -> Option<String> {
        Font::iter(Bytes::new(bytes.to_vec())).next().map(|face| face.info().family.as_str().to_owned())
    }

    /// Whether some face can draw the character.
    pub fn cover(&self, character: char) -> bool {
        self.0.faces.iter().any(|face| face.info().coverage.contains(character.into()))
    }

    /// Those of some characters that no face of a family has.
    pub fn lacks(&self, family: &str, characters: &str) -> Vec<char> {
        let faces = || self.0.faces.iter().filter(|face| face.info().family == family);
        let has = |character: char| faces().any(|face| face.info().coverage.contains(character.into()));
        characters.chars().filter(|character| !has(*character)).collect()
    }

    /// A width in em that the text will not exceed, in bold and in whichever of the faces it is set.
    pub fn reach(&self, text: &str) -> f64 {
        text.chars().map(|character| self.0.widths.get(character as usize).copied().unwrap_or(BROADEST)).sum()
    }

    /// The bytes of a family's upright regular face; chart labels are measured with the very faces that pages are set in.
    pub fn data(&self, family: &str) -> Option<&[u8]> {
        let regular = |face: &&Font| face.info().family == family && face.info().variant == FontVariant::default();
        let any = || self.0.faces.iter().find(|face| face.info().family == family);
        self.0.faces.iter().find(regular).or_else(any).map(|face| face.data().as_slice())
    }

    /// The names of all families, in order.
    pub fn families(&self) -> Vec<String> {
        let names: std::collections::BTreeSet<&str> =
            self.0.faces.iter().map(|face| face.info().family.as_str()).collect();
        names.into_iter().map(str::to_owned).collect()
    }

    pub(super) fn book(&self) -> &LazyHash<FontBook> {
        &self.0.book
    }

    pub(super) fn face(&self, index: usize) -> Option<Font> {
        self.0.faces.get(index).cloned()
    }

    fn new(faces: Vec<Font>) -> Self {
        Self(Arc::new(Inner { book: LazyHash::new(FontBook::from_fonts(&faces)), widths: widths(&faces), faces }))
    }
}

/// The widest advance of each ASCII character among the faces.
fn widths(faces: &[Font]) -> [f64; 128] {
    let bold = |face: &Font| {
        let variant = FontVariant { weight: FontWeight::SEMIBOLD, ..face.info().variant };
        face.clone().instantiate(variant, Abs::pt(10.0), &FontVariations::default())
    };
    // The fallback face is wider, and sets only what no other face has.
    let (fallback, first): (Vec<&Font>, Vec<&Font>) = faces.iter().partition(|face| face.info().family == FALLBACK);
    let ready = |faces: Vec<&Font>| faces.into_iter().map(bold).collect::<Vec<_>>();
    let (fallback, first) = (ready(fallback), ready(first));
    std::array::from_fn(|code| {
        let advance = |face: &FontInstance| {
            let glyph = face.ttf().glyph_index(char::from_u32(code as u32)?)?;
            face.x_advance(glyph.0).map(|advance| advance.get())
        };
        let widest = |faces: &[FontInstance]| faces.iter().filter_map(advance).reduce(f64::max);
        widest(&first).or_else(|| widest(&fallback)).unwrap_or_default()
    })
}

/// The bytes of a font file.
fn read(path: &Path) -> Result<Vec<u8>, String> {
    let size = fs::metadata(path).map_err(|error| cause(&error))?;
    if !size.is_file() {
        return Err("it is not a regular file".to_owned());
    }
    if size.len() > LARGEST {
        return Err(format!("it is larger than the limit of {} MB", LARGEST / (1024 * 1024)));
    }
    let bytes = fs::read(path).map_err(|error| cause(&error))?;
    if Fonts::family_of(&bytes).is_none() {
        return Err("it is not a TTF, OTF or TTC font".to_owned());
    }
    Ok(bytes)
}

/// Sorted by name, because the order decides between equal faces.
fn font_files(directory: &Path) -> Result<Vec<PathBuf>, FontsError> {
    let failed = |error| FontsError::Read { path: directory.to_owned(), error };
    let mut files = Vec::new();
    for entry in fs::read_dir(directory).map_err(failed)? {
        let path = entry.map_err(failed)?.path();
        let extension = path.extension().map(|extension| extension.to_string_lossy().to_lowercase());
        if matches!(extension.as_deref(), Some("ttf" | "otf" | "ttc")) {
            files.push(path);
        }
    }
    files.sort();
    Ok(files)
}
