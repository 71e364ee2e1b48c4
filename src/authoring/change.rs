//! Changes to files, byte for byte: what is not named by an edit stays as it is.

use std::collections::BTreeMap;
use std::ops::Range;

use bytes::Bytes;

use crate::source::{SourcePath, Sources};

/// A piece of a file that becomes another one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edit {
    /// The bytes it takes the place of.
    pub range: Range<usize>,
    /// The new text.
    pub text: String,
}

/// A file that changes, or moves, or both.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// Where it is.
    pub from: SourcePath,
    /// Where it is to be.
    pub to: SourcePath,
    /// What it holds.
    pub before: Bytes,
    /// What changes in it: in order, and none over another.
    pub edits: Vec<Edit>,
}

impl Change {
    /// Whether it goes to another path.
    pub fn is_moved(&self) -> bool {
        self.from != self.to
    }

    /// What it is to hold.
    pub fn after(&self) -> Vec<u8> {
        let mut bytes = Vec::with_capacity(self.before.len() + 64);
        let mut rest = 0;
        for edit in &self.edits {
            bytes.extend_from_slice(&self.before[rest..edit.range.start]);
            bytes.extend_from_slice(edit.text.as_bytes());
            rest = edit.range.end;
        }
        bytes.extend_from_slice(&self.before[rest..]);
        bytes
    }
}

/// Edits as they are found, by file and place: one that is found twice counts once.
#[derive(Debug, Default)]
pub(crate) struct Edits {
    files: BTreeMap<SourcePath, BTreeMap<(usize, usize), String>>,
    moves: BTreeMap<SourcePath, SourcePath>,
}

impl Edits {
    pub(crate) fn replace(&mut self, path: &SourcePath, range: Range<usize>, text: &str) {
        let file = self.files.entry(path.clone()).or_default();
        file.insert((range.start, range.end), text.to_owned());
    }

    pub(crate) fn rename(&mut self, from: &SourcePath, to: SourcePath) {
        self.moves.insert(from.clone(), to);
    }

    /// Where a file goes, if it goes anywhere.
    pub(crate) fn moved(&self, path: &SourcePath) -> Option<&SourcePath> {
        self.moves.get(path)
    }

    /// The changes, files that move first. `None` if two edits lie over each other, or a file is gone.
    pub(crate) fn changes(mut self, sources: &Sources) -> Option<Vec<Change>> {
        let moved = std::mem::take(&mut self.moves);
        for path in moved.keys() {
            self.files.entry(path.clone()).or_default();
        }
        let mut changes = Vec::new();
        for (from, edits) in self.files {
            let before = sources.bytes(&from)?;
            let mut end = 0;
            let mut ordered = Vec::new();
            for ((start, stop), text) in edits {
                if start < end || stop > before.len() {
                    return None;
                }
                end = stop;
                ordered.push(Edit { range: start..stop, text });
            }
            let to = moved.get(&from).unwrap_or(&from).clone();
            changes.push(Change { from, to, before, edits: ordered });
        }
        changes.sort_by_key(|change| !change.is_moved());
        Some(changes)
    }
}

/// The sources as they are after some changes.
pub fn changed(sources: &Sources, changes: &[Change]) -> Sources {
    let mut after = sources.clone();
    for change in changes {
        after.remove(&change.from);
    }
    for change in changes {
        after.insert(change.to.clone(), change.after());
    }
    after
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn edits_change_what_they_name_and_nothing_else() {
        let mut sources = Sources::default();
        sources.insert("a".into(), &b"one two two"[..]);
        sources.insert("b".into(), &b"\xff"[..]);
        let mut edits = Edits::default();
        edits.replace(&"a".into(), 4..7, "2");
        edits.replace(&"a".into(), 4..7, "2");
        edits.replace(&"a".into(), 0..0, "> ");
        edits.rename(&"b".into(), "c".into());
        let changes = edits.changes(&sources).expect("they fit");
        let after = changed(&sources, &changes);
        let text = |path: &str| after.bytes(&path.into()).map(|bytes| bytes.to_vec());
        assert_eq!(text("a"), Some(b"> one 2 two".to_vec()));
        assert_eq!((text("b"), text("c")), (None, Some(b"\xff".to_vec())));
        assert!(changes[0].is_moved() && !changes[1].is_moved());
    }

    #[test]
    fn edits_that_lie_over_each_other_are_no_change() {
        let mut sources = Sources::default();
        sources.insert("a".into(), &b"one"[..]);
        let mut edits = Edits::default();
        edits.replace(&"a".into(), 0..2, "");
        edits.replace(&"a".into(), 1..3, "");
        assert_eq!(edits.changes(&sources), None);
    }
}
