//! Reads one file: never a pipe or a device, never more than the limit.

use std::fs::{File, Metadata, OpenOptions};
use std::io::{self, Read};
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;

use rustix::fs::OFlags;

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
    let is_text =
        matches!(path.extension(), "md" | "yaml" | "yml" | "toml" | "html" | "css" | "js");
    if is_text { LARGEST_TEXT } else { LARGEST_MEDIA }
}

/// Puts the bytes of a file of at most `limit` bytes in place of those in `bytes`, and says what the
/// system knew of it before reading.
pub(super) fn read(path: &Path, limit: u64, bytes: &mut Vec<u8>) -> Result<Metadata, Refusal> {
    // It may have become a pipe since the folder was listed: opening one would wait for a writer.
    let flags = OFlags::NONBLOCK | OFlags::NOCTTY;
    let flags =
        i32::try_from(flags.bits()).expect("flags for opening fit the type that takes them");
    let file = OpenOptions::new().read(true).custom_flags(flags).open(path)?;
    let metadata = file.metadata()?;
    check(&metadata, limit)?;
    read_all(&file, metadata.len(), limit, bytes)?;
    Ok(metadata)
}

/// Whether a file may be read, going by what the system knows of it.
pub(super) fn check(metadata: &Metadata, limit: u64) -> Result<(), Refusal> {
    if !metadata.is_file() {
        return Err(Refusal::NotAFile);
    }
    if metadata.len() > limit {
        return Err(Refusal::TooLarge(limit));
    }
    Ok(())
}

fn read_all(file: &File, size: u64, limit: u64, bytes: &mut Vec<u8>) -> Result<(), Refusal> {
    bytes.clear();
    bytes.reserve(usize::try_from(size).unwrap_or(0).saturating_add(1));
    // It may grow while it is read: the next snapshot sees that. What says that it is empty may not know.
    let most = if size > 0 { size } else { limit + 1 };
    file.take(most).read_to_end(bytes)?;
    if bytes.len() as u64 > limit { Err(Refusal::TooLarge(limit)) } else { Ok(()) }
}
