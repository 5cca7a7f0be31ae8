//! A bar while briefs are built, on a terminal only: how many are done, how fast, how long it may take. Elsewhere the lines of the
//! briefs say enough.

use std::io::{self, IsTerminal};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

/// The bar, or nothing where no terminal shows it.
pub(super) struct Progress {
    bar: Option<ProgressBar>,
    companies: u64,
    read: u64,
    briefs: u64,
}

impl Progress {
    /// A bar for a run over so many companies, where messages go to a terminal.
    pub(super) fn new(companies: usize) -> Self {
        let style = ProgressStyle::with_template("{bar:24} {pos}/{len} briefs  {per_sec}  {eta} left");
        let bar = style.ok().filter(|_| io::stderr().is_terminal()).map(|style| {
            let bar = ProgressBar::with_draw_target(Some(0), ProgressDrawTarget::stderr());
            bar.set_style(style.progress_chars("##-"));
            bar
        });
        Self { bar, companies: companies as u64, read: 0, briefs: 0 }
    }

    /// A company was read and has so many briefs. Companies that are still to be read are taken to have as many as those before.
    pub(super) fn company(&mut self, briefs: usize) {
        self.read += 1;
        self.briefs += briefs as u64;
        if let Some(bar) = &self.bar {
            bar.set_length(self.briefs * self.companies.max(self.read) / self.read);
        }
    }

    /// A brief is done; its line is written while the bar is out of the way.
    pub(super) fn brief<T>(&self, write: impl FnOnce() -> T) -> T {
        let Some(bar) = &self.bar else { return write() };
        let written = bar.suspend(write);
        bar.inc(1);
        written
    }

    /// Takes the bar away.
    pub(super) fn end(&self) {
        if let Some(bar) = &self.bar {
            bar.finish_and_clear();
        }
    }
}
