//! TOML files of a theme as trees of plain values.

use serde_json::{Map, Number, Value as Json};

use crate::diagnostic::{Diagnostic, Place};
use crate::source::SourcePath;
use crate::syntax::node::{Node, Value};
use crate::syntax::toml;

/// The file as a tree; `None` with diagnostics if it is not TOML.
pub(crate) fn tree(path: &SourcePath, text: &str, found: &mut Vec<Diagnostic>) -> Option<Json> {
    placed(path, text, found).map(plain)
}

/// The file as a tree with the place of every value; `None` with diagnostics if it is not TOML.
pub(crate) fn placed(path: &SourcePath, text: &str, found: &mut Vec<Diagnostic>) -> Option<Node> {
    let (root, errors) = toml::parse(text);
    let is_sound = errors.is_empty();
    found.extend(errors.into_iter().map(|error| {
        Diagnostic::error("invalid-toml", Place::bytes(path, error.span), error.message)
    }));
    is_sound.then_some(root)
}

/// A value without its places.
pub(crate) fn plain(node: Node) -> Json {
    match node.value {
        Value::Null => Json::Null,
        Value::Flag(flag) => Json::Bool(flag),
        Value::Integer(number) => Json::Number(number.into()),
        Value::Number(number) => Number::from_f64(number).map_or(Json::Null, Json::Number),
        Value::Text(text) => Json::String(text),
        Value::List(items) => Json::Array(items.into_iter().map(plain).collect()),
        Value::Map(entries) => Json::Object(
            entries.into_iter().map(|entry| (entry.key, plain(entry.node))).collect::<Map<_, _>>(),
        ),
    }
}
