//! Turns layers of theme files into pages' templates, a style sheet and other assets, strings, and
//! the drawings of the body. Knows nothing about content: it draws the views that it is given.

mod assets;
mod body_map;
mod colour;
mod css;
mod draw;
mod each_thread;
pub mod embedded;
mod engines;
mod errors;
mod filters;
mod layers;
mod missing_strings;
mod named;
mod own_strings;
mod placed;
mod policy;
mod settings;
mod squeeze;
mod strings;
mod templates;
mod toml_files;
mod uses;
mod worded;

#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use tera::Value;

pub use assets::Asset;
pub use body_map::{BodyMap, MapRegion};
pub use draw::Frame;
pub(crate) use draw::into_text;
pub use each_thread::EachThread;
#[cfg(test)]
pub(crate) use filters::for_script;
pub use layers::Layer;
pub use named::{is_named, layers_of};
pub use settings::{Setting, SettingKind};
pub use strings::Strings;

use crate::diagnostic::Diagnostic;
use crate::model::settings::{Settings, ThemeChoice};
use crate::source::{Fingerprint, Fingerprinter, SourcePath, Sources};
use templates::Templates;

/// The argument by which a directive is given what it draws; authors cannot write it.
const VIEW: &str = "view";

/// The name by which templates of a studio reach those of the built-in theme: `builtin/base.html`.
const BUILT_IN: &str = "builtin";

/// How many pages are to be drawn, which decides how templates are loaded, and nothing else.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Drawn {
    /// Most of them: all templates at once, as they have much in common.
    Most,
    /// Some of them, or none: each template when it is wanted.
    Some,
}

/// A theme, ready to draw pages.
#[derive(Clone)]
pub struct Theme {
    templates: Templates,
    strings: Arc<Strings>,
    words: EachThread,
    fingerprints: BTreeMap<String, Fingerprint>,
    fingerprint: Fingerprint,
    assets: Vec<Asset>,
    asset_paths: BTreeMap<String, String>,
    body_maps: BTreeMap<String, BodyMap>,
    manifest: settings::Manifest,
    settings: BTreeMap<String, serde_json::Value>,
    pictures: BTreeMap<String, SourcePath>,
}

/// A markdown directive that a theme can draw.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Directive {
    /// Its name as authors write it, such as `red-flags`.
    pub name: String,
    /// The arguments that authors may write, sorted by name.
    pub arguments: Vec<Argument>,
    /// Whether it takes a body: `:::name` … `:::`.
    pub has_body: bool,
    /// Whether it draws a view that is found by its arguments, and given to it as `view`.
    pub needs_view: bool,
}

/// One argument of a directive.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Argument {
    /// Its name.
    pub name: String,
    /// Whether it must be there.
    pub is_required: bool,
    /// What it takes, as the component declares it, such as `string` or `map`.
    pub kind: Option<&'static str>,
}

impl Theme {
    /// Puts a theme together from layers, the studio's own first and the embedded one last, with
    /// everything that is wrong in its files and in its settings.
    ///
    /// A theme with errors draws what it can; nothing that it draws should be published.
    pub fn load(
        layers: Vec<Layer>,
        language: &str,
        choice: &ThemeChoice,
    ) -> (Self, Vec<Diagnostic>) {
        Self::load_for(layers, language, choice, Drawn::Some)
    }

    fn load_for(
        layers: Vec<Layer>,
        language: &str,
        choice: &ThemeChoice,
        drawn: Drawn,
    ) -> (Self, Vec<Diagnostic>) {
        let mut found = Vec::new();
        let manifest = settings::manifest(&layers, &mut found);
        let settings = settings::values(&manifest, choice, &mut found);
        let strings = Arc::new(Strings::load(&layers, language, &mut found));
        let rule = settings::style_rule(&manifest, &settings);
        let (mut found_in_assets, mut found_in_drawings) = (Vec::new(), Vec::new());
        let (templates, (assets, body_maps)) = rayon::join(
            || templates::load(&layers, &strings, drawn, &mut found),
            || {
                let sheets = manifest.css.as_ref();
                let assets = assets::load(&layers, sheets, &rule, &mut found_in_assets);
                (assets, body_map::load(&layers, &strings, &mut found_in_drawings))
            },
        );
        found.append(&mut found_in_assets);
        found.append(&mut found_in_drawings);
        found.extend(layers::unused(&layers, &used(&layers, &templates, language)));
        found.extend(templates.not_overriding());
        let fingerprints = fingerprints(&templates, &strings);
        let asset_paths = assets::paths(&assets);
        let fingerprint = fingerprint(&layers, &settings);
        let theme = Self {
            templates,
            words: EachThread::new(strings.tree()),
            strings,
            fingerprints,
            fingerprint,
            assets,
            asset_paths,
            body_maps,
            manifest,
            settings,
            pictures: BTreeMap::new(),
        };
        (theme, found)
    }

