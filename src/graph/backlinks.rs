//! Who mentions whom: by reference, by link, or by a name that became a link.

use rayon::prelude::*;

use super::relations::Table;
use super::{KnowledgeBase, RecordId};

/// Record → the records that mention it, sorted by kind and id.
pub(super) fn backlinks(base: &KnowledgeBase) -> Table<RecordId> {
    let pairs: Vec<(RecordId, RecordId)> = (0..base.content.entries.len())
        .into_par_iter()
        .flat_map_iter(|at| {
            let from = RecordId::new(at);
            base.named_by(from).into_iter().map(move |to| (to, from))
        })
        .collect();
    Table::from_pairs(pairs)
}
