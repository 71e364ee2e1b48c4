//! From what a target holds and what the site is now to what has to travel, in which order, and
//! what has to go. Knows nothing of how bytes get anywhere.

use std::collections::{BTreeMap, BTreeSet};

use super::record::{Files, Held, Record};
use super::site::Packing;
use crate::page::output::OutputPath;

/// How many addresses may go without being allowed to.
const MOST_LOST: usize = 256;
/// Of how many files one may go.
const ONE_LOST_OF: usize = 5;

/// When a file travels: what is shown by another one has to be there before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Step {
    /// What pages load: its name says what is in it.
    Assets,
    /// Pictures and other files.
    Files,
    /// Pages that were not there before: nothing leads to them yet.
    NewPages,
    /// Lists that were not there before.
    NewLists,
    /// Pages that changed: they may lead to new ones.
    Pages,
    /// Lists that changed, and what machines read.
    Lists,
}

impl Step {
    /// All steps in their order.
    pub const ALL: [Self; 6] =
        [Self::Assets, Self::Files, Self::NewPages, Self::NewLists, Self::Pages, Self::Lists];

    fn of(path: &str, is_new: bool) -> Self {
        let path = Packing::of(path).map_or(path, |(_, base)| base);
        let depth = path.matches('/').count();
        if is_asset(path) {
            return Self::Assets;
        }
        if !path.ends_with(".html") {
            let is_list = depth == 0 || path.starts_with("data/");
            return if is_list { Self::Lists } else { Self::Files };
        }
        match (depth > 1, is_new) {
            (true, true) => Self::NewPages,
            (true, false) => Self::Pages,
            (false, true) => Self::NewLists,
            (false, false) => Self::Lists,
        }
    }
}

/// Whether the name of a file says what is in it.
pub(super) fn is_asset(path: &str) -> bool {
    path.starts_with("assets/")
}

/// What was at the target before.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Before {
    /// What the last whole publish left.
    pub record: Record,
    /// What one that did not get to its end may have left otherwise.
    pub doubtful: BTreeSet<OutputPath>,
    /// What of it is known to have arrived.
    pub arrived: Files,
    /// Whether all that lies there may be written over, whoever put it there.
    pub is_all_ours: bool,
}

/// A file that has to travel.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Travel {
    /// What it is.
    pub held: Held,
    /// When.
    pub step: Step,
    /// Whether nothing of ours can be there.
    pub is_new: bool,
}

/// What publishing would do.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Plan {
    /// Files that were not there.
    pub added: Files,
    /// Files that are other ones now.
    pub changed: Files,
    /// Files that are there no more, but for named assets.
    pub deleted: Files,
    /// Pages that lead elsewhere now, with where.
    pub redirected: BTreeMap<OutputPath, String>,
    /// How many files stay as they are.
    pub same: usize,
    /// What travels.
    pub travels: BTreeMap<OutputPath, Travel>,
    /// What is removed at the end.
    pub removals: Vec<OutputPath>,
    /// What the target holds afterwards.
    pub after: Record,
    /// How many files there were.
    pub before: usize,
}

impl Plan {
    /// What has to be done so that a target holds `site`. `redirections` are the pages of the site
    /// that lead elsewhere.
    pub fn new(before: &Before, site: &Files, redirections: &BTreeMap<OutputPath, String>) -> Self {
        let old = &before.record.files;
        let mut plan = Self { before: old.len(), ..Self::default() };
        for (path, held) in site {
            let known = old.get(path);
            match known {
                None => drop(plan.added.insert(path.clone(), *held)),
                Some(known) if known.hash != held.hash => {
                    plan.changed.insert(path.clone(), *held);
                    if let Some(to) = redirections.get(path) {
                        plan.redirected.insert(path.clone(), to.clone());
                    }
                }
                Some(_) => plan.same += 1,
            }
            if before.holds(path, held) {
                continue;
            }
            let is_ours = before.is_all_ours
                || known.is_some()
                || before.record.kept.contains_key(path)
                || before.doubtful.contains(path);
            let step = Step::of(path.as_str(), known.is_none());
            plan.travels.insert(path.clone(), Travel { held: *held, step, is_new: !is_ours });
        }
        let gone = old.iter().filter(|(path, _)| !site.contains_key(*path));
        let (assets, deleted): (Files, Files) =
            gone.map(|(path, held)| (path.clone(), *held)).partition(|(path, _)| is_named(path));
        plan.deleted = deleted;
        let is_same_build = before.record.files == *site;
        let kept = if is_same_build { before.record.kept.clone() } else { assets };
        plan.after = Record { files: site.clone(), kept: before.with_doubtful_assets(kept, site) };
        plan.removals = before.owned().filter(|path| !plan.after.owns(path)).cloned().collect();
        plan.removals.sort();
        plan.removals.dedup();
        plan
    }

