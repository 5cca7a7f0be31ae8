//! The live preview: a page on this machine shows the briefs as they are, follows every edit of templates, settings, profiles and
//! documents, and tells of each sentence which template line, and of each figure which document line, is behind it. It writes
//! nothing.
//!
//! ```text
//! files ─▶ watch ─▶ project ─▶ maker ─▶ board ─▶ routes ─▶ server ─▶ browser
//!                              (one thread)        (one thread)
//! ```

mod board;
mod digest;
pub mod http;
mod lineage;
mod locate;
mod made;
mod maker;
mod project;
mod reply;
mod routes;
mod server;

use std::hash::{BuildHasher, Hasher, RandomState};
use std::io;
use std::sync::atomic::{AtomicBool, AtomicU64};
use std::thread;

use crate::model::Quarter;
use board::{Board, Track, View};
use maker::Maker;
use routes::Routes;
use server::Server;

pub use project::{Loaded, Project, Read, Reread, Setup};
pub use reply::Status;

/// typst nests deeply in long tables.
const STACK: usize = 16 * 1024 * 1024;

/// A preview that listens and does not yet answer.
pub struct Preview {
    server: Server,
    project: Project,
    start: View,
}

impl Preview {
    /// Listens on a port of this machine, any free one for 0, to show this quarter of this company first.
    ///
    /// # Errors
    /// When the port is taken or not allowed.
    pub fn listen(project: Project, company: &str, quarter: Quarter, port: u16) -> io::Result<Self> {
        let server = Server::listen(port)?;
        let look = project.look();
        let language = look.languages.first().copied().unwrap_or_default();
        let track = Track { company: company.to_owned(), language, length: look.length };
        Ok(Self { server, project, start: View { track, quarter } })
    }

    /// The address of the page.
    pub fn address(&self) -> String {
        format!("http://127.0.0.1:{}/", self.server.port())
    }

    /// Serves until told to stop.
    ///
    /// # Errors
    /// When the system grants no thread or no longer tells of events.
    pub fn run(self, stop: &'static AtomicBool) -> io::Result<()> {
        let Self { server, project, start } = self;
        let board = Board::new(server.waker(), stop);
        board.want(&start);
        let routes = Routes { board: &board, start, secret: secret(), pages: AtomicU64::new(0) };
        thread::scope(|scope| {
            let maker = Maker::new(&board, project);
            thread::Builder::new()
                .name("preview".to_owned())
                .stack_size(STACK)
                .spawn_scoped(scope, move || maker.run())?;
            let served = server.run(&routes, stop);
            stop.store(true, std::sync::atomic::Ordering::Relaxed);
            served
        })
    }
}

/// Bytes that no other page can guess: the keys of the standard library's hash tables come from the system's own randomness.
fn secret() -> [u8; 32] {
    let mut secret = [0; 32];
    for (index, part) in secret.chunks_exact_mut(8).enumerate() {
        let mut hasher = RandomState::new().build_hasher();
        hasher.write_usize(index);
        part.copy_from_slice(&hasher.finish().to_le_bytes());
    }
    secret
}
