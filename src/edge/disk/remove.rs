//! Takes whole folders away, quickly, and never through a link.

use std::fs::{self, Permissions};
use std::io;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

use rayon::prelude::*;

use super::attempt::insist;

/// Removes a folder of ours with all that it holds, on all cores.
pub(crate) fn remove_tree(folder: &Path) -> io::Result<()> {
    let entries = match insist(|| list(folder)) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        Err(error) if error.kind() == io::ErrorKind::PermissionDenied => {
            open_up(folder)?;
            insist(|| list(folder))?
        }
        entries => entries?,
    };
    entries.par_iter().try_for_each(|entry| {
        if entry.file_type()?.is_dir() {
            remove_tree(&entry.path())
        } else {
            remove_file(&entry.path(), folder)
        }
    })?;
    insist(|| fs::remove_dir(folder))
}

/// Removes whatever has a path: a folder with all that it holds, or a link and not what it leads to.
pub(crate) fn remove_any(path: &Path) -> io::Result<()> {
    match insist(|| fs::symlink_metadata(path))?.is_dir() {
        true => remove_tree(path),
        false => insist(|| fs::remove_file(path)),
    }
}

/// Removes files whose paths below `folder` are known, and their folders if that was all they held: to
/// look for them would ask the disk twice as often. What resists is left to [`remove_tree`].
pub(crate) fn remove_known(folder: &Path, files: &[PathBuf]) {
    files.par_iter().for_each(|file| {
        let path = folder.join(file);
        let _ = fs::remove_file(&path);
        if let Some(parent) = path.parent().filter(|_| path.ends_with("index.html")) {
            let _ = fs::remove_dir(parent);
        }
    });
}

/// All entries at once, so that no folder stays open while those in it are visited.
pub(crate) fn list(folder: &Path) -> io::Result<Vec<fs::DirEntry>> {
    fs::read_dir(folder)?.collect()
}

fn remove_file(path: &Path, folder: &Path) -> io::Result<()> {
    match insist(|| fs::remove_file(path)) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        Err(error) if error.kind() == io::ErrorKind::PermissionDenied => {
            open_up(folder)?;
            insist(|| fs::remove_file(path))
        }
        removed => removed,
    }
}

/// A folder that the user made read-only was carried over with its mode; its old self goes away.
fn open_up(folder: &Path) -> io::Result<()> {
    fs::set_permissions(folder, Permissions::from_mode(0o700))
}
