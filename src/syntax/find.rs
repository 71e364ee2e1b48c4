//! Turns diagnostics into findings: each with the text and the bytes of its places.
//! Knows how to find a place in a file, and nothing of how findings are shown.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use super::locate::{locate, locate_roughly};
use super::records::Records;
use crate::diagnostic::print::{self, Finding, Located};
use crate::diagnostic::{At, Diagnostic, Place};
use crate::source::{Lines, SourcePath, Sources};

/// How many bytes of one file are read to find its fields. Each takes a reading of the file up to
/// it, so a thousand in a file of 256 kB are found exactly; beyond, only the record is.
const BYTES_READ_TO_FIND: usize = 256 << 20;

/// The diagnostics with their places, sorted, each once.
pub fn find(sources: &Sources, diagnostics: &[Diagnostic]) -> Vec<Finding> {
    let mut texts = Texts::new(sources);
    let mut findings: Vec<Finding> = diagnostics
        .iter()
        .map(|diagnostic| Finding {
            diagnostic: diagnostic.clone(),
            main: texts.find(&diagnostic.place),
            related: diagnostic
                .related
                .iter()
                .map(|(place, label)| (texts.find(place), label.clone()))
                .collect(),
        })
        .collect();
    print::sort(&mut findings);
    findings
}

/// The texts of files that have findings, each read once.
struct Texts<'sources> {
    sources: &'sources Sources,
    known: BTreeMap<SourcePath, Option<Arc<Lines>>>,
    records: BTreeMap<SourcePath, Records>,
    bytes_read: BTreeMap<SourcePath, usize>,
}

impl<'sources> Texts<'sources> {
    fn new(sources: &'sources Sources) -> Self {
        let (known, records) = (BTreeMap::new(), BTreeMap::new());
        Self { sources, known, records, bytes_read: BTreeMap::new() }
    }

    fn find(&mut self, place: &Place) -> Located {
        let text = self.text(place);
        let range = text.as_ref().and_then(|text| self.range(place, text.text()));
        Located { path: place.path.clone(), text, range: range.unwrap_or(0..0) }
    }

    fn range(&mut self, place: &Place, text: &str) -> Option<Range<usize>> {
        if matches!(place.at, At::Value(_) | At::Key(_) | At::Within(..)) {
            let records = self.records.entry(place.path.clone());
            let records = records.or_insert_with(|| Records::new(&place.path, text));
            if let Some(found) = records.locate(&place.path, text, &place.at) {
                return Some(found);
            }
            let bytes_read = self.bytes_read.entry(place.path.clone()).or_default();
            *bytes_read += text.len();
            if *bytes_read > BYTES_READ_TO_FIND {
                return locate_roughly(text, &place.at);
            }
        }
        locate(&place.path, text, &place.at)
    }

    fn text(&mut self, place: &Place) -> Option<Arc<Lines>> {
        let path = &place.path;
        let is_text =
            matches!(path.extension(), "md" | "yaml" | "yml" | "toml" | "html" | "css" | "js");
        // A picture as a whole has no line to show, and may be large.
        if !is_text && place.at == At::File {
            return None;
        }
        let read = || self.sources.text_lossy(path).map(|text| Arc::new(Lines::new(text)));
        self.known.entry(path.clone()).or_insert_with(read).clone()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::FieldPath;

    fn sources(files: &[(&str, &[u8])]) -> Sources {
        let mut sources = Sources::default();
        for (path, bytes) in files {
            sources.insert(SourcePath::new(path), *bytes);
        }
        sources
    }

    #[test]
    fn fields_are_found_in_the_files_and_broken_bytes_move_nothing() {
        let sources = sources(&[("a.yaml", b"name: x\n"), ("b.yaml", b"a: \xff\xfe\xfdx\n")]);
        let field = Place::value(&"a.yaml".into(), FieldPath::key("name"));
        let bytes = Place::bytes(&"b.yaml".into(), crate::source::Span::new(6..7));
        let diagnostics = [
            Diagnostic::error("not-text", bytes, "broken"),
            Diagnostic::error("wrong-type", field.clone(), "wrong"),
            Diagnostic::error("wrong-type", field, "wrong"),
        ];
        let findings = find(&sources, &diagnostics);
        let concise = print::concise(&findings);
        assert_eq!(
            concise,
            "a.yaml:1:7: error[wrong-type] wrong\nb.yaml:1:7: error[not-text] broken\n"
        );
        assert!(print::full(&findings, print::Colour::Off).contains("a: ␚␚␚x"));
    }

    #[test]
    fn files_that_are_not_there_and_files_of_other_kinds_have_no_text() {
        let sources = sources(&[("content/media/a.png", b"\x89PNG")]);
        let at = |path: &str| Diagnostic::warn("c", Place::file(&path.into()), "m");
        let findings = find(&sources, &[at("content/media/a.png"), at("gone.md")]);
        assert!(findings.iter().all(|finding| finding.main.text.is_none()));
    }
}
