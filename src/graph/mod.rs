//! Turns everything the author wrote into one linked, immutable knowledge base.
//! Knows nothing about HTML pages, templates or files on disk.

mod absent;
mod ambiguous;
mod anchors;
mod backlinks;
mod beginnings;
mod derived;
mod destination;
mod dictionary;
mod emergency;
mod files;
mod folded;
mod former;
mod kept;
mod mentions;
mod misspelt;
mod names;
mod offers;
mod promises;
mod ranking;
mod references;
mod related;
mod relations;
mod routes;
mod sections;
mod selection;
mod settings;
mod techniques;
mod ties;

use std::sync::Arc;

pub(crate) use anchors::{may_be_named as may_stand_beside_text, named as anchors_beside_text};
pub use anchors::{question_anchors, sections_of};
pub use destination::{Destination, Unresolved};
pub use dictionary::Dictionary;
pub(crate) use emergency::emergencies;
pub use files::{file_of, is_reserved};
pub use former::{FormerAnchors, Redirection};
pub use mentions::{GraphMemo, Mention};
pub use promises::{Fate, Promises};
pub use ranking::{Candidate, Reach};
pub(crate) use references::no_picture;
pub use related::Kinship;
pub use relations::Relations;
pub use routes::{Address, INDEX_PAGES, Routes, articles_path, media_address, media_path};
pub use sections::{letter_anchor, letter_of, sort_key};
pub use settings::{base_url_mistake, editor_mistake};
pub use techniques::{HOME_TECHNIQUES, HomeTechnique, is_safe_at_home};
pub use ties::NamedDraft;

use crate::diagnostic::Diagnostic;
use crate::model::settings::Settings;
use crate::model::{Content, Date, Entry, Id, Kind, OfKind, Ref, Text, Typed};
use crate::source::{Fingerprint, Sources};
use crate::syntax::markdown::Markdown;
use ambiguous::Ambiguities;
use dictionary::Renaming;
use kept::{Found, Kept, Last, say_the_same};
use mentions::{Meanings, Mentions};
use selection::Selection;
use ties::Ties;

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
    selection: Arc<Selection>,
    mentions: Arc<Mentions>,
    ties: Vec<Arc<Ties>>,
    backlinks: Arc<relations::Table<RecordId>>,
    kinship: Arc<Kinship>,
    interface: Fingerprint,
}

/// Resolves every name, link and address, and derives the other side of every relation.
pub fn resolve(
    content: Content,
    circumstances: Circumstances,
    sources: &Sources,
    memo: &mut GraphMemo,
) -> (KnowledgeBase, Vec<Diagnostic>) {
    let around = kept::around(&content, &circumstances);
    let read = content.entries.clone();
    let last = Last::new(memo.kept.take(), around, &read);
    let selection = match last.kept() {
        Some(kept) => Arc::clone(&kept.selection),
        None => Arc::new(Selection::new(&content, &circumstances)),
    };
    let content = selection.of(content);
    // What records are called, and where they stand: neither needs the other.
    let ((names, dictionary), (routes, ambiguities)) = rayon::join(
        || {
            let names = last
                .still(names::are_same, |kept| &kept.names)
                .unwrap_or_else(|| Arc::new(names::Names::new(&content.entries)));
            let dictionary = last
                .still(dictionary::is_called_the_same, |kept| &kept.dictionary)
                .unwrap_or_else(|| Arc::new(dictionary::dictionary(&content.entries, &names)));
            (names, dictionary)
        },
        || {
            let routes = || {
                last.still(former::lead_the_same, |kept| &kept.routes)
                    .unwrap_or_else(|| Found::new(routes::routes(&content)))
            };
            let ambiguities = || {
                last.kept()
                    .map(|kept| Arc::clone(&kept.ambiguities))
                    .filter(|known| last.agrees(|before, now| known.outlive(before, now)))
                    .unwrap_or_else(|| Arc::new(Ambiguities::new(&content)))
            };
            rayon::join(routes, ambiguities)
        },
    );
    let before = last.kept().filter(|kept| !Arc::ptr_eq(&kept.dictionary, &dictionary));
    let renaming = before.map(|kept| Renaming::new(&kept.dictionary, &dictionary));
    let meanings = Meanings { content: &content, dictionary: &dictionary, names: &names };
    let mentions = mentions::find_all(meanings, renaming.as_ref(), sources, memo);
    let mut base = KnowledgeBase {
        content,
        circumstances,
        routes: Arc::clone(&routes.value),
        dictionary,
        names,
        selection,
        mentions: Arc::new(mentions),
        ties: Vec::new(),
        relations: Arc::default(),
        backlinks: Arc::default(),
        kinship: Arc::default(),
        interface: Fingerprint::default(),
    };
    base.tie(&last);
    base.interface = kept::interface(around, &base);
    let mut diagnostics = routes.diagnostics.to_vec();
    diagnostics.extend_from_slice(&ambiguities.found);
    diagnostics.extend(base.ties.iter().flat_map(|ties| &ties.unknown).cloned());
    diagnostics.extend(settings::unsafe_addresses(base.settings()));
    diagnostics.extend(settings::editor(base.settings()));
    diagnostics.extend(settings::language(base.settings()));
    diagnostics.extend(base.ties.iter().flat_map(|ties| &ties.broken).cloned());
    diagnostics.extend(base.links_to_missing_sections());
    memo.kept = Some(Kept::new(around, read, &base, routes, ambiguities));
    (base, diagnostics)
}

