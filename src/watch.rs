//! The watch over the project's files: which of them changed, by name, size and time of each, asked for again and again. A few hundred
//! files cost less than a millisecond, it works on every file system, and a folder that comes or goes is no special case.
#![expect(clippy::disallowed_methods, reason = "the room that looks after the project's files; it never opens one")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::thread;
use std::time::{Duration, SystemTime};

/// How long the files must not change before they are read.
const STILL: Duration = Duration::from_millis(8);
/// How often that is hoped for: a file that never rests is read as it is.
const STILL_TRIES: usize = 10;
/// How often where a file was emptied: an editor on a busy machine may take its time until it fills it.
const EMPTY_TRIES: usize = 30;
/// How deep folders are followed; a cycle of links ends here.
const DEPTH: usize = 4;
/// The most files that are looked after.
const FILES: usize = 20_000;

/// What is known of each file without opening it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Stamps(BTreeMap<PathBuf, (u64, Option<SystemTime>)>);

impl Stamps {
    /// The files and folders as they are now.
    pub fn of(paths: &[PathBuf]) -> Self {
        let mut stamps = Self::default();
        paths.iter().for_each(|path| stamps.take(path, 0));
        stamps
    }

    /// The files once they hold still, where they are not as they were before: an editor empties a file before it fills it.
    pub fn changed(before: &Self, paths: &[PathBuf]) -> Option<Self> {
        let mut stamps = Self::of(paths);
        if stamps == *before {
            return None;
        }
        for attempt in 1..=EMPTY_TRIES {
            thread::sleep(STILL);
            let now = Self::of(paths);
            let is_still = std::mem::replace(&mut stamps, now.clone()) == now;
            if (is_still || attempt >= STILL_TRIES) && !now.is_emptied_since(before) {
                break;
            }
        }
        Some(stamps)
    }

    /// Whether a file that had something in it has nothing.
    fn is_emptied_since(&self, before: &Self) -> bool {
        let had = |file| before.0.get(file).is_some_and(|(length, _)| *length > 0);
        self.0.iter().any(|(file, (length, _))| *length == 0 && had(file))
    }

    fn take(&mut self, path: &Path, depth: usize) {
        // What is not there has no stamp; when it comes it has one.
        let Ok(about) = fs::metadata(path) else { return };
        if self.0.len() >= FILES {
            return;
        }
        if !about.is_dir() {
            self.0.insert(path.to_owned(), (about.len(), about.modified().ok()));
            return;
        }
        if depth < DEPTH {
            let entries = fs::read_dir(path).into_iter().flatten().flatten();
            let hidden = |entry: &fs::DirEntry| entry.file_name().as_encoded_bytes().starts_with(b".");
            entries.filter(|entry| !hidden(entry)).for_each(|entry| self.take(&entry.path(), depth + 1));
        }
    }

    /// Whether anything at or below a path is not as it was.
    pub fn differ_at(&self, before: &Self, path: &Path) -> bool {
        let below = |stamps: &Self| -> Vec<(PathBuf, (u64, Option<SystemTime>))> {
            let found = stamps.0.iter().filter(|(file, _)| file.starts_with(path));
            found.map(|(file, about)| (file.clone(), *about)).collect()
        };
        below(self) != below(before)
    }

    /// The files that came, went or are not as they were.
    pub fn other_than(&self, before: &Self) -> Vec<PathBuf> {
        let paths: BTreeSet<&PathBuf> = self.0.keys().chain(before.0.keys()).collect();
        paths.into_iter().filter(|path| self.0.get(*path) != before.0.get(*path)).cloned().collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_that_comes_goes_or_changes_is_seen_where_it_is() {
        let folder = tempfile::tempdir().expect("a folder");
        let (one, two) = (folder.path().join("one"), folder.path().join("two"));
        let roots = [one.clone(), two.clone()];
        let check = |before: &Stamps, expected: (bool, bool)| {
            let now = Stamps::of(&roots);
            assert_eq!((now.differ_at(before, &one), now.differ_at(before, &two)), expected);
            now
        };
        let nothing = check(&Stamps::default(), (false, false));
        fs::create_dir(&one).expect("a folder");
        fs::write(one.join("a.hbs"), "1").expect("a file");
        let there = check(&nothing, (true, false));
        fs::write(two.as_path(), "1").expect("a file");
        fs::write(one.join(".a.swp"), "1").expect("a file");
        let both = check(&there, (false, true));
        fs::write(one.join("a.hbs"), "12").expect("a file");
        let longer = check(&both, (true, false));
        assert_eq!(longer.other_than(&both), [one.join("a.hbs")]);
        assert_eq!(both.other_than(&nothing), [one.join("a.hbs"), two.clone()]);
        assert_eq!(Stamps::changed(&longer, &roots), None);
        fs::remove_file(one.join("a.hbs")).expect("a file");
        check(&longer, (true, false));
    }

    #[test]
    fn a_file_that_was_emptied_is_waited_for_and_one_that_was_always_empty_is_not() {
        let stamps = |one: u64, two: u64| {
            Stamps([("one", one), ("two", two)].map(|(file, length)| (PathBuf::from(file), (length, None))).into())
        };
        assert!(stamps(0, 5).is_emptied_since(&stamps(4, 5)));
        assert!(!stamps(0, 6).is_emptied_since(&stamps(0, 5)));
        assert!(!stamps(3, 5).is_emptied_since(&stamps(4, 5)));
        assert!(!stamps(0, 5).is_emptied_since(&Stamps::default()));
    }
}