    /// Whether the target is as it should be.
    pub fn is_empty(&self) -> bool {
        self.travels.is_empty() && self.removals.is_empty() && self.deleted.is_empty()
    }

    /// How many bytes travel.
    pub fn bytes(&self) -> u64 {
        self.travels.values().map(|travel| travel.held.size).sum()
    }

    /// How many addresses would be gone, if that is more than can be meant by a usual edit.
    pub fn losses(&self, allowed: Option<usize>) -> Option<usize> {
        let lost = self.deleted.len();
        let is_much = lost > MOST_LOST || lost * ONE_LOST_OF > self.before;
        (is_much && allowed.is_none_or(|allowed| lost > allowed)).then_some(lost)
    }

    /// The files that travel to where nothing of ours can be.
    pub fn new_files(&self) -> Files {
        let new = self.travels.iter().filter(|(_, travel)| travel.is_new);
        new.map(|(path, travel)| (path.clone(), travel.held)).collect()
    }

    /// What is removed before anything travels: a file in the place of a folder, and the other way round;
    /// and what is removed at the end.
    pub fn removals_by_turn(&self) -> (Vec<OutputPath>, Vec<OutputPath>) {
        let travels: BTreeSet<&str> = self.travels.keys().map(OutputPath::as_str).collect();
        let folders: BTreeSet<&str> = self.travels.keys().flat_map(OutputPath::folders).collect();
        let is_replaced = |path: &OutputPath| {
            folders.contains(path.as_str()) || path.folders().any(|folder| travels.contains(folder))
        };
        self.removals.iter().cloned().partition(|path| is_replaced(path))
    }

    /// The paths that are touched: what is there of them is in doubt until all is done.
    pub fn touched(&self) -> impl Iterator<Item = &OutputPath> {
        self.travels.keys().chain(&self.removals)
    }
}

fn is_named(path: &OutputPath) -> bool {
    is_asset(path.as_str())
}

impl Before {
    /// Whether a file is there for certain.
    fn holds(&self, path: &OutputPath, held: &Held) -> bool {
        if self.doubtful.contains(path) {
            return self.arrived.get(path).is_some_and(|arrived| arrived.hash == held.hash);
        }
        let files = [&self.record.files, &self.record.kept];
        files.iter().any(|files| files.get(path).is_some_and(|known| known.hash == held.hash))
    }

    /// All that is ours there.
    pub(super) fn owned(&self) -> impl Iterator<Item = &OutputPath> {
        self.record.files.keys().chain(self.record.kept.keys()).chain(&self.doubtful)
    }

    /// Pages of a publish that did not get to its end may be open somewhere: their assets stay.
    fn with_doubtful_assets(&self, mut kept: Files, site: &Files) -> Files {
        let assets = self.doubtful.iter().filter(|path| is_named(path));
        for path in assets.filter(|path| !site.contains_key(*path)) {
            let unknown = Held { hash: crate::source::Fingerprint::default(), size: 0 };
            kept.entry(path.clone()).or_insert(unknown);
        }
        kept
    }
}

impl Record {
    pub(super) fn owns(&self, path: &OutputPath) -> bool {
        self.files.contains_key(path) || self.kept.contains_key(path)
    }
}
