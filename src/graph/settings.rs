//! Finds addresses in the settings that no page may carry.

use crate::diagnostic::{Diagnostic, FieldPath, Place};
use crate::model::settings::Settings;
use crate::model::{Declared, Visitor};
use crate::source::SourcePath;
use crate::syntax::escape::{is_safe_address, scheme};

/// Addresses with a scheme that links do not have, and a `base_url` that is none.
pub(super) fn unsafe_addresses(settings: &Settings) -> Vec<Diagnostic> {
    let mut checker = Checker { path: SourcePath::new("site.toml"), found: Vec::new() };
    settings.walk(&mut FieldPath::root(), &mut checker);
    for (index, entry) in settings.menu.iter().enumerate() {
        checker.address(&FieldPath::key("menu").at(index).then("url"), &entry.url);
    }
    for (index, redirect) in settings.redirect.iter().enumerate() {
        checker.address(&FieldPath::key("redirect").at(index).then("to"), &redirect.to);
    }
    if let Some(base_url) = settings.base_url.as_deref()
        && scheme(base_url).is_some_and(|scheme| scheme != "http" && scheme != "https")
    {
        let place = Place::value(&checker.path, FieldPath::key("base_url"));
        let message = format!("`{base_url}` is not the address of a site");
        let help = "begin it with `https://`";
        checker.found.push(Diagnostic::error("unsafe-address", place, message).help(help));
    }
    checker.found
}

struct Checker {
    path: SourcePath,
    found: Vec<Diagnostic>,
}

impl<'a> Visitor<'a> for Checker {
    fn address(&mut self, path: &FieldPath, address: &'a str) {
        if is_safe_address(address) {
            return;
        }
        let place = Place::value(&self.path, path.clone());
        let message = format!("`{address}` is not an address for a link");
        let help = "link with https, http, mailto or tel, or to a path of the site";
        self.found.push(Diagnostic::error("unsafe-address", place, message).help(help));
    }
}
