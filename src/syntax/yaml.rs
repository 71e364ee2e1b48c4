//! YAML: typed values, trees of nodes, and the place of any node.
//!
//! All use of the YAML library is here. It keeps no positions, but it says where it fails; so a
//! node is found by walking to it and failing on purpose.

use std::fmt;
use std::ops::Range;

use serde::de::{self, DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};

use super::locate::Part;
use super::node::{Entry, Node, Value};
use super::plain_yaml;
pub use super::yaml_error::YamlError;
use super::yaml_error::byte;
use super::yaml_extent::scalar_end;
use crate::diagnostic::{FieldPath, Segment};

/// The largest YAML text that is read, in bytes: nesting costs quadratic time in the parser.
pub const LARGEST: usize = 4 << 20;

/// How many brackets may be open at once: each open one costs time with every token after it.
const DEEPEST: usize = 10_000;

/// Reads a value from the one document in `text`, if nothing is wrong with that.
pub fn read<'de, S: DeserializeSeed<'de> + Copy>(text: &'de str, seed: S) -> Option<S::Value> {
    if !is_readable(text) {
        return None;
    }
    // What is plain has no tags, which typed readers pass over.
    if let Some(value) = plain_yaml::read(text, seed) {
        return Some(value);
    }
    let has_tags = may_have_tags(text) && parse(text).is_err();
    if has_tags { None } else { seed.deserialize(deserializer(text)).ok() }
}

/// A deserializer of the one document in `text`, which may stand between two marks of `---`.
pub fn deserializer(text: &str) -> serde_yaml::Deserializer<'_> {
    // The second mark would begin another document.
    let rest = text.trim_end();
    let text = match rest.strip_suffix("---") {
        Some(before) if before.ends_with(['\n', '\r']) && !is_blank(before) => before,
        _ => text,
    };
    serde_yaml::Deserializer::from_str(text)
}

/// Whether a scalar says nothing: typed readers of text take even `null` for a word.
pub fn is_nothing(scalar: &str) -> bool {
    is_null(scalar.trim())
}

/// Whether a scalar without quotes is one of the words for nothing.
pub(super) fn is_null(scalar: &str) -> bool {
    matches!(scalar, "" | "~" | "null" | "Null" | "NULL")
}

/// Whether a text is small and shallow enough to be read in time.
fn is_readable(text: &str) -> bool {
    text.len() <= LARGEST && (text.len() <= DEEPEST || too_deep(text).is_none())
}

/// The byte of the first bracket that is one too many.
fn too_deep(text: &str) -> Option<usize> {
    let mut open = 0_usize;
    text.bytes().position(|byte| {
        match byte {
            b'[' | b'{' => open += 1,
            b']' | b'}' => open = open.saturating_sub(1),
            _ => {}
        }
        open > DEEPEST
    })
}

/// Whether something in `text` may be a tag such as `!name`, which typed readers pass over.
fn may_have_tags(text: &str) -> bool {
    let after = |at: usize| text[at + 1..].starts_with(|c: char| !c.is_whitespace() && c != '!');
    let before =
        |at: usize| at == 0 || text[..at].ends_with([' ', '\t', '\n', '\r', '[', '{', ',']);
    text.match_indices('!').any(|(at, _)| before(at) && after(at))
}

/// Reads the one document in `text` as a tree.
///
/// # Errors
/// Says where the text is not YAML.
pub fn parse(text: &str) -> Result<Node, YamlError> {
    if text.len() > LARGEST {
        let message = format!("the text is larger than {} MiB", LARGEST >> 20);
        return Err(YamlError::plain(0..1, message));
    }
    if let Some(at) = too_deep(text) {
        let message = format!("more than {DEEPEST} brackets are open here");
        return Err(YamlError::plain(at..at + 1, message));
    }
    if is_blank(text) {
        return Ok(Value::Null.into());
    }
    NodeSeed.deserialize(deserializer(text)).map_err(|error| YamlError::new(&error, text))
}

