//! From a folder to a project as it is now, and to its analysis with what earlier builds found out.

use std::path::Path;
use std::sync::{Mutex, OnceLock, PoisonError};

use super::arguments::Global;
use crate::diagnostic::Diagnostic;
use crate::edge::disk::{Cache, Fetched, PictureShelf, SnapshotMemo, snapshot};
use crate::edge::machine::MachineError;
use crate::graph::Circumstances;
use crate::model::Date;
use crate::pipeline::{Analysis, Changes, Input, Memo, analyze};
use crate::source::Fingerprint;

/// A project as it is on disk now.
pub(super) struct Project {
    /// All that its site is made from.
    pub(super) input: Input,
    /// What is wrong with its files as files.
    pub(super) diagnostics: Vec<Diagnostic>,
    /// What earlier builds remember.
    pub(super) cache: Cache,
    /// The memo of its files, if it is another one than the cache has.
    files: Option<SnapshotMemo>,
    /// The memo of what files say, from when it was fetched until it is read.
    remembered: Mutex<Option<Remembered>>,
    /// The checksum of that memo as it was last written in full, once it was read.
    whole: OnceLock<Fingerprint>,
    /// The pictures that earlier builds made.
    pub(super) shelf: PictureShelf,
}

/// The memo of what files say.
const ANALYSIS: &str = "analysis";
/// What changed in it since it was written, with its checksum: after an edit of one article of ten thousand, the
/// rest is not written again.
const CHANGES: &str = "changes";
/// The memo of the files of the last snapshot.
const FILES: &str = "files";

/// The memo of what files say as it lies on the disk, and what changed in it since it was written.
struct Remembered {
    analysis: Fetched,
    changes: Fetched,
}

impl Remembered {
    fn fetch(cache: &Cache) -> Self {
        Self { analysis: cache.fetch(ANALYSIS), changes: cache.fetch(CHANGES) }
    }
}

impl Project {
    /// What earlier builds found out.
    pub(super) fn memo(&self) -> Memo {
        let fetched = self.remembered.lock().unwrap_or_else(PoisonError::into_inner).take();
        let Remembered { analysis, changes } =
            fetched.unwrap_or_else(|| Remembered::fetch(&self.cache));
        let mut memo: Memo = analysis.read();
        let (whole, changes): (Option<Fingerprint>, Changes<'static>) = changes.read();
        if let Some(checksum) = analysis.checksum() {
            self.whole.get_or_init(|| checksum);
            if whole == Some(checksum) {
                memo.apply(changes);
            }
        }
        memo
    }

    /// Keeps it for later builds.
    pub(super) fn remember(&self, memo: &Memo) {
        match (self.whole.get().copied(), memo.changes()) {
            (Some(whole), Some(changes)) => self.cache.save(CHANGES, &(Some(whole), changes)),
            _ => {
                self.cache.save(ANALYSIS, memo);
                self.cache.forget(CHANGES);
            }
        }
    }

    /// Keeps what the files looked like.
    pub(super) fn remember_files(&self) {
        if let Some(memo) = &self.files {
            self.cache.save(FILES, memo);
        }
    }

    /// The analysis, and all that is wrong, with the files as files as well.
    pub(super) fn analyzed(&self) -> (Analysis, Vec<Diagnostic>) {
        self.analyzed_with(&mut self.memo())
    }

    /// The same, for whoever keeps what was found out.
    pub(super) fn analyzed_with(&self, memo: &mut Memo) -> (Analysis, Vec<Diagnostic>) {
        // The analysis begins with what one thread does alone.
        let (analysis, ()) = rayon::join(|| analyze(&self.input, memo), || self.remember_files());
        let diagnostics = self.diagnostics.iter().chain(&analysis.diagnostics).cloned().collect();
        (analysis, diagnostics)
    }
}

/// Reads the files of a project, those that changed.
pub(super) fn open(
    root: &Path,
    global: &Global,
    base_url: Option<&str>,
) -> Result<Project, MachineError> {
    let cache = Cache::of(root);
    let mut memo: SnapshotMemo = cache.load(FILES);
    let before = memo.clone();
    let (sources, diagnostics) = snapshot(root, &mut memo)?;
    let files = (memo != before).then_some(memo);
    let input = Input { sources, circumstances: circumstances(global, base_url) };
    let (remembered, whole, shelf) = (Mutex::default(), OnceLock::new(), PictureShelf::of(root));
    Ok(Project { input, diagnostics, cache, files, remembered, whole, shelf })
}

/// The same for who goes on to analyse it.
pub(super) fn open_to_analyze(
    root: &Path,
    global: &Global,
    base_url: Option<&str>,
) -> Result<Project, MachineError> {
    let cache = Cache::of(root);
    // Folders are listed on one thread, and the memo of ten thousand articles takes as long to fetch.
    let (project, remembered) =
        rayon::join(|| open(root, global, base_url), || Remembered::fetch(&cache));
    Ok(Project { remembered: Mutex::new(Some(remembered)), ..project? })
}

/// The day, and what is wanted.
pub(super) fn circumstances(global: &Global, base_url: Option<&str>) -> Circumstances {
    Circumstances {
        as_of: global.as_of.unwrap_or_else(today),
        with_drafts: global.drafts,
        base_url: base_url.map(ToOwned::to_owned),
    }
}

/// The day of `SOURCE_DATE_EPOCH`, or today in UTC.
fn today() -> Date {
    let given = source_date().ok().flatten();
    let now = given.unwrap_or_else(jiff::Timestamp::now);
    Date::from_civil(now.to_zoned(jiff::tz::TimeZone::UTC).date())
}

/// The second that `SOURCE_DATE_EPOCH` names, as builds that can be repeated agree to write it.
///
/// # Errors
/// Says that it names none.
pub(super) fn source_date() -> Result<Option<jiff::Timestamp>, MachineError> {
    let Some(given) = std::env::var_os("SOURCE_DATE_EPOCH").filter(|given| !given.is_empty())
    else {
        return Ok(None);
    };
    let seconds = given.to_str().and_then(|given| given.parse().ok());
    let named = seconds.and_then(|seconds| jiff::Timestamp::from_second(seconds).ok());
    named.map(Some).ok_or_else(|| {
        let given = given.to_string_lossy();
        MachineError::usage(format!("`SOURCE_DATE_EPOCH` is no number of seconds: `{given}`"))
            .hint("count them from the beginning of 1970, as `date +%s` does, or unset it")
    })
}
