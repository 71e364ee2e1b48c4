//! Takes in what changed: a snapshot is compared with the last one, and analysed if it differs.

use std::cmp::Ordering;
use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, Instant};

use super::bell::Noticed;
use super::current::Current;
use super::overlay::Item;
use super::state::State;
use super::sweep::{Sweeper, Swept};
use super::watch::Watch;
use super::{Change, News, Tell};
use crate::diagnostic::Diagnostic;
use crate::diagnostic::print::Finding;
use crate::edge::disk::{SnapshotMemo, glimpse, snapshot};
use crate::edge::machine::MachineError;
use crate::graph::Circumstances;
use crate::pipeline::{Input, Memo, analyze};
use crate::source::{Fingerprint, SourceFile, SourcePath, Sources};

/// How long to wait before something is read again that could not be read.
const PAUSE: Duration = Duration::from_millis(250);

/// How long nothing has to happen before all files are looked at again.
const REST: Duration = Duration::from_millis(300);

/// What is known of a project from one analysis to the next.
///
/// It begins with nothing: what is remembered on disk lacks the texts, and a text that changes
/// before its page is asked for could not be read as it was.
pub(super) struct Rebuilder {
    root: PathBuf,
    circumstances: Box<dyn Fn() -> Circumstances + Send>,
    files: SnapshotMemo,
    memo: Memo,
    /// Whether only a few files were looked at the last time.
    owes_a_look: bool,
}

