//! How a built site reaches the disk: the old one or the new one, and nobody else's files.

mod foreign;
mod spare;
mod swap;

use std::collections::BTreeMap;
use std::fs;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};

use sinew::diagnostic::{Diagnostic, Place};
use sinew::edge::disk::{Destination, OutputMemo, WhenLocked, Written, write_site};
use sinew::edge::machine::MachineError;
use sinew::page::output::{Made, OutputPath, Pages};
use sinew::source::{Fingerprint, SourcePath};

/// A site whose every file is a text; a text that begins with `!` is a mistake in a template, and of `?`
/// is only known that it has not changed.
struct Texts {
    paths: Vec<OutputPath>,
    texts: Vec<String>,
    rendered: AtomicUsize,
}

impl Texts {
    fn new(files: &[(&str, &str)]) -> Self {
        let files: BTreeMap<OutputPath, String> = files
            .iter()
            .map(|(path, text)| (OutputPath::new(path).expect("a path"), (*text).to_owned()))
            .collect();
        let (paths, texts) = files.into_iter().unzip();
        Self { paths, texts, rendered: AtomicUsize::new(0) }
    }
}

impl Pages for Texts {
    fn paths(&self) -> &[OutputPath] {
        &self.paths
    }

    fn make(&self, index: usize, known: Option<Fingerprint>) -> Result<Made, Box<Diagnostic>> {
        let text = &self.texts[index];
        if let Some(mistake) = text.strip_prefix('!') {
            let place = Place::file(&SourcePath::new("themes/base.html"));
            return Err(Box::new(Diagnostic::error("template", place, mistake)));
        }
        if text == "?" {
            return Ok(known.map_or(Made::Unknown, |_| Made::Same));
        }
        // Two texts that differ only behind `#` have different keys and the same bytes.
        let key = Fingerprint::of(text.as_bytes());
        if known == Some(key) {
            return Ok(Made::Same);
        }
        self.rendered.fetch_add(1, Ordering::Relaxed);
        let bytes = text.split('#').next().unwrap_or_default().as_bytes().to_vec();
        Ok(Made::New { key, bytes })
    }
}

/// A project in a folder of its own, and what is remembered of its output.
struct Project {
    folder: tempfile::TempDir,
    memo: OutputMemo,
}

impl Project {
    fn new() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        fs::create_dir(folder.path().join("content")).expect("made");
        Self { folder, memo: OutputMemo::default() }
    }

    fn output(&self) -> PathBuf {
        self.folder.path().join("public")
    }

    fn at(&self, path: &str) -> PathBuf {
        self.output().join(path)
    }

    fn put(&self, path: &str, text: &str) {
        let path = self.at(path);
        fs::create_dir_all(path.parent().expect("a folder")).expect("made");
        fs::write(path, text).expect("written");
    }

    fn write(&mut self, files: &[(&str, &str)]) -> Result<Written, MachineError> {
        self.write_pages(&Texts::new(files))
    }

    fn write_pages(&mut self, pages: &dyn Pages) -> Result<Written, MachineError> {
        let output = self.output();
        let destination = Destination {
            output: &output,
            project_root: self.folder.path(),
            home: None,
            when_locked: WhenLocked::Fail,
        };
        write_site(&destination, pages, &mut self.memo)
    }

    fn write_well(&mut self, files: &[(&str, &str)]) -> Written {
        let written = self.write(files).expect("the disk is fine");
        assert_eq!(written.diagnostics, []);
        written
    }

    /// All files and links of the output with their contents, without the manifest.
    fn tree(&self) -> BTreeMap<String, String> {
        let mut tree = BTreeMap::new();
        for entry in walkdir::WalkDir::new(self.output()).into_iter().flatten() {
            let path = entry.path().strip_prefix(self.output()).expect("below").to_owned();
            let text = match entry.file_type() {
                kind if kind.is_dir() => continue,
                kind if kind.is_symlink() => {
                    format!("-> {}", fs::read_link(entry.path()).expect("a link").display())
                }
                _ => fs::read_to_string(entry.path()).expect("a text"),
            };
            tree.insert(path.to_string_lossy().into_owned(), text);
        }
        tree.remove(".sinew-manifest");
        tree
    }

    fn expect_tree(&self, files: &[(&str, &str)]) {
        let expected: BTreeMap<String, String> =
            files.iter().map(|(path, text)| ((*path).to_owned(), (*text).to_owned())).collect();
        assert_eq!(self.tree(), expected);
    }

    /// Nothing but the output and the sources is left in the project.
    fn expect_tidy(&self) {
        let mut names: Vec<_> = fs::read_dir(self.folder.path())
            .expect("a folder")
            .map(|entry| entry.expect("an entry").file_name())
            .collect();
        names.retain(|name| name != "public");
        assert_eq!(names, ["content"]);
    }
}

/// Everything by which a file could be told to have been touched: bytes, inode, time.
fn identity(path: &Path) -> (u64, i64, i64) {
    let found = fs::symlink_metadata(path).expect("a file");
    (found.ino(), found.mtime(), found.mtime_nsec())
}
