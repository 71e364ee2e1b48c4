//! Records that are there, and not among those of the site: drafts, and what could not be read.

use std::sync::Arc;

use super::dictionary::{Dictionary, dictionary};
use super::names::Names;
use super::routes::shown_at;
use super::{INDEX_PAGES, KnowledgeBase, Unresolved};
use crate::model::{Entry, Kind};

/// The drafts that the site leaves out, to be found as records are.
#[derive(Debug)]
pub(super) struct Drafts {
    pub(super) entries: Vec<Arc<Entry>>,
    names: Names,
    dictionary: Dictionary,
}

impl Drafts {
    pub(super) fn new(entries: Vec<Arc<Entry>>) -> Self {
        let names = Names::new(&entries);
        let dictionary = dictionary(&entries, &names);
        Self { entries, names, dictionary }
    }

    fn find(&self, kind: Kind, id: &str) -> Option<&Entry> {
        self.names.find(kind, id).map(|record| &*self.entries[record.index()])
    }

    /// The draft of any kind with an id or a name.
    fn called(&self, name: &str) -> Option<&Entry> {
        let of_kind = Kind::ALL.iter().find_map(|kind| self.find(*kind, name));
        of_kind.or_else(|| {
            let record = self.dictionary.find(name)?;
            Some(&*self.entries[record.index()])
        })
    }
}

impl Unresolved {
    fn draft(entry: &Entry) -> Self {
        Self::Draft { kind: entry.kind, id: entry.id.clone() }
    }
}

impl KnowledgeBase {
    /// The draft that the site leaves out and a kind and an id mean.
    pub(crate) fn draft(&self, kind: Kind, id: &str) -> Option<&Entry> {
        self.selection.drafts.find(kind, id)
    }

    /// The drafts that have no page: all that the site leaves out, or those that cannot be read yet.
    pub(crate) fn drafts(&self) -> impl Iterator<Item = &Entry> {
        let drafts = match self.circumstances.with_drafts {
            true => &self.content.unfinished,
            false => &self.selection.drafts.entries,
        };
        drafts.iter().map(|draft| &**draft)
    }

    /// The draft that the site leaves out and would show at an address.
    pub(crate) fn draft_at(&self, href: &str) -> Option<&Entry> {
        shown_at(href).find_map(|(kind, id)| self.draft(kind, id))
    }

    /// Why there is no record of a kind and an id, if not because nobody wrote one.
    pub(crate) fn absent(&self, kind: Kind, id: &str) -> Option<Unresolved> {
        let draft = self.selection.drafts.find(kind, id).map(Unresolved::draft);
        draft.or_else(|| self.content.may_hold(kind, id).then_some(Unresolved::Unread))
    }

    /// The same of any kind, by id or name.
    pub(super) fn absent_by_name(&self, name: &str) -> Option<Unresolved> {
        let draft = self.selection.drafts.called(name).map(Unresolved::draft);
        // What could not be read may be called anything.
        draft.or_else(|| self.content.is_partly_read().then_some(Unresolved::Unread))
    }

    /// The same of what would be shown at an address.
    pub(super) fn absent_at(&self, href: &str) -> Option<Unresolved> {
        shown_at(href).find_map(|(kind, id)| self.absent(kind, id)).or_else(|| {
            let (_, kinds) = INDEX_PAGES.iter().find(|(path, _)| *path == href)?;
            let content = &self.content;
            let is_unread = |kind: &Kind| {
                content.unread.contains(kind) || content.broken.iter().any(|(of, _)| of == kind)
            };
            kinds.iter().any(is_unread).then_some(Unresolved::Unread)
        })
    }
}
