//! The fields of a record as its author wrote them, without those left empty: JSON that is written
//! once and for all, never a tree.

use std::io::{self, Write};

use serde_json::Serializer;
use serde_json::ser::{CharEscape, CompactFormatter, Formatter};

use super::json::{Said, escape};
use crate::model::Data;

/// Room for the fields of most records, in bytes.
const ROOM: usize = 2048;

/// The fields of a record.
pub(super) struct Fields<'a>(pub(super) &'a Data);

impl Said for Fields<'_> {
    fn push_json(&self, out: &mut String) {
        // Apart: what is text already need not be found to be text again.
        let mut bytes = Vec::with_capacity(ROOM);
        let mut serializer = Serializer::with_formatter(&mut bytes, Filled::default());
        let written = self.0.serialize_record(&mut serializer);
        written.expect("our own types serialise without error");
        out.push_str(str::from_utf8(&bytes).expect("JSON is made of text"));
    }
}

/// Compact JSON without the members of objects whose value is nothing, an empty list, or an object
/// in which nothing is left.
///
/// What opens a value is held back until something is said inside it.
#[derive(Default)]
struct Filled {
    held_back: Vec<u8>,
    /// The lists and objects around the place that is written, innermost last.
    open: Vec<Open>,
    is_in_key: bool,
}

/// A list or an object that is being written.
struct Open {
    is_object: bool,
    /// Whether something inside it was written, and so its beginning.
    is_said: bool,
    /// Where in what is held back the member of the object begins.
    member: usize,
}

impl Filled {
    /// Writes what was held back, as something inside it is about to be.
    fn say<W: ?Sized + Write>(&mut self, writer: &mut W) -> io::Result<()> {
        for open in self.open.iter_mut().rev().take_while(|open| !open.is_said) {
            open.is_said = true;
        }
        writer.write_all(&self.held_back)?;
        self.held_back.clear();
        Ok(())
    }

    fn begin(&mut self, is_object: bool) {
        self.held_back.push(if is_object { b'{' } else { b'[' });
        self.open.push(Open { is_object, is_said: false, member: 0 });
    }

    fn end<W: ?Sized + Write>(&mut self, writer: &mut W, brace: &[u8]) -> io::Result<()> {
        let is_said = self.open.pop().is_some_and(|open| open.is_said);
        if !is_said && self.is_left_out() {
            return Ok(());
        }
        self.say(writer)?;
        writer.write_all(brace)
    }

    /// Leaves the empty value out that was about to be written, if it is that of a member.
    fn is_left_out(&mut self) -> bool {
        match self.open.last() {
            Some(object) if object.is_object => {
                self.held_back.truncate(object.member);
                true
            }
            _ => false,
        }
    }

    /// Whether the member that was begun is the mark of a draft.
    fn is_draft(&self) -> bool {
        let [object] = self.open.as_slice() else { return false };
        let member = &self.held_back[object.member..];
        object.is_object && member.strip_prefix(b",").unwrap_or(member) == b"\"draft\":"
    }
}

/// Numbers are always said.
macro_rules! say_numbers {
    ($($write:ident($number:ty)),+) => { $(
        fn $write<W: ?Sized + Write>(&mut self, writer: &mut W, value: $number) -> io::Result<()> {
            self.say(writer)?;
            CompactFormatter.$write(writer, value)
        }
    )+ };
}

impl Formatter for Filled {
    say_numbers!(write_i8(i8), write_i16(i16), write_i32(i32), write_i64(i64), write_i128(i128));
    say_numbers!(write_u8(u8), write_u16(u16), write_u32(u32), write_u64(u64), write_u128(u128));
    say_numbers!(write_f32(f32), write_f64(f64), write_number_str(&str));

    fn write_null<W: ?Sized + Write>(&mut self, writer: &mut W) -> io::Result<()> {
        if self.is_left_out() {
            return Ok(());
        }
        self.say(writer)?;
        writer.write_all(b"null")
    }

    /// That a record is no draft is left out too.
    fn write_bool<W: ?Sized + Write>(&mut self, writer: &mut W, value: bool) -> io::Result<()> {
        if !value && self.is_draft() && self.is_left_out() {
            return Ok(());
        }
        self.say(writer)?;
        writer.write_all(if value { b"true" } else { b"false" })
    }

    fn begin_string<W: ?Sized + Write>(&mut self, writer: &mut W) -> io::Result<()> {
        if self.is_in_key {
            self.held_back.push(b'"');
            return Ok(());
        }
        self.say(writer)?;
        writer.write_all(b"\"")
    }

