//! Which record a kind and an id mean, today's or a former one.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::{Circumstances, RecordId};
use crate::model::topic::Topic;
use crate::model::{Content, Data, Entry, Id, Kind, Ref, Text, TextWords};

/// Finds records by kind and id.
#[derive(Debug)]
pub(super) struct Names {
    /// By kind, in the order of kinds.
    current: Vec<FxHashMap<Id, RecordId>>,
    former: Vec<FxHashMap<Id, RecordId>>,
    by_id: FxHashMap<Id, Vec<RecordId>>,
    starts: Vec<usize>,
    /// Records that are there but could not be read.
    broken: BTreeSet<(Kind, Id)>,
}

impl Names {
    pub(super) fn new(content: &Content) -> Self {
        let entries = &content.entries;
        let mut names = Self {
            current: vec![FxHashMap::default(); Kind::ALL.len()],
            former: vec![FxHashMap::default(); Kind::ALL.len()],
            by_id: FxHashMap::default(),
            starts: Vec::new(),
            broken: content.broken.clone(),
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

    /// Whether a record of that name exists, though it could not be read.
    pub(super) fn is_broken(&self, kind: Kind, id: &str) -> bool {
        self.broken.contains(&(kind, Id::new(id)))
    }

    /// Whether a record of that name exists in any kind, though it could not be read.
    pub(super) fn is_broken_anywhere(&self, id: &str) -> bool {
        self.broken.iter().any(|(_, broken)| &**broken == id)
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

/// Leaves out drafts, unless they are wanted. Who links to them is told so by a rule.
pub(super) fn without_drafts(mut content: Content, circumstances: &Circumstances) -> Content {
    let is_draft = |entry: &Entry| entry.data.common().is_draft;
    if !circumstances.with_drafts && content.entries.iter().any(is_draft) {
        let (drafts, kept) = content.entries.into_iter().partition::<Vec<_>, _>(is_draft);
        content.entries = kept;
        // A draft is there, though nobody sees it: a reference to it is no misspelling.
        content.drafts.extend(drafts.into_iter().map(|entry| (entry.kind, entry.id)));
        content.broken.extend(content.drafts.iter().cloned());
    }
    content
}

/// The topics that are used and not declared, named after their ids.
pub(super) fn implied_topics(content: &Content) -> Vec<Entry> {
    let is_topic = |entry: &&Entry| entry.kind == Kind::Topic;
    let declared: BTreeSet<Id> =
        content.entries.iter().filter(is_topic).map(|entry| entry.id.clone()).collect();
    let mut implied: BTreeMap<&Id, Entry> = BTreeMap::new();
    for entry in &content.entries {
        for id in topics_of(&entry.data).iter().map(|topic| &topic.id) {
            if id.is_well_formed()
                && !declared.contains(id)
                && !implied.contains_key(id)
                && !content.broken.contains(&(Kind::Topic, id.clone()))
            {
                implied.insert(id, implied_topic(id, entry));
            }
        }
    }
    implied.into_values().collect()
}

fn topics_of(data: &Data) -> &[Ref<Topic>] {
    match data {
        Data::Article(article) => &article.topics,
        Data::Faq(faq) => &faq.topics,
        _ => &[],
    }
}

/// The same with more topics.
pub(super) fn with_topics(mut content: Content, topics: &[Entry]) -> Content {
    if topics.is_empty() {
        return content;
    }
    content.entries.extend(topics.iter().cloned());
    content.entries.sort_by(|one, other| (one.kind, &one.id).cmp(&(other.kind, &other.id)));
    content
}

fn implied_topic(id: &Id, user: &Entry) -> Entry {
    let mut name = id.replace('-', " ");
    if let Some(first) = name.get_mut(0..1) {
        first.make_ascii_uppercase();
    }
    let topic = Topic {
        name: Text::from(name.as_str()),
        summary: None,
        aliases: Vec::new(),
        was: Vec::new(),
        draft: false,
        published: None,
        updated: None,
        reviewed: None,
        sources: Vec::new(),
    };
    let data = Data::Topic(Box::new(topic));
    Entry {
        kind: Kind::Topic,
        id: id.clone(),
        path: user.path.clone(),
        base: user.base.then("topics"),
        position: u32::MAX,
        fingerprint: crate::source::fingerprint_of(&data),
        data: Arc::new(data),
        words: TextWords::default(),
        body: None,
    }
}
