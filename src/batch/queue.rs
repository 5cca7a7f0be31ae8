//! The queue: workers read companies one by one and make their briefs; what they say is told in order. A worker takes a waiting
//! brief before it reads another company, so that no more companies are in memory than there are workers.

use std::collections::{BTreeMap, VecDeque};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{self, Sender};
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;

/// typst nests deeply in long tables.
const STACK: usize = 16 * 1024 * 1024;

/// What is told, company by company: first what reading it gave, then each of its briefs.
pub enum Event<R, D> {
    /// A company was read.
    Read(R),
    /// One of its briefs is done.
    Done(D),
}

/// What was not begun when a run was stopped.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Left {
    /// Companies not read.
    pub companies: usize,
    /// Briefs of companies that were read.
    pub briefs: usize,
}

/// What is to be done: how a company is read into tasks, and how a task is done.
pub struct Work<Read, Make> {
    /// The number of companies.
    pub companies: usize,
    /// Gives what is to be told of a company, and its tasks.
    pub read: Read,
    /// Does a task.
    pub make: Make,
}

/// The place of an event: company, then 0 for the company itself and 1, 2 … for its briefs.
type Place = (usize, usize);

struct State<T> {
    next: usize,
    reading: usize,
    ready: VecDeque<(Place, T)>,
}

enum Step<T> {
    Read(usize),
    Make(Place, T),
}

struct Queue<'a, T> {
    state: Mutex<State<T>>,
    changed: Condvar,
    companies: usize,
    stop: &'a AtomicBool,
}

/// An event on its way, with the number of briefs that follow a company.
type Message<R, D> = (Place, usize, Event<R, D>);

/// Does the work on threads of its own, until `stop` is set: then what is in hand is finished and no more.
pub fn run<T: Send, R: Send, D: Send>(
    work: &Work<impl Fn(usize) -> (R, Vec<T>) + Sync, impl Fn(T) -> D + Sync>,
    workers: usize,
    stop: &AtomicBool,
    told: &mut dyn FnMut(Event<R, D>),
) -> Left {
    let state = State { next: 0, reading: 0, ready: VecDeque::new() };
    let queue = Queue { state: Mutex::new(state), changed: Condvar::new(), companies: work.companies, stop };
    thread::scope(|scope| {
        let (sender, messages) = mpsc::channel::<Message<R, D>>();
        for number in 0..workers.max(1) {
            let (queue, sender) = (&queue, sender.clone());
            let worker = thread::Builder::new().name(format!("brief-{number}")).stack_size(STACK);
            let started = worker.spawn_scoped(scope, move || serve(queue, work, &sender));
            // One worker is enough to do all the work; a system that grants fewer threads only makes it slower.
            if started.is_err() && number > 0 {
                break;
            }
        }
        drop(sender);
        in_order(messages, told);
    });
    let state = queue.state.into_inner().unwrap_or_else(PoisonError::into_inner);
    Left { companies: work.companies - state.next, briefs: state.ready.len() }
}

fn serve<T, R, D>(
    queue: &Queue<'_, T>,
    work: &Work<impl Fn(usize) -> (R, Vec<T>), impl Fn(T) -> D>,
    sender: &Sender<Message<R, D>>,
) {
    // typst's own parallel loops stay on this thread: as many threads work as were asked for.
    let _pool = rayon::ThreadPoolBuilder::new().num_threads(1).use_current_thread().build();
    while let Some(step) = queue.step() {
        let message = match step {
            Step::Read(company) => {
                let (read, tasks) = (work.read)(company);
                let count = tasks.len();
                queue.push(company, tasks);
                ((company, 0), count, Event::Read(read))
            }
            Step::Make(place, task) => (place, 0, Event::Done((work.make)(task))),
        };
        // Nobody listens any more only when the run itself has failed.
        if sender.send(message).is_err() {
            return;
        }
    }
}

impl<T> Queue<'_, T> {
    fn lock(&self) -> MutexGuard<'_, State<T>> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// What to do next; none when all is done or the run is stopped.
    fn step(&self) -> Option<Step<T>> {
        let mut state = self.lock();
        loop {
            if self.stop.load(Ordering::Relaxed) {
                return None;
            }
            if let Some((place, task)) = state.ready.pop_front() {
                return Some(Step::Make(place, task));
            }
            if state.next < self.companies {
                state.next += 1;
                state.reading += 1;
                return Some(Step::Read(state.next - 1));
            }
            if state.reading == 0 {
                return None;
            }
            state = self.changed.wait(state).unwrap_or_else(PoisonError::into_inner);
        }
    }

    fn push(&self, company: usize, tasks: Vec<T>) {
        let mut state = self.lock();
        state.reading -= 1;
        state.ready.extend(tasks.into_iter().enumerate().map(|(index, task)| ((company, index + 1), task)));
        self.changed.notify_all();
    }
}

/// Tells events in the order of their places. After a stop some never come: the others are told all the same.
fn in_order<R, D>(messages: mpsc::Receiver<Message<R, D>>, told: &mut dyn FnMut(Event<R, D>)) {
    let mut early: BTreeMap<Place, (usize, Event<R, D>)> = BTreeMap::new();
    let mut next: Place = (0, 0);
    let mut briefs = 0;
    for (place, count, event) in messages {
        early.insert(place, (count, event));
        while let Some((count, event)) = early.remove(&next) {
            if next.1 == 0 {
                briefs = count;
            }
            told(event);
            next = if next.1 == briefs { (next.0 + 1, 0) } else { (next.0, next.1 + 1) };
        }
    }
    early.into_values().for_each(|(_, event)| told(event));
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;

    /// Companies with these numbers of briefs; what was told, `0` for the first company, `0.1` for its first brief.
    fn check(briefs: &[usize], workers: usize, expected: &str) {
        let work = Work {
            companies: briefs.len(),
            read: |company: usize| {
                (company.to_string(), (1..=briefs[company]).map(|n| (company, n)).collect::<Vec<_>>())
            },
            make: |(company, number): (usize, usize)| {
                // Later ones are done first.
                thread::sleep(Duration::from_millis(4_u64.saturating_sub(number as u64)));
                format!("{company}.{number}")
            },
        };
        let mut told = Vec::new();
        let left = run(&work, workers, &AtomicBool::new(false), &mut |event| match event {
            Event::Read(text) | Event::Done(text) => told.push(text),
        });
        assert_eq!((told.join(" ").as_str(), left), (expected, Left::default()));
    }

    #[test]
    fn everything_is_told_once_and_in_order() {
        for workers in [1, 2, 7] {
            check(&[3, 0, 2, 1], workers, "0 0.1 0.2 0.3 1 2 2.1 2.2 3 3.1");
            check(&[], workers, "");
        }
    }

    #[test]
    fn a_stopped_run_finishes_what_is_in_hand_and_counts_the_rest() {
        let stop = AtomicBool::new(false);
        let work = Work {
            companies: 3,
            read: |company: usize| (company, vec![1, 2, 3]),
            make: |number: usize| {
                stop.store(number == 2, Ordering::Relaxed);
                number
            },
        };
        let mut told = 0;
        let left = run(&work, 1, &stop, &mut |_| told += 1);
        assert_eq!((told, left), (3, Left { companies: 2, briefs: 1 }));
    }
}
