//! The board between the thread that makes briefs and the one that answers: what is wanted, what was made, what changed.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use mio::Waker;

use super::digest::Digest;
use super::made::{Made, Page};
use crate::language::Language;
use crate::model::{Quarter, Warning};
use crate::options::Length;

/// How many briefs are kept up to date: one a window.
const WINDOWS: usize = 4;

/// Which brief a window shows.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct View {
    /// The company, language and length, which all quarters beside it share.
    pub track: Track,
    /// The quarter.
    pub quarter: Quarter,
}

/// What all briefs of a strip share.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Track {
    /// Id of the company.
    pub company: String,
    /// The language.
    pub language: Language,
    /// How much each brief holds.
    pub length: Length,
}

/// A brief as it stands on the board.
#[derive(Clone, Default)]
pub struct Shown {
    /// When it was put up.
    pub seq: u64,
    /// Of which edit it is.
    pub edition: u64,
    /// The last pages that could be made.
    pub made: Option<Arc<Made>>,
    /// Pages that windows may still be fetching.
    former: Option<Arc<Made>>,
    /// What is wrong.
    pub errors: Vec<Warning>,
    /// What is worth knowing about the documents.
    pub notices: Vec<Warning>,
    /// How long it took from an edit, in milliseconds; 0 where there was none.
    pub ms: u64,
}

/// A quarter in the strip.
#[derive(Clone, Debug, Default)]
pub struct Line {
    /// Of which edit it is.
    pub edition: u64,
    /// As it was when the preview began.
    pub first: Option<Digest>,
    /// As it was before the last edit.
    pub before: Option<Digest>,
    /// As it is.
    pub now: Option<Digest>,
    /// Whether it cannot be made.
    pub fails: bool,
}

/// Everything on the board.
#[derive(Default)]
pub struct State {
    /// Counts what is put up.
    pub seq: u64,
    /// Counts the edits.
    pub edition: u64,
    /// The briefs that windows ask for, the last one first.
    wanted: Vec<View>,
    shown: BTreeMap<View, Shown>,
    strips: BTreeMap<Track, (u64, BTreeMap<Quarter, Line>)>,
    /// Id and short name of each company that was read.
    pub names: BTreeMap<String, String>,
    /// The ids of all companies.
    pub companies: Vec<String>,
    /// The quarters of each company that was read.
    pub quarters: BTreeMap<String, Vec<Quarter>>,
}

/// The board.
pub struct Board {
    state: Mutex<State>,
    work: Condvar,
    waker: Arc<Waker>,
    /// Set when all is over.
    pub stop: &'static AtomicBool,
}

impl Board {
    /// An empty board; the waker tells the server of news.
    pub fn new(waker: Arc<Waker>, stop: &'static AtomicBool) -> Self {
        Self { state: Mutex::default(), work: Condvar::new(), waker, stop }
    }

    /// Looks at the board.
    pub fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Asks for a brief.
    pub fn want(&self, view: &View) {
        let mut state = self.lock();
        if state.wanted.first() != Some(view) {
            state.wanted.retain(|other| other != view);
            state.wanted.insert(0, view.clone());
            state.wanted.truncate(WINDOWS);
            let State { wanted, shown, .. } = &mut *state;
            shown.retain(|view, _| wanted.contains(view));
            self.work.notify_all();
        }
    }

    /// Waits until something is wanted, or the time is over.
    pub fn wait(&self, time: Duration) {
        let state = self.lock();
        if state.stale().is_none() {
            drop(self.work.wait_timeout(state, time));
        }
    }

    /// Tells the server that there is news.
    pub fn tell(&self) {
        let _server_is_gone = self.waker.wake();
    }

    /// Whether all is over.
    pub fn is_over(&self) -> bool {
        self.stop.load(Ordering::Relaxed)
    }

