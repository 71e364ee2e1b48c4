//! Which record a kind and an id mean, today's or a former one.

use std::ops::Range;
use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::RecordId;
use crate::model::{Entry, Id, Kind};

/// Finds records by kind and id.
#[derive(Debug)]
pub(super) struct Names {
    /// By kind, in the order of kinds.
    current: Vec<FxHashMap<Id, RecordId>>,
    former: Vec<FxHashMap<Id, RecordId>>,
    by_id: FxHashMap<Id, Vec<RecordId>>,
    starts: Vec<usize>,
}

impl Names {
    pub(super) fn new(entries: &[Arc<Entry>]) -> Self {
        let mut names = Self {
            current: vec![FxHashMap::default(); Kind::ALL.len()],
            former: vec![FxHashMap::default(); Kind::ALL.len()],
            by_id: FxHashMap::default(),
            starts: Vec::new(),
        };
        for (at, entry) in entries.iter().enumerate() {
            let record = RecordId::new(at);
            names.current[entry.kind as usize].insert(entry.id.clone(), record);
            names.by_id.entry(entry.id.clone()).or_default().push(record);
            for id in entry.data.common().was {
                names.former[entry.kind as usize].entry(id.clone()).or_insert(record);
            }
        }
        let start_of = |kind: &Kind| entries.partition_point(|entry| entry.kind < *kind);
        names.starts = Kind::ALL.iter().map(start_of).chain([entries.len()]).collect();
        names
    }

    pub(super) fn find(&self, kind: Kind, id: &str) -> Option<RecordId> {
        let at = kind as usize;
        self.current[at].get(id).or_else(|| self.former[at].get(id)).copied()
    }

    /// The records of any kind that have this id, in the order of kinds.
    pub(super) fn with_id(&self, id: &str) -> &[RecordId] {
        self.by_id.get(id).map_or(&[], Vec::as_slice)
    }

    /// The positions of the records of a kind.
    pub(super) fn range(&self, kind: Kind) -> Range<usize> {
        let at = kind as usize;
        self.starts[at]..self.starts[at + 1]
    }
}

/// Whether the same former ids mean a record.
pub(super) fn are_same(one: &Entry, other: &Entry) -> bool {
    one.data.common().was == other.data.common().was
}
