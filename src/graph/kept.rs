//! What is kept from one analysis to the next, within one process.
//!
//! Nothing here lists what has to be found out again when what changes. Each finding is asked for
//! together with what it follows from; if no record differs in that, it is the one that was found before.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::ambiguous::Ambiguities;
use super::mentions::{InRecord, Mentions};
use super::names::Names;
use super::related::Kinship;
use super::relations::{Relations, Table};
use super::selection::{Selection, select_the_same};
use super::ties::Ties;
use super::{Circumstances, Dictionary, KnowledgeBase, RecordId, Routes};
use crate::diagnostic::Diagnostic;
use crate::model::{Content, Entry};
use crate::source::{Fingerprint, Fingerprinter};

/// What was found, with what is wrong.
#[derive(Debug)]
pub(super) struct Found<T> {
    pub(super) value: Arc<T>,
    pub(super) diagnostics: Arc<[Diagnostic]>,
}

impl<T> Found<T> {
    pub(super) fn new((value, diagnostics): (T, Vec<Diagnostic>)) -> Self {
        Self { value: Arc::new(value), diagnostics: diagnostics.into() }
    }
}

impl<T> Clone for Found<T> {
    fn clone(&self) -> Self {
        Self { value: Arc::clone(&self.value), diagnostics: Arc::clone(&self.diagnostics) }
    }
}

/// The last analysis.
#[derive(Debug, Clone)]
pub(super) struct Kept {
    /// The fingerprint of all that is around the records.
    pub(super) around: Fingerprint,
    /// The records that were read.
    pub(super) read: Vec<Arc<Entry>>,
    pub(super) selection: Arc<Selection>,
    /// The records of the site.
    pub(super) entries: Vec<Arc<Entry>>,
    pub(super) names: Arc<Names>,
    pub(super) routes: Found<Routes>,
    pub(super) dictionary: Arc<Dictionary>,
    pub(super) ambiguities: Arc<Ambiguities>,
    pub(super) ties: Vec<Arc<Ties>>,
    pub(super) relations: Arc<Relations>,
    pub(super) mentions: Arc<Mentions>,
    pub(super) backlinks: Arc<Table<RecordId>>,
    pub(super) kinship: Arc<Kinship>,
}

impl Kept {
    pub(super) fn new(
        around: Fingerprint,
        read: Vec<Arc<Entry>>,
        base: &KnowledgeBase,
        routes: Found<Routes>,
        ambiguities: Arc<Ambiguities>,
    ) -> Self {
        Self {
            around,
            read,
            selection: Arc::clone(&base.selection),
            entries: base.content.entries.clone(),
            names: Arc::clone(&base.names),
            routes,
            dictionary: Arc::clone(&base.dictionary),
            ambiguities,
            ties: base.ties.clone(),
            relations: Arc::clone(&base.relations),
            mentions: Arc::clone(&base.mentions),
            backlinks: Arc::clone(&base.backlinks),
            kinship: Arc::clone(&base.kinship),
        }
    }
}

/// The last analysis, if it was one of the same records, though some of them differ.
pub(super) struct Last {
    kept: Option<Kept>,
    /// The records that differ, by their position: as they were, and as they are.
    edited: Vec<(Arc<Entry>, Arc<Entry>)>,
}

impl Last {
    pub(super) fn new(kept: Option<Kept>, around: Fingerprint, read: &[Arc<Entry>]) -> Self {
        let kept = kept.filter(|kept| kept.around == around);
        let edited = kept.as_ref().and_then(|kept| edited(&kept.read, read));
        Self { kept: kept.filter(|_| edited.is_some()), edited: edited.unwrap_or_default() }
    }

    /// Whether there was an analysis of the same records, all of which are the same in something.
    pub(super) fn agrees(&self, is_same: impl Fn(&Entry, &Entry) -> bool) -> bool {
        self.kept.is_some() && self.edited.iter().all(|(before, now)| is_same(before, now))
    }

    /// What was found before, if all records are the same in what it follows from.
    pub(super) fn still<T: Clone>(
        &self,
        is_same: impl Fn(&Entry, &Entry) -> bool,
        found: impl Fn(&Kept) -> &T,
    ) -> Option<T> {
        self.kept.as_ref().filter(|_| self.agrees(is_same)).map(|kept| found(kept).clone())
    }

