//! A site as a function from paths to bytes: what this floor hands to whoever writes or serves it.
//! Knows nothing about disks.

use std::fmt;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::diagnostic::Diagnostic;
use crate::source::Fingerprint;

/// The longest name that file systems store.
const LONGEST_NAME: usize = 255;

/// The path of a file of the site, relative, forward slashes, such as
/// `muscles/infraspinatus/index.html`.
///
/// It never leads out of the folder that it is put into: there is no way to make one with `..`,
/// an empty step, a backslash or a control character, or below a name that sinew keeps for itself
/// (`.sinew-…`).
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct OutputPath(Arc<str>);

impl OutputPath {
    /// The path that `text` spells, or `None` if it is not one.
    pub fn new(text: impl AsRef<str>) -> Option<Self> {
        let text = text.as_ref();
        // Of a site of ten thousand articles fifty thousand are made: what all letters must not be is asked first,
        // without a look at where the names end.
        let is_path = !text.starts_with(".sinew-")
            && has_no_control(text)
            && text.as_bytes().split(|byte| *byte == b'/').all(is_name);
        is_path.then(|| Self(Arc::from(text)))
    }

    /// The file at which readers find a path, here without the slash at its start: of `a/` it is
    /// `a/index.html`.
    pub fn at(path: &str) -> Option<Self> {
        match path.is_empty() || path.ends_with('/') {
            true => Self::new(format!("{path}index.html")),
            false => Self::new(path),
        }
    }

    /// The path at which readers find the file: of `a/index.html` it is `/a/`.
    pub fn address(&self) -> String {
        let (folder, name) = self.0.split_at(self.0.rfind('/').map_or(0, |slash| slash + 1));
        format!("/{folder}{}", if name == "index.html" { "" } else { name })
    }

    /// The whole path as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The folders that hold the file, innermost first, without the site's own folder:
    /// `a/b` and `a` for `a/b/c.html`.
    pub fn folders(&self) -> impl Iterator<Item = &str> {
        folders_of(&self.0)
    }

    /// Whether readers ask for it by address, so that what it shows has to be there before it.
    pub fn is_page(&self) -> bool {
        self.0.ends_with(".html")
    }
}

/// The folders that hold a file, innermost first.
fn folders_of(path: &str) -> impl Iterator<Item = &str> {
    std::iter::successors(path.rsplit_once('/').map(|(folder, _)| folder), |folder| {
        folder.rsplit_once('/').map(|(folder, _)| folder)
    })
}

/// Whether a path has neither control characters nor backslashes.
fn has_no_control(path: &str) -> bool {
    match path.is_ascii() {
        // Without an end before the last one the bytes are looked at many at a time.
        true => {
            path.bytes().fold(true, |fine, byte| fine & !byte.is_ascii_control() & (byte != b'\\'))
        }
        false => !path.chars().any(|c| c.is_control() || c == '\\'),
    }
}

fn is_name(name: &[u8]) -> bool {
    !matches!(name, b"" | b"." | b"..") && name.len() <= LONGEST_NAME
}

impl fmt::Display for OutputPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for OutputPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.0, f)
    }
}

impl TryFrom<String> for OutputPath {
    type Error = &'static str;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        Self::new(text).ok_or("not a path of a file of a site")
    }
}

impl From<OutputPath> for String {
    fn from(path: OutputPath) -> Self {
        path.0.as_ref().to_owned()
    }
}

/// What making one file gave.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Made {
    /// Its key is the known one: equal key, equal bytes.
    Same,
    /// Its key is another one, or none was known.
    New {
        /// The fingerprint of all that the bytes depend on.
        key: Fingerprint,
        /// The whole file.
        bytes: Vec<u8>,
    },
    /// No key is known, and whoever was asked knows nothing else of the site than that nothing changed.
    Unknown,
}

/// A site as a function from paths to bytes; files are made one by one, in any order, on any
/// thread.
pub trait Pages: Sync {
    /// The paths of all files, sorted, each once.
    fn paths(&self) -> &[OutputPath];

    /// A fingerprint that is cheaper than the key, and another one whenever the key is; `None` if
    /// there is none.
    fn glance(&self, index: usize) -> Option<Fingerprint> {
        let _ = index;
        None
    }

    /// What came up so far that makes every file doubtful.
    fn mistakes(&self) -> Vec<Diagnostic> {
        Vec::new()
    }

    /// Makes the file at a position of [`Pages::paths`]. Where its key is the `known` one, nothing
    /// is rendered. A mistake in a template is the diagnostic.
    fn make(&self, index: usize, known: Option<Fingerprint>) -> Result<Made, Box<Diagnostic>>;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_output_path_leads_out_of_its_folder() {
        for bad in
            ["", "/etc/x", "../x", "a/../x", "a//b", "a/", "./a", "a\\b", "a\nb", ".sinew-manifest"]
        {
            assert_eq!(OutputPath::new(bad), None, "{bad:?}");
        }
        assert!(OutputPath::new("a".repeat(256)).is_none());
        assert!(OutputPath::new(".well-known/x.txt").is_some());
    }

    #[test]
    fn pages_are_found_at_their_folder_and_other_files_at_their_name() {
        for (path, file) in [
            ("/", "index.html"),
            ("/a/", "a/index.html"),
            ("/a/b.css", "a/b.css"),
            ("/myindex.html", "myindex.html"),
        ] {
            let output = OutputPath::at(&path[1..]).expect("a path");
            assert_eq!((output.as_str(), output.address().as_str()), (file, path));
        }
    }

    #[test]
    fn the_folders_of_a_path_come_innermost_first() {
        let path = OutputPath::new("a/b/c.html").expect("a path");
        assert_eq!(path.folders().collect::<Vec<_>>(), ["a/b", "a"]);
    }
}
