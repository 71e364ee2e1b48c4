//! `sinew schema [DIR]`: writes a JSON Schema for every kind, so that editors help and complain
//! while a record is typed.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::{Map, Value, json};

use super::Outcome;
use super::arguments::{Global, Schema};
use super::project::open_to_analyze;
use super::root;
use super::terminal::{print, print_aside};
use crate::edge::machine::MachineError;
use crate::model::schema::Ids;
use crate::model::{Kind, schema};

pub(super) fn run(global: &Global, arguments: &Schema) -> Result<Outcome, MachineError> {
    let (folder, shown) = folder(global, arguments)?;
    fs::create_dir_all(&folder)
        .map_err(|error| MachineError::io("make the folder", &folder, &error))?;
    let schemas = schemas(&ids(global)?);
    for (name, schema) in &schemas {
        write(&folder.join(name), schema)?;
    }
    print(&settings(&shown))?;
    if !global.quiet {
        print_aside(
            "these lines belong into `.vscode/settings.json`, with the extension `redhat.vscode-yaml`\n",
        );
        print_aside(&format!("wrote {} schemas to `{}`\n", schemas.len(), folder.display()));
    }
    Ok(Outcome::Done)
}

/// The folder to write to, and how the settings of an editor name it.
fn folder(global: &Global, arguments: &Schema) -> Result<(PathBuf, String), MachineError> {
    match &arguments.dir {
        Some(folder) => Ok((folder.clone(), folder.display().to_string())),
        None => Ok((root::find(global)?.join(".sinew/schema"), ".sinew/schema".to_owned())),
    }
}

/// The records of the project, so that editors complete references. Without a project there are none.
fn ids(global: &Global) -> Result<Ids, MachineError> {
    let Ok(root) = root::find(global) else { return Ok(Ids::default()) };
    let project = open_to_analyze(&root, global, None)?;
    let (analysis, _) = project.analyzed();
    let of_kind = |kind: &Kind| {
        let records = analysis.base.of_kind(*kind);
        let named = records.map(|(_, entry)| (entry.id.to_string(), entry.data.name().to_string()));
        (*kind, named.collect())
    };
    Ok(Ids(Kind::ALL.iter().map(of_kind).collect()))
}

/// All schemas with the names of their files.
fn schemas(ids: &Ids) -> Vec<(String, Value)> {
    let of_kinds = Kind::ALL.iter().flat_map(|kind| {
        [
            (format!("{}.schema.json", kind.word()), schema::of_record(*kind, ids)),
            (format!("{}.schema.json", kind.folder()), schema::of_records(*kind, ids)),
        ]
    });
    of_kinds.chain([("site.schema.json".to_owned(), schema::of_settings())]).collect()
}

fn write(path: &Path, schema: &Value) -> Result<(), MachineError> {
    let mut text = serde_json::to_string_pretty(schema).expect("a JSON value is always JSON");
    text.push('\n');
    // Editors watch these files: an equal one is left alone.
    if fs::read(path).is_ok_and(|before| before == text.as_bytes()) {
        return Ok(());
    }
    fs::write(path, text).map_err(|error| MachineError::io("write", path, &error))
}

/// The lines for the settings of VS Code's YAML extension.
fn settings(folder: &str) -> String {
    let mut schemas = Map::new();
    for kind in Kind::ALL {
        let (word, name) = (kind.word(), kind.folder());
        let records = [format!("content/{name}/**/*.yaml"), format!("content/{name}/**/*.yml")];
        schemas.insert(format!("{folder}/{word}.schema.json"), json!(records));
        let together = [format!("content/{name}.yaml"), format!("content/{name}.yml")];
        schemas.insert(format!("{folder}/{name}.schema.json"), json!(together));
    }
    let settings = json!({ "yaml.schemas": schemas });
    let mut text = serde_json::to_string_pretty(&settings).expect("a JSON value is always JSON");
    text.push('\n');
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_has_a_schema_for_one_record_and_one_for_many() {
        let names: Vec<String> =
            schemas(&Ids::default()).into_iter().map(|(name, _)| name).collect();
        for name in [
            "muscle.schema.json",
            "muscles.schema.json",
            "red-flag.schema.json",
            "site.schema.json",
        ] {
            assert!(names.iter().any(|known| known == name), "{name}");
        }
        let mut distinct = names.clone();
        distinct.sort();
        distinct.dedup();
        assert_eq!(distinct.len(), names.len());
    }

    #[test]
    fn the_settings_lead_every_data_file_to_its_schema() {
        let settings: Value = serde_json::from_str(&settings("x")).expect("it is JSON");
        let of = |name: &str| settings["yaml.schemas"][name][0].clone();
        assert_eq!(of("x/muscle.schema.json"), "content/muscles/**/*.yaml");
        assert_eq!(of("x/people.schema.json"), "content/people.yaml");
    }
}
