//! Every place at which a record is referred to: fields, links, pictures, directives, citations and
//! settings.

use std::ops::Range;

use super::links::From;
use super::{Renamer, Request};
use crate::diagnostic::{Diagnostic, FieldPath, Place};
use crate::model::directives::{ArgumentValue, argument_value};
use crate::model::{Declared, Entry, Id, Kind, Text, Visitor};
use crate::source::{SourcePath, Span};
use crate::syntax::align::written;
use crate::syntax::locate::{DataFile, Part};
use crate::syntax::markdown::{
    Directive, LinkForm, Markdown, Outline, definitions, ids_in, target_in,
};
use crate::syntax::toml;

/// A value of a record that may refer to others.
enum Field<'a> {
    Id(Kind, &'a Id),
    Target(&'a str),
    Address(&'a str),
    Markdown(&'a Markdown),
}

/// The fields of a record, each with its place.
struct Fields<'a>(Vec<(FieldPath, Field<'a>)>);

impl<'a> Visitor<'a> for Fields<'a> {
    fn reference(&mut self, path: &FieldPath, kind: Kind, id: &'a Id) {
        self.0.push((path.clone(), Field::Id(kind, id)));
    }

    fn target(&mut self, path: &FieldPath, target: &'a Text) {
        self.0.push((path.clone(), Field::Target(target)));
    }

    fn markdown(&mut self, path: &FieldPath, markdown: &'a Markdown) {
        self.0.push((path.clone(), Field::Markdown(markdown)));
    }

    fn address(&mut self, path: &FieldPath, address: &'a str) {
        self.0.push((path.clone(), Field::Address(address)));
    }
}

/// A piece of a text that becomes another one; without bytes, it could not be found.
struct Piece {
    range: Option<Range<usize>>,
    /// What is shown if it could not.
    whole: Span,
    new: String,
}

