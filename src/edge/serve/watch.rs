//! Says when the files of a project may have changed.

use std::collections::BTreeSet;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::time::{Duration, Instant, SystemTime};

use notify::{
    Config, ErrorKind, Event, RecommendedWatcher, RecursiveMode, Watcher, recommended_watcher,
};

use super::bell::{Bell, FOLDERS, Noticed, Watched, bell};

/// A burst of events is over when nothing came for so long,
const QUIET: Duration = Duration::from_millis(10);
/// and is cut off after so long.
const BURST: Duration = Duration::from_millis(100);
/// How often to see whether the folders are still the same ones: if the project is removed and made
/// again, the system tells nobody.
const LOOK: Duration = Duration::from_secs(1);
/// How often to look for a project that is not there.
const LOOK_FOR: Duration = Duration::from_millis(250);

/// How a watch pays attention.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Attention {
    /// The system tells of changes; where it cannot, it looks.
    Listens,
    /// It looks every second: shares of other machines tell of nothing.
    Looks,
}

/// How changes are noticed.
enum Watching {
    /// The system says so.
    Events { _watcher: RecommendedWatcher },
    /// The system does not: whoever waits looks every second.
    Polling,
    /// There is no project now.
    Nothing,
}

/// Which folder a path leads to: its device, its number, and when it was made, since numbers are
/// given again.
type Identity = Option<(u64, u64, Option<SystemTime>)>;

/// A watch over a project.
pub(super) struct Watch {
    watched: Watched,
    bells: Receiver<Bell>,
    ring: Sender<Bell>,
    watching: Watching,
    folders: Vec<Identity>,
    /// A bell that was heard and not waited for yet.
    heard: Option<Noticed>,
    looked: Instant,
    /// Whether the system is not asked to tell of changes.
    polls: bool,
    /// What a person should know about the watch and was not told yet.
    notice: Option<String>,
    /// What was told last, unless the system has told of changes since.
    told: Option<String>,
}

impl Watch {
    /// Watches the project at `root`, an absolute path.
    pub(super) fn over(root: &Path, attention: Attention) -> Self {
        let (ring, bells) = channel();
        let mut watch = Self {
            watched: Watched { root: root.to_owned(), linked: BTreeSet::new() },
            bells,
            ring,
            watching: Watching::Nothing,
            folders: Vec::new(),
            heard: None,
            looked: Instant::now(),
            polls: attention == Attention::Looks,
            notice: None,
            told: None,
        };
        watch.lay();
        watch
    }

    /// Whether something may have changed already, so that nobody would have to wait.
    pub(super) fn is_rung(&mut self) -> bool {
        if self.heard.is_none() {
            self.heard = self.bells.try_recv().ok().map(Noticed::of);
        }
        let looks = matches!(self.watching, Watching::Polling | Watching::Nothing);
        self.heard.is_some() || (looks && self.looked.elapsed() >= LOOK)
    }

    /// What a person should know about the watch, said once.
    pub(super) fn notice(&mut self) -> Option<String> {
        self.notice.take()
    }

    /// Watches what links lead to as well. Says whether that is something else than before, so that it
    /// may have changed since it was looked at.
    pub(super) fn attend_to(&mut self, linked: &BTreeSet<PathBuf>) -> bool {
        if self.watched.linked == *linked {
            return false;
        }
        self.watched.linked.clone_from(linked);
        if matches!(self.watching, Watching::Events { .. }) {
            self.lay();
        }
        true
    }

    /// Forgets the watch: something could not be read, so it is looked for until it can.
    pub(super) fn distrust(&mut self) {
        self.watching = Watching::Nothing;
        self.folders.clear();
    }

    /// Whether nothing is heard for a while.
    pub(super) fn is_quiet_for(&mut self, time: Duration) -> bool {
        if self.heard.is_none() {
            self.heard = self.bells.recv_timeout(time).ok().map(Noticed::of);
        }
        self.heard.is_none()
    }

    /// Waits until something may have changed. What happens afterwards rings again.
    pub(super) fn wait(&mut self) -> Noticed {
        loop {
            let patience = match self.watching {
                Watching::Nothing => LOOK_FOR,
                Watching::Events { .. } | Watching::Polling => LOOK,
            };
            let heard = match self.heard.take() {
                Some(noticed) => Ok(noticed),
                None => {
                    let patience = patience.saturating_sub(self.looked.elapsed());
                    self.bells.recv_timeout(patience).map(Noticed::of)
                }
            };
            let rung = match heard {
                Ok(first) => Some(self.until_quiet(first)),
                Err(RecvTimeoutError::Timeout) => None,
                Err(RecvTimeoutError::Disconnected) => {
                    unreachable!("the watch holds a sender itself")
                }
            };
            self.looked = Instant::now();
            let has_moved = self.folders != identities(&self.watched.root);
            let is_polling = matches!(self.watching, Watching::Polling);
            if has_moved || (rung == Some(Noticed::Anything) && !is_polling) {
                self.lay();
            }
            match rung {
                Some(noticed) if !has_moved && !is_polling => return noticed,
                None if !has_moved && !is_polling => {}
                _ => return Noticed::Anything,
            }
        }
    }

    /// Waits a little for what may follow at once.
    pub(super) fn wait_a_moment(&mut self) {
        if let Ok(bell) = self.bells.recv_timeout(BURST) {
            // A folder has to be laid a watch over, the next time that somebody waits.
            self.heard = Some(self.until_quiet(Noticed::of(bell)));
        }
    }

    /// Waits for the end of a burst of events.
    fn until_quiet(&self, first: Noticed) -> Noticed {
        let end = Instant::now() + BURST;
        let mut all = first;
        while let Some(left) = end.checked_duration_since(Instant::now())
            && let Ok(bell) = self.bells.recv_timeout(QUIET.min(left))
        {
            all = all.and(Noticed::of(bell));
        }
        all
    }

