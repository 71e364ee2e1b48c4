//! Finds aliases and synonyms that belong to several records.

use std::collections::BTreeMap;

use rustc_hash::FxHashSet;

use super::folded::folded;
use crate::diagnostic::{Diagnostic, FieldPath};
use crate::model::{Content, Entry, Kind, Text};

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
            Word::Name => FieldPath::key(kind.name_field()),
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

/// Aliases and synonyms that belong to several records.
#[derive(Debug)]
pub(super) struct Ambiguities {
    /// All aliases and synonyms, folded.
    words: FxHashSet<String>,
    /// One on two records is an error: a reader who looks for it could not be led.
    pub(super) found: Vec<Diagnostic>,
}

impl Ambiguities {
    pub(super) fn new(content: &Content) -> Self {
        let mut owners: BTreeMap<String, Vec<(usize, Word)>> = BTreeMap::new();
        for (at, entry) in content.entries.iter().enumerate() {
            for (text, word) in others(entry) {
                owners.entry(folded(text)).or_default().push((at, word));
            }
        }
        let words = owners.keys().cloned().collect();
        if !owners.is_empty() {
            // Names alone are no mistake, and nobody chose that of a topic which is not declared.
            let named = content.entries.iter().enumerate().filter(|(_, one)| !one.is_implied());
            for (at, entry) in named {
                if let Some(uses) = owners.get_mut(&folded(entry.data.name())) {
                    uses.push((at, Word::Name));
                }
            }
        }
        let found = owners.iter_mut().filter_map(|(text, uses)| {
            uses.sort_by_key(|(at, word)| (*at, *word != Word::Name));
            ambiguous(content, text, uses)
        });
        Self { words, found: found.collect() }
    }

    /// Whether the same is wrong after an edit of a record.
    pub(super) fn outlive(&self, before: &Entry, now: &Entry) -> bool {
        let is_other = |name: &Text| self.words.contains(&folded(name));
        let (name, new_name) = (before.data.name(), now.data.name());
        others(before).eq(others(now))
            && (name == new_name || !is_other(name) && !is_other(new_name))
    }
}

/// The aliases and synonyms of a record.
fn others(entry: &Entry) -> impl Iterator<Item = (&Text, Word)> {
    let aliases = entry.data.common().aliases.iter().enumerate();
    let aliases = aliases.map(|(index, alias)| (alias, Word::Alias(index)));
    let synonyms = entry.data.synonyms().iter().enumerate();
    aliases.chain(synonyms.map(|(index, synonym)| (synonym, Word::Synonym(index))))
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