    /// The fingerprint of all its files and settings.
    pub fn fingerprint(&self) -> Fingerprint {
        self.fingerprint
    }

    /// The fingerprint of a template with all that it uses: equal fingerprint, equal drawing.
    pub fn fingerprint_of(&self, template: &str) -> Fingerprint {
        // A template that does not exist draws nothing, and always the same nothing.
        self.fingerprints.get(template).copied().unwrap_or_default()
    }

    /// The files of a template, of what it extends and of what it includes, by their paths in the
    /// project; those of the built-in theme have the paths that would take their place.
    pub fn files_of(&self, template: &str) -> Vec<&SourcePath> {
        self.templates.files_of(template)
    }

    /// The file of a template.
    pub fn file_of(&self, template: &str) -> Option<&SourcePath> {
        self.templates.file_of(template)
    }

    /// The file of the component that draws a directive.
    pub fn file_of_component(&self, directive: &str) -> Option<&SourcePath> {
        let name = format!("components/{}.html", component_name(directive));
        self.templates.files_of(&name).into_iter().find(|path| path.as_str().ends_with(&name))
    }

    /// The directive of a name, such as `red-flags`, if the theme can draw it.
    pub fn component(&self, name: &str) -> Option<Directive> {
        let component = component_name(name);
        if !self.templates.directives.contains(&component) {
            return None;
        }
        let engine = self.templates.engine(&format!("components/{component}.html"));
        let definition = engine.get_component_definition(&component)?;
        let arguments = definition
            .args()
            .iter()
            .filter(|argument| !argument.is_implicit() && argument.name() != VIEW);
        Some(Directive {
            name: name.to_owned(),
            arguments: arguments
                .map(|argument| Argument {
                    name: argument.name().to_owned(),
                    is_required: argument.is_required(),
                    kind: argument.arg_type().map(|kind| kind.as_str()),
                })
                .collect(),
            has_body: definition.metadata().get("body").is_some_and(Value::is_truthy),
            needs_view: definition.args().iter().any(|argument| argument.name() == VIEW),
        })
    }

    /// The names of all directives, as authors write them, sorted.
    pub fn component_names(&self) -> impl Iterator<Item = String> {
        self.templates.directives.iter().map(|name| name.replace('_', "-"))
    }

    /// The words that readers see.
    pub fn strings(&self) -> &Strings {
        &self.strings
    }

    /// The files to publish, the style sheet first.
    pub fn assets(&self) -> &[Asset] {
        &self.assets
    }

    /// The path in the site of each asset, by its name below `assets/`; `site.css` is the style sheet.
    pub fn asset_paths(&self) -> &BTreeMap<String, String> {
        &self.asset_paths
    }

    /// The drawings of the body, by the name of their view.
    pub fn body_maps(&self) -> &BTreeMap<String, BodyMap> {
        &self.body_maps
    }

    /// The ids of the shapes in each drawing, by the name of its view.
    pub fn shapes(&self) -> BTreeMap<&str, BTreeSet<&str>> {
        let drawings = self.body_maps.iter();
        let ids = drawings.map(|(view, map)| {
            (view.as_str(), map.regions.iter().map(|region| region.id.as_str()).collect())
        });
        ids.collect()
    }

    /// The theme's settings, with defaults where `site.toml` does not say.
    pub fn settings(&self) -> &BTreeMap<String, serde_json::Value> {
        &self.settings
    }

    /// The number that readers call in an emergency.
    pub fn emergency_number(&self) -> Option<&str> {
        self.settings.get("emergency_number")?.as_str()
    }

