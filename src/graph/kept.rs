//! What is kept from one analysis to the next, as long as nothing changed but the wording of texts.
//!
//! Nothing here decides what a record looks like: it only compares fingerprints.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::mentions::{Mention, Mentions};
use super::names::Names;
use super::references::Broken;
use super::related::Kinship;
use super::relations::{Relations, Table};
use super::{Circumstances, Dictionary, KnowledgeBase, RecordId, Routes};
use crate::diagnostic::Diagnostic;
use crate::model::{Content, Entry};
use crate::source::{Fingerprint, Fingerprinter};

/// The last analysis.
#[derive(Debug, Clone)]
pub(super) struct Kept {
    /// The fingerprint of all that records show to each other, apart from names in their texts.
    pub(super) records: Fingerprint,
    /// Topics that are used and not declared.
    pub(super) implied: Vec<Entry>,
    pub(super) derived: Derived,
    pub(super) mentions: Arc<Mentions>,
    pub(super) linked: Linked,
    /// Links that lead nowhere, by record.
    pub(super) broken: Vec<Broken>,
}

/// What follows from how records look to each other.
#[derive(Debug, Clone)]
pub(super) struct Derived {
    pub(super) names: Arc<Names>,
    pub(super) routes: Arc<Routes>,
    pub(super) dictionary: Arc<Dictionary>,
    pub(super) relations: Arc<Relations>,
    pub(super) found: Vec<Diagnostic>,
}

/// What follows from that and from which names stand in which text.
#[derive(Debug, Clone, Default)]
pub(super) struct Linked {
    pub(super) backlinks: Arc<Table<RecordId>>,
    pub(super) kinship: Arc<Kinship>,
    pub(super) interface: Fingerprint,
}

/// The fingerprint of all that the records of a project show to each other, apart from the names in
/// their texts.
pub(super) fn of_records(content: &Content, circumstances: &Circumstances) -> Fingerprint {
    let mut records = Fingerprinter::new();
    records.add_value(&(content.shown, &content.broken, &content.drafts, &content.media));
    records.add(serde_json::to_string(&*content.settings).unwrap_or_default().as_bytes());
    let Circumstances { as_of, with_drafts, base_url } = circumstances;
    records.add_value(&(as_of, with_drafts, base_url)).finish()
}

/// The fingerprint of everything that one page can see of another one.
pub(super) fn interface(records: Fingerprint, base: &KnowledgeBase) -> Fingerprint {
    let mut interface = Fingerprinter::new();
    interface.add_value(&records);
    for (record, _) in base.records() {
        for mentioned in mentioned(&base.dictionary, base.mentions(record)) {
            interface.add_value(&(record.0, mentioned.0));
        }
    }
    interface.finish()
}

/// Whether each text mentions what it mentioned before, wherever in it.
pub(super) fn mention_the_same(dictionary: &Dictionary, one: &Mentions, other: &Mentions) -> bool {
    let is_same = |(record, mentions): (&RecordId, &Arc<Vec<Mention>>)| {
        one.get(record).is_some_and(|before| {
            Arc::ptr_eq(before, mentions)
                || mentioned(dictionary, before) == mentioned(dictionary, mentions)
        })
    };
    one.len() == other.len() && other.iter().all(is_same)
}

fn mentioned(dictionary: &Dictionary, mentions: &[Mention]) -> BTreeSet<RecordId> {
    mentions.iter().map(|mention| dictionary.record(mention.name)).collect()
}
