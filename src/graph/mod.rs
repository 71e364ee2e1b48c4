//! Turns everything the author wrote into one linked, immutable knowledge base.
//! Knows nothing about HTML pages, templates or files on disk.

mod anchors;
mod backlinks;
mod destination;
mod dictionary;
mod former;
mod kept;
mod mentions;
mod names;
mod offers;
mod promises;
mod ranking;
mod references;
mod related;
mod relations;
mod routes;
mod settings;

use std::sync::Arc;

pub use anchors::question_anchors;
pub use destination::{Destination, Unresolved};
pub use dictionary::Dictionary;
pub(crate) use dictionary::name_field;
pub use former::{FormerAnchors, Redirection};
pub use mentions::{GraphMemo, Mention};
pub use promises::{Fate, Promises};
pub use ranking::{Candidate, Reach};
pub use related::Kinship;
pub use relations::Relations;
pub use routes::{Address, INDEX_PAGES, Routes, media_address};
pub use settings::editor_mistake;

use crate::diagnostic::Diagnostic;
use crate::model::settings::Settings;
use crate::model::{Content, Date, Entry, Id, Kind, Text, Typed};
use crate::source::{Fingerprint, Sources};
use kept::{Derived, Kept, Linked};
use mentions::Mentions;

/// What the author cannot write down: the day, and what is wanted of this build.
#[derive(Debug, Clone, PartialEq)]
pub struct Circumstances {
    /// The day by which reviews are judged.
    pub as_of: Date,
    /// Whether drafts belong to the site.
    pub with_drafts: bool,
    /// The address of the site, instead of the one in the settings.
    pub base_url: Option<String>,
}

/// A record of a [`KnowledgeBase`], by its number there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RecordId(u32);

impl RecordId {
    fn new(number: usize) -> Self {
        Self(u32::try_from(number).expect("there are fewer records than bytes"))
    }

    /// The number, as a position in tables.
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

/// All records with what ties them together: the third of the values at the seams.
#[derive(Debug)]
pub struct KnowledgeBase {
    /// What it was made from, without drafts unless they are wanted; sorted by kind and id.
    pub content: Content,
    /// The circumstances of this build.
    pub circumstances: Circumstances,
    /// What is derived from the records.
    pub relations: Arc<Relations>,
    /// The addresses of all pages.
    pub routes: Arc<Routes>,
    /// The names that become links.
    pub dictionary: Arc<Dictionary>,
    names: Arc<names::Names>,
    mentions: Arc<Mentions>,
    linked: Linked,
}

/// Resolves every name, link and address, and derives the other side of every relation.
pub fn resolve(
    content: Content,
    circumstances: Circumstances,
    sources: &Sources,
    memo: &mut GraphMemo,
) -> (KnowledgeBase, Vec<Diagnostic>) {
    let records = kept::of_records(&content, &circumstances);
    let kept = memo.kept.take().filter(|kept| kept.records == records);
    let content = names::without_drafts(content, &circumstances);
    let implied = match &kept {
        Some(kept) => kept.implied.clone(),
        None => names::implied_topics(&content),
    };
    let content = names::with_topics(content, &implied);
    let derived = match &kept {
        Some(kept) => kept.derived.clone(),
        None => derive(&content),
    };
    let mentions = Arc::new(mentions::find_all(&content, &derived.dictionary, sources, memo));
    let mut base = KnowledgeBase {
        content,
        circumstances,
        relations: Arc::clone(&derived.relations),
        routes: Arc::clone(&derived.routes),
        dictionary: Arc::clone(&derived.dictionary),
        names: Arc::clone(&derived.names),
        mentions,
        linked: Linked::default(),
    };
    let (known, linked) = match kept {
        Some(kept) => {
            let is_same = kept::mention_the_same(&base.dictionary, &kept.mentions, &base.mentions);
            (kept.broken, is_same.then_some(kept.linked))
        }
        None => (Vec::new(), None),
    };
    base.linked = linked.unwrap_or_else(|| link(&base, records));
    let broken = references::broken_links(&base, &known);
    let mut diagnostics = derived.found.clone();
    diagnostics.extend(broken.iter().flat_map(|broken| broken.found.iter().cloned()));
    let (mentions, linked) = (Arc::clone(&base.mentions), base.linked.clone());
    memo.kept = Some(Kept { records, implied, derived, mentions, linked, broken });
    (base, diagnostics)
}

/// What follows from how records look to each other.
fn derive(content: &Content) -> Derived {
    let names = names::Names::new(content);
    let (routes, mut found) = routes::routes(content);
    let (dictionary, ambiguous) = dictionary::dictionary(content);
    found.extend(ambiguous);
    found.extend(references::unknown(content, &names));
    found.extend(settings::unsafe_addresses(&content.settings));
    found.extend(settings::editor(&content.settings));
    let relations = Arc::new(relations::derive(content, &names));
    let (names, routes, dictionary) = (Arc::new(names), Arc::new(routes), Arc::new(dictionary));
    Derived { names, routes, dictionary, relations, found }
}

/// What follows from that and from which names stand in which text.
fn link(base: &KnowledgeBase, records: Fingerprint) -> Linked {
    Linked {
        backlinks: Arc::new(backlinks::backlinks(base)),
        kinship: Arc::new(Kinship::new(base)),
        interface: kept::interface(records, base),
    }
}

impl KnowledgeBase {
    /// The settings of the project.
    pub fn settings(&self) -> &Settings {
        &self.content.settings
    }