    /// The pictures that settings name, by the name of the setting.
    pub fn pictures(&self) -> &BTreeMap<String, SourcePath> {
        &self.pictures
    }

    /// The settings that the theme takes, by name.
    pub fn declared_settings(&self) -> &BTreeMap<String, Setting> {
        &self.manifest.settings
    }

    fn diagnostic(&self, error: &tera::Error, template: &str) -> Diagnostic {
        let name = self.templates.resolve(template).unwrap_or_else(|| template.to_owned());
        errors::mistakes(error, &self.templates.sources, &name)
            .into_iter()
            .next()
            .expect("every error of the engine is at least one mistake")
            .diagnostic
    }
}

/// The last theme that was loaded, with what is wrong in its files and settings. It only saves work.
#[derive(Clone, Default)]
pub struct ThemeMemo(Option<(Fingerprint, Arc<Theme>, Vec<Diagnostic>)>);

impl std::fmt::Debug for ThemeMemo {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("ThemeMemo").field(&self.0.as_ref().map(|(key, ..)| key)).finish()
    }
}

/// Loads the theme that the settings name: its own files in the project over the embedded ones.
pub fn load(
    settings: &Settings,
    sources: &Sources,
    memo: &mut ThemeMemo,
    drawn: Drawn,
) -> (Arc<Theme>, Vec<Diagnostic>) {
    let key = made_from(settings, sources);
    let known = memo.0.take().filter(|(known, ..)| *known == key);
    let (_, theme, found) = memo.0.insert(known.unwrap_or_else(|| {
        let layers = layers_of(settings, sources).into();
        let choice = &settings.theme.0;
        let (theme, found) = Theme::load_for(layers, settings.language(), choice, drawn);
        (key, Arc::new(theme), found)
    }));
    let mut found = found.clone();
    // These look at files that are not the theme's: each time, since the key knows nothing of them.
    let pictures = settings::pictures(&theme.manifest, &theme.settings, sources, &mut found);
    if pictures != theme.pictures {
        Arc::make_mut(theme).pictures = pictures;
    }
    found.extend(named::unknown(settings, sources));
    (Arc::clone(theme), found)
}

/// The fingerprint of all that a theme is made from.
fn made_from(settings: &Settings, sources: &Sources) -> Fingerprint {
    let mut key = Fingerprinter::new();
    key.add_value(&settings.theme).add(settings.language().as_bytes());
    for (path, file) in sources.iter().filter(|(path, _)| path.below("themes").is_some()) {
        key.add(path.as_str().as_bytes()).add_value(&file.fingerprint);
    }
    key.finish()
}

/// The engine's name of a directive: names of components have no hyphens.
fn component_name(directive: &str) -> String {
    directive.replace('-', "_")
}

/// The fingerprints of all templates by their name without a layer, each with the strings.
fn fingerprints(templates: &Templates, strings: &Strings) -> BTreeMap<String, Fingerprint> {
    let words = Fingerprint::of(strings.tree().to_string().as_bytes());
    let with_words = |own| Fingerprinter::new().add_value(&own).add_value(&words).finish();
    templates.fingerprints().into_iter().map(|(name, own)| (name, with_words(own))).collect()
}

/// The files that are used although they override nothing.
fn used(layers: &[Layer], templates: &Templates, language: &str) -> BTreeSet<SourcePath> {
    let mut used = templates.used_files();
    let strings = strings::wanted_files(language);
    for layer in layers {
        for path in layer.files.keys() {
            let is_published =
                path.starts_with("assets/") || (path.starts_with("css/") && path.ends_with(".css"));
            let is_read = path == "theme.toml"
                || strings.contains(path)
                || (path.starts_with("body-map/") && path.ends_with(".toml"));
            if is_published || is_read {
                used.insert(layer.source_path(path));
            }
        }
    }
    used
}

fn fingerprint(layers: &[Layer], settings: &BTreeMap<String, serde_json::Value>) -> Fingerprint {
    let mut all = Fingerprinter::new();
    for layer in layers {
        all.add(layer.name.as_bytes());
        for (path, bytes) in &layer.files {
            all.add(path.as_bytes()).add(bytes);
        }
    }
    all.add_value(settings).finish()
}
