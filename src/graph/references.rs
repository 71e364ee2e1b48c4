//! Finds references and links that lead nowhere.

use rayon::prelude::*;

use super::names::Names;
use super::{Destination, KnowledgeBase, RecordId, Unresolved};
use crate::diagnostic::{Diagnostic, FieldPath, Place};
use crate::model::{Content, Entry, Id, Kind, Text, Visitor, nearest};
use crate::source::Fingerprint;
use crate::syntax::escape::is_safe_address;
use crate::syntax::markdown::{LinkForm, Markdown, Outline};

/// References by id to records that do not exist.
pub(super) fn unknown(content: &Content, names: &Names) -> Vec<Diagnostic> {
    let of_entry = |entry: &Entry| {
        let mut found = Vec::new();
        let mut finder = UnknownReferences { content, names, entry, found: &mut found };
        entry.data.walk(&mut FieldPath::root(), &mut finder);
        found
    };
    content.entries.par_iter().flat_map_iter(of_entry).collect()
}

struct UnknownReferences<'a, 'found> {
    content: &'a Content,
    names: &'a Names,
    entry: &'a Entry,
    found: &'found mut Vec<Diagnostic>,
}

impl<'a> Visitor<'a> for UnknownReferences<'a, '_> {
    fn reference(&mut self, path: &FieldPath, kind: Kind, id: &'a Id) {
        let is_topic = kind == Kind::Topic && id.is_well_formed();
        if is_topic || self.names.find(kind, id).is_some() || self.names.is_broken(kind, id) {
            return;
        }
        let place = self.entry.value(path.clone());
        let message = format!("no {} is called `{id}`", kind.word());
        let help = similar(self.content, self.names, kind, id);
        self.found.push(Diagnostic::error("unknown-reference", place, message).maybe_help(help));
    }
}

/// Help for a misspelt id: a similar id, name or alias of the kind, or the same id of another kind.
fn similar(content: &Content, names: &Names, kind: Kind, id: &str) -> Option<String> {
    let entries = &content.entries[names.range(kind)];
    if let Some(id) = nearest(id, entries.iter().map(|entry| &*entry.id)) {
        return Some(format!("a {} with a similar name exists: `{id}`", kind.word()));
    }
    let spoken = id.replace('-', " ");
    let called = entries.iter().flat_map(|entry| {
        let aliases = entry.data.common().aliases.iter().map(|alias| &**alias);
        std::iter::once(&**entry.data.name()).chain(aliases).map(move |name| (name, &entry.id))
    });
    let called: Vec<(&str, &Id)> = called.collect();
    if let Some(name) = nearest(&spoken, called.iter().map(|(name, _)| *name))
        && let Some((_, id)) = called.iter().find(|(known, _)| *known == name)
    {
        return Some(format!("`{name}` is the {} `{id}`", kind.word()));
    }
    let other = names.with_id(id).first()?;
    Some(format!("there is a {} of that name", content.entries[other.index()].kind.word()))
}

/// What was found in a record, and in which text.
#[derive(Debug, Clone)]
pub(super) struct Broken {
    text: Option<Fingerprint>,
    pub(super) found: Vec<Diagnostic>,
}

/// Links in texts and fields that lead nowhere, pictures that are not there, and citations of
/// unknown works, by record. What is `known` of a record holds as long as its text is the same; it
/// was found when all records looked to each other as they do now.
pub(super) fn broken_links(base: &KnowledgeBase, known: &[Broken]) -> Vec<Broken> {
    let of_entry = |(at, entry): (usize, &Entry)| {
        let text = entry.body.as_ref().map(|body| body.fingerprint);
        if let Some(known) = known.get(at).filter(|known| known.text == text) {
            return known.clone();
        }
        let mut found = Vec::new();
        let record = RecordId::new(at);
        if let Some(body) = &entry.body {
            let checker = Checker { base, record, entry };
            checker.outline(&body.outline, &|span, _| body.place(span), &mut found);
        }
        let mut links = FieldLinks { checker: Checker { base, record, entry }, found: &mut found };
        entry.data.walk(&mut FieldPath::root(), &mut links);
        Broken { text, found }
    };
    base.content.entries.par_iter().enumerate().map(of_entry).collect()
}

