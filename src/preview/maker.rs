//! The maker: one thread that looks for edits, makes the briefs that windows show first, and then, as long as nothing else is to
//! do, one by one the others of the strip.

use std::collections::BTreeMap;
use std::panic::{self, AssertUnwindSafe};
use std::sync::Arc;
use std::time::Duration;

use super::board::{Board, Track, View};
use super::digest::Digest;
use super::made::{self, Made};
use super::project::{Project, Read};
use crate::brief;
use crate::clock::Watch;
use crate::model::{Quarter, Warning};
use crate::rehearse;
use crate::run::{BriefError, Press};

/// How often edits are looked for.
const LOOK: Duration = Duration::from_millis(15);

/// How many sets typst's memory lasts.
const REMEMBER: usize = 6;
/// After how many other briefs the one that is shown is looked at again, so that typst remembers it: its next edit is set much faster.
const KEEP: usize = 4;

/// Makes briefs for a board.
pub struct Maker<'a> {
    board: &'a Board,
    project: Project,
    edition: u64,
    /// Since when the last edit is known; none as long as nothing was edited since a window last turned.
    since: Option<Watch>,
    /// Of each brief what it was made from, and what came of it.
    known: BTreeMap<View, (blake3::Hash, Digest)>,
    sweep: Option<(Track, Vec<Quarter>)>,
    /// A brief that is shown, and not yet tried as a file.
    proof: Option<View>,
    /// How many other briefs were set since typst last saw the one that is shown.
    others: usize,
}

impl<'a> Maker<'a> {
    /// A maker that has not made anything.
    pub fn new(board: &'a Board, project: Project) -> Self {
        let maker = Self {
            board,
            project,
            edition: 0,
            since: None,
            known: BTreeMap::new(),
            sweep: None,
            proof: None,
            others: 0,
        };
        // The first window may ask before anything is made.
        maker.announce();
        maker
    }

    /// Works until all is over.
    pub fn run(mut self) {
        while !self.board.is_over() {
            let since = Watch::start();
            if self.project.refresh() {
                self.edition += 1;
                self.since = Some(since);
                self.sweep = None;
                self.announce();
            }
            let stale = self.board.lock().stale();
            if let Some(view) = stale {
                self.front(&view);
            } else if !self.step() {
                self.board.wait(LOOK);
            }
        }
        // The server sleeps until it is told.
        self.board.tell();
    }

    fn announce(&self) {
        let mut state = self.board.lock();
        state.edition = self.edition;
        state.companies = self.project.companies().map(str::to_owned).collect();
    }

    /// Makes a brief that a window shows.
    fn front(&mut self, view: &View) {
        let mut errors = self.project.errors();
        let mut notices = self.project.notices().to_vec();
        let made = match self.project.company(&view.track.company) {
            Err(faults) => {
                errors.extend(faults);
                None
            }
            Ok(read) => {
                notices.extend_from_slice(&read.warnings);
                let quarters = read.history.quarters();
                self.board.lock().quarters.insert(view.track.company.clone(), quarters);
                self.make(view, &read, &mut notices).unwrap_or_else(|faults| {
                    // What a template says wrong is told once, by the check of its text where that has found it.
                    let known: Vec<String> = errors.iter().filter_map(line).map(str::to_owned).collect();
                    let is_new =
                        |fault: &Warning| line(fault).is_none_or(|line| !known.iter().any(|known| known == line));
                    errors.extend(faults.into_iter().filter(is_new));
                    None
                })
            }
        };
        let digest = made.as_ref().map(|made| made.digest.clone());
        errors.dedup();
        let ms = self.since.map_or(0, Watch::ms);
        self.board.put(view, self.edition, made, [errors, notices], ms);
        self.proof = digest.is_some().then(|| view.clone());
        self.others = 0;
        self.board.mark(view, self.edition, digest);
        self.sweep = None;
    }

    /// A brief; none where templates are at fault, which is told already.
    fn make(
        &mut self,
        view: &View,
        read: &Arc<Read>,
        notices: &mut Vec<Warning>,
    ) -> Result<Option<Made>, Vec<Warning>> {
        if !read.history.quarters().contains(&view.quarter) {
            let hint = "choose another quarter, or bring the document back".to_owned();
            let message = format!("found no revenue and operating income for {}", view.quarter);
            return Err(vec![Warning { message, place: view.track.company.clone(), hint }]);
        }
        let Some(press) = self.project.press() else { return Ok(None) };
        let templates = self.project.templates();
        let made = || {
            let draft =
                press.draft(&read.library, &read.history, view.quarter, view.track.language, view.track.length)?;
            let key = key(press, &draft.content)?;
            let sheets = press.sheets(&draft.content)?;
            Ok((key, Made::new(draft, &sheets.value, Arc::clone(read), templates), sheets.warnings))
        };
        let (key, made, warnings) = guarded(made).map_err(|error| rehearse::told(error, templates))?;
        notices.extend(warnings);
        brief::forget(REMEMBER);
        self.known.insert(view.clone(), (key, made.digest.clone()));
        Ok(Some(made))
    }

