//! What each record leads to, to be held against the same after a change.

use std::collections::BTreeMap;

use super::links::anchor;
use super::{Request, left_alone};
use crate::authoring::change::Change;
use crate::diagnostic::FieldPath;
use crate::graph::{Destination, KnowledgeBase, RecordId};
use crate::model::directives::{ArgumentValue, argument_value};
use crate::model::{Entry, Id, Kind, Text, Visitor};
use crate::source::SourcePath;
use crate::syntax::markdown::{LinkForm, Markdown, Outline};

/// What each record leads to, in the order in which it says so.
type Traces = BTreeMap<(Kind, String), Vec<String>>;

/// A record that leads elsewhere after a rename than before, or is not there.
pub(super) fn difference(
    before: &KnowledgeBase,
    after: &KnowledgeBase,
    request: Request<'_>,
    changes: &[Change],
) -> Option<String> {
    let renamed = Renamed { request, changes };
    let (before, after) = (traces(before, Some(renamed)), traces(after, None));
    let is_kept = |record: &(Kind, String), was: &Vec<String>| {
        // What led nowhere may lead somewhere.
        let same = |(was, is): (&String, &String)| was.is_empty() || was == is;
        after.get(record).is_some_and(|is| was.len() == is.len() && was.iter().zip(is).all(same))
    };
    let lost = before.iter().find(|(record, trace)| !is_kept(record, trace));
    let new = after.iter().find(|(record, _)| !before.contains_key(record));
    let (kind, id) = lost.or(new)?.0;
    Some(format!("the {} `{id}`", kind.word()))
}

/// What a rename calls things.
#[derive(Clone, Copy)]
struct Renamed<'a> {
    request: Request<'a>,
    changes: &'a [Change],
}

impl Renamed<'_> {
    fn id(&self, kind: Kind, id: &str) -> String {
        let is_it = kind == self.request.kind && id == self.request.old;
        if is_it { self.request.new.to_owned() } else { id.to_owned() }
    }

    fn file(&self, path: &SourcePath) -> String {
        let change = self.changes.iter().find(|change| change.from == *path);
        change.map_or(path, |change| &change.to).to_string()
    }
}

/// What each record leads to, by the names that it has, or as a rename calls them.
fn traces(base: &KnowledgeBase, renamed: Option<Renamed<'_>>) -> Traces {
    let trace = |(record, entry): (RecordId, &Entry)| {
        let mut trace = Trace { base, record, entry, renamed, leads_to: Vec::new() };
        entry.data.walk(&mut FieldPath::root(), &mut trace);
        for (_, name) in left_alone::names(entry) {
            let found = base.left_alone(name).map(|other| trace.record(other));
            trace.leads_to.push(found.unwrap_or_default());
        }
        if let Some(body) = &entry.body {
            trace.outline(&body.outline);
        }
        ((entry.kind, trace.called(entry)), trace.leads_to)
    };
    base.records().map(trace).collect()
}

struct Trace<'a> {
    base: &'a KnowledgeBase,
    record: RecordId,
    entry: &'a Entry,
    renamed: Option<Renamed<'a>>,
    leads_to: Vec<String>,
}

impl Trace<'_> {
    fn called(&self, entry: &Entry) -> String {
        let as_it_is = || entry.id.to_string();
        self.renamed.map_or_else(as_it_is, |renamed| renamed.id(entry.kind, &entry.id))
    }

    fn record(&self, record: RecordId) -> String {
        let entry = self.base.entry(record);
        entry.kind.with_id(&self.called(entry))
    }

    fn anchor(&self, to: &Destination, written: &str) -> String {
        let leads = (self.record, to);
        let new = self.renamed.and_then(|one| anchor(self.base, one.request, leads, written));
        new.unwrap_or_else(|| written.to_owned())
    }

    fn id(&mut self, kind: Kind, id: &str) {
        let found = self.base.find(kind, id).map(|record| self.record(record));
        self.leads_to.push(found.unwrap_or_default());
    }

    fn link(&mut self, target: &str, form: LinkForm) {
        let file = self.entry.home();
        let to = self.base.destination(self.record, file, target, form);
        let lead = to.map_or_else(|_| String::new(), |to| self.lead(&to));
        self.leads_to.push(lead);
    }

    fn lead(&self, to: &Destination) -> String {
        let anchored = |anchor: &Option<String>| {
            anchor.as_deref().map_or_else(String::new, |anchor| self.anchor(to, anchor))
        };
        match to {
            Destination::Record { record, anchor } => {
                format!("{}#{}", self.record(*record), anchored(anchor))
            }
            Destination::Index { path, anchor } => format!("{path}#{}", anchored(anchor)),
            Destination::Here(anchor) => format!("#{}", self.anchor(to, anchor)),
            Destination::Media(path) => match self.renamed {
                Some(renamed) => renamed.file(path),
                None => path.to_string(),
            },
            Destination::Elsewhere(address) => address.clone(),
        }
    }

    fn outline(&mut self, outline: &Outline) {
        for link in &outline.links {
            self.link(&link.target, link.form);
        }
        for image in &outline.images {
            self.link(&image.target, LinkForm::Inline);
        }
        for id in outline.citations.iter().flat_map(|citation| &citation.ids) {
            self.id(Kind::Citation, id);
        }
        for directive in &outline.directives {
            for argument in &directive.arguments {
                match argument_value(directive, argument) {
                    Some(ArgumentValue::Id(kind)) => self.id(kind, &argument.value),
                    Some(ArgumentValue::Ids(kind)) => {
                        argument.ids().for_each(|id| self.id(kind, id));
                    }
                    Some(ArgumentValue::Picture) => self.link(&argument.value, LinkForm::Inline),
                    Some(ArgumentValue::Text | ArgumentValue::Choice(_)) | None => {
                        self.leads_to.push(argument.value.clone());
                    }
                }
            }
        }
    }
}

impl<'a> Visitor<'a> for Trace<'a> {
    fn reference(&mut self, _: &FieldPath, kind: Kind, id: &'a Id) {
        self.id(kind, id);
    }

    fn target(&mut self, _: &FieldPath, target: &'a Text) {
        self.link(target, LinkForm::Wiki);
    }

    fn markdown(&mut self, _: &FieldPath, markdown: &'a Markdown) {
        self.outline(&markdown.outline);
    }

    fn address(&mut self, _: &FieldPath, address: &'a str) {
        self.link(address, LinkForm::Inline);
    }
}
