//! Makes values of what a plain document says, by the same calls as the YAML library makes.

use std::fmt;
use std::slice::Iter;

use serde::de::value::StrDeserializer;
use serde::de::{self, DeserializeSeed, Deserializer, IntoDeserializer, Visitor};

use super::super::yaml::is_null;
use super::{Event, Tape};

/// Something is wrong, or not plain: the library says what.
#[derive(Debug)]
pub(super) struct GivenUp;

impl fmt::Display for GivenUp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the document is not plain, or not right")
    }
}

impl std::error::Error for GivenUp {}

impl de::Error for GivenUp {
    fn custom<T: fmt::Display>(_: T) -> Self {
        Self
    }
}

/// A deserializer of what comes next.
pub(super) struct Cursor<'de, 'tape> {
    events: Iter<'tape, Event<'de>>,
    unescaped: &'tape str,
}

impl<'de, 'tape> Cursor<'de, 'tape> {
    pub(super) fn new(tape: &'tape Tape<'de>) -> Self {
        Self { events: tape.events.iter(), unescaped: &tape.unescaped }
    }

    fn next(&mut self) -> Result<&'tape Event<'de>, GivenUp> {
        self.events.next().ok_or(GivenUp)
    }

    /// The next text without quotes.
    fn plain(&mut self) -> Result<&'de str, GivenUp> {
        match self.next()? {
            Event::Plain(text) => Ok(text),
            _ => Err(GivenUp),
        }
    }

    fn number(&mut self) -> Result<Number, GivenUp> {
        Number::new(self.plain()?).ok_or(GivenUp)
    }

    fn visit_list<V: Visitor<'de>>(&mut self, visitor: V) -> Result<V::Value, GivenUp> {
        let value = visitor.visit_seq(Inside(self))?;
        match self.next()? {
            Event::ListEnd => Ok(value),
            _ => Err(GivenUp),
        }
    }

    fn visit_map<V: Visitor<'de>>(&mut self, visitor: V) -> Result<V::Value, GivenUp> {
        let value = visitor.visit_map(Inside(self))?;
        match self.next()? {
            Event::MapEnd => Ok(value),
            _ => Err(GivenUp),
        }
    }
}

/// A number as most people write it.
enum Number {
    Natural(u64),
    Negative(i64),
    Decimal(f64),
}

impl Number {
    fn new(text: &str) -> Option<Self> {
        let is_number = |digits: &str| {
            !digits.is_empty() && digits.len() <= 18 && digits.bytes().all(|b| b.is_ascii_digit())
        };
        let unsigned = text.strip_prefix('-').unwrap_or(text);
        let (whole, part) = unsigned.split_once('.').unwrap_or((unsigned, "0"));
        // With a zero before it, a number is text, or one that not all readers take.
        if !is_number(whole) || !is_number(part) || whole.len() > 1 && whole.starts_with('0') {
            return None;
        }
        if whole.len() < unsigned.len() {
            return text.parse().ok().map(Self::Decimal);
        }
        match whole.len() == text.len() {
            true => text.parse().ok().map(Self::Natural),
            false => text.parse().ok().map(Self::Negative),
        }
    }
}

fn flag(text: &str) -> Option<bool> {
    match text {
        "true" | "True" | "TRUE" => Some(true),
        "false" | "False" | "FALSE" => Some(false),
        _ => None,
    }
}

/// Whether a text has the form `2026-11-25`.
fn is_date(text: &str) -> bool {
    let is_number = |part: &str| part.bytes().all(|b| b.is_ascii_digit());
    text.split('-').count() == 3 && text.split('-').all(|part| !part.is_empty() && is_number(part))
}

fn visit_plain<'de, V: Visitor<'de>>(text: &'de str, visitor: V) -> Result<V::Value, GivenUp> {
    if is_null(text) {
        return visitor.visit_unit();
    }
    if let Some(flag) = flag(text) {
        return visitor.visit_bool(flag);
    }
    if !text.starts_with(|c: char| c.is_ascii_digit() || matches!(c, '+' | '-' | '.')) {
        return visitor.visit_borrowed_str(text);
    }
    match Number::new(text) {
        Some(Number::Natural(number)) => visitor.visit_u64(number),
        Some(Number::Negative(number)) => visitor.visit_i64(number),
        Some(Number::Decimal(number)) => visitor.visit_f64(number),
        // No number is written with these.
        None if text.contains([' ', '/']) || is_date(text) => visitor.visit_borrowed_str(text),
        None => Err(GivenUp),
    }
}

/// Methods of a deserializer that do what another one does.
macro_rules! as_another {
    ($( $( $method:ident )+ => $other:ident, )+) => {
        $( $( fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, GivenUp> {
            self.$other(visitor)
        } )+ )+
    };
}

impl<'de> Deserializer<'de> for &mut Cursor<'de, '_> {
    type Error = GivenUp;

