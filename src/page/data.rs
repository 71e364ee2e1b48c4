//! `data/<kind>.json`: the records and what ties them together, for other programs.

use rayon::prelude::*;

use super::fields::Fields;
use super::json::Object;
use super::published::{Published, TextFile};
use crate::graph::{Candidate, Reach, RecordId};
use crate::model::muscle::Muscle;
use crate::model::{Entry, Kind};

/// Room for most records, in bytes.
const ROOM: usize = 3072;

/// How many records are written in one go: enough that a thread has something to do.
const TOGETHER: usize = 32;

/// How many records are written before they are joined to the others: all of them would be the whole
/// file a second time, 30 MB that nothing else has used.
const AT_ONCE: usize = 8 * TOGETHER;

/// One file for each kind that has records, named after the kind's folder: `data/muscles.json`.
pub fn files<'a>(published: &Published<'a>) -> Vec<TextFile<'a>> {
    let kinds = Kind::ALL.iter().filter(|kind| published.base.of_kind(**kind).next().is_some());
    let file = |kind: &'static Kind| {
        let path = format!("data/{}.json", kind.folder());
        TextFile::new(path, move |published| of_kind(published, *kind))
    };
    kinds.map(file).collect()
}

fn of_kind(published: &Published<'_>, kind: Kind) -> String {
    let records: Vec<_> = published.base.of_kind(kind).collect();
    // The words of kinds are ours, and need no escape.
    let mut text = format!("{{\"kind\":\"{}\",\"records\":[", kind.word());
    for (at, together) in records.chunks(AT_ONCE).enumerate() {
        let parts: Vec<String> =
            together.par_chunks(TOGETHER).map(|records| part(published, records)).collect();
        if at == 0 {
            let size: usize = parts.iter().map(|part| part.len() + 1).sum();
            // The others are about as long; what is not used is never touched.
            text.reserve(size / together.len() * records.len() * 5 / 4);
        }
        for part in &parts {
            text.push_str(part);
        }
    }
    // Each record is followed by a comma.
    text.pop();
    text.push_str("]}\n");
    text
}

/// Some records in a row.
fn part(published: &Published<'_>, records: &[(RecordId, &Entry)]) -> String {
    let mut text = String::with_capacity(records.len() * ROOM);
    for (record, entry) in records {
        text = with_record(text, published, *record, entry);
        text.push(',');
    }
    text
}

fn with_record(text: String, published: &Published<'_>, record: RecordId, entry: &Entry) -> String {
    let base = published.base;
    let address = base.routes.address(record);
    Object::after(text)
        .with("id", &*entry.id)
        .with("name", entry.data.name())
        .with("address", address.map(|one| published.site.url(&one.href())))
        .with("fields", Fields(&entry.data))
        .with("relations", relations(published, record, entry.kind))
        .with("backlinks", published.names(base.backlinks(record)))
        .finish()
}

/// What others wrote about a record of this kind, derived.
fn relations(published: &Published<'_>, record: RecordId, kind: Kind) -> Object {
    let base = published.base;
    let known = &base.relations;
    let names = |records| published.names(records);
    let said = Object::new();
    match kind {
        Kind::Muscle => said
            .with("reaches", reaches(published, record))
            .with("services", names(known.muscle_services.of(record))),
        Kind::Region => said
            .with("candidates", candidates(published, record))
            .with("services", names(known.region_services.of(record)))
            .with("symptoms", names(known.region_symptoms.of(record))),
        Kind::Symptom => said.with("muscles", names(known.symptom_muscles.of(record))),
        Kind::Technique => said
            .with("muscles", names(known.technique_muscles.of(record)))
            .with("services", names(known.technique_services.of(record))),
        Kind::Service => said
            .with("muscles", names(known.service_muscles.of(record)))
            .with("regions", names(known.service_regions.of(record)))
            .with("symptoms", names(known.service_symptoms.of(record))),
        Kind::Area => said
            .with("regions", names(known.area_regions.of(record)))
            .with("muscles", names(known.area_muscles.of(record))),
        Kind::Group => said.with("muscles", names(known.group_muscles.of(record))),
        Kind::Person => said
            .with("written", names(known.written.of(record)))
            .with("reviewed", names(known.reviewed.of(record))),
        Kind::Citation => said.with("cited_by", names(known.cited_by.of(record))),
        Kind::Topic => said.with("records", names(known.topic_records.of(record))),
        Kind::Article => said.with("related", names(&base.kinship().related(base, record))),
        Kind::Page | Kind::Faq | Kind::Term | Kind::Myth | Kind::RedFlagSet => said,
    }
}

