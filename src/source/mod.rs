//! Files as values: what the author wrote, by path, with fingerprints and line numbers.
//! Knows nothing about disks: whoever takes the snapshot says how a file is read.

mod fingerprint;
mod lines;
mod path;
mod span;

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex, PoisonError};

use bytes::Bytes;
use rustc_hash::FxHashMap;

pub use fingerprint::{Fingerprint, Fingerprinter, fingerprint_of};
pub use lines::{LineColumn, Lines};
pub(crate) use lines::{clamp, line_ranges};
pub use path::{SourcePath, device, joined};
pub use span::Span;

/// Reads the bytes of one file of a snapshot, when and if they are needed.
pub trait Loader: Send + Sync {
    /// The bytes of `path` that have a fingerprint, or `None` if it can no longer be read as it was.
    fn load(&self, path: &SourcePath, fingerprint: Fingerprint) -> Option<Bytes>;
}

/// One file of a snapshot.
#[derive(Debug)]
pub struct SourceFile {
    /// The fingerprint of its bytes.
    pub fingerprint: Fingerprint,
    /// Whether the loader knows it: not if it was put in as it is to be, and not as it is.
    is_loadable: bool,
    // Whoever has read a file may let go of its bytes: 100 MB of texts are not kept through a build.
    bytes: Mutex<Option<Bytes>>,
}

impl Clone for SourceFile {
    fn clone(&self) -> Self {
        Self { bytes: Mutex::new(self.held()), ..*self }
    }
}

impl SourceFile {
    fn held(&self) -> Option<Bytes> {
        self.bytes.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn hold(&self, bytes: Option<Bytes>) {
        *self.bytes.lock().unwrap_or_else(PoisonError::into_inner) = bytes;
    }
}

/// A snapshot of the files of a project, sorted by path.
#[derive(Default)]
pub struct Sources {
    files: Vec<(SourcePath, SourceFile)>,
    // Paths begin alike: to find one among ten thousand by its letters takes ten times as long.
    places: FxHashMap<SourcePath, usize>,
    refused: BTreeSet<SourcePath>,
    loader: Option<Arc<dyn Loader>>,
    lost: Mutex<BTreeSet<SourcePath>>,
}

impl Clone for Sources {
    /// The same files; whether they can be read is yet to be seen.
    fn clone(&self) -> Self {
        Self {
            files: self.files.clone(),
            places: self.places.clone(),
            refused: self.refused.clone(),
            loader: self.loader.clone(),
            lost: Mutex::default(),
        }
    }
}

impl std::fmt::Debug for Sources {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_list().entries(self.paths()).finish()
    }
}

impl Sources {
    /// An empty snapshot whose files come through `loader` where only a fingerprint is known.
    pub fn with_loader(loader: Arc<dyn Loader>) -> Self {
        Self { loader: Some(loader), ..Self::default() }
    }

    /// Adds or replaces a file whose bytes are at hand, and stay so.
    pub fn insert(&mut self, path: SourcePath, bytes: impl AsRef<[u8]>) {
        let bytes = Bytes::copy_from_slice(bytes.as_ref());
        let fingerprint = Fingerprint::of(&bytes);
        let file = SourceFile { fingerprint, is_loadable: false, bytes: Mutex::new(Some(bytes)) };
        self.put(path, file);
    }

    /// Adds or replaces a file whose fingerprint is known; without bytes they are loaded on demand.
    pub fn insert_fingerprinted(
        &mut self,
        path: SourcePath,
        fingerprint: Fingerprint,
        bytes: Option<Bytes>,
    ) {
        let file = SourceFile { fingerprint, is_loadable: true, bytes: Mutex::new(bytes) };
        self.put(path, file);
    }

    fn put(&mut self, path: SourcePath, file: SourceFile) {
        if let Some(at) = self.places.get(&path) {
            self.files[*at].1 = file;
            return;
        }
        let at = match self.files.last() {
            Some((last, _)) if *last > path => self.files.partition_point(|(one, _)| *one < path),
            _ => self.files.len(),
        };
        self.files.insert(at, (path, file));
        self.count_from(at);
    }

    /// Takes note of where the files from a place on stand.
    fn count_from(&mut self, at: usize) {
        for (place, (path, _)) in self.files.iter().enumerate().skip(at) {
            self.places.insert(path.clone(), place);
        }
    }

    /// Says that a file or folder is there, and nobody knows what it holds.
    pub fn refuse(&mut self, path: SourcePath) {
        self.refused.insert(path);
    }

    /// The files and folders that are there and could not be read.
    pub fn refused(&self) -> &BTreeSet<SourcePath> {
        &self.refused
    }

