//! Puts a file in its place whole, or not at all.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::Path;

/// Writes a file beside its place, then gives it its name; what stood there is replaced. Where two
/// write the same at once, the last one stays.
pub(crate) fn replace(path: &Path, bytes: &[u8]) -> io::Result<()> {
    replace_with(path, |file| file.write_all(bytes))
}

/// The same with what is written piece by piece.
pub(crate) fn replace_with(
    path: &Path,
    write: impl FnOnce(&mut File) -> io::Result<()>,
) -> io::Result<()> {
    let mut incoming = path.as_os_str().to_owned();
    incoming.push(format!(".sinew-{}", std::process::id()));
    let written = File::create(&incoming).and_then(|mut file| write(&mut file));
    let written = written.and_then(|()| fs::rename(&incoming, path));
    if written.is_err() {
        let _ = fs::remove_file(&incoming);
    }
    written
}
