//! Turns the declarations of kinds into JSON Schema (2020-12), for editors.
//! A schema never refuses what the readers take; what it cannot say, it leaves to them.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use super::declare::{Choice, Declared, RecordShape, Shape};
use super::settings::Settings;
use super::{Id, Kind};

const DIALECT: &str = "https://json-schema.org/draft/2020-12/schema";

/// The records that exist, by kind: id and name of each. Editors complete references with them.
///
/// A schema made yesterday goes on taking what is written today: it offers these, and takes others.
#[derive(Debug, Default)]
pub struct Ids(pub BTreeMap<Kind, Vec<(String, String)>>);

impl Ids {
    fn of(&self, kind: Kind) -> &[(String, String)] {
        self.0.get(&kind).map_or(&[], Vec::as_slice)
    }

    /// Adds the lists of ids that a schema refers to.
    fn define(&self, schema: &mut Value) {
        let text = schema.to_string();
        for kind in Kind::ALL.iter().filter(|kind| text.contains(&format!("\"{}\"", place(**kind))))
        {
            let (ids, names): (Vec<&str>, Vec<&str>) =
                self.of(*kind).iter().map(|(id, name)| (id.as_str(), name.as_str())).unzip();
            schema["$defs"][format!("{}-ids", kind.word())] =
                json!({ "enum": ids, "enumDescriptions": names });
        }
    }
}

/// Where the ids of a kind stand in a schema.
fn place(kind: Kind) -> String {
    format!("#/$defs/{}-ids", kind.word())
}

/// The schema of a file with one record of a kind.
pub fn of_record(kind: Kind, ids: &Ids) -> Value {
    let mut schema = of_fields(kind.shape(), ids);
    ids.define(&mut schema);
    titled(kind.word(), schema)
}

/// The schema of a file with many records of a kind, each below its id.
pub fn of_records(kind: Kind, ids: &Ids) -> Value {
    let mut schema = json!({
        "type": ["object", "null"],
        "description": format!("Ids with their {}.", kind.folder()),
        "propertyNames": { "pattern": "^[a-z0-9]+(-[a-z0-9]+)*$", "maxLength": Id::LONGEST },
        "additionalProperties": { "$ref": format!("#/$defs/{}", kind.word()) },
    });
    schema["$defs"] = json!({ kind.word(): of_fields(kind.shape(), ids) });
    ids.define(&mut schema);
    titled(kind.folder(), schema)
}

/// The schema of `site.toml`.
pub fn of_settings() -> Value {
    titled("site.toml", of_shape(&Settings::SHAPE, &Ids::default()))
}

fn titled(title: &str, schema: Value) -> Value {
    let mut titled = Map::new();
    titled.insert("$schema".to_owned(), DIALECT.into());
    titled.insert("title".to_owned(), title.into());
    if let Value::Object(schema) = schema {
        titled.extend(schema);
    }
    Value::Object(titled)
}

fn of_fields(record: &RecordShape, ids: &Ids) -> Value {
    let mut properties = Map::new();
    for field in record.fields {
        let mut schema = of_shape(&field.shape, ids);
        if !field.required {
            schema = or_nothing(schema);
        }
        // What the field means says more than what its type is.
        schema["description"] = field.doc.trim().into();
        properties.insert(field.name.to_owned(), schema);
    }
    let mut required: Vec<&str> =
        record.fields.iter().filter(|field| field.required).map(|field| field.name).collect();
    if let [only] = record.one_of {
        required.push(only.name);
    }
    let mut schema = json!({
        "type": "object",
        "description": record.doc.trim(),
        "properties": properties,
        "required": required,
        "additionalProperties": false,
    });
    if record.one_of.len() > 1 {
        schema["anyOf"] =
            record.one_of.iter().map(|one| json!({ "required": [one.name] })).collect();
    }
    schema
}

fn of_shape(shape: &Shape, ids: &Ids) -> Value {
    match shape {
        // Numbers and flags are taken as the text that was written.
        Shape::Text | Shape::Markdown => {
            json!({ "type": ["string", "number", "boolean"], "pattern": "\\S" })
        }
        Shape::Address | Shape::Picture | Shape::Target => {
            json!({ "type": "string", "pattern": "\\S" })
        }
        Shape::Currency => json!({ "type": "string", "pattern": "^[A-Z]{3}$" }),
        Shape::Reference(kind) => of_reference(*kind, ids),
        Shape::Flag => json!({ "type": "boolean" }),
        Shape::Count => json!({ "type": "integer", "minimum": 0, "maximum": u32::MAX }),
        Shape::Number(shape) if shape.max < f64::MAX => {
            json!({ "type": "number", "minimum": 0, "maximum": shape.max })
        }
        Shape::Number(_) => json!({ "type": "number", "minimum": 0 }),
        Shape::Date => {
            json!({ "type": "string", "format": "date", "pattern": "^\\d{4}-\\d{2}-\\d{2}$" })
        }
        Shape::Choice(choices) => of_choices(choices),
        Shape::List(item) => json!({ "type": ["array", "null"], "items": of_shape(item, ids) }),
        Shape::Many(item) => {
            json!({ "type": "array", "items": of_shape(item, ids), "minItems": 1 })
        }
        Shape::Map(item) => {
            json!({ "type": "object", "additionalProperties": of_shape(item, ids) })
        }
        Shape::Anything => json!({}),
        Shape::Record(record) => of_fields(record, ids),
        Shape::OneOf(shapes) => {
            json!({ "anyOf": shapes.iter().map(|one| of_shape(one, ids)).collect::<Vec<_>>() })
        }
    }
}

