//! `data/<kind>.json`: the records and what ties them together, for other programs.

use serde_json::{Map, Value, json};

use super::address::SiteAddress;
use super::json;
use crate::graph::{Candidate, Kinship, KnowledgeBase, Reach, RecordId};
use crate::model::muscle::Muscle;
use crate::model::{Entry, Kind};

/// How many related articles an article tells of.
const RELATED: usize = 4;

/// One file for each kind that has records, named after the kind's folder: `data/muscles.json`.
pub fn files(base: &KnowledgeBase) -> Vec<(String, String)> {
    let published = Published { base, site: SiteAddress::of(base), kinship: Kinship::new(base) };
    Kind::ALL
        .iter()
        .filter(|kind| base.of_kind(**kind).next().is_some())
        .map(|kind| {
            let records: Vec<Value> = base
                .of_kind(*kind)
                .map(|(record, entry)| published.record(record, entry))
                .collect();
            let whole = json!({ "kind": kind.word(), "records": records });
            (format!("data/{}.json", kind.folder()), json::written(&whole) + "\n")
        })
        .collect()
}

struct Published<'a> {
    base: &'a KnowledgeBase,
    site: SiteAddress,
    kinship: Kinship,
}

impl Published<'_> {
    fn record(&self, record: RecordId, entry: &Entry) -> Value {
        let address = self.base.routes.address(record);
        let mut whole = Map::new();
        whole.insert("id".into(), json!(entry.id));
        whole.insert("name".into(), json!(entry.data.name()));
        whole.insert("address".into(), json!(address.map(|one| self.site.url(&one.href()))));
        whole.insert("fields".into(), fields(entry));
        whole.insert("relations".into(), Value::Object(self.relations(record, entry.kind)));
        let backlinks = self.base.relations.backlinks.of(record);
        whole.insert("backlinks".into(), self.names(backlinks));
        Value::Object(whole)
    }

    /// What others wrote about a record of this kind, derived.
    fn relations(&self, record: RecordId, kind: Kind) -> Map<String, Value> {
        let known = &self.base.relations;
        let names = |name: &str, records: &[RecordId]| (name.to_owned(), self.names(records));
        let pairs = match kind {
            Kind::Muscle => vec![
                ("reaches".to_owned(), self.reaches(record)),
                names("services", known.muscle_services.of(record)),
            ],
            Kind::Region => vec![
                ("candidates".to_owned(), self.candidates(record)),
                names("services", known.region_services.of(record)),
                names("symptoms", known.region_symptoms.of(record)),
            ],
            Kind::Symptom => vec![names("muscles", known.symptom_muscles.of(record))],
            Kind::Technique => vec![
                names("muscles", known.technique_muscles.of(record)),
                names("services", known.technique_services.of(record)),
            ],
            Kind::Service => vec![
                names("muscles", known.service_muscles.of(record)),
                names("regions", known.service_regions.of(record)),
                names("symptoms", known.service_symptoms.of(record)),
            ],
            Kind::Area => vec![
                names("regions", known.area_regions.of(record)),
                names("muscles", known.area_muscles.of(record)),
            ],
            Kind::Group => vec![names("muscles", known.group_muscles.of(record))],
            Kind::Person => vec![
                names("written", known.written.of(record)),
                names("reviewed", known.reviewed.of(record)),
            ],
            Kind::Citation => vec![names("cited_by", known.cited_by.of(record))],
            Kind::Topic => vec![names("records", known.topic_records.of(record))],
            Kind::Article => vec![names("related", &self.related(record))],
            Kind::Page | Kind::Faq | Kind::Term | Kind::Myth | Kind::RedFlagSet => Vec::new(),
        };
        pairs.into_iter().collect()
    }

    fn related(&self, record: RecordId) -> Vec<RecordId> {
        self.kinship.related(self.base, record, RELATED)
    }

    fn reaches(&self, record: RecordId) -> Value {
        let points = self.base.get::<Muscle>(record).map_or(&[][..], |one| &*one.trigger_points);
        let one = |reach: &Reach| {
            let of = reach.points.iter().filter_map(|at| points.get(*at)).map(|point| &point.id);
            json!({
                "region": self.name(reach.region),
                "intensity": reach.intensity,
                "sides": reach.sides,
                "trigger_points": of.collect::<Vec<_>>(),
            })
        };
        self.base.relations.reaches.of(record).iter().map(one).collect()
    }

    fn candidates(&self, record: RecordId) -> Value {
        let one = |candidate: &Candidate| {
            json!({
                "muscle": self.name(candidate.muscle),
                "intensity": candidate.intensity,
                "trigger_points": candidate.points,
                "of_trigger_points": candidate.of_points,
            })
        };
        self.base.relations.candidates.of(record).iter().map(one).collect()
    }

    fn names(&self, records: &[RecordId]) -> Value {
        records.iter().map(|record| Value::String(self.name(*record))).collect()
    }

    fn name(&self, record: RecordId) -> String {
        let entry = self.base.entry(record);
        format!("{}:{}", entry.kind.word(), entry.id)
    }
}

/// The fields of a record as its author wrote them, without those left empty.
fn fields(entry: &Entry) -> Value {
    let whole = serde_json::to_value(&*entry.data).unwrap_or_default();
    let fields = match whole {
        // The data is told apart by the name of its type, which nobody wrote.
        Value::Object(typed) => typed.into_iter().next().map(|(_, fields)| fields),
        _ => None,
    };
    let mut fields = fields.unwrap_or_default();
    if let Some(fields) = fields.as_object_mut()
        && fields.get("draft") == Some(&Value::Bool(false))
    {
        fields.shift_remove("draft");
    }
    without_empty(fields)
}

fn without_empty(value: Value) -> Value {
    match value {
        Value::Object(map) => {
            let kept = map.into_iter().map(|(key, value)| (key, without_empty(value)));
            Value::Object(kept.filter(|(_, value)| !is_empty(value)).collect())
        }
        Value::Array(list) => list.into_iter().map(without_empty).collect(),
        value => value,
    }
}

fn is_empty(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::Array(list) => list.is_empty(),
        Value::Object(map) => map.is_empty(),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::page::sample::small_project;

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
