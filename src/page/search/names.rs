//! The names that a search knows from the start, and the titles that it asks for.

use super::documents::{Documents, OfKind};
use crate::graph::{KnowledgeBase, RecordId};
use crate::model::{Kind, Text};
use crate::page::json::{Object, Said};
use crate::page::published::{Published, Written};

/// So many titles are in a file.
const TOGETHER: usize = 32;

/// The kinds whose names tell no warning sign: "neck pain" is felt by most who come here.
const PLAIN: [Kind; 6] =
    [Kind::Region, Kind::Area, Kind::Symptom, Kind::Muscle, Kind::Technique, Kind::Service];

/// How many files with titles there are.
pub(super) fn pieces_for(documents: &Documents) -> usize {
    titled(documents).count().div_ceil(TOGETHER)
}

fn titled(documents: &Documents) -> impl Iterator<Item = RecordId> {
    let kinds = documents.kinds.iter().filter(|of_kind| !of_kind.is_named);
    kinds.flat_map(|of_kind| of_kind.records.iter().copied())
}

/// The file of names: what kinds there are, and how their documents are called.
pub(super) fn names(published: &Published<'_>, documents: &Documents) -> String {
    let kinds: Vec<Object> =
        documents.kinds.iter().map(|of_kind| kind(published, of_kind)).collect();
    let sets = super::signs::sets(published.base, documents);
    let levels = if sets.is_empty() { Vec::new() } else { super::signs::levels(published) };
    let mut text = Object::new()
        .with("version", documents.version(published.base))
        .with("pieces", super::texts::pieces_for(documents))
        .with("together", TOGETHER)
        .with("words", Written::of(published.strings.at("search.words")))
        .with("ways", ways(published))
        .with("emergency", emergency(published))
        .with("levels", levels)
        .with("sets", sets)
        .with("kinds", kinds)
        .finish();
    text.push('\n');
    text
}

/// Where readers go on who find nothing: what leads there, and its address.
fn ways(published: &Published<'_>) -> Vec<Vec<String>> {
    let ways = [
        ("/pain/", "search.ways.pain"),
        ("/muscles/", "search.ways.muscles"),
        ("/search/", "search.words.all"),
    ];
    let there = ways.iter().filter(|(path, _)| published.base.routes.page(path).is_some());
    let way = |(path, word): &(&str, &str)| {
        Some(vec![published.strings.get(word)?.to_owned(), published.site.path(path)])
    };
    there.filter_map(way).collect()
}

/// Whom to call, for a reader who finds nothing.
fn emergency(published: &Published<'_>) -> Option<String> {
    let words = published.strings.get("search.emergency")?;
    Some(words.replace("{number}", published.emergency_number?))
}

fn kind(published: &Published<'_>, of_kind: &OfKind) -> Object {
    let label = published.strings.get(&format!("search.groups.{}", of_kind.kind.word()));
    let rows = of_kind.records.iter().filter(|_| of_kind.is_named);
    let rows: Vec<Row<'_>> = rows.map(|record| Row::of(published.base, *record)).collect();
    let titles = if of_kind.is_named { 0 } else { of_kind.records.len() };
    Object::new()
        .with("label", label.unwrap_or(of_kind.kind.word()))
        .with("start", published.site.path(&of_kind.start))
        .with("end", of_kind.end)
        .with("titles", titles)
        .with("plain", PLAIN.contains(&of_kind.kind))
        .with("names", rows)
}

/// A file of titles.
pub(super) fn titles(base: &KnowledgeBase, documents: &Documents, number: usize) -> String {
    let records = titled(documents).skip(number * TOGETHER).take(TOGETHER);
    let rows: Vec<Row<'_>> = records.map(|record| Row::of(base, record)).collect();
    let mut text =
        Object::new().with("version", documents.version(base)).with("names", rows).finish();
    text.push('\n');
    text
}

/// An id, and the names of its record.
struct Row<'a> {
    id: &'a str,
    names: Vec<&'a Text>,
}

impl<'a> Row<'a> {
    fn of(base: &'a KnowledgeBase, record: RecordId) -> Self {
        let entry = base.entry(record);
        Self { id: &entry.id, names: entry.data.names().collect() }
    }
}

impl Said for Row<'_> {
    fn push_json(&self, out: &mut String) {
        out.push('[');
        self.id.push_json(out);
        for name in &self.names {
            out.push(',');
            name.push_json(out);
        }
        out.push(']');
    }
}
