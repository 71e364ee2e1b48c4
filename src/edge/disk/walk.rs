//! Lists the files of a project, and whatever is in the way of reading them.
//! Opens nothing: folders are listed, links are followed only where they stay inside.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::collections::hash_map::Entry;
use std::ffi::OsStr;
use std::io;
use std::os::unix::ffi::OsStrExt;
use std::path::{Path, PathBuf};

use rustc_hash::FxHashMap;
use unicode_normalization::{UnicodeNormalization, is_nfc};
use walkdir::{DirEntry, WalkDir};

use super::names;
use crate::check::PROMISED;
use crate::diagnostic::{Diagnostic, Place};
use crate::source::SourcePath;

/// How deep folders may be nested.
const DEEPEST: usize = 32;

/// A file that was listed.
pub(super) struct Listed {
    /// Its path in the project, in normal form C.
    pub(super) path: SourcePath,
    /// How that is spelled on the disk, where it is in another form.
    pub(super) other_form: Option<String>,
    /// Whether it was a file when it was listed, and not a pipe or a device.
    pub(super) is_file: bool,
}

impl Listed {
    /// Its path in the project, as it is on the disk.
    pub(super) fn on_disk(&self) -> &str {
        self.other_form.as_deref().unwrap_or(self.path.as_str())
    }

    /// The path with how it is spelled on the disk, where that is in another form.
    pub(super) fn spelled(&self) -> Option<(SourcePath, String)> {
        Some((self.path.clone(), self.other_form.clone()?))
    }
}

/// What lies in the folder of a project, besides its files.
#[derive(Default)]
pub(super) struct Walked {
    /// The places in the project that links lead to, also where nothing is; without links on the way.
    pub(super) linked: BTreeSet<PathBuf>,
    /// The files and folders that cannot be read.
    pub(super) refused: Vec<SourcePath>,
    /// What is wrong with all of them.
    pub(super) diagnostics: Vec<Diagnostic>,
}

/// Lists `site.toml`, `addresses.txt` and all files below `content/` and `themes/`: hands each to `found`, in the
/// order of the disk.
pub(super) fn walk(root: &Path, found: &mut dyn FnMut(Listed)) -> io::Result<Walked> {
    let real_root = root.canonicalize()?;
    std::fs::read_dir(&real_root)?;
    let mut walk = Walk { root, real_root, found, walked: Walked::default() };
    for part in ["site.toml", PROMISED, "content", "themes"] {
        // Nothing there is nothing wrong.
        if root.join(part).symlink_metadata().is_ok() {
            walk.part(part);
        }
    }
    Ok(walk.walked)
}

struct Walk<'a> {
    root: &'a Path,
    /// The root without any links on the way to it.
    real_root: PathBuf,
    found: &'a mut dyn FnMut(Listed),
    walked: Walked,
}

