//! The links that lead out of the site, each with the place where it stands. Whether they still lead
//! to something, only a network knows.

use crate::diagnostic::{FieldPath, Place};
use crate::graph::KnowledgeBase;
use crate::model::citation::Citation;
use crate::model::{Declared, Entry, Visitor};
use crate::source::SourcePath;
use crate::syntax::address::is_web;
use crate::syntax::markdown::Markdown;

/// A link to another site.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LinkElsewhere {
    /// The whole web address, without an anchor.
    pub address: String,
    /// Where it stands.
    pub place: Place,
}

/// All links to other sites: in texts, in the fields of records, and in the settings.
pub fn links_elsewhere(base: &KnowledgeBase) -> Vec<LinkElsewhere> {
    let mut links = Vec::new();
    let mut add = |address: &str, place: Place| {
        if let Some(address) = web_address(address) {
            links.push(LinkElsewhere { address, place });
        }
    };
    for (record, entry) in base.records() {
        entry.data.walk(&mut FieldPath::root(), &mut Finder { entry, add: &mut add });
        if let Some(body) = &entry.body {
            for link in &body.outline.links {
                add(&link.target, body.place(link.span));
            }
        }
        if let Some(address) = base.get::<Citation>(record).and_then(Citation::doi_address) {
            add(&address, entry.value(FieldPath::key("doi")));
        }
    }
    let settings = base.settings();
    let file = SourcePath::new("site.toml");
    let mut finder = InSettings { file: &file, add: &mut add };
    settings.studio.walk(&mut FieldPath::key("studio"), &mut finder);
    for (index, redirect) in settings.redirect.iter().enumerate() {
        let field = FieldPath::key("redirect").at(index).then("to");
        add(&redirect.to, Place::value(&file, field));
    }
    for (index, entry) in settings.menu.iter().enumerate() {
        add(&entry.url, Place::value(&file, FieldPath::key("menu").at(index).then("url")));
    }
    links
}

/// An address on the web without its anchor, which no server ever sees.
fn web_address(address: &str) -> Option<String> {
    let address = match address.starts_with("//") {
        true => format!("https:{address}"),
        false => address.to_owned(),
    };
    is_web(&address).then(|| address.split('#').next().unwrap_or_default().to_owned())
}

struct Finder<'a, 'add> {
    entry: &'a Entry,
    add: &'add mut dyn FnMut(&str, Place),
}

impl<'a> Visitor<'a> for Finder<'a, '_> {
    fn markdown(&mut self, path: &FieldPath, markdown: &'a Markdown) {
        for link in &markdown.outline.links {
            let place = self.entry.within(path.clone(), &markdown.source, link.span.range());
            (self.add)(&link.target, place);
        }
    }

    fn address(&mut self, path: &FieldPath, address: &'a str) {
        (self.add)(address, self.entry.value(path.clone()));
    }
}

struct InSettings<'a, 'add> {
    file: &'a SourcePath,
    add: &'add mut dyn FnMut(&str, Place),
}

impl<'a> Visitor<'a> for InSettings<'_, '_> {
    fn address(&mut self, path: &FieldPath, address: &'a str) {
        (self.add)(address, Place::value(self.file, path.clone()));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::page::sample::small_project;

    #[test]
    fn links_of_records_and_settings_are_found_without_their_anchors() {
        let base = small_project();
        let found = links_elsewhere(&base);
        let mut found: Vec<(&str, &str)> =
            found.iter().map(|one| (&*one.address, one.place.path.as_str())).collect();
        found.sort_unstable();
        assert_eq!(
            found,
            [
                ("https://ann.example", "content/people.yaml"),
                ("https://book.example/?a=1&b=2", "site.toml"),
                ("https://doi.org/10.1/x", "content/citations.yaml"),
                ("https://social.example/knot", "site.toml"),
                ("https://y.org/?q=\"<b>\"", "site.toml"),
            ],
        );
        assert_eq!(web_address("//x.org/a#b").as_deref(), Some("https://x.org/a"));
        assert_eq!(web_address("mailto:a@x.org"), None);
        assert_eq!(web_address("/muscles/"), None);
    }
}
