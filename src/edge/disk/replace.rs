//! Puts a file in its place whole, or not at all.

use std::fs;
use std::io;
use std::path::Path;

/// Writes a file beside its place, then gives it its name; what stood there is replaced. Where two
/// write the same at once, the last one stays.
pub(crate) fn replace(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut incoming = path.as_os_str().to_owned();
    incoming.push(format!(".sinew-{}", std::process::id()));
    let written = fs::write(&incoming, bytes).and_then(|()| fs::rename(&incoming, path));
    if written.is_err() {
        let _ = fs::remove_file(&incoming);
    }
    written
}