    /// What was found before, whatever follows from it.
    pub(super) fn kept(&self) -> Option<&Kept> {
        self.kept.as_ref()
    }

    /// What a record said of others, if it is the same.
    pub(super) fn ties(&self, at: usize, entry: &Arc<Entry>) -> Option<&Arc<Ties>> {
        let kept = self.kept.as_ref()?;
        let before = &kept.entries[at];
        (Arc::ptr_eq(before, entry) || is_same(before, entry)).then(|| &kept.ties[at])
    }
}

/// The records that differ. `None` if the site does not have the same ones, in the same places.
fn edited(before: &[Arc<Entry>], now: &[Arc<Entry>]) -> Option<Vec<(Arc<Entry>, Arc<Entry>)>> {
    let place = |entry: &Entry| {
        let body = entry.body.as_ref().map(|body| body.path.clone());
        (entry.kind, entry.id.clone(), entry.path.clone(), entry.position, body)
    };
    let mut edited = Vec::new();
    for (before, now) in before.iter().zip(now) {
        if Arc::ptr_eq(before, now) {
            continue;
        }
        let is_placed_the_same = place(before) == place(now) && before.base == now.base;
        if !is_placed_the_same || !select_the_same(before, now) {
            return None;
        }
        if !is_same(before, now) {
            edited.push((Arc::clone(before), Arc::clone(now)));
        }
    }
    (before.len() == now.len()).then_some(edited)
}

/// Whether two records with the same place hold the same.
fn is_same(one: &Entry, other: &Entry) -> bool {
    let text = |entry: &Entry| entry.body.as_ref().map(|body| body.fingerprint);
    one.fingerprint == other.fingerprint && text(one) == text(other)
}

/// Whether what all records say of others is the same in something.
pub(super) fn say_the_same<T: PartialEq>(
    one: &[Arc<Ties>],
    other: &[Arc<Ties>],
    what: impl Fn(&Ties) -> &T,
) -> bool {
    let is_same = |(one, other): (&Arc<Ties>, &Arc<Ties>)| {
        Arc::ptr_eq(one, other) || what(one) == what(other)
    };
    one.len() == other.len() && one.iter().zip(other).all(is_same)
}

/// The fingerprint of all that is around the records.
pub(super) fn around(content: &Content, circumstances: &Circumstances) -> Fingerprint {
    let mut around = Fingerprinter::new();
    let Content { broken, unread, refused, drafts, media, unread_settings, .. } = content;
    around.add_value(&(broken, unread, refused, drafts, media, unread_settings));
    for draft in &content.unfinished {
        around.add_value(&(draft.kind, &draft.id, &draft.path, draft.fingerprint));
    }
    let settings = serde_json::to_string(&*content.settings).expect("settings are plain data");
    around.add(settings.as_bytes());
    let Circumstances { as_of, with_drafts, base_url } = circumstances;
    around.add_value(&(as_of, with_drafts, base_url)).finish()
}

/// The fingerprint of everything that one page can see of another one.
pub(super) fn interface(around: Fingerprint, base: &KnowledgeBase) -> Fingerprint {
    let mut interface = Fingerprinter::new();
    interface.add_value(&(around, &base.content.shown));
    for (record, _) in base.records() {
        for mentioned in base.mentioned_by(record).collect::<BTreeSet<_>>() {
            interface.add_value(&(record.0, mentioned.0));
        }
    }
    interface.finish()
}

/// Whether each record mentions what it mentioned before, wherever in what it says.
pub(super) fn mention_the_same(kept: &Kept, dictionary: &Dictionary, mentions: &Mentions) -> bool {
    let is_same_dictionary = Arc::as_ptr(&kept.dictionary) == std::ptr::from_ref(dictionary);
    let is_same = |(record, mentions): (&RecordId, &Arc<InRecord>)| {
        kept.mentions.get(record).is_some_and(|before| {
            is_same_dictionary && Arc::ptr_eq(before, mentions)
                || mentioned(&kept.dictionary, before) == mentioned(dictionary, mentions)
        })
    };
    kept.mentions.len() == mentions.len() && mentions.iter().all(is_same)
}

fn mentioned(dictionary: &Dictionary, mentions: &InRecord) -> BTreeSet<RecordId> {
    mentions.all().map(|mention| dictionary.record(mention.name)).collect()
}
