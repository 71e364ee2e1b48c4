//! What was made from pictures, in `.sinew/cache/pictures/`: files that say by their names what they
//! were made from. What is not there, or cannot be written, costs time and nothing else.

use std::fs;
use std::path::{Path, PathBuf};

use super::replace::replace;
use crate::page::Shelf;

/// The pictures of one project.
#[derive(Debug, Clone)]
pub struct PictureShelf {
    folder: PathBuf,
}

impl PictureShelf {
    /// The pictures of the project at `root`.
    pub fn of(root: &Path) -> Self {
        Self { folder: root.join(".sinew").join("cache").join("pictures") }
    }

    fn write(&self, name: &str, bytes: &[u8]) -> std::io::Result<()> {
        fs::create_dir_all(&self.folder)?;
        replace(&self.folder.join(name), bytes)
    }
}

impl Shelf for PictureShelf {
    fn take(&self, name: &str) -> Option<Vec<u8>> {
        fs::read(self.folder.join(name)).ok()
    }

    fn put(&self, name: &str, bytes: &[u8]) {
        let _ = self.write(name, bytes);
    }
}
