//! Drafts in which something is missing or wrong: what they are called, and nothing else of them.
//! Nobody has to finish one before the rest of the site can be built.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::assemble::Records;
use super::data::{former_ids, value};
use super::{Content, Entry, FileRecord};
use crate::diagnostic::{Diagnostic, FieldPath};
use crate::model::topic::Topic;
use crate::model::{Data, Id, Kind, Text};
use crate::source::SourcePath;
use crate::syntax::node::{Node, Value};

/// A draft that cannot be read yet.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct Unfinished {
    pub(super) kind: Kind,
    /// A topic stands in for what it will be: that has a name, other names and former ids only.
    pub(super) record: FileRecord,
    /// All that is wrong with it.
    pub(super) found: Vec<Diagnostic>,
}

impl Unfinished {
    /// The record, if its author says that it is a draft.
    pub(super) fn draft(
        (kind, id): (Kind, &Id),
        base: &FieldPath,
        node: &Node,
        found: &[Diagnostic],
    ) -> Option<Self> {
        let is_draft = !found.is_empty() && matches!(value(node, "draft"), Some(Value::Flag(true)));
        is_draft.then(|| {
            let data = Data::Topic(Box::new(stand_in(kind, id, node)));
            let record = FileRecord::new(id.clone(), base.clone(), data);
            Self { kind, record, found: found.to_vec() }
        })
    }
}

fn stand_in(kind: Kind, id: &Id, node: &Node) -> Topic {
    let text = |value: &Value| match value {
        Value::Text(text) if !text.trim().is_empty() => Some(Text::from(text.as_str())),
        _ => None,
    };
    let aliases = match value(node, "aliases") {
        Some(Value::List(aliases)) => aliases.as_slice(),
        _ => &[],
    };
    Topic {
        name: value(node, kind.name_field()).and_then(text).unwrap_or_else(|| Text::from(&**id)),
        summary: None,
        aliases: aliases.iter().filter_map(|alias| text(&alias.value)).collect(),
        was: former_ids(node).collect(),
        draft: true,
        published: None,
        updated: None,
        reviewed: None,
        sources: Vec::new(),
    }
}

/// The drafts that are not finished, and what is wrong with them.
pub(super) type Drafts = (Vec<Arc<Entry>>, Vec<Diagnostic>);

/// Puts them together; `entries` are the records that could be read. One that is there a second time
/// is a mistake of its own.
pub(super) fn drafts(
    read: &[(&SourcePath, &Unfinished)],
    entries: &Records,
    twice: impl Fn(&Entry, &Entry) -> Diagnostic,
) -> (Drafts, Vec<Diagnostic>) {
    let mut drafts: BTreeMap<(Kind, Id), Entry> = BTreeMap::new();
    let (mut found, mut again) = (Vec::new(), Vec::new());
    for (path, draft) in read {
        let entry = draft.record.entry(path, draft.kind, 0);
        let key = (draft.kind, entry.id.clone());
        match entries.get(draft.kind, &entry.id).or_else(|| drafts.get(&key)) {
            Some(first) => again.push(twice(&entry, first)),
            None => {
                found.extend_from_slice(&draft.found);
                drafts.insert(key, entry);
            }
        }
    }
    ((drafts.into_values().map(Arc::new).collect(), found), again)
}

impl Content {
    /// Takes up the drafts that are not finished, as records that cannot be read, and says what is
    /// wrong with them.
    pub(crate) fn take_up_unfinished(&mut self) -> &[Diagnostic] {
        for draft in &self.unfinished {
            let ids = draft.data.common().was.iter().chain([&draft.id]);
            self.broken.extend(ids.map(|id| (draft.kind, id.clone())));
        }
        &self.found_in_unfinished
    }
}
