//! The mistakes that making pages brought up: the same ones in the same order, however the
//! threads ran.

use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};

use crate::diagnostic::Diagnostic;

/// How many are reported: a broken base template breaks every page.
const MOST: usize = 20;

/// The first [`MOST`] different diagnostics, by the first page that has each of them.
#[derive(Default)]
pub(crate) struct Findings {
    any: AtomicBool,
    first: Mutex<Vec<(usize, Diagnostic)>>,
}

impl Findings {
    /// Adds what the page at `index` brought up.
    pub(crate) fn add(&self, index: usize, diagnostic: Diagnostic) {
        self.any.store(true, Ordering::Relaxed);
        let mut first = self.first.lock().expect("no thread panics while it adds");
        match first.iter_mut().find(|(_, known)| *known == diagnostic) {
            Some((earliest, _)) => *earliest = index.min(*earliest),
            None => first.push((index, diagnostic)),
        }
        first.sort_by_key(|(index, _)| *index);
        first.truncate(MOST);
    }

    /// Whether there is any, so that nothing needs to be written any more.
    pub(crate) fn is_any(&self) -> bool {
        self.any.load(Ordering::Relaxed)
    }

    /// Whether nothing that the page at `index` brings up can be among the first.
    pub(crate) fn is_past(&self, index: usize) -> bool {
        self.is_any() && {
            let first = self.first.lock().expect("no thread panics while it adds");
            first.len() == MOST && first.last().is_some_and(|(last, _)| *last < index)
        }
    }

    pub(crate) fn into_diagnostics(self) -> Vec<Diagnostic> {
        let first = self.first.into_inner().expect("no thread panics while it adds");
        first.into_iter().map(|(_, diagnostic)| diagnostic).collect()
    }
}
