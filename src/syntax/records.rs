//! Where the records of a file of many stand: found by their lines, without reading them.

use std::ops::Range;

use rustc_hash::FxHashMap;

use super::locate::locate;
use crate::diagnostic::{At, Segment};
use crate::source::SourcePath;

/// The bytes of the records of a YAML file, by their keys; nothing for a key that stands there twice.
#[derive(Debug, Default)]
pub struct Records(FxHashMap<String, Option<Range<usize>>>);

impl Records {
    /// Finds the records of the file at `path`.
    pub fn new(path: &SourcePath, text: &str) -> Self {
        let mut records = FxHashMap::default();
        if !matches!(path.extension(), "yaml" | "yml") {
            return Self(records);
        }
        let mut at = 0;
        let mut last: Option<(&str, usize)> = None;
        let mut end = |last: Option<(&str, usize)>, at: usize| {
            if let Some((key, start)) = last {
                let known = records.entry(key.to_owned());
                known.and_modify(|record| *record = None).or_insert(Some(start..at));
            }
        };
        for line in text.split_inclusive('\n') {
            // A list may stand as far to the left as its key does.
            if !line.starts_with([' ', '\t', '#', '-', '}', ']', '\n', '\r']) {
                end(last, at);
                last = line.split_once(':').map(|(key, _)| (key, at));
            }
            at += line.len();
        }
        end(last, at);
        Self(records)
    }

    /// The bytes of a place in a field of a record, as [`locate`] finds them, by reading this record
    /// alone: a thousand mistakes in a thousand records do not read the file a thousand times. `None` if
    /// it takes the whole file to tell.
    pub fn locate(&self, path: &SourcePath, text: &str, at: &At) -> Option<Range<usize>> {
        let (At::Value(field) | At::Key(field) | At::Within(field, _)) = at else { return None };
        let Some(Segment::Key(key)) = field.segments().first() else { return None };
        let record = self.0.get(&**key)?.clone()?;
        // What an alias says may stand in another record.
        if [": *", "- *", "[*", ", *"].iter().any(|alias| text[record.clone()].contains(alias)) {
            return None;
        }
        let found = locate(path, &text[record.clone()], at)?;
        Some(record.start + found.start..record.start + found.end)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::FieldPath;

    const TEXT: &str = "# Terms\nneck:\n  name: Neck\n\nback:\n  names:\n  - Back\n  - Rücken\n\
                        side: {name: Side}\nneck-side:\n- name: x\n'hip':\n  name: Hip\n";

    fn found(text: &str, at: &At) -> Option<Range<usize>> {
        let path = SourcePath::new("content/terms.yaml");
        let found = Records::new(&path, text).locate(&path, text, at);
        if found.is_some() {
            assert_eq!(found, locate(&path, text, at), "{at:?}");
        }
        found
    }

    #[test]
    fn a_field_is_found_where_the_whole_file_has_it() {
        let name = |key: &str| At::Value(FieldPath::key(key).then("name"));
        for (at, shown) in [
            (name("neck"), "Neck"),
            (name("side"), "Side"),
            (At::Key(FieldPath::key("back").then("names")), "names"),
            (At::Value(FieldPath::key("back").then("names").at(1)), "Rücken"),
            (At::Value(FieldPath::key("neck-side").at(0).then("name")), "x"),
            (At::Key(FieldPath::key("side")), "side"),
            (At::Value(FieldPath::key("neck")), "neck"),
            (At::Value(FieldPath::key("side")), "{name: Side}"),
            // One that is not there stands where its record does.
            (At::Value(FieldPath::key("neck").then("summary")), "neck"),
        ] {
            assert_eq!(found(TEXT, &at).map(|range| &TEXT[range]), Some(shown), "{at:?}");
        }
    }

    #[test]
    fn what_only_the_whole_file_tells_is_not_found() {
        let name = At::Value(FieldPath::key("hip").then("name"));
        assert_eq!(found(TEXT, &name), None);
        assert_eq!(
            found("a: {name: x}\na: {name: y}\n", &At::Value(FieldPath::key("a").then("name"))),
            None
        );
        assert_eq!(found(TEXT, &At::Value(FieldPath::root())), None);
        let alias = "a: &a {name: x}\nb: *a\n";
        assert_eq!(found(alias, &At::Value(FieldPath::key("b").then("name"))), None);
    }
}
