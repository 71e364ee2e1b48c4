//! Turns the folder of a project into a snapshot, reading only what changed since the last one.

use std::collections::BTreeSet;
use std::io;
use std::ops::Range;
use std::os::fd::OwnedFd;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{SystemTime, UNIX_EPOCH};

use bytes::Bytes;
use rustc_hash::FxHashMap;
use rustix::fs::{CWD, Stat};
use serde::{Deserialize, Serialize};

use super::names;
use super::read::{Refusal, check, is_text, limit, look, open_folder, read, size};
use super::walk::{self, Listed, Walked, unreadable, walk};
use crate::diagnostic::{Diagnostic, Place};
use crate::edge::machine::MachineError;
use crate::source::{Fingerprint, Loader, SourcePath, Sources};

/// How much older than the moment of recording a file must be for its stamp to be trusted: an
/// edit within the granularity of a file system's clock (2 s on FAT) leaves no trace in it.
const SLACK: i64 = 2_000_000_000;
/// The largest text whose bytes stay in memory once they are hashed. Larger ones are read again, and so are pictures:
/// all that a site shows may be more than a machine has room for.
const KEPT: usize = 1 << 20;
/// So many files are taken in a row, and their texts lie in one piece of memory. Other threads let go of them, and
/// would wait for the one that took them as often as there are texts: both want the same part of the allocator.
const IN_A_ROW: usize = 16;
/// So many bytes have the texts of most rows.
const ROOM: usize = 256 << 10;

/// What was known of the files of the last snapshot. It only saves reading: as in git's index,
/// a file that looks as it did is not read again.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SnapshotMemo {
    files: FxHashMap<SourcePath, Stamp>,
    /// Whoever watches the files begins with a snapshot of its own.
    #[serde(skip)]
    linked: BTreeSet<PathBuf>,
}

impl SnapshotMemo {
    /// The places in the project that links of the last snapshot led to.
    pub fn linked(&self) -> &BTreeSet<PathBuf> {
        &self.linked
    }

    /// Takes note of a file. Of ten thousand nearly all are as they were.
    fn learn(&mut self, path: &SourcePath, stamp: Stamp) {
        match self.files.get_mut(path) {
            Some(known) => *known = stamp,
            None => drop(self.files.insert(path.clone(), stamp)),
        }
    }
}

/// What the system says of a file, and the fingerprint that it had then. Times in nanoseconds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
struct Stamp {
    size: u64,
    modified: i64,
    changed: i64,
    inode: u64,
    recorded_at: i64,
    fingerprint: Fingerprint,
}

/// Reads `site.toml`, `addresses.txt`, `content/` and `themes/` below `root`. What cannot be read, and names that
/// other systems refuse, are among the diagnostics.
///
/// # Errors
/// If the folder of the project itself cannot be read.
pub fn snapshot(
    root: &Path,
    memo: &mut SnapshotMemo,
) -> Result<(Sources, Vec<Diagnostic>), MachineError> {
    snapshot_at(root, memo, nanoseconds_since_epoch())
}

fn snapshot_at(
    root: &Path,
    memo: &mut SnapshotMemo,
    now: i64,
) -> Result<(Sources, Vec<Diagnostic>), MachineError> {
    let failed = |error| MachineError::io("read the folder", root, &error);
    let taking = Taking { folder: open_folder(root).map_err(failed)?, now };
    let (walked, mut taken) = taking.take_all(root, &memo.files);
    let Walked { linked, refused, mut diagnostics } = walked.map_err(failed)?;
    walk::sort(&mut taken, &mut diagnostics);
    let spelled = taken.iter().filter_map(|(listed, _)| listed.spelled()).collect();
    let mut sources = Sources::with_loader(Arc::new(DiskLoader { root: root.to_owned(), spelled }));
    refused.into_iter().for_each(|path| sources.refuse(path));
    for (Listed { path, .. }, result) in taken {
        match result {
            Ok(Taken { stamp, bytes }) => {
                memo.learn(&path, stamp);
                sources.insert_fingerprinted(path, stamp.fingerprint, bytes);
            }
            Err(refusal) => {
                if let Some(diagnostic) = told(&path, &refusal) {
                    diagnostics.push(diagnostic);
                    sources.refuse(path);
                }
            }
        }
    }
    // Some of the last snapshot are no more.
    if memo.files.len() != sources.len() {
        memo.files.retain(|path, _| sources.get(path).is_some());
    }
    memo.linked = linked;
    Ok((sources, diagnostics))
}

