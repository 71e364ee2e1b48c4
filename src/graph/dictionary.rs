//! The names and aliases that become links where they stand in text.

use std::collections::BTreeMap;

use aho_corasick::{AhoCorasick, MatchKind};
use rustc_hash::FxHashMap;

use super::RecordId;
use crate::diagnostic::{Diagnostic, FieldPath};
use crate::model::{Content, Entry, Kind};
use crate::source::{Fingerprint, Fingerprinter};
use crate::syntax::escape::escaped;

/// The kinds whose names become links; where two share a name, the first kind has it.
const LINKED: [Kind; 5] = [Kind::Muscle, Kind::Symptom, Kind::Technique, Kind::Service, Kind::Term];

/// Finds names in text.
#[derive(Debug)]
pub struct Dictionary {
    matcher: Option<AhoCorasick>,
    /// For each pattern of the matcher, the record it names.
    records: Vec<RecordId>,
    by_name: FxHashMap<String, RecordId>,
    /// Changes whenever a name does.
    pub fingerprint: Fingerprint,
}

impl Dictionary {
    /// The record of a pattern.
    pub fn record(&self, pattern: u32) -> RecordId {
        self.records[pattern as usize]
    }

    /// The record with this name or alias, in any case.
    pub fn find(&self, name: &str) -> Option<RecordId> {
        self.by_name.get(&name.to_lowercase()).copied()
    }

    /// All names in a piece of text (escaped as HTML), longest first, whole words only:
    /// the range of bytes and the pattern.
    pub(super) fn matches<'a>(
        &'a self,
        text: &'a str,
    ) -> impl Iterator<Item = (std::ops::Range<usize>, u32)> + 'a {
        let is_word = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
        self.matcher
            .iter()
            .flat_map(move |matcher| matcher.find_iter(text))
            .filter(move |found| {
                !is_word(text[..found.start()].chars().next_back())
                    && !is_word(text[found.end()..].chars().next())
            })
            .map(|found| (found.range(), found.pattern().as_u32()))
    }
}

pub(super) fn dictionary(content: &Content) -> (Dictionary, Vec<Diagnostic>) {
    let diagnostics = ambiguous_aliases(content);
    let mut patterns: BTreeMap<String, RecordId> = BTreeMap::new();
    let mut by_name: FxHashMap<String, RecordId> = FxHashMap::default();
    for kind in LINKED {
        for (at, entry) in content.entries.iter().enumerate() {
            if entry.kind != kind {
                continue;
            }
            for name in names(entry) {
                let lower = name.to_lowercase();
                by_name.entry(lower.clone()).or_insert(RecordId::new(at));
                for form in forms(&lower) {
                    patterns.entry(form).or_insert(RecordId::new(at));
                }
            }
        }
    }
    let mut fingerprint = Fingerprinter::new();
    for (pattern, record) in &patterns {
        let entry = &content.entries[record.index()];
        fingerprint.add(pattern.as_bytes()).add(entry.kind.word().as_bytes());
        fingerprint.add(entry.id.as_bytes());
    }
    let matcher = AhoCorasick::builder()
        .match_kind(MatchKind::LeftmostLongest)
        .ascii_case_insensitive(true)
        .build(patterns.keys())
        .ok()
        .filter(|_| !patterns.is_empty());
    let records = patterns.into_values().collect();
    (Dictionary { matcher, records, by_name, fingerprint: fingerprint.finish() }, diagnostics)
}

fn names(entry: &Entry) -> impl Iterator<Item = &str> {
    let aliases = entry.data.common().aliases;
    std::iter::once(&**entry.data.name()).chain(aliases.iter().map(|alias| &**alias))
}

/// A name as it stands in HTML: in the singular and the plural, with typographic apostrophes.
fn forms(name: &str) -> Vec<String> {
    let name = escaped(&name.replace('\'', "\u{2019}"));
    let plural = match name.strip_suffix('y') {
        Some(stem) if !stem.ends_with(['a', 'e', 'i', 'o', 'u']) => format!("{stem}ies"),
        _ if name.ends_with(['s', 'x', 'z']) || name.ends_with("ch") || name.ends_with("sh") => {
            format!("{name}es")
        }
        _ => format!("{name}s"),
    };
    vec![name, plural]
}

/// One alias on two records is an error: a reader who looks for it could not be led.
fn ambiguous_aliases(content: &Content) -> Vec<Diagnostic> {
    let mut owners: BTreeMap<String, Vec<(usize, Option<usize>)>> = BTreeMap::new();
    let has_aliases = |entry: &&Entry| !entry.data.common().aliases.is_empty();
    if content.entries.iter().find(has_aliases).is_none() {
        return Vec::new();
    }
    for (at, entry) in content.entries.iter().enumerate() {
        // A muscle may share its name with its group, an area with a region: only an alias can
        // be moved.
        let name = entry.data.name().to_lowercase();
        owners.entry(name).or_default().push((at, None));
        for (index, alias) in entry.data.common().aliases.iter().enumerate() {
            owners.entry(alias.to_lowercase()).or_default().push((at, Some(index)));
        }
    }
    let mut found = Vec::new();
    for (alias, uses) in owners {
        let Some((at, Some(index))) = uses.iter().rev().find(|(_, index)| index.is_some()) else {
            continue;
        };
        let Some((other, other_index)) = uses.iter().find(|(other, _)| other != at) else {
            continue;
        };
        let field = |index: usize| FieldPath::key("aliases").at(index);
        let (entry, other) = (&content.entries[*at], &content.entries[*other]);
        let label = format!("the {} `{}` has it", other.kind.word(), other.id);
        let place = match other_index {
            Some(index) => other.value(field(*index)),
            None => other.value(FieldPath::key(name_field(other.kind))),
        };
        let message = format!("`{alias}` is the name of two records");
        found.push(
            Diagnostic::error("ambiguous-alias", entry.value(field(*index)), message)
                .related(place, label)
                .help("keep it where readers expect it, and give the other record a sharper one"),
        );
    }
    found
}

/// The key under which records of a kind have their name.
pub(crate) fn name_field(kind: Kind) -> &'static str {
    match kind {
        Kind::Article | Kind::Page | Kind::RedFlagSet | Kind::Citation => "title",
        Kind::Faq => "question",
        Kind::Myth => "claim",
        _ => "name",
    }
}
