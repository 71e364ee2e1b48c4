//! What is remembered of the files that were read, and what of it changed since all of it was written.

use std::borrow::Cow;
use std::sync::Arc;

use rustc_hash::{FxHashMap, FxHashSet};
use serde::{Deserialize, Serialize};

use super::again::Last;
use super::words::Lexicon;
use super::{FileContent, parts};
use crate::source::{Fingerprint, SourcePath, Sources};

/// So many times as many files as changed may be there: fewer are written in full.
const MANY: usize = 16;

/// A file as it was when it was read, with what it holds.
type Known = (Fingerprint, FileContent);

/// What was read before, by path and fingerprint. It only saves work.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct SourceMemo {
    #[serde(with = "parts")]
    pub(super) files: FxHashMap<SourcePath, Known>,
    pub(super) lexicon: Arc<Lexicon>,
    #[serde(skip)]
    pub(super) last: Option<Last>,
    /// The files that were read, or went, since the memo was written in full.
    #[serde(skip)]
    changed: FxHashSet<SourcePath>,
}

/// What makes a memo that was written in full what it is now.
#[derive(Debug, Default, Serialize, Deserialize)]
pub struct SourceChanges<'a> {
    /// The files that changed, sorted; nothing for one that went.
    files: Vec<(SourcePath, Option<Cow<'a, Known>>)>,
    lexicon: Arc<Lexicon>,
}

impl SourceMemo {
    /// Whether it knows nothing.
    pub fn is_empty(&self) -> bool {
        self.files.is_empty()
    }

    /// Whether it knows what a file holds.
    pub(super) fn knows(&self, path: &SourcePath, fingerprint: Fingerprint) -> bool {
        self.files.get(path).is_some_and(|(known, _)| *known == fingerprint)
    }

    /// Takes in files that were read.
    pub(super) fn learn(&mut self, files: Vec<(SourcePath, Known)>) {
        self.changed.extend(files.iter().map(|(path, _)| path.clone()));
        self.files.extend(files);
    }

    /// Forgets the files that a snapshot does not have.
    pub(super) fn forget_all_but(&mut self, sources: &Sources) {
        let Self { files, changed, .. } = self;
        files.retain(|path, _| {
            let is_there = sources.get(path).is_some();
            if !is_there {
                changed.insert(path.clone());
            }
            is_there
        });
    }

    /// What changed since it was written in full, if that is little beside all of it.
    pub fn changes(&self) -> Option<SourceChanges<'_>> {
        // None of none is nothing to go by.
        if self.changed.len() * MANY >= self.files.len() {
            return None;
        }
        let mut paths: Vec<&SourcePath> = self.changed.iter().collect();
        paths.sort_unstable();
        let file = |path: &SourcePath| (path.clone(), self.files.get(path).map(Cow::Borrowed));
        let files = paths.into_iter().map(file).collect();
        Some(SourceChanges { files, lexicon: Arc::clone(&self.lexicon) })
    }

    /// Makes one that was written in full what it was when `changes` were written.
    pub fn apply(&mut self, changes: SourceChanges<'_>) {
        for (path, file) in changes.files {
            self.changed.insert(path.clone());
            match file {
                Some(file) => self.files.insert(path, file.into_owned()),
                None => self.files.remove(&path),
            };
        }
        self.lexicon = changes.lexicon;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::read;

    fn sources(texts: &[(&str, &str)]) -> Sources {
        let mut sources = Sources::default();
        for (id, text) in texts {
            let path = format!("content/terms/{id}.yaml");
            sources.insert(
                path.as_str().into(),
                format!("name: {text}\ndefinition: {text}.\n").as_bytes(),
            );
        }
        sources
    }

    fn stored<T: Serialize>(value: &T) -> Vec<u8> {
        postcard::to_stdvec(value).expect("it serialises")
    }

    #[test]
    fn changes_make_of_an_old_memo_what_it_is_now() {
        let names: Vec<String> = (0..40).map(|number| format!("t{number}")).collect();
        let mut texts: Vec<(&str, &str)> =
            names.iter().map(|name| (name.as_str(), "knot")).collect();
        let mut memo = SourceMemo::default();
        read(&sources(&texts), &mut memo);
        assert!(memo.changes().is_none(), "all of it is new");
        let whole = stored(&memo);
        let mut memo: SourceMemo = postcard::from_bytes(&whole).expect("it is read");
        texts[3].1 = "band";
        texts.remove(7);
        read(&sources(&texts), &mut memo);
        let changes = stored(&memo.changes().expect("two of forty are few"));
        assert!(changes.len() * 4 < whole.len(), "{} of {}", changes.len(), whole.len());

        let mut again: SourceMemo = postcard::from_bytes(&whole).expect("it is read");
        again.apply(postcard::from_bytes(&changes).expect("it is read"));
        assert_eq!(again.files.len(), memo.files.len());
        for (path, file) in sources(&texts).iter() {
            assert!(again.knows(path, file.fingerprint), "{path}");
            assert_eq!(stored(&again.files[path]), stored(&memo.files[path]), "{path}");
        }
        assert_eq!(stored(&again.lexicon), stored(&memo.lexicon));
        // What changed before is still a change: the whole is older than both.
        assert_eq!(stored(&again.changes()), stored(&memo.changes()));
    }
}