    /// The address under which the site is published, without a slash at the end; may be empty.
    pub fn base_url(&self) -> &str {
        let given = self.circumstances.base_url.as_deref();
        given.unwrap_or(self.settings().base_url()).trim_end_matches('/')
    }

    /// The record of a number.
    pub fn entry(&self, record: RecordId) -> &Entry {
        &self.content.entries[record.index()]
    }

    /// The fingerprint of everything that one page can see of another one. While it stays the same,
    /// a page changes only if its own text does.
    pub fn interface(&self) -> Fingerprint {
        self.linked.interface
    }

    /// The records that mention a record, in text or by reference; sorted by kind and id.
    pub fn backlinks(&self, record: RecordId) -> &[RecordId] {
        self.linked.backlinks.of(record)
    }

    /// What articles have in common.
    pub fn kinship(&self) -> &Kinship {
        &self.linked.kinship
    }

    /// What readers call a record.
    pub fn name(&self, record: RecordId) -> &Text {
        self.entry(record).data.name()
    }

    /// The record of a kind and an id, or of a former id.
    pub fn find(&self, kind: Kind, id: &str) -> Option<RecordId> {
        self.names.find(kind, id)
    }

    /// All records, sorted by kind and id.
    pub fn records(&self) -> impl Iterator<Item = (RecordId, &Entry)> {
        self.content.entries.iter().enumerate().map(|(at, entry)| (RecordId::new(at), entry))
    }

    /// All records of one kind, sorted by id.
    pub fn of_kind(&self, kind: Kind) -> impl Iterator<Item = (RecordId, &Entry)> {
        let range = self.names.range(kind);
        range.map(|at| (RecordId::new(at), &self.content.entries[at]))
    }

    /// All records of one type, sorted by id.
    pub fn all<'a, T: Typed + 'a>(&'a self) -> impl Iterator<Item = (RecordId, &'a T)> {
        self.of_kind(T::KIND)
            .filter_map(|(record, entry)| T::of(&entry.data).map(|typed| (record, typed)))
    }

    /// The data of a record, if it is of a type.
    pub fn get<T: Typed>(&self, record: RecordId) -> Option<&T> {
        T::of(&self.entry(record).data)
    }

    /// The names that become links in the text of a record, in the order in which they stand.
    pub fn mentions(&self, record: RecordId) -> &[Mention] {
        self.mentions.get(&record).map_or(&[], |mentions| mentions.as_slice())
    }

    /// The records that one names: by reference, by link, or by a name that became a link. Sorted.
    pub fn named_by(&self, record: RecordId) -> Vec<RecordId> {
        let mut named = backlinks::mentioned_by(self, record);
        named.retain(|other| *other != record);
        named.sort_unstable();
        named.dedup();
        named
    }

    /// The record whose name stands at a mention.
    pub fn mentioned(&self, mention: &Mention) -> RecordId {
        self.dictionary.record(mention.name)
    }

    /// The ids of all records of a kind, for help with misspelt ones.
    pub fn ids(&self, kind: Kind) -> impl Iterator<Item = &Id> {
        self.of_kind(kind).map(|(_, entry)| &entry.id)
    }

    /// One sentence about a record, if it has one.
    pub fn summary(&self, record: RecordId) -> Option<&Text> {
        self.entry(record).data.summary()
    }
}
