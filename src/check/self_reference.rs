//! Records that name themselves where another one is meant.

use crate::diagnostic::{Diagnostic, FieldPath, Segment};
use crate::graph::{KnowledgeBase, RecordId};
use crate::model::{Entry, Id, Kind, Visitor};

/// Every reference of a record to itself.
pub(super) fn check(base: &KnowledgeBase, found: &mut Vec<Diagnostic>) {
    for (record, entry) in base.records() {
        let mut finder = Finder { base, record, entry, found };
        entry.data.walk(&mut FieldPath::root(), &mut finder);
    }
}

struct Finder<'a, 'found> {
    base: &'a KnowledgeBase,
    record: RecordId,
    entry: &'a Entry,
    found: &'found mut Vec<Diagnostic>,
}

impl<'a> Visitor<'a> for Finder<'a, '_> {
    fn reference(&mut self, field: &FieldPath, kind: Kind, id: &'a Id) {
        // A person may have checked what is said of them.
        let is_review = matches!(field.segments(), [Segment::Key(key), ..] if **key == *"reviewed");
        if kind != self.entry.kind || is_review || self.base.find(kind, id) != Some(self.record) {
            return;
        }
        let message = format!("the {} `{id}` names itself", kind.word());
        let place = self.entry.value(field.clone());
        let help = "take it out, or name the other one that is meant";
        self.found.push(Diagnostic::warn("self-reference", place, message).help(help));
    }
}
