//! The fields of a record as its author wrote them, without those left empty: JSON that is written
//! once and for all, never a tree.

use std::fmt::{Error, Write as _};

use serde::ser::{Impossible, Serialize, SerializeMap, SerializeSeq, SerializeStruct, Serializer};
use serde_json::Number;

use super::json::Said;
use crate::model::Data;

/// The fields of a record.
pub(super) struct Fields<'a>(pub(super) &'a Data);

impl Said for Fields<'_> {
    fn push_json(&self, out: &mut String) {
        let written = self.0.serialize_record(Filled::whole(out));
        written.expect("our own types serialise without error");
    }
}

/// Appends a value as compact JSON, and says whether it says anything. Members of objects that do not are taken
/// back: nothing, an empty list, an object in which nothing is left.
struct Filled<'a> {
    out: &'a mut String,
    /// Whether it is the record, and not a value in it.
    is_whole: bool,
}

impl<'a> Filled<'a> {
    fn whole(out: &'a mut String) -> Self {
        Self { out, is_whole: true }
    }

    fn part(out: &'a mut String) -> Self {
        Self { out, is_whole: false }
    }

    fn say(self, value: &(impl Said + ?Sized)) -> Result<bool, Error> {
        value.push_json(self.out);
        Ok(true)
    }

    fn say_nothing(self) -> Result<bool, Error> {
        self.out.push_str("null");
        Ok(false)
    }

    fn list(self) -> List<'a> {
        self.out.push('[');
        List { out: self.out, is_said: false }
    }

    fn object(self) -> Object<'a> {
        self.out.push('{');
        Object { member: self.out.len(), out: self.out, is_whole: self.is_whole, is_said: false }
    }
}

/// Numbers are always said.
macro_rules! say_numbers {
    ($($write:ident($number:ty)),+) => { $(
        fn $write(self, number: $number) -> Result<bool, Error> {
            write!(self.out, "{number}")?;
            Ok(true)
        }
    )+ };
}

impl<'a> Serializer for Filled<'a> {
    type Ok = bool;
    type Error = Error;
    type SerializeSeq = List<'a>;
    type SerializeTuple = Impossible<bool, Error>;
    type SerializeTupleStruct = Impossible<bool, Error>;
    type SerializeTupleVariant = Impossible<bool, Error>;
    type SerializeMap = Object<'a>;
    type SerializeStruct = Object<'a>;
    type SerializeStructVariant = Impossible<bool, Error>;

    say_numbers!(serialize_i8(i8), serialize_i16(i16), serialize_i32(i32), serialize_i64(i64));
    say_numbers!(serialize_u8(u8), serialize_u16(u16), serialize_u32(u32), serialize_u64(u64));

    fn serialize_bool(self, value: bool) -> Result<bool, Error> {
        self.say(&value)
    }

    fn serialize_f32(self, number: f32) -> Result<bool, Error> {
        self.serialize_f64(number.into())
    }

    fn serialize_f64(self, number: f64) -> Result<bool, Error> {
        match Number::from_f64(number) {
            Some(number) => self.say(&number),
            None => self.say_nothing(),
        }
    }

    fn serialize_char(self, value: char) -> Result<bool, Error> {
        self.say(value.encode_utf8(&mut [0; 4]))
    }

    fn serialize_str(self, value: &str) -> Result<bool, Error> {
        self.say(value)
    }

    fn serialize_bytes(self, value: &[u8]) -> Result<bool, Error> {
        value.serialize(self)
    }

    fn serialize_none(self) -> Result<bool, Error> {
        self.say_nothing()
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<bool, Error> {
        value.serialize(self)
    }

    fn serialize_unit(self) -> Result<bool, Error> {
        self.say_nothing()
    }

    fn serialize_unit_struct(self, _: &'static str) -> Result<bool, Error> {
        self.say_nothing()
    }

    fn serialize_unit_variant(
        self,
        _: &'static str,
        _: u32,
        word: &'static str,
    ) -> Result<bool, Error> {
        self.say(word)
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        value: &T,
    ) -> Result<bool, Error> {
        value.serialize(self)
    }

    // No field of a record is one of these.

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: &T,
    ) -> Result<bool, Error> {
        Err(Error)
    }

    fn serialize_tuple(self, _: usize) -> Result<Self::SerializeTuple, Error> {
        Err(Error)
    }

    fn serialize_tuple_struct(
        self,
        _: &'static str,
        _: usize,
    ) -> Result<Self::SerializeTupleStruct, Error> {
        Err(Error)
    }

    fn serialize_tuple_variant(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: usize,
    ) -> Result<Self::SerializeTupleVariant, Error> {
        Err(Error)
    }

    fn serialize_struct_variant(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: usize,
    ) -> Result<Self::SerializeStructVariant, Error> {
        Err(Error)
    }

    fn serialize_seq(self, _: Option<usize>) -> Result<List<'a>, Error> {
        Ok(self.list())
    }

    fn serialize_map(self, _: Option<usize>) -> Result<Object<'a>, Error> {
        Ok(self.object())
    }

    fn serialize_struct(self, _: &'static str, _: usize) -> Result<Object<'a>, Error> {
        Ok(self.object())
    }
}

/// A list in the making: it says how many items it has, whatever they are.
struct List<'a> {
    out: &'a mut String,
    is_said: bool,
}

impl SerializeSeq for List<'_> {
    type Ok = bool;
    type Error = Error;

    fn serialize_element<T: Serialize + ?Sized>(&mut self, item: &T) -> Result<(), Error> {
        if self.is_said {
            self.out.push(',');
        }
        self.is_said = true;
        item.serialize(Filled::part(self.out)).map(drop)
    }

    fn end(self) -> Result<bool, Error> {
        self.out.push(']');
        Ok(self.is_said)
    }
}

/// An object in the making.
struct Object<'a> {
    out: &'a mut String,
    is_whole: bool,
    is_said: bool,
    /// Where the member begins that is being written.
    member: usize,
}

impl Object<'_> {
    fn begin(&mut self) {
        self.member = self.out.len();
        if self.is_said {
            self.out.push(',');
        }
    }

    /// Writes the value of the member whose name is written. That a record is no draft is left out too.
    fn value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Error> {
        self.out.push(':');
        let is_said = value.serialize(Filled::part(self.out))?;
        let member = self.out[self.member..].trim_start_matches(',');
        if is_said && !(self.is_whole && member == "\"draft\":false") {
            self.is_said = true;
        } else {
            self.out.truncate(self.member);
        }
        Ok(())
    }

    fn finish(self) -> bool {
        self.out.push('}');
        self.is_said
    }
}

impl SerializeStruct for Object<'_> {
    type Ok = bool;
    type Error = Error;

    fn serialize_field<T: Serialize + ?Sized>(
        &mut self,
        name: &'static str,
        value: &T,
    ) -> Result<(), Error> {
        self.begin();
        name.push_json(self.out);
        self.value(value)
    }

    fn end(self) -> Result<bool, Error> {
        Ok(self.finish())
    }
}

impl SerializeMap for Object<'_> {
    type Ok = bool;
    type Error = Error;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, name: &T) -> Result<(), Error> {
        self.begin();
        name.serialize(Filled::part(self.out)).map(drop)
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Error> {
        self.value(value)
    }

    fn end(self) -> Result<bool, Error> {
        Ok(self.finish())
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    fn filled(value: &Value) -> String {
        let mut text = String::new();
        value.serialize(Filled::whole(&mut text)).expect("it is written");
        text
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
