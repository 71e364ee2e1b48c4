//! Finds addresses in the settings that no page may carry, those that no site can have, one that would
//! open no editor, and a language that has no such code.

use crate::diagnostic::{Diagnostic, FieldPath, Place};
use crate::model::settings::{Settings, is_language_tag};
use crate::model::{Declared, Visitor};
use crate::source::SourcePath;
use crate::syntax::address::{is_safe_address, is_web, lacks_scheme, scheme};

/// Addresses with a scheme that links do not have, and each `base_url` and `domain` that is none.
pub(super) fn unsafe_addresses(settings: &Settings) -> Vec<Diagnostic> {
    let mut checker = Checker { path: SourcePath::new("site.toml"), found: Vec::new() };
    settings.walk(&mut FieldPath::root(), &mut checker);
    for (index, entry) in settings.menu.iter().enumerate() {
        checker.address(&FieldPath::key("menu").at(index).then("url"), &entry.url);
    }
    for (index, redirect) in settings.redirect.iter().enumerate() {
        checker.address(&FieldPath::key("redirect").at(index).then("to"), &redirect.to);
    }
    checker.site(FieldPath::key("base_url"), settings.base_url.as_deref(), base_url_mistake);
    for (name, target) in &settings.publish.0 {
        let field = |key| FieldPath::key("publish").then(name.as_str()).then(key);
        checker.site(field("base_url"), target.base_url.as_deref(), base_url_mistake);
        checker.site(field("domain"), target.domain.as_deref(), domain_mistake);
    }
    checker.found
}

