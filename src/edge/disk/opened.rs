//! A folder that is open: what lies in it is asked for by its name, and the system does not walk the
//! whole path to it each time. Never goes through a link.

use std::ffi::{OsStr, OsString};
use std::io;
use std::mem::MaybeUninit;
use std::os::fd::{AsFd, OwnedFd};
use std::os::unix::ffi::OsStrExt;
use std::path::Path;

use rustix::fs::{
    AtFlags, CWD, FileType, Mode, OFlags, RawDir, Stat, fstat, openat, statat, unlinkat,
};

use super::attempt::insist;

/// Room for the names in most folders: the system is asked twice for each, once to hear that there are
/// no more.
const BUFFER: usize = 8 << 10;

/// A folder that is open.
pub(crate) struct Opened {
    handle: OwnedFd,
}

/// A name in a folder.
pub(crate) struct Entry {
    pub(crate) name: OsString,
    pub(crate) is_folder: bool,
}

impl Opened {
    /// Opens the folder at a path.
    pub(crate) fn at(path: &Path) -> io::Result<Self> {
        open(CWD, path.as_os_str())
    }

    /// Opens a folder that lies in this one.
    pub(crate) fn inside(&self, name: &OsStr) -> io::Result<Self> {
        open(&self.handle, name)
    }

    /// All that lies in it, at once.
    pub(crate) fn entries(&self) -> io::Result<Vec<Entry>> {
        let mut buffer = [MaybeUninit::uninit(); BUFFER];
        let mut listing = RawDir::new(&self.handle, &mut buffer);
        let mut entries = Vec::new();
        let mut next = || {
            let next = listing.next().transpose()?;
            let name = |bytes: &[u8]| OsStr::from_bytes(bytes).to_owned();
            Ok(next.map(|entry| (name(entry.file_name().to_bytes()), entry.file_type())))
        };
        while let Some((name, kind)) = insist(&mut next)? {
            if matches!(name.as_bytes(), b"." | b"..") {
                continue;
            }
            let is_folder = match kind {
                // Some file systems do not say.
                FileType::Unknown => FileType::from_raw_mode(self.look(&name)?.st_mode).is_dir(),
                kind => kind.is_dir(),
            };
            entries.push(Entry { name, is_folder });
        }
        Ok(entries)
    }

    /// What the system knows of the folder itself.
    pub(crate) fn look_at_itself(&self) -> io::Result<Stat> {
        insist(|| Ok(fstat(&self.handle)?))
    }

    /// What the system knows of something in it.
    pub(crate) fn look(&self, name: &OsStr) -> io::Result<Stat> {
        insist(|| Ok(statat(&self.handle, name, AtFlags::SYMLINK_NOFOLLOW)?))
    }

    /// Removes something in it that is no folder.
    pub(crate) fn remove(&self, name: &OsStr) -> io::Result<()> {
        insist(|| Ok(unlinkat(&self.handle, name, AtFlags::empty())?))
    }
}

fn open(folder: impl AsFd, name: &OsStr) -> io::Result<Opened> {
    let flags = OFlags::RDONLY | OFlags::DIRECTORY | OFlags::NOFOLLOW | OFlags::CLOEXEC;
    let handle = insist(|| Ok(openat(&folder, name, flags, Mode::empty())?))?;
    Ok(Opened { handle })
}