impl KnowledgeBase {
    /// Finds what records say of each other, and derives the other side.
    fn tie(&mut self, last: &Last) {
        let stands = last.agrees(anchors::stand_the_same);
        let is_called = last.agrees(dictionary::is_called_the_same);
        self.ties = ties::tie(self, |at| {
            let ties = last.ties(at, &self.content.entries[at]).filter(|_| stands)?;
            (is_called || !ties.is_by_name).then(|| Arc::clone(ties))
        });
        let states_the_same =
            |kept: &Kept| say_the_same(&kept.ties, &self.ties, |ties| &ties.facts);
        let names_the_same = |kept: &Kept| {
            say_the_same(&kept.ties, &self.ties, |ties| &ties.named)
                && kept::mention_the_same(kept, &self.dictionary, &self.mentions)
        };
        let is_same_data = |one: &Entry, other: &Entry| one.fingerprint == other.fingerprint;
        let stated = last.kept().filter(|kept| states_the_same(kept));
        let relations = || {
            last.still(is_same_data, |kept| &kept.relations)
                .filter(|_| stated.is_some())
                .unwrap_or_else(|| {
                    Arc::new(relations::derive(self, stated.map(|kept| &*kept.relations)))
                })
        };
        let backlinks = || match last.kept().filter(|kept| names_the_same(kept)) {
            Some(kept) => Arc::clone(&kept.backlinks),
            None => Arc::new(backlinks::backlinks(self)),
        };
        let (relations, backlinks) = rayon::join(relations, backlinks);
        self.kinship = match stated {
            Some(kept) => Arc::clone(&kept.kinship),
            None => Arc::new(Kinship::new(self)),
        };
        (self.relations, self.backlinks) = (relations, backlinks);
    }

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
        self.interface
    }

    /// The records that mention a record, in text or by reference; sorted by kind and id.
    pub fn backlinks(&self, record: RecordId) -> &[RecordId] {
        self.backlinks.of(record)
    }

    /// The articles on a page of their list, from 1, newest first.
    pub fn articles_on(&self, number: u32) -> &[RecordId] {
        let shown = self.settings().content.articles_per_page();
        self.relations.newest.chunks(shown).nth(number as usize - 1).unwrap_or_default()
    }

    /// What articles have in common.
    pub fn kinship(&self) -> &Kinship {
        &self.kinship
    }

    /// What readers call a record.
    pub fn name(&self, record: RecordId) -> &Text {
        self.entry(record).data.name()
    }

    /// The records behind references, each once.
    pub fn all_found<K: OfKind>(&self, references: &[Ref<K>]) -> Vec<RecordId> {
        derived::each_once(references.iter().filter_map(|one| self.find(K::KIND, &one.id)))
    }

    /// Records sorted by name, as people look for them.
    pub fn by_name(&self, records: impl IntoIterator<Item = RecordId>) -> Vec<RecordId> {
        let mut records: Vec<RecordId> = records.into_iter().collect();
        records.sort_by_cached_key(|record| (sort_key(self.name(*record)), *record));
        records
    }

    /// The record of a kind and an id, or of a former id.
    pub fn find(&self, kind: Kind, id: &str) -> Option<RecordId> {
        self.names.find(kind, id)
    }

    /// All records, sorted by kind and id.
    pub fn records(&self) -> impl Iterator<Item = (RecordId, &Entry)> {
        self.content.entries.iter().enumerate().map(|(at, entry)| (RecordId::new(at), &**entry))
    }

    /// All records of one kind, sorted by id.
    pub fn of_kind(&self, kind: Kind) -> impl Iterator<Item = (RecordId, &Entry)> {
        let range = self.names.range(kind);
        range.map(|at| (RecordId::new(at), &*self.content.entries[at]))
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
        self.mentions.get(&record).map_or(&[], |mentions| &mentions.text)
    }

    /// The same in a field of a record.
    pub fn mentions_in(&self, record: RecordId, field: &Markdown) -> &[Mention] {
        self.mentions.get(&record).map_or(&[], |mentions| mentions.in_field(field))
    }

    /// The records whose names become links in the text of a record or in its fields, as often as they do.
    pub fn mentioned_by(&self, record: RecordId) -> impl Iterator<Item = RecordId> {
        let mentions = self.mentions.get(&record).into_iter().flat_map(|mentions| mentions.all());
        mentions.map(|mention| self.mentioned(mention))
    }

    /// The records that one names: by reference, by link, or by a name that became a link. Sorted.
    pub fn named_by(&self, record: RecordId) -> Vec<RecordId> {
        let mut named = self.ties[record.index()].named.clone();
        named.extend(self.mentioned_by(record));
        named.retain(|other| *other != record);
        named.sort_unstable();
        named.dedup();
        named
    }

    /// The record whose name stands at a mention.
    pub fn mentioned(&self, mention: &Mention) -> RecordId {
        self.dictionary.record(mention.name)
    }

    /// The record that a name in the `auto_link` of an article leaves alone.
    pub fn left_alone(&self, name: &str) -> Option<RecordId> {
        let Self { content, dictionary, names, .. } = self;
        Meanings { content, dictionary, names }.left_alone(name)
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
