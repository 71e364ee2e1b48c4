//! The engines that draw pages and components. One with all templates is for who draws most pages. Who draws a few,
//! as after an edit, has one for each template, with what that uses and no more: a tenth of all for an article.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::OnceLock;

use tera::{Tera, TeraResult};

use super::placed::calls;
use super::templates::Templates;

/// The engines of a theme.
#[derive(Clone)]
pub(super) struct Engines {
    /// The one with all templates, once there is a reason to have it: what is wrong in those of a studio is found
    /// when they are loaded together.
    whole: OnceLock<Tera>,
    /// Until then, one for each template of the built-in theme that is wanted, by its path.
    each: BTreeMap<String, OnceLock<Tera>>,
}

impl Engines {
    /// None yet.
    pub(super) fn of_each<'a>(names: impl Iterator<Item = &'a String>) -> Self {
        let paths = names.filter_map(|name| Some(name.split_once('/')?.1.to_owned()));
        let each = paths.map(|path| (path, OnceLock::new())).collect();
        Self { whole: OnceLock::new(), each }
    }

    /// One with all templates.
    pub(super) fn of_all(whole: Tera) -> Self {
        Self { whole: OnceLock::from(whole), each: BTreeMap::new() }
    }
}

impl Templates {
    /// The engine that draws a template, by its path.
    pub(super) fn engine(&self, template: &str) -> &Tera {
        let Engines { whole, each } = &self.engines;
        // A template that does not exist is one that the empty engine does not know either.
        let of_one = || {
            each.get(template).map_or(&self.empty, |one| {
                self.once(one, || self.engine_of(self.with_used(template)))
            })
        };
        whole.get().unwrap_or_else(of_one)
    }

    /// Makes the engine with all templates.
    pub(super) fn load_whole(&self) {
        self.once(&self.engines.whole, || self.whole());
    }

    /// Should templates not be sound in another form, they are as they were written.
    fn once<'a>(
        &self,
        engine: &'a OnceLock<Tera>,
        make: impl FnOnce() -> TeraResult<Tera>,
    ) -> &'a Tera {
        engine.get_or_init(|| make().unwrap_or_else(|_| self.written().clone()))
    }

    /// An engine with all templates.
    pub(super) fn whole(&self) -> TeraResult<Tera> {
        self.engine_of(self.sources.keys().map(|name| (name, self.drawn(name))))
    }

    /// An engine with templates of these names and texts.
    pub(super) fn engine_of<N: AsRef<str>, T: AsRef<str>>(
        &self,
        texts: impl IntoIterator<Item = (N, T)>,
    ) -> TeraResult<Tera> {
        let mut engine = self.empty.clone();
        engine.add_raw_templates(texts)?;
        Ok(engine)
    }

    /// The texts of a template and of all that it uses, by their names.
    fn with_used(&self, template: &str) -> BTreeMap<String, Cow<'_, str>> {
        let mut open: Vec<String> = self.resolve(template).into_iter().collect();
        let mut texts = BTreeMap::new();
        while let Some(name) = open.pop() {
            if texts.contains_key(&name) {
                continue;
            }
            let text = self.drawn(&name);
            // No part that is put in the place of its call extends or includes another template.
            let used = &self.uses[&name].templates;
            open.extend(used.iter().filter_map(|used| self.resolve(used)));
            open.extend(calls(&text).filter_map(|component| self.defining(component)));
            texts.insert(name, text);
        }
        texts
    }

    /// The text of a template as the engine is given it.
    fn drawn(&self, name: &str) -> Cow<'_, str> {
        self.placing.drawn(name, &self.sources[name].text, &self.strings)
    }

    /// The template that defines a component.
    fn defining(&self, component: &str) -> Option<String> {
        let mut defining = self.uses.iter();
        let found = defining.find(|(_, uses)| uses.components.iter().any(|one| one == component));
        found.map(|(name, _)| name.clone())
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use crate::theme::strings::Strings;
    use crate::theme::{Drawn, embedded, templates};

    #[test]
    fn each_template_is_loaded_with_all_that_it_uses_and_few_others() {
        let layers = [embedded::layer()];
        let mut found = Vec::new();
        let strings = Arc::new(Strings::load(&layers, "en", &mut found));
        let templates = templates::load(&layers, &strings, Drawn::Some, &mut found);
        for name in templates.sources.keys() {
            let engine = templates.engine_of(templates.with_used(name));
            assert!(engine.is_ok(), "{name}: {:?}", engine.err());
        }
        let of_article = templates.with_used("article.html").len();
        assert!(of_article * 8 < templates.sources.len(), "{of_article}");
        assert!(templates.whole().is_ok());
        assert!(found.is_empty());
    }
}
