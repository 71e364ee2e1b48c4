//! A rename that was killed on its way: the record has its new id already, and some of its files lie
//! by the old one still, or by both.

use super::home::with_stem;
use super::{Refusal, Request};
use crate::authoring::change::Change;
use crate::graph::KnowledgeBase;
use crate::source::{Fingerprint, SourcePath, Sources};

/// The moves that are left to do.
pub(super) struct Begun {
    /// Whether the record itself lies in both places.
    is_record: bool,
    moves: Vec<(SourcePath, SourcePath)>,
}

impl Begun {
    /// What is left, if the record has the old id among its former ones.
    pub(super) fn find(
        base: &KnowledgeBase,
        sources: &Sources,
        Request { kind, old, new }: Request<'_>,
    ) -> Option<Self> {
        let renamed = base.entry(base.find(kind, new)?);
        let was = &renamed.data.common().was;
        if *renamed.id != *new || !was.iter().any(|id| **id == *old) {
            return None;
        }
        let known = base.entry(base.find(kind, old)?);
        if *known.id == *old {
            let is_copy = with_stem(&known.path, new) == renamed.path;
            let moves = vec![(known.path.clone(), renamed.path.clone())];
            return is_copy.then_some(Self { is_record: true, moves });
        }
        let folder = format!("content/{}", kind.folder());
        let is_left = |path: &&SourcePath| {
            path.stem() == old && path.extension() == "md" && path.below(&folder).is_some()
        };
        let texts = sources.paths().filter(is_left);
        let moves: Vec<_> = texts.map(|path| (path.clone(), with_stem(path, new))).collect();
        (!moves.is_empty()).then_some(Self { is_record: false, moves })
    }

    /// The project from which the rename can go on: the record where it was, or its text where it is.
    pub(super) fn rest(&self, sources: &Sources) -> Sources {
        let mut rest = sources.clone();
        for (from, to) in &self.moves {
            if self.is_record {
                rest.remove(to);
            } else if let Some(bytes) = sources.bytes(from) {
                rest.remove(from);
                rest.insert(to.clone(), bytes);
            }
        }
        rest
    }

    /// Adds the moves to the changes.
    ///
    /// # Errors
    /// If one of the files by the new id is not what the rename would make of it.
    pub(super) fn join(self, changes: &mut Vec<Change>, sources: &Sources) -> Result<(), Refusal> {
        for (from, to) in self.moves {
            let at = changes.iter().position(|change| change.to == to);
            let known = at.map(|at| changes.remove(at));
            let edits = known.map_or_else(Vec::new, |change| change.edits);
            let before = sources.bytes(&from).ok_or_else(Refusal::changed)?;
            let change = Change { from, to, before, edits };
            let there = sources.get(&change.to).map(|file| file.fingerprint);
            if there.is_some_and(|there| there != Fingerprint::of(&change.after())) {
                return Err(Refusal::in_the_way(&change.to));
            }
            changes.insert(0, change);
        }
        Ok(())
    }
}
