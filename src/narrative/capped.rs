//! What a template may write: so much and in so many steps. One that goes round and round ends here.

use std::io::{self, Write};

use super::fault::TemplateFault;

/// The longest text of a template, in bytes; a brief's longest part is a hundredth of it.
const LONGEST: usize = 1024 * 1024;

/// The most steps of a template: texts, tags and rounds. A brief's longest part takes a few hundred.
const STEPS: usize = 100_000;

/// A text that takes only so much.
#[derive(Default)]
pub struct Capped {
    text: Vec<u8>,
    steps: usize,
}

impl Capped {
    /// Whether a limit was reached.
    pub fn is_full(&self) -> bool {
        self.text.len() > LONGEST || self.steps > STEPS
    }

    /// The fault of a template that reached a limit.
    pub fn fault(&self, file: &str) -> TemplateFault {
        let message = if self.steps > STEPS {
            format!("takes more than {STEPS} steps, a loop goes through a list again and again")
        } else {
            format!("writes more than {} MB of text", LONGEST / (1024 * 1024))
        };
        let hint = Some("take a loop out: none is needed inside another one over the same list".to_owned());
        TemplateFault { hint, ..TemplateFault::in_file(file, message) }
    }

    /// How many steps were taken.
    pub fn steps(&self) -> usize {
        self.steps
    }

    /// What was written.
    pub fn into_text(self) -> String {
        String::from_utf8_lossy(&self.text).into_owned()
    }
}

impl Write for Capped {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.write_all(bytes).map(|()| bytes.len())
    }

    /// Every call is a step, also one that writes nothing.
    fn write_all(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.steps += 1;
        self.text.extend_from_slice(bytes);
        if self.is_full() { Err(io::Error::other("the template writes too much")) } else { Ok(()) }
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
