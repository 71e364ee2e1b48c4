//! Which strings a language lacks, so that readers see English ones.

use std::collections::BTreeSet;

use crate::diagnostic::{Diagnostic, FieldPath, Place};
use crate::model::settings::is_language_tag;
use crate::source::SourcePath;
use crate::syntax::node::{Entry, Node, Value};

/// So many are named; the rest is counted.
const NAMED: usize = 12;

/// What the files of a language say.
#[derive(Debug, Default)]
pub(super) struct Coverage {
    /// The first of the files.
    file: Option<SourcePath>,
    /// The paths of what is written, whether it can be used or not: what cannot is reported there.
    written: BTreeSet<String>,
    /// Whether one could not be read, so that nobody knows what is in it.
    is_unread: bool,
}

impl Coverage {
    /// Adds a file with what it holds, if it could be read.
    pub(super) fn add(&mut self, path: &SourcePath, strings: Option<&Node>) {
        self.file.get_or_insert_with(|| path.clone());
        match strings {
            Some(strings) => self.written.extend(paths(strings)),
            None => self.is_unread = true,
        }
    }

    /// What is to be said of the strings that are there in English, and not in this language.
    pub(super) fn missing(&self, language: &str, english: Option<&Node>) -> Option<Diagnostic> {
        let Some(file) = &self.file else {
            // What is no language was reported, and has no strings.
            if !is_language_tag(language) {
                return None;
            }
            let primary = language.split('-').next().unwrap_or(language);
            let place = Place::value(&SourcePath::new("site.toml"), FieldPath::key("language"));
            let message = format!("the theme has no strings for the language `{language}`");
            return Some(Diagnostic::warn("missing-strings", place, message).help(format!(
                "`sinew theme strings/{primary}.toml --copy` writes the English ones into a theme of your own, to be translated"
            )));
        };
        let missing: Vec<String> =
            paths(english?).into_iter().filter(|path| !self.is_written(path)).collect();
        if missing.is_empty() || self.is_unread {
            return None;
        }
        let named: Vec<String> =
            missing.iter().take(NAMED).map(|path| format!("`{path}`")).collect();
        let more = match missing.len().saturating_sub(NAMED) {
            0 => String::new(),
            more => format!(" and {more} more"),
        };
        let (count, are) = match missing.len() {
            1 => ("1 string".to_owned(), "is"),
            count => (format!("{count} strings"), "are"),
        };
        let message = format!("{count} for `{language}` {are} missing: {}{more}", named.join(", "));
        let help = "until they are there, readers see the English words: \
                    `sinew theme builtin/strings/en.toml` prints them, to be copied and translated";
        Some(Diagnostic::warn("missing-strings", Place::file(file), message).help(help))
    }

    /// Whether a string, or a table that should hold it, is written.
    fn is_written(&self, path: &str) -> bool {
        // Nobody needs a form for each currency.
        let is_currency = path.starts_with("currencies.");
        if is_currency && self.written.iter().any(|known| known.starts_with("currencies.")) {
            return true;
        }
        let tables = path.match_indices('.').map(|(at, _)| &path[..at]);
        tables.chain([path]).any(|path| self.written.contains(path))
    }
}

/// The paths of all strings, in their order. A plural is one, whatever its forms.
fn paths(strings: &Node) -> Vec<String> {
    let mut paths = Vec::new();
    if let Value::Map(entries) = &strings.value {
        push_paths(entries, "", &mut paths);
    }
    paths
}

fn push_paths(entries: &[Entry], table: &str, paths: &mut Vec<String>) {
    for entry in entries {
        let path = match table {
            "" => entry.key.clone(),
            table => format!("{table}.{}", entry.key),
        };
        match &entry.node.value {
            Value::Map(entries) if table != "plurals" => push_paths(entries, &path, paths),
            _ => paths.push(path),
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::diagnostic::Diagnostic;
    use crate::theme::{Layer, Strings, embedded};

    fn found(files: &[(&str, &str)], language: &str) -> Vec<Diagnostic> {
        let own = Layer::of_texts("mine", files);
        let mut found = Vec::new();
        Strings::load(&[own, embedded::layer()], language, &mut found);
        found
    }

    fn english() -> String {
        let bytes = embedded::layer().files["strings/en.toml"].to_vec();
        String::from_utf8(bytes).expect("it is text")
    }

    #[test]
    fn what_a_language_lacks_is_counted_and_named_in_one_warning() {
        let text = english()
            .replacen("skip = ", "skipp = ", 1)
            .replace("title = \"There", "titel = \"There");
        let found = found(&[("strings/de.toml", &text)], "de-AT");
        let missing: Vec<&Diagnostic> =
            found.iter().filter(|one| one.code == "missing-strings").collect();
        assert_eq!(missing.len(), 1, "{found:?}");
        assert_eq!(missing[0].place.path.as_str(), "themes/mine/strings/de.toml");
        assert_eq!(
            missing[0].message,
            "2 strings for `de-AT` are missing: `nav.skip`, `not_found.title`"
        );
    }

    #[test]
    fn an_empty_file_lacks_all_and_a_whole_one_nothing() {
        let empty = found(&[("strings/de.toml", "")], "de");
        let said = &empty[0].message;
        let first = " strings for `de` are missing: `plural_rule`, `names_within_sentences`, `quotes.open`, ";
        assert!(said.contains(first) && said.ends_with(" more"), "{said}");
        let without_pounds: String = english()
            .lines()
            .filter(|line| !line.starts_with("GBP"))
            .map(|line| format!("{line}\n"))
            .collect();
        assert_eq!(found(&[("strings/de.toml", &without_pounds)], "de"), []);
        assert_eq!(found(&[("strings/en.toml", "[home]\nwhere = \"Where?\"\n")], "en-GB"), []);
    }

    #[test]
    fn what_is_written_in_another_shape_or_cannot_be_read_is_not_missing_as_well() {
        let wrong = english().replace("skip = \"Skip to the text\"", "skip = 5");
        let codes = |text: &str| {
            let found = found(&[("strings/de.toml", text)], "de");
            found.into_iter().map(|one| one.code).collect::<Vec<_>>()
        };
        assert_eq!(codes(&wrong), ["wrong-type"]);
        assert_eq!(codes("[nav\n"), ["invalid-toml"]);
    }
}