struct Checker<'a> {
    base: &'a KnowledgeBase,
    record: RecordId,
    entry: &'a Entry,
}

/// Says where something of an outline stands, by its span and its text.
type Placer<'a> = &'a dyn Fn(crate::source::Span, &str) -> Place;

impl Checker<'_> {
    fn outline(&self, outline: &Outline, place: Placer<'_>, found: &mut Vec<Diagnostic>) {
        let file = self.entry.body.as_ref().map_or(&self.entry.path, |body| &body.path);
        for link in &outline.links {
            if link.target.is_empty() {
                continue;
            }
            let result = self.base.destination(self.record, file, &link.target, link.form);
            found.extend(broken(result, place(link.span, &link.target)));
        }
        for image in &outline.images {
            if !image.target.is_empty() {
                let place = place(image.span, &image.target);
                found.extend(self.picture(&image.target, place));
            }
        }
        for citation in &outline.citations {
            for id in &citation.ids {
                if self.base.find(Kind::Citation, id).is_some() {
                    continue;
                }
                let message = format!("no citation is called `{id}`");
                let help = self.base.similar_id(Kind::Citation, id);
                let place = place(citation.span, id);
                found.push(Diagnostic::error("unknown-reference", place, message).maybe_help(help));
            }
        }
    }

    fn picture(&self, target: &str, place: Place) -> Option<Diagnostic> {
        let file = self.entry.body.as_ref().map_or(&self.entry.path, |body| &body.path);
        match self.base.destination(self.record, file, target, LinkForm::Inline) {
            Ok(Destination::Media(_)) | Err(Unresolved::Hidden) => None,
            Ok(Destination::Elsewhere(_)) => Some(
                Diagnostic::error("picture-elsewhere", place, "the picture lies on another site")
                    .help("put a copy that you may publish into `content/media/`"),
            ),
            Ok(_) => {
                let message = format!("`{target}` is a page, not a picture");
                Some(Diagnostic::error("broken-link", place, message))
            }
            Err(Unresolved::Unknown { message, help }) => {
                Some(Diagnostic::error("broken-link", place, message).maybe_help(help))
            }
        }
    }
}

fn broken(result: Result<Destination, Unresolved>, place: Place) -> Option<Diagnostic> {
    match result {
        Err(Unresolved::Unknown { message, help }) => {
            Some(Diagnostic::error("broken-link", place, message).maybe_help(help))
        }
        Ok(_) | Err(Unresolved::Hidden) => None,
    }
}

struct FieldLinks<'a, 'found> {
    checker: Checker<'a>,
    found: &'found mut Vec<Diagnostic>,
}

impl<'a> Visitor<'a> for FieldLinks<'a, '_> {
    fn markdown(&mut self, path: &FieldPath, markdown: &'a Markdown) {
        let entry = self.checker.entry;
        let place = |_, text: &str| entry.within(path.clone(), text);
        self.checker.outline(&markdown.outline, &place, self.found);
    }

    fn target(&mut self, path: &FieldPath, target: &'a Text) {
        let result = self.checker.base.record_target(target);
        self.found.extend(broken(result, self.checker.entry.value(path.clone())));
    }

    fn address(&mut self, path: &FieldPath, address: &'a str) {
        let place = self.checker.entry.value(path.clone());
        let field = path.to_string();
        if field == "hero.image" || field == "photo" {
            self.found.extend(self.checker.picture(address, place));
        } else if !is_safe_address(address) {
            let message = format!("`{address}` is not an address for a link");
            let help = "link with https, http, mailto or tel";
            self.found.push(Diagnostic::error("broken-link", place, message).help(help));
        }
    }
}
