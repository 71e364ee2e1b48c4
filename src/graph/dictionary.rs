//! The names and aliases that become links where they stand in text.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use aho_corasick::AhoCorasick;
use rustc_hash::FxHashMap;

use super::RecordId;
use super::beginnings::{Beginnings, beginning, is_word};
use super::folded::{Folded, folded};
use super::names::Names;
use crate::model::{Entry, Kind};
use crate::source::{Fingerprint, Fingerprinter};
use crate::syntax::escape::escaped;

/// The kinds whose names become links; where two share a name, the first kind has it.
pub(super) const LINKED: [Kind; 5] =
    [Kind::Muscle, Kind::Symptom, Kind::Technique, Kind::Service, Kind::Term];

/// Finds names in text.
#[derive(Debug)]
pub struct Dictionary {
    /// What is looked for, sorted: names as they stand in HTML.
    patterns: Vec<String>,
    /// For each pattern, the record it names.
    records: Vec<RecordId>,
    beginnings: Beginnings,
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
        self.by_name.get(&folded(name)).copied()
    }

    /// For each pattern of another dictionary of the same records, the one here that is the same.
    fn numbers_of(&self, other: &Dictionary) -> Vec<Option<u32>> {
        let number = |(pattern, record): (&String, &RecordId)| {
            let at = self.patterns.binary_search(pattern).ok()?;
            (self.records[at] == *record).then_some(at as u32)
        };
        other.patterns.iter().zip(&other.records).map(number).collect()
    }

    /// All names in a piece of text (escaped as HTML), longest first, whole words only:
    /// the range of bytes and the pattern.
    pub(super) fn matches(&self, text: &str) -> impl Iterator<Item = (Range<usize>, u32)> {
        let folded = Folded::new(text);
        let mut rest = 0;
        std::iter::from_fn(move || {
            let text = &*folded.text;
            while rest < text.len() {
                let start = rest;
                let beginning = beginning(&text[start..]);
                rest += beginning.len();
                if text[..start].chars().next_back().is_some_and(is_word) {
                    continue;
                }
                for pattern in self.beginnings.of(beginning) {
                    let Some(range) = self.stands_at(start, text, *pattern) else { continue };
                    if is_in_address(text, range.clone()) {
                        rest = range.end;
                        break;
                    }
                    // "A cuff tearing" is no "cuff tear", and yet about a cuff.
                    if !text[range.end..].chars().next().is_some_and(is_word) {
                        rest = range.end;
                        return Some((folded.place(start)..folded.place(rest), *pattern));
                    }
                }
            }
            None
        })
    }

    /// Where a pattern stands in a text, if it begins at a place, whatever the case of ASCII.
    fn stands_at(&self, start: usize, text: &str, pattern: u32) -> Option<Range<usize>> {
        let pattern = self.patterns[pattern as usize].as_bytes();
        let range = start..start + pattern.len();
        let stands = text.as_bytes().get(range.clone())?.eq_ignore_ascii_case(pattern);
        stands.then_some(range)
    }
}

/// Whether it is a part of an address that is written out, such as `https://example.org/knot`.
fn is_in_address(text: &str, range: Range<usize>) -> bool {
    let before = text[..range.start].rsplit(char::is_whitespace).next().unwrap_or_default();
    let after = text[range.end..].split(char::is_whitespace).next().unwrap_or_default();
    before.contains("://")
        || before.contains("www.")
        || before.contains('@')
        || after.starts_with('@')
}

/// Whether a record is called the same.
pub(super) fn is_called_the_same(one: &Entry, other: &Entry) -> bool {
    names(one).eq(names(other))
}

pub(super) fn dictionary(entries: &[Arc<Entry>], of_ids: &Names) -> Dictionary {
    let mut patterns: BTreeMap<String, RecordId> = BTreeMap::new();
    let mut plurals = Vec::new();
    let mut by_name: FxHashMap<String, RecordId> = FxHashMap::default();
    for kind in LINKED {
        for at in of_ids.range(kind) {
            for name in names(&entries[at]) {
                let name = folded(name);
                let [singular, plural] = forms(&name);
                patterns.entry(singular).or_insert(RecordId::new(at));
                plurals.push((plural, RecordId::new(at)));
                by_name.entry(name).or_insert(RecordId::new(at));
            }
        }
    }
    // What a record is called comes before what another one would be called in the plural.
    for (plural, record) in plurals {
        patterns.entry(plural).or_insert(record);
    }
    let mut fingerprint = Fingerprinter::new();
    for (pattern, record) in &patterns {
        let entry = &entries[record.index()];
        fingerprint.add(pattern.as_bytes()).add(entry.kind.word().as_bytes());
        fingerprint.add(entry.id.as_bytes());
    }
    let (patterns, records): (Vec<String>, _) = patterns.into_iter().unzip();
    let (beginnings, fingerprint) = (Beginnings::new(&patterns), fingerprint.finish());
    Dictionary { patterns, records, beginnings, by_name, fingerprint }
}

