//! The little language of the tests: a project in memory that is edited and built.
//!
//! After every build it is also built from scratch, with nothing remembered; both have to agree on
//! every byte of every page and on every finding.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::{Mutex, MutexGuard};

use rayon::prelude::*;
use serde::Serialize;
use sinew::diagnostic::{Diagnostic, has_errors, print};
use sinew::graph::Circumstances;
use sinew::model::Date;
use sinew::page::Shelf;
use sinew::page::output::{Made, OutputPath, Pages};
use sinew::pipeline::{Input, Memo, analyze};
use sinew::source::{Fingerprint, SourcePath, Sources};
use sinew::syntax::find::find;

/// A file of the site, with the key that made it.
#[derive(Clone, PartialEq)]
struct Page {
    glance: Option<Fingerprint>,
    key: Fingerprint,
    bytes: Vec<u8>,
}

/// A built site.
#[derive(Clone, Default)]
struct Built {
    pages: BTreeMap<OutputPath, Page>,
    diagnostics: Vec<Diagnostic>,
    /// The paths whose key changed.
    rendered: BTreeSet<String>,
}

/// A project in memory, and what is remembered of its builds.
pub(crate) struct Project {
    files: BTreeMap<String, Vec<u8>>,
    circumstances: Circumstances,
    memo: Memo,
    /// The memo as it was last written in full.
    whole: Vec<u8>,
    built: Built,
    builds: usize,
    shelf: MemoryShelf,
}

/// Keeps pictures in memory, where a test can look at them, and damage them.
#[derive(Default)]
pub(crate) struct MemoryShelf(Mutex<BTreeMap<String, Vec<u8>>>);

impl MemoryShelf {
    /// What lies there.
    pub(crate) fn files(&self) -> MutexGuard<'_, BTreeMap<String, Vec<u8>>> {
        self.0.lock().expect("nobody panics while holding it")
    }
}

impl Shelf for MemoryShelf {
    fn take(&self, name: &str) -> Option<Vec<u8>> {
        self.files().get(name).cloned()
    }

    fn put(&self, name: &str, bytes: &[u8]) {
        self.files().insert(name.to_owned(), bytes.to_owned());
    }
}

/// The circumstances of all tests.
pub(crate) fn circumstances() -> Circumstances {
    let as_of = Date::parse("2026-11-23").expect("a day of the calendar");
    Circumstances { as_of, with_drafts: false, base_url: None }
}

/// The files below a folder as texts, by their path in it.
pub(crate) fn files_below(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let entries = walkdir::WalkDir::new(folder).into_iter().map(|entry| entry.expect("readable"));
    let files = entries.filter(|entry| entry.file_type().is_file());
    files
        .map(|entry| {
            let below = entry.path().strip_prefix(folder).expect("it lies below");
            let path = below.to_str().expect("names are UTF-8").to_owned();
            (path, std::fs::read(entry.path()).expect("readable"))
        })
        .collect()
}

/// The folder of the small project that most tests begin with.
pub(crate) fn small_folder() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/sites/small"))
}

