//! TOML as a tree with the place of every key and value.

use std::ops::Range;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::locate::Part;
use super::node::{Entry, Node, Value};
use crate::diagnostic::{FieldPath, Segment};
use crate::source::Span;

/// Why a text is not TOML.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TomlError {
    /// What is wrong, without the place.
    pub message: String,
    /// Where.
    pub span: Span,
}

/// Reads a text as far as it is TOML, with everything that is wrong with it.
pub fn parse(text: &str) -> (Node, Vec<TomlError>) {
    let (table, errors) = DeTable::parse_recoverable(text);
    let errors = errors
        .iter()
        .map(|error| TomlError {
            message: error.message().to_owned(),
            span: Span::new(error.span().unwrap_or(0..0)),
        })
        .collect();
    let span = Span::new(table.span());
    (Node { value: table_value(table.get_ref()), span: Some(span) }, errors)
}

/// The bytes of the value at `path`, or of its key.
pub fn locate(text: &str, path: &FieldPath, part: Part) -> Option<Range<usize>> {
    let (root, _) = parse(text);
    let mut node = &root;
    let mut key_span = None;
    for step in path.segments() {
        (node, key_span) = match (step, &node.value) {
            (Segment::Key(key) | Segment::Repeated(key, _), Value::Map(entries)) => {
                let entry = entries.iter().find(|entry| entry.key == *key)?;
                (&entry.node, entry.key_span)
            }
            (Segment::Index(index), Value::List(items)) => (items.get(*index)?, None),
            _ => return None,
        };
    }
    let span = match part {
        Part::Key => key_span.or(node.span),
        Part::Value => node.span,
    };
    span.map(Span::range)
}

fn table_value(table: &DeTable<'_>) -> Value {
    let mut entries: Vec<Entry> = table
        .iter()
        .map(|(key, value)| Entry {
            key: key.get_ref().to_string(),
            key_span: Some(Span::new(key.span())),
            node: node(value),
        })
        .collect();
    entries.sort_by_key(|entry| entry.key_span.map_or(0, |span| span.start));
    Value::Map(entries)
}

fn node(value: &Spanned<DeValue<'_>>) -> Node {
    let span = Some(Span::new(value.span()));
    let value = match value.get_ref() {
        DeValue::String(text) => Value::Text(text.to_string()),
        DeValue::Integer(number) => i64::from_str_radix(number.as_str(), number.radix())
            .map_or_else(|_| Value::Text(number.to_string()), Value::Integer),
        DeValue::Float(number) => {
            number.as_str().parse().map_or(Value::Number(f64::NAN), Value::Number)
        }
        DeValue::Boolean(flag) => Value::Flag(*flag),
        DeValue::Datetime(date) => Value::Text(date.to_string()),
        DeValue::Array(items) => Value::List(items.iter().map(node).collect()),
        DeValue::Table(table) => table_value(table),
    };
    Node { value, span }
}