/// How one dictionary became another one of the same records.
pub(super) struct Renaming {
    /// For each pattern that was, the pattern that it is.
    numbers: Vec<Option<u32>>,
    /// Finds the patterns that are only in one of the two, or mean something else in them.
    changed: Option<AhoCorasick>,
}

impl Renaming {
    pub(super) fn new(before: &Dictionary, now: &Dictionary) -> Self {
        let numbers: Vec<Option<u32>> = now.numbers_of(before);
        let gone = before.patterns.iter().zip(&numbers).filter(|(_, number)| number.is_none());
        let known = before.numbers_of(now);
        let new = now.patterns.iter().zip(&known).filter(|(_, number)| number.is_none());
        let changed = gone.chain(new).map(|(pattern, _)| pattern);
        let changed = AhoCorasick::builder().ascii_case_insensitive(true).build(changed).ok();
        Self { numbers, changed }
    }

    /// The pattern that one is now; all are there in a text without a changed one.
    pub(super) fn number(&self, pattern: u32) -> Option<u32> {
        self.numbers[pattern as usize]
    }

    /// Whether other names may stand in a text than before.
    pub(super) fn touches(&self, text: &str) -> bool {
        self.changed.as_ref().is_some_and(|changed| changed.is_match(&*Folded::new(text).text))
    }
}

/// What a record is called.
pub(super) fn names(entry: &Entry) -> impl Iterator<Item = &str> {
    let aliases = entry.data.common().aliases;
    std::iter::once(&**entry.data.name()).chain(aliases.iter().map(|alias| &**alias))
}

/// A folded name as it stands in HTML: in the singular and the plural.
fn forms(name: &str) -> [String; 2] {
    let name = escaped(name);
    let plural = match name.strip_suffix('y') {
        Some(stem) if !stem.ends_with(['a', 'e', 'i', 'o', 'u']) => format!("{stem}ies"),
        _ if name.ends_with(['s', 'x', 'z']) || name.ends_with("ch") || name.ends_with("sh") => {
            format!("{name}es")
        }
        _ => format!("{name}s"),
    };
    [name, plural]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(names: &[&str], text: &str) -> Vec<String> {
        let patterns: Vec<String> = names.iter().flat_map(|name| forms(&folded(name))).collect();
        let dictionary = Dictionary {
            records: vec![RecordId::new(0); patterns.len()],
            beginnings: Beginnings::new(&patterns),
            by_name: FxHashMap::default(),
            fingerprint: Fingerprint::default(),
            patterns,
        };
        dictionary.matches(text).map(|(range, _)| text[range].to_owned()).collect()
    }

    #[test]
    fn names_are_found_whole_and_the_longest_that_fits() {
        let names = ["cuff", "cuff tear", "ache"];
        assert_eq!(found(&names, "A cuff tear, Cuffs."), ["cuff tear", "Cuffs"]);
        assert_eq!(found(&names, "A cuff tearing; a headache aches."), ["cuff", "aches"]);
    }

    #[test]
    fn a_name_may_begin_with_a_sign() {
        let text = "A (sub)luxation, an a(sub)luxation, -(SUB)LUXATION";
        assert_eq!(found(&["(sub)luxation"], text), ["(sub)luxation", "(SUB)LUXATION"]);
    }

    #[test]
    fn no_name_is_a_part_of_an_address() {
        let text = "https://x.org/knot, www.knot.org/a#knot or knot@x.org: knot/ache.";
        assert_eq!(found(&["knot", "ache"], text), ["knot", "ache"]);
    }

    #[test]
    fn names_may_be_broken_between_lines() {
        assert_eq!(found(&["trigger point"], "a trigger\npoint"), ["trigger\npoint"]);
    }

    #[test]
    fn names_are_found_in_any_case_of_any_script() {
        let names = ["Kalte Übung", "Übung", "Café", "мышца шеи"];
        let text = "Eine Kalte Übung, ÜBUNG; CAFÉ, Cafe\u{301}s. «МЫШЦА ШЕИ»";
        let expected = ["Kalte Übung", "ÜBUNG", "CAFÉ", "Cafe\u{301}s", "МЫШЦА ШЕИ"];
        assert_eq!(found(&names, text), expected);
    }

    #[test]
    fn a_letter_with_an_accent_is_another_letter() {
        assert!(found(&["cafe", "x"], "Cafe\u{301}, x\u{304}").is_empty());
    }
}