/// Whether there is nothing in `text` but comments and white space.
pub fn is_blank(text: &str) -> bool {
    text.lines().all(|line| {
        let line = line.trim();
        line.is_empty() || line.starts_with('#')
    })
}

struct NodeSeed;

impl<'de> DeserializeSeed<'de> for NodeSeed {
    type Value = Node;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Node, D::Error> {
        deserializer.deserialize_any(NodeVisitor)
    }
}

struct NodeVisitor;

impl<'de> Visitor<'de> for NodeVisitor {
    type Value = Node;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }

    fn visit_bool<E: de::Error>(self, flag: bool) -> Result<Node, E> {
        Ok(Value::Flag(flag).into())
    }

    fn visit_i64<E: de::Error>(self, number: i64) -> Result<Node, E> {
        Ok(Value::Integer(number).into())
    }

    fn visit_u64<E: de::Error>(self, number: u64) -> Result<Node, E> {
        Ok(i64::try_from(number)
            .map_or_else(|_| Value::Text(number.to_string()), Value::Integer)
            .into())
    }

    fn visit_i128<E: de::Error>(self, number: i128) -> Result<Node, E> {
        Ok(Value::Text(number.to_string()).into())
    }

    fn visit_u128<E: de::Error>(self, number: u128) -> Result<Node, E> {
        Ok(Value::Text(number.to_string()).into())
    }

    fn visit_f64<E: de::Error>(self, number: f64) -> Result<Node, E> {
        Ok(Value::Number(number).into())
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<Node, E> {
        Ok(Value::Text(text.to_owned()).into())
    }

    fn visit_unit<E: de::Error>(self) -> Result<Node, E> {
        Ok(Value::Null.into())
    }

    fn visit_none<E: de::Error>(self) -> Result<Node, E> {
        Ok(Value::Null.into())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Node, A::Error> {
        let mut list = Vec::new();
        while let Some(node) = items.next_element_seed(NodeSeed)? {
            list.push(node);
        }
        Ok(Value::List(list).into())
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Node, A::Error> {
        let mut map = Vec::new();
        while let Some(key) = entries.next_key::<String>()? {
            let node = entries.next_value_seed(NodeSeed)?;
            map.push(Entry { key, key_span: None, node });
        }
        Ok(Value::Map(map).into())
    }

    fn visit_enum<A: de::EnumAccess<'de>>(self, _: A) -> Result<Node, A::Error> {
        Err(de::Error::custom("tags such as `!name` are not used here"))
    }
}

/// The bytes of the value at `path`, or of its key.
pub fn locate(text: &str, path: &FieldPath, part: Part) -> Option<Range<usize>> {
    if !is_readable(text) {
        return None;
    }
    let steps = path.segments();
    let probe = Probe { steps, part: if steps.is_empty() { Part::Value } else { part } };
    let error = probe.deserialize(deserializer(text)).err()?;
    // Other failures on the way are failures of the YAML itself.
    if !error.to_string().contains(FOUND) {
        return None;
    }
    let start = byte(&error, text)?;
    Some(start..scalar_end(text, start, part))
}

/// What the probe says when it stands at its goal.
const FOUND: &str = "sinew-probe-found";

#[derive(Clone, Copy)]
struct Probe<'path> {
    steps: &'path [Segment],
    part: Part,
}

impl<'de> DeserializeSeed<'de> for Probe<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

/// A visitor's method that fails at the goal, and passes by elsewhere.
macro_rules! fail_on_scalars {
    ($( $method:ident($type:ty) )+) => {
        $( fn $method<E: de::Error>(self, _: $type) -> Result<(), E> { Err(E::custom(FOUND)) } )+
    };
}

