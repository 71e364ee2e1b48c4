//! The names and aliases that become links where they stand in text.

use std::collections::BTreeMap;

use aho_corasick::{AhoCorasick, MatchKind};
use rustc_hash::FxHashMap;

use super::RecordId;
use crate::diagnostic::{Diagnostic, FieldPath};
use crate::model::{Content, Data, Entry, Kind, Text};
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

/// A word by which readers may look for a record, and where it stands.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Word {
    Name,
    Alias(usize),
    Synonym(usize),
}

impl Word {
    fn field(self, kind: Kind) -> FieldPath {
        match self {
            Word::Name => FieldPath::key(name_field(kind)),
            Word::Alias(index) => FieldPath::key("aliases").at(index),
            Word::Synonym(index) => FieldPath::key("synonyms").at(index),
        }
    }

    /// Whether two records cannot both have it. A muscle may share its name with its group, an area
    /// with a region and what people say for that: only an alias or a second synonym can be moved.
    fn conflicts_with(self, other: Word) -> bool {
        !matches!(
            (self, other),
            (Word::Name, Word::Name | Word::Synonym(_)) | (Word::Synonym(_), Word::Name)
        )
    }
}

fn synonyms(entry: &Entry) -> &[Text] {
    match &*entry.data {
        Data::Region(region) => &region.synonyms,
        _ => &[],
    }
}

/// One alias or synonym on two records is an error: a reader who looks for it could not be led.
fn ambiguous_aliases(content: &Content) -> Vec<Diagnostic> {
    let mut owners: BTreeMap<String, Vec<(usize, Word)>> = BTreeMap::new();
    let has_others =
        |entry: &Entry| !entry.data.common().aliases.is_empty() || !synonyms(entry).is_empty();
    if !content.entries.iter().any(has_others) {
        return Vec::new();
    }
    for (at, entry) in content.entries.iter().enumerate() {
        let mut add = |text: &Text, word: Word| {
            owners.entry(text.to_lowercase()).or_default().push((at, word));
        };
        add(entry.data.name(), Word::Name);
        for (index, alias) in entry.data.common().aliases.iter().enumerate() {
            add(alias, Word::Alias(index));
        }
        for (index, synonym) in synonyms(entry).iter().enumerate() {
            add(synonym, Word::Synonym(index));
        }
    }
    owners.iter().filter_map(|(text, uses)| ambiguous(content, text, uses)).collect()
}

/// The last use of a word that another record has as well, with the first that has it.
fn ambiguous(content: &Content, text: &str, uses: &[(usize, Word)]) -> Option<Diagnostic> {
    let mut movable = uses.iter().rev().filter(|(_, word)| *word != Word::Name);
    let ((at, word), (other, other_word)) = movable.find_map(|used| {
        let other =
            uses.iter().find(|other| other.0 != used.0 && used.1.conflicts_with(other.1))?;
        Some((*used, *other))
    })?;
    let (entry, other) = (&content.entries[at], &content.entries[other]);
    let label = format!("the {} `{}` has it", other.kind.word(), other.id);
    let message = format!("`{text}` is the name of two records");
    Some(
        Diagnostic::error("ambiguous-alias", entry.value(word.field(entry.kind)), message)
            .related(other.value(other_word.field(other.kind)), label)
            .help("keep it where readers expect it, and give the other record a sharper one"),
    )
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
