//! Output: a file is written whole or not at all, and one that already has the content is left alone, so that time stamps
//! tell what changed. What the bytes mean is others' business.
#![expect(clippy::disallowed_methods, clippy::disallowed_types, reason = "the room that writes the output folder")]

use std::collections::BTreeSet;
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::Mutex;

use crate::cause::cause;

/// What became of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Written {
    /// It did not exist.
    New,
    /// It had other content.
    Changed,
    /// It had this content already and was not touched.
    Unchanged,
}

/// Why a file was not written. What was there before is still there.
#[derive(Debug, thiserror::Error)]
pub enum OutputError {
    /// The folder cannot be made.
    #[error("cannot make the output folder: {}", cause(source))]
    Folder {
        /// The folder.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// A folder stands where the file should go.
    #[error("cannot write a file where a folder stands")]
    Occupied {
        /// The file.
        path: PathBuf,
    },
    /// The file cannot be written.
    #[error("cannot write the file: {}", cause(source))]
    File {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
}

impl OutputError {
    /// Where it happened.
    pub fn path(&self) -> &Path {
        match self {
            Self::Folder { path, .. } | Self::Occupied { path } | Self::File { path, .. } => path,
        }
    }

    /// What to do about it.
    pub fn hint(&self) -> &'static str {
        match self {
            Self::Occupied { .. } => "move the folder away",
            Self::Folder { source, .. } | Self::File { source, .. } => match source.kind() {
                io::ErrorKind::StorageFull => "make room, then run the same command again",
                _ => "choose a folder that you may write with `--output DIR`",
            },
        }
    }
}

/// The bytes of a file; none where there is no file.
///
/// # Errors
/// When there is something that cannot be read.
pub fn read(path: &Path) -> io::Result<Option<Vec<u8>>> {
    match fs::read(path) {
        Ok(bytes) => Ok(Some(bytes)),
        Err(error) if matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory) => Ok(None),
        Err(error) => Err(error),
    }
}

/// Writes a file, with the folders above it.
///
/// # Errors
/// When a folder or the file cannot be written; an older file is then untouched.
pub fn write(path: &Path, bytes: &[u8]) -> Result<Written, OutputError> {
    let folder = path.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
    fs::create_dir_all(folder).map_err(|source| OutputError::Folder { path: folder.to_owned(), source })?;
    let file = |source| OutputError::File { path: path.to_owned(), source };
    let before = match fs::metadata(path) {
        Ok(found) if found.is_dir() => return Err(OutputError::Occupied { path: path.to_owned() }),
        Ok(found) if found.len() == bytes.len() as u64 && holds(path, bytes) => return Ok(Written::Unchanged),
        Ok(_) => Written::Changed,
        Err(_) => Written::New,
    };
    replace(folder, path, bytes).map_err(file)?;
    Ok(before)
}

/// The files of a folder, in the order of their names; none where there is no folder.
pub fn files(folder: &Path) -> Vec<PathBuf> {
    let mut files: Vec<PathBuf> =
        fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path()).collect();
    files.retain(|path| path.is_file());
    files.sort();
    files
}

/// Removes a file.
///
/// # Errors
/// When it cannot be removed.
pub fn remove(path: &Path) -> Result<(), OutputError> {
    fs::remove_file(path).map_err(|source| OutputError::File { path: path.to_owned(), source })
}

/// Whether anything stands at the path.
pub fn stands(path: &Path) -> bool {
    fs::symlink_metadata(path).is_ok()
}

/// Whether something else stands at the path: a file with other content, a folder.
pub fn differs(path: &Path, bytes: &[u8]) -> bool {
    stands(path) && !holds(path, bytes)
}

/// Whether the file has exactly this content; one that cannot be read is written anew.
fn holds(path: &Path, bytes: &[u8]) -> bool {
    fs::read(path).is_ok_and(|found| found == bytes)
}

/// How the names of temporary files begin and end.
const TEMPORARY: (&str, &str) = (".tanshin-", ".tmp");

/// A temporary file in the same folder, flushed to the disk, takes the file's place in one step.
fn replace(folder: &Path, path: &Path, bytes: &[u8]) -> io::Result<()> {
    let tried = try_to_replace(folder, path, bytes);
    match &tried {
        // Another run took it for one that was left behind, before its lock was there.
        Err(error) if error.kind() == io::ErrorKind::NotFound => try_to_replace(folder, path, bytes),
        _ => tried,
    }
}

