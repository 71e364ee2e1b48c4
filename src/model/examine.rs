//! The thorough reader: everything that is wrong with a value, by its declaration.
//! Used only where the fast, typed reader has failed.

use super::cures;
use super::currency::Currency;
use super::declare::{Field, OneOf, RecordShape, Shape};
use super::nearest::nearest;
use super::scalars::Date;
use crate::diagnostic::{At, Diagnostic, FieldPath, Place, Segment};
use crate::source::SourcePath;
use crate::syntax::node::{Entry, Node, Value};
use crate::syntax::text::unprintable;
use crate::syntax::yaml::is_nothing;

/// Everything wrong with `node`, which should have `shape` and stands at `path` of `file`.
pub(crate) fn examine(
    file: &SourcePath,
    path: &FieldPath,
    node: &Node,
    shape: &Shape,
) -> Vec<Diagnostic> {
    let mut examiner = Examiner { file, path: path.clone(), found: Vec::new() };
    examiner.value(node, shape);
    examiner.found
}

struct Examiner<'a> {
    file: &'a SourcePath,
    path: FieldPath,
    found: Vec<Diagnostic>,
}

impl Examiner<'_> {
    fn error(&self, code: &'static str, message: String) -> Diagnostic {
        Diagnostic::error(code, Place::value(self.file, self.path.clone()), message)
    }

    fn report(&mut self, code: &'static str, message: String, help: Option<String>) {
        let diagnostic = self.error(code, message).maybe_help(help);
        self.found.push(diagnostic);
    }

    fn wrong_type(&mut self, expected: &str, node: &Node, help: Option<String>) {
        let found = node.value.description();
        self.report("wrong-type", format!("expected {expected}, found {found}"), help);
    }

    fn value(&mut self, node: &Node, shape: &Shape) {
        match shape {
            Shape::Anything => {}
            Shape::Text | Shape::Markdown | Shape::Address | Shape::Picture => {
                self.text(node, "text");
            }
            Shape::Reference(kind) => self.text(node, &format!("the id of {}", kind.one())),
            Shape::Target => self.text(node, "the address of a record"),
            Shape::Currency => self.currency(node),
            Shape::Flag => {
                if !matches!(node.value, Value::Flag(_)) {
                    self.wrong_type("`true` or `false`", node, cures::flag(&node.value));
                }
            }
            Shape::Count => match node.value {
                Value::Integer(number) if u32::try_from(number).is_ok() => {}
                Value::Integer(number) => {
                    let message = format!("{number} is not a whole number from 0 to {}", u32::MAX);
                    self.report("wrong-type", message, None);
                }
                _ => self.wrong_type("a whole number", node, cures::number(&node.value)),
            },
            Shape::Number(shape) => {
                let number = match node.value {
                    Value::Integer(number) => number as f64,
                    Value::Number(number) => number,
                    _ => return self.wrong_type("a number", node, cures::number(&node.value)),
                };
                if let Some(message) = shape.mistake(number) {
                    self.report("wrong-type", message, None);
                }
            }
            Shape::Date => self.date(node),
            Shape::Choice(choices) => self.choice(node, choices.iter().map(|choice| choice.word)),
            Shape::List(item) => self.list(node, item, false),
            Shape::Many(item) => self.list(node, item, true),
            Shape::Map(item) => self.map(node, item),
            Shape::Record(record) => self.record(node, record),
            Shape::OneOf(shapes) => self.one_of(node, shapes),
        }
    }

    fn text(&mut self, node: &Node, expected: &str) {
        match &node.value {
            Value::Text(text) if !is_nothing(text) => {
                if let Some(message) = unprintable(text) {
                    self.report("wrong-type", message, Some("remove it".to_owned()));
                }
            }
            Value::Text(_) | Value::Null => {
                let message = format!("expected {expected}, found nothing");
                self.report("wrong-type", message, None);
            }
            Value::Flag(_) | Value::Integer(_) | Value::Number(_) => {}
            Value::List(_) | Value::Map(_) => self.wrong_type(expected, node, None),
        }
    }

    fn currency(&mut self, node: &Node) {
        match &node.value {
            Value::Text(text) => {
                if let Some(message) = Currency::mistake(text) {
                    self.report("wrong-type", message, Some(cures::currency(text)));
                }
            }
            _ => self.wrong_type("the code of a currency, such as `USD`", node, None),
        }
    }

    fn date(&mut self, node: &Node) {
        match &node.value {
            Value::Text(text) => {
                if let Err(message) = Date::parse(text) {
                    self.report("wrong-type", message, Some(cures::date(text)));
                }
            }
            _ => self.wrong_type("a date such as `2026-11-23`", node, None),
        }
    }

    fn choice(&mut self, node: &Node, words: impl Iterator<Item = &'static str> + Clone) {
        let listed = words.clone().map(|word| format!("`{word}`")).collect::<Vec<_>>().join(", ");
        let written = match &node.value {
            Value::Text(text) => text.clone(),
            Value::Flag(flag) => flag.to_string(),
            _ => return self.wrong_type(&format!("one of {listed}"), node, None),
        };
        if words.clone().any(|word| word == written) {
            return;
        }
        let help = nearest(&written, words).map(|word| format!("a similar word exists: `{word}`"));
        let message = format!("expected one of {listed}, found `{written}`");
        self.report("unknown-choice", message, help);
    }

    fn list(&mut self, node: &Node, item: &Shape, at_least_one: bool) {
        match &node.value {
            Value::List(items) if items.is_empty() && at_least_one => {
                self.report("wrong-type", "expected at least one item".to_owned(), None);
            }
            Value::List(items) => {
                for (index, node) in items.iter().enumerate() {
                    self.within(Segment::Index(index), |examiner| examiner.value(node, item));
                }
            }
            Value::Null if !at_least_one => {}
            Value::Null => self.report("wrong-type", "expected at least one item".to_owned(), None),
            _ => {
                let help = match (self.file.extension(), self.path.segments().last(), item) {
                    ("toml", Some(Segment::Key(key)), Shape::Record(_)) => {
                        format!("write a table for each item: `[[{key}]]`")
                    }
                    ("toml", ..) => "write the items in brackets: `[\"one\", \"two\"]`".to_owned(),
                    _ => "write each item on a line of its own that begins with `- `".to_owned(),
                };
                self.wrong_type("a list", node, Some(help));
            }
        }
    }

    fn map(&mut self, node: &Node, item: &Shape) {
        let Value::Map(entries) = &node.value else {
            return self.wrong_type("a map", node, None);
        };
        self.report_duplicates(entries);
        for entry in entries {
            let segment = Segment::Key(entry.key.clone().into());
            self.within(segment, |examiner| examiner.value(&entry.node, item));
        }
    }

    fn record(&mut self, node: &Node, record: &RecordShape) {
        let entries = match &node.value {
            Value::Map(entries) => entries.as_slice(),
            Value::Null => &[],
            other => {
                let help = cures::price(other, record);
                return self.wrong_type("keys and values", node, help);
            }
        };
        self.report_duplicates(entries);
        // A field that is there under a misspelt name is not missing as well.
        let mut misspelt = Vec::new();
        for entry in entries {
            match record.fields.iter().find(|field| field.name == entry.key) {
                // An optional key without a value is as if it were not there.
                Some(field) if !field.required && entry.node.value == Value::Null => {
                    let takes_nothing = matches!(
                        field.shape,
                        Shape::Text
                            | Shape::Markdown
                            | Shape::Date
                            | Shape::Count
                            | Shape::Number(_)
                            | Shape::Address
                            | Shape::Picture
                            | Shape::Choice(_)
                            | Shape::List(_)
                            | Shape::Record(_)
                            | Shape::Reference(_)
                            | Shape::Target
                    );
                    if !takes_nothing {
                        let segment = Segment::Key(entry.key.clone().into());
                        self.within(segment, |examiner| examiner.value(&entry.node, &field.shape));
                    }
                }
                Some(field) => {
                    let segment = Segment::Key(entry.key.clone().into());
                    self.within(segment, |examiner| examiner.value(&entry.node, &field.shape));
                }
                None => misspelt.extend(self.unknown_key(&entry.key, record)),
            }
        }
        for field in record.fields.iter().filter(|field| field.required) {
            let is_there = entries.iter().any(|entry| entry.key == field.name);
            if !is_there && !misspelt.contains(&field.name) {
                let help = format!("add `{}`: {}", field.name, first_sentence(field.doc));
                let message = format!("missing field `{}`", field.name);
                self.report("missing-field", message, Some(help));
            }
        }
        let is_misspelt = |one: &OneOf| misspelt.contains(&one.name);
        if !record.one_of.iter().any(is_misspelt) {
            self.needed(entries, record);
        }
    }

    /// Reports that a record has none of the fields of which it needs one.
    fn needed(&mut self, entries: &[Entry], record: &RecordShape) {
        let value = |name: &str| entries.iter().find(|entry| entry.key == name);
        let says = |name: &str| value(name).is_some_and(|entry| entry.node.value != Value::Null);
        let Some(usual) = record.one_of.first() else { return };
        if record.one_of.iter().any(|one| says(one.name)) {
            return;
        }
        let mistake = match value(usual.name) {
            None => self.error("missing-field", format!("missing field `{}`", usual.name)),
            // A key without a value is no mistake where the field may be left out.
            Some(_) => {
                let place = Place::value(self.file, self.path.then(usual.name));
                let is_date = |field: &Field| matches!(field.shape, Shape::Date);
                let field = record.fields.iter().find(|field| field.name == usual.name);
                let expected = if field.is_some_and(is_date) { "date" } else { usual.name };
                let message = format!("expected a {expected}, found nothing");
                Diagnostic::error("wrong-type", place, message)
            }
        };
        let others = record.one_of.iter().skip(1);
        let helps = others.map(|one| format!("if it names none, add `{}`: {}", one.name, one.help));
        let mistake = mistake.help(format!("add `{}`: {}", usual.name, usual.help));
        self.found.push(helps.fold(mistake, Diagnostic::help));
    }

    /// Reports a key that no field has, and says which one may be meant.
    fn unknown_key(&mut self, key: &str, record: &RecordShape) -> Option<&'static str> {
        let names = record.fields.iter().map(|field| field.name);
        let (meant, help) = match cures::key(key, record) {
            Some(known) => known,
            None => match nearest(key, names.clone()) {
                Some(name) => (Some(name), format!("a similar key exists: `{name}`")),
                None => (None, format!("known keys: {}", names.collect::<Vec<_>>().join(", "))),
            },
        };
        let place = Place { path: self.file.clone(), at: At::Key(self.path.then(key)) };
        let message = if key == "<<" {
            "merge keys `<<` are not supported".to_owned()
        } else {
            format!("unknown key `{key}`")
        };
        self.found.push(Diagnostic::error("unknown-key", place, message).help(help));
        meant
    }

    fn report_duplicates(&mut self, entries: &[Entry]) {
        for (position, entry) in entries.iter().enumerate() {
            let before = entries[..position].iter().filter(|other| other.key == entry.key).count();
            if before == 0 {
                continue;
            }
            let mut again = self.path.clone();
            again.push(Segment::Repeated(entry.key.clone().into(), before));
            let place = match entry.key_span {
                Some(span) => Place::bytes(self.file, span),
                None => Place::key(self.file, again),
            };
            let diagnostic = Diagnostic::error(
                "duplicate-key",
                place,
                format!("the key `{}` stands here a second time", entry.key),
            )
            .related(Place::key(self.file, self.path.then(&entry.key)), "first defined here")
            .help("keep one of the two");
            self.found.push(diagnostic);
        }
    }

    fn one_of(&mut self, node: &Node, shapes: &[Shape]) {
        let fits = shapes.iter().find(|shape| {
            matches!(
                (&node.value, shape),
                (Value::Map(_), Shape::Record(_))
                    | (Value::List(_), Shape::List(_))
                    | (Value::Flag(_), Shape::Flag)
                    | (Value::Text(_), Shape::Text | Shape::Reference(_))
            )
        });
        match fits {
            Some(shape) => self.value(node, shape),
            None => {
                let expected: Vec<_> = shapes.iter().map(describe).collect();
                self.wrong_type(&expected.join(" or "), node, None);
            }
        }
    }

    fn within(&mut self, segment: Segment, examine: impl FnOnce(&mut Self)) {
        self.path.push(segment);
        examine(self);
        self.path.pop();
    }
}

fn describe(shape: &Shape) -> String {
    match shape {
        Shape::Text => "text".to_owned(),
        Shape::Flag => "`true` or `false`".to_owned(),
        Shape::List(_) | Shape::Many(_) => "a list".to_owned(),
        Shape::Record(record) => first_sentence(record.doc).to_lowercase(),
        Shape::Reference(kind) => format!("the id of {}", kind.one()),
        _ => "a value".to_owned(),
    }
}

/// The first sentence of a documentation comment, without its full stop.
pub(crate) fn first_sentence(doc: &str) -> String {
    let text = doc.trim();
    let end = text.find(". ").or_else(|| text.find(".\n")).unwrap_or(text.len());
    text[..end].trim_end_matches('.').split_whitespace().collect::<Vec<_>>().join(" ")
}
