//! The site before the last one, in `.sinew/spare`: the next one is made out of it, as most of what that
//! needs stands there already.
//!
//! Nothing is believed of it. What stays in it is the very file of the output, by its inode; all else goes.
//! It takes the name of a staging folder before anything in it is touched, so what a kill leaves is one
//! of those that the next build sweeps away.

use std::fs;
use std::io;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};

use rayon::prelude::*;
use rustc_hash::FxHashSet;
use rustix::fs::Stat;

use crate::page::output::OutputPath;

use super::making::{Inode, Settled};
use super::manifest::{folders_of, position};
use super::memo::Stamp;
use super::opened::{Entry, Opened};
use super::remove::remove_any;
use super::stage::{make_folder, make_like};

/// Where the spare of a project is kept.
#[derive(Debug, Clone, Default)]
pub(crate) struct Spare {
    /// `None` where there is no place for one.
    place: Option<PathBuf>,
}

impl Spare {
    /// The place of a project's spare, whichever of its outputs that was.
    pub(crate) fn of(project_root: &Path, output: &Path) -> Self {
        let kept = fs::canonicalize(project_root.join(".sinew"));
        let place = kept.ok().map(|kept| kept.join("spare"));
        let is_apart = |place: &PathBuf| !place.starts_with(output) && !output.starts_with(place);
        Self { place: place.filter(is_apart) }
    }

    /// Moves the spare to another place on its disk, where it is the caller's; false if there is none, or
    /// it is on another disk.
    pub(crate) fn take(&self, to: &Path) -> bool {
        let is_moved = |place: &PathBuf| fs::rename(place, to).is_ok();
        if !self.place.as_ref().is_some_and(is_moved) {
            return false;
        }
        let is_folder = fs::symlink_metadata(to).is_ok_and(|found| found.is_dir());
        if !is_folder {
            // Nothing may be done through a link.
            let _ = fs::remove_file(to);
        }
        is_folder
    }

    /// Keeps a site that was swapped out; false if it stays where it is.
    pub(crate) fn keep(&self, old: &Path) -> bool {
        // What is there, if anything, is another build's, which was swapped out since.
        self.place.as_ref().is_some_and(|place| fs::rename(old, place).is_ok())
    }

    /// Removes the spare; what stays behind of it does no harm.
    pub(crate) fn discard(&self) {
        if let Some(place) = &self.place {
            let _ = remove_any(place);
        }
    }
}

/// Removes from a folder all but the files of the output that the next site keeps. Says for each path of that
/// site whether it stands there.
pub(crate) fn trim(
    folder: &Path,
    output: &Path,
    paths: &[OutputPath],
    settled: &[Settled],
) -> io::Result<Vec<bool>> {
    make_like(folder, output).map_err(io::Error::other)?;
    let trimming = Trimming {
        root: folder,
        paths,
        settled,
        folders: folders_of(paths),
        rights: rights_of_new(&folder.join(".sinew-new"))?,
        standing: paths.iter().map(|_| AtomicBool::new(false)).collect(),
    };
    trimming.visit(&Opened::at(folder)?, "")?;
    Ok(trimming.standing.into_iter().map(AtomicBool::into_inner).collect())
}

struct Trimming<'a> {
    root: &'a Path,
    paths: &'a [OutputPath],
    settled: &'a [Settled],
    /// The folders of the next site.
    folders: FxHashSet<&'a str>,
    rights: Rights,
    standing: Vec<AtomicBool>,
}

impl Trimming<'_> {
    fn visit(&self, folder: &Opened, below: &str) -> io::Result<()> {
        folder.entries()?.par_iter().try_for_each(|entry| {
            let path = entry.name.to_str().map(|name| match below {
                "" => name.to_owned(),
                below => format!("{below}/{name}"),
            });
            match path {
                Some(path) if entry.is_folder => self.folder(folder, entry, &path),
                Some(path) => self.file(folder, entry, &path),
                None => remove_any(&self.root.join(below).join(&entry.name)),
            }
        })
    }

    fn folder(&self, above: &Opened, entry: &Entry, path: &str) -> io::Result<()> {
        if self.folders.contains(path) {
            let folder = above.inside(&entry.name)?;
            if Rights::of(&folder.look_at_itself()?) == self.rights {
                return self.visit(&folder, path);
            }
        }
        remove_any(&self.root.join(path))
    }

    fn file(&self, folder: &Opened, entry: &Entry, path: &str) -> io::Result<()> {
        let Some(index) = position(self.paths, path) else { return folder.remove(&entry.name) };
        let Settled { kept, known } = self.settled[index];
        let found = folder.look(&entry.name)?;
        // Not every file system keeps its word about inodes, so the stamp is looked at as well.
        if kept == Some(Inode::of(&found)) && known.stamp == Stamp::of_found(&found) {
            self.standing[index].store(true, Ordering::Relaxed);
            return Ok(());
        }
        folder.remove(&entry.name)
    }
}

/// Who may do what with a folder. Somebody may have changed that in the output.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Rights {
    mode: u32,
    owner: u32,
    group: u32,
}

impl Rights {
    fn of(found: &Stat) -> Self {
        Self { mode: found.st_mode, owner: found.st_uid, group: found.st_gid }
    }
}

/// The rights of folders that are made here now.
fn rights_of_new(folder: &Path) -> io::Result<Rights> {
    let _ = remove_any(folder);
    make_folder(folder)?;
    let made = fs::metadata(folder)?;
    fs::remove_dir(folder)?;
    Ok(Rights { mode: made.mode(), owner: made.uid(), group: made.gid() })
}