fn try_to_replace(folder: &Path, path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(TEMPORARY.0).suffix(TEMPORARY.1);
    #[cfg(unix)]
    let builder = builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    let mut file = builder.tempfile_in(folder)?;
    // It says that its owner lives, whatever becomes of the owner. Not every file system has locks; then it is never swept.
    let _not_everywhere = file.as_file().try_lock();
    file.write_all(bytes)?;
    file.as_file().sync_all()?;
    file.persist(path).map_err(|error| error.error)?;
    sync_folder(folder)
}

/// Folders that were swept of the temporary files of runs that were killed, each once.
#[derive(Debug, Default)]
pub struct Swept(Mutex<BTreeSet<PathBuf>>);

impl Swept {
    /// Removes what a killed run left in a folder. What cannot be removed does no harm.
    pub fn sweep(&self, folder: &Path) {
        let is_new = self.0.lock().is_ok_and(|mut swept| swept.insert(folder.to_owned()));
        let entries = is_new.then(|| fs::read_dir(folder).ok()).flatten();
        for path in entries.into_iter().flatten().flatten().map(|entry| entry.path()).filter(|path| is_temporary(path))
        {
            let is_left = fs::File::open(&path).is_ok_and(|file| file.try_lock().is_ok());
            if is_left {
                let _harmless = fs::remove_file(&path);
            }
        }
    }
}

fn is_temporary(path: &Path) -> bool {
    let name = path.file_name().and_then(|name| name.to_str());
    name.is_some_and(|name| name.starts_with(TEMPORARY.0) && name.ends_with(TEMPORARY.1))
}

/// The new name itself reaches the disk with its folder. Only Unix opens folders.
fn sync_folder(folder: &Path) -> io::Result<()> {
    if cfg!(unix) { fs::File::open(folder)?.sync_all() } else { Ok(()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entries(folder: &Path) -> Vec<String> {
        let names = fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").file_name());
        names.map(|name| name.to_string_lossy().into_owned()).collect()
    }

    #[test]
    fn a_file_is_made_changed_or_left_alone() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("iij/1Q17.pdf");
        let modified = || fs::metadata(&path).and_then(|found| found.modified()).expect("a time");
        assert_eq!(write(&path, b"one").expect("written"), Written::New);
        let first = modified();
        assert_eq!(write(&path, b"one").expect("written"), Written::Unchanged);
        assert_eq!(modified(), first);
        assert_eq!(write(&path, b"two").expect("written"), Written::Changed);
        assert_eq!(fs::read(&path).expect("a file"), b"two");
        assert_eq!(entries(&folder.path().join("iij")), ["1Q17.pdf"]);
    }

    #[test]
    fn what_a_killed_run_left_is_swept_and_what_another_writes_is_not() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = |name: &str| folder.path().join(name);
        for name in [".tanshin-left.tmp", ".tanshin-held.tmp", "1Q17.pdf", ".tanshin-notes"] {
            fs::write(path(name), "x").expect("a file");
        }
        let held = fs::File::open(path(".tanshin-held.tmp")).expect("a file");
        held.lock().expect("a lock");
        let swept = Swept::default();
        swept.sweep(folder.path());
        let mut names = entries(folder.path());
        names.sort();
        assert_eq!(names, [".tanshin-held.tmp", ".tanshin-notes", "1Q17.pdf"]);
        drop(held);
        swept.sweep(folder.path());
        assert_eq!(entries(folder.path()).len(), 3, "a folder is swept once");
    }

    #[test]
    fn a_failed_write_leaves_nothing_behind_and_says_where() {
        let folder = tempfile::tempdir().expect("a folder");
        fs::create_dir(folder.path().join("1Q17.pdf")).expect("a folder");
        fs::write(folder.path().join("file"), "").expect("a file");
        let fail =
            |path: &str| write(&folder.path().join(path), b"x").map_err(|e| (e.to_string(), e.path().to_owned()));
        let occupied = ("cannot write a file where a folder stands".to_owned(), folder.path().join("1Q17.pdf"));
        assert_eq!(fail("1Q17.pdf"), Err(occupied));
        let message = "cannot make the output folder: a part of the path is a file, not a folder";
        assert_eq!(fail("file/iij/1Q17.pdf"), Err((message.to_owned(), folder.path().join("file/iij"))));
        assert_eq!(entries(folder.path()).len(), 2);
    }
}
