//! The one place where things become JSON: text that is written straight away, never a tree.
//!
//! All of it can stand in a script element of an HTML page: `<`, `>`, `&` and the two line ends that
//! JavaScript knows beyond JSON are escaped in every string.

use std::fmt::Write as _;

use serde_json::Number;

use crate::model::{Date, Text};
use crate::syntax::escape::with_escapes;

/// Something that JSON can say.
pub trait Said {
    /// Whether it says anything: an empty text, an empty list and nothing at all do not.
    fn is_said(&self) -> bool {
        true
    }

    /// Appends it as JSON.
    fn push_json(&self, out: &mut String);
}

/// An object in the making: its members in the order in which they are said.
#[derive(Debug, Clone)]
pub struct Object {
    /// What is said so far, without the brace at the end.
    json: String,
    /// Where its first member begins.
    start: usize,
}

impl Object {
    /// An object without members.
    pub fn new() -> Self {
        // Most grow to more than this; to grow from nothing would cost as much as all the rest.
        Self::with_room(192)
    }

    /// An object without members, with room for so many bytes of them.
    pub fn with_room(bytes: usize) -> Self {
        Self::after(String::with_capacity(bytes))
    }

    /// An object without members that is written straight after some text: of many long ones, none is
    /// copied. [`Object::finish`] gives back the text with the object.
    pub fn after(mut text: String) -> Self {
        text.push('{');
        Self { start: text.len(), json: text }
    }

    /// The object with one more member, whether or not its value says anything. The name is ours and
    /// needs no escape, and no member is said twice.
    pub fn with(mut self, name: &'static str, value: impl Said) -> Self {
        let separator = if self.json.len() > self.start { ",\"" } else { "\"" };
        self.json.push_str(separator);
        self.json.push_str(name);
        self.json.push_str("\":");
        value.push_json(&mut self.json);
        self
    }

    /// The object with all members of another one.
    pub fn and(mut self, other: &Self) -> Self {
        let members = &other.json[other.start..];
        if !members.is_empty() && self.json.len() > self.start {
            self.json.push(',');
        }
        self.json.push_str(members);
        self
    }

    /// The whole object.
    pub fn finish(mut self) -> String {
        self.json.push('}');
        self.json
    }
}

impl Default for Object {
    fn default() -> Self {
        Self::new()
    }
}

impl Said for Object {
    fn push_json(&self, out: &mut String) {
        out.push_str(&self.json[self.start - 1..]);
        out.push('}');
    }
}

impl Said for bool {
    fn push_json(&self, out: &mut String) {
        out.push_str(if *self { "true" } else { "false" });
    }
}

impl Said for str {
    fn is_said(&self) -> bool {
        !self.is_empty()
    }

    fn push_json(&self, out: &mut String) {
        out.push('"');
        escape(self, |piece| out.push_str(piece));
        out.push('"');
    }
}

impl Said for String {
    fn is_said(&self) -> bool {
        !self.is_empty()
    }

    fn push_json(&self, out: &mut String) {
        self.as_str().push_json(out);
    }
}

/// Texts that are said as one, such as an address and its anchor.
#[derive(Debug, Clone, Copy)]
pub struct Joined<'a, const N: usize>(pub [&'a str; N]);

impl<const N: usize> Said for Joined<'_, N> {
    fn is_said(&self) -> bool {
        self.0.iter().any(Said::is_said)
    }

    fn push_json(&self, out: &mut String) {
        out.push('"');
        self.0.iter().for_each(|text| escape(text, |piece| out.push_str(piece)));
        out.push('"');
    }
}

impl Said for Text {
    fn is_said(&self) -> bool {
        (**self).is_said()
    }

    fn push_json(&self, out: &mut String) {
        (**self).push_json(out);
    }
}

impl Said for Date {
    fn push_json(&self, out: &mut String) {
        write!(out, "\"{self}\"").expect("a string takes all that is written to it");
    }
}

impl<T: Said + ?Sized> Said for &T {
    fn is_said(&self) -> bool {
        (**self).is_said()
    }

    fn push_json(&self, out: &mut String) {
        (**self).push_json(out);
    }
}

impl<T: Said> Said for Option<T> {
    fn is_said(&self) -> bool {
        self.as_ref().is_some_and(T::is_said)
    }

    fn push_json(&self, out: &mut String) {
        match self {
            Some(value) => value.push_json(out),
            None => out.push_str("null"),
        }
    }
}

impl<T: Said> Said for [T] {
    fn is_said(&self) -> bool {
        !self.is_empty()
    }

    fn push_json(&self, out: &mut String) {
        out.push('[');
        for (at, value) in self.iter().enumerate() {
            if at > 0 {
                out.push(',');
            }
            value.push_json(out);
        }
        out.push(']');
    }
}

impl<T: Said> Said for Vec<T> {
    fn is_said(&self) -> bool {
        !self.is_empty()
    }

    fn push_json(&self, out: &mut String) {
        self.as_slice().push_json(out);
    }
}

