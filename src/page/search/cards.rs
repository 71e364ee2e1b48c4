//! Cards: what a page shows of a name that it mentions, before the reader follows it.

use std::collections::BTreeMap;

use crate::graph::{KnowledgeBase, RecordId};
use crate::model::Kind;
use crate::model::citation::Citation;
use crate::page::compose::referral_picture::picture_path;
use crate::page::json::Said;
use crate::page::llms::summary;
use crate::page::published::{Published, TextFile};

/// The kinds whose names become links in texts, and works, which texts cite.
const MENTIONED: [Kind; 6] =
    [Kind::Muscle, Kind::Symptom, Kind::Technique, Kind::Service, Kind::Term, Kind::Citation];

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

/// Rows of id, name, kind and summary; those of muscles also have the path of a picture.
fn cards(published: &Published<'_>, records: &[RecordId]) -> String {
    let base = published.base;
    let row = |record: &RecordId| {
        let entry = base.entry(*record);
        let mut row = vec![entry.id.to_string(), entry.data.name().to_string()];
        match base.get::<Citation>(*record) {
            Some(work) => row.extend([about(published, work), found(work)]),
            None => {
                row.push(word(published, "kinds", entry.kind.word()));
                row.push(summary((base, published.strings), *record).unwrap_or_default());
            }
        }
        if entry.kind == Kind::Muscle && published.pictured.contains(record) {
            row.push(picture_path(base, *record));
        }
        row
    };
    let rows: Vec<Vec<String>> = records.iter().map(row).collect();
    let mut text = String::new();
    rows.push_json(&mut text);
    text.push('\n');
    text
}

/// What sort of work it is, and of which year: "review, 2022".
fn about(published: &Published<'_>, work: &Citation) -> String {
    let kind = work.kind.map(|kind| word(published, "source_kinds", kind.word()));
    let year = work.year.map(|year| year.to_string());
    kind.into_iter().chain(year).collect::<Vec<_>>().join(", ")
}

/// What a work found, in full: it is one sentence or two, and the list below a text leaves it out.
fn found(work: &Citation) -> String {
    work.takeaway.as_ref().map(ToString::to_string).unwrap_or_default()
}

fn word(published: &Published<'_>, table: &str, word: &str) -> String {
    published.strings.get(&format!("{table}.{word}")).unwrap_or(word).to_owned()
}
