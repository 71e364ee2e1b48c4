//! Takes in what changed: a snapshot is compared with the last one, and analysed if it differs.

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, Instant};

use super::current::Current;
use super::overlay::Item;
use super::state::State;
use super::sweep::{Sweeper, Swept};
use super::watch::Watch;
use super::{Change, News, Tell};
use crate::diagnostic::print::Finding;
use crate::edge::disk::{SnapshotMemo, snapshot};
use crate::edge::machine::MachineError;
use crate::graph::Circumstances;
use crate::pipeline::{Input, Memo, analyze};
use crate::source::{Fingerprint, SourcePath, Sources};

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

/// Who has to know of changes.
pub(super) struct Keeper {
    /// What is served.
    pub(super) state: Arc<State>,
    /// Who is told the news.
    pub(super) tell: Tell,
    /// Whether a tab is led to the page that was edited.
    pub(super) follows: bool,
    /// When the server began.
    pub(super) since: Instant,
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
        wait_a_moment: impl FnOnce(),
    ) -> Result<Option<Arc<Current>>, MachineError> {
        let (mut sources, mut of_files) = snapshot(&self.root, &mut self.files)?;
        if before.is_some_and(|before| is_half_saved(&before.input.sources, &sources)) {
            wait_a_moment();
            (sources, of_files) = snapshot(&self.root, &mut self.files)?;
        }
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
        Current::new(&self.root, input, of_files, analysis).map(|current| Some(Arc::new(current)))
    }

    /// Takes in one change after the other, for ever, and makes pages in between.
    pub(super) fn keep_up(mut self, mut watch: Watch, keeper: &Keeper) -> ! {
        let Keeper { state, tell, since, .. } = keeper;
        let mut trouble = None;
        let mut sweeper = Sweeper::new();
        sweeper.begin(state.current(), Swept::first(*since));
        loop {
            if let Some(notice) = watch.notice() {
                tell(News::Notice(notice));
            }
            if let Some(swept) = sweeper.go_on(state, || watch.is_rung()) {
                keeper.tell_change(swept);
            }
            watch.wait();
            let start = Instant::now();
            let before = state.current();
            match self.rebuild(Some(&before), || watch.wait_a_moment()) {
                Ok(current) => {
                    if trouble.take().is_some() {
                        tell(News::Notice(format!("`{}` is there again", self.root.display())));
                    }
                    if let Some(current) = current {
                        if let Some(swept) = sweeper.leave() {
                            keeper.tell_change(swept);
                        }
                        let files = keeper.take_in(&before, &current);
                        sweeper.begin(current, Swept::after(files, start));
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

impl Keeper {
    /// Shows another analysis; says which files differ.
    fn take_in(&self, before: &Current, current: &Arc<Current>) -> Vec<SourcePath> {
        let files = differing(&before.input.sources, &current.input.sources);
        if self.follows
            && let Some(address) = files.iter().find_map(|file| edited(file, before, current))
        {
            self.state.tabs.lead_to(address);
        }
        self.state.show(Arc::clone(current));
        let new = new_findings(before, current);
        if !new.is_empty() {
            (self.tell)(News::Findings(new));
        }
        files
    }

    fn tell_change(&self, pages: Swept) {
        let findings = self.state.current().all_findings();
        (self.tell)(News::Changed(Change { pages, findings }));
    }
}

/// Where the record is shown that was edited in a file: the first that is not as it was.
fn edited(file: &SourcePath, before: &Current, current: &Current) -> Option<String> {
    let old = before.workshop.records_in(file)?;
    let new = current.workshop.records_in(file)?;
    let mut edited = new.into_iter().filter(|record| !old.contains(record));
    edited.find_map(|record| record.address)
}

/// What is wrong now and was not before. What only moved within its file is not new.
fn new_findings(before: &Current, current: &Current) -> Vec<Finding> {
    let said = |item: &Arc<Item>| {
        let Finding { diagnostic, main, .. } = &item.finding;
        (main.path.clone(), diagnostic.code.clone(), diagnostic.message.clone())
    };
    let known: BTreeSet<_> = before.findings.iter().map(said).collect();
    let new = current.findings.iter().filter(|item| !known.contains(&said(item)));
    new.map(|item| item.finding.clone()).collect()
}

/// Whether a file is empty or gone that was not so before: mostly it is just being written, and a
/// page full of mistakes for a blink of the eye helps nobody.
fn is_half_saved(before: &Sources, now: &Sources) -> bool {
    let empty = Fingerprint::of(b"");
    before.iter().any(|(path, file)| {
        file.fingerprint != empty && now.get(path).is_none_or(|now| now.fingerprint == empty)
    })
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