impl Project {
    /// A project of these files.
    pub(crate) fn new<'a>(files: impl IntoIterator<Item = (&'a str, &'a str)>) -> Self {
        let files = files.into_iter().map(|(path, text)| (path.to_owned(), text.as_bytes().into()));
        let mut files: BTreeMap<String, Vec<u8>> = files.collect();
        // The rules for health content have tests of their own.
        let quiet = "[check]\ndefault = \"allow\"\n";
        files.entry("site.toml".to_owned()).or_insert_with(|| quiet.into());
        Self::of(files)
    }

    /// A small project with records of every kind and no mistakes: `tests/sites/small`.
    pub(crate) fn small() -> Self {
        let mut files = files_below(small_folder());
        files.retain(|path, _| path == "site.toml" || path.starts_with("content/"));
        Self::of(files)
    }

    pub(crate) fn of(files: BTreeMap<String, Vec<u8>>) -> Self {
        Self {
            files,
            circumstances: circumstances(),
            memo: Memo::default(),
            whole: Vec::new(),
            built: Built::default(),
            builds: 0,
            shelf: MemoryShelf::default(),
        }
    }

    /// The paths of its files, sorted.
    pub(crate) fn files(&self) -> Vec<String> {
        self.files.keys().cloned().collect()
    }

    /// Its files with their bytes.
    pub(crate) fn contents(&self) -> &BTreeMap<String, Vec<u8>> {
        &self.files
    }

    /// Writes all files below a folder.
    pub(crate) fn put_below(&self, root: &Path) {
        for (path, bytes) in self.contents() {
            let path = root.join(path);
            std::fs::create_dir_all(path.parent().expect("it has a folder")).expect("a folder");
            std::fs::write(path, bytes).expect("written");
        }
    }

    pub(crate) fn text(&self, path: &str) -> Option<&str> {
        self.files.get(path).and_then(|bytes| std::str::from_utf8(bytes).ok())
    }

    /// Writes a file, or adds it.
    pub(crate) fn write(&mut self, path: &str, text: impl AsRef<[u8]>) -> &mut Self {
        self.files.insert(path.to_owned(), text.as_ref().to_owned());
        self
    }

    /// Changes the text of a file.
    #[track_caller]
    pub(crate) fn edit(&mut self, path: &str, change: impl FnOnce(&str) -> String) -> &mut Self {
        let before = self.text(path).expect("a file with text").to_owned();
        let after = change(&before);
        assert_ne!(before, after, "the edit of {path} changes nothing");
        self.write(path, after)
    }

    /// Replaces one piece of the text of a file.
    #[track_caller]
    pub(crate) fn replace(&mut self, path: &str, from: &str, to: &str) -> &mut Self {
        self.edit(path, |text| text.replacen(from, to, 1))
    }

    #[track_caller]
    pub(crate) fn delete(&mut self, path: &str) -> &mut Self {
        self.files.remove(path).expect("a file");
        self
    }

    #[track_caller]
    pub(crate) fn rename(&mut self, from: &str, to: &str) -> &mut Self {
        let bytes = self.files.remove(from).expect("a file");
        self.files.insert(to.to_owned(), bytes);
        self
    }

    /// Lets drafts belong to the site, or not.
    pub(crate) fn with_drafts(&mut self, with_drafts: bool) -> &mut Self {
        self.circumstances.with_drafts = with_drafts;
        self
    }

    /// Builds the site with all that is remembered and once more with nothing, and compares.
    #[track_caller]
    pub(crate) fn build(&mut self) -> &mut Self {
        // Every other build comes after a restart.
        if self.builds % 2 == 1 {
            self.restart();
        }
        self.builds += 1;
        let input = self.input();
        let built = build(&input, &mut self.memo, &self.built, &self.shelf);
        let nothing = MemoryShelf::default();
        let clean = build(&input, &mut Memo::default(), &Built::default(), &nothing);
        same(&built, &clean);
        self.built = built;
        self
    }

    /// Writes what is remembered, or what of it changed if that is little, and reads it again.
    fn restart(&mut self) {
        let changes = self.memo.changes().filter(|_| !self.whole.is_empty());
        let changes = changes.map(|changes| stored(&changes));
        if changes.is_none() {
            self.whole = stored(&self.memo);
        }
        self.memo = postcard::from_bytes(&self.whole).expect("a memo can be read again");
        if let Some(changes) = changes {
            self.memo.apply(postcard::from_bytes(&changes).expect("changes can be read again"));
        }
    }

    pub(crate) fn input(&self) -> Input {
        let mut sources = Sources::default();
        for (path, bytes) in &self.files {
            sources.insert(SourcePath::new(path), bytes.as_slice());
        }
        Input { sources, circumstances: self.circumstances.clone() }
    }

    /// The pictures that were made.
    pub(crate) fn shelf(&self) -> &MemoryShelf {
        &self.shelf
    }

    /// A file of the site as text.
    #[track_caller]
    pub(crate) fn page(&self, path: &str) -> &str {
        let page = self.find_page(path).unwrap_or_else(|| panic!("there is no page {path}"));
        std::str::from_utf8(&page.bytes).expect("pages are UTF-8")
    }

    /// All files of the site.
    pub(crate) fn pages(&self) -> BTreeMap<&str, &[u8]> {
        self.built.pages.iter().map(|(path, page)| (path.as_str(), &page.bytes[..])).collect()
    }

    fn find_page(&self, path: &str) -> Option<&Page> {
        self.built.pages.get(&OutputPath::new(path).expect("a path"))
    }

    #[track_caller]
    pub(crate) fn expect_page<const N: usize>(&self, path: &str, parts: [&str; N]) -> &Self {
        let page = self.page(path);
        for part in parts {
            assert!(page.contains(part), "{path} does not show {part:?}:\n{page}");
        }
        self
    }

    #[track_caller]
    pub(crate) fn expect_page_without(&self, path: &str, part: &str) -> &Self {
        let page = self.page(path);
        assert!(!page.contains(part), "{path} shows {part:?}:\n{page}");
        self
    }

    #[track_caller]
    pub(crate) fn expect_no_page(&self, path: &str) -> &Self {
        assert!(self.find_page(path).is_none(), "there is a page {path}");
        self
    }

    /// All findings, each as one line.
    pub(crate) fn findings(&self) -> String {
        print::concise(&find(&self.input().sources, &self.built.diagnostics))
    }

    #[track_caller]
    pub(crate) fn expect_findings<const N: usize>(&self, lines: [&str; N]) -> &Self {
        let findings = self.findings();
        assert_eq!(findings.lines().collect::<Vec<_>>(), lines);
        self
    }

    #[track_caller]
    pub(crate) fn expect_clean(&self) -> &Self {
        self.expect_findings([])
    }

    /// All that the last build found.
    pub(crate) fn diagnostics(&self) -> &[Diagnostic] {
        &self.built.diagnostics
    }

    pub(crate) fn has_errors(&self) -> bool {
        has_errors(&self.built.diagnostics)
    }

    /// The pages that the last build made anew are these.
    #[track_caller]
    pub(crate) fn expect_rendered<const N: usize>(&self, paths: [&str; N]) -> &Self {
        let rendered: Vec<&str> = self.built.rendered.iter().map(String::as_str).collect();
        let mut expected = paths;
        expected.sort_unstable();
        assert_eq!(rendered, expected);
        self
    }

    pub(crate) fn rendered(&self) -> &BTreeSet<String> {
        &self.built.rendered
    }
}

