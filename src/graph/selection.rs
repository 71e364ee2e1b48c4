//! Which records the site has: those that were read, without drafts, with topics that come to be by
//! being named.

use std::sync::Arc;

use rustc_hash::FxHashSet;

use super::Circumstances;
use super::absent::Drafts;
use super::dictionary::is_called_the_same;
use super::names::are_same;
use crate::model::topic::Topic;
use crate::model::{Content, Data, Entry, Id, Kind, Ref, Text, TextWords};

/// What the site does not have, and what it has besides.
#[derive(Debug)]
pub(super) struct Selection {
    /// Drafts that are not wanted. Who links to them is told so by a rule.
    pub(super) drafts: Drafts,
    /// The topics that are used and not declared, named after their ids; sorted by id.
    topics: Vec<Arc<Entry>>,
}

impl Selection {
    /// What follows from the records that were read.
    pub(super) fn new(content: &Content, circumstances: &Circumstances) -> Self {
        let is_left_out =
            |entry: &&Arc<Entry>| !circumstances.with_drafts && entry.data.common().is_draft;
        let finished = content.entries.iter().filter(is_left_out);
        // With drafts, those that cannot be read are reported, and are not there.
        let unfinished = content.unfinished.iter().filter(|_| !circumstances.with_drafts);
        let mut drafts: Vec<Arc<Entry>> = finished.chain(unfinished).cloned().collect();
        drafts.sort_by(|one, other| (one.kind, &one.id).cmp(&(other.kind, &other.id)));
        let declared = content.entries.iter().filter(|entry| entry.kind == Kind::Topic);
        let unread = content.broken.iter().filter(|(kind, _)| *kind == Kind::Topic);
        let unfinished = content.unfinished.iter().filter(|entry| entry.kind == Kind::Topic);
        // Who names a topic by a former id means the one that there is.
        let ids = declared
            .chain(unfinished)
            .flat_map(|entry| std::iter::once(&entry.id).chain(former(entry)));
        let mut known: FxHashSet<&Id> = ids.chain(unread.map(|(_, id)| id)).collect();
        // Which of them are declared, and what they are called, nobody knows then.
        let are_unread = content.unread.contains(&Kind::Topic);
        let mut topics = Vec::new();
        for entry in content.entries.iter().filter(|entry| !is_left_out(entry)) {
            for id in topics_of(&entry.data).iter().map(|topic| &topic.id) {
                if known.insert(id) && !are_unread && id.is_well_formed() {
                    topics.push(Arc::new(implied_topic(id, entry)));
                }
            }
        }
        topics.sort_by(|one, other| one.id.cmp(&other.id));
        Self { drafts: Drafts::new(drafts), topics }
    }

    /// The records of the site, sorted by kind and id.
    pub(super) fn of(&self, mut content: Content) -> Content {
        let Content { entries, drafts, .. } = &mut content;
        if !self.drafts.entries.is_empty() {
            drafts.extend(self.drafts.entries.iter().map(|one| (one.kind, one.id.clone())));
            entries.retain(|entry| !drafts.contains(&(entry.kind, entry.id.clone())));
        }
        if !self.topics.is_empty() {
            let at = entries.partition_point(|entry| entry.kind < Kind::Topic);
            let mut last = entries.split_off(at);
            last.extend(self.topics.iter().cloned());
            last.sort_by(|one, other| (one.kind, &one.id).cmp(&(other.kind, &other.id)));
            entries.extend(last);
        }
        content
    }
}

/// Whether the same follows from two readings of a record.
pub(super) fn select_the_same(one: &Entry, other: &Entry) -> bool {
    let is_draft = |entry: &Entry| entry.data.common().is_draft;
    let is_topic = one.kind == Kind::Topic;
    is_draft(one) == is_draft(other)
        && (!is_draft(one) || is_called_the_same(one, other) && are_same(one, other))
        && topics_of(&one.data) == topics_of(&other.data)
        && (!is_topic || former(one) == former(other))
}

fn former(entry: &Entry) -> &[Id] {
    entry.data.common().was
}

fn topics_of(data: &Data) -> &[Ref<Topic>] {
    match data {
        Data::Article(article) => &article.topics,
        Data::Faq(faq) => &faq.topics,
        Data::Myth(myth) => &myth.topics,
        _ => &[],
    }
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
        position: Entry::IMPLIED,
        fingerprint: crate::source::fingerprint_of(&data),
        data: Arc::new(data),
        words: TextWords::default(),
        body: None,
    }
}
