//! Makes the pages that nobody asked for, one after the other, as long as nothing else is to be done:
//! so that each is at hand, and every mistake in a template is known.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::{Duration, Instant};

use super::current::Current;
use super::overlay::{Item, is_same};
use super::state::State;
use crate::page::output::OutputPath;
use crate::source::{Fingerprint, SourcePath};

/// What is known of a page that was made.
struct Known {
    /// What it looked like at a glance: while that stays, so does the key.
    glance: Option<Fingerprint>,
    key: Fingerprint,
}

/// The pages as they were made last, and those that are still to be made.
pub(super) struct Sweeper {
    known: BTreeMap<OutputPath, Known>,
    sweep: Option<Sweep>,
}

/// One way through all pages of an analysis.
struct Sweep {
    current: Arc<Current>,
    glances: Vec<Option<Fingerprint>>,
    next: usize,
    mistakes: Vec<Arc<Item>>,
    swept: Swept,
}

/// What became of the pages after a change.
#[derive(Debug, Default)]
pub struct Swept {
    /// The files that changed; none at the start.
    pub files: Vec<SourcePath>,
    /// Whether the server has just begun.
    pub is_first: bool,
    /// How long it took until open pages were made anew.
    pub shown_after: Duration,
    /// How long it took until all pages were.
    pub took: Duration,
    /// How many were rendered.
    pub rendered: usize,
    /// How many are as they were.
    pub kept: usize,
    /// How many cannot be rendered.
    pub failed: usize,
    /// How many were left for the next time, as something else changed.
    pub left: usize,
    since: Option<Instant>,
}

impl Swept {
    /// What is said at the end of a change that was noticed at `since`, and is shown now.
    pub(super) fn after(files: Vec<SourcePath>, since: Instant) -> Self {
        Self { files, since: Some(since), shown_after: since.elapsed(), ..Self::default() }
    }

    /// What is said after the start.
    pub(super) fn first(since: Instant) -> Self {
        Self { is_first: true, ..Self::after(Vec::new(), since) }
    }

    fn finished(mut self) -> Self {
        self.took = self.since.map_or(Duration::ZERO, |since| since.elapsed());
        self
    }
}

impl Sweeper {
    /// Nothing was made yet.
    pub(super) fn new() -> Self {
        Self { known: BTreeMap::new(), sweep: None }
    }

    /// Begins with the pages of an analysis.
    pub(super) fn begin(&mut self, current: Arc<Current>, swept: Swept) {
        let glances = current.workshop.glances().unwrap_or_default();
        let mistakes = current.mistakes();
        self.sweep = Some(Sweep { current, glances, next: 0, mistakes, swept });
    }

    /// Leaves the pages that are still to be made, and says how far it came.
    pub(super) fn leave(&mut self) -> Option<Swept> {
        let sweep = self.sweep.take()?;
        let left = sweep.current.paths[sweep.next..].iter().filter(|path| path.is_page()).count();
        Some(Swept { left, ..sweep.swept }.finished())
    }

    /// Goes on until all pages are made, or something else is to be done. Says what came of it when
    /// all are made.
    pub(super) fn go_on(
        &mut self,
        state: &State,
        mut is_wanted_elsewhere: impl FnMut() -> bool,
    ) -> Option<Swept> {
        let sweep = self.sweep.as_mut()?;
        while sweep.next < sweep.current.paths.len() {
            if is_wanted_elsewhere() {
                return None;
            }
            sweep.page(state, &mut self.known);
            sweep.next += 1;
        }
        let sweep = self.sweep.take()?;
        self.known.retain(|path, _| sweep.current.paths.binary_search(path).is_ok());
        sweep.current.are_all_made();
        if !is_same(&sweep.current.mistakes(), &sweep.mistakes) {
            // They are listed on every page.
            state.renew();
        }
        Some(sweep.swept.finished())
    }
}

impl Sweep {
    fn page(&mut self, state: &State, known: &mut BTreeMap<OutputPath, Known>) {
        let path = &self.current.paths[self.next];
        if !path.is_page() {
            return;
        }
        let glance = self.glances.get(self.next).copied().flatten();
        let before = known.get(path);
        if glance.is_some() && before.is_some_and(|before| before.glance == glance) {
            self.swept.kept += 1;
            return;
        }
        let key = before.map(|before| before.key);
        match state.prepare(&self.current, self.next, key) {
            None => self.swept.failed += 1,
            Some(now) => {
                let count =
                    if key == Some(now) { &mut self.swept.kept } else { &mut self.swept.rendered };
                *count += 1;
                known.insert(path.clone(), Known { glance, key: now });
            }
        }
    }
}