impl<'de> Visitor<'de> for Probe<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(FOUND)
    }

    fail_on_scalars! {
        visit_bool(bool) visit_i64(i64) visit_u64(u64) visit_f64(f64) visit_str(&str)
        visit_i128(i128) visit_u128(u128)
    }

    fn visit_unit<E: de::Error>(self) -> Result<(), E> {
        Err(E::custom(FOUND))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<(), A::Error> {
        let Some((Segment::Index(index), rest)) = self.steps.split_first() else {
            return Err(de::Error::custom(FOUND));
        };
        for _ in 0..*index {
            if items.next_element::<IgnoredAny>()?.is_none() {
                return Ok(());
            }
        }
        items.next_element_seed(Probe { steps: rest, ..self }).map(|_| ())
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<(), A::Error> {
        let (wanted, mut before, rest) = match self.steps.split_first() {
            Some((Segment::Key(wanted), rest)) => (wanted, 0, rest),
            Some((Segment::Repeated(wanted, before), rest)) => (wanted, *before, rest),
            _ => return Err(de::Error::custom(FOUND)),
        };
        loop {
            let fail_at_key = self.part == Part::Key && rest.is_empty() && before == 0;
            let Some(found) = entries.next_key_seed(KeyProbe { wanted, fail_at_key })? else {
                return Ok(());
            };
            if found && before > 0 {
                before -= 1;
            } else if found {
                return entries.next_value_seed(Probe { steps: rest, ..self });
            }
            entries.next_value::<IgnoredAny>()?;
        }
    }
}

struct KeyProbe<'path> {
    wanted: &'path str,
    fail_at_key: bool,
}

impl<'de> DeserializeSeed<'de> for KeyProbe<'_> {
    type Value = bool;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<bool, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl<'de> Visitor<'de> for KeyProbe<'_> {
    type Value = bool;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a key")
    }

    fn visit_str<E: de::Error>(self, key: &str) -> Result<bool, E> {
        let is_wanted = key == self.wanted;
        if is_wanted && self.fail_at_key { Err(E::custom(FOUND)) } else { Ok(is_wanted) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found<'text>(text: &'text str, path: &FieldPath, part: Part) -> &'text str {
        &text[locate(text, path, part).expect("it is there")]
    }

    #[test]
    fn every_node_can_be_found() {
        let text = "# é → c\na: \"x y\" # d\nb:\n  - one two\n  - {k: v, l: w}\nc: [p, 'q', r]\nd:\n  e: 5\n";
        assert_eq!(found(text, &FieldPath::key("a"), Part::Value), "\"x y\"");
        assert_eq!(found(text, &FieldPath::key("a"), Part::Key), "a");
        assert_eq!(found(text, &FieldPath::key("b").at(0), Part::Value), "one two");
        assert_eq!(found(text, &FieldPath::key("b").at(1).then("k"), Part::Value), "v");
        assert_eq!(found(text, &FieldPath::key("b").at(1).then("l"), Part::Key), "l");
        assert_eq!(found(text, &FieldPath::key("c").at(1), Part::Value), "'q'");
        assert_eq!(found(text, &FieldPath::key("c").at(2), Part::Value), "r");
        assert_eq!(found(text, &FieldPath::key("d").then("e"), Part::Value), "5");
        assert_eq!(locate(text, &FieldPath::key("z"), Part::Value), None);
    }

    #[test]
    fn text_with_too_many_open_brackets_is_not_even_tried() {
        let error = parse(&format!("a: {}", "[".repeat(1_000_000))).expect_err("too deep");
        assert_eq!(
            (error.at.start, error.message.as_str()),
            (10_003, "more than 10000 brackets are open here")
        );
        assert!(is_readable(&"[a](b) ".repeat(20_000)));
    }

    #[test]
    fn tags_are_told_from_exclamations() {
        assert!(may_have_tags("a: !foo b") && may_have_tags("[!x y]") && may_have_tags("!x"));
        assert!(!may_have_tags("a: Stop! Now ! and !"));
    }

    #[test]
    fn words_that_other_readers_change_stay_text() {
        let node = parse("a: no\nb: yes\nc: 012\n").expect("it is YAML");
        let Value::Map(entries) = node.value else { panic!("a map") };
        assert_eq!(entries[0].node.value, Value::Text("no".into()));
        assert_eq!(entries[1].node.value, Value::Text("yes".into()));
        assert_eq!(entries[2].node.value, Value::Text("012".into()));
    }
}
