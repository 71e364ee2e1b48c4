//! What each record says of others: whom it names, what it states about them, and what of that leads
//! nowhere.

use std::sync::Arc;

use rayon::prelude::*;

use super::{Destination, KnowledgeBase, RecordId, Unresolved, references};
use crate::diagnostic::{Diagnostic, FieldPath, Place, Segment};
use crate::model::{Entry, Id, Kind, Text, Visitor};
use crate::source::{SourcePath, Span};
use crate::syntax::markdown::{LinkForm, Markdown, Outline};

/// What one record says of others. It follows from the record and from where all records stand;
/// where `is_by_name`, also from what they are called.
#[derive(Debug, Default)]
pub(super) struct Ties {
    /// The records that it names by reference or link, each as often as it does.
    pub(super) named: Vec<RecordId>,
    /// What it states, and about whom.
    pub(super) facts: Vec<(Fact, RecordId)>,
    /// References to records that do not exist.
    pub(super) unknown: Vec<Diagnostic>,
    /// Links that lead nowhere, pictures that are not there, citations of unknown works.
    pub(super) broken: Vec<Diagnostic>,
    /// Whether a link calls a record by its name, or something is wrong: help suggests names.
    pub(super) is_by_name: bool,
}

/// What a record states about another one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fact {
    /// That person wrote it.
    Written,
    /// That person reviewed it.
    Reviewed,
    /// It rests on that work.
    Cited,
    /// It belongs to that topic.
    Topic,
    /// The article is about that.
    Subject,
}

/// What all records say of others; `known` says it of some.
pub(super) fn tie(
    base: &KnowledgeBase,
    known: impl Fn(usize) -> Option<Arc<Ties>> + Sync,
) -> Vec<Arc<Ties>> {
    let of_record = |at| known(at).unwrap_or_else(|| Arc::new(ties(base, RecordId::new(at))));
    (0..base.content.entries.len()).into_par_iter().map(of_record).collect()
}

fn ties(base: &KnowledgeBase, record: RecordId) -> Ties {
    let entry = base.entry(record);
    let mut reader = Reader { base, record, entry, ties: Ties::default() };
    if let Some(body) = &entry.body {
        reader.outline(&body.path, &body.outline, &|span, _| body.place(span));
    }
    entry.data.walk(&mut FieldPath::root(), &mut reader);
    let mut ties = reader.ties;
    ties.is_by_name |= !ties.unknown.is_empty() || !ties.broken.is_empty();
    ties
}

/// Reads one record, with its text.
struct Reader<'a> {
    base: &'a KnowledgeBase,
    record: RecordId,
    entry: &'a Entry,
    ties: Ties,
}

/// Says where something of an outline stands, by its span and its text.
type Placer<'a> = &'a dyn Fn(Span, &str) -> Place;

impl Reader<'_> {
    fn outline(&mut self, file: &SourcePath, outline: &Outline, place: Placer<'_>) {
        for link in outline.links.iter().filter(|link| !link.target.is_empty()) {
            let result = self.base.destination(self.record, file, &link.target, link.form);
            self.ties.is_by_name |=
                link.form == LinkForm::Wiki && self.base.is_by_name(&link.target);
            self.link(result, || place(link.span, &link.target));
        }
        for image in outline.images.iter().filter(|image| !image.target.is_empty()) {
            self.picture(file, &image.target, || place(image.span, &image.target));
        }
        for citation in &outline.citations {
            for id in &citation.ids {
                match self.base.find(Kind::Citation, id) {
                    Some(work) => self.ties.facts.push((Fact::Cited, work)),
                    None => {
                        let place = place(citation.span, id);
                        self.ties.broken.push(references::unknown_citation(self.base, id, place));
                    }
                }
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
                self.ties.named.extend(argument.ids().filter_map(|id| self.base.find(kind, id)));
            }
        }
    }

    fn link(&mut self, result: Result<Destination, Unresolved>, place: impl FnOnce() -> Place) {
        match result {
            Ok(Destination::Record { record, .. }) => self.ties.named.push(record),
            Ok(_) => {}
            Err(unresolved) => self.ties.broken.extend(references::broken(unresolved, place)),
        }
    }

    fn picture(&mut self, file: &SourcePath, target: &str, place: impl FnOnce() -> Place) {
        let result = self.base.destination(self.record, file, target, LinkForm::Inline);
        self.ties.broken.extend(references::no_picture(result, target, place));
    }

    fn state(&mut self, path: &FieldPath, kind: Kind, about: RecordId) {
        let field = match path.segments().first() {
            Some(Segment::Key(key)) => &**key,
            _ => "",
        };
        let fact = match (kind, field) {
            (Kind::Person, "author") => Some(Fact::Written),
            (Kind::Person, "reviewed") => Some(Fact::Reviewed),
            (Kind::Citation, _) => Some(Fact::Cited),
            (Kind::Topic, _) => Some(Fact::Topic),
            _ => None,
        };
        self.ties.facts.extend(fact.map(|fact| (fact, about)));
        let is_subject = self.entry.kind == Kind::Article
            && ["muscles", "regions", "symptoms", "techniques", "topics"].contains(&field);
        if is_subject {
            self.ties.facts.push((Fact::Subject, about));
        }
    }
}

impl<'a> Visitor<'a> for Reader<'a> {
    fn reference(&mut self, path: &FieldPath, kind: Kind, id: &'a Id) {
        match self.base.find(kind, id) {
            Some(record) => {
                self.ties.named.push(record);
                self.state(path, kind, record);
            }
            None => {
                let place = || self.entry.value(path.clone());
                self.ties.unknown.extend(references::unknown(self.base, kind, id, place));
            }
        }
    }

    fn target(&mut self, path: &FieldPath, target: &'a Text) {
        let entry = self.entry;
        self.ties.is_by_name |= self.base.is_by_name(target);
        self.link(self.base.record_target(target), || entry.value(path.clone()));
    }

    fn markdown(&mut self, path: &FieldPath, markdown: &'a Markdown) {
        let entry = self.entry;
        let file = entry.body.as_ref().map_or(&entry.path, |body| &body.path);
        self.outline(file, &markdown.outline, &|_, text| entry.within(path.clone(), text));
    }

    fn address(&mut self, path: &FieldPath, address: &'a str) {
        let entry = self.entry;
        let place = || entry.value(path.clone());
        match path.to_string().as_str() {
            "hero.image" | "photo" => {
                let file = entry.body.as_ref().map_or(&entry.path, |body| &body.path);
                self.picture(file, address, place);
            }
            _ => self.ties.broken.extend(references::unsafe_address(address, place)),
        }
    }
}
