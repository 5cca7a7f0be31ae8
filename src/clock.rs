//! The clock, for one use: how long a brief took, in run reports. Nothing on a page depends on it.
#![expect(clippy::disallowed_methods, reason = "the room that measures how long things take")]

use std::time::Instant;

/// A stopwatch.
#[derive(Clone, Copy, Debug)]
pub struct Watch(Instant);

impl Watch {
    /// Starts it.
    pub fn start() -> Self {
        Self(Instant::now())
    }

    /// Milliseconds since then.
    pub fn ms(self) -> u64 {
        u64::try_from(self.0.elapsed().as_millis()).unwrap_or(u64::MAX)
    }
}
