//! What can be found, numbered.

use std::sync::OnceLock;

use crate::graph::{KnowledgeBase, RecordId};
use crate::model::{Entry, Kind};
use crate::source::Fingerprinter;

/// The kinds that readers look for by a name, in the order in which equals are shown.
const NAMED: [Kind; 10] = [
    Kind::Region,
    Kind::Area,
    Kind::Symptom,
    Kind::Muscle,
    Kind::Technique,
    Kind::Service,
    Kind::Term,
    Kind::Topic,
    Kind::Person,
    Kind::Page,
];

/// The kinds whose names are sentences, of which there may be thousands.
const TITLED: [Kind; 3] = [Kind::Article, Kind::Faq, Kind::Myth];

/// So many bytes of names are fetched at once; with more, titles are left for later.
pub(super) const ROOM: usize = 24 << 10;

/// All that can be found. Works that are cited cannot: nobody looks for them here.
#[derive(Debug)]
pub(super) struct Documents {
    /// By kind: what has a name first, what has a title after it.
    pub(super) kinds: Vec<OfKind>,
    version: OnceLock<String>,
}

/// The documents of one kind.
#[derive(Debug)]
pub(super) struct OfKind {
    pub(super) kind: Kind,
    /// What stands before the id in their addresses, below the site, such as `/muscles/`.
    pub(super) start: String,
    /// What stands after it.
    pub(super) end: &'static str,
    /// Whether their names are fetched with all others.
    pub(super) is_named: bool,
    pub(super) records: Vec<RecordId>,
}

impl Documents {
    pub(super) fn of(base: &KnowledgeBase) -> Self {
        let records = |kind: Kind| -> Vec<RecordId> {
            match kind {
                // Where a list of places is cut, the new ones stay.
                Kind::Article => base.relations.newest.clone(),
                kind => base.of_kind(kind).map(|(record, _)| record).collect(),
            }
        };
        let kinds = NAMED.into_iter().chain(TITLED);
        let mut kinds: Vec<OfKind> =
            kinds.filter_map(|kind| OfKind::new(base, kind, records(kind))).collect();
        let all = kinds.iter().flat_map(|of_kind| &of_kind.records);
        let has_room = has_room(all.map(|record| base.entry(*record)));
        kinds.iter_mut().for_each(|of_kind| of_kind.is_named |= has_room);
        Self { kinds, version: OnceLock::new() }
    }

    /// All records, each at its number.
    pub(super) fn records(&self) -> impl Iterator<Item = RecordId> {
        self.kinds.iter().flat_map(|of_kind| of_kind.records.iter().copied())
    }

    /// Which set of numbers this is. Files that say another one were made for other pages.
    pub(super) fn version(&self, base: &KnowledgeBase) -> &str {
        self.version.get_or_init(|| {
            let mut version = Fingerprinter::new();
            for of_kind in &self.kinds {
                version.add(of_kind.start.as_bytes()).add_value(&of_kind.is_named);
                for record in &of_kind.records {
                    version.add(base.entry(*record).id.as_bytes());
                }
            }
            version.finish().short(8)
        })
    }
}

/// Whether all names can be fetched at once. Of thousands it takes a look at a few hundred.
fn has_room<'a>(entries: impl Iterator<Item = &'a Entry>) -> bool {
    let size =
        |entry: &Entry| entry.id.len() + entry.data.names().map(|name| name.len()).sum::<usize>();
    let mut left = ROOM;
    entries.map(size).all(|size| {
        let fits = size <= left;
        left = left.saturating_sub(size);
        fits
    })
}

impl OfKind {
    fn new(base: &KnowledgeBase, kind: Kind, records: Vec<RecordId>) -> Option<Self> {
        let has_address = |record: &RecordId| base.routes.address(*record).is_some();
        let records: Vec<RecordId> = records.into_iter().filter(has_address).collect();
        let first = *records.first()?;
        let address = base.routes.address(first)?;
        let end = if address.anchor.is_some() { "" } else { "/" };
        let href = address.href();
        let start = href.strip_suffix(end)?.strip_suffix(&*base.entry(first).id)?.to_owned();
        Some(Self { kind, start, end, is_named: NAMED.contains(&kind), records })
    }
}