impl<T: Said, const N: usize> Said for [T; N] {
    fn is_said(&self) -> bool {
        N > 0
    }

    fn push_json(&self, out: &mut String) {
        self.as_slice().push_json(out);
    }
}

macro_rules! number_is_said {
    ($($number:ty),+) => { $(
        impl Said for $number {
            fn push_json(&self, out: &mut String) {
                write!(out, "{self}").expect("a string takes all that is written to it");
            }
        }
    )+ };
}

// Not `f64`, which can be no number at all.
number_is_said!(u32, i64, usize, Number);

/// Whether a byte is the first of a character that needs an escape, or may be.
#[inline(always)]
const fn may_need_escape(byte: u8) -> bool {
    // The two line ends are E2 80 A8 and E2 80 A9. No branches: the compiler looks at many at once.
    (byte < 0x20)
        | (byte == b'"')
        | (byte == b'\\')
        | (byte == b'<')
        | (byte == b'>')
        | (byte == b'&')
        | (byte == 0xe2)
}

/// Hands on the inside of a string, piece by piece, as JSON that can stand in a script element.
pub(super) fn escape(text: &str, push: impl FnMut(&str)) {
    with_escapes(text, may_need_escape, escape_of, push);
}

/// The escape of the character at the beginning, if it needs one, and how many bytes it stands for.
fn escape_of(bytes: &[u8]) -> Option<(usize, &'static str)> {
    Some(match bytes {
        [b'"', ..] => (1, "\\\""),
        [b'\\', ..] => (1, "\\\\"),
        [b'<', ..] => (1, "\\u003c"),
        [b'>', ..] => (1, "\\u003e"),
        [b'&', ..] => (1, "\\u0026"),
        [0xe2, 0x80, 0xa8, ..] => (3, "\\u2028"),
        [0xe2, 0x80, 0xa9, ..] => (3, "\\u2029"),
        [control @ ..0x20, ..] => (1, CONTROLS[usize::from(*control)]),
        _ => return None,
    })
}

/// The escapes of control characters.
static CONTROLS: [&str; 0x20] = [
    "\\u0000", "\\u0001", "\\u0002", "\\u0003", "\\u0004", "\\u0005", "\\u0006", "\\u0007", "\\b",
    "\\t", "\\n", "\\u000b", "\\f", "\\r", "\\u000e", "\\u000f", "\\u0010", "\\u0011", "\\u0012",
    "\\u0013", "\\u0014", "\\u0015", "\\u0016", "\\u0017", "\\u0018", "\\u0019", "\\u001a",
    "\\u001b", "\\u001c", "\\u001d", "\\u001e", "\\u001f",
];

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::{Value, json};

    use super::*;

    fn said(value: impl Said) -> String {
        let mut text = String::new();
        value.push_json(&mut text);
        text
    }

    #[test]
    fn nothing_in_the_json_can_end_a_script_element() {
        let whole = "</script><!-- a & b\u{2028}\u{2029}\"]]>";
        let text = said(whole);
        assert_eq!(text, r#""\u003c/script\u003e\u003c!-- a \u0026 b\u2028\u2029\"]]\u003e""#);
        assert_eq!(serde_json::from_str::<Value>(&text).expect("it is JSON"), whole);
    }

    #[test]
    fn members_stand_in_their_order_and_values_keep_their_sorts() {
        let object = Object::new()
            .with("b", Some("x"))
            .with("a", vec![Some(1_u32), None])
            .with("c", [Object::new()])
            .with("d", Number::from_f64(1.5));
        assert_eq!(object.finish(), r#"{"b":"x","a":[1,null],"c":[{}],"d":1.5}"#);
    }

    #[test]
    fn an_object_stands_after_a_text_and_takes_members_of_another_one() {
        let one = || Object::new().with("a", "x");
        let object = Object::after("[".to_owned()).and(&Object::new()).and(&one());
        assert_eq!(said(&object), r#"{"a":"x"}"#);
        let object = object.and(&Object::new()).and(&Object::after("?".to_owned()).with("b", "y"));
        assert_eq!(object.finish(), r#"[{"a":"x","b":"y"}"#);
    }

    #[test]
    fn nothing_an_empty_text_and_an_empty_list_say_nothing() {
        let nothing = [None, Some("")].iter().any(Said::is_said);
        assert!(!nothing && !Vec::<u32>::new().is_said() && !String::new().is_said());
        assert!([""].is_said() && 0_u32.is_said() && Object::new().is_said());
    }

    proptest! {
        #[test]
        fn every_text_is_read_as_it_was(text in "(?s)(.|[\u{0}-\u{1f}\u{2000}-\u{2030}<>&\"\\\\]){0,40}") {
            let written = said(text.as_str());
            prop_assert_eq!(serde_json::from_str::<Value>(&written).ok(), Some(json!(text)));
            let is_safe = !written.contains(['<', '>', '&', '\u{2028}', '\u{2029}']);
            prop_assert!(is_safe);
        }
    }
}