/// The snapshot of before with a few files as they are now. `None` if that takes a look at all of
/// them: one of the few is new, gone, a link, or cannot be read.
///
/// It is as true as the list of what changed; whoever got it from the system looks again, at all of
/// them, when there is time.
pub fn glimpse(
    root: &Path,
    memo: &mut SnapshotMemo,
    before: &Sources,
    changed: &BTreeSet<PathBuf>,
) -> Option<Sources> {
    let taking = Taking { folder: open_folder(root).ok()?, now: nanoseconds_since_epoch() };
    let mut row = Vec::new();
    for on_disk in changed {
        let below = on_disk.strip_prefix(root).ok()?.to_str()?;
        if below.split('/').any(names::is_left_out) {
            continue;
        }
        let listed = Listed { path: SourcePath::new(below), other_form: None, is_file: true };
        before.get(&listed.path)?;
        if !on_disk.symlink_metadata().ok()?.is_file() {
            return None;
        }
        row.push(listed);
    }
    let taken = taking.take_row(row, &memo.files).into_iter();
    let taken = taken.map(|(listed, result)| Some((listed.path, result.ok()?)));
    let taken: Vec<(SourcePath, Taken)> = taken.collect::<Option<_>>()?;
    let mut sources = before.clone();
    for (path, Taken { stamp, bytes }) in taken {
        memo.files.insert(path.clone(), stamp);
        if before.get(&path).is_none_or(|file| file.fingerprint != stamp.fingerprint) {
            sources.insert_fingerprinted(path, stamp.fingerprint, bytes);
        }
    }
    Some(sources)
}

/// What a snapshot takes of a file.
struct Taken {
    stamp: Stamp,
    bytes: Option<Bytes>,
}

/// A file, and what was taken of it.
type Found = (Listed, Result<Taken, Refusal>);

/// Takes files of a project.
struct Taking {
    /// The project's folder.
    folder: OwnedFd,
    /// The moment before the first one.
    now: i64,
}

impl Taking {
    /// Lists all files and takes them, others while they are still being listed; in any order.
    fn take_all(
        &self,
        root: &Path,
        known: &FxHashMap<SourcePath, Stamp>,
    ) -> (io::Result<Walked>, Vec<Found>) {
        let all = Mutex::new(Vec::new());
        let take = |row| {
            let taken = self.take_row(row, known);
            all.lock().unwrap_or_else(PoisonError::into_inner).extend(taken);
        };
        let walked = rayon::in_place_scope(|scope| {
            let mut row = Vec::new();
            let walked = walk(root, &mut |listed| {
                row.push(listed);
                if row.len() == IN_A_ROW {
                    let row = std::mem::take(&mut row);
                    scope.spawn(|_| take(row));
                }
            });
            take(row);
            walked
        });
        (walked, all.into_inner().unwrap_or_else(PoisonError::into_inner))
    }

    /// Takes some files, one after the other.
    fn take_row(&self, row: Vec<Listed>, known: &FxHashMap<SourcePath, Stamp>) -> Vec<Found> {
        let mut room = Vec::new();
        let mut take = |listed: &Listed| self.take(listed, known.get(&listed.path), &mut room);
        let found: Vec<_> = row.iter().map(&mut take).collect();
        room.shrink_to_fit();
        let room = Bytes::from(room);
        let taken = |(stamp, text): (Stamp, Option<Range<usize>>)| Taken {
            stamp,
            bytes: text.map(|text| room.slice(text)),
        };
        row.into_iter().zip(found.into_iter().map(|found| found.map(taken))).collect()
    }

