//! What a record needs beyond the declaration of its kind, and what is known of one that lacks it.

use crate::diagnostic::{Diagnostic, FieldPath, Place};
use crate::model::declare::Shape;
use crate::model::examine::examine;
use crate::model::{Data, Id, Kind};
use crate::source::SourcePath;
use crate::syntax::node::{Node, Value};

/// Everything that is wrong with a record.
pub(super) fn examine_kind(
    path: &SourcePath,
    kind: Kind,
    base: &FieldPath,
    node: &Node,
) -> Vec<Diagnostic> {
    let mut found = examine(path, base, node, &Shape::Record(kind.shape()));
    // Of what has no fields at all, that is said already.
    if !matches!(node.value, Value::Map(_) | Value::Null) {
        return found;
    }
    let helps: &[&str] = match kind {
        Kind::Article if !says(node, "published") => {
            &["add `published`: the day it was first published, such as `2026-11-23`"]
        }
        Kind::Citation if !says(node, "year") && !says(node, "accessed") => &[
            "add `year`: the year it appeared",
            "if it names none, add `accessed`: the day it was read, such as `2026-11-23`",
        ],
        _ => return found,
    };
    let field = if kind == Kind::Article { "published" } else { "year" };
    let (code, place, message) = match value(node, field) {
        // A key without a value is no mistake where the field may be left out.
        Some(Value::Null) => {
            let expected = if kind == Kind::Article { "a date" } else { "a year" };
            let message = format!("expected {expected}, found nothing");
            ("wrong-type", base.clone().then(field), message)
        }
        _ => ("missing-field", base.clone(), format!("missing field `{field}`")),
    };
    let mistake = Diagnostic::error(code, Place::value(path, place), message);
    found.push(helps.iter().fold(mistake, |mistake, help| mistake.help(*help)));
    found
}

/// Whether a record has what its kind needs beyond its declaration: an article, its date; a
/// citation, its year or the day it was read.
pub(super) fn is_complete(data: &Data) -> bool {
    match data {
        Data::Article(article) => article.published.is_some(),
        Data::Citation(work) => work.year.is_some() || work.accessed.is_some(),
        _ => true,
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

/// Whether a field has a value.
fn says(node: &Node, field: &str) -> bool {
    value(node, field).is_some_and(|value| !matches!(value, Value::Null))
}

fn value<'a>(node: &'a Node, field: &str) -> Option<&'a Value> {
    let Value::Map(entries) = &node.value else { return None };
    entries.iter().find(|entry| entry.key == field).map(|entry| &entry.node.value)
}