    /// Lays the watch anew. The new one is there before the old one goes, and before anybody looks.
    fn lay(&mut self) {
        self.folders = identities(&self.watched.root);
        if self.folders.first().is_none_or(Option::is_none) {
            self.watching = Watching::Nothing;
            return;
        }
        if self.polls {
            self.watching = Watching::Polling;
            return;
        }
        match watcher(&self.watched, self.ring.clone()) {
            Ok(watcher) => {
                self.watching = Watching::Events { _watcher: watcher };
                self.told = None;
            }
            Err(error) if matches!(error.kind, ErrorKind::PathNotFound) => self.distrust(),
            Err(error) => {
                self.watching = Watching::Polling;
                self.say(cannot_watch(&error));
            }
        }
    }

    /// Says something once: a watch that cannot be laid is tried again four times a second.
    fn say(&mut self, notice: String) {
        if self.told.as_ref() != Some(&notice) {
            self.told = Some(notice.clone());
            self.notice = Some(notice);
        }
    }
}

fn watcher(watched: &Watched, ring: Sender<Bell>) -> notify::Result<RecommendedWatcher> {
    let (Watched { root, linked }, own) = (watched, watched.clone());
    let mut watcher = recommended_watcher(move |result: notify::Result<Event>| {
        if let Some(bell) = bell(&own, &result) {
            // Nobody waits any more when the server ends.
            let _ = ring.send(bell);
        }
    })?;
    watcher.configure(Config::default().with_follow_symlinks(true))?;
    // Of a folder that is watched twice the system tells by the later path: those of links come first. A
    // place is watched from its folder, as it may be removed and made again.
    let around: BTreeSet<&Path> = linked.iter().filter_map(|place| place.parent()).collect();
    for folder in around {
        match watcher.watch(folder, RecursiveMode::NonRecursive) {
            Err(error) if folder.exists() => return Err(error),
            _ => {}
        }
    }
    watcher.watch(root, RecursiveMode::NonRecursive)?;
    for folder in FOLDERS.map(|folder| root.join(folder)) {
        match watcher.watch(&folder, RecursiveMode::Recursive) {
            Err(error) if folder.exists() => return Err(error),
            _ => {}
        }
    }
    Ok(watcher)
}

/// The folders of the project, by what they are.
fn identities(root: &Path) -> Vec<Identity> {
    let identity = |folder: PathBuf| {
        let metadata = std::fs::metadata(folder).ok()?;
        Some((metadata.dev(), metadata.ino(), metadata.created().ok()))
    };
    std::iter::once(root.to_owned())
        .chain(FOLDERS.map(|name| root.join(name)))
        .map(identity)
        .collect()
}

/// Says that the system does not tell of changes, and what to do about it.
fn cannot_watch(error: &notify::Error) -> String {
    let instead = "looking for changes every second instead";
    let limit = |setting: &str| format!("`sudo sysctl fs.inotify.{setting}` raises the limit");
    match &error.kind {
        ErrorKind::MaxFilesWatch => {
            let more = limit("max_user_watches=524288");
            format!("the system watches no more folders: {instead}; {more}")
        }
        // EMFILE: there is a limit for each user as well as for each process.
        ErrorKind::Io(cause) if cause.raw_os_error() == Some(24) => {
            let more = limit("max_user_instances=1024");
            format!("the system has no more watches for programs: {instead}; {more}")
        }
        _ => format!("changes cannot be watched ({error}): {instead}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_project_that_is_removed_and_made_again_is_noticed() {
        let folder = tempfile::tempdir().expect("a folder for temporary files");
        let root = folder.path().join("kb");
        std::fs::create_dir_all(root.join("content")).expect("folders");
        let mut watch = Watch::over(&root, Attention::Listens);
        std::fs::remove_dir_all(&root).expect("removed");
        while root.exists() || !matches!(watch.watching, Watching::Nothing) {
            watch.wait();
        }
        std::fs::create_dir_all(root.join("content")).expect("folders");
        while !matches!(watch.watching, Watching::Events { .. }) {
            watch.wait();
        }
        std::fs::write(root.join("content/a.md"), "x").expect("written");
        watch.wait();
    }

    #[test]
    fn a_watch_that_looks_needs_no_bell() {
        let folder = tempfile::tempdir().expect("a folder for temporary files");
        let mut watch = Watch::over(folder.path(), Attention::Looks);
        assert!(matches!(watch.watching, Watching::Polling));
        assert!(!watch.is_rung());
        watch.wait();
        while !watch.is_rung() {
            std::thread::yield_now();
        }
    }

    #[test]
    fn a_watch_that_cannot_be_laid_is_told_once_until_it_can() {
        let folder = tempfile::tempdir().expect("a folder for temporary files");
        let mut watch = Watch::over(folder.path(), Attention::Listens);
        for told in [Some("no".to_owned()), None] {
            watch.say("no".to_owned());
            assert_eq!(watch.notice(), told);
        }
        watch.lay();
        watch.say("no".to_owned());
        assert_eq!(watch.notice().as_deref(), Some("no"));
    }

    #[test]
    fn a_limit_that_is_reached_names_the_setting_that_raises_it() {
        let said = cannot_watch(&notify::Error::new(ErrorKind::MaxFilesWatch));
        assert!(said.contains("fs.inotify.max_user_watches="), "{said}");
        let said = cannot_watch(&notify::Error::io(std::io::Error::from_raw_os_error(24)));
        assert!(said.contains("fs.inotify.max_user_instances="), "{said}");
    }
}
