//! The templates of all layers in one engine, with every mistake in them, and what each one uses.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, OnceLock};

use tera::Tera;

use super::Drawn;
use super::engines::Engines;
use super::errors::{Mistake, TemplateSource, TemplateSources, mistakes};
use super::filters;
use super::layers::{Layer, ThemeFile, every};
use super::placed::{Placing, is_built_in};
use super::policy::forbidden;
use super::strings::Strings;
use super::uses::{Uses, uses};
use crate::diagnostic::{Diagnostic, Place};
use crate::model::nearest;
use crate::source::{Fingerprint, Fingerprinter, SourcePath};
use crate::syntax::escape::write_escaped;

/// The endings of templates.
const ENDINGS: &[&str] = &[".html", ".xml", ".txt"];

/// What is drawn around pages, beside their own templates.
pub(crate) const HEADER: &str = "parts/site_header.html";
pub(crate) const FOOTER: &str = "parts/site_footer.html";

/// A loaded set of templates.
#[derive(Clone)]
pub(crate) struct Templates {
    /// What draws them.
    pub(super) engines: Engines,
    /// The engine with all templates as they are written.
    written: OnceLock<Tera>,
    /// The same without templates.
    pub(super) empty: Tera,
    /// Their texts; templates are called `<layer>/<path>`, and found without the layer.
    pub(crate) sources: TemplateSources,
    /// The components that stand in `components/`: markdown directives.
    pub(crate) directives: BTreeSet<String>,
    pub(super) uses: BTreeMap<String, Uses>,
    prefixes: Vec<String>,
    /// Whether all of them are those of the built-in theme.
    pub(super) are_built_in: bool,
    pub(super) placing: Placing,
    pub(super) strings: Arc<Strings>,
}

/// Loads the templates of all layers; what is broken is replaced by something empty, so that each
/// mistake is reported once.
pub(crate) fn load(
    layers: &[Layer],
    strings: &Arc<Strings>,
    drawn: Drawn,
    found: &mut Vec<Diagnostic>,
) -> Templates {
    let (sources, directives) = read(layers, found);
    // Each page that names a template asks for it in layer after layer.
    let draws = |layer: &String| sources.keys().any(|name| name.starts_with(layer));
    let prefixes = layers.iter().map(|layer| format!("{}/", layer.name));
    let prefixes: Vec<String> = prefixes.filter(draws).collect();
    let empty = engine(&prefixes, strings);
    let uses: BTreeMap<String, Uses> =
        sources.iter().map(|(name, source)| (name.clone(), uses(&source.text))).collect();
    let own = uses.iter().filter(|(name, _)| !is_built_in(name));
    let placing = Placing::new(&sources, own.flat_map(|(_, uses)| &uses.components));
    let are_built_in = sources.keys().all(|name| is_built_in(name));
    let mut templates = Templates {
        engines: Engines::of_each(sources.keys()),
        written: OnceLock::new(),
        empty,
        sources,
        directives,
        uses,
        prefixes,
        are_built_in,
        placing,
        strings: Arc::clone(strings),
    };
    if templates.are_built_in {
        // They are sound: the tests of this program draw them.
        if drawn == Drawn::Most {
            templates.load_whole();
        }
        return templates;
    }
    if let Ok(whole) = templates.whole() {
        templates.engines = Engines::of_all(whole);
        return templates;
    }
    // Together they say no more than their first mistake; one by one, each says its own.
    let mut texts: BTreeMap<String, String> = BTreeMap::new();
    for (name, source) in &templates.sources {
        let is_sound = match syntax_error(&templates.empty, name, source) {
            Some(error) => {
                found.extend(
                    mistakes(&error, &templates.sources, name).into_iter().map(|m| m.diagnostic),
                );
                false
            }
            None => true,
        };
        let text = if is_sound { source.text.clone() } else { templates.stub(name) };
        texts.insert(name.clone(), text);
    }
    let joined = templates.joined(texts, found);
    templates.written = OnceLock::from(joined.clone());
    templates.engines = Engines::of_all(joined);
    templates
}

fn engine(prefixes: &[String], strings: &Arc<Strings>) -> Tera {
    let mut tera = Tera::new();
    tera.set_fallback_prefixes(prefixes.iter().cloned())
        .expect("prefixes may be set before there are templates");
    tera.set_escape_fn(write_escaped);
    filters::register(&mut tera, strings);
    tera.global_context().insert("strings", strings.tree());
    tera
}

