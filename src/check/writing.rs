//! The pieces of markdown of a project, each with the record it belongs to and its places.
//! An article without a text has an empty piece: its picture is looked at with its text.

use std::sync::{Arc, LazyLock};

use rayon::prelude::*;

use crate::diagnostic::{Diagnostic, FieldPath, Place};
use crate::graph::{Destination, KnowledgeBase, RecordId, Unresolved};
use crate::model::{Body, Entry, Kind, Visitor};
use crate::source::{SourcePath, Sources, Span};
use crate::syntax::markdown::{LinkForm, Markdown, Outline, Prose};

/// One piece of markdown: the text of a record, or one of its fields.
pub(super) struct Writing<'a> {
    pub(super) base: &'a KnowledgeBase,
    pub(super) record: RecordId,
    pub(super) entry: &'a Entry,
    pub(super) outline: &'a Outline,
    sources: &'a Sources,
    home: Home<'a>,
}

enum Home<'a> {
    Body(&'a Body),
    Nothing,
    Field(FieldPath, &'a Markdown),
}

impl Writing<'_> {
    /// Whether it is the text of a record, not one of its fields.
    pub(super) fn is_body(&self) -> bool {
        matches!(self.home, Home::Body(_))
    }

    /// Whether it is the one piece of its record with which what stands beside markdown is looked at.
    pub(super) fn is_main(&self) -> bool {
        matches!(self.home, Home::Body(_) | Home::Nothing)
    }

    /// The place of a span of it.
    pub(super) fn place(&self, span: Span) -> Place {
        match &self.home {
            Home::Body(body) => body.place(span),
            Home::Nothing => self.entry.place(),
            Home::Field(field, markdown) => {
                self.entry.within(field.clone(), &markdown.source, span.range())
            }
        }
    }

    /// Its HTML with holes.
    pub(super) fn prose(&self) -> Arc<Prose> {
        match &self.home {
            Home::Body(body) => body.prose(self.sources),
            Home::Nothing => Arc::default(),
            Home::Field(_, markdown) => Arc::new(markdown.prose.clone()),
        }
    }

    /// The file in which it stands.
    pub(super) fn file(&self) -> &SourcePath {
        match &self.home {
            Home::Body(body) => &body.path,
            Home::Nothing | Home::Field(..) => self.entry.home(),
        }
    }

    /// Where a link in it leads.
    pub(super) fn destination(
        &self,
        target: &str,
        form: LinkForm,
    ) -> Result<Destination, Unresolved> {
        self.base.destination(self.record, self.file(), target, form)
    }
}

/// All pieces of markdown of some records.
pub(super) fn of<'a>(
    base: &'a KnowledgeBase,
    sources: &'a Sources,
    records: &[RecordId],
) -> Vec<Writing<'a>> {
    let of_record = |record: &RecordId| of_record(base, sources, *record, base.entry(*record));
    records.par_iter().flat_map_iter(of_record).collect()
}

/// What is found in one piece after the other, with the record it belongs to.
pub(super) fn found_in(
    writings: &[Writing<'_>],
    find: &(dyn Fn(&Writing<'_>, &mut Vec<Diagnostic>) + Sync),
) -> Vec<(RecordId, Diagnostic)> {
    let in_one = |writing: &Writing<'_>| {
        let mut found = Vec::new();
        find(writing, &mut found);
        let record = writing.record;
        found.into_iter().map(move |diagnostic| (record, diagnostic))
    };
    writings.par_iter().flat_map_iter(in_one).collect()
}

/// The pieces of markdown of a record: its fields, then its text.
fn of_record<'a>(
    base: &'a KnowledgeBase,
    sources: &'a Sources,
    record: RecordId,
    entry: &'a Entry,
) -> impl Iterator<Item = Writing<'a>> {
    let mut fields = Fields(Vec::new());
    entry.data.walk(&mut FieldPath::root(), &mut fields);
    let body = match &entry.body {
        Some(body) => Some((&*body.outline, Home::Body(body))),
        None => (entry.kind == Kind::Article).then(|| (&*NOTHING, Home::Nothing)),
    };
    let fields = fields.0.into_iter();
    let homes = fields.map(|(path, field)| (&field.outline, Home::Field(path, field)));
    let writing = move |(outline, home)| Writing { base, record, entry, outline, sources, home };
    homes.chain(body).map(writing)
}

static NOTHING: LazyLock<Outline> = LazyLock::new(Outline::default);

struct Fields<'a>(Vec<(FieldPath, &'a Markdown)>);

impl<'a> Visitor<'a> for Fields<'a> {
    fn markdown(&mut self, path: &FieldPath, markdown: &'a Markdown) {
        self.0.push((path.clone(), markdown));
    }
}
