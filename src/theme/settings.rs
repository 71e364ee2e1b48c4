//! `theme.toml`: which settings a theme takes, and in which order its style sheets are joined.

use std::collections::BTreeMap;

use serde_json::{Map, Value as Json};

use super::layers::{Layer, ThemeFile};
use super::toml_files;
use crate::diagnostic::{Diagnostic, FieldPath, Place};
use crate::model::nearest;
use crate::model::settings::ThemeChoice;
use crate::source::SourcePath;

/// What the `theme.toml` of all layers declare.
#[derive(Debug, Clone, Default)]
pub(crate) struct Manifest {
    /// The style sheets in their order.
    pub(crate) css: Vec<String>,
    /// The settings by name.
    pub(crate) settings: BTreeMap<String, Setting>,
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
}

/// What a setting takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SettingKind {
    /// A text.
    Text,
    /// A number.
    Number,
    /// `true` or `false`.
    Flag,
}

impl SettingKind {
    fn from_word(word: &str) -> Option<Self> {
        match word {
            "text" => Some(Self::Text),
            "number" => Some(Self::Number),
            "flag" => Some(Self::Flag),
            _ => None,
        }
    }

    fn description(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Number => "a number",
            Self::Flag => "`true` or `false`",
        }
    }

    fn takes(self, value: &Json) -> bool {
        match self {
            Self::Text => value.is_string(),
            Self::Number => value.is_number(),
            Self::Flag => value.is_boolean(),
        }
    }
}

/// Reads the `theme.toml` of all layers; what an upper one declares wins.
pub(crate) fn manifest(layers: &[Layer], found: &mut Vec<Diagnostic>) -> Manifest {
    let mut manifest = Manifest::default();
    for layer in layers {
        let Some((path, bytes)) = layer.files.get_key_value("theme.toml") else { continue };
        let file = ThemeFile { layer, path, bytes };
        let Some(text) = file.text(found) else { continue };
        let path = file.source_path();
        let Some(Json::Object(tree)) = toml_files::tree(&path, text, found) else { continue };
        add(&mut manifest, &path, &tree, found);
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
            ("css", Json::Array(names)) if manifest.css.is_empty() => {
                manifest.css.extend(names.iter().filter_map(Json::as_str).map(str::to_owned));
            }
            ("css", Json::Array(_)) => {}
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
                let message = "expected `css` to be a list, and `settings` a table";
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
    let kind = text("type")
        .and_then(SettingKind::from_word)
        .ok_or("expected `type` to be `text`, `number` or `flag`")?;
    let default = declared.get("default").cloned().unwrap_or(Json::Null);
    if !kind.takes(&default) {
        return Err(format!("expected `default` to be {}", kind.description()));
    }
    let help = text("help").ok_or("expected `help`: a line that says what the setting is for")?;
    Ok(Setting { kind, default, help: help.to_owned() })
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
            let near = nearest(name, manifest.settings.keys().map(String::as_str))
                .map(|name| format!("a setting with a similar name exists: `{name}`"));
            let place = Place::key(&site, field.then(name));
            found.push(Diagnostic::error("unknown-key", place, message).maybe_help(near));
            continue;
        };
        if setting.kind.takes(&value.0) {
            values.insert(name.clone(), value.0.clone());
            continue;
        }
        let message = format!("expected {}", setting.kind.description());
        let place = Place::value(&site, field.then(name));
        let diagnostic = Diagnostic::error("wrong-type", place, message);
        found.push(diagnostic.note(format!("`{name}`: {}", setting.help)));
    }
    values
}
