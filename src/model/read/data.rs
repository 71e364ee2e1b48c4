//! Reads data files: one record, or many.

use std::collections::BTreeSet;
use std::ops::Range;

use serde::de::{DeserializeSeed, Deserializer, IgnoredAny, MapAccess, Visitor};

use super::unfinished::Unfinished;
use super::{FileContent, FileRecord, check_id};
use crate::diagnostic::{Diagnostic, FieldPath, Place};
use crate::model::declare::Shape;
use crate::model::examine::examine;
use crate::model::{Data, Id, Kind};
use crate::source::{SourcePath, Span};
use crate::syntax::node::{Node, Value};
use crate::syntax::text::{NotText, decode, mark_length};
use crate::syntax::yaml;
use crate::syntax::yaml_comment::cut_texts;

pub(super) fn read_record(
    path: &SourcePath,
    kind: Kind,
    id: Id,
    bytes: &[u8],
    file: &mut FileContent,
) {
    check_id(path, &FieldPath::root(), &id, file);
    match decode(bytes) {
        Ok(text) => {
            let start = mark_length(bytes);
            push_record(path, kind, id, &text[start..], start, file);
        }
        Err(error) => {
            file.diagnostics.push(not_text(path, error));
            file.broken.push((kind, id));
        }
    }
}

/// Reads one record from `text`, which starts at byte `offset` of its file.
pub(super) fn push_record(
    path: &SourcePath,
    kind: Kind,
    id: Id,
    text: &str,
    offset: usize,
    file: &mut FileContent,
) {
    file.diagnostics.extend(cut_off(path, text, offset));
    if let Some(data) = yaml::read(text, Record(kind))
        && data.is_complete()
    {
        file.add(path, FileRecord::new(id, FieldPath::root(), data));
        return;
    }
    match yaml::parse(text) {
        Ok(node) => {
            let base = FieldPath::root();
            let found = examine(path, &base, &node, &Shape::Record(kind.shape()));
            // The fast reader does not take a list that is written as `~` or `null`.
            if found.is_empty()
                && let Ok(data) = Data::deserialize_kind(kind, to_value(&node))
            {
                file.add(path, FileRecord::new(id, base, data));
                return;
            }
            if let Some(draft) = Unfinished::draft((kind, &id), &base, &node, &found) {
                return file.unfinished.push(draft);
            }
            push_found(path, kind, text, offset, found, file);
            file.broken.extend(former_ids(&node).map(|id| (kind, id)));
        }
        Err(error) => file.diagnostics.push(not_yaml(path, error, offset)),
    }
    file.broken.push((kind, id));
}

/// Adds what the thorough reader found; where it agrees with the text, what the fast one said.
fn push_found(
    path: &SourcePath,
    kind: Kind,
    text: &str,
    offset: usize,
    found: Vec<Diagnostic>,
    file: &mut FileContent,
) {
    if !found.is_empty() {
        file.diagnostics.extend(found);
    } else if let Err(error) = Data::deserialize_kind(kind, yaml::deserializer(text)) {
        let error = yaml::YamlError::new(&error, text);
        file.diagnostics.push(not_yaml(path, error, offset));
    }
}

pub(super) fn read_kind(path: &SourcePath, kind: Kind, bytes: &[u8], file: &mut FileContent) {
    let text = match decode(bytes) {
        Ok(text) => text,
        Err(error) => {
            file.is_unread = true;
            return file.diagnostics.push(not_text(path, error));
        }
    };
    let start = mark_length(bytes);
    let text = &text[start..];
    if yaml::is_blank(text) {
        return;
    }
    file.diagnostics.extend(cut_off(path, text, start));
    let all = Records { kind, wanted: None };
    if let Some(records) = yaml::read(text, all) {
        let all_right = records.iter().all(|(_, data)| data.is_complete());
        let mut ids: Vec<&Id> = records.iter().map(|(id, _)| id).collect();
        ids.sort_unstable();
        if all_right && ids.windows(2).all(|pair| pair[0] != pair[1]) {
            for (id, data) in records {
                let base = FieldPath::key(&*id);
                check_id(path, &base, &id, file);
                file.add(path, FileRecord::new(id, base, data));
            }
            return;
        }
    }
    match yaml::parse(text) {
        Ok(node) => read_kind_thoroughly(path, kind, text, &node, file),
        Err(error) => {
            file.is_unread = true;
            file.diagnostics.push(not_yaml(path, error, start));
        }
    }
}