fn read(layers: &[Layer], found: &mut Vec<Diagnostic>) -> (TemplateSources, BTreeSet<String>) {
    let mut sources = TemplateSources::new();
    let mut directives = BTreeSet::new();
    for folder in ["templates", "components"] {
        for file in every(layers, folder, ENDINGS) {
            let Some(text) = file.text(found) else { continue };
            let is_own = layers.last().is_none_or(|built_in| !std::ptr::eq(file.layer, built_in));
            if is_own && file.path.ends_with(".html") {
                found.extend(against_policy(&file, text));
            }
            if folder == "components" {
                directives.extend(uses(text).components);
            }
            let below = file.path.strip_prefix("templates/").unwrap_or(file.path);
            let name = format!("{}/{below}", file.layer.name);
            let source = TemplateSource { path: file.source_path(), text: text.to_owned() };
            sources.insert(name, source);
        }
    }
    (sources, directives)
}

/// Warns of what browsers leave out of pages that a template draws.
fn against_policy(file: &ThemeFile<'_>, text: &str) -> Vec<Diagnostic> {
    let found = forbidden(text).into_iter().map(|one| {
        Diagnostic::warn("against-policy", file.place(one.at), one.message).help(one.help)
    });
    found.collect()
}

/// The error in the grammar of one template, if there is one.
fn syntax_error(empty: &Tera, name: &str, source: &TemplateSource) -> Option<tera::Error> {
    let error = empty.clone().add_raw_template(name, &source.text).err()?;
    matches!(error.kind(), tera::ErrorKind::SyntaxError(_)).then_some(error)
}

impl Templates {
    /// The engine with the templates as they are written. What is wrong in one is said of that.
    pub(crate) fn written(&self) -> &Tera {
        self.written.get_or_init(|| {
            let all = self.sources.iter().map(|(name, source)| (name, &source.text));
            self.engine_of(all).expect("they are sound in another form")
        })
    }

    /// Puts all templates into the engine, which is when it finds wrong names.
    fn joined(&self, mut texts: BTreeMap<String, String>, found: &mut Vec<Diagnostic>) -> Tera {
        // Each turn replaces at least one template, so there are no more turns than templates.
        for _ in 0..=texts.len() {
            let error = match self.engine_of(texts.iter()) {
                Ok(engine) => return engine,
                Err(error) => error,
            };
            let mut is_mended = false;
            for mistake in mistakes(&error, &self.sources, "theme") {
                if let Some(name) = &mistake.template {
                    let stub = self.stub(name);
                    is_mended |= texts.insert(name.clone(), stub.clone()) != Some(stub);
                }
                found.push(self.with_help(mistake));
            }
            if !is_mended {
                break;
            }
        }
        self.empty.clone()
    }

    /// Adds the nearest name to a mistake about a name.
    fn with_help(&self, mistake: Mistake) -> Diagnostic {
        let diagnostic = mistake.diagnostic;
        let Some((what, rest)) = diagnostic.message.split_once('`') else { return diagnostic };
        let name = rest.split('`').next().unwrap_or_default();
        let components: Vec<&str> = self
            .uses
            .values()
            .flat_map(|uses| uses.components.iter().map(String::as_str))
            .collect();
        let near = match what.trim() {
            "unknown component" => nearest(name, components),
            "unknown filter" => nearest(name, filters::all()),
            _ => {
                nearest(name, self.sources.keys().filter_map(|name| Some(name.split_once('/')?.1)))
            }
        };
        let near = near.filter(|near| *near != name);
        diagnostic.maybe_help(near.map(|near| format!("a similar name exists: `{near}`")))
    }

    /// A template that defines the same things as a broken one, all of them empty.
    fn stub(&self, name: &str) -> String {
        let Some(uses) = self.uses.get(name) else { return String::new() };
        let components = uses
            .components
            .iter()
            .map(|name| format!("{{% component {name}(...rest) %}}{{% endcomponent {name} %}}"));
        let blocks = uses
            .blocks
            .iter()
            .collect::<BTreeSet<_>>()
            .into_iter()
            .map(|name| format!("{{% block {name} %}}{{% endblock %}}"));
        components.chain(blocks).collect()
    }

    /// The engine's name of a template.
    pub(crate) fn resolve(&self, template: &str) -> Option<String> {
        let names = self.prefixes.iter().map(|prefix| format!("{prefix}{template}"));
        std::iter::once(template.to_owned())
            .chain(names)
            .find(|name| self.sources.contains_key(name))
    }