fn reaches(published: &Published<'_>, record: RecordId) -> Vec<Object> {
    let base = published.base;
    let points = base.get::<Muscle>(record).map_or(&[][..], |one| &*one.trigger_points);
    let one = |reach: &Reach| {
        let sides: Vec<&str> = reach.sides.iter().map(|side| side.word()).collect();
        let of = reach.points.iter().filter_map(|at| points.get(*at)).map(|point| &*point.id);
        Object::new()
            .with("region", published.name(reach.region))
            .with("intensity", reach.intensity.word())
            .with("sides", sides)
            .with("trigger_points", of.collect::<Vec<&str>>())
    };
    base.relations.reaches.of(record).iter().map(one).collect()
}

fn candidates(published: &Published<'_>, record: RecordId) -> Vec<Object> {
    let one = |candidate: &Candidate| {
        Object::new()
            .with("muscle", published.name(candidate.muscle))
            .with("intensity", candidate.intensity.word())
            .with("trigger_points", candidate.points)
            .with("of_trigger_points", candidate.of_points)
    };
    published.base.relations.candidates.of(record).iter().map(one).collect()
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use crate::graph::KnowledgeBase;
    use crate::page::sample::{made, small_project};

    fn files(base: &KnowledgeBase) -> Vec<(String, String)> {
        made(base, super::files)
    }

    fn record(file: &str, id: &str) -> Value {
        let files = files(&small_project());
        let (_, text) = files.iter().find(|(name, _)| name == file).expect("the kind has records");
        let whole: Value = serde_json::from_str(text).expect("it is JSON");
        let records = whole["records"].as_array().expect("it is a list");
        records.iter().find(|record| record["id"] == id).expect("it is there").clone()
    }

    #[test]
    fn every_kind_with_records_has_a_file() {
        let files = files(&small_project());
        let names: Vec<&str> = files.iter().map(|(name, _)| name.as_str()).collect();
        assert_eq!(
            names,
            [
                "data/articles.json",
                "data/pages.json",
                "data/muscles.json",
                "data/groups.json",
                "data/areas.json",
                "data/regions.json",
                "data/symptoms.json",
                "data/techniques.json",
                "data/services.json",
                "data/faqs.json",
                "data/people.json",
                "data/terms.json",
                "data/myths.json",
                "data/citations.json",
                "data/topics.json",
            ],
        );
    }

    #[test]
    fn a_record_is_its_fields_as_written_and_what_is_derived() {
        assert_eq!(
            record("data/regions.json", "front"),
            json!({
                "id": "front",
                "name": "Front of the shoulder",
                "address": "https://x.org/kb/pain/front/",
                "fields": {
                    "name": "Front of the shoulder", "area": "shoulder", "view": "front",
                    "term": "Regio deltoidea", "paired": false,
                    "synonyms": ["ball of the shoulder"],
                },
                "relations": {
                    "candidates": [
                        {"muscle": "muscle:infra", "intensity": "primary", "trigger_points": 1, "of_trigger_points": 1},
                        {"muscle": "muscle:sub", "intensity": "spillover", "trigger_points": 1, "of_trigger_points": 1},
                    ],
                    "services": ["service:session"],
                    "symptoms": ["symptom:stiff"],
                },
                "backlinks": ["muscle:infra", "muscle:sub", "symptom:stiff"],
            }),
        );
    }

    #[test]
    fn relations_name_records_by_kind_and_id() {
        assert_eq!(
            record("data/muscles.json", "infra")["relations"],
            json!({
                "reaches": [{
                    "region": "region:front", "intensity": "primary", "sides": ["same"],
                    "trigger_points": ["tp1"],
                }],
                "services": ["service:session"],
            }),
        );
        assert_eq!(
            record("data/services.json", "session")["relations"],
            json!({
                "muscles": ["muscle:infra"], "regions": ["region:front"],
                "symptoms": ["symptom:stiff"],
            }),
        );
        assert_eq!(record("data/faqs.json", "how-many")["relations"], json!({}));
        assert_eq!(record("data/faqs.json", "how-many")["backlinks"], json!(["article:nine"]));
    }
}
