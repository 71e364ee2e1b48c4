//! Cards: what a page shows of a name that it mentions, before the reader follows it.

use std::collections::BTreeMap;

use crate::graph::{KnowledgeBase, RecordId};
use crate::model::Kind;
use crate::page::json::Said;
use crate::page::llms::summary;
use crate::page::published::{Published, TextFile};

/// The kinds whose names become links in texts.
const MENTIONED: [Kind; 5] =
    [Kind::Muscle, Kind::Symptom, Kind::Technique, Kind::Service, Kind::Term];

/// A file for each section of the site and each first letter of ids in it.
pub(super) fn files<'a>(base: &KnowledgeBase) -> Vec<TextFile<'a>> {
    let mut files: BTreeMap<String, Vec<RecordId>> = BTreeMap::new();
    for kind in MENTIONED {
        for (record, entry) in base.of_kind(kind) {
            let Some(address) = base.routes.address(record) else { continue };
            let section = address.path.split('/').nth(1).unwrap_or_default();
            let letter = entry.id.chars().next().unwrap_or_default();
            let path = format!("search/cards/{section}-{letter}.json");
            files.entry(path).or_default().push(record);
        }
    }
    let file = |(path, records): (String, Vec<RecordId>)| {
        TextFile::new(path, move |published| cards(published, &records))
    };
    files.into_iter().map(file).collect()
}

/// Rows of id, name, kind and summary.
fn cards(published: &Published<'_>, records: &[RecordId]) -> String {
    let base = published.base;
    let rows: Vec<[String; 4]> = records
        .iter()
        .map(|record| {
            let entry = base.entry(*record);
            let word = entry.kind.word();
            let kind = published.strings.get(&format!("kinds.{word}")).unwrap_or(word);
            let summary = summary(base, *record).unwrap_or_default();
            [entry.id.to_string(), entry.data.name().to_string(), kind.to_owned(), summary]
        })
        .collect();
    let mut text = String::new();
    rows.push_json(&mut text);
    text.push('\n');
    text
}
