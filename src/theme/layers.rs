//! Folders of theme files, one above the other: the first that has a path wins.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use bytes::Bytes;

use crate::diagnostic::{Diagnostic, Place};
use crate::model::nearest;
use crate::source::{SourcePath, Span};

/// What some editors begin a file with. It is no part of its text.
const BYTE_ORDER_MARK: &str = "\u{feff}";

/// One folder of theme files, as a value.
#[derive(Debug, Clone, Default)]
pub struct Layer {
    /// The theme's name: templates reach an overridden one as `<name>/base.html`.
    pub name: String,
    /// Where the files stand in the project, for diagnostics, such as `themes/mine`.
    pub folder: String,
    /// The files by their path below that folder.
    pub files: BTreeMap<String, Bytes>,
}

impl Layer {
    /// The files of a theme in the project, for tests.
    #[cfg(test)]
    pub(crate) fn of_texts(name: &str, files: &[(&str, &str)]) -> Self {
        let file = |(path, text): &(&str, &str)| {
            ((*path).to_owned(), Bytes::copy_from_slice(text.as_bytes()))
        };
        let files = files.iter().map(file).collect();
        Self { name: name.to_owned(), folder: format!("themes/{name}"), files }
    }

    /// The path of one of its files in the project.
    pub(crate) fn source_path(&self, path: &str) -> SourcePath {
        SourcePath::new(format!("{}/{path}", self.folder))
    }
}

/// One file of one layer.
#[derive(Debug, Clone, Copy)]
pub(crate) struct ThemeFile<'a> {
    pub(crate) layer: &'a Layer,
    pub(crate) path: &'a str,
    pub(crate) bytes: &'a Bytes,
}

impl ThemeFile<'_> {
    /// The path of the file in the project.
    pub(crate) fn source_path(&self) -> SourcePath {
        self.layer.source_path(self.path)
    }

    /// The place of some bytes of its text.
    pub(crate) fn place(&self, at: Range<usize>) -> Place {
        let mark =
            if self.bytes.starts_with(BYTE_ORDER_MARK.as_bytes()) { BYTE_ORDER_MARK } else { "" };
        Place::bytes(&self.source_path(), Span::new(at).shifted(mark.len()))
    }

    /// The file as text; what is not UTF-8 is a diagnostic.
    pub(crate) fn text(&self, diagnostics: &mut Vec<Diagnostic>) -> Option<&str> {
        match std::str::from_utf8(self.bytes) {
            Ok(text) => Some(text.strip_prefix(BYTE_ORDER_MARK).unwrap_or(text)),
            Err(_) => {
                let place = Place::file(&self.source_path());
                let message = format!("`{}` is not UTF-8", self.path);
                diagnostics.push(
                    Diagnostic::error("not-text", place, message).help("save the file as UTF-8"),
                );
                None
            }
        }
    }
}

/// The files that stand in a folder, with one of the endings, the winning one of each path.
pub(crate) fn winners<'a>(
    layers: &'a [Layer],
    folder: &str,
    endings: &[&str],
) -> Vec<ThemeFile<'a>> {
    let mut seen = BTreeMap::new();
    for file in every(layers, folder, endings) {
        seen.entry(file.path).or_insert(file);
    }
    seen.into_values().collect()
}

/// All files that stand in a folder, with one of the endings, upper layers first.
pub(crate) fn every<'a>(layers: &'a [Layer], folder: &str, endings: &[&str]) -> Vec<ThemeFile<'a>> {
    let mut files = Vec::new();
    for layer in layers {
        for (path, bytes) in &layer.files {
            let below = path.strip_prefix(folder).is_some_and(|rest| rest.starts_with('/'));
            let fits = endings.is_empty() || endings.iter().any(|ending| path.ends_with(ending));
            if below && fits {
                files.push(ThemeFile { layer, path, bytes });
            }
        }
    }
    files
}

/// Warns of each file of a studio's theme that overrides nothing and is used by nothing.
///
/// `used` holds the paths in the project of files that are used without overriding anything.
pub(crate) fn unused(layers: &[Layer], used: &BTreeSet<SourcePath>) -> Vec<Diagnostic> {
    let mut diagnostics = Vec::new();
    for (position, layer) in layers.iter().enumerate() {
        let below = &layers[position + 1..];
        if below.is_empty() {
            continue;
        }
        let known: BTreeSet<&str> =
            below.iter().flat_map(|layer| layer.files.keys().map(String::as_str)).collect();
        for path in layer.files.keys() {
            let source = layer.source_path(path);
            if known.contains(path.as_str()) || used.contains(&source) {
                continue;
            }
            let message = format!("`{path}` overrides nothing and is used by nothing");
            let near = nearest(path, known.iter().copied())
                .map(|name| format!("the default theme has a file with a similar name: `{name}`"));
            diagnostics.push(
                Diagnostic::warn("unused-theme-file", Place::file(&source), message)
                    .maybe_help(near),
            );
        }
    }
    diagnostics
}