/// Reads what is right of a file of many records, and reports the rest.
fn read_kind_thoroughly(
    path: &SourcePath,
    kind: Kind,
    text: &str,
    node: &Node,
    file: &mut FileContent,
) {
    let Value::Map(entries) = &node.value else {
        file.is_unread = true;
        let found = node.value.description();
        let message = format!("expected ids with their {}, found {found}", kind.folder());
        file.diagnostics.push(
            Diagnostic::error("wrong-type", Place::value(path, FieldPath::root()), message)
                .help("write each id at the start of a line, and its fields indented below it"),
        );
        return;
    };
    let anything = Shape::Map(&Shape::Anything);
    file.diagnostics.extend(examine(path, &FieldPath::root(), node, &anything));
    let mut examined = Vec::new();
    for (position, entry) in entries.iter().enumerate() {
        if entries[..position].iter().any(|other| other.key == entry.key) {
            continue;
        }
        let base = FieldPath::key(&entry.key);
        let found = examine(path, &base, &entry.node, &Shape::Record(kind.shape()));
        examined.push((position, entry, found));
    }
    // Numbers that are meant as text are only in the text as they were written.
    let right = examined.iter().filter(|(.., found)| found.is_empty());
    let right: BTreeSet<usize> = right.map(|(position, ..)| *position).collect();
    let records = Records { kind, wanted: Some(&right) };
    let records = records.deserialize(yaml::deserializer(text));
    let mut records = records.ok().map(Vec::into_iter);
    for (_, entry, found) in examined {
        let (id, base) = (Id::new(&entry.key), FieldPath::key(&entry.key));
        check_id(path, &base, &id, file);
        if !found.is_empty() {
            if let Some(draft) = Unfinished::draft((kind, &id), &base, &entry.node, &found) {
                file.unfinished.push(draft);
                continue;
            }
            file.diagnostics.extend(found);
            file.broken.extend(former_ids(&entry.node).map(|id| (kind, id)));
            file.broken.push((kind, id));
            continue;
        }
        let written = records.as_mut().and_then(Iterator::next);
        let typed = match written {
            Some((_, data)) => Ok(data),
            // The typed reader does not take a list that is written as `~` or `null`.
            None => Data::deserialize_kind(kind, to_value(&entry.node)),
        };
        match typed {
            Ok(data) => file.add(path, FileRecord::new(id, base, data)),
            Err(error) => {
                let place = Place::value(path, base);
                file.diagnostics.push(Diagnostic::error("wrong-type", place, error.to_string()));
                file.broken.push((kind, id));
            }
        }
    }
}

/// The former ids of a record that is broken elsewhere: links to those lead to it as well.
pub(super) fn former_ids(node: &Node) -> impl Iterator<Item = Id> {
    let was = match value(node, "was") {
        Some(Value::List(ids)) => ids.as_slice(),
        _ => &[],
    };
    was.iter().filter_map(|id| match &id.value {
        Value::Text(id) => Some(Id::new(id)),
        _ => None,
    })
}

/// What a record says in one of its fields.
pub(super) fn value<'a>(node: &'a Node, field: &str) -> Option<&'a Value> {
    let Value::Map(entries) = &node.value else { return None };
    entries.iter().find(|entry| entry.key == field).map(|entry| &entry.node.value)
}

/// Reads one record of a kind.
#[derive(Clone, Copy)]
struct Record(Kind);

impl<'de> DeserializeSeed<'de> for Record {
    type Value = Data;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Data, D::Error> {
        Data::deserialize_kind(self.0, deserializer)
    }
}

/// Reads a map from ids to records of one kind: all of them, or those at some positions.
#[derive(Clone, Copy)]
struct Records<'a> {
    kind: Kind,
    wanted: Option<&'a BTreeSet<usize>>,
}

impl<'de> DeserializeSeed<'de> for Records<'_> {
    type Value = Vec<(Id, Data)>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for Records<'_> {
    type Value = Vec<(Id, Data)>;

    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("ids with their records")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut records = Vec::new();
        let mut position = 0;
        // Whether a key can be an id is said later, of it alone.
        while let Some(id) = map.next_key::<String>()? {
            if self.wanted.is_none_or(|wanted| wanted.contains(&position)) {
                records.push((Id::new(id), map.next_value_seed(Record(self.kind))?));
            } else {
                map.next_value::<IgnoredAny>()?;
            }
            position += 1;
        }
        Ok(records)
    }
}

/// The node as the YAML library's own value.
fn to_value(node: &Node) -> serde_yaml::Value {
    match &node.value {
        Value::Null => serde_yaml::Value::Null,
        Value::Flag(flag) => (*flag).into(),
        Value::Integer(number) => (*number).into(),
        Value::Number(number) => (*number).into(),
        Value::Text(text) => text.as_str().into(),
        Value::List(items) => items.iter().map(to_value).collect::<Vec<_>>().into(),
        Value::Map(entries) => {
            let pairs =
                entries.iter().map(|entry| (entry.key.as_str().into(), to_value(&entry.node)));
            serde_yaml::Value::Mapping(pairs.collect())
        }
    }
}

pub(super) fn not_text(path: &SourcePath, error: NotText) -> Diagnostic {
    Diagnostic::error("not-text", Place::bytes(path, error.span), error.message).help(error.help)
}

/// Texts that a comment cuts off, which begin at byte `offset` of their file.
fn cut_off(path: &SourcePath, text: &str, offset: usize) -> impl Iterator<Item = Diagnostic> {
    cut_texts(text).into_iter().map(move |cut| {
        let place = Place::bytes(path, Span::new(offset + cut.rest.start..offset + cut.rest.end));
        let message = "the text ends before this: ` #` begins a comment";
        let finding = Diagnostic::warn("cut-text", place, message);
        let finding = finding.help(format!("put quotes around it: `{}`", cut.whole));
        finding.help("put a space behind the sign of a comment that is one")
    })
}

fn not_yaml(path: &SourcePath, error: yaml::YamlError, offset: usize) -> Diagnostic {
    let place =
        |at: Range<usize>| Place::bytes(path, Span::new(offset + at.start..offset + at.end));
    let diagnostic = Diagnostic::error("invalid-yaml", place(error.at), error.message);
    let diagnostic = error.help.into_iter().fold(diagnostic, Diagnostic::help);
    match error.opened_at {
        Some(at) => diagnostic.related(place(at..at + 1), "the bracket opens here"),
        None => diagnostic,
    }
}
