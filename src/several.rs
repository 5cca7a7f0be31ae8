//! Things done one after the other, or by several threads at a time; what they give stands in order all the same.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::{iter, panic, thread};

/// How many threads the machine runs at a time.
pub fn cores() -> usize {
    thread::available_parallelism().map_or(1, std::num::NonZeroUsize::get)
}

/// What `make` gives of each item, in the order of the items. A system that grants fewer threads only makes it slower.
pub fn map<T: Sync, R: Send>(items: &[T], threads: usize, make: impl Fn(&T) -> R + Sync) -> Vec<R> {
    let next = AtomicUsize::new(0);
    let take = || {
        let index = next.fetch_add(1, Ordering::Relaxed);
        items.get(index).map(|item| (index, make(item)))
    };
    let mut made: Vec<(usize, R)> = thread::scope(|scope| {
        let work = || iter::from_fn(take).collect::<Vec<_>>();
        let others = (1..threads.min(items.len())).map_while(|_| thread::Builder::new().spawn_scoped(scope, work).ok());
        let others: Vec<_> = others.collect();
        let mut made = work();
        for other in others {
            made.extend(other.join().unwrap_or_else(|fault| panic::resume_unwind(fault)));
        }
        made
    });
    made.sort_by_key(|&(index, _)| index);
    made.into_iter().map(|(_, result)| result).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn results_stand_in_the_order_of_the_items_with_any_number_of_threads() {
        let items: Vec<usize> = (0..100).collect();
        let expected: Vec<usize> = (0..100).map(|item| item * item).collect();
        for threads in [0, 1, 2, 7, 200] {
            assert_eq!(map(&items, threads, |item| item * item), expected, "{threads} threads");
        }
        assert!(map(&[], 3, |item: &usize| *item).is_empty());
    }

    #[test]
    fn a_fault_on_any_thread_is_not_lost() {
        let fault = panic::catch_unwind(|| map(&[1, 2, 3, 4], 2, |item| assert!(*item < 4, "four")));
        assert!(fault.is_err());
    }
}
