//! The repository of our own, where commits are made. It may be deleted at any time, and is where a git
//! that was killed has left it so that no other one can work there.

use std::fs;
use std::path::Path;

use walkdir::{DirEntry, WalkDir};

use crate::edge::publish::trouble::Trouble;

/// Whether there are locks, which nobody holds, as publishers of one project keep each other out; or
/// files that were begun and never written.
pub(super) fn is_broken(repository: &Path) -> bool {
    let holds_no_objects = |entry: &DirEntry| entry.file_name() != "objects";
    let is_left = |entry: &DirEntry| {
        let is_empty = || entry.metadata().is_ok_and(|found| found.len() == 0);
        let is_lock = entry.path().extension().is_some_and(|ending| ending == "lock");
        entry.file_type().is_file() && (is_lock || is_empty())
    };
    let entries = WalkDir::new(repository).into_iter().filter_entry(holds_no_objects);
    entries.flatten().any(|entry| is_left(&entry))
}

/// Removes it with all that it holds.
pub(super) fn discard(repository: &Path) -> Result<(), Trouble> {
    match fs::remove_dir_all(repository) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
            Err(Trouble::io("remove", repository, &error))
        }
        _ => Ok(()),
    }
}