    /// Removes a file.
    pub fn remove(&mut self, path: &SourcePath) {
        if let Some(at) = self.places.remove(path) {
            self.files.remove(at);
            self.count_from(at);
        }
    }

    /// All files, sorted by path.
    pub fn iter(&self) -> impl Iterator<Item = (&SourcePath, &SourceFile)> {
        self.files.iter().map(|(path, file)| (path, file))
    }

    /// All paths, sorted.
    pub fn paths(&self) -> impl Iterator<Item = &SourcePath> {
        self.files.iter().map(|(path, _)| path)
    }

    /// The file at `path`.
    pub fn get(&self, path: &SourcePath) -> Option<&SourceFile> {
        self.places.get(path).map(|at| &self.files[*at].1)
    }

    /// The bytes of the file at `path`; `None` if there is none, or if it is lost: it changed since
    /// the snapshot, or can no longer be read.
    pub fn bytes(&self, path: &SourcePath) -> Option<Bytes> {
        let bytes = self.load(path);
        if bytes.is_none() && self.places.contains_key(path) {
            self.lost.lock().unwrap_or_else(PoisonError::into_inner).insert(path.clone());
        }
        bytes
    }

    /// The same for whoever reads a file to its end: nothing else holds the bytes, if they can be loaded again.
    pub fn bytes_once(&self, path: &SourcePath) -> Option<Bytes> {
        let bytes = self.bytes(path);
        self.release(path);
        bytes
    }

    /// The files that were asked for and are lost. What was made since the first of them was is
    /// made of something else than this snapshot.
    pub fn lost(&self) -> Vec<SourcePath> {
        self.lost.lock().unwrap_or_else(PoisonError::into_inner).iter().cloned().collect()
    }

    fn load(&self, path: &SourcePath) -> Option<Bytes> {
        let file = self.get(path)?;
        file.held().or_else(|| {
            let bytes = self.loader.as_ref()?.load(path, file.fingerprint)?;
            file.hold(Some(bytes.clone()));
            Some(bytes)
        })
    }

    /// Lets go of the bytes of a file, if they can be loaded again.
    pub fn release(&self, path: &SourcePath) {
        if let (Some(file), Some(_)) = (self.get(path), &self.loader)
            && file.is_loadable
        {
            file.hold(None);
        }
    }

    /// The text of the file at `path`, to show it, never to read it. Each broken byte becomes one
    /// character of one byte, so that positions stay what they are.
    pub fn text_lossy(&self, path: &SourcePath) -> Option<String> {
        let bytes = self.load(path)?;
        let mut text = String::with_capacity(bytes.len());
        for chunk in bytes.utf8_chunks() {
            text.push_str(chunk.valid());
            // The character for what cannot be shown: SUBSTITUTE.
            text.extend(chunk.invalid().iter().map(|_| '\u{1a}'));
        }
        Some(text)
    }

    /// Whether there is no file.
    pub fn is_empty(&self) -> bool {
        self.files.is_empty()
    }

    /// How many files there are.
    pub fn len(&self) -> usize {
        self.files.len()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Nothing;

    impl Loader for Nothing {
        fn load(&self, _: &SourcePath, _: Fingerprint) -> Option<Bytes> {
            None
        }
    }

    #[test]
    fn files_are_sorted_and_found_however_they_come_and_go() {
        let mut sources = Sources::default();
        for path in ["b", "d", "a", "c", "b"] {
            sources.insert(path.into(), path.as_bytes());
        }
        sources.remove(&"a".into());
        sources.remove(&"e".into());
        let found = |path: &str| sources.bytes(&path.into()).map(|bytes| bytes.to_vec());
        assert_eq!(
            ["a", "b", "c", "d"].map(found),
            [None, Some(b"b".to_vec()), Some(b"c".to_vec()), Some(b"d".to_vec())]
        );
        assert!(sources.paths().map(SourcePath::as_str).eq(["b", "c", "d"]));
    }

    #[test]
    fn bytes_that_no_loader_knows_are_not_let_go() {
        let mut sources = Sources::with_loader(Arc::new(Nothing));
        let bytes = Bytes::from_static(b"x");
        sources.insert("put-in".into(), &bytes);
        let fingerprint = Fingerprint::of(&bytes);
        sources.insert_fingerprinted("on-disk".into(), fingerprint, Some(bytes.clone()));
        let sources = sources.clone();
        for path in ["put-in", "on-disk"] {
            sources.release(&path.into());
        }
        assert_eq!(sources.bytes(&"put-in".into()), Some(bytes));
        assert_eq!(sources.bytes(&"on-disk".into()), None);
    }
}
