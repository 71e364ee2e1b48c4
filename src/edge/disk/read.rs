//! Reads one file: never a pipe or a device, never more than the limit.

use std::fs::File;
use std::io::{self, Read};
use std::os::fd::{AsFd, OwnedFd};
use std::path::Path;

use rustix::buffer::spare_capacity;
use rustix::fs::{AtFlags, FileType, Mode, OFlags, Stat, fstat, open, openat, statat};
use rustix::path::Arg;

use super::attempt::insist;
use crate::source::SourcePath;

/// The largest text that is read, in bytes.
const LARGEST_TEXT: u64 = 64 << 20;
/// The largest picture or other file to publish, in bytes.
const LARGEST_MEDIA: u64 = 256 << 20;

/// Why a file was not read.
#[derive(Debug)]
pub(super) enum Refusal {
    /// It was there when the folder was listed, but is no more.
    Gone,
    /// It is a pipe, a socket or a device.
    NotAFile,
    /// It is larger than the limit, which is this many bytes.
    TooLarge(u64),
    /// The system says no.
    Unreadable(io::Error),
}

impl From<io::Error> for Refusal {
    fn from(error: io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::NotFound => Self::Gone,
            _ => Self::Unreadable(error),
        }
    }
}

/// The most bytes that the file at `path` may have.
pub(super) fn limit(path: &SourcePath) -> u64 {
    if is_text(path) { LARGEST_TEXT } else { LARGEST_MEDIA }
}

/// Whether the file at `path` is a text, by its name.
pub(super) fn is_text(path: &SourcePath) -> bool {
    matches!(path.extension(), "md" | "yaml" | "yml" | "toml" | "html" | "css" | "js")
}

/// Opens a folder, or the one that a link leads to, for its files to be asked for by their paths below it:
/// the system does not walk to each of them from its root then.
pub(super) fn open_folder(path: &Path) -> io::Result<OwnedFd> {
    let flags = OFlags::RDONLY | OFlags::DIRECTORY | OFlags::CLOEXEC;
    insist(|| Ok(open(path, flags, Mode::empty())?))
}

/// What the system knows of a file.
pub(super) fn look(folder: impl AsFd, path: impl Arg + Copy) -> io::Result<Stat> {
    insist(|| Ok(statat(&folder, path, AtFlags::empty())?))
}

/// Adds the bytes of a file of at most `limit` bytes to `bytes`, and says what the system knew of it before
/// reading. After a failure some of them may be there.
pub(super) fn read(
    folder: impl AsFd,
    path: impl Arg + Copy,
    limit: u64,
    bytes: &mut Vec<u8>,
) -> Result<Stat, Refusal> {
    // It may have become a pipe since the folder was listed: opening one would wait for a writer.
    let flags = OFlags::RDONLY | OFlags::NONBLOCK | OFlags::NOCTTY | OFlags::CLOEXEC;
    let file = File::from(insist(|| Ok(openat(&folder, path, flags, Mode::empty())?))?);
    let found = insist(|| Ok(fstat(&file)?))?;
    check(&found, limit)?;
    read_all(&file, size(&found), limit, bytes)?;
    Ok(found)
}

/// Whether a file may be read, going by what the system knows of it.
pub(super) fn check(found: &Stat, limit: u64) -> Result<(), Refusal> {
    if !FileType::from_raw_mode(found.st_mode).is_file() {
        return Err(Refusal::NotAFile);
    }
    if size(found) > limit {
        return Err(Refusal::TooLarge(limit));
    }
    Ok(())
}

/// How many bytes a file has.
pub(super) fn size(found: &Stat) -> u64 {
    u64::try_from(found.st_size).unwrap_or_default()
}

fn read_all(file: &File, size: u64, limit: u64, bytes: &mut Vec<u8>) -> Result<(), Refusal> {
    let before = bytes.len();
    match usize::try_from(size) {
        Ok(size) if size > 0 => read_known(file, size, bytes)?,
        // What says that it is empty may not know.
        _ => drop(file.take(limit + 1).read_to_end(bytes)?),
    }
    if (bytes.len() - before) as u64 > limit { Err(Refusal::TooLarge(limit)) } else { Ok(()) }
}

/// Reads as many bytes as there are said to be, at once: std begins with 8 KiB and reads on from there.
fn read_known(file: &File, size: usize, bytes: &mut Vec<u8>) -> io::Result<()> {
    let end = bytes.len() + size;
    bytes.reserve(size);
    while bytes.len() < end {
        let count = insist(|| Ok(rustix::io::read(file, spare_capacity(bytes))?))?;
        if count == 0 {
            break;
        }
    }
    // It may grow while it is read: the next snapshot sees that.
    bytes.truncate(end);
    Ok(())
}

#[cfg(test)]
mod tests {
    use rustix::fs::CWD;

    use super::*;

    #[test]
    fn files_are_read_whole_one_behind_the_other() {
        let folder = tempfile::tempdir().expect("a folder");
        let mut bytes = Vec::new();
        for size in [10, 100_000, 0, 8192, 1] {
            let path = folder.path().join("file");
            let text = vec![b'x'; size];
            std::fs::write(&path, &text).expect("written");
            let before = bytes.len();
            let found = read(CWD, &path, LARGEST_TEXT, &mut bytes).expect("it is there");
            assert!(bytes[before..] == text);
            assert_eq!(found.st_size, i64::try_from(size).expect("it fits"));
        }
    }

    #[test]
    fn what_says_that_it_is_empty_is_read_to_its_end_or_the_limit() {
        let mut bytes = Vec::new();
        let found = read(CWD, "/proc/version", LARGEST_TEXT, &mut bytes).expect("it is there");
        assert!(found.st_size == 0 && !bytes.is_empty());
        let refusal = read(CWD, "/proc/version", 1, &mut bytes);
        assert!(matches!(refusal, Err(Refusal::TooLarge(1))));
    }
}
