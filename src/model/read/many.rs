//! Reads many files side by side.

use std::sync::{Mutex, MutexGuard, PoisonError};

use rayon::prelude::*;

use super::role::{Role, role};
use super::words::{Gathering, GrowingLexicon};
use super::{FileContent, read_source};
use crate::source::{Fingerprint, SourcePath, Sources};
use crate::syntax::highlight;

/// In so many files every language of a project is likely to stand, and enough texts without code.
const PREPARED: usize = 512;

/// So many files are read one after the other: a thread that is done with its own can take some of another's.
const IN_A_ROW: usize = 16;

/// A file with what it holds, as the memo knows it.
pub(super) type ReadFile = (SourcePath, (Fingerprint, FileContent));

/// Reads many files of a snapshot side by side, and numbers their words.
pub(super) fn read(
    sources: &Sources,
    lexicon: &GrowingLexicon,
    mut files: Vec<(&SourcePath, Fingerprint)>,
) -> Vec<ReadFile> {
    // The rules of a language are compiled where its first block of code is met, and all other threads
    // that meet one wait for that: texts without code are read meanwhile.
    let mut later = files.split_off(files.len().min(PREPARED));
    let (coded, first): (Vec<_>, Vec<_>) =
        files.into_par_iter().partition(|(path, _)| holds_code(sources, path));
    let prepare = || {
        let texts = coded.iter().filter_map(|(path, _)| sources.bytes(path));
        highlight::prepare(texts.collect::<Vec<_>>().iter().map(|text| &**text));
    };
    let reading = Reading { sources, lexicon, idle: Mutex::default() };
    let ((), mut read) = rayon::join(prepare, || reading.each(first));
    later.extend(coded);
    read.extend(reading.each(later));
    read
}

fn holds_code(sources: &Sources, path: &SourcePath) -> bool {
    let is_text = matches!(role(path), Role::Text(..));
    is_text && sources.bytes(path).is_some_and(|text| highlight::is_in(&text))
}

struct Reading<'a> {
    sources: &'a Sources,
    lexicon: &'a GrowingLexicon,
    /// Those that no thread works with now: they know most words already.
    idle: Mutex<Vec<Gathering<'a>>>,
}

impl<'a> Reading<'a> {
    fn each(&self, files: Vec<(&SourcePath, Fingerprint)>) -> Vec<ReadFile> {
        let files = files.into_par_iter().with_max_len(IN_A_ROW);
        files
            .map(|(path, fingerprint)| {
                let mut content = read_source(self.sources, path);
                let mut gathering =
                    self.idle().pop().unwrap_or_else(|| Gathering::new(self.lexicon));
                gathering.take_in(&mut content);
                self.idle().push(gathering);
                (path.clone(), (fingerprint, content))
            })
            .collect()
    }

    fn idle(&self) -> MutexGuard<'_, Vec<Gathering<'a>>> {
        self.idle.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
