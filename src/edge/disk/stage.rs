//! The staging folder beside the output, where a new site grows until it is whole.

use std::ffi::OsStr;
use std::fs::{self, DirBuilder, File, OpenOptions};
use std::io::{self, Write};
use std::os::unix::fs::{DirBuilderExt, MetadataExt, OpenOptionsExt, PermissionsExt};
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use super::attempt::{attempt, insist};
use super::memo::Stamp;
use super::opened::{Opened, existing_is_fine};
use super::remove::{list, remove_tree};
use crate::edge::machine::MachineError;

/// The name of something of ours beside `output`: `.public.sinew-…`.
pub(crate) fn beside(output: &Path, ending: &str) -> PathBuf {
    let name = output.file_name().map(|name| name.to_string_lossy()).unwrap_or_default();
    output.with_file_name(format!(".{name}.sinew-{ending}"))
}

/// Removes staging folders that killed builds left behind. The lock is held, so all are dead, even
/// one with our own number: in a container every build is process 1.
pub(crate) fn sweep(output: &Path) -> Result<Vec<String>, MachineError> {
    let parent = output.parent().expect("`/` was refused as output");
    let mut notices = Vec::new();
    for entry in attempt("read", parent, || list(parent))? {
        let is_folder = entry.file_type().is_ok_and(|kind| kind.is_dir());
        if is_folder && is_staging_name(&entry.path(), output) {
            notices.extend(remove_old(&entry.path()));
        }
    }
    // A folder lists its entries in any order.
    notices.sort();
    Ok(notices)
}

/// Removes a staging folder that is done with; what stays behind is told, and does no harm.
pub(crate) fn remove_old(folder: &Path) -> Option<String> {
    let error = remove_tree(folder).err()?;
    Some(MachineError::io("remove all of the old", folder, &error).message)
}

fn is_staging_name(path: &Path, output: &Path) -> bool {
    let prefix = beside(output, "");
    let (Some(name), Some(prefix)) = (path.file_name(), prefix.file_name()) else { return false };
    let number = name.as_encoded_bytes().strip_prefix(prefix.as_encoded_bytes());
    number.is_some_and(|number| {
        number.first().is_some_and(u8::is_ascii_digit)
            && number.iter().all(|byte| byte.is_ascii_digit() || *byte == b'-')
    })
}

/// A name for a staging folder that nothing has.
pub(crate) fn free_name(output: &Path) -> PathBuf {
    let process = std::process::id();
    let first = beside(output, &process.to_string());
    // A folder that could not be swept away must not be built upon.
    let others = (1..).map(|turn| beside(output, &format!("{process}-{turn}")));
    std::iter::once(first)
        .chain(others)
        .find(|folder| fs::symlink_metadata(folder).is_err())
        .expect("there are more numbers than folders")
}

/// A staging folder. It is made when the first file is put into it, and removed when this is
/// dropped, whatever it holds by then.
pub(crate) struct Stage {
    folder: PathBuf,
    /// The output, whose mode and owner the new folder takes over.
    output: PathBuf,
    made: OnceLock<Result<Opened, MachineError>>,
}

impl Stage {
    /// A staging folder that is yet to be made.
    pub(crate) fn new(output: &Path) -> Self {
        Self { folder: free_name(output), output: output.to_owned(), made: OnceLock::new() }
    }

    /// The path of the staging folder.
    pub(crate) fn folder(&self) -> &Path {
        &self.folder
    }

    /// The folder, open; it is made if that is not done yet. Once another one has taken its name, nothing may
    /// be written any more.
    fn make(&self) -> Result<&Opened, MachineError> {
        let made = self.made.get_or_init(|| {
            make_like(&self.folder, &self.output)?;
            attempt("make", &self.folder, || Opened::at(&self.folder))
        });
        made.as_ref().map_err(Clone::clone)
    }

    /// Writes a new file, and says how it looks on disk.
    ///
    /// Nothing is forced to the disk: the promise is about signals, kills and errors, and waiting
    /// for ten thousand files would make every build slow. After a power failure the memo's sizes
    /// and times do not fit, and the next build writes again what was lost.
    pub(crate) fn write(&self, path: &str, bytes: &[u8]) -> Result<Stamp, MachineError> {
        let folder = self.make()?;
        write_new(folder, OsStr::new(path), bytes)
            .map_err(|error| MachineError::io("write", &self.folder.join(path), &error))
    }
}

fn write_new(folder: &Opened, path: &OsStr, bytes: &[u8]) -> io::Result<Stamp> {
    let mut file = folder.put(path, || folder.create_new(path))?;
    file.write_all(bytes)?;
    insist(|| file.metadata()).map(|metadata| Stamp::of(&metadata))
}

impl Drop for Stage {
    fn drop(&mut self) {
        if self.made.get().is_some() {
            let _ = remove_tree(&self.folder);
        }
    }
}

/// Makes a folder with the mode and owner of another one, if that exists.
pub(crate) fn make_like(folder: &Path, model: &Path) -> Result<(), MachineError> {
    attempt("make", folder, || existing_is_fine(make_folder(folder)))?;
    let (Ok(model), Ok(made)) = (fs::metadata(model), fs::metadata(folder)) else { return Ok(()) };
    if (model.uid(), model.gid()) != (made.uid(), made.gid()) {
        // Only root may; for anybody else the folder becomes the builder's.
        let _ = std::os::unix::fs::chown(folder, Some(model.uid()), Some(model.gid()));
    }
    // Room for us to work in; whoever made the model narrower gets it back in the end.
    let mode = model.permissions().mode() | 0o700;
    attempt("make", folder, || fs::set_permissions(folder, fs::Permissions::from_mode(mode)))
}

/// Makes a folder as those of a site are.
pub(crate) fn make_folder(folder: &Path) -> io::Result<()> {
    DirBuilder::new().mode(0o755).create(folder)
}

/// Makes a folder and all above it, as far as they are missing.
pub(crate) fn make_all(folder: &Path) -> io::Result<()> {
    match insist(|| DirBuilder::new().recursive(true).mode(0o755).create(folder)) {
        // std looks again whether it is a folder, and takes an interruption for a no.
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
            insist(|| fs::metadata(folder)).and_then(|found| match found.is_dir() {
                true => Ok(()),
                false => Err(error),
            })
        }
        made => made,
    }
}

/// Opens a file that must not be there yet.
pub(crate) fn create_new(path: &Path) -> io::Result<File> {
    OpenOptions::new().write(true).create_new(true).mode(0o644).open(path)
}

/// Copies a file or a link, with mode and time.
pub(crate) fn copy(from: &Path, to: &Path) -> io::Result<()> {
    let metadata = fs::symlink_metadata(from)?;
    if metadata.is_symlink() {
        return std::os::unix::fs::symlink(fs::read_link(from)?, to);
    }
    if !metadata.is_file() {
        // A pipe would never end.
        return Err(io::Error::other("neither a file nor a link"));
    }
    let mut target = create_new(to)?;
    io::copy(&mut File::open(from)?, &mut target)?;
    target.set_permissions(metadata.permissions())?;
    target.set_modified(metadata.modified()?)
}
