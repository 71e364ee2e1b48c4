//! The old site and the new one that is to take its place, both open: what stays as it is gets its name in
//! the new one as well.

use std::ffi::OsStr;
use std::io;
use std::path::Path;

use super::attempt::insist;
use super::opened::Opened;
use super::stage::copy;

/// The two sites.
pub(crate) struct Sites<'a> {
    /// Where the old one is.
    pub(crate) output: &'a Path,
    /// Where the new one grows.
    pub(crate) staged: &'a Path,
    old: Opened,
    /// The new one, open.
    pub(crate) new: Opened,
}

impl<'a> Sites<'a> {
    /// Opens the two. What has their names later is none of theirs.
    pub(crate) fn open(output: &'a Path, staged: &'a Path) -> io::Result<Self> {
        Ok(Self { output, staged, old: Opened::at(output)?, new: Opened::at(staged)? })
    }

    /// Puts a file of the old site into the new one as it is; false if it is not there any more.
    pub(crate) fn link(&self, path: &OsStr) -> io::Result<bool> {
        match self.new.put(path, || self.old.link(path, &self.new)) {
            Ok(()) => Ok(true),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(false),
            Err(error) if error.kind() == io::ErrorKind::CrossesDevices => Err(error),
            // The file belongs to somebody else, has too many names, or the disk has no links.
            Err(_) => self.copy(path).map(|()| true),
        }
    }

    fn copy(&self, path: &OsStr) -> io::Result<()> {
        let (from, to) = (self.output.join(path), self.staged.join(path));
        self.new.put(path, || insist(|| copy(&from, &to)))
    }
}
