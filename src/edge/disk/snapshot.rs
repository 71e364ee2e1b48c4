//! Turns the folder of a project into a snapshot, reading only what changed since the last one.

use std::collections::BTreeSet;
use std::fs::Metadata;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{SystemTime, UNIX_EPOCH};

use rayon::prelude::*;
use rustc_hash::{FxBuildHasher, FxHashMap};
use serde::{Deserialize, Serialize};

use super::names;
use super::read::{Refusal, check, limit, read};
use super::walk::{Listed, Walked, unreadable, walk};
use crate::diagnostic::{Diagnostic, Place};
use crate::edge::machine::MachineError;
use crate::source::{Fingerprint, Loader, SourcePath, Sources};

/// How much older than the moment of recording a file must be for its stamp to be trusted: an
/// edit within the granularity of a file system's clock (2 s on FAT) leaves no trace in it.
const SLACK: i64 = 2_000_000_000;
/// The largest file whose bytes stay in memory once they are hashed; others are read again.
const KEPT: usize = 1 << 20;

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
    let Walked { listed, linked, mut refused, mut diagnostics } =
        walk(root).map_err(|error| MachineError::io("read the folder", root, &error))?;
    let files = &memo.files;
    let taken: Vec<(Listed, Result<Taken, Refusal>)> = listed
        .into_par_iter()
        .map_init(Vec::new, |buffer, listed| {
            let result = take(&listed, files.get(&listed.path), now, buffer);
            (listed, result)
        })
        .collect();
    let count = taken.len();
    let mut stamps = FxHashMap::with_capacity_and_hasher(count, FxBuildHasher);
    let mut on_disk = FxHashMap::with_capacity_and_hasher(count, FxBuildHasher);
    let mut read = Vec::with_capacity(count);
    for (listed, result) in taken {
        match result {
            Ok(taken) => {
                stamps.insert(listed.path.clone(), taken.stamp);
                on_disk.insert(listed.path.clone(), listed.on_disk);
                read.push((listed.path, taken));
            }
            Err(refusal) => {
                if let Some(diagnostic) = told(&listed.path, &refusal) {
                    diagnostics.push(diagnostic);
                    refused.push(listed.path);
                }
            }
        }
    }
    let mut sources = Sources::with_loader(Arc::new(DiskLoader { on_disk }));
    for (path, Taken { stamp, bytes }) in read {
        sources.insert_fingerprinted(path, stamp.fingerprint, bytes);
    }
    refused.into_iter().for_each(|path| sources.refuse(path));
    memo.files = stamps;
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
    let now = nanoseconds_since_epoch();
    let mut taken = Vec::new();
    let mut buffer = Vec::new();
    for on_disk in changed {
        let below = on_disk.strip_prefix(root).ok()?.to_str()?;
        if below.split('/').any(names::is_left_out) {
            continue;
        }
        let listed =
            Listed { path: SourcePath::new(below), on_disk: on_disk.clone(), is_file: true };
        before.get(&listed.path)?;
        if !on_disk.symlink_metadata().ok()?.is_file() {
            return None;
        }
        taken.push((
            take(&listed, memo.files.get(&listed.path), now, &mut buffer).ok()?,
            listed.path,
        ));
    }
    let mut sources = before.clone();
    for (Taken { stamp, bytes }, path) in taken {
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
    bytes: Option<Arc<[u8]>>,
}

/// Takes a file. The buffer is room to read into, for one file after the other.
fn take(
    listed: &Listed,
    before: Option<&Stamp>,
    now: i64,
    buffer: &mut Vec<u8>,
) -> Result<Taken, Refusal> {
    let limit = limit(&listed.path);
    // A new file is looked at once it is open; what is none is better not opened.
    if before.is_some() || !listed.is_file {
        let metadata = listed.on_disk.metadata()?;
        check(&metadata, limit)?;
        if let Some(before) = before.filter(|before| before.is_still_true(&metadata)) {
            return Ok(Taken { stamp: *before, bytes: None });
        }
    }
    let metadata = read(&listed.on_disk, limit, buffer)?;
    let stamp = Stamp::new(&metadata, now, Fingerprint::of(buffer));
    let bytes = (buffer.len() <= KEPT).then(|| Arc::from(buffer.as_slice()));
    buffer.shrink_to(KEPT);
    Ok(Taken { stamp, bytes })
}

impl Stamp {
    /// The stamp of a file whose bytes were read after the moment `recorded_at`.
    fn new(metadata: &Metadata, recorded_at: i64, fingerprint: Fingerprint) -> Self {
        Self {
            size: metadata.len(),
            modified: nanoseconds(metadata.mtime(), metadata.mtime_nsec()),
            changed: nanoseconds(metadata.ctime(), metadata.ctime_nsec()),
            inode: metadata.ino(),
            recorded_at,
            fingerprint,
        }
    }

    /// Whether the file is as it was, and was old enough then for any edit to show.
    fn is_still_true(&self, metadata: &Metadata) -> bool {
        let oldest_safe = self.recorded_at.saturating_sub(SLACK);
        *self == Self::new(metadata, self.recorded_at, self.fingerprint)
            && self.modified < oldest_safe
            && self.changed < oldest_safe
    }
}

fn nanoseconds(seconds: i64, rest: i64) -> i64 {
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
    on_disk: FxHashMap<SourcePath, PathBuf>,
}

impl Loader for DiskLoader {
    fn load(&self, path: &SourcePath, fingerprint: Fingerprint) -> Option<Arc<[u8]>> {
        let mut bytes = Vec::new();
        read(self.on_disk.get(path)?, limit(path), &mut bytes).ok()?;
        (Fingerprint::of(&bytes) == fingerprint).then(|| Arc::from(bytes))
    }
}

#[cfg(test)]
#[path = "snapshot_tests.rs"]
mod tests;
