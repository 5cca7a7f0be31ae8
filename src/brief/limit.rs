//! A limit on time: typst goes on for as long as a template does, and nothing can stop it from inside.

use std::panic;
use std::sync::mpsc::{self, RecvTimeoutError};
use std::thread;
use std::time::Duration;

/// How long the pages of one brief may take; a built-in template takes a fraction of a second.
pub const LONGEST: Duration = Duration::from_secs(60);

/// Does work on a thread of its own, and gives it up when it takes longer than `limit`: the thread ends with the program.
pub fn within<T: Send + 'static>(limit: Duration, work: impl FnOnce() -> T + Send + 'static) -> Option<T> {
    let (done, result) = mpsc::channel();
    let worker = thread::spawn(move || done.send(work()).is_ok());
    match result.recv_timeout(limit) {
        Ok(result) => Some(result),
        Err(RecvTimeoutError::Timeout) => None,
        Err(RecvTimeoutError::Disconnected) => match worker.join() {
            Err(fault) => panic::resume_unwind(fault),
            Ok(_) => None,
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn work_that_does_not_end_is_given_up() {
        assert_eq!(within(LONGEST, || 1), Some(1));
        let never = || loop {
            thread::park();
        };
        assert_eq!(within(Duration::from_millis(20), never), None::<u8>);
    }
}
