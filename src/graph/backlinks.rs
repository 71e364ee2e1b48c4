//! Who mentions whom: by reference, by link, or by a name that became a link.

use rayon::prelude::*;

use super::relations::Table;
use super::{Destination, KnowledgeBase, RecordId};
use crate::diagnostic::FieldPath;
use crate::model::{Entry, Id, Kind, Text, Visitor};
use crate::syntax::markdown::{LinkForm, Markdown, Outline};

/// Record → the records that mention it, sorted by kind and id.
pub(super) fn backlinks(base: &KnowledgeBase) -> Table<RecordId> {
    let pairs: Vec<(RecordId, RecordId)> = (0..base.content.entries.len())
        .into_par_iter()
        .flat_map_iter(|at| {
            let from = RecordId::new(at);
            mentioned_by(base, from).into_iter().map(move |to| (to, from))
        })
        .filter(|(to, from)| to != from)
        .collect();
    Table::from_pairs(pairs)
}

/// The records that one mentions, each as often as it does.
pub(super) fn mentioned_by(base: &KnowledgeBase, from: RecordId) -> Vec<RecordId> {
    let entry = base.entry(from);
    let mut found = Found { base, from, entry, records: Vec::new() };
    entry.data.walk(&mut FieldPath::root(), &mut found);
    if let Some(body) = &entry.body {
        found.outline(&body.outline);
    }
    let names = base.mentions(from).iter().map(|mention| base.mentioned(mention));
    found.records.extend(names);
    found.records
}

struct Found<'a> {
    base: &'a KnowledgeBase,
    from: RecordId,
    entry: &'a Entry,
    records: Vec<RecordId>,
}

impl Found<'_> {
    fn outline(&mut self, outline: &Outline) {
        let file = self.entry.body.as_ref().map_or(&self.entry.path, |body| &body.path);
        for link in &outline.links {
            // A link to another site cannot be a mention; most links of a text are not looked at twice.
            if link.form == LinkForm::Inline && link.target.starts_with("http") {
                continue;
            }
            if let Ok(Destination::Record { record, .. }) =
                self.base.destination(self.from, file, &link.target, link.form)
            {
                self.records.push(record);
            }
        }
        for directive in &outline.directives {
            for argument in &directive.arguments {
                let kind = match argument.name.as_str() {
                    "id" => Kind::from_word(&directive.name),
                    "ids" => Kind::from_folder(&directive.name),
                    name => Kind::from_word(name),
                };
                let Some(kind) = kind else { continue };
                self.records.extend(argument.ids().filter_map(|id| self.base.find(kind, id)));
            }
        }
    }
}

impl<'a> Visitor<'a> for Found<'a> {
    fn reference(&mut self, _: &FieldPath, kind: Kind, id: &'a Id) {
        self.records.extend(self.base.find(kind, id));
    }

    fn target(&mut self, _: &FieldPath, target: &'a Text) {
        if let Ok(Destination::Record { record, .. }) = self.base.record_target(target) {
            self.records.push(record);
        }
    }

    fn markdown(&mut self, _: &FieldPath, markdown: &'a Markdown) {
        self.outline(&markdown.outline);
    }
}