    fn end_string<W: ?Sized + Write>(&mut self, writer: &mut W) -> io::Result<()> {
        if self.is_in_key { self.held_back.write_all(b"\"") } else { writer.write_all(b"\"") }
    }

    fn write_string_fragment<W: ?Sized + Write>(
        &mut self,
        writer: &mut W,
        fragment: &str,
    ) -> io::Result<()> {
        let mut result = Ok(());
        escape(fragment, |piece| {
            let piece = piece.as_bytes();
            let written = match self.is_in_key {
                true => self.held_back.write_all(piece),
                false => writer.write_all(piece),
            };
            if written.is_err() {
                result = written;
            }
        });
        result
    }

    fn write_char_escape<W: ?Sized + Write>(
        &mut self,
        writer: &mut W,
        escape: CharEscape,
    ) -> io::Result<()> {
        match self.is_in_key {
            true => CompactFormatter.write_char_escape(&mut self.held_back, escape),
            false => CompactFormatter.write_char_escape(writer, escape),
        }
    }

    fn begin_array<W: ?Sized + Write>(&mut self, _: &mut W) -> io::Result<()> {
        self.begin(false);
        Ok(())
    }

    fn end_array<W: ?Sized + Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.end(writer, b"]")
    }

    /// A list says how many items it has, whatever they are.
    fn begin_array_value<W: ?Sized + Write>(
        &mut self,
        writer: &mut W,
        is_first: bool,
    ) -> io::Result<()> {
        self.say(writer)?;
        if is_first { Ok(()) } else { writer.write_all(b",") }
    }

    fn begin_object<W: ?Sized + Write>(&mut self, _: &mut W) -> io::Result<()> {
        self.begin(true);
        Ok(())
    }

    fn end_object<W: ?Sized + Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.end(writer, b"}")
    }

    fn begin_object_key<W: ?Sized + Write>(&mut self, _: &mut W, _: bool) -> io::Result<()> {
        self.is_in_key = true;
        if let Some(object) = self.open.last_mut() {
            object.member = self.held_back.len();
            if object.is_said {
                self.held_back.push(b',');
            }
        }
        Ok(())
    }

    fn end_object_key<W: ?Sized + Write>(&mut self, _: &mut W) -> io::Result<()> {
        self.is_in_key = false;
        Ok(())
    }

    fn begin_object_value<W: ?Sized + Write>(&mut self, _: &mut W) -> io::Result<()> {
        self.held_back.push(b':');
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use serde::Serialize;
    use serde_json::{Value, json};

    use super::*;

    fn filled(value: &Value) -> String {
        let mut bytes = Vec::new();
        let mut serializer = Serializer::with_formatter(&mut bytes, Filled::default());
        value.serialize(&mut serializer).expect("it is written");
        String::from_utf8(bytes).expect("it is text")
    }

    #[test]
    fn members_without_a_value_are_left_out_and_items_of_lists_stay() {
        for (value, expected) in [
            (json!({"a": null, "b": 1, "c": [], "d": {}, "e": "x"}), r#"{"b":1,"e":"x"}"#),
            (json!({"a": {"b": {"c": null}, "d": []}}), "{}"),
            (json!({"a": {"b": {"c": null}, "d": 1.5}, "e": [0]}), r#"{"a":{"d":1.5},"e":[0]}"#),
            (json!([null, {}, [], [{"a": null}], ""]), r#"[null,{},[],[{}],""]"#),
            (json!({"a": [{"b": [null], "c": {}}, true]}), r#"{"a":[{"b":[null]},true]}"#),
            (json!({"a": "", "b": false}), r#"{"a":"","b":false}"#),
        ] {
            assert_eq!(filled(&value), expected);
        }
    }

    #[test]
    fn only_a_record_that_is_no_draft_keeps_silent_about_it() {
        let value = json!({"draft": false, "a": {"draft": false}, "undraft": false});
        assert_eq!(filled(&value), r#"{"a":{"draft":false},"undraft":false}"#);
        assert_eq!(filled(&json!({"draft": true})), r#"{"draft":true}"#);
    }

    #[test]
    fn keys_and_texts_can_stand_in_a_script_element() {
        let value = json!({"<\"\n": "</a>\u{2028}\\", "\"draft": false});
        let text = r#"{"\u003c\"\n":"\u003c/a\u003e\u2028\\","\"draft":false}"#;
        assert_eq!(filled(&value), text);
    }
}
