//! Interrupts: the first Ctrl-C (or a scheduler's signal to end) lets the briefs in hand be finished, the second ends at once.

use std::sync::atomic::{AtomicBool, Ordering};

/// Set when no more briefs shall be begun.
pub(super) static STOP: AtomicBool = AtomicBool::new(false);

static INTERRUPTED: AtomicBool = AtomicBool::new(false);

/// Listens from now on. Where the system refuses, Ctrl-C ends the program at once, as it does without us.
pub(super) fn listen() {
    let _refused = ctrlc::set_handler(|| {
        if INTERRUPTED.swap(true, Ordering::Relaxed) {
            std::process::exit(super::Exit::Interrupted as i32);
        }
        STOP.store(true, Ordering::Relaxed);
    });
}

/// Lets briefs be begun again after a run that stopped for another reason.
pub(super) fn go_on() {
    STOP.store(was_interrupted(), Ordering::Relaxed);
}

/// Whether someone asked to stop.
pub(super) fn was_interrupted() -> bool {
    INTERRUPTED.load(Ordering::Relaxed)
}