/// A message and its help.
type Mistake = (String, &'static str);

/// Why no site can have an address, if so, and the cure. One that begins with a slash says the path
/// and leaves the host open.
pub fn base_url_mistake(address: &str) -> Option<Mistake> {
    let message = || format!("`{address}` is not the address of a site");
    let is_path = address.is_empty() || (address.starts_with('/') && !address.starts_with("//"));
    let host = address.split_once("://").and_then(|(_, rest)| rest.split('/').next());
    let is_whole = is_web(address) && host.is_some_and(|host| !host.is_empty());
    if !is_path && !is_whole {
        return Some((message(), "begin it with `https://`"));
    }
    let has_more = address.contains(['?', '#']);
    has_more.then(|| (message(), "end it before the `?` or `#`: no page can stand below those"))
}

fn domain_mistake(domain: &str) -> Option<Mistake> {
    let is_of_name = |c: char| c.is_alphanumeric() || "-._".contains(c);
    let is_name = !domain.is_empty() && domain.chars().all(is_of_name);
    let message = || format!("`{domain}` is not a domain");
    (!is_name).then(|| (message(), "write the name alone, as in `kb.example.com`"))
}

/// What is wrong with `language`.
pub(super) fn language(settings: &Settings) -> Option<Diagnostic> {
    let (message, help) = language_mistake(settings.language.as_deref()?)?;
    let place = Place::value(&SourcePath::new("site.toml"), FieldPath::key("language"));
    Some(Diagnostic::error("malformed-language", place, message).help(help))
}

/// Why a text is not the tag of a language (BCP 47), if so, and the cure.
fn language_mistake(text: &str) -> Option<(String, String)> {
    if is_language_tag(text) {
        return None;
    }
    let meant = text.trim().replace('_', "-");
    let (primary, rest) = meant.split_at(meant.find('-').unwrap_or(meant.len()));
    let meant = primary.to_lowercase() + rest;
    let help = match is_language_tag(&meant) {
        true => format!("write it as `{meant}`"),
        false => "write the code of the language, such as `de` or `en-GB`".to_owned(),
    };
    Some((format!("`{text}` is not the tag of a language"), help))
}

/// The schemes of addresses that run or show what stands in them.
const SELF_CONTAINED: [&str; 5] = ["javascript", "data", "vbscript", "blob", "about"];
/// What an address that opens an editor may name.
const PLACES: [&str; 4] = ["{file}", "{path}", "{line}", "{column}"];

/// What is wrong with `[serve] editor`.
pub(super) fn editor(settings: &Settings) -> Option<Diagnostic> {
    let (message, help) = editor_mistake(settings.serve.editor.as_deref()?)?;
    let place = Place::value(&SourcePath::new("site.toml"), FieldPath::key("serve").then("editor"));
    Some(Diagnostic::error("malformed-editor", place, message).help(help))
}

/// Why no file can be opened with an address such as `vscode://file{file}:{line}:{column}`, if so,
/// and the cure.
pub fn editor_mistake(form: &str) -> Option<(String, String)> {
    let scheme = scheme(form);
    if scheme.as_deref().is_none_or(|scheme| SELF_CONTAINED.contains(&scheme)) {
        let message = format!("`{form}` is not an address that opens an editor");
        return Some((message, "begin it with the editor's own scheme: `vscode://`".to_owned()));
    }
    let bare = PLACES.iter().fold(form.to_owned(), |form, place| form.replace(place, ""));
    if let Some(at) = bare.find(['{', '}']) {
        let end = bare[at..].find('}').map_or(bare.len(), |length| at + length + 1);
        let message = format!("`{}` is nothing that an editor is told", &bare[at..end]);
        return Some((message, format!("there are `{}`", PLACES.join("`, `"))));
    }
    if !form.contains("{file}") && !form.contains("{path}") {
        let message = "the address of the editor does not name the file".to_owned();
        let help = "write `{file}` for its whole path, or `{path}` for that below the project";
        return Some((message, help.to_owned()));
    }
    None
}

struct Checker {
    path: SourcePath,
    found: Vec<Diagnostic>,
}

impl Checker {
    /// What is said of the site as a whole.
    fn site(
        &mut self,
        field: FieldPath,
        value: Option<&str>,
        mistake: impl Fn(&str) -> Option<Mistake>,
    ) {
        if let Some((message, help)) = value.and_then(mistake) {
            let place = Place::value(&self.path, field);
            self.found.push(Diagnostic::error("unsafe-address", place, message).help(help));
        }
    }
}

impl<'a> Visitor<'a> for Checker {
    fn address(&mut self, path: &FieldPath, address: &'a str) {
        if is_safe_address(address) && !lacks_scheme(address) {
            return;
        }
        let place = Place::value(&self.path, path.clone());
        let message = format!("`{address}` is not an address for a link");
        let help = match lacks_scheme(address) {
            true => "begin it with `https://`, or with `/` if it is a path of the site",
            false => "link with https, http, mailto or tel, or to a path of the site",
        };
        self.found.push(Diagnostic::error("unsafe-address", place, message).help(help));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_address_of_a_site_has_a_scheme_and_a_host_and_nothing_behind_its_path() {
        for right in ["", "https://example.com", "HTTP://x.org:8080/kb/", "/kb"] {
            assert_eq!(base_url_mistake(right), None, "{right}");
        }
        for wrong in ["example.com", "example.com/kb", "//x.org", "ftp://x", "https://", "https:x"]
        {
            let help = base_url_mistake(wrong).map(|(_, help)| help);
            assert_eq!(help, Some("begin it with `https://`"), "{wrong}");
        }
        for wrong in ["https://x.org/?x", "https://x.org#y", "/kb#y"] {
            let help = base_url_mistake(wrong).map(|(_, help)| help);
            assert!(help.is_some_and(|help| help.starts_with("end it before")), "{wrong}");
        }
    }

    #[test]
    fn a_language_is_a_tag() {
        for right in ["de", "en-GB", "gsw", "zh-Hant-TW", "sl-rozaj-1994"] {
            assert_eq!(language_mistake(right), None, "{right}");
        }
        let help = |wrong| language_mistake(wrong).map(|(_, help)| help);
        assert_eq!(help("de_DE").as_deref(), Some("write it as `de-DE`"));
        assert_eq!(help("DE").as_deref(), Some("write it as `de`"));
        for wrong in ["", "Deutsch", "d", "de-", "de DE", "français"] {
            let help = help(wrong).unwrap_or_default();
            assert!(help.starts_with("write the code of the language"), "{wrong}");
        }
    }

    #[test]
    fn a_domain_is_a_name_alone() {
        assert_eq!(domain_mistake("kb.example.com"), None);
        for wrong in ["", "https://x.y/", "x.y/z", "x.y:80", "x y"] {
            assert!(domain_mistake(wrong).is_some(), "{wrong}");
        }
    }

    #[test]
    fn an_address_of_an_editor_names_its_file_and_runs_nothing() {
        for right in [
            "vscode://file{file}:{line}:{column}",
            "idea://open?file={file}&line={line}",
            "http://localhost:63342/api/file/{path}:{line}",
        ] {
            assert_eq!(editor_mistake(right), None, "{right}");
        }
        let message = |form| editor_mistake(form).map(|(message, _)| message);
        assert_eq!(
            message("code {file}"),
            Some("`code {file}` is not an address that opens an editor".into())
        );
        assert!(message("java\tscript:alert('{file}')").is_some());
        assert_eq!(
            message("x://{file}:{row}"),
            Some("`{row}` is nothing that an editor is told".into())
        );
        assert_eq!(message("x://{file"), Some("`{file` is nothing that an editor is told".into()));
        assert_eq!(
            message("x://{line}"),
            Some("the address of the editor does not name the file".into())
        );
    }
}
