//! A folder that is open: what lies in it is asked for by its name, and the system does not walk the
//! whole path to it each time. Never goes through a link to open a folder.

use std::ffi::{OsStr, OsString};
use std::fs::File;
use std::io;
use std::mem::MaybeUninit;
use std::os::fd::{AsFd, BorrowedFd, OwnedFd};
use std::os::unix::ffi::OsStrExt;
use std::path::Path;

use rustix::fs::{
    AtFlags, CWD, FileType, Mode, OFlags, RawDir, Stat, fstat, linkat, mkdirat, openat, statat,
    unlinkat,
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

    /// What the system knows of something below it.
    pub(crate) fn look(&self, path: &OsStr) -> io::Result<Stat> {
        insist(|| Ok(statat(&self.handle, path, AtFlags::SYMLINK_NOFOLLOW)?))
    }

    /// Removes something below it that is no folder.
    pub(crate) fn remove(&self, path: &OsStr) -> io::Result<()> {
        insist(|| Ok(unlinkat(&self.handle, path, AtFlags::empty())?))
    }

    /// Opens a file below it that must not be there yet.
    pub(crate) fn create_new(&self, path: &OsStr) -> io::Result<File> {
        let flags = OFlags::WRONLY | OFlags::CREATE | OFlags::EXCL | OFlags::CLOEXEC;
        let mode = Mode::from_raw_mode(0o644);
        insist(|| Ok(openat(&self.handle, path, flags, mode)?.into()))
    }

    /// Gives a file below it a name below another folder as well, at the same path.
    pub(crate) fn link(&self, path: &OsStr, other: &Self) -> io::Result<()> {
        insist(|| Ok(linkat(&self.handle, path, &other.handle, path, AtFlags::empty())?))
    }

    /// Makes a folder below it, as those of a site are.
    pub(crate) fn make_folder(&self, path: &OsStr) -> io::Result<()> {
        insist(|| Ok(mkdirat(&self.handle, path, Mode::from_raw_mode(0o755))?))
    }

    /// Puts something below it at `path`; the folders are made when they turn out to be missing, which
    /// asks the disk once for each folder, and not once for each file.
    pub(crate) fn put<T>(&self, path: &OsStr, put: impl Fn() -> io::Result<T>) -> io::Result<T> {
        // A page is alone in its folder: asking for the folder first asks the disk once less.
        if let Some((folder, b"index.html")) = parted(path) {
            let _ = self.make_folder(folder);
        }
        match put() {
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                let (folder, _) = parted(path).ok_or(error)?;
                self.make_folders(folder)?;
                put()
            }
            settled => settled,
        }
    }

    /// Makes a folder and those above it, as far as they are missing.
    pub(crate) fn make_folders(&self, folder: &OsStr) -> io::Result<()> {
        let made = match (self.make_folder(folder), parted(folder)) {
            (Err(error), Some((above, _))) if error.kind() == io::ErrorKind::NotFound => {
                self.make_folders(above)?;
                self.make_folder(folder)
            }
            (made, _) => made,
        };
        existing_is_fine(made)
    }
}

/// The folder of a path, and the name in it; `None` for a name alone.
fn parted(path: &OsStr) -> Option<(&OsStr, &[u8])> {
    let path = path.as_bytes();
    let slash = path.iter().rposition(|byte| *byte == b'/')?;
    Some((OsStr::from_bytes(&path[..slash]), &path[slash + 1..]))
}

/// Makes of the failure to make what is there already none. If it is something else than what was to be
/// made, whatever comes next fails.
pub(crate) fn existing_is_fine(made: io::Result<()>) -> io::Result<()> {
    match made {
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Ok(()),
        made => made,
    }
}

impl AsFd for Opened {
    fn as_fd(&self) -> BorrowedFd<'_> {
        self.handle.as_fd()
    }
}

fn open(folder: impl AsFd, name: &OsStr) -> io::Result<Opened> {
    let flags = OFlags::RDONLY | OFlags::DIRECTORY | OFlags::NOFOLLOW | OFlags::CLOEXEC;
    let handle = insist(|| Ok(openat(&folder, name, flags, Mode::empty())?))?;
    Ok(Opened { handle })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folders_are_made_for_what_is_put_into_them_and_for_nothing_else() {
        let root = tempfile::tempdir().expect("a folder");
        let folder = Opened::at(root.path()).expect("it is there");
        let put = |path: &str| {
            let path = OsStr::new(path);
            folder.put(path, || folder.create_new(path)).map(drop).map_err(|error| error.kind())
        };
        for path in ["index.html", "a/b/index.html", "a/b/c/d.css", "e/f/g.css", "a/index.html"] {
            assert_eq!(put(path), Ok(()), "{path}");
            assert_eq!(put(path), Err(io::ErrorKind::AlreadyExists), "{path}");
        }
        for path in ["a/index.html/b.css", "e/f/g.css/h/index.html"] {
            assert_eq!(put(path), Err(io::ErrorKind::NotADirectory), "{path}");
        }
        let gone = OsStr::new("gone");
        let linked = folder.put(gone, || folder.link(gone, &folder)).map_err(|error| error.kind());
        assert_eq!(linked, Err(io::ErrorKind::NotFound));
    }
}