    as_another! {
        deserialize_i8 deserialize_i16 deserialize_i32 => deserialize_i64,
        deserialize_u8 deserialize_u16 deserialize_u32 => deserialize_u64,
        deserialize_f32 => deserialize_f64,
        deserialize_char deserialize_string deserialize_identifier => deserialize_str,
    }

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, GivenUp> {
        match self.next()? {
            Event::Plain(text) => visit_plain(text, visitor),
            Event::Text(text) => visitor.visit_borrowed_str(text),
            Event::Unescaped(range) => visitor.visit_str(&self.unescaped[range.clone()]),
            Event::List => self.visit_list(visitor),
            Event::Map => self.visit_map(visitor),
            Event::ListEnd | Event::MapEnd => Err(GivenUp),
        }
    }

    fn deserialize_bool<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, GivenUp> {
        visitor.visit_bool(flag(self.plain()?).ok_or(GivenUp)?)
    }

    fn deserialize_i64<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, GivenUp> {
        match self.number()? {
            Number::Natural(number) => {
                visitor.visit_i64(i64::try_from(number).map_err(|_| GivenUp)?)
            }
            Number::Negative(number) => visitor.visit_i64(number),
            Number::Decimal(_) => Err(GivenUp),
        }
    }

    fn deserialize_u64<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, GivenUp> {
        match self.number()? {
            Number::Natural(number) => visitor.visit_u64(number),
            _ => Err(GivenUp),
        }
    }

    fn deserialize_f64<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, GivenUp> {
        let text = self.plain()?;
        Number::new(text).ok_or(GivenUp)?;
        visitor.visit_f64(text.parse().map_err(|_| GivenUp)?)
    }

    fn deserialize_str<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, GivenUp> {
        match self.next()? {
            Event::Plain(text) | Event::Text(text) => visitor.visit_borrowed_str(text),
            Event::Unescaped(range) => visitor.visit_str(&self.unescaped[range.clone()]),
            _ => Err(GivenUp),
        }
    }

    fn deserialize_bytes<V: Visitor<'de>>(self, _: V) -> Result<V::Value, GivenUp> {
        Err(GivenUp)
    }

    fn deserialize_byte_buf<V: Visitor<'de>>(self, _: V) -> Result<V::Value, GivenUp> {
        Err(GivenUp)
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, GivenUp> {
        match self.events.as_slice().first() {
            Some(Event::Plain(text)) if is_null(text) => {
                self.next()?;
                visitor.visit_none()
            }
            _ => visitor.visit_some(self),
        }
    }

    fn deserialize_unit<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, GivenUp> {
        if is_null(self.plain()?) { visitor.visit_unit() } else { Err(GivenUp) }
    }

    fn deserialize_unit_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, GivenUp> {
        self.deserialize_unit(visitor)
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, GivenUp> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, GivenUp> {
        match self.next()? {
            Event::List => self.visit_list(visitor),
            _ => Err(GivenUp),
        }
    }

    fn deserialize_tuple<V: Visitor<'de>>(self, _: usize, visitor: V) -> Result<V::Value, GivenUp> {
        self.deserialize_seq(visitor)
    }

    fn deserialize_tuple_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: usize,
        visitor: V,
    ) -> Result<V::Value, GivenUp> {
        self.deserialize_seq(visitor)
    }

    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, GivenUp> {
        match self.next()? {
            Event::Map => self.visit_map(visitor),
            _ => Err(GivenUp),
        }
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, GivenUp> {
        self.deserialize_map(visitor)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, GivenUp> {
        let word = match self.next()? {
            Event::Plain(text) | Event::Text(text) => text,
            Event::Unescaped(range) => &self.unescaped[range.clone()],
            _ => return Err(GivenUp),
        };
        let word: StrDeserializer<'_, GivenUp> = word.into_deserializer();
        visitor.visit_enum(word)
    }

    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, GivenUp> {
        let mut open = 0_usize;
        loop {
            match self.next()? {
                Event::List | Event::Map => open += 1,
                Event::ListEnd | Event::MapEnd => open -= 1,
                _ => {}
            }
            if open == 0 {
                return visitor.visit_unit();
            }
        }
    }
}

/// What lies in the list or map that was opened last.
struct Inside<'cursor, 'de, 'tape>(&'cursor mut Cursor<'de, 'tape>);

impl Inside<'_, '_, '_> {
    fn is_at_end(&self) -> bool {
        matches!(self.0.events.as_slice().first(), Some(Event::ListEnd | Event::MapEnd))
    }
}

impl<'de> de::SeqAccess<'de> for Inside<'_, 'de, '_> {
    type Error = GivenUp;

    fn next_element_seed<S: DeserializeSeed<'de>>(
        &mut self,
        seed: S,
    ) -> Result<Option<S::Value>, GivenUp> {
        if self.is_at_end() { Ok(None) } else { seed.deserialize(&mut *self.0).map(Some) }
    }
}

impl<'de> de::MapAccess<'de> for Inside<'_, 'de, '_> {
    type Error = GivenUp;

    fn next_key_seed<S: DeserializeSeed<'de>>(
        &mut self,
        seed: S,
    ) -> Result<Option<S::Value>, GivenUp> {
        if self.is_at_end() { Ok(None) } else { seed.deserialize(&mut *self.0).map(Some) }
    }

    fn next_value_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<S::Value, GivenUp> {
        seed.deserialize(&mut *self.0)
    }
}