    /// Makes the file of a brief that is shown, and throws it away: what a screen takes, a PDF for everybody may not.
    fn prove(&mut self, view: &View) {
        let Some(press) = self.project.press() else { return };
        let Some(made) = self.board.lock().made(view).cloned() else { return };
        let faults = match guarded(|| press.prove(&made.draft.content)) {
            Ok(()) => return,
            Err(error) => rehearse::told(error, self.project.templates()),
        };
        self.board.add(view, self.edition, faults);
    }

    /// Shows typst the brief that is shown once more, so that it is not forgotten.
    fn keep(&mut self, front: &View) {
        self.others = 0;
        let made = self.board.lock().made(front).cloned();
        if let (Some(press), Some(made)) = (self.project.press(), made) {
            let _told_already = guarded(|| press.marks(&made.draft.content));
        }
    }

    /// When all is done: what typst knows of the other briefs goes.
    fn rest(&mut self, front: &View) -> bool {
        if self.others == 0 {
            return false;
        }
        self.keep(front);
        brief::forget(0);
        true
    }

    /// Does one thing that can wait; whether there was one to do.
    fn step(&mut self) -> bool {
        if let Some(view) = self.proof.take() {
            self.prove(&view);
            return true;
        }
        let Some(front) = self.board.lock().front() else { return false };
        if self.sweep.as_ref().is_none_or(|(track, _)| *track != front.track) {
            self.sweep = Some((front.track.clone(), self.quarters(&front)));
        }
        let Some((track, quarters)) = &mut self.sweep else { return false };
        // A window that turns to another brief from now on has not made an edit.
        self.since = None;
        let Some(quarter) = quarters.pop() else { return self.rest(&front) };
        let view = View { track: track.clone(), quarter };
        let digest = self.digest(&view);
        self.board.mark(&view, self.edition, digest);
        if self.others >= KEEP {
            self.keep(&front);
        }
        true
    }

    /// The quarters beside a brief, the nearest last.
    fn quarters(&mut self, front: &View) -> Vec<Quarter> {
        let Ok(read) = self.project.company(&front.track.company) else { return Vec::new() };
        let all = read.history.quarters();
        let place = |quarter: &Quarter| all.iter().position(|other| other == quarter).unwrap_or_default();
        let at = place(&front.quarter);
        let mut others: Vec<Quarter> = all.iter().copied().filter(|quarter| *quarter != front.quarter).collect();
        others.sort_by_key(|quarter| std::cmp::Reverse(place(quarter).abs_diff(at)));
        others
    }

    /// The digest of a brief that no window shows; the pages are set only where what is on them changed.
    fn digest(&mut self, view: &View) -> Option<Digest> {
        let read = self.project.company(&view.track.company).ok()?;
        let press = self.project.press()?;
        let known = self.known.get(view);
        let made = || {
            let draft =
                press.draft(&read.library, &read.history, view.quarter, view.track.language, view.track.length)?;
            let key = key(press, &draft.content)?;
            if let Some((before, digest)) = known
                && *before == key
            {
                return Ok((key, digest.clone()));
            }
            Ok((key, Digest::of(press.marks(&draft.content)?, &made::named(&draft))))
        };
        let (key, digest) = guarded(made).ok()?;
        if self.known.get(view).is_none_or(|(before, _)| *before != key) {
            self.others += 1;
            brief::forget(REMEMBER);
        }
        self.known.insert(view.clone(), (key, digest.clone()));
        Some(digest)
    }
}

/// File and line of a fault.
fn line(fault: &Warning) -> Option<&str> {
    let spot = fault.place.split_once("  ")?.0;
    Some(spot.rsplit_once(':')?.0)
}

/// What the pages of a brief depend on.
fn key(press: &Press, content: &brief::Content) -> Result<blake3::Hash, BriefError> {
    let mut hasher = blake3::Hasher::new();
    hasher.update(press.stamp().as_bytes());
    hasher.update(&serde_json::to_vec(content).map_err(brief::BriefError::from)?);
    Ok(hasher.finalize())
}

/// A fault of the program in one brief is no end of the preview.
fn guarded<T>(work: impl FnOnce() -> Result<T, BriefError>) -> Result<T, BriefError> {
    panic::catch_unwind(AssertUnwindSafe(work)).unwrap_or(Err(BriefError::Panicked))
}
