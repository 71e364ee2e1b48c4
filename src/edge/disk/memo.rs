//! What the last build knew about the files it wrote, so that the next one can leave them alone.
//! Only saves work: with an empty one the same bytes reach the disk.

use std::fs::Metadata;
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::MetadataExt;
use std::path::Path;

use rustix::fs::Stat;
use serde::{Deserialize, Serialize};

use crate::page::output::OutputPath;
use crate::source::Fingerprint;

/// What is known about the files of one output folder. The caller keeps it between builds, under
/// `.sinew/cache/`; a lost one costs time and nothing else.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct OutputMemo {
    /// Of the path of the folder: another folder's memo is a miss.
    folder: Fingerprint,
    /// The files, sorted.
    paths: Vec<OutputPath>,
    /// What is known about each.
    known: Vec<Known>,
}

/// What is known about one file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Known {
    /// What it looked like from afar then.
    pub(crate) glance: Option<Fingerprint>,
    /// The key that it was made with.
    pub(crate) key: Fingerprint,
    /// How it looked on disk just after it was written.
    pub(crate) stamp: Stamp,
}

/// Tells that nobody wrote a file since. Without the time of the last change of its inode: every
/// hard link touches that.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Stamp {
    pub(crate) size: u64,
    modified: (i64, i64),
}

impl Stamp {
    pub(crate) fn of(metadata: &Metadata) -> Self {
        Self { size: metadata.len(), modified: (metadata.mtime(), metadata.mtime_nsec()) }
    }

    /// Of what a folder that is open says; never equal to any other where the system's numbers do not fit.
    pub(crate) fn of_found(found: &Stat) -> Self {
        let size = u64::try_from(found.st_size).unwrap_or(u64::MAX);
        let nanoseconds = i64::try_from(found.st_mtime_nsec).unwrap_or(i64::MAX);
        Self { size, modified: (found.st_mtime, nanoseconds) }
    }
}

impl OutputMemo {
    /// Forgets everything if it was about another folder.
    pub(crate) fn turn_to(&mut self, folder: &Path) {
        let folder = Fingerprint::of(folder.as_os_str().as_bytes());
        if self.folder != folder {
            *self = Self { folder, ..Self::default() };
        }
    }

    /// The files that it knows, sorted.
    pub fn paths(&self) -> &[OutputPath] {
        &self.paths
    }

    /// What is known about a file. Its place among those of the next site is mostly the one that it has here.
    pub(crate) fn get(&self, place: usize, path: &OutputPath) -> Option<&Known> {
        let place = match self.paths.get(place) {
            Some(here) if here == path => place,
            _ => self.paths.binary_search(path).ok()?,
        };
        self.known.get(place)
    }

    /// The files of `output` that are as they were left, or are empty: after a power failure, names are
    /// on the disk whose bytes are not.
    pub(crate) fn unharmed(&self, output: &Path) -> Vec<OutputPath> {
        let is_ours = |path: &OutputPath, known: &Known| {
            let found = std::fs::symlink_metadata(output.join(path.as_str()));
            found.is_ok_and(|found| {
                found.is_file() && (found.len() == 0 || Stamp::of(&found) == known.stamp)
            })
        };
        let ours = self.paths.iter().zip(&self.known).filter(|(path, known)| is_ours(path, known));
        ours.map(|(path, _)| path.clone()).collect()
    }

    /// Replaces all that was known by what is known about files that are sorted.
    pub(crate) fn learn(&mut self, paths: &[OutputPath], known: Vec<Known>) {
        self.paths = paths.to_vec();
        self.known = known;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_known_of_a_file_is_found_wherever_it_stands_among_others() {
        let paths = ["a", "b", "c"].map(|path| OutputPath::new(path).expect("a path"));
        let known = |size| Known {
            glance: None,
            key: Fingerprint::default(),
            stamp: Stamp { size, modified: (0, 0) },
        };
        let mut memo = OutputMemo::default();
        memo.learn(&paths, vec![known(0), known(1), known(2)]);
        for place in 0..5 {
            let found = paths.each_ref().map(|path| memo.get(place, path).copied());
            assert_eq!(found, [0, 1, 2].map(|size| Some(known(size))), "{place}");
            assert_eq!(memo.get(place, &OutputPath::new("bb").expect("a path")), None);
        }
    }
}