    /// Takes a file, and says where its text stands in `room`, if that stays there.
    fn take(
        &self,
        listed: &Listed,
        before: Option<&Stamp>,
        room: &mut Vec<u8>,
    ) -> Result<(Stamp, Option<Range<usize>>), Refusal> {
        let limit = limit(&listed.path);
        // A new file is looked at once it is open; what is none is better not opened.
        if before.is_some() || !listed.is_file {
            let found = look(&self.folder, listed.on_disk())?;
            check(&found, limit)?;
            if let Some(before) = before.filter(|before| before.is_still_true(&found)) {
                return Ok((*before, None));
            }
        }
        let start = room.len();
        if start == 0 {
            // Not before: in most builds a row has nothing to read.
            room.reserve(ROOM);
        }
        let read = read(&self.folder, listed.on_disk(), limit, room);
        let bytes = &room[start..];
        let stamp = read.map(|found| Stamp::new(&found, self.now, Fingerprint::of(bytes)));
        let is_kept = stamp.is_ok() && is_text(&listed.path) && bytes.len() <= KEPT;
        if !is_kept {
            room.truncate(start);
            room.shrink_to(start + ROOM);
        }
        Ok((stamp?, is_kept.then_some(start..room.len())))
    }
}

impl Stamp {
    /// The stamp of a file whose bytes were read after the moment `recorded_at`.
    fn new(found: &Stat, recorded_at: i64, fingerprint: Fingerprint) -> Self {
        Self {
            size: size(found),
            modified: nanoseconds(found.st_mtime, found.st_mtime_nsec),
            changed: nanoseconds(found.st_ctime, found.st_ctime_nsec),
            inode: found.st_ino,
            recorded_at,
            fingerprint,
        }
    }

    /// Whether the file is as it was, and was old enough then for any edit to show.
    fn is_still_true(&self, found: &Stat) -> bool {
        let oldest_safe = self.recorded_at.saturating_sub(SLACK);
        *self == Self::new(found, self.recorded_at, self.fingerprint)
            && self.modified < oldest_safe
            && self.changed < oldest_safe
    }
}

fn nanoseconds(seconds: i64, rest: u64) -> i64 {
    let rest = i64::try_from(rest).unwrap_or_default();
    seconds.saturating_mul(1_000_000_000).saturating_add(rest)
}

fn nanoseconds_since_epoch() -> i64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    i64::try_from(since.as_nanos()).unwrap_or(i64::MAX)
}

/// What there is to say of a file that cannot be read; nothing if it has gone.
fn told(path: &SourcePath, refusal: &Refusal) -> Option<Diagnostic> {
    let place = Place::file(path);
    match refusal {
        Refusal::Gone => None,
        Refusal::NotAFile => {
            let message = "expected a file, found a pipe, a socket or a device";
            Some(Diagnostic::error("not-a-file", place, message).help("remove it"))
        }
        Refusal::TooLarge(limit) => {
            let message = format!("the file is larger than {} MiB", limit >> 20);
            let diagnostic = Diagnostic::error("file-too-large", place, message);
            Some(diagnostic.help("make it smaller, or split it"))
        }
        Refusal::Unreadable(error) => Some(unreadable(path, error)),
    }
}

/// Reads files again when their bytes are wanted, if they are still what they were.
struct DiskLoader {
    root: PathBuf,
    /// The paths that are spelled otherwise on the disk.
    spelled: FxHashMap<SourcePath, String>,
}

impl Loader for DiskLoader {
    fn load(&self, path: &SourcePath, fingerprint: Fingerprint) -> Option<Bytes> {
        let on_disk = self.spelled.get(path).map_or(path.as_str(), String::as_str);
        let mut bytes = Vec::new();
        read(CWD, &self.root.join(on_disk), limit(path), &mut bytes).ok()?;
        (Fingerprint::of(&bytes) == fingerprint).then(|| Bytes::from(bytes))
    }
}

#[cfg(test)]
#[path = "snapshot_tests.rs"]
mod tests;
