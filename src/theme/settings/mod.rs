//! `theme.toml`: which settings a theme takes, and in which order its style sheets are joined.

mod kind;

use std::collections::BTreeMap;

use serde_json::{Map, Value as Json};

use super::layers::{Layer, ThemeFile};
use super::toml_files;
use crate::diagnostic::{Diagnostic, FieldPath, Place};
use crate::model::settings::ThemeChoice;
use crate::model::similar;
use crate::source::{SourcePath, Sources};
pub use kind::SettingKind;

/// What the `theme.toml` of all layers declare.
#[derive(Debug, Clone, Default)]
pub(crate) struct Manifest {
    /// The style sheets in their order, if a layer says one.
    pub(crate) css: Option<SheetOrder>,
    /// The settings by name.
    pub(crate) settings: BTreeMap<String, Setting>,
}

/// Which style sheets a theme has, and in which order.
#[derive(Debug, Clone)]
pub(crate) struct SheetOrder {
    /// Their names below `css/`.
    pub(crate) names: Vec<String>,
    /// The position of the layer that says so: what it does not name of those below is left out.
    pub(crate) layer: usize,
    /// The file that says so.
    pub(crate) path: SourcePath,
}

/// One setting of a theme.
#[derive(Debug, Clone, PartialEq)]
pub struct Setting {
    /// What it takes.
    pub kind: SettingKind,
    /// What it is if `site.toml` does not say.
    pub default: Json,
    /// What it is for, in one line.
    pub help: String,
    /// The custom property of the style sheet that takes its value, such as `--accent`.
    pub css: Option<String>,
}

/// Reads the `theme.toml` of all layers; what an upper one declares wins.
pub(crate) fn manifest(layers: &[Layer], found: &mut Vec<Diagnostic>) -> Manifest {
    let mut manifest = Manifest::default();
    for (position, layer) in layers.iter().enumerate() {
        let Some((path, bytes)) = layer.files.get_key_value("theme.toml") else { continue };
        let file = ThemeFile { layer, path, bytes };
        let Some(text) = file.text(found) else { continue };
        let path = file.source_path();
        let Some(Json::Object(tree)) = toml_files::tree(&path, text, found) else { continue };
        add(&mut manifest, &path, &tree, found);
        if let (None, Some(Json::Array(names))) = (&manifest.css, tree.get("css")) {
            let names = names.iter().filter_map(Json::as_str).map(str::to_owned).collect();
            manifest.css = Some(SheetOrder { names, layer: position, path });
        }
    }
    manifest
}

fn add(
    manifest: &mut Manifest,
    path: &SourcePath,
    tree: &Map<String, Json>,
    found: &mut Vec<Diagnostic>,
) {
    for (key, value) in tree {
        let field = FieldPath::key(key);
        match (key.as_str(), value) {
            ("css", Json::Array(names)) if names.iter().all(Json::is_string) => {}
            ("settings", Json::Object(settings)) => {
                for (name, declared) in settings {
                    match setting(declared) {
                        Ok(setting) => {
                            manifest.settings.entry(name.clone()).or_insert(setting);
                        }
                        Err(message) => {
                            let place = Place::value(path, field.then(name));
                            found.push(Diagnostic::error("wrong-type", place, message));
                        }
                    }
                }
            }
            ("css" | "settings", _) => {
                let message = "expected `css` to be a list of names, and `settings` a table";
                found.push(Diagnostic::error("wrong-type", Place::value(path, field), message));
            }
            (_, _) => {
                let message = format!("`theme.toml` has no key `{key}`");
                found.push(
                    Diagnostic::error("unknown-key", Place::key(path, field), message)
                        .help("the keys are `css` and `settings`"),
                );
            }
        }
    }
}

