//! The server: one thread, an event loop over many connections. No connection can hold it up: heads have a limit and a
//! deadline, writing has a deadline, and where all places are taken the one that has said nothing longest must go.

use std::collections::BTreeMap;
use std::io::{self, ErrorKind, Read, Write};
use std::net::{Ipv4Addr, Shutdown, SocketAddr};
use std::panic::{self, AssertUnwindSafe};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use mio::net::{TcpListener, TcpStream};
use mio::{Events, Interest, Poll, Token, Waker};

use super::http::{self, Head, Request};
use super::reply::{Reply, Status};
use crate::clock::Watch;

/// The most connections at a time; a process commonly may have 1,024 files open.
const CONNECTIONS: usize = 1000;
/// How long a head may take, in milliseconds.
const READ_MS: u64 = 5_000;
/// How long a reader may take for a reply.
const WRITE_MS: u64 = 20_000;
/// How long a question for news stays open.
const WAIT_MS: u64 = 25_000;
/// How long we listen on when all is said, so that a reply is not lost to a client that still talks.
const DRAIN_MS: u64 = 1_000;
/// How much is listened to then, in bytes.
const DRAIN: usize = 256 * 1024;
/// How often deadlines are looked at.
const TICK: Duration = Duration::from_millis(250);

const LISTENER: Token = Token(0);
const NEWS: Token = Token(1);
/// The first token of a connection.
const FIRST: usize = 2;

/// What the server is there for.
pub trait Answers {
    /// The answer, or none as long as there is no news: it is asked again when there may be.
    fn answer(&self, request: &Request) -> Option<Reply>;
}

/// A server that listens and does not yet answer.
pub struct Server {
    poll: Poll,
    listener: TcpListener,
    waker: Arc<Waker>,
    port: u16,
}

impl Server {
    /// Listens on a port of this machine only; 0 takes any that is free.
    ///
    /// # Errors
    /// When the port is taken or not allowed.
    pub fn listen(port: u16) -> io::Result<Self> {
        let mut listener = TcpListener::bind(SocketAddr::from((Ipv4Addr::LOCALHOST, port)))?;
        let port = listener.local_addr()?.port();
        let poll = Poll::new()?;
        poll.registry().register(&mut listener, LISTENER, Interest::READABLE)?;
        let waker = Arc::new(Waker::new(poll.registry(), NEWS)?);
        Ok(Self { poll, listener, waker, port })
    }

    /// The port that it listens on.
    pub fn port(&self) -> u16 {
        self.port
    }

    /// What to wake it with when there is news.
    pub fn waker(&self) -> Arc<Waker> {
        Arc::clone(&self.waker)
    }

    /// Answers until told to stop.
    ///
    /// # Errors
    /// When the system no longer tells of events.
    pub fn run(mut self, answers: &dyn Answers, stop: &AtomicBool) -> io::Result<()> {
        let mut events = Events::with_capacity(256);
        let mut hall =
            Hall { answers, port: self.port, clock: Watch::start(), next: FIRST, connections: BTreeMap::new() };
        while !stop.load(Ordering::Relaxed) {
            let timeout = if hall.connections.is_empty() { None } else { Some(TICK) };
            match self.poll.poll(&mut events, timeout) {
                Err(error) if error.kind() != ErrorKind::Interrupted => return Err(error),
                _ => {}
            }
            for event in &events {
                match event.token() {
                    LISTENER => {}
                    NEWS => hall.news(),
                    Token(id) => hall.advance(id),
                }
            }
            // Also after a tick: a connection that could not be taken for want of files may be taken now.
            hall.accept(&self.listener, &self.poll);
            hall.expire();
        }
        Ok(())
    }
}

/// All connections.
struct Hall<'a> {
    answers: &'a dyn Answers,
    port: u16,
    clock: Watch,
    next: usize,
    /// By number, so that the first is the oldest.
    connections: BTreeMap<usize, Connection>,
}

struct Connection {
    stream: TcpStream,
    state: State,
    /// When it must be done with this state.
    until: u64,
}

enum State {
    /// The head so far.
    Reading(Vec<u8>),
    /// It asked for news.
    Waiting(Request),
    /// What is being said, and how much of it has been.
    Writing(Vec<u8>, Arc<[u8]>, usize),
    /// All is said; how much more was heard.
    Draining(usize),
}

/// What to do with a connection next.
enum Next {
    Stay,
    Go,
    Become(State, u64),
}

