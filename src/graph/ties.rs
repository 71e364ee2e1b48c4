//! What each record says of others: whom it names, what it states about them, and what of that leads
//! nowhere.

use std::collections::BTreeMap;
use std::sync::Arc;

use rayon::prelude::*;

use super::{Destination, KnowledgeBase, RecordId, Unresolved, references};
use crate::diagnostic::{Diagnostic, FieldPath, Place, Segment};
use crate::model::directives::{ArgumentValue, argument_value};
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
    /// Links to sections that pages may have, with their places. Whether one has it, is known later.
    pub(super) sections: Vec<(Destination, Place)>,
    /// Drafts that it names.
    drafts: Vec<NamedDraft>,
    /// Whether a link calls a record by its name, or something is wrong: help suggests names.
    pub(super) is_by_name: bool,
}

/// A draft that is named by a record of the site.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NamedDraft {
    /// Its kind.
    pub kind: Kind,
    /// Its id.
    pub id: Id,
    /// Where it is named.
    pub place: Place,
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
    /// That is to be read after the article.
    Related,
    /// A text of it shows the map of that region.
    Mapped,
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
    let mut ties = read(base, record, &mut |_, _| {});
    ties.is_by_name |= !ties.unknown.is_empty() || !ties.broken.is_empty();
    ties
}

impl KnowledgeBase {
    /// The drafts that records name, however they do.
    pub fn named_drafts(&self) -> impl Iterator<Item = &NamedDraft> {
        self.ties.iter().flat_map(|ties| &ties.drafts)
    }

    /// The records that one names by reference, link or citation, each with the fields in which it
    /// does; `text` is its text.
    pub fn named_in(&self, record: RecordId) -> BTreeMap<RecordId, Vec<String>> {
        let mut named: BTreeMap<RecordId, Vec<String>> = BTreeMap::new();
        read(self, record, &mut |record, field| {
            let field = field.map_or_else(|| "text".to_owned(), ToString::to_string);
            let fields = named.entry(record).or_default();
            if !fields.contains(&field) {
                fields.push(field);
            }
        });
        named
    }
}

/// Is told of each record that is named, and of the field in which it is, if not in the text.
type Tell<'a> = &'a mut dyn FnMut(RecordId, Option<&FieldPath>);

/// Reads one record, with its text.
fn read(base: &KnowledgeBase, record: RecordId, tell: Tell<'_>) -> Ties {
    let entry = base.entry(record);
    let file = entry.home();
    let mut reader = Reader { base, record, entry, file, tell, ties: Ties::default() };
    entry.data.walk(&mut FieldPath::root(), &mut reader);
    if let Some(body) = &entry.body {
        reader.outline(&body.outline, None);
    }
    reader.ties
}

struct Reader<'a> {
    base: &'a KnowledgeBase,
    record: RecordId,
    entry: &'a Entry,
    /// The file from which links lead on.
    file: &'a SourcePath,
    tell: Tell<'a>,
    ties: Ties,
}