    /// Puts up a brief: where it could not be made the last good pages stay.
    pub fn put(&self, view: &View, edition: u64, made: Option<Made>, told: [Vec<Warning>; 2], ms: u64) {
        let mut state = self.lock();
        state.seq += 1;
        let seq = state.seq;
        if let Some(made) = &made {
            state.names.insert(view.track.company.clone(), made.company.clone());
        }
        let before = state.shown.remove(view).unwrap_or_default();
        let [errors, notices] = told;
        let (made, former) = match made {
            Some(made) => (Some(Arc::new(made)), before.made),
            None => (before.made, before.former),
        };
        state.shown.insert(view.clone(), Shown { seq, edition, made, former, errors, notices, ms });
        drop(state);
        self.tell();
    }

    /// Adds what came to light about a brief after it was put up.
    pub fn add(&self, view: &View, edition: u64, errors: Vec<Warning>) {
        let mut state = self.lock();
        let seq = state.seq + 1;
        let Some(shown) = state.shown.get_mut(view).filter(|shown| shown.edition == edition) else { return };
        shown.errors.extend(errors);
        shown.seq = seq;
        state.seq = seq;
        drop(state);
        self.tell();
    }

    /// Puts a quarter into its strip.
    pub fn mark(&self, view: &View, edition: u64, digest: Option<Digest>) {
        let mut state = self.lock();
        state.seq += 1;
        let seq = state.seq;
        let (at, lines) = state.strips.entry(view.track.clone()).or_default();
        *at = seq;
        lines.entry(view.quarter).or_default().turn(edition, digest);
        drop(state);
        self.tell();
    }
}

impl Line {
    fn turn(&mut self, edition: u64, digest: Option<Digest>) {
        self.fails = digest.is_none();
        if edition > self.edition {
            self.before = self.now.clone();
            self.edition = edition;
        }
        if let Some(digest) = digest {
            self.first.get_or_insert_with(|| digest.clone());
            self.now = Some(digest);
        }
    }
}

impl State {
    /// A brief that is wanted and not of the last edit.
    pub fn stale(&self) -> Option<View> {
        let is_stale = |view: &&View| self.shown.get(view).is_none_or(|shown| shown.edition < self.edition);
        self.wanted.iter().find(is_stale).cloned()
    }

    /// The brief that was asked for last.
    pub fn front(&self) -> Option<View> {
        self.wanted.first().cloned()
    }

    /// A brief, once it is of the last edit.
    pub fn ready(&self, view: &View) -> Option<&Shown> {
        self.shown.get(view).filter(|shown| shown.edition == self.edition)
    }

    /// A brief as far as it is there.
    pub fn made(&self, view: &View) -> Option<&Arc<Made>> {
        self.shown.get(view)?.made.as_ref()
    }

    /// The strip of a track and when it last changed.
    pub fn strip(&self, track: &Track) -> (u64, BTreeMap<Quarter, Line>) {
        self.strips.get(track).cloned().unwrap_or_default()
    }

    /// The line of one quarter.
    pub fn line(&self, view: &View) -> Option<&Line> {
        self.strips.get(&view.track)?.1.get(&view.quarter)
    }

    /// A page by the hash of its drawing or of what lies over it.
    pub fn page(&self, fits: impl Fn(&Page) -> bool) -> Option<Arc<Page>> {
        let made = self.shown.values().flat_map(|shown| [&shown.made, &shown.former]).flatten();
        made.flat_map(|made| &made.pages).find(|page| fits(page)).cloned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_knows_how_it_was_before_the_last_edit_and_at_first() {
        let digest = |page: &str| Some(Digest { pages: vec![page.to_owned()], sentences: Vec::new() });
        let mut line = Line::default();
        let mut check = |edition, made: Option<Digest>, expected: &str| {
            line.turn(edition, made);
            let page =
                |digest: &Option<Digest>| digest.as_ref().map_or("-".to_owned(), |digest| digest.pages[0].clone());
            let seen = [&line.first, &line.before, &line.now].map(page).join(" ");
            assert_eq!(seen, expected);
        };
        check(0, digest("a"), "a - a");
        check(0, digest("a"), "a - a");
        check(1, digest("b"), "a a b");
        check(2, None, "a b b");
        check(3, digest("c"), "a b c");
    }
}
