//! What the events of the system mean for a project: they are the bell, and the snapshot says what
//! changed, if anything.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use notify::event::ModifyKind;
use notify::{Event, EventKind};

use crate::check::PROMISED;

/// How many files are a few.
const FEW: usize = 16;

/// The folders that are watched with all that is in them.
pub(super) const FOLDERS: [&str; 2] = ["content", "themes"];

/// What is watched.
#[derive(Debug, Clone)]
pub(super) struct Watched {
    /// The project's folder.
    pub(super) root: PathBuf,
    /// The places elsewhere in it that links lead to.
    pub(super) linked: BTreeSet<PathBuf>,
}

impl Watched {
    /// Whether a path is one that a snapshot looks at; the output and `.sinew` are none.
    fn has(&self, path: &Path) -> bool {
        if self.linked.iter().any(|place| path.starts_with(place)) {
            return true;
        }
        let Ok(below) = path.strip_prefix(&self.root) else { return false };
        let first = below.components().next().map(|first| first.as_os_str());
        let is_file = |first| first == "site.toml" || first == PROMISED;
        first.is_none_or(|first| is_file(first) || FOLDERS.iter().any(|folder| first == *folder))
    }
}

/// What rings.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Bell {
    /// Some files.
    Files(Vec<PathBuf>),
    /// A folder came, or events were lost: the watch has to be laid anew before anybody looks.
    Folder,
}

/// What may have changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Noticed {
    /// Some files.
    Files(BTreeSet<PathBuf>),
    /// Anything.
    Anything,
}

impl Noticed {
    /// What a bell may mean.
    pub(super) fn of(bell: Bell) -> Self {
        match bell {
            Bell::Files(paths) => Self::Files(paths.into_iter().collect()),
            Bell::Folder => Self::Anything,
        }
    }

    /// Both. More than a few files are anything: looking at each of them saves nothing.
    pub(super) fn and(self, other: Self) -> Self {
        match (self, other) {
            (Self::Files(mut all), Self::Files(more)) => {
                all.extend(more);
                if all.len() > FEW { Self::Anything } else { Self::Files(all) }
            }
            _ => Self::Anything,
        }
    }
}

/// What an event means, if anything. Reading files is an event as well, and means nothing.
pub(super) fn bell(watched: &Watched, result: &notify::Result<Event>) -> Option<Bell> {
    let Watched { root, .. } = watched;
    let Ok(event) = result else { return Some(Bell::Folder) };
    if event.need_rescan() {
        return Some(Bell::Folder);
    }
    if matches!(event.kind, EventKind::Access(_)) {
        return None;
    }
    let paths: Vec<&PathBuf> = event.paths.iter().filter(|path| watched.has(path)).collect();
    if paths.is_empty() {
        return None;
    }
    let comes = matches!(event.kind, EventKind::Create(_) | EventKind::Modify(ModifyKind::Name(_)));
    let goes = matches!(event.kind, EventKind::Remove(_) | EventKind::Modify(ModifyKind::Name(_)));
    // A folder that went, and with it the watch over it, may be there again already.
    let is_watched =
        |path: &Path| *root == path || FOLDERS.iter().any(|one| root.join(one) == path);
    let is_folder = paths.iter().any(|path| (comes && path.is_dir()) || (goes && is_watched(path)));
    Some(match is_folder {
        true => Bell::Folder,
        false => Bell::Files(paths.into_iter().cloned().collect()),
    })
}

#[cfg(test)]
mod tests {
    use notify::event::{AccessKind, CreateKind, DataChange, Flag};

    use super::*;

    fn event(kind: EventKind, path: &str) -> notify::Result<Event> {
        Ok(Event::new(kind).add_path(path.into()))
    }

    #[test]
    fn only_what_a_snapshot_looks_at_rings() {
        let linked = ["/kb/lib/a.md".into(), "/kb/more".into()].into();
        let root = &Watched { root: "/kb".into(), linked };
        let changed = EventKind::Modify(ModifyKind::Data(DataChange::Any));
        for source in [
            "/kb",
            "/kb/site.toml",
            "/kb/content/a/b.md",
            "/kb/themes",
            "/kb/lib/a.md",
            "/kb/more/b.md",
        ] {
            assert_eq!(bell(root, &event(changed, source)), Some(Bell::Files(vec![source.into()])));
        }
        for other in ["/kb/public/index.html", "/kb/.sinew/cache/x", "/kb/contents", "/kb/lib/b.md"]
        {
            assert_eq!(bell(root, &event(changed, other)), None, "{other}");
        }
        let read = EventKind::Access(AccessKind::Read);
        assert_eq!(bell(root, &event(read, "/kb/content/a.md")), None);
    }

    #[test]
    fn new_folders_and_lost_events_lay_the_watch_anew() {
        let folder = tempfile::tempdir().expect("a folder for temporary files");
        let inner = folder.path().join("content");
        std::fs::create_dir(&inner).expect("a folder");
        let watched = &Watched { root: folder.path().to_owned(), linked: BTreeSet::new() };
        let came = Event::new(EventKind::Create(CreateKind::Folder)).add_path(inner);
        assert_eq!(bell(watched, &Ok(came)), Some(Bell::Folder));
        let lost = Event::new(EventKind::Other).set_flag(Flag::Rescan);
        assert_eq!(bell(watched, &Ok(lost)), Some(Bell::Folder));
        assert_eq!(bell(watched, &Err(notify::Error::generic("x"))), Some(Bell::Folder));
    }

    #[test]
    fn a_few_files_are_named_and_many_are_anything() {
        let file = |n: usize| Noticed::of(Bell::Files(vec![format!("/kb/{n}").into()]));
        let few = file(1).and(file(2)).and(file(1));
        assert_eq!(few, Noticed::Files(["/kb/1".into(), "/kb/2".into()].into()));
        assert_eq!((0..=FEW).map(file).reduce(Noticed::and), Some(Noticed::Anything));
        assert_eq!(file(1).and(Noticed::of(Bell::Folder)), Noticed::Anything);
    }
}