impl Reader<'_> {
    fn name(&mut self, record: RecordId, field: Option<&FieldPath>) {
        self.ties.named.push(record);
        (self.tell)(record, field);
    }

    /// Reads the outline of a field, or of the text.
    fn outline(&mut self, outline: &Outline, home: Option<Home<'_>>) {
        let (entry, field) = (self.entry, home.map(|home| home.field));
        let place = |span: Span| place(entry, home, span);
        for link in outline.links.iter().filter(|link| !link.target.is_empty()) {
            let result = self.base.destination(self.record, self.file, &link.target, link.form);
            self.ties.is_by_name |=
                link.form == LinkForm::Wiki && self.base.is_by_name(&link.target);
            self.link(result, field, || place(link.span));
        }
        for image in outline.images.iter().filter(|image| !image.target.is_empty()) {
            self.shown(&image.target, || place(image.span));
        }
        for citation in &outline.citations {
            for id in &citation.ids {
                match self.base.find(Kind::Citation, id) {
                    Some(work) => {
                        self.ties.facts.push((Fact::Cited, work));
                        (self.tell)(work, field);
                    }
                    None => {
                        let (id, place) = (Id::new(id), || place(citation.span));
                        if let Some(absent) = self.base.absent(Kind::Citation, &id) {
                            self.note_draft(absent, place);
                            continue;
                        }
                        let unknown = references::unknown(self.base, Kind::Citation, &id, place);
                        self.ties.broken.extend(unknown);
                    }
                }
            }
        }
        for directive in &outline.directives {
            for argument in &directive.arguments {
                let Some(ArgumentValue::Id(kind) | ArgumentValue::Ids(kind)) =
                    argument_value(directive, argument)
                else {
                    continue;
                };
                for id in argument.ids() {
                    let Some(record) = self.base.find(kind, id) else {
                        if let Some(absent) = self.base.absent(kind, id) {
                            self.note_draft(absent, || place(argument.span));
                        }
                        continue;
                    };
                    self.name(record, field);
                    if kind == Kind::Region && directive.name == "referral-map" {
                        self.ties.facts.push((Fact::Mapped, record));
                    }
                }
            }
        }
    }

    fn link(
        &mut self,
        result: Result<Destination, Unresolved>,
        field: Option<&FieldPath>,
        place: impl FnOnce() -> Place,
    ) {
        match result {
            Ok(destination) => {
                if let Destination::Record { record, .. } = destination {
                    self.name(record, field);
                }
                let section = self.base.section_to_be(self.record, destination);
                self.ties.sections.extend(section.map(|section| (section, place())));
            }
            Err(unresolved @ Unresolved::Unknown { .. }) => {
                self.ties.broken.extend(references::broken(unresolved, place));
            }
            Err(absent) => self.note_draft(absent, place),
        }
    }

    /// Remembers what is named if it is a draft; what could not be read is told of elsewhere.
    fn note_draft(&mut self, absent: Unresolved, place: impl FnOnce() -> Place) {
        if let Unresolved::Draft { kind, id } = absent {
            self.ties.drafts.push(NamedDraft { kind, id, place: place() });
        }
    }

    /// Looks for a picture that is shown.
    fn shown(&mut self, target: &str, place: impl FnOnce() -> Place) {
        let result = self.base.destination(self.record, self.file, target, LinkForm::Inline);
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
            (Kind::Article, "related") => Some(Fact::Related),
            _ => None,
        };
        self.ties.facts.extend(fact.map(|fact| (fact, about)));
        let is_subject = matches!(
            kind,
            Kind::Muscle | Kind::Region | Kind::Symptom | Kind::Technique | Kind::Topic
        );
        if is_subject && self.entry.kind == Kind::Article {
            self.ties.facts.push((Fact::Subject, about));
        }
    }
}

/// Whether a field says who checked the record: a person may check what is said of them.
fn is_review(field: &FieldPath) -> bool {
    matches!(field.segments(), [Segment::Key(key), ..] if **key == *"reviewed")
}

/// The field in which a piece of markdown stands, and what it says.
#[derive(Clone, Copy)]
struct Home<'a> {
    field: &'a FieldPath,
    said: &'a str,
}

/// The place of a span of a field, or of the text.
fn place(entry: &Entry, home: Option<Home<'_>>, span: Span) -> Place {
    match (home, &entry.body) {
        (None, Some(body)) => body.place(span),
        (None, None) => entry.place(),
        (Some(home), _) => entry.within(home.field.clone(), home.said, span.range()),
    }
}

impl<'a> Visitor<'a> for Reader<'_> {
    fn reference(&mut self, field: &FieldPath, kind: Kind, id: &'a Id) {
        match self.base.find(kind, id) {
            Some(record) => {
                if record == self.record && !is_review(field) {
                    let place = self.entry.value(field.clone());
                    self.ties.broken.push(references::to_itself(kind, id, place));
                }
                self.name(record, Some(field));
                self.state(field, kind, record);
            }
            None => {
                let place = || self.entry.value(field.clone());
                if let Some(absent) = self.base.absent(kind, id) {
                    return self.note_draft(absent, place);
                }
                self.ties.unknown.extend(references::unknown(self.base, kind, id, place));
            }
        }
    }

    fn target(&mut self, field: &FieldPath, target: &'a Text) {
        self.ties.is_by_name |= self.base.is_by_name(target);
        let result = self.base.destination(self.record, self.file, target, LinkForm::Wiki);
        let entry = self.entry;
        self.link(result, Some(field), || entry.value(field.clone()));
    }

    fn markdown(&mut self, field: &FieldPath, markdown: &'a Markdown) {
        self.outline(&markdown.outline, Some(Home { field, said: &markdown.source }));
    }

    fn address(&mut self, field: &FieldPath, address: &'a str) {
        let place = || self.entry.value(field.clone());
        self.ties.broken.extend(references::unsafe_address(address, place));
    }

    fn picture(&mut self, field: &FieldPath, picture: &'a str) {
        let entry = self.entry;
        self.shown(picture, || entry.value(field.clone()));
    }
}
