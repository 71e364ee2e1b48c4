//! Takes in what changed: a snapshot is compared with the last one, and analysed if it differs.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, Instant};

use super::current::Current;
use super::state::State;
use super::watch::Watch;
use super::{Change, News, Tell};
use crate::edge::disk::{SnapshotMemo, snapshot};
use crate::edge::machine::MachineError;
use crate::graph::Circumstances;
use crate::pipeline::{Input, Memo, analyze};
use crate::source::{SourcePath, Sources};

/// How long to wait before something is read again that could not be read.
const PAUSE: Duration = Duration::from_millis(250);

/// What is known of a project from one analysis to the next.
///
/// It begins with nothing: what is remembered on disk lacks the texts, and a text that changes
/// before its page is asked for could not be read as it was.
pub(super) struct Rebuilder {
    root: PathBuf,
    circumstances: Box<dyn Fn() -> Circumstances + Send>,
    files: SnapshotMemo,
    memo: Memo,
}

impl Rebuilder {
    /// A rebuilder of the project at `root`.
    pub(super) fn new(root: PathBuf, circumstances: Box<dyn Fn() -> Circumstances + Send>) -> Self {
        Self { root, circumstances, files: SnapshotMemo::default(), memo: Memo::default() }
    }

    /// The analysis of the project as it is now, unless it is as it was `before`.
    pub(super) fn rebuild(
        &mut self,
        before: Option<&Current>,
    ) -> Result<Option<Current>, MachineError> {
        let (sources, of_files) = snapshot(&self.root, &mut self.files)?;
        let circumstances = (self.circumstances)();
        let is_same = before.is_some_and(|before| {
            before.of_files == of_files
                && before.input.circumstances == circumstances
                && differing(&before.input.sources, &sources).is_empty()
        });
        if is_same {
            return Ok(None);
        }
        let input = Input { sources, circumstances };
        let analysis = analyze(&input, &mut self.memo);
        Current::new(input, of_files, analysis).map(Some)
    }

    /// Takes in one change after the other, for ever.
    pub(super) fn keep_up(mut self, mut watch: Watch, state: &Arc<State>, tell: &Tell) -> ! {
        let mut trouble = None;
        loop {
            if let Some(notice) = watch.notice() {
                tell(News::Notice(notice));
            }
            watch.wait();
            let start = Instant::now();
            let before = state.current();
            match self.rebuild(Some(&before)) {
                Ok(current) => {
                    if trouble.take().is_some() {
                        tell(News::Notice(format!("`{}` is there again", self.root.display())));
                    }
                    if let Some(current) = current {
                        tell(News::Changed(take_in(state, &before, current, start)));
                    }
                }
                Err(error) => {
                    if trouble.as_ref() != Some(&error) {
                        tell(News::Notice(format!("{}; waiting until it can be", error.message)));
                        trouble = Some(error);
                    }
                    watch.distrust();
                    std::thread::sleep(PAUSE);
                }
            }
        }
    }
}

fn take_in(state: &State, before: &Current, current: Current, start: Instant) -> Change {
    let files = differing(&before.input.sources, &current.input.sources);
    let findings = current.findings.clone();
    let (pages_made, pages_open) = state.show(current);
    Change { files, pages_made, pages_open, took: start.elapsed(), findings }
}

/// The files that are in one of two snapshots only, or differ between them; sorted.
fn differing(one: &Sources, other: &Sources) -> Vec<SourcePath> {
    let fingerprint =
        |sources: &Sources, path: &SourcePath| sources.get(path).map(|file| file.fingerprint);
    let changed = other.paths().filter(|path| fingerprint(one, path) != fingerprint(other, path));
    let gone = one.paths().filter(|path| other.get(path).is_none());
    let mut all: Vec<SourcePath> = changed.chain(gone).cloned().collect();
    all.sort();
    all
}
