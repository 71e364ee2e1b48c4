//! Does something with many items on some threads of its own: they wait for the network, and so
//! would block those that reckon.

use std::collections::BTreeMap;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use super::record::{Files, Held};
use super::trouble::Trouble;
use crate::page::output::OutputPath;

/// Does `act` with each item, on at most `threads` of them at once. After a failure nothing more is
/// begun; the first failure in the order of the items that were begun is given.
pub(in crate::edge) fn for_each<T: Sync>(
    threads: usize,
    items: &[T],
    act: impl Fn(&T) -> Result<(), Trouble> + Sync,
) -> Result<(), Trouble> {
    let (next, has_failed) = (AtomicUsize::new(0), AtomicBool::new(false));
    let failures: Mutex<Vec<(usize, Trouble)>> = Mutex::new(Vec::new());
    let work = || {
        while !has_failed.load(Ordering::Relaxed) {
            let index = next.fetch_add(1, Ordering::Relaxed);
            let Some(item) = items.get(index) else { break };
            if let Err(trouble) = act(item) {
                has_failed.store(true, Ordering::Relaxed);
                failures.lock().expect("pushing does not panic").push((index, trouble));
            }
        }
    };
    std::thread::scope(|scope| {
        for _ in 0..threads.min(items.len()) {
            scope.spawn(work);
        }
    });
    let failures = failures.into_inner().expect("pushing does not panic");
    match failures.into_iter().min_by_key(|(index, _)| *index) {
        Some((_, trouble)) => Err(trouble),
        None => Ok(()),
    }
}

/// Asks something about all of some files, and gives the answers there are.
pub(super) fn ask_each<T: Send>(
    threads: usize,
    files: &Files,
    ask: impl Fn(&OutputPath, &Held) -> Result<Option<T>, Trouble> + Sync,
) -> Result<BTreeMap<OutputPath, T>, Trouble> {
    let answers = Mutex::new(BTreeMap::new());
    let files: Vec<_> = files.iter().collect();
    for_each(threads, &files, |(path, held)| {
        if let Some(answer) = ask(path, held)? {
            answers.lock().expect("inserting does not panic").insert((*path).clone(), answer);
        }
        Ok(())
    })?;
    Ok(answers.into_inner().expect("inserting does not panic"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_is_done_or_the_first_failure_is_told() {
        let done = AtomicUsize::new(0);
        let count = |_: &usize| {
            done.fetch_add(1, Ordering::Relaxed);
            Ok(())
        };
        let items: Vec<usize> = (0..100).collect();
        assert_eq!(for_each(8, &items, count), Ok(()));
        assert_eq!(done.into_inner(), 100);
        let failing = |item: &usize| match item {
            7 => Err(Trouble::lasting("seven")),
            _ => Ok(()),
        };
        assert_eq!(for_each(8, &items, failing), Err(Trouble::lasting("seven")));
    }
}
