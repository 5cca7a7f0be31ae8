//! What typst remembers of a brief never helps another, and it grows. All threads share one memory, so a brief that is done takes
//! care of those that others still set.

use std::sync::atomic::{AtomicUsize, Ordering};

use typst::comemo;

/// The briefs in hand.
static IN_HAND: AtomicUsize = AtomicUsize::new(0);

/// How often a brief empties the memory: when its pages are set, and when its file is written.
const TIMES: usize = 2;

/// Empties typst's memory when a brief is done or has failed: of all that no brief in hand has used in the meantime.
pub(super) struct Forget(());

impl Forget {
    /// Takes a brief in hand.
    pub fn when_done() -> Self {
        IN_HAND.fetch_add(1, Ordering::Relaxed);
        Self(())
    }
}

impl Drop for Forget {
    fn drop(&mut self) {
        let others = IN_HAND.fetch_sub(1, Ordering::Relaxed) - 1;
        comemo::evict(TIMES * others);
    }
}