fn stored(value: &impl Serialize) -> Vec<u8> {
    postcard::to_stdvec(value).expect("it can be written")
}

fn build(input: &Input, memo: &mut Memo, before: &Built, shelf: &MemoryShelf) -> Built {
    let analysis = analyze(input, memo);
    let (pictures, found) = analysis.pictures(input, shelf, &|_, _, _| {});
    let site = analysis.site(input, pictures);
    let mut diagnostics = analysis.diagnostics.clone();
    diagnostics.extend(found);
    let make = |(index, path): (usize, &OutputPath)| {
        let glance = site.glance(index);
        let known = before.pages.get(path);
        // The writer keeps such a page without a further look.
        if let Some(known) = known.filter(|known| glance.is_some() && known.glance == glance) {
            return (path.clone(), Ok((known.clone(), false)));
        }
        let page = match site.make(index, known.map(|page| page.key)) {
            Err(diagnostic) => return (path.clone(), Err(diagnostic)),
            Ok(Made::New { key, bytes }) => Page { glance, key, bytes },
            Ok(Made::Same | Made::Unknown) => {
                Page { glance, ..known.expect("only a known page is the same").clone() }
            }
        };
        let is_new = known.is_none_or(|known| known.key != page.key);
        (path.clone(), Ok((page, is_new)))
    };
    let made: Vec<_> = site.paths().par_iter().enumerate().map(make).collect();
    let mut built = Built::default();
    for (path, result) in made {
        match result {
            Err(diagnostic) => diagnostics.push(*diagnostic),
            Ok((page, is_new)) => {
                if is_new {
                    built.rendered.insert(path.to_string());
                }
                built.pages.insert(path, page);
            }
        }
    }
    built.diagnostics = diagnostics;
    built
}

/// Both builds say and show the same.
#[track_caller]
fn same(built: &Built, clean: &Built) {
    assert_eq!(built.diagnostics, clean.diagnostics, "findings differ from those of a clean build");
    let paths = |built: &Built| built.pages.keys().cloned().collect::<Vec<_>>();
    assert_eq!(paths(built), paths(clean), "the files differ from those of a clean build");
    for (path, page) in &built.pages {
        let other = &clean.pages[path];
        assert!(
            page.bytes == other.bytes,
            "{path} differs from a clean build\n== incremental\n{}\n== clean\n{}",
            String::from_utf8_lossy(&page.bytes),
            String::from_utf8_lossy(&other.bytes)
        );
        assert_eq!(page.key, other.key, "the key of {path} differs from that of a clean build");
    }
}
