//! What was found in pieces of markdown, kept while records show the same to each other: then only
//! the texts that were edited are looked at again.

use std::collections::BTreeMap;

use crate::diagnostic::Diagnostic;
use crate::graph::{KnowledgeBase, RecordId};
use crate::source::Fingerprint;

/// What is known. It only saves work.
#[derive(Debug, Clone, Default)]
pub(super) struct Kept {
    /// What records showed to each other.
    interface: Fingerprint,
    /// The text of each record.
    texts: Vec<Option<Fingerprint>>,
    /// What each of those who look found, in the order in which they look, by record.
    found: Vec<BTreeMap<RecordId, Vec<Diagnostic>>>,
}

impl Kept {
    /// The records in which something else may be found than before, which is known no more.
    pub(super) fn open(&mut self, base: &KnowledgeBase) -> Vec<RecordId> {
        let text = |record| base.entry(record).body.as_ref().map(|body| body.fingerprint);
        let texts: Vec<_> = base.records().map(|(record, _)| text(record)).collect();
        let is_same = self.interface == base.interface() && self.texts.len() == texts.len();
        if !is_same {
            *self = Self { interface: base.interface(), ..Self::default() };
        }
        let changed = base
            .records()
            .map(|(record, _)| record)
            .filter(|record| !is_same || self.texts[record.index()] != texts[record.index()]);
        let changed = changed.collect();
        self.texts = texts;
        changed
    }

    /// Everything that one of those who look found, given what it found in the records to look at.
    pub(super) fn with(
        &mut self,
        turn: usize,
        looked_at: &[RecordId],
        found: Vec<(RecordId, Diagnostic)>,
    ) -> Vec<Diagnostic> {
        if self.found.len() <= turn {
            self.found.resize(turn + 1, BTreeMap::new());
        }
        let known = &mut self.found[turn];
        for record in looked_at {
            known.remove(record);
        }
        for (record, diagnostic) in found {
            known.entry(record).or_default().push(diagnostic);
        }
        known.values().flatten().cloned().collect()
    }
}
