//! What can be found, numbered.

use crate::graph::{KnowledgeBase, RecordId};
use crate::model::muscle::Muscle;
use crate::model::region::Region;
use crate::model::{Kind, Text};
use crate::source::{Fingerprint, Fingerprinter};

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
    /// Which set of numbers this is. Files that say another one were made for other pages.
    version: Fingerprint,
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
        let sizes = kinds.iter().flat_map(|of_kind| &of_kind.records).map(|record| {
            let id = base.entry(*record).id.len();
            id + names(base, *record).map(|name| name.len()).sum::<usize>()
        });
        let has_room = sizes.sum::<usize>() <= ROOM;
        let mut version = Fingerprinter::new();
        for of_kind in &mut kinds {
            of_kind.is_named |= has_room;
            version.add(of_kind.start.as_bytes()).add_value(&of_kind.is_named);
            for record in &of_kind.records {
                version.add(base.entry(*record).id.as_bytes());
            }
        }
        Self { kinds, version: version.finish() }
    }

    /// All records, each at its number.
    pub(super) fn records(&self) -> impl Iterator<Item = RecordId> {
        self.kinds.iter().flat_map(|of_kind| of_kind.records.iter().copied())
    }

    /// What every file that goes by these numbers says of them.
    pub(super) fn version(&self) -> String {
        self.version.short(8)
    }
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

/// The names of a record, its own first: other names, the Latin one, what people call a region.
pub(super) fn names(base: &KnowledgeBase, record: RecordId) -> impl Iterator<Item = &Text> {
    let data = &base.entry(record).data;
    let region = base.get::<Region>(record);
    let latin = base.get::<Muscle>(record).and_then(|muscle| muscle.latin.as_ref());
    std::iter::once(data.name())
        .chain(data.common().aliases)
        .chain(latin)
        .chain(region.into_iter().flat_map(|region| region.synonyms.iter().chain(&region.term)))
}