/// A new analysis, and the files in which it differs from the one before.
type Rebuilt = (Arc<Current>, Vec<SourcePath>);

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
        let (files, memo) = (SnapshotMemo::default(), Memo::default());
        Self { root, circumstances, files, memo, owes_a_look: false }
    }

    /// The analysis of the project as it is now.
    pub(super) fn begin(&mut self) -> Result<Arc<Current>, MachineError> {
        let (sources, of_files) = snapshot(&self.root, &mut self.files)?;
        self.analyze(sources, of_files)
    }

    /// The analysis of the project as it is now with the files that changed, unless nothing did.
    fn rebuild(
        &mut self,
        before: &Current,
        noticed: &Noticed,
        wait_a_moment: impl FnOnce(),
    ) -> Result<Option<Rebuilt>, MachineError> {
        let (mut sources, mut of_files) = self.look(before, noticed)?;
        let mut files = differing(&before.input.sources, &sources);
        if is_half_saved(&files, &sources) {
            wait_a_moment();
            (sources, of_files) = self.look(before, &Noticed::Anything)?;
            files = differing(&before.input.sources, &sources);
        }
        let is_same = files.is_empty()
            && before.input.sources.lost().is_empty()
            && before.of_files == of_files
            && before.input.circumstances == (self.circumstances)();
        if is_same {
            return Ok(None);
        }
        self.analyze(sources, of_files).map(|current| Some((current, files)))
    }

    /// A look at all files; or, where only a few are said to have changed, at those, and at all of
    /// them once there is time.
    fn look(
        &mut self,
        before: &Current,
        noticed: &Noticed,
    ) -> Result<(Sources, Vec<Diagnostic>), MachineError> {
        if let Noticed::Files(changed) = noticed
            && let Some(sources) =
                glimpse(&self.root, &mut self.files, &before.input.sources, changed)
        {
            self.owes_a_look = true;
            return Ok((sources, before.of_files.clone()));
        }
        self.owes_a_look = false;
        snapshot(&self.root, &mut self.files)
    }

    fn analyze(
        &mut self,
        sources: Sources,
        of_files: Vec<Diagnostic>,
    ) -> Result<Arc<Current>, MachineError> {
        let input = Input { sources, circumstances: (self.circumstances)() };
        let analysis = analyze(&input, &mut self.memo);
        self.owes_a_look |= !input.sources.lost().is_empty();
        Current::new(&self.root, input, of_files, analysis).map(Arc::new)
    }

    /// Takes in one change after the other, for ever, and makes pages in between.
    pub(super) fn keep_up(mut self, mut watch: Watch, keeper: &Keeper) -> ! {
        let Keeper { state, tell, since, .. } = keeper;
        let mut trouble = None;
        let mut sweeper = Sweeper::new();
        sweeper.begin(state.current(), Swept::first(*since));
        loop {
            self.owes_a_look |= watch.attend_to(self.files.linked());
            if let Some(notice) = watch.notice() {
                tell(News::Notice(notice));
            }
            if let Some(swept) = sweeper.go_on(state, || watch.is_rung()) {
                keeper.tell_change(swept);
            }
            let noticed = match self.owes_a_look && watch.is_quiet_for(REST) {
                true => Noticed::Anything,
                false => watch.wait(),
            };
            let start = Instant::now();
            let before = state.current();
            match self.rebuild(&before, &noticed, || watch.wait_a_moment()) {
                Ok(rebuilt) => {
                    if trouble.take().is_some() {
                        tell(News::Notice(format!("`{}` is there again", self.root.display())));
                    }
                    if let Some((current, files)) = rebuilt {
                        if let Some(swept) = sweeper.leave() {
                            keeper.tell_change(swept);
                        }
                        keeper.take_in(&before, &current, &files);
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
    /// Shows another analysis, in which these files differ.
    fn take_in(&self, before: &Current, current: &Arc<Current>, files: &[SourcePath]) {
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

/// Whether one of the files that differ is empty or gone: mostly it is just being written, and a
/// page full of mistakes for a blink of the eye helps nobody.
fn is_half_saved(files: &[SourcePath], now: &Sources) -> bool {
    let empty = Fingerprint::of(b"");
    let is_half = |path| now.get(path).is_none_or(|now| now.fingerprint == empty);
    files.iter().any(is_half)
}

/// The files that are in one of two snapshots only, or differ between them; sorted.
fn differing(one: &Sources, other: &Sources) -> Vec<SourcePath> {
    let (mut ones, mut others) = (one.iter().peekable(), other.iter().peekable());
    let mut differing = Vec::new();
    loop {
        let order = match (ones.peek(), others.peek()) {
            (None, None) => return differing,
            (Some(_), None) => Ordering::Less,
            (None, Some(_)) => Ordering::Greater,
            (Some((one, _)), Some((other, _))) => one.cmp(other),
        };
        let old = if order.is_le() { ones.next() } else { None };
        let new = if order.is_ge() { others.next() } else { None };
        let print =
            |file: Option<(&SourcePath, &SourceFile)>| file.map(|(_, file)| file.fingerprint);
        if print(old) != print(new) {
            differing.extend(old.or(new).map(|(path, _)| path.clone()));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sources(files: &[(&str, &str)]) -> Sources {
        let mut sources = Sources::default();
        for (path, text) in files {
            sources.insert(SourcePath::new(path), text.as_bytes());
        }
        sources
    }

    #[test]
    fn files_that_came_went_or_changed_differ() {
        let one = sources(&[("a", "1"), ("b", "1"), ("d", "1"), ("e", "1")]);
        let other = sources(&[("b", "2"), ("c", "1"), ("d", "1"), ("f", "1")]);
        let paths = |files: &[&str]| files.iter().map(SourcePath::new).collect::<Vec<_>>();
        assert_eq!(differing(&one, &other), paths(&["a", "b", "c", "e", "f"]));
        assert_eq!(differing(&one, &one), []);
    }

    #[test]
    fn what_is_empty_or_gone_may_be_half_saved() {
        let now = sources(&[("a", ""), ("b", "x")]);
        assert!(is_half_saved(&["b".into(), "a".into()], &now));
        assert!(is_half_saved(&["gone".into()], &now));
        assert!(!is_half_saved(&["b".into()], &now) && !is_half_saved(&[], &now));
    }
}