fn setting(declared: &Json) -> Result<Setting, String> {
    let text = |key: &str| declared.get(key).and_then(Json::as_str);
    let kind = SettingKind::declared(declared)?;
    let default = declared.get("default").cloned().unwrap_or(Json::Null);
    if let Some(refusal) = kind.refusal(&default) {
        return Err(format!("`default`: {}", refusal.message));
    }
    let help = text("help").ok_or("expected `help`: a line that says what the setting is for")?;
    let css = text("css").map(ToOwned::to_owned);
    // Only colours are known to hold nothing that ends a declaration.
    if css.as_ref().is_some_and(|name| kind != SettingKind::Colour || !name.starts_with("--")) {
        return Err(
            "expected `css` to name a custom property, such as `--accent`, of a colour".into()
        );
    }
    Ok(Setting { kind, default, help: help.to_owned(), css })
}

/// The values of all settings: those of `site.toml` where they are right, else the defaults.
pub(crate) fn values(
    manifest: &Manifest,
    choice: &ThemeChoice,
    found: &mut Vec<Diagnostic>,
) -> BTreeMap<String, Json> {
    let site = SourcePath::new("site.toml");
    let field = FieldPath::key("theme").then("settings");
    let mut values: BTreeMap<String, Json> = manifest
        .settings
        .iter()
        .map(|(name, setting)| (name.clone(), setting.default.clone()))
        .collect();
    for (name, value) in &choice.settings.0 {
        let Some(setting) = manifest.settings.get(name) else {
            let message = format!("the theme has no setting called `{name}`");
            let known = manifest.settings.keys().map(String::as_str);
            let near = similar("a setting", name, known);
            let place = Place::key(&site, field.then(name));
            found.push(Diagnostic::error("unknown-key", place, message).maybe_help(near));
            continue;
        };
        let place = Place::value(&site, field.then(name));
        match setting.kind.refusal(&value.0) {
            None => {
                values.insert(name.clone(), value.0.clone());
            }
            Some(refusal) => found.push(
                Diagnostic::error("wrong-type", place, refusal.message)
                    .maybe_help(refusal.help)
                    .note(format!("`{name}`: {}", setting.help)),
            ),
        }
    }
    values
}

/// The settings that name a picture, and the picture if it is there. One that is not is reported.
pub(crate) fn pictures(
    manifest: &Manifest,
    values: &BTreeMap<String, Json>,
    sources: &Sources,
    found: &mut Vec<Diagnostic>,
) -> BTreeMap<String, SourcePath> {
    let mut pictures = BTreeMap::new();
    let named = manifest.settings.iter().filter(|(_, one)| one.kind == SettingKind::Picture);
    for (name, setting) in named {
        let Some(value) = values.get(name).and_then(Json::as_str) else { continue };
        if value.is_empty() {
            continue;
        }
        let site = SourcePath::new("site.toml");
        let place = Place::value(&site, FieldPath::key("theme").then("settings").then(name));
        let path = SourcePath::new(format!("content/{}", value.trim_start_matches('/')));
        if sources.get(&path).is_some() {
            pictures.insert(name.clone(), path);
            continue;
        }
        let below = value.trim_start_matches('/').strip_prefix("content/");
        let near = below.map(|below| format!("leave `content/` out: `{below}`")).or_else(|| {
            let files = sources.paths().filter_map(|path| path.below("content"));
            similar("a file", value, files)
        });
        found.push(
            Diagnostic::error("broken-link", place, format!("there is no file `{path}`"))
                .maybe_help(near)
                .note(format!("`{name}`: {}", setting.help)),
        );
    }
    pictures
}

/// What the settings say to the style sheet: a rule that sets custom properties, or nothing.
pub(crate) fn style_rule(manifest: &Manifest, values: &BTreeMap<String, Json>) -> String {
    let set = manifest.settings.iter().filter_map(|(name, setting)| {
        let (property, value) = (setting.css.as_ref()?, values.get(name)?.as_str()?);
        let is_said = !value.is_empty() && Some(value) != setting.default.as_str();
        is_said.then(|| format!("{property}:{value}"))
    });
    let set: Vec<String> = set.collect();
    if set.is_empty() { String::new() } else { format!(":root{{{}}}\n", set.join(";")) }
}