impl Renamer<'_> {
    /// Rewrites every reference to the record.
    pub(super) fn uses(&mut self) {
        let base = self.base;
        for (record, entry) in base.records() {
            let file = entry.home();
            let from = From { record, file };
            self.fields(from, entry);
            self.left_alone(entry);
            if let Some(body) = &entry.body {
                let text = self.text(&body.path);
                let start = body.start as usize;
                for piece in self.pieces(from, &body.outline, &text[start.min(text.len())..]) {
                    let range = piece.range.map(|range| range.start + start..range.end + start);
                    self.edit(&body.path, range, &piece.new, || body.place(piece.whole));
                }
            }
        }
        self.settings();
    }

    fn edit(
        &mut self,
        path: &SourcePath,
        range: Option<Range<usize>>,
        new: &str,
        place: impl FnOnce() -> Place,
    ) {
        match range {
            Some(range) => {
                self.references += 1;
                self.edits.replace(path, range, new);
            }
            None => {
                let message = format!("this cannot be rewritten to `{new}`");
                let help = "write it out, without aliases and escapes";
                self.troubles.push(Diagnostic::error("not-renamed", place(), message).help(help));
            }
        }
    }

    fn fields(&mut self, from: From<'_>, entry: &Entry) {
        let mut fields = Fields(Vec::new());
        entry.data.walk(&mut FieldPath::root(), &mut fields);
        // A topic that is not declared has no lines of its own.
        if entry.is_implied() {
            return;
        }
        for (path, field) in fields.0 {
            let (value, pieces) = match field {
                Field::Id(kind, id) => (&**id, self.id(kind, id).into_iter().collect()),
                Field::Target(target) => {
                    let new = self.target(from, target, LinkForm::Wiki);
                    (target, new.map(|new| whole(target, new)).into_iter().collect())
                }
                Field::Address(address) => {
                    let new = self.target(from, address, LinkForm::Inline);
                    (address, new.map(|new| whole(address, new)).into_iter().collect())
                }
                Field::Markdown(markdown) => {
                    let source = &*markdown.source;
                    (source, self.pieces(from, &markdown.outline, source))
                }
            };
            self.field(entry, &path, value, pieces);
        }
    }

    /// Rewrites the whole value of a field.
    pub(super) fn value(&mut self, entry: &Entry, path: &FieldPath, value: &str, new: String) {
        self.field(entry, path, value, vec![whole(value, new)]);
    }

    /// Rewrites pieces of the value of a field, where they stand in the file.
    fn field(&mut self, entry: &Entry, path: &FieldPath, value: &str, pieces: Vec<Piece>) {
        if pieces.is_empty() {
            return;
        }
        let text = self.text(&entry.path);
        let file = DataFile { path: &entry.path, text: &text };
        let start = file.start(&path.below(&entry.base), Part::Value);
        for piece in pieces {
            let range = start
                .and_then(|start| written(&text, start, value, piece.range?))
                // Only white space is folded, and no target holds any.
                .filter(|range| !text[range.clone()].contains('\n'));
            self.edit(&entry.path, range, &piece.new, || entry.value(path.clone()));
        }
    }

    fn id(&self, kind: Kind, id: &Id) -> Option<Piece> {
        let is_meant = kind == self.request.kind && **id == *self.request.old;
        is_meant.then(|| whole(id, self.request.new.to_owned()))
    }

    /// What changes in a piece of markdown.
    fn pieces(&self, from: From<'_>, outline: &Outline, source: &str) -> Vec<Piece> {
        let mut pieces = Vec::new();
        let defined = definitions(source);
        let links = outline.links.iter().map(|link| (link.span, link.form, &link.target));
        let images =
            outline.images.iter().map(|image| (image.span, LinkForm::Inline, &image.target));
        for (span, form, target) in links.chain(images) {
            let Some(new) = self.target(from, target, form) else { continue };
            let found = target_in(slice(source, span), form, target);
            // The targets of `[text][label]` are rewritten once, below.
            if found.is_some() || !defined.iter().any(|(_, known)| known == target) {
                let range = found.map(|range| shifted(range, span));
                pieces.push(Piece { range, whole: span, new });
            }
        }
        for (range, target) in defined {
            if let Some(new) = self.target(from, &target, LinkForm::Inline) {
                let whole = Span::new(range.clone());
                pieces.push(Piece { range: Some(range), whole, new });
            }
        }
        let (old, new) = (self.request.old, self.request.new);
        let is_cited = self.request.kind == Kind::Citation;
        for citation in outline.citations.iter().filter(|_| is_cited) {
            let text = slice(source, citation.span);
            for range in ids_in(text).filter(|range| &text[range.clone()] == old) {
                let range = Some(shifted(range, citation.span));
                pieces.push(Piece { range, whole: citation.span, new: new.to_owned() });
            }
        }
        pieces.extend(outline.directives.iter().flat_map(|one| self.arguments(from, one)));
        pieces
    }

    /// The arguments of a directive that name the record, or a file that moves.
    fn arguments(&self, from: From<'_>, written: &Directive) -> Vec<Piece> {
        let mut pieces = Vec::new();
        for argument in &written.arguments {
            let (value, whole) = (&argument.value, argument.span);
            let mut replace = |range: Range<usize>, new: String| {
                pieces.push(Piece { range: Some(shifted(range, whole)), whole, new });
            };
            let Request { kind, old, new } = self.request;
            match argument_value(written, argument) {
                Some(ArgumentValue::Id(of)) if of == kind && value == old => {
                    replace(0..value.len(), new.to_owned());
                }
                Some(ArgumentValue::Ids(of)) if of == kind => {
                    for range in argument.id_ranges().filter(|range| value[range.clone()] == *old) {
                        replace(range, new.to_owned());
                    }
                }
                Some(ArgumentValue::Picture) => {
                    if let Some(new) = self.target(from, value, LinkForm::Inline) {
                        replace(0..value.len(), new);
                    }
                }
                Some(ArgumentValue::Id(_) | ArgumentValue::Ids(_)) => {}
                Some(ArgumentValue::Text | ArgumentValue::Choice(_)) | None => {}
            }
        }
        pieces
    }

    /// Menus and redirects that lead to the record.
    fn settings(&mut self) {
        let (base, path) = (self.base, SourcePath::new("site.toml"));
        let settings = base.settings();
        let mut fields = Fields(Vec::new());
        settings.walk(&mut FieldPath::root(), &mut fields);
        let mut addresses: Vec<(FieldPath, &str)> = Vec::new();
        for (field, value) in &fields.0 {
            if let Field::Address(address) = value {
                addresses.push((field.clone(), address));
            }
        }
        for (index, entry) in settings.menu.iter().enumerate() {
            addresses.push((FieldPath::key("menu").at(index).then("url"), &entry.url));
        }
        for (index, redirect) in settings.redirect.iter().enumerate() {
            addresses.push((FieldPath::key("redirect").at(index).then("to"), &redirect.to));
        }
        let text = self.text(&path);
        for (field, address) in addresses.into_iter().filter(|(_, one)| one.starts_with('/')) {
            let from = From { record: self.record, file: &path };
            let Some(new) = self.target(from, address, LinkForm::Inline) else { continue };
            let value = toml::locate(&text, &field, Part::Value);
            let range = value.and_then(|value| {
                let at = value.start + text[value].find(address)?;
                Some(at..at + address.len())
            });
            self.edit(&path, range, &new, || Place::value(&path, field.clone()));
        }
    }
}

fn slice(source: &str, span: Span) -> &str {
    source.get(span.range()).unwrap_or_default()
}

fn shifted(range: Range<usize>, span: Span) -> Range<usize> {
    let start = span.start as usize;
    range.start + start..range.end + start
}

/// A value that is replaced as a whole.
fn whole(value: &str, new: String) -> Piece {
    let range = 0..value.len();
    Piece { whole: Span::new(range.clone()), range: Some(range), new }
}