impl Hall<'_> {
    fn accept(&mut self, listener: &TcpListener, poll: &Poll) {
        loop {
            match listener.accept() {
                Ok((mut stream, _)) => {
                    if self.connections.len() >= CONNECTIONS && !self.make_room() {
                        continue;
                    }
                    let id = self.next;
                    self.next += 1;
                    let both = Interest::READABLE | Interest::WRITABLE;
                    if poll.registry().register(&mut stream, Token(id), both).is_ok() {
                        let _slower = stream.set_nodelay(true);
                        let until = self.clock.ms() + READ_MS;
                        self.connections.insert(id, Connection { stream, state: State::Reading(Vec::new()), until });
                        self.advance(id);
                    }
                }
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                Err(error) if error.kind() == ErrorKind::WouldBlock => return,
                // No more files may be opened, or the client is gone already.
                Err(_) if self.make_room() => {}
                Err(_) => return,
            }
        }
    }

    /// The oldest that has not yet asked for anything goes; where all have, nobody does.
    fn make_room(&mut self) -> bool {
        let silent = |state: &State| matches!(state, State::Reading(_) | State::Draining(_));
        let oldest = self.connections.iter().find(|(_, connection)| silent(&connection.state)).map(|(id, _)| *id);
        oldest.and_then(|id| self.connections.remove(&id)).is_some()
    }

    /// Asks again for all who wait.
    fn news(&mut self) {
        let waiting = |connection: &Connection| matches!(connection.state, State::Waiting(_));
        let ids: Vec<usize> = self.connections.iter().filter(|(_, c)| waiting(c)).map(|(id, _)| *id).collect();
        ids.into_iter().for_each(|id| self.advance(id));
    }

    fn expire(&mut self) {
        let now = self.clock.ms();
        let late: Vec<usize> = self.connections.iter().filter(|(_, c)| c.until <= now).map(|(id, _)| *id).collect();
        for id in late {
            match self.connections.get_mut(&id) {
                Some(connection) if matches!(connection.state, State::Waiting(_)) => {
                    connection.state = writing(&Reply::status(Status::Nothing));
                    connection.until = now + WRITE_MS;
                    self.advance(id);
                }
                _ => drop(self.connections.remove(&id)),
            }
        }
    }

    /// Goes on with a connection as far as it goes.
    fn advance(&mut self, id: usize) {
        let Some(connection) = self.connections.get_mut(&id) else { return };
        loop {
            match step(connection, self.answers, self.port) {
                Next::Stay => return,
                Next::Go => break,
                Next::Become(state, ms) => {
                    connection.state = state;
                    connection.until = self.clock.ms() + ms;
                }
            }
        }
        self.connections.remove(&id);
    }
}

fn step(connection: &mut Connection, answers: &dyn Answers, port: u16) -> Next {
    let stream = &mut connection.stream;
    match &mut connection.state {
        State::Reading(bytes) => reading(stream, bytes, answers, port),
        State::Waiting(request) => match (answered(answers, request), heard(stream, 0)) {
            (_, None) => Next::Go,
            (Some(reply), _) => Next::Become(writing(&reply), WRITE_MS),
            (None, _) => Next::Stay,
        },
        State::Writing(head, body, done) => written(stream, head, body, done),
        State::Draining(before) => match heard(stream, *before) {
            Some(so_far) if so_far <= DRAIN => {
                *before = so_far;
                Next::Stay
            }
            _ => Next::Go,
        },
    }
}

fn reading(stream: &mut TcpStream, bytes: &mut Vec<u8>, answers: &dyn Answers, port: u16) -> Next {
    let mut buffer = [0; 2048];
    loop {
        match stream.read(&mut buffer) {
            Ok(0) => return Next::Go,
            Ok(count) => bytes.extend(&buffer[..count]),
            Err(error) if error.kind() == ErrorKind::Interrupted => continue,
            Err(error) if error.kind() == ErrorKind::WouldBlock => return Next::Stay,
            Err(_) => return Next::Go,
        }
        match http::read(bytes, port) {
            Head::Part => {}
            Head::Refused(status) => return Next::Become(writing(&Reply::status(status)), WRITE_MS),
            Head::Whole(request) => {
                return match answered(answers, &request) {
                    Some(reply) => Next::Become(writing(&reply), WRITE_MS),
                    None => Next::Become(State::Waiting(request), WAIT_MS),
                };
            }
        }
    }
}

/// A fault of the program in one answer is one bad answer.
fn answered(answers: &dyn Answers, request: &Request) -> Option<Reply> {
    panic::catch_unwind(AssertUnwindSafe(|| answers.answer(request)))
        .unwrap_or_else(|_| Some(Reply::status(Status::Fault)))
}

fn writing(reply: &Reply) -> State {
    State::Writing(reply.head().into_bytes(), Arc::clone(&reply.body), 0)
}

fn written(stream: &mut TcpStream, head: &[u8], body: &[u8], done: &mut usize) -> Next {
    loop {
        let rest = head.get(*done..).filter(|rest| !rest.is_empty());
        let rest = rest.or_else(|| body.get(done.checked_sub(head.len())?..)).unwrap_or_default();
        if rest.is_empty() {
            let _gone = stream.shutdown(Shutdown::Write);
            return Next::Become(State::Draining(0), DRAIN_MS);
        }
        match stream.write(rest) {
            Ok(count) => *done += count,
            Err(error) if error.kind() == ErrorKind::Interrupted => {}
            Err(error) if error.kind() == ErrorKind::WouldBlock => return Next::Stay,
            Err(_) => return Next::Go,
        }
    }
}

/// Hears what a client still has to say, without minding it; none when it has gone.
fn heard(stream: &mut TcpStream, before: usize) -> Option<usize> {
    let mut so_far = before;
    let mut buffer = [0; 4096];
    loop {
        match stream.read(&mut buffer) {
            Ok(0) => return None,
            Ok(count) => so_far += count,
            Err(error) if error.kind() == ErrorKind::Interrupted => {}
            Err(error) if error.kind() == ErrorKind::WouldBlock => return Some(so_far),
            Err(_) => return None,
        }
        if so_far > DRAIN {
            return Some(so_far);
        }
    }
}