/// The id of a record: one of those that exist, or one that does not exist yet.
fn of_reference(kind: Kind, ids: &Ids) -> Value {
    let any = json!({ "type": ["string", "number", "boolean"], "pattern": "\\S" });
    match ids.of(kind) {
        [] => any,
        _ => json!({ "anyOf": [{ "$ref": place(kind) }, any] }),
    }
}

fn of_choices(choices: &[Choice]) -> Value {
    let mut words: Vec<Value> = choices.iter().map(|choice| choice.word.into()).collect();
    let mut docs: Vec<&str> = choices.iter().map(|choice| choice.doc.trim()).collect();
    // Without quotes, YAML takes these two words for flags.
    for flag in [true, false] {
        if let Some(choice) = choices.iter().find(|choice| choice.word == flag.to_string()) {
            words.push(flag.into());
            docs.push(choice.doc.trim());
        }
    }
    json!({ "enum": words, "enumDescriptions": docs })
}

/// A schema that also takes a key without a value.
fn or_nothing(mut schema: Value) -> Value {
    match &mut schema["type"] {
        Value::String(word) if word != "boolean" => {
            let word = std::mem::take(word);
            schema["type"] = json!([word, "null"]);
        }
        Value::Array(words) if !words.contains(&"null".into()) => words.push("null".into()),
        _ => {}
    }
    if let Value::Object(fields) = &mut schema {
        // Looking for a type has left a null where there was none.
        fields.retain(|_, value| !value.is_null());
    }
    if let Some(shapes) = schema.get_mut("anyOf").and_then(Value::as_array_mut) {
        shapes.push(json!({ "type": "null" }));
    }
    if let Some(words) = schema.get_mut("enum").and_then(Value::as_array_mut) {
        words.push(Value::Null);
    }
    schema
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_region_is_described_as_it_is_declared() {
        let schema = of_record(Kind::Region, &Ids::default());
        assert_eq!(schema["$schema"], DIALECT);
        assert_eq!(schema["additionalProperties"], false);
        assert_eq!(schema["required"], json!(["name", "area", "view"]));
        let properties = &schema["properties"];
        let name = json!({ "type": ["string", "number", "boolean"], "pattern": "\\S" });
        for (key, value) in name.as_object().expect("it is a map") {
            assert_eq!(&properties["name"][key], value);
        }
        assert_eq!(properties["view"]["enum"], json!(["front", "back", "both"]));
        assert_eq!(properties["draft"]["type"], "boolean");
        let day = &properties["reviewed"]["properties"]["on"];
        assert_eq!(day["format"], "date");
        assert_eq!(day["description"], "The day of the check.");
    }

    #[test]
    fn keys_without_a_value_are_taken_where_the_readers_take_them() {
        let schema = of_record(Kind::Region, &Ids::default());
        assert_eq!(schema["properties"]["aliases"]["type"], json!(["array", "null"]));
        assert_eq!(schema["properties"]["published"]["type"], json!(["string", "null"]));
        assert_eq!(schema["properties"]["draft"]["type"], "boolean");
        let settings = of_settings();
        assert_eq!(settings["properties"]["studio"]["type"], json!(["object", "null"]));
        let html = &settings["properties"]["content"]["properties"]["html"]["enum"];
        assert_eq!(*html, json!(["escape", "allow", null]));
    }

    #[test]
    fn words_that_yaml_takes_for_flags_are_taken_as_flags_too() {
        let verdict = &of_record(Kind::Myth, &Ids::default())["properties"]["verdict"];
        let words = verdict["enum"].as_array().expect("it is a list");
        assert!(words.contains(&"false".into()) && words.contains(&false.into()));
        let docs = verdict["enumDescriptions"].as_array().expect("it is a list");
        assert_eq!(words.len(), docs.len());
    }

    #[test]
    fn an_article_has_to_have_its_day() {
        let required = of_record(Kind::Article, &Ids::default())["required"].clone();
        assert!(required.as_array().expect("it is a list").contains(&"published".into()));
    }

    #[test]
    fn a_citation_has_its_year_or_the_day_it_was_read() {
        let schema = of_record(Kind::Citation, &Ids::default());
        assert_eq!(schema["required"], json!(["title"]));
        assert_eq!(schema["anyOf"][1]["required"], json!(["accessed"]));
    }

    #[test]
    fn a_file_of_many_records_refers_to_the_schema_of_one() {
        let schema = of_records(Kind::RedFlagSet, &Ids::default());
        assert_eq!(schema["additionalProperties"]["$ref"], "#/$defs/red-flag");
        assert_eq!(schema["$defs"]["red-flag"]["additionalProperties"], false);
    }

    #[test]
    fn references_are_completed_with_the_records_that_exist_and_take_others() {
        let areas = vec![("neck".to_owned(), "Neck".to_owned())];
        let ids = Ids(BTreeMap::from([(Kind::Area, areas)]));
        let schema = of_record(Kind::Region, &ids);
        let area = &schema["properties"]["area"];
        assert_eq!(area["anyOf"][0]["$ref"], "#/$defs/area-ids");
        assert_eq!(area["anyOf"][1]["pattern"], "\\S");
        assert_eq!(area["description"], "The area it belongs to.");
        let listed = json!({ "enum": ["neck"], "enumDescriptions": ["Neck"] });
        assert_eq!(schema["$defs"], json!({ "area-ids": listed }));
        let many = of_records(Kind::Region, &ids);
        assert_eq!(many["$defs"]["area-ids"], listed);
        assert!(schema["properties"]["red_flags"]["items"].get("anyOf").is_none());
    }
}