    /// The fingerprints of all templates by their name without a layer: of everything that each may use, which
    /// is what it extends and includes, and all components with what those include.
    pub(crate) fn fingerprints(&self) -> BTreeMap<String, Fingerprint> {
        let defining = self.uses.iter().filter(|(_, uses)| !uses.components.is_empty());
        let components = self.reached(defining.map(|(name, _)| name.clone()).collect());
        // They are the same for all templates, and nearly all that each may use.
        let of_components = self.fingerprint(&components);
        let fingerprint = |name: &str| {
            let own = self.reached(self.resolve(name).into_iter().collect());
            let own = self.fingerprint(own.difference(&components));
            Fingerprinter::new().add_value(&of_components).add_value(&own).finish()
        };
        let names = self.sources.keys().filter_map(|name| Some(name.split_once('/')?.1));
        names.map(|name| (name.to_owned(), fingerprint(name))).collect()
    }

    fn fingerprint<'a>(&self, names: impl IntoIterator<Item = &'a String>) -> Fingerprint {
        let mut fingerprinter = Fingerprinter::new();
        for name in names {
            fingerprinter.add(name.as_bytes()).add(self.sources[name].text.as_bytes());
        }
        fingerprinter.finish()
    }

    /// The file of a template.
    pub(crate) fn file_of(&self, template: &str) -> Option<&SourcePath> {
        self.sources.get(&self.resolve(template)?).map(|source| &source.path)
    }

    /// The files of a page's template, of what it extends and of what it includes, and of what is
    /// drawn around it; components left out.
    pub(crate) fn files_of(&self, template: &str) -> Vec<&SourcePath> {
        let roots = [template, HEADER, FOOTER].into_iter().filter_map(|name| self.resolve(name));
        let names = self.reached(roots.collect());
        names.iter().filter_map(|name| Some(&self.sources.get(name)?.path)).collect()
    }

    fn reached(&self, mut open: Vec<String>) -> BTreeSet<String> {
        let mut names = BTreeSet::new();
        while let Some(name) = open.pop() {
            if names.contains(&name) {
                continue;
            }
            let used = self.uses.get(&name).map_or(&[][..], |uses| &uses.templates);
            open.extend(used.iter().filter_map(|used| self.resolve(used)));
            names.insert(name);
        }
        names
    }

    /// Warns of files that take the place of a component's file and do not define it, so that the one
    /// below is drawn.
    pub(crate) fn not_overriding(&self) -> Vec<Diagnostic> {
        let named = self.uses.values().flat_map(|uses| &uses.templates);
        let included: BTreeSet<String> = named.filter_map(|name| self.resolve(name)).collect();
        let own = self.uses.iter().filter(|(name, _)| !included.contains(*name));
        let warnings = own.filter_map(|(name, uses)| {
            let expected = &self.below(name)?.components;
            let is_overriding = expected.iter().any(|one| uses.components.contains(one));
            let first = expected.first().filter(|_| !is_overriding)?;
            let message = format!("the component `{first}` is not defined here, so this is never drawn");
            let near = nearest(first, uses.components.iter().map(String::as_str));
            let help = match near {
                Some(near) => format!("a component with a similar name is: `{near}`"),
                None => format!(
                    "write it between `{{% component {first}(…) %}}` and `{{% endcomponent {first} %}}`"
                ),
            };
            let place = Place::file(&self.sources[name].path);
            Some(Diagnostic::warn("unused-theme-file", place, message).help(help))
        });
        warnings.collect()
    }

    /// What the template of the same path in a lower layer names.
    fn below(&self, name: &str) -> Option<&Uses> {
        let mut layers = self.prefixes.iter();
        let path = layers.find_map(|prefix| name.strip_prefix(prefix.as_str()))?;
        layers.find_map(|prefix| self.uses.get(&format!("{prefix}{path}")))
    }

    /// The files that some other template uses, or that define components.
    pub(crate) fn used_files(&self) -> BTreeSet<SourcePath> {
        let named = self.uses.values().flat_map(|uses| &uses.templates).map(String::as_str);
        let named = named.chain([HEADER, FOOTER]);
        let defining = self.uses.iter().filter(|(_, uses)| !uses.components.is_empty());
        named
            .filter_map(|name| self.resolve(name))
            .chain(defining.map(|(name, _)| name.clone()))
            .filter_map(|name| self.sources.get(&name).map(|source| source.path.clone()))
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_filter_is_proposed_that_is_not_there() {
        let mut tera = Tera::default();
        filters::register(&mut tera, &Arc::new(Strings::default()));
        for name in filters::all() {
            let template = format!("{{{{ page.text | {name} }}}}");
            let added = tera.add_raw_template("t.html", &template);
            assert!(added.is_ok(), "{name}: {added:?}");
        }
    }
}
