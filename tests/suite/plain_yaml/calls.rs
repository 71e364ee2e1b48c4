//! What a deserializer calls, for comparing two of them.

use std::fmt;

use serde::de::{self, DeserializeSeed, Deserializer, EnumAccess, MapAccess, SeqAccess, Visitor};
use serde::de::{IgnoredAny, VariantAccess};

/// A value, by the calls that say it.
#[derive(Debug, PartialEq)]
pub(crate) enum Call {
    None,
    Some(Box<Call>),
    Unit,
    Newtype(Box<Call>),
    Bool(bool),
    I64(i64),
    U64(u64),
    I128(i128),
    U128(u128),
    /// The bits, so that no number is unlike itself.
    F64(u64),
    Text(String),
    List(Vec<Call>),
    Map(Vec<(Call, Call)>),
    Word(String),
    Ignored,
}

/// For what a deserializer is asked.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Ask {
    Any,
    Bool,
    I32,
    U32,
    I64,
    U64,
    I128,
    U128,
    F32,
    F64,
    Text,
    Option,
    Unit,
    Newtype,
    List,
    Pair,
    Map,
    Enum,
    Ignored,
    /// A map whose values are asked for this.
    Values(&'static Ask),
}

/// All that a scalar or a list may be asked for.
pub(crate) const ASKS: &[Ask] = &[
    Ask::Any,
    Ask::Bool,
    Ask::I32,
    Ask::U32,
    Ask::I64,
    Ask::U64,
    Ask::I128,
    Ask::U128,
    Ask::F32,
    Ask::F64,
    Ask::Text,
    Ask::Option,
    Ask::Unit,
    Ask::Newtype,
    Ask::List,
    Ask::Pair,
    Ask::Map,
    Ask::Enum,
    Ask::Ignored,
];

impl<'de> DeserializeSeed<'de> for Ask {
    type Value = Call;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Call, D::Error> {
        match self {
            Ask::Any => deserializer.deserialize_any(self),
            Ask::Bool => deserializer.deserialize_bool(self),
            Ask::I32 => deserializer.deserialize_i32(self),
            Ask::U32 => deserializer.deserialize_u32(self),
            Ask::I64 => deserializer.deserialize_i64(self),
            Ask::U64 => deserializer.deserialize_u64(self),
            Ask::I128 => deserializer.deserialize_i128(self),
            Ask::U128 => deserializer.deserialize_u128(self),
            Ask::F32 => deserializer.deserialize_f32(self),
            Ask::F64 => deserializer.deserialize_f64(self),
            Ask::Text => deserializer.deserialize_str(self),
            Ask::Option => deserializer.deserialize_option(self),
            Ask::Unit => deserializer.deserialize_unit(self),
            Ask::Newtype => deserializer.deserialize_newtype_struct("new", self),
            Ask::List => deserializer.deserialize_seq(self),
            Ask::Pair => deserializer.deserialize_tuple(2, self),
            Ask::Map | Ask::Values(_) => deserializer.deserialize_map(self),
            Ask::Enum => deserializer.deserialize_enum("one", &["a"], self),
            Ask::Ignored => IgnoredAny::deserialize(deserializer),
        }
    }
}

/// Reads over a value.
trait Ignore<'de>: Sized {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Call, D::Error>;
}

impl<'de> Ignore<'de> for IgnoredAny {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Call, D::Error> {
        <IgnoredAny as de::Deserialize>::deserialize(deserializer).map(|_| Call::Ignored)
    }
}

/// A visitor's methods that keep what they are called with.
macro_rules! keep {
    ($( $method:ident($type:ty) $call:expr; )+) => {
        $( fn $method<E: de::Error>(self, value: $type) -> Result<Call, E> { Ok($call(value)) } )+
    };
}

impl<'de> Visitor<'de> for Ask {
    type Value = Call;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self:?}")
    }

    keep! {
        visit_bool(bool) Call::Bool;
        visit_i64(i64) Call::I64;
        visit_u64(u64) Call::U64;
        visit_i128(i128) Call::I128;
        visit_u128(u128) Call::U128;
        visit_f64(f64) |value: f64| Call::F64(value.to_bits());
        visit_str(&str) |value: &str| Call::Text(value.to_owned());
    }

    fn visit_unit<E: de::Error>(self) -> Result<Call, E> {
        Ok(Call::Unit)
    }

    fn visit_none<E: de::Error>(self) -> Result<Call, E> {
        Ok(Call::None)
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Call, D::Error> {
        Ask::Any.deserialize(deserializer).map(Box::new).map(Call::Some)
    }

    fn visit_newtype_struct<D: Deserializer<'de>>(self, deserializer: D) -> Result<Call, D::Error> {
        Ask::Any.deserialize(deserializer).map(Box::new).map(Call::Newtype)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Call, A::Error> {
        let mut list = Vec::new();
        let most = if self == Ask::Pair { 2 } else { usize::MAX };
        while list.len() < most
            && let Some(item) = items.next_element_seed(Ask::Any)?
        {
            list.push(item);
        }
        Ok(Call::List(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Call, A::Error> {
        let mut map = Vec::new();
        let ask = if let Ask::Values(ask) = self { *ask } else { Ask::Any };
        while let Some(key) = entries.next_key_seed(Ask::Any)? {
            map.push((key, entries.next_value_seed(ask)?));
        }
        Ok(Call::Map(map))
    }

    fn visit_enum<A: EnumAccess<'de>>(self, access: A) -> Result<Call, A::Error> {
        let (word, variant) = access.variant_seed(Ask::Text)?;
        variant.unit_variant()?;
        match word {
            Call::Text(word) => Ok(Call::Word(word)),
            other => Err(de::Error::custom(format!("a word, not {other:?}"))),
        }
    }
}