impl Walk<'_> {
    fn part(&mut self, part: &str) {
        let folder = self.root.join(part);
        let mut entries = WalkDir::new(folder).follow_links(true).max_depth(DEEPEST).into_iter();
        while let Some(entry) = entries.next() {
            match entry {
                Ok(entry) => {
                    let goes_on = self.entry(&entry);
                    if !goes_on && entry.file_type().is_dir() {
                        entries.skip_current_dir();
                    }
                }
                Err(error) => self.failure(&error),
            }
        }
    }

    /// Takes in one file or folder; says whether to look into it.
    fn entry(&mut self, entry: &DirEntry) -> bool {
        let as_it_is = entry.file_name();
        let name = as_it_is.to_string_lossy();
        if entry.depth() > 0 && names::is_left_out(&name) {
            return false;
        }
        let below = self.below(entry.path());
        let path = in_normal_form(&below);
        if entry.path_is_symlink() {
            self.follow(entry.path());
        }
        if let Some(diagnostic) = self.refuse(entry, as_it_is, &path) {
            self.walked.diagnostics.push(diagnostic);
            self.walked.refused.push(path);
            return false;
        }
        if let Some(fault) = names::fault(&name) {
            let message = format!("the name `{name}` {fault}");
            let diagnostic = Diagnostic::error("bad-file-name", Place::file(&path), message);
            self.walked.diagnostics.push(diagnostic.help("give it another name"));
        }
        if !entry.file_type().is_dir() {
            let is_file = entry.file_type().is_file();
            let other_form = (path.as_str() != below).then(|| below.into_owned());
            (self.found)(Listed { path, other_form, is_file });
        } else if entry.depth() == DEEPEST {
            let message = format!("the folder lies in {DEEPEST} others");
            let diagnostic = Diagnostic::error("folder-too-deep", Place::file(&path), message);
            self.walked.diagnostics.push(diagnostic.help("put it further up"));
            self.walked.refused.push(path);
        }
        true
    }

    /// Why a file or folder is not read at all, if so.
    fn refuse(&self, entry: &DirEntry, name: &OsStr, path: &SourcePath) -> Option<Diagnostic> {
        let place = Place::file(path);
        if name.to_str().is_none() {
            let message = format!("the name `{}` is not UTF-8", name.to_string_lossy());
            let diagnostic = Diagnostic::error("bad-file-name", place, message);
            return Some(diagnostic.help("give it another name"));
        }
        if entry.path_is_symlink() && !self.stays_inside(entry.path()) {
            let target = std::fs::read_link(entry.path()).unwrap_or_default();
            let message = format!("the link leads out of the project, to `{}`", target.display());
            let diagnostic = Diagnostic::error("link-outside", place, message);
            return Some(diagnostic.help("copy what it leads to into the project"));
        }
        None
    }

    fn failure(&mut self, error: &walkdir::Error) {
        let on_disk = error.path().unwrap_or(self.root);
        let name = on_disk.file_name().unwrap_or_default().to_string_lossy();
        if names::is_left_out(&name) {
            return;
        }
        let path = in_normal_form(&self.below(on_disk));
        let is_loop = error.loop_ancestor().is_some()
            || error.io_error().is_some_and(|error| {
                error.raw_os_error() == Some(rustix::io::Errno::LOOP.raw_os_error())
            });
        let is_link = on_disk.symlink_metadata().is_ok_and(|metadata| metadata.is_symlink());
        self.walked.diagnostics.push(match error.io_error() {
            _ if is_loop => {
                Diagnostic::error("link-loop", Place::file(&path), "the link leads back to itself")
                    .help("remove the link")
            }
            Some(cause) if cause.kind() == io::ErrorKind::NotFound && is_link => {
                let message = "the link leads to nothing";
                Diagnostic::error("unreadable-file", Place::file(&path), message)
                    .help("remove the link, or mend it")
            }
            // It was listed, and removed before it was looked at.
            Some(cause) if cause.kind() == io::ErrorKind::NotFound => return,
            Some(cause) => unreadable(&path, cause),
            None => Diagnostic::error("unreadable-file", Place::file(&path), error.to_string()),
        });
        self.walked.refused.push(path);
    }

    /// Takes note of where a link leads, and of where that leads if it is a link as well.
    fn follow(&mut self, link: &Path) {
        let mut next = target(link);
        while let Some(place) = next
            && place.starts_with(&self.real_root)
            && self.walked.linked.insert(place.clone())
        {
            next = target(&place);
        }
    }

    /// Whether a link leads to a place below the root.
    fn stays_inside(&self, link: &Path) -> bool {
        link.canonicalize().is_ok_and(|target| target.starts_with(&self.real_root))
    }

    /// The path below the root. Broken bytes are replaced.
    fn below<'path>(&self, on_disk: &'path Path) -> Cow<'path, str> {
        // Every path begins with the root as it was given: comparing its parts once more for each
        // of ten thousand files takes longer than listing them.
        let whole = on_disk.as_os_str().as_bytes();
        let mut below = whole.strip_prefix(self.root.as_os_str().as_bytes()).unwrap_or(whole);
        while let [b'/', rest @ ..] = below {
            below = rest;
        }
        String::from_utf8_lossy(below)
    }
}

/// A path in normal form C.
fn in_normal_form(path: &str) -> SourcePath {
    if path.is_ascii() || is_nfc(path) {
        SourcePath::new(path)
    } else {
        SourcePath::new(path.nfc().collect::<String>())
    }
}

/// The place that a link names, in a folder that is no link; `None` if it is no link.
fn target(link: &Path) -> Option<PathBuf> {
    let named = link.parent()?.join(std::fs::read_link(link).ok()?);
    match named.file_name() {
        Some(name) => Some(named.parent()?.canonicalize().ok()?.join(name)),
        None => named.canonicalize().ok(),
    }
}

/// Sorts files by path, reports those whose names are one on other systems, and keeps one of each path.
pub(super) fn sort<T>(files: &mut Vec<(Listed, T)>, diagnostics: &mut Vec<Diagnostic>) {
    files.sort_unstable_by(|(a, _), (b, _)| (&a.path, a.on_disk()).cmp(&(&b.path, b.on_disk())));
    let mut known: FxHashMap<String, SourcePath> = FxHashMap::default();
    for (listed, _) in &*files {
        match known.entry(listed.path.as_str().to_lowercase()) {
            Entry::Vacant(place) => drop(place.insert(listed.path.clone())),
            Entry::Occupied(first) => diagnostics.push(same_name(&listed.path, first.get())),
        }
    }
    files.dedup_by(|(next, _), (before, _)| next.path == before.path);
}

fn same_name(path: &SourcePath, first: &SourcePath) -> Diagnostic {
    let how = if path == first { "how its accents are written" } else { "case" };
    let message = format!("the name differs from that of `{first}` only by {how}");
    Diagnostic::error("same-file-name", Place::file(path), message)
        .note("on many systems the two are one file")
        .help("give one of the two another name")
}

/// Says that the system does not let a file be read.
pub(super) fn unreadable(path: &SourcePath, error: &io::Error) -> Diagnostic {
    let reason = crate::edge::machine::reason(error);
    Diagnostic::error("unreadable-file", Place::file(path), format!("cannot be read: {reason}"))
        .help("give yourself the right to read it")
}
